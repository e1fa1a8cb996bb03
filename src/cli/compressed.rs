//! Compressed files, known by their names: in, the bytes as they lie on disk; out, those that were
//! compressed. What a library says of a file that is not sound is not passed on: its errors get the
//! kind for which there are words of ours.

use std::io::{self, ErrorKind, Read};

/// A reader of what a file of this name holds, and the name without the ending that says how it is
/// compressed. The name is in small letters.
pub fn opened(
    name: &str,
    file: impl Read + Send + 'static,
) -> io::Result<(Box<dyn Read + Send>, &str)> {
    if let Some(inner) = name.strip_suffix(".gz") {
        Ok((Box::new(Decoded(flate2::read::MultiGzDecoder::new(file))), inner))
    } else if let Some(inner) = name.strip_suffix(".zst") {
        let decoder = zstd::stream::read::Decoder::new(file).map_err(in_our_words)?;
        Ok((Box::new(Decoded(decoder)), inner))
    } else {
        Ok((Box::new(file), name))
    }
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
