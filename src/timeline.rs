//! Counts of days to counts of periods.
//!
//! What is dated no closer than to a month lies in no one of its days: it is counted in a period
//! only when all its possible days lie there, and apart from all rows otherwise.

use std::collections::BTreeMap;

use crate::model::{Counted, Day, DayRange, PartialDate, Period, Portion, Timeline, TimelineRow};

/// How many rows a timeline has at most when nobody says by what to count.
const CHOSEN_ROWS: i64 = 60;

/// How many rows a timeline may have.
pub const MAX_ROWS: i64 = 100_000;

/// How many there are of each pair of a first and last possible day; none for those without date.
pub type Days = BTreeMap<Option<(Day, Day)>, u64>;

/// Why a timeline was not made: so many rows are more than [`MAX_ROWS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyRows(pub i64);

/// The number of a period: the next one has the next number.
fn number(by: Period, day: Day) -> i64 {
    let date = day.civil();
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    match by {
        Period::Day => day.number(),
        // Day 0 of our count is a Thursday.
        Period::Week => (day.number() + 3).div_euclid(7),
        Period::Month => year * 12 + month - 1,
        Period::Quarter => year * 4 + (month - 1) / 3,
        Period::Year => year,
        Period::Decade => year.div_euclid(10),
    }
}

/// The period with this number, as far as the calendar reaches.
fn period(by: Period, number: i64) -> Option<PartialDate> {
    let year = |number: i64| i16::try_from(number).ok();
    let part = |of: i64| i8::try_from(number.rem_euclid(of) + 1).ok();
    match by {
        Period::Day => Day::from_number(number).map(PartialDate::day),
        Period::Week => {
            let monday = number.checked_mul(7)?.checked_sub(3)?;
            let within = |day: i64| day.clamp(Day::MIN.number(), Day::MAX.number());
            let (first, last) = (within(monday), within(monday + 6));
            let (first, last) = (Day::from_number(first)?, Day::from_number(last)?);
            PartialDate::between(first, last, crate::model::Precision::Week)
        }
        Period::Month => PartialDate::month(year(number.div_euclid(12))?, part(12)?),
        Period::Quarter => PartialDate::quarter(year(number.div_euclid(4))?, part(4)?),
        Period::Year => PartialDate::year(year(number)?),
        Period::Decade => PartialDate::decade(year(number.checked_mul(10)?)?).or_else(|| {
            // The first decade of the calendar lacks a year.
            let last = PartialDate::year(year(number * 10 + 9)?)?.last();
            PartialDate::between(Day::MIN, last, crate::model::Precision::Decade)
        }),
    }
}

/// What lies where: by the number of the period, and none for what fits in no one.
fn by_period(days: &Days, by: Period) -> BTreeMap<Option<i64>, u64> {
    let mut counts = BTreeMap::new();
    for (dated, count) in days {
        let Some((first, last)) = dated else { continue };
        let only = Some(number(by, *first)).filter(|first| *first == number(by, *last));
        *counts.entry(only).or_default() += count;
    }
    counts
}

/// The first and last day of what is found and asked for.
fn extent(found: &Days, asked: Option<DayRange>) -> Option<(Day, Day)> {
    let dated = || found.keys().flatten();
    let asked = asked.unwrap_or(DayRange {
        first: None,
        last: None,
    });
    let firsts = dated().map(|(first, _)| *first).chain(asked.first);
    let lasts = dated().map(|(_, last)| *last).chain(asked.last);
    Some((firsts.min()?, lasts.max()?)).filter(|(first, last)| first <= last)
}

/// The shortest period that keeps the rows few.
fn chosen(extent: Option<(Day, Day)>) -> Period {
    let is_short = |by: &Period| {
        extent.is_none_or(|(first, last)| number(*by, last) - number(*by, first) < CHOSEN_ROWS)
    };
    let short = Period::ALL.into_iter().find(is_short);
    short.unwrap_or(Period::Decade)
}

