//! What the fuzz targets check: the project's own checks and naive reference, as its tests have them.

#[path = "../../tests/checks/mod.rs"]
pub mod checks;
#[path = "../../tests/reference/mod.rs"]
pub mod reference;

pub use checks::target;
