//! What a language says of its sentences: what a word can be in one, which words tell of a
//! meeting, and which say whether it came about.
//!
//! The words are data, in `data/meetings.tsv` of each language's folder.

mod agreement;
mod rules;

pub use agreement::Agreement;
pub use rules::{Class, Classes, Needs, Rule, Rules, Slot, TriggerPart};

use super::lexicon::PartOfSpeech;

/// When a verb says that something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It did: "spotkał", "met".
    Past,
    /// It does, or it will by the calendar: "spotyka".
    Present,
    /// It will: "spotka".
    Future,
    /// It would: "spotkałby".
    Conditional,
}

/// A verb that has a tense, or is told to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finite {
    /// Its tense.
    pub tense: Tense,
    /// Who does it: 1 (I, we), 2 (you) or 3; 0 where nobody is told ("odwołano").
    pub person: u8,
}

/// One way to read a word in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// Its lemma, in lower case.
    pub lemma: String,
    /// What sort of word.
    pub part: PartOfSpeech,
    /// The cases, numbers and genders it can stand in; for a preposition those that it asks for,
    /// for a verb those of its subject.
    pub agreement: Agreement,
    /// Its tense and person, where it is a verb that has them.
    pub finite: Option<Finite>,
    /// Whether it is written with a capital and stands for somebody of a people or town.
    pub is_people: bool,
    /// Whether it says that something was done to somebody: "przyjęty", "received".
    pub is_passive: bool,
}

/// How a language builds its sentences, as far as meetings ask.
#[derive(Debug, Clone, Copy)]
pub struct Grammar {
    /// Everything that a word, as written, can be; empty where nothing is known of it.
    pub senses: fn(word: &str) -> Vec<Sense>,
    /// In what a person's name can stand, as written, given its base form and whether it is a
    /// man's or a woman's.
    pub person: fn(written: &str, base: &str, gender: Option<super::gender::Gender>) -> Agreement,
    /// The same for any other name.
    pub name: fn(written: &str, base: &str) -> Agreement,
    /// The nominative of a word, as written, that stands in one of these combinations.
    pub nominative: fn(word: &str, agreement: Agreement) -> Option<String>,
    /// Whether cases, not places, tell the subject of a verb from its object.
    pub is_free: bool,
    /// Whether what stands right behind a name makes it a possessive: "'s meeting".
    pub is_possessive: fn(behind: &str) -> bool,
    /// What tells of meetings.
    pub rules: fn() -> &'static Rules,
}

/// Knows of no meetings.
pub const UNKNOWN: Grammar = Grammar {
    senses: |_| Vec::new(),
    person: |_, _, _| Agreement::ALL,
    name: |_, _| Agreement::ALL,
    nominative: |word, _| Some(word.to_owned()),
    is_free: false,
    is_possessive: |_| false,
    rules: || {
        static NOTHING: std::sync::LazyLock<Rules> = std::sync::LazyLock::new(Rules::default);
        &NOTHING
    },
};
