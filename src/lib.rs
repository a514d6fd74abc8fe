//! Kronika.

pub mod annotate;
pub mod cli;
pub mod dates;
pub mod error;
pub mod index;
pub mod ingest;
pub mod lang;
pub mod model;
pub mod query;
pub mod render;
pub mod source;
pub mod terms;
pub mod text;

pub use error::{Error, Mistake, Result};
