//! From what the words say to days. The same for every language.

use super::calendar::{self, Round};
use super::expression::{Choice, Counted, DateExpr, From, Item, Portion};
use crate::lang::calendar::Unit;
use crate::lang::tense::Tense;
use crate::model::{Day, PartialDate, Precision};

/// What a date is told against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Setting {
    /// What the article is of; none for an undated one.
    pub published: Option<PartialDate>,
    /// The tense of the verb nearest to it.
    pub tense: Option<Tense>,
    /// The last date spoken of.
    pub mentioned: Option<PartialDate>,
}

/// How many days back something without a year may lie, where no tense tells its direction, and
/// still be meant rather than the coming one: for days, and for longer times.
const NEAR: (i64, i64) = (30, 62);

/// So many days on is so near that the tense of another verb does not count against it.
const AT_HAND: i64 = 14;

/// How far a day may be from the article's for its month to be taken, where the article is known
/// by no more.
const SAME_MONTH: i64 = 7;

/// The days that the words mean, if there are such days and it is known what they count from.
pub fn resolve(expr: &DateExpr, setting: &Setting) -> Option<PartialDate> {
    match expr {
        DateExpr::Fixed(date) => Some(*date),
        DateExpr::Item(item) => coming_or_past(*item, setting),
        DateExpr::Chosen(item, choice) => {
            let tense = setting.tense;
            against(setting.published?, true, |day| {
                chosen(*item, *choice, tense, day)
            })
        }
        DateExpr::Shifted { unit, by } => {
            let near = matches!(unit, Unit::Day | Unit::Week);
            against(setting.published?, near, |day| {
                unit.of(unit.shifted(day, *by)?)
            })
        }
        DateExpr::Away { amounts, from } => away(amounts, from, setting),
        DateExpr::Run { count, unit } => {
            against(setting.published?, false, |day| run(*count, *unit, day))
        }
        DateExpr::Part(portion, of) => part(*portion, resolve(of, setting)?),
        DateExpr::Turn(one, other) => turn(resolve(one, setting)?, resolve(other, setting)?),
        DateExpr::Nth(nth, counted, of) => self::nth(*nth, *counted, resolve(of, setting)?),
        DateExpr::Further(count, item, from) => further(*count, *item, from, setting),
        DateExpr::Nearest(nth, item, to) => nearest(*nth, *item, resolve(to, setting)?),
        // A story told in the past counts from something else than the article's day.
        DateExpr::Rest(_) if setting.tense == Some(Tense::Past) => None,
        DateExpr::Rest(of) => rest(resolve(of, setting)?, setting.published?),
        DateExpr::Around(unit, of) => unit.of(resolve(of, setting)?.first()),
        DateExpr::Within(inner, outer) => within(inner, resolve(outer, setting)?, setting),
        DateExpr::Apposed(one, exact) => {
            let frame = resolve(one, setting);
            let both = frame.and_then(|frame| within(exact, frame, setting));
            both.or_else(|| resolve(exact, setting))
        }
        DateExpr::Range(first, last) => range(first, last, setting),
    }
}

/// What is counted from the article's day. Where only its month is known, that is the value for
/// every day of it, or the month itself for what lies near, or all that it may be.
fn against(
    published: PartialDate,
    near: bool,
    count: impl Fn(Day) -> Option<PartialDate>,
) -> Option<PartialDate> {
    let first = count(published.first())?;
    let last = count(published.last())?;
    if first == last {
        return Some(first);
    }
    if near {
        return Some(published);
    }
    PartialDate::between(first.first(), last.last(), Precision::Interval)
}

