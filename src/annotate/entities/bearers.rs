//! Which of several persons a bare surname means.

use std::collections::{BTreeMap, BTreeSet};

use super::name::{Name, Names};
use super::owners::Owners;
use crate::annotate::names::Found;
use crate::lang::Language;
use crate::lang::gender::Gender;
use crate::model::{Document, EntityKind};
use crate::terms::lemmas;
use crate::text::tokens;

/// What stands around a mention.
#[derive(Default)]
pub(super) struct Context {
    /// What the name and the word before it say of the person's gender.
    form: Option<Gender>,
    /// The same with the verb behind it, which may have another subject.
    gender: Option<Gender>,
    /// Lemmas of the noun before it: "prezydent".
    roles: Vec<String>,
}

/// How far a word beside a name is looked for, in bytes.
const NEAR: usize = 64;

/// Reads what stands around the persons.
pub(super) fn contexts(
    document: &Document,
    found: &[Found],
    names: &Names,
    language: &'static Language,
) -> Vec<Context> {
    let mut contexts = Vec::with_capacity(found.len());
    let mut last: Option<&Found> = None;
    for (one, &name) in found.iter().zip(&names.of_mention) {
        let name = names.all.get(name);
        let context = match name.filter(|name| name.kind == EntityKind::Person) {
            Some(name) => read(document, one, last, name, language),
            None => Context::default(),
        };
        contexts.push(context);
        last = Some(one);
    }
    contexts
}

fn read(
    document: &Document,
    one: &Found,
    last: Option<&Found>,
    name: &Name,
    language: &'static Language,
) -> Context {
    let text = document.field(one.field);
    let surface = one.span.of(text);
    let genders = language.genders;
    let mut signs = Vec::new();
    let mut start = one.span.start();
    // "prezydent Rosji Władimir Putin".
    if let Some(last) = last.filter(|last| last.field == one.field)
        && last.kind != EntityKind::Person
        && text.get(last.span.end()..start) == Some(" ")
    {
        start = last.span.start();
    }
    let before = word_before(text, start);
    let roles = match before.filter(|word| (language.hints)(word).role) {
        Some(word) => lemmas(word, true, language),
        None => Vec::new(),
    };
    signs.extend(before.and_then(genders.of_word_before));
    let ends = surface
        .split_whitespace()
        .last()
        .zip(name.base.split(' ').next_back());
    signs.extend(ends.and_then(|(written, base)| (genders.of_surname)(written, base)));
    let form = agreed(&signs);
    if surface == name.base {
        let behind = word_behind(text, one.span.end());
        signs.extend(behind.and_then(genders.of_word_behind));
    }
    Context {
        form,
        gender: agreed(&signs),
        roles,
    }
}

/// What all signs say, if they say the same.
fn agreed(signs: &[Gender]) -> Option<Gender> {
    let (first, rest) = signs.split_first()?;
    rest.iter().all(|sign| sign == first).then_some(*first)
}

fn word_before(text: &str, end: usize) -> Option<&str> {
    let mut start = end.saturating_sub(NEAR);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let piece = text.get(start..end)?;
    let last = tokens(piece).last()?;
    let gap = piece.get(last.end()..)?;
    (gap == " ").then(|| last.of(piece))
}

fn word_behind(text: &str, start: usize) -> Option<&str> {
    let mut end = text.len().min(start.saturating_add(NEAR));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let piece = text.get(start..end)?;
    let first = tokens(piece).next()?;
    (first.start() == 1 && piece.starts_with(' ')).then(|| first.of(piece))
}

/// Puts together what the mentions of each name say of the person's gender.
pub(super) fn tell_genders(names: &mut Names, contexts: &[Context], language: &'static Language) {
    let mut signs: Vec<Vec<Gender>> = vec![Vec::new(); names.all.len()];
    for (context, &name) in contexts.iter().zip(&names.of_mention) {
        if let (Some(gender), Some(signs)) = (context.form, signs.get_mut(name)) {
            signs.push(gender);
        }
    }
    for (name, mut signs) in names.all.iter_mut().zip(signs) {
        if name.kind != EntityKind::Person {
            continue;
        }
        name.form = agreed(&signs);
        if let Some((first, _)) = name.base.split_once(' ') {
            signs.extend((language.genders.of_first_name)(first));
        }
        name.gender = agreed(&signs);
    }
}

