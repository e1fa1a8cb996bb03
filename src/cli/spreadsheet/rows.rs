//! One line, or one declared action, as a row of cells, and back.
//!
//! A row is written only if it reads back as the line itself; what it cannot hold is left to the sheet of texts.

use super::Value;
use super::pieces::{self, Wrong};
use super::triggers;
use super::words::{Caption, Column, capital, yes_no};
use crate::lang::{Lang, say};
use crate::syntax::ast::{
    Action, ActionOptions, Amount, Comparator, Condition, ConditionKind, Currency, ItemKind, Line,
    LineKind, LineOptions, Measure, MeasureUnit, Measured, Name, Number, Quantity, Sum,
};
use crate::syntax::wording;
use std::collections::BTreeMap;

/// The cells of a row by their columns; none of them is blank.
pub type Cells = BTreeMap<Column, Value>;

/// A cell of a row that cannot be read: which row of those that were given, which column, and why.
pub struct Misread {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: Column,
    /// Why.
    pub wrong: Wrong,
}

/// The most digits that every spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// A number as a cell: a text, where a spreadsheet would round it.
pub fn number(number: &Number, lang: Lang) -> Value {
    if number.digits.bytes().filter(u8::is_ascii_digit).count() > DIGITS {
        Value::Text(wording::number(number, lang))
    } else {
        Value::number(number.digits.clone())
    }
}

fn caption(caption: Caption, lang: Lang) -> Value {
    Value::Text(caption.name(lang).to_owned())
}

// ── Amounts ──────────────────────────────────────────────────────────────────────────────────────

/// What the cell of a list says is billed.
#[derive(Clone, Copy)]
enum Bills {
    Percent,
    Flat,
    /// A percentage after a word.
    UpTo,
    /// The word at this place.
    Word(usize),
    InWords,
}

fn bills() -> Vec<(Bills, String, String)> {
    let both = |bills, caption: Caption| {
        (bills, caption.name(Lang::En).to_owned(), caption.name(Lang::Fr).to_owned())
    };
    let (english, up_to) = wording::amount_words(Lang::En);
    let (french, jusqu_a) = wording::amount_words(Lang::Fr);
    let words = (0..).zip(english.iter().zip(&french));
    let mut list =
        vec![both(Bills::Percent, Caption::Percentage), both(Bills::Flat, Caption::Flat)];
    list.extend(
        words.map(|(place, (english, french))| {
            (Bills::Word(place), capital(english), capital(french))
        }),
    );
    list.push((Bills::UpTo, capital(up_to), capital(jusqu_a)));
    list.push(both(Bills::InWords, Caption::InWords));
    list
}

/// What may be billed, to choose from.
pub fn choices(lang: Lang) -> Vec<String> {
    bills().into_iter().map(|(_, english, french)| lang.pick(english, french)).collect()
}

fn amount_cells(amount: &Amount, currency: &str, cells: &mut Cells, lang: Lang) {
    let percent = || Value::Text("%".to_owned());
    if let Amount::Percent(share) = amount {
        cells.insert(Column::Bill, caption(Caption::Percentage, lang));
        cells.insert(Column::Value, number(share, lang));
        cells.insert(Column::Unit, percent());
    } else if let Amount::Sum(sum) = amount {
        cells.insert(Column::Bill, caption(Caption::Flat, lang));
        cells.insert(Column::Value, number(&sum.number, lang));
        let stated = sum.currency.as_ref().map_or(currency, |currency| currency.code.as_str());
        cells.extend(Value::text(stated).map(|unit| (Column::Unit, unit)));
    } else {
        let word = wording::amount_word(amount, lang).unwrap_or_default();
        cells.extend(Value::text(&capital(&word)).map(|word| (Column::Bill, word)));
        if let Amount::UpTo(share) = amount {
            cells.insert(Column::Value, number(share, lang));
            cells.insert(Column::Unit, percent());
        }
    }
}

