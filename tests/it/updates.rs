//! An index brought up to date says the same as one made anew from the same files.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::program::Place;

/// The files of a corpus: each has records, a record is an id and what the article says.
type Corpus<'c> = &'c [(&'c str, &'c [(&'c str, &'c str)])];

fn write(place: &Place, files: &[(&str, Vec<(String, String)>)]) {
    let folder = place.path("news");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir(&folder).unwrap();
    for (name, records) in files {
        let lines = records.iter().map(|(id, text)| {
            json!({"id": id, "date": "2023-02-15", "title": text, "text": "Artykuł."}).to_string()
                + "\n"
        });
        place.write(&format!("news/{name}"), lines.collect::<String>());
    }
}

fn owned(corpus: Corpus<'_>) -> Vec<(&str, Vec<(String, String)>)> {
    let owned = |records: &[(&str, &str)]| {
        let records = records.iter();
        records
            .map(|(id, text)| ((*id).to_owned(), (*text).to_owned()))
            .collect()
    };
    corpus
        .iter()
        .map(|(name, records)| (*name, owned(records)))
        .collect()
}

/// Each article of the index: its file and what it says.
fn articles(place: &Place) -> BTreeMap<String, (String, String)> {
    let run = place.fine(&["query", "--format", "ndjson", "--fields", "id,path,title"]);
    let article = |line: &str| {
        let hit: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| hit[name].as_str().unwrap().to_owned();
        (field("id"), (field("path"), field("title")))
    };
    run.out.lines().map(article).collect()
}

/// Indexes the versions of a corpus one after the other. Gives the account of the last one.
#[track_caller]
fn check(versions: &[Corpus<'_>]) -> Value {
    let versions: Vec<_> = versions.iter().map(|version| owned(version)).collect();
    let place = Place::new();
    let mut account = Value::Null;
    for version in &versions {
        write(&place, version);
        account = place.account(&["--prune", "news"], 0);
    }
    same_as_anew(&place);
    account
}

/// The index has what one made anew has, and another run would change nothing.
#[track_caller]
fn same_as_anew(place: &Place) {
    let anew = place.path("anew");
    if anew.exists() {
        fs::remove_dir_all(&anew).unwrap();
    }
    let found = articles(place);
    place.fine(&["index", "-i", "anew", "--quiet", "news"]);
    let run = place.fine(&["query", "-i", "anew", "--format", "ids"]);
    assert_eq!(run.out.lines().count(), found.len());
    fs::rename(place.path("index"), place.path("updated")).unwrap();
    fs::rename(&anew, place.path("index")).unwrap();
    let wanted = articles(place);
    fs::remove_dir_all(place.path("index")).unwrap();
    fs::rename(place.path("updated"), place.path("index")).unwrap();
    assert_eq!(found, wanted);
    let again = place.account(&["--prune", "news"], 0);
    for changed in ["added", "updated", "removed"] {
        assert_eq!(again[changed], 0, "{again}");
    }
}

#[test]
fn a_record_that_moved_up_and_changed_is_updated() {
    let account = check(&[
        &[("a.ndjson", &[("1", "A."), ("2", "B."), ("3", "C.")])],
        &[("a.ndjson", &[("2", "Other."), ("3", "C.")])],
    ]);
    assert_eq!(account["updated"], 1, "{account}");
    assert_eq!(account["unchanged"], 1, "{account}");
    assert_eq!(account["removed"], 1, "{account}");
}

#[test]
fn records_of_one_id_are_written_once() {
    check(&[&[("a.ndjson", &[("1", "A."), ("1", "B."), ("1", "A.")])]]);
    check(&[&[
        ("a.ndjson", &[("1", "A.")]),
        ("b.ndjson", &[("1", "B.")]),
        ("c.ndjson", &[("1", "A.")]),
    ]]);
}

#[test]
fn an_article_that_changed_places_is_where_it_lies() {
    check(&[
        &[("a.ndjson", &[("1", "A.")]), ("b.ndjson", &[("2", "B.")])],
        &[("a.ndjson", &[("2", "B.")]), ("b.ndjson", &[("1", "A.")])],
    ]);
    check(&[
        &[("a.ndjson", &[("1", "A."), ("2", "B.")])],
        &[("a.ndjson", &[("2", "B.")]), ("b.ndjson", &[("1", "A.")])],
    ]);
    check(&[
        &[("b.ndjson", &[("1", "A.")])],
        &[("a.ndjson", &[("1", "A.")]), ("b.ndjson", &[("2", "B.")])],
    ]);
}

#[test]
fn an_article_without_id_that_changed_loses_its_old_version_with_prune() {
    let place = Place::new();
    place.write("news/a.txt", "Pierwsza wersja\n\nArtykuł.");
    place.account(&["news"], 0);
    place.write("news/a.txt", "Druga wersja\n\nArtykuł.");
    let account = place.account(&["news"], 0);
    assert_eq!(account["added"], 1, "{account}");
    assert_eq!(articles(&place).len(), 2);
    let account = place.account(&["--prune", "news"], 0);
    assert_eq!(account["removed"], 1, "{account}");
    let left = articles(&place);
    assert_eq!(left.len(), 1);
    assert!(left.values().all(|(_, text)| text.contains("Druga")));
}

#[test]
fn what_may_be_in_a_broken_record_is_not_pruned() {
    let place = Place::new();
    let record =
        |id: &str| format!("{{\"id\":\"{id}\",\"date\":\"2023-02-15\",\"text\":\"A.\"}}\n");
    place.write("news/a.ndjson", record("1") + &record("2"));
    place.account(&["news"], 0);
    place.write("news/a.ndjson", record("1") + "{\"id\":\"2\",\"date\":");
    let account = place.account(&["--prune", "news"], 4);
    assert_eq!(account["removed"], 0, "{account}");
    assert_eq!(articles(&place).len(), 2);
}

#[test]
fn what_came_by_standard_input_is_not_pruned() {
    let place = Place::new();
    let index = |text: &str| {
        let mut command = place.command();
        command.args(["index", "--prune", "--quiet", "--input-format=text", "-"]);
        command.stdin(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        std::io::Write::write_all(&mut pipe, text.as_bytes()).unwrap();
        drop(pipe);
        assert!(child.wait().unwrap().success());
    };
    index("Pierwszy artykuł.");
    index("Drugi artykuł.");
    assert_eq!(articles(&place).len(), 2);
}

const FILES: [&str; 3] = ["a.ndjson", "b.ndjson", "c.ndjson"];

/// A small corpus in which the same few articles come again in many places.
fn corpus() -> impl Strategy<Value = Vec<(&'static str, Vec<(String, String)>)>> {
    let record =
        (0..3_u8, 0..3_u8).prop_map(|(id, text)| (id.to_string(), format!("Text {text}.")));
    let records = prop::collection::vec(record, 0..5);
    [records.clone(), records.clone(), records].prop_map(|all| FILES.into_iter().zip(all).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_change_gives_what_the_files_say(versions in prop::collection::vec(corpus(), 2..4)) {
        let place = Place::new();
        for version in &versions {
            write(&place, version);
            place.account(&["--prune", "news"], 0);
        }
        same_as_anew(&place);
    }
}
