//! Who may ask: in, the names by which a request calls this service; out, whether it is answered. A web page whose own name
//! has been bound to this machine calls it by that name, and is refused.

use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// The names of this machine to itself.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Names and origins that are answered.
#[derive(Clone)]
pub struct Gate {
    hosts: Arc<[String]>,
    /// The exact origins of web pages.
    pub origins: Arc<[HeaderValue]>,
}

impl Gate {
    /// The names of this machine to itself, and others.
    pub fn new(hosts: &[String], origins: &[String]) -> Result<Gate, String> {
        let mut all: Vec<String> = LOOPBACK.map(str::to_owned).to_vec();
        for host in hosts {
            let name = host.parse::<Authority>().ok().filter(|it| it.host().len() == host.len());
            let name = name.ok_or(format!("`--host {host}`: a name without a port is wanted"))?;
            all.push(bare(name.host()));
        }
        let origin = |origin: &String| {
            let rest =
                origin.split_once("://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"));
            let is_one = rest
                .is_some_and(|(_, rest)| rest.parse::<Authority>().is_ok() && !rest.contains('@'));
            let value = HeaderValue::from_str(origin).ok().filter(|_| is_one);
            value.ok_or(format!(
                "`--origin {origin}`: such as https://example.org is wanted, with nothing behind"
            ))
        };
        let origins: Result<Vec<HeaderValue>, String> = origins.iter().map(origin).collect();
        Ok(Gate { hosts: all.into(), origins: origins?.into() })
    }

    fn knows(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        let name = bare(authority.host());
        !authority.as_str().contains('@') && self.hosts.contains(&name)
    }

    fn refusal(&self, request: &Request) -> Option<Problem> {
        let of_target = request.uri().authority().map(Authority::as_str);
        let is_host = one(request.headers(), header::HOST).is_some_and(|host| self.knows(host));
        if !is_host || of_target.is_some_and(|target| !self.knows(target)) {
            let detail =
                "this service is not called by that name: see the header Host, and the flag --host";
            return Some(Problem::new(StatusCode::MISDIRECTED_REQUEST, "unknown-host", detail));
        }
        let mut origins = request.headers().get_all(header::ORIGIN).iter();
        if origins.any(|origin| !self.origins.contains(origin)) {
            let detail =
                "web pages of that origin may not call this service: see the flag --origin";
            return Some(Problem::new(StatusCode::FORBIDDEN, "unknown-origin", detail));
        }
        None
    }
}

/// A name as it is compared: in small letters, without the dot of the root.
fn bare(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}

/// The value of a header that stands there once.
fn one(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    let value = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(value)
}

/// Answers who may ask, and refuses others before anything is read.
pub async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    match gate.refusal(&request) {
        Some(problem) => axum::response::IntoResponse::into_response(problem),
        None => next.run(request).await,
    }
}
