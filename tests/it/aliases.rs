//! The user's own file of names, as the program finds, checks and changes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::program::Place;
use crate::shapes::present;

const FILE: &str = "[[merge]]\nname = 'Donald Tusk'\nforms = ['D. Tusk']\n";

/// Where the file is looked for: with these arguments it is `file`.
#[track_caller]
fn check_place(arguments: &[&str], file: &str) {
    let place = Place::new();
    std::fs::create_dir_all(place.path("news/deep")).unwrap();
    let edit = [&["alias", "merge", "Donald Tusk", "D. Tusk"], arguments].concat();
    place.fine(&edit);
    assert!(place.path(file).exists(), "{arguments:?}");
    let list = place.fine(&[&["alias", "list"], arguments].concat());
    assert_eq!(list.out, "merge   Donald Tusk ← D. Tusk\n");
    assert_eq!(list.err, "");
}

#[test]
fn the_file_lies_beside_the_index() {
    check_place(&[], "aliases.toml");
    check_place(&["-i", "news/index"], "news/aliases.toml");
    check_place(&["-i", "news/"], "aliases.toml");
    check_place(&["-i", "news/deep/.."], "aliases.toml");
    check_place(&["--aliases", "news/team.toml"], "news/team.toml");
}

#[test]
fn the_environment_names_the_file() {
    let place = Place::new();
    place.write("team.toml", FILE);
    let mut command = place.command();
    let command = command.env("KRONIKA_ALIASES", "team.toml");
    let output = command.args(["alias", "list"]).output().unwrap();
    assert_eq!(output.stdout, "merge   Donald Tusk ← D. Tusk\n".as_bytes());
}

#[test]
fn only_a_file_that_is_named_has_to_be_there() {
    let place = Place::new();
    for verb in ["list", "check"] {
        let run = place.fine(&["alias", verb]);
        assert!(run.err.contains("there is no file of names"), "{}", run.err);
        let named = place.run(&["alias", verb, "--aliases", "team.toml"]);
        named.fails(6, &["team.toml", "hint:"]);
    }
}

#[test]
fn a_check_without_an_index_says_so() {
    let place = Place::new();
    place.write("aliases.toml", FILE);
    let run = place.fine(&["alias", "check"]);
    assert_eq!(run.out, "aliases.toml: 1 entry, no contradiction\n");
    assert!(run.err.contains("no name was looked up"), "{}", run.err);
    place.write("index/kronika.json", "{");
    place.run(&["alias", "check"]).fails(3, &["hint:"]);
}

#[test]
fn a_check_tells_what_the_index_does_not_have() {
    let place = Place::new();
    place.write(
        "news/a.json",
        r#"{"id":"1","date":"2023-02-15","text":"Rozmowa.","persons":["Donald Tusk"],
            "organizations":["Pekao SA"],"places":["Paryż"]}"#,
    );
    place.fine(&["index", "news"]);
    place.write(
        "aliases.toml",
        "[[merge]]\nname = 'Donald Tusk'\nforms = ['Donald Tsuk', 'donald tusk']\n\
         [[rename]]\nname = 'Bank Pekao'\nto = 'Pekao SA'\n\
         [[drop]]\nname = 'Paryż'\nkind = 'person'\n\
         [[split]]\nname = 'Nikt taki'\nfrom = ['Donald Tusk']\n",
    );
    let expected = "\
aliases.toml:1: no article has the name `Donald Tsuk`; near it: `Donald Tusk` (person)
aliases.toml:1: no article has the name `donald tusk`; near it: `Donald Tusk` (person)
aliases.toml:4: `Pekao SA` is in the index already; to make the two one, merge them
aliases.toml:4: no article has the name `Bank Pekao`
aliases.toml:7: no article has the person `Paryż`; near it: `Paryż` (place)
aliases.toml:10: no article has the name `Nikt taki`
aliases.toml: 4 entries, no contradiction
";
    assert_eq!(place.fine(&["alias", "check"]).out, expected);
    // An article that is gone takes its names with it.
    std::fs::remove_dir_all(place.path("news")).unwrap();
    std::fs::create_dir(place.path("news")).unwrap();
    place.fine(&["index", "news", "--prune"]);
    let pruned = place.fine(&["alias", "check"]).out;
    assert!(
        pruned.contains("no article has the name `Donald Tusk`\n"),
        "{pruned}"
    );
}

