//! Keywords in context.

use super::{ArticleDate, ArticleId, Field, Origin, Span};

/// One place where what was asked for stands in an article, with its surroundings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KwicLine {
    /// The article.
    pub id: ArticleId,
    /// Where it was read.
    pub origin: Origin,
    /// Its date, or none.
    pub date: Option<ArticleDate>,
    /// Its title; empty when it has none.
    pub title: String,
    /// Its language.
    pub language: String,
    /// Its publisher, else its path.
    pub source: String,
    /// In the title or in the text.
    pub field: Field,
    /// Where in it the keyword stands.
    pub span: Span,
    /// What stands before the keyword, on one line.
    pub left: String,
    /// The keyword as the article has it, on one line.
    pub form: String,
    /// What stands after it, on one line.
    pub right: String,
}
