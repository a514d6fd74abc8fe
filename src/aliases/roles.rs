//! What each name of the file is, and where two entries contradict each other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::entries::Entry;
use super::places::Places;
use crate::model::{AliasRule, EntityKind};

/// What a name is. It is one thing only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Others are merged into it.
    Head(Vec<String>),
    /// It is merged into this name.
    Form(String),
    /// It is called so instead.
    Renamed(String),
    /// This name is called so.
    Title(String),
    /// It is the name of nothing.
    Dropped,
}

/// A role, and the line of the file that gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Given {
    pub(super) role: Role,
    line: usize,
}

/// The names of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Names {
    roles: BTreeMap<String, Given>,
    /// Pairs that stay apart, as the names that stand for them, the lesser first.
    pub(super) apart: BTreeSet<(String, String)>,
}

impl Names {
    /// What a name is, if the file says so.
    pub(super) fn role(&self, name: &str) -> Option<&Role> {
        self.roles.get(name).map(|given| &given.role)
    }

    /// The name that stands for this one when names are joined or kept apart.
    pub(super) fn standing_for<'a>(&'a self, name: &'a str) -> &'a str {
        match self.role(name) {
            Some(Role::Form(head)) => head,
            Some(Role::Title(renamed)) => renamed,
            _ => name,
        }
    }

    /// The pair of names that stand for two.
    pub(super) fn pair(&self, one: &str, other: &str) -> (String, String) {
        ordered(self.standing_for(one), self.standing_for(other))
    }
}

fn ordered(one: &str, other: &str) -> (String, String) {
    let (lesser, greater) = if one <= other {
        (one, other)
    } else {
        (other, one)
    };
    (lesser.to_owned(), greater.to_owned())
}

/// The names by their kinds.
pub(super) type Kinds = BTreeMap<EntityKind, Names>;

/// Gives every name of the entries its role; contradictions are noted in `places`.
pub(super) fn assign(entries: &[Entry], places: &mut Places) -> Kinds {
    let mut assignment = Assignment {
        places,
        kinds: Kinds::new(),
        splits: BTreeMap::new(),
        circling: BTreeSet::new(),
    };
    // What points at another name comes first, so that circles are seen as such.
    for entry in entries {
        assignment.add_pointers(entry);
    }
    for entry in entries {
        assignment.add_targets(entry);
    }
    for entry in entries {
        assignment.add_split(entry);
    }
    assignment.kinds
}

struct Assignment<'a, 'text> {
    places: &'a mut Places<'text>,
    kinds: Kinds,
    /// The line in which each pair, as it is written, is kept apart.
    splits: BTreeMap<(EntityKind, String, String), usize>,
    /// Names of circles, which are told once.
    circling: BTreeSet<String>,
}

impl Assignment<'_, '_> {
    fn add_pointers(&mut self, entry: &Entry) {
        let name = &entry.alias.name;
        match &entry.alias.rule {
            AliasRule::Merge(forms) => {
                for (form, place) in forms.iter().zip(&entry.others) {
                    self.claim(entry, form, &Role::Form(name.clone()), place);
                }
            }
            AliasRule::Rename(title) => {
                self.claim(entry, name, &Role::Renamed(title.clone()), &entry.name);
            }
            AliasRule::Drop => self.claim(entry, name, &Role::Dropped, &entry.name),
            AliasRule::Split(_) => {}
        }
    }

    fn add_targets(&mut self, entry: &Entry) {
        let name = &entry.alias.name;
        match &entry.alias.rule {
            AliasRule::Merge(forms) => {
                self.claim(entry, name, &Role::Head(forms.clone()), &entry.name);
            }
            AliasRule::Rename(title) => {
                for place in &entry.others {
                    self.claim(entry, title, &Role::Title(name.clone()), place);
                }
            }
            AliasRule::Split(_) | AliasRule::Drop => {}
        }
    }

    /// Gives a name a role for all kinds of its entry, or notes why it cannot have it.
    fn claim(&mut self, entry: &Entry, name: &str, role: &Role, place: &Range<usize>) {
        let line = self.places.line(place.start);
        for kind in entry.alias.kinds() {
            let names = self.kinds.entry(*kind).or_default();
            if let Some(way) = circle(names, name, role) {
                let (message, hint) = told_circle(&way, role);
                self.places.wrong(place, message, hint);
                self.circling.extend(way);
                return;
            }
            if let Some(known) = names.roles.get(name) {
                if !self.circling.contains(name) {
                    let (message, hint) = clash(name, role, known);
                    self.places.wrong(place, message, hint);
                }
                return;
            }
            let role = role.clone();
            names.roles.insert(name.to_owned(), Given { role, line });
        }
    }

