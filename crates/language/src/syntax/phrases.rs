//! One item in words: what it says, in either vocabulary, on one line.

use super::ast::*;
use super::follow::print;
use super::grammar::Rule;
use super::kinds;
use super::layout::{pad, pad_left, widest};
use super::quantities::{currency, date, number, quoted, word};
use super::terms;
use super::triggers::triggers;
use super::wording::{
    amount_number, amount_word, condition, measure, named, price, rate, sum, unit, whole_attendance,
};
use crate::lang::Lang;
use unicode_width::UnicodeWidthStr;

/// A text wider than this stands out of its column.
const WIDEST_CELL: usize = 64;

/// The widths of what stands in columns in one block (a schedule or scenario with its items).
///
/// One rule for all: a column is as wide as its widest text, and texts are set to its left, except
/// that the numbers of a column are set to the right among themselves, so that `20 %` and `100 %`
/// meet at the `%` and `900 EUR` begins where `work itemised` does. Columns are one space apart,
/// the rate of an action two spaces from its name. (The examples of the language's description
/// that set a label or a name further apart than that are not canonical.) Triggers and what
/// follows them are in no column.
pub struct Columns {
    kind: usize,
    label: usize,
    number: usize,
    amount: usize,
    action: usize,
    expected_label: usize,
    expected_number: usize,
    step: usize,
}

impl Columns {
    /// The columns of a block.
    pub fn of(block: &[Item], lang: Lang) -> Columns {
        let mut lines = Vec::new();
        let mut actions = Vec::new();
        let mut expected = Vec::new();
        let mut steps = Vec::new();
        for item in block {
            match &item.kind {
                ItemKind::Line(line) => lines.push(line),
                ItemKind::Action(action) => actions.push(action),
                ItemKind::Expect(Expect::Line { label, amount, .. }) => {
                    expected.push((label, amount));
                }
                ItemKind::Step(step) => steps.push(print::label(&step.label)),
                ItemKind::Expect(Expect::Nothing | Expect::Total(_) | Expect::Step { .. })
                | ItemKind::FollowUp(_)
                | ItemKind::Invoice(_)
                | ItemKind::Schedule { .. }
                | ItemKind::Unit(_)
                | ItemKind::Price(_)
                | ItemKind::Planned(_)
                | ItemKind::WholeAttendance
                | ItemKind::Payer(_)
                | ItemKind::Vat(_)
                | ItemKind::Payment(_)
                | ItemKind::MaySuspend
                | ItemKind::Agreed(_)
                | ItemKind::Accepts { .. }
                | ItemKind::Scenario { .. }
                | ItemKind::Event { .. }
                | ItemKind::Until(_)
                | ItemKind::Broken(_) => {}
            }
        }
        actions.retain(|action| action.rate.is_some());
        let amounts = || lines.iter().map(|line| amount(&line.amount, lang));
        let number = column(amounts().map(|(number, _)| number));
        Columns {
            kind: column(lines.iter().map(|line| line_kind(line.kind, lang))),
            label: column(lines.iter().map(|line| line_label(&line.label))),
            number,
            amount: column(amounts().map(|amount| numbered(amount, number))),
            action: column(actions.iter().map(|action| quoted(&action.name))),
            expected_label: column(expected.iter().map(|(label, _)| quoted(label))),
            expected_number: column(expected.iter().map(|(_, sum)| expected_sum(sum, lang).0)),
            step: column(steps.iter()),
        }
    }
}

fn column(texts: impl Iterator<Item = impl AsRef<str>>) -> usize {
    widest(texts.map(|text| text.as_ref().width()), WIDEST_CELL)
}

