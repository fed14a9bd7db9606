#![no_main]

#[path = "../../tests/fuzz/identify.rs"]
mod identify;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| identify::body(bytes));
