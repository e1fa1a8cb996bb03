//! What a file is by the bytes with which it begins, whatever its name says: in, these bytes; out, the form,
//! and what to do where it is one that is not read.

use super::{BOM, CsvHeader, HeaderFault, PARQUET_MARK};
use crate::lang::{Lang, say};
use crate::model::Field;

/// How many bytes are looked at.
pub const LOOKED_AT: usize = 4096;

/// What bytes look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Compressed with gzip.
    Gzip,
    /// Compressed with zstd.
    Zstd,
    /// Parquet.
    Parquet,
    /// JSON objects, one a line.
    Ndjson,
    /// A JSON array.
    Array,
    /// A line that names fields.
    Csv,
    /// Some other text, or nothing.
    Text,
    /// Something that is not read.
    Foreign(Foreign),
}

/// A form that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// UTF-16.
    Utf16,
    /// A ZIP archive, as spreadsheets are.
    Zip,
    /// A tar archive.
    Archive,
    /// A workbook of old.
    OldWorkbook,
    /// Compressed in another way.
    Compressed(&'static str),
    /// Another kind of file.
    Other(&'static str),
}

/// What a file that begins like this is.
pub fn form_of(start: &[u8]) -> Form {
    const MARKS: &[(&[u8], Form)] = &[
        (b"\x1f\x8b", Form::Gzip),
        (b"\x28\xb5\x2f\xfd", Form::Zstd),
        (PARQUET_MARK, Form::Parquet),
        (b"\xff\xfe", Form::Foreign(Foreign::Utf16)),
        (b"\xfe\xff", Form::Foreign(Foreign::Utf16)),
        (b"PK\x03\x04", Form::Foreign(Foreign::Zip)),
        (b"PK\x05\x06", Form::Foreign(Foreign::Zip)),
        (b"\xd0\xcf\x11\xe0", Form::Foreign(Foreign::OldWorkbook)),
        (b"\xfd7zXZ\x00", Form::Foreign(Foreign::Compressed("xz"))),
        (b"BZh", Form::Foreign(Foreign::Compressed("bzip2"))),
        (b"\x04\x22\x4d\x18", Form::Foreign(Foreign::Compressed("lz4"))),
        (b"\xff\x06\x00\x00sNaPpY", Form::Foreign(Foreign::Compressed("snappy"))),
        (b"7z\xbc\xaf\x27\x1c", Form::Foreign(Foreign::Compressed("7z"))),
        (b"SQLite format 3\x00", Form::Foreign(Foreign::Other("SQLite"))),
        (b"ARROW1", Form::Foreign(Foreign::Other("Arrow IPC (Feather)"))),
        (b"ORC", Form::Foreign(Foreign::Other("ORC"))),
        (b"\xff\xff\xff\xff", Form::Foreign(Foreign::Other("Arrow IPC"))),
        (b"Obj\x01", Form::Foreign(Foreign::Other("Avro"))),
        (b"\x80\x04\x95", Form::Foreign(Foreign::Other("pickle (Python)"))),
        (b"\x80\x05\x95", Form::Foreign(Foreign::Other("pickle (Python)"))),
        (b"%PDF-", Form::Foreign(Foreign::Other("PDF"))),
        (b"{\\rtf", Form::Foreign(Foreign::Other("RTF"))),
        (b"<", Form::Foreign(Foreign::Other("XML / HTML"))),
    ];
    if let Some((mark, form)) = MARKS.iter().find(|(mark, _)| start.starts_with(mark)) {
        // Letters that begin a binary file may also be those of a column's name.
        if !(mark.iter().all(u8::is_ascii_alphanumeric) && is_text(start)) || *mark == PARQUET_MARK
        {
            return *form;
        }
    }
    // The name of a file stands first in an archive.
    if start.get(257..262) == Some(b"ustar") {
        return Form::Foreign(Foreign::Archive);
    }
    // Frames that a reader skips stand before zstd frames.
    if matches!(start, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]) {
        return Form::Zstd;
    }
    if matches!(start, [0, other, ..] | [other, 0, ..] if *other != 0) {
        return Form::Foreign(Foreign::Utf16);
    }
    let text = start.strip_prefix(BOM).unwrap_or(start).trim_ascii_start();
    match text.first() {
        Some(b'{') => Form::Ndjson,
        Some(b'[') => Form::Array,
        Some(_) if names_fields(text) => Form::Csv,
        Some(_) | None => Form::Text,
    }
}

