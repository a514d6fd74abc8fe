//! What holds for any file and any edit.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::splice::entry_text;
use crate::aliases::{AliasFile, Aliases, Resolution, Wish};
use crate::model::{Alias, AliasRule, EntityKind};

/// Names that are easily taken for TOML, or contradict each other, and any other.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-E]",
        1 => "[A-Cż'\"#\\\\,=\\[\\]. ]{0,6}[a-c]",
        1 => "\\PC{0,8}[a-c]",
    ]
}

fn kind() -> impl Strategy<Value = Option<EntityKind>> {
    prop::sample::select(vec![
        None,
        Some(EntityKind::Person),
        Some(EntityKind::Place),
    ])
}

fn rule() -> impl Strategy<Value = AliasRule> {
    let names = || prop::collection::vec(name(), 1..4);
    prop_oneof![
        3 => names().prop_map(AliasRule::Merge),
        2 => names().prop_map(AliasRule::Split),
        1 => name().prop_map(AliasRule::Rename),
        1 => Just(AliasRule::Drop),
    ]
}

fn alias() -> impl Strategy<Value = Alias> {
    let comment = prop::option::of("[a-ż \"'\\\\\n#]{0,12}");
    (name(), kind(), rule(), comment).prop_map(|(name, kind, rule, comment)| Alias {
        line: 0,
        kind,
        name,
        rule,
        comment,
    })
}

fn parsed(text: &str) -> Option<Aliases> {
    Aliases::parse(text, "aliases.toml".as_ref()).ok()
}

/// Entries that do not contradict those before them.
fn entries() -> impl Strategy<Value = Vec<Alias>> {
    prop::collection::vec(alias(), 0..6).prop_map(|aliases| {
        let mut text = String::new();
        let mut fine = Vec::new();
        for alias in aliases {
            let longer = format!("{text}{}", entry_text(&alias));
            if let Some(parsed) = parsed(&longer) {
                fine = parsed.entries().to_vec();
                text = longer;
            }
        }
        fine
    })
}

/// The entries as TOML with comments strewn between their lines and behind them.
fn with_comments(aliases: &[Alias], marks: &[u8]) -> String {
    let mut text = String::new();
    let mut marks = marks.iter().cycle();
    let mut count = 0;
    for entry in aliases.iter().map(entry_text) {
        if entry.contains("\"\"\"") || entry.contains("'''") {
            // A comment inside a string of several lines would be none.
            text += &entry;
            continue;
        }
        for line in entry.lines() {
            count += 1;
            let line = match marks.next() {
                Some(0) => format!("{line} # c{count}\n"),
                Some(1) if line.starts_with("[[") => format!("# c{count}\n{line}\n"),
                Some(2) if line.starts_with("forms = [") || line.starts_with("from = [") => {
                    let (key, list) = line.split_once('[').unwrap();
                    let list = list.strip_suffix(']').unwrap();
                    format!("{key}[ # c{count}\n  {list}, # d{count}\n]\n")
                }
                _ => format!("{line}\n"),
            };
            text += &line;
        }
    }
    text
}

/// The comments of a text that [`with_comments`] wrote: a letter and a number each.
fn comments(text: &str) -> BTreeSet<String> {
    let ends = text.lines().filter_map(|line| line.rsplit_once("# "));
    ends.map(|(_, comment)| comment.trim_end().to_owned())
        .filter(|comment| {
            let number = comment.trim_start_matches(['c', 'd']);
            number.len() + 1 == comment.len() && number.parse::<u32>().is_ok()
        })
        .collect()
}

fn open(text: &str) -> Option<(tempfile::TempDir, AliasFile)> {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("aliases.toml");
    std::fs::write(&path, text).unwrap();
    AliasFile::open(&path).ok().map(|file| (folder, file))
}

/// The entries without their lines.
fn content(aliases: &[Alias]) -> Vec<Alias> {
    let aliases = aliases.iter().cloned();
    aliases.map(|alias| Alias { line: 0, ..alias }).collect()
}

