//! Files that end in `.md`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::file("a.md", bytes));
