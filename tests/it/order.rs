//! Long answers stand in one order, however many segments hold them.

use crate::program::Place;

/// More than are read at once at first, in each of several segments.
const ARTICLES: usize = 300;

/// Numbers all articles so that neighbours lie in different segments.
fn scattered() -> Vec<usize> {
    (0..ARTICLES).map(|number| number * 7 % ARTICLES).collect()
}

/// All articles of one or two days, a commit for each forty.
fn indexed(days: usize) -> Place {
    let place = Place::new();
    let lines: Vec<String> = scattered()
        .into_iter()
        .map(|number| {
            let day = number % days + 1;
            format!(
                "{{\"id\":\"a{number:03}\",\"date\":\"2023-02-{day:02}\",\"text\":\"Szum {number}.\",\
                 \"persons\":[],\"meetings\":[{{\"participants\":[\"Jan Nowak\",\"Ewa Lis\"],\
                 \"first\":\"2023-02-{day:02}\"}}]}}\n"
            )
        })
        .collect();
    for (number, part) in lines.chunks(40).enumerate() {
        let file = format!("{number}.ndjson");
        place.write(&file, part.concat());
        place.fine(&["index", &file]);
    }
    place
}

#[track_caller]
fn check(place: &Place, arguments: &[&str], expected: &[usize]) {
    let found = place.fine(arguments).out;
    let expected: Vec<String> = expected
        .iter()
        .map(|number| format!("a{number:03}"))
        .collect();
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "{arguments:?}");
}

#[test]
fn ids_break_ties_of_days_across_segments() {
    let place = indexed(2);
    let numbers = || 0..ARTICLES;
    let ascending: Vec<usize> = numbers()
        .filter(|number| number % 2 == 0)
        .chain(numbers().filter(|number| number % 2 == 1))
        .collect();
    let descending: Vec<usize> = numbers()
        .filter(|number| number % 2 == 1)
        .chain(numbers().filter(|number| number % 2 == 0))
        .collect();
    let ids = ["--format", "ids"];
    let ask = |more: &[&str], expected: &[usize]| {
        for verb in [vec!["query"], vec!["met", "Jan Nowak", "Ewa Lis"]] {
            // Meetings have no order of their articles' ids.
            if verb != ["query"] && more.contains(&"id") {
                continue;
            }
            let arguments: Vec<&str> = verb.iter().chain(&ids).chain(more).copied().collect();
            check(&place, &arguments, expected);
        }
    };
    ask(&["--sort", "date"], &ascending);
    ask(&["--sort", "-date"], &descending);
    ask(&["--sort", "id"], &numbers().collect::<Vec<_>>());
    let part: Vec<usize> = ascending.iter().skip(37).take(100).copied().collect();
    ask(&["--sort", "date", "--offset", "37", "-n", "100"], &part);
}

#[test]
fn counts_of_days_are_those_of_all_segments() {
    let place = indexed(3);
    for of in ["articles", "meetings"] {
        let counted = place.fine(&["timeline", "--of", of, "--by", "day", "--csv"]);
        let is_day = |row: &&str| row.starts_with("2023");
        let rows: Vec<&str> = counted.out.lines().filter(is_day).collect();
        let hundred = if of == "articles" { "100" } else { "1" };
        assert_eq!(rows.len(), 3, "{rows:?}");
        for row in rows {
            assert!(row.split(',').any(|cell| cell == hundred), "{row}");
        }
    }
}
