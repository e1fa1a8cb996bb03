//! Events in Parquet give the lines that the same events give as NDJSON, byte for byte, however
//! they are laid out; what a column cannot hold exactly is refused; lines written as Parquet say
//! what lines written as JSON say.

mod files;
mod invoices;
mod lines;
mod refused;
mod rows;
