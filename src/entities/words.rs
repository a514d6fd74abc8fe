//! The words of the names of one kind, each once and by a number.

use rayon::prelude::*;

use super::FastMap;
use super::forms::sound;
use crate::model::EntityKind;
use crate::names::Reader;
use crate::text::{normal_form, tokens};

/// The number of a word.
pub(super) type WordNumber = usize;

/// A word of a name as words of two names are compared.
#[derive(Debug)]
pub(super) struct Word {
    /// Lower case, diacritics kept.
    pub(super) text: String,
    /// A number that all words of this sound share.
    pub(super) sound: usize,
    /// How many letters it has.
    pub(super) letters: usize,
}

/// All words of some names.
#[derive(Debug)]
pub(super) struct Words {
    words: Vec<Word>,
    numbers: FastMap<String, WordNumber>,
}

impl Words {
    /// The words of these names, and the numbers of those of each.
    pub(super) fn of(
        names: &[&str],
        kind: EntityKind,
        reader: &Reader,
    ) -> (Self, Vec<Vec<WordNumber>>) {
        let texts: Vec<Vec<String>> = names.par_iter().map(|name| words(name)).collect();
        let mut numbers: FastMap<String, WordNumber> = FastMap::default();
        let mut all: Vec<String> = Vec::new();
        let mut number_of = |text: String| {
            if let Some(number) = numbers.get(&text) {
                return *number;
            }
            let number = all.len();
            all.push(text.clone());
            numbers.insert(text, number);
            number
        };
        let of_names = texts.into_iter();
        let of_names = of_names
            .map(|texts| texts.into_iter().map(&mut number_of).collect())
            .collect();
        let heard: Vec<String> = all
            .par_iter()
            .map(|text| sound(reader, text, kind))
            .collect();
        let mut sounds: FastMap<String, usize> = FastMap::default();
        let words = all.into_iter().zip(heard).map(|(text, heard)| {
            let next = sounds.len();
            Word {
                sound: *sounds.entry(heard).or_insert(next),
                letters: text.chars().count(),
                text,
            }
        });
        let words = words.collect();
        (Self { words, numbers }, of_names)
    }

    /// All of them, by their numbers.
    pub(super) fn all(&self) -> &[Word] {
        &self.words
    }

    /// The words of these numbers.
    pub(super) fn get<'w>(
        &'w self,
        numbers: &'w [WordNumber],
    ) -> impl DoubleEndedIterator<Item = &'w Word> + Clone {
        numbers.iter().filter_map(|number| self.words.get(*number))
    }

    /// The number of a word, if one of the names has it.
    pub(super) fn number(&self, text: &str) -> Option<WordNumber> {
        self.numbers.get(text).copied()
    }
}

/// The words of a name as they are compared.
fn words(name: &str) -> Vec<String> {
    tokens(name)
        .map(|span| normal_form(span.of(name)))
        .collect()
}
