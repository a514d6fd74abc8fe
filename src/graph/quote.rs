//! The words of an article that name two of its entities.

use super::one_line;
use crate::model::{Document, Field, Mention, Party, PartyKind, Span};

/// The first sentence that names both, else the first of each; the title where it does, and where
/// the text names neither. The result is on one line.
pub fn quote(document: &Document, one: &Party, other: &Party) -> String {
    let article = &document.article;
    let title = one_line(&article.title);
    let mentions = [one, other].map(|party| mentions(document, party));
    let [of_one, of_other] = &mentions;
    let is_titled = |mentions: &[&Mention]| mentions.iter().any(|one| one.field == Field::Title);
    if is_titled(of_one) && is_titled(of_other) {
        return title;
    }
    let sentences = &document.sentences;
    let names = |mentions: &[&Mention], sentence: Span| {
        let mut mentions = mentions.iter();
        mentions.any(|one| one.field == Field::Text && sentence.contains(one.span))
    };
    let both = sentences
        .iter()
        .find(|sentence| names(of_one, **sentence) && names(of_other, **sentence));
    let mut found: Vec<Span> = match both {
        Some(both) => vec![*both],
        None => [of_one, of_other]
            .into_iter()
            .filter_map(|of| {
                sentences
                    .iter()
                    .copied()
                    .find(|sentence| names(of, *sentence))
            })
            .collect(),
    };
    found.sort();
    found.dedup();
    if found.is_empty() {
        return title;
    }
    let found: Vec<String> = found
        .iter()
        .map(|span| one_line(span.of(&article.text)))
        .collect();
    found.join(" […] ")
}

fn mentions<'a>(document: &'a Document, party: &Party) -> Vec<&'a Mention> {
    let is_of = |mention: &&Mention| {
        let entity = document.entities.get(mention.entity);
        entity.is_some_and(|entity| {
            PartyKind::Named(entity.kind) == party.kind && entity.name == party.name
        })
    };
    document.mentions.iter().filter(is_of).collect()
}
