//! Dates as people type them: text to days.
//!
//! Polish and English are always understood, in any case, with or without diacritics; the words
//! are data of [`crate::lang::calendar`]. What is told is never guessed at: what can mean two
//! days, or none, is a [`Mistake`] with a hint.
//!
//! | written | means |
//! |---|---|
//! | `2023`, `2023-02`, `2023-02-15`, `20230215`, `-0044-03-15` | a year, month, day; the year comes first in four digits |
//! | `15.02.2023`, `02.2023` | dots: the day comes first |
//! | `13/04/2021`, `04/13/2021` | slashes and dashes: only where one part is more than 12, or both are the same; else refused |
//! | `15 lutego 2023 r.`, `February 15, 2023`, `15 II 2023`, `luty 2023` | names, and Roman capitals, for months; a weekday beside them must agree |
//! | `2023-02-15T10:00+01:00`, `Wed, 15 Feb 2023 10:00:00 GMT` | the day as written: the time is checked and left out |
//! | `2023-W07`, `2023-Q1`, `1990s`, `XX wiek` | an ISO week, quarter, decade, century (1901 to 2000) |
//! | `A..B`, `A..`, `..B` | from the start of A to the end of B |
//!
//! In queries, with `today` as given:
//!
//! | written | means |
//! |---|---|
//! | `7d 2w 3mo 1y`, `ostatnie 7 dni` | that many days, weeks, months or years ending with today: `1d` is today; not as the end of a range |
//! | `wczoraj`, `2 weeks ago`, `za 3 dni` | one day, exactly so far away; the end of a month where it is shorter |
//! | `w zeszłym tygodniu`, `this month`, `br.` | the whole week (Monday to Sunday), month, year |
//! | `piątek` | the last Friday, today included |
//! | `last`, `this`, `next Friday` | the last before today; that of this week; the first after today |
//!
//! A month or day without its year is refused.

mod absolute;
mod clock;
mod facts;
mod periods;
mod refused;
mod relative;
mod tokens;

#[cfg(test)]
mod tests;

use self::tokens::{Complaint, Cursor, Reading, Stop, Token};
use crate::Mistake;
use crate::lang::calendar::Calendar;
use crate::model::{Day, DayRange, PartialDate, Span};

/// A date that was read, and the name of the rule that read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadDate {
    /// The days, and how exactly they are known.
    pub date: PartialDate,
    /// The rule: `day month year`, `weekday`.
    pub rule: &'static str,
}

/// Reads the date of an article as its header, record or page gives it.
/// What depends on the day it is read is refused.
///
/// ```
/// # use kronika::dates::parse_published;
/// let date = parse_published("środa, 15 lutego 2023 r., godz. 10:30").unwrap();
/// assert_eq!(date.to_string(), "2023-02-15");
/// let mistake = parse_published("30 lutego 2023").unwrap_err();
/// assert_eq!(mistake.hint.as_deref(), Some("February 2023 has 28 days"));
/// ```
pub fn parse_published(text: &str) -> Result<PartialDate, Mistake> {
    let reader = Reader::new(text, None);
    reader.date().map(|read| read.date)
}

/// Reads one date, or a range with both ends; `today` is what relative dates count from.
///
/// ```
/// # use kronika::{dates::parse_date, model::Day};
/// let read = parse_date("w zeszłym tygodniu", Day::new(2024, 3, 18).unwrap()).unwrap();
/// assert_eq!(read.date.to_string(), "2024-03-11..2024-03-17");
/// assert_eq!(read.rule, "shifted unit");
/// ```
pub fn parse_date(text: &str, today: Day) -> Result<ReadDate, Mistake> {
    Reader::new(text, Some(today)).date()
}

/// Reads a date or range of a query, as in `date:` and `--on`; `today` is what relative dates
/// count from.
///
/// ```
/// # use kronika::{dates::parse_range, model::Day};
/// let range = parse_range("2w..", Day::new(2024, 3, 18).unwrap()).unwrap();
/// assert_eq!(range.first, Day::new(2024, 3, 5));
/// assert_eq!(range.last, None);
/// ```
pub fn parse_range(text: &str, today: Day) -> Result<DayRange, Mistake> {
    Reader::new(text, Some(today)).range()
}

