//! What holds for all of a schedule, as captions with a cell beside each, and back.

use super::Value;
use super::pieces::{self, Wrong};
use super::rows::number;
use super::words::{Caption, Field, capital, yes_no};
use crate::lang::{Lang, say};
use crate::syntax::ast::{
    Bound, BoundSide, Date, ItemKind, Measure, MeasureUnit, Name, Price, Quantity, Unit,
};
use crate::syntax::wording;
use std::collections::BTreeMap;

/// The cells of a head by their captions; none of them is blank.
pub type Cells = BTreeMap<Field, Value>;

/// Puts an item into the head, and says where it stands now; none if there is no room for it.
pub fn place(item: &ItemKind, cells: &mut Cells, lang: Lang) -> Option<Field> {
    let (field, mine) = placed(item, lang)?;
    if mine.keys().any(|field| cells.contains_key(field)) {
        return None;
    }
    // What would not read back as it is stands in words.
    let again = read(&mine, lang).ok()?;
    again.iter().any(|(_, kind)| kind == item).then(|| cells.extend(mine))?;
    Some(field)
}

fn placed(item: &ItemKind, lang: Lang) -> Option<(Field, Cells)> {
    let one = |field, value| Some((field, Cells::from([(field, value)])));
    if let ItemKind::Schedule { name, in_force_from } = item {
        let mut cells = Cells::from([(Field::Schedule, Value::text(&name.text)?)]);
        let day = in_force_from.as_ref().map(|from| Value::Day(from.iso.clone()));
        cells.extend(day.map(|day| (Field::InForce, day)));
        Some((Field::Schedule, cells))
    } else if let ItemKind::Unit(unit) = item {
        one(Field::Billed, Value::Text(wording::unit(*unit, lang).to_owned()))
    } else if let ItemKind::Price(price) = item {
        price_cells(price, lang).map(|cells| (Field::Price, cells))
    } else if let ItemKind::WholeAttendance = item {
        one(Field::WholeAttendance, Value::Text(yes_no(true, lang).to_owned()))
    } else if let ItemKind::Planned(Measure { quantity: Quantity::Number(of), unit, .. }) = item {
        match unit {
            Some(MeasureUnit::Hours) => one(Field::PlannedHours, number(of, lang)),
            Some(MeasureUnit::Months) => one(Field::PlannedMonths, number(of, lang)),
            Some(_) | None => None,
        }
    } else {
        None
    }
}

fn price_cells(price: &Price, lang: Lang) -> Option<Cells> {
    let parts = wording::price_parts(price, lang)?;
    let mut cells = Cells::from([(Field::Price, Value::Text(capital(parts.word)))]);
    cells.extend(parts.sum.map(|sum| (Field::Amount, number(sum, lang))));
    let currency = parts.currency.and_then(|currency| Value::text(&currency.code));
    cells.extend(currency.map(|currency| (Field::Currency, currency)));
    for Bound { side, hours } in parts.bounds {
        let field = match side {
            BoundSide::AtLeast => Field::AtLeast,
            BoundSide::AtMost => Field::AtMost,
        };
        match &hours.quantity {
            Quantity::Number(of) if hours.unit == Some(MeasureUnit::Hours) => {
                cells.insert(field, number(of, lang));
            }
            Quantity::Number(_) | Quantity::Clock { .. } => return None,
        }
    }
    Some(cells)
}

/// What a schedule may be billed by, to choose from.
pub fn units(lang: Lang) -> Vec<String> {
    [Unit::Case, Unit::Group].map(|unit| wording::unit(unit, lang).to_owned()).to_vec()
}

fn prices() -> Vec<(Option<usize>, String, String)> {
    let (english, french) = (wording::price_words(Lang::En), wording::price_words(Lang::Fr));
    let words = (0..).zip(english.iter().zip(french));
    let words =
        words.map(|(place, (english, french))| (Some(place), capital(english), capital(french)));
    let both = |lang| Caption::InWords.name(lang).to_owned();
    words.chain([(None, both(Lang::En), both(Lang::Fr))]).collect()
}

/// The forms of a price, to choose from.
pub fn price_choices(lang: Lang) -> Vec<String> {
    prices().into_iter().map(|(_, english, french)| lang.pick(english, french)).collect()
}

/// Whether the price stands on the sheet of texts.
pub fn is_price_in_words(cells: &Cells) -> bool {
    matches!(cells.get(&Field::Price), Some(Value::Text(text)) if Caption::find(text) == Some(Caption::InWords))
}

/// Items, each with the cell that names it.
pub type Items = Vec<(Field, ItemKind)>;

