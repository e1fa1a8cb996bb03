//! What answers look like, for the OpenAPI document: shapes that are never made here. Lines, invoices and the like are those
//! of `hosts/schemas`.

use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::schema::{
    AnyOfBuilder, ArrayBuilder, ObjectBuilder, Schema, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};

/// The schemas that stand in files beside.
pub const SCHEMAS: [(&str, &str); 5] = [
    ("Finding", include_str!("../../schemas/finding.schema.json")),
    ("Invoice", include_str!("../../schemas/invoice.schema.json")),
    ("Line", include_str!("../../schemas/line.schema.json")),
    ("Notice", include_str!("../../schemas/notice.schema.json")),
    ("Withheld", include_str!("../../schemas/withheld.schema.json")),
];

fn many(name: &str) -> RefOr<Schema> {
    ArrayBuilder::new().items(Ref::from_schema_name(name)).into()
}

/// Findings of the checker.
pub fn findings() -> RefOr<Schema> {
    many("Finding")
}

fn lines() -> RefOr<Schema> {
    many("Line")
}

fn invoices_made() -> RefOr<Schema> {
    many("Invoice")
}

fn withheld() -> RefOr<Schema> {
    many("Withheld")
}

fn notices() -> RefOr<Schema> {
    many("Notice")
}

/// Objects, or a text; what they hold is judged one by one, and is no error of the call.
fn either(described: &str) -> AnyOfBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String);
    let anything = ObjectBuilder::new().schema_type(SchemaType::AnyValue);
    let objects = ArrayBuilder::new().items(anything);
    AnyOfBuilder::new().item(text).item(objects).description(Some(described))
}

/// The same, where it may be missing.
fn either_or_none(described: &str) -> RefOr<Schema> {
    either(described).item(ObjectBuilder::new().schema_type(Type::Null)).into()
}

/// Events of cases.
pub fn events() -> RefOr<Schema> {
    either("Events of the cases, in any order: objects, or a text of one JSON object a line.")
        .into()
}

/// Invoices.
pub fn invoices() -> RefOr<Schema> {
    either("The invoices: objects, or a text of one JSON object a line, or of CSV.").into()
}

/// What happened to invoices.
pub fn happened() -> RefOr<Schema> {
    either("What happened to them: objects, or a text of one JSON object a line, or of CSV.").into()
}

/// Steps that have been done.
pub fn done() -> RefOr<Schema> {
    either_or_none(
        "The steps that have really been done, in the same forms; without it every evening up to the last day is replayed.",
    )
}

/// Issued lines.
pub fn issued() -> RefOr<Schema> {
    either_or_none(
        "The lines that have been issued: objects, or a text of one JSON object a line, or of CSV.",
    )
}

const SCHEDULE: &str =
    "schedule \"Coaching\"\n price fixed 90 EUR\n balance \"Fee\": 100 % on end\n";
const FOLLOW_UP: &str =
    "follow-up \"Clients\"\n payment due 30 days\n step \"Reminder\": 8 days after due\n";

/// What may be asked of a path, and is answered.
pub fn example(path: &str) -> Value {
    let files = |text: &str| json!([{ "name": "example.jalon", "text": text }]);
    let of_invoices = || {
        let invoice = json!({ "invoice_id": "F-1", "case": "A-1", "date": "2025-03-31", "total": "90.00", "currency": "EUR" });
        json!({ "files": files(FOLLOW_UP), "as_of": "2025-12-31", "invoices": [invoice], "events": [] })
    };
    match path {
        "/compile" | "/verify" => json!({ "files": files(SCHEDULE) }),
        "/follow" | "/unpaid" | "/journal" => of_invoices(),
        _ => {
            let end = json!({ "case": "A-1", "date": "2025-03-31", "kind": "end" });
            json!({ "files": files(SCHEDULE), "as_of": "2025-12-31", "events": [end] })
        }
    }
}

/// Files that are sound.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Compiled {
    /// The schedules.
    schedules: Vec<Listed>,
    /// Warnings about the files.
    #[schema(schema_with = findings)]
    warnings: (),
}

/// A schedule.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Listed {
    /// Its name.
    name: String,
    /// The day from which it is in force.
    #[schema(format = Date)]
    in_force_from: Option<String>,
    /// Its currency.
    currency: String,
    /// Its semantic hash, which changes only when what is billed does.
    hash: String,
}

/// What cases come to.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Answer {
    /// How many cases are billed, if only with nothing.
    billed: u64,
    /// How many cases are withheld.
    held: u64,
    /// Invoice lines.
    #[schema(schema_with = lines)]
    lines: (),
    /// Invoices, where they are asked for.
    #[schema(schema_with = invoices_made)]
    invoices: (),
    /// Withheld cases.
    #[schema(schema_with = withheld)]
    withheld: (),
    /// Notices, where they are asked for.
    #[schema(schema_with = notices)]
    notices: (),
}

/// Cases, explained.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Explanation {
    /// The last day that counts.
    #[schema(format = Date)]
    as_of: String,
    /// The cases, explained, or with the reasons for which they are withheld.
    cases: Vec<Data>,
    /// Lines that could belong to any case, and with one of them all cases.
    #[schema(schema_with = withheld)]
    withheld: (),
}

/// What was done and never billed.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Leaks {
    /// What `jalon leaks --format json` writes, as an array.
    answer: Vec<Data>,
    /// Cases that are left out.
    #[schema(schema_with = withheld)]
    withheld: (),
}

/// A list of invoices.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Lists {
    /// What the program writes with `--format json`, as an array.
    answer: Vec<Data>,
    /// Invoices that are left out.
    withheld: Vec<WithheldInvoice>,
    /// What came for invoices that are not known, in sentences.
    unknown: Vec<String>,
    /// What does not count, in sentences.
    notices: Vec<String>,
}

/// A journal of invoices.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Journal {
    /// The document of `jalon journal --format json`.
    answer: Data,
    /// Invoices that are left out.
    withheld: Vec<WithheldInvoice>,
    /// What came for invoices that are not known, in sentences.
    unknown: Vec<String>,
    /// What does not count, in sentences.
    notices: Vec<String>,
}

/// An invoice that is left out.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct WithheldInvoice {
    /// It itself.
    invoice_id: String,
    /// Where the fault stands: `invoices`, `events` or `done`.
    #[schema(rename = "in")]
    place: Option<String>,
    /// On which line.
    line: Option<u32>,
    /// Why.
    message: String,
}

/// An object as the program writes it: its documentation describes it.
#[derive(ToSchema)]
#[schema(value_type = Object)]
#[expect(dead_code, reason = "it only says what an answer looks like")]
pub struct Data(serde_json::Value);