/// A person dominates who is named in full so many times as often as any other.
const DOMINATES: usize = 2;

/// Gives each mention its name. A surname of several persons goes to the one whom its gender or
/// the role before it points at; else to the one named last, if the article names nobody else so
/// far or that one clearly dominates; else it stays with itself.
pub(super) fn assign(names: &Names, owners: &Owners, contexts: &[Context]) -> Vec<usize> {
    let rivals: BTreeSet<usize> = owners.rivals.values().flatten().copied().collect();
    let owner_of = |name: usize| owners.of_name.get(name).copied().unwrap_or(name);
    let mut roles: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
    let mut totals: BTreeMap<usize, usize> = BTreeMap::new();
    for (&name, context) in names.of_mention.iter().zip(contexts) {
        let owner = owner_of(name);
        if rivals.contains(&owner) {
            *totals.entry(owner).or_default() += 1;
            let roles = roles.entry(owner).or_default();
            roles.extend(context.roles.iter().map(String::as_str));
        }
    }
    let mut latest: BTreeMap<usize, usize> = BTreeMap::new();
    let mut assigned = Vec::with_capacity(names.of_mention.len());
    for (number, (&name, context)) in names.of_mention.iter().zip(contexts).enumerate() {
        let owner = owner_of(name);
        if rivals.contains(&owner) {
            latest.insert(owner, number);
        }
        let chosen = owners.rivals.get(&owner).and_then(|rivals| {
            let ballot = Ballot {
                names,
                roles: &roles,
                totals: &totals,
                latest: &latest,
            };
            ballot.choose(rivals, context)
        });
        assigned.push(chosen.unwrap_or(owner));
    }
    assigned
}

/// What is known of the persons of one surname when a mention is met.
struct Ballot<'a> {
    names: &'a Names,
    roles: &'a BTreeMap<usize, BTreeSet<&'a str>>,
    /// How often the whole article names each in full.
    totals: &'a BTreeMap<usize, usize>,
    /// Where each was last named in full.
    latest: &'a BTreeMap<usize, usize>,
}

impl Ballot<'_> {
    fn choose(&self, rivals: &[usize], context: &Context) -> Option<usize> {
        let gender_of = |rival: usize| self.names.all.get(rival).and_then(|name| name.gender);
        let fitting: Vec<usize> = rivals
            .iter()
            .copied()
            .filter(|&rival| {
                let known = gender_of(rival).zip(context.gender);
                known.is_none_or(|(one, other)| one == other)
            })
            .collect();
        if let [only] = fitting.as_slice() {
            return Some(*only);
        }
        let has_role = |rival: &usize| {
            let roles = self.roles.get(rival);
            roles.is_some_and(|roles| {
                context
                    .roles
                    .iter()
                    .any(|role| roles.contains(role.as_str()))
            })
        };
        let mut with_role = fitting.iter().filter(|rival| has_role(rival));
        if let (Some(only), None) = (with_role.next(), with_role.next()) {
            return Some(*only);
        }
        let met: Vec<usize> = fitting
            .iter()
            .copied()
            .filter(|rival| self.latest.contains_key(rival))
            .collect();
        if let [only] = met.as_slice() {
            return Some(*only);
        }
        let near = met
            .iter()
            .copied()
            .max_by_key(|rival| self.latest.get(rival));
        let total = |rival: &usize| self.totals.get(rival).copied().unwrap_or_default();
        let best = near.or_else(|| fitting.iter().copied().max_by_key(total))?;
        fitting
            .iter()
            .filter(|rival| **rival != best)
            .all(|rival| total(rival) * DOMINATES <= total(&best))
            .then_some(best)
    }
}
