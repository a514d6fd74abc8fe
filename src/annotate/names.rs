//! Tokens to mentions of persons, organizations and places, by capitals, the dictionary and rules.
//!
//! A name is sought in runs of words with capitals. A capital at the start of a sentence proves
//! nothing, so a common word there counts only when the same form has a capital elsewhere.

use std::collections::HashSet;

use crate::lang::lexicon::Gender;
use crate::lang::{Hints, Language, is_territory};
use crate::model::{EntityKind, Field, Span};
use crate::terms::name_bases;
use crate::text::{sentences, tokens};

/// A name found, before it is known who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In the title or in the text.
    pub field: Field,
    /// Where in it.
    pub span: Span,
    /// What sort of name.
    pub kind: EntityKind,
    /// The name in its base form.
    pub base: String,
    /// Its gender, where that is known.
    pub gender: Option<Gender>,
    /// Whether it is a plural: "Stany Zjednoczone", "Kaczyńscy".
    pub plural: bool,
}

/// A word of a sentence with what is known of it.
struct Word<'t> {
    text: &'t str,
    span: Span,
    hints: Hints,
    capital: bool,
    acronym: bool,
    first: bool,
    is_country: bool,
}

/// A name has at most so many words.
const LONGEST: usize = 16;

/// What the whole text shows.
#[derive(Default)]
struct Evidence<'t> {
    /// Forms that have a capital inside a sentence.
    capitals: HashSet<&'t str>,
    /// Words that stand alone as names.
    singles: HashSet<String>,
    /// What words that end the name of a person of several words may be in their base form.
    surnames: HashSet<String>,
}

/// The names of one text, in order, not overlapping.
pub fn find(text: &str, field: Field, language: &'static Language) -> Vec<Found> {
    let mut all = Vec::new();
    for sentence in sentences(text, language.is_abbreviation) {
        let words = read(text, sentence, language);
        // A headline in capitals says nothing about names.
        let capitals = words.iter().filter(|word| word.acronym).count();
        if capitals * 2 <= words.len() || words.len() < 4 {
            all.push(words);
        }
    }
    let mut evidence = Evidence::default();
    for words in &all {
        for word in words.iter().filter(|word| word.capital && !word.first) {
            evidence.capitals.insert(word.text);
        }
    }
    let mut runs = Vec::new();
    for words in &all {
        for (start, end) in runs_of(text, words, &evidence) {
            runs.push((words, start, end));
        }
    }
    let surname = |word: &Word<'_>| (language.base_name)(&[word.text], EntityKind::Person, None);
    for &(words, start, end) in &runs {
        if let Some([word]) = words.get(start..end) {
            evidence.singles.insert(surname(word));
        }
    }
    for &(words, start, end) in &runs {
        let run = words.get(start..end).unwrap_or_default();
        let [_, .., last] = run else { continue };
        let has_head = run.iter().any(|word| word.hints.organization_head);
        let has_first_name = run.iter().any(|word| word.hints.first_name);
        // People are called by their surnames after the first time; "Nord Stream" is not.
        let is_foreign = run.iter().all(|word| !word.hints.known && !word.acronym);
        let is_shortened = is_foreign && evidence.singles.contains(&surname(last));
        let is_new_first_name = last.hints.surname && run.iter().any(|word| !word.hints.known);
        if !has_head && (has_first_name || is_shortened || is_new_first_name) {
            evidence.surnames.extend(name_bases(last.text, &[language]));
        }
    }
    let mut found: Vec<Found> = Vec::new();
    for (words, start, end) in runs {
        // A name of an organization may have gone on into the next run.
        let taken = found.last().map_or(0, |found| found.span.end());
        let is_free = |index: &usize| {
            words
                .get(*index)
                .is_some_and(|word| word.span.start() >= taken)
        };
        let start = (start..end).find(is_free).unwrap_or(end);
        name_run(words, start, end, &evidence, field, language, &mut found);
    }
    found
}

fn read<'t>(text: &'t str, sentence: Span, language: &Language) -> Vec<Word<'t>> {
    let piece = text.get(sentence.range()).unwrap_or_default();
    let mut first = true;
    tokens(piece)
        .map(|span| {
            let token = span.of(piece);
            let span = Span::new(
                span.start() + sentence.start(),
                span.end() + sentence.start(),
            );
            let mut letters = token.chars();
            let capital = letters.next().is_some_and(char::is_uppercase);
            let alphabetic = token.chars().filter(|letter| letter.is_alphabetic());
            let acronym = capital
                && alphabetic.clone().count() >= 2
                && alphabetic.filter(|letter| letter.is_lowercase()).count() == 0;
            let hints = (language.hints)(token);
            let base = || (language.base_name)(&[token], EntityKind::Place, None);
            let word = Word {
                text: token,
                span,
                hints,
                capital,
                acronym,
                first,
                is_country: capital && hints.people && hints.place && is_territory(&base()),
            };
            first = false;
            word
        })
        .collect()
}

