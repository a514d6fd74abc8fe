//! `kronika.kwic_line/1`: a keyword with its surroundings.

use std::io::{self, Write};

use anstyle::AnsiColor;
use serde::Serialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Style;
use super::json::Date;
use super::list::Listed;
use super::safe::harmless_line;
use super::text::{DATE, painted};
use crate::model::{Field, KwicLine};

/// Columns for the date and the gap behind it.
const DATE_COLUMNS: usize = 12;

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    id: &'a str,
    path: &'a str,
    record: u64,
    date: Option<Date<'static>>,
    title: &'a str,
    lang: &'a str,
    source: &'a str,
    field: &'static str,
    start: usize,
    end: usize,
    left: &'a str,
    form: &'a str,
    right: &'a str,
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Title => "title",
        Field::Text => "text",
    }
}

/// The end of a text that fits into so many columns, filled up on its left.
fn right_aligned(text: &str, columns: usize) -> String {
    let mut width = 0;
    let kept = text.char_indices().rev().take_while(|(_, letter)| {
        width += letter.width().unwrap_or(1);
        width <= columns
    });
    let start = kept.last().map_or(text.len(), |(start, _)| start);
    let text = text.get(start..).unwrap_or_default();
    let gap = columns.saturating_sub(text.width());
    format!("{}{text}", " ".repeat(gap))
}

/// The beginning of a text that fits into so many columns.
fn fitting(text: &str, columns: usize) -> String {
    let mut width = 0;
    text.chars()
        .take_while(|letter| {
            width += letter.width().unwrap_or(1);
            width <= columns
        })
        .collect()
}

impl Listed for KwicLine {
    const SCHEMA: &'static str = "kronika.kwic/1";
    const FIELD: &'static str = "lines";
    const HEAD: &'static [&'static str] = &[
        "id", "path", "record", "date", "title", "lang", "source", "field", "start", "end", "left",
        "form", "right",
    ];

    fn shape(&self) -> impl Serialize {
        Shape {
            schema: "kronika.kwic_line/1",
            id: self.id.as_str(),
            path: &self.origin.path,
            record: self.origin.record,
            date: self.date.map(Date::of_article),
            title: &self.title,
            lang: &self.language,
            source: &self.source,
            field: field_name(self.field),
            start: self.span.start(),
            end: self.span.end(),
            left: &self.left,
            form: &self.form,
            right: &self.right,
        }
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.as_str().to_owned(),
            self.origin.path.clone(),
            self.origin.record.to_string(),
            self.date
                .map_or_else(String::new, |dated| dated.date.to_string()),
            self.title.clone(),
            self.language.clone(),
            self.source.clone(),
            field_name(self.field).to_owned(),
            self.span.start().to_string(),
            self.span.end().to_string(),
            self.left.clone(),
            self.form.clone(),
            self.right.clone(),
        ]
    }

    fn write_text(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let date = self
            .date
            .map_or_else(|| "undated".to_owned(), |dated| dated.date.to_string());
        let gap = DATE_COLUMNS.saturating_sub(date.width()).max(1);
        let rest = style.width.saturating_sub(date.width() + gap);
        // The keyword begins in one column, a little left of the middle: names are some letters long.
        let left = right_aligned(&harmless_line(&self.left), rest * 9 / 20);
        let form = harmless_line(&self.form);
        let right = rest.saturating_sub(left.width() + form.width());
        let right = fitting(&harmless_line(&self.right), right);
        let line = format!(
            "{}{}{left}{}{right}",
            painted(&date, DATE, style),
            " ".repeat(gap),
            painted(&form, AnsiColor::Yellow.on_default().bold(), style),
        );
        writeln!(out, "{}", line.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_columns() {
        assert_eq!(right_aligned("Łódź ", 8), "   Łódź ");
        assert_eq!(right_aligned("Łódź ", 3), "dź ");
        assert_eq!(right_aligned("漢字", 3), " 字");
        assert_eq!(right_aligned("x", 0), "");
        assert_eq!(fitting(" mówi", 3), " mó");
        assert_eq!(fitting("漢字", 3), "漢");
    }
}
