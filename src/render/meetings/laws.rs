//! Laws of everything written about meetings, held on arbitrary ones.

use std::io;

use proptest::prelude::*;

use super::counts::{self, CountSummary};
use super::{Asked, MeetingSummary, MeetingWriter};
use crate::model::{
    ArticleId, DateBasis, Evidence, MeetingHit, MeetingKind, MeetingStatus, MergedMeeting, Party,
    PartyKind, Teller,
};
use crate::render::laws::{FORMATS, PLAIN, article_date, date, field, origin, span, text};
use crate::render::safe::is_harmful;
use crate::render::{Format, Style};

fn parties() -> impl Strategy<Value = Vec<Party>> {
    let kind = prop::sample::select(PartyKind::ALL.to_vec());
    let party = (kind, text()).prop_map(|(kind, name)| Party { kind, name });
    prop::collection::vec(party, 0..4)
}

fn hit() -> impl Strategy<Value = MeetingHit> {
    let article = (
        text(),
        origin(),
        article_date(),
        text(),
        prop::option::of(text()),
    );
    let evidence = (field(), span(), text(), prop::collection::vec(span(), 0..3));
    let kind = prop::sample::select(MeetingKind::ALL.to_vec());
    let status = prop::sample::select(MeetingStatus::ALL.to_vec());
    let day = prop::option::of(date());
    let place = prop::option::of(text());
    (article, evidence, parties(), day, place, kind, status).prop_map(
        |(article, (field, span, text, marks), participants, date, place, kind, status)| {
            let (id, origin, dated, title, url) = article;
            MeetingHit {
                article: Teller {
                    id: ArticleId(id),
                    source: origin.path.clone(),
                    origin,
                    date: dated,
                    title,
                    language: "pl".to_owned(),
                    url,
                },
                number: 0,
                called: participants.clone(),
                participants,
                date,
                basis: date.map_or(DateBasis::Unknown, |_| DateBasis::Article),
                place_called: place.clone(),
                place,
                kind,
                status,
                evidence: Evidence {
                    field,
                    span,
                    text,
                    marks,
                },
                rule: "rule".to_owned(),
            }
        },
    )
}

/// A meeting told one or more times.
fn meeting() -> impl Strategy<Value = MergedMeeting> {
    (hit(), prop::collection::vec(hit(), 0..3)).prop_map(|(first, others)| {
        let mut meeting = MergedMeeting::from(first);
        meeting.proofs.extend(others);
        meeting
    })
}

fn write(
    meetings: &[MergedMeeting],
    format: Format,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let index = Asked {
        path: "index".to_owned(),
        format: 1,
        analysis: String::new(),
        fingerprint: String::new(),
    };
    let summary = MeetingSummary {
        index,
        names: Vec::new(),
        merged: true,
        total: meetings.len(),
        offset: 0,
    };
    let mut writer = MeetingWriter::new(format, style, false, summary, out)?;
    for meeting in meetings {
        writer.meeting(meeting)?;
    }
    writer.finish()
}

fn written(meetings: &[MergedMeeting], format: Format, style: Style) -> String {
    let mut out = Vec::new();
    write(meetings, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Takes a list in a cell apart.
fn items(cell: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut letters = cell.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '|' => items.push(String::new()),
            '\\' => items.last_mut().unwrap().extend(letters.next()),
            letter => items.last_mut().unwrap().push(letter),
        }
    }
    items
}

