//! Endings of names that the dictionary cannot teach: East Slavic surnames as the press spells them.

use std::sync::LazyLock;

use super::super::lexicon::{Case, Cases};

/// A guess at the base form of a man's name; it counts beside the answers of the dictionary.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Guess {
    /// The base form, in lower case.
    pub(super) base: String,
    /// The cases the form would stand in.
    pub(super) cases: Cases,
    /// How much speaks for it, where a known word has 1.
    pub(super) weight: f32,
}

struct Ending {
    form: &'static str,
    base: &'static str,
    cases: Cases,
    weight: f32,
}

/// Letters that have to be left before an ending.
const SHORTEST_STEM: usize = 2;

static ENDINGS: LazyLock<Vec<Ending>> = LazyLock::new(|| {
    rows()
        .map(|row| read(row).expect("every row of endings has five columns"))
        .collect()
});

fn rows() -> impl Iterator<Item = &'static str> {
    let rows = include_str!("data/endings.tsv").lines();
    rows.filter(|line| !line.starts_with('#'))
}

fn read(row: &'static str) -> Option<Ending> {
    let mut columns = row.split('\t');
    let (form, base, cases) = (columns.next()?, columns.next()?, columns.next()?);
    let mut known = Cases::default();
    for case in cases.split('.') {
        let (case, _) = Case::ALL
            .into_iter()
            .zip(["nom", "gen", "dat", "acc", "inst", "loc", "voc"])
            .find(|(_, name)| *name == case)?;
        known = known.with(case);
    }
    Some(Ending {
        form,
        base,
        cases: known,
        weight: columns.next()?.parse().ok()?,
    })
}

/// All guesses for a form in lower case.
pub(super) fn guess(form: &str) -> impl Iterator<Item = Guess> {
    ENDINGS.iter().filter_map(move |ending| {
        let stem = form.strip_suffix(ending.form)?;
        (stem.chars().count() >= SHORTEST_STEM).then(|| Guess {
            base: format!("{stem}{}", ending.base),
            cases: ending.cases,
            weight: ending.weight,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ending_has_its_example() {
        for row in rows() {
            let (form, base) = row
                .split('\t')
                .nth(4)
                .and_then(|example| example.split_once(' '))
                .expect("an example in the last column");
            let fits = guess(&form.to_lowercase()).any(|guess| guess.base == base.to_lowercase());
            assert!(fits, "{row}");
        }
    }
}
