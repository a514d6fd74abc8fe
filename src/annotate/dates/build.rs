//! From what a pattern has kept to what the words say.

use super::expression::{Choice, Counted, DateExpr, From, Item, Portion};
use super::matching::Kept;
use crate::lang::calendar::Unit;
use crate::lang::dates::{Builder, Class, Grammar, UNITS};
use crate::model::{Day, PartialDate};

/// How many weekdays or years on are told by counting them.
const FURTHEST: i64 = 60;

/// What the words say; none where there is no such date.
pub(super) fn says(
    builder: Builder,
    mut kept: Kept,
    grammar: &'static Grammar,
) -> Option<DateExpr> {
    match builder {
        Builder::Day => {
            let day = day(&kept, 0)?;
            in_frame(
                Item::Day {
                    month: month(&kept, 0)?,
                    day,
                    weekday: weekday(&kept),
                },
                kept,
            )
        }
        Builder::Days => {
            let month = month(&kept, 0)?;
            let one = |nth| {
                let day = day(&kept, nth)?;
                Some(DateExpr::Item(Item::Day {
                    month,
                    day,
                    weekday: None,
                }))
            };
            let range = DateExpr::Range(Box::new(one(0)?), Box::new(one(1)?));
            let ordered = day(&kept, 0)? <= day(&kept, 1)?;
            ordered.then(|| framed(range, kept)).flatten()
        }
        Builder::DayOfMonth => {
            let item = Item::DayOfMonth {
                day: day(&kept, 0)?,
                weekday: weekday(&kept),
            };
            match shifted(&kept) {
                Some(month) => {
                    let item = DateExpr::Item(item);
                    Some(DateExpr::Within(Box::new(item), Box::new(month)))
                }
                None => in_frame(item, kept),
            }
        }
        Builder::Month => in_frame(Item::Month(month(&kept, 0)?), kept),
        Builder::Months => {
            let one = |nth| Some(Box::new(DateExpr::Item(Item::Month(month(&kept, nth)?))));
            let range = DateExpr::Range(one(0)?, one(1)?);
            framed(range, kept)
        }
        Builder::Year => Some(DateExpr::Fixed(PartialDate::year(told_year(&kept)?)?)),
        Builder::Years => years(&kept),
        Builder::Week => {
            let week = i8::try_from(kept.first(Class::Count)?).ok()?;
            Some(DateExpr::Fixed(PartialDate::week(year(&kept, 0)?, week)?))
        }
        Builder::Quarter => in_frame(Item::Quarter(quarter(&kept, 0)?), kept),
        Builder::Quarters => {
            let one = |nth| {
                Some(Box::new(DateExpr::Item(Item::Quarter(quarter(
                    &kept, nth,
                )?))))
            };
            let range = DateExpr::Range(one(0)?, one(1)?);
            framed(range, kept)
        }
        Builder::Season => in_frame(Item::Season(small(kept.first(Class::Season)?)?), kept),
        Builder::Decade => decade(&kept),
        Builder::Century => Some(DateExpr::Fixed(PartialDate::century(century(&kept, 0)?)?)),
        Builder::Holiday => in_frame(item(&kept, grammar)?, kept),
        Builder::Weekday => in_frame(Item::Weekday(weekday(&kept)?), kept),
        Builder::Weekend => in_frame(Item::Weekend, kept),
        Builder::Shifted => shifted(&kept),
        Builder::Chosen => Some(DateExpr::Chosen(item(&kept, grammar)?, choice(&kept)?)),
        Builder::Ago => away(&kept, -1, From::Article),
        Builder::Ahead => away(&kept, 1, From::Article),
        Builder::Earlier => {
            let from = from(&mut kept.inner);
            away(&kept, -1, from)
        }
        Builder::Later => {
            let from = from(&mut kept.inner);
            away(&kept, 1, from)
        }
        Builder::RunBack => run(&kept, -1),
        Builder::RunAhead => run(&kept, 1),
        Builder::Part | Builder::PartInLetters => {
            let portion = match kept.first(Class::Part)? {
                1 => Portion::Beginning,
                2 => Portion::Middle,
                _ => Portion::End,
            };
            let whole = match kept.inner.pop() {
                Some(whole) => whole,
                None => shifted(&kept).or_else(|| last_unit(&kept))?,
            };
            Some(DateExpr::Part(portion, Box::new(whole)))
        }
        Builder::Turn if kept.inner.is_empty() => {
            let one = |nth| {
                let century = PartialDate::century(century(&kept, nth)?)?;
                Some(Box::new(DateExpr::Fixed(century)))
            };
            Some(DateExpr::Turn(one(0)?, one(1)?))
        }
        Builder::Turn => two(kept, DateExpr::Turn),
        Builder::Nth => {
            let counted = match kept.first(Class::Weekday) {
                Some(weekday) => Counted::Weekday(small(weekday)?),
                None => Counted::Unit(unit(&kept, 0)?),
            };
            let nth = match (ordinal(&kept, 0), kept.first(Class::Latest)) {
                (Some(nth), None) => nth,
                (Some(nth), Some(_)) => -nth,
                (None, Some(_)) => -1,
                (None, None) => return None,
            };
            let whole = match kept.inner.pop() {
                Some(whole) => whole,
                None => last_unit(&kept)?,
            };
            Some(DateExpr::Nth(nth, counted, Box::new(whole)))
        }
        Builder::Within => two(kept, DateExpr::Within),
        Builder::Apposed => match shifted(&kept) {
            Some(shifted) if kept.inner.len() == 1 => told(shifted, kept),
            _ => two(kept, DateExpr::Apposed),
        },
        Builder::Range => two(kept, DateExpr::Range),
        Builder::Slashes => slashes(&kept),
        Builder::Further => further(kept, 1, grammar),
        Builder::FurtherBack => further(kept, -1, grammar),
        Builder::Nearest => {
            let nth = ordinal(&kept, 0).unwrap_or(1);
            let to = kept.inner.pop()?;
            Some(DateExpr::Nearest(nth, item(&kept, grammar)?, Box::new(to)))
        }
        Builder::Rest => {
            let whole = kept.inner.pop().or_else(|| last_unit(&kept))?;
            Some(DateExpr::Rest(Box::new(whole)))
        }
        Builder::YearsAgo => in_far_year(&kept, -1, grammar),
        Builder::YearsAhead => in_far_year(&kept, 1, grammar),
        Builder::Around => {
            let day = kept.inner.pop()?;
            Some(DateExpr::Around(unit(&kept, 0)?, Box::new(day)))
        }
        Builder::WeekdayOf => {
            let item = DateExpr::Item(Item::Weekday(weekday(&kept)?));
            Some(DateExpr::Within(Box::new(item), Box::new(shifted(&kept)?)))
        }
        Builder::EarlierTold => told(away(&kept, -1, From::Mentioned)?, kept),
        Builder::LaterTold => told(away(&kept, 1, From::Mentioned)?, kept),
    }
}

