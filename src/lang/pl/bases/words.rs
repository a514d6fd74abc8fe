//! What a single word of a name may be: readings out of the dictionary and out of its ending.

use super::super::super::lexicon::guesser::Sort;
use super::super::super::lexicon::{
    Analysis, Case, Cases, Gender, NameClass, Number, PartOfSpeech,
};
use super::super::{LEXICON, endings, names};
use super::GUESSER;
use crate::model::EntityKind;

/// One way to read a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The base form, in lower case.
    pub(super) base: String,
    /// The cases the word would stand in.
    pub(super) cases: Cases,
    /// The gender it would have, or whichever.
    pub(super) gender: Option<Gender>,
    /// Whether it would be a plural.
    pub(super) plural: bool,
    /// Whether it would be a man, or men.
    pub(super) personal: bool,
    /// How likely the reading is, among those of the word.
    pub(super) weight: f32,
}

/// A word that is the same in every case.
pub(super) fn undeclined(form: &str, weight: f32) -> Reading {
    Reading {
        base: form.to_owned(),
        cases: Case::ALL.into_iter().fold(Cases::default(), Cases::with),
        gender: None,
        plural: false,
        personal: false,
        weight,
    }
}

fn oblique() -> Cases {
    let cases = Case::ALL
        .into_iter()
        .filter(|case| *case != Case::Nominative);
    cases.fold(Cases::default(), Cases::with)
}

/// The gender of a reading, if it has just one.
fn gender_of(analysis: &Analysis<'_>) -> Option<Gender> {
    let genders = analysis.tag().genders();
    let mut known = [Gender::Masculine, Gender::Feminine, Gender::Neuter]
        .into_iter()
        .filter(|gender| genders.contains(*gender));
    known.next().filter(|_| known.next().is_none())
}

fn declines(analysis: &Analysis<'_>) -> bool {
    let cases = analysis.tag().cases();
    let only_vocative = Cases::default().with(Case::Vocative);
    matches!(
        analysis.tag().part(),
        PartOfSpeech::Noun | PartOfSpeech::Adjective
    ) && !cases.is_empty()
        && cases != only_vocative
}

/// The readings of one analysis, in one number each.
fn push(form: &str, analysis: &Analysis<'_>, weight: f32, readings: &mut Vec<Reading>) {
    let tag = analysis.tag();
    let mut base = String::new();
    analysis.write_lowercase_lemma(form, &mut base);
    for (number, plural) in [(Number::Singular, false), (Number::Plural, true)] {
        if tag.has_number(number) {
            readings.push(Reading {
                base: base.clone(),
                cases: tag.cases(),
                gender: gender_of(analysis),
                plural,
                personal: tag.is_personal(),
                weight,
            });
        }
    }
}

/// Makes the weights add up to `share`.
fn scale(readings: &mut [Reading], share: f32) {
    let all: f32 = readings.iter().map(|reading| reading.weight).sum();
    if all > 0.0 {
        for reading in readings {
            reading.weight *= share / all;
        }
    }
}

/// The guesses for a word, which add up to about 1.
fn guesses(form: &str, sort: Sort) -> Vec<Reading> {
    let mut readings = Vec::new();
    GUESSER.guess(sort, form, &mut |guess| {
        readings.push(Reading {
            base: guess.base(form),
            cases: guess.cases(),
            gender: guess.gender(),
            plural: guess.is_plural(),
            personal: guess.gender() == Some(Gender::Masculine) && sort != Sort::Place,
            weight: guess.share,
        });
    });
    readings
}

/// How likely a word is a base form already, by its ending.
pub(super) fn share_as_is(form: &str, sort: Sort) -> f32 {
    let mut share = 0.0;
    GUESSER.guess(sort, form, &mut |guess| {
        let ending = guess.ending();
        if ending.cut == 0 && ending.added.is_empty() {
            share += guess.share;
        }
    });
    f32::min(share, 1.0)
}

/// How likely an unknown word does not decline: hardly ever where it ends as only Polish cases do,
/// now and then where it ends in a vowel as foreign words do. `as_is` is how likely it is a base form.
fn undeclined_share(form: &str, as_is: f32) -> f32 {
    const POLISH: [&str; 14] = [
        "owi", "iem", "em", "ego", "emu", "iej", "ą", "ę", "ach", "ami", "om", "im", "ich", "ych",
    ];
    if form.chars().count() <= 3 {
        // "Kim", "Xi": too short to have an ending.
        0.3
    } else if POLISH.iter().any(|ending| form.ends_with(ending)) {
        0.001
    } else if form.ends_with('a') {
        0.003
    } else if form.ends_with(['i', 'y', 'o', 'e', 'u', 'é']) && !form.ends_with("ie") {
        0.03 + 0.2 * as_is
    } else {
        0.008 + 0.06 * as_is
    }
}

