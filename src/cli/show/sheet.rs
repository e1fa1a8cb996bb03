//! A schedule as a heading and tables, whatever they are written as.
//!
//! In: the tree of a sound file. Out: a [`Sheet`] for each schedule, whose texts are safe to show.
//! The captions here are those of the guide that administrators know; what a cell says of a price,
//! an amount, a trigger or a condition is worded as in the schedule's own text.

use super::follow_up;
use super::grid::{Cell, Column, Grid, Row, Sheet, Side};
use crate::cli::output::plain;
use crate::lang::Lang;
use crate::syntax::ast::{
    Action, Amount, Fact, File, Item, ItemKind, Line, LineKind, Price, RateKind, Sum, Trigger,
    TriggerKind, Unit,
};
use crate::syntax::{print_item, sentences, wording};

/// The schedules of a sound file, in its order.
pub fn sheets(file: &File, lang: Lang) -> Vec<Sheet> {
    let blocks = file.items.chunk_by(|_, next| !next.kind.is_header());
    blocks.filter_map(|block| sheet(block, lang)).collect()
}

/// What a schedule states, apart from its lines.
struct Stated<'f> {
    unit: Unit,
    price: Option<&'f Price>,
    planned: Vec<String>,
    whole_attendance: bool,
    /// Payers, tax, terms of payment and suspension, as they are written.
    others: Vec<String>,
    actions: Vec<&'f Action>,
}

/// A header with its items, if it is a schedule's.
fn sheet(block: &[Item], lang: Lang) -> Option<Sheet> {
    let (header, items) = block.split_first()?;
    if let ItemKind::FollowUp(follow_up) = &header.kind {
        return Some(follow_up::sheet(follow_up, items, lang));
    }
    let ItemKind::Schedule { name, .. } = &header.kind else { return None };
    let mut stated = Stated {
        unit: Unit::Case,
        price: None,
        planned: Vec::new(),
        whole_attendance: false,
        others: Vec::new(),
        actions: Vec::new(),
    };
    let mut lines = Vec::new();
    for item in items {
        match &item.kind {
            ItemKind::Unit(unit) => stated.unit = *unit,
            ItemKind::Price(price) => stated.price = Some(price),
            ItemKind::Planned(planned) => stated.planned.push(wording::measure(planned, lang)),
            ItemKind::WholeAttendance => stated.whole_attendance = true,
            ItemKind::Payer(_) | ItemKind::Vat(_) | ItemKind::Payment(_) | ItemKind::MaySuspend => {
                stated.others.push(print_item(item, lang))
            }
            ItemKind::Action(action) => stated.actions.push(action),
            ItemKind::Line(line) => lines.push(line),
            // Headers begin blocks of their own, and the others stand in scenarios only.
            ItemKind::Schedule { .. }
            | ItemKind::Agreed(_)
            | ItemKind::Accepts { .. }
            | ItemKind::Scenario { .. }
            | ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::FollowUp(_)
            | ItemKind::Step(_)
            | ItemKind::Invoice(_)
            | ItemKind::Broken(_) => {}
        }
    }
    let currency = stated.price.and_then(currency_of).unwrap_or_default();
    let mut grids = Vec::new();
    if !stated.actions.is_empty() {
        grids.push(actions(&stated, currency, lang));
    }
    grids.push(self::lines(&lines, currency, lang));
    let facts = facts(&stated, lang);
    let (name, by_hand) = (plain(&name.text), Vec::new());
    let rules = lines.iter().map(|line| plain(&sentences::line(line, lang))).collect();
    Some(Sheet { lang, name, follow_up: false, facts, rules, grids, by_hand })
}

/// The one currency of a schedule, which its price states.
pub fn currency_of(price: &Price) -> Option<&str> {
    price.currency().map(|currency| currency.code.as_str())
}

