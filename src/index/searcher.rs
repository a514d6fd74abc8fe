//! Questions to one state of the index.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::columnar::{Column, StrColumn};
use tantivy::schema::{Field, IndexRecordOption, Term, Value};
use tantivy::{DocAddress, DocSet, SegmentOrdinal, TERMINATED, TantivyDocument};

use super::collect::{ARTICLE_DAYS, Ordered, column_of, numbers_of, text_of};
use super::compile::{Compiled, Compiler};
use super::given;
use super::merge::Merge;
use super::schema::{Fields, MEETING_NUMBER};
use super::snippet::snippet;
use super::{CommitState, Description, describe, engine_error, open_segments};
use crate::Result;
use crate::lang;
use crate::model::{
    Article, ArticleDate, ArticleId, DateRule, Day, EntityKind, GivenName, Hit, Origin,
    PartialDate, Precision, Query, Request,
};
use crate::terms::Analyzer;
use crate::terms::matching::{Leaf, Wanted};

/// One state of an index: what the last commit before opening holds.
pub struct Searcher {
    pub(super) path: PathBuf,
    pub(super) description: Description,
    pub(super) state: CommitState,
    pub(super) fields: Fields,
    pub(super) engine: tantivy::Searcher,
    /// Analyzers that nobody uses now, with what they remember.
    analyzers: Mutex<Vec<Analyzers>>,
    /// Columns that were opened: of texts, of days, and of the numbers of meetings.
    texts: Opened<StrColumn>,
    days: Opened<Column<i64>>,
    numbers: Opened<Column<u64>>,
}

/// Columns by their segment and name, each opened once.
type Opened<C> = Mutex<BTreeMap<(SegmentOrdinal, &'static str), C>>;

/// An analyzer for each language that was met, by its code.
pub(super) type Analyzers = BTreeMap<&'static str, Analyzer>;

/// What is behind a lock. Whoever left in a panic left it whole: each change is one step.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A column that was opened before, or is now.
fn opened<C: Clone>(
    columns: &Opened<C>,
    place: (SegmentOrdinal, &'static str),
    open: impl FnOnce() -> tantivy::Result<C>,
) -> tantivy::Result<C> {
    if let Some(column) = locked(columns).get(&place) {
        return Ok(column.clone());
    }
    let column = open()?;
    locked(columns).insert(place, column.clone());
    Ok(column)
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Searcher")
            .field("path", &self.path)
            .field("description", &self.description)
            .finish_non_exhaustive()
    }
}

/// The segments of the last commit, and what it says of them. Where a commit came while they were
/// opened, the segments may be of one and the words of the other, so both are read again.
fn last_commit(index: &tantivy::Index) -> tantivy::Result<(tantivy::Searcher, CommitState)> {
    let mut before = index.load_metas()?;
    loop {
        let reader: tantivy::IndexReader = index
            .reader_builder()
            .reload_policy(tantivy::ReloadPolicy::Manual)
            .try_into()?;
        let after = index.load_metas()?;
        if (before.opstamp, &before.payload) == (after.opstamp, &after.payload) {
            return Ok((reader.searcher(), CommitState::of(&after)));
        }
        before = after;
    }
}

/// What the index knows of an article without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) origin: Origin,
    pub(super) content: u64,
}

impl Searcher {
    /// Opens the index at `path` at its last commit.
    pub fn open(path: &Path) -> Result<Self> {
        let description = describe(path)?;
        let fail = engine_error(path);
        let index = open_segments(path)?;
        let (engine, state) = last_commit(&index).map_err(&fail)?;
        Ok(Self {
            path: path.to_owned(),
            description,
            state,
            fields: Fields::new(),
            engine,
            analyzers: Mutex::default(),
            texts: Mutex::default(),
            days: Mutex::default(),
            numbers: Mutex::default(),
        })
    }

    /// The folder of the index.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Format and analysis of the index.
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// A sum over all articles and what they say: equal for equal content, in any order.
    pub fn fingerprint(&self) -> &str {
        &self.state.fingerprint
    }