/// The item in words; one that could not be read, as it stands in the source.
pub fn item(item: &Item, source: &str, columns: &Columns, lang: Lang) -> String {
    let word = |rule| word(rule, lang);
    match &item.kind {
        ItemKind::Schedule { name, in_force_from } => {
            let named = format!("{} {}", word(Rule::kw_schedule), quoted(name));
            match in_force_from {
                None => named,
                Some(from) => {
                    format!("{named}, {} {}", word(Rule::kw_in_force_from), date(from, lang))
                }
            }
        }
        ItemKind::Payer(payer) => terms::payer(payer, lang),
        ItemKind::Vat(vat) => terms::vat(vat, lang),
        ItemKind::Payment(term) => {
            format!("{} {}", word(Rule::kw_payment_due), terms::payment_term(term, lang))
        }
        ItemKind::MaySuspend => word(Rule::kw_may_be_suspended).to_owned(),
        ItemKind::Agreed(term) => terms::agreed(term, lang),
        ItemKind::Unit(unit) => format!("{} {}", word(Rule::kw_billed), self::unit(*unit, lang)),
        ItemKind::Price(price) => format!("{} {}", word(Rule::kw_price), self::price(price, lang)),
        ItemKind::Action(declared) => action(declared, columns, lang),
        ItemKind::Planned(planned) => {
            format!("{} {}", word(Rule::kw_planned), measure(planned, lang))
        }
        ItemKind::WholeAttendance => {
            format!("{} {}", word(Rule::kw_attendance), whole_attendance(lang))
        }
        ItemKind::Line(line) => self::line(line, columns, lang),
        ItemKind::Accepts { property, line, reason } => {
            let property = super::words::property(property, lang);
            let on = |line| format!(" {} {}", word(Rule::kw_on_line), quoted(line));
            let line = line.as_ref().map(on).unwrap_or_default();
            format!("{} {property}{line} {}", word(Rule::kw_accepts), quoted(reason))
        }
        ItemKind::FollowUp(follow_up) => print::follow_up(follow_up, lang),
        ItemKind::Step(step) => print::step(step, columns.step, lang),
        ItemKind::Invoice(invoice) => print::invoice(invoice, lang),
        ItemKind::Scenario { name, of } => {
            let name = format!("{} {}", word(Rule::kw_scenario), quoted(name));
            let pour = word(Rule::kw_for);
            match of {
                None => name,
                Some(Of::Schedule(of)) => format!("{name} {pour} {}", quoted(of)),
                Some(Of::FollowUp(of)) => {
                    let suivi = word(Rule::kw_follow_up);
                    format!("{name} {pour} {}{suivi} {}", lang.pick("", "le "), quoted(of))
                }
            }
        }
        ItemKind::Event { date: on, happening } => {
            format!("{} {}", date(on, lang), self::happening(happening, lang))
        }
        ItemKind::Expect(expect) => {
            format!("{} {}", word(Rule::kw_expect), self::expect(expect, columns, lang))
        }
        ItemKind::Until(end) => format!("{} {}", word(Rule::kw_until), date(end, lang)),
        ItemKind::Broken(_) => item.at.0.of(source).trim().to_owned(),
    }
}

// ── Prices ───────────────────────────────────────────────────────────────────────────────────────

fn action(action: &Action, columns: &Columns, lang: Lang) -> String {
    let name = quoted(&action.name);
    let mut text = format!("{} ", word(Rule::kw_action, lang));
    match action.rate.as_ref().map(|rate| &rate.kind) {
        None => text += &name,
        Some(rate) => {
            text += &format!("{}  {}", pad(&name, columns.action), self::rate(rate, lang));
        }
    }
    text += &terms::action_options(action, lang);
    text
}

// ── Lines ────────────────────────────────────────────────────────────────────────────────────────

fn line(line: &Line, columns: &Columns, lang: Lang) -> String {
    let amount = pad(&numbered(amount(&line.amount, lang), columns.number), columns.amount);
    let triggers = triggers(&line.triggers, lang);
    let of_amount = terms::amount_options(&line.options, lang);
    // `162 112 days after start` would be read as one number: two spaces keep them apart.
    let gap = if ends_in_digit(&amount) && begins_with_group(&triggers) { "  " } else { " " };
    let amount =
        if of_amount.is_empty() { amount } else { format!("{}{of_amount},", amount.trim_end()) };
    let mut text = format!(
        "{} {} {amount}{gap}{triggers}",
        pad(line_kind(line.kind, lang), columns.kind),
        pad(&line_label(&line.label), columns.label),
    );
    if let Some(guard) = &line.condition {
        text += &format!(" {} {}", word(Rule::kw_if, lang), condition(guard, lang));
    }
    text += &terms::line_options(line, lang);
    text
}

