//! Every sentence of the languages' corpora tells the meetings that stand under it, every rule of
//! the tables is needed for one of them and has a near-miss that tells nobody who met whom; and
//! the laws hold for any text.
//!
//! The layout of the corpora is described at their heads.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::annotate::{Options, annotate};
use crate::lang::grammar::{Class, Rule, TriggerPart};
use crate::lang::{LANGUAGES, Language, by_code};
use crate::model::{
    Article, ArticleDate, DateBasis, DateRule, Day, Document, Meeting, PartialDate, Participant,
};
use crate::text::tokens;

const EXAMPLES: [(&str, &str); 2] = [
    ("pl", include_str!("../../lang/pl/corpus/meetings.txt")),
    ("en", include_str!("../../lang/en/corpus/meetings.txt")),
];
const NEAR_MISSES: [(&str, &str); 2] = [
    ("pl", include_str!("../../lang/pl/corpus/meetings.not.txt")),
    ("en", include_str!("../../lang/en/corpus/meetings.not.txt")),
];

/// A sentence of a corpus.
struct Example {
    published: PartialDate,
    rule: &'static str,
    sentence: &'static str,
    meetings: BTreeSet<String>,
}

fn day(written: &str) -> PartialDate {
    let mut parts = written.splitn(3, '-');
    let mut part = || parts.next().expect(written);
    let (year, month) = (part().parse().unwrap(), part().parse().unwrap());
    PartialDate::day(Day::new(year, month, part().parse().unwrap()).expect(written))
}

fn examples(corpus: &'static str) -> Vec<Example> {
    let (mut published, mut rule) = (None, "");
    let mut found: Vec<Example> = Vec::new();
    for line in corpus.lines() {
        if let Some(date) = line.strip_prefix("# published ") {
            published = Some(day(date));
        } else if let Some(meeting) = line.strip_prefix("        ") {
            let last = found
                .last_mut()
                .expect("a sentence stands over its meetings");
            let (names, facts) = meeting.split_once(" | ").expect(meeting);
            let names = names.split(" + ").collect();
            assert!(last.meetings.insert(written(names, facts)), "{meeting}");
        } else if let Some(sentence) = line.strip_prefix("    ") {
            found.push(Example {
                published: published.expect("a date stands at the head"),
                rule,
                sentence,
                meetings: BTreeSet::new(),
            });
        } else if !line.starts_with('#') {
            rule = line;
        }
    }
    found
}

fn article(language: &str, published: PartialDate, text: &str) -> Article {
    Article {
        language: Some(language.to_owned()),
        date: Some(ArticleDate {
            date: published,
            rule: DateRule::Header,
        }),
        ..Article::new("a", text)
    }
}

/// A meeting as a corpus writes it, whatever the order of those who met.
fn written(mut names: Vec<&str>, facts: &str) -> String {
    names.sort_unstable();
    format!("{} | {facts}", names.join(" + "))
}

fn told(document: &Document, meeting: &Meeting) -> String {
    let name = |participant| match participant {
        &Participant::Entity(entity) => document.entities[entity].name.as_str(),
        Participant::Group(group) => group.as_str(),
    };
    let place = meeting.place.as_deref().unwrap_or("-");
    let facts = format!(
        "{} | {} | {place}",
        meeting.status.name(),
        meeting.kind.name()
    );
    written(meeting.participants.iter().map(name).collect(), &facts)
}

/// What is wrong with an example, or nothing.
fn wrong(language: &str, example: &Example) -> Option<String> {
    let Example { sentence, rule, .. } = example;
    let article = article(language, example.published, sentence);
    let document = annotate(article, Options::default());
    let complete = || document.meetings.iter().filter(|found| found.is_complete());
    let found: BTreeSet<String> = complete().map(|one| told(&document, one)).collect();
    let is_by_rule = found.is_empty() || complete().any(|meeting| meeting.rule == *rule);
    (found != example.meetings || !is_by_rule).then(|| {
        let rules: Vec<_> = complete().map(|meeting| meeting.rule).collect();
        format!("{rule}: {sentence}\n    {found:?} by {rules:?}")
    })
}

/// Whether a rule can read a word of the sentence.
fn has_trigger(language: &'static Language, rule: &Rule, sentence: &str) -> bool {
    let rules = (language.grammar.rules)();
    tokens(sentence).any(|token| {
        let senses = (language.grammar.senses)(token.of(sentence));
        senses
            .iter()
            .any(|sense| rules.of(&sense.lemma).any(|other| other == rule))
    })
}

