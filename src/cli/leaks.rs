//! `jalon leaks`: schedules, events and issued lines in; what was done and never billed, or billed and should not
//! stand, out.

use super::billing::withheld;
use super::event_files::{EventFiles, chosen};
use super::follow::{Format, Grid, headings};
use super::input::Schedules;
use super::isolation::{failed_on, isolated};
use super::issued_files::IssuedFiles;
use super::output::{self, Exit, Failure, message, plain, results, view};
use super::threads::cases_in_order;
use crate::calendar::Date;
use crate::explain::kept_back;
use crate::feed::{Book, Case, CsvForm, Histories, Issued, Unbilled, UnbilledReason};
use crate::lang::{Lang, say};
use crate::leaks::{self, CaseLeaks, Leak, LeakKind, Unsaid};
use crate::money::{Currency, Money};
use clap::{Args, ValueEnum};
use serde_json::json;
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
    Work,
    Closing,
    Deposit,
    NotIssued,
    NoLongerStanding,
    Condition,
    Misspelt,
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
            LeakKind::AfterClosing => Kind::AfterClosing,
        }
    }
}

/// A leak, with what is said of it.
struct Told {
    case: String,
    schedule: String,
    leak: Leak,
    currency: Currency,
    says: String,
}

/// Lists leaks.
pub fn leaks(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let Schedules { book, lang, .. } = Schedules::open(&options.schedule, lang)?;
    let events = options.events.open(lang)?;
    let issued = match options.issued.as_slice() {
        [] => None,
        paths => Some(
            IssuedFiles {
                paths,
                names: paths.iter().map(|path| plain(&path.display().to_string())).collect(),
                as_of: events.as_of,
                as_of_is_stated: events.as_of_is_stated,
                // Lines that are dated later do not count.
                credit_later: true,
                lang,
            }
            .read(|_| {})?,
        ),
    };
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
    let mut found: Vec<Told> = Vec::new();
    let (mut withheld, mut failed) = (0_u64, 0_u64);
    let mut asides: Vec<String> = Vec::new();
    cases_in_order(
        events.threads,
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
        finder.without_events(&mut found);
    }
    found
        .retain(|told| options.kind.is_empty() || options.kind.contains(&Kind::of(told.leak.kind)));
    // Within a case they are in order.
    found.sort_by(|one, other| one.case.cmp(&other.case));
    match options.format {
        Format::Table => view(&table(&found, withheld, lang))?,
        Format::Csv => results(|out| sheet(&found, CsvForm::Plain).csv(CsvForm::Plain, out))?,
        Format::CsvFr => results(|out| sheet(&found, CsvForm::French).csv(CsvForm::French, out))?,
        Format::Json => output::results(|out| {
            for told in &found {
                writeln!(out, "{}", told.json())?;
            }
            Ok::<(), std::io::Error>(())
        })?,
    }
    if failed > 0 {
        return Err(failed_on(failed, lang.pick("looked at", "examinés"), lang));
    }
    let findings = !found.is_empty() || withheld > 0 || !histories.unreadable.is_empty();
    Ok(Exit::findings(findings))
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
    Found(Vec<Told>),
    Withheld { why: String, by_failure: bool },
}

impl Finder<'_> {
    /// Looks at a case. One on which the program fails is withheld like any other.
    fn look(&self, number: usize) -> Seen {
        let Some(case) = self.histories.case(number) else { return Seen::Found(Vec::new()) };
        let outcome = isolated(Some(&case.name), || self.leaks(&case));
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

    fn leaks(&self, case: &Case) -> Result<Vec<Told>, Unbilled<'_>> {
        let plan = self.book.plan_of_sound(case)?;
        let issued = self.issued.map(|issued| issued.of(&case.name));
        let found = leaks::leaks(plan, &case.events, self.as_of, issued).map_err(|unsaid| {
            let place = case.places.first().copied();
            match unsaid {
                Unsaid::Withheld(why) => {
                    let event = why.event().and_then(|event| case.places.get(event)).copied();
                    Unbilled { place: event.or(place), reason: UnbilledReason::Withheld(plan, why) }
                }
                Unsaid::Issued(fault) => Unbilled { place, reason: UnbilledReason::Issued(fault) },
            }
        })?;
        let CaseLeaks { leaks, recorded } = found;
        let told = leaks.into_iter().map(|leak| {
            let kept = leak
                .at
                .map(|at| kept_back(plan, case, &recorded, self.as_of, self.names, self.lang, at));
            Told {
                case: case.name.clone(),
                schedule: plan.schedule.name.clone(),
                says: says(&leak, &kept.unwrap_or_default(), self.lang),
                leak,
                currency: recorded.program.currency,
            }
        });
        Ok(told.collect())
    }

    /// Issued lines of cases of which there is no event.
    fn without_events(&self, found: &mut Vec<Told>) {
        let Some(issued) = self.issued else { return };
        for case in issued.cases().filter(|case| self.histories.find(case).is_none()) {
            for (leak, currency) in leaks::leaks_of_no_case(issued.of(case), self.as_of) {
                let line = issued.of(case).iter().find(|line| line.id == leak.id);
                found.push(Told {
                    case: case.to_owned(),
                    schedule: line.map_or(String::new(), |line| line.schedule.clone()),
                    says: says(&leak, &[], self.lang),
                    leak,
                    currency,
                });
            }
        }
    }
}

