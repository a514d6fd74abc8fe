//! What stands in the files: every article hashed, every meeting looked up in its article, and
//! every column, term and place read to the end.

use std::path::Path;

use tantivy::postings::Postings;
use tantivy::schema::{IndexRecordOption, Schema, Value};
use tantivy::{DocAddress, DocId, DocSet, SegmentMeta, SegmentReader, TERMINATED, TantivyDocument};

use super::super::collect::{ARTICLE_DAYS, MEETING_DAYS, column_of, numbers_of, text_of};
use super::super::searcher::{Searcher, stored_text};
use super::super::{CommitState, SEGMENTS, article_fingerprint, engine_error, io_error};
use super::{COMMIT, Watcher, file_fault, reading};
use crate::Result;
use crate::model::{Article, Fault, FaultKind, FaultPlace, Field, GivenName, Verification};

/// Columns of numbers that documents may have.
const DAYS: [&str; 2] = ["event_first", "event_last"];

/// The check under way.
struct Check<'a> {
    searcher: &'a Searcher,
    says: &'a dyn Fn(&Article, u64) -> bool,
    faults: Vec<Fault>,
    articles: u64,
    meetings: u64,
    fingerprint: u128,
    /// The article that was looked up last: meetings of one article follow each other.
    teller: Option<(String, Article)>,
}

/// Checks all that the last commit holds.
pub(super) fn check(
    path: &Path,
    found: &mut Verification,
    says: &dyn Fn(&Article, u64) -> bool,
    watcher: &mut dyn Watcher,
) -> Result<()> {
    let commit = format!("{SEGMENTS}/{COMMIT}");
    let searcher = reading(found, FaultKind::Commit, &commit, |_| Searcher::open(path))?;
    let Some(searcher) = searcher else {
        return Ok(());
    };
    let mut check = Check {
        searcher: &searcher,
        says,
        faults: Vec::new(),
        articles: 0,
        meetings: 0,
        fingerprint: 0,
        teller: None,
    };
    let metas = searcher.engine.index().searchable_segment_metas();
    let metas = metas.map_err(engine_error(path))?;
    let readers = searcher.engine.segment_readers();
    let documents = readers.iter().map(|reader| u64::from(reader.num_docs()));
    watcher.begin("articles and meetings", documents.sum());
    let mut done = 0;
    for (ordinal, segment) in (0..).zip(readers) {
        let id = segment.segment_id().uuid_string();
        let file = |ending: &str| format!("{SEGMENTS}/{id}.{ending}");
        reading(found, FaultKind::Count, &commit, |found| {
            let of_segment = |meta: &&SegmentMeta| meta.id() == segment.segment_id();
            let meta = metas.iter().find(of_segment);
            count(path, segment, meta, &commit, found)
        })?;
        reading(found, FaultKind::Unreadable, &file("store"), |_| {
            check.documents(ordinal, segment, &mut done, watcher)
        })?;
        reading(found, FaultKind::Unreadable, &file("fast"), |_| {
            read_columns(path, segment)
        })?;
        reading(found, FaultKind::Unreadable, &file("term"), |found| {
            read_terms(path, segment, &file("idx"), found)
        })?;
    }
    let fingerprint = CommitState::with(check.fingerprint).fingerprint;
    if fingerprint != searcher.state.fingerprint {
        let kept = &searcher.state.fingerprint;
        let detail = format!("it says {kept}, the articles have {fingerprint}");
        found
            .faults
            .push(file_fault(FaultKind::Fingerprint, &commit, Some(detail)));
    }
    found.faults.append(&mut check.faults);
    found.articles = Some(check.articles);
    found.meetings = Some(check.meetings);
    found.fingerprint = Some(fingerprint);
    Ok(())
}

/// Whether a segment has as many documents as the commit says.
fn count(
    path: &Path,
    segment: &SegmentReader,
    meta: Option<&SegmentMeta>,
    commit: &str,
    found: &mut Verification,
) -> Result<()> {
    let fail = engine_error(path);
    let said = segment.max_doc();
    let rows = segment
        .fast_fields()
        .u64("content")
        .map_err(&fail)?
        .num_docs();
    let deleted = meta.map_or(0, SegmentMeta::num_deleted_docs);
    let counts = [
        ("articles and meetings", said, rows),
        ("of them deleted", deleted, segment.num_deleted_docs()),
    ];
    for (what, said, there) in counts {
        if said != there {
            let id = segment.segment_id().short_uuid_string();
            let detail = format!("segment {id}: {what}: it says {said}, there are {there}");
            let fault = file_fault(FaultKind::Count, commit, Some(detail));
            found.faults.push(fault);
        }
    }
    Ok(())
}

