//! One name as the article writes it, and what makes two of them alike.

use std::collections::{BTreeMap, BTreeSet};

use crate::annotate::names::Found;
use crate::lang::Language;
use crate::lang::gender::Gender;
use crate::lang::known::is_acronym;
use crate::model::{Document, EntityKind};
use crate::terms::name_bases;
use crate::text::{normal_form, tokens};

/// One word of a name.
pub(super) struct Word {
    /// What it may be in its base form, in lower case.
    pub(super) bases: BTreeSet<String>,
    /// It stands for a word: "J." for Jarosław, "W." for Wielka. The "K." of "Jan K." hides a surname.
    is_initial: bool,
    /// A hyphen ties it to the word before.
    is_tied: bool,
}

impl Word {
    /// Whether two words can be one.
    fn is_like(&self, other: &Self) -> bool {
        if self.is_initial || other.is_initial {
            let begins = |word: &Self, other: &Self| {
                let letters = word.bases.first();
                letters.is_some_and(|letters| {
                    other
                        .bases
                        .iter()
                        .any(|base| base.starts_with(letters.as_str()))
                })
            };
            return (self.is_initial && begins(self, other))
                || (other.is_initial && begins(other, self));
        }
        !self.bases.is_disjoint(&other.bases)
    }
}

/// One name of the article: all mentions of one kind and base form.
pub(super) struct Name {
    pub(super) kind: EntityKind,
    /// The name as the finder put it, without the ending of an acronym.
    pub(super) base: String,
    pub(super) words: Vec<Word>,
    /// The words of the name that the lists know an acronym to stand for, if they know one.
    pub(super) stands_for: Vec<Word>,
    pub(super) count: usize,
    /// Number of the first mention.
    pub(super) first: usize,
    /// Whether it stands in the text as it is.
    pub(super) attested: bool,
    /// Man or woman, by the words before its mentions and the form of the surname.
    pub(super) form: Option<Gender>,
    /// The same with the first name, which may be put in its base form wrongly.
    pub(super) gender: Option<Gender>,
}

/// The names of an article, and which of them each mention is.
pub(super) struct Names {
    pub(super) all: Vec<Name>,
    pub(super) of_mention: Vec<usize>,
}

impl Names {
    /// Gathers what was found by kind and base form.
    pub(super) fn gather(
        document: &Document,
        found: &[Found],
        language: &'static Language,
    ) -> Self {
        let mut all: Vec<Name> = Vec::new();
        let mut places: BTreeMap<(EntityKind, &str), usize> = BTreeMap::new();
        let mut surfaces: BTreeSet<(usize, &str)> = BTreeSet::new();
        let mut of_mention = Vec::with_capacity(found.len());
        for (number, one) in found.iter().enumerate() {
            let surface = one.span.of(document.field(one.field));
            let base = without_ending(&one.base);
            let place = *places.entry((one.kind, base)).or_insert_with(|| {
                all.push(Name {
                    kind: one.kind,
                    base: base.to_owned(),
                    words: words_of(base, one.kind, language),
                    stands_for: expansion(base, one.kind, language),
                    count: 0,
                    first: number,
                    attested: false,
                    form: None,
                    gender: None,
                });
                all.len() - 1
            });
            of_mention.push(place);
            let Some(name) = all.get_mut(place) else {
                continue;
            };
            name.count += 1;
            name.attested |= surface == base;
            if surface != base && surfaces.insert((place, surface)) {
                let more = words_of(surface, one.kind, language);
                if more.len() == name.words.len() {
                    for (word, more) in name.words.iter_mut().zip(more) {
                        word.bases.extend(more.bases);
                    }
                }
            }
        }
        Self { all, of_mention }
    }
}

/// The words of a name; a leading article is none of them.
pub(super) fn words_of(name: &str, kind: EntityKind, language: &'static Language) -> Vec<Word> {
    let mut end = 0;
    let mut words = Vec::new();
    for span in tokens(name) {
        let token = span.of(name);
        let before = name.get(end..span.start()).unwrap_or_default();
        let after = name.get(span.end()..).unwrap_or_default();
        end = span.end();
        if words.is_empty() && language.articles.contains(&token.to_lowercase().as_str()) {
            continue;
        }
        let letters = token.chars().count();
        let is_initial = matches!(kind, EntityKind::Person | EntityKind::Place)
            && token.chars().all(char::is_alphabetic)
            && after.contains(char::is_alphabetic)
            && (letters == 1 || (letters == 2 && after.starts_with('.')));
        // "II" and "III" are two kings, whatever the dictionary can make of them.
        let is_exact = is_initial || is_number(token);
        let bases = if is_exact {
            BTreeSet::from([normal_form(token)])
        } else {
            name_bases(token, &[language]).into_iter().collect()
        };
        words.push(Word {
            bases,
            is_initial,
            is_tied: matches!(before, "-" | "–" | "‑") && !words.is_empty(),
        });
    }
    words
}

