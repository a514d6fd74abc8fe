//! Text to mentions of persons, organizations, places, events and products.
//!
//! A linear chain over the words of a sentence, with weights learnt from annotated text: see the
//! folder `tool`. A word is described by its dictionary readings, letters and neighbours, and by
//! what the rest of the article shows of it.

pub mod decode;
pub mod features;
pub mod labels;
pub mod model;
pub mod reading;
pub mod verdict;
pub mod words;

pub use super::rules::{Found, find};
