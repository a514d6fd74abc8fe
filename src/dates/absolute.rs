//! Days, months and years told in full: `2023-02-15`, `15.02.2023`, `15 lutego 2023 r.`

use super::clock;
use super::facts;
use super::tokens::{Cursor, Number, Reading, Stop};
use crate::lang::calendar::{Meaning, Unit};
use crate::model::{PartialDate, Span};

/// `2023-02-15`, `2023/02/15`, `2023.02.15`, `2023-Feb-15`, with or without a time.
pub(super) fn year_month_day(mut cursor: Cursor<'_>) -> Reading {
    let told = opening(&mut cursor);
    let year = signed_year(&mut cursor, 4..=4)?;
    let separator = cursor.separator(&['-', '/', '.'])?;
    let month = match cursor.number(1..=2) {
        Ok(number) => number.value,
        Err(_) => i64::from(cursor.month()?),
    };
    cursor.separator(&[separator])?;
    let day = cursor.number(1..=2)?.value;
    whole_day(cursor, told, year.read(4)?, month, day)
}

/// `2023-02`, `2023/02`, `2023.02`.
pub(super) fn year_month(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let year = signed_year(&mut cursor, 4..=4)?;
    cursor.separator(&['-', '/', '.'])?;
    let month = cursor.number(1..=2)?.value;
    year_label(&mut cursor);
    cursor.end()?;
    facts::month(&cursor, year.read(4)?, month)
}

/// `2023`, `-0044`, `2023 r.`, `w roku 2023`.
pub(super) fn year(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    year_label(&mut cursor);
    let year = signed_year(&mut cursor, 4..=4)?;
    year_label(&mut cursor);
    cursor.end()?;
    PartialDate::year(year.read(4)?).ok_or_else(|| facts::beyond(&cursor))
}

/// `20230215`, `20230215T100000Z`, `20230215100000`.
pub(super) fn compact(mut cursor: Cursor<'_>) -> Reading {
    let told = opening(&mut cursor);
    let number = cursor.number(8..=8).or_else(|_| cursor.number(14..=14))?;
    let mut date = number.value;
    if number.digits == 14 {
        clock::check(date % 1_000_000, number.span)?;
        date /= 1_000_000;
    }
    let year = i16::try_from(date / 10_000).map_err(|_| Stop::NotThis)?;
    whole_day(cursor, told, year, date / 100 % 100, date % 100)
}

/// `15.02.2023`; with `/` or `-` only when one way to read it gives a date.
pub(super) fn day_month_year(mut cursor: Cursor<'_>) -> Reading {
    let told = opening(&mut cursor);
    let first = cursor.number(1..=2)?.value;
    let separator = cursor.separator(&['-', '/', '.'])?;
    let second = cursor.number(1..=2)?.value;
    cursor.separator(&[separator])?;
    let year = facts::year(cursor.number(1..=usize::MAX)?, 4)?;
    if separator == '.' || first == second || first > 12 {
        return whole_day(cursor, told, year, second, first);
    }
    if second > 12 {
        return whole_day(cursor, told, year, first, second);
    }
    whole_day(cursor, None, year, first, second)?;
    let names =
        |month: i64| i8::try_from(month).map_or("", |month| cursor.calendar.month_name(month));
    Err(Stop::refuse(
        cursor.whole,
        "this can mean two days",
        format!(
            "write `{year:04}-{second:02}-{first:02}` ({first} {}) or \
             `{year:04}-{first:02}-{second:02}` ({second} {})",
            names(second),
            names(first)
        ),
    ))
}

/// `02.2023`, `02/2023`.
pub(super) fn month_year(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let month = cursor.number(1..=2)?.value;
    cursor.separator(&['-', '/', '.'])?;
    let year = cursor.number(4..=4)?;
    year_label(&mut cursor);
    cursor.end()?;
    facts::month(&cursor, facts::year(year, 4)?, month)
}

/// `15 lutego 2023 r.`, `15 II 2023`, `the 15th of February 2023`, `15-Feb-2023`.
pub(super) fn day_name_year(mut cursor: Cursor<'_>) -> Reading {
    let told = opening(&mut cursor);
    let day = day_number(&mut cursor)?;
    cursor.leads();
    joint(&mut cursor);
    let month = cursor.month()?;
    let year = year_behind(&mut cursor)?;
    whole_day(cursor, told, year, i64::from(month), day)
}

/// `February 15, 2023`, `Wed Feb 15 10:00:00 2023`.
pub(super) fn name_day_year(mut cursor: Cursor<'_>) -> Reading {
    let told = opening(&mut cursor);
    let month = cursor.month()?;
    joint(&mut cursor);
    cursor.leads();
    let day = day_number(&mut cursor)?;
    clock::time(&mut cursor)?;
    let year = year_behind(&mut cursor)?;
    whole_day(cursor, told, year, i64::from(month), day)
}

