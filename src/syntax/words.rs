//! The words of the language in both vocabularies: what belongs to which, what begins an item, and
//! how the grammar's rules are named to a user.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::ast::{MeasureUnit, Shape};
use super::grammar::Rule;
use super::parse::Place;
use crate::lang::Lang;

/// Words, folded, that belong to one vocabulary only. Words of both (`action`, `signature`,
/// `total`, `minutes`, `scenario`) tell nothing. Sorted.
const ENGLISH: &[&str] = &[
    "abandoned",
    "abandonment",
    "accepts",
    "after",
    "and",
    "attendance",
    "balance",
    "billed",
    "case",
    "day",
    "days",
    "deliverable",
    "deposit",
    "done",
    "duration",
    "end",
    "ended",
    "ends",
    "event",
    "expect",
    "fixed",
    "flat",
    "for",
    "from",
    "group",
    "happened",
    "hour",
    "hourly",
    "hours",
    "if",
    "in",
    "installment",
    "instalment",
    "itemised",
    "itemized",
    "least",
    "month",
    "months",
    "most",
    "not",
    "nothing",
    "on",
    "or",
    "per",
    "planned",
    "price",
    "pro",
    "rata",
    "received",
    "remainder",
    "schedule",
    "signed",
    "start",
    "started",
    "stays",
    "the",
    "to",
    "under",
    "until",
    "up",
    "week",
    "weeks",
    "whole",
    "work",
    "year",
    "years",
];
const FRENCH: &[&str] = &[
    "a",
    "abandon",
    "abandonne",
    "acompte",
    "admet",
    "an",
    "annee",
    "annees",
    "ans",
    "apres",
    "assiduite",
    "attendu",
    "au",
    "de",
    "demarrage",
    "demarre",
    "detaille",
    "dossier",
    "duree",
    "echeance",
    "echeancier",
    "en",
    "entiers",
    "et",
    "evenement",
    "facture",
    "facturee",
    "faite",
    "fin",
    "forfait",
    "groupe",
    "heure",
    "heures",
    "horaire",
    "jour",
    "jours",
    "jusqu",
    "la",
    "le",
    "livrable",
    "moins",
    "mois",
    "non",
    "ou",
    "ouvert",
    "par",
    "plus",
    "pour",
    "prevu",
    "prevue",
    "prevues",
    "prevus",
    "prorata",
    "realise",
    "remis",
    "reste",
    "rien",
    "semaine",
    "semaines",
    "si",
    "signe",
    "solde",
    "survenu",
    "tarif",
    "termine",
];

/// The vocabulary to which a folded word belongs, if to one only.
pub fn vocabulary_of(word: &str) -> Option<Lang> {
    if ENGLISH.binary_search(&word).is_ok() {
        Some(Lang::En)
    } else if FRENCH.binary_search(&word).is_ok() {
        Some(Lang::Fr)
    } else {
        None
    }
}

/// The items that a folded word begins.
pub fn item_shape(word: &str) -> Option<Shape> {
    Some(match word {
        "schedule" | "echeancier" => Shape::Schedule,
        "billed" | "facture" | "facturee" => Shape::Unit,
        "price" | "tarif" => Shape::Price,
        "action" => Shape::Action,
        "planned" | "prevu" | "prevue" | "prevus" | "prevues" => Shape::Planned,
        "attendance" | "assiduite" => Shape::WholeAttendance,
        "deposit" | "acompte" | "installment" | "instalment" | "echeance" | "balance" | "solde" => {
            Shape::Line
        }
        "accepts" | "admet" => Shape::Accepts,
        "scenario" => Shape::Scenario,
        "expect" | "attendu" => Shape::Expect,
        "until" | "jusqu" => Shape::Until,
        _ => return None,
    })
}

