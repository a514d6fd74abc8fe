//! Endings of names that the dictionary cannot teach: East Slavic surnames and places as the press
//! spells them.

use std::sync::LazyLock;

use super::super::lexicon::{Case, Cases};

/// A guess at the base form of a man's name or of a place; it counts beside the answers of the dictionary.
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

static SURNAMES: LazyLock<Vec<Ending>> = LazyLock::new(|| table(include_str!("data/endings.tsv")));
static PLACES: LazyLock<Vec<Ending>> =
    LazyLock::new(|| table(include_str!("data/place_endings.tsv")));

fn table(text: &'static str) -> Vec<Ending> {
    rows(text)
        .map(|row| read(row).expect("every row of endings has five columns"))
        .collect()
}

fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#'))
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

/// All guesses for a form in lower case as the surname of a man.
pub(super) fn surnames(form: &str) -> impl Iterator<Item = Guess> {
    guesses(&SURNAMES, form)
}

/// All guesses for a form in lower case as a place, which is neuter.
pub(super) fn places(form: &str) -> impl Iterator<Item = Guess> {
    guesses(&PLACES, form)
}

fn guesses(endings: &'static [Ending], form: &str) -> impl Iterator<Item = Guess> {
    endings.iter().filter_map(move |ending| {
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

    #[track_caller]
    fn check<G: Iterator<Item = Guess>>(text: &'static str, guess: impl Fn(&str) -> G) {
        for row in rows(text) {
            let (form, base) = row
                .split('\t')
                .nth(4)
                .and_then(|example| example.split_once(' '))
                .expect("an example in the last column");
            let fits = guess(&form.to_lowercase()).any(|guess| guess.base == base.to_lowercase());
            assert!(fits, "{row}");
        }
    }

    #[test]
    fn every_ending_has_its_example() {
        check(include_str!("data/endings.tsv"), |form| {
            surnames(form).collect::<Vec<_>>().into_iter()
        });
        check(include_str!("data/place_endings.tsv"), |form| {
            places(form).collect::<Vec<_>>().into_iter()
        });
    }
}
