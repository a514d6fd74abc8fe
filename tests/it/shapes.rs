//! The JSON shapes, read back into structs that take the documented fields and no others.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::process::Stdio;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::program::{Place, Run};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hits {
    schema: String,
    understood: Understood,
    index: Index,
    line: Option<u64>,
    total: usize,
    offset: usize,
    hits: Vec<Hit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Understood {
    query: String,
    names: Vec<UnderstoodName>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnderstoodName {
    #[serde(deserialize_with = "present")]
    pub(crate) kind: Option<String>,
    pub(crate) asked: String,
    pub(crate) entities: Vec<Counted>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Counted {
    pub(crate) name: String,
    pub(crate) articles: u64,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Index {
    path: String,
    format: u32,
    analysis: String,
    fingerprint: String,
}

/// `Option` alone would also take a field that is missing: null is a value here.
pub(crate) fn present<'de, D, T>(input: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(input)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hit {
    schema: String,
    id: String,
    path: String,
    record: u64,
    #[serde(deserialize_with = "present")]
    date: Option<Date>,
    title: String,
    lang: String,
    source: String,
    #[serde(deserialize_with = "present")]
    url: Option<String>,
    #[serde(deserialize_with = "present")]
    author: Option<String>,
    score: f64,
    snippet: Snippet,
    persons: Vec<String>,
    organizations: Vec<String>,
    places: Vec<String>,
    events: Vec<String>,
    products: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Date {
    first: String,
    last: String,
    precision: String,
    rule: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Snippet {
    text: String,
    marks: Vec<[usize; 2]>,
    cut_before: bool,
    cut_after: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Timeline {
    schema: String,
    of: String,
    by: String,
    total: Portion,
    imprecise: Portion,
    undated: Portion,
    rows: Vec<TimelineRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Portion {
    count: u64,
    of: u64,
    #[serde(rename = "share", deserialize_with = "present")]
    _share: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TimelineRow {
    schema: String,
    period: String,
    #[serde(deserialize_with = "present")]
    first: Option<String>,
    #[serde(deserialize_with = "present")]
    last: Option<String>,
    count: u64,
    of: u64,
    #[serde(deserialize_with = "present")]
    share: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Graph {
    schema: String,
    edges_of: String,
    total: usize,
    nodes: Vec<Node>,
    edges: Vec<Edge<usize>>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Node {
    name: String,
    kind: String,
    count: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edge<End> {
    schema: String,
    source: End,
    target: End,
    weight: u64,
    #[serde(deserialize_with = "present")]
    first: Option<String>,
    #[serde(deserialize_with = "present")]
    last: Option<String>,
    statuses: BTreeMap<String, u64>,
    quote: String,
    article: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: String,
    id: String,
    source: String,
    path: String,
    record: u64,
    lang: String,
    #[serde(deserialize_with = "present")]
    url: Option<String>,
    #[serde(deserialize_with = "present")]
    author: Option<String>,
    title: String,
    text: String,
    #[serde(deserialize_with = "present")]
    date: Option<Date>,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
    dates: Vec<DateMention>,
    meetings: Vec<Meeting>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mention {
    field: Option<String>,
    start: usize,
    end: usize,
    text: String,
    kind: String,
    name: String,
    base: String,
    entity: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entity {
    id: usize,
    kind: String,
    name: String,
    forms: Vec<String>,
    mentions: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DateMention {
    field: Option<String>,
    start: usize,
    end: usize,
    text: String,
    first: String,
    last: String,
    precision: String,
    rule: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meeting {
    participants: Vec<Participant>,
    #[serde(deserialize_with = "present")]
    first: Option<String>,
    #[serde(deserialize_with = "present")]
    last: Option<String>,
    #[serde(deserialize_with = "present")]
    precision: Option<String>,
    basis: String,
    status: String,
    kind: String,
    #[serde(deserialize_with = "present")]
    place: Option<String>,
    evidence: Evidence,
    rule: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Participant {
    #[serde(deserialize_with = "present")]
    entity: Option<usize>,
    name: String,
    kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Evidence {
    field: Option<String>,
    start: usize,
    end: usize,
    text: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Meetings {
    schema: String,
    index: Index,
    names: Vec<UnderstoodName>,
    merged: bool,
    total: usize,
    offset: usize,
    meetings: Vec<MetMeeting>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MetMeeting {
    schema: String,
    participants: Vec<Party>,
    #[serde(deserialize_with = "present")]
    first: Option<String>,
    #[serde(deserialize_with = "present")]
    last: Option<String>,
    #[serde(deserialize_with = "present")]
    precision: Option<String>,
    basis: String,
    status: String,
    kind: String,
    #[serde(deserialize_with = "present")]
    place: Option<String>,
    proofs: Vec<Proof>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Party {
    name: String,
    kind: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Proof {
    id: String,
    path: String,
    record: u64,
    #[serde(deserialize_with = "present")]
    date: Option<Date>,
    title: String,
    lang: String,
    source: String,
    #[serde(deserialize_with = "present")]
    url: Option<String>,
    participants: Vec<Party>,
    #[serde(deserialize_with = "present")]
    first: Option<String>,
    #[serde(deserialize_with = "present")]
    last: Option<String>,
    #[serde(deserialize_with = "present")]
    precision: Option<String>,
    basis: String,
    status: String,
    kind: String,
    #[serde(deserialize_with = "present")]
    place: Option<String>,
    evidence: MarkedEvidence,
    rule: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MarkedEvidence {
    field: Option<String>,
    start: usize,
    end: usize,
    text: String,
    marks: Vec<[usize; 2]>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Counts {
    schema: String,
    by: String,
    meetings: usize,
    total: usize,
    offset: usize,
    counts: Vec<Count>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Count {
    schema: String,
    by: String,
    #[serde(deserialize_with = "present")]
    value: Option<String>,
    meetings: usize,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Account {
    schema: String,
    read: u64,
    added: u64,
    updated: u64,
    unchanged: u64,
    duplicate: u64,
    rejected: u64,
    removed: u64,
    undated: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reject {
    schema: String,
    path: String,
    #[serde(deserialize_with = "present")]
    record: Option<u64>,
    #[serde(deserialize_with = "present")]
    line: Option<u64>,
    #[serde(deserialize_with = "present")]
    byte: Option<u64>,
    reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    schema: String,
    path: String,
    format: u32,
    analysis: String,
    fingerprint: String,
    articles: u64,
    meetings: u64,
    undated: u64,
    coarse: u64,
    doubtful: u64,
    doubts: BTreeMap<String, u64>,
    examples: BTreeMap<String, Vec<String>>,
    #[serde(deserialize_with = "present")]
    first_day: Option<String>,
    #[serde(deserialize_with = "present")]
    last_day: Option<String>,
    languages: BTreeMap<String, u64>,
    bytes: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Analysis {
    schema: String,
    word: String,
    lang: String,
    readings: Vec<Reading>,
    terms: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DateOfPhrase {
    schema: String,
    start: usize,
    end: usize,
    text: String,
    lang: String,
    first: String,
    last: String,
    precision: String,
    rule: String,
    says: String,
    #[serde(deserialize_with = "present")]
    tense: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    lemma: String,
    tag: String,
    class: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Name {
    schema: String,
    name: String,
    base: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    schema: String,
    line: u64,
    query: String,
    message: String,
    #[serde(deserialize_with = "present")]
    hint: Option<String>,
    start: usize,
    end: usize,
}

/// Reads one object.
#[track_caller]
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}\n{json}"))
}

/// Reads one object from each line.
#[track_caller]
pub(crate) fn read_lines<T: DeserializeOwned>(json: &str) -> Vec<T> {
    json.lines().map(read).collect()
}

/// A place with the sample corpus indexed in it.
pub(crate) fn indexed() -> Place {
    let place = Place::new();
    place.account(&[Place::corpus().to_str().unwrap()], 0);
    place
}

fn with_input(place: &Place, arguments: &[&str], input: &str) -> Run {
    let mut child = place
        .command()
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // A program that does not like its arguments ends before it has read anything.
    if let Err(error) = pipe.write_all(input.as_bytes()) {
        assert_eq!(error.kind(), ErrorKind::BrokenPipe, "{error}");
    }
    drop(pipe);
    Run::of(child.wait_with_output().unwrap())
}

#[track_caller]
fn check_days(first: &str, last: &str, precision: &str) {
    const PRECISIONS: [&str; 9] = [
        "day", "week", "month", "quarter", "season", "year", "decade", "century", "interval",
    ];
    assert!(PRECISIONS.contains(&precision), "{precision}");
    assert!(first <= last, "{first} {last}");
    assert_eq!(first == last, precision == "day", "{first} {last}");
    for day in [first, last] {
        assert_eq!(day.len(), "2023-02-15".len(), "{day}");
    }
}

#[track_caller]
fn check_date(date: &Date) {
    check_days(&date.first, &date.last, &date.precision);
    let rules = ["header", "metadata", "path", "flag"];
    assert!(rules.contains(&date.rule.as_str()), "{date:?}");
}

#[track_caller]
fn check_hit(hit: &Hit) {
    assert_eq!(hit.schema, "kronika.hit/1");
    assert!(hit.record >= 1 && hit.score >= 0.0, "{hit:?}");
    hit.date.iter().for_each(check_date);
    let Snippet { text, marks, .. } = &hit.snippet;
    let mut end_of_last = 0;
    for &[start, end] in marks {
        assert!(end_of_last <= start && start < end, "{hit:?}");
        let marked = text.get(start..end);
        assert!(
            marked.is_some_and(|marked| marked.trim() == marked),
            "{hit:?}"
        );
        end_of_last = end;
    }
    assert!(!text.contains(['\n', '\t']), "{hit:?}");
}

#[test]
fn an_answer_and_its_hits() {
    let place = indexed();
    let status: Status = read(&place.fine(&["status", "--json"]).out);
    for arguments in [
        &["rozmowa", "Putin"][..],
        &["\"prezydent Rosji\"~2"],
        &["spotk*"],
        &["/[łż].*/"],
        &["--person", "Łukaszenką"],
        &["(Putin Moskwa)~s"],
        &[],
    ] {
        let query = [&["query", "--json"], arguments].concat();
        let answer: Hits = read(&place.fine(&query).out);
        assert_eq!(answer.schema, "kronika.hits/1");
        assert_eq!(
            answer.index,
            Index {
                path: "index".to_owned(),
                format: status.format,
                analysis: status.analysis.clone(),
                fingerprint: status.fingerprint.clone(),
            }
        );
        assert_eq!((answer.line, answer.offset), (None, 0));
        assert_eq!(answer.total, answer.hits.len());
        assert!(answer.total > 0, "{arguments:?}");
        answer.hits.iter().for_each(check_hit);
        for name in &answer.understood.names {
            assert!(name.kind.is_some() && !name.asked.is_empty());
            let is_counted = |one: &Counted| one.articles > 0 && !one.name.is_empty();
            assert!(!name.entities.is_empty() && name.entities.iter().all(is_counted));
        }
        if !arguments.is_empty() {
            let marked = |hit: &Hit| !hit.snippet.marks.is_empty();
            assert!(answer.hits.iter().any(marked), "{arguments:?}");
        }
        // What the query was understood as asks the same.
        let again = place.fine(&["query", "--nl", "--sort", "id", &answer.understood.query]);
        let mut ids: Vec<String> = answer.hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        let hits: Vec<Hit> = read_lines(&again.out);
        hits.iter().for_each(check_hit);
        let same: Vec<&String> = hits.iter().map(|hit| &hit.id).collect();
        assert_eq!(same, ids.iter().collect::<Vec<_>>(), "{arguments:?}");
    }
    let rest: Hits = read(
        &place
            .fine(&["query", "--json", "--offset", "5", "-n", "2"])
            .out,
    );
    assert_eq!((rest.offset, rest.hits.len()), (5, 2));
    assert_eq!(rest.total as u64, status.articles);
}

#[test]
fn snippets_say_where_they_are_cut() {
    let place = Place::new();
    let filler = "żółć gęślą jaźń ".repeat(40);
    place.write("long.txt", format!("{filler}środek {filler}"));
    place.write("short.txt", "Sam środek.");
    place.fine(&["index", "long.txt", "short.txt"]);
    let run = place.fine(&["query", "środek", "--nl", "--sort", "id"]);
    let mut hits: Vec<Hit> = read_lines(&run.out);
    hits.sort_by(|one, other| one.path.cmp(&other.path));
    for (hit, cut) in hits.iter().zip([true, false]) {
        check_hit(hit);
        let Snippet {
            text,
            marks,
            cut_before,
            cut_after,
        } = &hit.snippet;
        assert_eq!((*cut_before, *cut_after), (cut, cut), "{hit:?}");
        let marked: Vec<&str> = marks.iter().map(|&[from, to]| &text[from..to]).collect();
        assert_eq!(marked, ["środek"]);
    }
}

#[test]
fn a_document_with_what_was_found_in_it() {
    let place = indexed();
    let corpus = Place::corpus();
    let run = place.fine(&["annotate", corpus.to_str().unwrap()]);
    let documents: Vec<Document> = read_lines(&run.out);
    assert!(documents.len() >= 60);
    for document in &documents {
        assert_eq!(document.schema, "kronika.document/1");
        let Document { title, text, .. } = document;
        let of = |field: &Option<String>, start, end| match field.as_deref() {
            None => text.get(start..end),
            Some("title") => title.get(start..end),
            Some(other) => panic!("no field {other}"),
        };
        document.date.iter().for_each(check_date);
        for mention in &document.mentions {
            let found = of(&mention.field, mention.start, mention.end);
            assert_eq!(found, Some(mention.text.as_str()), "{mention:?}");
            let entity = &document.entities[mention.entity];
            assert_eq!(
                (&mention.name, &mention.kind),
                (&entity.name, &entity.kind),
                "{mention:?}"
            );
            assert!(!mention.base.is_empty(), "{mention:?}");
            assert!(entity.forms.contains(&mention.text), "{mention:?}");
        }
        for (number, entity) in document.entities.iter().enumerate() {
            assert_eq!(entity.id, number);
            let mentions = document.mentions.iter();
            let own = mentions.filter(|mention| mention.entity == number).count();
            assert_eq!(entity.mentions, own, "{entity:?}");
        }
        for date in &document.dates {
            let found = of(&date.field, date.start, date.end);
            assert_eq!(found, Some(date.text.as_str()), "{date:?}");
            check_days(&date.first, &date.last, &date.precision);
            assert!(!date.rule.is_empty(), "{date:?}");
        }
        for meeting in &document.meetings {
            let Evidence { field, .. } = &meeting.evidence;
            let Evidence {
                start, end, text, ..
            } = &meeting.evidence;
            assert_eq!(of(field, *start, *end), Some(text.as_str()));
            for participant in &meeting.participants {
                let entity = participant.entity.map(|number| &document.entities[number]);
                let known = entity.map(|entity| (&entity.name, &entity.kind));
                let said = (&participant.name, &participant.kind);
                assert!(known.is_none_or(|known| known == said), "{meeting:?}");
            }
            assert_eq!(
                meeting.first.is_none(),
                meeting.basis == "unknown",
                "{meeting:?}"
            );
            let days = (&meeting.first, &meeting.last, &meeting.precision);
            if let (Some(first), Some(last), Some(precision)) = days {
                check_days(first, last, precision);
            }
            assert!(!meeting.status.is_empty() && !meeting.kind.is_empty());
            assert!(!meeting.rule.is_empty() && meeting.place.as_deref() != Some(""));
        }
    }
    // `show` prints the same of what the index keeps, and hits tell the same of it.
    let hits: Vec<Hit> = read_lines(&place.fine(&["query", "--nl"]).out);
    for document in documents.iter().step_by(9) {
        let shown: Document = read(&place.fine(&["show", "--json", &document.id]).out);
        assert_eq!(format!("{shown:?}"), format!("{document:?}"));
        let hit = hits.iter().find(|hit| hit.id == document.id).unwrap();
        assert_eq!(hit.date, document.date);
        assert_eq!(hit.path, document.path);
        assert_eq!(hit.record, document.record);
        assert_eq!(hit.title, document.title);
        assert_eq!(hit.lang, document.lang);
        assert_eq!(hit.source, document.source);
        assert_eq!(hit.url, document.url);
        assert_eq!(hit.author, document.author);
        for (kind, names) in [
            ("person", &hit.persons),
            ("organization", &hit.organizations),
            ("place", &hit.places),
            ("event", &hit.events),
            ("product", &hit.products),
        ] {
            let of_kind = |entity: &&Entity| entity.kind == kind;
            let found = document.entities.iter().filter(of_kind);
            let mut found: Vec<&str> = found.map(|entity| entity.name.as_str()).collect();
            found.sort_unstable();
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            names.sort_unstable();
            assert_eq!(names, found, "{kind} of {}", document.id);
        }
    }
}

#[test]
fn the_account_and_the_rejects() {
    let place = Place::new();
    place.write("good.txt", "date 2023-02-15\n\nDobry tekst.");
    place.write("empty.txt", "");
    place.write("lines.ndjson", "{\"text\":\"Jeden.\"}\nto nie jest JSON\n");
    place.write("binary.txt", [0_u8, 1, 2, 3, 255].repeat(50));
    let roots = ["good.txt", "empty.txt", "lines.ndjson", "binary.txt"];
    let run = place.run(&[&["index", "--json"], &roots[..]].concat());
    let account: Account = read(&run.out);
    assert_eq!(run.code, 4, "{account:?}");
    assert_eq!(account.schema, "kronika.account/1");
    assert_eq!(
        account.read,
        account.added + account.updated + account.unchanged + account.duplicate + account.rejected
    );
    assert_eq!((account.added, account.removed), (2, 0), "{account:?}");
    assert_eq!(account.undated, 1, "{account:?}");
    let rejects = std::fs::read_to_string(place.path("index/rejects.ndjson")).unwrap();
    let rejects: Vec<Reject> = read_lines(&rejects);
    assert_eq!(rejects.len() as u64, account.rejected);
    for reject in &rejects {
        assert_eq!(reject.schema, "kronika.reject/1");
        assert!(roots.contains(&reject.path.as_str()), "{reject:?}");
        assert!(!reject.reason.is_empty(), "{reject:?}");
    }
    let of_lines = |reject: &&Reject| reject.path == "lines.ndjson";
    let reject = rejects.iter().find(of_lines).unwrap();
    assert_eq!((reject.record, reject.line), (Some(2), Some(2)));
    // Where the reading stopped: at the second letter of that line.
    assert_eq!(reject.byte, Some(19), "{reject:?}");
}

#[test]
fn the_status() {
    let place = Place::new();
    place.write(
        "a.txt",
        "date 2023-02\n\nPrezydent spotkał się z premierem.",
    );
    let status = |place: &Place| -> Status { read(&place.fine(&["status", "--json"]).out) };
    place.fine(&["index", "a.txt"]);
    let one = status(&place);
    assert_eq!(one.schema, "kronika.status/1");
    assert_eq!((one.articles, one.undated), (1, 0));
    assert_eq!((one.coarse, one.doubtful, one.doubts.len()), (1, 0, 0));
    assert_eq!(one.examples["coarse"].len(), 1);
    assert_eq!(one.path, "index");
    assert_eq!(one.first_day.as_deref(), Some("2023-02-01"));
    assert_eq!(one.last_day.as_deref(), Some("2023-02-28"));
    assert_eq!(one.languages, BTreeMap::from([("pl".to_owned(), 1)]));
    assert!(one.bytes > 0 && one.format > 0 && !one.analysis.is_empty());
    place.write("a.txt", "Prezydent spotkał się z premierem.");
    place.fine(&["index", "--rebuild", "a.txt"]);
    let other = status(&place);
    assert_eq!((other.first_day, other.last_day), (None, None));
    assert_eq!(other.undated, 1);
    assert_ne!(one.fingerprint, other.fingerprint);
}

#[test]
fn words_and_names_analysed() {
    let place = Place::new();
    let run = place.fine(&["analyze", "--json", "Łukaszenką spotkań qwzx"]);
    let words: Vec<Analysis> = read_lines(&run.out);
    assert_eq!(words.len(), 6);
    for word in &words {
        assert_eq!(word.schema, "kronika.analysis/1");
        assert!(["pl", "en"].contains(&word.lang.as_str()));
        assert_eq!(word.terms[0], format!("={}", word.word.to_lowercase()));
        for reading in &word.readings {
            assert!(!reading.lemma.is_empty() && !reading.tag.is_empty());
            // A class is told where there is one.
            let _: &str = &reading.class;
        }
    }
    let run = place.fine(&["analyze", "--json", "--name", "Donaldem Tuskiem", "Qwzx"]);
    let names: Vec<Name> = read_lines(&run.out);
    for (name, base) in names.iter().zip(["Donald Tusk", "Qwzx"]) {
        assert_eq!(name.schema, "kronika.name/1");
        assert_eq!(name.base, base);
        assert!(!name.name.is_empty());
    }
    assert_eq!(names.len(), 2);
}

#[test]
fn the_counts_of_periods() {
    let place = indexed();
    for what in ["articles", "meetings"] {
        let arguments = ["timeline", "Putin", "--by", "month", "--of", what];
        let all: Timeline = read(&place.fine(&[&arguments[..], &["--json"]].concat()).out);
        assert_eq!(
            (all.schema.as_str(), all.by.as_str()),
            ("kronika.timeline/1", "month")
        );
        assert_eq!(all.of, what);
        let rows: u64 = all.rows.iter().map(|row| row.count).sum();
        let sum = rows + all.imprecise.count + all.undated.count;
        assert_eq!(sum, all.total.count);
        assert!(sum > 0 && sum < all.total.of);
        for row in &all.rows {
            let (first, last) = (row.first.as_ref().unwrap(), row.last.as_ref().unwrap());
            check_days(first, last, "month");
            assert_eq!(row.schema, "kronika.period/1");
            assert!(row.count <= row.of);
            assert_eq!(row.share.is_some(), row.of > 0, "{row:?}");
        }
        let lines: Vec<TimelineRow> =
            read_lines(&place.fine(&[&arguments[..], &["--nl"]].concat()).out);
        let names: Vec<&str> = lines.iter().map(|line| line.period.as_str()).collect();
        let (rows, rest) = names.split_at(all.rows.len());
        assert!(rows.iter().eq(all.rows.iter().map(|row| &row.period)));
        assert_eq!(rest, ["imprecise", "undated"]);
    }
}

/// Pairs of named participants, as `met --merge` tells them, with how many meetings each has.
fn merged_pairs(place: &Place) -> BTreeMap<[(String, String); 2], u64> {
    let run = place.fine(&["met", "--merge", "--nl"]);
    let mut pairs = BTreeMap::new();
    for meeting in read_lines::<serde_json::Value>(&run.out) {
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let parties = meeting["participants"].as_array().unwrap().iter();
        let parties = parties.map(|party| (text(&party["kind"]), text(&party["name"])));
        let named: Vec<_> = parties.filter(|(kind, _)| kind != "group").collect();
        for one in &named {
            for other in named.iter().filter(|other| *other > one) {
                *pairs.entry([one.clone(), other.clone()]).or_default() += 1;
            }
        }
    }
    pairs
}

#[test]
fn a_graph_has_one_edge_for_each_pair_of_merged_meetings() {
    let place = indexed();
    let expected = merged_pairs(&place);
    assert!(expected.len() > 20, "{expected:?}");
    let graph: Graph = read(&place.fine(&["graph", "--json"]).out);
    assert_eq!(
        (graph.schema.as_str(), graph.edges_of.as_str()),
        ("kronika.graph/1", "met")
    );
    assert_eq!(graph.total, expected.len());
    let mut found = BTreeMap::new();
    for edge in &graph.edges {
        assert_eq!(edge.schema, "kronika.edge/1");
        assert_eq!(edge.statuses.values().sum::<u64>(), edge.weight);
        assert_eq!(edge.first.is_some(), edge.last.is_some());
        assert!(!edge.quote.is_empty() && !edge.article.is_empty());
        let mut ends = [edge.source, edge.target].map(|node| {
            let node = &graph.nodes[node];
            assert!(node.count >= edge.weight);
            (node.kind.clone(), node.name.clone())
        });
        ends.sort();
        assert_eq!(
            found.insert(ends, edge.weight),
            None,
            "told twice: {edge:?}"
        );
    }
    assert_eq!(found, expected);
    let gexf = place
        .fine(&["graph", "--edges", "met", "--format", "gexf"])
        .out;
    assert_eq!(gexf.matches("<edge ").count(), expected.len());
    let lines: Vec<Edge<Node>> = read_lines(&place.fine(&["graph", "--nl"]).out);
    assert_eq!(lines.len(), expected.len());
    assert_eq!(lines[0].source, graph.nodes[graph.edges[0].source]);
}

#[test]
fn weights_of_names_told_together_are_counts_of_articles() {
    let place = indexed();
    let arguments = [
        "graph", "--edges", "together", "--kinds", "person", "-n", "5", "--nl",
    ];
    let edges: Vec<Edge<Node>> = read_lines(&place.fine(&arguments).out);
    assert_eq!(edges.len(), 5);
    let hits: Vec<Hit> = read_lines(&place.fine(&["query", "--nl"]).out);
    let run = place.fine(&["entities", "--kind", "person", "--nl"]);
    let entities: Vec<serde_json::Value> = read_lines(&run.out);
    let spellings: BTreeMap<String, Vec<String>> = entities
        .iter()
        .map(|entity| {
            let names = entity["names"].as_array().unwrap().iter();
            let names = names.map(|name| name["name"].as_str().unwrap().to_owned());
            (entity["name"].as_str().unwrap().to_owned(), names.collect())
        })
        .collect();
    for edge in &edges {
        let has = |hit: &&Hit| {
            [&edge.source, &edge.target].iter().all(|node| {
                let mut names = spellings[&node.name].iter();
                names.any(|name| hit.persons.contains(name))
            })
        };
        assert_eq!(
            hits.iter().filter(has).count() as u64,
            edge.weight,
            "{edge:?}"
        );
        assert!(edge.statuses.is_empty() && !edge.quote.is_empty());
    }
}

#[test]
fn dates_explained() {
    let phrase = "Ósmego marca się spotkali, a w kwietniu zadzwoni";
    let run = Place::new().fine(&["dates", "--json", "--on", "2024-03-18", phrase]);
    let dates: Vec<DateOfPhrase> = read_lines(&run.out);
    assert_eq!(dates.len(), 2);
    for date in &dates {
        assert_eq!(date.schema, "kronika.date/1");
        assert_eq!(&phrase[date.start..date.end], date.text);
        assert_eq!(date.lang, "pl");
        assert!(!date.rule.is_empty());
    }
    let [day, month] = dates.as_slice() else {
        unreachable!("there are two");
    };
    assert_eq!(
        [&*day.first, &*day.last, &*day.precision],
        ["2024-03-08", "2024-03-08", "day"]
    );
    assert_eq!(
        (&*day.says, day.tense.as_deref()),
        ("????-03-08", Some("past"))
    );
    assert_eq!([&*month.first, &*month.last], ["2024-04-01", "2024-04-30"]);
    assert_eq!(month.tense.as_deref(), Some("future"));
}

#[test]
fn queries_that_cannot_be_read() {
    let place = indexed();
    let lines = "\"niedomknięty\nżółć nic:takiego\nPutin\n{\"query\":\"żółć (\"}\n\
                 {\"ósoba\":\"Putin\"}\n{\"żółć\"\n{ż}\n/ż(/\n{\"since\":\"ósmego\"}\n";
    let run = with_input(&place, &["query", "--json", "-"], lines);
    assert_eq!(run.code, 2);
    let mut answers = 0;
    for (number, line) in (1..).zip(run.out.lines()) {
        if line.contains("kronika.hits/1") {
            let answer: Hits = read(line);
            assert_eq!(answer.line, Some(number));
            answers += 1;
            continue;
        }
        let mistake: Mistake = read(line);
        assert_eq!(mistake.schema, "kronika.error/1");
        assert_eq!(mistake.line, number);
        assert!(!mistake.message.is_empty(), "{mistake:?}");
        assert!(mistake.hint.as_deref() != Some(""), "{mistake:?}");
        let said = mistake.query.get(mistake.start..mistake.end);
        assert!(said.is_some(), "{mistake:?}");
    }
    assert_eq!(run.out.lines().count(), lines.lines().count());
    assert_eq!(answers, 1, "{}", run.out);
}

#[test]
fn fields_are_chosen_and_ordered() {
    let place = indexed();
    let ask = |format: &str, fields: &str| {
        let arguments = ["query", "Putin", "--sort", "id", "-n", "5"];
        let chosen = ["--format", format, "--fields", fields];
        place.fine(&[&arguments[..], &chosen].concat()).out
    };
    let keys = |hit: &serde_json::Value| -> Vec<String> {
        hit.as_object().unwrap().keys().cloned().collect()
    };
    for fields in ["id,date,title", "title, id,date", "score,persons"] {
        let wanted: Vec<&str> = fields.split(',').map(str::trim).collect();
        let with_schema = [&["schema"], &wanted[..]].concat();
        let answer: serde_json::Value = read(&ask("json", fields));
        let hits = answer["hits"].as_array().unwrap();
        assert_eq!(hits.len(), 5);
        let lines: Vec<serde_json::Value> = read_lines(&ask("ndjson", fields));
        assert_eq!(&lines, hits);
        for hit in lines {
            assert_eq!(keys(&hit), with_schema);
        }
        let columns: Vec<&str> = wanted
            .iter()
            .flat_map(|field| match *field {
                "date" => vec![
                    "date",
                    "date_first",
                    "date_last",
                    "date_precision",
                    "date_rule",
                ],
                field => vec![field],
            })
            .collect();
        for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
            let table = ask(format, fields);
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .from_reader(table.as_bytes());
            assert_eq!(reader.headers().unwrap(), columns);
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            assert_eq!(rows.len(), hits.len());
            for (row, hit) in rows.iter().zip(hits) {
                let cell = |name| {
                    let at = columns.iter().position(|column| *column == name);
                    at.map(|at| row[at].to_owned())
                };
                for text in ["id", "title"] {
                    let said = hit.get(text).map(|text| text.as_str().unwrap());
                    assert_eq!(cell(text).as_deref(), said);
                }
                let first = hit.get("date").map(|date| date["first"].as_str().unwrap());
                assert_eq!(cell("date_first").as_deref(), first);
                let score = hit.get("score").map(ToString::to_string);
                let score = score.map(|score| score.trim_end_matches(".0").to_owned());
                assert_eq!(cell("score"), score);
            }
        }
    }
}

#[test]
fn an_unknown_field_is_a_mistake_of_the_command_line() {
    let place = indexed();
    for format in ["text", "json", "ndjson", "csv", "tsv", "ids", "paths"] {
        for query in [&["Putin"][..], &["qwzx"], &["-q", "Putin"]] {
            let arguments = ["query", "--format", format, "--fields", "id,ósoba"];
            let run = place.run(&[&arguments[..], query].concat());
            run.fails(2, &["no such field", "ósoba", "organizations"]);
            assert_eq!(run.out, "", "{format}");
        }
    }
    // It is no mistake of the queries that come from standard input.
    let arguments = ["query", "--json", "--fields", "id,ósoba", "-"];
    let run = with_input(&place, &arguments, "Putin\nTusk\n");
    run.fails(2, &["no such field"]);
    assert_eq!(run.out, "");
}

#[test]
fn tables_begin_with_a_header_row() {
    let place = indexed();
    let head = "id,path,record,date,date_first,date_last,date_precision,date_rule,title,lang,\
                source,url,author,score,snippet,persons,organizations,places,events,products";
    for query in ["Putin", "qwzx"] {
        let csv = place.fine(&["query", "--csv", query]).out;
        assert_eq!(csv.split("\r\n").next(), Some(head));
        let tsv = place.fine(&["query", "--tsv", query]).out;
        assert_eq!(tsv.lines().next(), Some(&*head.replace(',', "\t")));
        let marked = place.fine(&["query", "--csv", "--bom", query]).out;
        assert_eq!(marked, format!("\u{feff}{csv}"));
    }
    let json = place.fine(&["query", "--json", "--bom", "qwzx"]).out;
    assert!(json.starts_with('{'));
}

#[track_caller]
fn check_meeting(meeting: &MetMeeting, documents: &[Document]) {
    assert_eq!(meeting.schema, "kronika.meeting/1");
    assert!(meeting.participants.len() >= 2, "{meeting:?}");
    // What all tell together is told by one of them at least.
    let mut proofs = meeting.proofs.iter();
    assert!(
        proofs.clone().any(|proof| proof.status == meeting.status),
        "{meeting:?}"
    );
    assert!(
        proofs.clone().any(|proof| proof.kind == meeting.kind),
        "{meeting:?}"
    );
    // Each proof has the place as its article calls it.
    let is_told = meeting.place.is_none() || proofs.any(|proof| proof.place.is_some());
    assert!(is_told, "{meeting:?}");
    assert!(
        meeting
            .participants
            .iter()
            .any(|party| party.kind != "group")
    );
    let days = (&meeting.first, &meeting.last, &meeting.precision);
    match days {
        (Some(first), Some(last), Some(precision)) => check_days(first, last, precision),
        days => assert_eq!(
            (days, meeting.basis.as_str()),
            ((&None, &None, &None), "unknown")
        ),
    }
    for proof in &meeting.proofs {
        let document = documents
            .iter()
            .find(|document| document.id == proof.id)
            .unwrap();
        assert_eq!(
            (&proof.path, proof.record),
            (&document.path, document.record)
        );
        assert_eq!(
            (&proof.title, &proof.date),
            (&document.title, &document.date)
        );
        assert_eq!(
            (&proof.lang, &proof.source),
            (&document.lang, &document.source)
        );
        assert_eq!(proof.url, document.url);
        let evidence = &proof.evidence;
        let text = match evidence.field.as_deref() {
            None => &document.text,
            Some(field) => {
                assert_eq!(field, "title");
                &document.title
            }
        };
        assert_eq!(
            text.get(evidence.start..evidence.end),
            Some(evidence.text.as_str())
        );
        for &[start, end] in &evidence.marks {
            assert!(
                evidence
                    .text
                    .get(start..end)
                    .is_some_and(|mark| !mark.is_empty())
            );
        }
        // The document tells the same.
        let is_told = document.meetings.iter().any(|told| {
            let names: Vec<&str> = told
                .participants
                .iter()
                .map(|one| one.name.as_str())
                .collect();
            names
                == proof
                    .participants
                    .iter()
                    .map(|one| one.name.as_str())
                    .collect::<Vec<_>>()
                && (&told.first, &told.last) == (&proof.first, &proof.last)
                && (&told.precision, &told.basis) == (&proof.precision, &proof.basis)
                && (&told.status, &told.kind) == (&proof.status, &proof.kind)
                && (&told.place, &told.rule) == (&proof.place, &proof.rule)
        });
        assert!(is_told, "{proof:?}");
    }
}

#[test]
fn meetings_and_their_counts() {
    let place = indexed();
    let corpus = Place::corpus();
    let run = place.fine(&["annotate", corpus.to_str().unwrap()]);
    let documents: Vec<Document> = read_lines(&run.out);
    let status: Status = read(&place.fine(&["status", "--json"]).out);
    let answer: Meetings = read(&place.fine(&["met", "--json"]).out);
    assert_eq!(answer.schema, "kronika.meetings/1");
    assert!(answer.names.is_empty());
    assert_eq!(answer.index.fingerprint, status.fingerprint);
    assert_eq!((answer.merged, answer.offset), (false, 0));
    assert_eq!(answer.total, answer.meetings.len());
    assert_eq!(answer.total as u64, status.meetings);
    assert!(answer.total > 20);
    for meeting in &answer.meetings {
        check_meeting(meeting, &documents);
        assert_eq!(meeting.proofs.len(), 1);
    }
    let lines: Vec<MetMeeting> = read_lines(&place.fine(&["met", "--nl"]).out);
    assert_eq!(format!("{lines:?}"), format!("{:?}", answer.meetings));
    let merged: Meetings = read(
        &place
            .fine(&["met", "--json", "--merge", "--offset", "1"])
            .out,
    );
    assert_eq!((merged.merged, merged.offset), (true, 1));
    assert_eq!(merged.total, merged.meetings.len() + 1);
    assert!(merged.total <= answer.total);
    merged
        .meetings
        .iter()
        .for_each(|meeting| check_meeting(meeting, &documents));
    for by in ["person", "month", "place"] {
        let counts: Counts = read(&place.fine(&["met", "--json", "--count-by", by]).out);
        assert_eq!(
            (counts.schema.as_str(), counts.by.as_str()),
            ("kronika.counts/1", by)
        );
        assert_eq!((counts.meetings, counts.offset), (answer.total, 0));
        assert_eq!(counts.total, counts.counts.len());
        let lines: Vec<Count> = read_lines(&place.fine(&["met", "--nl", "--count-by", by]).out);
        assert_eq!(lines, counts.counts);
        let sum: usize = lines.iter().map(|count| count.meetings).sum();
        assert!(sum >= answer.total || by == "person", "{by}");
        for count in &lines {
            assert_eq!(
                (count.schema.as_str(), count.by.as_str()),
                ("kronika.count/1", by)
            );
            assert_ne!(count.value.as_deref(), Some(""));
        }
    }
    let head = "date,date_first,date_last,date_precision,date_basis,status,kind,participants,\
                participant_kinds,place,tellings,id,path,article_date,title,lang,source,url,\
                evidence,rule";
    let csv = place.fine(&["met", "--csv"]).out;
    assert_eq!(csv.split("\r\n").next(), Some(head));
    let marked = place.fine(&["met", "--csv", "--bom"]).out;
    assert_eq!(marked, format!("\u{feff}{csv}"));
    let tsv = place.fine(&["met", "--tsv"]).out;
    assert_eq!(tsv.lines().next(), Some(&*head.replace(',', "\t")));
}
