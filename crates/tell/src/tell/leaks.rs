//! What was done and never billed as data: in, a case on its schedule with the lines that have been issued; out, its leaks,
//! each with a sentence and as the object of `jalon leaks --format json`.

use crate::calendar::Date;
use crate::eval::NoticeKind;
use crate::explain::kept_back;
use crate::feed::{Book, Case, Histories, Issued, Unbilled, UnbilledReason};
use crate::lang::{Lang, plain, say};
use crate::leaks::{self, CaseLeaks, Leak, LeakKind, Unsaid};
use crate::model::Terminal;
use crate::money::Currency;
use serde_json::json;

/// A leak, with what is said of it.
#[derive(Clone, Debug)]
pub struct ToldLeak {
    /// The case.
    pub case: String,
    /// Its schedule.
    pub schedule: String,
    /// The leak itself.
    pub leak: Leak,
    /// The currency of the schedule.
    pub currency: Currency,
    /// The leak in one sentence, lower case, no full stop.
    pub says: String,
}

/// The leaks of a case, up to a day. `names` are those of the files of its events.
///
/// # Errors
///
/// If the case cannot be billed, or the lines said to have been issued cannot be.
pub fn leaks_of_case<'b>(
    book: &'b Book,
    case: &Case,
    issued: Option<&Issued>,
    as_of: Date,
    names: &[String],
    lang: Lang,
) -> Result<Vec<ToldLeak>, Unbilled<'b>> {
    let plan = book.plan_of_sound(case)?;
    let issued = issued.map(|issued| issued.of(&case.name));
    let found = leaks::leaks(plan, &case.events, as_of, issued).map_err(|unsaid| {
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
        let kept = leak.at.map(|at| kept_back(plan, case, &recorded, as_of, names, lang, at));
        ToldLeak {
            case: case.name.clone(),
            schedule: plan.schedule.name.clone(),
            says: says(&leak, &kept.unwrap_or_default(), lang),
            leak,
            currency: recorded.program.currency,
        }
    });
    Ok(told.collect())
}

/// The leaks of issued lines of cases of which there is no event.
pub fn leaks_without_events(
    issued: &Issued,
    histories: &Histories,
    as_of: Date,
    lang: Lang,
) -> Vec<ToldLeak> {
    let mut found = Vec::new();
    for case in issued.cases().filter(|case| histories.find(case).is_none()) {
        for (leak, currency) in leaks::leaks_of_no_case(issued.of(case), as_of) {
            let line = issued.of(case).iter().find(|line| line.id == leak.id);
            found.push(ToldLeak {
                case: case.to_owned(),
                schedule: line.map_or(String::new(), |line| line.schedule.clone()),
                says: says(&leak, &[], lang),
                leak,
                currency,
            });
        }
    }
    found
}

/// A leak in one sentence, lower case, no full stop.
fn says(leak: &Leak, kept: &[String], lang: Lang) -> String {
    let (line, event) = (plain(&leak.line), plain(&leak.event));
    let of = leak.payer.as_ref().map_or(String::new(), |payer| format!(" ({})", plain(payer)));
    match leak.kind {
        LeakKind::Work if line.is_empty() => {
            lang.pick("work done and not billed", "réalisé et non facturé").to_owned()
        }
        LeakKind::Work => say!(
            lang,
            "work done and not billed: \"{line}\" closes the case without it",
            "réalisé et non facturé : « {line} » clôt le dossier sans lui"
        ),
        LeakKind::Closing => {
            let over = leak.over.unwrap_or(Terminal::End).milestone().reached(lang);
            say!(lang, "{over}, and not closed by a balance", "{over}, et clos par aucun solde")
        }
        LeakKind::Deposit => {
            say!(lang, "deposit \"{line}\"{of} not deducted", "acompte « {line} »{of} non déduit")
        }
        LeakKind::NotIssued => {
            say!(lang, "line \"{line}\"{of} not issued", "ligne « {line} »{of} non émise")
        }
        LeakKind::NoLongerStanding => say!(
            lang,
            "issued line \"{line}\"{of} no longer stands",
            "la ligne émise « {line} »{of} ne tient plus"
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
        LeakKind::Unmeasured => {
            let lacks = match leak.lacks {
                Some(NoticeKind::NoQuantity) => lang.pick("quantity", "de quantité"),
                Some(NoticeKind::NoAmount) => lang.pick("amount", "de montant"),
                Some(_) | None => lang.pick("hours", "d'heures"),
            };
            say!(
                lang,
                "`{event}` states no {lacks}, and counts as none",
                "`{event}` n'indique pas {lacks}, et compte pour zéro"
            )
        }
        LeakKind::AfterClosing => say!(
            lang,
            "`{event}` was done after the closing of the case",
            "`{event}` a été réalisé après la clôture du dossier"
        ),
    }
}

/// A kind in words.
pub fn leak_kind(kind: LeakKind, lang: Lang) -> &'static str {
    match kind {
        LeakKind::Work => lang.pick("work", "réalisé"),
        LeakKind::Closing => lang.pick("closing", "clôture"),
        LeakKind::Deposit => lang.pick("deposit", "acompte"),
        LeakKind::NotIssued => lang.pick("not issued", "non émise"),
        LeakKind::NoLongerStanding => lang.pick("no longer standing", "ne tient plus"),
        LeakKind::Condition => lang.pick("condition", "condition"),
        LeakKind::Misspelt => lang.pick("misspelt", "nom inconnu"),
        LeakKind::Unmeasured => lang.pick("unmeasured", "sans mesure"),
        LeakKind::AfterClosing => lang.pick("after closing", "après clôture"),
    }
}

impl ToldLeak {
    /// Its amount, with the decimals of the currency.
    pub fn amount(&self) -> Option<String> {
        self.leak.amount.map(|amount| self.currency.show(amount).to_string())
    }

    /// As one object.
    pub fn json(&self) -> serde_json::Value {
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
            "payer": leak.payer,
            "event": text(&leak.event),
            "near": leak.near,
            "id": text(&leak.id),
            "says": self.says,
        })
    }
}