/// Counts `found`, part of `all`, by the period given, or by the shortest one that makes at most 60
/// rows. Rows reach from the first day found or `asked` for to the last.
pub fn timeline(
    counted: Counted,
    found: &Days,
    all: &Days,
    by: Option<Period>,
    asked: Option<DayRange>,
) -> Result<Timeline, TooManyRows> {
    let extent = extent(found, asked);
    let by = by.unwrap_or_else(|| chosen(extent));
    let (counts, wholes) = (by_period(found, by), by_period(all, by));
    let portion = |number: Option<i64>| Portion {
        count: counts.get(&number).copied().unwrap_or_default(),
        of: wholes.get(&number).copied().unwrap_or_default(),
    };
    // What is only known roughly makes no rows, unless they are asked for.
    let mut numbers: Vec<i64> = counts.keys().flatten().copied().collect();
    let asked = asked
        .into_iter()
        .flat_map(|range| [range.first, range.last]);
    numbers.extend(asked.flatten().map(|day| number(by, day)));
    let bounds = numbers.iter().min().zip(numbers.iter().max());
    let rows = match bounds {
        Some((first, last)) if last - first >= MAX_ROWS => {
            return Err(TooManyRows(last - first + 1));
        }
        Some((first, last)) if !found.is_empty() || first < last => (*first..=*last)
            .filter_map(|number| {
                Some(TimelineRow {
                    period: period(by, number)?,
                    portion: portion(Some(number)),
                })
            })
            .collect(),
        _ => Vec::new(),
    };
    Ok(Timeline {
        counted,
        by,
        rows,
        imprecise: portion(None),
        undated: Portion {
            count: found.get(&None).copied().unwrap_or_default(),
            of: all.get(&None).copied().unwrap_or_default(),
        },
        total: Portion {
            count: found.values().sum(),
            of: all.values().sum(),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn days(dates: &[&str]) -> Days {
        let mut days = Days::new();
        for date in dates {
            let date = (!date.is_empty()).then(|| crate::dates::parse_published(date).unwrap());
            let pair = date.map(|date| (date.first(), date.last()));
            *days.entry(pair).or_default() += 1;
        }
        days
    }

    #[track_caller]
    fn check(by: Option<Period>, dates: &[&str], expected: &[(&str, u64)], rest: [u64; 2]) {
        let found = days(dates);
        let made = timeline(Counted::Articles, &found, &found, by, None).unwrap();
        let rows: Vec<_> = made
            .rows
            .iter()
            .map(|row| (row.period.to_string(), row.portion.count))
            .collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|(day, count)| (day.as_str(), *count))
            .collect();
        assert_eq!(rows, expected);
        assert_eq!([made.imprecise.count, made.undated.count], rest);
    }

    #[test]
    fn periods_without_articles_are_rows() {
        let dates = ["2023-01-31", "2023-03-01", "2023-03-05", "2023", ""];
        let month = [("2023-01", 1), ("2023-02", 0), ("2023-03", 2)];
        check(Some(Period::Month), &dates, &month, [1, 1]);
        check(Some(Period::Year), &dates, &[("2023", 4)], [0, 1]);
        check(
            Some(Period::Quarter),
            &dates,
            &[("2023-01-01..2023-03-31", 3)],
            [1, 1],
        );
        check(Some(Period::Day), &["2023"], &[], [1, 0]);
        check(None, &[], &[], [0, 0]);
    }

    #[test]
    fn weeks_begin_on_monday_and_decades_before_our_era_with_a_zero() {
        check(
            Some(Period::Week),
            &["2023-02-12", "2023-02-13", "2023-02-19"],
            &[("2023-02-06..2023-02-12", 1), ("2023-02-13..2023-02-19", 2)],
            [0, 0],
        );
        check(
            Some(Period::Decade),
            &["1989-12-31", "1990"],
            &[("1980-01-01..1989-12-31", 1), ("1990-01-01..1999-12-31", 1)],
            [0, 0],
        );
    }

    #[track_caller]
    fn check_chosen(first: &str, last: &str, expected: Period) {
        let found = days(&[first, last]);
        let made = timeline(Counted::Articles, &found, &found, None, None).unwrap();
        assert_eq!(made.by, expected);
    }

    #[test]
    fn the_shortest_period_of_few_rows_is_chosen() {
        check_chosen("2023-01-01", "2023-03-01", Period::Day);
        check_chosen("2023-01-01", "2023-03-02", Period::Week);
        check_chosen("2021-05-24", "2023-10-26", Period::Month);
        check_chosen("2010", "2023", Period::Quarter);
        check_chosen("1970", "2023", Period::Year);
        check_chosen("1000", "2023", Period::Decade);
    }

    #[test]
    fn the_days_asked_for_are_shown_also_where_nothing_is() {
        let asked = Some(DayRange {
            first: Day::new(2023, 1, 5),
            last: Day::new(2023, 4, 1),
        });
        let by = Some(Period::Month);
        let found = days(&["2023-02-01"]);
        let made = timeline(Counted::Articles, &found, &found, by, asked).unwrap();
        assert_eq!(made.rows.len(), 4);
        let made = timeline(Counted::Articles, &Days::new(), &found, by, asked).unwrap();
        assert_eq!(made.rows.len(), 4);
        assert_eq!(made.total, Portion { count: 0, of: 1 });
    }

    #[test]
    fn more_rows_than_anyone_reads_are_refused() {
        let found = days(&["0001-01-01", "2023-01-01"]);
        let made = timeline(Counted::Articles, &found, &found, Some(Period::Day), None);
        assert_eq!(made, Err(TooManyRows(738_521)));
    }

    fn dated() -> impl Strategy<Value = Option<(Day, Day)>> {
        let day = Day::MIN.number()..=Day::MAX.number();
        prop::option::of((day, 0_i64..4000).prop_map(|(first, length)| {
            let last = (first + length).min(Day::MAX.number());
            (
                Day::from_number(first).unwrap(),
                Day::from_number(last).unwrap(),
            )
        }))
    }

    proptest! {
        #[test]
        fn rows_and_rest_are_everything(
            found in prop::collection::btree_map(dated(), 1_u64..9, 0..20),
            by in prop::sample::select(Period::ALL.to_vec()),
        ) {
            if let Ok(made) = timeline(Counted::Articles, &found, &found, Some(by), None) {
                let rows: u64 = made.rows.iter().map(|row| row.portion.count).sum();
                let sum = rows + made.imprecise.count + made.undated.count;
                prop_assert_eq!(sum, made.total.count);
                prop_assert!(made.rows.is_sorted_by_key(|row| row.period.first()));
            }
        }

        #[test]
        fn every_day_lies_in_its_period(day in Day::MIN.number()..=Day::MAX.number()) {
            let day = Day::from_number(day).unwrap();
            for by in Period::ALL {
                let period = period(by, number(by, day)).unwrap();
                prop_assert!(period.first() <= day && day <= period.last());
            }
        }
    }
}
