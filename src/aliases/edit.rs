//! What an edit does to the text, one name after another.

use std::path::Path;

use super::entries::{Entry, fault_of_name};
use super::places::Places;
use super::roles::{self, Role};
use super::{entries, normal, splice, understand};
use crate::model::{Alias, AliasChange, AliasRule, EntityKind, Span};
use crate::{Error, Mistake, Result};

/// What an edit is asked to do: with one name and others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// The name it is about.
    pub name: String,
    /// The names to merge into it, or to part from it.
    pub forms: Vec<String>,
    /// What they have to be names of; none for every kind.
    pub kind: Option<EntityKind>,
    /// Why, for people; only with a new entry.
    pub comment: Option<String>,
}

/// An edit on its way: the text so far, and what was done.
#[derive(Debug)]
pub(super) struct Edit<'a> {
    path: &'a Path,
    wish: &'a Wish,
    text: String,
    changes: Vec<AliasChange>,
    /// Whether there is a new entry, which holds the comment.
    has_new_entry: bool,
}

pub(super) fn mistake(text: &str, message: String, hint: &str) -> Error {
    Mistake {
        text: text.to_owned(),
        span: Span::new(0, text.len()),
        message,
        hint: Some(hint.to_owned()),
    }
    .into()
}

/// The wish with its names as they are compared.
pub(super) fn checked(wish: &Wish) -> Result<Wish> {
    for name in std::iter::once(&wish.name).chain(&wish.forms) {
        if let Some((message, hint)) = fault_of_name(name) {
            return Err(mistake(name, message.to_owned(), hint));
        }
    }
    let name = normal(&wish.name).into_owned();
    let forms = wish.forms.iter().map(|form| normal(form).into_owned());
    let forms: Vec<String> = forms.collect();
    if forms.contains(&name) {
        let message = "the name itself stands among the forms".to_owned();
        return Err(mistake(&name, message, "give other names after it"));
    }
    Ok(Wish {
        name,
        forms,
        ..wish.clone()
    })
}

/// The first contradiction that an edit would have made, told of the edit.
fn refused(error: Error) -> Error {
    match error {
        Error::Aliases { path, mistakes } => match mistakes.into_iter().next() {
            Some(found) => Mistake {
                message: format!(
                    "nothing was changed, as the file would not be right: {}",
                    found.mistake.message
                ),
                ..found.mistake
            }
            .into(),
            None => Error::Aliases {
                path,
                mistakes: Vec::new(),
            },
        },
        other => other,
    }
}

impl<'a> Edit<'a> {
    pub(super) fn new(path: &'a Path, text: &str, wish: &'a Wish) -> Self {
        Self {
            path,
            wish,
            text: text.to_owned(),
            changes: Vec::new(),
            has_new_entry: false,
        }
    }

    /// The text and the changes, once nothing in the text contradicts another thing.
    pub(super) fn finish(self) -> Result<(String, Vec<AliasChange>)> {
        if let Some(comment) = &self.wish.comment
            && !self.has_new_entry
        {
            return Err(mistake(
                comment,
                "a comment belongs to a new entry, and none is made".to_owned(),
                "write it into the file beside the entry",
            ));
        }
        understand(&self.text, self.path).map_err(refused)?;
        Ok((self.text, self.changes))
    }

    /// The entries of the text so far. Contradictions are looked for when all is done.
    fn entries(&self) -> Vec<Entry> {
        entries::read(&self.text, &mut Places::new(&self.text))
    }

    /// Merges one form into the name.
    pub(super) fn merge(&mut self, form: &str) -> Result<()> {
        let name = self.wish.name.clone();
        while let Some((entry, index)) = self.split_of(form)? {
            self.take_out(&entry, index);
            let change = AliasChange::NoLongerApart(name.clone(), form.to_owned());
            self.changes.push(change);
        }
        let merged = self.entries().into_iter().any(|entry| {
            matches!(&entry.alias.rule, AliasRule::Merge(forms)
                if entry.alias.name == name && forms.iter().any(|known| known == form))
                && self.covers(entry.alias.kind)
        });
        if merged {
            let change = AliasChange::WasMerged(name, form.to_owned());
            self.changes.push(change);
            return Ok(());
        }
        self.refuse_other_roles(form)?;
        self.add(form, AliasRule::Merge);
        self.changes
            .push(AliasChange::Merged(name, form.to_owned()));
        Ok(())
    }

    /// Parts one form from the name.
    pub(super) fn split(&mut self, form: &str) -> Result<()> {
        let name = self.wish.name.clone();
        let before = self.changes.len();
        while let Some((entry, index)) = self.merge_of(form)? {
            let taken = entry.alias.rule.others().get(index).cloned();
            self.take_out(&entry, index);
            let head = entry.alias.name;
            let change = AliasChange::Unmerged(head, taken.unwrap_or_default());
            self.changes.push(change);
        }
        if self.changes.len() > before {
            return Ok(());
        }
        let is_apart = self.entries().into_iter().any(|entry| {
            let has_pair = index_of_pair(&entry, &name, form).is_some();
            matches!(entry.alias.rule, AliasRule::Split(_))
                && has_pair
                && self.covers(entry.alias.kind)
        });
        if is_apart {
            let change = AliasChange::WasApart(name, form.to_owned());
            self.changes.push(change);
            return Ok(());
        }
        self.refuse_siblings(form)?;
        self.add(form, AliasRule::Split);
        self.changes
            .push(AliasChange::KeptApart(name, form.to_owned()));
        Ok(())
    }

