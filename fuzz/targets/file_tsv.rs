//! Files that end in `.tsv`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::file("a.tsv", bytes));
