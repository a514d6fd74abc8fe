//! `kronika query`.

use std::io::Write;

use super::conditions::Filters;
use super::lines::{Answer, Line};
use super::naming::Naming;
use super::{Context, Exit, lines, output};
use crate::index::{Results, Searcher};
use crate::model::{Query, Request, Sort, Span, Understood};
use crate::render::{self, Fields, Format, HitWriter, Style, Summary};
use crate::{Mistake, Result, query};

/// How many articles people are shown when they do not say.
const SHOWN: usize = 20;

const EXAMPLES: &str = "\
Examples:
  kronika query spotkanie Putin                 both words, in any form
  kronika query '\"okrągły stół\"'                a phrase, in any form
  kronika query --person Tuskiem --since 2023-02 --until 2023-02-28
  kronika query 'person:Putin -place:Moskwa' --sort -date --json
  kronika query '(person:Merkel person:Putin)~s' --csv > merkel-putin.csv
  printf 'person:Tusk\\nperson:Duda\\n' | kronika query - --nl

The query language:
  spotkanie Putin      both             \"okrągły stół\"   phrase    \"…\"~3  with slop 3
  =Putina              this very form   spotk*           prefix    /regex/
  OR  NOT  -  ( )      combinations     (a b)~s          within one sentence
  person: org: place: product: met: date: event: title: lang: source: id:
  osoba: organizacja: miejsce: wytwór: spotkał: data: zdarzenie: tytuł: język: źródło:

Dates: 2023, 2023-02, 2023-02-15, 15.02.2023, \"15 lutego 2023\", A..B, 7d, 2w, 3mo, 1y, wczoraj";

/// Find articles.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The query; `-` reads many, one a line or as JSON objects, from standard input.
    ///
    /// They are answered in order. A line that cannot be understood is told with its number, and so
    /// is a name that no article has; JSON has both in its answers.
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// The order: by score where words are asked for, else by date.
    #[arg(long, value_name = "ORDER", allow_hyphen_values = true,
          value_parser = ["score", "date", "-date", "id"])]
    sort: Option<String>,
    /// At most so many articles; without it 20 for people, all for programs.
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Skip so many first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// The fields to print, in order, for JSON, CSV and TSV.
    #[arg(long, value_name = "A,B,…")]
    fields: Option<String>,
    /// Say on standard error how the query was understood.
    #[arg(long)]
    explain: bool,
    /// Exit with 1 when nothing is found, of many queries by none.
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

/// Whether the query asks for words, so that answers differ in how well they fit.
fn has_scores(query: &Query) -> bool {
    match query {
        Query::Text(..) | Query::Sentence(_) => true,
        Query::And(parts) | Query::Or(parts) => parts.iter().any(has_scores),
        _ => false,
    }
}

fn asks_for_events(query: &Query) -> bool {
    match query {
        Query::Event(_) => true,
        Query::And(parts) | Query::Or(parts) | Query::Sentence(parts) => {
            parts.iter().any(asks_for_events)
        }
        Query::Not(part) => asks_for_events(part),
        _ => false,
    }
}

impl Arguments {
    fn request(&self, query: Query, format: Format) -> Request {
        let sort = match self.sort.as_deref() {
            Some("score") => Sort::Score,
            Some("date") => Sort::Date,
            Some("-date") => Sort::DateDescending,
            Some("id") => Sort::Id,
            _ if has_scores(&query) => Sort::Score,
            _ => Sort::Date,
        };
        let limit = match format {
            _ if self.quiet => Some(0),
            Format::Text => Some(self.limit.unwrap_or(SHOWN)),
            _ => self.limit,
        };
        Request {
            query,
            sort,
            offset: self.offset,
            limit,
        }
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let words = arguments.words.join(" ");
    let format = arguments.format.format();
    // Also where no field is printed, so that a slip shows before anything else does.
    let fields = Fields::parse(arguments.fields.as_deref())?;
    if words == "-" {
        let searcher = Searcher::open(&context.index)?;
        return many(arguments, context, &searcher, format, &fields);
    }
    let query = arguments.filters.query(&words, context)?;
    let searcher = Searcher::open(&context.index)?;
    let mut naming = Naming::new(&searcher, context);
    let (query, names) = naming.query(query)?;
    if !arguments.quiet {
        naming.tell(&names)?;
    }
    if arguments.explain {
        output::note(&format!("understood as: {}", query::to_text(&query)));
        for line in searcher.explain(&query)? {
            output::note(&line);
        }
    }
    if asks_for_events(&query) && !searcher.has_event_days()? {
        output::note("no article of this index is known to speak of any day");
    }
    let request = arguments.request(query, format);
    let mut results = searcher.search(&request)?;
    let total = results.total();
    if !arguments.quiet {
        let mut out = output::stdout();
        answer(
            arguments,
            context,
            &searcher,
            &request,
            names,
            &mut results,
            format,
            &fields,
            None,
            &mut out,
        )?;
        out.flush().map_err(output::failed)?;
    }
    let is_told = arguments.exit_status || arguments.quiet;
    Ok(if total == 0 && is_told {
        Exit::NoHits
    } else {
        Exit::Done
    })
}

/// Writes one answer.
#[expect(
    clippy::too_many_arguments,
    reason = "all of one answer, used in two places of this file"
)]
fn answer(
    arguments: &Arguments,
    context: &Context,
    searcher: &Searcher,
    request: &Request,
    names: Vec<Understood>,
    results: &mut Results<'_>,
    format: Format,
    fields: &Fields,
    line: Option<u64>,
    out: &mut dyn Write,
) -> Result<()> {
    match format {
        Format::Ids | Format::Paths => {
            while let Some(text) = match format {
                Format::Ids => results.next_id()?,
                _ => results.next_path()?,
            } {
                if let Some(line) = line {
                    write!(out, "{line}\t").map_err(output::failed)?;
                }
                render::write_line(&text, out).map_err(output::failed)?;
            }
            return Ok(());
        }
        _ => {}
    }
    let style = Style {
        colour: context.colour.on_stdout(),
        width: output::width(),
    };
    let summary = Summary {
        understood: query::to_text(&request.query),
        names,
        index: searcher.path().display().to_string(),
        format_version: searcher.description().format,
        analysis: searcher.description().analysis.clone(),
        fingerprint: searcher.fingerprint().to_owned(),
        total: results.total(),
        offset: request.offset,
        line,
    };
    let fields = fields.clone();
    let mut writer = HitWriter::new(format, fields, style, arguments.bom, summary, out)
        .map_err(output::failed)?;
    while let Some(hit) = results.next_hit()? {
        writer.hit(&hit).map_err(output::failed)?;
    }
    writer.finish().map_err(output::failed)
}

