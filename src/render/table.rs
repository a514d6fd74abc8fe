//! CSV and TSV by RFC 4180, with a header row and `|` between the items of a list.
//!
//! A cell that a spreadsheet would run as a formula gets a `'` before it, as does one that begins
//! with `'` before such a thing, so that taking one `'` away gives the cell back.
//! In a list, `|` and `\` of a name are written `\|` and `\\`.
//! Control characters, which RFC 4180 has no place for, become `�`; only JSON keeps them.

use std::io::{self, Write};

use super::hits::Fields;
use super::{Format, json};
use crate::model::{EntityKind, Hit};

/// The columns that a field becomes.
fn columns(field: &'static str) -> &'static [&'static str] {
    match field {
        "date" => &[
            "date",
            "date_first",
            "date_last",
            "date_precision",
            "date_rule",
        ],
        "id" => &["id"],
        "path" => &["path"],
        "record" => &["record"],
        "title" => &["title"],
        "lang" => &["lang"],
        "source" => &["source"],
        "url" => &["url"],
        "author" => &["author"],
        "score" => &["score"],
        "snippet" => &["snippet"],
        "persons" => &["persons"],
        "organizations" => &["organizations"],
        "places" => &["places"],
        "events" => &["events"],
        "products" => &["products"],
        _ => &[],
    }
}

/// Writes one row.
pub(super) fn write_row(cells: &[String], format: Format, out: &mut dyn Write) -> io::Result<()> {
    let delimiter = if format == Format::Tsv { b'\t' } else { b',' };
    let terminator = if format == Format::Tsv {
        csv::Terminator::Any(b'\n')
    } else {
        csv::Terminator::CRLF
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(terminator)
        .from_writer(Vec::new());
    writer.write_record(cells.iter().map(|cell| tame(cell)))?;
    let row = writer
        .into_inner()
        .map_err(csv::IntoInnerError::into_error)?;
    out.write_all(&row)
}

/// Keeps a spreadsheet from running what an article says, and a terminal from obeying it.
fn tame(cell: &str) -> String {
    let core = cell.trim_start_matches('\'');
    let runs = core.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let is_number = cell.parse::<f64>().is_ok() || cell.starts_with('-') && is_date(cell);
    let sign = if runs && !is_number { "'" } else { "" };
    format!("{sign}{cell}").replace(
        |letter: char| letter.is_control() && !matches!(letter, '\t' | '\r' | '\n'),
        "\u{fffd}",
    )
}

/// Names as one cell.
pub(super) fn list(names: &[&str]) -> String {
    let escaped = names
        .iter()
        .map(|name| name.replace('\\', r"\\").replace('|', r"\|"));
    escaped.collect::<Vec<_>>().join("|")
}

/// A date before the year 0 begins with a minus sign and is no formula.
fn is_date(cell: &str) -> bool {
    cell.chars()
        .all(|letter| letter.is_ascii_digit() || matches!(letter, '-' | '.'))
}

pub(super) fn write_head(fields: &Fields, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let names = fields.names().iter().flat_map(|field| columns(field));
    let names: Vec<String> = names.map(|name| (*name).to_owned()).collect();
    write_row(&names, format, out)
}

pub(super) fn write_hit(
    hit: &Hit,
    fields: &Fields,
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut cells = Vec::new();
    for field in fields.names() {
        match *field {
            "date" => cells.extend(date_cells(hit)),
            "id" => cells.push(hit.id.as_str().to_owned()),
            "path" => cells.push(hit.origin.path.clone()),
            "record" => cells.push(hit.origin.record.to_string()),
            "title" => cells.push(hit.title.clone()),
            "lang" => cells.push(hit.language.clone()),
            "source" => cells.push(hit.source.clone()),
            "url" => cells.push(hit.url.clone().unwrap_or_default()),
            "author" => cells.push(hit.author.clone().unwrap_or_default()),
            "score" => cells.push(json::rounded(hit.score).to_string()),
            "snippet" => cells.push(hit.snippet.text.clone()),
            names => {
                let kind = EntityKind::ALL
                    .into_iter()
                    .find(|kind| json::plural(*kind) == names);
                cells.push(kind.map_or_else(String::new, |kind| list(&json::names(hit, kind))));
            }
        }
    }
    write_row(&cells, format, out)
}

fn date_cells(hit: &Hit) -> [String; 5] {
    hit.date.map_or_else(Default::default, |dated| {
        [
            dated.date.to_string(),
            dated.date.first().to_string(),
            dated.date.last().to_string(),
            dated.date.precision().name().to_owned(),
            dated.rule.name().to_owned(),
        ]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_tamed() {
        for (cell, written) in [
            ("=1+2", "'=1+2"),
            ("@x", "'@x"),
            ("-cmd", "'-cmd"),
            ("-12.5", "-12.5"),
            ("-0044-03-15", "-0044-03-15"),
            ("Łódź", "Łódź"),
            ("'=1", "''=1"),
            ("'-5", "''-5"),
            ("'tak'", "'tak'"),
            ("\t=1", "'\t=1"),
            ("a\u{1b}[2Jb", "a\u{fffd}[2Jb"),
            ("dwie\nlinie", "dwie\nlinie"),
        ] {
            assert_eq!(tame(cell), written);
        }
    }

    #[test]
    fn lists_can_be_taken_apart() {
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["Tusk", "A|B", r"C\D"]), r"Tusk|A\|B|C\\D");
    }

    /// The cell as it was, by the rule in the docs.
    fn untamed(cell: &str) -> &str {
        let runs = tame(cell) != cell;
        let bare = cell.strip_prefix('\'');
        bare.filter(|_| runs).unwrap_or(cell)
    }

    fn cell() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "['=+@|,;\t\"\n-]{0,4}[a-ź0-9]{0,2}"]
    }

    proptest! {
        #[test]
        fn a_row_reads_back_as_it_was(cells in prop::collection::vec(cell(), 1..5)) {
            for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
                let mut row = Vec::new();
                write_row(&cells, format, &mut row).unwrap();
                let mut reader = csv::ReaderBuilder::new()
                    .has_headers(false)
                    .delimiter(delimiter)
                    .from_reader(row.as_slice());
                let back: Vec<String> = reader
                    .records()
                    .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                    .collect();
                let expected: Vec<String> = cells.iter().map(|cell| tame(cell)).collect();
                for (cell, back) in cells.iter().zip(&back) {
                    if !cell.contains(|letter: char| letter.is_control()) {
                        prop_assert_eq!(untamed(back), cell);
                    }
                }
                prop_assert_eq!(back, expected);
            }
        }
    }
}
