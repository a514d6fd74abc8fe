//! What kind a name is, when its mentions were not all found to be of one.

use std::collections::BTreeMap;

use super::name::without_ending;
use crate::annotate::names::Found;
use crate::lang::Language;
use crate::lang::known::is_acronym;
use crate::model::EntityKind;

/// A kind dominates when so many mentions are of it for one that is of another.
const DOMINATES: usize = 3;

type Votes<'f> = BTreeMap<&'f str, BTreeMap<EntityKind, usize>>;

/// Gives all mentions of a name the kind that clearly dominates, or that the lists know.
///
/// A bare surname that was taken for something else follows the person's full name; "Waszyngton"
/// beside "Denzel Washington" stays a place.
pub(super) fn settle(found: &mut [Found], language: &'static Language) {
    let mut votes = Votes::new();
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for one in found.iter() {
        let base = without_ending(&one.base);
        *votes.entry(base).or_default().entry(one.kind).or_default() += 1;
        if let (EntityKind::Person, Some((_, surname))) = (one.kind, base.rsplit_once(' ')) {
            *bearers.entry(surname).or_default() += 1;
        }
    }
    let mut settled: BTreeMap<String, EntityKind> = BTreeMap::new();
    for (base, votes) in &votes {
        let bearers = bearers.get(base).copied().unwrap_or_default();
        if let Some(kind) = kind_of(base, votes, bearers, language) {
            settled.insert((*base).to_owned(), kind);
        }
    }
    for one in found {
        if let Some(kind) = settled.get(without_ending(&one.base)) {
            one.kind = *kind;
        }
    }
}

/// The kind of all mentions, or none where each keeps its own.
fn kind_of(
    base: &str,
    votes: &BTreeMap<EntityKind, usize>,
    bearers: usize,
    language: &'static Language,
) -> Option<EntityKind> {
    let of = |kind| votes.get(&kind).copied().unwrap_or_default();
    let all: usize = votes.values().sum();
    let known = (language.known)();
    let is_body = (is_acronym(base) || base.contains(' '))
        && known.organizations_named(base).next().is_some();
    let is_country = known.country(base).is_some();
    let people = of(EntityKind::Person);
    // Of a newspaper or a law, the finder may have seen that it is none.
    let is_thing = of(EntityKind::Product) + of(EntityKind::Event) > 0;
    if is_body && !is_country && !is_thing {
        return Some(EntityKind::Organization);
    }
    if is_country && people * DOMINATES < all {
        return Some(EntityKind::Place);
    }
    let (&best, &count) = votes.iter().max_by_key(|(_, count)| **count)?;
    let hints = (language.hints)(base);
    let is_elsewhere = is_country || hints.place || hints.organization || is_acronym(base);
    if bearers > 0 && all - people <= people + bearers && !is_elsewhere {
        return Some(EntityKind::Person);
    }
    (count >= (all - count) * DOMINATES).then_some(best)
}
