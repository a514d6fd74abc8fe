//! Files that end in `.ndjson`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::file("a.ndjson", bytes));
