//! Meetings in the index: what `met` answers is what a plain scan of the documents answers, and
//! what came with a record is told as it came.

use kronika::lang;
use kronika::model::{
    DateMatch, DayRange, Document, Meeting, MeetingHit, MeetingKind, MeetingQuery, MeetingRequest,
    MeetingSort, MeetingStatus, NamePattern, Participant, PartyKind, PartyPattern,
};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use crate::oracle::{KINDS, bases, config, date, draft, index, name_pattern, one_is, takes_part};
use crate::program::Place;

fn party() -> impl Strategy<Value = PartyPattern> {
    let kinds = KINDS
        .map(PartyKind::Named)
        .into_iter()
        .chain([PartyKind::Group]);
    let kind = prop::option::of(select(kinds.collect::<Vec<_>>()));
    (kind, name_pattern()).prop_map(|(kind, name)| PartyPattern { kind, name })
}

fn range() -> impl Strategy<Value = DayRange> {
    let end = || prop::option::weighted(0.7, date());
    (end(), end()).prop_map(|(one, other)| DayRange {
        first: one.map(kronika::model::PartialDate::first),
        last: other.map(kronika::model::PartialDate::last),
    })
}

fn query() -> impl Strategy<Value = MeetingQuery> {
    let place = select(&["Łódź", "Lodz", "Warszawie", "Kutno"][..]);
    let place = place.prop_map(|name| NamePattern::Name(name.to_owned()));
    (
        prop::collection::vec(party(), 0..3),
        prop::option::weighted(0.3, range()),
        select(&[DateMatch::Overlaps, DateMatch::Within][..]),
        prop::collection::vec(place, 0..2),
        subsequence(MeetingKind::ALL.to_vec(), 0..=5),
        subsequence(MeetingStatus::ALL.to_vec(), 0..=5),
        prop::option::weighted(0.2, select(&["pl", "en"][..])),
    )
        .prop_map(
            |(parties, days, date_match, places, kinds, statuses, language)| MeetingQuery {
                parties,
                days,
                date_match,
                places,
                kinds,
                statuses,
                language: language.map(str::to_owned),
                source: None,
            },
        )
}

fn kind_of(document: &Document, participant: &Participant) -> PartyKind {
    match participant {
        Participant::Entity(index) => PartyKind::Named(document.entities[*index].kind),
        Participant::Group(_) => PartyKind::Group,
    }
}

fn is_in(meeting: &Meeting, range: DayRange, how: DateMatch) -> bool {
    meeting.date.is_some_and(|date| {
        let (first, last) = match how {
            DateMatch::Overlaps => (date.last(), date.first()),
            DateMatch::Within => (date.first(), date.last()),
        };
        range.first.is_none_or(|day| day <= first)
            && range.last.is_none_or(|day| last <= day)
            && !matches!((range.first, range.last), (Some(first), Some(last)) if first > last)
    })
}

fn holds(query: &MeetingQuery, document: &Document, meeting: &Meeting) -> bool {
    let language = lang::by_code(&document.language);
    let takes_part = |pattern: &PartyPattern| {
        let asked = |one: &&Participant| {
            pattern
                .kind
                .is_none_or(|kind| kind == kind_of(document, one))
        };
        let asked: Vec<Participant> = meeting.participants.iter().filter(asked).cloned().collect();
        takes_part(document, &asked, &pattern.name)
    };
    let is_there = |pattern: &NamePattern| {
        let place = meeting.place.iter().map(|place| bases(place, &[language]));
        one_is(&place.collect::<Vec<_>>(), pattern)
    };
    let spoken = query.language.as_ref();
    meeting.is_complete()
        && query.parties.iter().all(takes_part)
        && query
            .days
            .is_none_or(|range| is_in(meeting, range, query.date_match))
        && query.places.iter().all(is_there)
        && (query.kinds.is_empty() || query.kinds.contains(&meeting.kind))
        && (query.statuses.is_empty() || query.statuses.contains(&meeting.status))
        && spoken.is_none_or(|code| *code == document.language)
}