    /// Whether any article is known to speak of days.
    pub fn has_event_days(&self) -> Result<bool> {
        let fail = engine_error(&self.path);
        for segment in self.engine.segment_readers() {
            let days = segment.fast_fields().i64("event_first").map_err(&fail)?;
            if days.values.num_vals() > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Answers a request. Nothing is read from the articles until the answers are asked for.
    pub fn search(&self, request: &Request) -> Result<Results<'_>> {
        let fail = engine_error(&self.path);
        let compiler = Compiler::new(&self.engine, &self.fields).map_err(&fail)?;
        let Compiled { engine, leaves } = compiler.compile(&request.query)?;
        let collector = Ordered {
            days: ARTICLE_DAYS,
            sort: request.sort,
            keep: request
                .limit
                .map(|limit| limit.saturating_add(request.offset)),
        };
        let segments = self.engine.search(&engine, &collector).map_err(&fail)?;
        let total = segments.iter().map(|(count, _)| count).sum();
        let mut results = Results {
            searcher: self,
            total,
            merge: Merge::new(segments),
            left: usize::MAX,
            leaves,
            wanted: None,
            analyzers: locked(&self.analyzers).pop().unwrap_or_default(),
        };
        for _ in 0..request.offset.min(total) {
            results.advance()?;
        }
        results.left = request.limit.unwrap_or(usize::MAX);
        Ok(results)
    }

    /// A column of texts.
    fn column(&self, segment: SegmentOrdinal, name: &'static str) -> tantivy::Result<StrColumn> {
        opened(&self.texts, (segment, name), || {
            column_of(self.engine.segment_reader(segment), name)
        })
    }

    /// Which meeting of its article a meeting is.
    pub(super) fn number(&self, address: DocAddress) -> tantivy::Result<u64> {
        let segment = address.segment_ord;
        let numbers = opened(&self.numbers, (segment, MEETING_NUMBER), || {
            numbers_of(self.engine.segment_reader(segment))
        })?;
        Ok(numbers.first(address.doc_id).unwrap_or_default())
    }

    /// The article with this id.
    pub fn article(&self, id: &str) -> Result<Option<Article>> {
        let Some(address) = self.address(id).map_err(engine_error(&self.path))? else {
            return Ok(None);
        };
        let stored = self.stored(address)?;
        Ok(Some(self.to_article(&stored, address)))
    }

    /// What each word and name of a query is looked for as, one line each.
    pub fn explain(&self, query: &Query) -> Result<Vec<String>> {
        let fail = engine_error(&self.path);
        let compiler = Compiler::new(&self.engine, &self.fields).map_err(&fail)?;
        let leaves = compiler.compile(query)?.leaves;
        Ok(leaves.iter().map(ToString::to_string).collect())
    }

    /// Where the article with this id is; its meetings have the same id.
    pub(super) fn address(&self, id: &str) -> tantivy::Result<Option<DocAddress>> {
        let term = Term::from_field_text(self.fields.id, id);
        for (ordinal, segment) in (0..).zip(self.engine.segment_readers()) {
            let index = segment.inverted_index(self.fields.id)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            let meetings = numbers_of(segment)?;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if !segment.is_deleted(doc) && meetings.first(doc).is_none() {
                    return Ok(Some(DocAddress::new(ordinal, doc)));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// Where an article was read and what it said, if the index holds it.
    pub(super) fn known(&self, id: &ArticleId) -> Result<Option<Known>> {
        let fail = engine_error(&self.path);
        let Some(address) = self.address(id.as_str()).map_err(&fail)? else {
            return Ok(None);
        };
        let segment = self.engine.segment_reader(address.segment_ord);
        let content = segment.fast_fields().u64("content").map_err(&fail)?;
        let stored = self.stored(address)?;
        Ok(Some(Known {
            origin: self.origin(&stored),
            content: content.first(address.doc_id).unwrap_or_default(),
        }))
    }

    /// Calls `each` with the id and origin of every article.
    pub(super) fn each_known(&self, each: &mut dyn FnMut(&str, Known)) -> Result<()> {
        let fail = engine_error(&self.path);
        for segment in self.engine.segment_readers() {
            let ids = column_of(segment, "id").map_err(&fail)?;
            let paths = column_of(segment, "path").map_err(&fail)?;
            let contents = segment.fast_fields().u64("content").map_err(&fail)?;
            let meetings = numbers_of(segment).map_err(&fail)?;
            let alive = segment.doc_ids_alive();
            for doc in alive.filter(|doc| meetings.first(*doc).is_none()) {
                let id = text_of(&ids, doc).map_err(&fail)?;
                let origin = Origin {
                    path: text_of(&paths, doc).map_err(&fail)?,
                    record: 0,
                };
                let content = contents.first(doc).unwrap_or_default();
                each(&id, Known { origin, content });
            }
        }
        Ok(())
    }

    pub(super) fn stored(&self, address: DocAddress) -> Result<TantivyDocument> {
        self.engine.doc(address).map_err(engine_error(&self.path))
    }

    pub(super) fn origin(&self, stored: &TantivyDocument) -> Origin {
        let record = stored.get_first(self.fields.record);
        Origin {
            path: stored_text(stored, self.fields.path),
            record: record.and_then(|value| value.as_u64()).unwrap_or(1),
        }
    }

    fn names(&self, stored: &TantivyDocument) -> Vec<(EntityKind, String)> {
        let mut names: Vec<(EntityKind, String)> = Vec::new();
        for fields in &self.fields.names {
            for value in stored.get_all(fields.names) {
                if let Some(name) = value.as_str() {
                    names.push((fields.kind, name.to_owned()));
                }
            }
        }
        names.sort();
        names.dedup();
        names
    }

    pub(super) fn date(
        &self,
        stored: &TantivyDocument,
        address: DocAddress,
    ) -> Option<ArticleDate> {
        let precision = optional_text(stored, self.fields.date_precision)?;
        let rule = optional_text(stored, self.fields.date_rule)?;
        let [first, last] = ARTICLE_DAYS;
        Some(ArticleDate {
            date: PartialDate::between(
                self.day(first, address)?,
                self.day(last, address)?,
                Precision::from_name(&precision)?,
            )?,
            rule: DateRule::from_name(&rule)?,
        })
    }

    /// A day in a column of days.
    pub(super) fn day(&self, column: &'static str, address: DocAddress) -> Option<Day> {
        let segment = address.segment_ord;
        let days = opened(&self.days, (segment, column), || {
            let segment = self.engine.segment_reader(segment);
            segment.fast_fields().i64(column)
        });
        Day::from_number(days.ok()?.first(address.doc_id)?)
    }

    pub(super) fn to_article(&self, stored: &TantivyDocument, address: DocAddress) -> Article {
        let fields = &self.fields;
        let names_given = stored.get_first(fields.names_given);
        let names = names_given
            .and_then(|value| value.as_bool())
            .unwrap_or_default()
            .then(|| {
                let names = self.names(stored).into_iter();
                names.map(|(kind, name)| GivenName { kind, name }).collect()
            });
        Article {
            id: ArticleId(stored_text(stored, fields.id)),
            origin: self.origin(stored),
            date: self.date(stored, address),
            title: stored_text(stored, fields.title),
            text: stored_text(stored, fields.text),
            language: optional_text(stored, fields.language),
            source: optional_text(stored, fields.source),
            url: optional_text(stored, fields.url),
            author: optional_text(stored, fields.author),
            names,
            meetings: optional_text(stored, fields.meetings_given)
                .map(|text| given::from_text(&text)),
        }
    }
}

/// The answers to one request, in order.
#[derive(Debug)]
pub struct Results<'a> {
    pub(super) searcher: &'a Searcher,
    total: usize,
    merge: Merge,
    left: usize,
    pub(super) leaves: Vec<Leaf>,
    /// The leaves as they are looked for in texts, once one is.
    pub(super) wanted: Option<Wanted>,
    pub(super) analyzers: Analyzers,
}

impl Drop for Results<'_> {
    fn drop(&mut self) {
        let analyzers = std::mem::take(&mut self.analyzers);
        if !analyzers.is_empty() {
            locked(&self.searcher.analyzers).push(analyzers);
        }
    }
}

impl Results<'_> {
    /// How many articles match, given out or not.
    pub fn total(&self) -> usize {
        self.total
    }

    pub(super) fn advance(&mut self) -> Result<Option<(DocAddress, f32)>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        self.merge
            .next(&self.searcher.engine)
            .map_err(engine_error(&self.searcher.path))
    }

