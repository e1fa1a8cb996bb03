//! Events of Python as JSON, one object a line: in, a text or mappings; out, what the reader of event files judges.
//! Nothing is decided here: what JSON has no form for becomes a list, which no field of an event takes, so
//! that the case is withheld and the message names it.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple,
};

/// Deeper than any event goes.
const DEEPEST: usize = 4;

/// Digits of a number that no event may state.
const MOST_DIGITS: usize = 400;

/// How a `Decimal` is written.
#[derive(Clone, Copy)]
pub enum Decimals {
    /// As a number, as events of cases state hours.
    Number,
    /// As a text, as invoices state amounts.
    Text,
}

/// Events as JSON objects, one a line. A text stays as it is.
pub fn as_lines(events: &Bound<'_, PyAny>, decimals: Decimals) -> PyResult<Vec<u8>> {
    if let Ok(text) = events.cast::<PyString>() {
        return utf8(text);
    }
    if let Ok(bytes) = events.cast::<PyBytes>() {
        return Ok(bytes.as_bytes().to_vec());
    }
    if let Ok(bytes) = events.cast::<PyByteArray>() {
        return Ok(bytes.to_vec());
    }
    if events.cast::<PyMapping>().is_ok() {
        return Err(PyTypeError::new_err(
            "events are mappings, one after the other: this is one mapping",
        ));
    }
    let mut out = Vec::new();
    for event in events.try_iter()? {
        write(&mut out, &event?, 0, decimals)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// A text as UTF-8; half a pair of surrogates as what UTF-8 does not allow, so that its line is refused.
fn utf8(text: &Bound<'_, PyString>) -> PyResult<Vec<u8>> {
    if let Ok(text) = text.to_cow() {
        return Ok(text.as_bytes().to_vec());
    }
    let bytes = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
    Ok(bytes.cast::<PyBytes>()?.as_bytes().to_vec())
}

/// Writes a value as JSON.
fn write(
    out: &mut Vec<u8>,
    value: &Bound<'_, PyAny>,
    depth: usize,
    decimals: Decimals,
) -> PyResult<()> {
    if depth > DEEPEST {
        refuse(out, "a value deep inside others");
    } else if value.is_none() {
        out.extend_from_slice(b"null");
    } else if let Ok(text) = value.cast::<PyString>() {
        write_text(out, text)?;
    } else if let Ok(truth) = value.cast::<PyBool>() {
        out.extend_from_slice(if truth.is_true() { b"true" } else { b"false" });
    } else if value.cast::<PyInt>().is_ok() {
        // Python itself refuses to write out thousands of digits.
        match value.str() {
            Ok(digits) => write_number(out, &digits.to_cow()?),
            Err(_) => refuse(out, "an int of thousands of digits"),
        }
    } else if let Ok(number) = value.cast::<PyFloat>() {
        write_number(out, &format!("{:?}", number.value()));
    } else if let Ok(fields) = value.cast::<PyDict>() {
        write_fields(out, fields.iter(), depth, decimals)?;
    } else if let Ok(items) = value.cast::<PyList>() {
        write_items(out, items.iter(), depth, decimals)?;
    } else if let Ok(items) = value.cast::<PyTuple>() {
        write_items(out, items.iter(), depth, decimals)?;
    } else {
        write_other(out, value, depth, decimals)?;
    }
    Ok(())
}

/// Values of the standard library and of numpy that stand for a day or a number; other mappings.
fn write_other(
    out: &mut Vec<u8>,
    value: &Bound<'_, PyAny>,
    depth: usize,
    decimals: Decimals,
) -> PyResult<()> {
    let kind = value.get_type();
    let module = kind.module().map(|name| name.to_string()).unwrap_or_default();
    let name = kind.name().map(|name| name.to_string()).unwrap_or_default();
    if let Ok(fields) = value.cast::<PyMapping>() {
        let items = fields.items()?;
        let pairs = items.iter().map(|item| item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>());
        let pairs: Vec<_> = pairs.collect::<PyResult<_>>()?;
        return write_fields(out, pairs.into_iter(), depth, decimals);
    }
    let root = module.split('.').next().unwrap_or_default();
    if root == "decimal" && name == "Decimal" {
        let digits = value.str()?;
        match decimals {
            Decimals::Number => write_number(out, &digits.to_cow()?),
            Decimals::Text => write_text(out, &digits)?,
        }
    } else if name != "NaTType"
        && (root == "datetime" || root == "pandas")
        && value.hasattr("isoformat")?
        && value.hasattr("year")?
    {
        let text = value.call_method0("isoformat")?;
        write_text(out, text.cast::<PyString>()?)?;
    } else if root == "numpy" && value.hasattr("item")? {
        match value.call_method0("item") {
            Ok(item) if !item.get_type().is(&kind) => write(out, &item, depth + 1, decimals)?,
            Ok(_) | Err(_) => refuse(out, &format!("a value of {module}.{name}")),
        }
    } else {
        refuse(out, &format!("a value of {module}.{name}"));
    }
    Ok(())
}

/// A list, which no field takes; it says what it stands for.
fn refuse(out: &mut Vec<u8>, what: &str) {
    out.push(b'[');
    push_json(out, what);
    out.push(b']');
}

/// A number as its digits; NaN, which would be a text in a field of text, is none.
fn write_number(out: &mut Vec<u8>, digits: &str) {
    let is_number = digits.len() <= MOST_DIGITS
        && digits.bytes().any(|byte| byte.is_ascii_digit())
        && digits
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'));
    if is_number {
        out.extend_from_slice(digits.as_bytes());
    } else if digits.len() <= MOST_DIGITS {
        refuse(out, digits);
    } else {
        refuse(out, "a number of hundreds of digits");
    }
}

fn write_fields<'py>(
    out: &mut Vec<u8>,
    fields: impl Iterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>,
    depth: usize,
    decimals: Decimals,
) -> PyResult<()> {
    out.push(b'{');
    for (place, (name, value)) in fields.enumerate() {
        if place > 0 {
            out.push(b',');
        }
        match name.cast::<PyString>() {
            Ok(name) => write_text(out, name)?,
            Err(_) => push_json(out, "(a name that is no text)"),
        }
        out.push(b':');
        write(out, &value, depth + 1, decimals)?;
    }
    out.push(b'}');
    Ok(())
}

fn write_items<'py>(
    out: &mut Vec<u8>,
    items: impl Iterator<Item = Bound<'py, PyAny>>,
    depth: usize,
    decimals: Decimals,
) -> PyResult<()> {
    out.push(b'[');
    for (place, item) in items.enumerate() {
        if place > 0 {
            out.push(b',');
        }
        write(out, &item, depth + 1, decimals)?;
    }
    out.push(b']');
    Ok(())
}

