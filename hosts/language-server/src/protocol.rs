//! Small parts of the protocol: what an answer is made of, and what becomes of a failure.

use lsp_server::{ErrorCode, Message, Notification, RequestId, Response, ResponseError};
use lsp_types::{MessageType, ShowMessageParams};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a request comes to.
pub type Answer = Result<Value, ResponseError>;

/// What was asked, as the type of its method has it.
///
/// # Errors
///
/// If it has another form.
pub fn params<P: DeserializeOwned>(params: Value) -> Result<P, ResponseError> {
    serde_json::from_value(params)
        .map_err(|error| failure(ErrorCode::InvalidParams, error.to_string()))
}

/// A value of the protocol as JSON.
///
/// # Errors
///
/// If it cannot be written.
pub fn json(value: impl Serialize) -> Answer {
    serde_json::to_value(value)
        .map_err(|error| failure(ErrorCode::InternalError, error.to_string()))
}

/// Why a request has no result.
pub fn failure(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}

/// The answer to a request.
pub fn response(id: RequestId, answer: Answer) -> Message {
    Message::Response(Response { id, response_result: answer })
}

/// Something that nobody has asked for.
pub fn notification(method: &str, params: impl Serialize) -> Option<Message> {
    let params = serde_json::to_value(params).ok()?;
    Some(Message::Notification(Notification { method: method.to_owned(), params }))
}

/// Words for the user.
pub fn show(typ: MessageType, message: impl Into<String>) -> Option<Message> {
    notification("window/showMessage", ShowMessageParams { typ, message: message.into() })
}

/// That the program has failed, for the user to see: it goes on, and hides nothing.
pub fn show_failure(on: &str) -> Option<Message> {
    let message = format!(
        "Jalon failed on {on}; please report this with the file · Jalon a échoué sur {on} ; merci de le signaler avec le fichier"
    );
    show(MessageType::ERROR, message)
}

/// Does some work; none if the program fails on it. Rust writes where to standard error, which editors keep. What
/// the work has changed by then is not to be relied on.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