/// Every sentence tells what stands under it, and each rule has one with meetings, or without.
#[track_caller]
fn check((code, corpus): (&str, &'static str), tells: bool) {
    let language = by_code(code);
    let rules = (language.grammar.rules)().all();
    let examples = examples(corpus);
    let failed: Vec<String> = examples
        .iter()
        .filter_map(|example| wrong(code, example))
        .collect();
    assert!(failed.is_empty(), "{code}, found:\n{}", failed.join("\n"));
    for Example {
        rule,
        sentence,
        meetings,
        ..
    } in &examples
    {
        let rule = rules.iter().find(|known| known.name == *rule).expect(rule);
        assert_eq!(!meetings.is_empty(), tells, "{sentence}");
        assert!(has_trigger(language, rule, sentence), "{sentence}");
    }
    for rule in rules {
        let has_one = examples.iter().any(|example| example.rule == rule.name);
        assert!(has_one, "{code} has no sentence for `{}`", rule.name);
    }
}

#[test]
fn every_polish_rule_reads_its_examples() {
    check(EXAMPLES[0], true);
}

#[test]
fn every_english_rule_reads_its_examples() {
    check(EXAMPLES[1], true);
}

#[test]
fn polish_near_misses_tell_nobody_who_met_whom() {
    check(NEAR_MISSES[0], false);
}

#[test]
fn english_near_misses_tell_nobody_who_met_whom() {
    check(NEAR_MISSES[1], false);
}

#[test]
fn every_class_has_words_and_every_rule_its_own_name() {
    for &class in Class::ALL {
        let has_words = |language: &&Language| !(language.grammar.rules)().class(class).is_empty();
        assert!(LANGUAGES.iter().any(has_words), "no words of {class:?}");
    }
    for language in LANGUAGES {
        let rules = (language.grammar.rules)().all();
        let names: BTreeSet<_> = rules.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), rules.len(), "{}", language.code);
        for part in [TriggerPart::Noun, TriggerPart::Verb] {
            assert!(
                rules.iter().any(|rule| rule.part == part),
                "{}",
                language.code
            );
        }
    }
}

/// Words of the examples, and any others, in any order, with ends of sentences and paragraphs.
fn shuffled(code: &'static str) -> impl Strategy<Value = String> {
    let corpora = EXAMPLES.into_iter().chain(NEAR_MISSES);
    let examples = corpora
        .filter(|(language, _)| *language == code)
        .flat_map(|(_, corpus)| examples(corpus));
    let words: Vec<&str> = examples
        .flat_map(|example| example.sentence.split(' '))
        .collect();
    let word = prop_oneof![
        12 => prop::sample::select(words).prop_map(str::to_owned),
        1 => prop::sample::select(vec![",", ".", "\n", "\n\n", "–", "\"", "„", "(", ")", ":", "?"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(word, 0..60).prop_map(|words| words.join(" "))
}

/// A language with its words in any order as a title and a text.
fn shuffled_article() -> impl Strategy<Value = Article> {
    let of = |code| (Just(code), shuffled(code), shuffled(code), any::<bool>());
    let parts = prop_oneof![of("pl"), of("en")];
    parts.prop_map(|(code, title, text, is_dated)| {
        let mut article = article(code, day("2024-03-18"), &text);
        article.title = title;
        article.date = article.date.filter(|_| is_dated);
        article
    })
}

proptest! {
    #[test]
    fn meetings_keep_the_laws_in_any_text(article in shuffled_article()) {
        let document = annotate(article.clone(), Options::default());
        for meeting in &document.meetings {
            let field = document.field(meeting.field);
            let (start, end) = (meeting.evidence.start(), meeting.evidence.end());
            prop_assert!(field.get(start..end).is_some_and(|evidence| !evidence.is_empty()));
            prop_assert_eq!(meeting.date.is_none(), meeting.basis == DateBasis::Unknown);
            for (place, participant) in meeting.participants.iter().enumerate() {
                prop_assert!(!meeting.participants[..place].contains(participant));
                match participant {
                    Participant::Entity(entity) => {
                        prop_assert!(*entity < document.entities.len());
                    }
                    Participant::Group(group) => prop_assert!(!group.is_empty()),
                }
            }
        }
        prop_assert_eq!(annotate(article, Options::default()).meetings, document.meetings);
    }
}

/// A paragraph of triggers whose subjects are left out is read to its end, and what it does not
/// tell stays untold.
#[test]
fn a_long_paragraph_of_left_out_subjects() {
    for (code, start, untold, end) in [
        (
            "pl",
            "Donald Tusk spotkał się z Emmanuelem Macronem. ",
            "Rozmawiał, spotkał się i przyjął, gdy negocjował, zadzwonił i odwiedził, po rozmowie. ",
            "Andrzej Duda przyjął Olafa Scholza.",
        ),
        (
            "en",
            "Donald Tusk met Emmanuel Macron. ",
            "He talked, met and received while he negotiated, phoned and visited after a meeting. ",
            "Andrzej Duda received Olaf Scholz.",
        ),
    ] {
        let text = [start, &untold.repeat(200_000 / untold.len()), end].concat();
        let document = annotate(article(code, day("2024-03-18"), &text), Options::default());
        let complete = document.meetings.iter().filter(|found| found.is_complete());
        let ends: Vec<usize> = complete.map(|found| found.evidence.end()).collect();
        assert_eq!(ends, [start.trim_end().len(), text.len()], "{code}");
    }
}

/// What goes on without a stop is no sentence, and what stands behind it is read.
#[test]
fn a_sentence_without_end() {
    for (code, endless, end) in [
        (
            "pl",
            "gdy Donald Tusk spotkał się z Emmanuelem Macronem ",
            "Andrzej Duda przyjął Olafa Scholza.",
        ),
        (
            "en",
            "when Donald Tusk met Emmanuel Macron ",
            "Andrzej Duda received Olaf Scholz.",
        ),
    ] {
        let text = format!("{}.\n\n{end}", endless.repeat(200_000 / endless.len()));
        let document = annotate(article(code, day("2024-03-18"), &text), Options::default());
        let ends = document.meetings.iter().map(|found| found.evidence.end());
        assert!(ends.eq([text.len()]), "{code}");
    }
}
