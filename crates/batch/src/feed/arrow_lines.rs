//! Invoice lines as columns: those of the CSV file and the event's id, amounts as decimals. Lines are collected column by column, and
//! can be taken back while a case is under way. Amounts have four decimals, which holds every currency exactly; the
//! schema does not depend on the lines.

use crate::calendar::Date;
use crate::eval::{LineTax, Quantity, UnitPrice, Written};
use crate::money::{Currency, Hours, Money, read_digits};
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Int64Array, LargeStringArray, RecordBatch,
    new_null_array,
};
use arrow_buffer::{Buffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use std::sync::Arc;

/// The decimals of amounts, prices and quantities: no currency has more, and no number of hours.
const DECIMALS: i8 = 4;

/// The digits of amounts: those of the largest one, in minor units, and four decimals.
const AMOUNT_DIGITS: u8 = 23;
/// The digits of quantities.
const QUANTITY_DIGITS: u8 = 19;

/// What a column holds, and whether a line may have no value in it.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Text { optional: bool },
    Day { optional: bool },
    Whole,
    Decimal { digits: u8, decimals: i8, optional: bool },
}

const TEXT: Shape = Shape::Text { optional: false };
const OPTIONAL_TEXT: Shape = Shape::Text { optional: true };
/// A rate of tax in percent, with all the decimals that a percentage may have.
const RATE: Shape = Shape::Decimal { digits: 12, decimals: 9, optional: true };

/// The columns, in order: those of CSV, and the id of the trigger's event.
const COLUMNS: [(&str, Shape); COUNT] = [
    ("case", TEXT),
    ("schedule", TEXT),
    ("date", Shape::Day { optional: false }),
    ("invoice", Shape::Whole),
    ("kind", TEXT),
    ("line", TEXT),
    ("label", TEXT),
    ("quantity", Shape::Decimal { digits: QUANTITY_DIGITS, decimals: DECIMALS, optional: true }),
    ("unit_price", Shape::Decimal { digits: 25, decimals: 6, optional: true }),
    ("amount", Shape::Decimal { digits: AMOUNT_DIGITS, decimals: DECIMALS, optional: false }),
    ("currency", TEXT),
    ("service_from", Shape::Day { optional: true }),
    ("service_to", Shape::Day { optional: true }),
    ("trigger_kind", TEXT),
    ("trigger_date", Shape::Day { optional: false }),
    ("trigger_name", OPTIONAL_TEXT),
    ("trigger_id", OPTIONAL_TEXT),
    ("deducts", OPTIONAL_TEXT),
    ("credits", OPTIONAL_TEXT),
    ("id", TEXT),
    ("payer", OPTIONAL_TEXT),
    ("vat_rate", RATE),
    ("vat_exempt", OPTIONAL_TEXT),
    ("in_force_from", Shape::Day { optional: true }),
    ("schedule_hash", OPTIONAL_TEXT),
];

const COUNT: usize = 25;

/// The columns and their types.
pub fn line_schema() -> SchemaRef {
    let fields =
        COLUMNS.map(|(name, shape)| Field::new(name, shape.stored_as(), shape.is_optional()));
    Arc::new(Schema::new(fields.to_vec()))
}

/// Lines, column by column.
#[derive(Debug)]
pub struct LineColumns {
    columns: [Column; COUNT],
    /// How many lines there are.
    pub line_count: usize,
}

/// The cells of one column.
#[derive(Debug)]
struct Column {
    shape: Shape,
    /// None as long as no line has a value in it.
    cells: Option<Cells>,
    /// Which of them are values.
    nulls: NullBufferBuilder,
}

/// The values of a column, as the array will have them; where a line has none, there is nothing or zero.
#[derive(Debug)]
enum Cells {
    /// One after another, and where each ends.
    Texts(String, Vec<i64>),
    Days(Vec<i32>),
    Whole(Vec<i64>),
    /// With their digits and decimals.
    Decimals(Vec<i128>, (u8, i8)),
}

/// What a line has in one column.
enum Cell<'l> {
    Text(Option<&'l str>),
    Day(Option<Date>),
    Whole(u32),
    Decimal(Option<i128>),
}