fn read_amount(cells: &Cells, lang: Lang) -> Result<Amount, (Column, Wrong)> {
    let at = |column| move |wrong| (column, wrong);
    let list = bills();
    let Some(bill) = cells.get(&Column::Bill) else {
        let right = lang.any_of(&choices(lang));
        let why = say!(lang, "a line bills something", "une échéance facture quelque chose");
        return Err((Column::Bill, Wrong::new(why, right)));
    };
    let bills = pieces::one_of(bill, &list, lang).map_err(at(Column::Bill))?;
    let (value, unit) = (cells.get(&Column::Value), cells.get(&Column::Unit));
    let needed = |of_percent| {
        let missing = || {
            let why = say!(lang, "a value is missing here", "il manque une valeur ici");
            Wrong::new(why, say!(lang, "a number, such as 20", "un nombre, comme 20"))
        };
        let value = value.ok_or_else(missing).map_err(at(Column::Value))?;
        pieces::number(value, of_percent, lang).map_err(at(Column::Value))
    };
    let percent = || match unit {
        None => Ok(()),
        Some(Value::Text(text)) if text.trim() == "%" => Ok(()),
        Some(_) => {
            let why = say!(
                lang,
                "this is not the unit of a percentage",
                "ce n'est pas l'unité d'un pourcentage"
            );
            Err((Column::Unit, Wrong::new(why, "%")))
        }
    };
    match bills {
        Bills::Percent => {
            percent()?;
            Ok(Amount::Percent(needed(true)?))
        }
        Bills::UpTo => {
            percent()?;
            Ok(Amount::UpTo(needed(true)?))
        }
        Bills::Flat => {
            let currency = unit.map(|unit| pieces::currency(unit, lang)).transpose();
            let currency = currency.map_err(at(Column::Unit))?;
            Ok(Amount::Sum(Sum { number: needed(false)?, currency }))
        }
        Bills::Word(place) => {
            pieces::nothing(value, lang).map_err(at(Column::Value))?;
            pieces::nothing(unit, lang).map_err(at(Column::Unit))?;
            let (words, _) = wording::amount_words(lang);
            let word = words.get(place).map(String::as_str).unwrap_or_default();
            pieces::amount(word, lang).map_err(at(Column::Bill))
        }
        // The caller has looked for it; here it is a word like any other that bills nothing.
        Bills::InWords => {
            let why = say!(
                lang,
                "no text stands for this line",
                "aucun texte ne correspond à cette échéance"
            );
            Err((Column::Bill, Wrong::new(why, lang.any_of(&choices(lang)))))
        }
    }
}

/// Whether a row says that its line, or its action, stands on the sheet of texts.
pub fn is_in_words(cells: &Cells, column: Column) -> bool {
    let Some(Value::Text(text)) = cells.get(&column) else { return false };
    Caption::find(text) == Some(Caption::InWords)
}

// ── Conditions ───────────────────────────────────────────────────────────────────────────────────

/// Conditions of two bounds, to choose from.
pub fn conditions(lang: Lang) -> Vec<String> {
    let captions = wording::measures().into_iter();
    captions.map(|(of, unit)| capital(&wording::measure_caption(&of, unit, lang))).collect()
}

fn bounds(condition: &Condition) -> Option<(&Measured, Option<&Measure>, Option<&Measure>)> {
    match &condition.kind {
        ConditionKind::Window { measured, from, to } => Some((measured, Some(from), Some(to))),
        ConditionKind::Compare { measured, comparator: Comparator::Less, with } => {
            Some((measured, None, Some(with)))
        }
        ConditionKind::Compare { measured, comparator: Comparator::AtLeast, with } => {
            Some((measured, Some(with), None))
        }
        ConditionKind::Compare { .. }
        | ConditionKind::Any(_)
        | ConditionKind::All(_)
        | ConditionKind::Not(_)
        | ConditionKind::Fact(_)
        | ConditionKind::Times { .. }
        | ConditionKind::Day { .. } => None,
    }
}