/// Reads the date of `--since`: its first day.
///
/// ```
/// # use kronika::{dates::parse_since, model::Day};
/// let today = Day::new(2024, 3, 18).unwrap();
/// assert_eq!(parse_since("2023-02", today).unwrap(), Day::new(2023, 2, 1).unwrap());
/// ```
pub fn parse_since(text: &str, today: Day) -> Result<Day, Mistake> {
    let reader = Reader::new(text, Some(today));
    reader.one_end().map(|read| read.date.first())
}

/// Reads the date of `--until`: its last day.
///
/// ```
/// # use kronika::{dates::parse_until, model::Day};
/// let today = Day::new(2024, 3, 18).unwrap();
/// assert_eq!(parse_until("2023-02", today).unwrap(), Day::new(2023, 2, 28).unwrap());
/// ```
pub fn parse_until(text: &str, today: Day) -> Result<Day, Mistake> {
    let reader = Reader::new(text, Some(today));
    let read = reader.one_end()?;
    reader.as_end(reader.text, 0, read).map(PartialDate::last)
}

type Rule = (&'static str, fn(Cursor<'_>) -> Reading);

/// The rules, tried in this order; the first that reads or refuses the text decides.
const RULES: &[Rule] = &[
    ("year month day", absolute::year_month_day),
    ("year month", absolute::year_month),
    ("year", absolute::year),
    ("digits", absolute::compact),
    ("day month year", absolute::day_month_year),
    ("month year", absolute::month_year),
    ("week day", periods::week_day),
    ("week", periods::week),
    ("quarter", periods::quarter),
    ("decade", periods::decade),
    ("century", periods::century),
    ("day name year", absolute::day_name_year),
    ("name day year", absolute::name_day_year),
    ("named day", relative::named_day),
    (BACK, relative::back),
    ("ago", relative::ago),
    ("ahead", relative::ahead),
    ("shifted unit", relative::shifted_unit),
    ("weekday", relative::weekday),
    ("shifted weekday", relative::shifted_weekday),
    ("name year", absolute::name_year),
];

/// What is tried when no rule applies, for the sake of a good hint.
const REFUSALS: &[Rule] = &[
    ("numbers without a year", refused::numbers_without_year),
    ("shifted month", refused::shifted_month),
    ("latest unit", refused::latest_unit),
    ("seconds", refused::seconds),
    ("lone number", refused::lone_number),
    ("other unit", refused::other_unit),
    ("dashed range", refused::dashed_range),
];

const BACK: &str = "back";
const RANGE: &str = "range";

/// One text and what is needed to read it.
struct Reader<'text> {
    text: &'text str,
    today: Option<Day>,
    calendar: &'text Calendar,
}

impl<'text> Reader<'text> {
    fn new(text: &'text str, today: Option<Day>) -> Self {
        Self {
            text,
            today,
            calendar: Calendar::standard(),
        }
    }

    /// One date, or a range with both ends.
    fn date(&self) -> Result<ReadDate, Mistake> {
        let Some((before, after, after_start)) = self.ends()? else {
            return self.part(self.text, 0);
        };
        let all = Span::new(0, self.text.len());
        let (Some(first), Some(last)) = self.both_ends(before, after, after_start)? else {
            return Err(self.mistake(all, "this range has an open end", "write both its ends"));
        };
        PartialDate::spanning(first, last)
            .map(|date| ReadDate { date, rule: RANGE })
            .ok_or_else(|| self.reversed(before, after))
    }

    /// A date or range, whose ends may be open.
    fn range(&self) -> Result<DayRange, Mistake> {
        let Some((before, after, after_start)) = self.ends()? else {
            let date = self.part(self.text, 0)?.date;
            return Ok(DayRange {
                first: Some(date.first()),
                last: Some(date.last()),
            });
        };
        match self.both_ends(before, after, after_start)? {
            (Some(first), Some(last)) if last < first => Err(self.reversed(before, after)),
            (first, last) => Ok(DayRange { first, last }),
        }
    }

    /// A date that is not a range.
    fn one_end(&self) -> Result<ReadDate, Mistake> {
        if self.ends()?.is_none() {
            return self.part(self.text, 0);
        }
        let all = Span::new(0, self.text.len());
        let hint = "write one date; `--on` takes a range";
        Err(self.mistake(all, "one date is wanted here", hint))
    }

