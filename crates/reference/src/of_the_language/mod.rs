//! The naive reference on its own: the examples of the language's text, small cases worked out by hand,
//! and laws that hold for whatever its generator gives.

mod examples;
mod laws;
mod make;
mod small;
mod small_amounts;
