//! Polish names: what a word can be in one.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use super::super::lexicon::guesser::Sort;
use super::super::lexicon::{Analysis, Gender, NameClass, PartOfSpeech};
use super::super::lists::{self, WordList};
use super::super::{Hints, Sink};
use super::bases::GUESSER;
use super::{LEXICON, endings};
use crate::text::normal_form;

pub(super) static FIRST_NAMES: LazyLock<WordList> = LazyLock::new(|| {
    let mut names = lists::rows(include_str!("data/first_names.txt"));
    names.extend(lists::rows(include_str!("data/foreign_names.txt")));
    names
});
static COMMON_FIRST_NAMES: LazyLock<WordList> =
    LazyLock::new(|| lists::rows(include_str!("data/common_first_names.txt")));
pub(super) static ROLES: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/roles.txt")));
pub(super) static ORGANIZATIONS: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/organization_heads.txt")));
pub(super) static PLACES: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/place_heads.txt")));
static THINGS: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/things.txt")));
pub(super) static PARTICLES: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/particles.txt")));

/// How many words a thread remembers before it starts anew.
const REMEMBERED: usize = 1 << 16;

/// Answers that a thread has given before, by question.
type Memory<T> = RefCell<HashMap<String, T, foldhash::fast::RandomState>>;

thread_local! {
    static HINTS: Memory<Hints> = RefCell::default();
    static BASES: Memory<Rc<[String]>> = RefCell::default();
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

/// Everything a word of a name may be, in lower case.
pub(super) fn name_bases(form: &str, sink: Sink<'_>) {
    let bases = BASES.with(|memory| {
        remember(memory, form, || {
            let mut bases: Vec<String> = Vec::new();
            look_up_bases(form, &mut |base| bases.push(base.to_owned()));
            bases.into()
        })
    });
    bases.iter().for_each(|base| sink(base));
}

fn look_up_bases(form: &str, sink: Sink<'_>) {
    let mut known = false;
    for analysis in LEXICON.analyse(form) {
        let part = analysis.tag().part();
        if analysis.needs_capital() || matches!(part, PartOfSpeech::Noun | PartOfSpeech::Adjective)
        {
            known = true;
            sink(&analysis.lemma(form).to_lowercase());
        } else if part == PartOfSpeech::Participle
            && let Some(stem) = adjective_stem(form)
        {
            // "Zjednoczonych": the lemma would be a verb.
            known = true;
            sink(&format!("{stem}y"));
        }
    }
    if let Some(stem) = before_apostrophe(form) {
        sink(stem);
    }
    // Acronyms and numbers have no endings to guess by.
    let letters = form.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < SHORTEST {
        return;
    }
    if !known {
        listed_bases(form, sink);
        for sort in Sort::ALL {
            GUESSER.guess(sort, form, &mut |guess| {
                if guess.share >= LEAST_SHARE {
                    let base = guess.base(form);
                    if base.chars().count() >= SHORTEST - 1 {
                        sink(&base);
                    }
                }
            });
        }
    }
    for guess in endings::surnames(form) {
        sink(&guess.base);
    }
    if !known {
        for guess in endings::places(form) {
            sink(&guess.base);
        }
    }
}

/// Endings of men's first names that leave the rest of the word as it is.
const MENS_ENDINGS: [&str; 5] = ["a", "owi", "em", "iem", "u"];

/// Listed first names of men of which an unknown word is a form: "Alaksandra" of "Alaksandr", which
/// by its ending alone is a woman.
fn listed_bases(form: &str, sink: Sink<'_>) {
    for ending in MENS_ENDINGS {
        let stem = form.strip_suffix(ending);
        let is_man = |stem: &&str| listed_first_name(stem).is_some_and(|of| of.contains('m'));
        stem.filter(is_man).into_iter().for_each(&mut *sink);
    }
}

/// An adjective without its ending: `najwyższą` gives `najwyższ`.
pub(super) fn adjective_stem(form: &str) -> Option<&str> {
    let endings = [
        "ego", "emu", "ymi", "ych", "ym", "ej", "ą", "a", "e", "y", "i",
    ];
    endings.iter().find_map(|ending| form.strip_suffix(ending))
}

/// Guesses below this share are no way to find a name.
const LEAST_SHARE: f32 = 0.04;

/// A shorter word declines like no other.
const SHORTEST: usize = 4;

/// Endings that Polish writes behind an apostrophe: "Farage'a", "Charles'em".
const BEHIND_APOSTROPHE: [&str; 15] = [
    "a", "owi", "em", "ie", "u", "y", "i", "ego", "emu", "im", "ym", "ów", "om", "ami", "m",
];

/// A foreign name before its Polish ending; nothing for "O'Brien".
pub(super) fn before_apostrophe(form: &str) -> Option<&str> {
    let (stem, ending) = form.rsplit_once('\'')?;
    (stem.len() > 1 && BEHIND_APOSTROPHE.contains(&ending)).then_some(stem)
}

/// The genders of a first name that is listed: `f`, `m` or both.
pub(super) fn listed_first_name(base: &str) -> Option<&'static str> {
    let names = [&FIRST_NAMES, &COMMON_FIRST_NAMES];
    names.iter().find_map(|names| names.get(base).copied())
}

/// Whether a lemma begins the names of organizations or places.
pub(super) fn is_head(lemma: &str) -> bool {
    ORGANIZATIONS.contains_key(lemma) || PLACES.contains_key(lemma)
}

/// Whether a word in lower case may stand inside a person's name.
pub(super) fn is_particle(form: &str) -> bool {
    PARTICLES.contains_key(form)
}
