//! What administrators say beside a sum: that expenses are no part of it, that it is less for who pays early, that time counts
//! by parts that are begun. In: a line that is not understood. Out: its error with the sentence that works, or with what the
//! language has in its place; an edit where it says what was written.

use super::parse::Parser;
use super::spoken::{LINES, Spoken, is_currency, is_number};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// That expenses are left out: amounts hold none.
const WITHOUT_COSTS: &[&str] = &[
    "hors frais de deplacement",
    "hors frais annexes",
    "hors frais",
    "hors deplacement",
    "hors deplacements",
    "hors debours",
    "frais non compris",
    "frais non inclus",
    "excluding travel expenses",
    "excluding travel",
    "excluding expenses",
    "excluding costs",
    "excl . expenses",
    "excl expenses",
    "expenses excluded",
    "expenses not included",
    "exclusive of expenses",
];
/// That expenses come on top.
const PLUS_COSTS: &[&str] = &[
    "plus travel expenses",
    "plus expenses",
    "plus costs",
    "+ expenses",
    "expenses extra",
    "expenses on top",
    "frais en sus",
    "frais de deplacement en sus",
    "frais en plus",
    "plus frais de deplacement",
    "plus frais",
    "+ frais de deplacement",
    "+ frais",
    "plus les frais",
    "et frais",
];
/// What takes something off.
const TAKEN_OFF: &[&str] =
    &["discount", "rebate", "reduction", "remise", "escompte", "rabais", "ristourne"];
/// What says that it is for who pays early.
const PAID_EARLY: &[&str] = &[
    "if paid within",
    "if paid by",
    "if paid before",
    "if paid early",
    "if paid upfront",
    "if paid in advance",
    "if payment within",
    "if payment is made",
    "for early payment",
    "for prompt payment",
    "for cash payment",
    "for payment within",
    "for payment in advance",
    "on early payment",
    "si paiement",
    "si reglement",
    "si paye",
    "si payee",
    "si regle",
    "pour paiement",
    "pour reglement",
    "pour tout paiement",
    "en cas de paiement",
    "en cas de reglement",
    "en cas de paiement anticipe",
    "paiement anticipe",
    "paiement comptant",
];
/// Some minutes that are begun, around their number.
const BEGUN: &[&str] = &[
    "par # minutes entamees",
    "par # minutes commencees",
    "par tranche de # minutes entamee",
    "par tranche entamee de # minutes",
    "par tranche commencee de # minutes",
    "par tranches de # minutes entamees",
    "les # minutes entamees",
    "par # mn entamees",
    "par # min entamees",
    "per # minutes or part thereof",
    "per # minutes or part of it",
    "per # minutes started",
    "per # minutes begun",
    "per started # minutes",
    "per begun # minutes",
    "per commenced # minutes",
    "for each # minutes started",
    "for every # minutes started",
];
/// The same, where nothing says whether they count whole.
const PER_MINUTES: &[&str] = &[
    "par tranche de # minutes",
    "par tranches de # minutes",
    "par # minutes",
    "les # minutes",
    "per # minutes",
    "every # minutes",
    "for # minutes",
];
const SOON: &[(&[&str], u32)] = &[
    (&["sous huitaine", "a huitaine", "sous huit jours"], 8),
    (&["within a fortnight"], 14),
    (&["sous quinzaine", "a quinzaine", "sous quinze jours"], 15),
];

