//! Names that are a part of another: a bare surname, initials, a first name alone, an acronym.
//!
//! A part joins its only bearer, or the one who has clearly more articles than all others in the
//! weeks when the part is used. Articles that use both the part and the full name for one entity
//! speak for that bearer.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::build::{Node, Work};
use super::forms::sound;
use super::words::WordNumber;
use crate::lang::known::is_acronym;
use crate::model::EntityKind;
use crate::names::{Grade, Reader};
use crate::text::fold;

/// Articles of a bearer count where they stand within so many weeks of the part.
const NEAR: i64 = 26;
/// A bearer whom all articles call by the part as well weighs so many times more.
const BOTH: u64 = 3;
/// A bearer is dominant with so many hundredths of all weights.
const DOMINANT: u64 = 80;
/// A part is at most so many times as frequent as its bearer.
const MORE_FREQUENT: u64 = 30;

/// Two names side by side have so many words at least: the first and last name of one, and one more.
const LEAST_GLUED: usize = 3;

/// How a bearer has the part in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// As a first name or in the middle.
    Given,
    /// As the last word, or the whole of it but for the first names.
    Surname,
}

/// What speaks for one bearer.
#[derive(Debug, Clone, Copy)]
struct Bearer {
    /// One of the names of its group.
    node: usize,
    role: Use,
    both: u64,
    weight: u64,
}

/// Names that are two names which a text has side by side: "Xi Jinping Łukaszenka" of a headline. Each
/// half is a name by itself, and more frequent.
fn glued(work: &Work<'_>) -> HashSet<usize> {
    let mut articles: HashMap<&[WordNumber], u64> = HashMap::new();
    for node in &work.nodes {
        *articles.entry(&node.words).or_default() += node.row.articles;
    }
    let is_glued = |node: &Node<'_>| {
        let length = node.words.len();
        length >= LEAST_GLUED
            && (1..length).any(|place| {
                let halves = node.words.split_at_checked(place);
                halves.is_some_and(|(first, second)| {
                    [first, second].iter().all(|half| {
                        let known = articles.get(*half).copied();
                        known.is_some_and(|known| known > node.row.articles)
                    })
                })
            })
    };
    let nodes = work.nodes.iter().enumerate();
    nodes
        .filter(|(_, node)| node.row.kind == EntityKind::Person && is_glued(node))
        .map(|(index, _)| index)
        .collect()
}

/// Where names are found by a word of theirs or by what articles call them besides.
struct Lookup {
    glued: HashSet<usize>,
    /// By the number of the word's sound.
    by_word: HashMap<usize, Vec<usize>>,
    by_form: HashMap<String, Vec<(usize, u64)>>,
}

impl Lookup {
    fn of(work: &Work<'_>, reader: &Reader) -> Self {
        let mut by_word: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut by_form: HashMap<String, Vec<(usize, u64)>> = HashMap::new();
        // One surname is a form of many names.
        let forms = work.nodes.iter().flat_map(|node| &node.row.forms);
        let forms: HashSet<&str> = forms.map(|(form, _)| form.as_str()).collect();
        let heard = forms.into_par_iter();
        let heard: HashMap<&str, String> = heard
            .map(|form| (form, sound(reader, form, work.kind)))
            .collect();
        for (index, node) in work.nodes.iter().enumerate() {
            if work.kind == EntityKind::Person && node.words.len() > 1 {
                for word in work.words.get(&node.words) {
                    let known = by_word.entry(word.sound).or_default();
                    if known.last() != Some(&index) {
                        known.push(index);
                    }
                }
            }
            for (form, articles) in &node.row.forms {
                if let Some(heard) = heard.get(form.as_str()) {
                    let known = by_form.entry(heard.clone()).or_default();
                    known.push((index, *articles));
                }
            }
        }
        Self {
            glued: glued(work),
            by_word,
            by_form,
        }
    }
}

/// Joins every part with its dominant bearer.
pub(super) fn join(work: &mut Work<'_>, reader: &Reader) {
    let lookup = Lookup::of(work, reader);
    let mut order: Vec<usize> = (0..work.nodes.len()).collect();
    let length = |index: &usize| work.nodes.get(*index).map_or(0, |node| node.words.len());
    order.sort_by_key(|index| (std::cmp::Reverse(length(index)), *index));
    for part in order {
        let bearers = bearers(work, &lookup, part);
        decide(work, part, bearers);
    }
}

