//! Small words in names, forms of first names, and legal forms of companies.
//!
//! They are data, for all languages at once: `data/name_words.tsv`, `data/first_names.tsv` and
//! `data/legal_forms.tsv`, whose heads tell their layout.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::customs;
use super::lists::lines;

type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// What a small word does in a name. A word may do several things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SmallWord {
    /// Is no part of a person's name: "Dr".
    pub title: bool,
    /// Stands inside a person's name and is often left out: "von".
    pub particle: bool,
    /// Tells whose child somebody is: "bin".
    pub son: bool,
    /// Begins a name that its next word ends: "Abdul Aziz".
    pub servant: bool,
    /// Tells a father from a son: "Jr".
    pub generation: bool,
    /// Tells nothing in the name of a body: "of".
    pub link: bool,
}

static SMALL: LazyLock<Map<&'static str, SmallWord>> = LazyLock::new(|| {
    let mut small: Map<&'static str, SmallWord> = Map::default();
    for line in lines(include_str!("data/name_words.tsv")) {
        let (role, words) = line.split_once('\t').unwrap_or((line, ""));
        for word in words.split_whitespace() {
            let entry = small.entry(word).or_default();
            match role {
                "title" => entry.title = true,
                "particle" => entry.particle = true,
                "son" => entry.son = true,
                "servant" => entry.servant = true,
                "generation" => entry.generation = true,
                _ => entry.link = true,
            }
        }
    }
    small
});

/// What a word does, in small letters without full stops and diacritics.
pub fn small_word(word: &str) -> SmallWord {
    SMALL.get(word).copied().unwrap_or_default()
}

/// A row of the list of first names in which a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GivenRow {
    /// Which row.
    pub row: u16,
    /// Whether it is a spelling of the row's own name, and no short form or cognate.
    pub near: bool,
}

static GIVEN: LazyLock<Map<String, Vec<GivenRow>>> = LazyLock::new(|| {
    let mut given: Map<String, Vec<GivenRow>> = Map::default();
    for (row, line) in (0..).zip(lines(include_str!("data/first_names.tsv"))) {
        for (column, names) in line.split('\t').enumerate().skip(1) {
            let near = column == 1;
            for name in names.split_whitespace() {
                for sounds in customs::readings(name) {
                    let rows = given.entry(sounds).or_default();
                    if !rows.iter().any(|known| known.row == row) {
                        rows.push(GivenRow { row, near });
                    }
                }
            }
        }
    }
    given
});

/// The rows of first names that sound so, see [`customs`].
pub fn given_rows(sounds: &str) -> &'static [GivenRow] {
    GIVEN.get(sounds).map_or(&[], Vec::as_slice)
}

/// A legal form of a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LegalForm {
    /// Forms of two families belong to two companies; `any` fits all.
    pub family: &'static str,
    /// The form, one name for all its spellings.
    pub form: &'static str,
}

/// Longest spelling of a legal form, in words.
pub const LONGEST_FORM: usize = 5;

static FORMS: LazyLock<Map<&'static str, LegalForm>> = LazyLock::new(|| {
    let mut forms = Map::default();
    for line in lines(include_str!("data/legal_forms.tsv")) {
        let mut fields = line.split('\t');
        let mut field = || fields.next().unwrap_or_default();
        let (family, form) = (field(), field());
        for spelling in field().split('|') {
            forms.insert(spelling, LegalForm { family, form });
        }
    }
    forms
});

/// The legal form of this spelling, in small letters without full stops and diacritics.
pub fn legal_form(spelling: &str) -> Option<LegalForm> {
    FORMS.get(spelling).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read() {
        assert!(small_word("von").particle && small_word("dr").title);
        assert!(!small_word("tusk").title);
        let rows = |name: &str| given_rows(customs::readings(name).first().unwrap());
        assert!(
            rows("Bob")
                .iter()
                .any(|bob| rows("Robert").iter().any(|row| row.row == bob.row))
        );
        assert_eq!(legal_form("aktiengesellschaft"), legal_form("ag"));
        assert_ne!(legal_form("gmbh"), legal_form("ag"));
        assert_eq!(legal_form("orlen"), None);
    }
}
