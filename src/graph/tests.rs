//! Laws of graphs, held against counting by hand.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Strength, quote, together};
use crate::model::{
    Article, ArticleId, Day, Document, Entity, EntityKind, Field, Graph, Mention, NamedArticle,
    Occurrences, Party, PartyKind, Span,
};

fn party(name: &str) -> Party {
    Party {
        kind: PartyKind::Named(EntityKind::Person),
        name: name.to_owned(),
    }
}

/// Articles on days that follow one another, with these names of `a` to `h`.
fn occurrences(articles: &[BTreeSet<usize>]) -> Occurrences {
    let day = |index: usize| Day::from_number(i64::try_from(index).unwrap()).unwrap();
    let article = |(index, names): (usize, &BTreeSet<usize>)| NamedArticle {
        id: ArticleId(index.to_string()),
        days: Some((day(index), day(index + 1))),
        names: names.iter().copied().collect(),
    };
    Occurrences {
        names: ('a'..='h').map(|name| party(&name.to_string())).collect(),
        articles: articles.iter().enumerate().map(article).collect(),
    }
}

/// Pairs of names with weight, first and last day and the article quoted.
type Pairs = BTreeMap<(String, String), (u64, i64, i64, String)>;

fn pairs(graph: &Graph) -> Pairs {
    let name = |node: usize| graph.nodes[node].party.name.clone();
    let edges = graph.edges.iter().map(|edge| {
        let days = [edge.first, edge.last].map(|day| day.unwrap().number());
        let article = edge.quote.article.to_string();
        let names = (name(edge.source), name(edge.target));
        (names, (edge.weight, days[0], days[1], article))
    });
    edges.collect()
}

fn counted_by_hand(articles: &[BTreeSet<usize>]) -> Pairs {
    let mut pairs = Pairs::new();
    for (index, names) in (0_i64..).zip(articles) {
        for one in names {
            for other in names.iter().filter(|other| *other > one) {
                let name = |name: usize| ('a'..='h').nth(name).unwrap().to_string();
                let fresh = (0, index, 0, index.to_string());
                let pair = pairs.entry((name(*one), name(*other))).or_insert(fresh);
                pair.0 += 1;
                pair.2 = index + 1;
            }
        }
    }
    pairs
}

proptest! {
    #[test]
    fn counts_are_exact(
        articles in prop::collection::vec(prop::collection::btree_set(0_usize..8, 0..8), 0..12),
        least in 1_u64..4,
        most in prop::option::of(0_usize..6),
    ) {
        let all = together(&occurrences(&articles), Strength::ANY);
        let expected = counted_by_hand(&articles);
        prop_assert_eq!(pairs(&all), expected.clone());
        prop_assert_eq!(all.total, expected.len() as u64);
        let some = together(&occurrences(&articles), Strength { least, most });
        let heavy = expected.values().filter(|pair| pair.0 >= least).count();
        prop_assert_eq!(some.edges.len(), heavy.min(most.unwrap_or(usize::MAX)));
        let lightest = some.edges.iter().map(|edge| edge.weight).min();
        let kept = pairs(&some);
        for (names, pair) in &expected {
            prop_assert!(kept.get(names).is_none_or(|known| known == pair));
            let is_heavier = lightest.is_some_and(|least| pair.0 > least);
            prop_assert!(!is_heavier || kept.contains_key(names));
        }
        let ends: BTreeSet<usize> =
            some.edges.iter().flat_map(|edge| [edge.source, edge.target]).collect();
        prop_assert_eq!(ends.into_iter().collect::<Vec<_>>(), (0..some.nodes.len()).collect::<Vec<_>>());
    }
}

/// Marks every `Ala` and `Bob` of an article as a mention.
#[track_caller]
fn check_quote(title: &str, text: &str, expected: &str) {
    let mut article = Article::new("1", text);
    article.title = title.to_owned();
    let mut document = Document::new(article, "pl".to_owned());
    document.sentences = crate::text::sentences(text, |_| false);
    for (entity, name) in ["Ala", "Bob"].into_iter().enumerate() {
        document.entities.push(Entity {
            kind: EntityKind::Person,
            name: name.to_owned(),
            forms: vec![name.to_owned()],
            mentions: 1,
        });
        for (field, text) in [(Field::Title, title), (Field::Text, text)] {
            document
                .mentions
                .extend(text.match_indices(name).map(|(at, _)| Mention {
                    field,
                    span: Span::new(at, at + name.len()),
                    kind: EntityKind::Person,
                    base: name.to_owned(),
                    entity,
                }));
        }
    }
    assert_eq!(quote(&document, &party("Ala"), &party("Bob")), expected);
}

#[test]
fn the_words_of_an_edge_name_both() {
    check_quote(
        "Tytuł",
        "Tu Ala. Tam Ala i\nBob. Znów Ala i Bob.",
        "Tam Ala i Bob.",
    );
    check_quote("Ala u Boba", "Tu Ala. Tam Ala i Bob.", "Ala u Boba");
    check_quote(
        "Tytuł",
        "Najpierw Bob. Potem nic. Na końcu Ala.",
        "Najpierw Bob. […] Na końcu Ala.",
    );
    check_quote("O Ali", "Tylko Bob tutaj.", "Tylko Bob tutaj.");
    check_quote("Bez  nich", "Nikogo.", "Bez nich");
}
