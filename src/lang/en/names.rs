//! English names: what a word can be in one, and its base form.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::LazyLock;

use super::super::fingerprints::{self, List};
use super::super::lists::{self, WordList};
use super::super::{Context, Hints, NameCandidate, Sink, Trait, Traits};
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
static TITLES: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/titles.txt")));
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

/// The base form of a name: without a possessive ending, a title before a person, an article, or
/// the plural of a family.
pub(super) fn base_name(words: &[&str], kind: EntityKind, before: Option<&str>) -> String {
    let mut words = words;
    while let [first, rest @ ..] = words
        && !rest.is_empty()
        && is_outside(first, rest, kind)
    {
        words = rest;
    }
    let Some((last, others)) = words.split_last() else {
        return String::new();
    };
    let bare = without_ending(last);
    let is_family = kind == EntityKind::Person
        && others.is_empty()
        && before.is_some_and(|word| word.eq_ignore_ascii_case("the"));
    let singular = if is_family { singular(bare) } else { None };
    let mut name = others.join(" ");
    if !name.is_empty() {
        name.push(' ');
    }
    name.push_str(singular.unwrap_or(bare));
    name
}

/// Whether a word before the rest of a name is no part of it.
fn is_outside(first: &str, rest: &[&str], kind: EntityKind) -> bool {
    let form = normal_form(first);
    match kind {
        EntityKind::Person => TITLES.contains_key(form.as_str()),
        EntityKind::Place => {
            // "The Hague" has its article; "The Netherlands" is a sentence that begins.
            let is_small = first.starts_with(char::is_lowercase);
            form == "the" && (is_small || PLACES.contains(&normal_form(&rest.join(" "))))
        }
        _ => form == "the",
    }
}

/// How long the possessive ending of a word is, in bytes.
pub(super) fn outside(word: &str) -> usize {
    word.len() - without_ending(word).len()
}

/// The word before `'s`, or before the apostrophe behind an s: "Reuters'".
fn without_ending(word: &str) -> &str {
    let apostrophes = ['\'', '’'];
    let bare = word
        .strip_suffix('s')
        .and_then(|word| word.strip_suffix(apostrophes))
        .or_else(|| {
            word.strip_suffix(apostrophes)
                .filter(|word| word.ends_with('s'))
        });
    bare.filter(|bare| !bare.is_empty()).unwrap_or(word)
}

/// One of a family that is spoken of as a whole: "the Obamas", "the Joneses".
fn singular(name: &str) -> Option<&str> {
    let sibilant = |stem: &&str| {
        ["s", "x", "z", "ch", "sh"]
            .iter()
            .any(|end| stem.ends_with(end))
    };
    let stem = name.strip_suffix("es").filter(sibilant).or_else(|| {
        let stem = name.strip_suffix('s')?;
        // "Davis" and "Ross" end so by themselves.
        (!stem.ends_with(['s', 'i', 'u'])).then_some(stem)
    })?;
    (stem.chars().count() >= 3).then_some(stem)
}

/// The most common prepositions.
const PREPOSITIONS: [&str; 16] = [
    "of", "in", "to", "for", "with", "on", "at", "by", "from", "about", "into", "near", "after",
    "before", "between", "against",
];

static ORGANIZATION_HEADS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    ORGANIZATIONS
        .keys()
        .map(|word| word.to_lowercase())
        .collect()
});

/// What a form can be, for the recogniser of names.
pub(super) fn traits(form: &str) -> Traits {
    let bare = without_possessive(form);
    let common = COMMON.contains_key(bare) || fingerprints::holds(List::EnglishWords, bare);
    Traits::default()
        .when(common, Trait::Common)
        .when(PREPOSITIONS.contains(&bare), Trait::Preposition)
        .when(ORGANIZATION_HEADS.contains(bare), Trait::OrganizationHead)
        .when(
            ROLES.contains_key(bare) || TITLES.contains_key(bare),
            Trait::Role,
        )
        .when(PLACES.contains(bare), Trait::Country)
        .when(PARTICLES.contains_key(bare), Trait::NameParticle)
        .when(DAYS.contains_key(bare), Trait::Calendar)
        .when(
            FIRST_NAMES.contains_key(bare) || fingerprints::holds(List::FirstNames, bare),
            Trait::ListedFirstName,
        )
        .when(
            fingerprints::holds(List::Surnames, bare),
            Trait::ListedSurname,
        )
        .when(fingerprints::holds(List::Towns, bare), Trait::ListedPlace)
}

/// The name without a possessive ending is all it may be.
pub(super) fn candidates(name: &str, kind: EntityKind, _: &Context<'_>) -> Rc<[NameCandidate]> {
    let words: Vec<&str> = name.split_whitespace().collect();
    NameCandidate::only(base_name(&words, kind, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_names() {
        use EntityKind::{Organization, Person, Place};
        for (kind, before, written, base) in [
            (Person, None, "Emmanuel Macron", "Emmanuel Macron"),
            (Person, None, "Macron's", "Macron"),
            (Person, None, "Emmanuel Macron’s", "Emmanuel Macron"),
            (Person, None, "James'", "James"),
            (Person, None, "O'Brien", "O'Brien"),
            (Person, Some("the"), "Obamas", "Obama"),
            (Person, Some("the"), "Obamas'", "Obama"),
            (Person, Some("the"), "Joneses", "Jones"),
            (Person, Some("the"), "Kennedys", "Kennedy"),
            (Person, Some("the"), "Davis", "Davis"),
            (Person, Some("the"), "Ross", "Ross"),
            (Person, Some("the"), "Reeves", "Reeve"),
            (Person, Some("with"), "Jones", "Jones"),
            (Person, None, "Williams", "Williams"),
            (Person, None, "Mr Johnson", "Johnson"),
            (Person, None, "Mrs May's", "May"),
            (Person, None, "President Joe Biden", "Joe Biden"),
            (
                Person,
                None,
                "Prime Minister Boris Johnson",
                "Boris Johnson",
            ),
            (Person, None, "Sir Keir Starmer", "Keir Starmer"),
            (Person, None, "Dr", "Dr"),
            (Person, None, "John Major", "John Major"),
            (Person, None, "Pope Francis", "Pope Francis"),
            (Person, None, "Lady Gaga", "Lady Gaga"),
            (Organization, None, "the European Union", "European Union"),
            (Organization, None, "The Guardian's", "Guardian"),
            (Organization, None, "General Motors", "General Motors"),
            (Organization, None, "Reuters'", "Reuters"),
            (Organization, None, "Reuters", "Reuters"),
            (Organization, None, "the", "the"),
            (Place, None, "the Netherlands", "Netherlands"),
            (Place, None, "The Netherlands", "Netherlands"),
            (Place, None, "The Hague", "The Hague"),
            (Place, None, "Russia's", "Russia"),
            (Place, None, "United States'", "United States"),
            (Place, None, "'s", "'s"),
            (Place, None, "", ""),
        ] {
            let words: Vec<&str> = written.split(' ').collect();
            assert_eq!(base_name(&words, kind, before), base, "{written}");
        }
        assert_eq!(base_name(&[], Person, None), "");
    }
}
