//! What is typed, and which verb it calls. One verb, one file.

mod alias;
mod analyze;
mod annotate;
mod complete;
mod completions;
mod conditions;
mod dates;
mod entities;
mod graph;
mod index;
mod kwic;
mod lines;
mod list;
mod man;
mod met;
mod naming;
mod output;
mod query;
mod shells;
mod show;
mod status;
mod timeline;
mod verify;

use std::path::PathBuf;

pub use complete::complete;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand};

use crate::index::rescued;
use crate::model::Day;
use crate::{Mistake, Result};

/// How a command ended. Each has one meaning; see `kronika help`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, also when nothing was found or the reader of the output went away.
    Done = 0,
    /// Nothing was found, and the user asked to be told so (`-e`, `-q`); or the files that an index
    /// was compared with say something else.
    NoHits = 1,
    /// The command line, a query, a date or the file of aliases cannot be understood.
    Usage = 2,
    /// The index is missing, damaged, or of another version.
    NoIndex = 3,
    /// Indexed, but some inputs were rejected.
    SomeRejected = 4,
    /// Another process is writing to the index.
    Locked = 5,
    /// Reading or writing failed.
    Failed = 6,
    /// Interrupted; what was indexed until then is kept.
    Interrupted = 130,
}

impl Exit {
    /// The code for an error.
    pub fn of(error: &crate::Error) -> Self {
        use crate::Error;
        match error {
            Error::Io { source, .. } if source.kind() == std::io::ErrorKind::BrokenPipe => {
                Self::Done
            }
            Error::Io { .. } => Self::Failed,
            Error::IndexLocked { .. } => Self::Locked,
            Error::Mistake(_) | Error::Aliases { .. } => Self::Usage,
            Error::NoIndex { .. }
            | Error::NotAnIndex { .. }
            | Error::IndexVersion { .. }
            | Error::IndexAnalysis { .. }
            | Error::Index { .. } => Self::NoIndex,
        }
    }
}

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

const AFTER_HELP: &str = "\
Examples:
  kronika index corpus                         index every article below corpus/
  kronika met Putin Łukaszenka                 every meeting of the two, with its proof
  kronika query --person Łukaszenka --since 2023-02 --until 2023-02
  kronika query 'rozmowa o mobilizacji' --org OUBZ --json
  kronika timeline mobilizacja --by month      how much was written of it, with a plot
  kronika graph --format gexf > g.gexf         who met whom, for Gephi
  kronika entities --with Putin --kind person  who stands in articles with him
  kronika kwic --person Putin --sort right     each mention of him in its surroundings
  kronika show ID                              one article with its names
  kronika dates 'w piątek 17 lutego' --on 2023-02
  kronika alias merge 'Donald Tusk' 'D. Tusk'  two names of one man

Exit codes:
  0 done   1 no hits (with -e or -q), or verify found other files   2 usage, query, date or alias
  error   3 no usable index, or verify found it damaged
  4 indexed, some inputs rejected   5 index locked   6 read or write failure   130 interrupted";

/// Indexes dated news and answers who met whom, and when.
#[derive(Debug, Parser)]
#[command(name = "kronika", version, styles = STYLES, after_help = AFTER_HELP, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Verb,
}

/// Flags that every verb takes.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Everywhere")]
pub struct Global {
    /// The folder of the index.
    #[arg(
        short,
        long = "index",
        value_name = "DIR",
        env = "KRONIKA_INDEX",
        default_value = "index",
        global = true
    )]
    index: PathBuf,
    /// Your own file of names, instead of `aliases.toml` beside the folder of the index.
    #[arg(long, value_name = "FILE", env = "KRONIKA_ALIASES", global = true)]
    aliases: Option<PathBuf>,
    /// The day that relative dates count from, instead of today.
    #[arg(long, value_name = "DAY", env = "KRONIKA_NOW", global = true)]
    now: Option<String>,
    /// When to use colour.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    color: output::Colour,
}

