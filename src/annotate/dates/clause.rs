//! The tense around a date: that of the verb nearest to it.

use std::cell::RefCell;
use std::collections::HashMap;

use super::pieces::{Kind, Piece};
use crate::lang::Language;
use crate::lang::tense::Tense;
use crate::text::normal_form;

/// How many words away a sign that parts clauses makes a verb seem.
const APART: usize = 8;

/// How many words on both sides are looked at.
const REACH: usize = 40;

/// The verbs of one sentence, found when they are first asked for.
#[derive(Debug)]
pub(super) struct Clauses<'t> {
    text: &'t str,
    pieces: &'t [Piece],
    language: &'static Language,
}

type Known = HashMap<(&'static str, String), Option<Tense>, foldhash::fast::RandomState>;

/// How many forms are remembered.
const REMEMBERED: usize = 50_000;

thread_local! {
    static KNOWN: RefCell<Known> = RefCell::default();
}

impl<'t> Clauses<'t> {
    pub(super) fn new(text: &'t str, pieces: &'t [Piece], language: &'static Language) -> Self {
        Self {
            text,
            pieces,
            language,
        }
    }

    /// The tense of the verb nearest to the pieces from `first` up to `end`.
    pub(super) fn tense(&mut self, first: usize, end: usize) -> Option<Tense> {
        let before = self.nearest((first.saturating_sub(REACH)..first).rev());
        let after = self.nearest(end..self.pieces.len().min(end + REACH));
        match (before, after) {
            (Some(before), Some(after)) if after.0 < before.0 => Some(after.1),
            (before, after) => before.or(after).map(|(_, tense)| tense),
        }
    }

    fn nearest(&self, places: impl Iterator<Item = usize>) -> Option<(usize, Tense)> {
        let mut distance = 0;
        for place in places {
            distance += 1;
            match self.pieces.get(place)?.kind {
                Kind::Sign(',' | ';' | ':' | '-' | '"' | '„' | '”' | '(' | ')') => {
                    distance += APART;
                }
                Kind::Sign(_) | Kind::Number { .. } | Kind::Roman(_) => {}
                Kind::Word(_) => {
                    if let Some(tense) = self.of(place) {
                        return Some((distance, tense));
                    }
                }
            }
        }
        None
    }

    fn of(&self, place: usize) -> Option<Tense> {
        let form = normal_form(self.pieces.get(place)?.span.of(self.text));
        KNOWN.with_borrow_mut(|known| {
            if known.len() > REMEMBERED {
                known.clear();
            }
            let tense = self.language.tense;
            let found = known
                .entry((self.language.code, form))
                .or_insert_with_key(|(_, form)| tense(form));
            *found
        })
    }
}
