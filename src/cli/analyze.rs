//! `kronika analyze WORDS`.

use std::io::{BufRead, Write};

use super::{Context, Exit, output};
use crate::annotate::names::kind_alone;
use crate::lang::{self, Hints, LANGUAGES, Language};
use crate::model::{EntityKind, WordAnalysis};
use crate::render::{self, Format};
use crate::terms::Analyzer;
use crate::text::{normal_form, tokens};
use crate::{Error, Result};

/// Show why words match: their readings and terms.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Two words match where they share a term. `=` begins the term of a form.

Examples:
  kronika analyze spotkaniu Łukaszenką
  kronika analyze --name 'Ministerstwa Spraw Zagranicznych'
  kronika analyze --name --lang pl --format tsv - < names.txt")]
pub(super) struct Arguments {
    /// The words; `-` reads lines from standard input.
    #[arg(required = true)]
    words: Vec<String>,
    /// Put whole names in their base form, one a line.
    #[arg(long)]
    name: bool,
    /// Read the words in this language alone.
    #[arg(long, value_name = "CODE")]
    lang: Option<String>,
    #[command(flatten)]
    format: output::FormatArguments,
}

pub(super) fn run(arguments: &Arguments, _: &Context) -> Result<Exit> {
    let languages = match &arguments.lang {
        None => LANGUAGES.to_vec(),
        Some(code) => {
            let language = lang::by_code(code);
            if language.code != code.as_str() {
                let known: Vec<&str> = LANGUAGES.iter().map(|language| language.code).collect();
                return Err(output::usage(
                    code,
                    "a language that kronika has no words of",
                    &format!("it knows {}", known.join(", ")),
                ));
            }
            vec![language]
        }
    };
    let mut out = output::stdout();
    if !arguments.name && arguments.format.format() == Format::Tsv {
        render::analysis::write_word_head(Format::Tsv, &mut out).map_err(output::failed)?;
    }
    if arguments.words == ["-"] {
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|source| Error::Io {
                path: "standard input".into(),
                source,
            })?;
            one(arguments, &languages, &line, &mut out)?;
        }
    } else if arguments.name {
        for name in &arguments.words {
            one(arguments, &languages, name, &mut out)?;
        }
    } else {
        one(arguments, &languages, &arguments.words.join(" "), &mut out)?;
    }
    out.flush().map_err(output::failed)?;
    Ok(Exit::Done)
}

fn one(
    arguments: &Arguments,
    languages: &[&'static Language],
    text: &str,
    out: &mut dyn Write,
) -> Result<()> {
    let format = arguments.format.format();
    if arguments.name {
        let base = languages
            .first()
            .map_or_else(String::new, |language| base_of(text, language));
        return render::analysis::write_name(text, &base, format, out).map_err(output::failed);
    }
    if matches!(format, Format::Csv | Format::Ids | Format::Paths) {
        return Err(output::usage(
            "--format",
            "words can be printed as text, json, ndjson or tsv",
            "take --json",
        ));
    }
    for span in tokens(text) {
        for language in languages {
            let word = span.of(text);
            let analysis = WordAnalysis {
                word: word.to_owned(),
                language: language.code.to_owned(),
                readings: (language.readings)(&normal_form(word)),
                terms: Analyzer::new(language)
                    .terms(word)
                    .iter()
                    .map(str::to_owned)
                    .collect(),
            };
            render::analysis::write_word(&analysis, format, out).map_err(output::failed)?;
        }
    }
    Ok(())
}

/// The base form of a name given alone: its kind is what its words make most likely.
fn base_of(name: &str, language: &'static Language) -> String {
    let hints: Vec<Hints> = name
        .split_whitespace()
        .map(|word| (language.hints)(word))
        .collect();
    // "mazowieckim": an adjective in small letters is no name, and is known by its lemma.
    if let [word] = hints.as_slice()
        && word.adjective
        && !name.contains(char::is_uppercase)
    {
        let mut lemmas = Vec::new();
        (language.lemmas)(name, true, &mut |lemma| lemmas.push(lemma.to_owned()));
        if let [lemma] = lemmas.as_slice() {
            return lemma.clone();
        }
    }
    let kind = kind_alone(name, language).unwrap_or_else(|| kind_of(&hints));
    let context = lang::Context {
        is_alone: true,
        ..lang::Context::default()
    };
    let candidates = (language.name_candidates)(name, kind, &context);
    candidates
        .first()
        .map_or_else(|| name.to_owned(), |candidate| candidate.base.clone())
}

fn kind_of(words: &[Hints]) -> EntityKind {
    let Some(first) = words.first() else {
        return EntityKind::Person;
    };
    if words.iter().any(|word| word.organization_head) && !first.first_name {
        return EntityKind::Organization;
    }
    let is_place = first.place || words.iter().any(|word| word.place_head);
    if words.len() == 1 {
        let is_person = first.first_name || first.surname && !first.place && !first.organization;
        return if is_person {
            EntityKind::Person
        } else if first.place {
            EntityKind::Place
        } else if first.common || first.organization {
            EntityKind::Organization
        } else {
            EntityKind::Person
        };
    }
    if first.first_name || !first.known && words.iter().any(|word| word.surname) {
        EntityKind::Person
    } else if is_place {
        EntityKind::Place
    } else if first.common || words.iter().any(|word| word.common && !word.surname) {
        EntityKind::Organization
    } else {
        EntityKind::Person
    }
}
