//! The shape of a meeting, which [`crate::render::json`] describes.

use serde::Serialize;

use crate::model::{
    self, DateBasis, MeetingHit, MeetingKind, MeetingStatus, MergedMeeting, PartialDate,
};
use crate::render::json::{Date, day, field_name};

#[derive(Serialize)]
pub(super) struct Meeting<'a> {
    schema: &'static str,
    participants: Vec<Party<'a>>,
    #[serde(flatten)]
    told: Told<'a>,
    proofs: Vec<Proof<'a>>,
}

#[derive(Serialize)]
struct Party<'a> {
    name: &'a str,
    kind: &'static str,
}

/// What is told of a meeting besides who met.
#[derive(Serialize)]
struct Told<'a> {
    first: Option<String>,
    last: Option<String>,
    precision: Option<&'static str>,
    basis: &'static str,
    status: &'static str,
    kind: &'static str,
    place: Option<&'a str>,
}

#[derive(Serialize)]
struct Proof<'a> {
    id: &'a str,
    path: &'a str,
    record: u64,
    date: Option<Date<'a>>,
    title: &'a str,
    lang: &'a str,
    source: &'a str,
    url: Option<&'a str>,
    participants: Vec<Party<'a>>,
    #[serde(flatten)]
    told: Told<'a>,
    evidence: Evidence<'a>,
    rule: &'a str,
}

#[derive(Serialize)]
struct Evidence<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    start: usize,
    end: usize,
    text: &'a str,
    marks: Vec<[usize; 2]>,
}

fn parties(parties: &[model::Party]) -> Vec<Party<'_>> {
    let parties = parties.iter().map(|party| Party {
        name: &party.name,
        kind: party.kind.name(),
    });
    parties.collect()
}

impl<'a> Told<'a> {
    fn of(
        date: Option<PartialDate>,
        basis: DateBasis,
        status: MeetingStatus,
        kind: MeetingKind,
        place: Option<&'a str>,
    ) -> Self {
        Self {
            first: day(date.map(PartialDate::first)),
            last: day(date.map(PartialDate::last)),
            precision: date.map(|date| date.precision().name()),
            basis: basis.name(),
            status: status.name(),
            kind: kind.name(),
            place,
        }
    }
}

impl<'a> Meeting<'a> {
    pub(super) fn of(meeting: &'a MergedMeeting) -> Self {
        Self {
            schema: "kronika.meeting/1",
            participants: parties(&meeting.participants),
            told: Told::of(
                meeting.date,
                meeting.basis,
                meeting.status,
                meeting.kind,
                meeting.place.as_deref(),
            ),
            proofs: meeting.proofs.iter().map(Proof::of).collect(),
        }
    }
}

impl<'a> Proof<'a> {
    fn of(hit: &'a MeetingHit) -> Self {
        let (article, evidence) = (&hit.article, &hit.evidence);
        let marks = evidence.marks.iter();
        Self {
            id: article.id.as_str(),
            path: &article.origin.path,
            record: article.origin.record,
            date: article.date.map(Date::of_article),
            title: &article.title,
            lang: &article.language,
            source: &article.source,
            url: article.url.as_deref(),
            participants: parties(&hit.participants),
            told: Told::of(
                hit.date,
                hit.basis,
                hit.status,
                hit.kind,
                hit.place.as_deref(),
            ),
            evidence: Evidence {
                field: field_name(evidence.field),
                start: evidence.span.start(),
                end: evidence.span.end(),
                text: &evidence.text,
                marks: marks.map(|span| [span.start(), span.end()]).collect(),
            },
            rule: &hit.rule,
        }
    }
}
