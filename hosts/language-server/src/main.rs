//! `jalon-language-server`: the protocol on standard input and output. All else is in the library beside it.

#![forbid(unsafe_code)]

use jalon_language_server::serve;
use lsp_server::Connection;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (connection, threads) = Connection::stdio();
    let asked_to_end = serve(&connection);
    // The thread that writes ends with the last sender. Who has gone without `exit` may never close what is read.
    drop(connection);
    match asked_to_end {
        true if threads.join().is_ok() => ExitCode::SUCCESS,
        true | false => ExitCode::FAILURE,
    }
}
