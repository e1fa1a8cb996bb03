//! The `jalon` program: everything is in the library's `cli`. Only what can be seen before a program
//! begins stands here: which of its streams are closed. Rust opens others in their place, and then a
//! result that nobody gets would pass for one that was written.

use jalon::cli::Closed;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

static STDIN_IS_CLOSED: AtomicBool = AtomicBool::new(false);
static STDOUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
ctor::declarative::ctor! {
    /// Looks at the streams, and does nothing else.
    #[ctor(unsafe)]
    fn look_at_streams() {
        let stdin = rustix::io::fcntl_getfd(rustix::stdio::stdin());
        let stdout = rustix::io::fcntl_getfd(rustix::stdio::stdout());
        STDIN_IS_CLOSED.store(stdin.is_err(), Ordering::Relaxed);
        STDOUT_IS_CLOSED.store(stdout.is_err(), Ordering::Relaxed);
    }
}

fn main() -> ExitCode {
    jalon::cli::main(Closed {
        stdin: STDIN_IS_CLOSED.load(Ordering::Relaxed),
        stdout: STDOUT_IS_CLOSED.load(Ordering::Relaxed),
    })
}
