//! What tells a man from a woman in Polish.

use std::sync::LazyLock;

use super::super::gender::{Gender, Genders};
use super::super::lexicon::{self, NameClass, Number, PartOfSpeech};
use super::super::lists::{self, WordList};
use super::LEXICON;
use super::names::FIRST_NAMES;
use crate::text::normal_form;

/// First names that the register holds for one gender, and that the other bears abroad.
const EITHER: [&str; 11] = [
    "alex", "alexis", "andrea", "aung", "dana", "jean", "michele", "nicola", "nikol", "robin",
    "simone",
];

static BEFORE: LazyLock<WordList> = LazyLock::new(|| lists::rows(include_str!("data/genders.txt")));

pub(super) const GENDERS: Genders = Genders {
    of_first_name,
    of_surname,
    of_word_before,
    of_word_behind,
};

fn of_first_name(name: &str) -> Option<Gender> {
    let form = normal_form(name);
    if EITHER.contains(&form.as_str()) {
        return None;
    }
    if let Some(letters) = FIRST_NAMES.get(form.as_str()) {
        return Gender::from_letter(letters);
    }
    let readings = LEXICON
        .analyse(&form)
        .filter(|reading| reading.class().is(NameClass::FIRST_NAME))
        .filter(|reading| reading.tag().cases().contains(lexicon::Case::Nominative))
        .filter(|reading| reading.tag().has_number(Number::Singular));
    only(readings.map(|reading| gender_of(reading.tag())))
}

/// "Kowalska" is a woman and "Kowalski" a man. A surname that ends in a consonant declines only
/// when it is a man's: "Trumpa", "Nowakiem".
fn of_surname(written: &str, base: &str) -> Option<Gender> {
    let (form, base) = (normal_form(written), normal_form(base));
    let ends = |endings: &[&str]| endings.iter().any(|ending| base.ends_with(ending));
    if ends(&["ski", "cki", "dzki"]) {
        return Some(Gender::Masculine);
    }
    if ends(&["ska", "cka", "dzka"]) {
        return Some(Gender::Feminine);
    }
    let is_consonant = |letter: char| letter.is_alphabetic() && !"aąeęioóuy".contains(letter);
    let is_longer = form.chars().count() > base.chars().count();
    let declines = is_longer && !form.contains('-') && base.ends_with(is_consonant);
    // "Trumpów" and "Trumpom" are several people.
    let is_several = ["ów", "om", "ami", "ach", "owie"]
        .iter()
        .any(|ending| form.ends_with(ending));
    (declines && !is_several).then_some(Gender::Masculine)
}

fn of_word_before(word: &str) -> Option<Gender> {
    let form = normal_form(word);
    let nouns = LEXICON
        .analyse(&form)
        .filter(|reading| reading.tag().part() == PartOfSpeech::Noun)
        .filter(|reading| reading.tag().has_number(Number::Singular));
    only(nouns.filter_map(|reading| {
        let letters = BEFORE.get(reading.lemma(&form).as_str())?;
        Some(Gender::from_letter(letters))
    }))
}

/// The past tense tells: "powiedział", "powiedziała".
fn of_word_behind(word: &str) -> Option<Gender> {
    let form = normal_form(word);
    let past = LEXICON
        .analyse(&form)
        .map(|reading| reading.tag())
        .filter(|tag| tag.part_of_speech() == "praet" && tag.has_number(Number::Singular));
    only(past.map(gender_of))
}

fn gender_of(tag: lexicon::Tag<'_>) -> Option<Gender> {
    let genders = tag.genders();
    let masculine = genders.contains(lexicon::Gender::Masculine);
    let feminine = genders.contains(lexicon::Gender::Feminine);
    match (masculine, feminine) {
        (true, false) => Some(Gender::Masculine),
        (false, true) => Some(Gender::Feminine),
        _ => None,
    }
}

/// The answer that all give.
fn only(mut all: impl Iterator<Item = Option<Gender>>) -> Option<Gender> {
    let first = all.next()??;
    all.all(|next| next == Some(first)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAN: Option<Gender> = Some(Gender::Masculine);
    const WOMAN: Option<Gender> = Some(Gender::Feminine);

    #[test]
    fn names() {
        for (name, gender) in [
            ("Donald", MAN),
            ("Melania", WOMAN),
            ("Wołodymyr", MAN),
            ("Nikol", None),
            ("Andrea", None),
        ] {
            assert_eq!(of_first_name(name), gender, "{name}");
        }
        for (written, base, gender) in [
            ("Trumpa", "Trump", MAN),
            ("Trump", "Trump", None),
            ("Trumpów", "Trump", None),
            ("Kowalskiej", "Kowalska", WOMAN),
            ("Kowalski", "Kowalski", MAN),
            ("Szydło", "Szydło", None),
            ("Łukaszenki", "Łukaszenka", None),
        ] {
            assert_eq!(of_surname(written, base), gender, "{written}");
        }
    }

    #[test]
    fn words_beside() {
        for (word, gender) in [
            ("posłanki", WOMAN),
            ("mąż", None),
            ("pani", WOMAN),
            ("pana", MAN),
            ("prezydent", None),
            ("i", None),
        ] {
            assert_eq!(of_word_before(word), gender, "{word}");
        }
        for (word, gender) in [
            ("powiedział", MAN),
            ("powiedziała", WOMAN),
            ("mówi", None),
            ("była", WOMAN),
            ("dom", None),
        ] {
            assert_eq!(of_word_behind(word), gender, "{word}");
        }
    }
}
