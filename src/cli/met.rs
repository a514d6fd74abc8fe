//! `kronika met`.

use std::io::Write;

use clap::builder::PossibleValuesParser;

use super::conditions::{days, name_pattern};
use super::naming::Naming;
use super::{Context, Exit, output};
use crate::Result;
use crate::index::{Meetings, Searcher};
use crate::meetings::{self, CountBy};
use crate::model::{
    DateMatch, EntityKind, MeetingKind, MeetingQuery, MeetingRequest, MeetingSort, MeetingStatus,
    MergedMeeting, PartyKind, PartyPattern, Understood,
};
use crate::render::meetings::counts::{self, CountSummary};
use crate::render::{Asked, Format, MeetingSummary, MeetingWriter, Style};

/// How many meetings people are shown when they do not say.
const SHOWN: usize = 20;

const EXAMPLES: &str = "\
Examples:
  kronika met                                   every meeting, by its day
  kronika met Putina                            those in which Putin takes part
  kronika met Putin Łukaszenka --merge          those of both; tellings of one meeting joined
  kronika met --person Scholz --org NATO --since 2022-03 --until 2022-06-30
  kronika met --place Genewa --status happened --kind summit,talks --csv > genewa.csv
  kronika met Putin --count-by person --merge   whom Putin met, and how often

Names are matched as `query --person` matches them: in any form, and a part finds the whole.

Days are those of the meeting, never of the article: a meeting known to the month is found by each
day of it, and only by all of it with --date-match within; one of no known day by none.

--merge joins tellings of one meeting: the same named people, on the same or overlapping days.
It keeps the narrowest day and every proof; that a meeting took place, was cancelled or is denied
outweighs that it was planned or rumoured, and of two such words the later article's holds.";

/// Say who met whom, and when.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Somebody or something that takes part, in any form of the name; with two, both do.
    #[arg(value_name = "NAME", num_args = 0..=2)]
    names: Vec<String>,
    /// A person who takes part; more than once for several.
    #[arg(long, value_name = "NAME", alias = "osoba")]
    person: Vec<String>,
    /// An organization that takes part.
    #[arg(
        long,
        value_name = "NAME",
        alias = "organization",
        alias = "organizacja"
    )]
    org: Vec<String>,
    /// Meetings on this day or later.
    #[arg(long, value_name = "DATE", alias = "od", allow_hyphen_values = true)]
    since: Option<String>,
    /// Meetings on this day or earlier.
    #[arg(long, value_name = "DATE", alias = "do", allow_hyphen_values = true)]
    until: Option<String>,
    /// Meetings in these days.
    #[arg(long, value_name = "DATE", alias = "data", allow_hyphen_values = true)]
    on: Option<String>,
    /// Whether a meeting of several possible days has to overlap the range or lie within.
    #[arg(long, value_name = "HOW", value_parser = ["overlaps", "within"])]
    date_match: Option<String>,
    /// Where they met.
    #[arg(long, value_name = "NAME", alias = "miejsce")]
    place: Vec<String>,
    /// How they came together; one of several with commas.
    #[arg(long, value_name = "KIND", alias = "rodzaj", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(MeetingKind::ALL.map(MeetingKind::name)))]
    kind: Vec<String>,
    /// Whether they did; one of several with commas.
    #[arg(long, value_name = "STATUS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(MeetingStatus::ALL.map(MeetingStatus::name)))]
    status: Vec<String>,
    /// Told in this language, as two letters.
    #[arg(long, value_name = "CODE", alias = "język", alias = "jezyk")]
    lang: Option<String>,
    /// Told by this publisher, host or path; a final `*` stands for any ending.
    #[arg(long, value_name = "NAME", alias = "źródło", alias = "zrodlo")]
    source: Option<String>,
    /// Join the same meeting told by several articles into one answer with all proofs.
    #[arg(long)]
    merge: bool,
    /// Count meetings instead of printing them.
    #[arg(long, value_name = "WHAT", value_parser = ["person", "month", "place"])]
    count_by: Option<String>,
    /// The order of their days; those of no known day come last.
    #[arg(long, value_name = "ORDER", allow_hyphen_values = true, default_value = "date",
          value_parser = ["date", "-date"])]
    sort: String,
    /// At most so many; without it 20 for people, all for programs.
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Skip so many first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// Exit with 1 when nothing is found.
    #[arg(short = 'e', long)]
    exit_status: bool,
    /// Print nothing; only exit with 0 or 1.
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    format: output::FormatArguments,
    /// Begin CSV with a byte order mark, for Excel.
    #[arg(long)]
    bom: bool,
}

impl Arguments {
    fn query(&self, context: &Context) -> Result<MeetingQuery> {
        let mut parties = Vec::new();
        for (kind, names) in [
            (None, &self.names),
            (Some(PartyKind::Named(EntityKind::Person)), &self.person),
            (Some(PartyKind::Named(EntityKind::Organization)), &self.org),
        ] {
            for name in names {
                let name = name_pattern(name)?;
                parties.push(PartyPattern { kind, name });
            }
        }
        let places: Result<_> = self.place.iter().map(|name| name_pattern(name)).collect();
        let kinds = self.kind.iter().map(String::as_str);
        let statuses = self.status.iter().map(String::as_str);
        let (since, until) = (self.since.as_deref(), self.until.as_deref());
        Ok(MeetingQuery {
            parties,
            days: days(since, until, self.on.as_deref(), context)?,
            date_match: match self.date_match.as_deref() {
                Some("within") => DateMatch::Within,
                _ => DateMatch::Overlaps,
            },
            places: places?,
            kinds: kinds.filter_map(MeetingKind::from_name).collect(),
            statuses: statuses.filter_map(MeetingStatus::from_name).collect(),
            language: self.lang.clone(),
            source: self.source.clone(),
        })
    }

