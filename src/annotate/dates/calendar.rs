//! What the calendar holds: units, and things that come again and again.

use super::expression::Item;
use super::moon;
use crate::lang::calendar::Unit;
use crate::lang::dates::{Holiday, HolidayRule};
use crate::model::{Day, PartialDate, Precision};

/// How often something comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Round {
    /// Every week.
    Week,
    /// Every month.
    Month,
    /// Every year.
    Year,
    /// Every century.
    Century,
}

impl Item {
    /// How often it comes.
    pub(super) fn round(self) -> Round {
        match self {
            Self::Weekday(_) | Self::Weekend => Round::Week,
            Self::DayOfMonth { .. } => Round::Month,
            Self::Decade(_) => Round::Century,
            Self::Day { .. }
            | Self::Month(_)
            | Self::Quarter(_)
            | Self::Season(_)
            | Self::Holiday(_) => Round::Year,
        }
    }

    /// Whether it is one day.
    pub(super) fn is_day(self) -> bool {
        let several = matches!(self, Self::Holiday(holiday) if holiday.days > 1);
        !self.is_long() && self != Self::Weekend && !several
    }

    /// Whether it lasts a month or more.
    pub(super) fn is_long(self) -> bool {
        matches!(
            self,
            Self::Month(_) | Self::Quarter(_) | Self::Season(_) | Self::Decade(_)
        )
    }

    /// The same day, on whatever weekday it falls.
    pub(super) fn without_weekday(self) -> Self {
        match self {
            Self::Day { month, day, .. } => Self::Day {
                month,
                day,
                weekday: None,
            },
            Self::DayOfMonth { day, .. } => Self::DayOfMonth { day, weekday: None },
            other => other,
        }
    }

    fn weekday(self) -> Option<i8> {
        match self {
            Self::Day { weekday, .. } | Self::DayOfMonth { weekday, .. } => weekday,
            _ => None,
        }
    }
}

/// How many years on both sides are looked at. Eight hold a leap day.
const YEARS: i16 = 8;

/// A weekday told with a day picks the year among so many on both sides.
const PICKED: i16 = 2;

/// When the item comes about this time, in order. Where a weekday is told with it and falls on
/// it in one of the nearest years, only then.
pub(super) fn rounds(item: Item, about: PartialDate) -> Vec<PartialDate> {
    let all = all_rounds(item.without_weekday(), about);
    let Some(weekday) = item.weekday() else {
        return all;
    };
    let year = |day: Day| day.civil().year();
    let range = year(about.first()) - PICKED..=year(about.last()) + PICKED;
    let picked: Vec<PartialDate> = all
        .iter()
        .copied()
        .filter(|date| date.first().weekday() == weekday && range.contains(&year(date.first())))
        .collect();
    if picked.is_empty() { all } else { picked }
}

fn all_rounds(item: Item, about: PartialDate) -> Vec<PartialDate> {
    let (first, last) = (about.first().civil().year(), about.last().civil().year());
    let years = first.saturating_sub(YEARS)..=last.saturating_add(YEARS);
    match item {
        Item::Day { month, day, .. } => years
            .filter_map(|year| Day::new(year, month, day).map(PartialDate::day))
            .collect(),
        Item::Month(month) => years
            .filter_map(|year| PartialDate::month(year, month))
            .collect(),
        Item::Quarter(quarter) => years
            .filter_map(|year| PartialDate::quarter(year, quarter))
            .collect(),
        Item::Season(season) => years
            .filter_map(|year| self::season(year, season))
            .collect(),
        Item::Holiday(holiday) => {
            let days = years.filter_map(|year| day_of(holiday, year));
            days.filter_map(|first| PartialDate::spanning(first, last_day(holiday, first)?))
                .collect()
        }
        Item::DayOfMonth { day, .. } => {
            let years = first.saturating_sub(2)..=last.saturating_add(2);
            years
                .flat_map(|year| (1..=12).map(move |month| (year, month)))
                .filter_map(|(year, month)| Day::new(year, month, day).map(PartialDate::day))
                .collect()
        }
        Item::Decade(tens) => {
            let century = first.div_euclid(100) * 100;
            let decades = [-100, 0, 100].into_iter().filter_map(|centuries| {
                PartialDate::decade(
                    century
                        .checked_add(centuries)?
                        .checked_add(i16::from(tens))?,
                )
            });
            decades.collect()
        }
        Item::Weekday(weekday) => weeks(about, weekday, weekday, Precision::Day),
        Item::Weekend => weeks(about, 6, 7, Precision::Interval),
    }
}

/// These days of each week from a fortnight before to a fortnight after.
fn weeks(about: PartialDate, first: i8, last: i8, precision: Precision) -> Vec<PartialDate> {
    let mut found = Vec::new();
    let mut day = about.first().plus(-14);
    let end = about.last().plus(21);
    while let (Some(now), Some(end)) = (day, end)
        && now <= end
    {
        let monday = now.plus(1 - i64::from(now.weekday()));
        let at = |weekday: i8| monday?.plus(i64::from(weekday) - 1);
        if let (Some(from), Some(to)) = (at(first), at(last)) {
            found.extend(PartialDate::between(from, to, precision));
        }
        day = now.plus(7);
        if found.len() > 600 {
            break;
        }
    }
    found
}

