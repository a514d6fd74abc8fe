//! Names that are well known, in whatever form they stand in a text.
//!
//! They come from lists written by hand and from the names of territories. The recogniser of names
//! takes a match for evidence, not for proof.

use std::collections::{HashMap, HashSet};

use super::known::{Country, Organization};
use super::{Language, Trait, lists};
use crate::model::EntityKind;
use crate::terms::name_bases;
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
    let bases = name_bases(word, &[language]).into_iter();
    bases.map(|base| hash(base.as_bytes())).collect()
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
