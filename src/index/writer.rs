//! Documents to the index.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tantivy::TantivyDocument;
use tantivy::schema::Term;

use super::careful::Careful;
use super::catalogue::Verdict;
use super::lock::Lock;
use super::rows;
use super::schema::{Fields, WordFields};
use super::searcher::Searcher;
use super::source_key::source_keys;
use super::tokenizer::name_words;
use super::{CommitState, article_fingerprint, describe, open_or_create, write_error};
use super::{given, meeting};
use crate::lang;
use crate::model::Document;
use crate::{Error, Result};

/// How many bytes of text may lie between two commits.
const COMMIT_BYTES: usize = 256 << 20;

/// How an index is written.
#[derive(Debug, Clone)]
pub struct WriterOptions {
    /// Indexing threads, at least 1.
    pub threads: usize,
    /// Bytes of memory for postings before they are written out, over all threads.
    pub memory: usize,
    /// Who writes and since when, for a second writer to read.
    pub holder: String,
    /// Throw away what is there and begin anew.
    pub rebuild: bool,
    /// Commit also each time this many articles were put; 0 commits by size alone.
    pub commit_every: usize,
}

/// The one writer of an index.
pub struct Writer {
    path: PathBuf,
    fields: Fields,
    engine: tantivy::IndexWriter,
    merging: Careful,
    fingerprint: u128,
    uncommitted_bytes: usize,
    uncommitted: usize,
    commit_every: usize,
    changed: bool,
    _lock: Lock,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Writer")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl Fields {
    /// What an article and each of its meetings have in common: all that tells which article it is.
    pub(super) fn add_particulars(&self, document: &Document, out: &mut TantivyDocument) {
        let article = &document.article;
        out.add_text(self.id, article.id.as_str());
        out.add_text(self.path, &article.origin.path);
        out.add_u64(self.record, article.origin.record);
        out.add_text(self.title, &article.title);
        out.add_text(self.language, &document.language);
        for key in source_keys(article) {
            out.add_text(self.source_key, key);
        }
        for (field, value) in [(self.source, &article.source), (self.url, &article.url)] {
            if let Some(value) = value {
                out.add_text(field, value);
            }
        }
        if let Some(dated) = article.date {
            out.add_i64(self.date_first, dated.date.first().number());
            out.add_i64(self.date_last, dated.date.last().number());
            out.add_text(self.date_precision, dated.date.precision().name());
            out.add_text(self.date_rule, dated.rule.name());
        }
    }
}

impl Writer {
    /// Opens the index at `path`, or makes one, and locks it against other writers.
    pub fn open(path: &Path, options: &WriterOptions) -> Result<Self> {
        if let Err(error @ Error::NotAnIndex { .. }) = describe(path) {
            return Err(error);
        }
        let lock = Lock::take(path, &options.holder)?;
        let index = open_or_create(path, options.rebuild)?;
        let fail = write_error(path);
        let engine = index
            .writer_with_num_threads(options.threads.max(1), options.memory)
            .map_err(&fail)?;
        // A run that was killed may have left files that this one would write again.
        engine.garbage_collect_files().wait().map_err(&fail)?;
        let merging = Careful::new(&index).map_err(&fail)?;
        engine.set_merge_policy(Box::new(merging.clone()));
        let fingerprint = CommitState::of(&index.load_metas().map_err(&fail)?).sum();
        Ok(Self {
            path: path.to_owned(),
            fields: Fields::new(),
            engine,
            merging,
            fingerprint,
            uncommitted_bytes: 0,
            uncommitted: 0,
            commit_every: options.commit_every,
            changed: false,
            _lock: lock,
        })
    }

    /// Adds or replaces a document, as `verdict` says.
    ///
    /// Commits when enough has gathered.
    pub fn put(&mut self, document: &Document, content: u64, verdict: Verdict) -> Result<()> {
        let id = document.article.id.as_str();
        match verdict {
            Verdict::Unchanged | Verdict::Duplicate => return Ok(()),
            Verdict::Added => {}
            Verdict::Updated { old_content } => self.remove(id, old_content),
        }
        let part = article_fingerprint(id, content);
        self.fingerprint = self.fingerprint.wrapping_add(part);
        let article = self.to_tantivy(document, content);
        let meetings = meeting::to_tantivy(&self.fields, document);
        for one in std::iter::once(article).chain(meetings) {
            self.engine
                .add_document(one)
                .map_err(write_error(&self.path))?;
        }
        self.changed = true;
        self.uncommitted_bytes += document.article.text.len();
        self.uncommitted += 1;
        let enough = self.commit_every > 0 && self.uncommitted >= self.commit_every;
        if enough || self.uncommitted_bytes >= COMMIT_BYTES {
            self.commit()?;
        }
        Ok(())
    }