impl Default for LineColumns {
    fn default() -> Self {
        let columns = COLUMNS.map(|(_, shape)| Column {
            shape,
            cells: None,
            nulls: NullBufferBuilder::new(0),
        });
        Self { columns, line_count: 0 }
    }
}

impl LineColumns {
    /// Adds a line.
    pub fn push(&mut self, line: &Written<'_>) {
        let key = |key: Option<crate::model::LineKey>| key.map(|key| key.digits());
        let text = |digits: &Option<[u8; 32]>| -> Option<String> {
            digits.map(|digits| String::from_utf8_lossy(&digits).into_owned())
        };
        let (deducts, credits) = (text(&key(line.deducts)), text(&key(line.credits)));
        let id = line.id.digits();
        let (rate, exempt) = match line.tax {
            None => (None, None),
            Some(LineTax::Rate(rate)) => (Some(rate), None),
            Some(LineTax::Exempt(reason)) => (None, Some(reason)),
        };
        let hash = line.schedule_hash.map(|hash| hash.to_string());
        let cells = [
            Cell::Text(Some(line.case)),
            Cell::Text(Some(line.schedule)),
            Cell::Day(Some(line.date)),
            Cell::Whole(line.invoice),
            Cell::Text(Some(line.kind.name())),
            Cell::Text(Some(line.line)),
            Cell::Text(Some(line.label)),
            Cell::Decimal(line.quantity.and_then(quantity)),
            Cell::Decimal(line.unit_price.and_then(|price| unit_price(price, line.currency))),
            Cell::Decimal(Some(amount(line.amount, line.currency))),
            Cell::Text(Some(line.currency.code())),
            Cell::Day(line.service.map(|(from, _)| from)),
            Cell::Day(line.service.map(|(_, to)| to)),
            Cell::Text(Some(line.trigger.name())),
            Cell::Day(Some(line.trigger_date)),
            Cell::Text(line.trigger_name),
            Cell::Text(line.trigger_id),
            Cell::Text(deducts.as_deref()),
            Cell::Text(credits.as_deref()),
            Cell::Text(std::str::from_utf8(&id).ok()),
            Cell::Text(line.payer),
            Cell::Decimal(rate.map(|rate| i128::from(rate.0))),
            Cell::Text(exempt),
            Cell::Day(line.in_force_from),
            Cell::Text(hash.as_deref()),
        ];
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell, self.line_count);
        }
        self.line_count += 1;
    }

    /// Takes back all lines but the first so many.
    pub fn truncate(&mut self, count: usize) {
        self.line_count = count;
        self.columns.iter_mut().for_each(|column| column.truncate(count));
    }

    /// The lines as one batch of a schema.
    ///
    /// # Errors
    ///
    /// If it is another schema than [`line_schema`] gives.
    pub fn batch(self, schema: &SchemaRef) -> Result<RecordBatch, ArrowError> {
        let columns = self.columns.into_iter().map(|column| column.array(self.line_count));
        let columns = columns.collect::<Result<_, _>>()?;
        RecordBatch::try_new(Arc::clone(schema), columns)
    }
}

impl Shape {
    /// As many cells without a value.
    fn absent(self, count: usize) -> Cells {
        match self {
            Shape::Text { .. } => Cells::Texts(String::new(), vec![0; count + 1]),
            Shape::Day { .. } => Cells::Days(vec![0; count]),
            Shape::Whole => Cells::Whole(vec![0; count]),
            Shape::Decimal { digits, decimals, .. } => {
                Cells::Decimals(vec![0; count], (digits, decimals))
            }
        }
    }

    fn stored_as(self) -> DataType {
        match self {
            Shape::Text { .. } => DataType::LargeUtf8,
            Shape::Day { .. } => DataType::Date32,
            Shape::Whole => DataType::Int64,
            Shape::Decimal { digits, decimals, .. } => DataType::Decimal128(digits, decimals),
        }
    }

    fn is_optional(self) -> bool {
        match self {
            Shape::Text { optional }
            | Shape::Day { optional }
            | Shape::Decimal { optional, .. } => optional,
            Shape::Whole => false,
        }
    }
}