/// Names that are near `name` when the index has these persons.
#[track_caller]
fn check_near(name: &str, expected: &[&str]) {
    let place = Place::new();
    place.write(
        "news/a.json",
        r#"{"id":"1","text":"Rozmowa.","persons":["Lis","Anna Nowak","Hanna Nowak","Łukaszenka"]}"#,
    );
    place.fine(&["index", "news"]);
    let file = format!("[[drop]]\nname = '{name}'\nkind = 'person'\n");
    place.write("aliases.toml", file);
    let check: Check = read(&place.fine(&["alias", "check", "--json"]).out);
    let near = check.findings.iter().flat_map(|finding| &finding.near);
    let near: Vec<&str> = near.map(|near| near.name.as_str()).collect();
    assert_eq!(near, expected, "{name}");
}

#[test]
fn names_are_near_by_a_letter_or_two() {
    let long = "Nowak ".repeat(40);
    for (name, expected) in [
        ("Lsi", ["Lis"].as_slice()),
        ("Lsy", &[]),
        ("Anna Novak", &["Anna Nowak"]),
        ("Hana Nowak", &["Hanna Nowak", "Anna Nowak"]),
        ("Lukaszenko", &["Łukaszenka"]),
        ("Lukashenko", &[]),
        ("Anna Nowak", &[]),
        (long.trim(), &[]),
    ] {
        check_near(name, expected);
    }
}

#[test]
fn an_edit_and_its_undoing_leave_the_file_and_the_index_as_they_were() {
    let place = Place::new();
    place.write("news/a.txt", "Donald Tusk rozmawiał z dziennikarzami.");
    place.fine(&["index", "news"]);
    place.write("aliases.toml", FILE);
    let status = || place.fine(&["status", "--json"]).out;
    let before = status();
    let read = || std::fs::read_to_string(place.path("aliases.toml")).unwrap();
    place.fine(&["alias", "merge", "Tusk", "Donald", "--comment", "why"]);
    assert_ne!(read(), FILE);
    place.fine(&["alias", "split", "Tusk", "Donald"]);
    assert_eq!(read(), FILE);
    place.fine(&["alias", "split", "Tusk", "Donald", "--dry-run"]);
    assert_eq!(read(), FILE);
    assert_eq!(status(), before);
}

