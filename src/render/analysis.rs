//! Why a word matches, and what a name is in its base form.

use std::io::{self, Write};

use serde::Serialize;

use super::safe::harmless;
use super::{Format, json, table};
use crate::model::WordAnalysis;

#[derive(Serialize)]
struct ReadingShape<'a> {
    lemma: &'a str,
    tag: &'a str,
    class: &'a str,
}

#[derive(Serialize)]
struct WordShape<'a> {
    schema: &'static str,
    word: &'a str,
    lang: &'a str,
    readings: Vec<ReadingShape<'a>>,
    terms: &'a [String],
}

/// Writes what one language makes of a word.
pub fn write_word(word: &WordAnalysis, format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json | Format::Ndjson => {
            let shape = WordShape {
                schema: "kronika.analysis/1",
                word: &word.word,
                lang: &word.language,
                readings: word
                    .readings
                    .iter()
                    .map(|reading| ReadingShape {
                        lemma: &reading.lemma,
                        tag: &reading.tag,
                        class: &reading.class,
                    })
                    .collect(),
                terms: &word.terms,
            };
            json::write_row(&shape, out)
        }
        Format::Text => {
            let terms = word.terms.join("  ");
            writeln!(
                out,
                "{} ({})  {}",
                harmless(&word.word),
                word.language,
                harmless(&terms)
            )?;
            for reading in &word.readings {
                let class = if reading.class.is_empty() { "" } else { "  " };
                writeln!(
                    out,
                    "    {}  {}{class}{}",
                    reading.lemma, reading.tag, reading.class
                )?;
            }
            Ok(())
        }
        _ => {
            for reading in &word.readings {
                let row = [
                    word.word.clone(),
                    word.language.clone(),
                    reading.lemma.clone(),
                    reading.tag.clone(),
                    reading.class.clone(),
                ];
                table::write_row(&row, format, out)?;
            }
            if word.readings.is_empty() {
                let terms = word.terms.join("|");
                let row = [word.word.clone(), word.language.clone(), terms];
                table::write_row(&row, format, out)?;
            }
            Ok(())
        }
    }
}

/// Writes a name and its base form.
pub fn write_name(name: &str, base: &str, format: Format, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Shape<'a> {
        schema: &'static str,
        name: &'a str,
        base: &'a str,
    }
    match format {
        Format::Json | Format::Ndjson => {
            let schema = "kronika.name/1";
            json::write_row(&Shape { schema, name, base }, out)
        }
        Format::Csv => table::write_row(&[name.to_owned(), base.to_owned()], format, out),
        Format::Tsv => {
            // Two bare columns: a name is never a formula to the program that reads this.
            let flat = |text: &str| text.replace(['\t', '\n', '\r'], " ");
            writeln!(out, "{}\t{}", flat(name), flat(base))
        }
        _ => writeln!(out, "{}", harmless(base)),
    }
}
