//! The words of the language in both vocabularies, as `grammar/words.toml` has them: how a rule is
//! spelled, what a word begins, and which word stands for which. Nothing here names a spelling.

use super::ast::{MeasureUnit, Shape};
use super::grammar::Rule;
use super::place::Place;
use crate::lang::Lang;
use foldhash::HashMap;
use std::sync::LazyLock;

/// A word of the language.
pub struct Word {
    /// Its rule in the grammar.
    pub rule: Rule,
    /// Its spellings; the first is printed.
    pub english: &'static [&'static str],
    pub french: &'static [&'static str],
    /// All of them as they are read: folded, the longer ones first.
    pub spelled: &'static [&'static str],
    /// The item that it begins.
    pub begins: Option<Shape>,
    /// Of what a line waits for: the French preposition.
    pub on: Option<&'static str>,
    /// Of a milestone: the word of a condition that says that it has happened.
    pub fact: Option<Rule>,
    /// Words of everyday speech, folded, for which it is meant.
    pub everyday: &'static [&'static str],
    /// The rule under which words stand for one another.
    pub group: Option<&'static str>,
    /// Whether it tells the vocabulary of a file.
    #[cfg(test)]
    pub tells: bool,
}

include!(concat!(env!("OUT_DIR"), "/table.rs"));

impl Word {
    fn printed(&self) -> Option<(&'static str, &'static str)> {
        Some((self.english.first()?, self.french.first()?))
    }

    /// Whether a folded token is the first of one of its spellings.
    fn begins_with(&self, token: &str) -> bool {
        self.spelled.iter().any(|spelling| tokens(spelling).next() == Some(token))
    }
}

/// The letters of a folded text, word by word.
pub fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|token| !token.is_empty())
}

static BY_RULE: LazyLock<HashMap<Rule, &Word>> =
    LazyLock::new(|| WORDS.iter().map(|word| (word.rule, word)).collect());

/// The signs of the grammar that a message names like a word.
const SIGNS: &[(Rule, &str)] = &[(Rule::comma, ","), (Rule::colon, ":"), (Rule::minus, "-")];

/// What each first word of an item begins, where it alone tells.
static ITEMS: LazyLock<HashMap<&str, Shape>> = LazyLock::new(|| {
    let mut items = HashMap::default();
    for word in WORDS.iter().filter(|word| word.begins.is_some()) {
        for spelling in word.spelled {
            let Some(first) = tokens(spelling).next() else { continue };
            let otherwise = |other: &&Word| other.begins_with(first) && other.begins != word.begins;
            // Where it takes two words to tell, the first tells nothing.
            if !(spelling.contains(' ') && WORDS.iter().any(|other| otherwise(&other))) {
                items.extend(Some(first).zip(word.begins));
            }
        }
    }
    items
});

/// The beginnings of items that take several words to tell.
pub static ITEMS_OF_WORDS: LazyLock<Vec<(&str, Shape)>> = LazyLock::new(|| {
    let begin = WORDS.iter().filter_map(|word| Some((word, word.begins?)));
    let spelled = begin.flat_map(|(word, shape)| word.spelled.iter().map(move |one| (*one, shape)));
    spelled.filter(|(spelling, _)| spelling.contains(' ')).collect()
});

/// The words that begin items, in reading order, for naming them.
pub static ITEM_WORDS: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    WORDS.iter().filter(|word| word.begins.is_some()).map(|word| word.rule).collect()
});

/// The names of properties.
pub static PROPERTIES: LazyLock<Vec<Rule>> = LazyLock::new(|| group("property_word"));

/// The words of the ends of civil periods.
pub static PERIOD_ENDS: LazyLock<Vec<Rule>> = LazyLock::new(|| group("period_end"));

/// The words of the prices of civil periods.
pub static PERIOD_RATES: LazyLock<Vec<Rule>> = LazyLock::new(|| group("period_rate"));

fn group(name: &str) -> Vec<Rule> {
    WORDS.iter().filter(|word| word.group == Some(name)).map(|word| word.rule).collect()
}

