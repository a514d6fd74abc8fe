//! Compares two names of persons.

use super::align::{Alignment, align};
use super::likeness::{Evidence, Grade, Likeness};
use super::near::{self, Fit};
use super::words::Word;
use super::{Name, joined};

/// Most letters that may differ in all.
const MAX_TYPOS: usize = 2;
/// Most words that only one name has before what both have.
const MAX_EXTRA: usize = 2;

/// Whether two names may compare as [`Grade::Alike`] or nearer. Quick, since most names that share a
/// key are of two, and never wrong when it says no.
pub(super) fn may_be_alike(one: &Name, other: &Name) -> bool {
    let (one, other) = (&one.words, &other.words);
    // Longer names may have words joined, which leaves other words to be compared.
    if one.len() != other.len() || one.len() > 2 {
        return true;
    }
    let has_partner =
        |word: &Word, words: &[Word]| words.iter().any(|two| near::may_fit(word, two));
    one.iter().all(|word| has_partner(word, other))
        && other.iter().all(|word| has_partner(word, one))
}

/// Compares two names of persons.
pub(super) fn compare(one: &Name, other: &Name) -> Likeness {
    let mut evidence = Vec::new();
    if one.titled != other.titled {
        evidence.push(Evidence::Title);
    }
    if one.small != other.small {
        evidence.push(Evidence::SmallWord);
    }
    if one.inverted != other.inverted {
        evidence.push(Evidence::Order);
    }
    if let (Some(a), Some(b)) = (&one.generation, &other.generation)
        && a != b
    {
        return Likeness::new(Grade::Different, vec![Evidence::OtherWord]);
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
    }
    if one.generation != other.generation {
        let grade = likeness.grade.min(Grade::Alike);
        likeness.evidence.push(Evidence::MissingWord);
        return Likeness::new(grade, likeness.evidence);
    }
    likeness
}

fn words(one: &[Word], other: &[Word], mut evidence: Vec<Evidence>) -> Likeness {
    let (Some(one_last), Some(other_last)) = (one.len().checked_sub(1), other.len().checked_sub(1))
    else {
        return Likeness::new(Grade::Different, vec![Evidence::OtherWord]);
    };
    let fit = |a: usize, b: usize| {
        let (Some(x), Some(y)) = (one.get(a), other.get(b)) else {
            return None;
        };
        near::person(x, y, a == one_last && b == other_last && a + b > 0)
    };
    let aligned = align(one, other, fit);
    let (alone, other_alone) = (
        one.len() - aligned.pairs.len(),
        other.len() - aligned.pairs.len(),
    );
    if alone > 0 && other_alone > 0 {
        let has_surname = aligned.holds_one(one_last) && aligned.holds_other(other_last);
        let has_first = aligned.holds_one(0) && aligned.holds_other(0);
        return Likeness::new(
            Grade::Different,
            vec![match (has_surname, has_first) {
                (false, _) => Evidence::OtherSurname,
                (true, false) => Evidence::OtherFirstName,
                (true, true) => Evidence::OtherWord,
            }],
        );
    }
    evidence.extend(aligned.pairs.iter().map(|(_, _, fit)| reason(*fit)));
    let mut grade = pairs_grade(one, other, &aligned);
    if aligned.reordered {
        evidence.push(Evidence::Order);
        grade = grade.min(order_grade(one, other, &aligned));
    }
    if alone + other_alone > 0 {
        let (why, most) = if alone > 0 {
            extra(one, other, |place| aligned.holds_one(place))
        } else {
            extra(other, one, |place| aligned.holds_other(place))
        };
        evidence.push(why);
        let has_initial = aligned.pairs.iter().any(|(_, _, fit)| *fit == Fit::Initial);
        grade = grade.min(most);
        let has_typo = aligned.typos().1 > 0;
        let is_doubtful = (has_initial && why == Evidence::MissingWord)
            || (has_typo && most == Grade::Alike && why != Evidence::Initial);
        if is_doubtful {
            grade = grade.min(Grade::Part);
        }
    }
    Likeness::new(grade, evidence)
}

fn reason(fit: Fit) -> Evidence {
    match fit {
        Fit::Letters => Evidence::Letters,
        Fit::Sounds => Evidence::Transliteration,
        Fit::Given | Fit::GivenFar => Evidence::FirstName,
        Fit::Initial => Evidence::Initial,
        Fit::Typo(_) => Evidence::Typo,
    }
}

