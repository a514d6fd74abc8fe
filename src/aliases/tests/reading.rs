//! Files as users write them, and what they mean.

use super::aliases;
use crate::aliases::{Aliases, Resolution};
use crate::model::{AliasRule, EntityKind};

use EntityKind::{Organization, Person, Place};

const FILE: &str = r#"
# The president.
[[merge]]
name = "Alaksandr Łukaszenka"
forms = [
    "Aleksander Łukaszenko", # in Polish
    "Alexander Lukashenko",
]
kind = "person"
comment = "as our style guide wants it"

[[split]]
name = "Jan Kowalski"
from = ["Jan Kowalski junior", "Kowalski"]

[[rename]]
name = "Bank Pekao"
to = "Pekao SA"
kind = "organization"

[[drop]]
name = "Reklama"

[[merge]]
name = "NATO"
forms = ["Sojusz Północnoatlantycki"]
"#;

#[track_caller]
fn check_resolution(name: &str, kind: EntityKind, expected: Resolution) {
    assert_eq!(aliases(FILE).resolve(name, kind), expected, "{name}");
}

#[test]
fn names_stand_for_names() {
    use Resolution::{Dropped, Itself, Merged, Renamed};
    for (name, kind, expected) in [
        (
            "Alexander Lukashenko",
            Person,
            Merged("Alaksandr Łukaszenka"),
        ),
        ("Alexander Lukashenko", Organization, Itself),
        ("Alaksandr Łukaszenka", Person, Itself),
        ("Sojusz Północnoatlantycki", Organization, Merged("NATO")),
        ("Sojusz Północnoatlantycki", Place, Merged("NATO")),
        ("Bank Pekao", Organization, Renamed("Pekao SA")),
        ("Bank Pekao", Person, Itself),
        ("Pekao SA", Organization, Itself),
        ("Reklama", Person, Dropped),
        ("Jan Kowalski", Person, Itself),
        ("nobody", Person, Itself),
        ("", Person, Itself),
    ] {
        check_resolution(name, kind, expected);
    }
}

#[test]
fn case_and_diacritics_count_but_not_how_they_are_written() {
    use Resolution::{Itself, Merged};
    let merged = Merged("Alaksandr Łukaszenka");
    let nato = Merged("NATO");
    for (name, expected) in [
        ("  Alexander Lukashenko\t", merged),
        ("alexander lukashenko", Itself),
        ("Aleksander Lukaszenko", Itself),
        ("Sojusz Po\u{301}łnocnoatlantycki", nato),
    ] {
        check_resolution(name, Person, expected);
    }
}

#[track_caller]
fn check_forms(name: &str, kind: EntityKind, expected: &[&str]) {
    assert_eq!(aliases(FILE).forms_of(name, kind), expected, "{name}");
}

#[test]
fn entities_have_all_their_names() {
    for (name, kind, expected) in [
        (
            "Alaksandr Łukaszenka",
            Person,
            ["Aleksander Łukaszenko", "Alexander Lukashenko"].as_slice(),
        ),
        ("Alaksandr Łukaszenka", Place, &[]),
        ("Alexander Lukashenko", Person, &[]),
        ("Pekao SA", Organization, &["Bank Pekao"]),
        ("Bank Pekao", Organization, &[]),
        ("Reklama", Person, &[]),
    ] {
        check_forms(name, kind, expected);
    }
}

#[track_caller]
fn check_split(text: &str, one: &str, other: &str, expected: bool) {
    let aliases = aliases(text);
    for (one, other) in [(one, other), (other, one)] {
        assert_eq!(
            aliases.is_split(one, other, Person),
            expected,
            "{one}, {other}"
        );
    }
}

#[test]
fn names_stay_apart_with_all_that_is_merged_into_them() {
    check_split(FILE, "Jan Kowalski", "Jan Kowalski junior", true);
    check_split(FILE, "Jan Kowalski", "Kowalski", true);
    check_split(FILE, "Jan Kowalski junior", "Kowalski", false);
    check_split(FILE, "Jan Kowalski", "Jan Kowalski", false);
    let merged = "[[split]]\nname = 'A'\nfrom = ['B']\n[[merge]]\nname = 'A'\nforms = ['a']\n\
                  [[rename]]\nname = 'B'\nto = 'b'\n";
    check_split(merged, "a", "B", true);
    check_split(merged, "a", "b", true);
    check_split(merged, "a", "A", false);
    let places = "[[split]]\nname = 'A'\nfrom = ['B']\nkind = 'place'\n";
    check_split(places, "A", "B", false);
}

#[test]
fn entries_are_told_as_they_stand() {
    let aliases = aliases(FILE);
    let lines: Vec<(usize, &str)> = aliases
        .entries()
        .iter()
        .map(|alias| (alias.line, alias.rule.name()))
        .collect();
    let expected = [
        (3, "merge"),
        (12, "split"),
        (16, "rename"),
        (21, "drop"),
        (24, "merge"),
    ];
    assert_eq!(lines, expected);
    let first = &aliases.entries()[0];
    assert_eq!(
        first.comment.as_deref(),
        Some("as our style guide wants it")
    );
    assert_eq!(first.kind, Some(Person));
    assert_eq!(
        aliases.entries()[2].rule,
        AliasRule::Rename("Pekao SA".to_owned())
    );
}

#[test]
fn what_is_not_there_says_nothing() {
    for text in ["", "\n", "# nothing yet", "\u{feff}"] {
        assert_eq!(aliases(text), Aliases::default());
    }
    let with_mark = format!("\u{feff}{}", FILE.replace('\n', "\r\n"));
    assert_eq!(aliases(&with_mark), aliases(FILE));
}

#[test]
fn one_name_may_be_two_things_in_two_kinds() {
    let text = "[[merge]]\nname = 'Paryż'\nforms = ['Paris']\nkind = 'place'\n\
                [[drop]]\nname = 'Paris'\nkind = 'person'\n";
    let aliases = aliases(text);
    assert_eq!(aliases.resolve("Paris", Place), Resolution::Merged("Paryż"));
    assert_eq!(aliases.resolve("Paris", Person), Resolution::Dropped);
    assert_eq!(aliases.resolve("Paris", Organization), Resolution::Itself);
}