/// What a line says behind its label: `30 % on abandonment if duration < 4 months`.
pub fn billed(line: &Line, lang: Lang) -> String {
    let columns = Columns::of(&[], lang);
    let before = format!("{} {} ", line_kind(line.kind, lang), line_label(&line.label)).len();
    self::line(line, &columns, lang).get(before..).unwrap_or("").to_owned()
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

/// Whether it begins with three digits, as a group of a number does.
fn begins_with_group(text: &str) -> bool {
    text.bytes().take_while(u8::is_ascii_digit).count() == 3
}

fn line_kind(kind: LineKind, lang: Lang) -> &'static str {
    let rule = match kind {
        LineKind::Deposit => Rule::kw_deposit,
        LineKind::Installment => Rule::kw_installment,
        LineKind::Discount => Rule::kw_discount,
        LineKind::Balance => Rule::kw_balance,
    };
    word(rule, lang)
}

fn line_label(label: &Name) -> String {
    format!("{}:", quoted(label))
}

/// An amount: the number that it begins with, if it does, and the rest.
fn amount(amount: &Amount, lang: Lang) -> (String, String) {
    match (amount_word(amount, lang), amount_number(amount, lang)) {
        (None, Some(number)) => number,
        (Some(word), Some((number, unit))) => (String::new(), format!("{word} {number}{unit}")),
        (word, None) => (String::new(), word.unwrap_or_default()),
    }
}

/// An amount whose number, if it has one, is set to the right of its column.
fn numbered((number, rest): (String, String), width: usize) -> String {
    if number.is_empty() { rest } else { pad_left(&number, width) + &rest }
}

// ── Scenarios ────────────────────────────────────────────────────────────────────────────────────

fn happening(happening: &Happening, lang: Lang) -> String {
    let word = |rule| word(rule, lang).to_owned();
    match happening {
        Happening::Milestone(milestone) => word(kinds::of_milestone(*milestone)),
        Happening::Action { name, hours, quantity, amount } => {
            let mut action = named(Rule::kw_action, name, lang);
            if let Some(hours) = hours {
                action += &format!(" {}", measure(hours, lang));
            }
            if let Some(quantity) = quantity {
                action += &format!(" {} {}", word(Rule::kw_quantity), number(quantity, lang));
            }
            if let Some(amount) = amount {
                action += &format!(" {} {}", word(Rule::kw_amount), sum(amount, lang));
            }
            action
        }
        Happening::Other(kind, name) => named(kinds::of_subject(*kind), name, lang),
        Happening::Amendment(term) => {
            format!("{} {}", word(Rule::kw_amendment), terms::amended(term, lang))
        }
        Happening::Progress(percent) => {
            format!(
                "{} {} %",
                word(Rule::kw_progress).trim_start_matches("l'"),
                number(percent, lang)
            )
        }
        Happening::Invoice(event) => print::event(event, lang),
        Happening::Suspension => word(Rule::kw_suspension),
        Happening::Resumption => word(Rule::kw_resumption),
    }
}

fn expect(expect: &Expect, columns: &Columns, lang: Lang) -> String {
    match expect {
        Expect::Step { date: on, step } => {
            format!("{} {} {}", date(on, lang), word(Rule::kw_step, lang), quoted(step))
        }
        Expect::Nothing => word(Rule::kw_nothing, lang).to_owned(),
        Expect::Total(total) => {
            let (number, currency) = expected_sum(total, lang);
            format!("{} {number}{currency}", word(Rule::kw_total, lang))
        }
        Expect::Line { date: on, label, amount, payer } => {
            let label = pad(&quoted(label), columns.expected_label);
            let (number, currency) = expected_sum(amount, lang);
            let number = pad_left(&number, columns.expected_number);
            let line = format!("{} {label} {number}{currency}", date(on, lang));
            match payer {
                None => line,
                Some(payer) => format!("{line} {} {}", word(Rule::kw_from, lang), quoted(payer)),
            }
        }
    }
}

/// An expected sum: its number with its sign, and its currency.
fn expected_sum(expected: &Expected, lang: Lang) -> (String, String) {
    let sign = if expected.negative { "-" } else { "" };
    (format!("{sign}{}", number(&expected.sum.number, lang)), currency(&expected.sum))
}
