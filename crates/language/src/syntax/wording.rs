//! The parts of an item in words: prices, rates, amounts, conditions, in either vocabulary.

use super::ast::*;
use super::grammar::Rule;
use super::kinds;
use super::quantities::{currency, date, word};
use super::terms;
use super::triggers::the_anchor;
use crate::lang::Lang;

pub use super::follow::print::{condition as step_condition, criterion, triggers as step_triggers};
pub use super::quantities::{measure, number, quoted, sum};
pub use super::terms::action_options;
pub use super::triggers::{moment, trigger as trigger_of_second, trigger_word, trigger_words};

/// What a line states beside its amount, its triggers and its conditions, set off by commas.
pub fn line_options(line: &Line, lang: Lang) -> String {
    let stays_open = Line { stays_open: None, ..line.clone() };
    terms::amount_options(&line.options, lang) + &terms::line_options(&stays_open, lang)
}

// ── Prices ───────────────────────────────────────────────────────────────────────────────────────

/// What is billed: `per case`.
pub fn unit(unit: Unit, lang: Lang) -> &'static str {
    let rule = match unit {
        Unit::Case => Rule::kw_per_case,
        Unit::Group => Rule::kw_per_group,
    };
    word(rule, lang)
}

/// How attendance is counted where a schedule says it: `in whole %`.
pub fn whole_attendance(lang: Lang) -> &'static str {
    word(Rule::kw_in_whole, lang)
}

/// A price: `hourly 70 EUR, at least 3 hours`.
pub fn price(price: &Price, lang: Lang) -> String {
    match price {
        Price::Fixed(total) => format!("{} {}", word(Rule::kw_fixed, lang), sum(total, lang)),
        Price::FixedAgreed { currency, bounds } => format!(
            "{} {}{}{}",
            word(Rule::kw_fixed, lang),
            word(Rule::kw_as_agreed, lang),
            terms::in_currency(currency.as_ref(), lang),
            terms::sum_bounds(bounds, lang)
        ),
        Price::Periodic { period, price } => {
            let price = match price {
                Periodic::Stated(stated) => sum(stated, lang),
                Periodic::Agreed(currency) => format!(
                    "{}{}",
                    word(Rule::kw_as_agreed, lang),
                    terms::in_currency(currency.as_ref(), lang)
                ),
            };
            format!("{} {price}", word(kinds::of_price_by(*period), lang))
        }
        Price::Hourly { rate, bounds, step } => {
            hourly(rate.as_ref(), lang) + &hours_bounds(bounds, step.as_ref(), lang)
        }
        Price::HourlyAgreed { currency, bounds, step } => format!(
            "{} {}{}{}",
            word(Rule::kw_hourly, lang),
            word(Rule::kw_as_agreed, lang),
            terms::in_currency(currency.as_ref(), lang),
            hours_bounds(bounds, step.as_ref(), lang)
        ),
        Price::PerAction { currency, bounds } => format!(
            "{}{}{}",
            word(Rule::kw_per_action, lang),
            terms::in_currency(currency.as_ref(), lang),
            terms::sum_bounds(bounds, lang)
        ),
    }
}

/// `, at least 3 hours, by 15 minutes`.
fn hours_bounds(bounds: &[Bound], step: Option<&Measure>, lang: Lang) -> String {
    let mut text = String::new();
    for bound in bounds {
        let side = match bound.side {
            BoundSide::AtLeast => Rule::kw_at_least,
            BoundSide::AtMost => Rule::kw_at_most,
        };
        text += &format!(", {} {}", word(side, lang), measure(&bound.hours, lang));
    }
    if let Some(step) = step {
        text += &format!(", {} {}", word(Rule::kw_by, lang), measure(step, lang));
    }
    text
}

fn hourly(rate: Option<&Sum>, lang: Lang) -> String {
    let text = word(Rule::kw_hourly, lang);
    rate.map_or(text.to_owned(), |rate| format!("{text} {}", sum(rate, lang)))
}

