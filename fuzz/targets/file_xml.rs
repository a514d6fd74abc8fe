//! Files that end in `.xml`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::file("a.xml", bytes));
