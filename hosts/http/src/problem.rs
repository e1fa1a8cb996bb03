//! Errors of calls: in, what is wrong; out, `application/problem+json` (RFC 9457) with a stable code and our findings.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jalon_host::{Failure, Refused};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// The content type of problems.
pub const PROBLEM: &str = "application/problem+json";

/// Why a call is not answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: what it is, `code` says.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What its status is called.
    title: &'static str,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What it is, in a word that stays.
    code: &'static str,
    /// What is wrong, and what would be right: one sentence or two.
    detail: String,
    /// What is wrong with the files, as `jalon check --format json` has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = super::document::findings, required = false)]
    findings: Option<Box<RawValue>>,
}

impl Problem {
    /// A problem with its status.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Problem {
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code,
            detail: detail.into(),
            findings: None,
        }
    }

    /// The program failed on this request, and on no other.
    pub fn failed() -> Problem {
        let detail = "the program failed on this call; please report this";
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "program-fault", detail)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "cannot-answer", failure.message)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Problem {
        let findings = RawValue::from_string(refused.findings).ok();
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Problem { findings, ..Problem::new(status, "schedules-refused", refused.message) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if self.status == StatusCode::SERVICE_UNAVAILABLE.as_u16() {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

/// What the framework answers of itself (no such path, no such method) as a problem, too.
pub async fn as_problem(response: Response) -> Response {
    let status = response.status();
    let (code, detail) = match status {
        StatusCode::NOT_FOUND => {
            ("no-such-path", "there is no such path: /openapi.json lists them")
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            ("no-such-method", "this path has no such method: see the header Allow")
        }
        _ => return response,
    };
    let mut problem = Problem::new(status, code, detail).into_response();
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    problem
}