/// A text as JSON; half a pair of surrogates as its escape, which the reader refuses where it stands.
fn write_text(out: &mut Vec<u8>, text: &Bound<'_, PyString>) -> PyResult<()> {
    if let Ok(text) = text.to_cow() {
        push_json(out, &text);
        return Ok(());
    }
    let units = text.call_method1("encode", ("utf-16-le", "surrogatepass"))?;
    let units = units.cast::<PyBytes>()?.as_bytes().chunks_exact(2);
    let units = units.map(|unit| u16::from_le_bytes([byte(unit, 0), byte(unit, 1)]));
    out.push(b'"');
    for c in char::decode_utf16(units) {
        match c {
            Ok(c) => {
                let mut json = Vec::new();
                push_json(&mut json, c.encode_utf8(&mut [0; 4]));
                out.extend_from_slice(json.get(1..json.len() - 1).unwrap_or_default());
            }
            Err(half) => {
                out.extend_from_slice(format!("\\u{:04x}", half.unpaired_surrogate()).as_bytes());
            }
        }
    }
    out.push(b'"');
    Ok(())
}

fn byte(unit: &[u8], place: usize) -> u8 {
    unit.get(place).copied().unwrap_or_default()
}

fn push_json(out: &mut Vec<u8>, text: &str) {
    // A text has a form in JSON whatever it holds.
    out.extend_from_slice(&serde_json::to_vec(text).unwrap_or_default());
}
