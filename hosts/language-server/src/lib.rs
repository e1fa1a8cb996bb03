//! The language server of Jalon: messages of an editor in, messages to it out.
//!
//! [`Server`] is the core: it reads no file and no clock, starts no thread, and answers one message at a time. What it
//! says comes from the library `jalon`. [`serve`] puts it on a connection, and lets proofs be made beside it.
//!
//! ```text
//! editor ──message──▶ Server::receive ──▶ messages        at once: findings of the checker
//!                     Server::proof_due ──▶ Proof ──run──▶ Server::proved ──▶ messages        later: those of the prover
//! ```

#![forbid(unsafe_code)]

mod changes;
mod colours;
mod completion;
mod documents;
mod findings;
mod hover;
mod lenses;
mod naming;
mod outline;
mod positions;
mod proofs;
mod protocol;
mod server;
mod serving;

pub use findings::Finding;
pub use positions::{Encoding, Lines};
pub use proofs::{Proof, Proved};
pub use server::Server;
pub use serving::{Ending, serve};
