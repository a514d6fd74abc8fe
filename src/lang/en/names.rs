//! English names: what a word can be in one, and its base form.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::LazyLock;

use super::super::lists::{self, WordList};
use super::super::{Context, Hints, NameCandidate, Sink};
use super::without_possessive;
use crate::model::EntityKind;
use crate::text::normal_form;

static FIRST_NAMES: LazyLock<WordList> =
    LazyLock::new(|| lists::rows(include_str!("data/first_names.txt")));
static ROLES: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/roles.txt")));
static ORGANIZATIONS: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/organization_words.txt")));
static COMMON: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/common.txt")));
static DAYS: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/days.txt")));
static PLACES: LazyLock<HashSet<String>> =
    LazyLock::new(|| lists::territories(2).into_iter().collect());
static PARTICLES: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/particles.txt")));

/// What a word, as written, can be in a name.
pub(super) fn hints(word: &str) -> Hints {
    let form = normal_form(word);
    let bare = without_possessive(&form);
    let title = ORGANIZATIONS
        .keys()
        .any(|known| known.to_lowercase() == bare);
    Hints {
        known: false,
        common: COMMON.contains_key(bare),
        first_name: FIRST_NAMES.contains_key(bare),
        place: PLACES.contains(bare),
        role: ROLES.contains_key(bare),
        organization_head: title,
        thing: DAYS.contains_key(bare),
        particle: PARTICLES.contains_key(bare),
        ..Hints::default()
    }
}

/// English names change only by the possessive.
pub(super) fn name_bases(form: &str, sink: Sink<'_>) {
    sink(without_possessive(form));
}

/// The name without a possessive ending of its last word.
pub(super) fn base_name(words: &[&str], _: EntityKind, _: Option<&str>) -> String {
    let mut words: Vec<&str> = words.to_vec();
    if let Some(last) = words.last_mut() {
        let bare = last
            .strip_suffix("'s")
            .or_else(|| last.strip_suffix("’s"))
            .unwrap_or(last);
        *last = bare;
    }
    words.join(" ")
}

/// The name without a possessive ending is all it may be.
pub(super) fn candidates(name: &str, kind: EntityKind, _: &Context<'_>) -> Rc<[NameCandidate]> {
    let words: Vec<&str> = name.split_whitespace().collect();
    NameCandidate::only(base_name(&words, kind, None))
}
