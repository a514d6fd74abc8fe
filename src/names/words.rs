//! The words of a name: how they are parted, and what is known of each alone.

use std::ops::Deref;
use std::sync::Arc;

use unicode_normalization::char::is_combining_mark;

use crate::lang::customs;
use crate::lang::fingerprints::{self, List};
use crate::lang::small_words::{GivenRow, SmallWord, given_rows, small_word};
use crate::text::fold;

/// Most words of a name that are compared; nobody is told from others by the rest.
const MAX_WORDS: usize = 16;

/// A word as it is written, and what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Written<'t> {
    /// The word itself.
    pub(super) text: &'t str,
    /// A full stop follows at once.
    pub(super) dot: bool,
    /// A comma follows.
    pub(super) comma: bool,
    /// A hyphen joins it to the word before.
    pub(super) hyphen: bool,
}

/// The words of a text, the first few.
pub(super) fn written(text: &str) -> Vec<Written<'_>> {
    let mut words: Vec<Written<'_>> = Vec::new();
    let mut rest = text;
    let mut hyphen = false;
    while let Some(start) = rest.find(is_letter) {
        let (between, tail) = rest.split_at(start);
        note(between, words.last_mut(), &mut hyphen);
        let end = tail.find(|sign| !is_inside(sign)).unwrap_or(tail.len());
        let (word, tail) = tail.split_at(end);
        if words.len() == MAX_WORDS {
            return words;
        }
        words.push(Written {
            text: word.trim_end_matches(is_apostrophe),
            dot: false,
            comma: false,
            hyphen,
        });
        hyphen = false;
        rest = tail;
    }
    note(rest, words.last_mut(), &mut hyphen);
    words
}

fn note(between: &str, before: Option<&mut Written<'_>>, hyphen: &mut bool) {
    if let Some(word) = before {
        word.dot = between.starts_with('.');
        word.comma = between.trim_start_matches('.').starts_with(',');
        *hyphen = matches!(between.trim_start_matches('.'), "-" | "‐" | "‑" | "–");
    }
}

fn is_letter(sign: char) -> bool {
    sign.is_alphanumeric()
}

fn is_inside(sign: char) -> bool {
    sign.is_alphanumeric() || is_apostrophe(sign) || (sign >= '\u{300}' && is_combining_mark(sign))
}

fn is_apostrophe(sign: char) -> bool {
    matches!(sign, '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʻ')
}

/// Small letters without diacritics and apostrophes.
pub(super) fn bare(text: &str) -> String {
    let mut bare = if text.contains(is_sign) {
        // Folding would leave only the beginning of a Korean syllable.
        text.to_owned()
    } else {
        fold(text)
    };
    if bare.contains(is_apostrophe) {
        bare.retain(|sign| !is_apostrophe(sign));
    }
    bare
}

/// Whether it is a sign of Chinese or Korean, which stands for a syllable or a word.
fn is_sign(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The parts of a word written like `BarackObama`; none for any other.
pub(super) fn humps(word: &str) -> Option<(&str, &str)> {
    let mut was_small = false;
    for (at, letter) in word.char_indices() {
        if letter.is_uppercase() && was_small {
            let parts = word.split_at_checked(at)?;
            let is_long = |part: &str| part.chars().count() >= 3;
            return (is_long(parts.0) && is_long(parts.1) && !parts.0.starts_with("Mac"))
                .then_some(parts);
        }
        was_small = letter.is_lowercase();
    }
    None
}

/// A word of a name that tells something.
#[derive(Debug, Clone)]
pub(super) struct Word {
    known: Arc<Known>,
    /// Stands for a longer word: "J.".
    pub(super) initial: bool,
    /// Follows a word like "bin".
    pub(super) parent: bool,
    /// A hyphen joins it to the word before.
    pub(super) hyphen: bool,
}

/// What a word tells by itself, whatever name it stands in.
#[derive(Debug)]
pub(super) struct Known {
    /// Small letters without diacritics, as it is written.
    pub(super) bare: String,
    /// What it does as a small word.
    pub(super) small: SmallWord,
    /// The same letters, in one spelling of what has several.
    pub(super) text: String,
    /// How it sounds, in each reading.
    pub(super) sounds: Vec<String>,
    /// The rows of first names it stands in.
    given: Vec<GivenRow>,
    /// Written in signs of Chinese or Korean.
    pub(super) signs: bool,
    /// Whether it holds a digit.
    pub(super) digit: bool,
    /// Whether a list of first names holds it.
    listed: bool,
    /// The letters of its text and of its likeliest reading.
    pub(super) letters_of_text: Letters,
    pub(super) letters_of_sound: Letters,
    /// One bit for each reading; equal readings have equal bits.
    readings: u64,
}

/// How many letters a word has, and which, some of them taken for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) count: usize,
    set: u64,
}