/// Article and number of each meeting that the scan finds, in order.
fn scan(documents: &[Document], query: &MeetingQuery, sort: MeetingSort) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for document in documents {
        for (number, meeting) in (0..).zip(&document.meetings) {
            if holds(query, document, meeting) {
                let days = meeting
                    .date
                    .map(|date| (date.first().number(), date.last().number()));
                let rank = match sort {
                    MeetingSort::Date => days,
                    MeetingSort::DateDescending => days.map(|(first, last)| (-first, -last)),
                    MeetingSort::Stored => None,
                };
                found.push((
                    days.is_none(),
                    rank,
                    document.article.id.to_string(),
                    number,
                ));
            }
        }
    }
    found.sort();
    found
        .into_iter()
        .map(|(_, _, id, number)| (id, number))
        .collect()
}

fn all(searcher: &kronika::index::Searcher, request: &MeetingRequest) -> (usize, Vec<MeetingHit>) {
    let mut meetings = searcher.meetings(request).unwrap();
    let total = meetings.total();
    let mut hits = Vec::new();
    while let Some(hit) = meetings.next_hit().unwrap() {
        hits.push(hit);
    }
    (total, hits)
}

#[track_caller]
fn check_told(hit: &MeetingHit, document: &Document) {
    let meeting = &document.meetings[usize::try_from(hit.number).unwrap()];
    let names: Vec<&str> = meeting
        .participants
        .iter()
        .map(|participant| match participant {
            Participant::Entity(index) => document.entities[*index].name.as_str(),
            Participant::Group(phrase) => phrase,
        })
        .collect();
    let told: Vec<&str> = hit
        .participants
        .iter()
        .map(|party| party.name.as_str())
        .collect();
    assert_eq!(told, names);
    assert_eq!((hit.date, hit.basis), (meeting.date, meeting.basis));
    assert_eq!((hit.kind, hit.status), (meeting.kind, meeting.status));
    assert_eq!(hit.place, meeting.place);
    assert_eq!(hit.evidence.span, meeting.evidence);
    assert_eq!(
        hit.evidence.text,
        meeting.evidence.of(document.field(meeting.field))
    );
    for mark in &hit.evidence.marks {
        assert!(!mark.of(&hit.evidence.text).is_empty());
    }
    assert_eq!(hit.article.title, document.article.title);
    assert_eq!(hit.article.date, document.article.date);
}

proptest! {
    #![proptest_config(config(25))]

    #[test]
    fn the_index_answers_what_a_scan_answers(
        drafts in prop::collection::vec(draft(), 3..=9),
        queries in prop::collection::vec(query(), 16),
        offset in 0..4_usize,
        limit in 0..5_usize,
    ) {
        let documents: Vec<Document> =
            drafts.iter().enumerate().map(|(number, draft)| draft.document(number)).collect();
        let (_one, one) = index(&documents, 1);
        let (_three, three) = index(&documents, 3);
        for query in queries.into_iter().chain([MeetingQuery::default()]) {
            for sort in [MeetingSort::Date, MeetingSort::DateDescending] {
                let expected = scan(&documents, &query, sort);
                let request = MeetingRequest { query: query.clone(), sort, offset: 0, limit: None };
                let (total, hits) = all(&one, &request);
                let place = |hit: &MeetingHit| (hit.article.id.to_string(), hit.number);
                prop_assert_eq!(&hits.iter().map(place).collect::<Vec<_>>(), &expected, "{:?}", query);
                prop_assert_eq!(total, expected.len());
                for hit in &hits {
                    let id = hit.article.id.as_str();
                    let document = documents.iter().find(|one| one.article.id.as_str() == id);
                    check_told(hit, document.unwrap());
                }
                prop_assert_eq!(&all(&three, &request).1, &hits);
                let page = MeetingRequest { offset, limit: Some(limit), ..request };
                let (total, page) = all(&three, &page);
                let part: Vec<MeetingHit> = hits.into_iter().skip(offset).take(limit).collect();
                prop_assert_eq!((total, page), (expected.len(), part));
            }
        }
    }
}

/// A record of a meeting of two persons, in fields over the usual ones.
fn record(id: &str, names: [&str; 2], more: &Value) -> String {
    let mut meeting = json!({"participants": names});
    for (field, value) in more.as_object().unwrap() {
        meeting[field] = value.clone();
    }
    let text = format!("Padał deszcz. {} i {} rozmawiali.", names[0], names[1]);
    let record = json!({"id": id, "date": "2023-02-15", "text": text, "lang": "pl",
        "meetings": [meeting]});
    format!("{record}\n")
}

