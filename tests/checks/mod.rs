//! What holds of any input, whoever chooses it: a fuzzer, a property test, or a file kept from either.
//! Each check panics where it does not hold.

pub mod agreement;
pub mod event_lines;
pub mod layout;
pub mod oracle;
pub mod source;
pub mod target;
pub mod written;