fn condition_cells(condition: &Condition, cells: &mut Cells, lang: Lang) {
    let windows = bounds(condition).and_then(|(measured, from, to)| {
        let unit = from.or(to)?.unit?;
        let known = wording::measures().into_iter();
        let (of, unit) = known.into_iter().find(|(of, each)| of == measured && *each == unit)?;
        let plain = |bound: Option<&Measure>| match bound {
            None => Some(None),
            Some(Measure { quantity: Quantity::Number(of), unit: Some(each), .. }) => {
                (*each == unit).then(|| Some(number(of, lang)))
            }
            Some(_) => None,
        };
        Some((capital(&wording::measure_caption(&of, unit, lang)), plain(from)?, plain(to)?))
    });
    match windows {
        Some((caption, from, to)) => {
            cells.insert(Column::Condition, Value::Text(caption));
            cells.extend(from.map(|from| (Column::Minimum, from)));
            cells.extend(to.map(|to| (Column::Maximum, to)));
        }
        None => {
            let text = Value::text(&wording::condition(condition, lang));
            cells.extend(text.map(|text| (Column::Condition, text)));
        }
    }
}

fn read_condition(cells: &Cells, lang: Lang) -> Result<Option<Condition>, (Column, Wrong)> {
    let at = |column| move |wrong| (column, wrong);
    let (least, most) = (cells.get(&Column::Minimum), cells.get(&Column::Maximum));
    let Some(said) = cells.get(&Column::Condition) else {
        pieces::nothing(least, lang).map_err(at(Column::Minimum))?;
        pieces::nothing(most, lang).map_err(at(Column::Maximum))?;
        return Ok(None);
    };
    let text = pieces::text(said, lang).map_err(at(Column::Condition))?;
    let called = |of: &Measured, unit, lang| wording::measure_caption(of, unit, lang);
    let window = wording::measures().into_iter().find(|(of, unit)| {
        [Lang::En, Lang::Fr]
            .into_iter()
            .any(|lang| super::words::alike(&text, &called(of, *unit, lang)))
    });
    let Some((measured, unit)) = window else {
        let condition = pieces::condition(&text, lang).map_err(at(Column::Condition))?;
        pieces::nothing(least, lang).map_err(at(Column::Minimum))?;
        pieces::nothing(most, lang).map_err(at(Column::Maximum))?;
        return Ok(Some(condition));
    };
    let of_percent = unit == MeasureUnit::Percent;
    let bound = |value: Option<&Value>, column| {
        let read = value.map(|value| pieces::number(value, of_percent, lang)).transpose();
        read.map_err(at(column))
    };
    let measure = |number| Measure {
        quantity: Quantity::Number(number),
        unit: Some(unit),
        at: Default::default(),
    };
    let least = bound(least, Column::Minimum)?;
    // The guide writes a minimum of 0, which holds of everything that is measured.
    let nothing = |number: &Number| number.digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
    let most = bound(most, Column::Maximum)?;
    let least = least.filter(|least| most.is_none() || !nothing(least));
    let kind = match (least.map(measure), most.map(measure)) {
        (Some(from), Some(to)) => ConditionKind::Window { measured, from, to },
        (Some(with), None) => {
            ConditionKind::Compare { measured, comparator: Comparator::AtLeast, with }
        }
        (None, Some(with)) => {
            ConditionKind::Compare { measured, comparator: Comparator::Less, with }
        }
        (None, None) => {
            let why = say!(lang, "this condition has no bound", "cette condition n'a pas de borne");
            let right = say!(
                lang,
                "a minimum, a maximum, or both, in the two cells beside it",
                "un minimum, un maximum, ou les deux, dans les deux cellules à côté"
            );
            return Err((Column::Condition, Wrong::new(why, right)));
        }
    };
    Ok(Some(Condition { kind, at: Default::default() }))
}

// ── Lines ────────────────────────────────────────────────────────────────────────────────────────

