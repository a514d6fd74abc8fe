//! `kronika kwic`: keywords in context, with places that are exact.

use serde::Deserialize;
use serde_json::Value;

use crate::program::Place;
use crate::shapes::{UnderstoodName, indexed, present, read, read_lines};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kwic {
    schema: String,
    names: Vec<UnderstoodName>,
    #[serde(deserialize_with = "present")]
    total: Option<usize>,
    offset: usize,
    lines: Vec<Line>,
}

#[derive(Debug, Clone, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Line {
    schema: String,
    id: String,
    path: String,
    record: u64,
    #[serde(deserialize_with = "present")]
    date: Option<Value>,
    title: String,
    lang: String,
    source: String,
    field: String,
    start: usize,
    end: usize,
    left: String,
    form: String,
    right: String,
}

fn lines(place: &Place, arguments: &[&str]) -> Vec<Line> {
    let arguments = [&["kwic", "--nl"], arguments].concat();
    read_lines(&place.fine(&arguments).out)
}

fn one_line(text: &str) -> String {
    let spaced: String = text
        .chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .collect();
    let mut words: Vec<&str> = spaced.split(' ').collect();
    let last = words.len() - 1;
    let mut index = 0;
    words.retain(|word| {
        index += 1;
        !word.is_empty() || index == 1 || index == last + 1
    });
    words.join(" ")
}

/// Every line stands where it says it does.
#[track_caller]
fn check_places(place: &Place, arguments: &[&str]) -> Vec<Line> {
    let lines = lines(place, arguments);
    assert!(!lines.is_empty(), "{arguments:?}");
    for line in &lines {
        assert_eq!(line.schema, "kronika.kwic_line/1");
        let article: Value = read(&place.fine(&["show", "--json", &line.id]).out);
        let text = article[&line.field].as_str().unwrap();
        assert_eq!(one_line(&text[line.start..line.end]), line.form, "{line:?}");
        assert!(
            one_line(&text[..line.start]).ends_with(&line.left),
            "{line:?}"
        );
        assert!(
            one_line(&text[line.end..]).starts_with(&line.right),
            "{line:?}"
        );
        assert!(line.left.chars().count() <= 60 && line.right.chars().count() <= 60);
        assert_eq!(
            (&article["lang"], &article["path"]),
            (
                &Value::from(line.lang.as_str()),
                &Value::from(line.path.as_str())
            )
        );
        assert!(line.record > 0 && !line.source.is_empty());
    }
    lines
}

#[test]
fn lines_stand_where_they_say() {
    let place = indexed();
    let found = check_places(&place, &["--person", "Łukaszenka", "-n", "60"]);
    let has = |form: &str| found.iter().any(|line| line.form == form);
    assert!(
        has("Łukaszenką") && has("Alaksandrem Łukaszenką"),
        "{found:#?}"
    );
    let found = check_places(&place, &["spotkanie", "-n", "30"]);
    assert!(found.iter().any(|line| line.form == "spotkania"));
    let found = check_places(&place, &["title:spotkanie OR \"okrągły stół\"", "-n", "30"]);
    assert!(found.iter().any(|line| line.field == "title") || !found.is_empty());
    check_places(&place, &["met:Putin", "-n", "10"]);
}

#[test]
fn lines_are_sorted_as_asked() {
    let place = Place::new();
    place.write(
        "a.jsonl",
        "{\"id\":\"a\",\"date\":\"2023-02-02\",\"text\":\"Wczoraj Tusk mówił. Żaden Tusk nie milczał.\",\"persons\":[\"Tusk\"]}\n\
         {\"id\":\"b\",\"date\":\"2023-02-01\",\"text\":\"Tusk. Potem Tusk ćwiczył\",\"persons\":[\"Tusk\"]}\n",
    );
    place.fine(&["index", "a.jsonl"]);
    let ask = |arguments: &[&str]| -> Vec<(String, usize)> {
        let found = lines(&place, &[&["--person", "Tuska"], arguments].concat());
        found
            .into_iter()
            .map(|line| (line.id, line.start))
            .collect()
    };
    let [b0, b12, a8, a27] =
        [("b", 0), ("b", 12), ("a", 8), ("a", 29)].map(|(id, at)| (id.to_owned(), at));
    assert_eq!(ask(&[]), [b0.clone(), b12.clone(), a8.clone(), a27.clone()]);
    assert_eq!(
        ask(&["--sort", "-date"]),
        [a8.clone(), a27.clone(), b0.clone(), b12.clone()]
    );
    assert_eq!(
        ask(&["--sort", "left"]),
        [b0.clone(), b12.clone(), a8.clone(), a27.clone()]
    );
    assert_eq!(
        ask(&["--sort", "right"]),
        [b12.clone(), a8.clone(), a27.clone(), b0.clone()]
            .map(|line| line)
            .into_iter()
            .collect::<Vec<_>>()
    );
    assert_eq!(ask(&["--offset", "1", "-n", "2"]), [b12, a8]);
    let part: Kwic = read(
        &place
            .fine(&["kwic", "--person", "Tusk", "-n", "3", "--json"])
            .out,
    );
    assert_eq!(
        (part.schema.as_str(), part.total, part.offset),
        ("kronika.kwic/1", None, 0)
    );
    assert_eq!((part.lines.len(), part.names.len()), (3, 1));
    let all: Kwic = read(&place.fine(&["kwic", "--person", "Tusk", "--json"]).out);
    assert_eq!(all.total, Some(4));
}

#[test]
fn the_width_is_what_is_asked_for() {
    let place = indexed();
    for line in lines(&place, &["spotkanie", "--width", "7", "-n", "9"]) {
        assert!(line.left.chars().count() <= 7 && line.right.chars().count() <= 7);
    }
    let text = place.fine(&["kwic", "--person", "Putin", "-n", "5"]).out;
    let shown: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    assert_eq!(shown.len(), 5, "{text}");
}

#[test]
fn what_cannot_be_shown_is_told() {
    let place = indexed();
    place
        .run(&["kwic"])
        .fails(2, &["neither words nor a name", "hint:"]);
    place
        .run(&["kwic", "--since", "2023"])
        .fails(2, &["neither words nor a name"]);
    place
        .run(&["kwic", "x", "--width", "0"])
        .fails(2, &["--width"]);
    place
        .run(&["kwic", "x", "--sort", "up"])
        .fails(2, &["--sort"]);
    place
        .run(&["kwic", "x", "--format", "ids"])
        .fails(2, &["hint:"]);
    place.run(&["kwic", "xyzzy", "-e"]).fails(1, &[]);
    let run = place.fine(&["kwic", "--person", "Nikttaki"]);
    assert_eq!(run.out, "0 of 0 lines\n");
    assert!(
        run.err.contains("no article has a person `Nikttaki`"),
        "{}",
        run.err
    );
}
