//! Which names of an answer mean the same.

use std::collections::{BTreeMap, BTreeSet};

use super::is_named;
use crate::lang;
use crate::model::{EntityKind, MeetingHit, Party, PartyKind};
use crate::text::fold;

/// What stands for all names of one participant: the kind, and letters without case and diacritics.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    kind: Option<PartyKind>,
    name: String,
}

/// The names of one answer.
pub(super) struct Names {
    /// Surnames that stand alone, and the only full name that ends in each.
    bearers: BTreeMap<String, String>,
    /// The fullest spelling of each key.
    fullest: BTreeMap<Key, String>,
}

/// The key of a place.
pub(super) fn of_place(name: &str) -> Key {
    Key {
        kind: None,
        name: smallest(EntityKind::Place, name),
    }
}

/// One of all names that a thing is known under, the same whichever was told.
fn smallest(kind: EntityKind, name: &str) -> String {
    let others = lang::other_names(kind, name).into_iter().map(fold);
    others.chain([fold(name)]).min().unwrap_or_default()
}

/// A person's name without case and diacritics. "Łukaszenki" may be of Łukaszenka or of Łukaszenko,
/// as Polish writes the one and Russian the other: both are one surname.
fn person(name: &str) -> String {
    let mut name = fold(name);
    if name.ends_with("enko") {
        name.pop();
        name.push('a');
    }
    name
}

/// A full name's last word.
fn surname(name: &str) -> Option<&str> {
    let (_, last) = name.trim().rsplit_once(char::is_whitespace)?;
    Some(last)
}

/// How full a spelling is: more words, then more letters, then diacritics, are fuller.
fn fullness(name: &str) -> (usize, usize, usize) {
    let words = name.split_whitespace().count();
    (words, name.chars().count(), name.len())
}

impl Names {
    /// The names of these participants together.
    pub(super) fn of<'a>(parties: impl Iterator<Item = &'a Party> + Clone) -> Self {
        let persons: BTreeSet<String> = parties
            .clone()
            .filter(|party| party.kind == PartyKind::Named(EntityKind::Person))
            .map(|party| person(&party.name))
            .collect();
        let mut by_surname: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for name in &persons {
            if let Some(surname) = surname(name) {
                by_surname.entry(surname).or_default().push(name);
            }
        }
        let only = |(surname, full): (&str, Vec<&String>)| match full.as_slice() {
            [only] => Some((surname.to_owned(), (*only).clone())),
            _ => None,
        };
        let mut names = Self {
            bearers: by_surname.into_iter().filter_map(only).collect(),
            fullest: BTreeMap::new(),
        };
        for party in parties {
            let known = names
                .fullest
                .entry(names_key(&names.bearers, party))
                .or_default();
            let is_fuller = (fullness(&party.name), &*known) > (fullness(known), &party.name);
            if is_fuller {
                known.clone_from(&party.name);
            }
        }
        names
    }

    /// What stands for a participant.
    pub(super) fn key(&self, party: &Party) -> Key {
        names_key(&self.bearers, party)
    }

    /// The participant by the fullest of its names.
    pub(super) fn fullest(&self, key: &Key, party: &Party) -> Party {
        Party {
            kind: party.kind,
            name: self.fullest.get(key).unwrap_or(&party.name).clone(),
        }
    }

    /// Who has to be the same for two meetings to be one: the named. Where only one is named, those
    /// who are described count as well.
    pub(super) fn people(&self, hit: &MeetingHit) -> Vec<Key> {
        let keys = |parties: Vec<&Party>| -> BTreeSet<Key> {
            parties.into_iter().map(|party| self.key(party)).collect()
        };
        let named = keys(hit.called.iter().filter(|one| is_named(one)).collect());
        let all = if named.len() > 1 {
            named
        } else {
            keys(hit.called.iter().collect())
        };
        all.into_iter().collect()
    }
}

fn names_key(bearers: &BTreeMap<String, String>, party: &Party) -> Key {
    let name = match party.kind {
        PartyKind::Named(EntityKind::Person) => {
            let name = person(&party.name);
            bearers.get(&name).cloned().unwrap_or(name)
        }
        PartyKind::Named(kind) => smallest(kind, &party.name),
        PartyKind::Group => fold(&party.name),
    };
    Key {
        kind: Some(party.kind),
        name,
    }
}
