//! Rows of names to groups, the table's file, and names as people type them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::build::Unsure;
use super::{Entity, Table, build, kinds};
use crate::aliases::Aliases;
use crate::model::{Day, Doubt, EntityKind, NameRow};
use crate::names::Reader;

/// One name a line: the name, then how many articles have it in which week, then other forms.
///
/// `Donald Tusk: 12 in 0, 3 in 40; Tusk 5`
fn rows(kind: EntityKind, text: &str) -> Vec<NameRow> {
    let counted = |text: &str, word: &str| -> Vec<(String, u64)> {
        let items = text.split(',').filter(|item| !item.trim().is_empty());
        items
            .map(|item| {
                let (one, other) = item.trim().rsplit_once(word).unwrap();
                match word {
                    " in " => (other.to_owned(), one.parse().unwrap()),
                    _ => (one.to_owned(), other.parse().unwrap()),
                }
            })
            .collect()
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut rows: Vec<NameRow> = lines
        .map(|line| {
            let (name, rest) = line.split_once(": ").unwrap();
            let (weeks, forms) = rest.split_once(';').unwrap_or((rest, ""));
            let weeks: Vec<(i64, u64)> = counted(weeks, " in ")
                .into_iter()
                .map(|(week, articles)| (week.parse().unwrap(), articles))
                .collect();
            let day = |week: Option<&(i64, u64)>| Day::from_number(week?.0 * 7);
            NameRow {
                kind,
                name: name.to_owned(),
                articles: weeks.iter().map(|(_, articles)| articles).sum(),
                days: day(weeks.first()).zip(day(weeks.last())),
                weeks,
                forms: counted(forms, " "),
            }
        })
        .collect();
    rows.sort_by(|one, other| one.name.cmp(&other.name));
    rows
}

fn aliases(text: &str) -> Aliases {
    Aliases::parse(text, "aliases.toml".as_ref()).unwrap()
}

/// Groups of names: the title first, then the other names.
#[track_caller]
fn check(kind: EntityKind, text: &str, file: &str, expected: &[&[&str]]) {
    let (found, _) = build::entities(kind, &rows(kind, text), &aliases(file), &Reader::default());
    let found: BTreeSet<Vec<String>> = found
        .into_iter()
        .map(|entity| {
            let mut names: Vec<String> = entity.names.into_iter().map(|(name, _)| name).collect();
            names.retain(|name| *name != entity.name);
            names.sort();
            names.insert(0, entity.name);
            names
        })
        .collect();
    let expected: BTreeSet<Vec<String>> = expected
        .iter()
        .map(|group| group.iter().map(|name| (*name).to_owned()).collect())
        .collect();
    assert_eq!(found, expected);
}

fn check_persons(text: &str, expected: &[&[&str]]) {
    check(EntityKind::Person, text, "", expected);
}

#[test]
fn spellings_of_one_name_are_one() {
    check_persons(
        "Alaksandr Łukaszenka: 9 in 0
        Aleksander Lukaszenka: 1 in 1
        Alexander Lukashenko: 2 in 3
        Александр Лукашенко: 1 in 3",
        &[&[
            "Alaksandr Łukaszenka",
            "Aleksander Lukaszenka",
            "Alexander Lukashenko",
            "Александр Лукашенко",
        ]],
    );
}

#[test]
fn a_surname_joins_its_only_bearer() {
    check_persons(
        "Donald Tusk: 9 in 0; Tusk 6
        Tusk: 4 in 2
        Donald Trump: 5 in 0",
        &[&["Donald Tusk", "Tusk"], &["Donald Trump"]],
    );
}

#[test]
fn a_surname_joins_who_bears_it_most_at_the_time() {
    let bushes = "George H. W. Bush: 20 in 0; Bush 9
        George W. Bush: 20 in 700; Bush 9
        ";
    check_persons(
        &format!("{bushes}Bush: 4 in 699"),
        &[&["George H. W. Bush"], &["George W. Bush", "Bush"]],
    );
    check_persons(
        &format!("{bushes}Bush: 4 in 0, 4 in 700"),
        &[&["George H. W. Bush"], &["George W. Bush"], &["Bush"]],
    );
}

#[test]
fn two_bearers_as_frequent_keep_the_surname_alone_and_the_doubt() {
    let text = "Lech Kaczyński: 8 in 0; Kaczyński 4
        Jarosław Kaczyński: 7 in 0; Kaczyński 4
        Kaczyński: 3 in 0";
    check_persons(
        text,
        &[&["Lech Kaczyński"], &["Jarosław Kaczyński"], &["Kaczyński"]],
    );
    let rows = rows(EntityKind::Person, text);
    let (_, doubts) = build::entities(
        EntityKind::Person,
        &rows,
        &Aliases::default(),
        &Reader::default(),
    );
    let doubt = doubts
        .iter()
        .find(|doubt| doubt.name.name == "Kaczyński")
        .unwrap();
    assert!(!doubt.joined, "{doubt:?}");
}

#[test]
fn a_first_name_alone_joins_only_whom_articles_call_so() {
    check_persons(
        "Theresa May: 30 in 0; Theresa 4, May 20
        Theresa: 2 in 0
        Jan Nowak: 3 in 0
        Jan Kowalski: 3 in 0
        Jan: 2 in 0",
        &[
            &["Theresa May", "Theresa"],
            &["Jan Nowak"],
            &["Jan Kowalski"],
            &["Jan"],
        ],
    );
}

#[test]
fn wrong_base_forms_join_what_they_are_forms_of() {
    check_persons(
        "Sławomir Mentzen: 9 in 0
        Sławomira Mentzena: 1 in 0
        Masih: 2 in 0
        May: 40 in 0",
        &[
            &["Sławomir Mentzen", "Sławomira Mentzena"],
            &["Masih"],
            &["May"],
        ],
    );
    check(
        EntityKind::Place,
        "Lizbona: 9 in 0
        Lizbony: 1 in 0
        Irlandia: 5 in 0
        Irlandia Północna: 5 in 0",
        "",
        &[
            &["Lizbona", "Lizbony"],
            &["Irlandia"],
            &["Irlandia Północna"],
        ],
    );
}

#[test]
fn an_acronym_joins_what_articles_say_it_stands_for() {
    check(
        EntityKind::Organization,
        "Organizacja Układu o Bezpieczeństwie Zbiorowym: 4 in 0; OUBZ 4
        OUBZ: 5 in 3
        Partia Pracy: 5 in 0
        PP: 5 in 0",
        "",
        &[
            &["Organizacja Układu o Bezpieczeństwie Zbiorowym", "OUBZ"],
            &["Partia Pracy"],
            &["PP"],
        ],
    );
}

#[test]
fn the_users_word_comes_first() {
    let text = "Donald Tusk: 9 in 0; Tusk 6
        Tusk: 4 in 2
        Prezes: 3 in 0
        Reklama: 3 in 0";
    check(
        EntityKind::Person,
        text,
        "[[merge]]\nname = 'Donald Tusk'\nforms = ['Prezes']\n\
         [[split]]\nname = 'Donald Tusk'\nfrom = ['Tusk']\n\
         [[drop]]\nname = 'Reklama'\n",
        &[&["Donald Tusk", "Prezes"], &["Tusk"]],
    );
    check(
        EntityKind::Person,
        text,
        "[[rename]]\nname = 'Donald Tusk'\nto = 'Premier'\n",
        &[
            &["Premier", "Donald Tusk", "Tusk"],
            &["Prezes"],
            &["Reklama"],
        ],
    );
}

#[test]
fn a_name_taken_for_another_kind_comes_home() {
    let mut all = rows(EntityKind::Person, "Asia Bibi: 9 in 0\nLublin: 1 in 0");
    all.extend(rows(EntityKind::Place, "Asia Bibi: 2 in 0\nLublin: 5 in 0"));
    let homes = kinds::at_home(all, &Reader::default());
    let names = |kind| -> Vec<(EntityKind, &str)> {
        let rows = homes.get(&kind).into_iter().flatten();
        rows.map(|row: &NameRow| (row.kind, row.name.as_str()))
            .collect()
    };
    assert_eq!(
        names(EntityKind::Person),
        [
            (EntityKind::Person, "Asia Bibi"),
            (EntityKind::Person, "Lublin"),
            (EntityKind::Place, "Asia Bibi"),
        ]
    );
    assert_eq!(names(EntityKind::Place), [(EntityKind::Place, "Lublin")]);
}

fn table(kind: EntityKind, text: &str) -> Table {
    let rows = rows(kind, text);
    let (entities, doubts) = build::entities(kind, &rows, &Aliases::default(), &Reader::default());
    Table::of(entities, &doubts, &Reader::default())
}

#[track_caller]
fn check_asked(table: &Table, kind: EntityKind, asked: &str, expected: &[&str]) {
    let answer = table.ask(kind, asked);
    let names: Vec<&str> = answer
        .entities
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, expected, "{asked}");
}