/// The one that the tense points to; without a tense one shortly before, or the coming one.
fn coming_or_past(item: Item, setting: &Setting) -> Option<PartialDate> {
    let published = setting.published?;
    let mut rounds = calendar::rounds(item, published);
    if item.round() == Round::Century {
        // Nobody calls the years he lives in "the twenties".
        rounds.retain(|decade| decade.last() < published.first());
    }
    let past = rounds
        .iter()
        .rev()
        .find(|date| date.first() <= published.last());
    let coming = rounds.iter().find(|date| date.last() >= published.first());
    let back = past.map(|past| published.first().number() - past.last().number());
    let ahead = coming.map(|coming| coming.first().number() - published.last().number());
    let weekly = matches!(item.round(), Round::Week);
    let found = match setting.tense {
        Some(Tense::Past) => {
            let at_hand = ahead.is_some_and(|ahead| ahead <= AT_HAND);
            let far = back.is_some_and(|back| back > 300) && item.round() == Round::Year;
            if far && at_hand {
                coming
            } else {
                past.or(coming)
            }
        }
        Some(Tense::Future) => {
            let at_hand = back.is_some_and(|back| back <= AT_HAND);
            let far = ahead.is_some_and(|ahead| ahead > 300) && item.round() == Round::Year;
            if far && at_hand {
                past
            } else {
                coming.or(past)
            }
        }
        Some(Tense::Present) if weekly => {
            if back <= ahead {
                past
            } else {
                coming
            }
        }
        Some(Tense::Present) | None => {
            let limit = if item.is_day() { NEAR.0 } else { NEAR.1 };
            let is_near =
                weekly || item.round() == Round::Century || back.is_some_and(|back| back <= limit);
            if is_near && item.round() != Round::Month {
                past.or(coming)
            } else {
                coming.or(past)
            }
        }
    };
    let date = *found?;
    // Within a month that alone is known, a weekday may be any of four.
    if weekly && published.first() != published.last() {
        return Some(published);
    }
    Some(date)
}

fn chosen(item: Item, choice: Choice, tense: Option<Tense>, day: Day) -> Option<PartialDate> {
    let rounds = calendar::rounds(item, PartialDate::day(day));
    let before = || rounds.iter().rev().find(|date| date.last() < day);
    let found = match choice {
        Choice::Last => before(),
        Choice::This if tense == Some(Tense::Past) => {
            rounds.iter().rev().find(|date| date.first() <= day)
        }
        Choice::This => rounds.iter().find(|date| date.last() >= day),
        Choice::Next if item.round() == Round::Week => {
            let sunday = PartialDate::week_of(day)?.last();
            rounds.iter().find(|date| date.first() > sunday)
        }
        Choice::Next | Choice::Following => rounds.iter().find(|date| date.first() > day),
    };
    found.copied()
}

fn away(amounts: &[(i64, Unit)], from: &From, setting: &Setting) -> Option<PartialDate> {
    let finest = amounts
        .iter()
        .map(|(_, unit)| *unit)
        .min_by_key(|unit| *unit as u8)?;
    let grain = match finest {
        Unit::Day | Unit::Week => Unit::Day,
        Unit::Month | Unit::Quarter => Unit::Month,
        Unit::Year | Unit::Decade | Unit::Century => Unit::Year,
    };
    let count = |day: Day| {
        let mut sum = day;
        for (count, unit) in amounts {
            sum = unit.shifted(sum, *count)?;
        }
        grain.of(sum)
    };
    let base = match from {
        From::Article => setting.published?,
        From::Mentioned => match setting.mentioned {
            Some(mentioned) => mentioned,
            // A story told in the past counts from something else than the article's day.
            None if setting.tense == Some(Tense::Past) => return None,
            None => setting.published?,
        },
        From::Date(date) => resolve(date, setting)?,
    };
    if *from == From::Article || setting.mentioned.is_none() && *from == From::Mentioned {
        let near = amounts
            .iter()
            .all(|(count, unit)| count.abs() * calendar::about_days(*unit) <= SAME_MONTH);
        return against(base, near, count);
    }
    let (first, last) = (count(base.first())?, count(base.last())?);
    (first == last).then_some(first)
}

/// So many of these after a day, or before it.
fn further(count: i64, item: Item, from: &From, setting: &Setting) -> Option<PartialDate> {
    let step = match item.round() {
        Round::Week => Unit::Week,
        Round::Month => Unit::Month,
        Round::Year => Unit::Year,
        Round::Century => Unit::Century,
    };
    let passed = |day: Day| {
        let near = step.shifted(day, count - count.signum())?;
        let rounds = calendar::rounds(item, PartialDate::day(near));
        let found = if count < 0 {
            rounds.iter().rev().find(|date| date.last() < near)
        } else {
            rounds.iter().find(|date| date.first() > near)
        };
        found.copied()
    };
    match from {
        From::Date(date) => {
            let date = resolve(date, setting)?;
            passed(if count < 0 { date.first() } else { date.last() })
        }
        _ => against(setting.published?, false, passed),
    }
}

