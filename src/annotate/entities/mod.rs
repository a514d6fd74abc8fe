//! Mentions to entities: who is the same within one article.
//!
//! Two names are one when each word of the shorter can be the same base form as a word of the
//! longer, in order, and no other name of the article could claim it as well. A wrong join is
//! worse than a missed one.

mod acronyms;
mod bearers;
mod descriptions;
mod given;
mod kinds;
mod name;
mod owners;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use descriptions::descriptions;
pub(super) use given::from_given;

use super::names::Found;
use crate::lang::Language;
use crate::model::{Document, Entity, Mention};
use name::{Names, without_ending};

/// Joins the mentions of one name.
pub(super) fn join(
    document: &Document,
    mut found: Vec<Found>,
    language: &'static Language,
) -> (Vec<Mention>, Vec<Entity>) {
    kinds::settle(&mut found, language);
    let mut names = Names::gather(document, &found, language);
    let contexts = bearers::contexts(document, &found, &names, language);
    bearers::tell_genders(&mut names, &contexts, language);
    let expansions = acronyms::explained(document, &found, language);
    let owners = owners::owners(&names.all, &expansions, language);
    owners::attest(&mut names.all, &owners.of_name);
    let assigned = bearers::assign(&names, &owners, &contexts);

    let mut entities: Vec<Entity> = Vec::new();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut forms: Vec<BTreeSet<&str>> = Vec::new();
    let mut mentions = Vec::with_capacity(found.len());
    for (one, owner) in found.iter().zip(assigned) {
        let Some(name) = names.all.get(owner) else {
            continue;
        };
        let entity = *numbers.entry(owner).or_insert_with(|| {
            entities.push(Entity {
                kind: name.kind,
                name: name.base.clone(),
                forms: Vec::new(),
                mentions: 0,
            });
            forms.push(BTreeSet::new());
            entities.len() - 1
        });
        if let (Some(whole), Some(forms)) = (entities.get_mut(entity), forms.get_mut(entity)) {
            whole.mentions += 1;
            forms.insert(one.span.of(document.field(one.field)));
        }
        mentions.push(Mention {
            field: one.field,
            span: one.span,
            kind: name.kind,
            base: without_ending(&one.base).to_owned(),
            entity,
        });
    }
    for (entity, forms) in entities.iter_mut().zip(forms) {
        entity.forms = forms.into_iter().map(str::to_owned).collect();
    }
    (mentions, entities)
}