    /// Whether an entry of this kind does for what is wished.
    fn covers(&self, kind: Option<EntityKind>) -> bool {
        kind.is_none() || kind == self.wish.kind
    }

    /// An entry that keeps the name and this form apart, and which of its names to take out.
    fn split_of(&self, form: &str) -> Result<Option<(Entry, usize)>> {
        self.found(form, |rule| matches!(rule, AliasRule::Split(_)))
    }

    /// The same of one that merges them.
    fn merge_of(&self, form: &str) -> Result<Option<(Entry, usize)>> {
        self.found(form, |rule| matches!(rule, AliasRule::Merge(_)))
    }

    fn found(
        &self,
        form: &str,
        is_wanted: fn(&AliasRule) -> bool,
    ) -> Result<Option<(Entry, usize)>> {
        for entry in self.entries() {
            if !is_wanted(&entry.alias.rule) {
                continue;
            }
            let Some(index) = index_of_pair(&entry, &self.wish.name, form) else {
                continue;
            };
            if self.wish.kind.is_none() || entry.alias.kind == self.wish.kind {
                return Ok(Some((entry, index)));
            }
            if entry.alias.kind.is_none() {
                return Err(mistake(
                    form,
                    format!(
                        "line {} of `{}` speaks of names of every kind",
                        entry.alias.line,
                        self.path.display()
                    ),
                    "leave out --kind, or change the file by hand",
                ));
            }
        }
        Ok(None)
    }

    /// A name that is something else already is not made another thing on the way.
    fn refuse_other_roles(&self, form: &str) -> Result<()> {
        let entries = self.entries();
        let kinds = roles::assign(&entries, &mut Places::new(&self.text));
        for (kind, names) in &kinds {
            if self.wish.kind.is_some_and(|wished| wished != *kind) {
                continue;
            }
            let head = names.role(&self.wish.name);
            let head = head.filter(|role| !matches!(role, Role::Head(_)));
            let other = names.role(form).map(|role| (form, role));
            let found = head.map(|role| (self.wish.name.as_str(), role)).or(other);
            if let Some((name, role)) = found {
                let message = format!("`{name}` is {} already", roles::told(role));
                let hint = match role {
                    Role::Form(head) if *head == self.wish.name => {
                        "give --kind, or take `kind` out of that entry"
                    }
                    Role::Head(_) => "merge all of them into one name",
                    Role::Form(_) => "merge into that name, or undo it with `kronika alias split`",
                    _ => "take that out of the file first",
                };
                return Err(mistake(name, message, hint));
            }
        }
        Ok(())
    }

    /// Two names that are merged into a third: which of them is to go is not for us to say.
    fn refuse_siblings(&self, form: &str) -> Result<()> {
        for entry in self.entries() {
            if let AliasRule::Merge(forms) = &entry.alias.rule
                && forms.contains(&self.wish.name)
                && forms.iter().any(|known| known == form)
            {
                return Err(mistake(
                    form,
                    format!("both are merged into `{}`", entry.alias.name),
                    "take one of them out of it first, with `kronika alias split`",
                ));
            }
        }
        Ok(())
    }

    /// Takes one name out of the list of an entry, and the entry out when it was the last.
    fn take_out(&mut self, entry: &Entry, index: usize) {
        self.text = if entry.others.len() == 1 {
            splice::without_entry(&self.text, entry)
        } else {
            splice::without_other(&self.text, entry, index)
        };
    }

    /// Adds a form to the entry of the name, or makes one.
    fn add(&mut self, form: &str, rule: fn(Vec<String>) -> AliasRule) {
        let rule = rule(vec![form.to_owned()]);
        let wish = self.wish;
        let entry = self.entries().into_iter().find(|entry| {
            let alias = &entry.alias;
            let is_same_rule = alias.rule.name() == rule.name();
            is_same_rule && alias.name == wish.name && alias.kind == wish.kind
        });
        if let Some(entry) = entry {
            self.text = splice::with_other(&self.text, &entry, form);
            return;
        }
        let alias = Alias {
            line: 0,
            kind: wish.kind,
            name: wish.name.clone(),
            rule,
            comment: wish.comment.clone(),
        };
        self.text = splice::with_entry(&self.text, &alias);
        self.has_new_entry = true;
    }
}

/// Which of an entry's other names makes a pair of these two with its name, in either order.
fn index_of_pair(entry: &Entry, one: &str, other: &str) -> Option<usize> {
    let alias = &entry.alias;
    let partner = if alias.name == one {
        other
    } else if alias.name == other {
        one
    } else {
        return None;
    };
    alias.rule.others().iter().position(|name| name == partner)
}
