//! One row for each meeting; where it is told several times, lists of what each article says.

use std::io::{self, Write};

use crate::model::{MeetingHit, MergedMeeting};
use crate::render::Format;
use crate::render::table::{list, write_row};

/// The columns. From `id` on each is a list with one item for each telling.
pub(super) const COLUMNS: [&str; 20] = [
    "date",
    "date_first",
    "date_last",
    "date_precision",
    "date_basis",
    "status",
    "kind",
    "participants",
    "participant_kinds",
    "place",
    "tellings",
    "id",
    "path",
    "article_date",
    "title",
    "lang",
    "source",
    "url",
    "evidence",
    "rule",
];

pub(super) fn write_head(format: Format, out: &mut dyn Write) -> io::Result<()> {
    write_row(&COLUMNS.map(str::to_owned), format, out)
}

pub(super) fn write_meeting(
    meeting: &MergedMeeting,
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    let parties = || meeting.participants.iter();
    let names: Vec<&str> = parties().map(|party| party.name.as_str()).collect();
    let kinds: Vec<&str> = parties().map(|party| party.kind.name()).collect();
    let [date, first, last, precision] = meeting.date.map_or_else(Default::default, |date| {
        [
            date.to_string(),
            date.first().to_string(),
            date.last().to_string(),
            date.precision().name().to_owned(),
        ]
    });
    let of_each = |what: &dyn Fn(&MeetingHit) -> String| {
        let items: Vec<String> = meeting.proofs.iter().map(what).collect();
        list(&items.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let date_of = |hit: &MeetingHit| {
        let date = hit.article.date;
        date.map_or_else(String::new, |dated| dated.date.to_string())
    };
    let cells = [
        date,
        first,
        last,
        precision,
        meeting.basis.name().to_owned(),
        meeting.status.name().to_owned(),
        meeting.kind.name().to_owned(),
        list(&names),
        list(&kinds),
        meeting.place.clone().unwrap_or_default(),
        meeting.proofs.len().to_string(),
        of_each(&|hit| hit.article.id.to_string()),
        of_each(&|hit| hit.article.origin.path.clone()),
        of_each(&date_of),
        of_each(&|hit| hit.article.title.clone()),
        of_each(&|hit| hit.article.language.clone()),
        of_each(&|hit| hit.article.source.clone()),
        of_each(&|hit| hit.article.url.clone().unwrap_or_default()),
        of_each(&|hit| hit.evidence.text.clone()),
        of_each(&|hit| hit.rule.clone()),
    ];
    write_row(&cells, format, out)
}
