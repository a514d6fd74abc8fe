//! Our query to Tantivy's: terms, ranges, phrases of ready-made terms, and their combinations.

use std::collections::{BTreeSet, HashSet};

use tantivy::Searcher;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur,
    PhraseQuery, Query as Engine, RegexPhraseQuery,
};
use tantivy::schema::{Field, Term};

use super::engine_error;
use super::expand::{self, Expansion};
use super::guard::Guarded;
use super::predicate::{self, Condition};
use super::schema::{Fields, WordFields};
use super::source_key::source_key;
use super::terms::{any, term_query, term_set};
use crate::lang::{self, Language};
use crate::model::{
    Chosen, DateMatch, DayRange, EntityKind, NamePattern, Pattern, PhraseWord, Query, Scope, Span,
};
use crate::terms::matching::{Leaf, Slot};
use crate::terms::{form_term, name_bases};
use crate::text::tokens;
use crate::{Mistake, Result};

/// The very form that was typed counts more than other forms of the word.
const FORM_BOOST: f32 = 1.5;
/// A word that fits only with diacritics put in or left out comes after all that fit as typed.
const LOOSE_BOOST: f32 = 0.01;

/// What a query became.
pub(super) struct Compiled {
    pub(super) engine: Box<dyn Engine>,
    /// Where to put marks: everything the query wants in the text.
    pub(super) leaves: Vec<Leaf>,
}

/// Compiles queries against one state of an index.
pub(super) struct Compiler<'a> {
    searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    /// The word fields in use.
    words: Vec<WordFields>,
    languages: Vec<&'static Language>,
}

fn boosted(query: Box<dyn Engine>, boost: f32) -> Box<dyn Engine> {
    Box::new(BoostQuery::new(query, boost))
}

fn scored(field: Field, expansion: &Expansion) -> Box<dyn Engine> {
    let queries = |terms: &BTreeSet<String>, boost: f32| {
        terms
            .iter()
            .map(|term| boosted(term_query(field, term), boost))
            .collect::<Vec<_>>()
    };
    let mut all = queries(&expansion.form, FORM_BOOST);
    all.extend(queries(&expansion.exact, 1.0));
    all.extend(queries(&expansion.loose, LOOSE_BOOST));
    any(all)
}

/// So many forms of chosen names are marked in texts.
const MOST_FORMS: usize = 256;

/// A word of a phrase that stands for more terms than this is looked for as typed.
const MOST_ALTERNATIVES: usize = 48;

/// A regular expression for exactly these terms.
fn alternatives(expansion: &Expansion) -> String {
    let known = expansion.form.len() + expansion.exact.len();
    let limit = MOST_ALTERNATIVES.max(known);
    let terms = expansion.all().take(limit);
    let terms: Vec<String> = terms.map(|term| regex::escape(term)).collect();
    format!("({})", terms.join("|"))
}

fn phrase(field: Field, words: &[Expansion], slop: u32) -> Box<dyn Engine> {
    let single = |word: &Expansion| {
        let mut terms = word.all();
        match (terms.next(), terms.next()) {
            (Some(term), None) => Some(Term::from_field_text(field, term)),
            _ => None,
        }
    };
    if let Some(terms) = words.iter().map(single).collect::<Option<Vec<Term>>>() {
        let mut query = PhraseQuery::new(terms);
        query.set_slop(slop);
        return Box::new(query);
    }
    let mut query = RegexPhraseQuery::new(field, words.iter().map(alternatives).collect());
    query.set_slop(slop);
    Box::new(query)
}

fn slot(expansion: &Expansion) -> HashSet<String> {
    expansion.all().cloned().collect()
}

impl<'a> Compiler<'a> {
    pub(super) fn new(searcher: &'a Searcher, fields: &'a Fields) -> tantivy::Result<Self> {
        let mut words = Vec::new();
        for candidate in &fields.words {
            for segment in searcher.segment_readers() {
                if segment.inverted_index(candidate.words)?.terms().num_terms() > 0 {
                    words.push(*candidate);
                    break;
                }
            }
        }
        let languages = words.iter().map(|fields| fields.language).collect();
        Ok(Self {
            searcher,
            fields,
            words,
            languages,
        })
    }

    pub(super) fn compile(&self, query: &Query) -> Result<Compiled> {
        let mut leaves = Vec::new();
        let wanted = self.query(query, &mut leaves)?;
        Ok(Compiled {
            engine: self.of_kind("article", vec![wanted]),
            leaves,
        })
    }

