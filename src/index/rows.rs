//! All names of an index with what its articles say of them, read off its terms.

use rayon::prelude::*;
use tantivy::columnar::Column;
use tantivy::postings::Postings;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED};

use super::schema::NameFields;
use super::searcher::Searcher;
use super::{engine_error, io_error};
use crate::Result;
use crate::model::{Day, EntityKind, NameRow};

/// Stands between a canonical name and another form; no name has it.
const SEPARATOR: char = '\u{1f}';

/// A canonical name and what an article calls it besides, as one term.
pub(super) fn form_term(name: &str, form: &str) -> String {
    format!("{name}{SEPARATOR}{form}")
}

/// Adds an article with its first and last day to what is known of a name.
fn add(row: &mut NameRow, first: Option<Day>, last: Option<Day>) {
    row.articles += 1;
    let (Some(first), Some(last)) = (first, last) else {
        return;
    };
    widen(row, Some((first, last)));
    let week = NameRow::week(first);
    match row.weeks.last_mut() {
        Some((known, articles)) if *known == week => *articles += 1,
        _ => row.weeks.push((week, 1)),
    }
}

fn widen(row: &mut NameRow, days: Option<(Day, Day)>) {
    row.days = match (row.days, days) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    };
}

/// Puts counts in order, those of one thing together.
fn sum_up<T: Ord>(counts: &mut Vec<(T, u64)>) {
    counts.sort_unstable();
    counts.dedup_by(|later, first| {
        let is_same = later.0 == first.0;
        if is_same {
            first.1 += later.1;
        }
        is_same
    });
}

/// The days of the articles of a segment.
struct Days {
    first: Column<i64>,
    last: Column<i64>,
}

impl Days {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            first: columns.i64("date_first")?,
            last: columns.i64("date_last")?,
        })
    }

    fn get(&self, doc: DocId) -> [Option<Day>; 2] {
        [&self.first, &self.last].map(|days| days.first(doc).and_then(Day::from_number))
    }
}

impl Searcher {
    /// Every name of a kind that an article has, in the order of its letters.
    pub fn name_rows(&self, kind: EntityKind) -> Result<Vec<NameRow>> {
        let Some(fields) = self.fields.names_of(kind) else {
            return Ok(Vec::new());
        };
        let segments = self.engine.segment_readers().par_iter();
        let rows: Vec<Vec<NameRow>> = segments
            .map(|segment| self.rows_of(segment, kind, fields))
            .collect::<Result<_>>()?;
        let mut rows: Vec<NameRow> = rows.into_iter().flatten().collect();
        rows.par_sort_by(|one, other| one.name.cmp(&other.name));
        rows.dedup_by(|later, first| {
            let is_same = later.name == first.name;
            if is_same {
                first.articles += later.articles;
                widen(first, later.days);
                first.weeks.append(&mut later.weeks);
                first.forms.append(&mut later.forms);
            }
            is_same
        });
        rows.par_iter_mut().for_each(|row| {
            sum_up(&mut row.weeks);
            sum_up(&mut row.forms);
        });
        Ok(rows)
    }

    /// What one segment has of each name. Counts are in no order yet.
    fn rows_of(
        &self,
        segment: &SegmentReader,
        kind: EntityKind,
        fields: NameFields,
    ) -> Result<Vec<NameRow>> {
        let days = Days::of(segment).map_err(engine_error(&self.path))?;
        let mut rows: Vec<NameRow> = Vec::new();
        self.each_term(segment, fields.names, &mut |term, docs| {
            let mut row = NameRow {
                kind,
                name: String::new(),
                articles: 0,
                days: None,
                weeks: Vec::new(),
                forms: Vec::new(),
            };
            while docs.doc() != TERMINATED {
                if !segment.is_deleted(docs.doc()) {
                    let [first, last] = days.get(docs.doc());
                    add(&mut row, first, last);
                }
                docs.advance();
            }
            if row.articles > 0 {
                row.name = term.to_owned();
                rows.push(row);
            }
        })?;
        // Terms come in the order of their letters, and with them the names.
        self.each_term(segment, fields.forms, &mut |term, docs| {
            let Some((name, form)) = term.split_once(SEPARATOR) else {
                return;
            };
            let mut articles = 0;
            while docs.doc() != TERMINATED {
                articles += u64::from(!segment.is_deleted(docs.doc()));
                docs.advance();
            }
            let place = rows.binary_search_by(|row| row.name.as_str().cmp(name));
            if let Some(row) = place.ok().and_then(|place| rows.get_mut(place))
                && articles > 0
            {
                row.forms.push((form.to_owned(), articles));
            }
        })?;
        Ok(rows)
    }

    /// Calls `each` with every term of a field and the documents that have it.
    fn each_term(
        &self,
        segment: &SegmentReader,
        field: Field,
        each: &mut dyn FnMut(&str, &mut dyn Postings),
    ) -> Result<()> {
        let index = segment
            .inverted_index(field)
            .map_err(engine_error(&self.path))?;
        let mut terms = index.terms().stream().map_err(io_error(&self.path))?;
        while terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else {
                continue;
            };
            let mut docs = index
                .read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)
                .map_err(io_error(&self.path))?;
            each(term, &mut docs);
        }
        Ok(())
    }

    /// How many articles have at least one of these names.
    pub fn articles_with<'n>(
        &self,
        names: &(impl Iterator<Item = (EntityKind, &'n str)> + Clone),
    ) -> Result<u64> {
        let mut articles = 0;
        for segment in self.engine.segment_readers() {
            let mut all = Vec::new();
            for (kind, name) in names.clone() {
                let Some(fields) = self.fields.names_of(kind) else {
                    continue;
                };
                let index = segment
                    .inverted_index(fields.names)
                    .map_err(engine_error(&self.path))?;
                let term = Term::from_field_text(fields.names, name);
                let docs = index
                    .read_postings(&term, IndexRecordOption::Basic)
                    .map_err(io_error(&self.path))?;
                let Some(mut docs) = docs else { continue };
                while docs.doc() != TERMINATED {
                    if !segment.is_deleted(docs.doc()) {
                        all.push(docs.doc());
                    }
                    docs.advance();
                }
            }
            all.sort_unstable();
            all.dedup();
            articles += all.len() as u64;
        }
        Ok(articles)
    }
}
