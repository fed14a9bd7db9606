#![no_main]

#[path = "../../tests/fuzz/extract.rs"]
mod extract;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| extract::body(bytes));
