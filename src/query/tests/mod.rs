//! The query language by example and by law.

mod good;
mod laws;
mod mistakes;

use super::parse;
use crate::Mistake;
use crate::model::{DateMatch, Day, DayRange, NamePattern, Pattern, PhraseWord, Query, Scope};

/// Monday, 20 February 2023.
fn today() -> Day {
    Day::new(2023, 2, 20).unwrap()
}

fn read(text: &str) -> Result<Query, Mistake> {
    parse(text, today(), DateMatch::Overlaps)
}

/// A query in a notation of its own, so that reading and writing cannot err together.
fn sketch(query: &Query) -> String {
    let list = |name: &str, members: &[Query]| {
        let members: Vec<String> = members.iter().map(sketch).collect();
        format!("{name}({})", members.join(", "))
    };
    match query {
        Query::All => "all".to_owned(),
        Query::Text(Scope::Anywhere, pattern) => sketch_pattern(pattern),
        Query::Text(Scope::Title, pattern) => format!("title({})", sketch_pattern(pattern)),
        Query::Name(kind, NamePattern::Name(name)) => format!("{}({name})", kind.name()),
        Query::Name(_, NamePattern::Chosen(chosen)) | Query::Met(NamePattern::Chosen(chosen)) => {
            format!("chosen({})", chosen.asked)
        }
        Query::Name(kind, NamePattern::Prefix(prefix)) => format!("{}({prefix}…)", kind.name()),
        Query::Met(NamePattern::Name(name)) => format!("met({name})"),
        Query::Met(NamePattern::Prefix(prefix)) => format!("met({prefix}…)"),
        Query::Date(days, DateMatch::Overlaps) => format!("date({})", sketch_days(*days)),
        Query::Date(days, DateMatch::Within) => format!("within({})", sketch_days(*days)),
        Query::Undated => "undated".to_owned(),
        Query::Event(days) => format!("days({})", sketch_days(*days)),
        Query::Language(code) => format!("language({code})"),
        Query::Source(source) => format!("source({source})"),
        Query::Id(id) => format!("id({id})"),
        Query::And(members) => list("and", members),
        Query::Or(members) => list("or", members),
        Query::Not(negated) => format!("not({})", sketch(negated)),
        Query::Sentence(members) => list("sentence", members),
    }
}

fn sketch_pattern(pattern: &Pattern) -> String {
    match pattern {
        Pattern::Word(word) => word.clone(),
        Pattern::Form(form) => format!("={form}"),
        Pattern::Phrase { words, slop } => {
            let words: Vec<String> = words
                .iter()
                .map(|word| match word {
                    PhraseWord::Word(word) => word.clone(),
                    PhraseWord::Form(form) => format!("={form}"),
                })
                .collect();
            format!("[{}]{slop}", words.join("|"))
        }
        Pattern::Prefix(prefix) => format!("{prefix}…"),
        Pattern::Regex(regex) => format!("/{regex}/"),
    }
}

fn sketch_days(days: DayRange) -> String {
    let end = |day: Option<Day>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
    match (days.first, days.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (first, last) => format!("{} {}", end(first), end(last)),
    }
}