/// A line as rows, one for each of its triggers; none if they would not read back as the line.
pub fn line_cells(line: &Line, currency: &str, lang: Lang) -> Option<Vec<Cells>> {
    let mut rows = Vec::new();
    for trigger in &line.triggers {
        let (word, value) = triggers::cells(trigger, lang);
        let mut cells = Cells::from([(Column::Trigger, word)]);
        cells.extend(value.map(|value| (Column::Which, value)));
        rows.push(cells);
    }
    let first = rows.first_mut()?;
    amount_cells(&line.amount, currency, first, lang);
    if let Some(condition) = &line.condition {
        condition_cells(condition, first, lang);
    }
    let answer = |yes| Value::Text(yes_no(yes, lang).to_owned());
    first.insert(Column::Balance, answer(line.kind == LineKind::Balance));
    first.insert(Column::Deposit, answer(line.kind == LineKind::Deposit));
    if line.stays_open.is_some() {
        first.insert(Column::StaysOpen, answer(true));
    }
    first.insert(Column::Label, Value::text(&line.label.text)?);
    let mut whole = line.clone();
    if let Amount::Sum(Sum { currency: unstated @ None, .. }) = &mut whole.amount
        && !currency.is_empty()
    {
        *unstated = Some(Currency { code: currency.to_owned(), at: Default::default() });
    }
    let again = read_line(&rows, "", lang).ok()?;
    (again == whole).then_some(rows)
}

/// The line of some rows: the first says what is billed, each what is waited for.
pub fn read_line(rows: &[Cells], unlabelled: &str, lang: Lang) -> Result<Line, Vec<Misread>> {
    let mut faults = Vec::new();
    let none = Cells::new();
    let first = rows.first().unwrap_or(&none);
    let mut wrong = |row, (column, wrong)| faults.push(Misread { row, column, wrong });
    let mut triggers = Vec::new();
    for (row, cells) in rows.iter().enumerate() {
        let read = triggers::read(cells.get(&Column::Trigger), cells.get(&Column::Which), lang);
        match read {
            Ok(trigger) => triggers.push(trigger),
            Err((false, why)) => wrong(row, (Column::Trigger, why)),
            Err((true, why)) => wrong(row, (Column::Which, why)),
        }
    }
    let amount = read_amount(first, lang).map_err(|why| wrong(0, why)).ok();
    let condition = read_condition(first, lang).map_err(|why| wrong(0, why)).unwrap_or_default();
    let mut yes = |column| {
        let read = pieces::yes(first.get(&column), lang);
        read.map_err(|why| wrong(0, (column, why))).unwrap_or_default()
    };
    let [balance, deposit, stays_open] =
        [Column::Balance, Column::Deposit, Column::StaysOpen].map(&mut yes);
    if balance && deposit {
        let why = say!(
            lang,
            "a line is a balance or a deposit to deduct, not both",
            "une échéance est un solde ou un acompte à déduire, pas les deux"
        );
        wrong(0, (Column::Deposit, Wrong::new(why, yes_no(false, lang))));
    }
    if stays_open && !balance {
        let why = say!(lang, "only a balance can stay open", "seul un solde peut rester ouvert");
        wrong(0, (Column::StaysOpen, Wrong::new(why, yes_no(false, lang))));
    }
    let label = match first.get(&Column::Label) {
        None => unlabelled.to_owned(),
        Some(label) => {
            let read = pieces::text(label, lang);
            read.map_err(|why| wrong(0, (Column::Label, why))).unwrap_or_default()
        }
    };
    let Some(amount) = amount.filter(|_| faults.is_empty()) else { return Err(faults) };
    let kind = match (balance, deposit) {
        (true, _) => LineKind::Balance,
        (false, true) => LineKind::Deposit,
        (false, false) => LineKind::Installment,
    };
    Ok(Line {
        kind,
        kind_at: Default::default(),
        label: Name { text: label, at: Default::default() },
        amount,
        amount_at: Default::default(),
        triggers,
        condition,
        stays_open: stays_open.then(Default::default),
        options: LineOptions::default(),
    })
}

