//! The values of one column of a Parquet file, as they are stored: texts, numbers of texts in a table,
//! days, whole numbers, decimals. Nothing here is binary floating point.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, StringArray};

/// The values of one column.
pub enum Values<'r> {
    /// Texts; the first of them stands at this place of the block's bytes.
    Texts(&'r StringArray, usize),
    /// Places in a table of texts.
    Coded(&'r [i32], &'r StringArray),
    /// Days since 1970-01-01.
    Days(&'r [i32]),
    /// Whole numbers.
    Whole(Vec<i128>),
    /// Decimals: all digits, and how many of them are decimals.
    Decimal(&'r [i128], i8),
}

/// A text of a column.
pub fn text(texts: &StringArray, place: usize) -> Option<&str> {
    (place < texts.len()).then(|| texts.value(place))
}

/// A day as it is written, whether or not an event may have it.
pub fn shown_day(days: Option<i32>) -> String {
    let epoch = chrono::NaiveDate::default();
    let day = days
        .and_then(|days| epoch.checked_add_signed(chrono::TimeDelta::try_days(i64::from(days))?));
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A decimal in digits, zeros at its end left out.
pub fn shown_decimal(digits: i128, decimals: i8) -> String {
    let count = usize::from(decimals.unsigned_abs());
    let sign = if digits < 0 { "-" } else { "" };
    let mut text = digits.unsigned_abs().to_string();
    if decimals <= 0 {
        if digits != 0 {
            text.extend(std::iter::repeat_n('0', count));
        }
        return format!("{sign}{text}");
    }
    if text.len() <= count {
        text.insert_str(0, &"0".repeat(count + 1 - text.len()));
    }
    let (whole, part) = text.split_at_checked(text.len() - count).unwrap_or((&text, ""));
    let part = part.trim_end_matches('0');
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}")
}

/// A power of ten.
pub fn ten_to(power: i8) -> Option<i64> {
    10_i64.checked_pow(u32::try_from(power).ok()?)
}

/// The values of a column; its texts are added to the bytes.
#[expect(clippy::wildcard_enum_match_arm, reason = "the types of Arrow are many and not ours")]
pub fn values<'r>(array: &'r ArrayRef, bytes: &mut Vec<u8>) -> Values<'r> {
    use arrow_schema::DataType;
    match array.data_type() {
        DataType::Utf8 => {
            let texts = array.as_string::<i32>();
            let base = bytes.len();
            let offsets = texts.value_offsets();
            let end = |offset: Option<&i32>| offset.and_then(|end| usize::try_from(*end).ok());
            let range = end(offsets.first()).unwrap_or(0)..end(offsets.last()).unwrap_or(0);
            bytes.extend_from_slice(texts.value_data().get(range).unwrap_or_default());
            Values::Texts(texts, base)
        }
        DataType::Dictionary(..) => {
            let coded = array.as_dictionary::<Int32Type>();
            Values::Coded(coded.keys().values(), coded.values().as_string::<i32>())
        }
        DataType::Date32 => Values::Days(array.as_primitive::<Date32Type>().values()),
        DataType::Decimal128(_, decimals) => {
            Values::Decimal(array.as_primitive::<Decimal128Type>().values(), *decimals)
        }
        DataType::Int8 => whole::<Int8Type>(array),
        DataType::Int16 => whole::<Int16Type>(array),
        DataType::Int32 => whole::<Int32Type>(array),
        DataType::Int64 => whole::<Int64Type>(array),
        DataType::UInt8 => whole::<UInt8Type>(array),
        DataType::UInt16 => whole::<UInt16Type>(array),
        DataType::UInt32 => whole::<UInt32Type>(array),
        DataType::UInt64 => whole::<UInt64Type>(array),
        // Columns of other types are refused when the file is opened.
        _ => Values::Whole(Vec::new()),
    }
}

fn whole<T: ArrowPrimitiveType>(array: &ArrayRef) -> Values<'_>
where
    i128: From<T::Native>,
{
    let numbers = array.as_primitive::<T>().values();
    Values::Whole(numbers.iter().map(|number| i128::from(*number)).collect())
}
