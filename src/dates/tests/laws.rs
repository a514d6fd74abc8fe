//! Laws that hold for every date and every text, against a calendar that counts day by day.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::super::{ReadDate, parse_date, parse_published, parse_range, parse_since, parse_until};
use crate::Mistake;
use crate::model::{Day, DayRange, PartialDate, Precision};

/// What the naive calendar says of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Naive {
    year: i16,
    month: i8,
    day: i8,
    weekday: i8,
}

/// Every day from -9999-01-01 to 9999-12-31, counted one by one.
/// Known: 2000-01-01 was a Saturday; nothing else is taken from elsewhere.
static DAYS: LazyLock<Vec<Naive>> = LazyLock::new(|| {
    let mut days = Vec::new();
    for year in -9999..=9999 {
        for month in 1..=12 {
            for day in 1..=length(year, month) {
                days.push(Naive {
                    year,
                    month,
                    day,
                    weekday: 0,
                });
            }
        }
    }
    let known = days
        .iter()
        .position(|day| (day.year, day.month, day.day) == (2000, 1, 1))
        .unwrap();
    let mut weekday = 6;
    for day in days.iter_mut().skip(known) {
        day.weekday = weekday;
        weekday = if weekday == 7 { 1 } else { weekday + 1 };
    }
    let mut weekday = 6;
    for day in days.iter_mut().take(known + 1).rev() {
        day.weekday = weekday;
        weekday = if weekday == 1 { 7 } else { weekday - 1 };
    }
    days
});

fn length(year: i16, month: i8) -> i8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Where 1970-01-01 stands among the days.
fn epoch() -> usize {
    static EPOCH: LazyLock<usize> = LazyLock::new(|| {
        DAYS.iter()
            .position(|day| (day.year, day.month, day.day) == (1970, 1, 1))
            .unwrap()
    });
    *EPOCH
}

fn naive(day: Day) -> Naive {
    DAYS[usize::try_from(day.number() + i64::try_from(epoch()).unwrap()).unwrap()]
}

/// Months back, one by one; then the day, or the last one there is.
fn months_before(day: Naive, months: u32) -> Option<(i16, i8, i8)> {
    let (mut year, mut month) = (day.year, day.month);
    for _ in 0..months {
        (year, month) = if month == 1 {
            (year - 1, 12)
        } else {
            (year, month - 1)
        };
    }
    (year >= -9999).then(|| (year, month, day.day.min(length(year, month))))
}

fn any_day() -> impl Strategy<Value = Day> {
    prop_oneof![
        8 => Day::MIN.number()..=Day::MAX.number(),
        2 => -30_000..=30_000_i64,
        1 => Day::MIN.number()..=Day::MIN.number() + 400,
        1 => Day::MAX.number() - 400..=Day::MAX.number(),
    ]
    .prop_map(|number| Day::from_number(number).unwrap())
}

fn any_date() -> impl Strategy<Value = PartialDate> {
    prop_oneof![
        any_day().prop_map(PartialDate::day),
        any_day().prop_filter_map("beyond", PartialDate::week_of),
        (-9999..=9999_i16, 1..=12_i8).prop_map(|(y, m)| PartialDate::month(y, m).unwrap()),
        (-9999..=9999_i16, 1..=4_i8).prop_map(|(y, q)| PartialDate::quarter(y, q).unwrap()),
        (-9999..=9999_i16).prop_map(|year| PartialDate::year(year).unwrap()),
        (-999..=998_i16).prop_map(|ten| PartialDate::decade(ten * 10).unwrap()),
        (1..=99_i16).prop_map(|number| PartialDate::century(number).unwrap()),
        (any_day(), any_day())
            .prop_map(|(a, b)| PartialDate::spanning(a.min(b), a.max(b)).unwrap()),
    ]
}

