//! The values of one column, as they are stored: texts, numbers of texts in a table,
//! days, moments, whole numbers, decimals; and binary floating point numbers as the shortest decimal that
//! each of them stands for, which is what a host's JSON and CSV say of the same number. Nothing is computed
//! in binary floating point.

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
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
    /// Moments, counted from 1970-01-01 in such parts of a day; on a clock with a zone, that of UTC.
    Moments { values: &'r [i64], parts: i64, zoned: bool },
    /// Whole numbers, and for each of them where its digits stand among the block's bytes, if that was asked.
    Whole(Vec<i128>, Vec<(usize, usize)>),
    /// Binary floating point numbers, each as its shortest decimal.
    Floats(Vec<String>),
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

/// A moment as it is written: on midnight, its day.
pub fn shown_moment(value: i64, parts: i64, zoned: bool) -> String {
    let parts = parts.max(1);
    let (days, part) = (value.div_euclid(parts), value.rem_euclid(parts));
    let day = shown_day(i32::try_from(days).ok());
    if part == 0 && !zoned {
        return day;
    }
    let zone = if zoned { "Z" } else { "" };
    let each = (parts / 86_400).max(1);
    let (seconds, fraction) = (part / each, part % each);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    let fraction = match (fraction, each.ilog10() as usize) {
        (0, _) => String::new(),
        (fraction, width) => format!(".{fraction:0width$}"),
    };
    format!("{day}T{hours:02}:{minutes:02}:{seconds:02}{fraction}{zone}")
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

/// The values of a column; its texts are added to the bytes, and its digits where numbers are names.
#[expect(clippy::wildcard_enum_match_arm, reason = "the types of Arrow are many and not ours")]
pub fn values<'r>(
    array: &'r ArrayRef,
    names: bool,
    zoned: bool,
    bytes: &mut Vec<u8>,
) -> Values<'r> {
    use arrow_schema::{DataType, TimeUnit};
    let moments = |values, parts| Values::Moments { values, parts, zoned };
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
        DataType::Timestamp(TimeUnit::Second, _) => {
            moments(array.as_primitive::<TimestampSecondType>().values(), 86_400)
        }
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            moments(array.as_primitive::<TimestampMillisecondType>().values(), 86_400_000)
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            moments(array.as_primitive::<TimestampMicrosecondType>().values(), 86_400_000_000)
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            moments(array.as_primitive::<TimestampNanosecondType>().values(), 86_400_000_000_000)
        }
        DataType::Decimal128(_, decimals) => {
            Values::Decimal(array.as_primitive::<Decimal128Type>().values(), *decimals)
        }
        DataType::Float16 => floats::<Float16Type>(array),
        DataType::Float32 => floats::<Float32Type>(array),
        DataType::Float64 => floats::<Float64Type>(array),
        DataType::Int8 => whole::<Int8Type>(array, names, bytes),
        DataType::Int16 => whole::<Int16Type>(array, names, bytes),
        DataType::Int32 => whole::<Int32Type>(array, names, bytes),
        DataType::Int64 => whole::<Int64Type>(array, names, bytes),
        DataType::UInt8 => whole::<UInt8Type>(array, names, bytes),
        DataType::UInt16 => whole::<UInt16Type>(array, names, bytes),
        DataType::UInt32 => whole::<UInt32Type>(array, names, bytes),
        DataType::UInt64 => whole::<UInt64Type>(array, names, bytes),
        // Columns of other types are refused when the file is opened.
        _ => Values::Whole(Vec::new(), Vec::new()),
    }
}

fn floats<T: ArrowPrimitiveType>(array: &ArrayRef) -> Values<'_>
where
    T::Native: std::fmt::Display,
{
    let numbers = array.as_primitive::<T>();
    Values::Floats(
        numbers.iter().map(|number| number.map_or(String::new(), |n| n.to_string())).collect(),
    )
}

fn whole<'r, T: ArrowPrimitiveType>(
    array: &'r ArrayRef,
    names: bool,
    bytes: &mut Vec<u8>,
) -> Values<'r>
where
    i128: From<T::Native>,
{
    let numbers = array.as_primitive::<T>().values();
    let numbers: Vec<i128> = numbers.iter().map(|number| i128::from(*number)).collect();
    let mut places = Vec::new();
    for number in numbers.iter().filter(|_| names) {
        let digits = number.to_string();
        places.push((bytes.len(), digits.len()));
        bytes.extend_from_slice(digits.as_bytes());
    }
    Values::Whole(numbers, places)
}
