//! The house rules, held against our own files.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below `folder`, with its text.
fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), &mut found);
    assert!(!found.is_empty(), "no files below {folder}");
    found
}

/// Lines of code that mention `word`, outside comments.
fn uses(text: &str, word: &str) -> bool {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| line.contains(word))
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests"] {
        for (name, text) in sources(folder) {
            assert!(text.starts_with("//!"), "{name} does not begin with `//!`");
        }
    }
}

#[test]
fn only_index_knows_tantivy() {
    for (name, text) in sources("src") {
        let allowed = name.starts_with("src/index/");
        assert!(allowed || !uses(&text, "tantivy::"), "{name} names Tantivy");
    }
}

#[test]
fn only_main_reads_the_clock() {
    for (name, text) in sources("src") {
        let allowed = name == "src/main.rs";
        for clock in ["SystemTime::now", "ZonedDateTime::now", "Timestamp::now"] {
            assert!(allowed || !uses(&text, clock), "{name} reads the clock");
        }
    }
}

#[test]
fn the_arrows_never_turn_back() {
    // Which folders or files of `src` each may use, besides itself and the error type.
    let arrows: &[(&str, &[&str])] = &[
        ("model", &[]),
        ("text", &["model"]),
        ("lang", &["model", "text"]),
        ("terms", &["model", "text", "lang"]),
        ("dates", &["model", "text", "lang"]),
        ("meetings", &["model", "text", "lang"]),
        ("names", &["model", "text", "lang"]),
        ("aliases", &["model"]),
        (
            "entities",
            &[
                "model", "text", "lang", "terms", "names", "aliases", "index",
            ],
        ),
        ("query", &["model", "dates"]),
        ("source", &["model", "dates"]),
        ("annotate", &["model", "text", "lang", "terms"]),
        ("index", &["model", "text", "lang", "terms"]),
        ("timeline", &["model"]),
        ("graph", &["model", "text"]),
        ("render", &["model"]),
    ];
    let all = [
        "aliases", "annotate", "cli", "dates", "entities", "graph", "index", "ingest", "lang",
        "meetings", "model", "names", "query", "render", "source", "terms", "text", "timeline",
    ];
    for (name, text) in sources("src") {
        let text = text.split("#[cfg(test)]").next().unwrap();
        let Some(noun) = name.split(['/', '.']).nth(1) else {
            continue;
        };
        let Some((_, allowed)) = arrows.iter().find(|(from, _)| *from == noun) else {
            continue;
        };
        for target in all {
            let used = uses(text, &format!("crate::{target}::"));
            let fine = target == noun || allowed.contains(&target);
            assert!(!used || fine, "{name} uses {target}");
        }
    }
}

#[test]
fn model_does_no_input_or_output() {
    for (name, text) in sources("src/model") {
        for word in ["std::fs", "std::io", "std::env", "serde", "println"] {
            assert!(!uses(&text, word), "{name} uses {word}");
        }
    }
}

#[test]
fn nothing_speaks_to_a_network() {
    for (name, text) in sources("src") {
        assert!(!uses(&text, "std::net"), "{name} opens a socket");
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut in_dependencies = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.ends_with("dependencies]");
        } else if in_dependencies && !line.trim().is_empty() {
            assert!(line.contains(" # "), "no reason given: {line}");
        }
    }
}
