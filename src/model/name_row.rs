//! What an index knows of one name.

use super::{Day, EntityKind};

/// One canonical name of an index, as all its articles together have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRow {
    /// What it is the name of.
    pub kind: EntityKind,
    /// The name, letter by letter.
    pub name: String,
    /// How many articles have it.
    pub articles: u64,
    /// The first and the last day on which one of them may have been published; none where all of
    /// them are undated.
    pub days: Option<(Day, Day)>,
    /// How many were published in each week, by the number of the week, in order. An article that
    /// is known to a month or less is in the week of its first day.
    pub weeks: Vec<(i64, u64)>,
    /// What these articles call it besides, as base forms with the number of articles, in order:
    /// "Tusk" of "Donald Tusk".
    pub forms: Vec<(String, u64)>,
}

impl NameRow {
    /// The number of the week of a day.
    pub fn week(day: Day) -> i64 {
        day.number().div_euclid(7)
    }
}