/// The one whose first day is nearest to a day; of two as near the later.
fn nearest(nth: i64, item: Item, to: PartialDate) -> Option<PartialDate> {
    if to.precision() != Precision::Day {
        return None;
    }
    let mut rounds = calendar::rounds(item, to);
    rounds.reverse();
    rounds.sort_by_key(|date| (date.first().number() - to.first().number()).abs());
    rounds.get(usize::try_from(nth - 1).ok()?).copied()
}

/// What is left of a time, the day itself included.
fn rest(of: PartialDate, published: PartialDate) -> Option<PartialDate> {
    let day = published.first();
    let inside = published.precision() == Precision::Day && of.first() <= day && day < of.last();
    inside
        .then(|| PartialDate::spanning(day, of.last()))
        .flatten()
}

fn run(count: i64, unit: Unit, day: Day) -> Option<PartialDate> {
    let at = |by: i64| unit.of(unit.shifted(day, by)?);
    let (first, last) = if count < 0 {
        (at(count)?, at(-1)?)
    } else {
        (at(1)?, at(count)?)
    };
    PartialDate::spanning(first.first(), last.last())
}

/// A third of it; of a year three months at its beginning and four at its end, of a week three
/// days, for so these words are used.
fn part(portion: Portion, whole: PartialDate) -> Option<PartialDate> {
    let (first, last) = (whole.first(), whole.last());
    let months = |from: i64, to: i64| {
        let end = first.plus_months(to)?.plus(-1)?;
        Some((first.plus_months(from)?, end))
    };
    let (from, to) = match (whole.precision(), portion) {
        (Precision::Day, _) => return None,
        (Precision::Week, Portion::Beginning) => (first, first.plus(2)?),
        (Precision::Week, Portion::Middle) => (first.plus(2)?, first.plus(4)?),
        (Precision::Week, Portion::End) => (first.plus(4)?, last),
        (Precision::Month, Portion::Beginning) => (first, first.plus(9)?),
        (Precision::Month, Portion::Middle) => (first.plus(10)?, first.plus(19)?),
        (Precision::Month, Portion::End) => (first.plus(20)?, last),
        (Precision::Quarter, Portion::Beginning) => months(0, 1)?,
        (Precision::Quarter, Portion::Middle) => months(1, 2)?,
        (Precision::Quarter, Portion::End) => months(2, 3)?,
        (Precision::Year, Portion::Beginning) => months(0, 3)?,
        (Precision::Year, Portion::Middle) => months(4, 8)?,
        (Precision::Year, Portion::End) => months(8, 12)?,
        (Precision::Decade, Portion::Beginning) => months(0, 36)?,
        (Precision::Decade, Portion::Middle) => months(36, 84)?,
        (Precision::Decade, Portion::End) => months(84, 120)?,
        (Precision::Century, Portion::Beginning) => months(0, 360)?,
        (Precision::Century, Portion::Middle) => months(360, 840)?,
        (Precision::Century, Portion::End) => months(840, 1200)?,
        (Precision::Season | Precision::Interval, portion) => {
            let third = (last.number() - first.number() + 1) / 3;
            match portion {
                Portion::Beginning => (first, first.plus(third)?),
                Portion::Middle => (first.plus(third)?, last.plus(-third)?),
                Portion::End => (last.plus(-third)?, last),
            }
        }
    };
    PartialDate::spanning(from, to)
}

/// The last third of a month with the first of the next; three months on both sides of a new
/// year, ten years on both sides of a century's end.
fn turn(one: PartialDate, other: PartialDate) -> Option<PartialDate> {
    let follows = one.last().plus(1)? == other.first();
    let (first, last) = match one.precision() {
        _ if !follows => (one.first(), other.last()),
        Precision::Century => (
            one.last().plus_months(-120)?.plus(1)?,
            other.first().plus_months(120)?.plus(-1)?,
        ),
        Precision::Year => (
            one.last().plus_months(-3)?.plus(1)?,
            other.first().plus_months(3)?.plus(-1)?,
        ),
        _ => {
            let end = part(Portion::End, one)?;
            let beginning = part(Portion::Beginning, other)?;
            return PartialDate::spanning(end.first(), beginning.last());
        }
    };
    PartialDate::spanning(first, last)
}