    /// Documents of one kind that fit all of it.
    pub(super) fn of_kind(&self, kind: &str, mut wanted: Vec<Box<dyn Engine>>) -> Box<dyn Engine> {
        wanted.insert(0, filter(term_query(self.fields.document_kind, kind)));
        Box::new(BooleanQuery::intersection(wanted))
    }

    fn query(&self, query: &Query, leaves: &mut Vec<Leaf>) -> Result<Box<dyn Engine>> {
        Ok(match query {
            Query::All => Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)),
            Query::Text(scope, pattern) => self.text(*scope, pattern, leaves)?,
            Query::Name(_, NamePattern::Chosen(chosen)) => {
                leaves.extend(chosen_leaves(chosen));
                let fields = self.fields.names.iter();
                let names = fields
                    .map(|fields| (fields.names, chosen_names(chosen, Some(fields.kind))))
                    .filter(|(_, names)| !names.is_empty());
                any(names
                    .map(|(field, names)| term_set(field, &names))
                    .collect())
            }
            Query::Name(kind, pattern) => match self.fields.names_of(*kind) {
                Some(fields) => self.name(fields.words, Some(*kind), pattern, leaves)?,
                None => Box::new(EmptyQuery),
            },
            Query::Met(pattern) => self.party(None, pattern, leaves)?,
            Query::Date(range, date_match) => {
                let days = [self.fields.date_first, self.fields.date_last];
                self.dated(days, *range, *date_match)
            }
            Query::Undated => {
                let dated = ExistsQuery::new("date_first".to_owned(), false);
                but_not(Box::new(dated))
            }
            Query::Event(range) => filter(predicate::event(*range)),
            Query::Language(code) => self.language(code),
            Query::Source(source) => self.source(source)?,
            Query::Id(id) => filter(term_query(self.fields.id, id)),
            Query::And(parts) => {
                let mut wanted = Vec::new();
                for part in parts {
                    wanted.push(match part {
                        Query::Not(unwanted) => {
                            let unwanted = self.query(unwanted, &mut Vec::new())?;
                            (Occur::MustNot, guarded(unwanted))
                        }
                        part => (Occur::Must, self.query(part, leaves)?),
                    });
                }
                if wanted.iter().all(|(occur, _)| *occur == Occur::MustNot) {
                    wanted.push((Occur::Must, Box::new(AllQuery)));
                }
                Box::new(BooleanQuery::new(wanted))
            }
            Query::Or(parts) => {
                let parts: Result<Vec<_>> =
                    parts.iter().map(|part| self.query(part, leaves)).collect();
                any(parts?)
            }
            Query::Not(unwanted) => but_not(self.query(unwanted, &mut Vec::new())?),
            Query::Sentence(parts) => self.sentence(parts, leaves)?,
        })
    }

    fn text(
        &self,
        scope: Scope,
        pattern: &Pattern,
        leaves: &mut Vec<Leaf>,
    ) -> Result<Box<dyn Engine>> {
        let mut queries = Vec::new();
        for fields in &self.words {
            let field = match scope {
                Scope::Anywhere => fields.words,
                Scope::Title => fields.title,
            };
            let (query, leaf) = self.pattern(field, fields.language, pattern)?;
            queries.push(query);
            leaves.push(leaf);
        }
        Ok(any(queries))
    }

    fn pattern(
        &self,
        field: Field,
        language: &'static Language,
        pattern: &Pattern,
    ) -> Result<(Box<dyn Engine>, Leaf)> {
        let word = |text: &str| {
            expand::word(self.searcher, field, text, language).map_err(engine_error("".as_ref()))
        };
        let form = |text: &str| Expansion {
            form: BTreeSet::from([form_term(text)]),
            ..Expansion::default()
        };
        let leaf = |slots: Vec<Slot>, slop: u32| Leaf {
            slots,
            slop,
            language: Some(language.code),
        };
        let mut words = Vec::new();
        let mut wanted_slop = 0;
        match pattern {
            Pattern::Word(text) => {
                for span in tokens(text) {
                    words.push(word(span.of(text))?);
                }
            }
            Pattern::Form(text) => words.extend(tokens(text).map(|span| form(span.of(text)))),
            Pattern::Phrase { words: parts, slop } => {
                wanted_slop = *slop;
                for part in parts {
                    match part {
                        PhraseWord::Word(text) => {
                            for span in tokens(text) {
                                words.push(word(span.of(text))?);
                            }
                        }
                        PhraseWord::Form(text) => {
                            words.extend(tokens(text).map(|span| form(span.of(text))));
                        }
                    }
                }
            }
            Pattern::Prefix(text) => {
                let mark = crate::terms::FORM_MARK.to_string();
                let terms = expand::prefix(self.searcher, field, &mark, text)?;
                let slots = vec![Slot::Terms(terms.iter().cloned().collect())];
                return Ok((term_set(field, &terms), leaf(slots, 0)));
            }
            Pattern::Regex(text) => {
                let regex = whole_word(text)?;
                let terms = expand::regex(self.searcher, field, text, &regex)?;
                let slots = vec![Slot::Terms(terms.iter().cloned().collect())];
                return Ok((term_set(field, &terms), leaf(slots, 0)));
            }
        }
        let slots = words.iter().map(|word| Slot::Terms(slot(word))).collect();
        let leaf = leaf(slots, wanted_slop);
        let query = match words.as_slice() {
            [] => Box::new(EmptyQuery),
            [word] => scored(field, word),
            words => phrase(field, words, wanted_slop),
        };
        Ok((query, leaf))
    }

    /// A name in a field of names; `kind` says which other names it may have.
    pub(super) fn name(
        &self,
        field: Field,
        kind: Option<EntityKind>,
        pattern: &NamePattern,
        leaves: &mut Vec<Leaf>,
    ) -> Result<Box<dyn Engine>> {
        let name = match pattern {
            NamePattern::Prefix(prefix) => {
                let terms = expand::prefix(self.searcher, field, "", prefix)?;
                leaves.push(Leaf {
                    slots: vec![Slot::Bases(terms.iter().cloned().collect())],
                    slop: 0,
                    language: None,
                });
                return Ok(term_set(field, &terms));
            }
            NamePattern::Name(name) => name,
            NamePattern::Chosen(chosen) => return Ok(Self::chosen(field, chosen, leaves)),
        };
        let mut languages = self.languages.clone();
        for language in lang::LANGUAGES {
            if !languages.iter().any(|known| known.code == language.code) {
                languages.push(language);
            }
        }
        let others = kind.map(|kind| lang::other_names(kind, name));
        let others = others.into_iter().flatten();
        let names = std::iter::once(name.as_str()).chain(others);
        let queries: Result<Vec<_>> = names
            .map(|name| self.one_name(field, name, &languages, leaves))
            .collect();
        Ok(any(queries?))
    }

    /// Exactly these names, in a field that has them as they are.
    fn chosen(field: Field, chosen: &Chosen, leaves: &mut Vec<Leaf>) -> Box<dyn Engine> {
        leaves.extend(chosen_leaves(chosen));
        term_set(field, &chosen_names(chosen, None))
    }

    /// A name as it is written, in any of its forms.
    fn one_name(
        &self,
        field: Field,
        name: &str,
        languages: &[&'static Language],
        leaves: &mut Vec<Leaf>,
    ) -> Result<Box<dyn Engine>> {
        let words: Result<Vec<Expansion>> = tokens(name)
            .map(|span| {
                expand::name_word(self.searcher, field, span.of(name), languages)
                    .map_err(engine_error("".as_ref()))
            })
            .collect();
        let words = words?;
        leaves.push(Leaf {
            slots: words.iter().map(|word| Slot::Bases(slot(word))).collect(),
            slop: 0,
            language: None,
        });
        Ok(match words.as_slice() {
            [] => Box::new(EmptyQuery),
            [word] => scored(field, word),
            words => phrase(field, words, 0),
        })
    }

    /// Days between a field of first and one of last days, against a range.
    pub(super) fn dated(
        &self,
        [first_day, last_day]: [Field; 2],
        range: DayRange,
        date_match: DateMatch,
    ) -> Box<dyn Engine> {
        if let (Some(first), Some(last)) = (range.first, range.last)
            && first > last
        {
            // No day lies in it, though some months and years would lie around it.
            return Box::new(EmptyQuery);
        }
        let (after, before) = match date_match {
            DateMatch::Overlaps => (last_day, first_day),
            DateMatch::Within => (first_day, last_day),
        };
        let name = |field: Field| self.fields.schema.get_field_name(field).to_owned();
        filter(predicate::dated([name(after), name(before)], range))
    }

    pub(super) fn language(&self, code: &str) -> Box<dyn Engine> {
        filter(term_query(self.fields.language, code))
    }

    pub(super) fn source(&self, source: &str) -> Result<Box<dyn Engine>> {
        let field = self.fields.source_key;
        if let Some(prefix) = source.strip_suffix('*') {
            let terms = expand::prefix(self.searcher, field, "", prefix)?;
            return Ok(term_set(field, &terms));
        }
        Ok(filter(term_query(field, &source_key(source))))
    }

    /// Articles that hold all parts, of which those remain that hold them in one sentence.
    fn sentence(&self, parts: &[Query], leaves: &mut Vec<Leaf>) -> Result<Box<dyn Engine>> {
        let mut inner = Vec::new();
        let mut engines = Vec::new();
        let mut conditions = Vec::new();
        for part in parts {
            engines.push(self.query(part, &mut Vec::new())?);
            conditions.push(self.condition(part, &mut inner)?);
        }
        engines.push(predicate::same_sentence(
            self.fields,
            Condition::All(conditions),
            &inner,
        ));
        leaves.append(&mut inner);
        Ok(Box::new(BooleanQuery::intersection(engines)))
    }

    fn condition(&self, query: &Query, leaves: &mut Vec<Leaf>) -> Result<Condition> {
        let many = |parts: &[Query], leaves: &mut Vec<Leaf>| -> Result<Vec<Condition>> {
            parts
                .iter()
                .map(|part| self.condition(part, leaves))
                .collect()
        };
        match query {
            Query::And(parts) => Ok(Condition::All(many(parts, leaves)?)),
            Query::Or(parts) => Ok(Condition::Any(many(parts, leaves)?)),
            Query::Text(..) | Query::Name(..) => {
                let before = leaves.len();
                self.query(query, leaves)?;
                Ok(Condition::Any(
                    (before..leaves.len()).map(Condition::Leaf).collect(),
                ))
            }
            _ => Err(Mistake {
                text: "~s".to_owned(),
                span: Span::new(0, 2),
                message: "only words and names can be asked for within one sentence".to_owned(),
                hint: Some("put dates and other fields outside the brackets".to_owned()),
            }
            .into()),
        }
    }
}

