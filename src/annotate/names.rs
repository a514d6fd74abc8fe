//! Tokens to mentions of persons, organizations and places.

use crate::lang::Language;
use crate::model::{EntityKind, Field, Span};

/// A name found, before it is known who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In the title or in the text.
    pub field: Field,
    /// Where in it.
    pub span: Span,
    /// What sort of name.
    pub kind: EntityKind,
    /// The name in its base form.
    pub base: String,
}

/// The names of one text, in order, not overlapping.
pub fn find(text: &str, field: Field, language: &Language) -> Vec<Found> {
    let _ = (text, field, language);
    Vec::new()
}