/// What a distance is counted from: a date that the words name, else one spoken of before.
fn from(inner: &mut Vec<DateExpr>) -> From {
    inner
        .pop()
        .map_or(From::Mentioned, |date| From::Date(Box::new(date)))
}

/// "The third Tuesday after Christmas", "two Fridays ago".
fn further(mut kept: Kept, sign: i64, grammar: &'static Grammar) -> Option<DateExpr> {
    let count = ordinal(&kept, 0).filter(|count| (1..=FURTHEST).contains(count))?;
    let item = item(&kept, grammar)?;
    let from = match kept.inner.pop() {
        Some(date) => From::Date(Box::new(date)),
        None => From::Article,
    };
    Some(DateExpr::Further(sign * count, item, from))
}

/// "In June two years ago".
fn in_far_year(kept: &Kept, sign: i64, grammar: &'static Grammar) -> Option<DateExpr> {
    let item = DateExpr::Item(item(kept, grammar)?);
    let year = DateExpr::Around(Unit::Year, Box::new(away(kept, sign, From::Article)?));
    Some(DateExpr::Within(Box::new(item), Box::new(year)))
}

/// What the rule says, told more closely by the date beside it.
fn told(one: DateExpr, mut kept: Kept) -> Option<DateExpr> {
    let exact = kept.inner.pop()?;
    Some(DateExpr::Apposed(Box::new(one), Box::new(exact)))
}

/// Day, month and year, or month, day and year, where only one of these is a day; or, with a
/// weekday, a day that falls on it.
fn slashes(kept: &Kept) -> Option<DateExpr> {
    let (one, other) = (kept.nth(Class::Count, 0)?, kept.nth(Class::Count, 1)?);
    let year = year(kept, 0)?;
    let day = |month, day| Day::new(year, small(month)?, small(day)?);
    let found = match (day(other, one), day(one, other)) {
        (Some(day), Some(same)) if day == same => day,
        (Some(day), Some(other)) => {
            let weekday = weekday(kept)?;
            match (day.weekday() == weekday, other.weekday() == weekday) {
                (true, false) => day,
                (false, true) => other,
                _ => return None,
            }
        }
        (day, other) => day.or(other)?,
    };
    Some(DateExpr::Fixed(PartialDate::day(found)))
}

