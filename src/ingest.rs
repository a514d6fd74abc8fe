//! Files to the index: read, judge, annotate, write.
//!
//! One thread reads and decides what is new, several annotate, and the caller's thread writes in
//! the order of reading, so that what ends up in the index does not depend on their number.
//! Bounded queues between them keep memory bounded, whatever the size of a file.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::annotate::{self, annotate};
use crate::index::{Catalogue, Judged, Verdict, Writer, WriterOptions};
use crate::model::{Account, Document, Outcome, Reject};
use crate::source::{self, Files, Item};
use crate::{Error, Result};

/// How many articles may wait between two threads.
const QUEUE: usize = 64;

/// How a run goes about it.
#[derive(Debug, Clone)]
pub struct Options {
    /// How files are read.
    pub source: source::Options,
    /// What is looked for in articles.
    pub annotate: annotate::Options,
    /// How the index is written.
    pub writer: WriterOptions,
    /// Remove articles whose file is gone, and those that their file no longer holds.
    pub prune: bool,
    /// Change nothing; only say what would be done.
    pub dry_run: bool,
}

/// Is told how a run goes on.
pub trait Observer {
    /// An article or reject was read; `bytes` of the files have been read so far.
    fn advanced(&mut self, account: &Account, bytes: u64);
    /// Something could not be read.
    fn rejected(&mut self, reject: &Reject) -> Result<()>;
    /// Something worth saying about a file.
    fn noted(&mut self, note: &str);
    /// Whether to end here, at a commit; asked after each article or reject.
    fn stopped(&self) -> bool {
        false
    }
}

/// What the reading thread hands on.
enum Read {
    Judged(Judged),
    Rejected(Reject),
    Noted(String),
}

/// What the annotating threads hand on.
enum Ready {
    Document(Box<Document>, u64, Verdict),
    Passed(Read),
}

type Numbered<T> = (u64, u64, T);

/// Reads `files` and brings the index at `path` up to date.
///
/// Where the observer ends the run, all that the account counts is committed and nothing is pruned.
pub fn run(
    path: &Path,
    files: &Files,
    options: &Options,
    observer: &mut dyn Observer,
) -> Result<Account> {
    let mut writer = if options.dry_run {
        None
    } else {
        Some(Writer::open(path, &options.writer)?)
    };
    let paths: BTreeSet<String> = files.paths().map(str::to_owned).collect();
    let catalogue = Catalogue::open(path, paths, options.writer.rebuild)?;
    let mut account = Account::default();
    let stop = AtomicBool::new(false);
    let outcome = thread::scope(|scope| {
        let (to_annotate, unread) = bounded(QUEUE);
        let (to_write, annotated) = bounded(QUEUE);
        let stop = &stop;
        let reader = scope.spawn(move || read(files, options, catalogue, &to_annotate, stop));
        for _ in 0..options.writer.threads.max(1) {
            let (receiver, sender) = (unread.clone(), to_write.clone());
            scope.spawn(move || work(&receiver, &sender, options.annotate));
        }
        drop((unread, to_write));
        let written = write(&annotated, writer.as_mut(), &mut account, observer);
        stop.store(true, Ordering::Relaxed);
        drop(annotated);
        let read = reader
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        written.and(read)
    });
    let seen = outcome?;
    if let Some(mut writer) = writer {
        if options.prune && !observer.stopped() {
            account.removed = writer.prune(&mut |id, path| seen.is_gone(id, path, files))?;
        }
        for file in writer.finish()? {
            observer.noted(&format!(
                "segments/{file} is damaged and was left as it is: see `kronika verify`"
            ));
        }
    }
    Ok(account)
}

/// What a run has read.
struct Seen {
    catalogue: Catalogue,
    /// The files of which something could not be read.
    rejected: BTreeSet<String>,
}

