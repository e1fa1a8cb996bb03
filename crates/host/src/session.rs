//! Events of a host, all at once or batch by batch: in, JSON objects one a line; out, what their cases come to.

use crate::Failure;
use crate::billing::{Answer, Job, TextForm};
use crate::schedules::Schedules;
use jalon::feed::{BOM, Block, Histories, LONGEST_LINE, Layout, Seen};
use jalon::lang::Lang;
use jalon::{Date, Stop};

/// How many bytes are read at a time, about.
const BLOCK: usize = 256 * 1024;

/// A day that is written YYYY-MM-DD; `what` is what a message calls it.
///
/// # Errors
///
/// If it is no date.
pub fn day(what: &str, text: &str) -> Result<Date, Failure> {
    let message = || format!("{what} is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31");
    Date::parse(text).ok_or_else(|| Failure { message: message() })
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// The last day that counts.
    pub as_of: Date,
    /// Whether invoices are made of the lines.
    pub invoices: bool,
    /// Whether notices are told: of events without effect, for instance.
    pub notices: bool,
    /// Whether lines whose case cannot be read are left out; else nothing is billed, since any case may lack them.
    pub skip_unreadable: bool,
    /// How many threads bill cases at the most; the answer is the same.
    pub threads: usize,
    /// Once it is asked, cases that are not billed yet are withheld.
    pub stop: Stop,
}

impl Options {
    /// Lines only, on one thread, up to a day that is written YYYY-MM-DD.
    ///
    /// # Errors
    ///
    /// If it is no date.
    pub fn new(as_of: &str) -> Result<Options, Failure> {
        let as_of = day("the last day that counts", as_of)?;
        let (invoices, notices, skip_unreadable) = (false, false, false);
        Ok(Options { as_of, invoices, notices, skip_unreadable, threads: 1, stop: Stop::default() })
    }
}

/// Bills the cases of events, which may stand in any order: one JSON object a line. A line of which only its case can be
/// read withholds that case; one whose case cannot be read withholds all, unless it is to be skipped.
pub fn evaluate(schedules: &Schedules, events: &[u8], options: &Options) -> Answer {
    let mut histories = Histories::default();
    let lang = schedules.lang();
    if read(&mut histories, events, &mut Block::default()).is_err() {
        let mut answer = Answer::default();
        answer.withhold(None, None, full(lang));
        return answer;
    }
    histories.group();
    evaluate_read(schedules, &histories, options)
}

/// Bills cases that have been read.
pub(crate) fn evaluate_read(
    schedules: &Schedules,
    histories: &Histories,
    options: &Options,
) -> Answer {
    evaluate_by(schedules, histories, options, |job| job.bill(0..histories.case_count()))
}

/// The same, with lines as records below a line that names their columns.
pub(crate) fn evaluate_as_records<F: TextForm>(
    schedules: &Schedules,
    histories: &Histories,
    options: &Options,
) -> Answer {
    evaluate_by(schedules, histories, options, Job::bill_as_records::<F>)
}

fn evaluate_by<'a>(
    schedules: &'a Schedules,
    histories: &'a Histories,
    options: &'a Options,
    bill: impl FnOnce(Job<'a>) -> Answer,
) -> Answer {
    let lang = schedules.lang();
    let mut answer = Answer::default();
    let cases = 0..histories.case_count();
    let unreadable = unreadable(histories, lang, &mut answer);
    if unreadable && !options.skip_unreadable {
        for case in cases {
            answer.withhold(histories.name_of(case), None, any_case(lang));
        }
        return answer;
    }
    answer.add(bill(Job { book: &schedules.book, histories, options, lang }));
    answer
}

/// Cases that come batch by batch, the events of each case together: a case is billed once the next one begins,
/// and is then forgotten.
pub struct Session<S> {
    schedules: S,
    options: Options,
    histories: Histories,
    seen: Seen,
    block: Block,
    answer: Answer,
    failed: Option<Failure>,
}

impl<S: AsRef<Schedules>> Session<S> {
    /// A session on schedules.
    pub fn new(schedules: S, options: Options) -> Session<S> {
        Session {
            schedules,
            options,
            histories: Histories::default(),
            seen: Seen::default(),
            block: Block::default(),
            answer: Answer::default(),
            failed: None,
        }
    }

    /// Takes a batch of events: JSON objects, one a line, whole lines. Cases that it finishes are billed.
    ///
    /// # Errors
    ///
    /// If the events of a case do not stand together, or the case of a line cannot be read and it is not to be
    /// skipped: then nothing that the session gave is to be used, and every later call fails in the same way.
    pub fn feed(&mut self, events: &[u8]) -> Result<(), Failure> {
        self.whole(|session| session.take_in(events).and_then(|()| session.bill(false)))
    }

    /// What the cases that are finished come to, since the last time it was taken: nothing once a call has failed.
    pub fn take(&mut self) -> Answer {
        let answer = std::mem::take(&mut self.answer);
        if self.failed.is_some() { Answer::default() } else { answer }
    }

    /// Bills what is left; the session can then begin anew.
    ///
    /// # Errors
    ///
    /// As [`Session::feed`].
    pub fn finish(&mut self) -> Result<Answer, Failure> {
        self.whole(|session| {
            session.histories.group();
            session.bill(true)
        })?;
        (self.histories, self.seen) = (Histories::default(), Seen::default());
        Ok(self.take())
    }

