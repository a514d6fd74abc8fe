//! Annotated text as numbers to learn from.

use std::collections::HashMap;

use kronika::annotate::names::decode::islands;
use kronika::annotate::names::features::{REACH, at_offset, conjunctions, reconsidered};
use kronika::annotate::names::labels::{self, LABELS, Label};
use kronika::annotate::names::reading::{INTRODUCED, INTRODUCES, Sentence, evidence, read};
use kronika::annotate::names::verdict::verdicts;
use kronika::annotate::names::words::Words;
use kronika::lang::Language;
use kronika::model::EntityKind;
use kronika::text::{hash, mix};

use super::corpus::Gold;
use super::material::Sample;

/// A bit of a stored feature: it names the word or rests on a list, and is hidden now and then.
pub(crate) const LEXICAL: u32 = 1 << 31;
/// Above these bits stands which word of the neighbourhood a stored feature is of.
pub(crate) const SLOT_SHIFT: u32 = 28;
/// The bits that number a stored feature.
pub(crate) const ID: u32 = (1 << SLOT_SHIFT) - 1;

/// So that a label fits the masks.
const _: () = assert!(LABELS <= 24);

/// Examples as numbers.
#[derive(Default)]
pub(crate) struct Examples {
    names: HashMap<u64, u32>,
    pub(crate) hashes: Vec<u64>,
    counts: Vec<u32>,
    /// Features of all tokens, one after the other.
    pub(crate) features: Vec<u32>,
    /// For each token where its features end.
    pub(crate) ends: Vec<usize>,
    pub(crate) gaps: Vec<u8>,
    /// For each token its allowed labels, a bit each.
    pub(crate) allowed: Vec<u32>,
    /// For each island the token after its last, and how often it counts.
    pub(crate) islands: Vec<(usize, f32)>,
}

impl Examples {
    fn number(&mut self, hash: u64) -> u32 {
        let next = self.hashes.len() as u32;
        let number = *self.names.entry(hash).or_insert(next);
        if number == next {
            self.hashes.push(hash);
            self.counts.push(0);
        }
        self.counts[number as usize] += 1;
        number
    }

    /// Takes in the parts of a sentence where names may be.
    pub(crate) fn add(&mut self, sentence: &Sentence, allowed: &[u32], words: &Words, weight: f32) {
        for (start, end) in islands(sentence, words) {
            for (index, &allowed) in allowed.iter().enumerate().take(end).skip(start) {
                for slot in 0..=2 * REACH {
                    let offset = slot as isize - REACH as isize;
                    let Some(token) = (index + slot)
                        .checked_sub(REACH)
                        .and_then(|index| sentence.tokens.get(index))
                    else {
                        continue;
                    };
                    let Some(word) = words.word(token.word) else {
                        continue;
                    };
                    for feature in &word.features {
                        if offset.unsigned_abs() <= usize::from(feature.reach) {
                            let number = self.number(at_offset(feature.hash, offset));
                            let mark = if feature.lexical { LEXICAL } else { 0 };
                            self.features
                                .push(number | mark | (slot as u32) << SLOT_SHIFT);
                        }
                    }
                }
                let mut more = Vec::new();
                conjunctions(sentence, index, words, &mut |feature, listed| {
                    more.push((feature, listed));
                });
                reconsidered(sentence, index, words, &mut |feature| {
                    more.push((feature, false));
                });
                for (feature, listed) in more {
                    let number = self.number(feature);
                    let mark = if listed { LEXICAL } else { 0 };
                    self.features
                        .push(number | mark | (REACH as u32) << SLOT_SHIFT);
                }
                self.ends.push(self.features.len());
                self.gaps.push(sentence.tokens[index].gap.class);
                self.allowed.push(allowed);
            }
            self.islands.push((self.ends.len(), weight));
        }
    }

    pub(crate) fn tokens(&self) -> usize {
        self.ends.len()
    }

