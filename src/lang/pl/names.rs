//! Polish names: what a word can be in one, and its base form.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::lexicon::{Analysis, Case, Cases, Gender, NameClass, Number};
use super::super::lists::{self, WordList};
use super::super::{Hints, Sink};
use super::{LEXICON, endings};
use crate::model::EntityKind;
use crate::text::normal_form;

pub(super) static FIRST_NAMES: LazyLock<WordList> = LazyLock::new(|| {
    let mut names = lists::rows(include_str!("data/first_names.txt"));
    names.extend(lists::rows(include_str!("data/foreign_names.txt")));
    names
});
pub(super) static ROLES: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/roles.txt")));
pub(super) static ORGANIZATIONS: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/organization_heads.txt")));
pub(super) static PLACES: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/place_heads.txt")));
static THINGS: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/things.txt")));
pub(super) static PARTICLES: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/particles.txt")));

/// How many words or names a thread remembers before it starts anew.
const REMEMBERED: usize = 1 << 16;

/// Answers that a thread has given before, by question.
type Memory<T> = RefCell<HashMap<String, T, foldhash::fast::RandomState>>;

thread_local! {
    static HINTS: Memory<Hints> = RefCell::default();
    static NAMES: Memory<String> = RefCell::default();
}

/// Gives the answer to `question`, worked out once a thread.
fn remember<T: Clone>(memory: &Memory<T>, question: &str, answer: impl FnOnce() -> T) -> T {
    if let Some(known) = memory.borrow().get(question) {
        return known.clone();
    }
    let answer = answer();
    let mut memory = memory.borrow_mut();
    if memory.len() >= REMEMBERED {
        memory.clear();
    }
    memory.insert(question.to_owned(), answer.clone());
    answer
}

/// What a word, as written, can be in a name.
pub(super) fn hints(word: &str) -> Hints {
    HINTS.with(|memory| remember(memory, word, || look_up(word)))
}

fn look_up(word: &str) -> Hints {
    let form = normal_form(word);
    let mut hints = Hints::default();
    for analysis in LEXICON.analyse(&form) {
        hints.known = true;
        let part_of_speech = analysis.tag().part_of_speech();
        if part_of_speech == "brev" {
            continue;
        }
        if analysis.needs_capital() {
            let class = analysis.class();
            hints.first_name |= class.is(NameClass::FIRST_NAME);
            hints.surname |= class.is(NameClass::SURNAME);
            hints.place |= class.is(NameClass::PLACE);
            hints.organization |= class.is(NameClass::ORGANIZATION);
            hints.people |= is_people(&analysis);
        } else {
            hints.common = true;
        }
        let lemma = analysis.lemma(&form);
        let lemma = lemma.as_str();
        hints.role |= ROLES.contains_key(lemma);
        hints.organization_head |= ORGANIZATIONS.contains_key(lemma);
        hints.place_head |= PLACES.contains_key(lemma);
        hints.preposition |= part_of_speech == "prep";
        hints.adjective |= part_of_speech == "adj";
    }
    hints.first_name |= FIRST_NAMES.contains_key(form.as_str());
    hints.thing = THINGS.contains_key(word);
    hints.particle = PARTICLES.contains_key(form.as_str());
    hints
}

/// Members of a people are written with a capital and are no names: "Polak", "Rosjanka".
pub(super) fn is_people(analysis: &Analysis<'_>) -> bool {
    let genders = analysis.tag().genders();
    analysis.class() == NameClass::NONE
        && !analysis.class_name().is_empty()
        && (genders.contains(Gender::Masculine) || genders.contains(Gender::Feminine))
}

/// One way to put a word of a name in its base form.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// The base form, in lower case.
    pub(super) base: String,
    /// The cases the word would stand in.
    pub(super) cases: Cases,
    /// Masculine, feminine, or whichever.
    pub(super) gender: Option<Gender>,
    /// How much speaks for it; larger is better.
    pub(super) weight: f32,
}

