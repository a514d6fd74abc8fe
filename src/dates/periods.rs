//! Weeks, quarters, decades and centuries: `2023-W07`, `2023-Q1`, `1990s`, `XX wiek`.

use super::absolute::{signed_year, year_behind, year_label};
use super::facts;
use super::tokens::{Cursor, Number, Reading, Stop};
use crate::lang::calendar::{Meaning, Unit};
use crate::model::PartialDate;

/// `2023-W07`, `2023W07`.
pub(super) fn week(mut cursor: Cursor<'_>) -> Reading {
    let (year, number) = year_and_week(&mut cursor)?;
    cursor.end()?;
    find_week(&cursor, year, number)
}

/// `2023-W07-3`.
pub(super) fn week_day(mut cursor: Cursor<'_>) -> Reading {
    let (year, number) = year_and_week(&mut cursor)?;
    cursor.separator(&['-'])?;
    let day = cursor.number(1..=1)?;
    cursor.end()?;
    let week = find_week(&cursor, year, number)?;
    (1..=7)
        .contains(&day.value)
        .then(|| week.first().plus(day.value - 1))
        .flatten()
        .map(PartialDate::day)
        .ok_or_else(|| {
            Stop::refuse(
                day.span,
                "there is no such day of the week",
                "days go from 1 (Monday) to 7",
            )
        })
}

fn year_and_week(cursor: &mut Cursor<'_>) -> Result<(i16, Number), Stop> {
    let year = signed_year(cursor, 4..=4)?.read(4)?;
    cursor.separator(&['-']).ok();
    cursor.letter("w")?;
    Ok((year, cursor.number(1..=2)?))
}

fn find_week(cursor: &Cursor<'_>, year: i16, number: Number) -> Reading {
    let find = |week: i64| PartialDate::week(year, i8::try_from(week).ok()?);
    find(number.value).ok_or_else(|| match find(53).or(find(52)) {
        Some(_) => Stop::refuse(
            number.span,
            "there is no such week",
            format!(
                "{year} has {} weeks",
                if find(53).is_some() { 53 } else { 52 }
            ),
        ),
        None => facts::beyond(cursor),
    })
}

/// `2023-Q1`, `2023Q1`, `Q1 2023`, `I kwartał 2023 r.`, `first quarter of 2023`.
pub(super) fn quarter(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let (year, quarter) = if let Ok(year) = signed_year(&mut cursor, 4..=4) {
        cursor.separator(&['-']).ok();
        cursor.letter("q")?;
        (year.read(4)?, cursor.number(1..=1)?.value)
    } else {
        let quarter = if cursor.letter("q").is_ok() {
            cursor.number(1..=1)?.value
        } else {
            let quarter = cursor.ordinal()?;
            cursor.role(Meaning::Unit(Unit::Quarter))?;
            quarter
        };
        let year = year_behind(&mut cursor)?;
        year_label(&mut cursor);
        (year, quarter)
    };
    cursor.end()?;
    i8::try_from(quarter)
        .ok()
        .and_then(|quarter| PartialDate::quarter(year, quarter))
        .ok_or_else(|| {
            Stop::refuse(
                cursor.whole,
                "there is no such quarter",
                "quarters go from 1 to 4",
            )
        })
}

/// `1990s`, `lata 1990.`, `lata 90. XX wieku`.
pub(super) fn decade(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let polish = cursor.role(Meaning::Years).is_ok();
    let number = cursor.number(2..=2).or_else(|_| cursor.number(4..=4))?;
    if polish {
        cursor.sign('.').ok();
    } else {
        cursor.separator(&['\'', '’']).ok();
        cursor.letter("s")?;
    }
    let century = century_behind(&mut cursor).ok();
    cursor.end()?;
    let year = match (number.digits, century) {
        (4, None) => Some(number.value),
        (2, Some(century)) => century
            .checked_sub(1)
            .map(|before| before * 100 + number.value),
        (2, None) => {
            return Err(Stop::refuse(
                cursor.whole,
                "the century is missing",
                "write it too, such as `1990s`",
            ));
        }
        _ => None,
    };
    year.and_then(|year| PartialDate::decade(i16::try_from(year).ok()?))
        .ok_or_else(|| {
            Stop::refuse(
                number.span,
                "there is no such decade",
                "a decade begins with a year that ends in 0",
            )
        })
}

/// `XX wiek`, `XX w.`, `20th century`.
pub(super) fn century(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    let number = century_behind(&mut cursor)?;
    cursor.end()?;
    i16::try_from(number)
        .ok()
        .and_then(PartialDate::century)
        .ok_or_else(|| facts::beyond(&cursor))
}

/// Digits need their dot or ending, for `1 wiek` may be a hundred years.
fn century_behind(cursor: &mut Cursor<'_>) -> Result<i64, Stop> {
    let mut next = *cursor;
    let number = if let Ok(number) = next.roman() {
        next.role(Meaning::Unit(Unit::Century))
            .or_else(|_| next.role(Meaning::CenturyLabel))?;
        number
    } else {
        let number = next.number(1..=3)?.value;
        next.sign('.')
            .or_else(|_| next.role(Meaning::OrdinalEnding))?;
        next.role(Meaning::Unit(Unit::Century))?;
        number
    };
    next.sign('.').ok();
    *cursor = next;
    Ok(number)
}
