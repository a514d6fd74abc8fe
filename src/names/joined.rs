//! Words that one name joins and the other parts: `BarackObama`, "Good Will".

use super::Name;
use super::words::Word;
use crate::lang::customs;

fn whole(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect()
}

/// Whether the words of both, written as one, are the same.
pub(super) fn are_equal(one: &Name, other: &Name) -> bool {
    if one.words.len() == other.words.len() || one.words.is_empty() || other.words.is_empty() {
        return false;
    }
    let (one, other) = (whole(&one.words), whole(&other.words));
    if one == other {
        return true;
    }
    if one.is_ascii() && other.is_ascii() {
        return false;
    }
    let (one, other) = (customs::readings(&one), customs::readings(&other));
    one.iter()
        .any(|sound| !sound.is_empty() && other.contains(sound))
}

/// The words of both, with two neighbours of one joined that the other writes as one.
pub(super) fn at_one_place(one: &[Word], other: &[Word]) -> Option<(Vec<Word>, Vec<Word>)> {
    if let Some(joined) = join(one, other) {
        return Some((joined, other.to_vec()));
    }
    join(other, one).map(|joined| (one.to_vec(), joined))
}

fn join(parted: &[Word], whole: &[Word]) -> Option<Vec<Word>> {
    if parted.len() <= 2 {
        return None;
    }
    for (place, pair) in parted.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        if first.initial || second.initial {
            continue;
        }
        let size = first.text.len() + second.text.len();
        let is_both = |word: &&Word| {
            word.text.len() == size
                && word.text.strip_prefix(first.text.as_str()) == Some(second.text.as_str())
        };
        if let Some(word) = whole.iter().find(is_both) {
            let mut joined = parted.to_vec();
            joined.splice(place..=place + 1, [word.clone()]);
            return Some(joined);
        }
    }
    None
}
