//! All tests of the whole program in one binary, so that it links once.

mod bad_input;
mod journey;
mod oracle;
mod program;
mod search;
mod shapes;
mod tidy;