/// How an action is billed: `hourly 70`, `0.085 per "word"`.
pub fn rate(rate: &RateKind, lang: Lang) -> String {
    let per = word(Rule::kw_per, lang);
    match rate {
        RateKind::Hourly(rate) => hourly(rate.as_ref(), lang),
        RateKind::Flat(flat) => format!("{} {}", word(Rule::kw_flat, lang), sum(flat, lang)),
        RateKind::NotBilled => word(Rule::kw_not_billed, lang).to_owned(),
        RateKind::HourlyTiers(of) => {
            format!("{} {}", word(Rule::kw_hourly, lang), terms::tiers(of, true, lang))
        }
        RateKind::PerUnit { unit, tiers: of } if of.steps.is_empty() => {
            format!("{} {per} {}", sum(&of.first, lang), quoted(unit))
        }
        RateKind::PerUnit { unit, tiers: of } => {
            format!("{per} {} {}", quoted(unit), terms::tiers(of, false, lang))
        }
        RateKind::AtCost => word(Rule::kw_at_cost, lang).to_owned(),
        RateKind::OfAmount(share) => {
            format!("{} % {}", number(share, lang), word(Rule::kw_of_amount, lang))
        }
    }
}

/// The parts of a price that is one word with a sum or a currency, and bounds in whole or decimal hours at the most.
pub struct PriceParts<'p> {
    /// `fixed`, `hourly` or `per action`.
    pub word: &'static str,
    /// The price, or the rate.
    pub sum: Option<&'p Number>,
    /// The currency.
    pub currency: Option<&'p Currency>,
    /// The bounds of the hours that are billed.
    pub bounds: &'p [Bound],
}

/// The words with which a price of parts begins.
pub fn price_words(lang: Lang) -> [&'static str; 3] {
    [Rule::kw_fixed, Rule::kw_hourly, Rule::kw_per_action].map(|rule| word(rule, lang))
}

/// The parts of a price; none of one that says more than they do.
pub fn price_parts(price: &Price, lang: Lang) -> Option<PriceParts<'_>> {
    let [fixed, hourly, per_action] = price_words(lang);
    let currency = price.currency();
    if let Price::Fixed(sum) = price {
        Some(PriceParts { word: fixed, sum: Some(&sum.number), currency, bounds: &[] })
    } else if let Price::Hourly { rate: Some(sum), bounds, step: None } = price {
        Some(PriceParts { word: hourly, sum: Some(&sum.number), currency, bounds })
    } else if let Price::PerAction { bounds, .. } = price
        && bounds.is_empty()
    {
        Some(PriceParts { word: per_action, sum: None, currency, bounds: &[] })
    } else {
        None
    }
}

/// The words of rates: by the hour, flat, and none.
pub fn rate_words(lang: Lang) -> [&'static str; 3] {
    [Rule::kw_hourly, Rule::kw_flat, Rule::kw_not_billed].map(|rule| word(rule, lang))
}

/// The word of a rate and its sum; none of one that says more.
pub fn rate_parts(rate: &RateKind, lang: Lang) -> Option<(&'static str, Option<&Sum>)> {
    let [hourly, flat, not_billed] = rate_words(lang);
    match rate {
        RateKind::Hourly(sum) => Some((hourly, sum.as_ref())),
        RateKind::Flat(sum) => Some((flat, Some(sum))),
        RateKind::NotBilled => Some((not_billed, None)),
        RateKind::HourlyTiers(_)
        | RateKind::PerUnit { .. }
        | RateKind::AtCost
        | RateKind::OfAmount(_) => None,
    }
}

// ── Amounts ──────────────────────────────────────────────────────────────────────────────────────

/// What an amount is called: `work itemised`; `None` for one that is a mere number.
pub fn amount_word(amount: &Amount, lang: Lang) -> Option<String> {
    let (words, _) = amount_row(amount)?;
    Some(words.iter().map(|rule| word(*rule, lang)).collect::<Vec<_>>().join(" "))
}

/// An amount that is written as a word, as it stands in a sentence; none where the word itself stands there.
pub fn amount_in_a_sentence(amount: &Amount, lang: Lang) -> Option<&'static str> {
    let (_, said) = amount_row(amount)?;
    said.map(|(english, french)| lang.pick(english, french))
}

