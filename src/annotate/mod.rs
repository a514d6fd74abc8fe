//! Article to document: language, sentences, names, dates. The same code for every language.
//!
//! Cannot fail: strange text gives fewer findings.

mod bases;
pub mod dates;
mod entities;
mod given;
mod language;
pub mod meetings;
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
    let mut document = Document::new(article, code);
    let is_given = document.article.names.is_some() || document.article.meetings.is_some();
    if !options.names && !is_given {
        return document;
    }
    document.sentences = text::sentences(&document.article.text, language.is_abbreviation);
    if let Some(given) = &document.article.names {
        (document.mentions, document.entities) = entities::from_given(&document, given, language);
    } else if options.names {
        let mut found = names::find(&document, language);
        bases::settle(&document, &mut found, language);
        (document.mentions, document.entities) = entities::join(&document, found, language);
        document.descriptions = entities::descriptions(&document, language);
    }
    if options.names {
        document.dates = dates::find(&document, language);
    }
    if document.article.meetings.is_some() {
        given::add_meetings(&mut document);
    } else if options.names {
        document.meetings = meetings::find(&document, language);
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Polish article of this text, with nothing found in it.
    pub(super) fn document(text: &str) -> Document {
        let article = Article::new("a", text);
        Document::new(article, "pl".to_owned())
    }

    #[test]
    fn what_came_with_an_article_is_kept_also_when_nothing_is_looked_for() {
        let mut article = Article::new("a", "Tusk spotkał się z Macronem w Paryżu.");
        article.language = Some("pl".to_owned());
        article.names = Some(vec![crate::model::GivenName {
            kind: crate::model::EntityKind::Person,
            name: "Tusk".to_owned(),
        }]);
        let document = annotate(article, Options { names: false });
        let names: Vec<&str> = document
            .entities
            .iter()
            .map(|one| one.name.as_str())
            .collect();
        assert_eq!(names, ["Tusk"]);
        assert!(document.meetings.is_empty() && document.dates.is_empty());
    }
}
