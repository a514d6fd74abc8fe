//! `kronika timeline`.

use clap::builder::PossibleValuesParser;

use super::conditions::Filters;
use super::naming::Naming;
use super::{Context, Exit, output};
use crate::Result;
use crate::index::Searcher;
use crate::model::{Counted, MeetingHit, MergedMeeting, Period, Query};
use crate::render::{self, Format, Style};
use crate::timeline::{Days, TooManyRows, timeline};

const EXAMPLES: &str = "\
Examples:
  kronika timeline                             the whole index
  kronika timeline mobilizacja --by month      how much was written of it, month by month
  kronika timeline --person Scholz --since 2022 --until 2022 --by week
  kronika timeline --of meetings Putin --by quarter
  kronika timeline wojna --by year --csv > wojna.csv

Without --by it is the shortest period that makes at most 60 rows. Rows go from the first day found
or asked for to the last; periods in which nothing lies have 0.

An article is counted in a period when all its possible days lie there. One known only to the month
lies in no one day: it is told as `imprecise`, and one without a date as `undated`. Rows, imprecise
and undated together are all that was found.

Shares are of all the articles (or meetings) that the index has of the period.

With --of meetings, meetings are counted by their own days, tellings of one joined as by
`met --merge`; --person, --org, --place and days are then those of the meeting, and words, --event
and --met have to fit the article that tells of it.";

/// Count articles by day, month or year.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The query, as for `query`.
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// By what to count.
    #[arg(long, value_name = "PERIOD",
          value_parser = PossibleValuesParser::new(Period::ALL.map(Period::name)))]
    by: Option<String>,
    /// What to count.
    #[arg(long, value_name = "WHAT", default_value = "articles",
          value_parser = ["articles", "meetings"])]
    of: String,
    #[command(flatten)]
    format: output::FormatArguments,
    /// Begin CSV with a byte order mark, for Excel.
    #[arg(long)]
    bom: bool,
}

/// How many meetings there are of each pair of a first and last day.
fn days_of(meetings: &[MergedMeeting]) -> Days {
    let mut days = Days::new();
    for meeting in meetings {
        let pair = meeting.date.map(|date| (date.first(), date.last()));
        *days.entry(pair).or_default() += 1;
    }
    days
}

/// Takes away from a meeting what is not needed to count it.
fn only_counted(hit: &mut MeetingHit) {
    hit.evidence.text = String::new();
    hit.evidence.marks = Vec::new();
    hit.article.title = String::new();
    hit.article.source = String::new();
    hit.article.url = None;
    hit.article.origin.path = String::new();
    hit.participants = Vec::new();
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let format = arguments.format.format();
    if matches!(format, Format::Ids | Format::Paths) {
        return Err(output::usage(
            "--format",
            "counts have neither ids nor paths",
            "take --json, --nl, --csv or --tsv",
        ));
    }
    let words = arguments.words.join(" ");
    let filters = &arguments.filters;
    let query = filters.query(&words, context)?;
    let searcher = Searcher::open(&context.index)?;
    let mut naming = Naming::new(&searcher, context);
    let (counted, found, all) = if arguments.of == "meetings" {
        let days_of = |words: &str, filters: &Filters, naming: &mut Naming<'_>| -> Result<Days> {
            let found = filters.meetings(words, &[], naming, only_counted)?;
            Ok(days_of(&found))
        };
        let found = days_of(&words, filters, &mut naming)?;
        let all = if query == Query::All {
            found.clone()
        } else {
            days_of("", &Filters::default(), &mut naming)?
        };
        (Counted::Meetings, found, all)
    } else {
        let (query, understood) = naming.query(query)?;
        naming.tell(&understood)?;
        let found = searcher.articles_by_date(&query)?;
        let all = if query == Query::All {
            found.clone()
        } else {
            searcher.articles_by_date(&Query::All)?
        };
        (Counted::Articles, found, all)
    };
    let by = arguments.by.as_deref().and_then(Period::from_name);
    let asked = filters.days(context)?;
    let made = timeline(counted, &found, &all, by, asked).map_err(|TooManyRows(rows)| {
        output::usage(
            arguments.by.as_deref().unwrap_or_default(),
            &format!("this makes {rows} rows"),
            "count by something longer, or narrow the days with --since and --until",
        )
    })?;
    let style = Style {
        colour: context.colour.on_stdout(),
        width: output::width(),
    };
    let mut page = Vec::new();
    render::timeline::write(&made, format, style, arguments.bom, &mut page)
        .map_err(output::failed)?;
    output::write(&page)?;
    Ok(Exit::Done)
}
