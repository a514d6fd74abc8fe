//! TOML to entries, each with the place of its words.

use std::collections::BTreeSet;
use std::ops::Range;

use toml_edit::{Array, Document, Item, Table, Value};

use super::normal;
use super::places::Places;
use crate::model::{Alias, AliasRule, EntityKind};

const SECTIONS: &str = "a file of aliases has [[merge]], [[split]], [[rename]] and [[drop]]";
const SHOWN: &str = "`kronika alias --help` shows how such a file is written";
const QUOTES: &str = "names stand in quotes: \"Jan Kowalski\"";

/// An entry and where its parts are, as ranges of bytes.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) alias: Alias,
    /// From its header to the end of its last value.
    pub(super) all: Range<usize>,
    /// Its header, its keys and its values without the inside of lists: no comment lies in them.
    pub(super) solid: Vec<Range<usize>>,
    /// The value of `name`.
    pub(super) name: Range<usize>,
    /// Each of the other names.
    pub(super) others: Vec<Range<usize>>,
    /// The list of the other names, with its brackets; empty where there is none.
    pub(super) list: Range<usize>,
}

/// What keeps a text from being a name.
pub(super) fn fault_of_name(name: &str) -> Option<(&'static str, &'static str)> {
    if name.contains(char::is_control) {
        Some((
            "a control character in a name",
            "write the name on one line, in letters",
        ))
    } else if name.trim().is_empty() {
        Some(("an empty name", "write the name"))
    } else {
        None
    }
}

/// The entries of a file in order; what cannot be read is left out and noted in `places`.
pub(super) fn read(text: &str, places: &mut Places) -> Vec<Entry> {
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let range = error.span().unwrap_or_default();
            places.wrong(&range, format!("not TOML: {}", error.message()), SHOWN);
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    for (section, item) in document.iter() {
        let key = document.key(section).and_then(toml_edit::Key::span);
        let place = key.unwrap_or_default();
        if !["merge", "split", "rename", "drop"].contains(&section) {
            places.wrong(&place, format!("unknown key: `{section}`"), SECTIONS);
        } else if let Some(tables) = item.as_array_of_tables() {
            for table in tables {
                let reader = Reader::new(section, table, places);
                entries.extend(reader.entry());
            }
        } else {
            let hint = format!("begin each entry with `[[{section}]]`, in double brackets");
            places.wrong(&place, format!("`{section}` is no list of entries"), &hint);
        }
    }
    entries.sort_by_key(|entry| entry.all.start);
    entries
}

/// Reads one entry.
struct Reader<'a, 'text> {
    section: &'a str,
    table: &'a Table,
    header: Range<usize>,
    places: &'a mut Places<'text>,
    solid: Vec<Range<usize>>,
    /// Whether nothing was wrong with a value so far.
    is_fine: bool,
}

/// Names and their places.
type Names = Vec<(String, Range<usize>)>;

impl<'a, 'text> Reader<'a, 'text> {
    fn new(section: &'a str, table: &'a Table, places: &'a mut Places<'text>) -> Self {
        let header = table.span().unwrap_or_default();
        Self {
            section,
            table,
            solid: vec![header.clone()],
            header,
            places,
            is_fine: true,
        }
    }

    /// Notes what is wrong with a value, without which the entry says nothing.
    fn wrong(&mut self, place: &Range<usize>, message: String, hint: &str) {
        self.is_fine = false;
        self.places.wrong(place, message, hint);
    }

    fn entry(mut self) -> Option<Entry> {
        let others_key = match self.section {
            "merge" => Some("forms"),
            "split" => Some("from"),
            "rename" => Some("to"),
            _ => None,
        };
        self.refuse_unknown_keys(others_key);
        let (name, name_place) = self.wanted_name("name");
        let kind = self.kind();
        let comment = self.comment();
        let (others, list) = match others_key {
            None => (Names::new(), 0..0),
            Some("to") => (vec![self.wanted_name("to")], 0..0),
            Some(key) => self.list(key),
        };
        if !self.is_fine {
            return None;
        }
        let (names, others) = others.into_iter().unzip();
        let ends = self.solid.iter().map(|range| range.end);
        Some(Entry {
            alias: Alias {
                line: self.places.line(self.header.start),
                kind,
                name,
                rule: rule(self.section, names),
                comment,
            },
            all: self.header.start..ends.max().unwrap_or(self.header.end),
            solid: self.solid,
            name: name_place,
            others,
            list,
        })
    }

    fn refuse_unknown_keys(&mut self, others_key: Option<&str>) {
        let mut known = vec!["name"];
        known.extend(others_key);
        known.extend(["kind", "comment"]);
        for (key, item) in self.table {
            let place = self.place_of_key(key);
            self.solid.push(place.clone());
            if let Item::Value(value) = item
                && !value.is_array()
            {
                self.solid.extend(value.span());
            }
            if !known.contains(&key) {
                let hint = format!("`{}` has {}", self.section, known.join(", "));
                self.places
                    .wrong(&place, format!("unknown key: `{key}`"), &hint);
            }
        }
    }

