//! What a first reading made of a word elsewhere in the article, for the second.

use std::collections::HashMap;

use super::labels::{Label, Part};
use super::reading::Sentence;
use super::words::Words;
use crate::model::EntityKind;
use crate::text::mix;

/// How many kinds of name there are, and one for no name.
const KINDS: usize = EntityKind::ALL.len() + 1;

/// How often a word was read as what.
#[derive(Debug, Clone, Copy, Default)]
struct Votes {
    kinds: [u32; KINDS],
    /// As the last word of several, and as the only one.
    last: u32,
    only: u32,
}

impl Votes {
    fn add(&mut self, label: Label) {
        let (kind, part) = match label.parts() {
            None => (EntityKind::ALL.len(), None),
            Some((kind, part)) => (kind as usize, Some(part)),
        };
        if let Some(count) = self.kinds.get_mut(kind) {
            *count += 1;
        }
        self.last += u32::from(part == Some(Part::Last));
        self.only += u32::from(part == Some(Part::Only));
    }

    /// The same without one occurrence.
    fn without(mut self, label: Label) -> Self {
        let mut own = Self::default();
        own.add(label);
        for (count, own) in self.kinds.iter_mut().zip(own.kinds) {
            *count = count.saturating_sub(own);
        }
        self.last = self.last.saturating_sub(own.last);
        self.only = self.only.saturating_sub(own.only);
        self
    }

    fn total(self) -> u32 {
        self.kinds.iter().sum()
    }

    /// The kind it was read as most often, [`KINDS`] less one for none.
    fn winner(self) -> (usize, u32) {
        let counts = self.kinds.into_iter().enumerate();
        counts
            .max_by_key(|&(kind, count)| (count, KINDS - kind))
            .unwrap_or_default()
    }

    fn verdict(self, exact: bool) -> u64 {
        let (kind, count) = self.winner();
        let share = u64::from(count * 4 >= self.total() * 3);
        let often = match self.total() {
            0 | 1 => 0,
            2 | 3 => 1,
            _ => 2,
        };
        let longer = u64::from(self.last > self.only);
        mix(
            0x7e4d,
            kind as u64 + 8 * share + 16 * often + 64 * longer + 128 * u64::from(exact),
        )
    }
}

type Map = HashMap<u64, Votes, foldhash::fast::RandomState>;

/// Writes into each token that may be in a name what its word was read as elsewhere, and tells
/// for each token of each sentence whether it was read otherwise there.
pub fn verdicts(
    sentences: &mut [&mut Sentence],
    labels: &[Vec<Label>],
    words: &Words,
) -> Vec<Vec<bool>> {
    let mut forms = Map::default();
    let mut keys = Map::default();
    for (sentence, labels) in sentences.iter().zip(labels) {
        for (token, label) in sentence.tokens.iter().zip(labels) {
            let Some(word) = words.word(token.word) else {
                continue;
            };
            if word.shape.may_name() {
                forms.entry(word.form).or_default().add(*label);
                keys.entry(word.key).or_default().add(*label);
            }
        }
    }
    sentences
        .iter_mut()
        .zip(labels)
        .map(|(sentence, labels)| {
            let mut differs = vec![false; labels.len()];
            let tokens = sentence.tokens.iter_mut().zip(labels).zip(&mut differs);
            for ((token, label), differs) in tokens {
                let Some(word) = words.word(token.word) else {
                    continue;
                };
                token.verdict = 0;
                if !word.shape.may_name() {
                    continue;
                }
                let votes = |map: &Map, key: u64| {
                    map.get(&key).copied().unwrap_or_default().without(*label)
                };
                let (exact, alike) = (votes(&forms, word.form), votes(&keys, word.key));
                let votes = if exact.total() > 0 { exact } else { alike };
                if votes.total() > 0 {
                    token.verdict = votes.verdict(exact.total() > 0);
                    let own = label
                        .parts()
                        .map_or(EntityKind::ALL.len(), |(kind, _)| kind as usize);
                    *differs = votes.winner().0 != own;
                }
            }
            differs
        })
        .collect()
}