impl Shape {
    /// The rule that reads an item of this shape.
    pub fn rule(self) -> Option<Rule> {
        Some(match self {
            Shape::Schedule => Rule::schedule,
            Shape::Unit => Rule::unit,
            Shape::Price => Rule::price,
            Shape::Action => Rule::action,
            Shape::Planned => Rule::planned,
            Shape::WholeAttendance => Rule::whole_attendance,
            Shape::Line => Rule::line,
            Shape::Accepts => Rule::accepts,
            Shape::Scenario => Rule::scenario,
            Shape::Event => Rule::event,
            Shape::Expect => Rule::expect,
            Shape::Until => Rule::until,
            Shape::Unknown => return None,
        })
    }

    /// One correct item of this shape that begins with the same words, where it can.
    pub fn example(self, lang: Lang, first: &str, second: &str) -> &'static str {
        match self {
            Shape::Schedule => {
                lang.pick(r#"schedule "Training, 3 days""#, r#"échéancier "Formation, 3 jours""#)
            }
            Shape::Unit => lang.pick("billed per group", "facturé au groupe"),
            Shape::Price => match second {
                "hourly" | "horaire" => lang.pick(
                    "price hourly 70 EUR, at most 24 hours",
                    "tarif horaire 70 EUR, au plus 24 heures",
                ),
                "per" | "par" => lang.pick("price per action, in EUR", "tarif par action, en EUR"),
                _ => lang.pick("price fixed 1500 EUR", "tarif forfait 1500 EUR"),
            },
            Shape::Action => {
                lang.pick(r#"action "Interview" hourly 70"#, r#"action "Entretien" horaire 70"#)
            }
            Shape::Planned => lang.pick("planned 10 hours", "prévu 10 heures"),
            Shape::WholeAttendance => lang.pick("attendance in whole %", "assiduité en % entiers"),
            Shape::Accepts => lang.pick(
                r#"accepts leak "the programme ends at ten months""#,
                r#"admet fuite "le parcours s'arrête à dix mois""#,
            ),
            Shape::Line | Shape::Unknown => match first {
                "deposit" | "acompte" => lang.pick(
                    r#"deposit "Deposit": 30 % on signature"#,
                    r#"acompte "Acompte": 30 % à la signature"#,
                ),
                "installment" | "instalment" | "echeance" => lang.pick(
                    r#"installment "First half": 50 % on start"#,
                    r#"échéance "Première moitié": 50 % au démarrage"#,
                ),
                _ => lang.pick(
                    r#"balance "Final balance": 100 % on end if duration >= 4 months"#,
                    r#"solde "Solde": 100 % à la fin si durée >= 4 mois"#,
                ),
            },
            Shape::Scenario => {
                lang.pick(r#"scenario "leaves early""#, r#"scénario "départ anticipé""#)
            }
            Shape::Event => lang.pick(
                r#"2025-02-03 action "Interview" 1.5 hours"#,
                r#"03/02/2025 action "Entretien" 1,5 heure"#,
            ),
            Shape::Expect => match second {
                "nothing" | "rien" => lang.pick("expect nothing", "attendu rien"),
                "total" => lang.pick("expect total 720.00", "attendu total 720,00"),
                _ => lang.pick(
                    r#"expect 2025-07-05 "Final balance" 720.00"#,
                    r#"attendu 05/07/2025 "Solde" 720,00"#,
                ),
            },
            Shape::Until => lang.pick("until 2025-12-31", "jusqu'au 31/12/2025"),
        }
    }
}

impl Place {
    /// One correct item that stands in such a place.
    pub fn example(self, lang: Lang) -> &'static str {
        let shape = match self {
            Place::Nowhere => Shape::Schedule,
            Place::Schedule => Shape::Line,
            Place::Scenario => Shape::Event,
        };
        shape.example(lang, "", "")
    }
}

/// The spelling of a word's rule, English and French; `None` for rules that are not a word.
pub fn spelling(rule: Rule) -> Option<(&'static str, &'static str)> {
    Some(match rule {
        Rule::kw_schedule => ("schedule", "échéancier"),
        Rule::kw_scenario => ("scenario", "scénario"),
        Rule::kw_billed => ("billed", "facturé"),
        Rule::kw_price => ("price", "tarif"),
        Rule::kw_planned => ("planned", "prévu"),
        Rule::kw_action => ("action", "action"),
        Rule::kw_deposit => ("deposit", "acompte"),
        Rule::kw_installment => ("installment", "échéance"),
        Rule::kw_balance => ("balance", "solde"),
        Rule::kw_expect => ("expect", "attendu"),
        Rule::kw_until => ("until", "jusqu'au"),
        Rule::kw_accepts => ("accepts", "admet"),
        Rule::kw_for => ("for", "pour"),
        Rule::kw_per_case => ("per case", "au dossier"),
        Rule::kw_per_group => ("per group", "au groupe"),
        Rule::kw_per_action => ("per action", "par action"),
        Rule::kw_fixed => ("fixed", "forfait"),
        Rule::kw_hourly => ("hourly", "horaire"),
        Rule::kw_flat => ("flat", "forfait"),
        Rule::kw_not_billed => ("not billed", "non facturée"),
        Rule::kw_ends_case => ("ends case", "termine le dossier"),
        Rule::kw_at_least => ("at least", "au moins"),
        Rule::kw_at_most => ("at most", "au plus"),
        Rule::kw_in => ("in", "en"),
        Rule::kw_in_whole => ("in whole %", "en % entiers"),
        Rule::percent_sign => ("%", "%"),
        Rule::kw_itemised => ("itemised", "détaillé"),
        Rule::kw_work => ("work", "réalisé"),
        Rule::kw_up_to => ("up to", "jusqu'à"),
        Rule::kw_remainder => ("remainder", "reste"),
        Rule::kw_nothing => ("nothing", "rien"),
        Rule::kw_pro_rata => ("pro rata", "prorata"),
        Rule::kw_total => ("total", "total"),
        Rule::kw_on => ("on", "à"),
        Rule::kw_signature => ("signature", "signature"),
        Rule::kw_start => ("start", "démarrage"),
        Rule::kw_end => ("end", "fin"),
        Rule::kw_abandonment => ("abandonment", "abandon"),
        Rule::kw_event => ("event", "événement"),
        Rule::kw_deliverable => ("deliverable", "livrable"),
        Rule::kw_month_end => ("month end", "fin de mois"),
        Rule::kw_after => ("after", "après"),
        Rule::kw_if => ("if", "si"),
        Rule::kw_and => ("and", "et"),
        Rule::kw_or => ("or", "ou"),
        Rule::kw_not => ("not", "non"),
        Rule::kw_from => ("from", "de"),
        Rule::kw_to => ("to", "à"),
        Rule::kw_under => ("under", "moins de"),
        Rule::kw_duration => ("duration", "durée"),
        Rule::kw_attendance => ("attendance", "assiduité"),
        Rule::kw_hours => ("hours", "heures"),
        Rule::kw_started => ("started", "démarré"),
        Rule::kw_signed => ("signed", "signé"),
        Rule::kw_ended => ("ended", "terminé"),
        Rule::kw_abandoned => ("abandoned", "abandonné"),
        Rule::kw_done => ("done", "faite"),
        Rule::kw_received => ("received", "remis"),
        Rule::kw_happened => ("happened", "survenu"),
        Rule::kw_stays_open => ("stays open", "reste ouvert"),
        Rule::kw_overbilling_property => ("overbilling", "surfacturation"),
        Rule::kw_overlap_property => ("overlap", "chevauchement"),
        Rule::kw_dead_line_property => ("dead-line", "ligne-morte"),
        Rule::kw_leak_property => ("leak", "fuite"),
        Rule::kw_gap_property => ("gap", "trou"),
        Rule::kw_stranded_deposit_property => ("stranded-deposit", "acompte-perdu"),
        Rule::kw_underbilling_property => ("underbilling", "sous-facturation"),
        Rule::kw_unbilled_work_property => ("unbilled-work", "réalisé-non-facturé"),
        Rule::kw_after_terminal_property => ("after-terminal", "après-la-fin"),
        Rule::kw_credit_property => ("credit", "avoir"),
        Rule::kw_order_property => ("order", "ordre"),
        Rule::kw_cliff_property => ("cliff", "effet-de-seuil"),
        Rule::kw_never_started_property => ("never-started", "jamais-démarré"),
        Rule::unit_day => ("days", "jours"),
        Rule::unit_week => ("weeks", "semaines"),
        Rule::unit_month => ("months", "mois"),
        Rule::unit_year => ("years", "ans"),
        Rule::unit_hour => ("hours", "heures"),
        Rule::unit_minute => ("minutes", "minutes"),
        Rule::comma => (",", ","),
        Rule::colon => (":", ":"),
        Rule::minus => ("-", "-"),
        _ => return None,
    })
}

/// The spelling of a property, by its stable name.
pub fn property(name: &'static str, lang: Lang) -> &'static str {
    let rules = beginnings(Rule::property).unwrap_or_default();
    let spellings = rules.iter().filter_map(|rule| spelling(*rule));
    let found = spellings.into_iter().find(|(english, _)| *english == name);
    found.map_or(name, |(english, french)| lang.pick(english, french))
}

/// The spelling of a unit, singular or plural.
pub fn unit(unit: MeasureUnit, singular: bool, lang: Lang) -> &'static str {
    let (one, many) = match unit {
        MeasureUnit::Percent => (("%", "%"), Rule::percent_sign),
        MeasureUnit::Hours => (("hour", "heure"), Rule::unit_hour),
        MeasureUnit::Minutes => (("minute", "minute"), Rule::unit_minute),
        MeasureUnit::Days => (("day", "jour"), Rule::unit_day),
        MeasureUnit::Weeks => (("week", "semaine"), Rule::unit_week),
        MeasureUnit::Months => (("month", "mois"), Rule::unit_month),
        MeasureUnit::Years => (("year", "an"), Rule::unit_year),
    };
    let (english, french) = if singular { one } else { spelling(many).unwrap_or(one) };
    lang.pick(english, french)
}

/// The words with which a rule's text can begin, as rules of words or of quantities: what an error
/// names where the whole rule was possible. `None` for a rule that is its own beginning.
pub fn beginnings(rule: Rule) -> Option<&'static [Rule]> {
    use Rule as R;
    Some(match rule {
        R::amount => &[
            R::percentage_hint,
            R::sum_hint,
            R::kw_work,
            R::kw_up_to,
            R::kw_remainder,
            R::kw_nothing,
            R::kw_pro_rata,
        ],
        R::up_to => &[R::kw_up_to],
        R::pro_rata => &[R::kw_pro_rata],
        R::work => &[R::kw_work],
        R::flat_sum => &[R::kw_flat],
        R::sum => &[R::percentage_hint, R::sum_hint],
        R::line_kind => &[R::kw_deposit, R::kw_installment, R::kw_balance],
        R::property => &[
            R::kw_overbilling_property,
            R::kw_overlap_property,
            R::kw_dead_line_property,
            R::kw_leak_property,
            R::kw_gap_property,
            R::kw_stranded_deposit_property,
            R::kw_underbilling_property,
            R::kw_unbilled_work_property,
            R::kw_after_terminal_property,
            R::kw_credit_property,
            R::kw_order_property,
            R::kw_cliff_property,
            R::kw_never_started_property,
        ],
        R::stays_open => &[R::kw_stays_open],
        R::first_trigger | R::kw_on => &[R::trigger_hint],
        R::trigger | R::moment => &[
            R::kw_signature,
            R::kw_start,
            R::kw_end,
            R::kw_abandonment,
            R::kw_action,
            R::kw_event,
            R::kw_deliverable,
            R::kw_month_end,
            R::after_hint,
            R::date,
        ],
        R::after => &[R::after_hint],
        R::named_action | R::action_done | R::worked_action => &[R::kw_action],
        R::named_event | R::event_happened => &[R::kw_event],
        R::named_deliverable | R::deliverable_received => &[R::kw_deliverable],
        R::happening => &[
            R::kw_signature,
            R::kw_start,
            R::kw_end,
            R::kw_abandonment,
            R::kw_action,
            R::kw_deliverable,
            R::kw_event,
        ],
        R::guard => &[R::kw_if],
        R::condition | R::all_of | R::negation | R::test | R::group => &[
            R::kw_duration,
            R::kw_attendance,
            R::kw_hours,
            R::kw_started,
            R::kw_signed,
            R::kw_ended,
            R::kw_abandoned,
            R::kw_action,
            R::kw_deliverable,
            R::kw_event,
            R::kw_not,
            R::parenthesis_hint,
        ],
        R::measured => &[R::kw_duration, R::kw_attendance, R::kw_hours],
        R::comparison | R::comparator => &[R::comparator_hint],
        R::window => &[R::kw_from],
        R::measure => &[R::number],
        R::clock => &[],
        R::measure_unit => &[
            R::percent_sign,
            R::unit_hour,
            R::unit_minute,
            R::unit_day,
            R::unit_week,
            R::unit_month,
            R::unit_year,
        ],
        R::duration_unit => &[R::unit_day, R::unit_week, R::unit_month, R::unit_year],
        R::fixed_price => &[R::kw_fixed],
        R::hourly_price => &[R::kw_hourly],
        R::action_price => &[R::kw_per_action],
        R::hours_bound => &[R::kw_at_least, R::kw_at_most],
        R::rate => &[R::kw_hourly, R::kw_flat, R::kw_not_billed],
        R::ends_case => &[R::kw_ends_case],
        R::expected_total => &[R::kw_total],
        R::expected_line => &[R::date],
        // Whatever is missing, another item may follow, or an article stand: not worth saying.
        R::article | R::next | R::begins_item | R::EOI => &[],
        _ => return None,
    })
}