/// The names that were chosen, of one kind or of all.
fn chosen_names(chosen: &Chosen, kind: Option<EntityKind>) -> BTreeSet<String> {
    let names = chosen.names.iter();
    let names = names.filter(|(known, _)| kind.is_none_or(|kind| kind == *known));
    names.map(|(_, name)| name.clone()).collect()
}

/// Where a text may have one of the names, in any form.
pub(super) fn chosen_leaves(chosen: &Chosen) -> impl Iterator<Item = Leaf> {
    let word = |word: &str| Slot::Bases(name_bases(word, &lang::LANGUAGES).into_iter().collect());
    chosen.forms.iter().take(MOST_FORMS).map(move |form| Leaf {
        slots: tokens(form).map(|span| word(span.of(form))).collect(),
        slop: 0,
        language: None,
    })
}

fn guarded(query: Box<dyn Engine>) -> Box<dyn Engine> {
    Box::new(Guarded(query))
}

/// Everything else.
fn but_not(unwanted: Box<dyn Engine>) -> Box<dyn Engine> {
    let all = ConstScoreQuery::new(Box::new(AllQuery), 0.0);
    Box::new(BooleanQuery::new(vec![
        (Occur::MustNot, guarded(unwanted)),
        (Occur::Must, Box::new(all)),
    ]))
}

/// A filter takes part in no score.
pub(super) fn filter(query: Box<dyn Engine>) -> Box<dyn Engine> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

/// The regular expression of a query, made to match whole forms in any case.
fn whole_word(pattern: &str) -> Result<regex::Regex> {
    regex::RegexBuilder::new(&format!("^(?:{pattern})$"))
        .case_insensitive(true)
        .size_limit(1 << 20)
        .build()
        .map_err(|error| {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default();
            Mistake {
                text: format!("/{pattern}/"),
                span: Span::new(0, pattern.len() + 2),
                message: format!("not a regular expression: {}", reason.trim()),
                hint: None,
            }
            .into()
        })
}