    fn sort(&self) -> MeetingSort {
        match self.sort.as_str() {
            "-date" => MeetingSort::DateDescending,
            _ => MeetingSort::Date,
        }
    }

    fn limit(&self, format: Format) -> Option<usize> {
        match format {
            _ if self.quiet => Some(0),
            Format::Text => Some(self.limit.unwrap_or(SHOWN)),
            _ => self.limit,
        }
    }

    fn count_by(&self) -> Option<CountBy> {
        Some(match self.count_by.as_deref()? {
            "month" => CountBy::Month,
            "place" => CountBy::Place,
            _ => CountBy::Person,
        })
    }

    fn found(&self, total: usize) -> Exit {
        if total == 0 && (self.exit_status || self.quiet) {
            Exit::NoHits
        } else {
            Exit::Done
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let format = arguments.format.format();
    let count_by = arguments.count_by();
    if count_by.is_some() && matches!(format, Format::Ids | Format::Paths) {
        return Err(output::usage(
            "--count-by",
            "counts have neither ids nor paths",
            "take --json, --nl, --csv or --tsv",
        ));
    }
    let query = arguments.query(context)?;
    let searcher = Searcher::open(&context.index)?;
    if searcher.meeting_count()? == 0 {
        output::note("no article of this index tells of a meeting");
    }
    // What has to be seen together before anything of it can be told is read whole.
    let mut naming = Naming::new(&searcher, context);
    let (query, names) = naming.meetings(query)?;
    if !arguments.quiet {
        naming.tell(&names)?;
    }
    let is_streamed = !arguments.merge && count_by.is_none();
    let request = MeetingRequest {
        query,
        sort: arguments.sort(),
        offset: if is_streamed { arguments.offset } else { 0 },
        limit: arguments.limit(format).filter(|_| is_streamed),
    };
    let mut found = searcher.meetings(&request)?;
    if is_streamed {
        stream(arguments, &mut naming, names, &mut found)
    } else {
        together(arguments, &mut naming, names, &mut found)
    }
}

/// Writes meetings as the index gives them.
fn stream(
    arguments: &Arguments,
    naming: &mut Naming<'_>,
    names: Vec<Understood>,
    found: &mut Meetings<'_>,
) -> Result<Exit> {
    let total = found.total();
    if !arguments.quiet {
        let mut out = output::stdout();
        let mut writer = writer(arguments, naming, names, total, &mut out)?;
        while let Some(mut hit) = found.next_hit()? {
            naming.rename(&mut hit)?;
            writer.meeting(&hit.into()).map_err(output::failed)?;
        }
        writer.finish().map_err(output::failed)?;
        out.flush().map_err(output::failed)?;
    }
    Ok(arguments.found(total))
}

/// Writes what only all meetings of an answer together tell.
fn together(
    arguments: &Arguments,
    naming: &mut Naming<'_>,
    names: Vec<Understood>,
    found: &mut Meetings<'_>,
) -> Result<Exit> {
    let mut hits = Vec::new();
    while let Some(mut hit) = found.next_hit()? {
        naming.rename(&mut hit)?;
        hits.push(hit);
    }
    let mut all: Vec<MergedMeeting> = if arguments.merge {
        meetings::merge(hits)
    } else {
        hits.into_iter().map(MergedMeeting::from).collect()
    };
    if arguments.merge && arguments.sort() == MeetingSort::DateDescending {
        // The sort is stable, so that ties stay as they were.
        all.sort_by_key(|meeting| {
            let days = meeting.date.map(|date| (date.first(), date.last()));
            (days.is_none(), std::cmp::Reverse(days))
        });
    }
    let total = all.len();
    if arguments.quiet {
        return Ok(arguments.found(total));
    }
    let mut out = output::stdout();
    let format = arguments.format.format();
    let limit = arguments.limit(format).unwrap_or(usize::MAX);
    if let Some(by) = arguments.count_by() {
        let rows = meetings::counts(&all, by);
        let summary = CountSummary {
            by: by.name(),
            meetings: total,
            total: rows.len(),
            offset: arguments.offset,
        };
        let rows = rows.into_iter().skip(arguments.offset).take(limit);
        let rows: Vec<_> = rows.map(|row| (row.value, row.meetings)).collect();
        counts::write(&rows, summary, format, arguments.bom, &mut out).map_err(output::failed)?;
    } else {
        let mut writer = writer(arguments, naming, names, total, &mut out)?;
        for meeting in all.iter().skip(arguments.offset).take(limit) {
            writer.meeting(meeting).map_err(output::failed)?;
        }
        writer.finish().map_err(output::failed)?;
    }
    out.flush().map_err(output::failed)?;
    Ok(arguments.found(total))
}

fn writer<'w>(
    arguments: &Arguments,
    naming: &Naming<'_>,
    names: Vec<Understood>,
    total: usize,
    out: &'w mut dyn Write,
) -> Result<MeetingWriter<'w>> {
    let (searcher, context) = (naming.searcher(), naming.context());
    let style = Style {
        colour: context.colour.on_stdout(),
        width: output::width(),
    };
    let summary = MeetingSummary {
        index: Asked {
            path: searcher.path().display().to_string(),
            format: searcher.description().format,
            analysis: searcher.description().analysis.clone(),
            fingerprint: searcher.fingerprint().to_owned(),
        },
        names,
        merged: arguments.merge,
        total,
        offset: arguments.offset,
    };
    let format = arguments.format.format();
    MeetingWriter::new(format, style, arguments.bom, summary, out).map_err(output::failed)
}