/// How a possible beginning is named to the user.
pub fn shown(rule: Rule, lang: Lang) -> String {
    if let Some((english, french)) = spelling(rule) {
        return format!("`{}`", lang.pick(english, french));
    }
    match rule {
        Rule::text => lang.pick("a name in quotes", "un nom entre guillemets"),
        Rule::number => lang.pick("a number", "un nombre"),
        Rule::date => lang.pick("a date (`2025-07-05`)", "une date (`05/07/2025`)"),
        Rule::currency => lang.pick("a currency (`EUR`)", "une devise (`EUR`)"),
        Rule::percentage_hint => lang.pick("a percentage (`30 %`)", "un pourcentage (`30 %`)"),
        Rule::sum_hint => lang.pick("an amount (`750 EUR`)", "un montant (`750 EUR`)"),
        Rule::after_hint => lang.pick("`3 months after start`", "`3 mois après le démarrage`"),
        Rule::trigger_hint => {
            lang.pick("when it is billed (`on end`)", "le moment où facturer (`à la fin`)")
        }
        Rule::parenthesis_hint => "`(`",
        Rule::comparator_hint => {
            lang.pick("a comparison (`<`, `>=`)", "une comparaison (`<`, `>=`)")
        }
        _ => lang.pick("something else", "autre chose"),
    }
    .to_owned()
}

