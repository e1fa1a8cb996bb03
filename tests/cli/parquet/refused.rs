//! Files that are refused: columns that cannot be exact, damage.

use super::files::{Typing, batch, one, parquet, plain, portfolio, run, texts};
use crate::program::file;
use arrow_array::{
    ArrayRef, BooleanArray, Float32Array, Float64Array, NullArray, Time64MicrosecondArray,
};
use std::sync::Arc;

#[test]
fn columns_that_cannot_be_exact_are_refused_with_the_file() {
    let sound = || {
        vec![
            ("case", texts([Some("A")])),
            ("date", texts([Some("2025-01-01")])),
            ("kind", texts([Some("start")])),
        ]
    };
    let with = |name, array: ArrayRef| {
        let mut columns = sound();
        columns.push((name, array));
        one(columns)
    };
    let table = [
        (
            "name",
            with("name", Arc::new(Float64Array::from(vec![1.5]))),
            "column `name` is of type `Float64`; it has to be text",
        ),
        ("unknown", with("colour", texts([Some("red")])), "column `colour` is no field"),
        ("index", with("__index_level_0__", texts([None])), "pandas: `index=False`"),
        (
            "float",
            with("id", Arc::new(Float32Array::from(vec![7.0]))),
            "column `id` is of type `Float32`; it has to be text or a whole number",
        ),
        (
            "no-date",
            one(vec![sound().remove(0), sound().remove(2)]),
            "every event has `date`, and there is no such column",
        ),
        (
            "null",
            one(vec![sound().remove(0), sound().remove(1), ("kind", Arc::new(NullArray::new(1)))]),
            "column `kind` is null in every row",
        ),
        (
            "all-at-once",
            one(vec![
                sound().remove(0),
                ("date", Arc::new(Time64MicrosecondArray::from(vec![0]))),
                ("hours", Arc::new(BooleanArray::from(vec![true]))),
                ("colour", texts([None])),
            ]),
            "column `date` is of type `Time64(µs)`; it has to be a date, a timestamp that is midnight in \
             every row, or text; column `hours` is of type `Boolean`; it has to be a number or text; column \
             `colour` is no field; every event has `kind`, and there is no such column",
        ),
    ];
    for (name, bytes, said) in table {
        let outcome = run(&file("parquet-refused", &format!("{name}.parquet"), bytes), &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{name}");
        assert!(outcome.err.contains(&format!("{name}.parquet: ")), "{}", outcome.err);
        assert!(outcome.err.contains(said), "{name}: {}", outcome.err);
    }
}

#[test]
fn a_damaged_file_is_an_error_and_no_short_result() {
    let sound = parquet(&batch(&portfolio(50), Typing::Typed(4)), plain());
    let path = file("parquet-damaged", "sound.parquet", &sound);
    assert!(!run(&path, &[]).out.is_empty());
    for length in [0, 3, 4, 12, sound.len() / 2, sound.len() - 1] {
        let path = file("parquet-damaged", "cut.parquet", &sound[..length]);
        let outcome = run(&path, &["--events-format", "parquet"]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{length}: {}", outcome.err);
    }
    // A wrong byte anywhere: an error, or other values that are judged; never a crash.
    for place in (4..sound.len()).step_by(sound.len() / 25) {
        let mut bytes = sound.clone();
        bytes[place] ^= 0x55;
        let outcome = run(&file("parquet-damaged", "wrong.parquet", &bytes), &[]);
        assert!((0..=2).contains(&outcome.code), "{place}: {}", outcome.err);
    }
}
