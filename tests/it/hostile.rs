//! Hostile text: whatever is annotated, the laws of a document hold, and what a thread remembers
//! changes nothing.

use std::thread;

use kronika::annotate::{self, annotate};
use kronika::model::{Article, Document, Field};
use proptest::prelude::*;

/// A language as the source gives it; the last leaves it to be detected.
const LANGUAGES: [Option<&str>; 4] = [Some("pl"), Some("en"), Some("und"), None];

fn document(title: &str, text: &str, language: Option<&str>) -> Document {
    let article = Article {
        title: title.to_owned(),
        language: language.map(str::to_owned),
        ..Article::new("a", text)
    };
    annotate(article, annotate::Options::default())
}

/// The same by a thread that remembers nothing.
fn afresh(title: &str, text: &str, language: Option<&str>) -> Document {
    thread::scope(|scope| scope.spawn(|| document(title, text, language)).join()).unwrap()
}

/// What holds for every document. Says which law is broken.
fn laws(document: &Document) -> Result<(), String> {
    let demand = |holds: bool, law: &str| holds.then_some(()).ok_or_else(|| law.to_owned());
    let mut before = (Field::Title, 0);
    let mut met = 0;
    let mut counts = vec![0; document.entities.len()];
    for mention in &document.mentions {
        let field = document.field(mention.field);
        let surface = field
            .get(mention.span.range())
            .ok_or("a span is on boundaries")?;
        demand(!surface.is_empty(), "a mention is not empty")?;
        demand(surface.trim() == surface, "no space is around a name")?;
        let place = (mention.field, mention.span.start());
        demand(place >= before, "mentions are in order and apart")?;
        before = (mention.field, mention.span.end());
        demand(!mention.base.trim().is_empty(), "a base form is not empty")?;
        let entity = document
            .entities
            .get(mention.entity)
            .ok_or("an entity is there")?;
        demand(
            mention.entity <= met,
            "entities come in order of their first mention",
        )?;
        met = met.max(mention.entity + 1);
        counts[mention.entity] += 1;
        demand(
            entity.kind == mention.kind,
            "an entity is of its mentions' kind",
        )?;
        let form = entity
            .forms
            .binary_search_by(|form| form.as_str().cmp(surface));
        demand(
            form.is_ok(),
            "a surface is among the forms, which are sorted",
        )?;
    }
    for (entity, count) in document.entities.iter().zip(counts) {
        demand(!entity.name.trim().is_empty(), "an entity has a name")?;
        demand(
            count > 0 && entity.mentions == count,
            "mentions are counted",
        )?;
        demand(entity.forms.len() <= count, "each form is met")?;
    }
    let mut end = 0;
    for sentence in &document.sentences {
        let text = document.article.text.get(sentence.range());
        demand(
            text.is_some_and(|text| !text.is_empty()),
            "a sentence is text",
        )?;
        demand(sentence.start() >= end, "sentences are in order and apart")?;
        end = sentence.end();
    }
    for description in &document.descriptions {
        let field = document.field(description.field);
        let surface = field.get(description.span.range());
        demand(
            surface.is_some_and(|text| !text.is_empty()),
            "a description is text",
        )?;
        demand(
            description.entity < document.entities.len(),
            "a description has an entity",
        )?;
    }
    Ok(())
}

/// What trips a reader up, one by one.
const PIECES: [&str; 77] = [
    // Names, whole and in parts.
    "Jan Kowalski",
    "Kowalskiego",
    "Anna",
    "Tusk",
    "Tuska",
    "Ministerstwo Spraw Zagranicznych",
    "MSZ",
    "MSZ-u",
    "PiS-em",
    "NATO",
    "Unia",
    "Stanów Zjednoczonych",
    "Łodzi",
    "Joe Biden",
    "Biden's",
    "the United Nations",
    "The Hague",
    "iPhone",
    "McDonald",
    "II",
    "O'Brien",
    "Farage'a",
    "Skłodowska-Curie",
    "św",
    "ul",
    "im",
    "prof",
    "Płn",
    "J",
    "z",
    "i",
    "o",
    "w",
    // Particles and roles.
    "von der",
    "van",
    "al-",
    "de",
    "bin",
    "prezydent",
    "szef",
    "president",
    "Mr",
    // Marks.
    ".",
    "..",
    "…",
    "!",
    ",",
    ";",
    ":",
    "-",
    "–",
    "—",
    "„",
    "”",
    "\"",
    "«",
    "»",
    "'",
    "’",
    "(",
    ")",
    "[",
    "]",
    "/",
    "&",
    "@",
    // Letters of trouble: combining marks, from right to left, emoji, controls, no width.
    "\u{301}",
    "e\u{301}\u{302}",
    "שלום",
    "مرحبا",
    "👩\u{200d}👧",
    "İ",
    "ß",
    "ǅ",
    "Владимир Путин",
    "習近平",
    "\u{200b}",
];

/// More of what stands between, and letters that are no words.
const GAPS: [&str; 16] = [
    " ", " ", " ", " ", "", "", "\n", "\n\n", "\t", "\u{a0}", "\u{0}", "\u{7}", "\u{feff}",
    "\u{202e}", "\r\n", "  ",
];

