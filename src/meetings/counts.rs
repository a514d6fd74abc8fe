//! How many meetings each person, month or place has.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::names::{Names, of_place};
use crate::model::{EntityKind, MergedMeeting, PartialDate, PartyKind};

/// What meetings are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountBy {
    /// Each person who took part; the most first.
    Person,
    /// The month of the meeting, or the days told where they lie in no one month; in order.
    Month,
    /// The place; the most first.
    Place,
}

impl CountBy {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Month => "month",
            Self::Place => "place",
        }
    }
}

/// One row of a table of counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The person, month or place; nothing for meetings whose month or place is not known.
    pub value: Option<String>,
    /// How many meetings.
    pub meetings: usize,
}

/// Counts meetings. A person who goes by several names is one, as in [`super::merge`].
pub fn counts(meetings: &[MergedMeeting], by: CountBy) -> Vec<Count> {
    match by {
        CountBy::Person => by_person(meetings),
        CountBy::Month => by_month(meetings),
        CountBy::Place => by_place(meetings),
    }
}

fn by_person(meetings: &[MergedMeeting]) -> Vec<Count> {
    let names = Names::of(meetings.iter().flat_map(|meeting| &meeting.participants));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for meeting in meetings {
        let is_person = PartyKind::Named(EntityKind::Person);
        let persons = meeting.participants.iter();
        let persons = persons.filter(|party| party.kind == is_person);
        let mut own: Vec<String> = persons.map(|party| names.fullest(party).name).collect();
        own.sort();
        own.dedup();
        for name in own {
            *counts.entry(name).or_default() += 1;
        }
    }
    most_first(counts.into_iter().map(|(name, count)| (Some(name), count)))
}

/// The month all days lie in, else the shortest notation of the days.
fn month(date: PartialDate) -> PartialDate {
    let first = date.first().civil();
    PartialDate::month(first.year(), first.month())
        .filter(|month| date.last() <= month.last())
        .unwrap_or(date)
}

fn by_month(meetings: &[MergedMeeting]) -> Vec<Count> {
    let mut counts: BTreeMap<_, Count> = BTreeMap::new();
    for meeting in meetings {
        let month = meeting.date.map(month);
        let days = month.map(|month| (month.first(), month.last()));
        let count = counts.entry((days.is_none(), days)).or_insert(Count {
            value: month.map(|month| month.to_string()),
            meetings: 0,
        });
        count.meetings += 1;
    }
    counts.into_values().collect()
}

fn by_place(meetings: &[MergedMeeting]) -> Vec<Count> {
    let mut counts: BTreeMap<_, (Option<String>, usize)> = BTreeMap::new();
    for meeting in meetings {
        let place = meeting.place.as_deref();
        let known = counts.entry(place.map(of_place)).or_default();
        let is_before = known.0.as_deref().is_none_or(|known| Some(known) > place);
        if is_before {
            known.0 = place.map(str::to_owned);
        }
        known.1 += 1;
    }
    most_first(counts.into_values())
}

/// The most first; what is not known last.
fn most_first(counts: impl Iterator<Item = (Option<String>, usize)>) -> Vec<Count> {
    let mut rows: Vec<Count> = counts
        .map(|(value, meetings)| Count { value, meetings })
        .collect();
    rows.sort_by(|one, other| {
        let rank = |row: &Count| (row.value.is_none(), Reverse(row.meetings));
        rank(one)
            .cmp(&rank(other))
            .then_with(|| one.value.cmp(&other.value))
    });
    rows
}
