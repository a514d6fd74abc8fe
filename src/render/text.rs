//! Hits for people.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Style;
use super::safe::{harmless, harmless_line};
use crate::model::{Hit, Snippet};

pub(super) const DATE: Ansi = AnsiColor::Green.on_default().bold();
pub(super) const TITLE: Ansi = Ansi::new().bold();
pub(super) const DIM: Ansi = Ansi::new().dimmed();
const MARK: Ansi = AnsiColor::Yellow.on_default().bold();

/// How far snippets are set in.
pub(super) const INDENT: usize = 4;

/// Text between the codes of a colour, or bare.
pub(super) fn painted(text: &str, ansi: Ansi, style: Style) -> String {
    if style.colour {
        format!("{ansi}{text}{ansi:#}")
    } else {
        text.to_owned()
    }
}

/// Date, title and path on a line or two, then the snippet with the matched forms marked.
pub(super) fn write_hit(hit: &Hit, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let date = hit
        .date
        .map_or_else(|| "undated".to_owned(), |dated| dated.date.to_string());
    let title = harmless_line(&hit.title);
    let head = painted(&date, DATE, style);
    if title.is_empty() {
        writeln!(out, "{head}")?;
    } else {
        writeln!(out, "{head}  {}", painted(&title, TITLE, style))?;
    }
    let place = format!(
        "{} · {}",
        harmless_line(&hit.origin.path),
        harmless_line(hit.id.as_str())
    );
    writeln!(out, "{}{}", " ".repeat(INDENT), painted(&place, DIM, style))?;
    write_wrapped(&marked(&hit.snippet), style, out)
}

/// A letter and whether it is part of a matched form.
pub(super) type Letter = (char, bool);

pub(super) fn marked(snippet: &Snippet) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(snippet.text.len());
    if snippet.cut_before {
        letters.extend([('…', false), (' ', false)]);
    }
    for (at, letter) in snippet.text.char_indices() {
        let is_marked = snippet
            .marks
            .iter()
            .any(|span| span.start() <= at && at < span.end());
        letters.push((letter, is_marked));
    }
    if snippet.cut_after {
        letters.extend([(' ', false), ('…', false)]);
    }
    letters
}

/// Writes letters in lines of the style's width, set in, broken at spaces.
pub(super) fn write_wrapped(
    letters: &[Letter],
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = style.width.saturating_sub(INDENT).max(20);
    let mut line: Vec<Letter> = Vec::new();
    let mut columns = 0;
    for word in letters.split(|(letter, _)| letter.is_whitespace()) {
        if word.is_empty() {
            continue;
        }
        let length: usize = word
            .iter()
            .map(|(letter, _)| letter.width().unwrap_or(1))
            .sum();
        if columns > 0 && columns + 1 + length > width {
            write_line(&line, style, out)?;
            line.clear();
            columns = 0;
        }
        if columns > 0 {
            let both = line.last().is_some_and(|last| last.1) && word.first().is_some_and(|l| l.1);
            line.push((' ', both));
            columns += 1;
        }
        line.extend(word);
        columns += length;
    }
    if line.is_empty() {
        Ok(())
    } else {
        write_line(&line, style, out)
    }
}

fn write_line(line: &[Letter], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut text = " ".repeat(INDENT);
    for run in line.chunk_by(|one, other| one.1 == other.1) {
        let is_marked = run.first().is_some_and(|letter| letter.1);
        let piece: String = run.iter().map(|(letter, _)| *letter).collect();
        let piece = harmless(&piece);
        if !is_marked {
            text.push_str(&piece);
        } else if style.colour {
            text.push_str(&painted(&piece, MARK, style));
        } else {
            text.push('*');
            text.push_str(&piece);
            text.push('*');
        }
    }
    writeln!(out, "{text}")
}

/// Rows of a label and a value, the values in one column.
pub(super) fn write_rows(rows: &[(&str, String)], out: &mut dyn Write) -> io::Result<()> {
    let widest = rows
        .iter()
        .map(|(label, _)| label.width())
        .max()
        .unwrap_or(0);
    for (label, value) in rows {
        let gap = " ".repeat(widest - label.width() + 2);
        writeln!(out, "{label}{gap}{}", harmless_line(value))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    #[test]
    fn snippets_are_wrapped_and_marked() {
        let snippet = Snippet {
            text: "Rozmowa z Łukaszenką o wojnie".to_owned(),
            marks: vec![Span::new(10, 21)],
            cut_before: false,
            cut_after: true,
        };
        let mut out = Vec::new();
        let style = Style {
            colour: false,
            width: 25,
        };
        write_wrapped(&marked(&snippet), style, &mut out).unwrap();
        let lines = String::from_utf8(out).unwrap();
        assert_eq!(lines, "    Rozmowa z *Łukaszenką*\n    o wojnie …\n");
    }
}
