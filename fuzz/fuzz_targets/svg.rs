#![no_main]

#[path = "../../tests/fuzz/baking.rs"]
mod baking;
#[path = "../../tests/fuzz/svg.rs"]
mod svg;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| svg::body(bytes));
