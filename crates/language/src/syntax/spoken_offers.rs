//! What contracts promise and no line counts: one free for so many, a least number of participants, months given away, work by
//! the time it takes, a share of sales. In: a line that is not understood. Out: its error with what the language has in its
//! place; an edit only where it says what was written.

use super::parse::{Parser, Place};
use super::spoken::{LINES, PAYERS, Spoken, is_currency, is_number};
use super::spoken_payments::product;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const FREE: &[&str] = &[
    "free",
    "offerte",
    "offert",
    "offertes",
    "offerts",
    "gratuite",
    "gratuit",
    "gratuites",
    "gratuits",
];
const BOUGHT: &[&str] = &[
    "buy",
    "bought",
    "purchased",
    "paid",
    "achetee",
    "achetees",
    "achete",
    "achetes",
    "payees",
    "payes",
];
const AT_LEAST: &[&str] = &[
    "at least",
    "minimum of",
    "minimum",
    "min",
    "au moins",
    "avec un minimum de",
    "minimum de",
    "au minimum",
    "mini",
];
const OF_ONE: &[&str] = &["per", "a", "par", "la", "le", "/"];
const TIMES: &[&str] =
    &["hour", "hours", "h", "heure", "heures", "minute", "minutes", "times", "fois", "eur", "€"];
const BY_TIME: &[&str] = &[
    "time and materials",
    "time and material",
    "time & materials",
    "time & material",
    "t & m",
    "on a time basis",
    "au temps passe",
    "temps passe",
    "en regie",
];
const EACH: &[&str] = &["toute", "tout", "chaque", "any", "each", "every", "a"];
const BEGUN: &[&str] =
    &["entamee", "entame", "commencee", "commence", "begun", "started", "commenced"];
/// What says that it is billed whole, behind a period that is begun.
const IS_DUE: &[&str] = &[
    "est", "due", "du", "is", "are", "billed", "charged", "facturee", "facture", "en", "entier",
    "entiere", "in", "full", "compte", "counts", "as", "a", "whole", "comptee",
];
/// Periods, their minutes where they are parts of an hour, and else what comes with the beginning of each.
const PERIODS: &[(&[&str], u32, (&str, &str))] = &[
    (&["half hour", "half - hour", "demi - heure", "demie - heure"], 30, ("", "")),
    (&["quarter hour", "quarter of an hour", "quart d ' heure"], 15, ("", "")),
    (&["hour", "heure"], 60, ("", "")),
    (&["day", "jour", "journee"], 0, ("each day from start", "chaque jour à compter du démarrage")),
    (&["week", "semaine"], 0, ("each week from start", "chaque semaine à compter du démarrage")),
    (&["month", "mois"], 0, ("each month from start", "chaque mois à compter du démarrage")),
    (
        &["quarter", "trimestre"],
        0,
        ("every 3 months from start", "tous les 3 mois à compter du démarrage"),
    ),
    (&["year", "an", "annee"], 0, ("each year from start", "chaque année à compter du démarrage")),
];
const MONTHS_FREE: &[&str] = &[
    "the first # months free",
    "first # months free",
    "first month free",
    "# months free",
    "# month free",
    "# months off",
    "# free months",
    "# free month",
    "les # premiers mois offerts",
    "les # premiers mois gratuits",
    "# premiers mois offerts",
    "premier mois offert",
    "premier mois gratuit",
    "# mois offerts",
    "# mois offert",
    "# mois gratuits",
    "# mois gratuit",
];
/// What something else than the price comes to.
const OF_SALES: &[&str] = &[
    "of the sales",
    "of sales",
    "of the revenue",
    "of revenue",
    "of turnover",
    "of the turnover",
    "of savings",
    "of the savings",
    "of profits",
    "of the profits",
    "on sales",
    "des ventes",
    "sur les ventes",
    "sur ventes",
    "du chiffre d ' affaires",
    "du ca",
    "des economies",
    "des gains",
    "du montant des travaux",
    "du cout des travaux",
    "des loyers",
];
/// What a case brings in, of which a part is paid.
const OF_RESULTS: &[&str] = &[
    "of the amount won",
    "of amount won",
    "of the amount recovered",
    "of amount recovered",
    "of the sums recovered",
    "of sums recovered",
    "of the damages",
    "of damages",
    "of the settlement",
    "of the award",
    "des sommes obtenues",
    "des sommes recouvrees",
    "des sommes recuperees",
    "des dommages et interets",
    "des dommages",
    "des indemnites obtenues",
    "du montant obtenu",
    "du montant recupere",
];
/// What a payer may take for each of, and does not.
const COUNTED: &[&str] = &[
    "hour",
    "h",
    "heure",
    "day",
    "jour",
    "journee",
    "week",
    "semaine",
    "month",
    "mois",
    "quarter",
    "trimestre",
    "year",
    "an",
    "annee",
    "visit",
    "visite",
    "session",
    "seance",
    "meal",
    "repas",
    "person",
    "personne",
    "participant",
    "child",
    "enfant",
    "lesson",
    "cours",
];
const FOR_EACH: &[&str] =
    &["de l '", "par", "per", "an", "a", "la", "le", "l '", "/", "each", "every", "chaque"];