/// A season: from the 21st of March, June and December and the 24th of September.
fn season(year: i16, season: i8) -> Option<PartialDate> {
    let (first, last) = match season {
        1 => (Day::new(year, 3, 21)?, Day::new(year, 6, 20)?),
        2 => (Day::new(year, 6, 21)?, Day::new(year, 9, 23)?),
        3 => (Day::new(year, 9, 24)?, Day::new(year, 12, 20)?),
        _ => (Day::new(year - 1, 12, 21)?, Day::new(year, 3, 20)?),
    };
    PartialDate::between(first, last, Precision::Season)
}

/// The first day of a holiday in a year.
fn day_of(holiday: &Holiday, year: i16) -> Option<Day> {
    let day = unmoved(holiday.when, year)?;
    let weekday = usize::try_from(day.weekday() - 1).ok()?;
    day.plus(i64::from(*holiday.moved.get(weekday)?))
}

/// Its last day. An Islamic month has 29 days or 30.
fn last_day(holiday: &Holiday, first: Day) -> Option<Day> {
    let days = match holiday.when {
        HolidayRule::Islamic(..) if holiday.days == 30 => moon::length_of_month(first),
        _ => holiday.days,
    };
    first.plus(days - 1)
}

fn unmoved(when: HolidayRule, year: i16) -> Option<Day> {
    match when {
        HolidayRule::Fixed(month, day) => Day::new(year, month, day),
        HolidayRule::Easter(days) => easter(year)?.plus(days),
        HolidayRule::Orthodox(days) => orthodox_easter(year)?.plus(days),
        HolidayRule::Nisan(days) => moon::nisan(year)?.plus(days),
        HolidayRule::Kislev(days) => moon::kislev(year)?.plus(days),
        HolidayRule::Chinese(days) => moon::chinese_new_year(year)?.plus(days),
        HolidayRule::Islamic(month, day) => moon::islamic(year, month, day),
        HolidayRule::Indian { month, part, hour } => moon::indian(year, month, part, hour),
        HolidayRule::Sun { sign, hour, later } => moon::sun(year, sign, hour)?.plus(later),
        // The years have no leap day, so that the new year comes earlier by a day in four years.
        HolidayRule::Parsi(days) => {
            let years = i64::from(year) - 2018;
            Day::new(2018, 8, 17)?.plus(365 * years + days)
        }
        HolidayRule::Weekday {
            month,
            weekday,
            nth,
            later,
        } => {
            let of = PartialDate::month(year, month)?;
            let first = if nth < 0 { of.last() } else { of.first() };
            let ahead = i64::from((weekday - first.weekday()).rem_euclid(7));
            let day = if nth < 0 {
                first.plus(if ahead == 0 { 0 } else { ahead - 7 } + 7 * (i64::from(nth) + 1))
            } else {
                first.plus(ahead + 7 * (i64::from(nth) - 1))
            };
            day?.plus(later)
        }
    }
}

/// Easter Sunday of the western churches (the rule of Meeus, Jones and Butcher).
#[expect(
    clippy::many_single_char_names,
    reason = "the rule is known by these letters"
)]
fn easter(year: i16) -> Option<Day> {
    let year_number = i64::from(year);
    let (a, b, c) = (
        year_number.rem_euclid(19),
        year_number.div_euclid(100),
        year_number.rem_euclid(100),
    );
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19).rem_euclid(32);
    Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// Easter Sunday of the eastern churches: by the Julian calendar, told in ours.
#[expect(
    clippy::many_single_char_names,
    reason = "the rule is known by these letters"
)]
fn orthodox_easter(year: i16) -> Option<Day> {
    let year_number = i64::from(year);
    let (a, b, c) = (
        year_number.rem_euclid(4),
        year_number.rem_euclid(7),
        year_number.rem_euclid(19),
    );
    let d = (19 * c + 15).rem_euclid(30);
    let e = (2 * a + 4 * b - d + 34).rem_euclid(7);
    let julian = d + e + 114;
    let day = Day::new(
        year,
        i8::try_from(julian / 31).ok()?,
        i8::try_from(julian % 31 + 1).ok()?,
    )?;
    let apart = year_number.div_euclid(100) - year_number.div_euclid(400) - 2;
    day.plus(apart)
}

/// About how many days a unit has.
pub(super) fn about_days(unit: Unit) -> i64 {
    match unit {
        Unit::Day => 1,
        Unit::Week => 7,
        Unit::Month => 30,
        Unit::Quarter => 91,
        Unit::Year => 365,
        Unit::Decade => 3652,
        Unit::Century => 36524,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_days() {
        for (year, western, eastern) in [
            (2013, "2013-03-31", "2013-05-05"),
            (2018, "2018-04-01", "2018-04-08"),
            (2023, "2023-04-09", "2023-04-16"),
            (2024, "2024-03-31", "2024-05-05"),
            (1990, "1990-04-15", "1990-04-15"),
        ] {
            assert_eq!(easter(year).unwrap().to_string(), western);
            assert_eq!(orthodox_easter(year).unwrap().to_string(), eastern);
        }
    }

    #[test]
    fn weekdays_of_months() {
        for (rule, expected) in [
            ((11, 4, 4, 0), "2013-11-28"),
            ((11, 4, 4, 1), "2013-11-29"),
            ((5, 1, -1, 0), "2013-05-27"),
            ((1, 1, 3, 0), "2013-01-21"),
        ] {
            let (month, weekday, nth, later) = rule;
            let when = HolidayRule::Weekday {
                month,
                weekday,
                nth,
                later,
            };
            assert_eq!(unmoved(when, 2013).unwrap().to_string(), expected);
        }
    }
}
