//! Keywords in context, found in the stored text of each answer.

use super::searcher::{Results, optional_text, stored_text};
use crate::Result;
use crate::lang;
use crate::model::{ArticleId, Field, KwicLine, Span};
use crate::terms::Analyzer;
use crate::terms::matching::Wanted;

/// The places of all leaves, in order; of those that overlap only the first, and the longest of
/// those that begin together.
fn places(text: &str, wanted: &Wanted, analyzer: &mut Analyzer) -> Vec<Span> {
    let mut spans: Vec<Span> = wanted.find(text, analyzer).into_iter().flatten().collect();
    spans.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    spans.retain(|span| {
        let is_free = span.start() >= end;
        if is_free {
            end = span.end();
        }
        is_free
    });
    spans
}

/// A text on one line, each run of spaces as one.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(letter),
        }
    }
    line
}

/// The last `width` letters before a place.
fn left_of(text: &str, at: usize, width: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let letters = before.char_indices().rev();
    // Runs of spaces become one, so some more are looked at.
    let start = letters.take(width.saturating_mul(2)).last();
    let before = before.get(start.map_or(at, |(start, _)| start)..);
    let line = one_line(before.unwrap_or_default());
    let surplus = line.chars().count().saturating_sub(width);
    line.chars().skip(surplus).collect()
}

/// The first `width` letters after a place.
fn right_of(text: &str, at: usize, width: usize) -> String {
    let after = text.get(at..).unwrap_or_default();
    let end = after.char_indices().nth(width.saturating_mul(2));
    let after = after.get(..end.map_or(after.len(), |(end, _)| end));
    one_line(after.unwrap_or_default())
        .chars()
        .take(width)
        .collect()
}

impl Results<'_> {
    /// All places in the next article where the words and names of the question stand, those of the
    /// title first, with so many letters on each side. A short form of it may stand there too:
    /// "Tusk" for "Donald Tusk". Empty where only conditions were asked for.
    pub fn next_lines(&mut self, width: usize) -> Result<Option<Vec<KwicLine>>> {
        let Some((address, _)) = self.advance()? else {
            return Ok(None);
        };
        let searcher = self.searcher;
        let fields = &searcher.fields;
        let stored = searcher.stored(address)?;
        let language = stored_text(&stored, fields.language);
        let spoken = lang::by_code(&language);
        let origin = searcher.origin(&stored);
        let source = optional_text(&stored, fields.source);
        let date = searcher.date(&stored, address);
        let title = stored_text(&stored, fields.title);
        let text = stored_text(&stored, fields.text);
        let analyzer = self
            .analyzers
            .entry(spoken.code)
            .or_insert_with(|| Analyzer::new(spoken));
        let leaves = &self.leaves;
        let wanted = self.wanted.get_or_insert_with(|| Wanted::new(leaves));
        let mut lines = Vec::new();
        for (field, text) in [(Field::Title, &title), (Field::Text, &text)] {
            for span in places(text, wanted, analyzer) {
                lines.push(KwicLine {
                    id: ArticleId(stored_text(&stored, fields.id)),
                    origin: origin.clone(),
                    date,
                    title: title.clone(),
                    language: language.clone(),
                    source: source.clone().unwrap_or_else(|| origin.path.clone()),
                    field,
                    span,
                    left: left_of(text, span.start(), width),
                    form: one_line(span.of(text)),
                    right: right_of(text, span.end(), width),
                });
            }
        }
        Ok(Some(lines))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, width: usize, left: &str, right: &str) {
        let at = text.find("Tusk").unwrap();
        assert_eq!(left_of(text, at, width), left);
        assert_eq!(right_of(text, at + 4, width), right);
    }

    #[test]
    fn surroundings_are_on_one_line_and_of_bounded_width() {
        check("Premier Tusk powiedział", 40, "Premier ", " powiedział");
        check(
            "Premier\n\n  Tusk\r\npowiedział",
            40,
            "Premier ",
            " powiedział",
        );
        check("Żółty Tusk łódź", 3, "ty ", " łó");
        check("Tusk", 9, "", "");
        check("a Tusk b", 0, "", "");
    }

    proptest! {
        #[test]
        fn surroundings_are_what_stands_there(before in "[a-ż ]{0,30}", after in "[a-ż ]{0,30}", width in 0_usize..40) {
            let text = format!("{before}Tusk{after}");
            let (left, right) = (left_of(&text, before.len(), width), right_of(&text, before.len() + 4, width));
            prop_assert!(one_line(&before).ends_with(&left));
            prop_assert!(one_line(&after).starts_with(&right));
            prop_assert!(left.chars().count() <= width && right.chars().count() <= width);
        }
    }
}