/// Where a word stands in the name of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    /// The first of several.
    Given,
    /// Between the first and the last.
    Second,
    /// The surname, after other names.
    Family,
    /// The only word.
    Only,
}

/// What a word of a person's name may be.
pub(super) fn of_person(form: &str, position: Position) -> Vec<Reading> {
    if let Some(stem) = names::before_apostrophe(form) {
        return vec![Reading {
            base: stem.to_owned(),
            cases: oblique(),
            gender: Some(Gender::Masculine),
            plural: false,
            personal: true,
            weight: 1.0,
        }];
    }
    let (first, surname) = match position {
        Position::Given => (1.0, 0.25),
        Position::Second => (1.0, 0.7),
        Position::Family => (0.3, 1.0),
        Position::Only => (0.6, 1.0),
    };
    let mut readings = Vec::new();
    let mut others = Vec::new();
    for analysis in LEXICON.analyse(form).filter(declines) {
        let class = analysis.class();
        let mut weight: f32 = 0.0;
        if class.is(NameClass::FIRST_NAME) {
            weight = weight.max(first);
        }
        if class.is(NameClass::SURNAME) {
            weight = weight.max(surname);
        }
        if weight > 0.0 && analysis.needs_capital() {
            push(form, &analysis, weight, &mut readings);
        } else {
            push(form, &analysis, 1.0, &mut others);
        }
    }
    let is_known = !readings.is_empty();
    let sort = if matches!(position, Position::Given | Position::Second) {
        Sort::First
    } else {
        Sort::Surname
    };
    let mut guessed = guesses(form, sort);
    if let Position::Given | Position::Second = position {
        // Some first names abroad decline as surnames do here.
        for mut reading in guesses(form, Sort::Surname) {
            reading.weight *= if position == Position::Given {
                0.3
            } else {
                1.5
            };
            guessed.push(reading);
        }
    }
    // Women who bear a man's surname do not decline it: "Nicoli Sturgeon".
    let is_mans = readings.iter().any(|reading| {
        reading.base == form && reading.gender == Some(Gender::Masculine) && !reading.plural
    });
    let is_womans = readings
        .iter()
        .any(|reading| reading.base == form && reading.gender == Some(Gender::Feminine));
    if is_mans && !is_womans && position != Position::Given && !form.ends_with('a') {
        let mut reading = undeclined(form, surname);
        reading.gender = Some(Gender::Feminine);
        readings.push(reading);
    }
    scale(&mut readings, 0.9);
    scale(&mut others, 0.15);
    let guessed_share = match (is_known, sort) {
        (true, Sort::First) => 0.02,
        (true, _) => 0.1,
        (false, _) => 0.85,
    };
    scale(&mut guessed, guessed_share);
    readings.append(&mut guessed);
    if !is_known {
        readings.append(&mut others);
    }
    for guess in endings::surnames(form).filter(|_| position != Position::Given) {
        readings.push(Reading {
            base: guess.base,
            cases: guess.cases,
            gender: Some(Gender::Masculine),
            plural: false,
            personal: true,
            weight: guess.weight,
        });
    }
    // "Alaksandrem": the listed name has no fleeting "e". "Mychajłem": names in "o" decline as if
    // they had no ending.
    if matches!(position, Position::Given | Position::Second) {
        let [_, genitive, dative, accusative, instrumental, ..] = Case::ALL;
        for (ending, added, cases) in [
            ("a", "o", Cases::default().with(genitive).with(accusative)),
            ("owi", "o", Cases::default().with(dative)),
            ("em", "o", Cases::default().with(instrumental)),
            ("a", "", Cases::default().with(genitive).with(accusative)),
            ("owi", "", Cases::default().with(dative)),
            ("em", "", Cases::default().with(instrumental)),
            ("iem", "", Cases::default().with(instrumental)),
        ] {
            let base = form
                .strip_suffix(ending)
                .map(|stem| format!("{stem}{added}"));
            let is_listed = |base: &String| {
                names::listed_first_name(base).is_some_and(|genders| genders.contains('m'))
            };
            if let Some(base) = base.filter(is_listed) {
                let mut reading = undeclined(&base, 0.4);
                reading.cases = cases;
                reading.gender = Some(Gender::Masculine);
                readings.push(reading);
            }
        }
    }
    favour_listed(form, position, &mut readings);
    if !is_known {
        let as_is = share_as_is(form, sort);
        // Where a first name that is listed explains the form, it hardly is another one.
        let is_explained = position == Position::Given
            && readings
                .iter()
                .any(|reading| names::listed_first_name(&reading.base).is_some());
        let share = if is_explained { 0.2 } else { 1.0 };
        readings.push(undeclined(form, undeclined_share(form, as_is) * share));
    }
    readings
}

