//! What the second part of the language adds, in words: options, terms of a case, payers, tax.

use super::ast::*;
use super::grammar::Rule;
use super::quantities::{currency, date, measure, number, quoted, sum, word};
use crate::lang::Lang;

// ── Options ──────────────────────────────────────────────────────────────────────────────────────

/// What an action states after its rate: `, by 6 minutes, at most 30 hours, each month`.
pub fn action_options(action: &Action, lang: Lang) -> String {
    let ActionOptions { step, at_most, each_month, vat } = &action.options;
    let mut text = String::new();
    if let Some(step) = step {
        text += &format!(", {} {}", word(Rule::kw_by, lang), measure(step, lang));
    }
    if let Some(cap) = at_most {
        let unit = match cap.unit {
            None => String::new(),
            Some(CapUnit::Hours) => format!(" {}", word(Rule::unit_hour, lang)),
            Some(CapUnit::Minutes) => format!(" {}", word(Rule::unit_minute, lang)),
            Some(CapUnit::Times) => format!(" {}", word(Rule::kw_times, lang)),
        };
        let most = number(&cap.number, lang);
        text += &format!(", {} {most}{unit}", word(Rule::kw_at_most, lang));
    }
    if *each_month {
        text += &format!(", {}", word(Rule::kw_each_month, lang));
    }
    if let Some(stated) = vat {
        text += &format!(", {}", vat_of(stated, lang));
    }
    if action.ends_case {
        text += &format!(", {}", word(Rule::kw_ends_case, lang));
    }
    text
}

/// The options of a line that belong to its amount.
pub fn amount_options(options: &LineOptions, lang: Lang) -> String {
    match options.no_refund {
        Some(_) => format!(", {}", word(Rule::kw_no_refund, lang)),
        None => String::new(),
    }
}

/// The options of a line that stand at its end.
pub fn line_options(line: &Line, lang: Lang) -> String {
    let LineOptions { no_refund: _, beside, pro_rata, charged_to, at_most, vat } = &line.options;
    let mut text = String::new();
    if pro_rata.is_some() {
        text += &format!(", {}", word(Rule::kw_in_proportion, lang));
    }
    if beside.is_some() {
        text += &format!(", {}", word(Rule::kw_beside, lang));
    }
    if let Some(payer) = charged_to {
        text += &format!(", {} {}", word(Rule::kw_charged_to, lang), quoted(payer));
    }
    if let Some(most) = at_most {
        let (at_most, times) = (word(Rule::kw_at_most, lang), word(Rule::kw_times, lang));
        text += &format!(", {at_most} {} {times}", number(most, lang));
    }
    if let Some(stated) = vat {
        text += &format!(", {}", vat_of(stated, lang));
    }
    if line.stays_open.is_some() {
        text += &format!(", {}", word(Rule::kw_stays_open, lang));
    }
    text
}

// ── Payers, tax, terms ───────────────────────────────────────────────────────────────────────────

/// A payer as an item: `payer "Fund": 70 %, at most 3000 EUR`.
pub fn payer(payer: &Payer, lang: Lang) -> String {
    // French sets a colon off by a space, but not that of a line's label.
    let colon = lang.pick(":", " :");
    let mut text = format!(
        "{} {}{colon} {}",
        word(Rule::kw_payer, lang),
        quoted(&payer.name),
        share(&payer.share, lang)
    );
    if let Some(most) = &payer.at_most {
        text += &format!(", {} {}", word(Rule::kw_at_most, lang), sum(most, lang));
    }
    if let Some(due) = &payer.due {
        text += &format!(", {} {}", word(Rule::kw_due, lang), payment_term(due, lang));
    }
    text
}

/// A share: `70 %`.
pub fn share(share: &Share, lang: Lang) -> String {
    match share {
        Share::Percent(percent) => format!("{} %", number(percent, lang)),
        Share::Sum(amount) => sum(amount, lang),
        Share::Agreed => word(Rule::kw_as_agreed, lang).to_owned(),
        Share::Remainder => word(Rule::kw_remainder, lang).to_owned(),
    }
}

/// A term of payment: `45 days then month end`.
pub fn payment_term(term: &PaymentTerm, lang: Lang) -> String {
    let length = measure(&term.length, lang);
    let (then, end) = (word(Rule::kw_then, lang), word(Rule::kw_month_end, lang));
    let comma = lang.pick("", ",");
    match term.due {
        Due::After => length,
        Due::ThenMonthEnd => format!("{length}{comma} {then} {end}"),
        Due::MonthEndThen => format!("{end}{comma} {then} {length}"),
    }
}

