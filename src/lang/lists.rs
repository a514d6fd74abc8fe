//! Small word lists, read once from the language's folder.

use std::collections::HashMap;

use crate::model::EntityKind;
use crate::text::lower;

/// Words that a list holds, with what the list says of each.
pub type WordList = HashMap<&'static str, &'static str, foldhash::fast::RandomState>;

/// The lines of a list, without its head.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

/// A list of words parted by space, many in a line.
pub fn words(text: &'static str) -> WordList {
    let words = lines(text).flat_map(str::split_whitespace);
    words.map(|word| (word, "")).collect()
}

/// A list with one word in a line and what is said of it behind a tab.
pub fn rows(text: &'static str) -> WordList {
    lines(text)
        .map(|line| line.split_once('\t').unwrap_or((line, "")))
        .collect()
}

/// The names of territories in the column of one language, in lower case.
pub fn territories(column: usize) -> Vec<String> {
    lines(include_str!("data/territories.tsv"))
        .filter_map(|line| line.split('\t').nth(column))
        .map(|name| {
            let mut key = String::new();
            lower(name, &mut key);
            key
        })
        .collect()
}

/// The well-known names, each with its kind.
pub fn names() -> impl Iterator<Item = (&'static str, EntityKind)> {
    lines(include_str!("data/known_names.tsv")).filter_map(|line| {
        let (name, kind) = line.split_once('\t')?;
        Some((name, EntityKind::from_name(kind)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_without_their_heads() {
        let list = words("# a head\nking queen\n\npope\n");
        assert_eq!(list.len(), 3);
        let list = rows("# a head\nanna\tf\nmaria\tfm\n");
        assert_eq!(list.get("maria"), Some(&"fm"));
        assert!(territories(1).iter().any(|name| name == "białoruś"));
        assert!(territories(2).iter().any(|name| name == "belarus"));
    }
}
