//! Work shared between threads, its results taken in order.

use std::collections::{BTreeMap, VecDeque};
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
/// It ends with the first failure of the queue or of `take`. Where there is but one piece, no thread is begun, nor are
/// the processors counted.
pub fn in_order<T: Send, S, R: Send, E: Send>(
    threads: impl FnOnce() -> usize,
    mut queue: impl FnMut() -> Result<Option<T>, E> + Send,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut ahead = VecDeque::new();
    while ahead.len() < 2 {
        let piece = queue();
        let is_last = !matches!(piece, Ok(Some(_)));
        ahead.push_back(piece);
        if is_last {
            break;
        }
    }
    let is_one = !matches!(ahead.back(), Some(Ok(Some(_))));
    let threads = if is_one { 1 } else { threads() };
    let shared = Mutex::new(Shared {
        queue: || ahead.pop_front().unwrap_or_else(&mut queue),
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
    threads: impl FnOnce() -> usize,
    cases: Range<usize>,
    begin: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, Range<usize>) -> R + Sync,
    take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let mut starts = cases.clone().step_by(CASES);
    let next = || Ok(starts.next().map(|start| start..(start + CASES).min(cases.end)));
    in_order(|| threads().min(cases.len() / CASES + 1), next, begin, work, take)
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

#[cfg(test)]
mod tests {
    use super::in_order;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// What is taken of so many pieces on four threads, how many threads worked, and how it ended.
    fn taken(pieces: usize, fails_after: usize) -> (Vec<usize>, usize, Result<(), &'static str>) {
        let (begun, mut taken, mut next) = (AtomicUsize::new(0), Vec::new(), 0);
        let queue = || {
            if next == fails_after {
                return Err("no more");
            }
            next += 1;
            Ok((next <= pieces).then_some(next))
        };
        let begin = || begun.fetch_add(1, Ordering::Relaxed);
        let outcome = in_order(
            || 4,
            queue,
            begin,
            |_, piece| piece * 10,
            |result| {
                taken.push(result);
                Ok(())
            },
        );
        (taken, begun.into_inner(), outcome)
    }

    #[test]
    fn one_piece_begins_no_thread() {
        assert_eq!(taken(0, usize::MAX), (vec![], 1, Ok(())));
        assert_eq!(taken(1, usize::MAX), (vec![10], 1, Ok(())));
        assert_eq!(taken(2, usize::MAX), (vec![10, 20], 4, Ok(())));
    }

    #[test]
    fn results_come_in_the_order_of_the_queue() {
        let all: Vec<usize> = (1..=500).map(|piece| piece * 10).collect();
        assert_eq!(taken(500, usize::MAX), (all, 4, Ok(())));
    }

    #[test]
    fn a_failure_of_the_queue_ends_it() {
        for after in 0..3 {
            assert_eq!(taken(500, after).2, Err("no more"), "after {after}");
        }
    }
}
