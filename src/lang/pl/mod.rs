//! Polish.

mod bases;
mod endings;
mod gender;
#[cfg(test)]
mod golden;
mod grammar;
mod names;
mod roles;
mod tense;
mod traits;

use std::sync::LazyLock;

use super::dates::Grammar;
use super::gazetteer::Gazetteer;
use super::known::Known;
use super::lexicon::Lexicon;
use super::lists::{self, WordList};
use super::{Language, Sink};
use crate::model::Reading;
use crate::text::{Spelling, normal_form};

/// Polish, by the dictionary SGJP.
pub const POLISH: Language = Language {
    code: "pl",
    lemmas,
    readings,
    spellings,
    is_abbreviation,
    name_bases: names::name_bases,
    hints: names::hints,
    traits: traits::traits,
    gazetteer: || Some(&GAZETTEER),
    model: Some(include_bytes!("data/pl.kner")),
    territories: 1,
    base_name: bases::base_name,
    outside: |_| 0,
    articles: &[],
    noun_last: false,
    known: || &KNOWN,
    genders: gender::GENDERS,
    roles: roles::ROLES,
    grammar: grammar::GRAMMAR,
    tense: tense::tense,
    dates: || Some(&DATES),
    name_candidates: bases::candidates,
};

static DATES: LazyLock<Grammar> = LazyLock::new(|| {
    let calendar = include_str!("data/calendar.tsv");
    let words = include_str!("data/date_words.tsv");
    Grammar::parse(calendar, words, include_str!("data/date_rules.tsv"))
        .expect("the tables in the program are right")
});

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::new(&POLISH));

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let countries = include_str!("data/countries.tsv");
    Known::read(countries, 2, include_str!("data/organizations.tsv"))
});

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::open(include_bytes!("data/pl.kmor")).expect("the dictionary in the program opens")
});

static ABBREVIATIONS: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/abbreviations.txt")));

/// The Polish dictionary.
pub fn lexicon() -> &'static Lexicon {
    &LEXICON
}

/// Readings that a form has in the dictionary and hardly ever in a text.
static RARE: LazyLock<WordList> = LazyLock::new(|| lists::rows(include_str!("data/rare.tsv")));

/// The lemmas that a form hardly ever is of, with spaces between them.
fn rare_lemmas(form: &str) -> &'static str {
    RARE.get(form).copied().unwrap_or_default()
}

/// By the dictionary; a foreign name before its apostrophe: `farage'a` gives `farage`.
fn lemmas(form: &str, written_small: bool, sink: Sink<'_>) {
    let rare = rare_lemmas(form);
    let mut any = false;
    LEXICON.lemmas(form, written_small, &mut |lemma| {
        any = true;
        if !rare.split(' ').any(|rare| rare == lemma) {
            sink(lemma);
        }
    });
    if !any && let Some(stem) = names::before_apostrophe(form) {
        sink(stem);
    }
}

fn readings(form: &str) -> Vec<Reading> {
    let mut readings: Vec<Reading> = LEXICON
        .analyse(form)
        .map(|analysis| Reading {
            lemma: analysis.lemma(form),
            tag: analysis.tag().text().to_owned(),
            class: analysis.class_name().to_owned(),
        })
        .collect();
    readings.sort();
    readings.dedup();
    readings
}

fn spellings(spelling: &Spelling, sink: Sink<'_>) {
    LEXICON.spellings(spelling, sink);
}

fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains_key(normal_form(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms;

    #[track_caller]
    fn check(forms: &str, lemma: &str) {
        for form in forms.split(' ') {
            let lemmas = terms::lemmas(form, false, &POLISH);
            assert!(
                lemmas.iter().any(|found| found == lemma),
                "{form}: {lemmas:?}"
            );
        }
    }

    #[test]
    fn every_form_has_its_lemma() {
        check(
            "spotkanie spotkania spotkaniu spotkaniem Spotkaniach",
            "spotkanie",
        );
        check("spotkał spotkała spotkają spotkać spotkaliby", "spotkać");
        check("Tusk Tuska Tuskowi Tuskiem Tusku", "tusk");
        check("Łukaszenki Łukaszence Łukaszenkę Łukaszenką", "łukaszenko");
        check("lepszy najlepszego dobrego", "dobry");
        check("Rosji Rosją", "rosja");
        check("Farage'a Farage'owi", "farage");
        check("O'Brien", "o'brien");
        check("2023", "2023");
        check("Tasmagambetowem", "tasmagambetowem");
        check("nieobecny", "nieobecny");
    }

    #[test]
    fn a_word_of_several_readings_has_several_lemmas() {
        let check = |form: &str, small: bool, expected: &[&str]| {
            let mut lemmas = terms::lemmas(form, small, &POLISH);
            lemmas.sort();
            assert_eq!(lemmas, expected, "{form}");
        };
        check("mamy", true, &["mama", "mieć"]);
        check("mam", true, &["mieć"]);
        check("od", true, &["od"]);
        check("ale", true, &["ale"]);
        check("Ale", false, &["al", "ala", "ale", "ali", "alo"]);
        check("w", true, &["w"]);
        check("rosji", true, &["rosja"]);
        check("proc", true, &["proca"]);
    }

    #[test]
    fn rare_readings_are_readings() {
        let mut rows: Vec<(&str, &str)> = RARE.iter().map(|(form, rare)| (*form, *rare)).collect();
        rows.sort_unstable();
        for (form, rare) in rows {
            let known: Vec<String> = readings(form)
                .into_iter()
                .map(|reading| reading.lemma.to_lowercase())
                .collect();
            for lemma in rare.split(' ') {
                assert!(known.iter().any(|known| known == lemma), "{form}: {lemma}");
            }
        }
    }

    #[test]
    fn diacritics_left_out_are_put_back() {
        let mut found = Vec::new();
        spellings(&Spelling::of("zadac"), &mut |form| {
            found.push(form.to_owned());
        });
        assert_eq!(found, ["zadać", "zadąć", "żądać"]);
    }
}
