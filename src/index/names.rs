//! Single names in the dictionary of an index: whether one is there, which are near it,
//! and which begin as somebody types.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, TERMINATED};
use tantivy_fst::Automaton;

use super::searcher::Searcher;
use super::{engine_error, io_error};
use crate::Result;
use crate::model::EntityKind;

/// Names of more letters than this are compared as a whole only.
const LONGEST_TO_COMPARE: usize = 60;
/// Names of fewer letters than this are near only with one letter changed.
const SHORT: usize = 5;
/// How many near names are given.
const MOST_NEAR: usize = 3;

/// Builds automata of words with at most one letter changed.
static ONE: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
/// The same with at most two.
static TWO: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// Walks a dictionary along all words that are not too far from one.
struct Near<'a>(&'a DFA);

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

impl Searcher {
    /// Whether any article has exactly this canonical name.
    pub fn has_name(&self, kind: EntityKind, name: &str) -> Result<bool> {
        let Some(fields) = self.fields.names_of(kind) else {
            return Ok(false);
        };
        let term = Term::from_field_text(fields.names, name);
        for segment in self.engine.segment_readers() {
            let index = segment
                .inverted_index(fields.names)
                .map_err(engine_error(&self.path))?;
            let postings = index
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(io_error(&self.path))?;
            let Some(mut postings) = postings else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    return Ok(true);
                }
                postings.advance();
            }
        }
        Ok(false)
    }

    /// At most so many canonical names that begin with these letters, and in how many articles each
    /// is; those with most articles come first. A small first letter stands for a capital as well.
    pub fn names_beginning(
        &self,
        kind: EntityKind,
        prefix: &str,
        most: usize,
    ) -> Result<Vec<(String, u64)>> {
        let Some(fields) = self.fields.names_of(kind) else {
            return Ok(Vec::new());
        };
        let mut letters = prefix.chars();
        let first: Option<String> = letters.next().map(|first| first.to_uppercase().collect());
        let capital = first.map_or_else(String::new, |first| first + letters.as_str());
        let prefixes = BTreeSet::from([prefix, &capital]);
        let mut found: BTreeMap<String, u64> = BTreeMap::new();
        for segment in self.engine.segment_readers() {
            let index = segment
                .inverted_index(fields.names)
                .map_err(engine_error(&self.path))?;
            for prefix in &prefixes {
                let terms = index.terms().range().ge(prefix);
                let mut terms = terms.into_stream().map_err(io_error(&self.path))?;
                while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
                    let name = String::from_utf8_lossy(terms.key()).into_owned();
                    *found.entry(name).or_default() += u64::from(terms.value().doc_freq);
                }
            }
        }
        let mut found: Vec<(String, u64)> = found.into_iter().collect();
        found.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        let mut names = Vec::new();
        for (name, articles) in found {
            if names.len() == most {
                break;
            }
            // Names of articles that are gone stay in the dictionary until segments are merged.
            if self.has_name(kind, &name)? {
                names.push((name, articles));
            }
        }
        Ok(names)
    }

    /// At most so many ids of articles that begin with these letters, in order.
    pub fn ids_beginning(&self, prefix: &str, most: usize) -> Result<Vec<String>> {
        let fail = engine_error(&self.path);
        let mut found = BTreeSet::new();
        for segment in self.engine.segment_readers() {
            let index = segment.inverted_index(self.fields.id).map_err(&fail)?;
            let terms = index.terms().range().ge(prefix);
            let mut terms = terms.into_stream().map_err(io_error(&self.path))?;
            let mut of_segment = 0;
            while terms.advance() && terms.key().starts_with(prefix.as_bytes()) && of_segment < most
            {
                let id = String::from_utf8_lossy(terms.key()).into_owned();
                if self.address(&id).map_err(&fail)?.is_some() {
                    found.insert(id);
                    of_segment += 1;
                }
            }
        }
        Ok(found.into_iter().take(most).collect())
    }

    /// Canonical names that differ from this one by a letter or two, the nearest first.
    pub fn near_names(&self, kind: EntityKind, name: &str) -> Result<Vec<String>> {
        let letters = name.chars().count();
        let Some(fields) = self.fields.names_of(kind) else {
            return Ok(Vec::new());
        };
        if letters > LONGEST_TO_COMPARE {
            return Ok(Vec::new());
        }
        let builder = if letters < SHORT { &ONE } else { &TWO };
        let automaton = builder.build_dfa(name);
        let mut found = Vec::new();
        for segment in self.engine.segment_readers() {
            let index = segment
                .inverted_index(fields.names)
                .map_err(engine_error(&self.path))?;
            let terms = index.terms().search(Near(&automaton));
            let mut terms = terms.into_stream().map_err(io_error(&self.path))?;
            while terms.advance() {
                if let Ok(near) = std::str::from_utf8(terms.key())
                    && near != name
                {
                    let far = automaton.eval(near).to_u8();
                    found.push((far, near.to_owned()));
                }
            }
        }
        found.sort();
        found.dedup();
        let mut near = Vec::new();
        for (_, candidate) in found {
            // Names of articles that are gone stay in the dictionary until segments are merged.
            if near.len() < MOST_NEAR && self.has_name(kind, &candidate)? {
                near.push(candidate);
            }
        }
        Ok(near)
    }
}