fn expansion(acronym: &str, kind: EntityKind, language: &'static Language) -> Vec<Word> {
    if kind != EntityKind::Organization || !is_acronym(acronym) {
        return Vec::new();
    }
    let mut bodies = (language.known)().organizations_named(acronym);
    match (bodies.next(), bodies.next()) {
        (Some(body), None) => words_of(body.name, kind, language),
        _ => Vec::new(),
    }
}

fn is_number(token: &str) -> bool {
    token.chars().all(|letter| "IVX".contains(letter)) || token.contains(char::is_numeric)
}

/// "MSZ-u", "PiS-em": an acronym without the ending that a hyphen ties to it.
pub(super) fn without_ending(name: &str) -> &str {
    let Some((stem, ending)) = name.rsplit_once(['-', '‑']) else {
        return name;
    };
    let capitals = stem.chars().filter(|letter| letter.is_uppercase()).count();
    let is_acronym = capitals >= 2 && stem.chars().all(char::is_alphanumeric);
    let is_ending =
        (1..=4).contains(&ending.chars().count()) && ending.chars().all(char::is_lowercase);
    if is_acronym && is_ending { stem } else { name }
}

impl Name {
    /// How full a name is: whole words, then initials, then letters.
    pub(super) fn fullness(&self) -> (usize, usize) {
        let initials = self.words.iter().filter(|word| word.is_initial).count();
        (self.words.len() - initials, initials)
    }

    /// Where the surname begins: the last word, with what hyphens tie to it.
    pub(super) fn surname(&self) -> usize {
        let tied = self.words.iter().rev().take_while(|word| word.is_tied);
        self.words.len().saturating_sub(1 + tied.count())
    }

    /// Whether word by word the two can be the same.
    pub(super) fn is_equal(&self, other: &Self) -> bool {
        are_alike(&self.words, &other.words)
    }

    /// Whether it can be the same as these words.
    pub(super) fn is_spelt(&self, words: &[Word]) -> bool {
        are_alike(&self.words, words)
    }

    /// Whether this name of a person calls the bearer of a fuller one: by the surname or one half
    /// of it, perhaps with some of the first names or their initials.
    pub(super) fn shortens(&self, whole: &Self) -> bool {
        let (given, surname) = self.words.split_at(self.surname());
        let (whole_given, whole_surname) = whole.words.split_at(whole.surname());
        let has_surname = !surname.is_empty()
            && whole_surname
                .windows(surname.len())
                .any(|part| are_alike(part, surname));
        let mut rest = whole_given.iter();
        has_surname
            && given
                .iter()
                .all(|word| rest.any(|other| word.is_like(other)))
    }

    /// Whether this is the first name of a fuller name, and nothing else.
    pub(super) fn is_first_name_of(&self, whole: &Self) -> bool {
        let [word] = self.words.as_slice() else {
            return false;
        };
        let [first, _, ..] = whole.words.as_slice() else {
            return false;
        };
        !word.is_initial && word.is_like(first)
    }

    /// Whether this one word is the noun that a longer name of an organization rests on: the first
    /// of its words, one behind adjectives, or the last, as the language has it.
    pub(super) fn is_head_of(&self, whole: &Self, language: &'static Language) -> bool {
        let [word] = self.words.as_slice() else {
            return false;
        };
        [&whole.words, &whole.stands_for].into_iter().any(|words| {
            let head = words.iter().position(|other| other.is_like(word));
            let before = head.and_then(|head| words.get(..head));
            let is_adjective = |word: &Word| {
                let mut bases = word.bases.iter();
                bases.any(|base| (language.hints)(base).adjective)
            };
            let is_last = language.noun_last && head.is_some_and(|head| head + 1 == words.len());
            let is_noun = is_last || before.is_some_and(|before| before.iter().all(is_adjective));
            words.len() > 1 && is_noun
        })
    }
}

fn are_alike(one: &[Word], other: &[Word]) -> bool {
    one.len() == other.len()
        && !one.is_empty()
        && one.iter().zip(other).all(|(one, other)| one.is_like(other))
}
