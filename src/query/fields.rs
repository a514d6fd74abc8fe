//! The fields of the query language and their names.

use super::fault::shortened;
use crate::model::EntityKind;

/// What a piece with a colon asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// A name of this kind.
    Name(EntityKind),
    /// A participant of a meeting.
    Met,
    /// The days of publication.
    Date,
    /// The days the text speaks of.
    Event,
    /// Words of the title.
    Title,
    /// The language.
    Language,
    /// Publisher, host or path.
    Source,
    /// The article itself.
    Id,
}

/// Each field with its names, the canonical one first.
const FIELDS: [(Field, &[&str]); 12] = [
    (Field::Name(EntityKind::Person), &["person", "osoba"]),
    (
        Field::Name(EntityKind::Organization),
        &["org", "organization", "organisation", "organizacja"],
    ),
    (Field::Name(EntityKind::Place), &["place", "miejsce"]),
    (
        Field::Name(EntityKind::Product),
        &["product", "produkt", "wytwór", "wytwor"],
    ),
    (Field::Event, &["event", "zdarzenie"]),
    (
        Field::Name(EntityKind::Event),
        &["eventname", "nazwazdarzenia"],
    ),
    (Field::Met, &["met", "spotkał", "spotkal"]),
    (Field::Date, &["date", "data"]),
    (Field::Title, &["title", "tytuł", "tytul"]),
    (Field::Language, &["lang", "language", "język", "jezyk"]),
    (Field::Source, &["source", "źródło", "zrodlo"]),
    (Field::Id, &["id"]),
];

/// Names people try, and what to write instead.
const OTHER_WORDS: [(&[&str], &str); 2] = [
    (
        &["since", "after", "from", "od"],
        "days from one on are written `date:2023-02..`",
    ),
    (
        &["until", "before", "to", "do"],
        "days up to one are written `date:..2023-02`",
    ),
];

/// Longer names are not compared with ours: nobody means a field by them.
const LONGEST_TO_COMPARE: usize = 20;

impl Field {
    /// The field of this name, in any case.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        FIELDS
            .into_iter()
            .find_map(|(field, names)| names.contains(&name.as_str()).then_some(field))
    }

    /// The canonical name.
    pub(super) fn name(self) -> &'static str {
        FIELDS
            .into_iter()
            .find_map(|(field, names)| (field == self).then_some(names.first()?))
            .copied()
            .unwrap_or_default()
    }

    /// Whether its value may begin with `=` or be a regular expression,
    /// be it only to say that it may not.
    pub(super) fn has_patterns(self) -> bool {
        matches!(self, Self::Name(_) | Self::Met | Self::Title)
    }
}

/// What to write instead of `piece`, which begins with the unknown field `name`.
pub(super) fn hint_for_unknown(name: &str, piece: &str) -> String {
    let advice = nearest(name).unwrap_or_else(|| {
        let names: Vec<String> = FIELDS
            .into_iter()
            .map(|(field, _)| format!("{}:", field.name()))
            .collect();
        format!("the fields are `{}`", names.join(" "))
    });
    let piece = shortened(piece);
    format!("{advice}; to look for the word itself, put it in quotes: `\"{piece}\"`")
}

fn nearest(name: &str) -> Option<String> {
    if name.chars().count() > LONGEST_TO_COMPARE {
        return None;
    }
    let name = name.to_lowercase();
    if let Some((_, advice)) = OTHER_WORDS
        .into_iter()
        .find(|(words, _)| words.contains(&name.as_str()))
    {
        return Some(advice.to_owned());
    }
    FIELDS
        .into_iter()
        .flat_map(|(_, names)| names.iter().copied())
        .map(|known| (distance(&name, known), known))
        .filter(|(far, known)| *far <= if known.chars().count() < 5 { 1 } else { 2 })
        .min_by_key(|(far, _)| *far)
        .map(|(_, known)| format!("did you mean `{known}:`"))
}

/// How many letters must be put in, taken out or changed to make one of the other.
fn distance(left: &str, right: &str) -> usize {
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (line, from) in left.chars().enumerate() {
        let mut diagonal = line;
        let mut before = line + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, to) in row.iter_mut().skip(1).zip(right.chars()) {
            let changed = diagonal + usize::from(from != to);
            diagonal = *cell;
            before = changed.min(before + 1).min(*cell + 1);
            *cell = before;
        }
    }
    row.last().copied().unwrap_or_default()
}
