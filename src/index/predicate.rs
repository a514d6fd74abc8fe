//! Conditions that no posting list answers: asked of each article that fits all else.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tantivy::query::Query as Engine;
use tantivy::query::doc_predicate_query::{DocPredicateQuery, FunctionPredicate};
use tantivy::schema::{Field, Value};
use tantivy::{DocId, SegmentReader, TantivyDocument};

use super::schema::Fields;
use crate::lang;
use crate::model::{Day, DayRange, Span};
use crate::terms::Analyzer;
use crate::terms::matching::{Leaf, Wanted};

/// How many decompressed blocks of stored texts are kept while a query runs.
const STORE_CACHE: usize = 8;

/// What has to hold within one sentence.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    /// One of the leaves, by its index.
    Leaf(usize),
    All(Vec<Condition>),
    Any(Vec<Condition>),
}

/// The first and last day of a range; one that is not told lies beyond all days.
fn ends(range: DayRange) -> (i64, i64) {
    let first = range.first.map_or(i64::MIN, Day::number);
    (first, range.last.map_or(i64::MAX, Day::number))
}

/// The day in one column is not before the range, and that in the other not after it.
///
/// What has no days is in no range, not even in one without ends.
pub(super) fn dated([after, before]: [String; 2], range: DayRange) -> Box<dyn Engine> {
    let (wanted_first, wanted_last) = ends(range);
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let after = segment.fast_fields().i64(&after)?;
        let before = segment.fast_fields().i64(&before)?;
        Ok(move |doc: DocId| {
            after.first(doc).is_some_and(|day| day >= wanted_first)
                && before.first(doc).is_some_and(|day| day <= wanted_last)
        })
    });
    Box::new(DocPredicateQuery::from(predicate))
}

/// One of the spans of days that an article speaks of overlaps the range.
pub(super) fn event(range: DayRange) -> Box<dyn Engine> {
    let (wanted_first, wanted_last) = ends(range);
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let first = segment.fast_fields().i64("event_first")?;
        let last = segment.fast_fields().i64("event_last")?;
        Ok(move |doc: DocId| {
            first
                .values_for_doc(doc)
                .zip(last.values_for_doc(doc))
                .any(|(first, last)| first <= wanted_last && last >= wanted_first)
        })
    });
    Box::new(DocPredicateQuery::from(predicate))
}

/// Articles in which all of it holds within one sentence; looks into the stored text.
pub(super) fn same_sentence(
    fields: &Fields,
    condition: Condition,
    leaves: &[Leaf],
) -> Box<dyn Engine> {
    let (text, language) = (fields.text, fields.language);
    let question = Arc::new((condition, Wanted::new(leaves)));
    let predicate = FunctionPredicate::from(move |segment: &SegmentReader| {
        let store = segment.get_store_reader(STORE_CACHE)?;
        let question = Arc::clone(&question);
        let analyzers = Mutex::new(BTreeMap::<&'static str, Analyzer>::new());
        Ok(move |doc: DocId| {
            let Ok(stored) = store.get::<TantivyDocument>(doc) else {
                return false;
            };
            let value = |field: Field| {
                let value = stored.get_first(field);
                value.and_then(|value| value.as_str()).unwrap_or_default()
            };
            let language = lang::by_code(value(language));
            let Ok(mut analyzers) = analyzers.lock() else {
                return false;
            };
            let analyzer = analyzers
                .entry(language.code)
                .or_insert_with(|| Analyzer::new(language));
            let (condition, wanted) = &*question;
            holds_in_a_sentence(value(text), condition, wanted, analyzer)
        })
    });
    Box::new(DocPredicateQuery::from(predicate))
}

fn holds_in_a_sentence(
    text: &str,
    condition: &Condition,
    wanted: &Wanted,
    analyzer: &mut Analyzer,
) -> bool {
    let found = wanted.find(text, analyzer);
    let language = analyzer.language();
    crate::text::sentences(text, language.is_abbreviation)
        .into_iter()
        .any(|sentence| holds(condition, sentence, &found))
}

fn holds(condition: &Condition, sentence: Span, found: &[Vec<Span>]) -> bool {
    match condition {
        Condition::Leaf(index) => found
            .get(*index)
            .is_some_and(|spans| spans.iter().any(|span| sentence.contains(*span))),
        Condition::All(parts) => parts.iter().all(|part| holds(part, sentence, found)),
        Condition::Any(parts) => parts.iter().any(|part| holds(part, sentence, found)),
    }
}
