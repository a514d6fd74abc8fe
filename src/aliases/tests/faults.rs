//! What is wrong with files: each mistake with its place.

use super::mistakes;
use crate::aliases::Aliases;
use crate::{Error, Mistake};

#[track_caller]
fn check_mistakes(text: &str, expected: &[&str]) {
    assert_eq!(mistakes(text), expected, "{text}");
}

/// An entry of a rule with these lines.
fn entry(rule: &str, lines: &str) -> String {
    format!("[[{rule}]]\n{lines}\n")
}

#[test]
fn shapes_that_are_wrong() {
    for (text, expected) in [
        ("merge", "1:6: not TOML: key with no value, expected `=` []"),
        (
            "[[merge]]\nname = 'A'\nname = 'B'\nforms = ['C']",
            "3:1: not TOML: duplicate key [name]",
        ),
        ("[[join]]\nname = 'A'", "1:3: unknown key: `join` [join]"),
        ("name = 'A'", "1:1: unknown key: `name` [name]"),
        (
            "[merge]\nname = 'A'",
            "1:2: `merge` is no list of entries [merge]",
        ),
        (
            "drop = [{ name = 'A' }]",
            "1:1: `drop` is no list of entries [drop]",
        ),
        (
            "[[drop]]\nname = 'A'\nnmae = 'B'",
            "3:1: unknown key: `nmae` [nmae]",
        ),
        (
            "[[drop]]\nname = 'A'\nforms = ['B']",
            "3:1: unknown key: `forms` [forms]",
        ),
        (
            "[[drop]]\nname = 'A'\n[drop.kind]",
            "3:1: a text is wanted here, not a table [[drop.kind]]",
        ),
        (
            "[[drop]]\nkind = 'person'",
            "1:1: `drop` without `name` [[[drop]]]",
        ),
        (
            "[[drop]]\nname = 7",
            "2:8: a text is wanted here, not an integer [7]",
        ),
        (
            "[[drop]]\nname = ['A']",
            "2:8: a text is wanted here, not an array [['A']]",
        ),
        (
            "[[drop]]\nname = 'A'\nkind = 'osoba'",
            "3:8: unknown kind: `osoba` ['osoba']",
        ),
        (
            "[[drop]]\nname = 'A'\ncomment = true",
            "3:11: a text is wanted here, not a boolean [true]",
        ),
        (
            "[[merge]]\nname = 'A'",
            "1:1: `merge` without `forms` [[[merge]]]",
        ),
        (
            "[[merge]]\nname = 'A'\nforms = 'B'",
            "3:9: `forms` is a list of names, not a string ['B']",
        ),
        (
            "[[merge]]\nname = 'A'\nforms = []",
            "3:9: `forms` without a name [[]]",
        ),
        (
            "[[merge]]\nname = 'A'\nforms = ['B', 3]",
            "3:15: a name is wanted here, not an integer [3]",
        ),
        (
            "[[merge]]\nname = 'A'\nforms = ['B', 'B ']",
            "3:15: listed twice: `B` ['B ']",
        ),
        (
            "[[split]]\nname = 'A'",
            "1:1: `split` without `from` [[[split]]]",
        ),
        (
            "[[rename]]\nname = 'A'",
            "1:1: `rename` without `to` [[[rename]]]",
        ),
    ] {
        check_mistakes(text, &[expected]);
    }
}

#[test]
fn texts_that_are_no_names() {
    for (text, expected) in [
        ("[[drop]]\nname = ''", "2:8: an empty name ['']"),
        (
            "[[drop]]\nname = \" \u{a0}\"",
            "2:8: an empty name [\" \u{a0}\"]",
        ),
        (
            "[[merge]]\nname = 'A'\nforms = ['']",
            "3:10: an empty name ['']",
        ),
        (
            "[[drop]]\nname = \"A\\u0007\"",
            "2:8: a control character in a name [\"A\\u0007\"]",
        ),
        (
            "[[drop]]\nname = \"A\\nB\"",
            "2:8: a control character in a name [\"A\\nB\"]",
        ),
        (
            "[[drop]]\nname = \"A\\t\"",
            "2:8: a control character in a name [\"A\\t\"]",
        ),
        (
            "[[drop]]\nname = 'A'\ncomment = \"\\u001b[2J\"",
            "3:11: a control character in a comment [\"\\u001b[2J\"]",
        ),
    ] {
        check_mistakes(text, &[expected]);
    }
    // A control character as it is stands in no TOML at all.
    let bare = mistakes("[[drop]]\nname = 'A\u{1}'");
    assert!(bare[0].starts_with("2:10: not TOML: "), "{bare:?}");
}

