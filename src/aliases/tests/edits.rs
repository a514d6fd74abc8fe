//! Edits of the file: what they change, and what they leave alone.

use super::aliases;
use crate::aliases::{AliasFile, Resolution, Wish};
use crate::model::{AliasChange, EntityKind};
use crate::{Error, Result};

fn wish(name: &str, forms: &[&str]) -> Wish {
    Wish {
        name: name.to_owned(),
        forms: forms.iter().map(|form| (*form).to_owned()).collect(),
        kind: None,
        comment: None,
    }
}

/// A file with this text, in a folder of its own.
fn file(text: &str) -> (tempfile::TempDir, AliasFile) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("aliases.toml");
    std::fs::write(&path, text).unwrap();
    (folder, AliasFile::open(&path).unwrap())
}

type Change = fn(&mut AliasFile, &Wish) -> Result<Vec<AliasChange>>;

#[track_caller]
fn check(before: &str, change: Change, wish: &Wish, after: &str) {
    let (_folder, mut file) = file(before);
    change(&mut file, wish).unwrap();
    assert_eq!(file.text(), after);
}

const TUSK: &str = "# Who is who.\n\n[[merge]]\nname = \"Donald Tusk\"\nforms = [\"Tusk\"]\n";

#[test]
fn a_merge_is_added_and_undone() {
    let tusk = wish("Donald Tusk", &["Tusk"]);
    check("# Who is who.\n", AliasFile::merge, &tusk, TUSK);
    check(TUSK, AliasFile::split, &tusk, "# Who is who.\n");
    let reversed = wish("Tusk", &["Donald Tusk"]);
    check(TUSK, AliasFile::split, &reversed, "# Who is who.\n");
}

#[test]
fn the_first_entry_of_all() {
    let wish = Wish {
        kind: Some(EntityKind::Person),
        comment: Some("why \"not\"".to_owned()),
        ..wish(" Jan \"Ryba\" Kowalski", &["d'Ark"])
    };
    let expected = "[[split]]\nname = 'Jan \"Ryba\" Kowalski'\nfrom = [\"d'Ark\"]\n\
                    kind = \"person\"\ncomment = 'why \"not\"'\n";
    check("", AliasFile::split, &wish, expected);
    check(
        "\u{feff}",
        AliasFile::split,
        &wish,
        &format!("\u{feff}{expected}"),
    );
}

#[test]
fn line_ends_are_those_of_the_file() {
    let windows = TUSK.replace('\n', "\r\n");
    let tusk = wish("Donald Tusk", &["Tusk"]);
    check("# Who is who.\r\n", AliasFile::merge, &tusk, &windows);
    check(&windows, AliasFile::split, &tusk, "# Who is who.\r\n");
}

#[test]
fn a_line_without_an_end_gets_one() {
    let tusk = wish("Donald Tusk", &["Tusk"]);
    check("# Who is who.", AliasFile::merge, &tusk, TUSK);
}

/// A merge of A with this list of forms.
fn with_list(list: &str) -> String {
    format!("[[merge]] # why\nname = 'A'\nforms = {list} # all\n\n[[drop]]\nname = 'Z'\n")
}

#[track_caller]
fn check_list(before: &str, change: Change, form: &str, after: &str) {
    let wish = wish("A", &[form]);
    check(&with_list(before), change, &wish, &with_list(after));
}

#[test]
fn lists_grow_as_they_are_written() {
    for (before, after) in [
        ("['B']", "['B', \"X\"]"),
        ("['B',]", "['B', \"X\",]"),
        ("[ 'B' ]", "[ 'B', \"X\" ]"),
        ("['B', # b\n]", "['B', \"X\", # b\n]"),
        ("[\n  'B',\n]", "[\n  'B',\n  \"X\",\n]"),
        ("[\n  'B', # b, c\n]", "[\n  'B', # b, c\n  \"X\",\n]"),
        ("[\n\t'B' # b, c\n]", "[\n\t'B', # b, c\n\t\"X\"\n]"),
        ("[\n  'B'\n]", "[\n  'B',\n  \"X\"\n]"),
        ("[\n  'B'\n  , # b\n]", "[\n  'B'\n  , # b\n  \"X\",\n]"),
        ("['B',\n 'C']", "['B',\n 'C', \"X\"]"),
    ] {
        check_list(before, AliasFile::merge, "X", after);
    }
}

