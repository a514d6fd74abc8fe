//! Names of anything but persons: the head and what agrees with it becomes nominative, the rest
//! stays as it is.

use super::super::super::lexicon::guesser::Sort;
use super::super::super::lexicon::{Case, Gender, Number, PartOfSpeech};
use super::super::LEXICON;
use super::Found;
use super::context::{CASES, Prior};
use super::pieces::{Name, Piece, is_acronym, written_like};
use super::words::{Reading, Word, of_phrase, share_as_is};
use crate::model::EntityKind;

/// The head is among so many first words.
const DEEPEST_HEAD: usize = 5;

/// How likely a name is a plural where it could be a singular as well.
const PLURAL: f32 = 0.03;

/// What an adjective counts as a head where there is no noun, and where there is one.
const ADJECTIVE_ALONE: f32 = 0.5;
const ADJECTIVE_BESIDE: f32 = 0.05;

/// How likely two nouns joined by "i" behind the head are both heads.
const COORDINATED: f32 = 0.6;

/// Case, gender and number that the head and what agrees with it stand in.
#[derive(Clone, Copy)]
struct Slot {
    case: Case,
    gender: Gender,
    plural: bool,
}

/// Gives what a name of this kind may be.
pub(super) fn find(name: &Name<'_>, kind: EntityKind, prior: Prior, found: &mut Found) {
    let pieces = &name.pieces;
    let is_only = pieces.len() == 1;
    let words: Vec<Word> = pieces
        .iter()
        .map(|piece| {
            let is_small = !piece.text.starts_with(char::is_uppercase);
            if is_small && !is_only && !LEXICON.contains(&piece.form)
                || is_acronym(piece.text) && pieces.len() < 4
            {
                Word::default()
            } else {
                of_phrase(&piece.form, kind, is_only)
            }
        })
        .collect();
    let first = pieces.iter().position(|piece| !is_number(piece.text));
    let first = first.unwrap_or_default();
    let is_acronym_first = pieces
        .get(first)
        .is_some_and(|piece| is_acronym(piece.text));
    if is_acronym_first && pieces.len() < 4 {
        // "FC Kopenhagi": an acronym does not decline, what follows it may.
        found.add(
            &name.as_is(),
            None,
            false,
            if pieces.len() == 1 { 1.0 } else { 0.02 },
        );
        for case in CASES {
            foreign(name, &words, case, prior.of(case), found);
        }
        return;
    }
    // "socjalistów": a word for people may as well be a plural.
    let is_small = pieces
        .iter()
        .all(|piece| piece.text.starts_with(char::is_lowercase));
    let many = if is_small && is_only { 0.5 } else { PLURAL };
    for case in CASES {
        for gender in [Gender::Masculine, Gender::Feminine, Gender::Neuter] {
            for plural in [false, true] {
                let slot = Slot {
                    case,
                    gender,
                    plural,
                };
                let weight = prior.of(case) * if plural { many } else { 1.0 };
                Parse {
                    name,
                    words: &words,
                    slot,
                    first,
                    is_organization: kind == EntityKind::Organization,
                }
                .find(weight, found);
            }
        }
        foreign(name, &words, case, prior.of(case), found);
    }
    found.add(&name.as_is(), None, false, 1e-4);
}

/// A foreign name of several words: only the last one declines, "Nord Streamu".
fn foreign(name: &Name<'_>, words: &[Word], case: Case, weight: f32, found: &mut Found) {
    let Some((last, front)) = words.split_last().filter(|(_, front)| !front.is_empty()) else {
        return;
    };
    let Some((piece, before)) = name.pieces.split_last() else {
        return;
    };
    let mut share = weight * 0.5;
    for (word, piece) in front.iter().zip(before) {
        if word.is_known && !word.adjectives.is_empty() {
            return;
        }
        let own = if is_acronym(piece.text) {
            1.0
        } else if word.is_known {
            0.3
        } else {
            0.2 + share_as_is(&piece.form, Sort::Place)
        };
        share *= own;
    }
    for reading in &last.nouns {
        if !reading.cases.contains(case) || reading.plural {
            continue;
        }
        let mut written = String::new();
        for piece in before {
            Name::write_gap(piece, &mut written);
            written.push_str(piece.text);
        }
        Name::write_gap(piece, &mut written);
        written.push_str(&written_like(&reading.base, piece.text));
        name.write_end(&mut written);
        found.add(&written, reading.gender, false, share * reading.weight);
    }
}

struct Parse<'p, 't> {
    name: &'p Name<'t>,
    words: &'p [Word],
    slot: Slot,
    /// Index of the first word that is no number.
    first: usize,
    is_organization: bool,
}

