//! A text as words, numbers and signs, for the rules of dates.

use crate::lang::dates::{Shape, Words};
use crate::model::Span;

/// One piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Whether there is a space before it.
    pub(super) spaced: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word by its place in the list; 0 for one that tells nothing of dates.
    Word(u16),
    /// A Roman number in capitals, up to 39.
    Roman(i64),
    Number {
        value: i64,
        digits: usize,
    },
    /// Anything else that is not a space.
    Sign(char),
}

impl Kind {
    /// What sort of piece it is, for what may begin with it.
    pub(super) fn shape(self) -> Shape {
        match self {
            Self::Word(word) => Shape::Word(word),
            Self::Roman(_) => Shape::Roman,
            Self::Number { digits, .. } => Shape::Number(digits),
            Self::Sign(sign) => Shape::Sign(sign),
        }
    }
}

/// Puts the pieces of a span of the text in `pieces`, which is overwritten. Whether any of them
/// may begin a date.
pub(super) fn read(
    text: &str,
    span: Span,
    words: &Words,
    room: &mut String,
    pieces: &mut Vec<Piece>,
) -> bool {
    pieces.clear();
    let mut promising = false;
    let mut spaced = true;
    let mut at = span.start();
    let whole = text.get(..span.end()).unwrap_or_default();
    while let Some(first) = whole.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = whole.get(at..).unwrap_or_default();
        let class = class(first);
        let length = match class {
            Class::Sign => first.len_utf8(),
            Class::Letter => word_length(rest),
            _ => run(rest, |letter| self::class(letter) == class),
        };
        let piece = Span::new(at, at + length);
        at += length;
        let written = piece.of(text);
        let kind = match class {
            Class::Space => {
                spaced = true;
                continue;
            }
            Class::Digit => {
                promising = true;
                Kind::Number {
                    value: written.parse().unwrap_or(i64::MAX),
                    digits: length,
                }
            }
            Class::Letter => word(written, words, room),
            Class::Sign => Kind::Sign(match first {
                '‐' | '‑' | '–' | '−' | '—' => '-',
                '’' => '\'',
                sign => sign,
            }),
        };
        promising |= !matches!(kind, Kind::Word(0) | Kind::Sign(_));
        pieces.push(Piece {
            span: piece,
            kind,
            spaced,
        });
        spaced = false;
    }
    promising
}

fn word(written: &str, words: &Words, room: &mut String) -> Kind {
    let place = words.place(written, room);
    let may_be_roman = |byte| matches!(byte, b'I' | b'V' | b'X');
    if written.len() <= 7
        && written.bytes().all(may_be_roman)
        && let Some(number) = roman(written)
    {
        return Kind::Roman(number);
    }
    Kind::Word(place)
}

/// The length of the word at the start, in bytes. ASCII letters are decided at once.
fn word_length(rest: &str) -> usize {
    run(rest, |letter| class(letter) == Class::Letter)
}

fn run(rest: &str, wanted: impl Fn(char) -> bool) -> usize {
    rest.char_indices()
        .find(|&(_, letter)| !wanted(letter))
        .map_or(rest.len(), |(at, _)| at)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Digit,
    Letter,
    Sign,
}

fn class(letter: char) -> Class {
    match letter {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        ' ' | '\n' | '\t' | '\r' => Class::Space,
        '\0'..='\u{7f}' => Class::Sign,
        _ if letter.is_alphabetic() => Class::Letter,
        _ if letter.is_whitespace() => Class::Space,
        _ => Class::Sign,
    }
}

/// A Roman number in capitals, up to 39, written as it has to be.
pub(super) fn roman(written: &str) -> Option<i64> {
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let tens = written.bytes().take_while(|byte| *byte == b'X').count();
    let rest = written.get(tens..)?;
    let one = ones.iter().position(|one| *one == rest)?;
    let number = i64::try_from(tens * 10 + one).ok()?;
    (tens <= 3 && number > 0).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers() {
        for (written, number) in [
            ("I", Some(1)),
            ("IV", Some(4)),
            ("IX", Some(9)),
            ("XII", Some(12)),
            ("XXI", Some(21)),
            ("IIII", None),
            ("VX", None),
            ("", None),
            ("XXXX", None),
        ] {
            assert_eq!(roman(written), number, "{written}");
        }
    }
}
