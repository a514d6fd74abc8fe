//! Files that end in `.json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::file("a.json", bytes));