#[test]
fn a_name_is_asked_for_in_any_form() {
    let persons = table(
        EntityKind::Person,
        "Alaksandr Łukaszenka: 9 in 0
        Donald Tusk: 7 in 0
        Michał Tusk: 1 in 0
        Donald Trump: 5 in 0
        Lee Rowley: 2 in 0
        Phillip Lee: 1 in 0",
    );
    let ask = |asked, expected| check_asked(&persons, EntityKind::Person, asked, expected);
    for asked in [
        "Łukaszenki",
        "lukaszenka",
        "Lukashenko",
        "ŁUKASZENKĄ",
        "Лукашенко",
    ] {
        ask(asked, &["Alaksandr Łukaszenka"]);
    }
    ask("Donaldem Tuskiem", &["Donald Tusk"]);
    ask("Tuskiem", &["Donald Tusk", "Michał Tusk"]);
    ask("Lee", &["Phillip Lee"]);
    ask("Donald", &["Donald Tusk", "Donald Trump"]);
    ask("@Donald Tusk", &["Donald Tusk"]);
    ask("@donald tusk", &[]);
    ask("Kwaśniewski", &[]);
    let places = table(EntityKind::Place, "Europa: 9 in 0\nEuropa Środkowa: 2 in 0");
    let ask = |asked, expected| check_asked(&places, EntityKind::Place, asked, expected);
    ask("Europie", &["Europa"]);
    ask("Środkowa", &["Europa Środkowa"]);
    let bodies = table(
        EntityKind::Organization,
        "Unia Europejska: 3 in 0\nRada UE: 1 in 0\nNATO: 1 in 0",
    );
    let ask = |asked, expected| check_asked(&bodies, EntityKind::Organization, asked, expected);
    for asked in ["UE", "EU", "European Union"] {
        ask(asked, &["Unia Europejska"]);
    }
    ask("Rada", &["Rada UE"]);
    ask("ONZ", &[]);
    // Who is no person may be a place.
    check_asked(&places, EntityKind::Person, "Europa", &["Europa"]);
    check_asked(&places, EntityKind::Person, "Środkowa", &[]);
}

