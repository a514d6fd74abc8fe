//! Tokens to terms: what an engine stores for a word, and what it is asked for.
//!
//! Every token gives its *form term*, `=` and the form in lower case, and one *lemma term* for
//! each of its lemmas that differs from the form.
//! So a lemma is found by two terms: `putin` where the form was another, `=putin` where the form
//! is the lemma itself. That keeps one posting per token for the half of all running words that
//! stand in their base form, are numbers, or are in no dictionary.
//! Letters are not folded here; folding happens when a question is asked.

pub mod matching;

use std::collections::HashMap;

use crate::lang::Language;
use crate::text::normal_form;

/// Stands before the form in a form term. No token begins with it.
pub const FORM_MARK: char = '=';

/// How many different tokens an analyser remembers before it starts anew.
const CACHE_SIZE: usize = 1 << 17;

/// The terms of one token: the form term first, then the lemma terms.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    text: &'a str,
    /// Where each term ends, counted from the start of the first.
    ends: &'a [u32],
}

impl<'a> Terms<'a> {
    /// How many there are; at least 1.
    pub fn len(self) -> usize {
        self.ends.len()
    }

    /// Never.
    pub fn is_empty(self) -> bool {
        self.ends.is_empty()
    }

    /// The term at `index`, or an empty text when there are not so many.
    pub fn get(self, index: usize) -> &'a str {
        let end_of = |index: usize| self.ends.get(index).map_or(0, |&end| end as usize);
        let start = index.checked_sub(1).map_or(0, end_of);
        self.text.get(start..end_of(index)).unwrap_or_default()
    }

    /// All of them, the form term first.
    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |index| self.get(index))
    }
}

/// Gives tokens of one language their terms, and remembers what it gave.
#[derive(Debug, Clone)]
pub struct Analyzer {
    language: &'static Language,
    terms: Memory,
    bases: Memory,
}

/// What was found out about tokens.
///
/// All of it lies in one text, so that a token costs one search and no more.
#[derive(Debug, Clone, Default)]
struct Memory {
    places: HashMap<Box<str>, Place, foldhash::fast::RandomState>,
    text: String,
    ends: Vec<u32>,
}

/// Where an analyser keeps the terms of a token, until the next token is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    text: u32,
    ends: u32,
    count: u32,
}

/// A place or length in what an analyser remembers, which is far below 4 GiB.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Analyzer {
    /// An analyser that has not seen a word yet.
    pub fn new(language: &'static Language) -> Self {
        Self {
            language,
            terms: Memory::default(),
            bases: Memory::default(),
        }
    }

    /// The language it reads.
    pub fn language(&self) -> &'static Language {
        self.language
    }

    /// The terms of a token, as it is written.
    pub fn terms(&mut self, token: &str) -> Terms<'_> {
        let place = self.place(token);
        self.at(place)
    }

    /// What [`name_bases`] gives for a token in this language.
    pub fn name_bases(&mut self, token: &str) -> Terms<'_> {
        let languages = [self.language];
        let place = self
            .bases
            .place(token, |token| name_bases(token, &languages));
        self.bases.at(place)
    }

    /// Looks a token up; its terms are then had by [`Analyzer::at`] without another search.
    pub(crate) fn place(&mut self, token: &str) -> Place {
        let language = self.language;
        let terms = &mut self.terms;
        terms.place(token, |token| token_terms(token, language))
    }

    /// The terms of the token that was looked up last.
    pub(crate) fn at(&self, place: Place) -> Terms<'_> {
        self.terms.at(place)
    }
}

impl Memory {
    fn place(&mut self, token: &str, find_out: impl FnOnce(&str) -> Vec<String>) -> Place {
        if let Some(&place) = self.places.get(token) {
            return place;
        }
        if self.places.len() >= CACHE_SIZE {
            self.places.clear();
            self.text.clear();
            self.ends.clear();
        }
        let terms = find_out(token);
        let place = Place {
            text: small(self.text.len()),
            ends: small(self.ends.len()),
            count: small(terms.len()),
        };
        let mut end = 0;
        for term in &terms {
            self.text.push_str(term);
            end += small(term.len());
            self.ends.push(end);
        }
        self.places.insert(token.into(), place);
        place
    }

    fn at(&self, place: Place) -> Terms<'_> {
        let (text, ends) = (place.text as usize, place.ends as usize);
        Terms {
            text: self.text.get(text..).unwrap_or_default(),
            ends: self
                .ends
                .get(ends..ends + place.count as usize)
                .unwrap_or_default(),
        }
    }
}

/// The lemmas of a token in lower case, each once; the form itself where none is known.
///
/// With `written_small`, readings that want a capital are left out where there are others. What
/// people type is read without it: `tusk` may be the name.
pub fn lemmas(token: &str, written_small: bool, language: &Language) -> Vec<String> {
    let form = normal_form(token);
    let mut lemmas: Vec<String> = Vec::new();
    (language.lemmas)(&form, written_small, &mut |lemma| {
        if !lemmas.iter().any(|known| known == lemma) {
            lemmas.push(lemma.to_owned());
        }
    });
    if lemmas.is_empty() {
        lemmas.push(form);
    }
    lemmas
}

/// The form term of a token.
pub fn form_term(token: &str) -> String {
    format!("{FORM_MARK}{}", normal_form(token))
}

fn token_terms(token: &str, language: &Language) -> Vec<String> {
    let form = form_term(token);
    let written_small = !token.contains(char::is_uppercase);
    let mut terms = lemmas(token, written_small, language);
    terms.retain(|lemma| form.strip_prefix(FORM_MARK) != Some(lemma));
    terms.insert(0, form);
    terms
}

/// What one word of a name may be in its base form: the form as written and every base that
/// the language can think of, in lower case, each once.
///
/// Two spellings of a name can be the same where these overlap.
pub fn name_bases(word: &str, languages: &[&'static Language]) -> Vec<String> {
    let form = normal_form(word);
    let mut bases = vec![form.clone()];
    for language in languages {
        (language.name_bases)(&form, &mut |base| {
            if !bases.iter().any(|known| known == base) {
                bases.push(base.to_owned());
            }
        });
    }
    bases
}

/// The terms that stand for a lemma: itself, and the form that is the lemma.
pub fn terms_of_lemma(lemma: &str) -> [String; 2] {
    [lemma.to_owned(), format!("{FORM_MARK}{lemma}")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{OTHER, en::ENGLISH};

    #[track_caller]
    fn check(language: &'static Language, token: &str, expected: &[&str]) {
        let mut analyzer = Analyzer::new(language);
        for _ in 0..2 {
            let terms: Vec<&str> = analyzer.terms(token).iter().collect();
            assert_eq!(terms, expected, "{token}");
        }
    }

    #[test]
    fn a_form_that_is_its_own_lemma_has_one_term() {
        check(&OTHER, "Tasmagambetow", &["=tasmagambetow"]);
        check(&OTHER, "2023", &["=2023"]);
        check(&OTHER, "Łódź", &["=łódź"]);
        check(&ENGLISH, "talk", &["=talk"]);
        check(&ENGLISH, "Talks", &["=talks", "talk"]);
        check(&ENGLISH, "Putin’s", &["=putin's", "putin"]);
    }

    #[test]
    fn long_forms_are_cut_on_a_letter() {
        let word = "ż".repeat(1000);
        let term = form_term(&word);
        assert_eq!(term.len(), 1 + crate::text::MAX_FORM);
        check(&OTHER, &word, &[&term]);
    }
}