// ── Actions ──────────────────────────────────────────────────────────────────────────────────────

fn kinds() -> Vec<(Option<usize>, String, String)> {
    let (english, french) = (wording::rate_words(Lang::En), wording::rate_words(Lang::Fr));
    let rates = (0..).zip(english.iter().zip(french));
    let rates =
        rates.map(|(place, (english, french))| (Some(place), capital(english), capital(french)));
    let both = |lang| Caption::InWords.name(lang).to_owned();
    rates.chain([(None, both(Lang::En), both(Lang::Fr))]).collect()
}

/// How an action may be billed, to choose from.
pub fn kind_choices(lang: Lang) -> Vec<String> {
    kinds().into_iter().map(|(_, english, french)| lang.pick(english, french)).collect()
}

/// An action as a row; none if it would not read back as the action.
pub fn action_cells(action: &Action, lang: Lang) -> Option<Cells> {
    let mut cells = Cells::from([(Column::Name, Value::text(&action.name.text)?)]);
    if let Some(rate) = &action.rate {
        let (word, sum) = wording::rate_parts(&rate.kind, lang)?;
        cells.insert(Column::Kind, Value::Text(capital(word)));
        cells.extend(sum.map(|sum| (Column::Rate, number(&sum.number, lang))));
    }
    cells.insert(Column::EndsCase, Value::Text(yes_no(action.ends_case, lang).to_owned()));
    (read_action(&cells, lang).ok()? == *action).then_some(cells)
}

/// The action of a row.
pub fn read_action(cells: &Cells, lang: Lang) -> Result<Action, Vec<Misread>> {
    let mut faults = Vec::new();
    let mut wrong = |(column, wrong)| faults.push(Misread { row: 0, column, wrong });
    let name = match cells.get(&Column::Name) {
        Some(name) => pieces::text(name, lang),
        None => Err(Wrong::new(
            say!(lang, "an action has a name", "une action a un nom"),
            say!(lang, "its name", "son nom"),
        )),
    };
    let name = name.map_err(|why| wrong((Column::Name, why))).unwrap_or_default();
    let ends_case = pieces::yes(cells.get(&Column::EndsCase), lang);
    let ends_case = ends_case.map_err(|why| wrong((Column::EndsCase, why))).unwrap_or_default();
    let rate = read_rate(cells, lang).map_err(wrong).ok();
    let Some(rate) = rate.filter(|_| faults.is_empty()) else { return Err(faults) };
    let name = Name { text: name, at: Default::default() };
    Ok(Action { name, rate, ends_case, options: ActionOptions::default() })
}

fn read_rate(
    cells: &Cells,
    lang: Lang,
) -> Result<Option<crate::syntax::ast::Rate>, (Column, Wrong)> {
    let sum = cells.get(&Column::Rate);
    let Some(kind) = cells.get(&Column::Kind) else {
        pieces::nothing(sum, lang).map_err(|wrong| (Column::Rate, wrong))?;
        return Ok(None);
    };
    let place = pieces::one_of(kind, &kinds(), lang).map_err(|wrong| (Column::Kind, wrong))?;
    let words = wording::rate_words(lang);
    let word = place.and_then(|place| words.get(place)).copied().unwrap_or_default();
    let sum = match sum {
        None => String::new(),
        // The guide writes a dash where nothing is billed.
        Some(Value::Text(text)) if matches!(text.as_str(), "-" | "–" | "—") => String::new(),
        Some(sum) => {
            pieces::number(sum, false, lang).map_err(|wrong| (Column::Rate, wrong))?.digits
        }
    };
    match pieces::item(&format!("action \"x\" {word} {sum}"), lang) {
        Ok(ItemKind::Action(action)) => Ok(action.rate),
        Ok(_) => Ok(None),
        Err(wrong) => Err((Column::Rate, wrong)),
    }
}
