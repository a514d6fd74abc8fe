//! Articles with their entities, and laws.

use std::fmt::Write;

use proptest::prelude::*;

use super::super::names::Found;
use super::super::{Options, annotate};
use super::{descriptions, join};
use crate::lang::by_code;
use crate::model::{Article, Document, EntityKind, Field, Span};

fn document(title: &str, text: &str, language: &str) -> Document {
    let article = Article {
        title: title.to_owned(),
        language: Some(language.to_owned()),
        ..Article::new("a", text)
    };
    annotate(article, Options { names: false })
}

/// Takes the marks out of a text: `[Putina|person|Putin]`.
fn unmark(marked: &str, field: Field, found: &mut Vec<Found>) -> String {
    let mut text = String::new();
    let mut pieces = marked.split('[');
    text.push_str(pieces.next().unwrap());
    for piece in pieces {
        let (mark, rest) = piece.split_once(']').expect("a mark is closed");
        let mut parts = mark.split('|');
        let surface = parts.next().unwrap();
        let kind = parts.next().and_then(EntityKind::from_name).expect(mark);
        let base = parts.next().unwrap_or(surface).to_owned();
        let span = Span::new(text.len(), text.len() + surface.len());
        found.push(Found {
            field,
            span,
            kind,
            base,
            gender: None,
            plural: false,
        });
        text.push_str(surface);
        text.push_str(rest);
    }
    text
}

/// One article of a corpus: what is wrong with it, or nothing.
fn check(block: &str, language: &'static str) -> Option<String> {
    let is_entity = |line: &&str| {
        let kind = line.split_once(": ").map(|(kind, _)| kind);
        kind.is_some_and(|kind| kind == "description" || EntityKind::from_name(kind).is_some())
    };
    let mut found = Vec::new();
    let lines = || block.lines().filter(|line| !line.starts_with('#'));
    let title = lines()
        .find_map(|line| line.strip_prefix("= "))
        .unwrap_or_default();
    let title = unmark(title, Field::Title, &mut found);
    let text: Vec<&str> = lines()
        .filter(|line| !line.starts_with("= ") && !is_entity(line))
        .collect();
    let text = unmark(&text.join("\n"), Field::Text, &mut found);
    let mut document = document(&title, &text, language);
    (document.mentions, document.entities) = join(&document, found, by_code(language));
    let mut got = String::new();
    for entity in &document.entities {
        let (kind, forms) = (entity.kind.name(), entity.forms.join(", "));
        writeln!(got, "{kind}: {} = {forms}", entity.name).unwrap();
    }
    for description in descriptions(&document, by_code(language)) {
        let written = description.span.of(document.field(description.field));
        let entity = document.entities.get(description.entity).unwrap();
        writeln!(got, "description: {written} = {}", entity.name).unwrap();
    }
    let expected: String = lines()
        .filter(is_entity)
        .flat_map(|line| [line, "\n"])
        .collect();
    (got != expected).then(|| format!("{block}\n-- but got\n{got}"))
}

fn check_all(corpus: &str, language: &'static str, least: usize) {
    let blocks = || {
        let blocks = corpus.split("\n\n");
        blocks.filter(|block| block.lines().any(|line| !line.starts_with('#')))
    };
    assert!(blocks().count() >= least);
    let wrong: Vec<String> = blocks()
        .filter_map(|block| check(block, language))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn polish_articles() {
    check_all(include_str!("../../lang/pl/corpus/entities.txt"), "pl", 25);
}

#[test]
fn english_articles() {
    check_all(include_str!("../../lang/en/corpus/entities.txt"), "en", 10);
}

#[test]
fn many_names_take_no_long_time() {
    let mut marked = String::new();
    for number in 0..30_000 {
        write!(
            marked,
            "[Jan Kowal{number}|person] i [Bank {number}|organization]. "
        )
        .unwrap();
        write!(
            marked,
            "[Anna{number} Nowak|person] [B{number}X|organization] "
        )
        .unwrap();
        write!(
            marked,
            "[Nowak|person] [Komisja {number}|organization] [Komisja|organization] "
        )
        .unwrap();
    }
    for number in 0..10_000 {
        write!(
            marked,
            "Prezydent [Kraj{number}|place] [Ewa Mróz|person] i prezydent śpią. "
        )
        .unwrap();
    }
    let mut found = Vec::new();
    let text = unmark(&marked, Field::Text, &mut found);
    let mut document = document("", &text, "pl");
    let start = std::time::Instant::now();
    let (mentions, entities) = join(&document, found, by_code("pl"));
    assert_eq!(mentions.len(), 230_000);
    assert!(entities.len() > 90_000);
    (document.mentions, document.entities) = (mentions, entities);
    assert_eq!(descriptions(&document, by_code("pl")).len(), 0);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// Names that have much in common, and what makes trouble.
const PARTS: [&str; 24] = [
    "Jan",
    "Anna",
    "Trump",
    "Trumpa",
    "Donald",
    "Melania",
    "Kaczyński",
    "J.",
    "II",
    "MSZ",
    "PiS-u",
    "-",
    "Komisja",
    "Unia",
    "Europejska",
    "UE",
    "USA",
    "Stany",
    "O'Brien",
    "ß",
    "\u{301}",
    "İ",
    "",
    "Skłodowska-Curie",
];

const BETWEEN: [&str; 9] = [
    " ",
    " (",
    ") ",
    ", czyli ",
    ". ",
    " powiedziała ",
    " prezydent ",
    " rosyjski premier ",
    "\n",
];

proptest! {
    #[test]
    fn mentions_lead_to_entities(
        names in prop::collection::vec(
            (prop::collection::vec(0..PARTS.len(), 0..4), 0..5_usize, 0..BETWEEN.len(), any::<bool>()),
            0..24,
        ),
        language in prop::sample::select(vec!["pl", "en", "und"]),
    ) {
        let mut text = String::new();
        let mut found = Vec::new();
        for (parts, kind, between, same) in names {
            let parts: Vec<&str> = parts.into_iter().map(|part| PARTS[part]).collect();
            let surface = parts.join(" ");
            let base = if same { surface.clone() } else { parts.iter().rev().copied().collect() };
            let span = Span::new(text.len(), text.len() + surface.len());
            found.push(Found {
                field: Field::Text,
                span,
                kind: EntityKind::ALL[kind],
                base,
                gender: None,
                plural: false,
            });
            text.push_str(&surface);
            text.push_str(BETWEEN[between]);
        }
        let mut document = document("", &text, language);
        let count = found.len();
        let (mentions, entities) = join(&document, found, by_code(language));
        prop_assert_eq!(mentions.len(), count);
        let mut met = 0;
        for mention in &mentions {
            prop_assert!(mention.entity <= met, "entities come in order of their first mention");
            met = met.max(mention.entity + 1);
            prop_assert_eq!(entities[mention.entity].kind, mention.kind);
        }
        prop_assert_eq!(met, entities.len());
        (document.mentions, document.entities) = (mentions.clone(), entities.clone());
        for description in descriptions(&document, by_code(language)) {
            prop_assert!(description.entity < entities.len());
            prop_assert!(text.get(description.span.range()).is_some());
        }
        for (number, entity) in entities.iter().enumerate() {
            let own = mentions.iter().filter(|mention| mention.entity == number).count();
            prop_assert_eq!(own, entity.mentions);
        }
    }
}
