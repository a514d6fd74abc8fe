//! A mistake before it is joined to the text it is in.

use crate::Mistake;
use crate::model::Span;

/// What is wrong, where, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    span: Span,
    message: String,
    hint: Option<String>,
}

impl Fault {
    pub(super) fn new(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            hint: Some(hint.into()),
        }
    }

    /// A mistake in `piece`, which begins at byte `start` of the query.
    pub(super) fn in_piece(mistake: Mistake, piece: &str, start: usize) -> Self {
        let span = if piece.get(mistake.span.range()).is_some() {
            mistake.span
        } else {
            Span::new(0, piece.len())
        };
        Self {
            span: Span::new(start + span.start(), start + span.end()),
            message: mistake.message,
            hint: mistake.hint,
        }
    }

    /// The same with more advice.
    pub(super) fn with_advice(mut self, advice: &str) -> Self {
        self.hint = Some(match self.hint {
            Some(hint) => format!("{hint}; {advice}"),
            None => advice.to_owned(),
        });
        self
    }

    pub(super) fn in_text(self, text: &str) -> Mistake {
        Mistake {
            text: text.to_owned(),
            span: self.span,
            message: self.message,
            hint: self.hint,
        }
    }
}

/// At most 40 characters of `piece`, for a message.
pub(super) fn shortened(piece: &str) -> String {
    match piece.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", piece.get(..end).unwrap_or_default()),
        None => piece.to_owned(),
    }
}