    fn remove(&mut self, id: &str, content: u64) {
        self.engine
            .delete_term(Term::from_field_text(self.fields.id, id));
        let part = article_fingerprint(id, content);
        self.fingerprint = self.fingerprint.wrapping_sub(part);
        self.changed = true;
    }

    /// Removes all articles of which `is_gone` says so, by their id and path; gives their number.
    ///
    /// Looks at the last commit.
    pub fn prune(&mut self, is_gone: &mut dyn FnMut(&str, &str) -> bool) -> Result<u64> {
        self.commit()?;
        let mut gone = Vec::new();
        Searcher::open(&self.path)?.each_known(&mut |id, known| {
            if is_gone(id, &known.origin.path) {
                gone.push((id.to_owned(), known.content));
            }
        })?;
        for (id, content) in &gone {
            self.remove(id, *content);
        }
        Ok(gone.len() as u64)
    }

    /// Makes everything so far durable and visible, if anything changed.
    pub fn commit(&mut self) -> Result<()> {
        if !self.changed {
            return Ok(());
        }
        let fail = write_error(&self.path);
        let state = CommitState::with(self.fingerprint);
        let payload = serde_json::to_string(&state).map_err(|source| Error::Index {
            path: self.path.clone(),
            source: Box::new(source),
        })?;
        let mut commit = self.engine.prepare_commit().map_err(&fail)?;
        commit.set_payload(&payload);
        commit.commit().map_err(&fail)?;
        self.changed = false;
        self.uncommitted_bytes = 0;
        self.uncommitted = 0;
        Ok(())
    }

    /// Commits, waits for merges under way and lets go of the index.
    ///
    /// Gives the files of `segments/` that were found damaged when they were to be merged. Not all
    /// files are looked at; what is damaged is left as it is.
    pub fn finish(mut self) -> Result<Vec<String>> {
        self.commit()?;
        self.engine
            .wait_merging_threads()
            .map_err(write_error(&self.path))?;
        Ok(self.merging.damaged())
    }

    fn to_tantivy(&self, document: &Document, content: u64) -> TantivyDocument {
        let fields = &self.fields;
        let article = &document.article;
        let mut out = TantivyDocument::new();
        out.add_text(fields.document_kind, "article");
        out.add_u64(fields.content, content);
        fields.add_particulars(document, &mut out);
        out.add_text(fields.text, &article.text);
        if let Some(author) = &article.author {
            out.add_text(fields.author, author);
        }
        for date in &document.dates {
            out.add_i64(fields.event_first, date.date.first().number());
            out.add_i64(fields.event_last, date.date.last().number());
        }
        if let Some(WordFields { words, title, .. }) = fields.words_of(&document.language) {
            if !article.title.is_empty() {
                out.add_text(title, &article.title);
                if !article.text_repeats_title() {
                    out.add_text(words, &article.title);
                }
            }
            out.add_text(words, &article.text);
        }
        if let Some(given) = &article.meetings {
            out.add_text(fields.meetings_given, given::to_text(given));
        }
        self.add_names(document, &mut out);
        meeting::add_participants(&self.fields, document, &mut out);
        out
    }

    fn add_names(&self, document: &Document, out: &mut TantivyDocument) {
        out.add_bool(self.fields.names_given, document.article.names.is_some());
        let languages = [lang::by_code(&document.language)];
        for entity in &document.entities {
            let Some(fields) = self.fields.names_of(entity.kind) else {
                continue;
            };
            out.add_text(fields.names, &entity.name);
            let forms: BTreeSet<&str> = std::iter::once(&entity.name)
                .chain(&entity.forms)
                .map(String::as_str)
                .collect();
            for form in forms {
                out.add_text(fields.words, name_words(form, &languages));
            }
        }
        let mentions = document.mentions.iter();
        let called: BTreeSet<_> = mentions.map(|one| (one.entity, &one.base)).collect();
        for (entity, base) in called {
            let Some(entity) = document.entities.get(entity) else {
                continue;
            };
            if let Some(fields) = self.fields.names_of(entity.kind)
                && *base != entity.name
            {
                out.add_text(fields.forms, rows::form_term(&entity.name, base));
            }
        }
    }
}