impl Parser<'_> {
    /// The error of a line that promises what no line counts.
    pub(super) fn spoken_offer(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !matches!(self.place, Place::Nowhere | Place::Schedule) {
            return None;
        }
        self.one_free(line)
            .or_else(|| self.least_number(line))
            .or_else(|| self.time_and_materials(line))
            .or_else(|| self.begun_is_due(line))
            .or_else(|| self.months_given_away(line))
            .or_else(|| self.share_of_sales(line))
            .or_else(|| self.share_by_the_hour(line))
            .or_else(|| self.for_a_time(line))
    }

    /// Where what is said begins: behind the label of a line, or with it.
    fn said_from(line: &Spoken<'_>) -> usize {
        if line.begins(LINES) && line.word(2) == ":" { 3 } else { 0 }
    }

    /// `buy 10 get 1 free`, `10 séances achetées, 1 offerte`.
    fn one_free(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let from = Self::said_from(line);
        let has =
            |words: &[&str]| (from..line.len()).any(|place| words.contains(&line.word(place)));
        if !has(FREE) || !has(BOUGHT) || line.begins(PAYERS) || line.begins(&["price", "tarif"]) {
            return None;
        }
        let right = self
            .file_lang
            .pick("action \"Free session\" not billed", "action \"Séance offerte\" non facturée");
        let help = say!(
            self.lang,
            "nothing counts how many were paid for before one is free: what is given is an action of its own, under a price per action: `{right}`",
            "rien ne compte combien ont été payées avant qu'une soit offerte : ce qui est offert est une action à part, avec un tarif par action : `{right}`"
        );
        Some(self.unsaid(line, (from, line.len()), help))
    }

    /// `150 EUR per participant, at least 6`.
    fn least_number(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let sum = (0..line.len()).find(|place| {
            let unit = place + 1 + usize::from(is_currency(line.word(place + 1)));
            let noun = line.word(unit + 1).trim_matches('"');
            is_number(line.word(*place))
                && OF_ONE.contains(&line.word(unit))
                && !TIMES.contains(&noun)
                && !noun.is_empty()
        })?;
        let unit = sum + 1 + usize::from(is_currency(line.word(sum + 1)));
        let comma = unit + 2;
        let least = comma + usize::from(line.word(comma) == ",");
        let (_, number) = line.stands(least, AT_LEAST)?;
        let of_time = TIMES.contains(&line.word(number + 1)) || is_currency(line.word(number + 1));
        if !is_number(line.word(number)) || of_time {
            return None;
        }
        let all = product(line.word(number), line.word(sum)).unwrap_or_else(|| "900".to_owned());
        let right = self.file_lang.pick(
            format!("price per action, in EUR, at least {all}"),
            format!("tarif par action, en EUR, au moins {all}"),
        );
        let help = say!(
            self.lang,
            "a rate has no least number of what it counts: the events of a case state how many there are, and at least so many where so many are owed; a least sum is the price's, and bounds all the work of a case together: `{right}`",
            "un tarif n'a pas de nombre minimal de ce qu'il compte : les événements du dossier disent combien il y en a, et au moins autant si autant sont dus ; une somme minimale est celle du tarif, et borne tout le réalisé d'un dossier ensemble : `{right}`"
        );
        let to = number + 1 + usize::from(line.word(number + 1).starts_with(char::is_alphabetic));
        let from = if line.begins(&["action"]) { comma } else { sum };
        Some(self.unsaid(line, (from, to), help))
    }

    /// `time and materials`, `au temps passé`.
    fn time_and_materials(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let from = Self::said_from(line);
        let is_price = line.begins(&["price", "tarif", "prix"]);
        let found = if from == 3 {
            line.stands(3, BY_TIME)
        } else if line.begins(&["regie"]) {
            Some((0, 1))
        } else {
            let (at, to) = line.find(BY_TIME).filter(|(at, _)| *at == 0 || is_price)?;
            Some((at.min(1), to))
        }?;
        if from == 3 {
            let ends = found.1 == line.len() || self.begins_moment(line, found.1);
            let may_be = line.begins(&["balance", "solde", "installment", "echeance"]);
            let work = self.file_lang.pick("work", "réalisé");
            return (ends && may_be).then(|| self.written(line, found, work));
        }
        let [hourly, action, cost] = [
            ("price hourly 70 EUR", "tarif horaire 70 EUR"),
            ("action \"Work\" hourly 70", "action \"Travail\" horaire 70"),
            ("action \"Materials\" at cost", "action \"Fournitures\" au coût réel"),
        ]
        .map(|(english, french)| self.file_lang.pick(english, french));
        let price = self.file_lang.pick("price per action, in EUR", "tarif par action, en EUR");
        let work = self.file_lang.pick("work", "réalisé");
        let help = say!(
            self.lang,
            "work by its time is `{hourly}`, and lines then bill `{work}`; with materials beside it, `{price}`, `{action}` and `{cost}`",
            "le travail au temps passé se dit `{hourly}`, et les lignes facturent alors `{work}` ; avec des fournitures en plus, `{price}`, `{action}` et `{cost}`"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `toute heure entamée est due`, `each started month is due`.
    fn begun_is_due(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let begun = |place: usize| BEGUN.contains(&line.word(place));
        let period_at = |place: usize| {
            PERIODS.iter().find_map(|(words, minutes, each)| {
                let (_, to) = line.stands(place, words)?;
                Some((to, *minutes, *each))
            })
        };
        let said = |from: usize| {
            EACH.contains(&line.word(from)).then_some(())?;
            if begun(from + 1) {
                let (to, minutes, each) = period_at(from + 2)?;
                return Some((from, to, minutes, each));
            }
            let (to, minutes, each) = period_at(from + 1)?;
            begun(to).then_some((from, to + 1, minutes, each))
        };
        let (from, to, minutes, each) = (0..line.len()).find_map(said)?;
        let rate = line.begins(&["action", "price", "tarif"])
            && (1..from).any(|place| ["hourly", "horaire"].contains(&line.word(place)));
        if minutes == 0 {
            let each = self.file_lang.pick(each.0, each.1);
            let help = say!(
                self.lang,
                "a period that is begun is billed whole where its line comes with its beginning: `{each}`",
                "une période commencée se facture entière si sa ligne vient avec son début : `{each}`"
            );
            return Some(self.unsaid(line, (from, line.len()), help));
        }
        let step = self
            .file_lang
            .pick(format!(", by {minutes} minutes"), format!(", par tranche de {minutes} minutes"));
        let comma = usize::from(line.before(from) == ",");
        if rate && (to..line.len()).all(|place| IS_DUE.contains(&line.word(place))) {
            return Some(self.written(line, (from - comma, line.len()), &step));
        }
        let help = say!(
            self.lang,
            "hours are rounded up by a step behind their rate: `hourly 80{step}`",
            "les heures s'arrondissent vers le haut par une tranche, après leur tarif : `horaire 80{step}`"
        );
        Some(self.unsaid(line, (from, line.len()), help))
    }

    /// `first month free`, `2 mois offerts`.
    fn months_given_away(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.find(MONTHS_FREE)?;
        let right = self.file_lang.pick(
            "discount \"First month\": 50 EUR on start",
            "remise \"Premier mois\": 50 EUR au démarrage",
        );
        let help = say!(
            self.lang,
            "no line leaves months out: what is given is a discount of their price, `{right}`",
            "aucune ligne ne saute de mois : ce qui est offert est une remise de leur prix, `{right}`"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `5 % du chiffre d'affaires`, `commission de 5 % sur les ventes`.
    fn share_of_sales(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let share = (0..line.len())
            .find(|place| is_number(line.word(*place)) && line.word(place + 1) == "%")?;
        let taxed = usize::from(["ht", "ttc"].contains(&line.word(share + 2)));
        let of = share + 2 + taxed;
        let result = line.stands(of, OF_RESULTS);
        let (_, to) = line.stands(of, OF_SALES).or(result)?;
        if result.is_some() && line.begins(&["action"]) {
            return Some(self.written(
                line,
                (of, to),
                self.file_lang.pick("of amount", "du montant"),
            ));
        }
        if line.begins(PAYERS) || line.begins(&["action"]) {
            return None;
        }
        let percent = self.words(line, (share, share + 2));
        let usual = match result {
            Some(_) => self.file_lang.pick("\"Result\"", "\"Résultat\""),
            None => self.file_lang.pick("\"Sale\"", "\"Vente\""),
        };
        let label = Some(self.words(line, (1, 2))).filter(|label| label.starts_with('"'));
        let name = label.unwrap_or_else(|| usual.to_owned());
        let right = self.file_lang.pick(
            format!("action {name} {percent} of amount"),
            format!("action {name} {percent} du montant"),
        );
        let price = self.file_lang.pick("price per action, in EUR", "tarif par action, en EUR");
        let help = say!(
            self.lang,
            "a share of what is not the price is a rate of an action, whose events state the amount: `{price}`, `{right}`, and a line then bills `work`",
            "une part de ce qui n'est pas le tarif est un tarif d'action, dont les événements disent le montant : `{price}`, `{right}`, et une ligne facture alors `réalisé`"
        );
        let from = if line.begins(LINES) { share } else { 0 };
        Some(self.unsaid(line, (from, to), help))
    }

    /// `payeur : 15 EUR de l'heure`, `payer "Fund": 70 %, at most 200 EUR each month`.
    fn share_by_the_hour(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        line.begins(PAYERS).then_some(())?;
        let counted = |place: usize| {
            is_number(line.word(place)).then_some(())?;
            let unit = place
                + 1
                + usize::from(is_currency(line.word(place + 1)) || line.word(place + 1) == "%");
            let hours = usize::from(TIMES.contains(&line.word(unit)));
            let (_, noun) = line.stands(unit + hours, FOR_EACH)?;
            COUNTED.contains(&line.word(noun)).then_some((unit, noun + 1))
        };
        let (from, to) = (1..line.len()).find_map(counted)?;
        // The words before the number may be none of the language, either.
        let bound = (1..from).find(|at| line.stands(*at, &["up to", "jusqu ' a"]).is_some());
        let named = line.word(1).starts_with('"');
        let found = if named { (bound.unwrap_or(from), to) } else { (0, line.len()) };
        let right = self
            .file_lang
            .pick("payer \"Fund\": 70 %, at most 2000", "payeur \"OPCO\" : 70 %, au plus 2000");
        Some(self.unsaid(line, found, self.what_a_payer_takes(right)))
    }

    /// What the share of a payer may be, such as this one, and that it counts nothing else.
    pub(super) fn what_a_payer_takes(&self, right: &str) -> String {
        let agreed = self.file_lang.pick("as agreed", "convenu");
        say!(
            self.lang,
            "a payer takes a share of the price, a sum in all, or what is agreed with each case (`{agreed}`), and at most so much in all: `{right}`; no share counts hours, visits or months",
            "un payeur prend une part du tarif, une somme en tout, ou ce qui est convenu avec chaque dossier (`{agreed}`), et au plus tant en tout : `{right}` ; aucune part ne compte d'heures, de visites ni de mois"
        )
    }
}
