//! What the words of a date say, before it is known what day the article is of.

use crate::lang::calendar::Unit;
use crate::lang::dates::Holiday;
use crate::model::PartialDate;

/// What the words of a date say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateExpr {
    /// All is told: `17 lutego 2023`, `XX wiek`.
    Fixed(PartialDate),
    /// Something that comes again and again; which one is not told: `17 lutego`, `w piątek`.
    Item(Item),
    /// One of these, counted from the article's day: `w zeszły piątek`, `next March`.
    Chosen(Item, Choice),
    /// A whole unit, so many from the present one: `wczoraj`, `w zeszłym tygodniu`.
    Shifted {
        /// What is counted.
        unit: Unit,
        /// How many on; back where negative.
        by: i64,
    },
    /// So far from a day: `dwa lata temu`, `dzień wcześniej`.
    Away {
        /// How much of what, added up; back where negative.
        amounts: Vec<(i64, Unit)>,
        /// From where.
        from: From,
    },
    /// So many units beside the present one, without it: `ostatnie 7 dni`.
    Run {
        /// How many; back where negative.
        count: i64,
        /// Of what.
        unit: Unit,
    },
    /// A part of a longer time: `pod koniec maja`.
    Part(Portion, Box<Self>),
    /// The end of one time and the beginning of the next: `na przełomie maja i czerwca`.
    Turn(Box<Self>, Box<Self>),
    /// One of the days, weeks or weekdays of a longer time, counted from 1, or from its end where
    /// negative: `ostatnia niedziela marca`.
    Nth(i64, Counted, Box<Self>),
    /// So many of these on from a day, or back where negative: "two Fridays ago".
    Further(i64, Item, From),
    /// The one nearest to a day, or the one that is so many places less near: "the Sunday nearest
    /// to 11 November".
    Nearest(i64, Item, Box<Self>),
    /// What is left of a time on the article's day: "the rest of the week".
    Rest(Box<Self>),
    /// The unit that a day lies in: "the week of 7 October".
    Around(Unit, Box<DateExpr>),
    /// The first, in the second: `luty ubiegłego roku`.
    Within(Box<Self>, Box<Self>),
    /// The first, which the second tells more closely: `rok wcześniej, 18 lutego`.
    Apposed(Box<Self>, Box<Self>),
    /// From the first to the second.
    Range(Box<Self>, Box<Self>),
}

/// Something that comes again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// A day of every year; with a weekday where it is told too.
    Day {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
        /// 1 is Monday.
        weekday: Option<i8>,
    },
    /// A day of every month.
    DayOfMonth {
        /// 1 to 31.
        day: i8,
        /// 1 is Monday.
        weekday: Option<i8>,
    },
    /// A month, 1 to 12.
    Month(i8),
    /// A quarter, 1 to 4.
    Quarter(i8),
    /// A season; 1 is spring.
    Season(i8),
    /// A holiday.
    Holiday(&'static Holiday),
    /// A weekday; 1 is Monday.
    Weekday(i8),
    /// Saturday and Sunday.
    Weekend,
    /// Ten years of a century: 90.
    Decade(i8),
}

/// Which of those that come again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The latest one before the article's day.
    Last,
    /// The one that the article's day lies in, or the coming one; after a past tense the latest.
    This,
    /// The first one after the article's day; a weekday of the next week.
    Next,
    /// The first one after the article's day.
    Following,
}

/// What is counted in a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Whole units.
    Unit(Unit),
    /// A weekday; 1 is Monday.
    Weekday(i8),
}

/// A part of a longer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portion {
    /// Its beginning.
    Beginning,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// What a distance is counted from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum From {
    /// The article's day.
    Article,
    /// The last date spoken of.
    Mentioned,
    /// A date.
    Date(Box<DateExpr>),
}

