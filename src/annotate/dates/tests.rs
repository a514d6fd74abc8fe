//! Every phrase of the languages' corpora means what the corpus says, and every rule is needed
//! for one of them; what only looks like a date is found nowhere; and the laws hold.
//!
//! In a corpus `# published` gives the article's date to what follows. A value stands over its
//! phrases. Brackets mark the date in a sentence; without them the whole phrase is the date.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::annotate::{Options, annotate};
use crate::lang::{self, LANGUAGES};
use crate::model::{Article, ArticleDate, DateRule, Day, Document, Field, PartialDate, Span};

const PHRASES: [(&str, &str); 2] = [
    ("pl", include_str!("../../lang/pl/corpus/dates_in_text.txt")),
    ("en", include_str!("../../lang/en/corpus/dates_in_text.txt")),
];
const NEAR_MISSES: [(&str, &str); 2] = [
    (
        "pl",
        include_str!("../../lang/pl/corpus/dates_in_text.not.txt"),
    ),
    (
        "en",
        include_str!("../../lang/en/corpus/dates_in_text.not.txt"),
    ),
];

fn annotated(language: &str, published: &str, text: &str) -> Document {
    let date = day_or_month(published);
    let article = Article {
        language: Some(language.to_owned()),
        date: date.map(|date| ArticleDate {
            date,
            rule: DateRule::Header,
        }),
        ..Article::new("a", text)
    };
    annotate(article, Options::default())
}

/// `2024-03-18` or `2024-03`; anything else is no date.
fn day_or_month(written: &str) -> Option<PartialDate> {
    let mut parts = written.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    match parts.next() {
        Some(day) => Day::new(year, month, day.parse().ok()?).map(PartialDate::day),
        None => PartialDate::month(year, month),
    }
}

/// The lines of a corpus: published, value, phrase.
fn lines(corpus: &str) -> Vec<(&str, &str, &str)> {
    let (mut published, mut value) = ("", "");
    let mut found = Vec::new();
    for line in corpus.lines() {
        if let Some(head) = line.strip_prefix("# published ") {
            published = head.split(' ').next().unwrap();
        } else if let Some(phrase) = line.strip_prefix("    ") {
            found.push((published, value, phrase));
        } else if !line.is_empty() && !line.starts_with('#') {
            value = line;
        }
    }
    found
}

/// The rule that reads the phrase.
fn rule_of(
    language: &str,
    (published, value, phrase): (&str, &str, &str),
) -> Result<String, String> {
    let text = phrase.replace(['[', ']'], "");
    let start = phrase.find('[').unwrap_or(0);
    let length = match (phrase.find('['), phrase.find(']')) {
        (Some(start), Some(end)) => end - start - 1,
        _ => text.len(),
    };
    let wanted = Span::new(start, start + length);
    let document = annotated(language, published, &text);
    let found: Vec<_> = document
        .dates
        .iter()
        .filter(|date| date.span.overlaps(wanted))
        .collect();
    match found.as_slice() {
        [date] if date.span == wanted && date.date.to_string() == value => Ok(date.rule.to_owned()),
        _ => {
            let found = found.iter().map(|date| {
                let written = date.span.of(&text);
                format!("`{written}` {} ({})", date.date, date.rule)
            });
            let found: Vec<String> = found.collect();
            Err(format!(
                "{published} {phrase}: wanted {value}, found {found:?}"
            ))
        }
    }
}

#[test]
fn phrases() {
    let mut wrong = Vec::new();
    for (language, corpus) in PHRASES {
        for line in lines(corpus) {
            wrong.extend(rule_of(language, line).err());
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_reads_a_phrase() {
    for (language, corpus) in PHRASES {
        let used: BTreeSet<String> = lines(corpus)
            .into_iter()
            .filter_map(|line| rule_of(language, line).ok())
            .collect();
        let grammar = (lang::by_code(language).dates)().unwrap();
        let idle: BTreeSet<&str> = grammar
            .rules
            .iter()
            .filter(|rule| !used.contains(&rule.name))
            .map(|rule| rule.name.as_str())
            .collect();
        assert!(idle.is_empty(), "{language}: no phrase for {idle:?}");
    }
}

#[test]
fn near_misses() {
    let mut wrong = Vec::new();
    for (language, corpus) in NEAR_MISSES {
        for (published, _, phrase) in lines(corpus) {
            for date in annotated(language, published, phrase).dates {
                let written = date.span.of(phrase);
                wrong.push(format!(
                    "{phrase}: `{written}` {} ({})",
                    date.date, date.rule
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_language_has_rules() {
    for language in LANGUAGES {
        let grammar = (language.dates)().unwrap();
        assert!(grammar.rules.len() > 50, "{}", language.code);
    }
}

#[test]
fn a_wrong_rule_is_named() {
    use crate::lang::dates::Grammar;
    for rule in [
        "a\tday\tday",
        "a\tnight\tday\tDAY",
        "a\tday\tdate\tDAY",
        "a\tday\tday\t( DAY",
        "a\tday\tday\tDAY ]",
        "a\tday\tday\tNIGHT",
        "a\tday\tday\t$unknown",
    ] {
        assert!(Grammar::parse("", "", rule).unwrap_err().contains(rule));
    }
}

fn published() -> impl Strategy<Value = Option<PartialDate>> {
    prop_oneof![
        Just(None),
        (-9999_i16..=9999, 1_i8..=12).prop_map(|(year, month)| PartialDate::month(year, month)),
        (-9999_i16..=9999).prop_map(PartialDate::year),
        (-4_371_587_i64..=2_932_896)
            .prop_map(|number| { Day::from_number(number).map(PartialDate::day) }),
    ]
}

fn words() -> impl Strategy<Value = String> {
    let known: Vec<String> = PHRASES
        .into_iter()
        .flat_map(|(_, corpus)| lines(corpus))
        .flat_map(|(_, _, phrase)| phrase.split_whitespace())
        .map(|word| word.replace(['[', ']'], ""))
        .chain(["0", "99999", "32", "-", "–", ".", "(", ")", ",", "X", "r."].map(str::to_owned))
        .collect();
    let word = prop_oneof![
        8 => prop::sample::select(known),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(word, 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn dates_lie_in_the_text_and_in_the_calendar(
        text in words(),
        published in published(),
        polish in any::<bool>(),
    ) {
        let article = Article {
            language: Some(if polish { "pl" } else { "en" }.to_owned()),
            title: text.clone(),
            date: published.map(|date| ArticleDate { date, rule: DateRule::Header }),
            ..Article::new("a", &format!("{text}. {text}"))
        };
        let document = annotate(article.clone(), Options::default());
        let mut reached = (Field::Title, 0);
        for date in &document.dates {
            let whole = document.field(date.field);
            prop_assert!(!date.span.of(whole).is_empty());
            prop_assert!((date.field, date.span.start()) >= reached);
            prop_assert!(date.date.first() <= date.date.last());
            reached = (date.field, date.span.end());
        }
        prop_assert_eq!(annotate(article, Options::default()).dates, document.dates);
    }
}

/// An undated article tells nothing that counts from its day.
#[test]
fn an_undated_article() {
    let text = "Wczoraj, w piątek i w zeszłym tygodniu rozmawiali. Jutro spotkają się znów, dwa \
                dni później. Traktat podpisano 8 kwietnia 2010 r., a dzień wcześniej rozmawiano.";
    let document = annotated("pl", "", text);
    let found: Vec<String> = document
        .dates
        .iter()
        .map(|date| date.date.to_string())
        .collect();
    assert_eq!(found, ["2010-04-08", "2010-04-07"]);
}