fn meetings(place: &Place, arguments: &[&str]) -> Vec<Value> {
    let arguments = [&["met", "--nl"], arguments].concat();
    let run = place.fine(&arguments);
    run.out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn meetings_of_a_record_are_told_as_they_came() {
    let place = Place::new();
    let more = json!({"first": "2023-02-13", "last": "2023-02-14", "status": "planned",
        "kind": "summit", "place": "Genewa"});
    place.write("a.jsonl", record("a", ["Jan Nowak", "Ewa Lis"], &more));
    place.account(&["a.jsonl"], 0);
    let found = meetings(&place, &["Nowakiem", "Lis"]);
    let [meeting] = found.as_slice() else {
        panic!("{found:?}");
    };
    let names: Vec<&str> = meeting["participants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|party| party["name"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Jan Nowak", "Ewa Lis"]);
    for (field, value) in more.as_object().unwrap() {
        assert_eq!(&meeting[field], value);
    }
    assert_eq!(
        (&meeting["basis"], &meeting["precision"]),
        (&json!("explicit"), &json!("interval"))
    );
    let proof = &meeting["proofs"][0];
    assert_eq!(proof["evidence"]["text"], "Jan Nowak i Ewa Lis rozmawiali.");
    assert_eq!(proof["rule"], "given");
    // The article comes out of the index as it went in.
    let shown: Value = serde_json::from_str(&place.fine(&["show", "--json", "a"]).out).unwrap();
    let annotated = place.fine(&["annotate", "a.jsonl"]).out;
    let annotated: Value = serde_json::from_str(&annotated).unwrap();
    assert_eq!(shown, annotated);
    assert_eq!(shown["meetings"][0]["place"], "Genewa");
    // An empty list says that there are none.
    place.write(
        "b.jsonl",
        r#"{"text": "Putin spotkał się z Bidenem.", "meetings": []}"#,
    );
    let annotated: Value = serde_json::from_str(&place.fine(&["annotate", "b.jsonl"]).out).unwrap();
    assert_eq!(annotated["meetings"], json!([]));
}

#[test]
fn wrong_meetings_are_rejected_with_their_field() {
    let place = Place::new();
    for (meetings, said) in [
        (json!("x"), "field `meetings` is not a list of meetings"),
        (json!([7]), "field `meetings[0]` is not an object"),
        (
            json!([{}]),
            "field `meetings[0].participants` is not a list of names",
        ),
        (
            json!([{"participants": ["A", 7]}]),
            "`meetings[0].participants[1]` has no name",
        ),
        (
            json!([{"participants": ["-"]}]),
            "`meetings[0].participants[0]` has no name",
        ),
        (
            json!([{"participants": [{"name": "A", "kind": "robot"}]}]),
            "`meetings[0].participants[0].kind` is not one of person, organization, place, event, \
             product, group",
        ),
        (
            json!([{"participants": [], "status": "maybe"}]),
            "`meetings[0].status` is not one of happened, planned, cancelled, denied, unconfirmed",
        ),
        (
            json!([{"participants": [], "kind": 7}]),
            "`meetings[0].kind` is not a text",
        ),
        (
            json!([{"participants": []}, {"participants": [], "first": "2023-02-30"}]),
            "`meetings[1].first` is no date: there is no such day: `2023-02-30`; February 2023 has 28",
        ),
        (
            json!([{"participants": [], "first": "2023-02-03", "last": "2023-02-01"}]),
            "`meetings[0].last` is before `first`",
        ),
        (
            json!([{"participants": [], "first": "2023-02-03", "basis": "unknown"}]),
            "`meetings[0].basis` is `unknown` with a day",
        ),
        (
            json!([{"participants": [], "basis": "explicit"}]),
            "`meetings[0].basis` tells of a day where `first` gives none",
        ),
        (
            json!([{"participants": [], "precision": "eon"}]),
            "`meetings[0].precision` is not one of day, week",
        ),
        (
            json!([{"participants": [], "evidence": {"start": 5, "end": 1}}]),
            "`meetings[0].evidence` has no `start` and `end` in this order",
        ),
    ] {
        let record = json!({"text": "Tekst.", "meetings": meetings});
        place.write("bad.jsonl", record.to_string());
        let run = place.run(&["annotate", "bad.jsonl"]);
        assert!(run.err.contains(said), "no `{said}` in: {}", run.err);
    }
}