/// How one of many questions was answered.
enum Outcome {
    /// With articles.
    Found,
    /// With none.
    Nothing,
    /// With what is wrong with it.
    Mistaken,
}

/// Answers each line of standard input in order, from one open index.
fn many(
    arguments: &Arguments,
    context: &Context,
    searcher: &Searcher,
    format: Format,
    fields: &Fields,
) -> Result<Exit> {
    if matches!(format, Format::Csv | Format::Tsv) {
        return Err(output::usage(
            "-",
            "many queries cannot be answered in one table",
            "take --nl, --json, --format ids or --format paths",
        ));
    }
    // Each answer is one line of its own, with all its hits.
    let format = match format {
        Format::Ndjson => Format::Json,
        format => format,
    };
    let questions = Questions {
        arguments,
        format,
        fields,
    };
    let naming = Naming::new(searcher, context);
    let (mut found, mut mistaken) = (false, false);
    lines::answer_each(
        || naming.clone(),
        |naming, line, out| questions.answer(naming, line, out),
        |outcome| match outcome {
            Outcome::Found => found = true,
            Outcome::Nothing => {}
            Outcome::Mistaken => mistaken = true,
        },
    )?;
    let is_told = arguments.exit_status || arguments.quiet;
    Ok(match (mistaken, found || !is_told) {
        (true, _) => Exit::Usage,
        (false, true) => Exit::Done,
        (false, false) => Exit::NoHits,
    })
}

/// The letter of `line` that holds the byte before `column`.
fn letter_before(line: &str, column: usize) -> Span {
    let start = line.floor_char_boundary(column.saturating_sub(1));
    Span::new(start, line.ceil_char_boundary(column))
}

/// What many questions have in common.
struct Questions<'a> {
    arguments: &'a Arguments,
    format: Format,
    fields: &'a Fields,
}

impl Questions<'_> {
    fn answer(
        &self,
        naming: &mut Naming<'_>,
        line: &Line,
        out: &mut Answer<Outcome>,
    ) -> Result<Outcome> {
        let number = line.number;
        let told = line.text().map_err(crate::Error::from);
        match told.and_then(|text| self.answer_text(naming, number, text, out)) {
            Err(crate::Error::Mistake(mistake)) => {
                if self.format == Format::Json {
                    render::json::write_mistake(&mistake, number, out).map_err(output::failed)?;
                } else {
                    out.note(format!("line {number}: {mistake}"))?;
                }
                Ok(Outcome::Mistaken)
            }
            outcome => outcome,
        }
    }

    fn answer_text(
        &self,
        naming: &mut Naming<'_>,
        number: u64,
        text: &str,
        out: &mut Answer<Outcome>,
    ) -> Result<Outcome> {
        let (context, searcher) = (naming.context(), naming.searcher());
        let query = self.query(text, context)?;
        let (query, names) = naming.query(query)?;
        if self.arguments.explain {
            out.note(format!(
                "line {number}: understood as: {}",
                query::to_text(&query)
            ))?;
            for leaf in searcher.explain(&query)? {
                out.note(format!("line {number}: {leaf}"))?;
            }
        }
        let request = self.arguments.request(query, self.format);
        let mut results = searcher.search(&request)?;
        let outcome = match results.total() {
            0 => Outcome::Nothing,
            _ => Outcome::Found,
        };
        if self.arguments.quiet {
            return Ok(outcome);
        }
        // JSON says itself who was taken for each name.
        if self.format != Format::Json {
            for unknown in naming.unknown(&names)? {
                out.note(format!("line {number}: {unknown}"))?;
            }
        }
        answer(
            self.arguments,
            context,
            searcher,
            &request,
            names,
            &mut results,
            self.format,
            self.fields,
            Some(number),
            out,
        )?;
        Ok(outcome)
    }

    /// The query of a line: its words, or a JSON object.
    fn query(&self, text: &str, context: &Context) -> Result<Query> {
        if !text.trim_start().starts_with('{') {
            return self.arguments.filters.query(text, context);
        }
        let filters: Filters = serde_json::from_str(text).map_err(|error| Mistake {
            text: text.to_owned(),
            span: letter_before(text, error.column()),
            message: error.to_string(),
            hint: Some("write {\"query\": \"…\", \"person\": \"…\", \"since\": \"…\"}".to_owned()),
        })?;
        filters.query(&filters.query, context)
    }
}
