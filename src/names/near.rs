//! How near two words are.

use super::words::{Letters, Word};

/// How two words of a name fit, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same letters.
    Letters,
    /// The same sounds.
    Sounds,
    /// Spellings of one first name.
    Given,
    /// A short form or a cognate of a first name.
    GivenFar,
    /// An initial and a word.
    Initial,
    /// So many letters differ.
    Typo(usize),
}

impl Fit {
    /// Whether nothing but spelling differs.
    pub(super) fn is_exact(self) -> bool {
        matches!(self, Self::Letters | Self::Sounds)
    }

    /// How much it counts when words are paired.
    pub(super) fn weight(self) -> usize {
        match self {
            Self::Letters => 20,
            Self::Sounds => 19,
            Self::Given => 18,
            Self::GivenFar => 15,
            Self::Initial => 12,
            Self::Typo(distance) => 12_usize.saturating_sub(distance),
        }
    }
}

/// Shortest word in which a letter may be wrong.
const SHORTEST: usize = 4;
/// The same for names of anything but persons.
const SHORTEST_OF_BODY: usize = 5;
/// Shortest word in which two letters may be wrong.
const LONG: usize = 9;

/// How two words of persons' names fit; none where they are words of two names.
pub(super) fn person(one: &Word, other: &Word, is_surname: bool) -> Option<Fit> {
    if let Some(fit) = exact(one, other) {
        return Some(fit);
    }
    if one.initial || other.initial {
        let begins = |short: &Word, long: &Word| {
            short.initial
                && (long.text.starts_with(&short.text) || long.sound().starts_with(short.sound()))
        };
        return (begins(one, other) || begins(other, one)).then_some(Fit::Initial);
    }
    if !is_surname && let Some(fit) = given(one, other) {
        return Some(fit);
    }
    let found = typo(one, other, SHORTEST)?;
    let two_names = !is_surname && one.is_given() && other.is_given();
    let is_other = (two_names && !is_swapped(&one.text, &other.text))
        || is_gendered(one.sound(), other.sound());
    (!is_other).then_some(found)
}

/// Whether two words of persons' names may fit. Quick, and never wrong when it says no.
pub(super) fn may_fit(one: &Word, other: &Word) -> bool {
    let bound = bound_of(one, other);
    let within = |a: Letters, b: Letters| a.may_be_within(b, bound);
    one.initial
        || other.initial
        || within(one.letters_of_text, other.letters_of_text)
        || within(one.letters_of_sound, other.letters_of_sound)
        || one.may_sound_like(other)
        || given(one, other).is_some()
}

/// How many letters may differ in two words.
fn bound_of(one: &Word, other: &Word) -> usize {
    if one.letters().min(other.letters()) < LONG {
        1
    } else {
        2
    }
}

/// How two words of any other names fit.
pub(super) fn body(one: &Word, other: &Word) -> Option<Fit> {
    exact(one, other).or_else(|| typo(one, other, SHORTEST_OF_BODY))
}

fn exact(one: &Word, other: &Word) -> Option<Fit> {
    if one.text == other.text {
        return Some(Fit::Letters);
    }
    let is_word = !one.initial && !other.initial && !one.digit && !other.digit;
    // Many signs of Chinese and Korean are read alike.
    let are_signs = one.signs && other.signs;
    (is_word && !are_signs && one.sounds_like(other)).then_some(Fit::Sounds)
}

fn given(one: &Word, other: &Word) -> Option<Fit> {
    let mut found = None;
    for a in one.given() {
        for b in other.given().iter().filter(|b| b.row == a.row) {
            if a.near && b.near {
                return Some(Fit::Given);
            }
            found = Some(Fit::GivenFar);
        }
    }
    found
}

/// Whether the two differ as the surnames of a man and of a woman do: "Kowalski" and "Kowalska".
fn is_gendered(one: &str, other: &str) -> bool {
    let shared: usize = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let ends = (
        one.get(shared..).unwrap_or_default(),
        other.get(shared..).unwrap_or_default(),
    );
    matches!(
        ends,
        ("i" | "", "a") | ("a", "i" | "") | ("i" | "oi", "aia") | ("aia", "i" | "oi")
    )
}

/// Whether the letters are the same in another order.
fn is_swapped(one: &str, other: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    one.len() == other.len() && sorted(one) == sorted(other)
}

