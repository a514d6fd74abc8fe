//! Dates that count from today: `wczoraj`, `7d`, `2 weeks ago`, `w zeszłym tygodniu`.

use super::absolute::relative_year;
use super::facts;
use super::tokens::{Cursor, Reading, Stop};
use crate::lang::calendar::{Meaning, Unit};
use crate::model::{Day, PartialDate, Precision};

/// `dziś`, `yesterday`.
pub(super) fn named_day(mut cursor: Cursor<'_>) -> Reading {
    let days = cursor.word(|meaning| match meaning {
        Meaning::Day(days) => Some(days),
        _ => None,
    })?;
    cursor.end()?;
    one_day(&cursor, cursor.today()?.plus(days))
}

/// `7d`, `3mo`, `2 tygodnie`, `ostatnie 7 dni`: so many days, weeks, months or years
/// that end with today. So `1d` is today, and `1mo` begins the day after the same day
/// of the month before.
pub(super) fn back(mut cursor: Cursor<'_>) -> Reading {
    let mut latest = cursor;
    latest.leads();
    if latest.role(Meaning::Latest).is_ok() {
        cursor = latest;
    }
    let count = cursor.count()?;
    let unit = cursor.unit()?;
    cursor.sign('.').ok();
    cursor.end()?;
    if unit == Unit::Century {
        return Err(Stop::NotThis); // `20 wiek` is not two thousand years
    }
    let today = cursor.today()?;
    if count == 0 {
        return Err(Stop::refuse(
            cursor.whole,
            "this is no time at all",
            "`1d` is today",
        ));
    }
    unit.shifted(today, -count)
        .and_then(|before| before.plus(1))
        .and_then(|first| PartialDate::between(first, today, Precision::Interval))
        .ok_or_else(|| facts::beyond(&cursor))
}

/// `2 weeks ago`, `3 dni temu`, `rok temu`: the day exactly so long before today.
pub(super) fn ago(mut cursor: Cursor<'_>) -> Reading {
    let (count, unit) = count_and_unit(&mut cursor)?;
    cursor.role(Meaning::Ago)?;
    cursor.end()?;
    one_day(&cursor, unit.shifted(cursor.today()?, -count))
}

/// `za 3 dni`, `in a week`: the day exactly so long after today.
pub(super) fn ahead(mut cursor: Cursor<'_>) -> Reading {
    cursor.role(Meaning::Ahead)?;
    let (count, unit) = count_and_unit(&mut cursor)?;
    cursor.end()?;
    one_day(&cursor, unit.shifted(cursor.today()?, count))
}

/// `last week`, `w przyszłym roku`, `br.`: a whole unit of the calendar.
pub(super) fn shifted_unit(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let (count, unit) = if let Ok(years) = relative_year(&mut cursor) {
        (years, Unit::Year)
    } else {
        let count = cursor.shift()?;
        cursor.sign('.').ok();
        let unit = cursor.unit()?;
        cursor.sign('.').ok();
        (count, unit)
    };
    cursor.end()?;
    unit.shifted(cursor.today()?, count)
        .and_then(|day| unit.of(day))
        .ok_or_else(|| facts::beyond(&cursor))
}

/// `w piątek`, `Friday`: the last such day, today included.
pub(super) fn weekday(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let weekday = cursor.weekday()?;
    cursor.sign('.').ok();
    cursor.end()?;
    let today = cursor.today()?;
    one_day(&cursor, today.plus(-days_since(today, weekday)))
}

/// `w zeszły piątek`, `last Friday`: the last one before today; `next`: the first one after;
/// `this`: the one of this week.
pub(super) fn shifted_weekday(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let shift = match cursor.shift() {
        Ok(shift) => shift,
        Err(_) => cursor.role(Meaning::Latest).map(|()| -1)?,
    };
    let weekday = cursor.weekday()?;
    cursor.end()?;
    let today = cursor.today()?;
    let since = days_since(today, weekday);
    let days = match shift {
        0 => i64::from(weekday) - i64::from(today.weekday()),
        1 => 7 - since,
        _ if since == 0 => -7,
        _ => -since,
    };
    one_day(&cursor, today.plus(days))
}

fn days_since(today: Day, weekday: i8) -> i64 {
    i64::from(today.weekday() - weekday).rem_euclid(7)
}

/// `2 tygodnie`, or `tydzień` for one.
fn count_and_unit(cursor: &mut Cursor<'_>) -> Result<(i64, Unit), Stop> {
    let mut next = *cursor;
    let count = match cursor.count() {
        Ok(count) => count,
        Err(_) => next.role(Meaning::One).map(|()| 1)?,
    };
    let unit = cursor.unit()?;
    cursor.sign('.').ok();
    Ok((count, unit))
}

fn one_day(cursor: &Cursor<'_>, day: Option<Day>) -> Reading {
    day.map(PartialDate::day)
        .ok_or_else(|| facts::beyond(cursor))
}
