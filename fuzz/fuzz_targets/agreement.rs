#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| jalon_fuzz::target::agreement_of(bytes));