#[test]
fn files_that_are_wrong_are_refused_by_every_verb() {
    let place = Place::new();
    let wrong: &[(&str, Vec<u8>)] = &[
        (
            "chain.toml",
            b"[[merge]]\nname='A'\nforms=['B']\n[[merge]]\nname='B'\nforms=['C']".into(),
        ),
        ("bytes.toml", b"[[drop]]\nname = '\xff'".into()),
        ("large.toml", vec![b'#'; 17 << 20]),
        (
            "deep.toml",
            format!("a = {}", "[".repeat(1 << 20)).into_bytes(),
        ),
        ("controls.toml", b"[[drop]]\nname = \"\\u001b[31m\"".into()),
        (
            "escapes.toml",
            "[[drop]]\nname = 1 # \u{202e}\u{200b}".into(),
        ),
    ];
    for (name, bytes) in wrong {
        place.write(name, bytes);
        for verb in [
            ["alias", "list"].as_slice(),
            &["alias", "check"],
            &["alias", "merge", "X", "Y"],
            &["alias", "split", "X", "Y"],
        ] {
            let run = place.run(&[verb, &["--aliases", name]].concat());
            run.fails(2, &[name, "hint:"]);
            assert!(run.err.len() < 2000, "{}", run.err);
            assert!(!run.err.contains(['\u{1b}', '\u{202e}', '\u{200b}']));
        }
        assert_eq!(&std::fs::read(place.path(name)).unwrap(), bytes);
    }
    std::fs::create_dir(place.path("folder.toml")).unwrap();
    place
        .run(&["alias", "list", "--aliases", "folder.toml"])
        .fails(6, &["folder.toml"]);
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Aliases {
    schema: String,
    file: String,
    aliases: Vec<Alias>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Alias {
    schema: String,
    rule: String,
    name: String,
    others: Vec<String>,
    #[serde(deserialize_with = "present")]
    kind: Option<String>,
    #[serde(deserialize_with = "present")]
    comment: Option<String>,
    line: usize,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    schema: String,
    file: String,
    aliases: usize,
    mistakes: Vec<Mistake>,
    #[serde(deserialize_with = "present")]
    index: Option<String>,
    findings: Vec<Finding>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    line: usize,
    column: usize,
    message: String,
    #[serde(deserialize_with = "present")]
    hint: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    line: usize,
    #[serde(deserialize_with = "present")]
    kind: Option<String>,
    name: String,
    trouble: String,
    near: Vec<Near>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Near {
    kind: String,
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    schema: String,
    file: String,
    changes: Vec<Change>,
    written: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    did: String,
    name: String,
    form: String,
}

#[track_caller]
fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

#[test]
fn lists_keep_their_shape() {
    let place = Place::new();
    place.write(
        "aliases.toml",
        format!("{FILE}kind = 'person'\ncomment = 'why'\n[[drop]]\nname = 'A'\n"),
    );
    let whole: Aliases = read(&place.fine(&["alias", "list", "--json"]).out);
    assert_eq!(whole.schema, "kronika.aliases/1");
    assert_eq!(whole.file, "aliases.toml");
    let [merge, drop] = whole.aliases.as_slice() else {
        panic!("{whole:?}");
    };
    assert_eq!(merge.schema, "kronika.alias/1");
    assert_eq!(
        (merge.rule.as_str(), merge.name.as_str()),
        ("merge", "Donald Tusk")
    );
    assert_eq!(merge.others, ["D. Tusk"]);
    assert_eq!(merge.kind.as_deref(), Some("person"));
    assert_eq!(merge.comment.as_deref(), Some("why"));
    assert_eq!(
        (drop.line, drop.kind.as_deref(), drop.comment.as_deref()),
        (6, None, None)
    );
    let lines = place.fine(&["alias", "list", "--nl"]).out;
    let lines: Vec<Alias> = lines.lines().map(read).collect();
    assert_eq!(lines, whole.aliases);
    let places = place
        .fine(&["alias", "list", "--nl", "--kind", "place"])
        .out;
    assert_eq!(places.lines().count(), 1);
}

#[test]
fn checks_keep_their_shape() {
    let place = Place::new();
    place.write(
        "news/a.json",
        r#"{"id":"1","text":"Rozmowa.","persons":["Donald Tusk"]}"#,
    );
    place.fine(&["index", "news"]);
    let file = FILE.replace("D. Tusk", "Donald Tsuk") + "kind = 'person'\n";
    place.write("aliases.toml", file);
    let check: Check = read(&place.fine(&["alias", "check", "--json"]).out);
    assert_eq!(check.schema, "kronika.alias_check/1");
    assert_eq!((check.file.as_str(), check.aliases), ("aliases.toml", 1));
    assert_eq!(check.index.as_deref(), Some("index"));
    assert!(check.mistakes.is_empty());
    let [finding] = check.findings.as_slice() else {
        panic!("{check:?}");
    };
    assert_eq!((finding.line, finding.kind.as_deref()), (1, Some("person")));
    assert_eq!(
        (finding.name.as_str(), finding.trouble.as_str()),
        ("Donald Tsuk", "unknown")
    );
    let [near] = finding.near.as_slice() else {
        panic!("{check:?}");
    };
    assert_eq!(
        (near.kind.as_str(), near.name.as_str()),
        ("person", "Donald Tusk")
    );
    place.write("aliases.toml", "[[drop]]\n");
    let run = place.run(&["alias", "check", "--json", "-i", "nowhere"]);
    run.fails(2, &["no name was looked up"]);
    assert!(!place.path("nowhere").exists());
    let check: Check = read(&run.out);
    let [mistake] = check.mistakes.as_slice() else {
        panic!("{check:?}");
    };
    assert_eq!((mistake.line, mistake.column), (1, 1));
    assert_eq!(mistake.message, "`drop` without `name`");
    assert!(mistake.hint.is_some());
    assert_eq!(check.index, None);
}

#[test]
fn edits_keep_their_shape() {
    let place = Place::new();
    place.write("aliases.toml", FILE);
    let edit = |verb: &str, more: &[&str]| -> Edit {
        let arguments = ["alias", verb, "Donald Tusk", "D. Tusk", "--json"];
        read(&place.fine(&[&arguments, more].concat()).out)
    };
    for (verb, more, did, written) in [
        ("merge", [].as_slice(), "was_merged", false),
        ("split", &["--dry-run"], "unmerged", false),
        ("split", &[], "unmerged", true),
        ("split", &[], "kept_apart", true),
        ("split", &[], "was_apart", false),
    ] {
        let edit = edit(verb, more);
        assert_eq!(edit.schema, "kronika.alias_edit/1");
        assert_eq!(edit.file, "aliases.toml");
        let [change] = edit.changes.as_slice() else {
            panic!("{edit:?}");
        };
        assert_eq!((change.did.as_str(), edit.written), (did, written));
        assert_eq!(
            (change.name.as_str(), change.form.as_str()),
            ("Donald Tusk", "D. Tusk")
        );
    }
    let last = edit("merge", &[]);
    let did: Vec<&str> = last
        .changes
        .iter()
        .map(|change| change.did.as_str())
        .collect();
    assert_eq!(did, ["no_longer_apart", "merged"]);
    assert_eq!(
        std::fs::read_to_string(place.path("aliases.toml")).unwrap(),
        FILE.replace('\'', "\"")
    );
}

/// Every file below a folder with its bytes and the moment it was written.
fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let written = path.metadata().unwrap().modified().unwrap();
            found.insert(path.clone(), (std::fs::read(&path).unwrap(), written));
        }
    }
    found
}

