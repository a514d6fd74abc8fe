//! Names that some articles took for names of another kind.
//!
//! What three articles have as a place and ninety as a person is a person in all of them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::FastMap;
use super::forms::sound;
use crate::model::{EntityKind, NameRow};
use crate::names::Reader;
use crate::text::{fold, tokens};

/// A name of one word has to be so many times as frequent as one kind as it is as another: "Lublin"
/// may well be a man, while a full name of two kinds is hardly of two things.
const SINGLE_WORD: u64 = 10;
/// A name of several words. One that is a person's in as many articles is a person's: who is called
/// by two names is hardly a body or a place as well, while a body is seldom taken for a person.
const SEVERAL_WORDS: u64 = 2;

/// Gives every row to the kind that its name mostly has. A row keeps the kind it is indexed under.
pub(super) fn at_home(rows: Vec<NameRow>, reader: &Reader) -> BTreeMap<EntityKind, Vec<NameRow>> {
    let likenesses: Vec<String> = rows
        .par_iter()
        .map(|row| likeness(reader, &row.name))
        .collect();
    let mut counts: FastMap<&str, BTreeMap<EntityKind, u64>> = FastMap::default();
    for (row, likeness) in rows.iter().zip(&likenesses) {
        let kinds = counts.entry(likeness).or_default();
        *kinds.entry(row.kind).or_default() += row.articles;
    }
    let mut homes: BTreeMap<EntityKind, Vec<NameRow>> = BTreeMap::new();
    for (row, likeness) in rows.into_iter().zip(&likenesses) {
        let home = home(&row, counts.get(likeness.as_str()));
        homes.entry(home).or_default().push(row);
    }
    homes
}

/// What is equal for spellings of one name: of several words their sounds, as a full name of a person
/// in one spelling is hardly something else in another; of one word its letters.
fn likeness(reader: &Reader, name: &str) -> String {
    match tokens(name).nth(1) {
        Some(_) => sound(reader, name, EntityKind::Person),
        None => fold(name),
    }
}

/// A company and what it makes often share a name, and both are meant; so do an event and its place.
fn is_told_apart(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Event | EntityKind::Product)
}

fn home(row: &NameRow, kinds: Option<&BTreeMap<EntityKind, u64>>) -> EntityKind {
    let is_long = tokens(&row.name).nth(1).is_some();
    let times = if is_long { SEVERAL_WORDS } else { SINGLE_WORD };
    let persons = kinds.and_then(|kinds| kinds.get(&EntityKind::Person));
    if is_long && persons.is_some_and(|persons| *persons >= row.articles) {
        return EntityKind::Person;
    }
    if is_told_apart(row.kind) {
        return row.kind;
    }
    let kinds = kinds.into_iter().flatten();
    let others = kinds.filter(|(kind, _)| !is_told_apart(**kind));
    let most = others.max_by_key(|(_, articles)| **articles);
    match most {
        Some((kind, articles)) if *articles >= row.articles.saturating_mul(times) => *kind,
        _ => row.kind,
    }
}