#[test]
fn lists_shrink_without_losing_a_comment() {
    for (before, after) in [
        ("['X', 'B']", "['B']"),
        ("['B', 'X']", "['B']"),
        ("['B', 'X',]", "['B', ]"),
        ("['B', 'X', 'C']", "['B', 'C']"),
        ("[\n  'X',\n  'B',\n]", "[\n  'B',\n]"),
        ("[\n  'X', # x, y\n  'B',\n]", "[\n  # x, y\n  'B',\n]"),
        ("[\n  'B', # b\n  'X' # x\n]", "[\n  'B' # b\n  # x\n]"),
        ("[\n  'B',\n  'X'\n]", "[\n  'B'\n]"),
        ("[\n  'B' # b, c\n  , 'X'\n]", "[\n  'B' # b, c\n  \n]"),
    ] {
        check_list(before, AliasFile::split, "X", after);
    }
}

#[test]
fn an_entry_that_goes_leaves_its_comments() {
    let before = "# top\n\n# He.\n[[merge]] # one\nname = 'A' # two \"#\"\n# three\n\
                  forms = [ # four\n'#B', # five\n] # six\ncomment = '# seven'\n# below\n\
                  [[drop]]\nname = 'Z'\n";
    let after = "# top\n\n# He.\n# one\n# two \"#\"\n# three\n# four\n# five\n# six\n# below\n\
                 [[drop]]\nname = 'Z'\n";
    check(before, AliasFile::split, &wish("A", &["#B"]), after);
}

#[test]
fn an_entry_between_two_goes_with_one_empty_line() {
    let entry = |name: &str| format!("[[merge]]\nname = '{name}'\nforms = ['{name} B']\n");
    let before = [entry("A"), entry("C"), entry("D")].join("\n");
    let after = [entry("A"), entry("D")].join("\n");
    check(&before, AliasFile::split, &wish("C", &["C B"]), &after);
    let after = [entry("C"), entry("D")].join("\n");
    check(&before, AliasFile::split, &wish("A", &["A B"]), &after);
    let after = [entry("A"), entry("C")].join("\n");
    check(&before, AliasFile::split, &wish("D", &["D B"]), &after);
}

#[track_caller]
fn check_changes(before: &str, change: Change, wish: &Wish, expected: &[AliasChange]) {
    let (_folder, mut file) = file(before);
    assert_eq!(change(&mut file, wish).unwrap(), expected);
}

#[test]
fn what_was_done_is_told() {
    let pair = || ("A".to_owned(), "B".to_owned());
    let merged = "[[merge]]\nname = 'A'\nforms = ['B']\n";
    let split = "[[split]]\nname = 'B'\nfrom = ['A']\n";
    let ab = wish("A", &["B"]);
    let change = |made: fn(String, String) -> AliasChange| made(pair().0, pair().1);
    for (text, edit, expected) in [
        (
            "",
            AliasFile::merge as Change,
            vec![change(AliasChange::Merged)],
        ),
        (
            merged,
            AliasFile::merge,
            vec![change(AliasChange::WasMerged)],
        ),
        (
            split,
            AliasFile::merge,
            vec![
                change(AliasChange::NoLongerApart),
                change(AliasChange::Merged),
            ],
        ),
        ("", AliasFile::split, vec![change(AliasChange::KeptApart)]),
        (
            merged,
            AliasFile::split,
            vec![change(AliasChange::Unmerged)],
        ),
        (split, AliasFile::split, vec![change(AliasChange::WasApart)]),
    ] {
        check_changes(text, edit, &ab, &expected);
    }
}

#[test]
fn kinds_are_kept_apart_from_one_another() {
    let of_persons = "[[merge]]\nname = \"A\"\nforms = [\"B\"]\nkind = \"person\"\n";
    let of_places = "[[merge]]\nname = \"A\"\nforms = [\"B\"]\nkind = \"place\"\n";
    let both = format!("{of_persons}\n{of_places}");
    let place = Wish {
        kind: Some(EntityKind::Place),
        ..wish("A", &["B"])
    };
    check(of_persons, AliasFile::merge, &place, &both);
    check(&both, AliasFile::split, &place, of_persons);
    // Without a kind, both merges are undone.
    check(&both, AliasFile::split, &wish("A", &["B"]), "");
}

