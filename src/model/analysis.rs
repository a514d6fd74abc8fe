//! Why a word matches.

/// One way in which a dictionary reads a form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reading {
    /// The base form, with its capitals.
    pub lemma: String,
    /// Part of speech, case, number, … as the dictionary writes them.
    pub tag: String,
    /// What sort of name it is, as the dictionary says; empty for a common word.
    pub class: String,
}

/// What one language makes of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordAnalysis {
    /// The word as typed.
    pub word: String,
    /// Two-letter code of the language.
    pub language: String,
    /// What the dictionary says; empty for a word it does not know.
    pub readings: Vec<Reading>,
    /// The terms it is stored under: the form behind `=`, then its lemmas.
    pub terms: Vec<String>,
}
