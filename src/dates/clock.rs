//! The time of day behind a date. It is checked and left out: the day is as written.

use super::tokens::{Cursor, Kind, Stop};
use crate::lang::calendar::Meaning;
use crate::model::Span;

/// Takes a time of day and a time zone, if there is one.
pub(super) fn time(cursor: &mut Cursor<'_>) -> Result<(), Stop> {
    let mut next = *cursor;
    next.sign(',').ok();
    let mut announced = next.letter("t").is_ok();
    while next.role(Meaning::Clock).is_ok() {
        next.sign('.').ok();
        announced = true;
    }
    let read = if announced {
        compact(&mut next).or_else(|_| hours(&mut next, true))
    } else {
        hours(&mut next, false)
    };
    let Ok(fields) = read else {
        date_zone(cursor).ok();
        return Ok(());
    };
    zone(&mut next);
    fields.check()?;
    *cursor = next;
    Ok(())
}

/// The zone of a date without a time, as XML writes it: `2023-02-15Z`, `2023-02-15+01:00`.
fn date_zone(cursor: &mut Cursor<'_>) -> Result<(), Stop> {
    if cursor.letter("z").is_ok() {
        return Ok(());
    }
    let mut next = *cursor;
    next.separator(&['+', '-'])?;
    next.number(2..=2)?;
    field(&mut next, &[':'])?;
    *cursor = next;
    Ok(())
}

/// Whether there is such a time: `100000`.
pub(super) fn check(digits: i64, span: Span) -> Result<(), Stop> {
    Time::of_digits(digits, span).check()
}

struct Time {
    hour: i64,
    minute: i64,
    second: i64,
    span: Span,
    twelve_hours: bool,
}

impl Time {
    /// Six digits: `100000`.
    fn of_digits(digits: i64, span: Span) -> Self {
        Self {
            hour: digits / 10_000,
            minute: digits / 100 % 100,
            second: digits % 100,
            span,
            twelve_hours: false,
        }
    }

    fn check(&self) -> Result<(), Stop> {
        let hours = if self.twelve_hours { 1..=12 } else { 0..=24 };
        // A second more than 59 is a leap second.
        if hours.contains(&self.hour) && self.minute < 60 && self.second <= 60 {
            return Ok(());
        }
        Err(Stop::refuse(
            self.span,
            "there is no such time of day",
            "leave the time out, only the day is used",
        ))
    }
}

/// `100000`, `1000`: after a `T` only.
fn compact(cursor: &mut Cursor<'_>) -> Result<Time, Stop> {
    let mut next = *cursor;
    let number = next.number(6..=6).or_else(|_| next.number(4..=4))?;
    let seconds = number.digits == 6;
    let digits = if seconds {
        number.value
    } else {
        number.value * 100
    };
    if seconds {
        fraction(&mut next);
    }
    *cursor = next;
    Ok(Time::of_digits(digits, number.span))
}

/// `10:00`, `10.30`, `10:00:00.123`, `10:00 pm`; the hour alone only where it was announced.
fn hours(cursor: &mut Cursor<'_>, announced: bool) -> Result<Time, Stop> {
    let mut next = *cursor;
    let hour = next.number(1..=2)?;
    let mut time = Time {
        hour: hour.value,
        minute: 0,
        second: 0,
        span: hour.span,
        twelve_hours: false,
    };
    let minute = field(&mut next, &[':', '.']);
    let complete = minute.is_ok();
    if let Ok(minute) = minute {
        time.minute = minute;
        if let Ok(second) = field(&mut next, &[':']) {
            time.second = second;
            fraction(&mut next);
        }
    }
    time.twelve_hours = next.role(Meaning::HalfDay).is_ok();
    if !(complete || announced || time.twelve_hours) {
        return Err(Stop::NotThis);
    }
    *cursor = next;
    Ok(time)
}

fn field(cursor: &mut Cursor<'_>, separators: &[char]) -> Result<i64, Stop> {
    let mut next = *cursor;
    next.separator(separators)?;
    let number = next.number(2..=2)?;
    *cursor = next;
    Ok(number.value)
}

fn fraction(cursor: &mut Cursor<'_>) {
    let mut next = *cursor;
    if next.separator(&['.', ',']).is_ok() && next.number(1..=usize::MAX).is_ok() {
        *cursor = next;
    }
}

/// `Z`, `+01:00`, `CET`, `GMT+1`, `[Europe/Warsaw]`, `(CET)`, one after another.
fn zone(cursor: &mut Cursor<'_>) {
    cursor
        .next(|token| match token.kind {
            Kind::Word(_) => (token.text.len() <= 5
                && token.text.chars().all(|letter| letter.is_ascii_uppercase()))
            .then_some(()),
            _ => None,
        })
        .ok();
    offset(cursor).ok();
    for (opening, closing) in [('[', ']'), ('(', ')')] {
        bracket(cursor, opening, closing).ok();
    }
}

fn offset(cursor: &mut Cursor<'_>) -> Result<(), Stop> {
    let mut next = *cursor;
    next.sign('+').or_else(|_| next.sign('-'))?;
    if next.number(4..=4).is_err() {
        next.number(1..=2)?;
        field(&mut next, &[':']).ok();
    }
    *cursor = next;
    Ok(())
}

fn bracket(cursor: &mut Cursor<'_>, opening: char, closing: char) -> Result<(), Stop> {
    let mut next = *cursor;
    next.sign(opening)?;
    if next.weekday().is_ok() {
        return Err(Stop::NotThis); // it is a part of the date
    }
    while next.sign(closing).is_err() {
        next.next(Some)?;
    }
    *cursor = next;
    Ok(())
}
