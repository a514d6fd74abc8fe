//! Every phrase of the languages' corpora means what the corpus says; every rule and every row
//! of words is needed for one of them.

use std::collections::BTreeSet;

use super::super::{
    REFUSALS, RULES, Reader, Rule, Stop, parse_date, parse_published, parse_range, tokens,
};
use crate::lang::calendar::{Calendar, TABLES, rows};
use crate::model::{Day, DayRange, Span};

const PHRASES: [&str; 2] = [
    include_str!("../../lang/pl/corpus/dates.txt"),
    include_str!("../../lang/en/corpus/dates.txt"),
];
const NEAR_MISSES: [&str; 2] = [
    include_str!("../../lang/pl/corpus/dates.not.txt"),
    include_str!("../../lang/en/corpus/dates.not.txt"),
];

/// One line of a corpus.
#[derive(Debug, Clone, Copy)]
struct Line<'text> {
    today: Day,
    value: &'text str,
    phrase: &'text str,
}

fn lines<'text>(corpora: &[&'text str]) -> Vec<Line<'text>> {
    corpora
        .iter()
        .flat_map(|corpus| corpus_lines(corpus))
        .collect()
}

fn corpus_lines(corpus: &str) -> Vec<Line<'_>> {
    let mut lines = corpus.lines();
    let head = lines.next().and_then(|line| line.strip_prefix("# today "));
    let today = parse_published(head.expect("a corpus begins with the day it is read"));
    let today = today.expect("today is a day").first();
    let mut value = "";
    let mut found = Vec::new();
    for line in lines {
        match line.strip_prefix("    ") {
            Some("EMPTY") => found.push(Line {
                today,
                value,
                phrase: "",
            }),
            Some(phrase) => found.push(Line {
                today,
                value,
                phrase,
            }),
            None => value = line,
        }
    }
    found
}

/// `2023`, `2020-01-01..`: as `PartialDate` and open ranges are printed.
fn shown(range: DayRange) -> String {
    use crate::model::PartialDate;
    match (range.first, range.last) {
        (Some(first), Some(last)) => PartialDate::spanning(first, last).unwrap().to_string(),
        (first, last) => {
            let show = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
            format!("{}..{}", show(first), show(last))
        }
    }
}

#[track_caller]
fn check(line: Line<'_>) {
    let range = parse_range(line.phrase, line.today);
    let range = range.unwrap_or_else(|mistake| panic!("{line:?}: {mistake:?}"));
    assert_eq!(shown(range), line.value, "{line:?}");
    // Without a today the same phrase means the same, or is refused because it needs one.
    match parse_published(line.phrase) {
        Ok(date) => assert_eq!(date.to_string(), line.value, "{line:?}"),
        Err(mistake) => {
            let open = range.first.is_none() || range.last.is_none();
            assert!(
                open || mistake.message.contains("depends on the day"),
                "{mistake:?}"
            );
        }
    }
}

#[track_caller]
fn check_refused(line: Line<'_>) {
    let mistake = parse_range(line.phrase, line.today).expect_err(line.phrase);
    let hint = mistake.hint.as_deref().expect("every mistake has a hint");
    let said = format!("{}\n{hint}", mistake.message);
    assert!(said.contains(line.value), "{line:?} says:\n{said}");
    assert!(
        !mistake.message.ends_with('.') && !hint.ends_with('.'),
        "{said}"
    );
    assert_eq!(mistake.text, line.phrase);
    assert!(parse_published(line.phrase).is_err(), "{line:?}");
    assert!(parse_date(line.phrase, line.today).is_err(), "{line:?}");
}

#[test]
fn phrases() {
    for line in lines(&PHRASES) {
        check(line);
    }
}

#[test]
fn near_misses() {
    for line in lines(&NEAR_MISSES) {
        check_refused(line);
    }
}

#[test]
fn every_rule_reads_a_phrase() {
    let used: BTreeSet<_> = lines(&PHRASES)
        .into_iter()
        .filter_map(|line| Some(parse_date(line.phrase, line.today).ok()?.rule))
        .collect();
    let idle: Vec<_> = RULES
        .iter()
        .filter(|(rule, _)| !used.contains(rule))
        .collect();
    assert!(idle.is_empty(), "no phrase for {idle:?}");
}

#[test]
fn every_refusal_has_a_near_miss() {
    let mut used = BTreeSet::new();
    for line in lines(&NEAR_MISSES) {
        let reader = Reader::new(line.phrase, Some(line.today));
        let tokens = tokens::tokens(line.phrase, 0);
        let cursor = reader.cursor(&tokens, Span::new(0, line.phrase.len()));
        let refused = |(_, read): &&Rule| !matches!(read(cursor), Err(Stop::NotThis));
        used.extend(
            RULES
                .iter()
                .chain(REFUSALS)
                .find(refused)
                .map(|(rule, _)| *rule),
        );
    }
    for (refusal, _) in REFUSALS {
        assert!(used.contains(refusal), "no near-miss for `{refusal}`");
    }
}

#[test]
fn every_row_of_words_is_needed_for_a_phrase() {
    let phrases = lines(&PHRASES);
    for (language, table) in TABLES.iter().enumerate() {
        for without in rows(table) {
            let mut tables = TABLES.map(str::to_owned);
            tables[language] = table.replace(without, "");
            let calendar = Calendar::parse(&tables.each_ref().map(String::as_str)).unwrap();
            let misread = phrases.iter().any(|line| {
                let reader = Reader {
                    text: line.phrase,
                    today: Some(line.today),
                    calendar: &calendar,
                };
                reader.range().ok().map(shown).as_deref() != Some(line.value)
            });
            assert!(misread, "no phrase needs `{without}`");
        }
    }
}

#[test]
fn a_wrong_row_is_named() {
    for row in [
        "month\t13\tx",
        "unit\tfortnight\tx",
        "day\t1",
        "day\t1\t",
        "a\tb\tc",
        "day\t1\tx\ty",
    ] {
        assert!(Calendar::parse(&[row]).unwrap_err().contains(row));
    }
}
