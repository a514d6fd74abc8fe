//! `kronika entities` and `kronika alias suggest`: their shapes, and what they say of a corpus.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::program::Place;
use crate::shapes::{Counted, UnderstoodName, indexed, present, read, read_lines};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entities {
    schema: String,
    names: Vec<UnderstoodName>,
    total: usize,
    offset: usize,
    entities: Vec<Entity>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entity {
    schema: String,
    kind: String,
    name: String,
    articles: u64,
    #[serde(deserialize_with = "present")]
    first: Option<String>,
    #[serde(deserialize_with = "present")]
    last: Option<String>,
    names: Vec<Counted>,
    forms: Vec<Counted>,
    companions: Vec<Companion>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Companion {
    kind: String,
    name: String,
    articles: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubts {
    schema: String,
    names: Vec<UnderstoodName>,
    total: usize,
    offset: usize,
    doubts: Vec<Doubt>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubt {
    schema: String,
    kind: String,
    name: String,
    articles: u64,
    other: String,
    other_articles: u64,
    joined: bool,
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spikes {
    schema: String,
    names: Vec<UnderstoodName>,
    total: usize,
    offset: usize,
    spikes: Vec<Spike>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spike {
    schema: String,
    kind: String,
    name: String,
    first: String,
    last: String,
    articles: u64,
    expected: f64,
    score: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggestions {
    schema: String,
    file: String,
    suggestions: Vec<Suggestion>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Suggestion {
    rule: String,
    name: String,
    others: Vec<String>,
    #[serde(deserialize_with = "present")]
    kind: Option<String>,
    #[serde(deserialize_with = "present")]
    comment: Option<String>,
}

/// Articles of four days: a man in every spelling, somebody once, and one day full of a third.
fn news() -> Place {
    let place = Place::new();
    let mut lines: Vec<String> = Vec::new();
    let mut add = |day: u32, persons: &[&str], places: &[&str]| {
        let article = serde_json::json!({
            "date": format!("2023-02-{day:02}"), "text": persons.join(", "), "source": "a",
            "title": lines.len().to_string(), "persons": persons, "places": places,
        });
        lines.push(article.to_string());
    };
    for day in 1..=9 {
        add(day, &["Donald Tusk"], &["Gdańsk"]);
        add(day, &["Ewa Lis"], &[]);
    }
    add(3, &["D. Tusk", "Ewa Lis"], &["Sopot"]);
    add(4, &["Tusk", "Ewa Lis"], &[]);
    for _ in 0..6 {
        add(7, &["Adam Ryś"], &["Sopot"]);
    }
    place.write("news.jsonl", lines.join("\n"));
    place.fine(&["index", "news.jsonl"]);
    place
}

fn entities(place: &Place, arguments: &[&str]) -> Vec<Entity> {
    let arguments = [&["entities", "--nl"], arguments].concat();
    read_lines(&place.fine(&arguments).out)
}

/// The names of a list, each with its articles.
#[track_caller]
fn check(place: &Place, arguments: &[&str], expected: &[(&str, u64)]) {
    let found = entities(place, arguments);
    let found: Vec<(&str, u64)> = found
        .iter()
        .map(|entity| (entity.name.as_str(), entity.articles))
        .collect();
    assert_eq!(found, expected, "{arguments:?}");
}

#[test]
fn entities_are_listed_by_how_many_articles_have_them() {
    let place = news();
    let all = [
        ("Donald Tusk", 11),
        ("Ewa Lis", 11),
        ("Gdańsk", 9),
        ("Sopot", 7),
        ("Adam Ryś", 6),
    ];
    check(&place, &[], &all[..]);
    check(&place, &["-n", "1", "--offset", "1"], &all[1..2]);
    check(&place, &["--kind", "place"], &[("Gdańsk", 9), ("Sopot", 7)]);
    check(
        &place,
        &["Tuska", "Gda"],
        &[("Donald Tusk", 11), ("Gdańsk", 9)],
    );
    check(&place, &["So*"], &[("Sopot", 7)]);
    check(&place, &["@Tusk"], &[("Donald Tusk", 11)]);
}

#[test]
fn conditions_count_only_what_fits_them() {
    let place = news();
    let day = ["--on", "2023-02-03", "--kind", "person"];
    check(&place, &day, &[("Donald Tusk", 2), ("Ewa Lis", 2)]);
    let [tusk, _] = &entities(&place, &day)[..] else {
        panic!("not two");
    };
    let names: Vec<&str> = tusk.names.iter().map(|name| name.name.as_str()).collect();
    assert_eq!(names, ["D. Tusk", "Donald Tusk"]);
    assert_eq!(tusk.first, tusk.last);
    // Those who are asked for are not told to be there.
    check(
        &place,
        &["--with", "Tuskiem"],
        &[("Gdańsk", 9), ("Ewa Lis", 2), ("Sopot", 1)],
    );
    check(
        &place,
        &["--with", "Tusk", "--with", "Sopot"],
        &[("Ewa Lis", 1)],
    );
    check(
        &place,
        &["--with", "So*", "--kind", "person"],
        &[("Adam Ryś", 6), ("Donald Tusk", 1), ("Ewa Lis", 1)],
    );
}

#[test]
fn a_name_has_its_company() {
    let place = news();
    let [tusk] = &entities(&place, &["Tusk"])[..] else {
        panic!("not one");
    };
    let company = tusk.companions.iter();
    let company: Vec<(&str, &str, u64)> = company
        .map(|one| (one.kind.as_str(), one.name.as_str(), one.articles))
        .collect();
    let expected = [
        ("place", "Gdańsk", 9),
        ("person", "Ewa Lis", 2),
        ("place", "Sopot", 1),
    ];
    assert_eq!(company, expected);
    assert!(
        entities(&place, &[])
            .iter()
            .all(|one| one.companions.is_empty())
    );
    let fewer = entities(&place, &["Tusk", "--companions", "1"]);
    assert_eq!(fewer[0].companions.len(), 1);
    let within = entities(&place, &["Tusk", "--on", "2023-02-03"]);
    let within: Vec<u64> = within[0]
        .companions
        .iter()
        .map(|one| one.articles)
        .collect();
    assert_eq!(within, [1, 1, 1]);
}

#[test]
fn a_day_that_stands_out_is_told() {
    let run = news().fine(&["entities", "--spikes", "--json"]);
    let none: Spikes = read(&run.out);
    assert_eq!((none.total, none.spikes.len()), (0, 0), "{none:?}");
    let place = Place::new();
    let mut lines: Vec<String> = Vec::new();
    let mut add = |day: u32, person: &str| {
        let number = lines.len();
        lines.push(format!(
            "{{\"date\":\"2023-02-{day:02}\",\"text\":\"{number}\",\"persons\":[\"{person}\"]}}"
        ));
    };
    for day in 1..=20 {
        (0..6).for_each(|_| add(day, "Ewa Lis"));
    }
    (0..6).for_each(|_| add(12, "Adam Ryś"));
    (0..7).for_each(|_| add(13, "A. Ryś"));
    place.write("news.jsonl", lines.join("\n"));
    place.fine(&["index", "news.jsonl"]);
    let run = place.fine(&["entities", "--spikes", "--json"]);
    let found: Spikes = read(&run.out);
    let schema = found.schema.as_str();
    assert_eq!(
        (schema, found.offset, found.total),
        ("kronika.spikes/1", 0, 1)
    );
    assert!(found.names.is_empty());
    let spike = &found.spikes[0];
    assert_eq!(
        (spike.schema.as_str(), spike.kind.as_str()),
        ("kronika.spike/1", "person")
    );
    let days = (spike.first.as_str(), spike.last.as_str());
    assert_eq!(days, ("2023-02-12", "2023-02-13"));
    assert_eq!((spike.name.as_str(), spike.articles), ("Adam Ryś", 13));
    // His share is 13 of 133, and the days have 25 articles.
    assert!((spike.expected - 2.44).abs() < 1e-9, "{spike:?}");
    assert!((spike.score - 6.75).abs() < 1e-9, "{spike:?}");
    let other = place.fine(&["entities", "--spikes", "Lis"]);
    assert_eq!(other.out, "0 of 0 spikes\n");
}

#[test]
fn all_of_a_corpus_are_listed_once() {
    let place = indexed();
    let all: Entities = read(&place.fine(&["entities", "--json"]).out);
    assert_eq!((all.schema.as_str(), all.offset), ("kronika.entities/1", 0));
    assert_eq!(all.total, all.entities.len());
    assert!(all.names.is_empty() && all.total > 300, "{}", all.total);
    let mut seen = BTreeSet::new();
    let mut before = u64::MAX;
    for entity in &all.entities {
        assert_eq!(entity.schema, "kronika.entity/1");
        assert!(seen.insert((&entity.kind, &entity.name)), "{entity:?}");
        assert!(
            entity.articles <= before && entity.articles > 0,
            "{entity:?}"
        );
        before = entity.articles;
        let most = entity.names.iter().map(|name| name.articles).max().unwrap();
        let sum: u64 = entity.names.iter().map(|name| name.articles).sum();
        assert!((most..=sum).contains(&entity.articles), "{entity:?}");
        assert!(entity.forms.iter().all(|form| form.articles > 0));
        assert_eq!(entity.first.is_some(), entity.last.is_some());
        assert!(entity.first <= entity.last);
    }
    // Over all articles a question counts what the index has.
    let asked: Entities = read(&place.fine(&["entities", "--json", "--since", "0001"]).out);
    let undated: Vec<&Entity> = all
        .entities
        .iter()
        .filter(|one| one.first.is_none())
        .collect();
    assert_eq!(asked.total + undated.len(), all.total);
}

#[test]
fn what_is_unsure_is_told_with_its_reason() {
    let place = indexed();
    let all: Doubts = read(&place.fine(&["entities", "--unsure", "--json"]).out);
    assert_eq!((all.schema.as_str(), all.offset), ("kronika.doubts/1", 0));
    assert!(all.total > 0 && all.doubts.len() == all.total && all.names.is_empty());
    for doubt in &all.doubts {
        assert_eq!(doubt.schema, "kronika.doubt/1");
        assert!(
            !doubt.why.is_empty() && doubt.name != doubt.other,
            "{doubt:?}"
        );
        assert!(doubt.articles > 0 && doubt.other_articles > 0);
        // Whether they are one is as the table has it.
        let name = format!("@{}", doubt.name);
        let own = entities(&place, &[&name, "--kind", &doubt.kind, "--companions", "0"]);
        let has_other = own[0].names.iter().any(|name| name.name == doubt.other);
        assert!(has_other || !doubt.joined, "{doubt:?}");
    }
    let first = &all.doubts[0].name;
    let some: Doubts = read(&place.fine(&["entities", "--unsure", first, "--json"]).out);
    assert!((1..all.total).contains(&some.total), "{some:?}");
}

#[test]
fn suggestions_fit_the_file_and_settle_what_they_are_of() {
    let place = indexed();
    place.write("aliases.toml", "# ours\n[[drop]]\nname = 'Reklama'\n");
    for flags in [&[][..], &["--splits"]] {
        let suggest = [&["alias", "suggest", "-n", "4"], flags].concat();
        let json = [&suggest[..], &["--json"]].concat();
        let found: Suggestions = read(&place.fine(&json).out);
        assert_eq!(found.schema, "kronika.alias_suggestions/1");
        assert!(found.file.ends_with("aliases.toml"));
        assert!((1..=4).contains(&found.suggestions.len()), "{found:?}");
        let rule = if flags.is_empty() { "merge" } else { "split" };
        let file = std::fs::read_to_string(place.path("aliases.toml")).unwrap();
        let entries = place.fine(&suggest).out;
        place.write("aliases.toml", format!("{file}\n{entries}"));
        place.fine(&["alias", "check"]);
        for suggestion in &found.suggestions {
            assert_eq!(suggestion.rule, rule);
            assert!(suggestion.comment.is_some() && suggestion.kind.is_some());
            let kind = suggestion.kind.as_deref().unwrap();
            let name = format!("@{}", suggestion.others[0]);
            let own = entities(&place, &[&name, "--kind", kind, "--companions", "0"]);
            let has = own[0].names.iter().any(|name| name.name == suggestion.name);
            assert_eq!(has, rule == "merge", "{suggestion:?} {own:?}");
        }
        let again: Suggestions = read(&place.fine(&json).out);
        let names = |found: &Suggestions| -> BTreeSet<(String, String)> {
            let all = found.suggestions.iter();
            all.map(|one| (one.name.clone(), one.others[0].clone()))
                .collect()
        };
        assert!(names(&found).is_disjoint(&names(&again)), "{again:?}");
    }
}

#[test]
fn what_cannot_be_listed_is_told() {
    let place = news();
    let run = place.fine(&["entities", "Nikttaki"]);
    assert_eq!(run.out, "0 of 0 entities\n");
    assert!(
        run.err.contains("no article has the name `Nikttaki`"),
        "{}",
        run.err
    );
    let run = place.fine(&["entities", "Donald Tuks", "--kind", "person"]);
    assert!(run.err.contains("near it: `Donald Tusk`"), "{}", run.err);
    place.run(&["entities", "Nikttaki", "-e"]).fails(1, &[]);
    place
        .run(&["entities", "--format", "ids"])
        .fails(2, &["hint:"]);
    place
        .run(&["entities", "--unsure", "--spikes"])
        .fails(2, &["cannot be used with"]);
    place.run(&["entities", "?"]).fails(2, &["not a name"]);
    let empty = Place::new();
    empty.run(&["entities"]).fails(3, &["hint:"]);
    empty.run(&["alias", "suggest"]).fails(3, &["hint:"]);
    let csv = place.fine(&["entities", "--csv", "Tusk"]).out;
    let expected = "kind,name,articles,first,last,names,forms,companions\r\n\
        person,Donald Tusk,11,2023-02-01,2023-02-09,Donald Tusk|D. Tusk|Tusk,,Gdańsk|Ewa Lis|Sopot\r\n";
    assert_eq!(csv, expected);
}
