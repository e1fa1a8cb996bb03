//! The calls: in, what is asked; out, the texts of the layer below, put together as one JSON document.

use crate::asked::{Cases, Explained, Files, Followed, Leaking, List};
use crate::desk::Desk;
use crate::document::{Answer, Compiled, Explanation, Journal, Leaks, Lists};
use crate::problem::Problem;
use axum::extract::{Request, State};
use axum::response::Response;
use jalon_host::{evaluate, guarded};

type Answered = Result<Response, Problem>;

/// Compiles files: their schedules and warnings, or what is wrong with them.
#[utoipa::path(post, path = "/compile", request_body = Files, responses((status = 200, body = Compiled)))]
pub async fn compile(State(desk): State<Desk>, request: Request) -> Answered {
    let work = |asked: Files, _: &_| {
        let schedules = asked.compile()?;
        let (list, warnings) = (schedules.list(), schedules.warnings());
        Ok(format!("{{\"schedules\":{list},\"warnings\":{warnings}}}"))
    };
    desk.answer(request, work).await
}

/// Proves files over every case that can come: the document of `jalon verify --format json`.
#[utoipa::path(post, path = "/verify", request_body = Files, responses((status = 200, body = Object)))]
pub async fn verify(State(desk): State<Desk>, request: Request) -> Answered {
    let work = |asked: Files, stop: &jalon_host::Stop| Ok(asked.compile()?.verify_unless(stop)?);
    desk.answer(request, work).await
}

/// Bills cases. What is wrong with a case withholds the case, and is no error.
#[utoipa::path(post, path = "/evaluate", request_body = Cases, responses((status = 200, body = Answer)))]
pub async fn bill(State(desk): State<Desk>, request: Request) -> Answered {
    let work = |asked: Cases, stop: &_| {
        let (schedules, options, events) = asked.opened(stop)?;
        let answer = guarded(|| evaluate(&schedules, &events, &options))?;
        Ok(format!(
            "{{\"billed\":{},\"held\":{},\"lines\":{},\"invoices\":{},\"withheld\":{},\"notices\":{}}}",
            answer.billed,
            answer.held,
            array(answer.lines),
            array(answer.invoices),
            array(answer.withheld),
            array(answer.notices),
        ))
    };
    desk.answer(request, work).await
}

/// How each line of cases came about and why the others did not: the document of `jalon explain --format json`.
#[utoipa::path(post, path = "/explain", request_body = Explained, responses((status = 200, body = Explanation)))]
pub async fn explain(State(desk): State<Desk>, request: Request) -> Answered {
    let work = |asked: Explained, stop: &_| {
        let (schedules, options, events) = asked.opened(stop)?;
        Ok(schedules.explain(&events, asked.case.as_deref(), &options)?)
    };
    desk.answer(request, work).await
}

/// What was done and never billed.
#[utoipa::path(post, path = "/leaks", request_body = Leaking, responses((status = 200, body = Leaks)))]
pub async fn leaks(State(desk): State<Desk>, request: Request) -> Answered {
    desk.answer(request, |asked: Leaking, stop| asked.leaks(stop)).await
}

/// The steps of follow-ups that fired.
#[utoipa::path(post, path = "/follow", request_body = Followed, responses((status = 200, body = Lists)))]
pub async fn follow(State(desk): State<Desk>, request: Request) -> Answered {
    desk.answer(request, |asked: Followed, stop| asked.list(List::Follow, stop)).await
}

/// What is unpaid.
#[utoipa::path(post, path = "/unpaid", request_body = Followed, responses((status = 200, body = Lists)))]
pub async fn unpaid(State(desk): State<Desk>, request: Request) -> Answered {
    desk.answer(request, |asked: Followed, stop| asked.list(List::Unpaid, stop)).await
}

/// The journal of invoices.
#[utoipa::path(post, path = "/journal", request_body = Followed, responses((status = 200, body = Journal)))]
pub async fn journal(State(desk): State<Desk>, request: Request) -> Answered {
    desk.answer(request, |asked: Followed, stop| asked.list(List::Journal, stop)).await
}

/// One JSON object a line as an array. A line has no line feed inside.
fn array(lines: String) -> String {
    let mut array = lines.replace('\n', ",");
    array.truncate(array.trim_end_matches(',').len());
    format!("[{array}]")
}