impl Column {
    /// Adds the cell of a line behind so many others.
    fn push(&mut self, cell: Cell<'_>, count: usize) {
        let present = cell.is_present();
        if !present && self.cells.is_none() {
            return;
        }
        let (shape, nulls) = (self.shape, &mut self.nulls);
        let cells = self.cells.get_or_insert_with(|| {
            nulls.append_n_nulls(count);
            shape.absent(count)
        });
        nulls.append(present);
        match (cells, cell) {
            (Cells::Texts(texts, ends), Cell::Text(text)) => {
                texts.push_str(text.unwrap_or_default());
                ends.push(i64::try_from(texts.len()).unwrap_or(i64::MAX));
            }
            (Cells::Days(days), Cell::Day(day)) => days.push(day.map_or(0, Date::to_days)),
            (Cells::Whole(numbers), Cell::Whole(number)) => numbers.push(i64::from(number)),
            (Cells::Decimals(decimals, _), Cell::Decimal(decimal)) => {
                decimals.push(decimal.unwrap_or(0));
            }
            // A cell of another shape would leave its column short, and the batch would be refused.
            (Cells::Texts(..) | Cells::Days(_) | Cells::Whole(_) | Cells::Decimals(..), _) => {}
        }
    }

    fn truncate(&mut self, count: usize) {
        let Some(cells) = &mut self.cells else { return };
        self.nulls.truncate(count);
        match cells {
            Cells::Texts(texts, ends) => {
                ends.truncate(count + 1);
                let end = ends.last().and_then(|end| usize::try_from(*end).ok());
                texts.truncate(end.unwrap_or(0));
            }
            Cells::Days(days) => days.truncate(count),
            Cells::Whole(numbers) => numbers.truncate(count),
            Cells::Decimals(decimals, _) => decimals.truncate(count),
        }
    }

    /// The column of so many lines.
    fn array(self, count: usize) -> Result<ArrayRef, ArrowError> {
        let nulls = self.nulls.build();
        Ok(match self.cells {
            None => new_null_array(&self.shape.stored_as(), count),
            Some(Cells::Texts(texts, ends)) => {
                let ends = OffsetBuffer::new(ScalarBuffer::from(ends));
                let texts = Buffer::from_vec(texts.into_bytes());
                Arc::new(LargeStringArray::try_new(ends, texts, nulls)?)
            }
            Some(Cells::Days(days)) => Arc::new(Date32Array::try_new(days.into(), nulls)?),
            Some(Cells::Whole(numbers)) => Arc::new(Int64Array::try_new(numbers.into(), nulls)?),
            Some(Cells::Decimals(values, (digits, decimals))) => {
                let values = Decimal128Array::try_new(values.into(), nulls)?;
                Arc::new(values.with_precision_and_scale(digits, decimals)?)
            }
        })
    }
}

impl Cell<'_> {
    fn is_present(&self) -> bool {
        match self {
            Cell::Text(text) => text.is_some(),
            Cell::Day(day) => day.is_some(),
            Cell::Whole(_) => true,
            Cell::Decimal(decimal) => decimal.is_some(),
        }
    }
}

/// An amount in 1/10,000 of its currency's unit.
fn amount(amount: Money, currency: Currency) -> i128 {
    let more = u32::from(DECIMALS.unsigned_abs()).saturating_sub(currency.decimals());
    i128::from(amount.0) * 10_i128.pow(more)
}

/// The price of one in millionths of its currency's unit; a share of an amount is none.
fn unit_price(price: UnitPrice, currency: Currency) -> Option<i128> {
    match price {
        UnitPrice::Money(money) => Some(amount(money, currency) * 100),
        UnitPrice::Rate(rate) => Some(i128::from(rate.0)),
        UnitPrice::Percent(_) => None,
    }
}

/// A quantity in 1/10,000, as it is written; `None` for an issued one that is no such number.
fn quantity(quantity: Quantity<'_>) -> Option<i128> {
    let mut text = Vec::new();
    quantity.write(&mut text);
    let digits = read_digits(std::str::from_utf8(&text).ok()?, Hours::DECIMALS).ok()?;
    Some(i128::from(digits))
}
