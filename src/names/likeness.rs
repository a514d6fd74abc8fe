//! How near two names are, and why.

use std::fmt;

/// How near two names are. Later ones are nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Names of two.
    Different,
    /// One is a part of the other, or could stand for it: "Tusk" and "Donald Tusk".
    Part,
    /// Probably names of one, to be shown as a doubt: a slip of the pen, a near spelling.
    Alike,
    /// Spellings of one name, safe to be joined unseen.
    Same,
}

/// What speaks for two names being one, or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The same letters, whatever their case and diacritics.
    Letters,
    /// The same sounds, written after the custom of another language or script.
    Transliteration,
    /// Forms of one first name: "Bob" and "Robert".
    FirstName,
    /// An initial stands for a word.
    Initial,
    /// The same words in another order.
    Order,
    /// A middle name or patronymic that only one has.
    MiddleName,
    /// A word that only one has, and that is no middle name.
    MissingWord,
    /// Small words differ: "von", "al-", "of", "the".
    SmallWord,
    /// A title that only one has: "Dr".
    Title,
    /// The legal form differs or is written in another way: "Ltd" and "Limited".
    LegalForm,
    /// One is the acronym of the other.
    Acronym,
    /// Words are joined or parted: "Good Will" and "Goodwill".
    Spacing,
    /// A few letters differ.
    Typo,
    /// A list of names says that they are one.
    Listed,
    /// The surnames differ.
    OtherSurname,
    /// The first names differ.
    OtherFirstName,
    /// A word, number or middle name differs.
    OtherWord,
}

impl Evidence {
    /// In a few English words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Letters => "same letters",
            Self::Transliteration => "same sounds",
            Self::FirstName => "forms of one first name",
            Self::Initial => "an initial",
            Self::Order => "another order of words",
            Self::MiddleName => "a middle name more",
            Self::MissingWord => "a word more",
            Self::SmallWord => "a small word",
            Self::Title => "a title",
            Self::LegalForm => "the legal form",
            Self::Acronym => "an acronym",
            Self::Spacing => "words joined or parted",
            Self::Typo => "a few letters",
            Self::Listed => "listed as one",
            Self::OtherSurname => "another surname",
            Self::OtherFirstName => "another first name",
            Self::OtherWord => "another word",
        }
    }
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a comparison of two names found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// How near they are.
    pub grade: Grade,
    /// Why, each reason once, in a fixed order.
    pub evidence: Vec<Evidence>,
}

impl Likeness {
    pub(super) fn new(grade: Grade, mut evidence: Vec<Evidence>) -> Self {
        evidence.sort_unstable();
        evidence.dedup();
        Self { grade, evidence }
    }
}
