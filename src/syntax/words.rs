//! The words of the language in both vocabularies: what begins an item, how a rule is spelled, and
//! which word stands for which.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::ast::{MeasureUnit, Shape};
use super::grammar::Rule;
use super::parse::Place;
use crate::lang::Lang;

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
        Rule::kw_bills_once_property => ("bills-once", "facture-une-fois"),
        Rule::kw_closes_early_property => ("closes-early", "clôt-trop-tôt"),
        Rule::kw_not_deducted_property => ("installments-not-deducted", "échéances-non-déduites"),
        Rule::kw_given_back_property => ("deposit-given-back", "acompte-rendu"),
        Rule::kw_not_before_start_property => ("not-before-start", "non-avant-le-démarrage"),
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
    let rules = super::beginnings::of(Rule::property).unwrap_or_default();
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
        "signed" | "signe" | "signing" => Rule::kw_signature,
        "started" | "demarre" | "begin" | "beginning" | "debut" => Rule::kw_start,
        "ended" | "termine" | "finish" | "finished" | "fini" => Rule::kw_end,
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
