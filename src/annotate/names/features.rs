//! What the recogniser weighs of a token among its neighbours, besides the words themselves.

use super::reading::{EVIDENCE, Sentence, Token};
use super::words::{Shape, Word, Words};
use crate::text::mix;

/// How far a word's own features reach, in tokens.
pub const REACH: usize = 2;

/// Stands for what lies beyond the ends of a sentence.
const BEYOND: u64 = 0x5eed;

/// How far a name's neighbours in small letters are sought.
const FAR: usize = 6;

/// The feature of a word as seen from a token that stands `offset` tokens before it, with 0 to
/// [`REACH`] for the words behind and above for those before.
pub fn at_offset(feature: u64, offset: isize) -> u64 {
    mix(feature, 0x100 + offset.unsigned_abs() as u64 + if offset < 0 { 16 } else { 0 })
}

/// Gives each feature of the token at `index` that ties it to its neighbours.
pub fn conjunctions(sentence: &Sentence, index: usize, words: &Words, sink: &mut impl FnMut(u64)) {
    let tokens = &sentence.tokens;
    let token_at = |offset: isize| -> Option<&Token> { tokens.get(index.checked_add_signed(offset)?) };
    let word_at = |offset: isize| token_at(offset).and_then(|token| words.word(token.word));
    let of = |offset: isize, value: fn(&Word) -> u64| word_at(offset).map_or(BEYOND, value);
    let sort = |offset| of(offset, |word| word.sort);
    let fine = |offset| of(offset, |word| word.fine);
    let lemma = |offset| of(offset, |word| word.lemma);
    let gap = |offset: isize| {
        token_at(offset).map_or(if offset > 0 { mix(sentence.end, BEYOND) } else { BEYOND }, |token| {
            token.gap.hash
        })
    };
    let mut template = 0x1000;
    let mut give = |values: &[u64]| {
        template += 1;
        sink(values.iter().fold(template, |state, &value| mix(state, value)));
    };
    let (s0, s1, s2) = (sort(0), sort(1), sort(2));
    let (p1, p2) = (sort(-1), sort(-2));
    let (gap_before, gap_after) = (gap(0), gap(1));
    give(&[p1, s0]);
    give(&[s0, s1]);
    give(&[p1, s0, s1]);
    give(&[p2, p1, s0]);
    give(&[s0, s1, s2]);
    give(&[fine(-1), fine(0)]);
    give(&[fine(0), fine(1)]);
    give(&[lemma(-1), s0]);
    give(&[s0, lemma(1)]);
    give(&[lemma(-1), lemma(0)]);
    give(&[lemma(0), lemma(1)]);
    give(&[lemma(-2), p1, s0]);
    give(&[gap_before, s0]);
    give(&[s0, gap_after]);
    give(&[p1, gap_before, s0]);
    give(&[s0, gap_after, s1]);
    give(&[gap(-1), p1, s0]);
    give(&[s0, s1, gap(2)]);
    give(&[u64::from(index == 0), s0]);
    give(&[u64::from(index == 0), lemma(0)]);

    // The nearest words in small letters on both sides of a run of capitals.
    let is_run = |offset: isize| word_at(offset).is_some_and(|word| word.shape.may_name());
    let mut left = -1;
    while left > -(FAR as isize) && is_run(left) {
        left -= 1;
    }
    let mut right = 1;
    while right < FAR as isize && is_run(right) {
        right += 1;
    }
    let (behind, before) = (left.unsigned_abs() as u64, right.unsigned_abs() as u64);
    give(&[lemma(left), s0]);
    give(&[lemma(left), behind.min(3)]);
    give(&[lemma(right), s0]);
    give(&[lemma(right), before.min(3)]);
    give(&[sort(left), behind.min(3), before.min(3), s0]);
    give(&[sort(right), behind.min(3), before.min(3), s0]);

    // Words of one name stand in one case.
    let agree = |one: isize, other: isize| match (word_at(one), word_at(other)) {
        (Some(one), Some(other)) => {
            let (one, other) = (one.traits.cases, other.traits.cases);
            1 + 2 * u64::from(!one.and(other).is_empty())
                + 4 * u64::from(one.is_empty())
                + 8 * u64::from(other.is_empty())
        }
        _ => 0,
    };
    give(&[agree(-1, 0), p1, s0]);
    give(&[agree(0, 1), s0, s1]);

    let is_name = word_at(0).is_some_and(|word| word.shape != Shape::Small);
    let evidence = |offset| token_at(offset).map_or(0, |token| token.evidence);
    let verdict = |offset| token_at(offset).map_or(0, |token| token.verdict);
    if is_name {
        let own = evidence(0);
        give(&[own, s0]);
        give(&[own, u64::from(index == 0)]);
        for bit in (0..u64::from(EVIDENCE)).filter(|bit| own & 1 << bit != 0) {
            sink(mix(mix(0x2020 + bit, s0), 0));
        }
        if verdict(0) != 0 {
            sink(mix(mix(0x2001, verdict(0)), 0));
            sink(mix(mix(0x2002, verdict(0)), s0));
            sink(mix(mix(0x2003, verdict(0)), mix(own, 0)));
        }
    }
    for (offset, number) in [(-1, 0x2010), (1, 0x2011)] {
        if verdict(offset) != 0 {
            sink(mix(mix(number, verdict(offset)), s0));
        }
    }
}
