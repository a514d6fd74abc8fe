//! How likely a name stands in each case, by the words to its left.

use super::super::super::Context;
use super::super::super::lexicon::{Case, Cases, Gender, Genders, Number, PartOfSpeech};
use super::super::{LEXICON, names};
use crate::model::EntityKind;
use crate::text::normal_form;

/// Cases that names stand in: all but the vocative.
pub(super) const CASES: [Case; 6] = [
    Case::Nominative,
    Case::Genitive,
    Case::Dative,
    Case::Accusative,
    Case::Instrumental,
    Case::Locative,
];

/// Likelihoods in 255ths, so that they can be compared and hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Prior {
    cases: [u8; 6],
    masculine: u8,
    feminine: u8,
}

impl Prior {
    /// How likely the name stands in a case.
    pub(super) fn of(self, case: Case) -> f32 {
        let share = self.cases.get(case as usize).copied().unwrap_or_default();
        f32::from(share) / 255.0
    }

    /// How likely the name has a gender.
    pub(super) fn gender(self, gender: Gender) -> f32 {
        let share = match gender {
            Gender::Masculine => self.masculine,
            Gender::Feminine => self.feminine,
            Gender::Neuter => 255,
        };
        f32::from(share) / 255.0
    }
}

/// What a word to the left of a name says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    sort: Sort,
    cases: Cases,
    genders: Genders,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Preposition,
    Role,
    Noun,
    Adjective,
    Verb,
    Conjunction,
    Other,
}

/// Reads a word that stands to the left of a name.
pub(super) fn read(word: &str) -> Left {
    let form = normal_form(word);
    let mut sort = Sort::Other;
    let mut cases = Cases::default();
    let mut genders = Genders::default();
    let is_role = names::hints(word).role;
    let rank = |sort: Sort| match sort {
        Sort::Preposition => 6,
        Sort::Role => 5,
        Sort::Conjunction => 4,
        Sort::Noun => 3,
        Sort::Adjective => 2,
        Sort::Verb => 1,
        Sort::Other => 0,
    };
    for analysis in LEXICON.analyse(&form) {
        if analysis.needs_capital() && !word.starts_with(char::is_uppercase) {
            continue;
        }
        let tag = analysis.tag();
        let own = match tag.part() {
            PartOfSpeech::Preposition => Sort::Preposition,
            PartOfSpeech::Noun | PartOfSpeech::Gerund if is_role => Sort::Role,
            PartOfSpeech::Noun | PartOfSpeech::Gerund => Sort::Noun,
            PartOfSpeech::Adjective | PartOfSpeech::Participle | PartOfSpeech::Numeral => {
                Sort::Adjective
            }
            PartOfSpeech::Verb | PartOfSpeech::Infinitive => Sort::Verb,
            PartOfSpeech::Conjunction | PartOfSpeech::Particle => Sort::Conjunction,
            _ => Sort::Other,
        };
        if own == sort {
            cases = tag.cases().iter().fold(cases, Cases::with);
        } else if rank(own) > rank(sort) {
            sort = own;
            cases = tag.cases();
            genders = Genders::default();
        } else {
            continue;
        }
        if tag.has_number(Number::Singular) {
            for gender in [Gender::Masculine, Gender::Feminine] {
                if tag.genders().contains(gender) {
                    genders = genders.with(gender);
                }
            }
        }
    }
    Left {
        sort,
        cases,
        genders,
    }
}

/// Shares of the cases in hundredths: nominative, genitive, dative, accusative, instrumental, locative.
type Shares = [f32; 6];

