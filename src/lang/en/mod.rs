//! English.

mod gender;
mod grammar;
mod names;
mod roles;
mod tense;

use std::cell::LazyCell;
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::dates::Grammar;
use super::gazetteer::Gazetteer;
use super::known::Known;
use super::lists::{self, WordList};
use super::{Language, Sink};

/// English, by the Snowball stemmer.
pub const ENGLISH: Language = Language {
    code: "en",
    lemmas,
    readings: |_| Vec::new(),
    spellings: |_, _| {},
    is_abbreviation,
    name_bases: names::name_bases,
    hints: names::hints,
    traits: names::traits,
    gazetteer: || Some(&GAZETTEER),
    model: Some(include_bytes!("data/en.kner")),
    territories: 2,
    base_name: names::base_name,
    outside: names::outside,
    articles: &["the", "a", "an"],
    noun_last: true,
    known: || &KNOWN,
    genders: gender::GENDERS,
    roles: roles::ROLES,
    grammar: grammar::GRAMMAR,
    tense: tense::tense,
    dates: || Some(&DATES),
    name_candidates: names::candidates,
};

static DATES: LazyLock<Grammar> = LazyLock::new(|| {
    let calendar = include_str!("data/calendar.tsv");
    let words = include_str!("data/date_words.tsv");
    Grammar::parse(calendar, words, include_str!("data/date_rules.tsv"))
        .expect("the tables in the program are right")
});

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(&ENGLISH));

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let countries = include_str!("data/countries.tsv");
    Known::read(countries, 1, include_str!("data/organizations.tsv"))
});

thread_local! {
    static STEMMER: LazyCell<Stemmer> = LazyCell::new(|| Stemmer::create(Algorithm::English));
}

/// The stem, after a possessive ending is taken off: `putin's` gives `putin`.
fn lemmas(form: &str, _: bool, sink: Sink<'_>) {
    let bare = without_possessive(form);
    if bare.bytes().any(|byte| byte.is_ascii_digit()) {
        sink(bare);
    } else {
        STEMMER.with(|stemmer| sink(&stemmer.stem(bare)));
    }
}

fn is_abbreviation(word: &str) -> bool {
    static ABBREVIATIONS: LazyLock<WordList> =
        LazyLock::new(|| lists::words(include_str!("data/abbreviations.txt")));
    ABBREVIATIONS.contains_key(word)
}

fn without_possessive(form: &str) -> &str {
    form.strip_suffix("'s")
        .or_else(|| form.strip_suffix('\''))
        .filter(|bare| !bare.is_empty())
        .unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms;

    #[test]
    fn stems() {
        for (form, stem) in [
            ("meetings", "meet"),
            ("met", "met"),
            ("Putin's", "putin"),
            ("talks", "talk"),
            ("leaders'", "leader"),
            ("2023", "2023"),
            ("F-16s", "f-16s"),
        ] {
            assert_eq!(terms::lemmas(form, false, &ENGLISH), [stem], "{form}");
        }
    }
}