/// Everything a word of a name may be, in lower case.
pub(super) fn name_bases(form: &str, sink: Sink<'_>) {
    let mut known = false;
    for analysis in LEXICON.analyse(form) {
        let is_name =
            analysis.needs_capital() || matches!(analysis.tag().part_of_speech(), "subst" | "adj");
        if is_name {
            known = true;
            sink(&analysis.lemma(form).to_lowercase());
        }
    }
    if let Some(stem) = before_apostrophe(form) {
        sink(stem);
    }
    for kind in [EntityKind::Person, EntityKind::Place] {
        for guess in endings::guess(form, kind) {
            if !known || guess.crosses_dictionary {
                sink(&guess.base);
            }
        }
    }
}

/// Endings that Polish writes behind an apostrophe: "Farage'a", "Charles'em".
const BEHIND_APOSTROPHE: [&str; 13] = [
    "a", "owi", "em", "ie", "u", "y", "i", "ego", "emu", "ów", "om", "ami", "m",
];

/// A foreign name before its Polish ending; nothing for "O'Brien".
pub(super) fn before_apostrophe(form: &str) -> Option<&str> {
    let (stem, ending) = form.rsplit_once('\'')?;
    (stem.len() > 1 && BEHIND_APOSTROPHE.contains(&ending)).then_some(stem)
}

fn candidates(word: &str, kind: EntityKind) -> Vec<Candidate> {
    let form = normal_form(word);
    let mut found = Vec::new();
    let wanted = match kind {
        EntityKind::Person => NameClass::FIRST_NAME.or(NameClass::SURNAME),
        EntityKind::Place => NameClass::PLACE.or(NameClass::PART),
        _ => NameClass::ORGANIZATION.or(NameClass::PART),
    };
    for analysis in LEXICON.analyse(&form) {
        let tag = analysis.tag();
        let is_name = analysis.needs_capital();
        let fits = analysis.class().is(wanted);
        let part_of_speech = tag.part_of_speech();
        if part_of_speech != "subst" && part_of_speech != "adj" || tag.cases().is_empty() {
            continue;
        }
        let is_common = !is_name && kind == EntityKind::Person;
        if is_common || tag.cases() == Cases::default().with(Case::Vocative) {
            continue;
        }
        let mut weight = if fits {
            3.0
        } else if is_name {
            1.0
        } else {
            0.8
        };
        if kind == EntityKind::Person && !tag.has_number(Number::Singular) {
            weight -= 1.5;
        }
        let genders = tag.genders();
        let gender = match (
            genders.contains(Gender::Masculine),
            genders.contains(Gender::Feminine),
        ) {
            (true, false) => Some(Gender::Masculine),
            (false, true) => Some(Gender::Feminine),
            (false, false) if genders.contains(Gender::Neuter) => Some(Gender::Neuter),
            _ => None,
        };
        found.push(Candidate {
            base: analysis.lemma(&form).to_lowercase(),
            cases: tag.cases(),
            gender,
            weight,
        });
    }
    let known = found.iter().any(|candidate| candidate.weight >= 1.0);
    if let Some(stem) = before_apostrophe(&form) {
        found.push(Candidate {
            base: stem.to_owned(),
            cases: oblique(),
            gender: Some(Gender::Masculine),
            weight: 3.0,
        });
    }
    for guess in endings::guess(&form, kind) {
        if !known || guess.crosses_dictionary {
            found.push(Candidate {
                base: guess.base,
                cases: guess.cases,
                gender: guess.gender,
                weight: if known { 0.6 } else { guess.weight },
            });
        }
    }
    let is_listed = kind == EntityKind::Person && FIRST_NAMES.contains_key(form.as_str());
    if is_listed || !known {
        found.push(Candidate {
            base: form,
            cases: Cases::default().with(Case::Nominative),
            gender: None,
            weight: if is_listed { 2.5 } else { 1.0 },
        });
    }
    found
}

fn oblique() -> Cases {
    Case::ALL
        .into_iter()
        .filter(|case| *case != Case::Nominative)
        .fold(Cases::default(), Cases::with)
}