/// Whether a text begins with a line that is meant to name the fields of events.
fn names_fields(text: &[u8]) -> bool {
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if super::separator_line(first).is_some() {
        return true;
    }
    let between = |by: &u8| matches!(by, b'\t' | b'|');
    let is_field = |word: &[u8]| {
        std::str::from_utf8(word).is_ok_and(|word| Field::find(word.trim()).is_some())
    };
    let otherwise = first.iter().any(between) && first.split(between).any(is_field);
    otherwise || CsvHeader::read(first).as_ref().map_or_else(HeaderFault::names_fields, |_| true)
}

/// Whether bytes look like text: no control characters but those between lines and words.
pub fn is_text(start: &[u8]) -> bool {
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    !start.is_empty() && !start.iter().any(control)
}

impl Foreign {
    /// What it is and what to do, lower case, no full stop.
    pub fn say(self, lang: Lang) -> String {
        match self {
            Foreign::Utf16 => say!(
                lang,
                "this file is in UTF-16: save it as UTF-8 (Excel: \"CSV UTF-8\"; PowerShell: `-Encoding utf8`)",
                "ce fichier est en UTF-16 : enregistrez-le en UTF-8 (Excel : « CSV UTF-8 » ; PowerShell : `-Encoding utf8`)"
            ),
            Foreign::Zip => say!(
                lang,
                "this is an Excel or LibreOffice workbook, or another ZIP archive: save the sheet as \"CSV UTF-8\", or unpack it",
                "c'est un classeur Excel ou LibreOffice, ou une autre archive ZIP : enregistrez la feuille en « CSV UTF-8 », ou décompressez-la"
            ),
            Foreign::Archive => say!(
                lang,
                "this is a tar archive: unpack it, and name the files that it holds",
                "c'est une archive tar : décompressez-la, et nommez les fichiers qu'elle contient"
            ),
            Foreign::OldWorkbook => say!(
                lang,
                "this is a workbook of an old Excel (.xls): save the sheet as \"CSV UTF-8\"",
                "c'est un classeur d'un ancien Excel (.xls) : enregistrez la feuille en « CSV UTF-8 »"
            ),
            Foreign::Compressed(how) => say!(
                lang,
                "this file is compressed with {how}: unpack it, or compress it with gzip or zstd",
                "ce fichier est compressé avec {how} : décompressez-le, ou compressez-le avec gzip ou zstd"
            ),
            Foreign::Other(what) => say!(
                lang,
                "this file is {what}, and no events: write them as NDJSON, CSV or Parquet",
                "ce fichier est du {what}, et pas des événements : écrivez-les en NDJSON, CSV ou Parquet"
            ),
        }
    }
}

/// That a file is read as what it is, and not as its name says.
pub fn otherwise(form: Form, lang: Lang) -> Option<String> {
    let (english, french) = match form {
        Form::Gzip => ("gzip", "du gzip"),
        Form::Zstd => ("zstd", "du zstd"),
        Form::Csv => ("CSV", "du CSV"),
        Form::Ndjson | Form::Array => ("JSON", "du JSON"),
        Form::Text => ("not compressed", "non compressé"),
        Form::Foreign(Foreign::Zip) => ("a workbook (.xlsx)", "un classeur (.xlsx)"),
        Form::Parquet | Form::Foreign(_) => return None,
    };
    Some(say!(
        lang,
        "this file is {english}, which its name does not say; it is read as such",
        "ce fichier est {french}, ce que son nom ne dit pas ; il est lu comme tel"
    ))
}
