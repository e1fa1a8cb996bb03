//! From text to the tree as written, and back.
//!
//! In: a source text. Out: [`ast::File`] and diagnostics; or, from a tree, its canonical text. This
//! floor knows no money and no date beyond their digits, and pest's rules do not leave it.

#![expect(missing_docs, reason = "the tree's fields are named after the words of the language")]

mod advice;
#[cfg(test)]
mod agreement;
pub mod ast;
mod beginnings;
mod build;
mod comparisons;
mod encoding;
pub mod errors;
mod everyday;
mod expected;
mod fitting;
mod fold;
pub mod follow;
mod grammar;
mod guards;
mod hints;
mod kinds;
mod layout;
mod lookalikes;
mod mishaps;
mod names;
mod parse;
mod parser;
mod periods;
mod phrases;
mod pieces;
mod place;
mod print;
mod quantities;
#[cfg(not(target_arch = "wasm32"))]
mod quick;
mod resume;
pub mod sentences;
mod spoken;
mod spoken_agreed;
mod spoken_amounts;
mod spoken_attendance;
mod spoken_bases;
mod spoken_beyond;
mod spoken_cancelled;
mod spoken_clauses;
mod spoken_conditions;
mod spoken_contracts;
mod spoken_costs;
mod spoken_days;
mod spoken_fees;
mod spoken_figures;
mod spoken_happened;
mod spoken_hours;
mod spoken_invoices;
mod spoken_items;
mod spoken_kept;
mod spoken_lasting;
mod spoken_leaving;
mod spoken_limits;
mod spoken_lines;
mod spoken_moments;
mod spoken_months;
mod spoken_named;
mod spoken_no_charge;
mod spoken_nth;
mod spoken_offers;
mod spoken_once;
mod spoken_options;
mod spoken_payers;
mod spoken_payments;
mod spoken_per;
mod spoken_periods;
mod spoken_prices;
mod spoken_rates;
mod spoken_scenarios;
mod spoken_shares;
mod spoken_tariffs;
mod spoken_timings;
mod spoken_whenever;
mod spoken_words;
mod terms;
mod tokens;
mod trade_facts;
mod trade_items;
mod trade_moments;
mod trade_prices;
mod triggers;
mod unsaid;
mod vocabulary;
pub mod ways;
pub mod wording;
mod words;

pub use ast::Comment;
pub use encoding::tells_language;
pub use errors::stated_twice;
pub use expected::{Expected, expected};
pub use fold::LARGEST_SOURCE;
pub use names::{Named, Naming, names};
pub use parse::{Parsed, parse, parse_bytes};
pub use pieces::{Piece, pieces};
pub use print::{FormatError, format, print, print_item};
