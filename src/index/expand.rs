//! The terms of an index that answer to what was typed.

use std::collections::BTreeSet;

use tantivy::Searcher;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::Mistake;
use crate::lang::Language;
use crate::model::Span;
use crate::terms::{FORM_MARK, form_term, lemmas, name_bases, terms_of_lemma};
use crate::text::spelling::Progress;
use crate::text::{Spelling, normal_form};

/// A prefix or regex that stands for more terms than this is refused.
const MAX_TERMS: usize = 10_000;

/// Terms that stand for one word of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Expansion {
    /// This very form.
    pub(super) form: BTreeSet<String>,
    /// Other forms of the same words.
    pub(super) exact: BTreeSet<String>,
    /// The same with diacritics that one side lacks.
    pub(super) loose: BTreeSet<String>,
}

impl Expansion {
    /// Every term.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.form.iter().chain(&self.exact).chain(&self.loose)
    }

    fn close(mut self) -> Self {
        self.exact.retain(|term| !self.form.contains(term));
        self.loose
            .retain(|term| !self.form.contains(term) && !self.exact.contains(term));
        self
    }
}

struct Walk<'a>(&'a Spelling);

impl Automaton for Walk<'_> {
    type State = Progress;

    fn start(&self) -> Progress {
        self.0.start()
    }

    fn is_match(&self, state: &Progress) -> bool {
        self.0.is_match(*state)
    }

    fn can_match(&self, state: &Progress) -> bool {
        self.0.can_match(*state)
    }

    fn accept(&self, state: &Progress, byte: u8) -> Progress {
        self.0.read(*state, byte)
    }
}

/// Terms of a field that the spelling accepts, until there are more than [`MAX_TERMS`].
fn spelled(
    searcher: &Searcher,
    field: Field,
    spelling: &Spelling,
) -> tantivy::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().search(Walk(spelling)).into_stream()?;
        while stream.advance() && found.len() <= MAX_TERMS {
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                found.insert(term.to_owned());
            }
        }
    }
    Ok(found)
}

/// All terms for any form of a word in one language.
pub(super) fn word(
    searcher: &Searcher,
    field: Field,
    word: &str,
    language: &'static Language,
) -> tantivy::Result<Expansion> {
    let mut expansion = Expansion::default();
    expansion.form.insert(form_term(word));
    let known = lemmas(word, false, language);
    expansion
        .exact
        .extend(known.iter().flat_map(|lemma| terms_of_lemma(lemma)));
    for spelling in spellings(word, language) {
        let lemmas = lemmas(&spelling, false, language);
        expansion
            .loose
            .extend(lemmas.iter().flat_map(|lemma| terms_of_lemma(lemma)));
    }
    let typed: Vec<String> = expansion
        .form
        .iter()
        .chain(&expansion.exact)
        .cloned()
        .collect();
    for term in typed {
        expansion
            .loose
            .extend(spelled(searcher, field, &Spelling::of(&term))?);
    }
    Ok(expansion.close())
}

/// All terms for one word of a name.
pub(super) fn name_word(
    searcher: &Searcher,
    field: Field,
    word: &str,
    languages: &[&'static Language],
) -> tantivy::Result<Expansion> {
    let mut expansion = Expansion::default();
    expansion.form.insert(normal_form(word));
    expansion.exact.extend(name_bases(word, languages));
    for language in languages {
        for spelling in spellings(word, language) {
            expansion.loose.extend(name_bases(&spelling, languages));
        }
    }
    let typed: Vec<String> = expansion.all().cloned().collect();
    for term in typed {
        expansion
            .loose
            .extend(spelled(searcher, field, &Spelling::of(&term))?);
    }
    Ok(expansion.close())
}

/// Forms in the dictionary that are the word with diacritics put in or taken out.
pub(super) fn spellings(word: &str, language: &Language) -> Vec<String> {
    let form = normal_form(word);
    let mut found = Vec::new();
    (language.spellings)(&Spelling::of(&form), &mut |spelling| {
        if spelling != form {
            found.push(spelling.to_owned());
        }
    });
    found
}

/// Terms whose form begins so; `mark` is [`FORM_MARK`] in word fields, nothing in name fields.
pub(super) fn prefix(
    searcher: &Searcher,
    field: Field,
    mark: &str,
    prefix: &str,
) -> crate::Result<BTreeSet<String>> {
    let spelling = Spelling::of_prefix(&format!("{mark}{}", normal_form(prefix)));
    let terms = spelled(searcher, field, &spelling).map_err(super::engine_error("".as_ref()))?;
    within_limit(terms, &format!("{prefix}*"))
}

/// Form terms that a regular expression matches as a whole.
pub(super) fn regex(
    searcher: &Searcher,
    field: Field,
    pattern: &str,
    regex: &regex::Regex,
) -> crate::Result<BTreeSet<String>> {
    let fail = super::engine_error("".as_ref());
    let mut found = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field).map_err(&fail)?;
        let mut mark = [0; 4];
        let mark = FORM_MARK.encode_utf8(&mut mark);
        let range = index.terms().range().ge(mark.as_bytes());
        let mut stream = range.into_stream().map_err(super::io_error("".as_ref()))?;
        while stream.advance() && found.len() <= MAX_TERMS {
            let Ok(term) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            match term.strip_prefix(FORM_MARK) {
                Some(form) if regex.is_match(form) => {
                    found.insert(term.to_owned());
                }
                Some(_) => {}
                None => break,
            }
        }
    }
    within_limit(found, &format!("/{pattern}/"))
}

fn within_limit(terms: BTreeSet<String>, written: &str) -> crate::Result<BTreeSet<String>> {
    if terms.len() <= MAX_TERMS {
        return Ok(terms);
    }
    Err(Mistake {
        text: written.to_owned(),
        span: Span::new(0, written.len()),
        message: format!("stands for more than {MAX_TERMS} different words"),
        hint: Some("write more letters".to_owned()),
    }
    .into())
}