    fn add_split(&mut self, entry: &Entry) {
        let AliasRule::Split(others) = &entry.alias.rule else {
            return;
        };
        for (other, place) in others.iter().zip(&entry.others) {
            let fault = self.keep_apart(entry, other, place);
            if let Some((message, hint)) = fault {
                self.places.wrong(place, message, hint);
            }
        }
    }

    /// Keeps two names apart in all kinds of their entry, or says why they cannot be.
    fn keep_apart(
        &mut self,
        entry: &Entry,
        other: &str,
        place: &Range<usize>,
    ) -> Option<(String, &'static str)> {
        let name = &entry.alias.name;
        if name == other {
            let message = format!("kept apart from itself: `{name}`");
            return Some((message, "take it out of the list"));
        }
        for kind in entry.alias.kinds() {
            let names = self.kinds.entry(*kind).or_default();
            for one in [name.as_str(), other] {
                let given = names.roles.get(one);
                if let Some(dropped) = given.filter(|given| given.role == Role::Dropped) {
                    let line = dropped.line;
                    let message = format!("`{one}` is kept apart here, but dropped in line {line}");
                    return Some((message, "leave out one of the two entries"));
                }
            }
            let pair = names.pair(name, other);
            if pair.0 == pair.1 {
                let message =
                    format!("`{name}` and `{other}` are kept apart here, but one by another entry");
                return Some((message, "leave out one of the two entries"));
            }
            let (lesser, greater) = ordered(name, other);
            let line = self.places.line(place.start);
            let before = self.splits.insert((*kind, lesser, greater), line);
            if let Some(before) = before {
                let message =
                    format!("`{name}` and `{other}` are kept apart already in line {before}");
                return Some((message, "take one of them out"));
            }
            names.apart.insert(pair);
        }
        None
    }
}

/// The name that a role leads to.
fn next(role: &Role) -> Option<&str> {
    match role {
        Role::Form(head) => Some(head),
        Role::Renamed(title) => Some(title),
        _ => None,
    }
}

/// Longer circles are told as what they are besides: names that are merged and merged into.
const LONGEST_CIRCLE: usize = 16;

/// The names passed where a new role of `name` leads back to it.
fn circle(names: &Names, name: &str, role: &Role) -> Option<Vec<String>> {
    let mut way = vec![name.to_owned()];
    let mut at = next(role)?;
    while at != name {
        if way.len() == LONGEST_CIRCLE {
            return None;
        }
        way.push(at.to_owned());
        at = next(names.role(at)?)?;
    }
    way.push(at.to_owned());
    Some(way)
}

fn told_circle(way: &[String], role: &Role) -> (String, &'static str) {
    if let [name, _] = way {
        let does = match role {
            Role::Renamed(_) => "renamed to",
            _ => "merged with",
        };
        let message = format!("{does} itself: `{name}`");
        return (message, "take it out");
    }
    let way: Vec<String> = way.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("names go in a circle: {}", way.join(" → "));
    let hint = "choose one of them, and merge the others into it";
    (message, hint)
}

/// What is wrong with a name of two roles.
fn clash(name: &str, new: &Role, known: &Given) -> (String, &'static str) {
    let (known, line) = (&known.role, known.line);
    let message = if told(new) == told(known) {
        format!("`{name}` is {} already in line {line}", told(new))
    } else {
        let (new, known) = (told(new), told(known));
        format!("`{name}` is {new} here, but {known} in line {line}")
    };
    let hint = match (new, known) {
        (Role::Head(_), Role::Head(_)) => "put all forms into one entry",
        (Role::Head(_), Role::Form(_)) => "put all forms under the one name that they are to have",
        (Role::Title(_), Role::Title(_) | Role::Head(_)) | (Role::Head(_), Role::Title(_)) => {
            "to make them one, merge them"
        }
        (Role::Head(_), Role::Renamed(_)) => "give the merge the name that is wanted",
        _ => "leave out one of the two",
    };
    (message, hint)
}

/// What a name of this role is, for people.
pub(super) fn told(role: &Role) -> String {
    match role {
        Role::Head(_) => "what others are merged into".to_owned(),
        Role::Form(head) => format!("merged into `{head}`"),
        Role::Renamed(title) => format!("renamed to `{title}`"),
        Role::Title(renamed) => format!("the new name of `{renamed}`"),
        Role::Dropped => "dropped".to_owned(),
    }
}
