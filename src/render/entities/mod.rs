//! Rows of entities, of doubts about them, and of days that stand out.

mod doubts;
mod rows;
mod spikes;

use serde::Serialize;

use crate::model::Day;
use crate::model::entity_row::Counted;

/// The days of a row: one, several, or none.
fn days(days: Option<(Day, Day)>) -> String {
    match days {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
        None => "undated".to_owned(),
    }
}

/// A name with its count.
#[derive(Serialize)]
struct CountedShape<'a> {
    name: &'a str,
    articles: u64,
}

fn counted(names: &[Counted]) -> Vec<CountedShape<'_>> {
    let names = names.iter();
    names
        .map(|(name, articles)| CountedShape {
            name,
            articles: *articles,
        })
        .collect()
}