proptest! {
    #[test]
    fn entries_are_read_as_they_were_written(aliases in entries()) {
        let text: String = aliases.iter().map(entry_text).collect();
        let read = parsed(&text).unwrap();
        prop_assert_eq!(content(read.entries()), content(&aliases));
    }

    #[test]
    fn no_bytes_bring_it_down(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("aliases.toml");
        std::fs::write(&path, &bytes).unwrap();
        let _ = Aliases::read(&path);
    }

    #[test]
    fn no_text_like_ours_brings_it_down(
        text in "(\\[\\[(merge|split|drop|rename)\\]\\]|name|forms|from|to|kind|=|'[A-C]'|\\[|\\]|,|#|\n|\\PC){0,40}",
        name in name(),
        form in name(),
    ) {
        if let Some((_folder, mut file)) = open(&text) {
            let wish = Wish { name, forms: vec![form], kind: None, comment: None };
            let _ = file.merge(&wish);
            let _ = file.split(&wish);
        }
    }

    #[test]
    fn edits_lose_no_comment_and_no_other_entry(
        aliases in entries(),
        marks in prop::collection::vec(0_u8..5, 1..8),
        name in name(),
        forms in prop::collection::vec(name(), 1..3),
        kind in kind(),
        merges in any::<bool>(),
    ) {
        let text = with_comments(&aliases, &marks);
        let Some((_folder, mut file)) = open(&text) else {
            return Err(TestCaseError::fail(text));
        };
        let wish = Wish { name, forms, kind, comment: None };
        let edit = if merges { file.merge(&wish) } else { file.split(&wish) };
        if edit.is_err() {
            prop_assert_eq!(file.text(), text);
            return Ok(());
        }
        prop_assert!(comments(&text).is_subset(&comments(file.text())), "{}\n{}", text, file.text());
        let after = parsed(file.text()).unwrap();
        let names = |alias: &Alias| {
            let others = alias.rule.others().iter();
            others.chain([&alias.name]).cloned().collect::<BTreeSet<String>>()
        };
        let meant: BTreeSet<String> = wish.forms.iter().chain([&wish.name]).cloned().collect();
        for alias in content(&aliases) {
            let is_touched = names(&alias).intersection(&meant).count() > 0;
            prop_assert!(is_touched || content(after.entries()).contains(&alias));
        }
    }

    #[test]
    fn a_merge_that_is_undone_leaves_the_text_as_it_was(
        aliases in entries(),
        marks in prop::collection::vec(0_u8..5, 1..8),
    ) {
        let text = with_comments(&aliases, &marks);
        let (_folder, mut file) = open(&text).unwrap();
        let wish = Wish {
            name: "Donald Tusk".to_owned(),
            forms: vec!["D. Tusk".to_owned(), "Tusk".to_owned()],
            kind: None,
            comment: None,
        };
        file.merge(&wish).unwrap();
        let merged = parsed(file.text()).unwrap();
        let resolution = merged.resolve("Tusk", EntityKind::Person);
        prop_assert_eq!(resolution, Resolution::Merged("Donald Tusk"));
        file.split(&wish).unwrap();
        prop_assert_eq!(file.text(), text);
    }

    #[test]
    fn what_a_name_stands_for_stands_for_itself(aliases in entries(), name in name()) {
        let text: String = aliases.iter().map(entry_text).collect();
        let aliases = parsed(&text).unwrap();
        for kind in EntityKind::ALL {
            let (Resolution::Merged(other) | Resolution::Renamed(other)) = aliases.resolve(&name, kind)
            else {
                continue;
            };
            prop_assert_eq!(aliases.resolve(other, kind), Resolution::Itself);
            prop_assert!(aliases.forms_of(other, kind).iter().any(|form| form == name.trim()));
            prop_assert!(!aliases.is_split(&name, other, kind));
        }
    }
}