/// The words with which an amount is written, and what a sentence says for them; `None` for a mere number.
type AmountRow = (&'static [Rule], Option<(&'static str, &'static str)>);

fn amount_row(amount: &Amount) -> Option<AmountRow> {
    Some(match amount {
        Amount::Percent(_)
        | Amount::Sum(_)
        | Amount::PercentParts(..)
        | Amount::SumParts(..)
        | Amount::Progress(Some(_)) => return None,
        Amount::Price => (&[Rule::kw_the_price], Some(("the price", "le tarif"))),
        Amount::Progress(None) => {
            (&[Rule::kw_progress], Some(("the progress certified", "l'avancement constaté")))
        }
        Amount::Work => (&[Rule::kw_work], Some(("the work done", "le réalisé"))),
        Amount::WorkItemised => (
            &[Rule::kw_work, Rule::kw_itemised],
            Some(("the work done, session by session,", "le réalisé, séance par séance,")),
        ),
        Amount::WorkByAction => (
            &[Rule::kw_work, Rule::kw_by_action],
            Some(("the work done, action by action,", "le réalisé, action par action,")),
        ),
        Amount::UpTo(_) => (&[Rule::kw_up_to], None),
        Amount::Remainder => {
            (&[Rule::kw_remainder], Some(("the remainder of the price", "le reste du tarif")))
        }
        Amount::Nothing => (&[Rule::kw_nothing], None),
        Amount::ProRataAttendance => (
            &[Rule::kw_pro_rata, Rule::kw_attendance],
            Some(("the price pro rata of attendance", "le tarif au prorata de l'assiduité")),
        ),
        Amount::ProRataDuration => (
            &[Rule::kw_pro_rata, Rule::kw_duration],
            Some(("the price pro rata of duration", "le tarif au prorata de la durée")),
        ),
    })
}

/// The words of the amounts of the first part that need no number, and the one that stands before a percentage.
pub fn amount_words(lang: Lang) -> (Vec<String>, &'static str) {
    let plain = [
        Amount::Work,
        Amount::WorkItemised,
        Amount::Remainder,
        Amount::Nothing,
        Amount::ProRataAttendance,
        Amount::ProRataDuration,
    ];
    let words = plain.iter().filter_map(|amount| amount_word(amount, lang)).collect();
    (words, word(Rule::kw_up_to, lang))
}

/// The number of an amount, if it has one, and what follows it: ` %`, or the currency if it names
/// one.
pub fn amount_number(amount: &Amount, lang: Lang) -> Option<(String, String)> {
    let percent = " %".to_owned();
    if let Amount::Percent(share) | Amount::UpTo(share) = amount {
        Some((number(share, lang), percent))
    } else if let Amount::Sum(sum) = amount {
        Some((number(&sum.number, lang), currency(sum)))
    } else if let Amount::PercentParts(share, count) = amount {
        Some((number(share, lang), terms::in_parts(" %", count, lang)))
    } else if let Amount::SumParts(sum, count) = amount {
        Some((number(&sum.number, lang), terms::sum_in_parts(sum, count, lang)))
    } else if let Amount::Progress(Some(share)) = amount {
        Some((number(share, lang), format!("{percent} {}", word(Rule::kw_of_progress, lang))))
    } else {
        None
    }
}

/// What is called by a name: `action "…"`.
pub(super) fn named(rule: Rule, name: &Name, lang: Lang) -> String {
    format!("{} {}", word(rule, lang), quoted(name))
}

// ── Conditions ───────────────────────────────────────────────────────────────────────────────────

/// A condition: `duration from 4 months to under 10 months`.
pub fn condition(condition: &Condition, lang: Lang) -> String {
    match &condition.kind {
        ConditionKind::Any(parts) => joined(parts, Rule::kw_or, Binding::Or, lang),
        ConditionKind::All(parts) => joined(parts, Rule::kw_and, Binding::And, lang),
        ConditionKind::Not(negated) => {
            let inner = within(negated, Binding::And, lang);
            format!("{} {inner}", word(Rule::kw_not, lang))
        }
        ConditionKind::Compare { measured, comparator, with } => {
            let comparator = match comparator {
                Comparator::Less => "<",
                Comparator::AtMost => "<=",
                Comparator::Greater => ">",
                Comparator::AtLeast => ">=",
            };
            format!("{} {comparator} {}", self::measured(measured, lang), measure(with, lang))
        }
        ConditionKind::Window { measured, from, to } => format!(
            "{} {} {} {} {} {}",
            self::measured(measured, lang),
            word(Rule::kw_from, lang),
            measure(from, lang),
            word(Rule::kw_to, lang),
            word(Rule::kw_under, lang),
            measure(to, lang),
        ),
        ConditionKind::Fact(fact) => self::fact(fact, lang),
        ConditionKind::Times { fact, times } => format!(
            "{} {} {} {}",
            self::fact(fact, lang),
            word(Rule::kw_at_least, lang),
            number(times, lang),
            word(Rule::kw_times, lang)
        ),
        ConditionKind::Day { of, before, date: day } => {
            let of = match of {
                DayOf::Signature => Rule::kw_signed,
                DayOf::Start => Rule::kw_started,
                DayOf::Moment => Rule::kw_date,
            };
            let how = match (before, lang) {
                (true, Lang::En) => "before",
                (true, Lang::Fr) => "avant le",
                (false, Lang::En) => "from",
                (false, Lang::Fr) => "à compter du",
            };
            format!("{} {how} {}", word(of, lang), date(day, lang))
        }
    }
}

/// How tightly a condition holds together, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Tight,
}