fn typo(one: &Word, other: &Word, shortest: usize) -> Option<Fit> {
    let shorter = one.letters().min(other.letters());
    let is_odd = |word: &Word| word.digit || word.signs || word.initial;
    if shorter < shortest || is_odd(one) || is_odd(other) {
        return None;
    }
    let bound = bound_of(one, other);
    let within = |a: Letters, b: Letters, one: &str, other: &str| {
        a.may_be_within(b, bound)
            .then(|| distance(one, other, bound))
            .flatten()
    };
    let (a, b) = (one.letters_of_sound, other.letters_of_sound);
    let by_sound = within(a, b, one.sound(), other.sound());
    let (a, b) = (one.letters_of_text, other.letters_of_text);
    let by_text = within(a, b, &one.text, &other.text);
    let found = by_sound.into_iter().chain(by_text).min();
    Some(Fit::Typo(found?.max(1)))
}

/// How many letters have to be put in, left out, changed or swapped with a neighbour; none where
/// more than `bound`.
pub(super) fn distance(one: &str, other: &str, bound: usize) -> Option<usize> {
    if one.is_ascii() && other.is_ascii() {
        return between(one.as_bytes(), other.as_bytes(), bound);
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    between(&one, &other, bound)
}

/// Longest words whose rows need no memory of their own.
const LONGEST_ON_STACK: usize = 31;

fn between<L: PartialEq + Copy>(one: &[L], other: &[L], bound: usize) -> Option<usize> {
    let both = one.iter().zip(other);
    let begin = both.take_while(|(a, b)| a == b).count();
    let (one, other) = (one.get(begin..)?, other.get(begin..)?);
    let both = one.iter().rev().zip(other.iter().rev());
    let end = both.take_while(|(a, b)| a == b).count();
    let one = one.get(..one.len() - end)?;
    let other = other.get(..other.len() - end)?;
    if one.len().abs_diff(other.len()) > bound {
        return None;
    }
    if other.len() > LONGEST_ON_STACK {
        let mut rows = vec![0; 3 * (other.len() + 1)];
        return table(one, other, bound, &mut rows);
    }
    table(one, other, bound, &mut [0; 3 * (LONGEST_ON_STACK + 1)])
}

/// `rows` is room for three rows of one more than the second word.
fn table<L: PartialEq + Copy>(
    one: &[L],
    other: &[L],
    bound: usize,
    rows: &mut [usize],
) -> Option<usize> {
    let width = other.len() + 1;
    let (mut before, rest) = rows.split_at_mut_checked(width)?;
    let (mut last, mut next) = rest.split_at_mut_checked(width)?;
    for (column, cost) in last.iter_mut().enumerate() {
        *cost = column;
    }
    let at = |row: &[usize], place: usize| row.get(place).copied().unwrap_or(usize::MAX / 2);
    let mut left = None;
    for (row, a) in one.iter().enumerate() {
        let mut fewest = row + 1;
        *next.first_mut()? = fewest;
        let mut above_left = None;
        for (column, b) in other.iter().enumerate() {
            let mut cost = at(last, column) + usize::from(a != b);
            cost = cost.min(at(last, column + 1) + 1).min(at(next, column) + 1);
            if left == Some(b) && above_left == Some(a) && column > 0 {
                cost = cost.min(at(before, column - 1) + 1);
            }
            *next.get_mut(column + 1)? = cost;
            fewest = fewest.min(cost);
            above_left = Some(b);
        }
        if fewest > bound {
            return None;
        }
        left = Some(a);
        (before, last, next) = (last, next, before);
    }
    last.get(width - 1).copied().filter(|found| *found <= bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_differ() {
        for (one, other, expected) in [
            ("putin", "putin", Some(0)),
            ("putin", "pudin", Some(1)),
            ("macron", "marcon", Some(1)),
            ("putin", "utin", Some(1)),
            ("putin", "puttin", Some(1)),
            ("putin", "pavel", None),
            ("", "ab", Some(2)),
            ("łukaszenko", "łukaszneko", Some(1)),
            ("ca", "abc", None),
            (
                "abcdefghijklmnopqrstuvwxyzabcdefghi",
                "xbcdefghijklmnopqrstuvwxyzabcdefghx",
                Some(2),
            ),
        ] {
            assert_eq!(distance(one, other, 2), expected, "{one} {other}");
            assert_eq!(distance(other, one, 2), expected, "{other} {one}");
        }
    }
}