    /// Leaves out rare features and numbers the others anew.
    pub(crate) fn cut(&mut self, cutoff: u32) {
        let mut numbers = vec![u32::MAX; self.hashes.len()];
        let mut hashes = Vec::new();
        for (number, &count) in self.counts.iter().enumerate() {
            if count >= cutoff {
                numbers[number] = hashes.len() as u32;
                hashes.push(self.hashes[number]);
            }
        }
        let mut features = Vec::with_capacity(self.features.len());
        let mut start = 0;
        for end in &mut self.ends {
            for &feature in &self.features[start..*end] {
                let number = numbers[(feature & ID) as usize];
                if number != u32::MAX {
                    features.push(number | feature & !ID);
                }
            }
            start = *end;
            *end = features.len();
        }
        self.features = features;
        self.hashes = hashes;
        self.names = HashMap::new();
        self.counts = Vec::new();
    }
}

/// Reads a text, with the evidence that it gives of itself.
pub(crate) fn reading(text: &str, language: &'static Language, words: &mut Words) -> Vec<Sentence> {
    let mut sentences = read(text, language, words);
    evidence(&mut [sentences.as_mut_slice()], words);
    sentences
}

/// Takes in a sample, at its weight times `share`; with what a first reading made of its sentences
/// where that is known.
pub(crate) fn add(
    examples: &mut Examples,
    sample: &Sample,
    share: f32,
    language: &'static Language,
    words: &mut Words,
    first: Option<&[Vec<Label>]>,
) {
    let none: u32 = if sample.open {
        let kinds = [EntityKind::Event, EntityKind::Product];
        let labels = Label::all()
            .filter(|label| label.parts().is_none_or(|(kind, _)| kinds.contains(&kind)));
        labels.fold(0, |mask, label| mask | 1 << label.0)
    } else {
        1
    };
    let mut sentences = reading(&sample.text.body, language, words);
    if let Some(first) = first {
        let mut all: Vec<&mut Sentence> = sentences.iter_mut().collect();
        verdicts(&mut all, first, words);
    }
    let salt = hash(sample.text.id.as_bytes());
    for mut sentence in sentences {
        let mut allowed = vec![none; sentence.tokens.len()];
        for gold in &sample.text.gold {
            allow(&sentence, gold, &mut allowed);
        }
        introduce(&mut sentence, &allowed, words, salt);
        examples.add(&sentence, &allowed, words, sample.weight * share);
    }
}

/// How many of the persons called by one name are taken to have been introduced.
const INTRODUCTIONS: f32 = 0.5;

/// Pretends that a person called by one name alone was introduced by the full name before.
///
/// News does so, but the texts of NKJP are excerpts, which mostly lack the place where it is done:
/// learnt from them as they are, the evidence would count for too little.
fn introduce(sentence: &mut Sentence, allowed: &[u32], words: &Words, salt: u64) {
    let only = labels::of_name(EntityKind::Person, 1)
        .next()
        .unwrap_or(Label::NONE);
    for (token, allowed) in sentence.tokens.iter_mut().zip(allowed) {
        let Some(word) = words.word(token.word) else {
            continue;
        };
        let drawn = (mix(salt, word.key) >> 40) as f32 / (1u64 << 24) as f32;
        let tells = token.evidence & INTRODUCES != 0;
        if tells && *allowed == 1 << only.0 && drawn < INTRODUCTIONS {
            token.evidence |= INTRODUCED;
        }
    }
}

/// Writes which labels a name allows for the tokens it covers.
fn allow(sentence: &Sentence, gold: &Gold, allowed: &mut [u32]) {
    let inside: Vec<usize> = sentence
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.span.overlaps(gold.span))
        .map(|(index, _)| index)
        .collect();
    if inside.is_empty() {
        return;
    }
    for &index in &inside {
        allowed[index] = u32::from(gold.optional);
    }
    for &kind in &gold.kinds {
        for (&index, label) in inside.iter().zip(labels::of_name(kind, inside.len())) {
            allowed[index] |= 1 << label.0;
        }
    }
}