/// First names that are listed are likelier than others.
fn favour_listed(form: &str, position: Position, readings: &mut Vec<Reading>) {
    let bonus = match position {
        Position::Given => 6.0,
        Position::Second => 4.0,
        Position::Only => 2.0,
        Position::Family => 1.0,
    };
    let fits = |genders: &str, gender: Option<Gender>| match gender {
        Some(Gender::Masculine) => genders.contains('m'),
        Some(Gender::Feminine) => genders.contains('f'),
        _ => true,
    };
    // "Swiatłana" is listed, and so hardly a form of a "Swiatłan" that is not.
    let is_listed = position == Position::Given && names::listed_first_name(form).is_some();
    for reading in readings.iter_mut() {
        let Some(genders) = names::listed_first_name(&reading.base) else {
            reading.weight *= if is_listed { 0.2 } else { 1.0 };
            continue;
        };
        reading.weight *= if fits(genders, reading.gender) {
            bonus
        } else {
            0.3
        };
    }
    let Some(genders) = names::listed_first_name(form).filter(|_| position != Position::Family)
    else {
        return;
    };
    // "Fumia Kishidy" and "Fumio Kishidy" are both written.
    if form.ends_with('o') && genders == "m" {
        let mut reading = undeclined(form, bonus * 0.2);
        reading.gender = Some(Gender::Masculine);
        readings.push(reading);
    }
    for (letter, gender) in [('m', Gender::Masculine), ('f', Gender::Feminine)] {
        let is_there = readings.iter().any(|reading| {
            reading.base == form && reading.gender.is_none_or(|known| known == gender)
        });
        if genders.contains(letter) && !is_there {
            readings.push(Reading {
                base: form.to_owned(),
                cases: Cases::default().with(Case::Nominative),
                gender: Some(gender),
                plural: false,
                personal: true,
                weight: bonus * 0.4,
            });
        }
    }
}

/// A word of a name that is no person's.
#[derive(Debug, Default)]
pub(super) struct Word {
    /// What it may be as the head.
    pub(super) nouns: Vec<Reading>,
    /// What it may be beside the head; the base is the masculine singular.
    pub(super) adjectives: Vec<Reading>,
    /// Whether the dictionary holds it.
    pub(super) is_known: bool,
    /// How likely it is a base form already, where the dictionary does not hold it.
    pub(super) as_is: f32,
}

impl Word {
    /// Whether it may stand behind a head as it is: in the genitive, say, or in no case at all.
    pub(super) fn can_follow(&self) -> bool {
        let mut readings = self.nouns.iter().chain(&self.adjectives).peekable();
        !self.is_known
            || readings.peek().is_none()
            || readings.any(|reading| {
                let cases = reading.cases;
                cases.contains(Case::Genitive) || cases.contains(Case::Nominative)
            })
    }
}

