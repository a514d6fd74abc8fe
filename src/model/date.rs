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

    /// The same day of the month `months` later, or earlier when negative.
    /// Where that month is shorter, its last day.
    ///
    /// ```
    /// # use kronika::model::Day;
    /// let day = Day::new(2024, 3, 31).unwrap();
    /// assert_eq!(day.plus_months(-1), Day::new(2024, 2, 29));
    /// ```
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let date = self.civil();
        let months =
            (i64::from(date.year()) * 12 + i64::from(date.month()) - 1).checked_add(months)?;
        let year = i16::try_from(months.div_euclid(12)).ok()?;
        let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
        let first = civil::Date::new(year, month, 1).ok()?;
        Self::new(year, month, date.day().min(first.days_in_month()))
    }

    /// The day of the week: 1 for Monday, 7 for Sunday.
    pub fn weekday(self) -> i8 {
        self.civil().weekday().to_monday_one_offset()
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

    /// A week of the ISO calendar: week 1 holds the first Thursday of the year.
    ///
    /// ```
    /// # use kronika::model::PartialDate;
    /// let week = PartialDate::week(2023, 7).unwrap();
    /// assert_eq!(week.to_string(), "2023-02-13..2023-02-19");
    /// assert_eq!(PartialDate::week(2023, 53), None);
    /// ```
    pub fn week(year: i16, week: i8) -> Option<Self> {
        civil::ISOWeekDate::new(year, week, civil::Weekday::Monday)
            .ok()
            .and_then(|monday| Self::week_of(monday.date().into()))
    }

    /// The week of this day, Monday to Sunday, if all of it lies in the calendar.
    pub fn week_of(day: Day) -> Option<Self> {
        let first = day.plus(1 - i64::from(day.weekday()))?;
        Self::between(first, first.plus(6)?, Precision::Week)
    }

    /// A quarter of a year, from 1 to 4.
    pub fn quarter(year: i16, quarter: i8) -> Option<Self> {
        let month = (1..=4).contains(&quarter).then(|| quarter * 3)?;
        Self::between(
            Self::month(year, month - 2)?.first,
            Self::month(year, month)?.last,
            Precision::Quarter,
        )
    }

    /// The ten years from this one, which must end in 0.
    pub fn decade(first: i16) -> Option<Self> {
        let last = (first.rem_euclid(10) == 0)
            .then_some(first)?
            .checked_add(9)?;
        Self::between(
            Self::year(first)?.first,
            Self::year(last)?.last,
            Precision::Decade,
        )
    }

    /// A century of our era: the 20th runs from 1901 to 2000.
    pub fn century(number: i16) -> Option<Self> {
        let last = (number >= 1).then_some(number)?.checked_mul(100)?;
        Self::between(
            Self::year(last - 99)?.first,
            Self::year(last)?.last,
            Precision::Century,
        )
    }

    /// The days from `first` to `last`, if they are in this order.
    /// The precision is that of the calendar's unit they fill, or else an interval.
    ///
    /// ```
    /// # use kronika::model::{Day, PartialDate, Precision};
    /// let (first, last) = (Day::new(2023, 2, 1).unwrap(), Day::new(2023, 2, 28).unwrap());
    /// assert_eq!(PartialDate::spanning(first, last), PartialDate::month(2023, 2));
    /// ```
    pub fn spanning(first: Day, last: Day) -> Option<Self> {
        let date = first.civil();
        let year = date.year();
        [
            Some(Self::day(first)),
            Self::week_of(first),
            Self::month(year, date.month()),
            Self::quarter(year, (date.month() + 2) / 3),
            Self::year(year),
            Self::decade(year),
            Self::century(year.div_euclid(100).saturating_add(1)),
        ]
        .into_iter()
        .flatten()
        .find(|unit| (unit.first, unit.last) == (first, last))
        .or_else(|| Self::between(first, last, Precision::Interval))
    }

    /// The days from `first` to `last`, if they are in this order, with the precision given.
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

    fn same_days(self, other: Self) -> bool {
        (self.first, self.last) == (other.first, other.last)
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
        if self.first == self.last {
            write!(formatter, "{}", self.first)
        } else if Self::month(first.year(), first.month()).is_some_and(|unit| self.same_days(unit))
        {
            write_year(formatter, first.year())?;
            write!(formatter, "-{:02}", first.month())
        } else if Self::year(first.year()).is_some_and(|unit| self.same_days(unit)) {
            write_year(formatter, first.year())
        } else {
            write!(formatter, "{}..{}", self.first, self.last)
        }
    }
}