/// How likely a name stands in a case after this word.
fn case_prior(before: Option<&str>, case: Case) -> f32 {
    let Some(before) = before else {
        return if case == Case::Nominative { 0.8 } else { 0.0 };
    };
    let mut governed = Cases::default();
    for analysis in LEXICON.analyse(&normal_form(before)) {
        if analysis.tag().part_of_speech() == "prep" {
            governed = Case::ALL
                .into_iter()
                .filter(|case| analysis.tag().cases().contains(*case))
                .fold(governed, Cases::with);
        }
    }
    if governed.contains(case) { 1.5 } else { -1.5 }
}

/// The base form of a name: one case and one gender for all of its words that decline.
pub(super) fn base_name(words: &[&str], kind: EntityKind, before: Option<&str>) -> String {
    let before = before.filter(|word| hints(word).preposition);
    let question = format!(
        "{} {} {}",
        kind.name(),
        before.unwrap_or("-"),
        words.join(" ")
    );
    NAMES.with(|memory| remember(memory, &question, || work_out(words, kind, before)))
}

fn work_out(words: &[&str], kind: EntityKind, before: Option<&str>) -> String {
    if kind != EntityKind::Person && words.len() > 1 {
        return head_in_nominative(words, before);
    }
    let all: Vec<Vec<Candidate>> = words.iter().map(|word| candidates(word, kind)).collect();
    let mut best: Option<(f32, Vec<String>)> = None;
    for case in Case::ALL {
        if case == Case::Vocative {
            continue;
        }
        for gender in [Gender::Masculine, Gender::Feminine, Gender::Neuter] {
            let mut score = case_prior(before, case);
            let mut bases = Vec::with_capacity(words.len());
            for (word, candidates) in words.iter().zip(&all) {
                let fitting = candidates
                    .iter()
                    .filter(|candidate| candidate.cases.contains(case))
                    .filter(|candidate| candidate.gender.is_none_or(|known| known == gender))
                    .max_by(|one, other| one.weight.total_cmp(&other.weight));
                if let Some(candidate) = fitting {
                    score += candidate.weight;
                    bases.push(written_like(&candidate.base, word));
                } else {
                    score -= 0.5;
                    bases.push((*word).to_owned());
                }
            }
            if best.as_ref().is_none_or(|(known, _)| score > known + 1e-6) {
                best = Some((score, bases));
            }
        }
    }
    best.map_or_else(|| words.join(" "), |(_, bases)| bases.join(" "))
}

/// Puts the head of a name and the adjectives that agree with it in the nominative; what follows
/// the head stays as it is.
fn head_in_nominative(words: &[&str], before: Option<&str>) -> String {
    let forms: Vec<String> = words.iter().map(|word| normal_form(word)).collect();
    let mut best: Option<(f32, Vec<String>)> = None;
    for case in Case::ALL {
        for number in [Number::Singular, Number::Plural] {
            for gender in [Gender::Masculine, Gender::Feminine, Gender::Neuter] {
                let reading = agree(words, &forms, case, number, gender);
                let Some((score, bases)) = reading else {
                    continue;
                };
                let score = score + case_prior(before, case)
                    - if number == Number::Plural { 1.5 } else { 0.0 };
                if best.as_ref().is_none_or(|(known, _)| score > known + 1e-6) {
                    best = Some((score, bases));
                }
            }
        }
    }
    best.map_or_else(|| words.join(" "), |(_, bases)| bases.join(" "))
}

