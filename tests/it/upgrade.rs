//! Indexes of earlier versions: one of each format is kept in `tests/frozen`, so that a change of
//! the format that was not meant is seen, and users of an old one are told the way.
//!
//! They were made of two articles by `kronika index a.ndjson --threads 1`.

use std::fs;
use std::path::{Path, PathBuf};

use kronika::index::FORMAT_VERSION;
use serde_json::Value;

use crate::program::{Place, copy};

/// Every verb that reads an index.
const READERS: &[&[&str]] = &[
    &["query", "Biden"],
    &["met"],
    &["timeline"],
    &["graph"],
    &["entities"],
    &["kwic", "Biden"],
    &["show", "genewa"],
    &["status"],
    &["alias", "suggest"],
];

fn frozen() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen")
}

/// A copy of a frozen index in a fresh folder.
fn thawed(format: &str) -> Place {
    let place = Place::new();
    copy(&frozen().join(format), &place.path("index"));
    place
}

fn describe(place: &Place, field: &str, value: Value) {
    let file = place.path("index/kronika.json");
    let mut description: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    description[field] = value;
    fs::write(file, description.to_string()).unwrap();
}

/// All verbs refuse the index, name its format, say how to go on, and change nothing.
#[track_caller]
fn refused(place: &Place, format: u32) {
    let format = format!("format {format}");
    place.write("a.txt", "Artykuł.");
    let writers: [&[&str]; 2] = [&["index", "a.txt"], &["index", "--prune", "a.txt"]];
    for arguments in READERS.iter().chain(&writers) {
        let run = place.run(arguments);
        run.fails(3, &[&format, "kronika index --rebuild"]);
        assert_eq!(run.out, "", "{arguments:?}");
    }
    place.run(&["verify"]).fails(3, &[]);
    assert_eq!(place.account(&["--rebuild", "a.txt"], 0)["added"], 1);
    place.fine(&["query"]);
}

#[test]
fn an_index_of_this_format_is_read() {
    let place = thawed(&FORMAT_VERSION.to_string());
    for arguments in READERS {
        place.fine(arguments);
    }
    let ids = |arguments: &[&str]| place.fine(&[arguments, &["--format", "ids"]].concat()).out;
    assert_eq!(ids(&["query"]), "genewa\nvisit\n");
    assert_eq!(ids(&["query", "--person", "Putina"]), "genewa\n");
    assert_eq!(ids(&["query", "spotkanie OR meets"]), "genewa\nvisit\n");
    assert_eq!(ids(&["met", "Scholz", "--status", "planned"]), "visit\n");
    assert_eq!(ids(&["met", "Biden", "Putin"]), "genewa\n");
}

#[test]
fn an_index_of_another_format_is_refused_with_the_way() {
    for entry in fs::read_dir(frozen()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let format: u32 = name.parse().unwrap();
        if format != FORMAT_VERSION {
            refused(&thawed(&name), format);
        }
    }
    let place = thawed(&FORMAT_VERSION.to_string());
    describe(&place, "format", Value::from(FORMAT_VERSION + 1));
    refused(&place, FORMAT_VERSION + 1);
}

#[test]
fn an_index_of_other_dictionaries_is_read_but_not_added_to() {
    let place = thawed(&FORMAT_VERSION.to_string());
    describe(&place, "analysis", Value::from("words 0"));
    for arguments in READERS {
        place.fine(arguments);
    }
    place.write("a.txt", "Artykuł.");
    let run = place.run(&["index", "a.txt"]);
    run.fails(3, &["words 0", "kronika index --rebuild"]);
}