/// Whether a folded token is the first of a word.
pub fn begins(rule: Rule, token: &str) -> bool {
    BY_RULE.get(&rule).is_some_and(|word| word.begins_with(token))
}

/// Whether a folded token is one of these words.
pub fn is_any(rules: &[Rule], token: &str) -> bool {
    let spelled = |rule: &Rule| BY_RULE.get(rule).is_some_and(|word| word.spelled.contains(&token));
    rules.iter().any(spelled)
}

/// The items that a folded word begins.
pub fn item_shape(word: &str) -> Option<Shape> {
    ITEMS.get(word).copied()
}

/// The word that begins an item for which a folded word of everyday speech is meant.
pub fn item_meant(word: &str) -> Option<Rule> {
    let meant = WORDS.iter().filter(|each| each.begins.is_some());
    meant.into_iter().find(|each| each.everyday.contains(&word)).map(|each| each.rule)
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
            Shape::Payer => Rule::payer,
            Shape::Vat => Rule::vat,
            Shape::Payment => Rule::payment,
            Shape::MaySuspend => Rule::suspendable,
            Shape::Agreed => Rule::agreed,
            Shape::Line => Rule::line,
            Shape::Accepts => Rule::accepts,
            Shape::Scenario => Rule::scenario,
            Shape::Event => Rule::event,
            Shape::Expect => Rule::expect,
            Shape::Until => Rule::until,
            Shape::FollowUp => Rule::follow_up,
            Shape::Step => Rule::follow_step,
            Shape::Invoice => Rule::invoice,
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
            Shape::Price if begins(Rule::kw_hourly, second) => lang.pick(
                "price hourly 70 EUR, at most 24 hours",
                "tarif horaire 70 EUR, au plus 24 heures",
            ),
            Shape::Price if begins(Rule::kw_per_action, second) => {
                lang.pick("price per action, in EUR", "tarif par action, en EUR")
            }
            Shape::Price => lang.pick("price fixed 1500 EUR", "tarif forfait 1500 EUR"),
            Shape::Action => {
                lang.pick(r#"action "Interview" hourly 70"#, r#"action "Entretien" horaire 70"#)
            }
            Shape::Planned => lang.pick("planned 10 hours", "prévu 10 heures"),
            Shape::WholeAttendance => lang.pick("attendance in whole %", "assiduité en % entiers"),
            Shape::Payer => lang.pick(r#"payer "Fund": 70 %"#, r#"payeur "Caisse" : 70 %"#),
            Shape::Vat => lang.pick("vat 20 %", "tva 20 %"),
            Shape::Payment => lang.pick("payment due 30 days", "paiement à 30 jours"),
            Shape::MaySuspend => lang.pick("may be suspended", "suspension possible"),
            Shape::Agreed => lang.pick("agreed price 1800", "prix convenu 1800"),
            Shape::Accepts => lang.pick(
                r#"accepts leak "the programme ends at ten months""#,
                r#"admet fuite "le parcours s'arrête à dix mois""#,
            ),
            Shape::Line if begins(Rule::kw_deposit, first) => lang.pick(
                r#"deposit "Deposit": 30 % on signature"#,
                r#"acompte "Acompte": 30 % à la signature"#,
            ),
            Shape::Line if begins(Rule::kw_discount, first) => lang.pick(
                r#"discount "Early": 10 % on signature"#,
                r#"remise "Anticipée": 10 % à la signature"#,
            ),
            Shape::Line if begins(Rule::kw_installment, first) => lang.pick(
                r#"installment "First half": 50 % on start"#,
                r#"échéance "Première moitié": 50 % au démarrage"#,
            ),
            Shape::Line | Shape::Unknown => lang.pick(
                r#"balance "Final balance": 100 % on end if duration >= 4 months"#,
                r#"solde "Solde": 100 % à la fin si durée >= 4 mois"#,
            ),
            Shape::Scenario => {
                lang.pick(r#"scenario "leaves early""#, r#"scénario "départ anticipé""#)
            }
            Shape::Event => lang.pick(
                r#"2025-02-03 action "Interview" 1.5 hours"#,
                r#"03/02/2025 action "Entretien" 1,5 heure"#,
            ),
            Shape::Expect if begins(Rule::kw_nothing, second) => {
                lang.pick("expect nothing", "attendu rien")
            }
            Shape::Expect if begins(Rule::kw_total, second) => {
                lang.pick("expect total 720.00", "attendu total 720,00")
            }
            Shape::Expect => lang.pick(
                r#"expect 2025-07-05 "Final balance" 720.00"#,
                r#"attendu 05/07/2025 "Solde" 720,00"#,
            ),
            Shape::FollowUp => lang.pick(
                r#"follow-up "Patients" for payer "Patient""#,
                r#"suivi "Patients" pour le payeur "Patient""#,
            ),
            Shape::Step => lang.pick(
                r#"step "Reminder": 8 days after due if open >= 5 EUR"#,
                r#"étape "Relance": 8 jours après l'échéance si restant dû >= 5 EUR"#,
            ),
            Shape::Invoice => lang.pick(
                "invoice of 100 EUR dated 2025-01-31",
                "facture de 100 EUR datée du 31/01/2025",
            ),
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
            Place::FollowUp => Shape::Step,
            Place::Scenario | Place::FollowScenario => Shape::Event,
        };
        shape.example(lang, "", "")
    }
}

/// The spelling of a word's rule, English and French; `None` for rules that are not a word.
pub fn spelling(rule: Rule) -> Option<(&'static str, &'static str)> {
    let sign = SIGNS.iter().find(|(sign, _)| *sign == rule).map(|(_, text)| (*text, *text));
    sign.or_else(|| BY_RULE.get(&rule)?.printed())
}

/// The spelling of a property, by its stable name.
pub fn property(name: &'static str, lang: Lang) -> &'static str {
    let mut spellings = PROPERTIES.iter().filter_map(|rule| spelling(*rule));
    let found = spellings.find(|(english, _)| *english == name);
    found.map_or(name, |(english, french)| lang.pick(english, french))
}

/// The rule of a unit.
fn unit_rule(unit: MeasureUnit) -> Rule {
    match unit {
        MeasureUnit::Percent => Rule::percent_sign,
        MeasureUnit::Hours => Rule::unit_hour,
        MeasureUnit::Minutes => Rule::unit_minute,
        MeasureUnit::Days => Rule::unit_day,
        MeasureUnit::Weeks => Rule::unit_week,
        MeasureUnit::Months => Rule::unit_month,
        MeasureUnit::Years => Rule::unit_year,
    }
}

/// The spelling of a unit, singular or plural; what has one spelling has it for both.
pub fn unit(unit: MeasureUnit, singular: bool, lang: Lang) -> &'static str {
    let Some(word) = BY_RULE.get(&unit_rule(unit)) else { return "" };
    let spellings = lang.pick(word.english, word.french);
    let one = spellings.get(1).filter(|_| singular);
    one.or(spellings.first()).map_or("", |spelling| spelling)
}

/// What stands before a trigger's first word (folded) in a line: `on `, `à la `; `None` if the word
/// begins no trigger.
pub fn preposition(word: &str, lang: Lang) -> Option<&'static str> {
    let waits = WORDS.iter().filter(|each| each.on.is_some());
    let french = waits.into_iter().find(|each| each.begins_with(word))?.on?;
    Some(lang.pick("on ", french))
}

/// The word that says as a trigger or an event what a folded word says as a condition, and the
/// other way round: `started` and `start`.
pub fn other_form(word: &str) -> Option<Rule> {
    let milestones = || WORDS.iter().filter_map(|each| Some((each, each.fact?)));
    let said =
        |(each, fact): &(&Word, Rule)| is_any(&[*fact], word) || each.everyday.contains(&word);
    let milestone = milestones().find(said).map(|(each, _)| each.rule);
    milestone.or_else(|| {
        milestones().find(|(each, _)| each.spelled.contains(&word)).map(|(_, fact)| fact)
    })
}
