//! Everything that differs between languages, and nothing else.
//!
//! To add a language: copy the folder of the nearest one, write its examples, change its data
//! until they pass, and add one line to [`LANGUAGES`].

use crate::text::Spelling;

pub mod en;
pub mod lexicon;
pub mod lists;
pub mod pl;

/// Takes texts one at a time, so that nothing has to be allocated for them.
pub type Sink<'a> = &'a mut dyn FnMut(&str);

/// What Kronika knows about one language.
#[derive(Debug)]
pub struct Language {
    /// Two letters (ISO 639-1), or `und` for the one that stands for all others.
    pub code: &'static str,
    /// Gives the lemmas of a lower-case form to the sink, each once, in lower case.
    /// Gives none when it knows none.
    pub lemmas: fn(form: &str, sink: Sink<'_>),
    /// Gives the forms in the dictionary that the spelling accepts.
    pub spellings: fn(spelling: &Spelling, sink: Sink<'_>),
    /// Whether a word before a full stop is an abbreviation that does not end a sentence.
    pub is_abbreviation: fn(word: &str) -> bool,
    /// Gives what a lower-case word of a name may be in its base form, besides itself.
    pub name_bases: fn(form: &str, sink: Sink<'_>),
}

/// The languages that have a folder here, Polish first.
pub const LANGUAGES: [&Language; 2] = [&pl::POLISH, &en::ENGLISH];

/// Any other language: words are found as they are written.
pub const OTHER: Language = Language {
    code: "und",
    lemmas: |_, _| {},
    spellings: |_, _| {},
    is_abbreviation: |_| false,
    name_bases: |_, _| {},
};

/// The language of this code, or [`OTHER`].
pub fn by_code(code: &str) -> &'static Language {
    LANGUAGES
        .into_iter()
        .find(|language| language.code == code)
        .unwrap_or(&OTHER)
}

/// The dictionaries and rules that analysis rests on, for the index to remember.
pub fn version() -> String {
    format!("words 1, {}", pl::lexicon().id())
}
