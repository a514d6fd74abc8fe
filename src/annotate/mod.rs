//! Article to document: language, sentences, names. The same code for every language.
//!
//! Cannot fail: strange text gives fewer findings.

mod bases;
mod entities;
mod language;
pub mod names;

pub use bases::bases;
pub use language::detect;

use crate::lang;
use crate::model::{Article, Document};
use crate::text;

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Whether to look for names.
    pub names: bool,
}

impl Options {
    /// Tells documents of these options apart from those of others: the same article annotated
    /// in another way is another document.
    pub fn mark(self) -> u64 {
        const WITHOUT_NAMES: u64 = 0x9e37_79b9_7f4a_7c15;
        if self.names { 0 } else { WITHOUT_NAMES }
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { names: true }
    }
}

/// Finds what an article holds.
pub fn annotate(article: Article, options: Options) -> Document {
    let code = article
        .language
        .clone()
        .unwrap_or_else(|| detect(&article.title, &article.text).to_owned());
    let language = lang::by_code(&code);
    let mut document = Document {
        article,
        language: code,
        sentences: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        descriptions: Vec::new(),
        dates: Vec::new(),
        meetings: Vec::new(),
    };
    if !options.names {
        return document;
    }
    document.sentences = text::sentences(&document.article.text, language.is_abbreviation);
    if let Some(given) = &document.article.names {
        (document.mentions, document.entities) = entities::from_given(&document, given, language);
        return document;
    }
    let mut found = names::find(&document, language);
    bases::settle(&document, &mut found, language);
    (document.mentions, document.entities) = entities::join(&document, found, language);
    document.descriptions = entities::descriptions(&document, language);
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Origin};

    /// A Polish article of this text, with nothing found in it.
    pub(super) fn document(text: &str) -> Document {
        Document {
            article: Article {
                id: ArticleId(String::new()),
                origin: Origin {
                    path: String::new(),
                    record: 1,
                },
                date: None,
                title: String::new(),
                text: text.to_owned(),
                language: None,
                source: None,
                url: None,
                author: None,
                names: None,
            },
            language: "pl".to_owned(),
            sentences: Vec::new(),
            mentions: Vec::new(),
            entities: Vec::new(),
            descriptions: Vec::new(),
            dates: Vec::new(),
            meetings: Vec::new(),
        }
    }
}
