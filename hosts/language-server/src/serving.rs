//! The shell: a connection, the core, and one thread for proofs.

use crate::proofs::{Proof, Proved};
use crate::server::Server;
use crossbeam_channel::{Receiver, Sender, never, select, unbounded};
use lsp_server::Connection;
use std::time::Duration;

/// A proof begins when nothing has been typed for so long.
const STILL: Duration = Duration::from_millis(300);

/// How a conversation has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// As the protocol has it: `shutdown`, then `exit`.
    InOrder,
    /// With `exit` alone, or because nothing more can be read.
    Early,
    /// Because nothing more can be written: who reads it is gone, and what is read may never end.
    Unheard,
}

/// Serves until the client says `exit` or is gone.
pub fn serve(connection: &Connection) -> Ending {
    let mut server = Server::default();
    let (due, to_prove) = unbounded();
    let (done, mut proved) = unbounded();
    // Nobody waits for a proof that is under way when the client goes.
    let prover = std::thread::Builder::new().name("prover".to_owned());
    if prover.spawn(move || prove(&to_prove, &done)).is_err() {
        proved = never();
    }
    loop {
        let answers = select! {
            recv(connection.receiver) -> message => match message {
                Ok(message) => server.receive(message),
                Err(_) => return Ending::Early,
            },
            recv(proved) -> outcome => match outcome {
                Ok(outcome) => server.proved(outcome),
                Err(_) => {
                    proved = never();
                    Vec::new()
                }
            },
        };
        for answer in answers {
            if connection.sender.send(answer).is_err() {
                return Ending::Unheard;
            }
        }
        if let Some(in_order) = server.ended() {
            return if in_order { Ending::InOrder } else { Ending::Early };
        }
        while let Some(proof) = server.proof_due() {
            if due.send(proof).is_err() {
                break;
            }
        }
    }
}

/// Makes the proofs that are still worth it, one after the other.
fn prove(to_prove: &Receiver<Proof>, done: &Sender<Proved>) {
    let mut waiting: Vec<Proof> = Vec::new();
    loop {
        if waiting.is_empty() {
            match to_prove.recv() {
                Ok(proof) => waiting.push(proof),
                Err(_) => return,
            }
        }
        // A later text of a document takes the place of an earlier one.
        while let Ok(proof) = to_prove.recv_timeout(STILL) {
            waiting.retain(|other| other.of().0 != proof.of().0);
            waiting.push(proof);
        }
        let Some(proof) = waiting.pop() else { continue };
        if done.send(proof.run()).is_err() {
            return;
        }
    }
}