impl Global {
    /// The day to count from: `--now`, else `today`.
    fn today(&self, today: Day) -> Result<Day> {
        let Some(text) = &self.now else {
            return Ok(today);
        };
        let date = crate::dates::parse_published(text)?;
        if date.first() == date.last() {
            return Ok(date.first());
        }
        Err(Mistake {
            text: text.clone(),
            span: crate::model::Span::new(0, text.len()),
            message: "--now has to be one day".to_owned(),
            hint: Some("write it as 2023-02-15".to_owned()),
        }
        .into())
    }
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add and update articles, and print the account.
    Index(index::Arguments),
    /// Find articles.
    #[command(visible_alias = "search")]
    Query(Box<query::Arguments>),
    /// Say who met whom, and when.
    #[command(visible_alias = "meetings")]
    Met(Box<met::Arguments>),
    /// Count articles or meetings by day, month or year.
    Timeline(Box<timeline::Arguments>),
    /// Say who is joined with whom, for programs that draw.
    Graph(Box<graph::Arguments>),
    /// List who and what the articles name.
    Entities(Box<entities::Arguments>),
    /// Print words or a name in any form, each with what stands left and right of it.
    Kwic(Box<kwic::Arguments>),
    /// Print one article with its names marked.
    Show(show::Arguments),
    /// Print what is found in articles as JSON, one a line, keeping nothing.
    Annotate(annotate::Arguments),
    /// List, check and change the user's own file of names.
    Alias(alias::Arguments),
    /// Show why words match: their readings and terms.
    Analyze(analyze::Arguments),
    /// Explain what dates mean in an article of a day.
    Dates(dates::Arguments),
    /// Print counts, versions and the fingerprint of the index.
    Status(status::Arguments),
    /// Check that the index is whole, and that it has what the files say.
    Verify(verify::Arguments),
    /// Print the completions of a shell.
    Completions(completions::Arguments),
    /// Print the manual page.
    Man(man::Arguments),
}

/// What a verb needs besides its own arguments.
#[derive(Debug)]
pub(crate) struct Context {
    /// The folder of the index.
    pub(crate) index: PathBuf,
    /// The user's own file of names, where one was asked for.
    pub(crate) aliases: Option<PathBuf>,
    /// The day to count from.
    pub(crate) today: Day,
    /// The moment the program began, as people read it.
    pub(crate) since: String,
    /// When to use colour.
    pub(crate) colour: output::Colour,
}

/// Runs what was asked for. `today` is what the calendar says, `since` the moment of starting.
pub fn run(arguments: Arguments, today: Day, since: String) -> Result<Exit> {
    let context = Context {
        today: arguments.global.today(today)?,
        index: arguments.global.index,
        aliases: arguments.global.aliases,
        since,
        colour: arguments.global.color,
    };
    let path = context.index.clone();
    rescued(&path, || dispatch(arguments.verb, &context))
}

fn dispatch(verb: Verb, context: &Context) -> Result<Exit> {
    match verb {
        Verb::Index(arguments) => index::run(&arguments, context),
        Verb::Query(arguments) => query::run(&arguments, context),
        Verb::Met(arguments) => met::run(&arguments, context),
        Verb::Timeline(arguments) => timeline::run(&arguments, context),
        Verb::Graph(arguments) => graph::run(&arguments, context),
        Verb::Entities(arguments) => entities::run(&arguments, context),
        Verb::Kwic(arguments) => kwic::run(&arguments, context),
        Verb::Show(arguments) => show::run(&arguments, context),
        Verb::Annotate(arguments) => annotate::run(&arguments, context),
        Verb::Alias(arguments) => alias::run(&arguments, context),
        Verb::Analyze(arguments) => analyze::run(&arguments, context),
        Verb::Dates(arguments) => dates::run(&arguments, context),
        Verb::Status(arguments) => status::run(&arguments, context),
        Verb::Verify(arguments) => verify::run(&arguments, context),
        Verb::Completions(arguments) => completions::run(&arguments),
        Verb::Man(arguments) => man::run(&arguments),
    }
}

/// Tells a person what went wrong. A reader of the output that went away is not worth a word.
pub fn report(error: &crate::Error) {
    if Exit::of(error) == Exit::Done {
        return;
    }
    let mut stderr = anstream::stderr().lock();
    // Nobody is left to tell when standard error is gone.
    let _ = crate::render::fault::write(error, true, &mut stderr);
}
