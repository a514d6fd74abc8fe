//! What a fuzzer calls: one function for each way in, which fails where a law is broken.
//!
//! `fuzz/` calls them with libFuzzer, `tests/it/fuzz.rs` with mutations of the same seeds.

use std::ops::ControlFlow;

use crate::aliases::Aliases;
use crate::annotate::{self, annotate};
use crate::model::{Article, DateMatch, Day, Document, Reject};
use crate::source::{self, Item};
use crate::{Error, Mistake, dates, query};

/// Largest article while fuzzing, in bytes.
const MAX_ARTICLE: usize = 1 << 20;

/// A day to count from; nothing where the calendar has none, which does not happen.
fn today() -> Option<Day> {
    Day::new(2023, 3, 1)
}

/// A mistake has a message and a place in its text.
fn sound(mistake: &Mistake, text: &str) {
    assert_eq!(mistake.text, text, "the text of the mistake");
    assert!(
        text.get(mistake.span.range()).is_some(),
        "a place outside of the text: {mistake:?}"
    );
    assert!(!mistake.message.is_empty(), "a mistake without a message");
}

/// A query is read and written and read again as the same, or has a mistake with its place.
pub fn query_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(today) = today() else { return };
    let read = |text: &str| query::parse(text, today, DateMatch::Overlaps);
    match read(&text) {
        Ok(query) => assert_eq!(read(&query::to_text(&query)), Ok(query), "{text:?}"),
        Err(mistake) => sound(&mistake, &text),
    }
}

/// A date is read in every way there is, or has a mistake with its place.
pub fn date_text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(today) = today() else { return };
    let mistakes = [
        dates::parse_published(&text).err(),
        dates::parse_date(&text, today).err(),
        dates::parse_range(&text, today).err(),
        dates::parse_since(&text, today).err(),
        dates::parse_until(&text, today).err(),
    ];
    for mistake in mistakes.iter().flatten() {
        sound(mistake, &text);
    }
}

/// A file of aliases is read, or its mistakes are told.
pub fn alias_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Aliases::parse(&text, "aliases.toml".as_ref()) {
        Ok(aliases) => {
            for alias in aliases.entries() {
                assert!(!alias.name.trim().is_empty(), "an entry without a name");
            }
        }
        Err(Error::Aliases { mistakes, .. }) => {
            assert!(!mistakes.is_empty(), "an error without a mistake");
        }
        Err(error) => assert!(!error.to_string().is_empty(), "an error that says nothing"),
    }
}

/// Whatever is annotated, each place lies in its text.
pub fn annotated(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (title, text) = text.split_once('\n').unwrap_or(("", &text));
    let article = Article {
        title: title.to_owned(),
        ..Article::new("a", text)
    };
    document(&annotate(article, annotate::Options::default()));
}

fn document(document: &Document) {
    for mention in &document.mentions {
        let text = document.field(mention.field).get(mention.span.range());
        assert!(text.is_some_and(|text| !text.is_empty()), "{mention:?}");
        assert!(mention.entity < document.entities.len(), "{mention:?}");
    }
    for date in &document.dates {
        let text = document.field(date.field).get(date.span.range());
        assert!(text.is_some(), "{date:?}");
    }
    for meeting in &document.meetings {
        let text = document.field(meeting.field).get(meeting.evidence.range());
        assert!(text.is_some(), "{meeting:?}");
    }
}

/// A file of this name is read: something is said of it, each reject has a reason, and what is
/// read can be annotated.
pub fn file(name: &str, bytes: &[u8]) {
    let options = source::Options {
        max_article: MAX_ARTICLE,
        ..source::Options::default()
    };
    let mut said = 0_usize;
    source::read_bytes(name, bytes, &options, &mut |item, _| {
        said += 1;
        match item {
            Item::Article(article) => {
                assert!(!article.id.as_str().is_empty(), "an article without an id");
                let has_control = |text: &str| {
                    text.contains(|letter: char| letter.is_control() && !"\n\t".contains(letter))
                };
                assert!(!has_control(&article.title), "a control in a title");
                assert!(!has_control(&article.text), "a control in a text");
                document(&annotate(*article, annotate::Options::default()));
            }
            Item::Rejected(Reject { reason, .. }) => {
                assert!(!reason.is_empty(), "a reject without a reason");
            }
            Item::Note(_) => {}
        }
        ControlFlow::Continue(())
    });
    assert!(said > 0, "nothing is said of a file");
}