fn agree(
    words: &[&str],
    forms: &[String],
    case: Case,
    number: Number,
    gender: Gender,
) -> Option<(f32, Vec<String>)> {
    let fits = |analysis: &Analysis<'_>| {
        let tag = analysis.tag();
        let genders = tag.genders();
        tag.cases().contains(case)
            && tag.has_number(number)
            && (genders.is_empty() || genders.contains(gender))
    };
    let mut bases: Vec<String> = Vec::with_capacity(words.len());
    let mut head = None;
    let mut score = 0.0;
    for (word, form) in words.iter().zip(forms) {
        let index = bases.len();
        let adjective = LEXICON
            .analyse(form)
            .find(|analysis| is_adjective(analysis) && fits(analysis));
        let noun = LEXICON
            .analyse(form)
            .filter(|analysis| analysis.tag().part_of_speech() == "subst" && fits(analysis))
            .max_by(|one, other| {
                let rank = |noun: &Analysis<'_>| rank(&noun.lemma(form), noun.class());
                rank(one).total_cmp(&rank(other))
            });
        if head.is_some_and(|head| index > head + 1) || (head.is_some() && adjective.is_none()) {
            bases.push((*word).to_owned());
            continue;
        }
        if let Some(adjective) = adjective.filter(|_| head.is_some() || noun.is_none()) {
            let tag = adjective.tag();
            let is_positive = tag.part_of_speech() == "adj" && tag.text().ends_with("pos");
            let lemma = if is_positive {
                adjective.lemma(form)
            } else {
                graded_lemma(form)
            };
            let base = adjective_base(&lemma, number, gender);
            bases.push(written_like(&base, word));
            score += 1.0;
        } else if let Some(noun) = noun {
            let base = if number == Number::Singular {
                noun.lemma(form)
            } else {
                plural_base(form, &noun, case)?
            };
            bases.push(written_like(&base, word));
            head = Some(index);
            score += 2.0 + rank(&noun.lemma(form), noun.class());
        } else if LEXICON.contains(form) || head.is_some() {
            return None;
        } else {
            // A word the dictionary does not know: declined like a place, or left as it is.
            let guess = endings::guess(form, EntityKind::Place)
                .into_iter()
                .find(|guess| {
                    guess.cases.contains(case)
                        && guess.gender == Some(gender)
                        && number == Number::Singular
                });
            match guess {
                Some(guess) => {
                    bases.push(written_like(&guess.base, word));
                    score += guess.weight;
                }
                None if case == Case::Nominative => {
                    bases.push((*word).to_owned());
                    score += 1.0;
                }
                None => bases.push((*word).to_owned()),
            }
            head = Some(index);
        }
    }
    head.map(|_| (score, bases))
}

/// How much speaks for a noun as the head of a name that is no person's.
fn rank(lemma: &str, class: NameClass) -> f32 {
    let person = NameClass::FIRST_NAME.or(NameClass::SURNAME);
    let other = NameClass::PLACE
        .or(NameClass::ORGANIZATION)
        .or(NameClass::PART);
    if ORGANIZATIONS.contains_key(lemma) || PLACES.contains_key(lemma) {
        2.0
    } else if class.is(other) {
        1.0
    } else if class.is(person) {
        -2.0
    } else {
        0.0
    }
}

/// Adjectives, and participles that stand where adjectives do.
fn is_adjective(analysis: &Analysis<'_>) -> bool {
    matches!(analysis.tag().part_of_speech(), "adj" | "ppas" | "pact")
}

/// The masculine nominative of a participle, comparative or superlative: `najwyższą` gives `najwyższy`.
fn graded_lemma(form: &str) -> String {
    let endings = [
        "ego", "emu", "ymi", "ych", "ym", "ej", "ą", "a", "e", "y", "i",
    ];
    let stem = endings.iter().find_map(|ending| form.strip_suffix(ending));
    format!("{}y", stem.unwrap_or(form))
}

/// The nominative of an adjective given by its masculine lemma.
fn adjective_base(lemma: &str, number: Number, gender: Gender) -> String {
    let stem = |cut: char| lemma.strip_suffix(cut);
    match (number, gender) {
        (Number::Singular, Gender::Masculine) => lemma.to_owned(),
        (Number::Singular, Gender::Feminine) => match (stem('y'), stem('i')) {
            (Some(stem), _) => format!("{stem}a"),
            (_, Some(stem)) if stem.ends_with(['k', 'g']) => format!("{stem}a"),
            _ => format!("{lemma}a"),
        },
        _ => match (stem('y'), stem('i')) {
            (Some(stem), _) => format!("{stem}e"),
            _ => format!("{lemma}e"),
        },
    }
}

