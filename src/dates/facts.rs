//! What the calendar has, and what is said when it has not.

use super::tokens::{Cursor, Number, Reading, Stop};
use crate::model::{Day, PartialDate, Span};

/// The day, or why there is none.
pub(super) fn day(cursor: &Cursor<'_>, year: i16, month: i64, day: i64) -> Result<Day, Stop> {
    let (number, days) = month_length(cursor, year, month)?;
    i8::try_from(day)
        .ok()
        .and_then(|day| Day::new(year, number, day))
        .ok_or_else(|| {
            let name = cursor.calendar.month_name(number);
            Stop::refuse(
                cursor.whole,
                "there is no such day",
                format!("{name} {year} has {days} days"),
            )
        })
}

/// The month, or why there is none.
pub(super) fn month(cursor: &Cursor<'_>, year: i16, month: i64) -> Reading {
    let (number, _) = month_length(cursor, year, month)?;
    PartialDate::month(year, number).ok_or_else(|| beyond(cursor))
}

fn month_length(cursor: &Cursor<'_>, year: i16, month: i64) -> Result<(i8, i64), Stop> {
    i8::try_from(month)
        .ok()
        .and_then(|number| {
            let date = PartialDate::month(year, number)?;
            Some((number, date.last().number() - date.first().number() + 1))
        })
        .ok_or_else(|| {
            Stop::refuse(
                cursor.whole,
                "there is no such month",
                "months go from 01 to 12",
            )
        })
}

/// The year in these digits: four of them, or three where a month's name stands before.
pub(super) fn year(number: Number, fewest_digits: usize) -> Result<i16, Stop> {
    i16::try_from(number.value)
        .ok()
        .filter(|_| (fewest_digits..=4).contains(&number.digits))
        .ok_or_else(|| year_digits(number))
}

/// A year that is not told in four digits.
pub(super) fn year_digits(number: Number) -> Stop {
    let hint = if number.digits == 3 {
        format!("write `{:04}`", number.value)
    } else {
        "write it in full, such as `1923` or `2023`".to_owned()
    };
    Stop::refuse(number.span, "a year has four digits", hint)
}

/// A date that lacks its year.
pub(super) fn missing_year(cursor: &Cursor<'_>) -> Stop {
    Stop::refuse(
        cursor.whole,
        "the year is missing",
        "write it too, such as `luty 2023`, `15 February 2023`",
    )
}

/// A date before the first day there is, or after the last.
pub(super) fn beyond(cursor: &Cursor<'_>) -> Stop {
    Stop::refuse(
        cursor.whole,
        "this lies beyond the calendar",
        format!("the calendar runs from {} to {}", Day::MIN, Day::MAX),
    )
}

/// The day told must be the weekday told.
pub(super) fn agree(cursor: &Cursor<'_>, day: Day, told: Option<(i8, Span)>) -> Result<(), Stop> {
    match told {
        Some((weekday, span)) if weekday != day.weekday() => Err(Stop::refuse(
            span,
            format!(
                "{day} is a {}, not a {}",
                cursor.calendar.weekday_name(day.weekday()),
                cursor.calendar.weekday_name(weekday)
            ),
            "mend the day or leave the weekday out",
        )),
        _ => Ok(()),
    }
}