/// Runs of words that may be names: index of the first word, and the one after the last.
fn runs_of(text: &str, words: &[Word<'_>], evidence: &Evidence<'_>) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(word) = words.get(at) else { break };
        if !word.capital || !counts(word, words.get(at + 1), evidence) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while let Some(next) = following(text, words, end).filter(|next| next - at <= LONGEST) {
            end = next;
        }
        runs.push((at, end));
        at = end;
    }
    runs
}

/// Whether a capital says that a word is a name or part of one.
fn counts(word: &Word<'_>, next: Option<&Word<'_>>, evidence: &Evidence<'_>) -> bool {
    let hints = word.hints;
    if (hints.people && !hints.first_name && !word.is_country) || hints.thing {
        return false;
    }
    if !word.first {
        return true;
    }
    if hints.preposition {
        return false;
    }
    if evidence.capitals.contains(word.text) && !hints.role {
        return true;
    }
    if hints.common {
        let next_is_capital = next.is_some_and(|next| next.capital && !next.acronym);
        return next_is_capital
            && (hints.first_name || hints.organization_head || hints.place_head)
            && (!hints.adjective || hints.organization_head || hints.place_head)
            && !hints.role;
    }
    true
}

/// The end of the run when the word at `end`, perhaps behind a particle, continues it.
fn following(text: &str, words: &[Word<'_>], end: usize) -> Option<usize> {
    let last = words.get(end.checked_sub(1)?)?;
    let next = words.get(end)?;
    let gap = text.get(last.span.end()..next.span.start())?;
    let initial = last.text.chars().count() == 1 && gap == ". ";
    let joined = matches!(gap, " " | "-" | "–") || initial || gap == " „" || gap == " \"";
    if !joined {
        return None;
    }
    let is_people = next.hints.people && !next.hints.surname && !next.is_country;
    if next.capital && !is_people && !next.hints.thing {
        return Some(end + 1);
    }
    if next.hints.particle && gap == " " {
        let after = words.get(end + 1)?;
        let gap = text.get(next.span.end()..after.span.start())?;
        let particles = next.text.len() > 1 || last.hints.surname;
        return (after.capital && gap == " " && particles).then_some(end + 2);
    }
    None
}

/// Splits a run into names, tells their kind and puts them in base form.
fn name_run(
    words: &[Word<'_>],
    start: usize,
    end: usize,
    evidence: &Evidence<'_>,
    field: Field,
    language: &'static Language,
    found: &mut Vec<Found>,
) {
    let mut from = start;
    while from < end {
        let Some(word) = words.get(from) else { return };
        // "Prezydent Andrzej Duda": a title is no part of a name.
        let is_title = word.hints.role
            && !word.hints.first_name
            && !word.hints.organization_head
            && !word.acronym;
        if is_title {
            from += 1;
            continue;
        }
        let to = split(words, from, end);
        let to = if word.hints.organization_head {
            extend_organization(words, from, to)
        } else {
            to
        };
        let before = from.checked_sub(1).and_then(|index| words.get(index));
        let name = words.get(from..to).unwrap_or_default();
        if let Some(kind) = kind_of(name, before, evidence, language) {
            let texts: Vec<&str> = name.iter().map(|word| word.text).collect();
            let before = before.map(|word| word.text);
            let first = name.first().map_or(0, |word| word.span.start());
            let last = name.last().map_or(first, |word| word.span.end());
            found.push(Found {
                field,
                span: Span::new(first, last),
                kind,
                base: (language.base_name)(&texts, kind, before),
                gender: None,
                plural: false,
            });
        }
        from = to.max(from + 1);
    }
}

/// Where the name that begins at `from` ends, at most at `end`.
fn split(words: &[Word<'_>], from: usize, end: usize) -> usize {
    let Some(first) = words.get(from) else {
        return end;
    };
    for at in from + 1..end {
        let Some(word) = words.get(at) else { break };
        let is_followed = at + 1 < end;
        let person_begins = word.hints.first_name && is_followed && !first.hints.first_name;
        if person_begins && !is_patron(words, at) {
            return at;
        }
        if first.hints.organization_head {
            continue;
        }
        let acronym_then_name = first.acronym && at == from + 1 && !word.acronym;
        let name_then_title = word.hints.role && word.hints.common && !word.hints.surname;
        if acronym_then_name || name_then_title {
            return at;
        }
    }
    end
}

/// "Uniwersytet imienia Adama Mickiewicza", "Teatr Jana Kochanowskiego": the person is part of it.
fn is_patron(words: &[Word<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|index| words.get(index));
    before.is_some_and(|word| {
        let common_head = word.hints.organization_head || word.hints.place_head;
        common_head || matches!(word.text, "im" | "Imienia" | "Św" | "Świętej" | "Świętego")
    })
}

/// "Organizacja Układu o Bezpieczeństwie Zbiorowym", "Ministerstwo Kultury i Sportu": a name of
/// an organization goes on over small words when capitals follow.
fn extend_organization(words: &[Word<'_>], from: usize, to: usize) -> usize {
    let mut to = to;
    while let (Some(small), Some(next)) = (words.get(to), words.get(to + 1)) {
        let near = next.span.start() == small.span.end() + 1;
        let joins = matches!(
            small.text,
            "i" | "o" | "ds" | "do" | "of" | "and" | "for" | "the"
        );
        let last = to.checked_sub(1).and_then(|index| words.get(index));
        let beside = last.is_some_and(|last| last.span.end() + 1 == small.span.start());
        if !joins || !near || !beside || !next.capital || next.hints.people || to - from > 8 {
            break;
        }
        if next.hints.first_name || next.hints.organization_head {
            break;
        }
        to += 2;
        while let Some(more) = words.get(to) {
            let beside = words
                .get(to - 1)
                .is_some_and(|last| last.span.end() + 1 == more.span.start());
            if !more.capital || !beside || more.hints.first_name {
                break;
            }
            to += 1;
        }
    }
    to
}

fn kind_of(
    name: &[Word<'_>],
    before: Option<&Word<'_>>,
    evidence: &Evidence<'_>,
    language: &'static Language,
) -> Option<EntityKind> {
    let first = name.first()?;
    let last = name.last()?;
    let role_before = before.is_some_and(|word| word.hints.role);
    let whole: Vec<&str> = name.iter().map(|word| word.text).collect();
    if is_territory(&(language.base_name)(&whole, EntityKind::Place, None)) {
        return Some(EntityKind::Place);
    }
    if name.len() == 1 && first.acronym {
        let letters = first.text.chars().count();
        let is_roman = first.text.chars().all(|letter| "IVXLCDM".contains(letter));
        let is_thing = first.hints.thing || first.text.contains(|letter: char| letter.is_numeric());
        let is_name = letters <= 8 && !is_roman && !is_thing;
        return is_name.then_some(EntityKind::Organization);
    }
    if name.len() == 1 && first.text.chars().count() == 1 {
        return None;
    }
    if name.iter().take(3).any(|word| word.hints.organization_head) && !first.hints.first_name {
        let is_bare = name.len() == 1 && first.hints.common && !first.hints.organization;
        let body = matches!(
            first.text.to_lowercase().as_str(),
            "sejm" | "senat" | "sejmu" | "senatu"
        );
        return (!is_bare || body).then_some(EntityKind::Organization);
    }
    if name.len() > 1 && first.hints.first_name && !first.hints.place_head {
        return Some(EntityKind::Person);
    }
    if name
        .iter()
        .take(2)
        .any(|word| word.hints.place_head && word.hints.common)
    {
        return Some(EntityKind::Place);
    }
    if name.len() > 1 && name.iter().any(|word| word.hints.first_name) && last.hints.surname {
        return Some(EntityKind::Person);
    }
    let bases = name_bases(last.text, &[language]);
    let seen = bases.iter().any(|base| evidence.surnames.contains(base));
    let is_elsewhere = name
        .iter()
        .any(|word| (word.hints.place || word.hints.organization) && !word.hints.surname);
    if seen || (role_before && !is_elsewhere) {
        return Some(EntityKind::Person);
    }
    if name.iter().any(|word| word.hints.place) {
        return Some(EntityKind::Place);
    }
    if name.iter().any(|word| word.hints.organization) {
        return Some(EntityKind::Organization);
    }
    if name
        .iter()
        .any(|word| word.hints.surname || word.hints.first_name)
    {
        return Some(EntityKind::Person);
    }
    let all_common = name.iter().all(|word| word.hints.common);
    if all_common {
        return (name.len() > 1).then_some(EntityKind::Organization);
    }
    // "Imangalim Tasmagambetowem": only people decline in every word; "Nord Streamu" does not.
    let texts = name.iter().map(|word| word.text);
    let bases = (language.base_name)(&whole, EntityKind::Person, before.map(|word| word.text));
    let declines = texts.zip(bases.split(' ')).all(|(text, base)| text != base);
    if name.len() > 1 && declines {
        return Some(EntityKind::Person);
    }
    Some(EntityKind::Organization)
}