impl Parse<'_, '_> {
    fn find(&self, weight: f32, found: &mut Found) {
        let mut before = weight;
        let mut bases: Vec<Option<String>> = vec![None; self.first];
        for (index, word) in self
            .words
            .iter()
            .enumerate()
            .skip(self.first)
            .take(DEEPEST_HEAD)
        {
            let Some(piece) = self.name.pieces.get(index) else {
                return;
            };
            for noun in word.nouns.iter().filter(|noun| self.fits(noun)) {
                if let Some(base) = self.noun_base(noun, piece) {
                    let mut bases = bases.clone();
                    let next = self.name.pieces.get(index + 1);
                    let is_half = next.is_some_and(|next| next.is_joined);
                    // "Bielsko-Biała": halves of double names like to end in "o".
                    let half = if is_half && base.ends_with('o') {
                        2.0
                    } else {
                        1.0
                    };
                    bases.push(Some(base));
                    self.behind(bases, noun.personal, before * noun.weight * half, found);
                }
            }
            if self.is_first_half(index) {
                bases.push(None);
                continue;
            }
            let adjective = word
                .adjectives
                .iter()
                .find(|adjective| self.fits(adjective));
            let Some(adjective) = adjective else { return };
            // "Nowoczesna": an adjective that stands for the noun.
            let has_noun = word.nouns.iter().any(|noun| self.fits(noun));
            let next = self.words.get(index + 1);
            let next_agrees = next.is_some_and(|next| {
                next.nouns.iter().chain(&next.adjectives).any(|reading| {
                    reading.cases.contains(self.slot.case) && reading.plural == self.slot.plural
                })
            });
            let personal = self.slot.plural && self.is_organization && !has_noun && !next_agrees;
            let base = self.adjective_base(adjective, piece, personal);
            let share = if has_noun || next_agrees {
                ADJECTIVE_BESIDE
            } else {
                ADJECTIVE_ALONE
            };
            let mut alone = bases.clone();
            alone.push(Some(base.clone()));
            // "Zielonych": people, where it is an organization.
            self.behind(alone, personal, before * share, found);
            bases.push(Some(base));
            before *= if has_noun { 0.8 } else { 1.0 };
        }
    }

    /// Goes on behind the head.
    fn behind(
        &self,
        mut bases: Vec<Option<String>>,
        personal: bool,
        weight: f32,
        found: &mut Found,
    ) {
        let mut weight = weight;
        if personal && self.slot.plural {
            for (index, base) in bases.iter_mut().enumerate().rev().skip(1) {
                let (Some(word), Some(piece)) =
                    (self.words.get(index), self.name.pieces.get(index))
                else {
                    continue;
                };
                if let Some(adjective) = word.adjectives.iter().find(|reading| self.fits(reading)) {
                    *base = Some(self.adjective_base(adjective, piece, true));
                }
            }
        }
        loop {
            let index = bases.len();
            let (Some(word), Some(piece)) = (self.words.get(index), self.name.pieces.get(index))
            else {
                break;
            };
            if let Some(adjective) = word.adjectives.iter().find(|reading| self.fits(reading)) {
                bases.push(Some(self.adjective_base(adjective, piece, personal)));
                weight *= 1.5;
                continue;
            }
            if self.is_first_half(index) {
                bases.push(None);
                continue;
            }
            if piece.is_joined
                && let Some(base) = self.joined_base(word, piece)
            {
                bases.push(Some(base));
                continue;
            }
            break;
        }
        let index = bases.len();
        let small = self.name.pieces.get(index).map(|piece| piece.form.as_str());
        if matches!(small, Some("i" | "oraz"))
            && let (Some(word), Some(piece)) =
                (self.words.get(index + 1), self.name.pieces.get(index + 1))
        {
            for noun in &word.nouns {
                if noun.cases.contains(self.slot.case)
                    && (noun.gender.is_none() || !noun.plural)
                    && let Some(base) = self.noun_base(noun, piece).filter(|_| !noun.plural)
                {
                    let mut both = bases.clone();
                    both.push(None);
                    both.push(Some(base));
                    self.write(&both, weight * COORDINATED * noun.weight, found);
                }
            }
            weight *= 1.0 - COORDINATED;
        }
        for (place, word) in self.words.iter().enumerate().skip(index) {
            weight *= if place == index && !word.can_follow() {
                0.05
            } else if word.is_known || word.nouns.is_empty() {
                1.0
            } else {
                0.1 + word.as_is
            };
        }
        self.write(&bases, weight, found);
    }

    fn write(&self, bases: &[Option<String>], weight: f32, found: &mut Found) {
        let mut written = String::new();
        for (index, piece) in self.name.pieces.iter().enumerate() {
            Name::write_gap(piece, &mut written);
            let base = bases.get(index).and_then(Option::as_deref);
            written.push_str(base.unwrap_or(piece.text));
        }
        self.name.write_end(&mut written);
        found.add(&written, Some(self.slot.gender), self.slot.plural, weight);
    }

