//! Polish nouns that describe a person, and the words around them.

use std::sync::LazyLock;

use super::super::lexicon::{Number, PartOfSpeech};
use super::super::lists::{self, WordList};
use super::super::roles::{Roles, office_of};
use super::{KNOWN, LEXICON};
use crate::text::normal_form;

static NOUNS: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/roles.txt")));
static OFFICES: LazyLock<WordList> =
    LazyLock::new(|| lists::rows(include_str!("data/offices.txt")));
static NO_ONE: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/no_one.txt")));

pub(super) const ROLES: Roles = Roles {
    noun,
    office: |noun| OFFICES.get(noun).copied().and_then(office_of),
    country,
    bars,
    may_follow: |word| !word.is_some_and(bars),
    may_precede,
};

fn noun(word: &str) -> Option<String> {
    let form = normal_form(word);
    let mut readings = LEXICON.analyse(&form).filter(|reading| {
        let tag = reading.tag();
        tag.part() == PartOfSpeech::Noun && tag.has_number(Number::Singular)
    });
    readings.find_map(|reading| {
        let lemma = reading.lemma(&form);
        NOUNS.contains_key(lemma.as_str()).then_some(lemma)
    })
}

fn country(word: &str) -> Option<&'static str> {
    let form = normal_form(word);
    let mut codes = Vec::new();
    for reading in LEXICON.analyse(&form) {
        if reading.tag().part() == PartOfSpeech::Adjective {
            let countries = KNOWN.countries_of_adjective(&reading.lemma(&form));
            codes.extend(countries.map(|country| country.code));
        }
    }
    codes.sort_unstable();
    codes.dedup();
    let [code] = codes.as_slice() else {
        return None;
    };
    Some(*code)
}

fn bars(word: &str) -> bool {
    let form = normal_form(word);
    let is_adjective = |part| matches!(part, PartOfSpeech::Adjective | PartOfSpeech::Participle);
    NO_ONE.contains_key(form.as_str())
        || LEXICON
            .analyse(&form)
            .any(|reading| is_adjective(reading.tag().part()))
}

/// A noun in the genitive or an adjective goes on with the noun; a verb or a small word does not.
fn may_precede(word: &str) -> bool {
    let form = normal_form(word);
    let ends = |part| {
        matches!(
            part,
            PartOfSpeech::Verb
                | PartOfSpeech::Preposition
                | PartOfSpeech::Conjunction
                | PartOfSpeech::Particle
                | PartOfSpeech::Adverb
        )
    };
    let starts_small = word.starts_with(char::is_lowercase);
    starts_small
        && LEXICON
            .analyse(&form)
            .any(|reading| ends(reading.tag().part()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_and_what_is_around_them() {
        for (word, lemma) in [
            ("prezydenta", Some("prezydent")),
            ("Prezydentem", Some("prezydent")),
            ("prezydenci", None),
            ("stół", None),
        ] {
            assert_eq!(noun(word).as_deref(), lemma, "{word}");
        }
        for (word, code) in [
            ("rosyjskim", Some("RU")),
            ("niemieckiej", Some("DE")),
            ("kongijski", None),
            ("wielki", None),
        ] {
            assert_eq!(country(word), code, "{word}");
        }
        for (word, barred) in [
            ("Wczoraj", false),
            ("że", false),
            ("były", true),
            ("jako", true),
            ("żaden", true),
        ] {
            assert_eq!(bars(word), barred, "{word}");
        }
        for (word, may) in [
            ("powiedział", true),
            ("i", true),
            ("miasta", false),
            ("elekt", false),
            ("Rosji", false),
        ] {
            assert_eq!(may_precede(word), may, "{word}");
        }
    }
}
