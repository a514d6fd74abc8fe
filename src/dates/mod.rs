//! Dates as people type them: text to days.

use crate::Mistake;
use crate::model::{Day, DayRange, PartialDate, Span};

/// Reads the date of an article as its header, record or page gives it.
pub fn parse_published(text: &str) -> Result<PartialDate, Mistake> {
    let mut parts = text.trim().splitn(3, '-');
    let mut next = || {
        parts
            .next()
            .and_then(|part| part.get(..part.len().min(4))?.parse::<i16>().ok())
    };
    let date = match (next(), next(), next()) {
        (Some(year), None, None) => PartialDate::year(year),
        (Some(year), Some(month), None) => PartialDate::month(year, month as i8),
        (Some(year), Some(month), Some(day)) => {
            Day::new(year, month as i8, day as i8).map(PartialDate::day)
        }
        _ => None,
    };
    date.ok_or_else(|| Mistake {
        text: text.to_owned(),
        span: Span::new(0, text.len()),
        message: "no such date".into(),
        hint: None,
    })
}

/// Reads a date or range of a query; `today` is what relative dates count from.
pub fn parse_range(text: &str, _today: Day) -> Result<DayRange, Mistake> {
    parse_published(text).map(|date| DayRange {
        first: Some(date.first()),
        last: Some(date.last()),
    })
}