#[test]
fn meetings_go_with_their_article() {
    let place = Place::new();
    let told = |status: &str| json!({"first": "2023-02-13", "status": status});
    let names = ["Jan Nowak", "Ewa Lis"];
    place.write("in/a.jsonl", record("a", names, &told("planned")));
    place.write("in/b.jsonl", record("b", names, &told("happened")));
    place.account(&["in"], 0);
    let count = |place: &Place| {
        let status = place.fine(&["status", "--json"]).out;
        let status: Value = serde_json::from_str(&status).unwrap();
        (status["articles"].clone(), status["meetings"].clone())
    };
    assert_eq!(count(&place), (json!(2), json!(2)));
    // The same again changes nothing.
    assert_eq!(place.account(&["in"], 0)["unchanged"], 2);
    // Only the meeting of the record is another: the article is another.
    place.write("in/a.jsonl", record("a", names, &told("cancelled")));
    assert_eq!(place.account(&["in"], 0)["updated"], 1);
    let statuses: Vec<Value> = meetings(&place, &[])
        .iter()
        .map(|meeting| meeting["status"].clone())
        .collect();
    assert_eq!(statuses, ["cancelled", "happened"]);
    assert_eq!(count(&place), (json!(2), json!(2)));
    std::fs::remove_file(place.path("in/a.jsonl")).unwrap();
    assert_eq!(place.account(&["--prune", "in"], 0)["removed"], 1);
    assert_eq!(meetings(&place, &["Nowak"]).len(), 1);
    assert_eq!(count(&place), (json!(1), json!(1)));
    // One article less, not one meeting less.
    assert_eq!(place.fine(&["query", "--format", "ids"]).out, "b\n");
}

#[test]
fn articles_are_found_by_who_met() {
    let place = Place::new();
    let names = ["Jan Nowak", "Ewa Lis"];
    place.write("a.jsonl", record("a", names, &json!({})));
    place.write(
        "b.jsonl",
        r#"{"id": "b", "text": "Jan Nowak milczał.", "meetings": []}"#,
    );
    let one = r#"{"id": "c", "text": "Jan Nowak milczał.", "meetings": [{"participants": ["Jan Nowak"]}]}"#;
    place.write("c.jsonl", one);
    place.account(&["a.jsonl", "b.jsonl", "c.jsonl"], 0);
    let ids = |arguments: &[&str]| {
        let arguments = [&["query", "--format", "ids", "--sort", "id"], arguments].concat();
        place.fine(&arguments).out
    };
    assert_eq!(ids(&["--person", "Nowak"]), "a\nb\nc\n");
    for arguments in [
        &["met:Nowakiem"][..],
        &["met:Nowak", "met:\"Ewa Lis\""],
        &["met:Now*"],
        &["spotkał:Nowak"],
        &["--met", "Nowaka", "--met", "Lis"],
    ] {
        assert_eq!(ids(arguments), "a\n", "{arguments:?}");
    }
    assert_eq!(ids(&["NOT met:Nowak"]), "b\nc\n");
    place
        .run(&["query", "met:/x/"])
        .fails(2, &["names take no regular expression"]);
    place
        .run(&["query", "(Nowak met:Nowak)~s"])
        .fails(2, &["not of a sentence"]);
}

