//! All tests of the whole program in one binary, so that it links once.

mod bad_input;
mod journey;
mod program;
mod search;
mod sources;
mod tidy;