/// What a word of a name of this kind may be.
pub(super) fn of_phrase(form: &str, kind: EntityKind, is_only: bool) -> Word {
    let mut word = Word {
        is_known: LEXICON.contains(form),
        ..Word::default()
    };
    let wanted = match kind {
        EntityKind::Place => NameClass::PLACE.or(NameClass::PART),
        _ => NameClass::ORGANIZATION.or(NameClass::PART),
    };
    let person = NameClass::FIRST_NAME.or(NameClass::SURNAME);
    let mut is_name = false;
    for analysis in LEXICON.analyse(form) {
        let tag = analysis.tag();
        if matches!(
            tag.part(),
            PartOfSpeech::Adjective | PartOfSpeech::Participle
        ) {
            let positive = tag.part() == PartOfSpeech::Adjective && tag.text().ends_with("pos");
            push(form, &analysis, 1.0, &mut word.adjectives);
            if !positive && let Some(stem) = names::adjective_stem(form) {
                for reading in word.adjectives.iter_mut().rev().take(1) {
                    reading.base = format!("{stem}y");
                }
            }
        }
        if tag.part() != PartOfSpeech::Noun || !declines(&analysis) {
            continue;
        }
        let mut lemma = String::new();
        analysis.write_lemma(form, &mut lemma);
        let class = analysis.class();
        let is_plural = !tag.has_number(Number::Singular);
        let weight = if kind == EntityKind::Place && class.is(NameClass::PLACE) && is_plural {
            // "Niemcy", "Kielce": places that are plurals have no singular.
            36.0
        } else if names::is_head(&lemma) || class.is(wanted) {
            6.0
        } else if class.is(person) || analysis.is_people() {
            0.15
        } else if analysis.needs_capital() {
            1.5
        } else if kind == EntityKind::Place && (is_only || tag.is_personal()) {
            0.3
        } else {
            2.0
        };
        is_name |= analysis.needs_capital() && !class.is(person) || names::is_head(&lemma);
        push(form, &analysis, weight, &mut word.nouns);
    }
    if !word.is_known {
        adjectives(form, &mut word.adjectives);
    }
    let mut guessed = guesses(form, Sort::Place);
    if kind != EntityKind::Place {
        // Companies are often called by surnames: "Sunaira" like "Blaira".
        for mut reading in guesses(form, Sort::Surname) {
            if reading.gender == Some(Gender::Masculine) && !reading.plural {
                reading.weight *= 0.4;
                reading.personal = false;
                guessed.push(reading);
            }
        }
    }
    word.as_is = share_as_is(form, Sort::Place);
    if let Some(stem) = names::before_apostrophe(form) {
        word.nouns.push(Reading {
            base: stem.to_owned(),
            cases: oblique(),
            gender: Some(Gender::Masculine),
            plural: false,
            personal: false,
            weight: 2.0,
        });
        return word;
    }
    let share = match (word.is_known, is_name) {
        (false, _) => 1.0,
        (true, false) if is_only => 0.3,
        (true, false) => 0.0,
        (true, true) => 0.02,
    };
    if share > 0.0 {
        scale(&mut guessed, share);
        word.nouns.append(&mut guessed);
    }
    if kind == EntityKind::Place && !word.is_known {
        word.nouns
            .extend(endings::places(form).map(|guess| Reading {
                base: guess.base,
                cases: guess.cases,
                gender: Some(Gender::Neuter),
                plural: false,
                personal: false,
                weight: guess.weight,
            }));
    }
    if !word.is_known || !is_name && is_only {
        let weight = undeclined_share(form, word.as_is) * share;
        word.nouns.push(undeclined(form, weight));
    }
    word
}

/// Adjectives that are made of the names of places and end in "ski" or "cki".
fn adjectives(form: &str, readings: &mut Vec<Reading>) {
    let (m, f, n) = (
        Some(Gender::Masculine),
        Some(Gender::Feminine),
        Some(Gender::Neuter),
    );
    let case = |cases: &[Case]| cases.iter().copied().fold(Cases::default(), Cases::with);
    let [
        nominative,
        genitive,
        dative,
        accusative,
        instrumental,
        locative,
        _,
    ] = Case::ALL;
    let rows = [
        ("i", false, case(&[nominative, accusative]), m),
        ("iego", false, case(&[genitive, accusative]), m),
        ("iego", false, case(&[genitive]), n),
        ("iemu", false, case(&[dative]), m),
        ("iemu", false, case(&[dative]), n),
        ("im", false, case(&[instrumental, locative]), m),
        ("im", false, case(&[instrumental, locative]), n),
        ("im", true, case(&[dative]), None),
        ("a", false, case(&[nominative]), f),
        ("iej", false, case(&[genitive, dative, locative]), f),
        ("ą", false, case(&[accusative, instrumental]), f),
        ("ie", false, case(&[nominative, accusative]), n),
        ("ie", true, case(&[nominative, accusative]), None),
        ("ich", true, case(&[genitive, locative]), None),
        ("imi", true, case(&[instrumental]), None),
    ];
    for (ending, plural, cases, gender) in rows {
        let stem = form.strip_suffix(ending);
        if let Some(stem) = stem
            .filter(|stem| stem.ends_with("sk") || stem.ends_with("ck") || stem.ends_with("dzk"))
        {
            readings.push(Reading {
                base: format!("{stem}i"),
                cases,
                gender,
                plural,
                personal: false,
                weight: 1.0,
            });
        }
    }
}