impl Condition {
    fn binding(&self) -> Binding {
        match self.kind {
            ConditionKind::Any(_) => Binding::Or,
            ConditionKind::All(_) => Binding::And,
            ConditionKind::Not(_)
            | ConditionKind::Compare { .. }
            | ConditionKind::Window { .. }
            | ConditionKind::Times { .. }
            | ConditionKind::Day { .. }
            | ConditionKind::Fact(_) => Binding::Tight,
        }
    }
}

fn joined(parts: &[Condition], by: Rule, binding: Binding, lang: Lang) -> String {
    let parts: Vec<String> = parts.iter().map(|part| within(part, binding, lang)).collect();
    parts.join(&format!(" {} ", word(by, lang)))
}

/// A part of a condition, in parentheses unless it binds tighter than what it stands in.
fn within(part: &Condition, outer: Binding, lang: Lang) -> String {
    let text = condition(part, lang);
    if part.binding() > outer { text } else { format!("({text})") }
}

/// What a condition measures, in which unit, where both go without saying: months of duration, per cent of attendance.
pub fn measures() -> [(Measured, MeasureUnit); 6] {
    [
        (Measured::Duration, MeasureUnit::Months),
        (Measured::Duration, MeasureUnit::Weeks),
        (Measured::Duration, MeasureUnit::Days),
        (Measured::Duration, MeasureUnit::Years),
        (Measured::Attendance, MeasureUnit::Percent),
        (Measured::Hours, MeasureUnit::Hours),
    ]
}

/// What is measured, with its unit: `duration in months`.
pub fn measure_caption(of: &Measured, unit: MeasureUnit, lang: Lang) -> String {
    let called = measured(of, lang);
    if unit == MeasureUnit::Hours {
        return called;
    }
    format!("{called} {} {}", lang.pick("in", "en"), super::words::unit(unit, false, lang))
}

fn measured(measured: &Measured, lang: Lang) -> String {
    let rule = match measured {
        Measured::Duration => Rule::kw_duration,
        Measured::Attendance => Rule::kw_attendance,
        Measured::Hours => Rule::kw_hours,
        Measured::Notice => Rule::kw_notice,
        Measured::Progress => {
            return word(Rule::kw_progress, lang).trim_start_matches("l'").to_owned();
        }
        Measured::Since(anchor) => {
            let since = word(Rule::kw_since, lang);
            return format!("{since} {}", the_anchor(anchor, lang));
        }
    };
    word(rule, lang).to_owned()
}

/// A fact of a case: `ended`, `action "…" done`.
pub fn fact(fact: &Fact, lang: Lang) -> String {
    match fact {
        Fact::Reached(milestone) => word(kinds::of_reached(*milestone), lang).to_owned(),
        Fact::Happened(kind, name) => {
            let done = word(kinds::of_happened(*kind), lang);
            format!("{} {done}", named(kinds::of_subject(*kind), name, lang))
        }
    }
}
