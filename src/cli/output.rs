//! Where results and messages go, and how a command ends. Every write is checked: a full disk or a
//! closed pipe is never a silent loss.

pub use super::failure::Failure;
pub use crate::lang::plain;
use std::io::{self, BufWriter, Write};
use std::sync::OnceLock;

/// The streams that a program was begun without.
#[derive(Clone, Copy, Debug, Default)]
pub struct Closed {
    /// Standard input.
    pub stdin: bool,
    /// Standard output.
    pub stdout: bool,
}

static CLOSED: OnceLock<Closed> = OnceLock::new();

/// Notes which streams are closed, before anything is read or written.
pub fn note_closed(closed: Closed) {
    CLOSED.get_or_init(|| closed);
}

/// Whether there is nobody to give results to.
pub fn is_stdout_closed() -> bool {
    CLOSED.get().is_some_and(|closed| closed.stdout)
}

/// That there is nobody to give results to.
pub fn closed_stdout() -> Failure {
    Failure::both(
        "standard output is closed: there is nowhere to write the results",
        "la sortie standard est fermée : les résultats ne peuvent être écrits nulle part",
    )
}

/// Fails where standard input is to be read and is closed: that is not the same as an empty one.
pub fn refuse_closed_stdin() -> Result<(), Failure> {
    if CLOSED.get().is_some_and(|closed| closed.stdin) {
        return Err(Failure::both(
            "standard input is closed: there is nothing to read from",
            "l'entrée standard est fermée : il n'y a rien à lire",
        ));
    }
    Ok(())
}

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
    if is_stdout_closed() {
        return Err(closed_stdout());
    }
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
    if is_stdout_closed() {
        return Err(closed_stdout());
    }
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
