//! Kronika.

pub mod dates;
pub mod error;
pub mod model;

pub use error::{Error, Mistake, Result};
