//! Ready-made meetings as the index keeps them, so that an article comes out as it went in.

use serde::{Deserialize, Serialize};

use crate::model::{
    DateBasis, Day, Field, GivenMeeting, MeetingKind, MeetingStatus, PartialDate, Party, PartyKind,
    Precision, Span,
};

#[derive(Serialize, Deserialize)]
struct Shape {
    participants: Vec<(String, String)>,
    date: Option<(i64, i64, String)>,
    basis: String,
    place: Option<String>,
    kind: String,
    status: String,
    evidence: Option<(bool, usize, usize)>,
}

/// All of them as one text.
pub(super) fn to_text(meetings: &[GivenMeeting]) -> String {
    let shapes: Vec<Shape> = meetings.iter().map(Shape::of).collect();
    serde_json::to_string(&shapes).unwrap_or_default()
}

/// Back from [`to_text`]; what it did not write is left out.
pub(super) fn from_text(text: &str) -> Vec<GivenMeeting> {
    let shapes: Vec<Shape> = serde_json::from_str(text).unwrap_or_default();
    shapes.into_iter().filter_map(Shape::meeting).collect()
}

impl Shape {
    fn of(meeting: &GivenMeeting) -> Self {
        let pair = |party: &Party| (party.kind.name().to_owned(), party.name.clone());
        Self {
            participants: meeting.participants.iter().map(pair).collect(),
            date: meeting.date.map(|date| {
                let precision = date.precision().name().to_owned();
                (date.first().number(), date.last().number(), precision)
            }),
            basis: meeting.basis.name().to_owned(),
            place: meeting.place.clone(),
            kind: meeting.kind.name().to_owned(),
            status: meeting.status.name().to_owned(),
            evidence: meeting
                .evidence
                .map(|(field, span)| (field == Field::Title, span.start(), span.end())),
        }
    }

    fn meeting(self) -> Option<GivenMeeting> {
        let party = |(kind, name): (String, String)| {
            let kind = PartyKind::from_name(&kind)?;
            Some(Party { kind, name })
        };
        let date = self.date.and_then(|(first, last, precision)| {
            PartialDate::between(
                Day::from_number(first)?,
                Day::from_number(last)?,
                Precision::from_name(&precision)?,
            )
        });
        let evidence = self.evidence.map(|(is_in_title, start, end)| {
            let field = if is_in_title {
                Field::Title
            } else {
                Field::Text
            };
            (field, Span::new(start, end))
        });
        Some(GivenMeeting {
            participants: self.participants.into_iter().filter_map(party).collect(),
            date,
            basis: DateBasis::from_name(&self.basis)?,
            place: self.place,
            kind: MeetingKind::from_name(&self.kind)?,
            status: MeetingStatus::from_name(&self.status)?,
            evidence,
        })
    }
}
