//! Which names of an answer mean the same.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::is_named;
use crate::lang;
use crate::model::{EntityKind, MeetingHit, Party, PartyKind};
use crate::text::fold;

/// A number that all names of one participant share within one answer.
pub(super) type Key = usize;

/// The names of one answer.
pub(super) struct Names {
    keys: HashMap<Party, Key>,
    /// The fullest spelling of each key.
    fullest: Vec<String>,
}

/// What all names of one place have in common.
pub(super) fn of_place(name: &str) -> String {
    smallest(EntityKind::Place, name)
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
    pub(super) fn of<'a>(parties: impl Iterator<Item = &'a Party>) -> Self {
        // Most names of an answer stand there many times.
        let parties: HashSet<&Party> = parties.collect();
        let mut parties: Vec<&Party> = parties.into_iter().collect();
        parties.sort_unstable();
        let persons: BTreeSet<String> = parties
            .iter()
            .filter(|party| party.kind == PartyKind::Named(EntityKind::Person))
            .map(|party| person(&party.name))
            .collect();
        let mut by_surname: HashMap<&str, Vec<&str>> = HashMap::new();
        for name in &persons {
            if let Some(surname) = surname(name) {
                by_surname.entry(surname).or_default().push(name);
            }
        }
        // Surnames that stand alone, and the only full name that ends in each.
        let only = |(surname, full): (&str, Vec<&str>)| match full.as_slice() {
            [only] => Some((surname.to_owned(), (*only).to_owned())),
            _ => None,
        };
        let bearers: HashMap<String, String> = by_surname.into_iter().filter_map(only).collect();
        let mut numbers: HashMap<(PartyKind, String), Key> = HashMap::new();
        let mut keys = HashMap::with_capacity(parties.len());
        let mut fullest: Vec<String> = Vec::new();
        for party in parties {
            let next = numbers.len();
            let key = *numbers.entry(likeness(&bearers, party)).or_insert(next);
            match fullest.get_mut(key) {
                None => fullest.push(party.name.clone()),
                Some(known)
                    if (fullness(&party.name), &*known) > (fullness(known), &party.name) =>
                {
                    known.clone_from(&party.name);
                }
                Some(_) => {}
            }
            keys.insert(party.clone(), key);
        }
        Self { keys, fullest }
    }

    /// What stands for a participant; none where the answer does not have it.
    pub(super) fn key(&self, party: &Party) -> Option<Key> {
        self.keys.get(party).copied()
    }

    /// The participant by the fullest of its names.
    pub(super) fn fullest(&self, party: &Party) -> Party {
        let fullest = self.key(party).and_then(|key| self.fullest.get(key));
        Party {
            kind: party.kind,
            name: fullest.unwrap_or(&party.name).clone(),
        }
    }

    /// Who has to be the same for two meetings to be one: the named. Where only one is named, those
    /// who are described count as well.
    pub(super) fn people(&self, hit: &MeetingHit) -> Vec<Key> {
        let keys = |is_wanted: fn(&Party) -> bool| {
            let parties = hit.called.iter().filter(|party| is_wanted(party));
            let mut keys: Vec<Key> = parties.filter_map(|party| self.key(party)).collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        let named = keys(is_named);
        if named.len() > 1 {
            named
        } else {
            keys(|_| true)
        }
    }
}

/// What all names of one participant have in common: the kind, and letters without case and
/// diacritics.
fn likeness(bearers: &HashMap<String, String>, party: &Party) -> (PartyKind, String) {
    let name = match party.kind {
        PartyKind::Named(EntityKind::Person) => {
            let name = person(&party.name);
            bearers.get(&name).cloned().unwrap_or(name)
        }
        PartyKind::Named(kind) => smallest(kind, &party.name),
        PartyKind::Group => fold(&party.name),
    };
    (party.kind, name)
}