/// Texts made of what dates are made of, which reach further into the rules than any text.
fn date_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[0-9]{8,20}",
        prop::sample::select(vec![
            "-",
            "/",
            ".",
            "..",
            ",",
            ":",
            " ",
            " ",
            " ",
            "T",
            "Z",
            "W",
            "Q",
            "d",
            "mo",
            "y",
            "w",
            "(",
            ")",
            "[",
            "+",
            "−",
            "–",
            "lutego",
            "luty",
            "II",
            "XX",
            "wiek",
            "środa",
            "s\u{301}roda",
            "piątek",
            "temu",
            "za",
            "ago",
            "in",
            "last",
            "next",
            "zeszły",
            "ostatni",
            "tygodnie",
            "rok",
            "r.",
            "wczoraj",
            "dziś",
            "lata",
            "s",
            "th",
            "am",
            "kwartał",
            "ę",
            "日",
            "🗓",
            "\u{a0}",
            "\u{301}",
            "-0044",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn sound(mistake: &Mistake, text: &str) {
    assert_eq!(mistake.text, text);
    assert!(text.get(mistake.span.range()).is_some(), "{mistake:?}");
    assert!(mistake.hint.is_some(), "{mistake:?}");
}

fn read_every_way(text: &str, today: Day) {
    if let Err(mistake) = parse_published(text) {
        sound(&mistake, text);
    }
    let date = parse_date(text, today);
    let range = parse_range(text, today);
    match (&date, &range) {
        (Ok(ReadDate { date, .. }), Ok(range)) => {
            assert_eq!(
                (range.first, range.last),
                (Some(date.first()), Some(date.last()))
            );
            assert!(date.first() <= date.last());
        }
        (Ok(_), Err(mistake)) => panic!("one date, but no range: {mistake:?}"),
        (Err(mistake), _) => sound(mistake, text),
    }
    if let Err(mistake) = &range {
        sound(mistake, text);
    }
    for end in [parse_since(text, today), parse_until(text, today)] {
        if let Err(mistake) = end {
            sound(&mistake, text);
        }
    }
    assert_eq!(date, parse_date(text, today));
}

#[test]
fn the_calendar_agrees_with_counting() {
    assert_eq!(
        DAYS.len(),
        usize::try_from(Day::MAX.number() - Day::MIN.number() + 1).unwrap()
    );
    let first = Day::MIN.number();
    for (index, naive) in DAYS.iter().enumerate() {
        let number = first + i64::try_from(index).unwrap();
        let day = Day::new(naive.year, naive.month, naive.day).unwrap();
        assert_eq!(day.number(), number);
        let date = day.civil();
        assert_eq!(
            (date.year(), date.month(), date.day()),
            (naive.year, naive.month, naive.day)
        );
        assert_eq!(day.weekday(), naive.weekday, "{day}");
    }
    assert_eq!(Day::from_number(first - 1), None);
    assert_eq!(Day::from_number(Day::MAX.number() + 1), None);
    assert_eq!(Day::MIN.plus(i64::MIN), None);
}

#[test]
fn no_year_has_other_days() {
    for year in [-9999, -400, -4, 0, 1, 1900, 2000, 2023, 2024, 9999] {
        for month in -1..=14 {
            for day in -1..=33 {
                let real = (1..=12).contains(&month) && (1..=length(year, month)).contains(&day);
                assert_eq!(Day::new(year, month, day).is_some(), real);
            }
        }
    }
}

#[test]
fn the_ends_of_the_calendar_can_be_today() {
    let phrases = [
        "7d",
        "1y",
        "3mo",
        "wczoraj",
        "jutro",
        "last week",
        "this week",
        "next week",
        "last month",
        "next year",
        "next Friday",
        "last Friday",
        "Friday",
        "100 years ago",
        "in 100 years",
        "last century",
        "next decade",
        "this quarter",
        "this century",
        "9223372036854775807d",
        "9223372036854775807 years ago",
        "luty ub.r.",
        "luty br.",
        "za 9223372036854775807 lat",
    ];
    for phrase in phrases {
        for today in [Day::MIN, Day::MAX] {
            read_every_way(phrase, today);
        }
    }
    assert!(parse_range("wczoraj", Day::MIN).is_err());
    assert!(parse_range("jutro", Day::MAX).is_err());
    assert!(parse_range("dziś", Day::MAX).is_ok());
}

#[test]
fn since_and_until() {
    let today = Day::new(2024, 3, 18).unwrap();
    assert_eq!(parse_since("7d", today), Ok(Day::new(2024, 3, 12).unwrap()));
    assert_eq!(
        parse_since("last week", today),
        Ok(Day::new(2024, 3, 11).unwrap())
    );
    assert_eq!(
        parse_until("last week", today),
        Ok(Day::new(2024, 3, 17).unwrap())
    );
    assert!(parse_until("7d", today).is_err());
    assert!(parse_since("2020..2021", today).is_err());
    assert!(parse_until("2020..", today).is_err());
    assert!(parse_date("2020..", today).is_err());
    assert!(parse_published("2020..").is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_and_read_again_is_the_same(date in any_date()) {
        let text = date.to_string();
        prop_assert_eq!(parse_published(&text), Ok(date), "{}", text);
        let range = DayRange { first: Some(date.first()), last: Some(date.last()) };
        prop_assert_eq!(parse_range(&text, Day::MIN), Ok(range));
    }

    #[test]
    fn any_two_days_are_printed_as_these_days(a in any_day(), b in any_day(), p in 0..9_usize) {
        let date = PartialDate::between(a.min(b), a.max(b), Precision::ALL[p]).unwrap();
        let read = parse_published(&date.to_string()).unwrap();
        prop_assert_eq!((read.first(), read.last()), (date.first(), date.last()));
    }

    #[test]
    fn a_day_is_read_in_every_notation(day in any_day()) {
        let Naive { year, month, day: number, weekday } = naive(day);
        prop_assert_eq!(day.to_string(), format!("{}{:04}-{month:02}-{number:02}", if year < 0 { "-" } else { "" }, year.abs()));
        if year >= 0 {
            let calendar = crate::lang::calendar::Calendar::standard();
            let (month_name, weekday_name) = (calendar.month_name(month), calendar.weekday_name(weekday));
            for text in [
                format!("{number:02}.{month:02}.{year:04}"),
                format!("{year:04}{month:02}{number:02}"),
                format!("{year:04}/{month}/{number}"),
                format!("{number} {month_name} {year:04}"),
                format!("{weekday_name}, {month_name} {number}, {year:04}"),
            ] {
                prop_assert_eq!(parse_published(&text), Ok(PartialDate::day(day)), "{}", text);
            }
        }
    }

    #[test]
    fn units_hold_exactly_their_days(day in any_day()) {
        let here = naive(day);
        let month = PartialDate::month(here.year, here.month).unwrap();
        prop_assert!(month.first() <= day && day <= month.last());
        prop_assert_eq!(month.last().number() - month.first().number() + 1, i64::from(length(here.year, here.month)));
        prop_assert_eq!(naive(month.first()).day, 1);
        let year = PartialDate::year(here.year).unwrap();
        prop_assert!(year.first() <= month.first() && month.last() <= year.last());
        prop_assert!(year.first().plus(-1).is_none_or(|day| naive(day).year == here.year - 1));
        prop_assert!(year.last().plus(1).is_none_or(|day| naive(day).year == here.year + 1));
        let quarter = PartialDate::quarter(here.year, (here.month + 2) / 3).unwrap();
        prop_assert!(quarter.first() <= month.first() && month.last() <= quarter.last());
        if let Some(week) = PartialDate::week_of(day) {
            prop_assert!(week.first() <= day && day <= week.last());
            prop_assert_eq!((naive(week.first()).weekday, naive(week.last()).weekday), (1, 7));
        }
    }

    #[test]
    fn weeks_are_numbered_by_their_thursday(year in -9998..=9998_i16, number in 1..=52_i8) {
        // Week 1 is the one with the first Thursday: count Thursdays one by one.
        let mut day = Day::new(year, 1, 1).unwrap();
        let mut thursdays = 0;
        loop {
            thursdays += i8::from(naive(day).weekday == 4);
            if thursdays == number { break }
            day = day.plus(1).unwrap();
        }
        let text = format!("{}{:04}-W{number:02}", if year < 0 { "-" } else { "" }, year.abs());
        let week = parse_published(&text).unwrap();
        prop_assert_eq!(Some(week.first()), day.plus(-3));
        prop_assert_eq!(Some(week.last()), day.plus(3));
        prop_assert_eq!(Some(week), PartialDate::week_of(day));
    }

    #[test]
    fn counting_back_agrees_with_counting(today in any_day(), count in 1..=60_u32) {
        for (unit, months) in [("mo", 1), ("y", 12)] {
            let expected = months_before(naive(today), count * months)
                .and_then(|(year, month, day)| Day::new(year, month, day));
            let ago = parse_date(&format!("{count}{unit} ago"), today);
            prop_assert_eq!(ago.ok().map(|read| read.date), expected.map(PartialDate::day));
            let back = parse_range(&format!("{count}{unit}"), today);
            prop_assert_eq!(back.ok().map(|range| (range.first, range.last)), expected.map(|day| (day.plus(1), Some(today))));
        }
        for (unit, days) in [("d", 1), ("w", 7)] {
            let days = i64::from(count) * days;
            let back = parse_range(&format!("{count}{unit}"), today);
            prop_assert_eq!(back.is_ok(), today.plus(-days).is_some());
            if let Ok(DayRange { first: Some(first), last }) = back {
                prop_assert_eq!((today.number() - first.number() + 1, last), (days, Some(today)));
            }
        }
    }

    #[test]
    fn a_weekday_is_the_last_one_up_to_today(today in any_day(), weekday in 1..=7_i8) {
        let name = crate::lang::calendar::Calendar::standard().weekday_name(weekday).to_owned();
        let mut expected = Some(today);
        while expected.is_some_and(|day| naive(day).weekday != weekday) {
            expected = expected.and_then(|day| day.plus(-1));
        }
        let read = parse_date(&name, today).ok().map(|read| read.date.first());
        prop_assert_eq!(read, expected);
        let next = parse_date(&format!("next {name}"), today).ok().map(|read| read.date.first());
        let last = parse_date(&format!("last {name}"), today).ok().map(|read| read.date.first());
        let is_it = |day: Option<Day>| day.is_none_or(|day| naive(day).weekday == weekday);
        prop_assert!(is_it(next) && is_it(last));
        prop_assert!(next.is_none_or(|day| (1..=7).contains(&(day.number() - today.number()))));
        prop_assert!(last.is_none_or(|day| (1..=7).contains(&(today.number() - day.number()))));
    }

    #[test]
    fn a_range_runs_from_start_to_end(a in any_date(), b in any_date()) {
        let (Ok(first), Ok(last)) = (parse_published(&a.to_string()), parse_published(&b.to_string())) else {
            return Err(TestCaseError::fail("printed dates are read"));
        };
        let (a, b) = (a.to_string(), b.to_string());
        if a.contains("..") || b.contains("..") {
            return Ok(());
        }
        let range = parse_range(&format!("{a}..{b}"), Day::MAX).ok();
        let expected = (first.first() <= last.last()).then_some((Some(first.first()), Some(last.last())));
        prop_assert_eq!(range.map(|range| (range.first, range.last)), expected);
    }

    #[test]
    fn any_text_gives_a_date_or_a_sound_mistake(text in any::<String>(), today in any_day()) {
        read_every_way(&text, today);
    }

    #[test]
    fn any_date_like_text_gives_a_date_or_a_sound_mistake(text in date_like(), today in any_day()) {
        read_every_way(&text, today);
    }
}
