//! The compiled evaluator against the naive reference.

use crate::strategies::{config, pairs};
use checks::agreement::agreement;
use proptest::prelude::*;

proptest! {
    #![proptest_config(config(crate::PAIRS))]

    #[test]
    fn the_compiled_evaluator_agrees_with_the_reference(pair in pairs()) {
        agreement(&pair.schedule, &pair.case, &pair.spelling);
    }
}