fn merge(name: &str, forms: &str) -> String {
    entry("merge", &format!("name = '{name}'\nforms = [{forms}]"))
}

fn split(name: &str, from: &str) -> String {
    entry("split", &format!("name = '{name}'\nfrom = [{from}]"))
}

fn rename(name: &str, to: &str) -> String {
    entry("rename", &format!("name = '{name}'\nto = '{to}'"))
}

fn dropped(name: &str) -> String {
    entry("drop", &format!("name = '{name}'"))
}

#[test]
fn merges_that_contradict_each_other() {
    for (entries, expected) in [
        (
            vec![merge("A", "'B'"), merge("B", "'A'")],
            "6:10: names go in a circle: `A` → `B` → `A` ['A']",
        ),
        (
            vec![merge("A", "'B'"), merge("B", "'C'"), merge("C", "'A'")],
            "9:10: names go in a circle: `A` → `C` → `B` → `A` ['A']",
        ),
        (
            vec![merge("A", "'B'"), merge("B", "'C'")],
            "5:8: `B` is what others are merged into here, but merged into `A` in line 3 ['B']",
        ),
        (
            vec![merge("A", "'C'"), merge("B", "'C'")],
            "6:10: `C` is merged into `B` here, but merged into `A` in line 3 ['C']",
        ),
        (
            vec![merge("A", "'B'"), merge("A", "'C'")],
            "5:8: `A` is what others are merged into already in line 2 ['A']",
        ),
        (
            vec![merge("A", "'B', 'A'")],
            "3:15: merged with itself: `A` ['A']",
        ),
    ] {
        check_mistakes(&entries.concat(), &[expected]);
    }
    let twice = [merge("A", "'B'"), merge("A", "'B'")].concat();
    let expected = [
        "5:8: `A` is what others are merged into already in line 2 ['A']",
        "6:10: `B` is merged into `A` already in line 3 ['B']",
    ];
    check_mistakes(&twice, &expected);
}

#[test]
fn a_long_circle_is_seen_as_well() {
    let names = 20_000;
    let link = |at: usize| merge(&format!("N{at}"), &format!("'N{}'", (at + 1) % names));
    let circle: String = (0..names).map(link).collect();
    let told = mistakes(&circle);
    assert_eq!(told.len(), 50);
    let expected = "is what others are merged into here, but merged into";
    assert!(told.iter().all(|told| told.contains(expected)), "{told:?}");
}

