//! An article together with what we found in it.

use super::{Article, Description, Entity, Field, Meeting, Mention, PartialDate, Span};

/// What an article says about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// In the title or in the text.
    pub field: Field,
    /// Where in it.
    pub span: Span,
    /// The days it means.
    pub date: PartialDate,
    /// The rule that read it.
    pub rule: &'static str,
}

/// A date of a phrase, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedDate {
    /// The date.
    pub mention: DateMention,
    /// The words of it.
    pub text: String,
    /// Two-letter code of the language it was read in.
    pub language: String,
    /// What the words say, before they are held against the article's date.
    pub says: String,
    /// The tense that told where to look; none where no verb did.
    pub tense: Option<&'static str>,
}

/// An article, its language, sentences, names, dates and meetings.
///
/// Made by [`crate::annotate::annotate`].
/// All spans lie in the article's title or text, on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The article as published.
    pub article: Article,
    /// Two-letter code of its language, given or detected; `und` when it cannot be told.
    pub language: String,
    /// Sentences of the text in order, without the space between them.
    pub sentences: Vec<Span>,
    /// Names in order: those of the title first, then those of the text.
    pub mentions: Vec<Mention>,
    /// Who they are about, in order of first mention.
    pub entities: Vec<Entity>,
    /// Where the text means one of the persons without a name, in order.
    pub descriptions: Vec<Description>,
    /// Date expressions in order.
    pub dates: Vec<DateMention>,
    /// Who met whom.
    pub meetings: Vec<Meeting>,
}

impl Document {
    /// An article in which nothing has been found yet.
    pub fn new(article: Article, language: String) -> Self {
        Self {
            article,
            language,
            sentences: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
            descriptions: Vec::new(),
            dates: Vec::new(),
            meetings: Vec::new(),
        }
    }

    /// The title or the text.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => &self.article.title,
            Field::Text => &self.article.text,
        }
    }
}