/// Beginnings that are named together where all of them are possible, English and French: one by
/// one they are too many to be heard.
pub const TOGETHER: &[(&[Rule], &str, &str)] = &[
    (
        &[
            Rule::percentage_hint,
            Rule::sum_hint,
            Rule::kw_work,
            Rule::kw_up_to,
            Rule::kw_remainder,
            Rule::kw_nothing,
            Rule::kw_pro_rata,
        ],
        "how much is billed (`30 %`, `750 EUR`, `work`, `remainder`)",
        "combien facturer (`30 %`, `750 EUR`, `réalisé`, `reste`)",
    ),
    (
        &[
            Rule::kw_signature,
            Rule::kw_start,
            Rule::kw_end,
            Rule::kw_abandonment,
            Rule::kw_action,
            Rule::kw_event,
            Rule::kw_deliverable,
            Rule::kw_month_end,
            Rule::after_hint,
            Rule::date,
        ],
        "the moment (`signature`, `end`, `action \"…\"`, a date)",
        "le moment (`signature`, `fin`, `action \"…\"`, une date)",
    ),
    (
        &[
            Rule::kw_signature,
            Rule::kw_start,
            Rule::kw_end,
            Rule::kw_abandonment,
            Rule::kw_action,
            Rule::kw_deliverable,
            Rule::kw_event,
        ],
        "what happened (`start`, `end`, `action \"…\"`)",
        "ce qui a eu lieu (`démarrage`, `fin`, `action \"…\"`)",
    ),
    (
        &[
            Rule::kw_duration,
            Rule::kw_attendance,
            Rule::kw_hours,
            Rule::kw_started,
            Rule::kw_signed,
            Rule::kw_ended,
            Rule::kw_abandoned,
            Rule::kw_action,
            Rule::kw_deliverable,
            Rule::kw_event,
            Rule::kw_not,
            Rule::parenthesis_hint,
        ],
        "a condition (`duration < 4 months`, `action \"…\" done`)",
        "une condition (`durée < 4 mois`, `action \"…\" faite`)",
    ),
    (
        &[
            Rule::percent_sign,
            Rule::unit_hour,
            Rule::unit_minute,
            Rule::unit_day,
            Rule::unit_week,
            Rule::unit_month,
            Rule::unit_year,
        ],
        "a unit (`months`, `%`, `hours`)",
        "une unité (`mois`, `%`, `heures`)",
    ),
];

