//! Tantivy's queries for ready-made terms of one field.

use std::collections::BTreeSet;

use tantivy::query::{
    BooleanQuery, ConstScoreQuery, EmptyQuery, Query as Engine, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption, Term};

pub(super) fn term_query(field: Field, text: &str) -> Box<dyn Engine> {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}

pub(super) fn any(mut queries: Vec<Box<dyn Engine>>) -> Box<dyn Engine> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.swap_remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

/// For so few terms a query each costs less than the automaton that finds all of them at once.
const FEW_TERMS: usize = 64;

/// Terms without scores of their own: a prefix or regex is all or nothing.
pub(super) fn term_set(field: Field, terms: &BTreeSet<String>) -> Box<dyn Engine> {
    let all = terms.iter().map(|term| Term::from_field_text(field, term));
    let found: Box<dyn Engine> = match terms.len() {
        0 => return Box::new(EmptyQuery),
        1..=FEW_TERMS => any(all
            .map(|term| -> Box<dyn Engine> {
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            })
            .collect()),
        _ => Box::new(TermSetQuery::new(all)),
    };
    Box::new(ConstScoreQuery::new(found, 1.0))
}
