//! Compressed files, known by their first bytes and, where these say nothing, by their names: in, the bytes
//! as they lie on disk; out, those that were compressed. What a library says of a file that is not sound is
//! not passed on: its errors get the kind for which there are words of ours.

use crate::feed::{Form, form_of, is_text};
use std::io::{self, Cursor, ErrorKind, Read};

/// How many bytes tell how a file is compressed.
const MARK: u64 = 64;

/// A file, opened.
pub struct Opened<'n> {
    /// What it holds, no longer compressed.
    pub reader: Box<dyn Read + Send>,
    /// Its name, without the ending that says how it is compressed.
    pub inner: &'n str,
    /// What it is, where its name says something else.
    pub otherwise: Option<Form>,
}

/// Opens a file of this name, in small letters; `-` says nothing of what it holds.
pub fn opened(name: &str, mut file: impl Read + Send + 'static) -> io::Result<Opened<'_>> {
    let mut start = Vec::new();
    (&mut file).take(MARK).read_to_end(&mut start)?;
    let (inner, named) = match (name.strip_suffix(".gz"), name.strip_suffix(".zst")) {
        (Some(inner), _) => (inner, Some(Form::Gzip)),
        (None, Some(inner)) => (inner, Some(Form::Zstd)),
        (None, None) => (name, None),
    };
    let by_bytes = match form_of(&start) {
        form @ (Form::Gzip | Form::Zstd) => Some(form),
        Form::Parquet | Form::Ndjson | Form::Array | Form::Csv | Form::Text | Form::Foreign(_) => {
            None
        }
    };
    // What is neither compressed nor a text is most likely a damaged file.
    let foreign = matches!(form_of(&start), Form::Foreign(_));
    let plain = named.is_some() && by_bytes.is_none() && (foreign || is_text(&start));
    let how = if plain { None } else { by_bytes.or(named) };
    let otherwise = match how {
        _ if how == named || name == "-" || foreign => None,
        None => Some(Form::Text),
        form => form,
    };
    let file = Cursor::new(start).chain(file);
    let reader: Box<dyn Read + Send> = match how {
        Some(Form::Gzip) => Box::new(Decoded(flate2::read::MultiGzDecoder::new(file))),
        Some(Form::Zstd) => {
            Box::new(Decoded(zstd::stream::read::Decoder::new(file).map_err(in_our_words)?))
        }
        Some(_) | None => Box::new(file),
    };
    Ok(Opened { reader, inner, otherwise })
}

struct Decoded<R>(R);

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        self.0.read(room).map_err(in_our_words)
    }
}

/// What the operating system says stays; what a library says becomes the kind of error that it is.
fn in_our_words(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::UnexpectedEof {
        return ErrorKind::UnexpectedEof.into();
    }
    match error.get_ref() {
        // The library has no kind of its own for this.
        Some(said) if said.to_string().contains("too much memory") => ErrorKind::OutOfMemory.into(),
        Some(_) => ErrorKind::InvalidData.into(),
        None => error,
    }
}
