//! The date that the name of a file or its folders gives.

use crate::model::{Day, PartialDate};

/// The last date in a path: `2023/02/15/…`, `2023-02-15-…`, `20230215…`, `2023-02…`.
///
/// A bare number is no date, and neither is a year alone: too much is called "2023".
pub(super) fn in_path(path: &str) -> Option<PartialDate> {
    let mut found = None;
    let runs = path.split(|letter: char| {
        !letter.is_ascii_digit() && !matches!(letter, '-' | '_' | '/' | '\\' | '.')
    });
    for run in runs {
        let numbers: Vec<&str> = run.split(|letter: char| !letter.is_ascii_digit()).collect();
        let mut at = 0;
        while let Some(rest) = numbers.get(at..).filter(|rest| !rest.is_empty()) {
            let (date, used) = leading(rest);
            if date.is_some() {
                found = date;
            }
            at += used;
        }
    }
    found
}

/// The date that a list of numbers begins with, and how many of them it takes.
fn leading(numbers: &[&str]) -> (Option<PartialDate>, usize) {
    let number = |index: usize, digits: usize| {
        let text = numbers.get(index).filter(|text| text.len() == digits)?;
        text.parse::<i16>().ok()
    };
    let small = |index| number(index, 2).and_then(|number| i8::try_from(number).ok());
    let plausible = |year: &i16| (1000..=2999).contains(year);
    if let Some(whole) = numbers.first().filter(|text| text.len() == 8) {
        let part = |range| {
            whole
                .get(range)
                .and_then(|text: &str| text.parse::<i16>().ok())
        };
        let date = part(0..4)
            .filter(plausible)
            .zip(part(4..6))
            .zip(part(6..8))
            .and_then(|((year, month), day)| {
                Day::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
            });
        return (date.map(PartialDate::day), 1);
    }
    let Some(year) = number(0, 4).filter(plausible) else {
        return (None, 1);
    };
    let Some(month) = small(1) else {
        return (None, 1);
    };
    if let Some(day) = small(2).and_then(|day| Day::new(year, month, day)) {
        return (Some(PartialDate::day(day)), 3);
    }
    match PartialDate::month(year, month) {
        Some(date) => (Some(date), 2),
        None => (None, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        for (path, date) in [
            ("news/2023/02/15/kijow.txt", "2023-02-15"),
            ("2023-02-15-kijow.txt", "2023-02-15"),
            ("a/2023_02_15.txt", "2023-02-15"),
            ("a/20230215-x.txt", "2023-02-15"),
            ("2023/02/kijow.txt", "2023-02"),
            ("gazeta-2023-02.ndjson", "2023-02"),
            ("archive-2020-01/2023-02-15.txt", "2023-02-15"),
            ("2023/kijow.txt", "none"),
            ("12345.txt", "none"),
            ("s2023.txt", "none"),
            ("2023/99/99/x.txt", "none"),
            ("a/2023/02/30/x.txt", "2023-02"),
            ("x.txt", "none"),
        ] {
            let found = in_path(path).map_or_else(|| "none".to_owned(), |date| date.to_string());
            assert_eq!(found, date, "{path}");
        }
    }
}
