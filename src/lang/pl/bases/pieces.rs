//! A name in pieces: words, and what stands between them.

use super::super::LEXICON;
use crate::text::{normal_form, tokens};

/// A word of a name.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    /// As written.
    pub(super) text: &'t str,
    /// In lower case.
    pub(super) form: String,
    /// What stands before it.
    gap: &'t str,
    /// Whether only a hyphen parts it from the word before.
    pub(super) is_joined: bool,
}

/// A name in pieces.
#[derive(Debug)]
pub(super) struct Name<'t> {
    pub(super) pieces: Vec<Piece<'t>>,
    /// What stands behind the last one.
    end: &'t str,
}

/// Endings that Polish writes behind the hyphen of an acronym: "MSZ-u", "ONZ-etu".
const BEHIND_HYPHEN: [&str; 17] = [
    "u", "em", "owi", "ie", "a", "y", "i", "ę", "ą", "ów", "om", "ami", "ach", "etu", "etem",
    "ecie", "etowi",
];

impl<'t> Name<'t> {
    /// Takes a name apart.
    pub(super) fn read(name: &'t str) -> Self {
        let mut pieces: Vec<Piece<'t>> = Vec::new();
        let mut end = 0;
        for span in tokens(name) {
            let text = span.of(name);
            let gap = name.get(end..span.start()).unwrap_or_default();
            let start = end + gap.len() - gap.trim_start_matches(char::is_whitespace).len();
            let is_joined = matches!(gap, "-" | "‑") && !pieces.is_empty();
            if let Some(last) = pieces.last_mut().filter(|_| is_joined) {
                if is_inflected_acronym(last.text, text) {
                    end = span.end();
                    continue;
                }
                // "Bielsku-Białej" is one word to the dictionary.
                let whole = format!("{}-{}", last.form, normal_form(text));
                let first = start.saturating_sub(last.text.len());
                if LEXICON.contains(&whole)
                    && let Some(text) = name.get(first..span.end())
                {
                    last.text = text;
                    last.form = whole;
                    end = span.end();
                    continue;
                }
            }
            pieces.push(Piece {
                text,
                form: normal_form(text),
                gap,
                is_joined,
            });
            end = span.end();
        }
        Self {
            pieces,
            end: name.get(end..).unwrap_or_default(),
        }
    }

    /// Appends what stands before a piece, with white space made one space.
    pub(super) fn write_gap(piece: &Piece<'_>, out: &mut String) {
        push_spaced(piece.gap, out);
    }

    /// Appends what stands behind the last piece.
    pub(super) fn write_end(&self, out: &mut String) {
        push_spaced(self.end, out);
    }

    /// The name as it is written.
    pub(super) fn as_is(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            push_spaced(piece.gap, &mut out);
            out.push_str(piece.text);
        }
        push_spaced(self.end, &mut out);
        out
    }
}

fn push_spaced(gap: &str, out: &mut String) {
    let mut in_space = false;
    for letter in gap.chars() {
        if !letter.is_whitespace() {
            out.push(letter);
        } else if !in_space {
            out.push(' ');
        }
        in_space = letter.is_whitespace();
    }
}

fn is_inflected_acronym(stem: &str, ending: &str) -> bool {
    let capital_last = stem
        .chars()
        .next_back()
        .is_some_and(|letter| letter.is_uppercase() || letter.is_numeric());
    capital_last && stem.chars().count() > 1 && BEHIND_HYPHEN.contains(&ending)
}

/// Longest word in capitals that is an acronym though the dictionary holds it.
const LONGEST_ACRONYM: usize = 6;

/// Whether a word is written in capitals alone, as acronyms are; long words are shouted.
pub(super) fn is_acronym(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
    let count = letters.clone().count();
    count > 1
        && letters.all(char::is_uppercase)
        && (count <= LONGEST_ACRONYM || !LEXICON.contains(&normal_form(word)))
}

fn is_same(written: char, letter: char) -> bool {
    written.to_lowercase().eq(letter.to_lowercase()) || written == '’' && letter == '\''
}

/// Gives `base` the capitals of `word`: all, or the first.
pub(super) fn written_like(base: &str, word: &str) -> String {
    if base.chars().eq(normal_form(word).chars()) {
        return word.to_owned();
    }
    let letters = word.chars().filter(|letter| letter.is_alphabetic());
    let capitals = letters
        .clone()
        .filter(|letter| letter.is_uppercase())
        .count();
    if capitals > 1 && capitals == letters.count() {
        return base.to_uppercase();
    }
    if capitals == 0 {
        return base.to_owned();
    }
    // "McDonald" keeps its capitals as far as the two go together.
    let mut out = String::with_capacity(base.len());
    let mut together = true;
    let mut part = true;
    let mut written = word.chars();
    for letter in base.chars() {
        match written.next() {
            Some(other) if together && is_same(other, letter) => {
                out.push(other);
            }
            _ => {
                together = false;
                if part {
                    out.extend(letter.to_uppercase());
                } else {
                    out.push(letter);
                }
            }
        }
        part = letter == '-';
    }
    out
}
