//! Spellings of one word that differ only by diacritics left out.

use super::fold_letter;

/// Accepts every spelling of a word in which letters differ at most by a diacritic that one of
/// the two sides lacks: `lukaszenka` and `łukaszenką` fit, `żółć` and `źółć` do not.
///
/// Reads bytes, so that it can walk a dictionary kept as an automaton.
#[derive(Debug, Clone)]
pub struct Spelling {
    letters: Vec<char>,
    prefix: bool,
}

/// How far a candidate has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many letters fit; the bytes of the next one may be incomplete.
    Fits {
        /// Letters that fit so far.
        letters: usize,
        /// Bytes of the next letter.
        pending: [u8; 4],
        /// How many bytes of it have been read.
        count: usize,
    },
    /// The prefix that was asked for is complete; anything may follow.
    Complete,
    /// It cannot fit any more.
    Fails,
}

impl Spelling {
    /// Spellings of the whole word.
    pub fn of(word: &str) -> Self {
        Self {
            letters: word.chars().collect(),
            prefix: false,
        }
    }

    /// Words that begin with a spelling of `prefix`.
    pub fn of_prefix(prefix: &str) -> Self {
        Self {
            letters: prefix.chars().collect(),
            prefix: true,
        }
    }

    /// Nothing read.
    pub fn start(&self) -> Progress {
        self.reached(0)
    }

    /// Whether what was read is a spelling.
    pub fn is_match(&self, progress: Progress) -> bool {
        match progress {
            Progress::Fits { letters, count, .. } => {
                !self.prefix && count == 0 && letters == self.letters.len()
            }
            Progress::Complete => true,
            Progress::Fails => false,
        }
    }

    /// Whether more bytes could make it one.
    pub fn can_match(&self, progress: Progress) -> bool {
        match progress {
            Progress::Fits { letters, .. } => letters <= self.letters.len(),
            Progress::Complete => true,
            Progress::Fails => false,
        }
    }

    /// Reads one more byte.
    pub fn read(&self, progress: Progress, byte: u8) -> Progress {
        let Progress::Fits {
            letters,
            mut pending,
            count,
        } = progress
        else {
            return progress;
        };
        let Some(place) = pending.get_mut(count) else {
            return Progress::Fails;
        };
        *place = byte;
        let count = count + 1;
        let Some(letter) = pending
            .get(..count)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .and_then(|text| text.chars().next())
        else {
            return Progress::Fits {
                letters,
                pending,
                count,
            };
        };
        self.next(letters, letter)
    }

    /// Reads one more letter, where no letter is begun.
    pub fn read_letter(&self, progress: Progress, letter: char) -> Progress {
        match progress {
            Progress::Fits {
                letters, count: 0, ..
            } => self.next(letters, letter),
            Progress::Fits { .. } => Progress::Fails,
            progress => progress,
        }
    }

    fn next(&self, letters: usize, letter: char) -> Progress {
        match self.letters.get(letters) {
            Some(&wanted) if alike(letter, wanted) => self.reached(letters + 1),
            _ => Progress::Fails,
        }
    }

    fn reached(&self, letters: usize) -> Progress {
        if self.prefix && letters == self.letters.len() {
            Progress::Complete
        } else {
            Progress::Fits {
                letters,
                pending: [0; 4],
                count: 0,
            }
        }
    }
}

fn alike(one: char, other: char) -> bool {
    if one == other {
        return true;
    }
    if one.is_ascii() && other.is_ascii() {
        return false;
    }
    let (one_base, other_base) = (fold_letter(one), fold_letter(other));
    one_base == other_base && (one == one_base || other == other_base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(spelling: &Spelling, candidate: &str, expected: bool) {
        let end = candidate.bytes().fold(spelling.start(), |progress, byte| {
            spelling.read(progress, byte)
        });
        assert_eq!(spelling.is_match(end), expected, "{spelling:?} {candidate}");
        let by_letters = candidate
            .chars()
            .fold(spelling.start(), |progress, letter| {
                spelling.read_letter(progress, letter)
            });
        assert_eq!(by_letters, end, "{spelling:?} {candidate}");
        assert!(!expected || spelling.can_match(end));
    }

    #[test]
    fn spellings() {
        for (word, candidate, expected) in [
            ("lukaszenka", "łukaszenką", true),
            ("łukaszenke", "łukaszenkę", true),
            ("sąd", "sad", true),
            ("sad", "sąd", true),
            ("żółć", "źółć", false),
            ("sad", "sada", false),
            ("sada", "sad", false),
            ("", "", true),
            ("", "a", false),
        ] {
            check(&Spelling::of(word), candidate, expected);
        }
    }

    #[test]
    fn prefixes() {
        for (prefix, candidate, expected) in [
            ("luk", "łukaszenka", true),
            ("luk", "lu", false),
            ("luk", "luk", true),
            ("", "żółw", true),
        ] {
            check(&Spelling::of_prefix(prefix), candidate, expected);
        }
    }
}
