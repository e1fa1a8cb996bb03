//! The paths, and the OpenAPI document of just these: in, who may ask and how much; out, the service.

use crate::calls;
use crate::desk::{Desk, Limits};
use crate::document::{SCHEMAS, example};
use crate::gate::{Gate, guard};
use crate::problem::{PROBLEM, Problem, as_problem};
use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderValue, Method, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::{Value, json};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::CorsLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Jalon",
        description = "Schedules are compiled, proved, billed and explained. Nothing is kept from one request to the next.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(Problem))
)]
struct Described;

fn paths() -> OpenApiRouter<Desk> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(calls::compile))
        .routes(routes!(calls::verify))
        .routes(routes!(calls::bill))
        .routes(routes!(calls::explain))
        .routes(routes!(calls::leaks))
        .routes(routes!(calls::follow))
        .routes(routes!(calls::unpaid))
        .routes(routes!(calls::journal))
}

/// What a call answers when it is not answered, whichever it is.
const PROBLEMS: [(&str, &str); 9] = [
    ("400", "the body is no JSON"),
    ("403", "web pages of that origin may not call"),
    ("408", "the body did not come in time"),
    ("413", "the body is too large"),
    ("415", "the body is not `application/json`"),
    ("421", "the service is not called by that name"),
    ("422", "what is asked cannot be answered: fields, a date, files with errors (`findings`)"),
    ("500", "the program failed on this call"),
    ("503", "too much at once, or it took too long"),
];

/// The OpenAPI document.
pub fn document() -> String {
    let mut document = serde_json::to_value(paths().into_openapi()).unwrap_or_default();
    for (name, text) in SCHEMAS {
        let mut schema: Value = serde_json::from_str(text).unwrap_or_default();
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("$schema");
        }
        put(&mut document, "/components/schemas", name, schema);
    }
    let paths = document.pointer_mut("/paths").and_then(Value::as_object_mut);
    for (path, of) in paths.into_iter().flatten() {
        let example = json!({ "example": { "value": example(path) } });
        put(of, "/post/requestBody/content/application~1json", "examples", example);
        for (status, why) in PROBLEMS {
            let schema = json!({ "$ref": "#/components/schemas/Problem" });
            let content = json!({ PROBLEM: { "schema": schema } });
            let problem = json!({ "description": why, "content": content });
            put(of, "/post/responses", status, problem);
        }
    }
    format!("{document:#}\n")
}

fn put(document: &mut Value, at: &str, name: &str, value: Value) {
    if let Some(fields) = document.pointer_mut(at).and_then(Value::as_object_mut) {
        fields.insert(name.to_owned(), value);
    }
}

/// The service.
pub fn service(gate: Gate, limits: Limits) -> Router {
    let (router, _) = paths().split_for_parts();
    guarded(router.with_state(Desk::new(limits)), gate)
}

/// Paths behind what holds of all of them.
fn guarded(router: Router, gate: Gate) -> Router {
    let text = Bytes::from(document());
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let router = router
        .route("/openapi.json", get(move || async move { (json, text.clone()) }))
        .layer(map_response(as_problem));
    let router = if gate.origins.is_empty() { router } else { router.layer(of_pages(&gate)) };
    router
        .layer(CatchPanicLayer::custom(|_| Problem::failed().into_response()))
        .layer(from_fn_with_state(gate, guard))
}

/// What browsers are told of pages that may call.
fn of_pages(gate: &Gate) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(gate.origins.to_vec())
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::response::Response;
    use tower::ServiceExt;

    async fn failing() -> Response {
        if true { panic!("asked to fail") } else { Response::default() }
    }

    /// A failure of the program is an answer like others, and the service goes on.
    #[tokio::test]
    async fn a_failure_is_a_problem() {
        let gate = Gate::new(&[], &[]).unwrap();
        let router = guarded(Router::new().route("/fail", get(failing)), gate);
        for _ in 0..2 {
            let request = Request::get("/fail").header("host", "localhost").body(Body::empty());
            let response = router.clone().oneshot(request.unwrap()).await.unwrap();
            assert_eq!(response.status(), 500);
            assert_eq!(response.headers().get("content-type").unwrap(), PROBLEM);
            let body = to_bytes(response.into_body(), 10_000).await.unwrap();
            let problem: Value = serde_json::from_slice(&body).unwrap();
            assert_eq!(problem.get("code").unwrap(), "program-fault");
        }
    }
}
