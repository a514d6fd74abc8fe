//! Names that are well known, in whatever form they stand in a text.
//!
//! They come from lists written by hand and from the names of territories. The recogniser of names
//! takes a match for evidence, not for proof.

use std::collections::{HashMap, HashSet};

use super::known::{Country, Organization};
use super::{Language, Trait, lists};
use crate::model::EntityKind;
use crate::text::{hash, normal_form, tokens};

/// Well-known names, to be found by any of their forms.
#[derive(Debug, Default)]
pub struct Gazetteer {
    names: Vec<Name>,
    /// All names in small letters, as hashes.
    whole: HashSet<u64, foldhash::fast::RandomState>,
    by_first: HashMap<u64, Vec<u32>, foldhash::fast::RandomState>,
}

/// A name as what each of its words may be in its base form.
#[derive(Debug)]
struct Name {
    kind: EntityKind,
    words: Vec<Vec<u64>>,
}

/// What a word of a name may be in its base form, as hashes.
pub fn bases(word: &str, language: &'static Language) -> Vec<u64> {
    let form = normal_form(word);
    let mut bases = vec![hash(form.as_bytes())];
    (language.name_bases)(&form, &mut |base| {
        let base = hash(base.as_bytes());
        if !bases.contains(&base) {
            bases.push(base);
        }
    });
    bases
}

impl Gazetteer {
    /// The names that a language lists.
    pub fn new(language: &'static Language) -> Self {
        let mut gazetteer = Self::default();
        for (name, kind) in lists::names() {
            // "Asia" is a continent to the English and a girl to the Poles.
            let traits = (language.traits)(&normal_form(name));
            if !traits.has(Trait::FirstName) || traits.has(Trait::Country) {
                gazetteer.add(name, kind, language);
            }
        }
        for name in lists::territories(language.territories) {
            gazetteer.add(&name, EntityKind::Place, language);
        }
        let known = (language.known)();
        for name in known.countries().iter().flat_map(Country::names) {
            gazetteer.add(name, EntityKind::Place, language);
        }
        for name in known.organizations().iter().flat_map(Organization::names) {
            gazetteer.add(name, EntityKind::Organization, language);
        }
        gazetteer
    }

    fn add(&mut self, name: &str, kind: EntityKind, language: &'static Language) {
        let words: Vec<Vec<u64>> = tokens(name)
            .map(|span| bases(span.of(name), language))
            .collect();
        let Some(first) = words.first() else { return };
        self.whole.insert(hash(normal_form(name).as_bytes()));
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        for base in first {
            self.by_first.entry(*base).or_default().push(number);
        }
        self.names.push(Name { kind, words });
    }

    /// Whether a name is listed as it is, but for capitals.
    pub fn holds(&self, name: &str) -> bool {
        self.whole.contains(&hash(normal_form(name).as_bytes()))
    }

    /// The longest name of the list that `words` begin with, each given by what it may be: its kind and
    /// how many words it has.
    pub fn longest<'w>(
        &self,
        words: impl Fn(usize) -> Option<&'w [u64]>,
    ) -> Option<(EntityKind, usize)> {
        let overlap = |one: &[u64], other: &[u64]| one.iter().any(|base| other.contains(base));
        let first = words(0)?;
        first
            .iter()
            .filter_map(|base| self.by_first.get(base))
            .flatten()
            .filter_map(|&number| self.names.get(number as usize))
            .filter(|name| {
                name.words
                    .iter()
                    .enumerate()
                    .skip(1)
                    .all(|(index, wanted)| words(index).is_some_and(|word| overlap(word, wanted)))
            })
            .map(|name| (name.kind, name.words.len()))
            .max_by_key(|&(kind, length)| (length, std::cmp::Reverse(kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::pl::POLISH;
    use EntityKind::{Event, Organization, Person, Place};

    const NAMES: [(&str, EntityKind); 9] = [
        ("Rosja", Place),
        ("Stany Zjednoczone", Place),
        ("Unia", Organization),
        ("Unia Europejska", Organization),
        ("Organizacja Narodów Zjednoczonych", Organization),
        ("Nowy Jork", Place),
        ("Europejski Bank Centralny", Organization),
        ("Waszyngton", Place),
        ("Waszyngton", Person),
    ];

    /// Looks at the beginning of `text`.
    #[track_caller]
    fn check(text: &str, expected: Option<(EntityKind, usize)>) {
        let mut gazetteer = Gazetteer::default();
        for (name, kind) in NAMES {
            gazetteer.add(name, kind, &POLISH);
        }
        let words: Vec<Vec<u64>> = tokens(text)
            .map(|span| bases(span.of(text), &POLISH))
            .collect();
        let found = gazetteer.longest(|index| words.get(index).map(Vec::as_slice));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_are_found_in_any_form() {
        for text in ["Rosja", "Rosji", "Rosją", "ROSJĘ", "Rosję napadła"] {
            check(text, Some((Place, 1)));
        }
        for text in [
            "Stany Zjednoczone",
            "Stanów Zjednoczonych",
            "Stanami Zjednoczonymi",
            "Nowym Jorku",
            "Nowego Jorku nie",
            "NOWY JORK",
        ] {
            check(text, Some((Place, 2)));
        }
        for text in [
            "Organizacji Narodów Zjednoczonych",
            "Europejskim Banku Centralnym",
        ] {
            check(text, Some((Organization, 3)));
        }
    }

    #[test]
    fn the_longest_wins() {
        check("Unii", Some((Organization, 1)));
        check("Unii Europejskiej", Some((Organization, 2)));
        check("Unii Afrykańskiej", Some((Organization, 1)));
    }

    #[test]
    fn of_two_kinds_the_first_wins() {
        assert!(Person < Place && Place < Event);
        check("Waszyngtonie", Some((Person, 1)));
    }

    #[test]
    fn what_is_like_a_name_is_none() {
        for text in [
            "",
            "Rosjanie",
            "Rosyjska",
            "Stany",
            "Stany Europejskie",
            "Organizacja Narodów",
            "Zjednoczone Stany",
            "Jork",
            "Nowy Targ",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn the_lists_of_both_languages_are_read() {
        for language in crate::lang::LANGUAGES {
            let gazetteer = (language.gazetteer)().unwrap();
            let nato = bases("NATO", language);
            let found = gazetteer.longest(|index| (index == 0).then_some(nato.as_slice()));
            assert_eq!(found, Some((Organization, 1)), "{}", language.code);
        }
    }
}
