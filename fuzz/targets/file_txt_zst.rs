//! Files that end in `.txt.zst`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::file("a.txt.zst", bytes));