/// Who may be meant, one for each group.
fn bearers(work: &mut Work<'_>, lookup: &Lookup, part: usize) -> Vec<Bearer> {
    let Some(node) = work.nodes.get(part) else {
        return Vec::new();
    };
    let mut found: BTreeMap<usize, Bearer> = BTreeMap::new();
    let is_short = work.kind != EntityKind::Person && is_acronym(&node.row.name);
    let own = if is_short {
        fold(&node.row.name)
    } else {
        node.name.key()
    };
    let last = work.words.get(&node.words).next_back();
    let mut candidates: Vec<(usize, u64)> = Vec::new();
    if let Some(linked) = lookup.by_form.get(&own) {
        candidates.extend(linked);
    }
    if let Some(known) = last.and_then(|last| lookup.by_word.get(&last.sound)) {
        candidates.extend(known.iter().map(|index| (*index, 0)));
    }
    for (candidate, both) in candidates {
        let group = work.groups.of(candidate);
        let (Some(node), Some(full)) = (work.nodes.get(part), work.nodes.get(candidate)) else {
            continue;
        };
        let is_bearer = candidate != part && !lookup.glued.contains(&candidate);
        if !is_bearer || !is_fuller(full, node, both) {
            continue;
        }
        let role = role(work, node, full);
        let Some(role) = role.or((both > 0).then_some(Use::Given)) else {
            continue;
        };
        let near = near(node, full);
        let weight = near + near * both * BOTH / full.row.articles.max(1);
        let bearer = found.entry(group).or_insert(Bearer {
            node: candidate,
            role,
            both: 0,
            weight: 0,
        });
        bearer.role = bearer.role.max(role);
        bearer.both += both;
        bearer.weight += weight;
    }
    found.into_values().collect()
}

/// Whether the one says more of a name than the other.
fn is_fuller(full: &Node<'_>, part: &Node<'_>, both: u64) -> bool {
    full.words.len() > part.words.len()
        || (full.words.len() == part.words.len()
            && full.letters > part.letters
            && (both > 0 || part.has_initials))
}

/// How a person's full name has the part; none where it has not. A part of an organization's name
/// says nothing by itself.
fn role(work: &Work<'_>, part: &Node<'_>, full: &Node<'_>) -> Option<Use> {
    if work.kind != EntityKind::Person {
        return None;
    }
    if part.words.len() == 1 {
        let heard = work.words.get(&part.words).next()?.sound;
        let mut sounds = work.words.get(&full.words).rev().map(|word| word.sound);
        if sounds.next() == Some(heard) {
            return Some(Use::Surname);
        }
        return sounds.any(|sound| sound == heard).then_some(Use::Given);
    }
    let likeness = part.name.compare(&full.name);
    (likeness.grade != Grade::Different).then_some(Use::Surname)
}

/// How many articles of the bearer stand near in time to one with the part.
fn near(part: &Node<'_>, full: &Node<'_>) -> u64 {
    let weeks = &part.row.weeks;
    if weeks.is_empty() || full.row.weeks.is_empty() {
        return full.row.articles;
    }
    let is_near = |week: i64| {
        let next = weeks.partition_point(|(known, _)| *known < week - NEAR);
        weeks
            .get(next)
            .is_some_and(|(known, _)| *known <= week + NEAR)
    };
    let weeks = full.row.weeks.iter();
    weeks
        .filter(|(week, _)| is_near(*week))
        .map(|(_, articles)| articles)
        .sum()
}

/// Joins the part with the bearer that outweighs all others together, or keeps the doubt.
fn decide(work: &mut Work<'_>, part: usize, mut bearers: Vec<Bearer>) {
    let own = work.groups.of(part);
    bearers.retain(|bearer| work.groups.of(bearer.node) != own);
    if bearers.iter().any(|bearer| bearer.role == Use::Surname) {
        bearers.retain(|bearer| bearer.role == Use::Surname);
    }
    let all: u64 = bearers.iter().map(|bearer| bearer.weight).sum();
    bearers.sort_by_key(|bearer| (std::cmp::Reverse(bearer.weight), bearer.node));
    let Some(best) = bearers.first().copied() else {
        return;
    };
    let (frequent, bearer) = (work.groups.articles(part), work.groups.articles(best.node));
    let is_supported = best.role == Use::Surname || best.both > 0;
    let joins = is_supported
        && best.weight > 0
        && best.weight * 100 >= all * DOMINANT
        && frequent <= bearer * MORE_FREQUENT;
    if !is_supported && !joins {
        return;
    }
    let why = match (joins, bearers.len()) {
        (_, 1) => "a part of its name".into(),
        (true, _) => "a part of its name, which others bear less often".into(),
        (false, several) => Cow::from(format!("a part of the names of {several}")),
    };
    work.guess(part, best.node, joins, why);
}