#[test]
fn a_merge_changes_no_file_of_the_index_but_the_cache() {
    let place = Place::new();
    place.fine(&["index", Place::corpus().to_str().unwrap()]);
    let ask = |name: &str| -> BTreeSet<String> {
        let run = place.fine(&["query", "--person", name, "--format", "ids"]);
        run.out.lines().map(str::to_owned).collect()
    };
    let (putin, macron) = (ask("Władimir Putin"), ask("Emmanuel Macron"));
    assert!(!putin.is_empty() && !macron.is_empty() && putin != macron);
    let before = files(&place.path("index"));

    place.fine(&["alias", "merge", "Władimir Putin", "Emmanuel Macron"]);
    assert_eq!(files(&place.path("index")), before);
    let both: BTreeSet<String> = putin.union(&macron).cloned().collect();
    assert_eq!(ask("Emmanuel Macron"), both);
    let run = place.fine(&["query", "--person", "Macron", "-n", "1"]);
    assert!(run.err.contains("Macron: Władimir Putin ("), "{}", run.err);
    let after = files(&place.path("index"));
    let changed = after
        .iter()
        .filter(|(path, file)| before.get(*path) != Some(file));
    let changed: Vec<_> = changed.map(|(path, _)| path.file_name().unwrap()).collect();
    assert_eq!(changed, ["names.table"]);
    assert_eq!(before.len(), after.len());

    place.fine(&["alias", "split", "Władimir Putin", "Emmanuel Macron"]);
    assert_eq!((ask("Putin"), ask("Macron")), (putin, macron));
}

#[test]
fn a_damaged_cache_is_built_anew() {
    let place = Place::new();
    place.fine(&["index", Place::corpus().to_str().unwrap()]);
    let ask = || {
        place
            .fine(&["query", "--person", "Putin", "--format", "ids"])
            .out
    };
    let answer = ask();
    let path = place.path("index/names.table");
    let whole = std::fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    for damaged in [&flipped, &whole[..middle], b"", b"kronika"] {
        std::fs::write(&path, damaged).unwrap();
        assert_eq!(ask(), answer);
        assert_eq!(std::fs::read(&path).unwrap(), whole);
    }
    std::fs::remove_file(&path).unwrap();
    assert_eq!(ask(), answer);
    // What cannot be written is done without.
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    assert_eq!(ask(), answer);
}

#[test]
fn renamed_and_dropped_names_are_so_in_answers() {
    let place = Place::new();
    place.fine(&["index", Place::corpus().to_str().unwrap()]);
    let file = "[[rename]]\nname = 'Władimir Putin'\nto = 'W. W. Putin'\n\
                [[drop]]\nname = 'Emmanuel Macron'\n";
    place.write("aliases.toml", file);
    let run = place.fine(&["query", "--person", "Putin", "-n", "1"]);
    assert!(run.err.contains("Putin: W. W. Putin ("), "{}", run.err);
    let run = place.fine(&["met", "Putin", "-n", "1"]);
    assert!(run.out.contains("W. W. Putin"), "{}", run.out);
    let run = place.fine(&["query", "--person", "Emmanuel Macron", "--format", "ids"]);
    assert_eq!(run.out, "");
    place.write("aliases.toml", "[[merge]]\nname = 'A'\nforms = ['A']\n");
    place
        .run(&["query", "--person", "Putin"])
        .fails(2, &["aliases.toml:3", "merged with itself"]);
    place.fine(&["query", "rozmowa"]);
}
