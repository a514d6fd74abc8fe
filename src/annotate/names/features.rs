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
    mix(
        feature,
        0x100 + offset.unsigned_abs() as u64 + if offset < 0 { 16 } else { 0 },
    )
}

/// One hash of a template and what fills it. One multiplication for each value is enough, as
/// most values are hashes themselves.
#[inline]
fn feature(template: u64, values: &[u64]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let start = template.wrapping_mul(FACTOR);
    let state = values.iter().fold(start, |state, &value| {
        (state.rotate_left(26) ^ value).wrapping_mul(FACTOR)
    });
    let state = (state ^ (state >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    state ^ (state >> 32)
}

/// Gives each feature of the token at `index` that ties it to its neighbours, and whether it is
/// one that rests on a list of names.
pub fn conjunctions(
    sentence: &Sentence,
    index: usize,
    words: &Words,
    sink: &mut impl FnMut(u64, bool),
) {
    let tokens = &sentence.tokens;
    let token_at =
        |offset: isize| -> Option<&Token> { tokens.get(index.checked_add_signed(offset)?) };
    let word_at = |offset: isize| token_at(offset).and_then(|token| words.word(token.word));
    let of = |offset: isize, value: fn(&Word) -> u64| word_at(offset).map_or(BEYOND, value);
    let sort = |offset| of(offset, |word| word.sort);
    let fine = |offset| of(offset, |word| word.fine);
    let lemma = |offset| of(offset, |word| word.lemma);
    let gap = |offset: isize| {
        token_at(offset).map_or(
            if offset > 0 {
                mix(sentence.end, BEYOND)
            } else {
                BEYOND
            },
            |token| token.gap.hash,
        )
    };
    let (s0, s1, s2) = (sort(0), sort(1), sort(2));
    let (p1, p2) = (sort(-1), sort(-2));
    let (gap_before, gap_after) = (gap(0), gap(1));
    sink(feature(1, &[p1, s0]), false);
    sink(feature(2, &[s0, s1]), false);
    sink(feature(3, &[p1, s0, s1]), false);
    sink(feature(4, &[p2, p1, s0]), false);
    sink(feature(5, &[s0, s1, s2]), false);
    sink(feature(8, &[lemma(-1), s0]), false);
    sink(feature(9, &[s0, lemma(1)]), false);
    sink(feature(10, &[lemma(-1), lemma(0)]), false);
    sink(feature(11, &[lemma(0), lemma(1)]), false);
    sink(feature(13, &[gap_before, s0]), false);
    sink(feature(14, &[s0, gap_after]), false);

    let known = |offset| token_at(offset).map_or(0, |token| u64::from(token.known));
    let (k0, k1, before) = (known(0), known(1), known(-1));
    if k0 | k1 | before != 0 {
        sink(feature(40, &[k0, before]), true);
        sink(feature(41, &[k0, k1]), true);
        sink(feature(42, &[k0, s0]), true);
        sink(feature(43, &[k0, p1, s1]), true);
    }

    // A word in small letters is hardly ever in a name: less need be known of it.
    if word_at(0).is_none_or(|word| word.shape == Shape::Small) {
        return;
    }
    sink(feature(6, &[fine(-1), fine(0)]), false);
    sink(feature(7, &[fine(0), fine(1)]), false);
    sink(feature(12, &[lemma(-2), p1, s0]), false);
    sink(feature(15, &[p1, gap_before, s0]), false);
    sink(feature(16, &[s0, gap_after, s1]), false);
    sink(feature(17, &[gap(-1), p1, s0]), false);
    sink(feature(18, &[s0, s1, gap(2)]), false);
    sink(feature(19, &[u64::from(index == 0), s0]), false);
    sink(feature(20, &[u64::from(index == 0), lemma(0)]), false);

    // The nearest words in small letters on both sides of a run of capitals.
    let is_run = |offset: isize| word_at(offset).is_some_and(|word| word.shape.may_name());
    let mut left = -1;
    while left > -FAR.cast_signed() && is_run(left) {
        left -= 1;
    }
    let mut right = 1;
    while right < FAR.cast_signed() && is_run(right) {
        right += 1;
    }
    let (behind, before) = (left.unsigned_abs() as u64, right.unsigned_abs() as u64);
    sink(feature(21, &[lemma(left), s0]), false);
    sink(feature(22, &[lemma(left), behind.min(3)]), false);
    sink(feature(23, &[lemma(right), s0]), false);
    sink(feature(24, &[lemma(right), before.min(3)]), false);
    sink(
        feature(25, &[sort(left), behind.min(3), before.min(3), s0]),
        false,
    );
    sink(
        feature(26, &[sort(right), behind.min(3), before.min(3), s0]),
        false,
    );

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
    sink(feature(27, &[agree(-1, 0), p1, s0]), false);
    sink(feature(28, &[agree(0, 1), s0, s1]), false);

    let evidence = token_at(0).map_or(0, |token| token.evidence);
    sink(feature(29, &[evidence, s0]), false);
    sink(feature(30, &[evidence, u64::from(index == 0)]), false);
    for bit in (0..u64::from(EVIDENCE)).filter(|bit| evidence & 1 << bit != 0) {
        sink(feature(44 + bit, &[s0]), false);
    }
}

/// Gives each feature that says what a first reading made of the token at `index` and its
/// neighbours elsewhere in the article.
pub fn reconsidered(sentence: &Sentence, index: usize, words: &Words, sink: &mut impl FnMut(u64)) {
    let token_at = |offset: isize| sentence.tokens.get(index.checked_add_signed(offset)?);
    let Some(token) = token_at(0) else { return };
    let sort = words.word(token.word).map_or(BEYOND, |word| word.sort);
    if token.verdict != 0 {
        sink(feature(60, &[token.verdict]));
        sink(feature(61, &[token.verdict, sort]));
        sink(feature(62, &[token.verdict, token.evidence]));
    }
    for (offset, template) in [(-1, 63), (1, 64)] {
        if let Some(other) = token_at(offset).filter(|other| other.verdict != 0) {
            sink(feature(template, &[other.verdict, sort]));
        }
    }
}