/// A tax as an item: `vat 20 % included`.
pub fn vat(vat: &Vat, lang: Lang) -> String {
    vat_of(vat, lang)
}

fn vat_of(vat: &Vat, lang: Lang) -> String {
    let called = word(Rule::kw_vat, lang);
    match vat {
        Vat::Rate { percent, included } => {
            let text = format!("{called} {} %", number(percent, lang));
            if *included { format!("{text} {}", word(Rule::kw_vat_included, lang)) } else { text }
        }
        Vat::Exempt(reason) => {
            format!("{called} {} {}", word(Rule::kw_vat_exempt, lang), quoted(reason))
        }
    }
}

/// A term of a scenario's case as an item: `agreed price 1800`.
pub fn agreed(term: &CaseTerm, lang: Lang) -> String {
    match term {
        CaseTerm::Price(price) => {
            format!("{} {}", word(Rule::kw_agreed_price, lang), sum(price, lang))
        }
        CaseTerm::Rate(rate) => format!("{} {}", word(Rule::kw_agreed_rate, lang), sum(rate, lang)),
        CaseTerm::PlannedStart(_)
        | CaseTerm::PlannedEnd(_)
        | CaseTerm::Planned(_)
        | CaseTerm::Share { .. } => amended(term, lang),
    }
}

/// A term as an amendment states it: `price 2000`.
pub fn amended(term: &CaseTerm, lang: Lang) -> String {
    match term {
        CaseTerm::Price(price) => {
            format!("{} {}", word(Rule::kw_new_price, lang), sum(price, lang))
        }
        CaseTerm::Rate(rate) => format!("{} {}", word(Rule::kw_new_rate, lang), sum(rate, lang)),
        CaseTerm::PlannedStart(day) => planned_day(Rule::kw_planned_start, day, lang),
        CaseTerm::PlannedEnd(day) => planned_day(Rule::kw_planned_end, day, lang),
        CaseTerm::Planned(planned) => {
            format!("{} {}", word(Rule::kw_planned, lang), measure(planned, lang))
        }
        CaseTerm::Share { payer, share: part } => {
            format!("{} {} {}", word(Rule::kw_share, lang), quoted(payer), share(part, lang))
        }
    }
}

fn planned_day(which: Rule, day: &Date, lang: Lang) -> String {
    format!("{} {}{}", word(which, lang), lang.pick("", "le "), date(day, lang))
}

// ── Rates, amounts ───────────────────────────────────────────────────────────────────────────────

/// Graduated rates: `70 up to 10 hours then 60`, of hours or of another quantity.
pub fn tiers(tiers: &Tiers, hours: bool, lang: Lang) -> String {
    let mut text = sum(&tiers.first, lang);
    for (bound, next) in &tiers.steps {
        let unit = if hours { format!(" {}", word(Rule::unit_hour, lang)) } else { String::new() };
        text += &format!(
            " {} {}{unit} {} {}",
            word(Rule::kw_up_to, lang),
            number(bound, lang),
            word(Rule::kw_then, lang),
            sum(next, lang)
        );
    }
    text
}

/// `, in EUR`, where a currency is named.
pub fn in_currency(currency: Option<&Currency>, lang: Lang) -> String {
    match currency {
        None => String::new(),
        Some(currency) => format!(", {} {}", word(Rule::kw_in, lang), currency.code),
    }
}

/// Bounds in money: `, at most 900 EUR each month`.
pub fn sum_bounds(bounds: &[SumBound], lang: Lang) -> String {
    let each = bounds.iter().map(|bound| {
        let side = match bound.side {
            BoundSide::AtLeast => Rule::kw_at_least,
            BoundSide::AtMost => Rule::kw_at_most,
        };
        let text = format!(", {} {}", word(side, lang), sum(&bound.sum, lang));
        if bound.each_month { format!("{text} {}", word(Rule::kw_each_month, lang)) } else { text }
    });
    each.collect()
}

/// What an amount in parts says after its number.
pub fn in_parts(after: &str, count: &Number, lang: Lang) -> String {
    let (within, parts) = (word(Rule::kw_in, lang), word(Rule::kw_parts, lang));
    format!("{after} {within} {} {parts}", number(count, lang))
}

/// The currency of a sum and its parts.
pub fn sum_in_parts(amount: &Sum, count: &Number, lang: Lang) -> String {
    in_parts(&currency(amount), count, lang)
}