#[test]
fn other_entries_that_contradict_each_other() {
    for (entries, expected) in [
        (
            vec![merge("A", "'B'"), split("A", "'B'")],
            "6:9: `A` and `B` are kept apart here, but one by another entry ['B']",
        ),
        (
            vec![merge("A", "'B', 'C'"), split("C", "'B'")],
            "6:9: `C` and `B` are kept apart here, but one by another entry ['B']",
        ),
        (
            vec![split("A", "'B'"), split("B", "'A'")],
            "6:9: `B` and `A` are kept apart already in line 3 ['A']",
        ),
        (
            vec![split("A", "'A'")],
            "3:9: kept apart from itself: `A` ['A']",
        ),
        (
            vec![merge("A", "'B'"), dropped("B")],
            "5:8: `B` is dropped here, but merged into `A` in line 3 ['B']",
        ),
        (
            vec![merge("A", "'B'"), dropped("A")],
            "2:8: `A` is what others are merged into here, but dropped in line 5 ['A']",
        ),
        (
            vec![dropped("A"), dropped("A")],
            "4:8: `A` is dropped already in line 2 ['A']",
        ),
        (
            vec![dropped("A"), split("B", "'A'")],
            "5:9: `A` is kept apart here, but dropped in line 2 ['A']",
        ),
        (
            vec![rename("A", "B"), rename("A", "C")],
            "5:8: `A` is renamed to `C` here, but renamed to `B` in line 2 ['A']",
        ),
        (vec![rename("A", "A")], "2:8: renamed to itself: `A` ['A']"),
        (
            vec![rename("A", "B"), rename("B", "A")],
            "5:8: names go in a circle: `B` → `A` → `B` ['B']",
        ),
        (
            vec![rename("A", "B"), rename("B", "C")],
            "3:6: `B` is the new name of `A` here, but renamed to `C` in line 5 ['B']",
        ),
        (
            vec![rename("A", "C"), rename("B", "C")],
            "6:6: `C` is the new name of `B` here, but the new name of `A` in line 3 ['C']",
        ),
        (
            vec![merge("A", "'B'"), rename("A", "C")],
            "2:8: `A` is what others are merged into here, but renamed to `C` in line 5 ['A']",
        ),
        (
            vec![merge("A", "'B'"), rename("B", "C")],
            "5:8: `B` is renamed to `C` here, but merged into `A` in line 3 ['B']",
        ),
        (
            vec![merge("A", "'B'"), rename("C", "A")],
            "6:6: `A` is the new name of `C` here, but what others are merged into in line 2 ['A']",
        ),
        (
            vec![rename("A", "B"), split("A", "'B'")],
            "6:9: `A` and `B` are kept apart here, but one by another entry ['B']",
        ),
    ] {
        check_mistakes(&entries.concat(), &[expected]);
    }
}

#[test]
fn a_name_of_one_kind_contradicts_the_same_of_every_kind() {
    let text = "[[drop]]\nname = 'A'\nkind = 'place'\n[[merge]]\nname = 'B'\nforms = ['A']\n";
    let expected = "6:10: `A` is merged into `B` here, but dropped in line 2 ['A']";
    check_mistakes(text, &[expected]);
}

#[test]
fn all_mistakes_are_told_but_not_without_end() {
    let text = dropped("") + &dropped("A") + &dropped("A");
    check_mistakes(
        &text,
        &[
            "2:8: an empty name ['']",
            "6:8: `A` is dropped already in line 4 ['A']",
        ],
    );
    let told = mistakes(&dropped("").repeat(1000));
    assert_eq!(told.len(), 50);
}

#[test]
fn a_long_line_is_shown_in_part() {
    let text = format!(
        "[[merge]]\nname = 'A'\nforms = ['{}', 7]",
        "ż".repeat(10_000)
    );
    let Err(Error::Aliases { mistakes, .. }) = Aliases::parse(&text, "a".as_ref()) else {
        panic!("it has a mistake");
    };
    let [found] = mistakes.as_slice() else {
        panic!("{mistakes:?}");
    };
    assert_eq!((found.line, found.column), (3, 10_014));
    assert!(found.mistake.text.len() < 200);
    assert_eq!(found.mistake.span.of(&found.mistake.text), "7");
}

#[track_caller]
fn read(bytes: &[u8]) -> Error {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("aliases.toml");
    std::fs::write(&path, bytes).unwrap();
    Aliases::read(&path).unwrap_err()
}

#[test]
fn bytes_that_are_no_text() {
    let Error::Aliases { mistakes, .. } = read(b"# a\nname = '\xc5\x82\xff'") else {
        panic!("it is no UTF-8");
    };
    let [found] = mistakes.as_slice() else {
        panic!("{mistakes:?}");
    };
    assert_eq!((found.line, found.column), (2, 10));
    assert_eq!(found.mistake.message, "the file is not UTF-8");
}

#[test]
fn a_file_of_a_hundred_megabytes() {
    let Error::Mistake(Mistake { message, .. }) = read(&vec![b'\n'; 100 << 20]) else {
        panic!("it is too large");
    };
    assert_eq!(message, "an alias file of more than 16 MB");
}

#[test]
fn a_file_that_is_not_there() {
    let missing = Aliases::read("no/such/file".as_ref());
    assert!(matches!(missing, Err(Error::Io { .. })));
}
