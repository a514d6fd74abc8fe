//! Single names in the dictionary of an index: whether one is there, and which are near it.

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
