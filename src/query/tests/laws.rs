//! What holds for every query and every text.

use proptest::prelude::*;

use super::{read, today};
use crate::model::{
    DateMatch, Day, DayRange, EntityKind, NamePattern, Pattern, PhraseWord, Query, Scope,
};
use crate::query::{parse, to_text};

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-ząęłóśćżźńA-Z0-9][a-ząęłó'.,-]{0,6}",
        r#"[-+=*/~:\\"„”()\[\]?!a-z]{0,4}[a-zł0-9][-+=*/~:\\"„”()\[\]?!|^]{0,4}"#,
        Just("AND".to_owned()),
        Just("OR".to_owned()),
        Just("NOT".to_owned()),
    ]
}

fn beginning() -> impl Strategy<Value = String> {
    "[a-ząęłóA-Z][a-ząęł-]{0,5}"
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        4 => word().prop_map(Pattern::Word),
        1 => Just(Pattern::Regex(r"a\\/b(c|d)\.".to_owned())),
        1 => "[a-zł/]{1,6}".prop_map(Pattern::Regex),
        4 => sentence_pattern(),
    ]
}

fn sentence_pattern() -> impl Strategy<Value = Pattern> {
    let phrase_word = prop_oneof![
        word().prop_map(PhraseWord::Word),
        word().prop_map(PhraseWord::Form),
    ];
    prop_oneof![
        word().prop_map(Pattern::Word),
        word().prop_map(Pattern::Form),
        beginning().prop_map(Pattern::Prefix),
        (prop::collection::vec(phrase_word, 2..4), 0..=100_u32)
            .prop_map(|(words, slop)| Pattern::Phrase { words, slop }),
    ]
}

fn name_pattern() -> impl Strategy<Value = NamePattern> {
    prop_oneof![
        prop::collection::vec(word(), 1..4).prop_map(|words| NamePattern::Name(words.join(" "))),
        beginning().prop_map(NamePattern::Prefix),
    ]
}

fn name() -> impl Strategy<Value = Query> {
    (prop::sample::select(&EntityKind::ALL[..]), name_pattern())
        .prop_map(|(kind, pattern)| Query::Name(kind, pattern))
}

fn days() -> impl Strategy<Value = DayRange> {
    let day = || (-9_999_i16..=9_999, 1..=12_i8, 1..=28_i8);
    let day = move || day().prop_map(|(year, month, day)| Day::new(year, month, day).unwrap());
    prop_oneof![
        (day(), day()).prop_map(|(one, other)| (Some(one.min(other)), Some(one.max(other)))),
        day().prop_map(|day| (Some(day), Some(day))),
        day().prop_map(|first| (Some(first), None)),
        day().prop_map(|last| (None, Some(last))),
    ]
    .prop_map(|(first, last)| DayRange { first, last })
}

fn leaf() -> impl Strategy<Value = Query> {
    prop_oneof![
        1 => Just(Query::All),
        6 => pattern().prop_map(|pattern| Query::Text(Scope::Anywhere, pattern)),
        2 => pattern().prop_map(|pattern| Query::Text(Scope::Title, pattern)),
        3 => name(),
        1 => name_pattern().prop_map(Query::Met),
        1 => days().prop_map(|days| Query::Date(days, DateMatch::Overlaps)),
        1 => Just(Query::Undated),
        1 => days().prop_map(Query::Event),
        1 => "[a-z]{2}".prop_map(Query::Language),
        1 => word().prop_map(Query::Source),
        1 => (word(), word()).prop_map(|(one, other)| Query::Source(format!("{one} {other}*"))),
        1 => prop::collection::vec(word(), 1..3).prop_map(|words| Query::Id(words.join(" "))),
    ]
}

/// A conjunction or a choice as reading makes them: flat, of two members or more.
fn flat(members: Vec<Query>, is_and: bool) -> Query {
    let mut flat = Vec::new();
    for member in members {
        match member {
            Query::And(inner) if is_and => flat.extend(inner),
            Query::Or(inner) if !is_and => flat.extend(inner),
            other => flat.push(other),
        }
    }
    if is_and {
        Query::And(flat)
    } else {
        Query::Or(flat)
    }
}

fn in_sentence() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![
        sentence_pattern().prop_map(|pattern| Query::Text(Scope::Anywhere, pattern)),
        name(),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        (prop::collection::vec(inner, 2..4), any::<bool>())
            .prop_map(|(members, is_and)| flat(members, is_and))
    })
}

fn sentence() -> impl Strategy<Value = Query> {
    prop::collection::vec(in_sentence(), 2..4).prop_map(|members| match flat(members, true) {
        Query::And(members) => Query::Sentence(members),
        other => other,
    })
}

fn query() -> impl Strategy<Value = Query> {
    prop_oneof![5 => leaf(), 1 => sentence()].prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|query| Query::Not(Box::new(query))),
            (prop::collection::vec(inner, 2..4), any::<bool>())
                .prop_map(|(members, is_and)| flat(members, is_and)),
        ]
    })
}

/// Texts made of pieces that mean something, so that many of them are nearly right.
fn likely_text() -> impl Strategy<Value = String> {
    let pieces = [
        " ", " ", " ", "a", "łódź", "(", ")", ")~s", "\"", "„", "”", "~3", "~", "*", "=", "-", "/",
        "\\", "OR", "AND", "NOT", ":", "person:", "title:", "date:", "event:", "source:", "id:",
        "lang:", "none", "pl", "2023-02", "..", "?", "\u{301}", "\u{202e}", "\0", "🙂",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..14)
        .prop_map(|pieces| pieces.concat())
}

/// Whatever `text` is: no panic, a mistake with a true place, or a query that can be written.
fn check(text: &str) -> Result<(), TestCaseError> {
    match read(text) {
        Ok(query) => {
            let written = to_text(&query);
            prop_assert_eq!(
                read(&written),
                Ok(query),
                "{:?} is written {:?}",
                text,
                written
            );
        }
        Err(mistake) => {
            prop_assert_eq!(&mistake.text, text);
            prop_assert!(text.get(mistake.span.range()).is_some(), "{:?}", mistake);
            prop_assert!(!mistake.message.is_empty());
            prop_assert_eq!(mistake.caret().lines().count(), 2);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_written_is_read_back(query in query()) {
        // A source that ends in `*` by chance is one with an open end, which is right too.
        let text = to_text(&query);
        prop_assert_eq!(read(&text), Ok(query), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn likely_text_is_read_or_refused(text in likely_text()) {
        check(&text)?;
    }

    #[test]
    fn the_way_dates_match_changes_dates_only(text in likely_text()) {
        let within = parse(&text, today(), DateMatch::Within);
        prop_assert_eq!(within.map(|query| to_text(&query)), read(&text).map(|query| to_text(&query)));
    }
}