impl Letters {
    pub(super) fn of(word: &str) -> Self {
        let (count, set) = word.chars().fold((0, 0), |(count, set), letter| {
            (count + 1, set | 1 << (u32::from(letter) % 64))
        });
        Self { count, set }
    }

    /// Whether so few letters may part two words. One change takes one letter away at most, and
    /// brings one.
    pub(super) fn may_be_within(self, other: Self, bound: usize) -> bool {
        self.count.abs_diff(other.count) <= bound
            && (self.set ^ other.set).count_ones() as usize <= 2 * bound
    }
}

impl Known {
    /// Reads a word; forms of first names only where a person is named.
    pub(super) fn read(written: &str, is_person: bool) -> Self {
        let sounds = customs::readings(written);
        let mut given = Vec::new();
        if is_person {
            for reading in &sounds {
                given.extend_from_slice(given_rows(reading));
            }
            given.sort_unstable();
            given.dedup();
        }
        let bare = bare(written);
        let servant = is_person.then(|| servant(&bare)).flatten();
        let text = servant.unwrap_or_else(|| bare.clone());
        let sound = likeliest(&sounds, &text);
        Self {
            small: small_word(&bare),
            signs: written.contains(is_sign),
            digit: text.chars().any(char::is_numeric),
            listed: fingerprints::holds(List::FirstNames, &text),
            letters_of_text: Letters::of(&text),
            letters_of_sound: Letters::of(sound),
            readings: sounds.iter().fold(0, |bits, sound| bits | bit_of(sound)),
            bare,
            text,
            sounds,
            given,
        }
    }

    /// The likeliest reading.
    pub(super) fn sound(&self) -> &str {
        likeliest(&self.sounds, &self.text)
    }

    /// Whether the two may have a reading in common; quick, and never wrong when it says no.
    pub(super) fn may_sound_like(&self, other: &Self) -> bool {
        self.readings & other.readings != 0
    }

    /// Whether the two have a reading in common.
    pub(super) fn sounds_like(&self, other: &Self) -> bool {
        self.sounds
            .iter()
            .any(|sound| !sound.is_empty() && other.sounds.contains(sound))
    }

    /// A name after the father: "Władimirowicz", "Viktorovna".
    pub(super) fn is_patronymic(&self) -> bool {
        let endings = ["oviC", "ovna", "iniCna", "inisna", "oglu", "kisi"];
        let ends = |sound: &String| endings.iter().any(|ending| sound.ends_with(ending));
        self.sounds.iter().any(ends)
    }

    /// How many letters it has.
    pub(super) fn letters(&self) -> usize {
        self.letters_of_text.count
    }
}

impl Word {
    pub(super) fn new(known: Arc<Known>) -> Self {
        Self {
            known,
            initial: false,
            parent: false,
            hyphen: false,
        }
    }

    /// The rows of first names it stands in; an initial stands in none.
    pub(super) fn given(&self) -> &[GivenRow] {
        if self.initial { &[] } else { &self.known.given }
    }

    /// Whether some list of first names holds it.
    pub(super) fn is_given(&self) -> bool {
        !self.given().is_empty() || self.listed
    }
}

impl Deref for Word {
    type Target = Known;

    fn deref(&self) -> &Known {
        &self.known
    }
}

/// The Arabic "servant of", in one spelling; none where a word does not begin so.
fn servant(word: &str) -> Option<String> {
    let rest = ["abdel", "abdal", "abdol"]
        .iter()
        .find_map(|begin| word.strip_prefix(begin));
    let rest = rest.filter(|rest| rest.len() > 2)?;
    Some(format!("abdul{rest}"))
}

fn bit_of(text: &str) -> u64 {
    let sum = text.bytes().fold(0_u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(byte))
    });
    1 << (sum % 61)
}

/// The first reading of a word, or its letters where that is empty.
fn likeliest<'w>(sounds: &'w [String], text: &'w str) -> &'w str {
    let first = sounds.first().map(String::as_str);
    first.filter(|sound| !sound.is_empty()).unwrap_or(text)
}
