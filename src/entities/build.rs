//! All names of one kind to entities.
//!
//! Rules go from the surest to the weakest, so that a weak one sees the groups of all stronger ones:
//! the user's own word, spelling, other languages' names, wrong base forms, near spellings, parts.
//! Whatever is weighed and not joined, or joined on a guess, is kept as [`Unsure`].

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;

use super::groups::Groups;
use super::spellings::likenesses;
use super::words::{WordNumber, Words};
use super::{Entity, inflection, parts};
use crate::aliases::{Aliases, Resolution};
use crate::lang;
use crate::model::{AliasRule, EntityKind, NameRow};
use crate::names::{Grade, Name, Reader};
use crate::text::fold;

/// Near spellings are of one name only where they stand within so many weeks of one another.
const SAME_TIME: i64 = 8;
/// A person is called by a full name that is so many times rarer than the surname alone.
const MOST_SURNAMES: u64 = 20;
/// Anything else, where one word is often the better known name: "NATO".
const MOST_ACRONYMS: u64 = 4;
/// A misspelling is at most this share of what it is a misspelling of.
const RARER: u64 = 4;

/// One name while groups are made.
pub(super) struct Node<'r> {
    pub(super) row: &'r NameRow,
    /// Its words as they are compared.
    pub(super) words: Vec<WordNumber>,
    /// How many letters they have.
    pub(super) letters: usize,
    /// Whether one of a person's words is an initial.
    pub(super) has_initials: bool,
    pub(super) name: Name,
}

/// A [`crate::model::Doubt`] about names that are at hand.
#[derive(Debug, Clone)]
pub(super) struct Unsure<'r> {
    pub(super) kind: EntityKind,
    pub(super) name: &'r NameRow,
    pub(super) other: &'r NameRow,
    pub(super) joined: bool,
    pub(super) why: Cow<'static, str>,
}

/// The names of one kind, and who of them are one so far.
pub(super) struct Work<'r> {
    pub(super) kind: EntityKind,
    pub(super) words: Words,
    pub(super) nodes: Vec<Node<'r>>,
    pub(super) groups: Groups,
    pub(super) doubts: Vec<Unsure<'r>>,
}

impl<'r> Work<'r> {
    fn new(kind: EntityKind, rows: &[&'r NameRow], reader: &Reader) -> Self {
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let (words, of_names) = Words::of(&names, kind, reader);
        let nodes = rows.par_iter().zip(of_names).map(|(row, own)| Node {
            row,
            letters: words.get(&own).map(|word| word.letters).sum(),
            has_initials: row.kind == EntityKind::Person
                && words.get(&own).any(|word| word.letters < 2),
            words: own,
            name: reader.read(&row.name, kind),
        });
        Self {
            kind,
            groups: Groups::new(rows.iter().map(|row| row.articles).collect()),
            nodes: nodes.collect(),
            words,
            doubts: Vec::new(),
        }
    }

    /// Joins two names on a guess, or doubts whether to. Either is told.
    pub(super) fn guess(
        &mut self,
        one: usize,
        other: usize,
        joins: bool,
        why: impl Into<Cow<'static, str>>,
    ) {
        if self.groups.of(one) == self.groups.of(other) || !self.groups.may_join(one, other) {
            return;
        }
        let (Some(first), Some(second)) = (self.nodes.get(one), self.nodes.get(other)) else {
            return;
        };
        self.doubts.push(Unsure {
            kind: self.kind,
            name: first.row,
            other: second.row,
            joined: joins,
            why: why.into(),
        });
        if joins {
            self.groups.join(one, other);
        }
    }

    /// The user's own word comes before everything.
    fn follow(&mut self, aliases: &Aliases) {
        if aliases.entries().is_empty() {
            return;
        }
        let nodes = self.nodes.iter().enumerate();
        let by_name: HashMap<&str, usize> = nodes
            .map(|(index, node)| (node.row.name.as_str(), index))
            .collect();
        let entries = aliases.entries().iter();
        let entries: Vec<_> = entries
            .filter(|entry| entry.kinds().contains(&self.kind))
            .collect();
        for entry in &entries {
            if let AliasRule::Merge(forms) = &entry.rule {
                let mut known = std::iter::once(&entry.name)
                    .chain(forms)
                    .filter_map(|name| by_name.get(name.as_str()));
                if let Some(first) = known.next() {
                    for other in known {
                        self.groups.join(*first, *other);
                    }
                }
            }
        }
        for entry in &entries {
            if let AliasRule::Split(others) = &entry.rule {
                for other in others {
                    let pair = (
                        by_name.get(entry.name.as_str()),
                        by_name.get(other.as_str()),
                    );
                    if let (Some(one), Some(other)) = pair {
                        self.groups.keep_apart(*one, *other);
                    }
                }
            }
        }
    }

    /// Joins spellings of one name. Gives pairs that are near one another, to be weighed later.
    fn spellings(&mut self) -> Vec<(usize, usize, String)> {
        let mut near = Vec::new();
        for (frequent, rare, likeness) in likenesses(&self.nodes) {
            if likeness.grade == Grade::Same {
                self.groups.join(frequent, rare);
            } else {
                let why: Vec<String> = likeness.evidence.iter().map(ToString::to_string).collect();
                near.push((frequent, rare, why.join(", ")));
            }
        }
        near.sort_unstable();
        near
    }

    /// Joins names of one country or organization in several languages.
    fn translations(&mut self) {
        let nodes = self.nodes.par_iter();
        let others_of = |node: &Node<'_>| {
            let others = lang::other_names(self.kind, &node.row.name).into_iter();
            others.map(fold).collect()
        };
        let others: Vec<Vec<String>> = nodes.clone().map(others_of).collect();
        if others.iter().all(Vec::is_empty) {
            return;
        }
        let names: Vec<String> = nodes.map(|node| fold(&node.row.name)).collect();
        let mut by_name: HashMap<&str, usize> = HashMap::new();
        for (index, name) in names.iter().enumerate() {
            by_name.entry(name).or_insert(index);
        }
        for (index, others) in others.iter().enumerate() {
            for other in others {
                if let Some(other) = by_name.get(other.as_str()) {
                    self.groups.join(index, *other);
                }
            }
        }
    }

