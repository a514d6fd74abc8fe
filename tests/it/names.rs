//! Who is who across articles, measured on articles written for it: `tests/names`, see the README
//! there.
//!
//! `KRONIKA_MISSES=1 cargo test --test it names -- --nocapture` prints what is not as it should be.

#![allow(
    clippy::print_stdout,
    reason = "what is missed is told to those who ask"
)]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kronika::model::EntityKind;
use kronika::names::{Grade, compare};
use serde_json::Value;
use toml_edit::DocumentMut;

use crate::program::Place;

/// Of all questions with two spellings of the two who met, so many hundredths have one answer.
const SPELLINGS: usize = 90;

/// Groups of which too few articles have the meeting, for a name that was not found in them: whom
/// an article names is not for the table of names to say.
const NOT_FOUND: usize = 2;

/// An index of all articles.
static ALL: LazyLock<Place> = LazyLock::new(|| {
    let place = Place::new();
    let texts = ["groups", "apart"].map(folder);
    let [groups, apart] = texts.each_ref().map(|texts| texts.to_str().unwrap());
    place.fine(&["index", groups, apart]);
    place
});

fn folder(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("tests/names").join(name)
}

/// The folders below one, in order.
fn folders(name: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder(name)).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn expected(folder: &Path) -> DocumentMut {
    let text = std::fs::read_to_string(folder.join("expected.toml")).unwrap();
    text.parse().unwrap()
}

/// A name and all spellings of everybody who took part.
fn persons(expected: &DocumentMut) -> Vec<(String, Vec<String>)> {
    let persons = expected["person"].as_array_of_tables().unwrap().iter();
    let text = |value: &toml_edit::Value| value.as_str().unwrap().to_owned();
    persons
        .map(|person| {
            let spellings = person["spellings"].as_array().unwrap().iter();
            let name = person["name"].as_str().unwrap().to_owned();
            (name, spellings.map(text).collect())
        })
        .collect()
}

/// What `met` answers when asked for two people on a day.
fn met(one: &str, other: &str, day: &str) -> Value {
    let arguments = ["met", one, other, "--on", day, "--merge", "--json"];
    serde_json::from_str(&ALL.fine(&arguments).out).unwrap()
}

fn miss(text: &str) {
    if std::env::var_os("KRONIKA_MISSES").is_some() {
        println!("{text}");
    }
}

#[test]
fn one_event_told_with_many_spellings_is_one_answer() {
    let mut wrong = Vec::new();
    let (mut asked, mut right) = (0, 0);
    for folder in folders("groups") {
        let expected = expected(&folder);
        let day = expected["day"].as_str().unwrap();
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let persons = persons(&expected);
        let [(one, ones), (other, others), ..] = persons.as_slice() else {
            panic!("{name} is a meeting of one");
        };
        let answer = met(one, other, day);
        let proofs = answer["meetings"][0]["proofs"].as_array();
        let proofs = proofs.map_or(0, Vec::len);
        if answer["total"] != 1 || proofs < 2 {
            wrong.push(format!(
                "{name}: {} answers, {proofs} proofs",
                answer["total"]
            ));
        }
        for one in ones {
            for other in others {
                let total = met(one, other, day)["total"].as_u64().unwrap();
                asked += 1;
                right += usize::from(total == 1);
                if total != 1 {
                    miss(&format!("{name}: {one} and {other}: {total}"));
                }
            }
        }
    }
    println!("{right} of {asked} questions have one answer; wrong groups: {wrong:#?}");
    assert!(wrong.len() <= NOT_FOUND, "{wrong:#?}");
    assert!(right * 100 >= asked * SPELLINGS, "{right} of {asked}");
}

/// Who a name is taken for.
fn entities(name: &str) -> Vec<String> {
    let run = ALL.fine(&["query", "--person", name, "--json", "-n", "0"]);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let entities = answer["understood"]["names"][0]["entities"].as_array();
    let entities = entities.unwrap().iter();
    entities
        .map(|entity| entity["name"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn people_with_close_names_stay_apart() {
    let pairs = std::fs::read_to_string(folder("apart.tsv")).unwrap();
    let mut in_articles = 0;
    let mut wrong = Vec::new();
    for line in pairs.lines().skip(1) {
        let [one, other, articles, _] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("not four columns: {line}");
        };
        let likeness = compare(one, other, EntityKind::Person);
        if likeness.grade == Grade::Same {
            wrong.push(format!(
                "{one} and {other} are the same: {:?}",
                likeness.evidence
            ));
        }
        let (ones, others) = (entities(one), entities(other));
        if articles != "-" {
            in_articles += usize::from(!ones.is_empty() && !others.is_empty());
            if ones.is_empty() || others.is_empty() {
                miss(&format!("not found: {one} {ones:?}, {other} {others:?}"));
            }
        }
        if ones.iter().any(|one| others.contains(one)) {
            wrong.push(format!("{one} is {ones:?}, {other} is {others:?}"));
        }
    }
    println!("{in_articles} pairs are both found; wrong: {wrong:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(
        in_articles >= 12,
        "only {in_articles} pairs are in articles"
    );
}
