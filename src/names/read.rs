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
/// The family of legal forms that fits all others.
const ANY_FAMILY: &str = "any";
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
    let mut servant = false;
    for (place, (word, text, small)) in words.into_iter().enumerate() {
        let is_lower = word.text.chars().all(|letter| !letter.is_uppercase());
        let content = || Word::new(word.text, true);
        let is_small = (small.particle || small.son) && place != last && !word.dot;
        if is_small && (place > 0 || is_lower || content().given.is_empty()) {
            parent = small.son || (parent && small.particle);
            if !servant {
                name.small.push(text);
            }
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
        if small.servant && place != last {
            servant = true;
            continue;
        }
        let mut read = if std::mem::take(&mut servant) {
            Word::new(&format!("abdul{text}"), true)
        } else {
            content()
        };
        read.hyphen = word.hyphen;
        read.parent = parent;
        parent = false;
        let letters = read.letters();
        read.initial = (letters == 1 && (word.dot || place != last))
            || (word.dot && letters <= LONGEST_ABBREVIATION && place != last);
        if read.initial {
            read.given.clear();
        }
        let is_twice = name
            .words
            .last()
            .is_some_and(|before| before.text == read.text);
        if !is_twice || read.initial || last < 2 {
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