    /// The texts on both sides of `..`, and where the second begins.
    /// Of more dots than two the first belong to what stands before: `2022 r...2023 r.`
    fn ends(&self) -> Result<Option<(&'text str, &'text str, usize)>, Mistake> {
        let Some((before, rest)) = self.text.split_once("..") else {
            return Ok(None);
        };
        let more = rest.len() - rest.trim_start_matches('.').len();
        let start = before.len() + 2 + more;
        let before = self.text.get(..start - 2).unwrap_or_default();
        let after = self.text.get(start..).unwrap_or_default();
        if let Some((between, _)) = after.split_once("..") {
            let span = Span::new(start + between.len(), self.text.len());
            return Err(self.mistake(span, "a range has two ends", "write `A..B`"));
        }
        Ok(Some((before, after, start)))
    }

    fn both_ends(
        &self,
        before: &str,
        after: &str,
        after_start: usize,
    ) -> Result<(Option<Day>, Option<Day>), Mistake> {
        let is_open = |end: &str| end.trim().is_empty();
        if is_open(before) && is_open(after) {
            let all = Span::new(0, self.text.len());
            let hint = "write `A..B`, `A..` or `..B`";
            return Err(self.mistake(all, "this range has no end at all", hint));
        }
        let first = if is_open(before) {
            None
        } else {
            Some(self.part(before, 0)?.date.first())
        };
        let last = if is_open(after) {
            None
        } else {
            let read = self.part(after, after_start)?;
            Some(self.as_end(after, after_start, read)?.last())
        };
        Ok((first, last))
    }

    /// `7d` ends today: as the end of a range it would not say what it seems to.
    fn as_end(&self, part: &str, start: usize, read: ReadDate) -> Result<PartialDate, Mistake> {
        if read.rule != BACK {
            return Ok(read.date);
        }
        Err(self.mistake(
            Span::new(start, start + part.len()),
            "this counts back from today and cannot be an end",
            "write a day, such as `2023-02-15`, `yesterday` or `7 days ago`",
        ))
    }

    /// One date, which stands at byte `start` of the text.
    fn part(&self, part: &str, start: usize) -> Result<ReadDate, Mistake> {
        let tokens = tokens::tokens(part, start);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            let span = Span::new(start, start + part.len());
            let hint = "write `2023`, `2023-02` or `2023-02-15`";
            return Err(self.mistake(span, "a date is missing", hint));
        };
        let whole = Span::new(first.span.start(), last.span.end());
        let cursor = self.cursor(&tokens, whole);
        for (rule, read) in RULES.iter().chain(REFUSALS) {
            match read(cursor) {
                Ok(date) => return Ok(ReadDate { date, rule }),
                Err(Stop::NotThis) => {}
                Err(Stop::Refused(complaint)) => return Err(self.complain(complaint)),
            }
        }
        Err(self.complain(refused::anything_else(&cursor)))
    }

    fn cursor<'a>(&'a self, tokens: &'a [Token<'a>], whole: Span) -> Cursor<'a> {
        Cursor {
            rest: tokens,
            calendar: self.calendar,
            today: self.today,
            languages: u8::MAX,
            whole,
        }
    }

    fn reversed(&self, before: &str, after: &str) -> Mistake {
        self.mistake(
            Span::new(0, self.text.len()),
            "this range ends before it begins",
            format!("write `{}..{}`", clip(after.trim()), clip(before.trim())),
        )
    }

    fn mistake(&self, span: Span, message: &str, hint: impl Into<String>) -> Mistake {
        self.complain(Complaint {
            span,
            message: message.to_owned(),
            hint: hint.into(),
        })
    }

    fn complain(&self, complaint: Complaint) -> Mistake {
        let value = complaint.span.of(self.text);
        Mistake {
            text: self.text.to_owned(),
            span: complaint.span,
            message: if value.trim().is_empty() {
                complaint.message
            } else {
                format!("{}: `{}`", complaint.message, clip(value.trim()))
            },
            hint: Some(complaint.hint),
        }
    }
}

/// The text, or its beginning when it is long.
fn clip(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
