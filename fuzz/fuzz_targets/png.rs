#![no_main]

#[path = "../../tests/fuzz/baking.rs"]
mod baking;
#[path = "../../tests/fuzz/png.rs"]
mod png;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| png::body(bytes));
