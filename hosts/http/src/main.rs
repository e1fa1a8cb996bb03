//! The border to HTTP: in, requests of JSON; out, answers of JSON, and errors as problems. What is done stands in `jalon-host`.
//! Nothing is kept from one request to the next, no path of a request is opened, and nothing of a request is written anywhere
//! but into its answer.

#![forbid(unsafe_code)]

mod api;
mod asked;
mod calls;
mod desk;
mod document;
mod gate;
mod object;
mod problem;
mod serving;

use clap::Parser;
use desk::Limits;
use gate::Gate;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

/// Compiles, proves, bills and explains over HTTP, for this machine alone unless it is told otherwise.
#[derive(Parser)]
#[command(name = "jalon-http", version)]
struct Flags {
    /// Where it listens: an address and a port; with port 0 any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8417")]
    listen: SocketAddr,

    /// A name by which it may be called, beside localhost, 127.0.0.1 and [::1]; again for each
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,

    /// The exact origin of web pages that may call it; again for each. Without it none may
    #[arg(long, value_name = "ORIGIN")]
    origin: Vec<String>,

    /// The largest body of a request, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 16 * 1024 * 1024)]
    max_body: usize,

    /// The longest that a request may take, in seconds, with the reading of its body
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    max_time: u64,

    /// How many requests are worked on at once
    #[arg(long, value_name = "NUMBER", default_value_t = 4, value_parser = clap::value_parser!(u16).range(1..=1024))]
    max_requests: u16,

    /// How many connections are open at once; further ones wait
    #[arg(long, value_name = "NUMBER", default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..))]
    max_connections: u16,

    /// Write the OpenAPI document and end
    #[arg(long)]
    openapi: bool,
}

/// As much as the main thread of a program has: what is read deep is bounded by that.
const STACK: usize = 8 * 1024 * 1024;

fn main() -> ExitCode {
    let flags = Flags::parse();
    if flags.openapi {
        return told(std::io::stdout().write_all(api::document().as_bytes()));
    }
    // Where the program failed, and nothing of what it worked on.
    std::panic::set_hook(Box::new(|failure| {
        let place = failure.location().map_or_else(String::new, ToString::to_string);
        say(&format!("the program failed at {place}; please report this"));
    }));
    let gate = match Gate::new(&flags.host, &flags.origin) {
        Ok(gate) => gate,
        Err(why) => {
            say(&why);
            return ExitCode::from(2);
        }
    };
    let limits = Limits {
        body: flags.max_body,
        time: Duration::from_secs(flags.max_time),
        requests: usize::from(flags.max_requests),
        connections: usize::from(flags.max_connections),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(limits.requests.saturating_add(1))
        .thread_stack_size(STACK)
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return told(Err(error)),
    };
    let outcome =
        runtime.block_on(serving::serve(flags.listen, api::service(gate, limits), limits));
    // Work that could not be stopped is not waited for.
    runtime.shutdown_background();
    told(outcome)
}

fn told(outcome: std::io::Result<()>) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(2)
        }
    }
}

/// A line on standard error. Nobody may be there to read it.
fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "jalon-http: {line}");
}