    /// "Południowo" of "Południowo-Wschodniej" does not decline.
    fn is_first_half(&self, index: usize) -> bool {
        let next_is_joined = self
            .name
            .pieces
            .get(index + 1)
            .is_some_and(|next| next.is_joined);
        let is_half = |form: &str| {
            let mut analyses = LEXICON.analyse(form);
            analyses.any(|analysis| analysis.tag().part() == PartOfSpeech::AdjectiveForm)
        };
        next_is_joined
            && self
                .name
                .pieces
                .get(index)
                .is_some_and(|piece| piece.form.ends_with('o') && is_half(&piece.form))
    }

    fn fits(&self, reading: &Reading) -> bool {
        reading.cases.contains(self.slot.case)
            && reading.plural == self.slot.plural
            && reading.gender.is_none_or(|known| known == self.slot.gender)
    }

    fn noun_base(&self, noun: &Reading, piece: &Piece<'_>) -> Option<String> {
        if self.slot.case == Case::Nominative {
            return Some(if noun.plural {
                piece.text.to_owned()
            } else {
                written_like(&noun.base, piece.text)
            });
        }
        if !noun.plural {
            return Some(written_like(&noun.base, piece.text));
        }
        plural_of(noun).map(|base| written_like(&base, piece.text))
    }

    /// "Białej" of "Bielsku-Białej": the same case, its own gender.
    fn joined_base(&self, word: &Word, piece: &Piece<'_>) -> Option<String> {
        let fits = |reading: &&Reading| reading.cases.contains(self.slot.case) && !reading.plural;
        if let Some(noun) = word
            .nouns
            .iter()
            .filter(fits)
            .max_by(|one, other| one.weight.total_cmp(&other.weight))
        {
            return Some(written_like(&noun.base, piece.text));
        }
        let adjective = word.adjectives.iter().find(fits)?;
        let gender = adjective.gender.unwrap_or(self.slot.gender);
        let base = nominative(&adjective.base, false, gender);
        Some(written_like(&base, piece.text))
    }

    fn adjective_base(&self, adjective: &Reading, piece: &Piece<'_>, personal: bool) -> String {
        if self.slot.case == Case::Nominative {
            return piece.text.to_owned();
        }
        let virile = (personal && self.slot.plural)
            .then(|| {
                LEXICON.generate(&adjective.base, "", &mut |analysis| {
                    let tag = analysis.tag();
                    tag.part() == PartOfSpeech::Adjective
                        && tag.cases().contains(Case::Nominative)
                        && !tag.has_number(Number::Singular)
                        && tag.is_personal()
                })
            })
            .flatten();
        let base = virile
            .unwrap_or_else(|| nominative(&adjective.base, self.slot.plural, self.slot.gender));
        written_like(&base, piece.text)
    }
}

/// "II", "24".
fn is_number(word: &str) -> bool {
    let is_roman = word.chars().all(|letter| "IVX".contains(letter));
    is_roman || word.chars().all(char::is_numeric)
}

/// The nominative of an adjective given by its masculine singular.
fn nominative(lemma: &str, plural: bool, gender: Gender) -> String {
    let stem = |cut: char| lemma.strip_suffix(cut);
    if !plural && gender == Gender::Masculine {
        return lemma.to_owned();
    }
    if !plural && gender == Gender::Feminine {
        return match (stem('y'), stem('i')) {
            (Some(stem), _) => format!("{stem}a"),
            (_, Some(stem)) if stem.ends_with(['k', 'g']) => format!("{stem}a"),
            _ => format!("{lemma}a"),
        };
    }
    match stem('y') {
        Some(stem) => format!("{stem}e"),
        _ => format!("{lemma}e"),
    }
}

/// How the nominative plural of nouns may end, behind what the base form shares with it.
const PLURALS: [&str; 18] = [
    "y", "i", "a", "e", "owie", "ie", "ia", "cy", "dzy", "zy", "si", "ści", "rzy", "ni", "ci",
    "dzi", "ona", "",
];

/// The nominative plural of a noun, in lower case.
///
/// Endings are tried, which is a hundred times quicker than to look for any form of the noun.
fn plural_of(noun: &Reading) -> Option<String> {
    if !LEXICON.contains(&noun.base) {
        // A guess at a name that has no singular.
        return Some(noun.base.clone());
    }
    let mut stem = noun.base.as_str();
    let mut lemma = String::new();
    for _ in 0..4 {
        for ending in PLURALS {
            let plural = format!("{stem}{ending}");
            let is_plural = LEXICON.analyse(&plural).any(|analysis| {
                let tag = analysis.tag();
                tag.part() == PartOfSpeech::Noun
                    && tag.cases().contains(Case::Nominative)
                    && !tag.has_number(Number::Singular)
                    && tag.is_personal() == noun.personal
                    && {
                        analysis.write_lowercase_lemma(&plural, &mut lemma);
                        lemma == noun.base
                    }
            });
            if is_plural {
                return Some(plural);
            }
        }
        let mut letters = stem.chars();
        letters.next_back()?;
        stem = letters.as_str();
    }
    None
}