fn two(mut kept: Kept, make: fn(Box<DateExpr>, Box<DateExpr>) -> DateExpr) -> Option<DateExpr> {
    let second = kept.inner.pop()?;
    let first = kept.inner.pop()?;
    Some(make(Box::new(first), Box::new(second)))
}

/// The item, in the year that stands with it, if one does.
fn in_frame(item: Item, kept: Kept) -> Option<DateExpr> {
    let possible = match item {
        Item::Day { month, day, .. } => Day::new(2000, month, day).is_some(),
        Item::DayOfMonth { day, .. } => (1..=31).contains(&day),
        _ => true,
    };
    possible
        .then(|| framed(DateExpr::Item(item), kept))
        .flatten()
}

fn framed(inner: DateExpr, mut kept: Kept) -> Option<DateExpr> {
    let outer = match kept.inner.pop() {
        Some(outer) => Some(outer),
        None if is_year(&kept) => Some(DateExpr::Fixed(PartialDate::year(year(&kept, 0)?)?)),
        None => None,
    };
    Some(match outer {
        Some(outer) => DateExpr::Within(Box::new(inner), Box::new(outer)),
        None => inner,
    })
}

fn is_year(kept: &Kept) -> bool {
    kept.first(Class::Year)
        .or(kept.first(Class::ShortYear))
        .is_some()
}

fn small(value: i64) -> Option<i8> {
    i8::try_from(value).ok()
}

fn day(kept: &Kept, nth: usize) -> Option<i8> {
    match kept.nth(Class::Day, nth) {
        Some(day) => small(day),
        None => small(ordinal(kept, nth)?),
    }
}

/// A number that tells which of a row, in one word, two, or digits.
fn ordinal(kept: &Kept, nth: usize) -> Option<i64> {
    let tens = kept.nth(Class::OrdinalTens, nth);
    let ones = kept
        .nth(Class::Ordinal, nth)
        .or_else(|| kept.nth(Class::Count, nth))
        .or_else(|| kept.nth(Class::Roman, nth));
    match (tens, ones) {
        (Some(tens), Some(ones)) => Some(tens + ones),
        (one, other) => one.or(other),
    }
}

fn month(kept: &Kept, nth: usize) -> Option<i8> {
    let classes = [
        Class::Month,
        Class::MonthShort,
        Class::MonthName,
        Class::MonthAdjective,
        Class::MonthDigits,
        Class::Roman,
    ];
    let mut months = classes.into_iter().filter_map(|class| kept.nth(class, nth));
    months
        .next()
        .and_then(small)
        .filter(|month| (1..=12).contains(month))
}

fn weekday(kept: &Kept) -> Option<i8> {
    let classes = [Class::Weekday, Class::WeekdayShort, Class::WeekdayAdjective];
    let mut weekdays = classes.into_iter().filter_map(|class| kept.first(class));
    weekdays.next().and_then(small)
}

fn quarter(kept: &Kept, nth: usize) -> Option<i8> {
    ordinal(kept, nth)
        .and_then(small)
        .filter(|quarter| (1..=4).contains(quarter))
}

/// A year of four digits, or of two: up to 49 of this century, else of the last.
fn year(kept: &Kept, nth: usize) -> Option<i16> {
    let year = match (kept.nth(Class::Year, nth), kept.nth(Class::ShortYear, nth)) {
        (Some(year), _) => year,
        (None, Some(short)) if short < 50 => 2000 + short,
        (None, short) => 1900 + short?,
    };
    i16::try_from(year)
        .ok()
        .filter(|year| (1000..3000).contains(year))
}

/// A year in digits, or with a number that is added to it: "two thousand and nine"; or a number
/// that is said to be a year: "14 A.D."
fn told_year(kept: &Kept) -> Option<i16> {
    let more = kept.first(Class::Count).map(i16::try_from);
    match (year(kept, 0), more) {
        (Some(year), None) => Some(year),
        (Some(year), Some(more)) => more.ok().filter(|more| *more < 100).map(|more| year + more),
        (None, more) => more?.ok().filter(|year| (1..3000).contains(year)),
    }
}

fn years(kept: &Kept) -> Option<DateExpr> {
    let first = year(kept, 0)?;
    let last = match (kept.nth(Class::Year, 1), kept.first(Class::ShortYear)) {
        (None, Some(short)) => i16::try_from(short).ok()? + first / 100 * 100,
        _ => year(kept, 1)?,
    };
    let one = |year| Some(Box::new(DateExpr::Fixed(PartialDate::year(year)?)));
    (first < last).then_some(DateExpr::Range(one(first)?, one(last)?))
}

