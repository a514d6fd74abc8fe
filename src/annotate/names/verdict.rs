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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names::reading::read;
    use crate::lang::pl::POLISH;
    use EntityKind::{Person, Place};

    const NONE: Label = Label::NONE;

    fn only(kind: EntityKind) -> Label {
        Label::new(kind, Part::Only)
    }

    fn last(kind: EntityKind) -> Label {
        Label::new(kind, Part::Last)
    }

    fn votes(labels: &[Label]) -> Votes {
        let mut votes = Votes::default();
        for label in labels {
            votes.add(*label);
        }
        votes
    }

    /// The labels of a word elsewhere, and whether they are those of the very form.
    type Elsewhere<'l> = Option<(&'l [Label], bool)>;

    /// Every word of the text with a label; expects for each what its verdict sums up, and whether
    /// it was read otherwise there.
    #[track_caller]
    fn check(text: &str, labels: &[Label], expected: &[(Elsewhere<'_>, bool)]) {
        let mut words = Words::new(&POLISH);
        let mut sentences = read(text, &POLISH, &mut words);
        let mut given = labels.iter().copied();
        let labels: Vec<Vec<Label>> = sentences
            .iter()
            .map(|sentence| given.by_ref().take(sentence.tokens.len()).collect())
            .collect();
        let mut all: Vec<&mut Sentence> = sentences.iter_mut().collect();
        let differs = verdicts(&mut all, &labels, &words);
        let tokens = sentences.iter().flat_map(|sentence| &sentence.tokens);
        let found: Vec<(u64, bool)> = tokens
            .map(|token| token.verdict)
            .zip(differs.into_iter().flatten())
            .collect();
        let expected: Vec<(u64, bool)> = expected
            .iter()
            .map(|(known, differs)| {
                let verdict = known.map_or(0, |(labels, exact)| votes(labels).verdict(exact));
                (verdict, *differs)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_word_is_told_what_it_was_elsewhere() {
        // Once: nothing is known. In small letters: nothing is asked.
        check(
            "Łódź płynie",
            &[only(Place), NONE],
            &[(None, false), (None, false)],
        );
        check(
            "Tusk. Tusk. tusk",
            &[only(Person), only(Person), NONE],
            &[
                (Some((&[only(Person)], true)), false),
                (Some((&[only(Person)], true)), false),
                (None, false),
            ],
        );
        // The others outvote it.
        check(
            "Tusk. Tusk. Tusk",
            &[only(Place), only(Person), last(Person)],
            &[
                (Some((&[only(Person), last(Person)], true)), true),
                (Some((&[only(Place), last(Person)], true)), false),
                (Some((&[only(Place), only(Person)], true)), false),
            ],
        );
        // Of no name elsewhere is a verdict too.
        check(
            "Rada. Rada",
            &[NONE, only(Person)],
            &[
                (Some((&[only(Person)], true)), true),
                (Some((&[NONE], true)), true),
            ],
        );
        // Another form of the same beginning is asked where the form itself is not met.
        check(
            "Tusk. Tuskiem. Tusk",
            &[only(Person), only(Place), last(Person)],
            &[
                (Some((&[last(Person)], true)), false),
                (Some((&[only(Person), last(Person)], false)), true),
                (Some((&[only(Person)], true)), false),
            ],
        );
    }

    #[test]
    fn votes_are_weighed() {
        let (person, place) = (only(Person), only(Place));
        assert_eq!(votes(&[]).total(), 0);
        assert_eq!(votes(&[place, person, place]).winner(), (Place as usize, 2));
        assert_eq!(votes(&[place, person]).winner(), (Person as usize, 1));
        assert_eq!(votes(&[NONE, NONE, person]).winner(), (KINDS - 1, 2));
        assert_eq!(votes(&[person, place]).without(place).total(), 1);
        let verdicts: Vec<u64> = [
            &[person][..],
            &[place],
            &[NONE],
            &[person, person],
            &[person, place],
            &[person, person, person, person],
            &[last(Person)],
        ]
        .map(|labels| votes(labels).verdict(true))
        .to_vec();
        for (index, verdict) in verdicts.iter().enumerate() {
            assert!(!verdicts[..index].contains(verdict), "{index}");
        }
        assert_ne!(
            votes(&[person]).verdict(true),
            votes(&[person]).verdict(false)
        );
    }
}