/// The items of a head. A price in words is none of them.
pub fn read(cells: &Cells, lang: Lang) -> Result<Items, Vec<(Field, Wrong)>> {
    let mut faults = Vec::new();
    let mut items = Vec::new();
    let readers: [fn(&Cells, Lang) -> Read; 6] =
        [schedule, unit, price, planned_hours, planned_months, whole_attendance];
    for reader in readers {
        match reader(cells, lang) {
            Ok(item) => items.extend(item),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(items) } else { Err(faults) }
}

type Read = Result<Option<(Field, ItemKind)>, (Field, Wrong)>;

fn at<T>(field: Field, read: Result<T, Wrong>) -> Result<T, (Field, Wrong)> {
    read.map_err(|wrong| (field, wrong))
}

fn schedule(cells: &Cells, lang: Lang) -> Read {
    // A part of a head that is tried by itself has no name.
    let Some(name) = cells.get(&Field::Schedule) else { return Ok(None) };
    let text = at(Field::Schedule, pieces::text(name, lang))?;
    let from = match cells.get(&Field::InForce) {
        None => None,
        Some(Value::Day(day)) => Some(Date { iso: day.clone(), at: Default::default() }),
        Some(value) => {
            let text = at(Field::InForce, pieces::text(value, lang))?;
            let header = lang
                .pick("schedule \"y\", in force from", "échéancier \"y\", en vigueur à compter du");
            let read = at(Field::InForce, pieces::item(&format!("{header} {text}"), lang))?;
            if let ItemKind::Schedule { in_force_from, .. } = read { in_force_from } else { None }
        }
    };
    let name = Name { text, at: Default::default() };
    Ok(Some((Field::Schedule, ItemKind::Schedule { name, in_force_from: from })))
}

fn unit(cells: &Cells, lang: Lang) -> Read {
    let Some(value) = cells.get(&Field::Billed) else { return Ok(None) };
    let word = |unit, lang| wording::unit(unit, lang).to_owned();
    let words =
        [Unit::Case, Unit::Group].map(|unit| (unit, word(unit, Lang::En), word(unit, Lang::Fr)));
    let unit = at(Field::Billed, pieces::one_of(value, &words, lang))?;
    Ok(Some((Field::Billed, ItemKind::Unit(unit))))
}

fn price(cells: &Cells, lang: Lang) -> Read {
    let more = [Field::Amount, Field::Currency, Field::AtLeast, Field::AtMost];
    let Some(form) = cells.get(&Field::Price) else {
        for field in more {
            if cells.contains_key(&field) {
                let why =
                    say!(lang, "the form of the price is missing", "il manque la forme du tarif");
                let right = lang.any_of(&price_choices(lang));
                return Err((Field::Price, Wrong::new(why, right)));
            }
        }
        return Ok(None);
    };
    let place = at(Field::Price, pieces::one_of(form, &prices(), lang))?;
    let Some(word) = place.and_then(|place| wording::price_words(lang).get(place).copied()) else {
        for field in more {
            at(field, pieces::nothing(cells.get(&field), lang))?;
        }
        return Ok(None);
    };
    let number = |field| match cells.get(&field) {
        None => Ok(None),
        Some(value) => at(field, pieces::number(value, false, lang)).map(Some),
    };
    let currency = cells.get(&Field::Currency).map(|value| pieces::currency(value, lang));
    let currency = at(Field::Currency, currency.transpose())?;
    let mut text = format!("{} {word}", lang.pick("price", "tarif"));
    let per_action = place == Some(2);
    match number(Field::Amount)? {
        Some(_) if per_action => {
            at(Field::Amount, pieces::nothing(cells.get(&Field::Amount), lang))?
        }
        Some(sum) => text += &format!(" {}", sum.digits),
        None if per_action => {}
        None => {
            let why =
                say!(lang, "the amount of the price is missing", "il manque le montant du tarif");
            let right = say!(lang, "a number, such as 1500", "un nombre, comme 1500");
            return Err((Field::Amount, Wrong::new(why, right)));
        }
    }
    if let Some(currency) = currency {
        let before = if per_action { lang.pick(", in ", ", en ") } else { " " };
        text += &format!("{before}{}", currency.code);
    }
    for (field, words) in [
        (Field::AtLeast, lang.pick("at least", "au moins")),
        (Field::AtMost, lang.pick("at most", "au plus")),
    ] {
        // Only hours have such bounds: of another price, the cell is to be blank.
        if place != Some(1) {
            at(field, pieces::nothing(cells.get(&field), lang))?;
        }
        if let Some(hours) = number(field)? {
            text += &format!(", {words} {} {}", hours.digits, lang.pick("hours", "heures"));
        }
    }
    at(Field::Price, pieces::item(&text, lang)).map(|item| Some((Field::Price, item)))
}

fn planned(cells: &Cells, field: Field, unit: MeasureUnit, lang: Lang) -> Read {
    let Some(value) = cells.get(&field) else { return Ok(None) };
    let quantity = Quantity::Number(at(field, pieces::number(value, false, lang))?);
    let planned = Measure { quantity, unit: Some(unit), at: Default::default() };
    Ok(Some((field, ItemKind::Planned(planned))))
}

fn planned_hours(cells: &Cells, lang: Lang) -> Read {
    planned(cells, Field::PlannedHours, MeasureUnit::Hours, lang)
}

fn planned_months(cells: &Cells, lang: Lang) -> Read {
    planned(cells, Field::PlannedMonths, MeasureUnit::Months, lang)
}

fn whole_attendance(cells: &Cells, lang: Lang) -> Read {
    let field = Field::WholeAttendance;
    let yes = at(field, pieces::yes(cells.get(&field), lang))?;
    Ok(yes.then_some((field, ItemKind::WholeAttendance)))
}
