//! Where results and messages go, and how a command ends. Every write is checked: a full disk or a
//! closed pipe is never a silent loss.

pub use super::failure::Failure;
use std::io::{self, BufWriter, Write};

/// How a command ends when it could be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine,
    /// There are findings, failed scenarios or withheld cases.
    Findings,
}

impl Exit {
    /// Findings, if there are any.
    pub fn findings(any: bool) -> Exit {
        if any { Exit::Findings } else { Exit::Fine }
    }
}

/// Writes results to standard output and makes sure that they have arrived.
pub fn results<E>(write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<(), Failure>
where
    Failure: From<E>,
{
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    write(&mut out)?;
    out.flush()?;
    Ok(())
}

/// Writes findings, or what tests have come to: a result that was asked for, in words.
pub fn findings(text: &str) -> Result<(), Failure> {
    results(|out| out.write_all(text.as_bytes()))
}

/// Writes a text to be looked at. A reader that closes the pipe has seen enough.
pub fn view(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome.map_err(Failure::from),
    }
}

/// Says something on standard error; colours are dropped where it is no terminal.
pub fn message(text: &str) -> Result<(), Failure> {
    let mut err = anstream::stderr().lock();
    err.write_all(text.as_bytes()).and_then(|()| err.flush()).map_err(Failure::from)
}

/// A text of a user, safe for a terminal: control characters and marks that turn the direction of
/// text are shown as escapes.
pub fn plain(text: &str) -> String {
    let unsafe_mark = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
    };
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if unsafe_mark(c) { plain.extend(c.escape_unicode()) } else { plain.push(c) }
    }
    plain
}
