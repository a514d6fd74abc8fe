//! Base forms of names that the dictionary does not know, by their endings.

use std::sync::LazyLock;

use super::super::lexicon::{Case, Cases, Gender};
use crate::model::EntityKind;

/// A guess at the base form of a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    /// The base form, in lower case.
    pub(super) base: String,
    /// The cases the form would stand in.
    pub(super) cases: Cases,
    /// The gender the name would have.
    pub(super) gender: Option<Gender>,
    /// How much speaks for it.
    pub(super) weight: f32,
    /// Whether it counts even where the dictionary has an answer.
    pub(super) crosses_dictionary: bool,
}

struct Ending {
    form: &'static str,
    base: &'static str,
    cases: Cases,
    gender: Gender,
    weight: f32,
    crosses_dictionary: bool,
}

/// Letters that have to be left before an ending.
const SHORTEST_STEM: usize = 2;

static NAMES: LazyLock<Vec<Ending>> = LazyLock::new(|| table(include_str!("data/endings.tsv")));
static PLACES: LazyLock<Vec<Ending>> =
    LazyLock::new(|| table(include_str!("data/place_endings.tsv")));

fn table(text: &'static str) -> Vec<Ending> {
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| read(row).expect("every row of endings has five columns"))
        .collect()
}

fn read(row: &'static str) -> Option<Ending> {
    let mut columns = row.split('\t');
    let (form, base, cases) = (columns.next()?, columns.next()?, columns.next()?);
    let gender = match columns.next()? {
        "m" => Gender::Masculine,
        "f" => Gender::Feminine,
        "n" => Gender::Neuter,
        _ => return None,
    };
    let cases = cases.split('.').map(|case| {
        let cases = Case::ALL
            .into_iter()
            .zip(["nom", "gen", "dat", "acc", "inst", "loc", "voc"]);
        cases
            .into_iter()
            .find(|(_, name)| *name == case)
            .map(|(case, _)| case)
    });
    Some(Ending {
        form,
        base,
        cases: cases
            .collect::<Option<Vec<Case>>>()?
            .into_iter()
            .fold(Cases::default(), Cases::with),
        gender,
        weight: columns.next()?.parse().ok()?,
        crosses_dictionary: columns.next() == Some("+"),
    })
}

/// All guesses for a form in lower case, the form itself left out.
pub(super) fn guess(form: &str, kind: EntityKind) -> Vec<Guess> {
    let endings = if kind == EntityKind::Person {
        &NAMES
    } else {
        &PLACES
    };
    endings
        .iter()
        .filter_map(|ending| {
            let stem = form.strip_suffix(ending.form)?;
            (stem.chars().count() >= SHORTEST_STEM).then(|| Guess {
                base: format!("{stem}{}", ending.base),
                cases: ending.cases,
                gender: Some(ending.gender),
                weight: ending.weight,
                crosses_dictionary: ending.crosses_dictionary,
            })
        })
        .collect()
}
