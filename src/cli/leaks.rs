//! `jalon leaks`: schedules, events and issued lines in; what was done and never billed, or billed and should not
//! stand, out.

use super::billing::withheld;
use super::event_files::{EventFiles, Events, chosen};
use super::follow::{Format, Grid, headings};
use super::input::Schedules;
use super::isolation::{failed_on, isolated};
use super::issued_files::IssuedFiles;
use super::output::{Exit, Failure, message, plain, results, view};
use super::threads::cases_in_order;
use crate::calendar::Date;
use crate::feed::{Book, CsvForm, Histories, Issued, Unbilled, UnbilledReason};
use crate::lang::{Lang, say};
use crate::leaks::LeakKind;
use crate::money::{Currency, Money};
use crate::tell::{ToldLeak, leak_kind, leaks_of_case, leaks_without_events};
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What `jalon leaks` takes.
#[derive(Args)]
#[command(mut_arg("events", |events| events.required(true)))]
pub struct Options {
    /// Schedule files, also compiled ones, or folders with files whose name ends in .jalon
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    schedule: Vec<PathBuf>,

    #[command(flatten)]
    events: EventFiles,

    /// Files of lines that have been issued, as `jalon run` writes them in any format, compressed or not: then what was
    /// not issued, and what no longer stands, is listed, too
    #[arg(long, num_args = 1.., value_name = "FILE")]
    issued: Vec<PathBuf>,

    /// Only these cases
    #[arg(long, num_args = 1.., value_name = "CASE")]
    case: Vec<String>,

    /// Only leaks of these kinds
    #[arg(long, num_args = 1.., value_enum, value_name = "KIND")]
    kind: Vec<Kind>,

    /// How the leaks are written; the table has the sums below it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// The kinds as a call names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    #[value(aliases = ["réalisé", "realise"])]
    Work,
    #[value(aliases = ["clôture", "cloture"])]
    Closing,
    #[value(alias = "acompte")]
    Deposit,
    #[value(aliases = ["non-émise", "non-emise"])]
    NotIssued,
    #[value(alias = "ne-tient-plus")]
    NoLongerStanding,
    Condition,
    #[value(alias = "nom-inconnu")]
    Misspelt,
    #[value(alias = "sans-mesure")]
    Unmeasured,
    #[value(aliases = ["après-clôture", "apres-cloture"])]
    AfterClosing,
}

impl Kind {
    fn of(kind: LeakKind) -> Kind {
        match kind {
            LeakKind::Work => Kind::Work,
            LeakKind::Closing => Kind::Closing,
            LeakKind::Deposit => Kind::Deposit,
            LeakKind::NotIssued => Kind::NotIssued,
            LeakKind::NoLongerStanding => Kind::NoLongerStanding,
            LeakKind::Condition => Kind::Condition,
            LeakKind::Misspelt => Kind::Misspelt,
            LeakKind::Unmeasured => Kind::Unmeasured,
            LeakKind::AfterClosing => Kind::AfterClosing,
        }
    }
}

/// Lists leaks.
pub fn leaks(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let Schedules { book, lang, .. } = Schedules::open(&options.schedule, lang)?;
    let events = options.events.open(lang)?;
    let issued = issued_before(options, &events, lang)?;
    let mut progress = events.progress();
    let what = lang.pick("look at", "examiner");
    let histories = events.told_cases(what, &mut progress)?;
    let cases = chosen(&histories, &options.case, lang)?;
    let finder = Finder {
        book: &book,
        histories: &histories,
        issued: issued.as_ref(),
        names: &events.names,
        as_of: events.as_of,
        lang,
    };
    let mut found: Vec<ToldLeak> = Vec::new();
    let (mut withheld, mut failed) = (0_u64, 0_u64);
    let mut asides: Vec<String> = Vec::new();
    cases_in_order(
        || events.threads(),
        0..cases.len(),
        || (),
        |(), range| {
            let cases = cases.get(range).unwrap_or_default();
            cases.iter().map(|case| finder.look(*case)).collect::<Vec<_>>()
        },
        |seen| {
            for seen in seen {
                match seen {
                    Seen::Found(leaks) => found.extend(leaks),
                    Seen::Withheld { why, by_failure } => {
                        withheld += 1;
                        failed += u64::from(by_failure);
                        asides.push(why);
                    }
                }
            }
            Ok::<_, Failure>(())
        },
    )?;
    progress.clear();
    asides.sort();
    message(&asides.concat())?;
    if options.case.is_empty() {
        let issued = finder.issued.map(|issued| (issued, finder.histories));
        found.extend(issued.into_iter().flat_map(|(issued, histories)| {
            leaks_without_events(issued, histories, finder.as_of, lang)
        }));
    }
    found
        .retain(|told| options.kind.is_empty() || options.kind.contains(&Kind::of(told.leak.kind)));
    // Within a case they are in order.
    found.sort_by(|one, other| one.case.cmp(&other.case));
    write(&found, withheld, options.format, lang)?;
    if failed > 0 {
        return Err(failed_on(failed, lang.pick("looked at", "examinés"), lang));
    }
    let findings = !found.is_empty() || withheld > 0 || !histories.unreadable.is_empty();
    Ok(Exit::findings(findings))
}

/// The lines that have been issued, where files of them are named.
fn issued_before(
    options: &Options,
    events: &Events<'_>,
    lang: Lang,
) -> Result<Option<Issued>, Failure> {
    let paths = match options.issued.as_slice() {
        [] => return Ok(None),
        paths => paths,
    };
    let files = IssuedFiles {
        paths,
        names: paths.iter().map(|path| plain(&path.display().to_string())).collect(),
        as_of: events.as_of,
        as_of_is_stated: events.as_of_is_stated,
        // Lines that are dated later do not count.
        credit_later: true,
        lang,
    };
    files.read(|_| {}).map(Some)
}