fn facts(stated: &Stated<'_>, lang: Lang) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let mut fact = |caption, text: &str| facts.push((caption, capital(&plain(text))));
    fact(lang.pick("Billed", "Facturation"), wording::unit(stated.unit, lang));
    if let Some(price) = stated.price {
        fact(lang.pick("Price", "Tarification"), &grouped(&wording::price(price, lang)));
    }
    if !stated.planned.is_empty() {
        fact(lang.pick("Planned", "Prévu"), &stated.planned.join(", "));
    }
    if stated.whole_attendance {
        fact(lang.pick("Attendance", "Assiduité"), wording::whole_attendance(lang));
    }
    for other in &stated.others {
        // Capitals, as the tax is called outside a schedule.
        let other = match (other.strip_prefix("tva "), other.strip_prefix("vat ")) {
            (Some(rate), _) => format!("TVA {rate}"),
            (None, Some(rate)) => format!("VAT {rate}"),
            (None, None) => other.clone(),
        };
        fact(lang.pick("Also", "De plus"), &grouped(&other));
    }
    facts
}

// ── Actions ──────────────────────────────────────────────────────────────────────────────────────

/// The declared actions, with their rates where the price is one for each action.
fn actions(stated: &Stated<'_>, currency: &str, lang: Lang) -> Grid {
    let rated = stated.actions.iter().any(|action| action.rate.is_some());
    let mut columns = vec![Column { heading: "Action", side: Side::Left }];
    if rated {
        columns.extend([
            Column { heading: lang.pick("Amount", "Montant"), side: Side::Right },
            Column { heading: lang.pick("Hourly", "Horaire"), side: Side::Centre },
            Column { heading: lang.pick("Flat", "Forfait"), side: Side::Centre },
        ]);
    }
    columns
        .push(Column { heading: lang.pick("Ends case", "Termine le dossier"), side: Side::Centre });
    let rows = stated.actions.iter().map(|action| {
        let options =
            wording::action_options(&Action { ends_case: false, ..(*action).clone() }, lang);
        let mut cells = vec![Cell::whole(format!("{}{options}", action.name.text))];
        if rated {
            cells.extend(rate(action.rate.as_ref().map(|rate| &rate.kind), currency, lang));
        }
        cells.push(Cell::tick(action.ends_case));
        Row(cells)
    });
    Grid { caption: lang.pick("Actions", "Liste des actions"), columns, rows: rows.collect() }
}

/// The amount of an action, and whether it is hourly or flat.
fn rate(rate: Option<&RateKind>, currency: &str, lang: Lang) -> [Cell; 3] {
    let (amount, hourly, flat) = match rate {
        Some(RateKind::Hourly(sum)) => {
            let sum = sum.as_ref().map(|sum| money(sum, currency, lang));
            (sum.unwrap_or_default(), true, false)
        }
        Some(RateKind::Flat(sum)) => (money(sum, currency, lang), false, true),
        Some(rate @ RateKind::HourlyTiers(_)) => (wording::rate(rate, lang), true, false),
        Some(
            rate @ (RateKind::NotBilled
            | RateKind::PerUnit { .. }
            | RateKind::AtCost
            | RateKind::OfAmount(_)),
        ) => (wording::rate(rate, lang), false, false),
        None => (String::new(), false, false),
    };
    [Cell::whole(amount), Cell::tick(hourly), Cell::tick(flat)]
}

/// A sum with its currency, which goes without saying in the schedule's text.
fn money(sum: &Sum, currency: &str, lang: Lang) -> String {
    let text = grouped(&wording::sum(sum, lang));
    if sum.currency.is_some() { text } else { format!("{text} {currency}") }
}

// ── Lines ────────────────────────────────────────────────────────────────────────────────────────

fn lines(lines: &[&Line], currency: &str, lang: Lang) -> Grid {
    let column = |english, french, side| Column { heading: lang.pick(english, french), side };
    let columns = vec![
        column("Line", "Échéance", Side::Left),
        column("Bill", "Facturer", Side::Left),
        column("How much", "Combien", Side::Right),
        column("Trigger", "Déclenchement", Side::Left),
        column("Which", "Lequel", Side::Left),
        column("Conditions", "Conditions", Side::Left),
        column("Balance / Deposit to deduct", "Solde / Acompte à déduire", Side::Left),
    ];
    let rows = (1..).zip(lines).map(|(number, line)| row(number, line, currency, lang));
    Grid { caption: lang.pick("Lines", "Échéances"), columns, rows: rows.collect() }
}

