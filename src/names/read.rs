//! Reads a name: which of its words tell something, and what the others are.

use super::Name;
use super::words::{Word, Written, bare, humps, written};
use crate::lang::calendar::{Calendar, Meaning};
use crate::lang::known::is_acronym;
use crate::lang::small_words::{LONGEST_FORM, LegalForm, SmallWord, legal_form, small_word};
use crate::lang::{self};
use crate::model::EntityKind;

/// Longest short form of a word before a full stop: "Wł.".
const LONGEST_ABBREVIATION: usize = 2;
/// Longest acronym, in letters.
const LONGEST_ACRONYM: usize = 8;

/// Reads a name of this kind.
pub(super) fn read(text: &str, kind: EntityKind) -> Name {
    let mut name = Name {
        kind,
        text: text.to_owned(),
        folded: String::new(),
        words: Vec::new(),
        small: Vec::new(),
        titled: false,
        inverted: false,
        generation: None,
        form: None,
        acronym: None,
        initials: Vec::new(),
        listed: Vec::new(),
    };
    let words = written(text);
    if kind == EntityKind::Person {
        read_person(&mut name, words);
    } else {
        read_body(&mut name, text, &words);
    }
    name
}

fn read_person(name: &mut Name, mut words: Vec<Written<'_>>) {
    if let [only] = words.as_slice()
        && let Some((first, second)) = humps(only.text)
    {
        let part = |text| Written { text, ..*only };
        words = vec![part(first), part(second)];
    }
    let mut words: Vec<(Written<'_>, String, SmallWord)> = words
        .into_iter()
        .map(|word| {
            let text = bare(word.text);
            let small = small_word(&text);
            (word, text, small)
        })
        .collect();
    while words.len() > 1 && words.first().is_some_and(|(_, _, small)| small.title) {
        words.remove(0);
        name.titled = true;
    }
    if words.len() > 2
        && let Some((_, text, small)) = words.last()
        && small.generation
    {
        name.generation = Some(text.clone());
        words.pop();
    }
    let commas: Vec<usize> = (0..words.len().saturating_sub(1))
        .filter(|place| words.get(*place).is_some_and(|(word, _, _)| word.comma))
        .collect();
    if let [only] = commas.as_slice() {
        words.rotate_left(only + 1);
        name.inverted = true;
    }
    let many_small = words
        .iter()
        .any(|(word, _, _)| word.text.chars().any(char::is_lowercase));
    let last = words.len().saturating_sub(1);
    let mut parent = false;
    for (place, (word, text, small)) in words.into_iter().enumerate() {
        let is_lower = word.text.chars().all(|letter| !letter.is_uppercase());
        let mut content = || Word::new(word.text, true);
        let is_small = (small.particle || small.son) && place != last && !word.dot;
        if is_small && (place > 0 || is_lower || content().given.is_empty()) {
            parent = small.son || (parent && small.particle);
            name.small.push(text);
            continue;
        }
        if many_small && place != last && is_initials(word.text) {
            for letter in word.text.chars() {
                let mut initial = Word::new(letter.encode_utf8(&mut [0; 4]), true);
                initial.initial = true;
                initial.given.clear();
                name.words.push(initial);
            }
            continue;
        }
        let mut read = content();
        read.hyphen = word.hyphen;
        read.parent = parent;
        parent = false;
        let letters = read.letters();
        read.initial = (letters == 1 && (word.dot || place != last))
            || (word.dot && letters <= LONGEST_ABBREVIATION && place != last);
        if read.initial {
            read.given.clear();
        }
        if !name
            .words
            .iter()
            .any(|known| known.text == read.text && !read.initial)
            || last < 2
        {
            name.words.push(read);
        }
    }
    name.folded = whole(&name.words);
}

/// Whether a word is two initials: "JC".
fn is_initials(word: &str) -> bool {
    word.chars().count() == 2 && word.chars().all(char::is_uppercase)
}

fn whole(words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

fn read_body(name: &mut Name, text: &str, written: &[Written<'_>]) {
    let parts = spelled_together(written);
    let folded: Vec<String> = parts.iter().map(|part| bare(part)).collect();
    name.folded = folded.join(" ");
    let is_company = name.kind == EntityKind::Organization;
    let mut every = String::new();
    let mut weighty = String::new();
    let mut at = 0;
    while let (Some(part), Some(word)) = (parts.get(at), folded.get(at)) {
        if is_company && let Some((form, size)) = form_at(&folded, at) {
            let is_known = name.form.is_some_and(|known| known.family != "any");
            if !is_known {
                name.form = Some(form);
            }
            at += size;
            continue;
        }
        at += 1;
        let first = word.chars().next();
        every.extend(first);
        if small_word(word).link && parts.len() > 1 {
            name.small.push(word.clone());
            continue;
        }
        weighty.extend(first);
        let read = Word::new(part, false);
        name.words
            .push(number(word).map_or(read, |digits| Word::new(&digits, false)));
    }
    if name.words.is_empty() {
        // "The Company" and "IN" are names all the same.
        name.words = parts.iter().map(|part| Word::new(part, false)).collect();
        name.small.clear();
        name.form = None;
    }
    if is_company {
        let acronym = name.folded.replace(' ', "");
        let is_short = (2..=LONGEST_ACRONYM).contains(&acronym.chars().count());
        if is_short && parts.len() == 1 && is_acronym(text.trim()) {
            name.acronym = Some(acronym);
        }
        if name.words.len() > 1 {
            name.initials = vec![every, weighty];
            name.initials.dedup();
        }
    }
    if matches!(name.kind, EntityKind::Organization | EntityKind::Place) {
        let others = lang::other_names(name.kind, text.trim()).into_iter();
        name.listed = others.map(folded_words).collect();
    }
}

fn folded_words(text: &str) -> String {
    let words: Vec<String> = spelled_together(&written(text))
        .iter()
        .map(|part| bare(part))
        .collect();
    words.join(" ")
}

/// The words, with "S.A." and "p l c" as one: single letters that follow one another.
fn spelled_together(words: &[Written<'_>]) -> Vec<String> {
    let mut parts: Vec<String> = Vec::with_capacity(words.len());
    let mut open = false;
    for word in words {
        let single = word.text.chars().count() == 1 && !word.text.chars().all(char::is_numeric);
        match parts.last_mut() {
            Some(part) if single && open => part.push_str(word.text),
            _ => parts.push(word.text.to_owned()),
        }
        open = single && (word.dot || word.text.chars().all(char::is_uppercase));
    }
    parts
}

/// The legal form that begins here, and how many words it has. Nothing but a form is none.
fn form_at(words: &[String], at: usize) -> Option<(LegalForm, usize)> {
    (1..=LONGEST_FORM).rev().find_map(|size| {
        let spelling = words.get(at..at + size)?;
        let form = match spelling {
            [one] => legal_form(one)?,
            several => legal_form(&several.join(" "))?,
        };
        let is_edge = at == 0 || at + size == words.len() || size > 1 || form.family != "any";
        is_edge.then_some((form, size))
    })
}

/// The digits of a number told in a word: "three", "1st".
fn number(word: &str) -> Option<String> {
    let digits = word.trim_end_matches(char::is_alphabetic);
    if !digits.is_empty() && digits.len() < word.len() && digits.bytes().all(|b| b.is_ascii_digit())
    {
        let ending = word.get(digits.len()..)?;
        return matches!(ending, "st" | "nd" | "rd" | "th").then(|| digits.to_owned());
    }
    let senses = Calendar::standard().senses(word);
    senses.iter().find_map(|sense| match sense.meaning {
        Meaning::Number(number) | Meaning::Ordinal(number) => Some(number.to_string()),
        _ => None,
    })
}
