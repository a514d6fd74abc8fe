//! Compares two names of organizations, places, events or products.

use super::align::align;
use super::likeness::{Evidence, Grade, Likeness};
use super::near::{self, Fit};
use super::words::Word;
use super::{Name, joined};

/// Most letters that may differ in all.
const MAX_TYPOS: usize = 2;
/// Shortest word in which a letter may be wrong where a name has several words: "Chad", "China".
const SHORTEST_OF_SEVERAL: usize = 5;

/// Compares two names of anything but persons.
pub(super) fn compare(one: &Name, other: &Name) -> Likeness {
    let mut evidence = Vec::new();
    if one.small != other.small {
        evidence.push(Evidence::SmallWord);
    }
    let mut most = Grade::Same;
    match (one.form, other.form) {
        (Some(a), Some(b)) if a.family != b.family && a.family != "any" && b.family != "any" => {
            let evidence = vec![Evidence::LegalForm];
            return Likeness::new(Grade::Different, evidence);
        }
        (Some(a), Some(b)) if a == b => {}
        (Some(a), Some(b)) => {
            evidence.push(Evidence::LegalForm);
            let fits = a.family == b.family || a.family == "any" || b.family == "any";
            most = if fits { Grade::Alike } else { Grade::Different };
        }
        (None, None) => {}
        _ => evidence.push(Evidence::LegalForm),
    }
    if listed(one, other) {
        evidence.push(Evidence::Listed);
        return Likeness::new(most, evidence);
    }
    let mut likeness = words(&one.words, &other.words, evidence.clone());
    if likeness.grade < Grade::Alike && joined::are_equal(one, other) {
        evidence.push(Evidence::Spacing);
        likeness = Likeness::new(Grade::Same, evidence);
    } else if likeness.grade < Grade::Alike
        && let Some((a, b)) = joined::at_one_place(&one.words, &other.words)
    {
        evidence.push(Evidence::Spacing);
        likeness = words(&a, &b, evidence);
    } else if likeness.grade == Grade::Different
        && (is_short_for(one, other) || is_short_for(other, one))
    {
        evidence.push(Evidence::Acronym);
        likeness = Likeness::new(Grade::Alike, evidence);
    }
    let grade = likeness.grade.min(most);
    Likeness { grade, ..likeness }
}

/// Whether a list knows both as names of one.
fn listed(one: &Name, other: &Name) -> bool {
    one.listed.contains(&other.folded) || other.listed.contains(&one.folded)
}

/// Whether the first is an acronym of the words of the second.
fn is_short_for(short: &Name, long: &Name) -> bool {
    short
        .acronym
        .as_ref()
        .is_some_and(|acronym| long.initials.contains(acronym))
}

fn words(one: &[Word], other: &[Word], mut evidence: Vec<Evidence>) -> Likeness {
    let different = |why| Likeness::new(Grade::Different, vec![why]);
    if one.is_empty() || other.is_empty() {
        return different(Evidence::OtherWord);
    }
    let several = one.len().max(other.len()) > 1;
    let fit = |a: usize, b: usize| {
        let (x, y) = (one.get(a)?, other.get(b)?);
        let fit = near::body(x, y)?;
        let is_short = x.letters().min(y.letters()) < SHORTEST_OF_SEVERAL;
        (fit.is_exact() || !several || !is_short).then_some(fit)
    };
    let aligned = align(one, other, fit);
    let count = aligned.pairs.len();
    if count < one.len().min(other.len()) {
        return different(Evidence::OtherWord);
    }
    let (letters, typos) = aligned.typos();
    if letters > MAX_TYPOS || (typos == count && several) {
        return different(Evidence::OtherWord);
    }
    let mut grade = if typos == 0 {
        Grade::Same
    } else {
        Grade::Alike
    };
    evidence.extend(aligned.pairs.iter().map(|(_, _, fit)| match fit {
        Fit::Letters => Evidence::Letters,
        Fit::Typo(_) => Evidence::Typo,
        _ => Evidence::Transliteration,
    }));
    if aligned.reordered {
        evidence.push(Evidence::Order);
        grade = grade.min(Grade::Alike);
    }
    if one.len() != other.len() {
        if typos > 0 || aligned.reordered {
            return different(Evidence::OtherWord);
        }
        evidence.push(Evidence::MissingWord);
        grade = Grade::Part;
    }
    Likeness::new(grade, evidence)
}
