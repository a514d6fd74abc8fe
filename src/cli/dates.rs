//! `kronika dates PHRASE`.

use std::io::Write;

use super::{Context, Exit, output};
use crate::annotate::{self, annotate, dates};
use crate::lang::tense::Tense;
use crate::lang::{self, LANGUAGES, Language};
use crate::model::{Article, ArticleDate, DateRule, ExplainedDate, PartialDate};
use crate::render::{self, Format};
use crate::{Result, dates as typed};

/// Explain what the dates of a phrase or sentence mean in an article of a day.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
For each date: where it stands, its days, how exactly they are known, the rule that read it, and
what the words say before they are held against the article's date.

Examples:
  kronika dates 'w piątek 17 lutego' --on 2023-02
  kronika dates 'Rozmawiali trzy dni temu, a spotkają się w środę.' --on 2024-03-18
  kronika dates --lang en 'two weeks ago' --json")]
pub(super) struct Arguments {
    /// The phrase or sentence.
    #[arg(required = true)]
    phrase: Vec<String>,
    /// The day, month or year the article is of, instead of today.
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Read it in this language alone.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    /// Exit with 1 when no date is found.
    #[arg(short, long)]
    exit_status: bool,
    /// Print nothing, only exit with 0 or 1.
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    format: output::FormatArguments,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let format = arguments.format.format();
    if !matches!(format, Format::Text | Format::Json | Format::Ndjson) {
        return Err(output::usage(
            "--format",
            "dates can be printed as text, json or ndjson",
            "take --json",
        ));
    }
    let published = match &arguments.on {
        None => PartialDate::day(context.today),
        Some(day) => typed::parse_date(day, context.today)?.date,
    };
    let phrase = arguments.phrase.join(" ");
    let languages = languages(arguments.lang.as_deref())?;
    // Where no language is given, the first one in which something is found reads the phrase.
    let found = languages
        .iter()
        .map(|language| explained(&phrase, published, language));
    let found = found.reduce(|one, other| {
        if covered(&other) > covered(&one) {
            other
        } else {
            one
        }
    });
    let found = found.unwrap_or_default();
    if !arguments.quiet {
        let mut out = output::stdout();
        for date in &found {
            render::dates::write(date, format, &mut out).map_err(output::failed)?;
        }
        out.flush().map_err(output::failed)?;
        if found.is_empty() {
            output::note("no date found");
            if let Err(mistake) = typed::parse_date(&phrase, context.today)
                && let Some(hint) = mistake.hint
            {
                output::note(&format!("{}; {hint}", mistake.message));
            }
        }
    }
    let wanted = arguments.exit_status || arguments.quiet;
    Ok(if found.is_empty() && wanted {
        Exit::NoHits
    } else {
        Exit::Done
    })
}

fn languages(code: Option<&str>) -> Result<Vec<&'static Language>> {
    let Some(code) = code else {
        return Ok(LANGUAGES.to_vec());
    };
    let language = lang::by_code(code);
    if language.code == code {
        return Ok(vec![language]);
    }
    let known: Vec<&str> = LANGUAGES.iter().map(|language| language.code).collect();
    Err(output::usage(
        code,
        "a language that kronika reads no dates in",
        &format!("it reads {}", known.join(", ")),
    ))
}

/// How many bytes the dates cover.
fn covered(found: &[ExplainedDate]) -> usize {
    found.iter().map(|date| date.mention.span.len()).sum()
}

fn explained(phrase: &str, published: PartialDate, language: &Language) -> Vec<ExplainedDate> {
    let article = Article {
        language: Some(language.code.to_owned()),
        date: Some(ArticleDate {
            date: published,
            rule: DateRule::Flag,
        }),
        ..Article::new("phrase", phrase)
    };
    let document = annotate(article, annotate::Options::default());
    dates::explain(&document, lang::by_code(language.code))
        .into_iter()
        .map(|found| ExplainedDate {
            text: found.mention.span.of(phrase).to_owned(),
            language: language.code.to_owned(),
            says: found.says.to_string(),
            tense: found.setting.tense.map(Tense::name),
            mention: found.mention,
        })
        .collect()
}
