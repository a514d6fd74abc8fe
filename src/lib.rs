//! Kronika.

pub mod annotate;
pub mod dates;
pub mod error;
pub mod index;
pub mod lang;
pub mod model;
pub mod terms;
pub mod text;

pub use error::{Error, Mistake, Result};