impl Seen {
    /// Whether an article of the index is no longer where it was.
    ///
    /// What was rejected may be the article; what came by standard input lies nowhere.
    fn is_gone(&self, id: &str, path: &str, files: &Files) -> bool {
        if files.contains(path) {
            path != source::STANDARD_INPUT
                && !self.rejected.contains(path)
                && !self.catalogue.has_seen(id)
        } else {
            files.covers(path) && !Path::new(path).exists()
        }
    }
}

/// Reads all files in order and says of each article what it is to the index.
fn read(
    files: &Files,
    options: &Options,
    catalogue: Catalogue,
    sender: &Sender<Numbered<Read>>,
    stop: &AtomicBool,
) -> Result<Seen> {
    let mut seen = Seen {
        catalogue,
        rejected: BTreeSet::new(),
    };
    let mut number = 0;
    let mut failure: Option<Error> = None;
    let mut read = 0;
    let mut send = |reads: Vec<Read>, bytes| {
        for read in reads {
            if sender.send((number, bytes, read)).is_err() {
                return ControlFlow::Break(());
            }
            number += 1;
        }
        if stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    let judged = |judged: Vec<Judged>| judged.into_iter().map(Read::Judged).collect();
    let is_whole = source::read(files, &options.source, &mut |item, bytes| {
        read = bytes;
        let reads = match item {
            Item::Article(article) => {
                let content = source::content_hash(&article) ^ options.annotate.mark();
                match seen.catalogue.judge(article, content) {
                    Ok(articles) => judged(articles),
                    Err(error) => {
                        failure = Some(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            Item::Rejected(reject) => {
                seen.rejected.insert(reject.path.clone());
                vec![Read::Rejected(reject)]
            }
            Item::Note(note) => vec![Read::Noted(note)],
        };
        send(reads, bytes)
    });
    if let Some(error) = failure {
        return Err(error);
    }
    if is_whole {
        // Who listens has gone, or goes on; either way there is nothing left to send.
        let _ = send(judged(seen.catalogue.rest()), read);
    }
    Ok(seen)
}

/// Annotates what is new and passes everything else on.
fn work(
    receiver: &Receiver<Numbered<Read>>,
    sender: &Sender<Numbered<Ready>>,
    options: annotate::Options,
) {
    for (number, bytes, read) in receiver {
        let ready = match read {
            Read::Judged((article, content, verdict))
                if matches!(verdict, Verdict::Added | Verdict::Updated { .. }) =>
            {
                let document = annotate(*article, options);
                Ready::Document(Box::new(document), content, verdict)
            }
            read => Ready::Passed(read),
        };
        if sender.send((number, bytes, ready)).is_err() {
            return;
        }
    }
}

/// Puts everything back in order and writes it.
fn write(
    receiver: &Receiver<Numbered<Ready>>,
    mut writer: Option<&mut Writer>,
    account: &mut Account,
    observer: &mut dyn Observer,
) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for (number, bytes, ready) in receiver {
        waiting.insert(number, (bytes, ready));
        while let Some((bytes, ready)) = waiting.remove(&next) {
            next += 1;
            match ready {
                Ready::Document(document, content, verdict) => {
                    account.count(outcome_of(verdict), document.article.date.is_none());
                    if let Some(writer) = &mut writer {
                        writer.put(&document, content, verdict)?;
                    }
                }
                Ready::Passed(Read::Judged((article, _, verdict))) => {
                    account.count(outcome_of(verdict), article.date.is_none());
                }
                Ready::Passed(Read::Rejected(reject)) => {
                    account.count(Outcome::Rejected, false);
                    observer.rejected(&reject)?;
                }
                Ready::Passed(Read::Noted(note)) => observer.noted(&note),
            }
            observer.advanced(account, bytes);
            if observer.stopped() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn outcome_of(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Added => Outcome::Added,
        Verdict::Updated { .. } => Outcome::Updated,
        Verdict::Unchanged => Outcome::Unchanged,
        Verdict::Duplicate => Outcome::Duplicate,
    }
}
