//! Names of persons: every word in one case and of one gender.

use super::super::super::lexicon::{Case, Gender};
use super::super::names;
use super::context::{CASES, Prior};
use super::pieces::{Name, Piece, is_acronym, written_like};
use super::words::{Position, Reading, of_person, undeclined};
use super::{Found, phrases};
use crate::model::EntityKind;

/// How many readings of a name in one case and gender are followed.
const BEAM: usize = 6;

/// What a word that fits no reading counts.
const MISFIT: f32 = 0.006;

/// How likely a single surname is a plural: "Kaczyńskich".
const PLURAL: f32 = 0.04;

/// Gives what the name of a person may be.
pub(super) fn find(name: &Name<'_>, prior: Prior, found: &mut Found) {
    // "socjalistów": a word for people, no name.
    if let [piece] = name.pieces.as_slice()
        && piece.text.starts_with(char::is_lowercase)
    {
        return phrases::find(name, EntityKind::Organization, prior, found);
    }
    let last = name.pieces.iter().rposition(|piece| !is_fixed(piece));
    let readings: Vec<Vec<Reading>> = name
        .pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| {
            if is_fixed(piece) {
                return Vec::new();
            }
            let next_is_joined = name
                .pieces
                .get(index + 1)
                .is_some_and(|next| next.is_joined);
            let later = name.pieces.iter().skip(index + 1);
            let is_first = index == 0 && later.clone().any(|later| !later.is_joined);
            let is_family = piece.is_joined || next_is_joined && !is_first || Some(index) == last;
            let position = if !is_family && index > 0 {
                Position::Second
            } else if !is_family {
                Position::Given
            } else if index == 0 {
                Position::Only
            } else {
                Position::Family
            };
            let mut readings = of_person(&piece.form, position);
            // "Jean-Pierre": the first of two need not decline.
            if next_is_joined {
                readings.push(undeclined(&piece.form, 0.15));
            }
            readings
        })
        .collect();
    let declining = readings
        .iter()
        .filter(|readings| !readings.is_empty())
        .count();
    for case in CASES {
        for gender in [Gender::Masculine, Gender::Feminine] {
            let weight = prior.of(case) * prior.gender(gender);
            follow(name, &readings, (case, gender, false), weight, found);
        }
        if declining == 1 {
            let slot = (case, Gender::Masculine, true);
            follow(name, &readings, slot, prior.of(case) * PLURAL, found);
        }
    }
}

/// Particles, initials and numerals stay as they are.
fn is_fixed(piece: &Piece<'_>) -> bool {
    let letters = piece.text.chars().count();
    let small = !piece.text.starts_with(char::is_uppercase);
    let is_roman =
        is_acronym(piece.text) && piece.text.chars().all(|letter| "IVX".contains(letter));
    letters == 1 || is_roman || small && (letters < 5 || names::is_particle(&piece.form))
}

fn follow(
    name: &Name<'_>,
    readings: &[Vec<Reading>],
    (case, gender, plural): (Case, Gender, bool),
    weight: f32,
    found: &mut Found,
) {
    let mut beam: Vec<(String, f32)> = vec![(String::new(), weight)];
    for (piece, readings) in name.pieces.iter().zip(readings) {
        for (written, _) in &mut beam {
            Name::write_gap(piece, written);
        }
        if readings.is_empty() {
            for (written, _) in &mut beam {
                written.push_str(piece.text);
            }
            continue;
        }
        let mut bases: Vec<(&str, f32)> = Vec::new();
        for reading in readings {
            let fits = reading.cases.contains(case)
                && reading.plural == plural
                && reading.gender.is_none_or(|known| known == gender);
            if !fits {
                continue;
            }
            match bases.iter_mut().find(|(base, _)| *base == reading.base) {
                Some((_, known)) => *known += reading.weight,
                None => bases.push((&reading.base, reading.weight)),
            }
        }
        bases.sort_by(|one, other| other.1.total_cmp(&one.1));
        bases.truncate(BEAM);
        if bases.is_empty() {
            if plural {
                return;
            }
            let is_only = name.pieces.len() == 1;
            bases.push((&piece.form, if is_only { MISFIT / 10.0 } else { MISFIT }));
        }
        let mut next = Vec::with_capacity(beam.len() * bases.len());
        for (base, share) in bases {
            let base = if plural && case == Case::Nominative {
                piece.text.to_owned()
            } else if plural {
                written_like(&plural_of(base), piece.text)
            } else {
                written_like(base, piece.text)
            };
            for (written, weight) in &beam {
                next.push((format!("{written}{base}"), weight * share));
            }
        }
        next.sort_by(|one, other| other.1.total_cmp(&one.1));
        next.truncate(BEAM);
        beam = next;
    }
    for (mut written, weight) in beam {
        name.write_end(&mut written);
        found.add(&written, Some(gender), plural, weight);
    }
}

/// A family by its surname: "Kaczyński" gives "Kaczyńscy", "Obama" gives "Obamowie".
fn plural_of(surname: &str) -> String {
    for (one, many) in [("ski", "scy"), ("cki", "ccy"), ("dzki", "dzcy")] {
        if let Some(stem) = surname.strip_suffix(one) {
            return format!("{stem}{many}");
        }
    }
    let stem = surname.strip_suffix(['a', 'o']).unwrap_or(surname);
    format!("{stem}owie")
}