/// `luty 2023`, `w lutym 2023 r.`, `Feb 2023`, `II 2023`.
pub(super) fn name_year(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let month = cursor.month()?;
    let year = year_behind(&mut cursor)?;
    year_label(&mut cursor);
    cursor.end()?;
    facts::month(&cursor, year, i64::from(month))
}

/// A year with its sign.
#[derive(Debug, Clone, Copy)]
pub(super) struct SignedYear {
    pub(super) number: Number,
    negative: bool,
}

impl SignedYear {
    /// Its value; in so many digits at least.
    pub(super) fn read(self, fewest_digits: usize) -> Result<i16, Stop> {
        let year = facts::year(self.number, fewest_digits)?;
        Ok(if self.negative { -year } else { year })
    }
}

/// A number that may be a year.
pub(super) fn signed_year(
    cursor: &mut Cursor<'_>,
    digits: std::ops::RangeInclusive<usize>,
) -> Result<SignedYear, Stop> {
    let mut next = *cursor;
    let negative = next.sign('-').is_ok();
    if negative && next.rest.first().is_some_and(|token| token.spaced) {
        return Err(Stop::NotThis);
    }
    let number = next.number(digits)?;
    *cursor = next;
    Ok(SignedYear { number, negative })
}

/// The year behind a month or quarter: `2023`, `966`, `br.`, `zeszłego roku`.
pub(super) fn year_behind(cursor: &mut Cursor<'_>) -> Result<i16, Stop> {
    if cursor.at_end() {
        return Err(facts::missing_year(cursor));
    }
    joint(cursor);
    cursor.leads();
    if let Ok(year) = signed_year(cursor, 1..=usize::MAX) {
        return year.read(3);
    }
    let years = relative_year(cursor)?;
    cursor
        .today()?
        .plus_months(years * 12)
        .map(|day| day.civil().year())
        .ok_or_else(|| facts::beyond(cursor))
}

/// `br.`, `ub. r.`, `last year`: how many years from this one.
pub(super) fn relative_year(cursor: &mut Cursor<'_>) -> Result<i64, Stop> {
    let mut next = *cursor;
    let years = match next.year_offset() {
        Ok(years) => years,
        Err(_) => shifted_year(&mut next)?,
    };
    next.sign('.').ok();
    *cursor = next;
    Ok(years)
}

fn shifted_year(cursor: &mut Cursor<'_>) -> Result<i64, Stop> {
    let years = cursor.shift()?;
    cursor.sign('.').ok();
    cursor.role(Meaning::Unit(Unit::Year))?;
    Ok(years)
}

/// A word that says that a number is a year: `r.`
pub(super) fn year_label(cursor: &mut Cursor<'_>) {
    if cursor.role(Meaning::YearLabel).is_ok() {
        cursor.sign('.').ok();
    }
}

/// The number of a day: `15`, `15th`, `15-go`.
fn day_number(cursor: &mut Cursor<'_>) -> Result<i64, Stop> {
    let day = cursor.number(1..=2)?.value;
    let mut next = *cursor;
    next.separator(&['-']).ok();
    if next.role(Meaning::OrdinalEnding).is_ok() {
        *cursor = next;
    }
    Ok(day)
}

/// What may stand between the parts of a date.
fn joint(cursor: &mut Cursor<'_>) {
    for _ in 0..2 {
        cursor.separator(&['.', ',', '-', '/']).ok();
    }
}

/// What stands before a day: `w piątek,`, `on the`, `Wed, `. Gives the weekday it tells.
fn opening(cursor: &mut Cursor<'_>) -> Option<(i8, Span)> {
    cursor.leads();
    let told = weekday(cursor);
    if told.is_some() {
        cursor.sign('.').ok();
        cursor.sign(',').ok();
        cursor.leads();
    }
    told
}

fn weekday(cursor: &mut Cursor<'_>) -> Option<(i8, Span)> {
    let span = cursor.rest.first()?.span;
    cursor.weekday().ok().map(|weekday| (weekday, span))
}

/// What stands behind a day: `r.`, a time, `(piątek)`. Then the day is looked up.
fn whole_day(
    mut cursor: Cursor<'_>,
    told: Option<(i8, Span)>,
    year: i16,
    month: i64,
    day: i64,
) -> Reading {
    year_label(&mut cursor);
    clock::time(&mut cursor)?;
    cursor.sign(',').ok();
    let bracket = cursor.sign('(').is_ok();
    let told_behind = weekday(&mut cursor);
    if told_behind.is_some() {
        cursor.sign('.').ok();
    }
    if bracket {
        cursor.sign(')')?;
    }
    cursor.end()?;
    let day = facts::day(&cursor, year, month, day)?;
    facts::agree(&cursor, day, told)?;
    facts::agree(&cursor, day, told_behind)?;
    Ok(PartialDate::day(day))
}