/// What the words that fit allow at most.
fn pairs_grade(one: &[Word], other: &[Word], aligned: &Alignment) -> Grade {
    let (letters, typos) = aligned.typos();
    let count = aligned.pairs.len();
    let exact = |(a, b, fit): &&(usize, usize, Fit)| {
        let is_initial = one.get(*a).is_some_and(|word| word.initial)
            && other.get(*b).is_some_and(|word| word.initial);
        fit.is_exact() && !is_initial
    };
    let exact = aligned.pairs.iter().filter(exact).count();
    let all_exact = aligned.pairs.iter().all(|(_, _, fit)| fit.is_exact());
    if all_exact {
        return Grade::Same;
    }
    let is_far = |fit: Fit| matches!(fit, Fit::GivenFar | Fit::Initial);
    let far = aligned
        .pairs
        .iter()
        .filter(|(_, _, fit)| is_far(*fit))
        .count();
    let given = aligned
        .pairs
        .iter()
        .filter(|(_, _, fit)| *fit == Fit::Given)
        .count();
    if count == 1 {
        let is_long = one.iter().chain(other).all(|word| word.letters() > 4);
        return match (typos, given) {
            (1, _) if one.len() == 1 && other.len() == 1 && is_long && letters == 1 => Grade::Alike,
            (0, 1) if one.len() == other.len() => Grade::Alike,
            (0, 1) => Grade::Part,
            _ => Grade::Different,
        };
    }
    if far > 0 {
        let surname = aligned
            .pairs
            .last()
            .is_some_and(|(_, _, fit)| fit.is_exact());
        return match (surname || aligned.reordered, typos) {
            (true, 0) if exact > 0 => Grade::Alike,
            _ => Grade::Different,
        };
    }
    if typos == 0 {
        let surname = aligned
            .pairs
            .last()
            .is_some_and(|(_, _, fit)| fit.is_exact());
        return if surname && exact > 0 {
            Grade::Same
        } else {
            Grade::Alike
        };
    }
    if letters <= MAX_TYPOS && (exact + given > 0 || letters == typos) {
        Grade::Alike
    } else {
        Grade::Different
    }
}

/// What words in another order allow at most. Two first names do not change places: "Friedrich
/// Hans" is not "Hans Friedrich".
fn order_grade(one: &[Word], other: &[Word], aligned: &Alignment) -> Grade {
    let parents_fit = aligned.pairs.iter().all(|(a, b, _)| {
        let parent = |words: &[Word], place: usize| words.get(place).is_some_and(|w| w.parent);
        parent(one, *a) == parent(other, *b)
    });
    if !parents_fit {
        return Grade::Different;
    }
    let shorter = if one.len() <= other.len() { one } else { other };
    let known = shorter.iter().filter(|word| word.is_given()).count();
    match shorter.len() {
        2 if known == 2 => Grade::Different,
        2 if known == 1 => Grade::Same,
        2 => Grade::Alike,
        _ => {
            let places: Vec<usize> = aligned.pairs.iter().map(|(_, other, _)| *other).collect();
            let breaks = places.windows(2).filter(|pair| pair.is_sorted()).count();
            let turns = places.len().saturating_sub(1) - breaks;
            let ends = (places.last(), places.first());
            let is_turned = turns == 1 && matches!(ends, (Some(last), Some(first)) if last < first);
            if is_turned && known < shorter.len() {
                Grade::Same
            } else {
                Grade::Alike
            }
        }
    }
}

/// What words that only the longer name has mean, and what they allow at most.
fn extra(longer: &[Word], shorter: &[Word], is_held: impl Fn(usize) -> bool) -> (Evidence, Grade) {
    let alone: Vec<(usize, &Word)> = longer
        .iter()
        .enumerate()
        .filter(|(place, _)| !is_held(*place))
        .collect();
    let last = longer.len().saturating_sub(1);
    if shorter.len() < 2 {
        return (Evidence::MissingWord, Grade::Part);
    }
    // "George H. W." has another first initial than "George W.".
    let is_before_another = |(place, word): &(usize, &Word)| {
        let mut later = longer.iter().enumerate().skip(place + 1);
        let is_other =
            |(next, held): (usize, &Word)| held.initial && is_held(next) && held.text != word.text;
        word.initial && later.any(is_other)
    };
    if alone.iter().any(is_before_another) {
        return (Evidence::Initial, Grade::Different);
    }
    let joined = |place: usize| longer.get(place).is_some_and(|word| word.hyphen);
    if is_held(0) && is_held(last) {
        let all_patronymic = alone.iter().all(|(_, word)| word.is_patronymic());
        let all_short = alone.iter().all(|(_, word)| word.initial);
        return match (all_patronymic, all_short) {
            (true, _) => (Evidence::MiddleName, Grade::Same),
            (_, true) => (Evidence::Initial, Grade::Alike),
            _ => (Evidence::MiddleName, Grade::Alike),
        };
    }
    if is_held(last) && alone.len() <= MAX_EXTRA {
        return (Evidence::MissingWord, Grade::Alike);
    }
    if is_held(0)
        && alone
            .iter()
            .all(|(place, word)| word.hyphen || joined(place + 1))
    {
        return (Evidence::MissingWord, Grade::Alike);
    }
    if alone.iter().all(|(_, word)| word.is_patronymic()) {
        return (Evidence::MiddleName, Grade::Alike);
    }
    (Evidence::MissingWord, Grade::Part)
}
