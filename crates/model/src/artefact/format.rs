//! What an artefact says of its own form, and how large it may be.

/// What the field `format` of an artefact says.
pub const FORMAT: &str = "jalon artefact";
/// The version of the format: it changes with the shape of the file.
pub const FORMAT_VERSION: u64 = 1;
/// The version of the language: it changes when a schedule comes to mean something else.
pub const LANGUAGE_VERSION: u64 = 2;
/// So many bytes are read at the most, and written.
pub const LARGEST_ARTEFACT: usize = 8 * 1024 * 1024;