    fn place_of_key(&self, key: &str) -> Range<usize> {
        let key = self.table.key(key).and_then(toml_edit::Key::span);
        key.unwrap_or_else(|| self.header.clone())
    }

    /// What a key holds that may not be left out.
    fn wanted(&mut self, key: &str) -> Option<&'a Item> {
        let found = self.table.get(key);
        if found.is_none() {
            let message = format!("`{}` without `{key}`", self.section);
            let hint = match key {
                "forms" => "list the names that are merged: forms = [\"Kowalski\"]",
                "from" => "list the names to keep apart from: from = [\"Kowalski\"]",
                "to" => "say what it is called: to = \"Jan Kowalski\"",
                _ => "say what it is about: name = \"Jan Kowalski\"",
            };
            self.wrong(&self.header.clone(), message, hint);
        }
        found
    }

    /// A text. Others are noted as mistakes.
    fn text(&mut self, item: &'a Item, hint: &str) -> Option<(&'a str, Range<usize>)> {
        let place = item.span().unwrap_or_else(|| self.header.clone());
        let text = item.as_value().and_then(Value::as_str);
        if text.is_none() {
            let is = described(item.type_name());
            self.wrong(&place, format!("a text is wanted here, not {is}"), hint);
        }
        text.map(|text| (text, place))
    }

    fn wanted_name(&mut self, key: &str) -> (String, Range<usize>) {
        let item = self.wanted(key);
        let found = item.and_then(|item| self.text(item, QUOTES));
        let (name, place) = found.unwrap_or_default();
        if self.is_fine {
            self.refuse_odd_name(name, &place);
        }
        (normal(name).into_owned(), place)
    }

    fn refuse_odd_name(&mut self, name: &str, place: &Range<usize>) {
        if let Some((message, hint)) = fault_of_name(name) {
            self.wrong(place, message.to_owned(), hint);
        }
    }

    fn kind(&mut self) -> Option<EntityKind> {
        let item = self.table.get("kind")?;
        let kinds = EntityKind::ALL.map(EntityKind::name).join(", ");
        let hint = format!("there are {kinds}; without `kind` all are meant");
        let (text, place) = self.text(item, &hint)?;
        let kind = EntityKind::from_name(text);
        if kind.is_none() {
            self.wrong(&place, format!("unknown kind: `{text}`"), &hint);
        }
        kind
    }

    fn comment(&mut self) -> Option<String> {
        let item = self.table.get("comment")?;
        let hint = "write the comment in quotes: comment = \"why\"";
        let (text, place) = self.text(item, hint)?;
        let is_odd = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
        if text.contains(is_odd) {
            let message = "a control character in a comment".to_owned();
            self.wrong(&place, message, "write letters only");
        }
        Some(text.to_owned())
    }

    /// The names of a list, and where the list is.
    fn list(&mut self, key: &str) -> (Names, Range<usize>) {
        let Some(item) = self.wanted(key) else {
            return (Names::new(), 0..0);
        };
        let place = item.span().unwrap_or_else(|| self.header.clone());
        let hint = format!("list the names in brackets: {key} = [\"Kowalski\"]");
        let Some(array) = item.as_array() else {
            let is = described(item.type_name());
            let message = format!("`{key}` is a list of names, not {is}");
            self.wrong(&place, message, &hint);
            return (Names::new(), place);
        };
        if array.is_empty() {
            self.wrong(&place, format!("`{key}` without a name"), &hint);
        }
        self.solid.push(place.start..place.start + 1);
        self.solid.push(place.end.saturating_sub(1)..place.end);
        (self.names(array), place)
    }

    fn names(&mut self, array: &Array) -> Names {
        let mut names = Names::new();
        let mut seen = BTreeSet::new();
        for value in array {
            let place = value.span().unwrap_or_else(|| self.header.clone());
            self.solid.push(place.clone());
            let Some(text) = value.as_str() else {
                let is = described(value.type_name());
                let message = format!("a name is wanted here, not {is}");
                self.wrong(&place, message, QUOTES);
                continue;
            };
            self.refuse_odd_name(text, &place);
            let name = normal(text).into_owned();
            if !seen.insert(name.clone()) {
                let message = format!("listed twice: `{name}`");
                self.wrong(&place, message, "take one of them out");
            }
            names.push((name, place));
        }
        names
    }
}

fn rule(section: &str, mut names: Vec<String>) -> AliasRule {
    match section {
        "merge" => AliasRule::Merge(names),
        "split" => AliasRule::Split(names),
        "rename" => AliasRule::Rename(names.pop().unwrap_or_default()),
        _ => AliasRule::Drop,
    }
}

/// A type of TOML with its article.
fn described(type_name: &str) -> String {
    let article = if type_name.starts_with(['a', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {type_name}")
}