fn nasty(most: usize) -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => "[A-ZŁŚŻ]{1,6}",
        1 => "[0-9]{1,4}[a-zA-Z]{0,2}",
        1 => any::<char>().prop_map(String::from),
    ];
    let gaps = prop::sample::select(&GAPS[..]);
    prop::collection::vec((pieces, gaps), 0..most).prop_map(|parts| {
        parts
            .into_iter()
            .fold(String::new(), |text, (piece, gap)| text + &piece + gap)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn laws_hold_for_whatever_is_written(
        title in nasty(6),
        text in nasty(40),
        language in prop::sample::select(&LANGUAGES[..]),
    ) {
        let document = document(&title, &text, language);
        prop_assert_eq!(laws(&document), Ok(()));
        prop_assert_eq!(&self::document(&title, &text, language), &document);
    }

    #[test]
    fn laws_hold_for_any_characters(
        title in any::<String>(),
        text in prop::collection::vec(any::<char>(), 0..200),
        language in prop::sample::select(&LANGUAGES[..]),
    ) {
        let text: String = text.into_iter().collect();
        let document = document(&title, &text, language);
        prop_assert_eq!(laws(&document), Ok(()));
    }

    /// A thread remembers words, names and scores; none of it may be seen in what it finds.
    #[test]
    fn what_was_read_before_changes_nothing(
        before in prop::collection::vec((nasty(10), prop::sample::select(&LANGUAGES[..])), 1..4),
        text in nasty(30),
        language in prop::sample::select(&LANGUAGES[..]),
    ) {
        for (text, language) in before {
            document(&text, &text, language);
        }
        prop_assert_eq!(document("", &text, language), afresh("", &text, language));
    }
}

/// Laws about names would be kept by finding none.
#[test]
fn among_the_pieces_are_names() {
    for language in [Some("pl"), Some("en")] {
        let document = document("", &PIECES.join(". "), language);
        assert!(document.mentions.len() > 10, "{:?}", document.mentions);
    }
}

/// Reads a text that would take for ever, were any step quadratic in its size.
#[track_caller]
fn check_monster(text: &str) {
    for language in [Some("pl"), Some("en")] {
        let document = document("", text, language);
        assert_eq!(laws(&document), Ok(()));
    }
    let in_title: &str = text.get(..text.floor_char_boundary(200_000)).unwrap();
    let document = document(in_title, "Jan Kowalski.", Some("pl"));
    assert_eq!(laws(&document), Ok(()));
}

const MEGABYTE: usize = 1 << 20;

#[test]
fn a_megabyte_without_a_space() {
    check_monster(&"x".repeat(MEGABYTE));
    check_monster(&"Xa".repeat(MEGABYTE / 2));
    check_monster(&"a'".repeat(MEGABYTE / 2));
}

#[test]
fn a_million_capitals() {
    check_monster(&"Ż".repeat(1_000_000));
}

#[test]
fn a_million_initials() {
    check_monster(&"A ".repeat(1_000_000));
    check_monster(&"A. ".repeat(300_000));
    check_monster(&"A-".repeat(300_000));
}

/// A name written a little differently each time, without a full stop.
fn different(count: usize, between: &str) -> String {
    let names: Vec<String> = (0..count)
        .map(|mut number| {
            let mut name = String::from("K");
            while number > 0 {
                name.push(char::from(b"aeioustr"[number % 8]));
                number /= 8;
            }
            name
        })
        .collect();
    names.join(between)
}

#[test]
fn three_hundred_thousand_different_words() {
    check_monster(&different(300_000, " "));
}

#[test]
fn a_sentence_of_names_that_never_ends() {
    check_monster(&different(100_000, ", "));
    check_monster(&different(100_000, " i "));
    check_monster(&"KOWALSKI, ".repeat(MEGABYTE / 10));
    check_monster(&"Jan Kowalski, ".repeat(200_000));
}

#[test]
fn twenty_thousand_sentences_of_meetings() {
    check_monster(&"Prezydent spotkał się w środę z premierem w Łodzi. ".repeat(20_000));
    check_monster(
        &"Prezydent Anna Nowak spotkała się z premierem. Premier milczała. ".repeat(10_000),
    );
}

#[test]
fn combining_marks_and_nothing_else() {
    check_monster(&"\u{301}".repeat(500_000));
    check_monster(&format!("A{}", "\u{301}".repeat(500_000)));
}

#[test]
fn brackets_and_quotes_that_are_never_closed() {
    check_monster(&"(".repeat(100_000));
    check_monster(&"(MSZ ".repeat(100_000));
    check_monster(&"„".repeat(200_000));
    check_monster(&"„Rada „".repeat(50_000));
    check_monster(&format!(
        "{}Jan{}",
        "„".repeat(100_000),
        "”".repeat(100_000)
    ));
    check_monster(&"MSZ (Rada) ".repeat(50_000));
}

#[test]
fn one_name_without_end() {
    check_monster(&"Skłodowska-".repeat(50_000));
    check_monster(&"Rada ".repeat(100_000));
    check_monster(&"von der ".repeat(100_000));
    check_monster(&"Unia Europejska i ".repeat(50_000));
    check_monster(&"The ".repeat(100_000));
    check_monster(&"Jan ".repeat(100_000));
}

#[test]
fn stops_spaces_and_line_ends() {
    check_monster(&" ".repeat(MEGABYTE));
    check_monster(&"\n".repeat(MEGABYTE));
    check_monster(&"A\n".repeat(300_000));
    check_monster(&". ".repeat(300_000));
    check_monster(&"Jan K       .".repeat(50_000));
    check_monster(&format!("Jan K{}", " ".repeat(MEGABYTE)).repeat(2));
    check_monster(&"a.".repeat(300_000));
    check_monster(&"prof. ".repeat(200_000));
}

#[test]
fn a_thread_that_has_seen_monsters_reads_on_as_before() {
    let text = "Prezydent Andrzej Duda spotkał się w Warszawie z Olafem Scholzem. Duda milczał.";
    let before = document("", text, Some("pl"));
    document("", &different(100_000, ". "), Some("pl"));
    assert_eq!(document("", text, Some("pl")), before);
    assert_eq!(afresh("", text, Some("pl")), before);
}
