//! What annotation finds, and the laws that hold for any text.

use kronika::annotate::{self, annotate};
use kronika::model::{Article, Document, Field};
use proptest::prelude::*;

fn document(title: &str, text: &str) -> Document {
    let article = Article {
        title: title.to_owned(),
        ..Article::new("a", text)
    };
    annotate(article, annotate::Options::default())
}

/// Names in order of first mention, each with the first letter of its kind.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let document = document("", text);
    let found: Vec<String> = document
        .entities
        .iter()
        .map(|entity| {
            let initial = entity.kind.name().chars().next().unwrap();
            format!("{initial} {}", entity.name)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn names_in_polish() {
    check(
        "Prezydent Andrzej Duda spotkał się w Warszawie z kanclerzem Olafem Scholzem.",
        &["p Andrzej Duda", "p Warszawa", "p Olaf Scholz"],
    );
    check(
        "Do Mińska przyleciał Władimir Putin. Putina witał na lotnisku Alaksandr Łukaszenka.",
        &["p Mińsk", "p Władimir Putin", "p Alaksandr Łukaszenka"],
    );
    check(
        "Ministerstwo Spraw Zagranicznych (MSZ) wezwało ambasadora. W MSZ odmówiono komentarza.",
        &["o Ministerstwo Spraw Zagranicznych"],
    );
    check("Polacy i Rosjanie milczą. Europejskie stolice też.", &[]);
    check(
        "Premier Mateusz Morawiecki mówił o Unii Europejskiej i o Stanach Zjednoczonych.",
        &[
            "p Mateusz Morawiecki",
            "o Unia Europejska",
            "p Stany Zjednoczone",
        ],
    );
    check("Stawka VAT wzrosła o 5 proc., a USD podrożał.", &[]);
}

#[test]
fn two_of_one_surname_stay_two() {
    check(
        "Lech Kaczyński i Jarosław Kaczyński byli bliźniakami. Kaczyński przemawiał.",
        &["p Lech Kaczyński", "p Jarosław Kaczyński", "p Kaczyński"],
    );
}

#[test]
fn names_in_english() {
    check(
        "On Thursday President Joe Biden met with Hillary Clinton in Poland, and the aides of the \
         president were silent. Biden's plane left in the morning.",
        &["p Joe Biden", "p Hillary Clinton", "p Poland"],
    );
}

#[test]
fn a_title_is_a_paragraph_of_its_own() {
    let document = document("Tusk w Berlinie", "Donald Tusk rozmawiał w Berlinie.");
    let in_title = document
        .mentions
        .iter()
        .filter(|mention| mention.field == Field::Title);
    assert_eq!(in_title.count(), 2);
    let repeated = document_text_repeats();
    assert!(
        repeated
            .mentions
            .iter()
            .all(|mention| mention.field == Field::Text)
    );
}

fn document_text_repeats() -> Document {
    document(
        "Tusk w Berlinie",
        "Tusk w Berlinie\n\nDonald Tusk rozmawiał.",
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn spans_are_sorted_apart_and_true(
        title in "\\PC{0,20}",
        text in "([A-ZŁŚa-złść'’.„” \\n-]{0,12}(Jan Kowalski|Rada|NATO|w|Łodzi|von der|\\PC)){0,12}",
    ) {
        let document = document(&title, &text);
        let mut before = (Field::Title, 0);
        for mention in &document.mentions {
            let place = (mention.field, mention.span.start());
            prop_assert!(place >= before, "{:?}", document.mentions);
            before = (mention.field, mention.span.end());
            let surface = document.field(mention.field).get(mention.span.range());
            prop_assert!(surface.is_some_and(|surface| !surface.is_empty()));
            let entity = &document.entities[mention.entity];
            prop_assert!(entity.forms.iter().any(|form| Some(form.as_str()) == surface));
            prop_assert!(!mention.base.trim().is_empty());
        }
        let counted: usize = document.entities.iter().map(|entity| entity.mentions).sum();
        prop_assert_eq!(counted, document.mentions.len());
        prop_assert_eq!(self::document(&title, &text), document);
    }
}

/// No text takes more than its share of time: each of these would, were anything quadratic.
#[test]
fn odd_texts_are_read_in_their_time() {
    let count = 200_000;
    for text in [
        "x".repeat(count),
        "A ".repeat(count),
        "Jan Kowalski ".repeat(count / 10),
        "\u{301}".repeat(count),
        "שלום עולם ".repeat(count / 20),
        "🙂".repeat(count / 4),
        "„Rada ".repeat(count / 8),
        "a.".repeat(count),
        "\n".repeat(count),
        "a. ".repeat(count / 3),
        (0..count / 20)
            .map(|number| format!("Jan Nowak{number}"))
            .collect::<Vec<_>>()
            .join(" i "),
    ] {
        let document = document("", &text);
        assert!(document.mentions.len() <= count);
    }
}
