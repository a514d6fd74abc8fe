//! The piece of a text that shows best what was found.

use crate::model::{Snippet, Span};
use crate::terms::Analyzer;
use crate::terms::matching::Wanted;

/// About how long a snippet is, in bytes.
const LENGTH: usize = 240;
/// How much of it comes before the first thing found.
const BEFORE: usize = 60;
/// A longer text is looked through only so far, in bytes.
const LOOKED_AT: usize = 1 << 20;

/// The window of `text` that shows the most different leaves, marked; the beginning when the
/// text holds none.
pub(super) fn snippet(text: &str, wanted: &Wanted, analyzer: &mut Analyzer) -> Snippet {
    let looked_at = text
        .get(..text.floor_char_boundary(LOOKED_AT))
        .unwrap_or_default();
    let mut marks: Vec<(Span, usize)> = if wanted.is_empty() {
        Vec::new()
    } else {
        let found = wanted.find(looked_at, analyzer);
        found
            .into_iter()
            .enumerate()
            .flat_map(|(leaf, spans)| spans.into_iter().map(move |span| (span, leaf)))
            .collect()
    };
    marks.sort();
    let start = best_start(&marks);
    cut(text, start, &marks)
}

/// Where the first mark of the best window begins.
fn best_start(marks: &[(Span, usize)]) -> usize {
    let mut best = (0, 0);
    for (index, (first, _)) in marks.iter().enumerate() {
        let mut leaves: Vec<usize> = marks
            .iter()
            .skip(index)
            .take_while(|(span, _)| span.end() <= first.start() + LENGTH - BEFORE)
            .map(|(_, leaf)| *leaf)
            .collect();
        leaves.sort_unstable();
        leaves.dedup();
        if leaves.len() > best.0 {
            best = (leaves.len(), first.start());
        }
    }
    best.1
}

fn cut(text: &str, found_at: usize, marks: &[(Span, usize)]) -> Snippet {
    let start = if found_at <= BEFORE {
        0
    } else {
        let from = text.floor_char_boundary(found_at - BEFORE);
        let before = text.get(from..found_at).unwrap_or_default();
        let space = before.find(char::is_whitespace).map_or(0, |at| at + 1);
        text.ceil_char_boundary(from + space)
    };
    let rest = text.get(start..).unwrap_or_default();
    let mut length = rest.floor_char_boundary(LENGTH);
    if length < rest.len() {
        let piece = rest.get(..length).unwrap_or_default();
        length = piece
            .rfind(char::is_whitespace)
            .filter(|&at| at > LENGTH / 2)
            .unwrap_or(length);
    }
    let piece = rest.get(..length).unwrap_or_default();
    let end = start + length;
    let mut shown: Vec<Span> = Vec::new();
    for (span, _) in marks {
        let inside = span.start() >= start && span.end() <= end;
        if inside
            && shown
                .last()
                .is_none_or(|last| last.end() + start <= span.start())
        {
            shown.push(Span::new(span.start() - start, span.end() - start));
        }
    }
    Snippet {
        text: piece
            .chars()
            .map(|letter| {
                if letter == '\n' || letter == '\t' {
                    ' '
                } else {
                    letter
                }
            })
            .collect(),
        marks: shown,
        cut_before: start > 0,
        cut_after: end < text.len(),
    }
}
