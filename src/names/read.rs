//! Reads a name: which of its words tell something, and what the others are.

use std::sync::Arc;

use dashmap::DashMap;

use super::Name;
use super::words::{Known, Word, Written, bare, humps, written};
use crate::lang::calendar::{Calendar, Meaning};
use crate::lang::known::is_acronym;
use crate::lang::small_words::{LONGEST_FORM, LegalForm, legal_form, small_word};
use crate::lang::{self};
use crate::model::EntityKind;

/// Longest short form of a word before a full stop: "Wł.".
const LONGEST_ABBREVIATION: usize = 2;
/// The family of legal forms that fits all others.
const ANY_FAMILY: &str = "any";
/// Longest acronym, in letters.
const LONGEST_ACRONYM: usize = 8;

/// Reads names, on many cores at once, and each of their words once.
///
/// It keeps what it knows of every word that it has read.
#[derive(Debug, Default)]
pub struct Reader {
    of_persons: Words,
    of_others: Words,
}

type Words = DashMap<String, Arc<Known>, foldhash::fast::RandomState>;

impl Reader {
    /// Reads a name of this kind.
    pub fn read(&self, text: &str, kind: EntityKind) -> Name {
        read(&|word, is_person| self.word(word, is_person), text, kind)
    }

    /// The key of [`Name::key`].
    pub fn key(&self, text: &str, kind: EntityKind) -> String {
        self.read(text, kind).key()
    }

    fn word(&self, text: &str, is_person: bool) -> Word {
        let words = if is_person {
            &self.of_persons
        } else {
            &self.of_others
        };
        if let Some(known) = words.get(text) {
            return Word::new(Arc::clone(&known));
        }
        let known = Arc::new(Known::read(text, is_person));
        words.insert(text.to_owned(), Arc::clone(&known));
        Word::new(known)
    }
}

/// Reads one name of this kind.
pub(super) fn alone(text: &str, kind: EntityKind) -> Name {
    let word = |word: &str, is_person| Word::new(Arc::new(Known::read(word, is_person)));
    read(&word, text, kind)
}

/// Reads a name, and its words by `word`, which is told whether a person is named.
fn read(word: &dyn Fn(&str, bool) -> Word, text: &str, kind: EntityKind) -> Name {
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
        read_person(&|text| word(text, true), &mut name, words);
    } else {
        read_body(&|text| word(text, false), &mut name, text, &words);
    }
    name
}

