//! All tests of the whole program in one binary, so that it links once.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]
#![allow(
    clippy::struct_field_names,
    reason = "shapes are called as the contract calls them"
)]

mod aliases;
mod annotation;
mod bad_input;
mod batch;
mod bombs;
mod completion;
mod entities;
mod equal;
mod fuzz;
mod hostile;
mod journey;
mod killed;
mod kwic;
mod meetings;
mod met;
mod names;
mod oracle;
mod order;
mod program;
mod scarce;
mod search;
mod shapes;
mod sources;
mod status;
mod tidy;
mod transcripts;
mod updates;
mod upgrade;
mod verify;