impl Check<'_> {
    fn documents(
        &mut self,
        ordinal: u32,
        segment: &SegmentReader,
        done: &mut u64,
        watcher: &mut dyn Watcher,
    ) -> Result<()> {
        let fail = engine_error(&self.searcher.path);
        let numbers = numbers_of(segment).map_err(&fail)?;
        let contents = segment.fast_fields().u64("content").map_err(&fail)?;
        let ids = column_of(segment, "id").map_err(&fail)?;
        let paths = column_of(segment, "path").map_err(&fail)?;
        for doc in segment.doc_ids_alive() {
            let address = DocAddress::new(ordinal, doc);
            let stored = self.searcher.stored(address)?;
            let fields = &self.searcher.fields;
            let (id, path) = (
                stored_text(&stored, fields.id),
                stored_text(&stored, fields.path),
            );
            let is_same = text_of(&ids, doc).map_err(&fail)? == id
                && text_of(&paths, doc).map_err(&fail)? == path;
            if !is_same {
                let detail = "its column has another id or path than its record";
                self.fault(FaultKind::Id, &stored, Some(detail.to_owned()));
            }
            if numbers.first(doc).is_some() {
                self.meeting(&stored, address)?;
            } else {
                self.article(&stored, address, contents.first(doc))?;
            }
            *done += 1;
            watcher.at(*done);
        }
        Ok(())
    }

    fn fault(&mut self, kind: FaultKind, stored: &TantivyDocument, detail: Option<String>) {
        let fields = &self.searcher.fields;
        let place = FaultPlace::Article {
            id: stored_text(stored, fields.id),
            path: stored_text(stored, fields.path),
        };
        self.faults.push(Fault {
            kind,
            place,
            detail,
        });
    }

    fn article(
        &mut self,
        stored: &TantivyDocument,
        address: DocAddress,
        content: Option<u64>,
    ) -> Result<()> {
        self.articles += 1;
        let article = self.as_given(stored, address);
        let content = content.unwrap_or_default();
        let part = article_fingerprint(article.id.as_str(), content);
        self.fingerprint = self.fingerprint.wrapping_add(part);
        if !(self.says)(&article, content) {
            self.fault(FaultKind::Content, stored, None);
        }
        if self.address(article.id.as_str())? != Some(address) {
            self.fault(FaultKind::Id, stored, None);
        }
        Ok(())
    }

    fn address(&self, id: &str) -> Result<Option<DocAddress>> {
        let address = self.searcher.address(id);
        address.map_err(engine_error(&self.searcher.path))
    }

    /// An article with its ready-made names in the order they were given in.
    fn as_given(&self, stored: &TantivyDocument, address: DocAddress) -> Article {
        let mut article = self.searcher.to_article(stored, address);
        if let Some(names) = &mut article.names {
            names.clear();
            for fields in &self.searcher.fields.names {
                let values = stored.get_all(fields.names);
                let values = values.filter_map(|value| value.as_str());
                names.extend(values.map(|name| GivenName {
                    kind: fields.kind,
                    name: name.to_owned(),
                }));
            }
        }
        article
    }

    fn meeting(&mut self, stored: &TantivyDocument, address: DocAddress) -> Result<()> {
        self.meetings += 1;
        let hit = self.searcher.meeting(address)?;
        let id = hit.article.id.as_str();
        let is_known = self.teller.as_ref().is_some_and(|(known, _)| known == id);
        if !is_known {
            self.teller = match self.address(id)? {
                None => None,
                Some(address) => {
                    let stored = self.searcher.stored(address)?;
                    let article = self.searcher.to_article(&stored, address);
                    Some((id.to_owned(), article))
                }
            };
        }
        let number = Some(format!("meeting {}", hit.number));
        let Some((_, teller)) = &self.teller else {
            self.fault(FaultKind::Orphan, stored, number);
            return Ok(());
        };
        let text = match hit.evidence.field {
            Field::Title => &teller.title,
            Field::Text => &teller.text,
        };
        if text.get(hit.evidence.span.range()) != Some(hit.evidence.text.as_str()) {
            self.fault(FaultKind::Evidence, stored, number);
        }
        Ok(())
    }
}

/// Reads all columns to the end.
fn read_columns(path: &Path, segment: &SegmentReader) -> Result<()> {
    let fail = engine_error(path);
    let columns = segment.fast_fields();
    for name in [ARTICLE_DAYS, MEETING_DAYS, DAYS].concat() {
        let column = columns.i64(name).map_err(&fail)?;
        for doc in 0..segment.max_doc() {
            column.values_for_doc(doc).for_each(drop);
        }
    }
    for name in ["id", "path"] {
        let column = column_of(segment, name).map_err(&fail)?;
        for doc in 0..segment.max_doc() {
            text_of(&column, doc).map_err(&fail)?;
        }
    }
    Ok(())
}

/// Reads all terms, and for each the documents it is in and the places in them.
fn read_terms(
    path: &Path,
    segment: &SegmentReader,
    file: &str,
    found: &mut Verification,
) -> Result<()> {
    let schema: &Schema = segment.schema();
    let mut places = Vec::new();
    for (field, entry) in schema.fields().filter(|(_, entry)| entry.is_indexed()) {
        let index = segment.inverted_index(field).map_err(engine_error(path))?;
        let mut terms = index.terms().stream().map_err(io_error(path))?;
        while terms.advance() {
            let info = terms.value();
            let option = IndexRecordOption::WithFreqsAndPositions;
            let postings = index.read_postings_from_terminfo(info, option);
            let mut postings = postings.map_err(io_error(path))?;
            let mut count = 0_u32;
            let mut before: Option<DocId> = None;
            while postings.doc() != TERMINATED {
                let doc = postings.doc();
                if doc >= segment.max_doc() || before.is_some_and(|before| before >= doc) {
                    break;
                }
                before = Some(doc);
                postings.positions(&mut places);
                count += 1;
                postings.advance();
            }
            if count != info.doc_freq {
                let name = entry.name();
                let term = String::from_utf8_lossy(terms.key()).into_owned();
                let detail = format!("the documents of `{term}` in {name} cannot all be read");
                let fault = file_fault(FaultKind::Unreadable, file, Some(detail));
                found.faults.push(fault);
            }
        }
    }
    Ok(())
}
