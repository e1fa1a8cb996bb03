//! Work shared between threads, its results taken in order.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

struct Shared<Q, R, E> {
    queue: Q,
    /// How many pieces of work have been given out, and how many results taken.
    given: usize,
    taken: usize,
    done: BTreeMap<usize, R>,
    /// Nothing more is to be given out: the queue is empty, or something failed.
    ended: bool,
    failure: Option<E>,
}

/// Takes pieces of work from a queue, does them on so many threads, this one included, and takes
/// the results in the order of the queue. Whatever the number of threads, `take` sees the same.
/// It ends with the first failure of the queue or of `take`.
pub fn in_order<T, S, R: Send, E: Send>(
    threads: usize,
    queue: impl FnMut() -> Result<Option<T>, E> + Send,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let shared = Mutex::new(Shared {
        queue,
        given: 0,
        taken: 0,
        done: BTreeMap::new(),
        ended: false,
        failure: None,
    });
    let changed = Condvar::new();
    let most = threads.saturating_mul(4);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| {
                let _guard = EndOnPanic { shared: &shared, changed: &changed };
                let mut state = begin();
                let mut own = lock(&shared);
                loop {
                    while !own.ended && own.given - own.taken >= most {
                        own = changed.wait(own).unwrap_or_else(PoisonError::into_inner);
                    }
                    let Some((number, piece)) = own.next() else { break };
                    drop(own);
                    let result = work(&mut state, piece);
                    own = lock(&shared);
                    own.done.insert(number, result);
                    changed.notify_all();
                }
            });
        }
        let _guard = EndOnPanic { shared: &shared, changed: &changed };
        let mut state = begin();
        let mut own = lock(&shared);
        let outcome = loop {
            let next = own.taken;
            if let Some(result) = own.done.remove(&next) {
                own.taken += 1;
                drop(own);
                changed.notify_all();
                let outcome = take(result);
                own = lock(&shared);
                if outcome.is_err() {
                    own.ended = true;
                    break outcome;
                }
            } else if let Some(failure) = own.failure.take() {
                break Err(failure);
            } else if !own.ended && own.given - own.taken < most {
                let Some((number, piece)) = own.next() else { continue };
                drop(own);
                let result = work(&mut state, piece);
                own = lock(&shared);
                own.done.insert(number, result);
            } else if own.ended && own.given == own.taken {
                break Ok(());
            } else {
                own = changed.wait(own).unwrap_or_else(PoisonError::into_inner);
            }
        };
        drop(own);
        changed.notify_all();
        outcome
    })
}

/// So many cases are worked on at a time.
pub const CASES: usize = 512;

/// Works on cases, a range of them at a time, as [`in_order`] does on pieces.
pub fn cases_in_order<S, R: Send, E: Send>(
    threads: usize,
    cases: Range<usize>,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, Range<usize>) -> R + Sync,
    take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut starts = cases.clone().step_by(CASES);
    let next = || Ok(starts.next().map(|start| start..(start + CASES).min(cases.end)));
    in_order(threads.min(cases.len() / CASES + 1), next, begin, work, take)
}

fn lock<'m, Q, R, E>(shared: &'m Mutex<Shared<Q, R, E>>) -> MutexGuard<'m, Shared<Q, R, E>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T, Q: FnMut() -> Result<Option<T>, E>, R, E> Shared<Q, R, E> {
    fn next(&mut self) -> Option<(usize, T)> {
        if self.ended {
            return None;
        }
        match (self.queue)() {
            Ok(Some(piece)) => {
                self.given += 1;
                return Some((self.given - 1, piece));
            }
            Ok(None) => {}
            Err(failure) => self.failure = Some(failure),
        }
        self.ended = true;
        None
    }
}

/// A thread that panics would leave the others waiting for its result.
struct EndOnPanic<'s, Q, R, E> {
    shared: &'s Mutex<Shared<Q, R, E>>,
    changed: &'s Condvar,
}

impl<Q, R, E> Drop for EndOnPanic<'_, Q, R, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let mut own = lock(self.shared);
            own.ended = true;
            own.given = own.taken;
            drop(own);
            self.changed.notify_all();
        }
    }
}