#[track_caller]
fn check_refused(text: &str, change: Change, wish: &Wish, said: &str) {
    let (_folder, mut file) = file(text);
    let error = change(&mut file, wish).unwrap_err();
    let Error::Mistake(mistake) = error else {
        panic!("{error}");
    };
    assert!(mistake.message.contains(said), "{mistake}");
    assert!(mistake.hint.is_some());
    assert_eq!(file.text(), text);
}

#[test]
fn contradictions_are_refused_and_nothing_changes() {
    let merged = "[[merge]]\nname = 'A'\nforms = ['B', 'C']\n";
    let place = Wish {
        kind: Some(EntityKind::Place),
        ..wish("A", &["B"])
    };
    let commented = Wish {
        comment: Some("why".to_owned()),
        ..wish("A", &["D"])
    };
    for (change, wish, said) in [
        (
            AliasFile::merge as Change,
            wish("B", &["A"]),
            "`B` is merged into `A` already",
        ),
        (
            AliasFile::merge,
            wish("D", &["B"]),
            "`B` is merged into `A` already",
        ),
        (
            AliasFile::merge,
            wish("C", &["E"]),
            "`C` is merged into `A` already",
        ),
        (
            AliasFile::merge,
            wish("D", &["A"]),
            "`A` is what others are merged into already",
        ),
        (AliasFile::merge, wish("A", &["A"]), "the name itself"),
        (AliasFile::merge, wish("A", &["E", ""]), "an empty name"),
        (AliasFile::merge, wish("A\n", &["E"]), "a control character"),
        (
            AliasFile::split,
            wish("B", &["C"]),
            "both are merged into `A`",
        ),
        (AliasFile::split, place, "speaks of names of every kind"),
        (
            AliasFile::merge,
            commented,
            "a comment belongs to a new entry",
        ),
    ] {
        check_refused(merged, change, &wish, said);
    }
    let dropped = "[[drop]]\nname = 'A'\nkind = 'place'\n";
    check_refused(
        dropped,
        AliasFile::merge,
        &wish("A", &["B"]),
        "`A` is dropped already",
    );
    let person = Wish {
        kind: Some(EntityKind::Person),
        ..wish("A", &["D"])
    };
    let of_persons = "[[merge]]\nname = 'A'\nforms = ['B']\nkind = 'person'\n";
    check_refused(
        of_persons,
        AliasFile::merge,
        &wish("A", &["B"]),
        "`B` is merged into `A` already",
    );
    // An entry of every kind and one of persons cannot both have the name.
    check_refused(merged, AliasFile::merge, &person, "nothing was changed");
    check_refused(
        dropped,
        AliasFile::split,
        &wish("A", &["B"]),
        "kept apart here, but dropped",
    );
}

#[test]
fn the_file_is_written_whole_or_not_at_all() {
    let (folder, mut file) = file(TUSK);
    let path = folder.path().join("aliases.toml");
    file.merge(&wish("Donald Tusk", &["D. Tusk"])).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), TUSK);
    file.save().unwrap();
    let written = std::fs::read_to_string(&path).unwrap();
    assert_eq!(written, file.text());
    let aliases = aliases(&written);
    let resolution = aliases.resolve("D. Tusk", EntityKind::Person);
    assert_eq!(resolution, Resolution::Merged("Donald Tusk"));
    // No draft is left behind.
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_file_that_others_changed_is_left_alone() {
    let (folder, mut file) = file(TUSK);
    let path = folder.path().join("aliases.toml");
    file.merge(&wish("A", &["B"])).unwrap();
    std::fs::write(&path, "# by others\n").unwrap();
    assert!(matches!(file.save(), Err(Error::Mistake(_))));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "# by others\n");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = file(TUSK);
    let target = folder.path().join("aliases.toml");
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.toml");
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let mut file = AliasFile::open(&link).unwrap();
    file.merge(&wish("A", &["B"])).unwrap();
    file.save().unwrap();
    assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&target).unwrap(), file.text());
    let mode = std::fs::metadata(&target).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_file_that_is_not_there_is_made() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("aliases.toml");
    let mut file = AliasFile::open(&path).unwrap();
    file.save().unwrap();
    assert!(!path.exists(), "nothing was to be written");
    file.merge(&wish("A", &["B"])).unwrap();
    file.save().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), file.text());
}