impl Parser<'_> {
    /// What a line says beside its sum that the language says otherwise, or not at all.
    pub(super) fn spoken_costs(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        self.paid_early(line)
            .or_else(|| self.begun_minutes(line))
            .or_else(|| self.costs_apart(line))
            .or_else(|| self.due_soon(line))
    }

    /// `remise de 5 % si paiement sous 8 jours`: a schedule bills before anybody pays.
    fn paid_early(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let off = |place: &usize| TAKEN_OFF.contains(&line.word(*place));
        (0..line.len().min(5)).find(off)?;
        line.find(PAID_EARLY)?;
        let number = (0..line.len()).find(|place| is_number(line.word(*place)));
        let amount = number.map_or("5 %".to_owned(), |from| {
            let unit = usize::from(line.word(from + 1) == "%" || is_currency(line.word(from + 1)));
            if unit == 1 { self.words(line, (from, from + 2)) } else { "5 %".to_owned() }
        });
        let label = line.word(1).starts_with('"') && line.begins(LINES);
        let label = match label {
            true => self.words(line, (1, 2)),
            false => self.file_lang.pick("\"Early payment\"", "\"Escompte\"").to_owned(),
        };
        let event = match self.times_in(line).as_slice() {
            [(_, time)] => {
                self.file_lang.pick(format!("Paid within {time}"), format!("Payé sous {time}"))
            }
            _ => self.file_lang.pick("Early payment", "Paiement anticipé").to_owned(),
        };
        let right = self.file_lang.pick(
            format!("discount {label}: {amount} on event \"{event}\""),
            format!("remise {label}: {amount} à l'événement \"{event}\""),
        );
        let help = say!(
            self.lang,
            "a schedule bills, and does not see when it is paid: what you grant is a discount that waits for an event, recorded among those of the case before its last balance: `{right}`",
            "un échéancier facture, et ne voit pas quand on le paie : ce que vous accordez est une remise qui attend un événement, enregistré parmi ceux du dossier avant son dernier solde : `{right}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `30 EUR par 45 minutes entamées`, `horaire 60 par 45 minutes`: a rate of an hour, and its step.
    fn begun_minutes(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["action", "price", "tarif", "prix"]) {
            return None;
        }
        let begun = line.find(BEGUN);
        let (from, to) = begun.or_else(|| line.find(PER_MINUTES))?;
        let minutes = (from..to).find(|place| is_number(line.word(*place)))?;
        let minutes = line.word(minutes).parse::<u32>().ok().filter(|minutes| *minutes > 0)?;
        let comma = from - usize::from(line.before(from) == ",");
        let currency = usize::from(is_currency(line.before(comma)));
        let rate = comma.checked_sub(1 + currency).filter(|place| is_number(line.word(*place)))?;
        let hourly = ["hourly", "horaire"].contains(&line.before(rate));
        let written = self.words(line, (rate, rate + 1));
        let whole = match hourly {
            true => Some(written),
            false => of_an_hour(&written, minutes),
        };
        let unit = match currency == 1 && !line.begins(&["action"]) {
            true => format!(" {}", self.words(line, (rate + 1, rate + 2))),
            false => String::new(),
        };
        let word = self.file_lang.pick("hourly", "horaire");
        let rated = match &whole {
            Some(whole) => format!("{word} {whole}{unit}"),
            None => format!("{word} …"),
        };
        let stepped = self.file_lang.pick(
            format!("{rated}, by {minutes} minutes"),
            format!("{rated}, par tranche de {minutes} minutes"),
        );
        let found = (rate - usize::from(hourly), to);
        if begun.is_some() && whole.is_some() {
            return Some(self.written(line, found, &stepped));
        }
        let help = if begun.is_some() {
            say!(
                self.lang,
                "write the rate of an hour, and the step by which what is begun counts whole: `{stepped}`",
                "écrivez le tarif d'une heure, et la tranche dont ce qui est entamé compte en entier : `{stepped}`"
            )
        } else {
            say!(
                self.lang,
                "write the rate of an hour: `{rated}` to the minute, or `{stepped}` where what is begun counts whole",
                "écrivez le tarif d'une heure : `{rated}` à la minute, ou `{stepped}` si ce qui est entamé compte en entier"
            )
        };
        Some(self.unsaid(line, found, help))
    }

    /// `hors frais`, `plus expenses`: what is spent is billed by a line of work.
    fn costs_apart(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let priced = line.begins(LINES) || line.begins(&["price", "tarif", "prix", "action"]);
        let without = line.find(WITHOUT_COSTS).filter(|(from, _)| priced && *from > 1);
        let found =
            without.or_else(|| line.find(PLUS_COSTS).filter(|(from, _)| priced && *from > 1))?;
        let comma = usize::from(line.before(found.0) == ",");
        let whole = (found.0 - comma, found.1);
        let right =
            self.file_lang.pick("action \"Expenses\" at cost", "action \"Frais\" au coût réel");
        let (work, line_of) = self.file_lang.pick(
            ("work", "balance \"Expenses\": work on month end, stays open"),
            ("réalisé", "solde \"Frais\": réalisé en fin de mois, reste ouvert"),
        );
        let help = say!(
            self.lang,
            "leave it out: no amount holds expenses by itself; to bill them as each event states them, declare `{right}`, and let a line bill `{work}`, as in `{line_of}`",
            "retirez ces mots : aucun montant ne comprend de frais de lui-même ; pour les facturer comme chaque événement les indique, déclarez `{right}`, et faites facturer `{work}` par une ligne, comme `{line_of}`"
        );
        let told = self.unsaid(line, found, help);
        // What comes on top is still to be said; what is left out is not.
        Some(if without.is_some() { told.edit(self.place_with_gap(line, whole), "") } else { told })
    }

    /// `à la signature, sous huitaine`: within how many days an invoice is paid.
    fn due_soon(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) {
            return None;
        }
        let (found, days) =
            SOON.iter().find_map(|(words, days)| Some((line.find(words)?, *days)))?;
        (found.0 > 4).then_some(())?;
        let due = self
            .file_lang
            .pick(format!("payment due {days} days"), format!("paiement à {days} jours"));
        let later = self.file_lang.pick(
            format!("{days} days after signature"),
            format!("{days} jours après la signature"),
        );
        let help = say!(
            self.lang,
            "within how many days invoices are paid is said by `{due}`, on a line of its own; a line that is billed so much later says from when: `{later}`",
            "en combien de jours les factures se paient se dit par `{due}`, sur une ligne à part ; une ligne facturée d'autant plus tard dit d'où cela se compte : `{later}`"
        );
        Some(self.unsaid(line, found, help))
    }
}

/// The rate of an hour, from that of some minutes; none where it has no end.
fn of_an_hour(rate: &str, minutes: u32) -> Option<String> {
    let (units, decimals) = rate.split_once(['.', ',']).unwrap_or((rate, ""));
    if decimals.len() > 2 {
        return None;
    }
    let mark = rate.chars().find(|c| !c.is_ascii_digit()).unwrap_or('.');
    let cents = format!("{units}{decimals:0<2}").parse::<u64>().ok()?.checked_mul(60)?;
    let minutes = u64::from(minutes);
    let hour = cents.is_multiple_of(minutes).then(|| cents / minutes)?;
    Some(match hour % 100 {
        0 => (hour / 100).to_string(),
        cents => format!("{}{mark}{cents:02}", hour / 100),
    })
}
