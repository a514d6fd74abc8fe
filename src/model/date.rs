//! Days, and dates that are only partly known.

use jiff::civil;

/// One day of the proleptic Gregorian calendar, from -9999-01-01 to 9999-12-31.
///
/// Kept as a number of days since 1970-01-01, which is what the index stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The earliest day there is.
    pub const MIN: Self = Self(-4_371_587);
    /// The latest day there is.
    pub const MAX: Self = Self(2_932_896);

    /// The day of this year, month and day of month, if the calendar has it.
    ///
    /// ```
    /// # use kronika::model::Day;
    /// assert_eq!(Day::new(1970, 1, 2).map(Day::number), Some(1));
    /// assert_eq!(Day::new(2023, 2, 30), None);
    /// ```
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self::from)
    }

    /// The day with this number, counted from 1970-01-01.
    pub fn from_number(number: i64) -> Option<Self> {
        let day = Self(i32::try_from(number).ok()?);
        (Self::MIN..=Self::MAX).contains(&day).then_some(day)
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i64 {
        i64::from(self.0)
    }

    /// The day `days` later, or earlier when negative, if the calendar reaches that far.
    pub fn plus(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The same day as jiff's calendar knows it.
    pub fn civil(self) -> civil::Date {
        let epoch = civil::Date::constant(1970, 1, 1);
        epoch
            .checked_add(jiff::Span::new().days(self.0))
            .unwrap_or(epoch)
    }
}

impl From<civil::Date> for Day {
    fn from(date: civil::Date) -> Self {
        let hours = date
            .duration_since(civil::Date::constant(1970, 1, 1))
            .as_hours();
        Self(i32::try_from(hours / 24).unwrap_or_default())
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let date = self.civil();
        write_year(formatter, date.year())?;
        write!(formatter, "-{:02}-{:02}", date.month(), date.day())
    }
}

/// Four digits, and a minus sign before the year 0.
pub(crate) fn write_year(formatter: &mut std::fmt::Formatter<'_>, year: i16) -> std::fmt::Result {
    let sign = if year < 0 { "-" } else { "" };
    write!(formatter, "{sign}{:04}", year.unsigned_abs())
}

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One day.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A season.
    Season,
    /// A calendar year.
    Year,
    /// Ten years, from one that ends in 0.
    Decade,
    /// A hundred years, from one that ends in 01.
    Century,
    /// Any other run of days.
    Interval,
}

impl Precision {
    /// All of them, finest first.
    pub const ALL: [Self; 9] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Season,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Interval,
    ];

    /// The name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Interval => "interval",
        }
    }

    /// The precision of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|precision| precision.name() == name)
    }
}

/// A date as far as it is known: a first and a last day, both included, and how exact that is.
///
/// The law `first <= last` holds for every value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Day,
    last: Day,
    precision: Precision,
}

impl PartialDate {
    /// One day.
    pub fn day(day: Day) -> Self {
        Self {
            first: day,
            last: day,
            precision: Precision::Day,
        }
    }

    /// A calendar month, if there is such a one.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = civil::Date::new(year, month, 1).ok()?;
        Some(Self {
            first: first.into(),
            last: first.last_of_month().into(),
            precision: Precision::Month,
        })
    }

    /// A calendar year from -9999 to 9999.
    pub fn year(year: i16) -> Option<Self> {
        Some(Self {
            first: Day::new(year, 1, 1)?,
            last: Day::new(year, 12, 31)?,
            precision: Precision::Year,
        })
    }

    /// The days from `first` to `last`, if they are in this order.
    pub fn between(first: Day, last: Day, precision: Precision) -> Option<Self> {
        (first <= last).then_some(Self {
            first,
            last,
            precision,
        })
    }

    /// The first day it may be.
    pub fn first(self) -> Day {
        self.first
    }

    /// The last day it may be.
    pub fn last(self) -> Day {
        self.last
    }

    /// How exactly it is known.
    pub fn precision(self) -> Precision {
        self.precision
    }
}

/// The shortest notation that gives the same days: `2023-02-15`, `2023-02`, `2023`,
/// else `2023-02-13..2023-02-19`.
impl std::fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let first = self.first.civil();
        match self.precision {
            Precision::Day => write!(formatter, "{}", self.first),
            Precision::Month => {
                write_year(formatter, first.year())?;
                write!(formatter, "-{:02}", first.month())
            }
            Precision::Year => write_year(formatter, first.year()),
            _ => write!(formatter, "{}..{}", self.first, self.last),
        }
    }
}
