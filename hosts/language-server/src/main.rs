//! `jalon-language-server`: the protocol on standard input and output. All else is in the library beside it.

#![forbid(unsafe_code)]

use jalon_language_server::{Ending, serve};
use lsp_server::Connection;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (connection, threads) = Connection::stdio();
    let ending = serve(&connection);
    // The thread that writes ends with the last sender, when all is written.
    drop(connection);
    let written = ending != Ending::Unheard && threads.join().is_ok();
    if ending == Ending::InOrder && written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