    /// Does the work of a call. Until it is done the session counts as failed, and so it stays where a failure of the
    /// program is caught outside: what was changed by then is used by no later call.
    fn whole(
        &mut self,
        work: impl FnOnce(&mut Session<S>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        if let Some(failure) = &self.failed {
            return Err(failure.clone());
        }
        self.failed = Some(Failure::from(
            "an earlier call on this session was not brought to its end: begin a new one, and use nothing that this one gave",
        ));
        let outcome = work(self);
        self.failed = outcome.clone().err();
        outcome
    }

    fn take_in(&mut self, events: &[u8]) -> Result<(), Failure> {
        let lang = self.schedules.as_ref().lang();
        read(&mut self.histories, events, &mut self.block).map_err(|Full| Failure::from(full(lang)))
    }

    /// Bills the cases that are finished: all but the last, of which more may come.
    fn bill(&mut self, ended: bool) -> Result<(), Failure> {
        let schedules = self.schedules.as_ref();
        let lang = schedules.lang();
        let histories = &mut self.histories;
        let cases = histories.case_count().saturating_sub(usize::from(!ended));
        histories.group();
        if let Some(case) = histories.scattered_case().or(histories.seen_again(&mut self.seen)) {
            let case = jalon::lang::plain(&case);
            let message = lang.pick(
                format!("the events of case {case} do not stand together: a session takes them case by case, and nothing that it gave is to be used"),
                format!("les événements du dossier {case} ne se suivent pas : une session les prend dossier par dossier, et rien de ce qu'elle a donné n'est à utiliser"),
            );
            return Err(Failure { message });
        }
        if let Some(fault) = histories.contradiction() {
            let why = jalon::lang::plain(&fault.say(lang));
            let message = lang.pick(
                format!("{why}: cases before were billed on such days, and nothing that the session gave is to be used"),
                format!("{why} : des dossiers ont été facturés plus haut sur de tels jours, et rien de ce que la session a donné n'est à utiliser"),
            );
            return Err(Failure { message });
        }
        let mut told = Answer::default();
        if unreadable(histories, lang, &mut told) {
            if !self.options.skip_unreadable {
                let first = histories.unreadable.first().first();
                let why = first.map(|line| (line.place, line.reason.say(lang)));
                let message = why.map_or_else(String::new, |(place, why)| {
                    let (batch, line) = (place.file.saturating_add(1), place.line);
                    let why = jalon::lang::plain(&why);
                    lang.pick(
                        format!("batch {batch}, line {line}: {why}; it could belong to any case, and nothing that the session gave is to be used"),
                        format!("lot {batch}, ligne {line} : {why} ; elle peut appartenir à tout dossier, et rien de ce que la session a donné n'est à utiliser"),
                    )
                });
                return Err(Failure { message });
            }
            histories.unreadable = Default::default();
        }
        self.answer.add(told);
        let job = Job { book: &schedules.book, histories, options: &self.options, lang };
        self.answer.add(job.bill(0..cases));
        self.histories.keep_last_case();
        Ok(())
    }
}

/// No room is left for events.
pub(crate) struct Full;

/// Reads one more batch, a piece at a time.
pub(crate) fn read(
    histories: &mut Histories,
    events: &[u8],
    block: &mut Block,
) -> Result<(), Full> {
    read_as(histories, events.strip_prefix(BOM).unwrap_or(events), &Layout::Ndjson, block)
}

/// The same, of lines that are written in this way.
pub(crate) fn read_as(
    histories: &mut Histories,
    events: &[u8],
    layout: &Layout,
    block: &mut Block,
) -> Result<(), Full> {
    let mut rest = events;
    let mut begins = true;
    while begins || !rest.is_empty() {
        let (piece, after) = piece(rest);
        block.clear();
        block.begins_file = std::mem::take(&mut begins);
        block.layout = layout.clone();
        block.bytes.extend_from_slice(piece);
        block.read();
        histories.take(block);
        if histories.is_full() {
            return Err(Full);
        }
        rest = after;
    }
    Ok(())
}

/// Whole lines of about the size of a block, and what follows.
fn piece(events: &[u8]) -> (&[u8], &[u8]) {
    let Some((head, tail)) = events.split_at_checked(BLOCK) else { return (events, &[]) };
    let end = head.iter().rposition(|byte| *byte == b'\n').map(|end| end + 1);
    let end = end.or_else(|| {
        // A line that goes on behind the block: to its end, however long it is.
        let end = tail.iter().position(|byte| *byte == b'\n');
        end.map(|end| BLOCK + end + 1)
    });
    let (piece, after) =
        events.split_at_checked(end.unwrap_or(events.len())).unwrap_or((events, &[]));
    // Of a line that is no event for its length, as much is read as shows it.
    let shows = piece.len() > BLOCK + LONGEST_LINE;
    (if shows { piece.get(..BLOCK + LONGEST_LINE).unwrap_or(piece) } else { piece }, after)
}

/// Tells of lines whose case cannot be read; whether there are any.
pub(crate) fn unreadable(histories: &Histories, lang: Lang, answer: &mut Answer) -> bool {
    for line in histories.unreadable.first() {
        answer.withhold(None, Some(line.place), &line.reason.say(lang));
    }
    let shown = histories.unreadable.first().len() as u64;
    let more = histories.unreadable.count().saturating_sub(shown);
    if more > 0 {
        let why = lang.pick(format!("and {more} more lines"), format!("et {more} autres lignes"));
        answer.withhold(None, None, &why);
    }
    !histories.unreadable.is_empty()
}

pub(crate) fn any_case(lang: Lang) -> &'static str {
    lang.pick(
        "a line that cannot be read could belong to any case: nothing is billed",
        "une ligne illisible peut appartenir à tout dossier : rien n'est facturé",
    )
}

pub(crate) fn full(lang: Lang) -> &'static str {
    lang.pick(
        "too many events for one call: split them by case",
        "trop d'événements pour un seul appel : répartissez-les par dossier",
    )
}
