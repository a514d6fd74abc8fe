//! Entries that would settle what the table of names is not sure of, for review.

use super::edit::{Wish, checked};
use super::{AliasFile, splice, understand};
use crate::model::{Alias, AliasRule, Doubt, EntityKind, Suggestion};

/// What is to be said of doubtful names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settle {
    /// That names which were left apart are one.
    Merge,
    /// That names which were joined on a guess are not.
    Split,
}

impl AliasFile {
    /// At most so many entries that the file has room for, in the order of the doubts.
    ///
    /// `title` says what the entity of a name is called, which is what others are merged into. A
    /// name that may be one of several is merged into the first; its comment tells the others. What
    /// would contradict the file or an entry before it is left out.
    pub fn suggest(
        &self,
        doubts: &[Doubt],
        settle: Settle,
        title: &dyn Fn(EntityKind, &str) -> String,
        most: usize,
    ) -> Vec<Suggestion> {
        let mut entries: Vec<Alias> = Vec::new();
        let is_open = |doubt: &&Doubt| doubt.joined == (settle == Settle::Split);
        for doubt in doubts.iter().filter(is_open) {
            let (form, _) = &doubt.name;
            let (name, rule): (_, fn(Vec<String>) -> AliasRule) = match settle {
                Settle::Merge => (title(doubt.kind, &doubt.other.0), AliasRule::Merge),
                Settle::Split => (doubt.other.0.clone(), AliasRule::Split),
            };
            let is_same = |entry: &&mut Alias| {
                entry.kind == Some(doubt.kind) && entry.rule.others().contains(form)
            };
            if let Some(entry) = entries.iter_mut().find(is_same) {
                add_rival(entry, doubt);
                continue;
            }
            if entries.len() == most {
                continue;
            }
            let entry = Alias {
                line: 0,
                kind: Some(doubt.kind),
                name,
                rule: rule(vec![form.clone()]),
                comment: Some(evidence(doubt)),
            };
            if self.has_room(&entries, &entry) {
                entries.push(entry);
            }
        }
        entries
            .into_iter()
            .map(|alias| Suggestion {
                toml: splice::entry_text(&alias),
                alias,
            })
            .collect()
    }

    /// Whether the file with these entries and one more says nothing twice or against itself.
    fn has_room(&self, entries: &[Alias], entry: &Alias) -> bool {
        let wish = Wish {
            name: entry.name.clone(),
            forms: entry.rule.others().to_vec(),
            kind: entry.kind,
            comment: None,
        };
        let mut text = self.text().to_owned();
        for entry in entries.iter().chain([entry]) {
            text = splice::with_entry(&text, entry);
        }
        checked(&wish).is_ok() && understand(&text, self.path()).is_ok()
    }
}

/// "initials; in 3 articles, the other in 812".
fn evidence(doubt: &Doubt) -> String {
    let (name, other) = (doubt.name.1, doubt.other.1);
    let articles = if name == 1 { "article" } else { "articles" };
    format!("{}; in {name} {articles}, the other in {other}", doubt.why)
}

fn add_rival(entry: &mut Alias, doubt: &Doubt) {
    let comment = entry.comment.get_or_insert_default();
    let (other, articles) = &doubt.other;
    comment.extend(["; or ", other.as_str(), &format!(" ({articles})")]);
}
