//! `kronika index PATH…`.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Context, Exit, naming, output};
use crate::index::WriterOptions;
use crate::ingest::{self, Observer};
use crate::model::{Account, Reject};
use crate::source::{self, Files, Kind, Mapping};
use crate::{Error, Result, annotate, dates, render};

/// The memory for postings that are not written yet, in MiB.
const MEMORY: usize = 128;
/// Bytes in a MiB.
const MIB: usize = 1 << 20;
/// How often the bar is drawn at most.
pub(super) const REDRAW: u8 = 10;
/// How often `--wait` looks whether the index is free.
const RETRY: Duration = Duration::from_millis(100);

/// Add and update articles, and print the account.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads .txt .md .json .jsonl .ndjson .csv .tsv .html .htm .xml .rss .atom, each also as .gz or .zst.
After it, read = added + updated + unchanged + duplicate + rejected. Rejects are written to
rejects.ndjson in the index, with path, line, byte and reason.

Ctrl-C ends at a commit and keeps what was read until then (exit code 130); a second Ctrl-C ends
at once and keeps the last commit. The same command then does the rest.

Examples:
  kronika index corpus
  kronika index -i archive --map title=headline,text=body,date=published dump.ndjson.gz
  kronika index --prune news            also remove what is gone from its files
  kronika index --dry-run news          only say what would be done
  zstdcat dump.ndjson.zst | kronika index --input-format ndjson -")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: SourceArguments,
    /// Remove articles that their file no longer holds, or whose file below the given folders is
    /// gone. A file of which something was rejected keeps its articles.
    #[arg(long)]
    prune: bool,
    /// Change nothing; only print the account.
    #[arg(long)]
    dry_run: bool,
    /// Throw the index away first and begin anew.
    #[arg(long, conflicts_with = "dry_run")]
    rebuild: bool,
    /// Do not look for names; much faster, and `--person` finds only names that were given.
    #[arg(long)]
    no_names: bool,
    /// Where to write rejects, instead of the index.
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// How many threads analyse and index; without it, one for each core.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// Memory for what is not written yet, in MiB.
    #[arg(long, value_name = "MIB", default_value_t = MEMORY)]
    memory: usize,
    /// Also commit each time N articles were added or updated, so that less is done again after a
    /// power cut and readers see them sooner; slower. Without it, one commit for 256 MiB of text.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    commit_every: usize,
    /// Wait while another process writes to the index, instead of ending with exit code 5.
    #[arg(long)]
    wait: bool,
    /// Print the account as JSON.
    #[arg(long)]
    json: bool,
    /// Show no progress.
    #[arg(short, long)]
    quiet: bool,
}

/// What to read, and how.
#[derive(Debug, clap::Args)]
pub(super) struct SourceArguments {
    /// Files and folders; `-` is standard input.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,
    #[command(flatten)]
    reading: ReadingArguments,
}

/// How files are read.
#[derive(Debug, clap::Args)]
pub(super) struct ReadingArguments {
    /// Names of fields in JSON, CSV and TSV that differ from ours: `title=headline,text=body`.
    #[arg(long, value_name = "OURS=THEIRS,…")]
    map: Option<String>,
    /// The date of articles that have none of their own.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The language of articles that do not say, as two letters.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Read files as this kind, whatever they are called.
    #[arg(long, value_name = "KIND")]
    input_format: Option<Kind>,
    /// Reject articles of more MiB than this.
    #[arg(long, value_name = "MIB", default_value_t = 32)]
    max_article: usize,
}

impl SourceArguments {
    /// The files to read, and how.
    pub(super) fn files(&self, _: &Context) -> Result<(Files, source::Options)> {
        let options = self.reading.options()?;
        Ok((Files::walk(&self.paths)?, options))
    }
}