/// A leak in one sentence, lower case, no full stop.
fn says(leak: &Leak, kept: &[String], lang: Lang) -> String {
    let (line, event) = (plain(&leak.line), plain(&leak.event));
    match leak.kind {
        LeakKind::Work => {
            lang.pick("work done and not billed", "réalisé et non facturé").to_owned()
        }
        LeakKind::Closing => lang
            .pick("over, and not closed by a balance", "terminé, et clos par aucun solde")
            .to_owned(),
        LeakKind::Deposit => {
            say!(lang, "deposit \"{line}\" not deducted", "acompte « {line} » non déduit")
        }
        LeakKind::NotIssued => {
            say!(lang, "line \"{line}\" not issued", "ligne « {line} » non émise")
        }
        LeakKind::NoLongerStanding => say!(
            lang,
            "issued line \"{line}\" no longer stands",
            "la ligne émise « {line} » ne tient plus"
        ),
        LeakKind::Condition => {
            let why = kept.join(lang.pick("; ", " ; "));
            say!(
                lang,
                "line \"{line}\" kept back by its condition: {why}",
                "ligne « {line} » retenue par sa condition : {why}"
            )
        }
        LeakKind::Misspelt => {
            let near = leak.near.as_deref().map(plain);
            let help = near.map_or(String::new(), |near| {
                say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
            });
            say!(lang, "no line waits for `{event}`{help}", "aucune ligne n'attend `{event}`{help}")
        }
        LeakKind::AfterClosing => say!(
            lang,
            "`{event}` was done after the closing of the case",
            "`{event}` a été réalisé après la clôture du dossier"
        ),
    }
}

/// A kind in words.
fn kind(kind: LeakKind, lang: Lang) -> &'static str {
    match kind {
        LeakKind::Work => lang.pick("work", "réalisé"),
        LeakKind::Closing => lang.pick("closing", "clôture"),
        LeakKind::Deposit => lang.pick("deposit", "acompte"),
        LeakKind::NotIssued => lang.pick("not issued", "non émise"),
        LeakKind::NoLongerStanding => lang.pick("no longer standing", "ne tient plus"),
        LeakKind::Condition => lang.pick("condition", "condition"),
        LeakKind::Misspelt => lang.pick("misspelt", "nom inconnu"),
        LeakKind::AfterClosing => lang.pick("after closing", "après clôture"),
    }
}

impl Told {
    fn amount(&self) -> Option<String> {
        self.leak.amount.map(|amount| self.currency.show(amount).to_string())
    }

    fn json(&self) -> serde_json::Value {
        let leak = &self.leak;
        let text = |text: &str| if text.is_empty() { None } else { Some(text.to_owned()) };
        json!({
            "case": self.case,
            "schedule": self.schedule,
            "kind": leak.kind.name(),
            "since": leak.since,
            "amount": self.amount(),
            "currency": leak.amount.map(|_| self.currency.code()),
            "line": text(&leak.line),
            "event": text(&leak.event),
            "near": leak.near,
            "id": text(&leak.id),
            "says": self.says,
        })
    }
}

fn sheet(found: &[Told], form: CsvForm) -> Grid {
    let header = headings(
        &[
            ("case", "dossier"),
            ("schedule", "échéancier"),
            ("kind", "nature"),
            ("since", "depuis"),
            ("amount", "montant"),
            ("currency", "devise"),
            ("line", "ligne"),
            ("event", "événement"),
            ("near", "voisin"),
            ("id", "identifiant"),
            ("says", "constat"),
        ],
        form,
    );
    let row = |told: &Told| {
        let leak = &told.leak;
        let kind = match form {
            CsvForm::French => kind(leak.kind, Lang::Fr),
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
            leak.event.clone(),
            leak.near.clone().unwrap_or_default(),
            leak.id.clone(),
            told.says.clone(),
        ]
    };
    Grid { header, numbers: vec![4], rows: found.iter().map(row).collect() }
}

fn table(found: &[Told], withheld: u64, lang: Lang) -> String {
    let header = lang.pick(
        ["case", "since", "kind", "amount", "", "what"],
        ["dossier", "depuis", "nature", "montant", "", "constat"],
    );
    let row = |told: &Told| {
        vec![
            plain(&told.case),
            lang.date(told.leak.since),
            kind(told.leak.kind, lang).to_owned(),
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
        let (name, colon) = (kind(of, lang), lang.pick(":", " :"));
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
