//! Near-misses: what looks like a date, is none, and deserves a better hint than "unknown".

use super::tokens::{Complaint, Cursor, Kind, Reading, Stop};
use super::{RULES, absolute, facts};
use crate::lang::calendar::{Meaning, Unit};
use crate::model::Day;

/// `15.02`, `15/02.`: a day and month alone.
pub(super) fn numbers_without_year(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    cursor.number(1..=2)?;
    let separator = cursor.separator(&['-', '/', '.'])?;
    cursor.number(1..=2)?;
    cursor.separator(&[separator]).ok();
    cursor.end()?;
    Err(facts::missing_year(&cursor))
}

/// `zeszły luty`, `next March`: whose year depends on whom one asks.
pub(super) fn shifted_month(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    if cursor.shift().is_err() {
        cursor.role(Meaning::Latest)?;
    }
    cursor.month()?;
    cursor.end()?;
    Err(facts::missing_year(&cursor))
}

/// `ostatni tydzień`: the week before this one, or the last seven days?
pub(super) fn latest_unit(mut cursor: Cursor<'_>) -> Reading {
    cursor.leads();
    cursor.role(Meaning::Latest)?;
    let unit = cursor.unit()?;
    cursor.end()?;
    let (name, short) = match unit {
        Unit::Day => ("yesterday", "1d"),
        Unit::Week => ("last week", "7d"),
        Unit::Month => ("last month", "1mo"),
        Unit::Quarter => ("last quarter", "3mo"),
        Unit::Year => ("last year", "1y"),
        Unit::Decade => ("last decade", "10y"),
        Unit::Century => ("last century", "100y"),
    };
    Err(Stop::refuse(
        cursor.whole,
        "this can mean two things",
        format!("write `{name}`, or `{short}` to count back from today"),
    ))
}

/// `1676455200`: a clock's seconds or milliseconds, or too many digits for anything.
pub(super) fn seconds(mut cursor: Cursor<'_>) -> Reading {
    let number = cursor.number(9..=usize::MAX)?;
    cursor.end()?;
    let seconds = match number.digits {
        9..=11 => Some(number.value),
        12..=14 => Some(number.value / 1000),
        _ => None,
    };
    let day = seconds.and_then(|seconds| Day::from_number(seconds / 86_400));
    Err(Stop::refuse(
        number.span,
        "a count of seconds is not read as a date",
        day.map_or_else(
            || "write the day, such as `2023-02-15`".to_owned(),
            |day| format!("write the day; since 1970 this would be `{day}` in UTC"),
        ),
    ))
}

/// `23`, `966`, `202302`: a number with too few digits for a year, or too many.
pub(super) fn lone_number(mut cursor: Cursor<'_>) -> Reading {
    let number = absolute::signed_year(&mut cursor, 1..=8)?.number;
    cursor.end()?;
    Err(facts::year_digits(number))
}

/// `2m`, `3h`: units that are not counted in.
pub(super) fn other_unit(mut cursor: Cursor<'_>) -> Reading {
    cursor.count()?;
    cursor.letter("m").or_else(|_| {
        cursor
            .letter("h")
            .or_else(|_| cursor.letter("min"))
            .or_else(|_| cursor.letter("s"))
    })?;
    cursor.end()?;
    Err(Stop::refuse(
        cursor.whole,
        "this is no unit of dates",
        "units are `d w mo y`: write `2mo` for two months",
    ))
}

/// A range of two dates has fewer pieces; longer texts are not worth the search.
const LONGEST_RANGE: usize = 40;

/// `2023-2024`, `15.02.2023 - 17.02.2023`: a range, but not with two dots.
pub(super) fn dashed_range(cursor: Cursor<'_>) -> Reading {
    let reads = |rest| {
        let part = Cursor { rest, ..cursor };
        RULES.iter().any(|(_, read)| read(part).is_ok())
    };
    if cursor.rest.len() > LONGEST_RANGE {
        return Err(Stop::NotThis);
    }
    let dashed = cursor.rest.iter().enumerate().any(|(place, token)| {
        let (before, after) = cursor.rest.split_at(place);
        matches!(token.kind, Kind::Sign('-' | '/' | '…'))
            && after.split_first().is_some_and(|(_, after)| reads(after))
            && reads(before)
    });
    if !dashed {
        return Err(Stop::NotThis);
    }
    Err(Stop::refuse(
        cursor.whole,
        "this is not one date",
        "a range is written with two dots: `A..B`",
    ))
}

/// What to say when no rule has read the text and none refused it.
pub(super) fn anything_else(cursor: &Cursor<'_>) -> Complaint {
    let unknown = cursor.rest.iter().find_map(|token| match &token.kind {
        Kind::Word(word) if cursor.calendar.senses(word).is_empty() => {
            (!matches!(word.as_str(), "q" | "t" | "s")).then_some((token, word))
        }
        _ => None,
    });
    let examples = if cursor.today.is_some() {
        "write `2023`, `2023-02`, `15 lutego 2023`, `7d` or `yesterday`"
    } else {
        "write `2023`, `2023-02`, `2023-02-15` or `15 lutego 2023`"
    };
    match unknown {
        Some((token, word)) => Complaint {
            span: token.span,
            message: "unknown word in a date".to_owned(),
            hint: cursor.calendar.nearest(word).map_or_else(
                || examples.to_owned(),
                |nearest| format!("did you mean `{nearest}`?"),
            ),
        },
        None => Complaint {
            span: cursor.whole,
            message: "this is not a date".to_owned(),
            hint: examples.to_owned(),
        },
    }
}