#[test]
fn days_are_those_of_the_meeting() {
    let place = Place::new();
    let names = ["Jan Nowak", "Ewa Lis"];
    for (id, first, last) in [
        ("day", "2023-02-13", "2023-02-13"),
        ("month", "2023-02-01", "2023-02-28"),
    ] {
        let file = format!("{id}.jsonl");
        place.write(
            &file,
            record(id, names, &json!({"first": first, "last": last})),
        );
    }
    place.write("none.jsonl", record("none", names, &json!({})));
    place.account(&["day.jsonl", "month.jsonl", "none.jsonl"], 0);
    let ids = |arguments: &[&str]| {
        place
            .fine(&[&["met", "--format", "ids"], arguments].concat())
            .out
    };
    assert_eq!(ids(&[]), "month\nday\nnone\n");
    assert_eq!(ids(&["--sort", "-date"]), "day\nmonth\nnone\n");
    assert_eq!(ids(&["--on", "2023-02-13"]), "month\nday\n");
    assert_eq!(ids(&["--od", "2023-02-14"]), "month\n");
    assert_eq!(
        ids(&["--on", "2023-02-13", "--date-match", "within"]),
        "day\n"
    );
    assert_eq!(ids(&["--do", "2023-01"]), "");
    place.run(&["met", "--do", "2023-01", "-q"]).fails(1, &[]);
    place
        .run(&["met", "--on", "30.02.2023"])
        .fails(2, &["no such day"]);
    place
        .run(&["met", "--since", "2023", "--until", "2022"])
        .fails(2, &["ends before it begins"]);
    place.run(&["met", "..."]).fails(2, &["not a name"]);
    place
        .run(&["met", "--kind", "party"])
        .fails(2, &["possible values"]);
}

#[test]
fn an_index_without_meetings_says_so() {
    let place = Place::new();
    place.write("a.txt", "Nic się nie działo.");
    place.account(&["a.txt"], 0);
    let run = place.fine(&["met"]);
    assert!(
        run.err
            .contains("no article of this index tells of a meeting"),
        "{}",
        run.err
    );
    assert_eq!(run.out, "no meetings\n");
    assert_eq!(
        place
            .fine(&["met", "--json"])
            .out
            .matches("\"total\":0")
            .count(),
        1
    );
}

#[test]
fn the_same_bytes_whatever_the_threads() {
    let corpus = Place::corpus();
    let corpus = corpus.to_str().unwrap();
    let answers = |threads: &str| {
        let place = Place::new();
        place.account(&["--threads", threads, corpus], 0);
        let nl = place.fine(&["met", "--nl"]).out;
        let merged = place.fine(&["met", "--merge", "--csv"]).out;
        let text = place
            .fine(&["met", "-n", "1000", "--count-by", "person"])
            .out;
        (nl, merged, text)
    };
    let one = answers("1");
    assert!(one.0.lines().count() > 20);
    assert_eq!(one, answers("4"));
}

#[test]
fn hostile_names_and_sentences_stay_where_they_are() {
    let place = Place::new();
    let names = ["=HYPERLINK(\"x\")", "Ewa\u{1b}[31m|Lis"];
    place.write(
        "a.jsonl",
        record(
            "\u{1b}]0;x\u{7}",
            names,
            &json!({"place": "@Genewa\u{202e}"}),
        ),
    );
    place.account(&["a.jsonl"], 0);
    for arguments in [
        &["met"][..],
        &["met", "--csv"],
        &["met", "--nl"],
        &["met", "--format", "ids"],
    ] {
        let out = place.fine(arguments).out;
        assert!(!out.contains(['\u{1b}', '\u{7}']), "{out:?}");
    }
    let csv = place.fine(&["met", "--csv"]).out;
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
    assert!(csv.contains("'@Genewa"), "{csv}");
    let counts = place.fine(&["met", "--csv", "--count-by", "person"]).out;
    assert!(counts.contains("'=HYPERLINK"), "{counts}");
}

#[test]
fn a_long_sentence_is_kept_in_part() {
    let place = Place::new();
    let text = format!("Jan Nowak {} Ewa Lis", "ż".repeat(9000));
    let meeting = json!({"participants": ["Jan Nowak", "Ewa Lis"]});
    let record = json!({"id": "a", "text": text, "lang": "pl", "meetings": [meeting]});
    place.write("a.jsonl", record.to_string());
    place.account(&["a.jsonl"], 0);
    let found = meetings(&place, &[]);
    let evidence = &found[0]["proofs"][0]["evidence"];
    let [start, end] = ["start", "end"].map(|field| evidence[field].as_u64().unwrap());
    assert!(end - start <= 4096, "{evidence}");
    let (start, end) = (
        usize::try_from(start).unwrap(),
        usize::try_from(end).unwrap(),
    );
    assert_eq!(text.get(start..end), evidence["text"].as_str());
}
