//! Why a word matches, and what a name is in its base form.

use std::io::{self, Write};

use serde::Serialize;

use super::safe::harmless_line;
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
                harmless_line(&word.word),
                word.language,
                harmless_line(&terms)
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
            let terms = word.terms.join("|");
            let row = |lemma: &str, tag: &str, class: &str| {
                [&word.word, &word.language, &terms, lemma, tag, class].map(str::to_owned)
            };
            for reading in &word.readings {
                let cells = row(&reading.lemma, &reading.tag, &reading.class);
                table::write_row(&cells, format, out)?;
            }
            if word.readings.is_empty() {
                table::write_row(&row("", "", ""), format, out)?;
            }
            Ok(())
        }
    }
}

/// Writes the header row of a table of words; nothing for other formats.
///
/// Below it stands one row for each reading, and one without a reading for a word not known.
pub fn write_word_head(format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Csv | Format::Tsv => {
            let names = ["word", "lang", "terms", "lemma", "tag", "class"];
            table::write_row(&names.map(str::to_owned), format, out)
        }
        _ => Ok(()),
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
        _ => writeln!(out, "{}", harmless_line(base)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Reading;

    #[track_caller]
    fn check(word: &WordAnalysis, format: Format, expected: &str) {
        let mut out = Vec::new();
        write_word_head(format, &mut out).unwrap();
        write_word(word, format, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn a_word_known_and_one_that_is_not() {
        let known = WordAnalysis {
            word: "Tuskiem".to_owned(),
            language: "pl".to_owned(),
            readings: vec![Reading {
                lemma: "Tusk".to_owned(),
                tag: "subst:sg:inst:m1".to_owned(),
                class: "nazwisko".to_owned(),
            }],
            terms: vec!["=tuskiem".to_owned(), "tusk".to_owned()],
        };
        let unknown = WordAnalysis {
            readings: Vec::new(),
            ..known.clone()
        };
        let text = "Tuskiem (pl)  =tuskiem  tusk\n";
        let reading = "    Tusk  subst:sg:inst:m1  nazwisko\n";
        check(&known, Format::Text, &format!("{text}{reading}"));
        check(&unknown, Format::Text, text);
        let head = "word\tlang\tterms\tlemma\ttag\tclass\n";
        let row = "Tuskiem\tpl\t'=tuskiem|tusk\t";
        check(
            &known,
            Format::Tsv,
            &format!("{head}{row}Tusk\tsubst:sg:inst:m1\tnazwisko\n"),
        );
        check(&unknown, Format::Tsv, &format!("{head}{row}\t\t\n"));
    }
}