proptest! {
    #[test]
    fn json_gives_back_the_meetings(meetings in prop::collection::vec(meeting(), 0..3)) {
        let json = written(&meetings, Format::Json, PLAIN);
        let all: serde_json::Value = serde_json::from_str(&json).unwrap();
        let lines = written(&meetings, Format::Ndjson, PLAIN);
        let lines: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        prop_assert_eq!(all["meetings"].as_array().unwrap(), &lines);
        prop_assert_eq!(lines.len(), meetings.len());
        for (line, meeting) in lines.iter().zip(&meetings) {
            let names = line["participants"].as_array().unwrap().iter();
            let names: Vec<&str> = names.map(|one| one["name"].as_str().unwrap()).collect();
            let own = meeting.participants.iter().map(|party| party.name.as_str());
            prop_assert_eq!(names, own.collect::<Vec<_>>());
            prop_assert_eq!(line["place"].as_str(), meeting.place.as_deref());
            prop_assert_eq!(line["status"].as_str(), Some(meeting.status.name()));
            let proofs = line["proofs"].as_array().unwrap();
            prop_assert_eq!(proofs.len(), meeting.proofs.len());
            for (proof, hit) in proofs.iter().zip(&meeting.proofs) {
                let evidence = proof["evidence"]["text"].as_str();
                prop_assert_eq!(evidence, Some(hit.evidence.text.as_str()));
                prop_assert_eq!(proof["id"].as_str(), Some(hit.article.id.as_str()));
            }
        }
    }

    #[test]
    fn tables_have_a_row_for_each_meeting(meetings in prop::collection::vec(meeting(), 0..3)) {
        for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
            let table = written(&meetings, format, PLAIN);
            let mut reader =
                csv::ReaderBuilder::new().delimiter(delimiter).from_reader(table.as_bytes());
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(rows.len(), meetings.len());
            for (row, meeting) in rows.iter().zip(&meetings) {
                prop_assert_eq!(row.len(), super::table::COLUMNS.len());
                prop_assert_eq!(items(&row[18]).len(), meeting.proofs.len());
                prop_assert_eq!(&row[10], meeting.proofs.len().to_string());
            }
        }
    }

    #[test]
    fn nothing_reaches_a_terminal_but_text(meetings in prop::collection::vec(meeting(), 0..3)) {
        for format in FORMATS {
            let out = written(&meetings, format, PLAIN);
            let may_steer = |letter: char| match format {
                Format::Text | Format::Json | Format::Ndjson => is_harmful(letter),
                _ => letter.is_control() && !matches!(letter, '\r' | '\t'),
            };
            let found = out.chars().find(|letter| *letter != '\n' && may_steer(*letter));
            prop_assert_eq!(found, None, "{:?}: {:?}", format, out);
        }
    }

    #[test]
    fn a_closed_pipe_is_told_as_such(meeting in meeting(), room in 0..200_usize) {
        for format in FORMATS {
            let mut room = vec![0; room];
            let mut out = io::Cursor::new(room.as_mut_slice());
            let whole = written(std::slice::from_ref(&meeting), format, PLAIN);
            let outcome = write(std::slice::from_ref(&meeting), format, PLAIN, &mut out);
            prop_assert_eq!(outcome.is_ok(), whole.len() <= out.get_ref().len());
        }
    }

    #[test]
    fn counts_are_tables_in_every_format(
        rows in prop::collection::vec((prop::option::of(text()), 0..99_usize), 0..4),
    ) {
        let summary = CountSummary { by: "place", meetings: 9, total: rows.len(), offset: 0 };
        let table = |format| {
            let mut out = Vec::new();
            counts::write(&rows, summary, format, false, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        };
        let all: serde_json::Value = serde_json::from_str(&table(Format::Json)).unwrap();
        for (row, (value, meetings)) in all["counts"].as_array().unwrap().iter().zip(&rows) {
            prop_assert_eq!(row["value"].as_str(), value.as_deref());
            prop_assert_eq!(row["meetings"].as_u64(), Some(*meetings as u64));
        }
        prop_assert_eq!(table(Format::Ndjson).lines().count(), rows.len());
        let csv = table(Format::Csv);
        prop_assert_eq!(csv::Reader::from_reader(csv.as_bytes()).records().count(), rows.len());
        let text = table(Format::Text);
        prop_assert!(!text.contains(|letter| letter != '\n' && is_harmful(letter)));
        prop_assert_eq!(text.lines().count(), rows.len() + if rows.is_empty() { 1 } else { 2 });
    }
}