/// What the words say, for people: `XXXX-02-17`, `last(weekday 5)`, `2022 > February`.
impl std::fmt::Display for DateExpr {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fixed(date) => write!(formatter, "{date}"),
            Self::Item(item) => write!(formatter, "{item}"),
            Self::Chosen(item, choice) => {
                let name = match choice {
                    Choice::Last => "last",
                    Choice::This => "this",
                    Choice::Next => "next",
                    Choice::Following => "following",
                };
                write!(formatter, "{name} {item}")
            }
            Self::Shifted { unit, by } => write!(formatter, "{}{by:+}", name(*unit)),
            Self::Away { amounts, from } => {
                write!(formatter, "{from}")?;
                amounts
                    .iter()
                    .try_for_each(|(count, unit)| write!(formatter, " {count:+} {}", name(*unit)))
            }
            Self::Run { count, unit } => {
                let side = if *count < 0 { "before" } else { "after" };
                write!(formatter, "{} {} {side} this", count.abs(), name(*unit))
            }
            Self::Part(portion, of) => {
                let name = match portion {
                    Portion::Beginning => "beginning",
                    Portion::Middle => "middle",
                    Portion::End => "end",
                };
                write!(formatter, "{name} of ({of})")
            }
            Self::Turn(one, other) => write!(formatter, "turn of ({one}) and ({other})"),
            Self::Nth(nth, counted, of) => match counted {
                Counted::Unit(unit) => write!(formatter, "{} {nth} of ({of})", name(*unit)),
                Counted::Weekday(weekday) => {
                    write!(formatter, "{} {nth} of ({of})", weekday_name(*weekday))
                }
            },
            Self::Further(count, item, from) => write!(formatter, "{from} {count:+} {item}"),
            Self::Nearest(nth, item, to) => write!(formatter, "{item} {nth} nearest to ({to})"),
            Self::Rest(of) => write!(formatter, "rest of ({of})"),
            Self::Around(unit, of) => write!(formatter, "{} around ({of})", name(*unit)),
            Self::Within(inner, outer) => write!(formatter, "({inner}) in ({outer})"),
            Self::Apposed(one, exact) => write!(formatter, "({one}), told as ({exact})"),
            Self::Range(first, last) => write!(formatter, "({first}) to ({last})"),
        }
    }
}

impl std::fmt::Display for From {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Article => formatter.write_str("article"),
            Self::Mentioned => formatter.write_str("last date told"),
            Self::Date(date) => write!(formatter, "({date})"),
        }
    }
}

impl std::fmt::Display for Item {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let also = |formatter: &mut std::fmt::Formatter<'_>, weekday: Option<i8>| match weekday {
            Some(weekday) => write!(formatter, ", {}", weekday_name(weekday)),
            None => Ok(()),
        };
        match *self {
            Self::Day {
                month,
                day,
                weekday,
            } => {
                write!(formatter, "????-{month:02}-{day:02}")?;
                also(formatter, weekday)
            }
            Self::DayOfMonth { day, weekday } => {
                write!(formatter, "????-??-{day:02}")?;
                also(formatter, weekday)
            }
            Self::Month(month) => write!(formatter, "????-{month:02}"),
            Self::Quarter(quarter) => write!(formatter, "????-Q{quarter}"),
            Self::Season(season) => {
                let names = ["spring", "summer", "autumn", "winter"];
                let place = usize::try_from(season - 1).unwrap_or_default();
                formatter.write_str(names.get(place).copied().unwrap_or("season"))
            }
            Self::Holiday(holiday) => formatter.write_str(&holiday.name),
            Self::Weekday(weekday) => formatter.write_str(weekday_name(weekday)),
            Self::Weekend => formatter.write_str("weekend"),
            Self::Decade(tens) => write!(formatter, "??{tens:02}s"),
        }
    }
}

fn weekday_name(weekday: i8) -> &'static str {
    crate::lang::calendar::Calendar::standard().weekday_name(weekday)
}

fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::Year => "year",
        Unit::Decade => "decade",
        Unit::Century => "century",
    }
}