fn century(kept: &Kept, nth: usize) -> Option<i16> {
    i16::try_from(ordinal(kept, nth)?)
        .ok()
        .filter(|number| (1..=30).contains(number))
}

/// `lata 1990.`, `lata 90. XX wieku`, `lata dziewięćdziesiąte`.
fn decade(kept: &Kept) -> Option<DateExpr> {
    if let Some(year) = kept.first(Class::Year) {
        return Some(DateExpr::Fixed(PartialDate::decade(
            i16::try_from(year).ok()?,
        )?));
    }
    let tens = kept.first(Class::Tens).or(kept.first(Class::ShortYear))?;
    let tens = small(tens).filter(|tens| tens % 10 == 0)?;
    let item = DateExpr::Item(Item::Decade(tens));
    if let Some(outer) = shifted(kept) {
        return Some(DateExpr::Within(Box::new(item), Box::new(outer)));
    }
    match century(kept, 0) {
        Some(century) => {
            let first = (century - 1) * 100 + i16::from(tens);
            Some(DateExpr::Fixed(PartialDate::decade(first)?))
        }
        None => Some(item),
    }
}

fn unit(kept: &Kept, nth: usize) -> Option<Unit> {
    let place = usize::try_from(kept.nth(Class::Unit, nth)?).ok()?;
    UNITS.get(place).copied()
}

/// "The end of the month": of the present one.
fn last_unit(kept: &Kept) -> Option<DateExpr> {
    let second = unit(kept, 1).or_else(|| unit(kept, 0))?;
    Some(DateExpr::Shifted {
        unit: second,
        by: 0,
    })
}

fn shifted(kept: &Kept) -> Option<DateExpr> {
    let words = [
        (Class::DayWord, Unit::Day),
        (Class::DayAdjective, Unit::Day),
        (Class::MonthWord, Unit::Month),
        (Class::YearWord, Unit::Year),
    ];
    for (class, unit) in words {
        if let Some(by) = kept.first(class) {
            return Some(DateExpr::Shifted { unit, by });
        }
    }
    let by = match choice(kept)? {
        _ if let Some(by) = kept.first(Class::Shift) => by,
        Choice::Last => -1,
        Choice::This => 0,
        Choice::Next | Choice::Following => 1,
    };
    let unit = unit(kept, 0)?;
    Some(DateExpr::Shifted { unit, by })
}

fn choice(kept: &Kept) -> Option<Choice> {
    if kept.first(Class::Latest).is_some() {
        return Some(Choice::Last);
    }
    if kept.first(Class::Following).is_some() {
        return Some(Choice::Following);
    }
    Some(match kept.first(Class::Shift)? {
        ..0 => Choice::Last,
        0 => Choice::This,
        1.. => Choice::Next,
    })
}

fn item(kept: &Kept, grammar: &'static Grammar) -> Option<Item> {
    let holiday = kept.first(Class::Holiday);
    if let Some(holiday) = holiday.or_else(|| kept.first(Class::HolidayShort)) {
        let place = usize::try_from(holiday).ok()?;
        return grammar.words.holidays.get(place).map(Item::Holiday);
    }
    if let Some(season) = kept.first(Class::Season) {
        return small(season).map(Item::Season);
    }
    if kept.first(Class::Weekend).is_some() {
        return Some(Item::Weekend);
    }
    match weekday(kept) {
        Some(weekday) => Some(Item::Weekday(weekday)),
        None => month(kept, 0).map(Item::Month),
    }
}

/// So much, in one direction. A unit without a number is one of it.
fn away(kept: &Kept, sign: i64, from: From) -> Option<DateExpr> {
    let mut amounts = Vec::new();
    let units = kept
        .values
        .iter()
        .filter(|(class, _)| *class == Class::Unit);
    for (nth, _) in units.enumerate() {
        let count = kept.nth(Class::Count, nth).unwrap_or(1);
        let count = count
            .checked_mul(sign)
            .filter(|count| count.abs() < 100_000)?;
        amounts.push((count, unit(kept, nth)?));
    }
    (!amounts.is_empty()).then_some(DateExpr::Away { amounts, from })
}

fn run(kept: &Kept, sign: i64) -> Option<DateExpr> {
    let count = kept
        .first(Class::Count)
        .filter(|count| (2..1000).contains(count))?;
    let unit = unit(kept, 0)?;
    Some(DateExpr::Run {
        count: sign * count,
        unit,
    })
}
