//! Text of dates.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::date_text(bytes));
