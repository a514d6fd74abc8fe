//! Names that came with an article, and where its text spells them out.

use std::collections::BTreeSet;

use crate::lang::Language;
use crate::model::{Document, Entity, Field, GivenName, Mention, Span};
use crate::terms::matching::{Leaf, Slot, find};
use crate::terms::{Analyzer, name_bases};
use crate::text::tokens;

/// The names that came with the article, and where the text spells them out.
pub(in crate::annotate) fn from_given(
    document: &Document,
    given: &[GivenName],
    language: &'static Language,
) -> (Vec<Mention>, Vec<Entity>) {
    let leaves: Vec<Leaf> = given
        .iter()
        .map(|name| Leaf {
            slots: tokens(&name.name)
                .map(|span| name_bases(span.of(&name.name), &[language]))
                .map(|bases| Slot::Bases(bases.into_iter().collect()))
                .collect(),
            slop: 0,
            language: None,
        })
        .collect();
    let mut analyzer = Analyzer::new(language);
    let mut mentions = Vec::new();
    for field in [Field::Title, Field::Text] {
        let mut in_field: Vec<(Span, usize)> = find(document.field(field), &leaves, &mut analyzer)
            .into_iter()
            .enumerate()
            .flat_map(|(entity, spans)| spans.into_iter().map(move |span| (span, entity)))
            .collect();
        in_field.sort_by_key(|(span, entity)| (span.start(), usize::MAX - span.end(), *entity));
        let mut end = 0;
        for (span, entity) in in_field {
            let Some(name) = given.get(entity).filter(|_| span.start() >= end) else {
                continue;
            };
            end = span.end();
            mentions.push(Mention {
                field,
                span,
                kind: name.kind,
                base: name.name.clone(),
                entity,
            });
        }
    }
    let entities = given
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let own = mentions.iter().filter(|mention| mention.entity == number);
            let forms: BTreeSet<String> = own
                .clone()
                .map(|mention| mention.span.of(document.field(mention.field)).to_owned())
                .collect();
            Entity {
                kind: name.kind,
                name: name.name.clone(),
                forms: forms.into_iter().collect(),
                mentions: own.count(),
            }
        })
        .collect();
    (mentions, entities)
}
