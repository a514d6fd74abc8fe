//! All names of an index with what its articles say of them, read off its terms.

use std::collections::{BTreeMap, HashMap};

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

/// What the articles of one segment or of several say of a name.
#[derive(Default)]
struct Row {
    articles: u64,
    days: Option<(Day, Day)>,
    weeks: BTreeMap<i64, u64>,
    forms: BTreeMap<String, u64>,
}

impl Row {
    fn add(&mut self, first: Option<Day>, last: Option<Day>) {
        self.articles += 1;
        let (Some(first), Some(last)) = (first, last) else {
            return;
        };
        self.days = Some(match self.days {
            Some((earliest, latest)) => (earliest.min(first), latest.max(last)),
            None => (first, last),
        });
        *self.weeks.entry(NameRow::week(first)).or_default() += 1;
    }
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
        let mut rows: HashMap<String, Row> = HashMap::new();
        for segment in self.engine.segment_readers() {
            self.add_rows(segment, fields, &mut rows)?;
        }
        for segment in self.engine.segment_readers() {
            self.add_forms(segment, fields, &mut rows)?;
        }
        let mut rows: Vec<NameRow> = rows
            .into_iter()
            .map(|(name, row)| NameRow {
                kind,
                name,
                articles: row.articles,
                days: row.days,
                weeks: row.weeks.into_iter().collect(),
                forms: row.forms.into_iter().collect(),
            })
            .collect();
        rows.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(rows)
    }

    fn add_rows(
        &self,
        segment: &SegmentReader,
        fields: NameFields,
        rows: &mut HashMap<String, Row>,
    ) -> Result<()> {
        let days = Days::of(segment).map_err(engine_error(&self.path))?;
        self.each_term(segment, fields.names, &mut |term, docs| {
            let mut row = None;
            while docs.doc() != TERMINATED {
                let doc = docs.doc();
                if !segment.is_deleted(doc) {
                    let [first, last] = days.get(doc);
                    let row = row.get_or_insert_with(|| rows.remove(term).unwrap_or_default());
                    row.add(first, last);
                }
                docs.advance();
            }
            if let Some(row) = row {
                rows.insert(term.to_owned(), row);
            }
        })
    }

    fn add_forms(
        &self,
        segment: &SegmentReader,
        fields: NameFields,
        rows: &mut HashMap<String, Row>,
    ) -> Result<()> {
        self.each_term(segment, fields.forms, &mut |term, docs| {
            let Some((name, form)) = term.split_once(SEPARATOR) else {
                return;
            };
            let mut articles = 0;
            while docs.doc() != TERMINATED {
                articles += u64::from(!segment.is_deleted(docs.doc()));
                docs.advance();
            }
            if let Some(row) = rows.get_mut(name).filter(|_| articles > 0) {
                *row.forms.entry(form.to_owned()).or_default() += articles;
            }
        })
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