/// What stands before a trigger's first word (folded) in a line: `on `, `à la `; `None` if the word
/// begins no trigger.
pub fn preposition(word: &str, lang: Lang) -> Option<&'static str> {
    let french = match word {
        "signature" | "end" | "fin" => "à la ",
        "start" | "demarrage" | "deliverable" | "livrable" => "au ",
        "abandonment" | "abandon" | "action" | "event" | "evenement" => "à l'",
        "month" => "en ",
        _ => return None,
    };
    Some(lang.pick("on ", french))
}

/// The word that says as a trigger or an event what a folded word says as a condition, and the
/// other way round: `started` and `start`.
pub fn other_form(word: &str) -> Option<Rule> {
    Some(match word {
        "signed" | "signe" => Rule::kw_signature,
        "started" | "demarre" => Rule::kw_start,
        "ended" | "termine" => Rule::kw_end,
        "abandoned" | "abandonne" => Rule::kw_abandonment,
        "signature" => Rule::kw_signed,
        "start" | "demarrage" => Rule::kw_started,
        "end" | "fin" => Rule::kw_ended,
        "abandonment" | "abandon" => Rule::kw_abandoned,
        _ => return None,
    })
}

/// The words that begin items, in reading order, for naming them.
pub const ITEM_WORDS: &[Rule] = &[
    Rule::kw_schedule,
    Rule::kw_billed,
    Rule::kw_price,
    Rule::kw_action,
    Rule::kw_planned,
    Rule::kw_attendance,
    Rule::kw_deposit,
    Rule::kw_installment,
    Rule::kw_balance,
    Rule::kw_scenario,
    Rule::kw_expect,
    Rule::kw_until,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_sorted_and_apart() {
        assert!(ENGLISH.is_sorted() && FRENCH.is_sorted());
        assert!(ENGLISH.iter().all(|word| FRENCH.binary_search(word).is_err()));
    }
}