fn read_person(read_word: &dyn Fn(&str) -> Word, name: &mut Name, mut words: Vec<Written<'_>>) {
    if let [only] = words.as_slice()
        && let Some((first, second)) = humps(only.text)
    {
        let part = |text| Written { text, ..*only };
        words = vec![part(first), part(second)];
    }
    let words = words.into_iter();
    let mut words: Vec<(Written<'_>, Word)> =
        words.map(|word| (word, read_word(word.text))).collect();
    let titles = words.iter().take_while(|(_, read)| read.small.title);
    let titles = titles.count().min(words.len().saturating_sub(1));
    words.drain(..titles);
    name.titled = titles > 0;
    if words.len() > 2
        && let Some((_, read)) = words.last()
        && read.small.generation
    {
        name.generation = Some(read.bare.clone());
        words.pop();
    }
    let commas: Vec<usize> = (0..words.len().saturating_sub(1))
        .filter(|place| words.get(*place).is_some_and(|(word, _)| word.comma))
        .collect();
    if let [only] = commas.as_slice() {
        words.rotate_left(only + 1);
        name.inverted = true;
    }
    let many_small = words
        .iter()
        .any(|(word, _)| word.text.chars().any(char::is_lowercase));
    let last = words.len().saturating_sub(1);
    let mut parent = false;
    let mut servant = false;
    for (place, (word, mut read)) in words.into_iter().enumerate() {
        let small = read.small;
        let is_small = (small.particle || small.son) && place != last && !word.dot;
        let is_lower = || word.text.chars().all(|letter| !letter.is_uppercase());
        if is_small && (place > 0 || is_lower() || read.given().is_empty()) {
            parent = small.son || (parent && small.particle);
            if !servant {
                name.small.push(read.bare.clone());
            }
            continue;
        }
        if many_small && place != last && is_initials(word.text) {
            for letter in word.text.chars() {
                let mut initial = read_word(letter.encode_utf8(&mut [0; 4]));
                initial.initial = true;
                name.words.push(initial);
            }
            continue;
        }
        if small.servant && place != last {
            servant = true;
            continue;
        }
        if std::mem::take(&mut servant) {
            read = read_word(&format!("abdul{}", read.bare));
        }
        read.hyphen = word.hyphen;
        read.parent = parent;
        parent = false;
        let letters = read.letters();
        read.initial = (letters == 1 && (word.dot || place != last))
            || (word.dot && letters <= LONGEST_ABBREVIATION && place != last);
        let is_twice = name
            .words
            .last()
            .is_some_and(|before| before.text == read.text);
        if !is_twice || read.initial || last < 2 {
            name.words.push(read);
        }
    }
}

/// Whether a word is two initials: "JC".
fn is_initials(word: &str) -> bool {
    word.chars().count() == 2 && word.chars().all(char::is_uppercase)
}

fn read_body(
    read_word: &dyn Fn(&str) -> Word,
    name: &mut Name,
    text: &str,
    written: &[Written<'_>],
) {
    let parts = spelled_together(written);
    let folded: Vec<String> = parts.iter().map(|part| bare(part)).collect();
    name.folded = folded.join(" ");
    let is_company = name.kind == EntityKind::Organization;
    let (start, end) = if is_company {
        let (start, end, form) = between_forms(&folded);
        name.form = form;
        (start, end)
    } else {
        (0, folded.len())
    };
    let mut every = String::new();
    let mut weighty = String::new();
    let inner = parts.iter().zip(&folded).take(end).skip(start);
    for (part, word) in inner {
        let first = word.chars().next();
        every.extend(first);
        if small_word(word).link && end - start > 1 {
            name.small.push(word.clone());
            continue;
        }
        weighty.extend(first);
        let digits = number(word);
        let read = read_word(digits.as_deref().unwrap_or(part));
        name.words.push(read);
    }
    if name.words.is_empty() {
        // "The Company" and "IN" are names all the same.
        name.words = parts.iter().map(|part| read_word(part)).collect();
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
            _ => match form_behind(word.text) {
                Some((name, form)) => parts.extend([name.to_owned(), form.to_owned()]),
                None => parts.push(word.text.to_owned()),
            },
        }
        open = single && (word.dot || word.text.chars().all(char::is_uppercase));
    }
    parts
}

/// A name and the legal form that is written without a space behind it: `SiemensAG`.
fn form_behind(word: &str) -> Option<(&str, &str)> {
    let name = word.trim_end_matches(char::is_uppercase);
    let (name, form) = word.split_at_checked(name.len())?;
    let is_form = name.ends_with(char::is_lowercase) && legal_form(&bare(form)).is_some();
    is_form.then_some((name, form))
}

/// The legal form that the words end or begin with, and how many words it has.
fn form_at_edge(words: &[String], at_end: bool) -> Option<(LegalForm, usize)> {
    (1..=LONGEST_FORM).rev().find_map(|size| {
        let spelling = if at_end {
            words.get(words.len().checked_sub(size)?..)?
        } else {
            words.get(..size)?
        };
        let form = match spelling {
            [one] => legal_form(one)?,
            several => legal_form(&several.join(" "))?,
        };
        (at_end || form.family != ANY_FAMILY).then_some((form, size))
    })
}

/// Where the name lies between the legal forms, and the form that tells most.
fn between_forms(words: &[String]) -> (usize, usize, Option<LegalForm>) {
    let (mut start, mut end, mut found) = (0, words.len(), None::<LegalForm>);
    loop {
        let rest = words.get(start..end).unwrap_or_default();
        let Some((at_end, (form, size))) = [true, false]
            .into_iter()
            .find_map(|at_end| Some((at_end, form_at_edge(rest, at_end)?)))
        else {
            return (start, end, found);
        };
        if at_end {
            end -= size;
        } else {
            start += size;
        }
        if found.is_none_or(|known| known.family == ANY_FAMILY) {
            found = Some(form);
        }
    }
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
