//! Where in the file a mistake is: its line, its column, and the line to show.

use std::ops::Range;

use crate::model::Span;
use crate::{FileMistake, Mistake};

/// How many bytes of a line are shown on each side of what is wrong in it.
const SHOWN_AROUND: usize = 80;
/// How many bytes of what is wrong are shown.
const MOST_WRONG: usize = 80;
/// More mistakes than this are not told one by one.
const MOST_MISTAKES: usize = 50;

/// The lines of a text, and the mistakes found in it so far.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    mistakes: Vec<(usize, FileMistake)>,
    untold: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            text,
            starts: std::iter::once(0).chain(breaks).collect(),
            mistakes: Vec::new(),
            untold: 0,
        }
    }

    /// The line that holds a byte, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }

    /// Notes what is wrong with a range of the text.
    pub(super) fn wrong(&mut self, range: &Range<usize>, message: String, hint: &str) {
        if self.mistakes.len() < MOST_MISTAKES {
            let mistake = self.mistake(range, message, hint);
            self.mistakes.push((range.start, mistake));
        } else {
            self.untold += 1;
        }
    }

    pub(super) fn has_mistakes(&self) -> bool {
        !self.mistakes.is_empty()
    }

    /// All mistakes in the order of the text.
    pub(super) fn into_mistakes(mut self) -> Vec<FileMistake> {
        self.mistakes.sort_by_key(|(at, _)| *at);
        let mistakes = self.mistakes.into_iter().map(|(_, mistake)| mistake);
        let mut mistakes: Vec<FileMistake> = mistakes.collect();
        if let Some(last) = mistakes.last_mut()
            && self.untold > 0
        {
            let more = format!("{} more mistakes are not shown", self.untold);
            let hint = last.mistake.hint.take();
            last.mistake.hint = Some(hint.map_or(more.clone(), |hint| format!("{hint}; {more}")));
        }
        mistakes
    }

    fn mistake(&self, range: &Range<usize>, message: String, hint: &str) -> FileMistake {
        let line = self.line(range.start);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line));
        let start = start.copied().unwrap_or_default();
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        let shown_from = range.start.saturating_sub(SHOWN_AROUND).max(start);
        let wrong_to = range.end.min(range.start + MOST_WRONG).min(end);
        let shown_to = (wrong_to + SHOWN_AROUND).min(end);
        let from = self.text.floor_char_boundary(shown_from);
        let to = self.text.floor_char_boundary(shown_to);
        let shown = self.text.get(from..to).unwrap_or_default();
        let shown = shown.trim_end_matches(['\r', '\n']);
        let before = self.text.get(start..range.start).unwrap_or_default();
        FileMistake {
            line,
            column: before.chars().count() + 1,
            mistake: Mistake {
                text: shown.to_owned(),
                span: Span::new(
                    range.start.saturating_sub(from),
                    wrong_to.max(range.start).saturating_sub(from),
                ),
                message,
                hint: Some(hint.to_owned()),
            },
        }
    }
}
