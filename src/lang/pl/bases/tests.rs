//! Names out of the corpus, and what names of any shape must not do.

use super::*;
use proptest::prelude::*;

/// What a name is wrongly put in, if it is.
fn check(written: &str, kind: EntityKind, before: &str, base: &str) -> Option<String> {
    let mut words = before.split_whitespace().rev();
    let context = Context {
        before: words.next(),
        earlier: words.next(),
        ..Context::default()
    };
    let found = candidates(written, kind, &context);
    let first = found.first().map(|candidate| candidate.base.as_str());
    (first != Some(base)).then(|| format!("{before} {written}: {first:?}"))
}

#[test]
fn every_name_has_its_base_form() {
    let mut wrong = Vec::new();
    let rows = include_str!("../corpus/names.txt").lines();
    for row in rows.filter(|row| !row.starts_with('#')) {
        let columns: Vec<&str> = row.split('|').map(str::trim).collect();
        let [written, kind, before, base] = columns.as_slice() else {
            panic!("four columns: {row}");
        };
        let kind = EntityKind::ALL
            .into_iter()
            .find(|known| known.name() == *kind);
        wrong.extend(check(written, kind.expect("a kind"), before, base));
    }
    assert_eq!(wrong, [""; 0]);
}

proptest! {
    #[test]
    fn any_name_has_candidates_that_add_up(name in "[\\PC\n'’.-]{0,40}", before in "\\PC{0,12}") {
        for kind in EntityKind::ALL {
            let context = Context { before: Some(&before), ..Context::default() };
            let found = candidates(&name, kind, &context);
            let all: f32 = found.iter().map(|candidate| candidate.weight).sum();
            prop_assert!((all - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn polish_endings_on_anything(stem in "[A-Za-zżółć]{1,9}", ending in "(owi|em|a|ie|ów|ą|skiej|'a|-u|-em)?", tail in "( i| o|-)? ?[A-Z][a-z]{0,6}") {
        for kind in EntityKind::ALL {
            let name = format!("{stem}{ending}{tail}");
            prop_assert!(!candidates(&name, kind, &Context::default()).is_empty());
        }
    }
}
