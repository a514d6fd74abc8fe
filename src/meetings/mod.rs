//! The same meeting told by several articles.
//!
//! Tellings are of one meeting when the same named people took part, on the same or overlapping
//! days. What is told of no known day stays alone, and so does a telling as loose as "in 2023" when
//! several meetings fit it: nothing says which is meant.

mod counts;
mod names;
#[cfg(test)]
mod tests;

pub use counts::{Count, CountBy, counts};

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::model::{
    MeetingHit, MeetingKind, MeetingStatus, MergedMeeting, PartialDate, Party, PartyKind,
};
use names::{Key, Names};

/// Joins the tellings of each meeting, in the order of their days, those of no known day last.
///
/// The order of `hits` does not matter. Of what the articles tell differently,
///
/// - a name is the fullest, a day the narrowest, place and kind those told most often;
/// - that a meeting took place, was called off or is denied outweighs that it was planned or
///   rumoured; and of two such words the one of the later article holds.
pub fn merge(hits: Vec<MeetingHit>) -> Vec<MergedMeeting> {
    let names = Names::of(hits.iter().flat_map(|hit| &hit.called));
    let people: Vec<Vec<Key>> = hits.iter().map(|hit| names.people(hit)).collect();
    // Places are sorted, since an answer may be of a million and each telling is large.
    let mut order: Vec<(&[Key], usize)> = people.iter().map(Vec::as_slice).zip(0..).collect();
    let at = |place: usize| hits.get(place).map(telling);
    order.sort_by(|one, other| (one.0, at(one.1)).cmp(&(other.0, at(other.1))));
    let mut hits: Vec<Option<MeetingHit>> = hits.into_iter().map(Some).collect();
    let mut merged = Vec::new();
    for same in order.chunk_by(|one, other| one.0 == other.0) {
        let places = same.iter().map(|(_, place)| *place);
        let hits = places.filter_map(|place| hits.get_mut(place)?.take());
        let meetings = by_day(hits.collect()).into_iter();
        merged.extend(meetings.map(|proofs| one(proofs, &names)));
    }
    merged.sort_by(|one, other| rank(one).cmp(&rank(other)));
    merged
}

/// The order of meetings.
fn rank(meeting: &MergedMeeting) -> impl Ord + '_ {
    let first = meeting.proofs.first();
    (
        meeting.date.is_none(),
        meeting.date.map(|date| (date.first(), date.last())),
        first.map(|hit| (&hit.article.id, hit.number)),
    )
}

/// The order of tellings: by the day of the article, those without one first.
fn telling(hit: &MeetingHit) -> impl Ord + '_ {
    let day = hit.article.date.map(|dated| {
        let date = dated.date;
        (date.first(), date.last())
    });
    (day, &hit.article.id, hit.number)
}

fn length(date: PartialDate) -> i64 {
    date.last().number() - date.first().number()
}

fn overlap(one: PartialDate, other: PartialDate) -> bool {
    one.first() <= other.last() && other.first() <= one.last()
}

/// Parts what the same people did by days. The narrowest days say which meetings there were, and
/// wider ones join the only one that they fit.
fn by_day(hits: Vec<MeetingHit>) -> Vec<Vec<MeetingHit>> {
    let (mut dated, undated): (Vec<_>, Vec<_>) =
        hits.into_iter().partition(|hit| hit.date.is_some());
    // The sort is stable, so tellings of equal days stay in the order of their articles.
    dated.sort_by_key(|hit| hit.date.map(|date| (length(date), date.first())));
    let mut meetings: Vec<(PartialDate, Vec<MeetingHit>)> = Vec::new();
    for hit in dated {
        let Some(date) = hit.date else { continue };
        let same =
            |known: PartialDate| (known.first(), known.last()) == (date.first(), date.last());
        let fitting: Vec<usize> = (0..)
            .zip(&meetings)
            .filter(|(_, (known, _))| overlap(*known, date))
            .map(|(index, _)| index)
            .collect();
        let equal = meetings.iter().position(|(known, _)| same(*known));
        let only = match fitting.as_slice() {
            [only] => Some(*only),
            _ => equal,
        };
        match only.and_then(|index| meetings.get_mut(index)) {
            Some((_, proofs)) => proofs.push(hit),
            None => meetings.push((date, vec![hit])),
        }
    }
    let alone = undated.into_iter().map(|hit| vec![hit]);
    let dated = meetings.into_iter().map(|(_, proofs)| proofs);
    dated.chain(alone).collect()
}

fn one(mut proofs: Vec<MeetingHit>, names: &Names) -> MergedMeeting {
    let narrowest = proofs
        .iter()
        .filter_map(|hit| Some((hit.date?, hit.basis)))
        .min_by_key(|(date, basis)| (length(*date), date.first(), *basis));
    proofs.sort_by(|one, other| telling(one).cmp(&telling(other)));
    let (date, basis) = match narrowest {
        Some((date, basis)) => (Some(date), basis),
        None => (None, crate::model::DateBasis::Unknown),
    };
    MergedMeeting {
        participants: participants(&proofs, names),
        date,
        basis,
        place: place(&proofs),
        kind: kind(&proofs),
        status: status(&proofs),
        proofs,
    }
}

/// Everybody whom a telling names or describes, each once.
fn participants(proofs: &[MeetingHit], names: &Names) -> Vec<Party> {
    let told = proofs.iter().flat_map(|hit| &hit.called);
    let mut parties: Vec<Party> = told.map(|party| names.fullest(party)).collect();
    parties.sort();
    parties.dedup();
    parties
}

/// The places told, each with how often, most often first; then by name.
fn place(proofs: &[MeetingHit]) -> Option<String> {
    let mut counts: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for place in proofs.iter().filter_map(|hit| hit.place_called.as_deref()) {
        let (count, _) = counts.entry(names::of_place(place)).or_insert((0, place));
        *count += 1;
    }
    let most = counts
        .into_values()
        .min_by_key(|(count, name)| (Reverse(*count), *name));
    most.map(|(_, name)| name.to_owned())
}

/// The kind told most often; of kinds told equally often not the one that says least.
fn kind(proofs: &[MeetingHit]) -> MeetingKind {
    let count = |kind: MeetingKind| proofs.iter().filter(|hit| hit.kind == kind).count();
    MeetingKind::ALL
        .into_iter()
        .min_by_key(|kind| (Reverse(count(*kind)), *kind == MeetingKind::Meeting))
        .unwrap_or(MeetingKind::Meeting)
}

/// What outweighs what: a later telling holds within one of three weights.
fn weight(status: MeetingStatus) -> u8 {
    match status {
        MeetingStatus::Happened | MeetingStatus::Cancelled | MeetingStatus::Denied => 2,
        MeetingStatus::Planned => 1,
        MeetingStatus::Unconfirmed => 0,
    }
}

fn status(proofs: &[MeetingHit]) -> MeetingStatus {
    let by_weight = proofs.iter().max_by_key(|hit| {
        let day = hit.article.date.map(|dated| dated.date.first());
        (weight(hit.status), day, Reverse(hit.status))
    });
    by_weight.map_or(MeetingStatus::Unconfirmed, |hit| hit.status)
}

/// Whether somebody is named, not only described.
fn is_named(party: &Party) -> bool {
    party.kind != PartyKind::Group
}