    /// Weighs near spellings: one that is rare beside the other, at the same time, is a misspelling.
    fn misspellings(&mut self, near: Vec<(usize, usize, String)>) {
        for (frequent, rare, why) in near {
            let (Some(one), Some(other)) = (self.nodes.get(frequent), self.nodes.get(rare)) else {
                continue;
            };
            let joins = one.words.len() > 1
                && other.words.len() > 1
                && other.row.articles * RARER <= one.row.articles.max(RARER)
                && is_same_time(one.row, other.row);
            self.guess(rare, frequent, joins, why);
        }
    }

    /// The entities that the groups are.
    fn finish(mut self, aliases: &Aliases) -> (Vec<Entity>, Vec<Unsure<'r>>) {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..self.nodes.len() {
            groups.entry(self.groups.of(index)).or_default().push(index);
        }
        let groups: Vec<Vec<usize>> = groups.into_values().collect();
        let entities = groups.par_iter().map(|members| {
            let members: Vec<&Node<'_>> = members
                .iter()
                .filter_map(|index| self.nodes.get(*index))
                .collect();
            entity(self.kind, &members, aliases)
        });
        (entities.collect(), self.doubts)
    }
}

/// Whether articles with the one were published within weeks of articles with the other. What has
/// no date is of every time.
fn is_same_time(one: &NameRow, other: &NameRow) -> bool {
    let (mut ones, mut others) = (one.weeks.iter().peekable(), other.weeks.iter().peekable());
    if ones.peek().is_none() || others.peek().is_none() {
        return true;
    }
    while let (Some((week, _)), Some((other, _))) = (ones.peek(), others.peek()) {
        if (week - other).abs() <= SAME_TIME {
            return true;
        }
        if week < other {
            ones.next();
        } else {
            others.next();
        }
    }
    false
}

fn entity(kind: EntityKind, members: &[&Node<'_>], aliases: &Aliases) -> Entity {
    let mut names: Vec<(String, u64)> = members
        .iter()
        .map(|node| (node.row.name.clone(), node.row.articles))
        .collect();
    names.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
    // A name under two kinds is one name.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut once: Vec<(String, u64)> = Vec::new();
    for (name, articles) in names {
        if let Some((_, known)) = seen.get(&name).and_then(|place| once.get_mut(*place)) {
            *known += articles;
        } else {
            seen.insert(name.clone(), once.len());
            once.push((name, articles));
        }
    }
    let strays = members.iter().filter(|node| node.row.kind != kind);
    let strays = strays.map(|node| (node.row.kind, node.row.name.clone()));
    let mut forms: BTreeMap<&str, u64> = BTreeMap::new();
    for (form, articles) in members.iter().flat_map(|node| &node.row.forms) {
        *forms.entry(form).or_default() += articles;
    }
    let mut forms: Vec<(String, u64)> = forms
        .into_iter()
        .map(|(form, articles)| (form.to_owned(), articles))
        .collect();
    forms.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
    let days = members.iter().filter_map(|node| node.row.days);
    Entity {
        kind,
        name: title(kind, members, aliases),
        articles: once.iter().map(|(_, articles)| articles).sum(),
        names: once,
        strays: strays.collect(),
        forms,
        days: days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))),
    }
}

/// What an entity is called: as the user says, else by the most frequent of its full names.
fn title(kind: EntityKind, members: &[&Node<'_>], aliases: &Aliases) -> String {
    for node in members {
        let name = node.row.name.as_str();
        match aliases.resolve(name, kind) {
            Resolution::Merged(head) | Resolution::Renamed(head) => return head.to_owned(),
            Resolution::Itself if !aliases.forms_of(name, kind).is_empty() => {
                return name.to_owned();
            }
            Resolution::Itself | Resolution::Dropped => {}
        }
    }
    let most = members.iter().map(|node| node.row.articles).max();
    let rarer = match kind {
        EntityKind::Person => MOST_SURNAMES,
        _ => MOST_ACRONYMS,
    };
    let is_full = |node: &&&Node<'_>| {
        let is_known = node.row.articles * rarer >= most.unwrap_or_default();
        node.words.len() > 1 && is_known && !node.has_initials
    };
    let frequent = |node: &&Node<'_>| (node.row.articles, Reverse(node.row.name.clone()));
    let full = members.iter().filter(is_full).copied().max_by_key(frequent);
    full.or_else(|| members.iter().copied().max_by_key(frequent))
        .map(|node| node.row.name.clone())
        .unwrap_or_default()
}

/// The entities of one kind, and what is unsure about them.
pub(super) fn entities<'r>(
    kind: EntityKind,
    rows: &'r [NameRow],
    aliases: &Aliases,
    reader: &Reader,
) -> (Vec<Entity>, Vec<Unsure<'r>>) {
    let kept = |row: &&NameRow| aliases.resolve(&row.name, kind) != Resolution::Dropped;
    let rows: Vec<&NameRow> = rows.iter().filter(kept).collect();
    let mut work = Work::new(kind, &rows, reader);
    work.follow(aliases);
    let near = work.spellings();
    work.translations();
    inflection::join(&mut work);
    work.misspellings(near);
    if matches!(kind, EntityKind::Person | EntityKind::Organization) {
        parts::join(&mut work, reader);
    }
    work.finish(aliases)
}