impl ReadingArguments {
    pub(super) fn options(&self) -> Result<source::Options> {
        Ok(source::Options {
            mapping: Mapping::parse(self.map.as_deref().unwrap_or_default())?,
            date: self
                .date
                .as_deref()
                .map(dates::parse_published)
                .transpose()?,
            language: self.lang.clone(),
            kind: self.input_format,
            max_article: self.max_article.saturating_mul(MIB),
        })
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let (files, source) = arguments.source.files(context)?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let options = ingest::Options {
        source,
        annotate: annotate::Options {
            names: !arguments.no_names,
        },
        writer: WriterOptions {
            threads: arguments.threads.map_or(cores, usize::from),
            memory: arguments.memory.saturating_mul(MIB),
            holder: format!("process {} since {}", std::process::id(), context.since),
            rebuild: arguments.rebuild,
            commit_every: arguments.commit_every,
        },
        prune: arguments.prune,
        dry_run: arguments.dry_run,
    };
    let rejects = match &arguments.rejects {
        Some(path) => Some(path.clone()),
        None if arguments.dry_run => None,
        None => Some(context.index.join("rejects.ndjson")),
    };
    let stop = on_interrupt()?;
    let mut progress = Progress::new(&files, rejects, arguments.quiet, Arc::clone(&stop));
    let mut waits_for = None;
    let account = loop {
        match ingest::run(&context.index, &files, &options, &mut progress) {
            Err(Error::IndexLocked { holder, .. }) if arguments.wait => {
                if stop.load(Ordering::Relaxed) {
                    return Ok(Exit::Interrupted);
                }
                if waits_for.as_ref() != Some(&holder) {
                    progress.noted(&format!("waits for {holder}, which writes to the index"));
                    waits_for = Some(holder);
                }
                thread::sleep(RETRY);
            }
            outcome => break outcome?,
        }
    };
    let interrupted = stop.load(Ordering::Relaxed);
    progress.finish()?;
    let mut page = Vec::new();
    if arguments.json {
        render::account::write_json(&account, &mut page)
    } else {
        render::account::write_text(&account, &mut page)
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    let passed_over: Vec<String> = files
        .passed_over()
        .iter()
        .map(|(kind, count)| format!("{kind} ({count})"))
        .collect();
    if !passed_over.is_empty() {
        let kinds = passed_over.join(", ");
        output::note(&format!("passed over what holds no articles: {kinds}"));
    }
    if interrupted {
        output::note("interrupted; what is counted above is kept, the same command does the rest");
        return Ok(Exit::Interrupted);
    }
    if !arguments.dry_run {
        naming::prepare(context);
    }
    if account.rejected == 0 {
        return Ok(Exit::Done);
    }
    if let Some(path) = &progress.rejects_path {
        output::note(&format!("rejects are listed in `{}`", path.display()));
    }
    Ok(Exit::SomeRejected)
}

/// What becomes true when the user interrupts; a second time ends the program at once.
fn on_interrupt() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stop);
    #[expect(
        clippy::exit,
        reason = "the second time nobody waits, and the last commit stays"
    )]
    let handler = move || {
        if seen.swap(true, Ordering::Relaxed) {
            std::process::exit(Exit::Interrupted as i32);
        }
    };
    ctrlc::set_handler(handler).map_err(|error| Error::Io {
        path: PathBuf::from("the handler of interrupts"),
        source: io::Error::other(error),
    })?;
    Ok(stop)
}

/// Shows how it goes on, and writes rejects down.
struct Progress {
    bar: ProgressBar,
    rejects_path: Option<PathBuf>,
    rejects: Option<BufWriter<File>>,
    /// How often each note came; the first few are shown.
    notes: BTreeMap<String, u64>,
    /// Whether the user interrupted.
    stop: Arc<AtomicBool>,
}

impl Progress {
    fn new(
        files: &Files,
        rejects_path: Option<PathBuf>,
        quiet: bool,
        stop: Arc<AtomicBool>,
    ) -> Self {
        let bar = if quiet || !io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let target = ProgressDrawTarget::stderr_with_hz(REDRAW);
            let bar = ProgressBar::with_draw_target(Some(files.bytes()), target);
            let shape = "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {msg} {eta} left";
            bar.set_style(
                ProgressStyle::with_template(shape)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        };
        Self {
            bar,
            rejects_path,
            rejects: None,
            notes: BTreeMap::new(),
            stop,
        }
    }

    /// The file of rejects: emptied when a run begins to have some, and when it has none.
    fn rejects(&mut self) -> Result<Option<&mut BufWriter<File>>> {
        if self.rejects.is_none()
            && let Some(path) = &self.rejects_path
        {
            let file = File::create(path).map_err(io_error(path))?;
            self.rejects = Some(BufWriter::new(file));
        }
        Ok(self.rejects.as_mut())
    }

    fn finish(&mut self) -> Result<()> {
        self.bar.finish_and_clear();
        let path = self.rejects_path.clone().unwrap_or_default();
        match &mut self.rejects {
            Some(file) => file.flush().map_err(io_error(&path)),
            // An old list would speak of a run that is over.
            None => match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    Err(io_error(&path)(error))
                }
                _ => Ok(()),
            },
        }
    }
}

fn io_error(path: &std::path::Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Io {
        path: path.to_owned(),
        source,
    }
}

impl Observer for Progress {
    fn advanced(&mut self, account: &Account, bytes: u64) {
        self.bar.set_position(bytes);
        if !self.bar.is_hidden() {
            let rate = account.read * 1000
                / u64::try_from(self.bar.elapsed().as_millis().max(1)).unwrap_or(1);
            self.bar.set_message(format!(
                "{} articles, {rate}/s, {} rejected,",
                account.read, account.rejected
            ));
        }
    }

    fn rejected(&mut self, reject: &Reject) -> Result<()> {
        let path = self.rejects_path.clone().unwrap_or_default();
        if let Some(file) = self.rejects()? {
            render::account::write_reject(reject, file).map_err(io_error(&path))?;
        }
        Ok(())
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn noted(&mut self, note: &str) {
        let count = self.notes.entry(note.to_owned()).or_default();
        *count += 1;
        if *count == 1 {
            self.bar.suspend(|| output::note(note));
        }
    }
}
