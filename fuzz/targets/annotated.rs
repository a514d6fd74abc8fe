//! Articles: a title on the first line, then the text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kronika::fuzz::annotated(bytes));