fn row(number: u32, line: &Line, currency: &str, lang: Lang) -> Row {
    let (bill, value) = amount(&line.amount, currency, lang);
    let triggers = || line.triggers.iter().map(|trigger| self::trigger(trigger, lang));
    let condition = line.condition.as_ref().map(|condition| {
        // A percentage is not broken at the end of a line.
        wording::condition(condition, lang).replace(" %", "\u{a0}%")
    });
    let settled = settles(line, lang) + &wording::line_options(line, lang);
    Row(vec![
        Cell::whole(format!("{number}. {}", line.label.text)),
        Cell::whole(bill),
        Cell::whole(value),
        Cell::stacked(triggers().map(|(kind, _)| kind)),
        Cell::stacked(triggers().map(|(_, value)| value)),
        Cell::whole(capital(&condition.unwrap_or_default())),
        Cell::whole(settled.trim_start_matches(", ")),
    ])
}

/// What is billed: its kind and its value.
fn amount(amount: &Amount, currency: &str, lang: Lang) -> (String, String) {
    let number = || {
        let number = wording::amount_number(amount, lang);
        number.map_or(String::new(), |(number, unit)| number + &unit)
    };
    if let Some(word) = wording::amount_word(amount, lang) {
        return (capital(&word), number());
    }
    // A mere number: what it is of.
    if let Amount::Sum(sum) = amount {
        return (lang.pick("Flat amount", "Forfait").to_owned(), money(sum, currency, lang));
    }
    let of = if let Amount::SumParts(..) = amount {
        lang.pick("Flat amount", "Forfait")
    } else if let Amount::Progress(_) = amount {
        lang.pick("Progress", "Avancement")
    } else {
        lang.pick("Percentage", "Pourcentage")
    };
    (of.to_owned(), number())
}

/// What a line waits for: its kind and its value.
fn trigger(trigger: &Trigger, lang: Lang) -> (String, String) {
    let kind = &trigger.kind;
    let called = || capital(wording::trigger_word(kind, lang).unwrap_or_default());
    let state =
        |fact| (lang.pick("State", "État").to_owned(), capital(&wording::fact(&fact, lang)));
    if let Some(text) = wording::trigger_of_second(trigger, lang) {
        return (lang.pick("Rhythm", "Rythme").to_owned(), text);
    }
    match kind {
        TriggerKind::Milestone(milestone) => match milestone.terminal() {
            Some(_) => state(Fact::Reached(*milestone)),
            None => (called(), String::new()),
        },
        TriggerKind::Subject(_, name) => (called(), name.text.clone()),
        TriggerKind::End(_) | TriggerKind::Progress => (called(), String::new()),
        TriggerKind::DayOfMonth(_)
        | TriggerKind::Every { .. }
        | TriggerKind::Before { .. }
        | TriggerKind::Dates(_) => {
            (lang.pick("Deadline", "Délai").to_owned(), wording::moment(kind, lang))
        }
        TriggerKind::After { .. } => {
            (lang.pick("Deadline", "Délai").to_owned(), wording::moment(kind, lang))
        }
        TriggerKind::Date(_) => ("Date".to_owned(), wording::moment(kind, lang)),
    }
}

/// Whether a line settles, or is an advance.
fn settles(line: &Line, lang: Lang) -> String {
    let settles = match line.kind {
        LineKind::Discount => lang.pick("Discount", "Remise"),
        LineKind::Deposit => lang.pick("☑ Deposit to deduct", "☑ Acompte à déduire"),
        LineKind::Installment => "",
        LineKind::Balance if line.stays_open.is_some() => {
            lang.pick("☑ Balance, stays open", "☑ Solde, reste ouvert")
        }
        LineKind::Balance => lang.pick("☑ Balance", "☑ Solde"),
    };
    settles.to_owned()
}

/// A text in which the digits of sums stand in groups of three: `12 000,00`.
fn grouped(text: &str) -> String {
    let mut grouped = String::with_capacity(text.len());
    let mut before = None;
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let decimals = matches!(before, Some('.' | ','));
        let (run, after) = rest.split_at(digits.max(first.len_utf8()));
        let groups = if digits == 0 || decimals { 0 } else { digits };
        for (place, c) in run.chars().enumerate() {
            if place > 0 && groups > place && (groups - place).is_multiple_of(3) {
                grouped.push(' ');
            }
            grouped.push(c);
        }
        before = run.chars().next_back();
        rest = after;
    }
    grouped
}

/// A text with a capital as its first letter.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}
