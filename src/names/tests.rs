//! Pairs of names as data, and laws on any text.

use proptest::prelude::*;

use super::{Grade, Name, compare, key};
use crate::model::EntityKind;

const ROWS: [(&str, &str, &[Grade]); 4] = [
    ("same", include_str!("corpus/same.txt"), &[Grade::Same]),
    ("alike", include_str!("corpus/alike.txt"), &[Grade::Alike]),
    ("part", include_str!("corpus/part.txt"), &[Grade::Part]),
    (
        "different",
        include_str!("corpus/different.txt"),
        &[Grade::Different],
    ),
];

/// A row is `A | B | kind`; a person where no kind is told.
fn check(row: &str, expected: &[Grade], faults: &mut Vec<String>) {
    let parts: Vec<&str> = row.split(" | ").map(str::trim).collect();
    let (one, other) = (parts[0], parts[1]);
    let kind = parts.get(2).map_or(EntityKind::Person, |kind| {
        EntityKind::from_name(kind).unwrap_or_else(|| panic!("no kind: {row}"))
    });
    let found = compare(one, other, kind);
    if !expected.contains(&found.grade) {
        faults.push(format!("{row}: {found:?}"));
    }
    if compare(other, one, kind).grade != found.grade {
        faults.push(format!("{row}: depends on the order"));
    }
    let keys = Name::read(other, kind).keys();
    let share = Name::read(one, kind)
        .keys()
        .iter()
        .any(|key| keys.contains(key));
    if found.grade >= Grade::Alike && !share {
        faults.push(format!("{row}: no key in common"));
    }
}

#[test]
fn pairs_of_names() {
    let mut faults = Vec::new();
    for (file, rows, expected) in ROWS {
        let rows = rows
            .lines()
            .filter(|row| !row.is_empty() && !row.starts_with('#'));
        let before = faults.len();
        rows.for_each(|row| check(row, expected, &mut faults));
        if faults.len() > before {
            faults.insert(before, format!("{file}.txt:"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Each name of the corpus beside each other one: what is passed over would be of two.
#[test]
fn who_cannot_be_alike_is_not() {
    let rows = ROWS.iter().flat_map(|(_, rows, _)| rows.lines());
    let rows = rows.filter(|row| !row.starts_with('#') && row.matches(" | ").count() == 1);
    let names = rows.flat_map(|row| row.split(" | "));
    let names: Vec<Name> = names
        .map(|name| Name::read(name.trim(), EntityKind::Person))
        .collect();
    let (mut passed, mut all) = (0, 0);
    for (place, one) in names.iter().enumerate() {
        for other in names.iter().skip(place) {
            all += 1;
            if !one.may_be_alike(other) {
                passed += 1;
                let likeness = one.compare(other);
                assert!(
                    likeness.grade < Grade::Alike,
                    "{one:?} {other:?} {likeness:?}"
                );
            }
        }
    }
    assert!(passed * 2 > all, "{passed} of {all} is no gain");
}

#[test]
fn keys_of_spellings() {
    for row in [
        "Łukaszenka|Łukaszenko|Lukashenko|Lukashenka|Лукашенко|Лукашэнка|LUKASZENKA",
        "Wołodymyr Zełenski|Wolodymyr Zelenski|Volodymyr Zelensky|Volodymyr Zelenskyy|Володимир Зеленський",
        "Jarosław Kaczyński|Jaroslaw Kaczynski|JAROSŁAW KACZYŃSKI",
        "Siergiej Szojgu|Sergei Shoigu|Сергей Шойгу",
    ] {
        let keys: Vec<String> = row
            .split('|')
            .map(|name| key(name, EntityKind::Person))
            .collect();
        assert!(keys.iter().all(|key| *key == keys[0]), "{row}: {keys:?}");
    }
    let keys = ["Friedrich Hans", "Hans Friedrich"].map(|name| key(name, EntityKind::Person));
    assert_ne!(keys[0], keys[1]);
}

fn kinds() -> impl Strategy<Value = EntityKind> {
    (0..EntityKind::ALL.len()).prop_map(|place| EntityKind::ALL[place])
}

/// Texts of any letters, and texts that look like names.
fn names() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Jan"),
        Just("Hans"),
        Just("Iwan"),
        Just("Kowalski"),
        Just("Kowalska"),
        Just("al-"),
        Just("bin"),
        Just("J."),
        Just("Abdul"),
        Just("Dr"),
        Just("Лукашенко"),
        Just("Lukashenka"),
        Just("SA"),
        Just("of"),
        Just("PiS"),
        Just("BarackObama"),
        Just("Jr"),
        Just(","),
        Just("金"),
    ];
    prop_oneof![
        "\\PC{0,30}",
        prop::collection::vec(word, 0..5).prop_map(|words| words.join(" "))
    ]
}

proptest! {
    #[test]
    fn the_grade_does_not_depend_on_the_order(one in names(), other in names(), kind in kinds()) {
        let (there, back) = (compare(&one, &other, kind), compare(&other, &one, kind));
        prop_assert_eq!(there.grade, back.grade);
        if !Name::read(&one, kind).may_be_alike(&Name::read(&other, kind)) {
            prop_assert!(there.grade < Grade::Alike);
        }
        if there.grade == Grade::Same {
            let keys = Name::read(&one, kind).keys();
            prop_assert!(Name::read(&other, kind).keys().iter().any(|key| keys.contains(key)));
        }
    }

    #[test]
    fn a_name_with_a_letter_is_itself(name in names(), kind in kinds()) {
        if name.chars().any(char::is_alphabetic) {
            prop_assert_eq!(compare(&name, &name, kind).grade, Grade::Same);
        }
    }
}