/// Whole units or weekdays that lie in the time, counted from its start or, below 0, its end.
fn nth(nth: i64, counted: Counted, of: PartialDate) -> Option<PartialDate> {
    let unit = match counted {
        Counted::Unit(unit) => unit,
        Counted::Weekday(_) => Unit::Day,
    };
    let wanted = |date: PartialDate| match counted {
        Counted::Weekday(weekday) => date.first().weekday() == weekday,
        Counted::Unit(_) => true,
    };
    let inside = |date: &PartialDate| of.first() <= date.first() && date.last() <= of.last();
    let steps = of.last().number() - of.first().number() + 2;
    let backwards = nth < 0;
    let mut left = nth.abs();
    let mut day = if backwards { of.last() } else { of.first() };
    for _ in 0..steps.min(4000) {
        let date = unit.of(day)?;
        if inside(&date) && wanted(date) {
            left -= 1;
            if left == 0 {
                return Some(date);
            }
        }
        day = if backwards {
            date.first().plus(-1)?
        } else {
            date.last().plus(1)?
        };
        if day < of.first() || day > of.last() {
            return None;
        }
    }
    None
}

/// What the first says, in the time given.
fn within(inner: &DateExpr, outer: PartialDate, setting: &Setting) -> Option<PartialDate> {
    match inner {
        DateExpr::Item(item) => occurrence(*item, outer),
        DateExpr::Part(portion, of) => part(*portion, within(of, outer, setting)?),
        DateExpr::Nth(nth, counted, of) => self::nth(*nth, *counted, within(of, outer, setting)?),
        DateExpr::Turn(one, other) => {
            turn(within(one, outer, setting)?, within(other, outer, setting)?)
        }
        DateExpr::Within(innermost, middle) => {
            within(innermost, within(middle, outer, setting)?, setting)
        }
        DateExpr::Range(first, last) => {
            let last = within(last, outer, setting)?;
            let mut start = within(first, outer, setting)?;
            if start.first() > last.last()
                && let DateExpr::Item(item) = **first
            {
                start = before(item, last)?;
            }
            PartialDate::spanning(start.first(), last.last())
        }
        _ => {
            let date = resolve(inner, setting)?;
            (date.first() <= outer.last() && outer.first() <= date.last()).then_some(date)
        }
    }
}

/// The one that lies in this time, or has most of its days there.
fn occurrence(item: Item, outer: PartialDate) -> Option<PartialDate> {
    let shared = |date: &PartialDate| {
        let first = date.first().max(outer.first()).number();
        let last = date.last().min(outer.last()).number();
        last - first + 1
    };
    let item = item.without_weekday();
    let mut rounds = calendar::rounds(item, outer);
    rounds.retain(|date| shared(date) > 0);
    let is_whole =
        |date: &&PartialDate| shared(date) > date.last().number() - date.first().number();
    let whole = rounds.iter().filter(is_whole).count();
    match item.round() {
        // Of two weekdays in a longer time neither is told.
        Round::Week | Round::Month if whole > 1 => None,
        _ => {
            let best = rounds.into_iter().rev().max_by_key(shared)?;
            (item.is_long() || shared(&best) > 0).then_some(best)
        }
    }
}

/// The latest one that ends no later than this.
fn before(item: Item, date: PartialDate) -> Option<PartialDate> {
    let rounds = calendar::rounds(item.without_weekday(), date);
    rounds
        .into_iter()
        .rev()
        .find(|round| round.first() <= date.last())
}

/// The earliest one that begins no earlier than this.
fn after(item: Item, date: PartialDate) -> Option<PartialDate> {
    let rounds = calendar::rounds(item.without_weekday(), date);
    rounds
        .into_iter()
        .find(|round| round.last() >= date.first())
}

fn range(first: &DateExpr, last: &DateExpr, setting: &Setting) -> Option<PartialDate> {
    let (start, end) = match (first, last) {
        (DateExpr::Item(item), DateExpr::Item(end)) => {
            let start = coming_or_past(*item, setting)?;
            (start, after(*end, start)?)
        }
        (DateExpr::Item(item), _) => {
            let end = resolve(last, setting)?;
            (before(*item, end)?, end)
        }
        (_, DateExpr::Item(item)) => {
            let start = resolve(first, setting)?;
            (start, after(*item, start)?)
        }
        _ => (resolve(first, setting)?, resolve(last, setting)?),
    };
    PartialDate::spanning(start.first(), end.last())
}