    /// The next article in full, with its snippet.
    pub fn next_hit(&mut self) -> Result<Option<Hit>> {
        let Some((address, score)) = self.advance()? else {
            return Ok(None);
        };
        let searcher = self.searcher;
        let fields = &searcher.fields;
        let stored = searcher.stored(address)?;
        let language = stored_text(&stored, fields.language);
        let spoken = lang::by_code(&language);
        let analyzer = self
            .analyzers
            .entry(spoken.code)
            .or_insert_with(|| Analyzer::new(spoken));
        let leaves = &self.leaves;
        let wanted = self.wanted.get_or_insert_with(|| Wanted::new(leaves));
        let text = stored_text(&stored, fields.text);
        let origin = searcher.origin(&stored);
        let source = optional_text(&stored, fields.source);
        Ok(Some(Hit {
            id: ArticleId(stored_text(&stored, fields.id)),
            date: searcher.date(&stored, address),
            title: stored_text(&stored, fields.title),
            language,
            source: source.unwrap_or_else(|| origin.path.clone()),
            url: optional_text(&stored, fields.url),
            author: optional_text(&stored, fields.author),
            score,
            snippet: snippet(&text, wanted, analyzer),
            names: searcher.names(&stored),
            origin,
        }))
    }

    /// The id of the next article; much cheaper than [`Results::next_hit`].
    pub fn next_id(&mut self) -> Result<Option<String>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let id = self.merge.next_id(&self.searcher.engine);
        id.map_err(engine_error(&self.searcher.path))
    }

    /// The path of the next article; much cheaper than [`Results::next_hit`].
    pub fn next_path(&mut self) -> Result<Option<String>> {
        self.next_in_column("path")
    }

    fn next_in_column(&mut self, column: &'static str) -> Result<Option<String>> {
        let Some((address, _)) = self.advance()? else {
            return Ok(None);
        };
        let column = self.searcher.column(address.segment_ord, column);
        let text = column.and_then(|column| text_of(&column, address.doc_id));
        text.map(Some).map_err(engine_error(&self.searcher.path))
    }
}

pub(super) fn optional_text(stored: &TantivyDocument, field: Field) -> Option<String> {
    let value = stored.get_first(field)?;
    value.as_str().map(str::to_owned)
}

pub(super) fn stored_text(stored: &TantivyDocument, field: Field) -> String {
    optional_text(stored, field).unwrap_or_default()
}
