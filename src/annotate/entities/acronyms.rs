//! Acronyms that an article explains, in either order.

use std::collections::BTreeMap;

use super::name::without_ending;
use crate::annotate::names::Found;
use crate::lang::Language;
use crate::model::{Document, EntityKind};
use crate::text::tokens;

/// An acronym, and the name that it stands for, both in their base form.
pub(super) type Expansions = BTreeMap<String, String>;

/// What may stand between the two besides a bracket, in lower case.
const THAT_IS: [&str; 12] = [
    "czyli",
    "tj",
    "w skrócie",
    "skrót",
    "inaczej",
    "dalej",
    "zwany dalej",
    "zwana dalej",
    "that is",
    "known as",
    "or",
    "short for",
];

/// The longest text between the two, in bytes.
const FARTHEST: usize = 24;

/// Reads `Organizacja Układu … (OUBZ)`, `OUBZ (Organizacja Układu …)`, `…, w skrócie OUBZ`.
///
/// Where a text explains an acronym twice and differently, the first time counts.
pub(super) fn explained(
    document: &Document,
    found: &[Found],
    language: &'static Language,
) -> Expansions {
    let mut expansions = Expansions::new();
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, one) in found.iter().enumerate() {
        met.entry(without_ending(&one.base)).or_insert(number);
    }
    for (number, pair) in found.windows(2).enumerate() {
        let [one, other] = pair else { continue };
        if one.field != other.field {
            continue;
        }
        let text = document.field(one.field);
        let between = text.get(one.span.end()..other.span.start());
        let Some(between) = between.filter(|between| between.len() <= FARTHEST) else {
            continue;
        };
        let behind = text.get(other.span.end()..).unwrap_or_default();
        let in_brackets =
            opens_bracket(between, language) && behind.trim_start_matches(QUOTES).starts_with(')');
        if !in_brackets && !says_that_is(between, language) {
            continue;
        }
        for (short, long, is_behind) in [(other, one, true), (one, other, false)] {
            let letters = without_ending(&short.base);
            // A foreign acronym, "Światowa Organizacja Zdrowia (WHO)": brackets introduce it when
            // it was not there before.
            let is_introduced = in_brackets
                && is_behind
                && short.kind == EntityKind::Organization
                && long.kind == EntityKind::Organization
                && met.get(letters) == Some(&(number + 1))
                && is_capitals(letters)
                && long.base.contains(' ');
            if is_introduced || is_acronym_of(letters, long.span.of(text)) {
                expansions
                    .entry(letters.to_owned())
                    .or_insert_with(|| without_ending(&long.base).to_owned());
                break;
            }
        }
    }
    expansions
}

const QUOTES: [char; 4] = ['"', '”', '“', '»'];

fn opens_bracket(between: &str, language: &'static Language) -> bool {
    let Some(inside) = between.trim_start_matches(QUOTES).strip_prefix(" (") else {
        return false;
    };
    let said = said(inside, language);
    said.is_empty() || THAT_IS.contains(&said.as_str())
}

fn says_that_is(between: &str, language: &'static Language) -> bool {
    THAT_IS.contains(&said(between, language).as_str())
}

/// The words of a short text in lower case, without articles.
fn said(text: &str, language: &'static Language) -> String {
    let words = tokens(text).map(|span| span.of(text).to_lowercase());
    let words: Vec<String> = words
        .filter(|word| !language.articles.contains(&word.as_str()))
        .collect();
    words.join(" ")
}

fn is_capitals(letters: &str) -> bool {
    (2..=8).contains(&letters.chars().count()) && letters.chars().all(char::is_uppercase)
}

/// How many letters an acronym may have, and a name words, to be compared.
const MOST: usize = 24;

/// Whether the letters of an acronym begin words of a name, in order: each word gives one letter
/// or several, and small words, like those in the middle, may give none.
pub(super) fn is_acronym_of(letters: &str, name: &str) -> bool {
    let wanted: Vec<char> = letters.chars().collect();
    let capitals = wanted.iter().filter(|letter| letter.is_uppercase()).count();
    let words: Vec<Vec<char>> = tokens(name)
        .take(MOST + 1)
        .map(|span| span.of(name).to_lowercase().chars().take(MOST).collect())
        .collect();
    let is_short = (2..=MOST).contains(&wanted.len()) && words.len() <= MOST;
    if capitals < 2 || !is_short || !wanted.iter().all(|letter| letter.is_alphabetic()) {
        return false;
    }
    let lowered = |letter: &char| letter.to_lowercase().next().unwrap_or(*letter);
    let wanted: Vec<char> = wanted.iter().map(lowered).collect();
    // How many letters can be explained by the words so far.
    let mut reached = vec![true];
    reached.resize(wanted.len() + 1, false);
    for (number, word) in words.iter().enumerate() {
        let mut next = if number == 0 {
            vec![false; reached.len()]
        } else {
            reached.clone()
        };
        for (from, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
            let rest = wanted.get(from..).unwrap_or_default();
            for (more, _) in rest
                .iter()
                .zip(word)
                .enumerate()
                .take_while(|(_, (one, other))| one == other)
            {
                if let Some(place) = next.get_mut(from + more + 1) {
                    *place = true;
                }
            }
        }
        reached = next;
    }
    words.len() >= 2 && reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_begin_words() {
        for (letters, name) in [
            ("OUBZ", "Organizacja Układu o Bezpieczeństwie Zbiorowym"),
            ("OUBZ", "Organizacji Układu o Bezpieczeństwie Zbiorowym"),
            ("PiS", "Prawo i Sprawiedliwość"),
            ("KRRiT", "Krajowa Rada Radiofonii i Telewizji"),
            ("MON", "Ministerstwo Obrony Narodowej"),
            ("PolMed", "Polska Medycyna"),
            ("BBC", "British Broadcasting Corporation"),
        ] {
            assert!(is_acronym_of(letters, name), "{letters}");
        }
        for (letters, name) in [
            ("MON", "Ministerstwo Finansów"),
            ("PO", "Prawo"),
            ("PO", "Polska"),
            ("SdPl", "Socjaldemokracja Polska"),
            ("Pis", "Prawo i Sprawiedliwość"),
            ("ABC", "Bank Centralny Austrii"),
            ("", ""),
        ] {
            assert!(!is_acronym_of(letters, name), "{letters}");
        }
    }
}
