//! Where requests are worked on: in, a request and the work that it asks for; out, its answer, or why there is none. So many
//! at once, so large, and for so long; work that nobody waits for any more is told to stop.

use crate::object::Object;
use crate::problem::Problem;
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use jalon_host::{Stop, guarded};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout, timeout_at};

/// So long what is left of a refused body is read.
const LINGER: Duration = Duration::from_secs(5);

/// How much a service takes on.
#[derive(Clone, Copy)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body: usize,
    /// The longest time of a request.
    pub time: Duration,
    /// How many requests at once.
    pub requests: usize,
    /// How many connections at once.
    pub connections: usize,
}

/// The one place where work is done.
#[derive(Clone)]
pub struct Desk {
    limits: Limits,
    /// How many requests may still be worked on.
    places: Arc<Semaphore>,
    /// How many bytes of bodies may still be kept: as many as so many requests have that are as large as can be.
    room: Arc<Semaphore>,
}

/// Tells work to stop when its request is dropped: its client has gone, or its time is over.
struct Leaving(Stop);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.ask();
    }
}

impl Desk {
    /// A desk without work.
    pub fn new(limits: Limits) -> Desk {
        let bytes = limits.requests.saturating_mul(limits.body).min(Semaphore::MAX_PERMITS);
        let (places, room) = (Semaphore::new(limits.requests), Semaphore::new(bytes));
        Desk { limits, places: Arc::new(places), room: Arc::new(room) }
    }

    /// Reads what is asked and does the work.
    pub async fn answer<A: DeserializeOwned + Send + 'static>(
        &self,
        request: Request,
        work: impl FnOnce(A, &Stop) -> Result<String, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let until = Instant::now() + self.limits.time;
        let (head, mut body) = request.into_parts();
        let received = match is_json(&head.headers) {
            Ok(()) => timeout_at(until, self.received(&mut body)).await,
            Err(problem) => Ok(Err(problem)),
        };
        let received = received.map_err(|_| self.too_slow())?;
        // A place is for work: who sends slowly has none yet.
        match received.and_then(|received| Ok((received, self.place()?))) {
            Ok(((asked, room), place)) => {
                self.done(until, (place, room), move |stop| work(read(&asked)?, stop)).await
            }
            Err(problem) => {
                // Many clients hear of it only once they have sent all.
                let _ = timeout(LINGER, self.passed_over(body)).await;
                Err(problem)
            }
        }
    }

    /// A place for work.
    fn place(&self) -> Result<OwnedSemaphorePermit, Problem> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| self.full())
    }

    /// A whole body, and the room that it takes: all bodies together have so much.
    async fn received(&self, body: &mut Body) -> Result<(Vec<u8>, OwnedSemaphorePermit), Problem> {
        if self.is_over(body, 1) {
            return Err(self.too_large());
        }
        let taken = |size: usize| {
            let size = u32::try_from(size).map_err(|_| self.too_large())?;
            Arc::clone(&self.room).try_acquire_many_owned(size).map_err(|_| self.no_room())
        };
        let mut bytes = Vec::new();
        let mut room = taken(0)?;
        while let Some(frame) = poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
            // A client that has gone is told nothing.
            let frame = frame.map_err(|_| self.too_large())?;
            let Some(data) = frame.data_ref() else { continue };
            if bytes.len().saturating_add(data.len()) > self.limits.body {
                return Err(self.too_large());
            }
            room.merge(taken(data.len())?);
            bytes.extend_from_slice(data);
        }
        Ok((bytes, room))
    }

    /// Whether a body is more than so many times what it may be, as far as it says so before it is read.
    fn is_over(&self, body: &Body, times: usize) -> bool {
        let most = u64::try_from(self.limits.body.saturating_mul(times)).unwrap_or(u64::MAX);
        body.size_hint().lower() > most
    }

    /// Reads a body that nobody keeps, unless it is far too large.
    async fn passed_over(&self, mut body: Body) {
        const TIMES: usize = 4;
        if self.is_over(&body, TIMES) {
            return;
        }
        let mut left = self.limits.body.saturating_mul(TIMES);
        while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
        {
            let size = frame.data_ref().map_or(0, |data| data.len());
            let Some(less) = left.checked_sub(size) else { return };
            left = less;
        }
    }

    /// Does the work beside, where it hinders no other request. What it has taken is free once it has really ended.
    async fn done(
        &self,
        until: Instant,
        taken: (OwnedSemaphorePermit, OwnedSemaphorePermit),
        work: impl FnOnce(&Stop) -> Result<String, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        let stop = Stop::default();
        let _leaving = Leaving(stop.clone());
        let task = tokio::task::spawn_blocking(move || {
            let done = guarded(|| work(&stop));
            drop(taken);
            done
        });
        let done = timeout_at(until, task).await.map_err(|_| self.too_long())?;
        let text = done.map_err(|_| Problem::failed())?.map_err(|_| Problem::failed())??;
        let mut response = Response::new(Body::from(text));
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(header::CONTENT_TYPE, json);
        Ok(response)
    }

    fn too_large(&self) -> Problem {
        let most = self.limits.body;
        let detail = format!(
            "the body has more than {most} bytes, or did not come whole: send fewer cases at a time, or see the flag --max-body"
        );
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", detail)
    }

    fn full(&self) -> Problem {
        let most = self.limits.requests;
        let detail = format!(
            "{most} requests are worked on already: send it again later, or see the flag --max-requests"
        );
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-requests", detail)
    }

    fn no_room(&self) -> Problem {
        let most = self.limits.requests.saturating_mul(self.limits.body);
        let detail = format!(
            "the bodies of requests that are under way have {most} bytes: send it again later, or see the flags --max-body and --max-requests"
        );
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too-many-requests", detail)
    }

    fn too_slow(&self) -> Problem {
        let detail = format!("the body did not come within {} seconds", self.limits.time.as_secs());
        Problem::new(StatusCode::REQUEST_TIMEOUT, "body-too-slow", detail)
    }

    fn too_long(&self) -> Problem {
        let most = self.limits.time.as_secs();
        let detail = format!(
            "this took more than {most} seconds: send fewer cases at a time, or see the flag --max-time"
        );
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "took-too-long", detail)
    }
}

/// Only JSON, in UTF-8, as it is: a web page can send that to no other origin without asking.
fn is_json(headers: &HeaderMap) -> Result<(), Problem> {
    let mut kinds = headers.get_all(header::CONTENT_TYPE).iter();
    let kind = kinds.next().and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mut parts = kind.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
        && parts.all(|part| part.eq_ignore_ascii_case("charset=utf-8"))
        && kinds.next().is_none();
    if is_json && !headers.contains_key(header::CONTENT_ENCODING) {
        return Ok(());
    }
    let detail =
        "the body has to be application/json in UTF-8, not packed: see the header Content-Type";
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", detail))
}

/// What is asked, from its JSON.
fn read<A: DeserializeOwned>(body: &[u8]) -> Result<A, Problem> {
    serde_json::from_slice(body).map(|Object(asked)| asked).map_err(|error| {
        let (status, code) = match error.classify() {
            Category::Data => (StatusCode::UNPROCESSABLE_ENTITY, "wrong-fields"),
            Category::Io | Category::Syntax | Category::Eof => (StatusCode::BAD_REQUEST, "no-json"),
        };
        Problem::new(status, code, error.to_string())
    })
}
