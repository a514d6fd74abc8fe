//! `kronika kwic`.

use std::cmp::Ordering;

use super::conditions::Filters;
use super::list::{ListArguments, style};
use super::naming::Naming;
use super::{Context, Exit, output};
use crate::Result;
use crate::index::Searcher;
use crate::model::{KwicLine, Query, Request, Sort};
use crate::render::{Format, Style};
use crate::text::{fold, normal_form, tokens};

/// How many letters programs are given on each side when they do not say.
const WIDTH: usize = 60;
/// More letters on a side than anybody reads.
const MOST_WIDTH: usize = 100_000;

const EXAMPLES: &str = "\
Examples:
  kronika kwic mobilizacja                     each form of the word in its surroundings
  kronika kwic --person Tusk --sort right      what he does: sorted by what stands after him
  kronika kwic '\"okrągły stół\"' --since 1989 --until 1989 --width 80
  kronika kwic --person Putin --csv > putin.csv

The keywords are all words, phrases and names of the question, in any form; where two overlap, the
longer one is shown. For a person that is every name of him, \"Tusk\" as well as \"Donald Tusk\".
Offsets (JSON, CSV, TSV) are bytes of the article's `text` or `title`.

Sorted by date, only as many articles are read as lines are shown; by left or right, all of them.";

/// Print words or a name in any form, each with what stands left and right of it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The query, as for `query`.
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// The order of the lines: of the article's date, or of the words to one side, nearest first.
    #[arg(long, value_name = "ORDER", allow_hyphen_values = true, default_value = "date",
          value_parser = ["date", "-date", "left", "right"])]
    sort: String,
    /// So many letters on each side; without it what the terminal has room for, 60 for programs.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=MOST_WIDTH as i64))]
    width: Option<u32>,
    #[command(flatten)]
    list: ListArguments,
}

/// Whether a query has words or names, which can be shown.
fn has_keywords(query: &Query) -> bool {
    match query {
        Query::Text(..) | Query::Name(..) | Query::Met(_) | Query::Sentence(_) => true,
        Query::And(parts) | Query::Or(parts) => parts.iter().any(has_keywords),
        _ => false,
    }
}

impl Arguments {
    fn is_sorted_by_side(&self) -> bool {
        matches!(self.sort.as_str(), "left" | "right")
    }

    fn request(&self, query: Query) -> Request {
        Request {
            query,
            sort: match self.sort.as_str() {
                "-date" => Sort::DateDescending,
                _ => Sort::Date,
            },
            offset: 0,
            limit: None,
        }
    }

    /// The words that a line is sorted by, nearest to the keyword first.
    fn key(&self, line: &KwicLine) -> Vec<String> {
        let words = |text: &str| -> Vec<String> {
            let words = tokens(text).map(|word| fold(&normal_form(word.of(text))));
            words.collect()
        };
        if self.sort == "left" {
            let mut words = words(&line.left);
            words.reverse();
            words
        } else {
            words(&line.right)
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let format = arguments.list.format()?;
    let words = arguments.words.join(" ");
    let query = arguments.filters.query(&words, context)?;
    if !has_keywords(&query) {
        return Err(output::usage(
            if words.is_empty() {
                "kronika kwic"
            } else {
                &words
            },
            "neither words nor a name to show",
            "write kronika kwic WORDS, or --person NAME",
        ));
    }
    let searcher = Searcher::open(&context.index)?;
    let mut naming = Naming::new(&searcher, context);
    let (query, names) = naming.query(query)?;
    naming.tell(&names)?;
    let style = style(context);
    let room = match format {
        Format::Text => style.width,
        _ => WIDTH,
    };
    let width = arguments
        .width
        .and_then(|width| usize::try_from(width).ok());
    let style = Style {
        // Wide enough for what was asked for, keyword and date included.
        width: width.map_or(style.width, |width| style.width.max(width * 20 / 9 + 12)),
        ..style
    };
    let (lines, total) = lines(arguments, &searcher, query, width.unwrap_or(room))?;
    arguments.list.print(&lines, total, &names, style)
}

/// The lines that are shown, and how many there are where all were read.
fn lines(
    arguments: &Arguments,
    searcher: &Searcher,
    query: Query,
    width: usize,
) -> Result<(Vec<KwicLine>, Option<usize>)> {
    let mut results = searcher.search(&arguments.request(query))?;
    let enough = arguments
        .list
        .limit()
        .filter(|_| !arguments.is_sorted_by_side())
        .map(|limit| limit.saturating_add(arguments.list.offset));
    let mut lines = Vec::new();
    let mut is_whole = true;
    while let Some(more) = results.next_lines(width)? {
        lines.extend(more);
        if enough.is_some_and(|enough| lines.len() > enough) {
            is_whole = false;
            break;
        }
    }
    if arguments.is_sorted_by_side() {
        let mut keyed: Vec<(Vec<String>, KwicLine)> = lines
            .into_iter()
            .map(|line| (arguments.key(&line), line))
            .collect();
        // The sort is stable: ties stay in the order of dates.
        keyed.sort_by(|(one, _), (other, _)| -> Ordering { one.cmp(other) });
        lines = keyed.into_iter().map(|(_, line)| line).collect();
    }
    let total = is_whole.then_some(lines.len());
    Ok((arguments.list.shown(lines), total))
}
