//! An article on its way: fields as the source gives them, before they are checked.

use std::collections::BTreeMap;

use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

use super::{Options, identity, published};
use crate::Mistake;
use crate::model::{
    Article, ArticleDate, ArticleId, DateRule, EntityKind, GivenMeeting, GivenName, Origin, Span,
};

/// The fields of a record, as we call them.
pub(super) const FIELDS: [&str; 8] = [
    "id", "date", "title", "text", "lang", "source", "url", "author",
];

/// The fields that list ready-made names.
pub(super) const NAME_FIELDS: [(&str, EntityKind); 5] = [
    ("persons", EntityKind::Person),
    ("organizations", EntityKind::Organization),
    ("places", EntityKind::Place),
    ("events", EntityKind::Event),
    ("products", EntityKind::Product),
];

/// The field that lists ready-made meetings.
pub(super) const MEETINGS: &str = "meetings";

/// Longest id, in bytes.
const MAX_ID: usize = 1024;

/// Longest ready-made name, in bytes.
const MAX_NAME: usize = 1024;

/// What a source calls the fields that we know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping(BTreeMap<&'static str, String>);

impl Mapping {
    /// Reads `title=headline,text=body`.
    pub fn parse(text: &str) -> Result<Self, Mistake> {
        let mut mapping = BTreeMap::new();
        let mut at = 0;
        for part in text.split(',').filter(|_| !text.is_empty()) {
            let known = part.split_once('=').and_then(|(ours, theirs)| {
                let names = NAME_FIELDS.iter().map(|(name, _)| name);
                let ours = FIELDS
                    .iter()
                    .chain(names)
                    .chain([&MEETINGS])
                    .find(|name| **name == ours.trim())?;
                (!theirs.trim().is_empty()).then(|| (*ours, theirs.trim().to_owned()))
            });
            let Some((ours, theirs)) = known else {
                return Err(Mistake {
                    text: text.to_owned(),
                    span: Span::new(at, at + part.len()),
                    message: "not a mapping of a field".to_owned(),
                    hint: Some(format!(
                        "write OURS=THEIRS, where OURS is one of {}",
                        FIELDS.join(", ")
                    )),
                });
            };
            mapping.insert(ours, theirs);
            at += part.len() + 1;
        }
        Ok(Self(mapping))
    }

    /// What the source calls our field.
    pub(super) fn theirs<'a>(&'a self, ours: &'a str) -> &'a str {
        self.0.get(ours).map_or(ours, String::as_str)
    }
}

/// What a source says of one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Draft {
    pub(super) id: Option<String>,
    /// The date as written, and what gave it.
    pub(super) date: Option<(String, DateRule)>,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) language: Option<String>,
    pub(super) source: Option<String>,
    pub(super) url: Option<String>,
    pub(super) author: Option<String>,
    pub(super) names: Option<Vec<GivenName>>,
    pub(super) meetings: Option<Vec<GivenMeeting>>,
}

impl Draft {
    /// Sets the field of this name, ours; gives back whether there is one.
    pub(super) fn set(&mut self, field: &str, value: String) -> bool {
        let value = if field == "text" || field == "title" {
            value
        } else {
            value.trim().to_owned()
        };
        if value.is_empty() {
            return FIELDS.contains(&field);
        }
        match field {
            "id" => self.id = Some(value),
            "date" => self.date = Some((value, DateRule::Header)),
            "title" => self.title = value,
            "text" => self.text = value,
            "lang" => self.language = Some(value),
            "source" => self.source = Some(value),
            "url" => self.url = Some(value),
            "author" => self.author = Some(value),
            _ => return false,
        }
        true
    }

    /// Adds ready-made names of a kind.
    pub(super) fn add_names(&mut self, kind: EntityKind, names: impl IntoIterator<Item = String>) {
        let list = self.names.get_or_insert_default();
        for name in names {
            let name = clean(&name).trim().to_owned();
            if name.contains(char::is_alphanumeric) {
                list.push(GivenName { kind, name });
            }
        }
    }

