#![no_main]

#[path = "../../tests/fuzz/baking.rs"]
mod baking;
#[path = "../../tests/fuzz/container.rs"]
mod container;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| container::body(bytes));