/// The nominative plural of a noun: a form the dictionary knows that begins like this one.
fn plural_base(form: &str, noun: &Analysis<'_>, case: Case) -> Option<String> {
    if case == Case::Nominative {
        return Some(form.to_owned());
    }
    let lemma = noun.lemma(form).to_lowercase();
    let shared = form
        .char_indices()
        .zip(lemma.chars())
        .take_while(|((_, one), other)| one == other)
        .map(|((at, letter), _)| at + letter.len_utf8())
        .last()?;
    let stem = form.get(..shared)?;
    ["y", "i", "a", "e", "ie", ""]
        .into_iter()
        .find_map(|ending| {
            let plural = format!("{stem}{ending}");
            LEXICON
                .analyse(&plural)
                .any(|analysis| {
                    let tag = analysis.tag();
                    tag.part_of_speech() == "subst"
                        && tag.cases().contains(Case::Nominative)
                        && tag.has_number(Number::Plural)
                        && analysis.lemma(&plural).to_lowercase() == lemma
                })
                .then_some(plural)
        })
}

/// Gives `base` the capitals of `word`: all, or the first.
fn written_like(base: &str, word: &str) -> String {
    let letters = word.chars().filter(|letter| letter.is_alphabetic());
    let capitals = letters
        .clone()
        .filter(|letter| letter.is_uppercase())
        .count();
    if capitals > 1 && capitals == letters.count() {
        return base.to_uppercase();
    }
    if capitals == 0 {
        return base.to_owned();
    }
    // "McDonald" keeps its capitals as far as the two go together.
    let mut out = String::with_capacity(base.len());
    let mut together = true;
    let mut written = word.chars();
    for letter in base.chars() {
        match written.next() {
            Some(other) if together && other.to_lowercase().eq(letter.to_lowercase()) => {
                out.push(other);
            }
            Some(other) if together && other.is_uppercase() && out.is_empty() => {
                out.extend(letter.to_uppercase());
                together = false;
            }
            _ => {
                together = false;
                out.push(letter);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: EntityKind, before: Option<&str>, written: &str, base: &str) {
        let words: Vec<&str> = written.split(' ').collect();
        assert_eq!(base_name(&words, kind, before), base);
    }

    #[test]
    fn persons() {
        let check = |before, written, base| check(EntityKind::Person, before, written, base);
        check(Some("z"), "Donaldem Tuskiem", "Donald Tusk");
        check(None, "Donald Tusk", "Donald Tusk");
        check(Some("prezydenta"), "Władimira Putina", "Władimir Putin");
        check(Some("z"), "Angelą Merkel", "Angela Merkel");
        check(Some("o"), "Annie Kowalskiej", "Anna Kowalska");
        check(
            Some("z"),
            "Imangalim Tasmagambetowem",
            "Imangali Tasmagambetow",
        );
        check(None, "Alaksandr Łukaszenka", "Alaksandr Łukaszenka");
        check(Some("dla"), "Macrona", "Macron");
        check(Some("do"), "Wołodymyra Zełenskiego", "Wołodymyr Zełenski");
        check(Some("u"), "Nigela Farage'a", "Nigel Farage");
    }

    #[test]
    fn organizations_and_places() {
        let organization = EntityKind::Organization;
        for (before, written, base) in [
            (
                None,
                "Ministerstwa Spraw Zagranicznych",
                "Ministerstwo Spraw Zagranicznych",
            ),
            (
                Some("w"),
                "Organizacji Układu o Bezpieczeństwie Zbiorowym",
                "Organizacja Układu o Bezpieczeństwie Zbiorowym",
            ),
            (Some("z"), "Unią Europejską", "Unia Europejska"),
            (Some("w"), "Radzie Bezpieczeństwa", "Rada Bezpieczeństwa"),
            (
                Some("przez"),
                "Najwyższą Izbę Kontroli",
                "Najwyższa Izba Kontroli",
            ),
        ] {
            check(organization, before, written, base);
        }
        for (before, written, base) in [
            (Some("w"), "Warszawie", "Warszawa"),
            (Some("w"), "Nowym Ogariowie", "Nowe Ogariowo"),
            (Some("do"), "Rosji", "Rosja"),
            (Some("w"), "Stanach Zjednoczonych", "Stany Zjednoczone"),
            (Some("z"), "Wielką Brytanią", "Wielka Brytania"),
        ] {
            check(EntityKind::Place, before, written, base);
        }
    }
}