    /// Checks everything and makes the article, or says why it cannot be one.
    pub(super) fn finish(
        self,
        path: &str,
        record: u64,
        options: &Options,
    ) -> Result<Article, String> {
        for (field, text) in [("title", &self.title), ("text", &self.text)] {
            if let Some(at) = text.find('\0') {
                return Err(format!("a zero byte in the {field}, at its byte {at}"));
            }
        }
        let mut names = self.names.iter().flatten();
        if names.any(|given| given.name.len() > MAX_NAME) {
            return Err(format!("a name of more than {MAX_NAME} bytes"));
        }
        let title = clean(&self.title);
        let text = clean(&self.text);
        let (title, text) = (title.trim().replace('\n', " "), text.trim().to_owned());
        if !title.contains(char::is_alphanumeric) && !text.contains(char::is_alphanumeric) {
            return Err("no text".to_owned());
        }
        if title.len() + text.len() > options.max_article {
            return Err(super::too_large(options.max_article as u64));
        }
        let one_line = |text: Option<String>| {
            let text = clean(&text?).replace('\n', " ").trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let language = self.language.as_deref().and_then(language_code);
        let language = language.or_else(|| options.language.as_deref().and_then(language_code));
        let mut article = Article {
            id: ArticleId(String::new()),
            origin: Origin {
                path: path.to_owned(),
                record,
            },
            date: date(self.date, path, options)?,
            title,
            text,
            language,
            source: one_line(self.source),
            url: one_line(self.url),
            author: one_line(self.author),
            names: self.names,
            meetings: self.meetings,
        };
        article.id = identity::id(one_line(self.id), &article);
        if article.id.as_str().len() > MAX_ID {
            return Err(format!("an id of more than {MAX_ID} bytes"));
        }
        Ok(article)
    }
}

/// The two-letter code of a language that a source names in one of the usual ways: `pl`, `pl-PL`,
/// `pol`, `Polish`, `polski`. Nothing when it cannot be told; it is then detected.
fn language_code(name: &str) -> Option<String> {
    let name = name.trim().to_lowercase();
    let first = name.split(['-', '_', ' ', ',']).next().unwrap_or_default();
    let code = match first {
        "pol" | "polski" | "polish" => "pl",
        "eng" | "english" | "angielski" => "en",
        "ukr" | "ukrainian" | "ukraiński" => "uk",
        "rus" | "russian" | "rosyjski" => "ru",
        "bel" | "belarusian" | "białoruski" => "be",
        "deu" | "ger" | "german" | "niemiecki" => "de",
        "fra" | "fre" | "french" | "francuski" => "fr",
        code if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) => code,
        _ => return None,
    };
    Some(code.to_owned())
}

fn date(
    given: Option<(String, DateRule)>,
    path: &str,
    options: &Options,
) -> Result<Option<ArticleDate>, String> {
    if let Some((text, rule)) = given {
        let date = crate::dates::parse_published(&text).map_err(|mistake| {
            let hint = mistake
                .hint
                .map_or_else(String::new, |hint| format!("; {hint}"));
            format!("date `{text}`: {}{hint}", mistake.message)
        })?;
        return Ok(Some(ArticleDate { date, rule }));
    }
    let by_path = published::in_path(path).map(|date| (date, DateRule::Path));
    let found = by_path.or_else(|| options.date.map(|date| (date, DateRule::Flag)));
    Ok(found.map(|(date, rule)| ArticleDate { date, rule }))
}

/// NFC, with `\n` as the only line end and no other control characters but tabs.
pub(super) fn clean(text: &str) -> String {
    let is_plain = is_nfc_quick(text.chars()) == unicode_normalization::IsNormalized::Yes
        && !text.contains(|letter: char| letter.is_control() && letter != '\n' && letter != '\t');
    if is_plain {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|letter| !letter.is_control() || matches!(letter, '\n' | '\t'))
        .nfc()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mappings() {
        let mapping = Mapping::parse("title=headline, text = body").unwrap();
        assert_eq!(mapping.theirs("title"), "headline");
        assert_eq!(mapping.theirs("id"), "id");
        assert!(Mapping::parse("headline=title").is_err());
        assert!(Mapping::parse("title=").is_err());
    }

    proptest! {
        #[test]
        fn clean_text_is_nfc_without_controls(text in any::<String>()) {
            let once = clean(&text);
            let is_clean = !once.contains(['\r', '\u{1b}', '\0']);
            prop_assert!(is_clean);
            prop_assert!(unicode_normalization::is_nfc(&once));
            prop_assert_eq!(clean(&once), once);
        }
    }
}