const FIRST: Shares = [88.0, 4.0, 2.0, 3.0, 2.0, 1.0];
const PERSON_ALONE: Shares = [68.0, 15.0, 3.0, 5.0, 6.0, 3.0];
const ALONE: Shares = [50.0, 22.0, 2.0, 5.0, 4.0, 17.0];
const AFTER_CONJUNCTION: Shares = [52.0, 18.0, 5.0, 10.0, 9.0, 6.0];
const AFTER_VERB: Shares = [52.0, 12.0, 10.0, 18.0, 7.0, 1.0];
const AFTER_OTHER: Shares = [50.0, 24.0, 5.0, 10.0, 7.0, 4.0];
/// What a noun governs, apart from its own case.
const AFTER_NOUN: Shares = [12.0, 80.0, 3.0, 2.0, 2.0, 1.0];
/// Of those that agree with the word before; the rest is as after any word.
const AGREES_WITH_ROLE: f32 = 0.88;
const AGREES_WITH_NOUN: f32 = 0.45;
const AGREES_WITH_ADJECTIVE: f32 = 0.8;

/// How likely the cases and genders are behind these words.
pub(super) fn prior(kind: EntityKind, context: &Context<'_>, read: impl Fn(&str) -> Left) -> Prior {
    let mut genders = Genders::default();
    let mut shares = match context.before {
        None if context.is_alone && kind == EntityKind::Person => PERSON_ALONE,
        None if context.is_alone => ALONE,
        None => FIRST,
        Some(word) => {
            let left = read(word);
            let governed = context.earlier.map(&read).and_then(|earlier| {
                let both = earlier.cases.and(left.cases);
                let governs = earlier.sort == Sort::Preposition && !both.is_empty();
                governs.then_some(both)
            });
            let agreeing = governed.unwrap_or(left.cases);
            match left.sort {
                Sort::Preposition => mix(AFTER_OTHER, left.cases, 0.97),
                Sort::Role if kind == EntityKind::Person => {
                    genders = left.genders;
                    mix(AFTER_NOUN, agreeing, AGREES_WITH_ROLE)
                }
                Sort::Noun if kind == EntityKind::Person => {
                    mix(AFTER_NOUN, agreeing, AGREES_WITH_NOUN)
                }
                Sort::Role | Sort::Noun => mix(AFTER_NOUN, agreeing, 0.12),
                Sort::Adjective => mix(AFTER_OTHER, agreeing, AGREES_WITH_ADJECTIVE),
                Sort::Verb => AFTER_VERB,
                Sort::Conjunction => AFTER_CONJUNCTION,
                Sort::Other => AFTER_OTHER,
            }
        }
    };
    if context.is_apart {
        for (share, other) in shares.iter_mut().zip(AFTER_CONJUNCTION) {
            *share = (*share + 3.0 * other) / 4.0;
        }
    }
    let all: f32 = shares.iter().sum();
    let feminine_alone = genders.contains(Gender::Feminine) && !genders.contains(Gender::Masculine);
    let masculine_alone =
        genders.contains(Gender::Masculine) && !genders.contains(Gender::Feminine);
    Prior {
        cases: shares.map(|share| rounded(share / all)),
        masculine: if feminine_alone { 40 } else { 180 },
        feminine: if feminine_alone {
            215
        } else if masculine_alone {
            45
        } else {
            75
        },
    }
}

/// `weight` of the shares go to these cases, evenly but for the likelier one of two.
fn mix(shares: Shares, cases: Cases, weight: f32) -> Shares {
    let likely = |case: Case| match case {
        Case::Locative => 2.0,
        Case::Accusative if cases.contains(Case::Locative) => 0.6,
        Case::Vocative => 0.0,
        _ => 1.0,
    };
    let all: f32 = cases.iter().map(likely).sum();
    if all <= 0.0 {
        return shares;
    }
    let mut mixed = shares.map(|share| share * (1.0 - weight));
    for (share, case) in mixed.iter_mut().zip(CASES) {
        if cases.contains(case) {
            *share += weight * 100.0 * likely(case) / all;
        }
    }
    mixed
}

fn rounded(share: f32) -> u8 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and 255"
    )]
    let rounded = (share * 255.0).round().clamp(0.0, 255.0) as u8;
    rounded
}