proptest! {
    #[test]
    fn a_table_gives_back_what_it_holds(
        names in prop::collection::btree_set("[A-Za-zżŁ. ]{1,8}", 0..9),
        articles in 0_u64..9,
        asked in any::<String>(),
    ) {
        let entities: Vec<Entity> = names
            .iter()
            .map(|name| Entity {
                kind: EntityKind::Organization,
                name: name.clone(),
                articles,
                names: vec![(name.clone(), articles)],
                strays: vec![(EntityKind::Place, name.clone())],
                forms: vec![("forma".to_owned(), 1)],
                days: Day::from_number(-3).zip(Day::from_number(5)),
            })
            .collect();
        let rows = rows(EntityKind::Place, "A: 3 in 0\nB: 1 in 0");
        let unsure = [Unsure {
            kind: EntityKind::Place,
            name: &rows[0],
            other: &rows[1],
            joined: true,
            why: "w".into(),
        }];
        let table = Table::of(entities.clone(), &unsure, &Reader::default());
        let read: Vec<Entity> = table.entities(EntityKind::Organization).collect();
        prop_assert_eq!(&read, &entities);
        let doubt = Doubt {
            kind: EntityKind::Place,
            name: ("A".to_owned(), 3),
            other: ("B".to_owned(), 1),
            joined: true,
            why: "w".to_owned(),
        };
        prop_assert_eq!(table.doubts().collect::<Vec<_>>(), [doubt]);
        for entity in &entities {
            for kind in [EntityKind::Organization, EntityKind::Place] {
                let owner = table.owner(kind, &entity.name);
                prop_assert_eq!(owner.as_ref(), Some(entity));
            }
        }
        table.ask(EntityKind::Person, &asked);
    }

    /// The order of rows does not show, and every name is in one group.
    #[test]
    fn every_name_is_in_one_group(
        names in prop::collection::btree_set("(Jan|Jana|Ян|J\\.)? ?(Kowalski|Kowalska|Nowak|Ковальски)", 1..9),
    ) {
        let text: Vec<String> = names
            .iter()
            .filter(|name| !name.trim().is_empty())
            .map(|name| format!("{}: 2 in 0", name.trim()))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let rows = rows(EntityKind::Person, &text.join("\n"));
        let (entities, _) = build::entities(EntityKind::Person, &rows, &Aliases::default(), &Reader::default());
        let mut found: Vec<String> = entities
            .iter()
            .flat_map(|entity| entity.names.iter().map(|(name, _)| name.clone()))
            .collect();
        found.sort();
        let all: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
        prop_assert_eq!(found, all);
    }
}
