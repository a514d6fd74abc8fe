//! How many articles or meetings there are in each period.

use super::PartialDate;

/// What a timeline is divided into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// One day.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years, from one that ends in 0.
    Decade,
}

impl Period {
    /// All of them, shortest first.
    pub const ALL: [Self; 6] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
        Self::Decade,
    ];

    /// The name in output and questions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
        }
    }

    /// The period of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }
}

/// What a timeline counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Articles, by the day they were published.
    Articles,
    /// Meetings, by the day they took place or were to; tellings of one are joined.
    Meetings,
}

impl Counted {
    /// The name in output and questions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Meetings => "meetings",
        }
    }
}

/// A number, and of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Portion {
    /// How many answer the question.
    pub count: u64,
    /// How many the index holds.
    pub of: u64,
}

impl Portion {
    /// The part of the whole, from 0 to 1; none where the index holds nothing.
    pub fn share(self) -> Option<f64> {
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of articles are far below 2^52"
        )]
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }
}

/// One period and what lies wholly within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimelineRow {
    /// The days of the period.
    pub period: PartialDate,
    /// What answers, of all that the index holds of these days.
    pub portion: Portion,
}

/// Counts by period. The rows, `imprecise` and `undated` together are `total`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// What is counted.
    pub counted: Counted,
    /// What the rows are.
    pub by: Period,
    /// Every period from the first to the last, in order, also where nothing lies in it.
    pub rows: Vec<TimelineRow>,
    /// What is dated, but not exactly enough to lie within one period.
    pub imprecise: Portion,
    /// What has no date.
    pub undated: Portion,
    /// Everything.
    pub total: Portion,
}