fn write(found: &[ToldLeak], withheld: u64, format: Format, lang: Lang) -> Result<(), Failure> {
    match format {
        Format::Table => view(&table(found, withheld, lang)),
        Format::Csv => results(|out| sheet(found, CsvForm::Plain).csv(CsvForm::Plain, out)),
        Format::CsvFr => results(|out| sheet(found, CsvForm::French).csv(CsvForm::French, out)),
        Format::Json => results(|out| {
            for told in found {
                writeln!(out, "{}", told.json())?;
            }
            Ok::<(), std::io::Error>(())
        }),
    }
}

/// What all cases have in common.
struct Finder<'a> {
    book: &'a Book,
    histories: &'a Histories,
    issued: Option<&'a Issued>,
    names: &'a [String],
    as_of: Date,
    lang: Lang,
}

/// What is found in one case.
enum Seen {
    Found(Vec<ToldLeak>),
    Withheld { why: String, by_failure: bool },
}

impl Finder<'_> {
    /// Looks at a case. One on which the program fails is withheld like any other.
    fn look(&self, number: usize) -> Seen {
        let Some(case) = self.histories.case(number) else { return Seen::Found(Vec::new()) };
        let outcome = isolated(Some(&case.name), || {
            leaks_of_case(self.book, &case, self.issued, self.as_of, self.names, self.lang)
        });
        let told = |unbilled: &Unbilled<'_>| {
            withheld(self.book, &case.name, &case.events, unbilled, self.names, self.lang)
        };
        match outcome {
            Some(Ok(found)) => Seen::Found(found),
            Some(Err(unbilled)) => Seen::Withheld { why: told(&unbilled), by_failure: false },
            None => {
                let place = case.places.first().copied();
                let why = told(&Unbilled { place, reason: UnbilledReason::Panic });
                Seen::Withheld { why, by_failure: true }
            }
        }
    }
}

fn sheet(found: &[ToldLeak], form: CsvForm) -> Grid {
    let header = headings(
        &[
            ("case", "dossier"),
            ("schedule", "échéancier"),
            ("kind", "nature"),
            ("since", "depuis"),
            ("amount", "montant"),
            ("currency", "devise"),
            ("line", "ligne"),
            ("payer", "payeur"),
            ("event", "événement"),
            ("near", "voisin"),
            ("id", "identifiant"),
            ("says", "constat"),
        ],
        form,
    );
    let row = |told: &ToldLeak| {
        let leak = &told.leak;
        let kind = match form {
            CsvForm::French => leak_kind(leak.kind, Lang::Fr),
            CsvForm::Plain | CsvForm::Exact => leak.kind.name(),
        };
        vec![
            told.case.clone(),
            told.schedule.clone(),
            kind.to_owned(),
            leak.since.to_string(),
            told.amount().unwrap_or_default(),
            leak.amount.map_or("", |_| told.currency.code()).to_owned(),
            leak.line.clone(),
            leak.payer.clone().unwrap_or_default(),
            leak.event.clone(),
            leak.near.clone().unwrap_or_default(),
            leak.id.clone(),
            told.says.clone(),
        ]
    };
    Grid { header, numbers: vec![4], rows: found.iter().map(row).collect() }
}

fn table(found: &[ToldLeak], withheld: u64, lang: Lang) -> String {
    let header = lang.pick(
        ["case", "since", "kind", "amount", "", "what"],
        ["dossier", "depuis", "nature", "montant", "", "constat"],
    );
    let row = |told: &ToldLeak| {
        vec![
            plain(&told.case),
            lang.date(told.leak.since),
            leak_kind(told.leak.kind, lang).to_owned(),
            told.amount().map_or(String::new(), |amount| lang.digits(amount)),
            told.leak.amount.map_or("", |_| told.currency.code()).to_owned(),
            told.says.clone(),
        ]
    };
    let header = header.map(str::to_owned).to_vec();
    let mut text = if found.is_empty() {
        lang.pick("No leak found\n", "Aucune fuite trouvée\n").to_owned()
    } else {
        Grid { header, numbers: vec![3], rows: found.iter().map(row).collect() }.drawn()
    };
    let mut sums: BTreeMap<(LeakKind, &str), (u64, i128, Currency)> = BTreeMap::new();
    for told in found {
        let code = told.leak.amount.map_or("", |_| told.currency.code());
        let sum = sums.entry((told.leak.kind, code)).or_insert((0, 0, told.currency));
        sum.0 += 1;
        sum.1 += told.leak.amount.map_or(0, |amount| i128::from(amount.0));
    }
    for ((of, code), (count, sum, currency)) in sums {
        let (name, colon) = (leak_kind(of, lang), lang.pick(":", " :"));
        text += &format!("{name}{colon} {count}");
        // More than a sum can be is told as such.
        let sum = i64::try_from(sum).map(|sum| lang.digits(currency.show(Money(sum))));
        let sum = sum.unwrap_or_else(|_| lang.pick("too large", "trop grand").to_owned());
        text += &if code.is_empty() { "\n".to_owned() } else { format!(", {sum} {code}\n") };
    }
    if withheld > 0 {
        text += &say!(
            lang,
            "Cases withheld, not looked at: {withheld}\n",
            "Dossiers retenus, non examinés : {withheld}\n"
        );
    }
    text
}
