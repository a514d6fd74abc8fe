//! The words, numbers and signs of a date, and a cursor that takes them one by one.

use unicode_normalization::char::is_combining_mark;

use crate::lang::calendar::{Calendar, Meaning, Unit, fold};
use crate::model::{Day, PartialDate, Span};

/// What a rule makes of a text.
pub(super) type Reading = Result<PartialDate, Stop>;

/// Why a rule gives no date.
#[derive(Debug)]
pub(super) enum Stop {
    /// The text is not written as the rule wants it: another rule may read it.
    NotThis,
    /// It is, but there is no such date, or more than one: no other rule is tried.
    Refused(Complaint),
}

/// What is wrong, where, and how to mend it.
#[derive(Debug)]
pub(super) struct Complaint {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) hint: String,
}

impl Stop {
    pub(super) fn refuse(span: Span, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused(Complaint {
            span,
            message: message.into(),
            hint: hint.into(),
        })
    }
}

/// A number as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value, or the greatest there is when it has too many digits.
    pub(super) value: i64,
    pub(super) digits: usize,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Number),
    /// A word, folded.
    Word(String),
    /// Anything else that is not a space.
    Sign(char),
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'text> {
    pub(super) text: &'text str,
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// Whether there is a space before it.
    pub(super) spaced: bool,
}

/// The pieces of a text that begins at byte `base` of what the user typed.
pub(super) fn tokens(text: &str, base: usize) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut spaced = false;
    while let Some(first) = rest.chars().next() {
        let same_kind = |letter: char| class(letter) == class(first);
        let length = match class(first) {
            Class::Sign => first.len_utf8(),
            _ => rest.find(|letter| !same_kind(letter)).unwrap_or(rest.len()),
        };
        let (piece, after) = rest.split_at(length);
        let start = base + (text.len() - rest.len());
        rest = after;
        let span = Span::new(start, start + length);
        let kind = match class(first) {
            Class::Space => {
                spaced = true;
                continue;
            }
            Class::Digit => Kind::Number(Number {
                value: piece.parse().unwrap_or(i64::MAX),
                digits: piece.len(),
                span,
            }),
            Class::Letter => Kind::Word(fold(piece)),
            Class::Sign => Kind::Sign(match first {
                '‐' | '‑' | '–' | '−' => '-',
                sign => sign,
            }),
        };
        found.push(Token {
            text: piece,
            span,
            kind,
            spaced,
        });
        spaced = false;
    }
    found
}

#[derive(PartialEq, Eq)]
enum Class {
    Space,
    Digit,
    Letter,
    Sign,
}

fn class(letter: char) -> Class {
    if letter.is_whitespace() {
        Class::Space
    } else if letter.is_ascii_digit() {
        Class::Digit
    } else if letter.is_alphabetic() || is_combining_mark(letter) {
        Class::Letter
    } else {
        Class::Sign
    }
}

/// A place between two tokens. Each method moves it on only when it finds what it looks for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor<'text> {
    pub(super) rest: &'text [Token<'text>],
    pub(super) calendar: &'text Calendar,
    /// What relative dates count from; none where they are not allowed.
    pub(super) today: Option<Day>,
    /// The languages that words may be of, one bit for each.
    pub(super) languages: u8,
    /// All of the date.
    pub(super) whole: Span,
}

impl<'text> Cursor<'text> {
    /// The next token, if `read` makes something of it.
    pub(super) fn next<T>(
        &mut self,
        read: impl FnOnce(&'text Token<'text>) -> Option<T>,
    ) -> Result<T, Stop> {
        let (token, rest) = self.rest.split_first().ok_or(Stop::NotThis)?;
        let value = read(token).ok_or(Stop::NotThis)?;
        self.rest = rest;
        Ok(value)
    }

    /// A number of so many digits.
    pub(super) fn number(
        &mut self,
        digits: std::ops::RangeInclusive<usize>,
    ) -> Result<Number, Stop> {
        self.next(|token| match token.kind {
            Kind::Number(number) if digits.contains(&number.digits) => Some(number),
            _ => None,
        })
    }

    /// A word, if one of its meanings is the one looked for.
    pub(super) fn word<T>(&mut self, find: impl Fn(Meaning) -> Option<T>) -> Result<T, Stop> {
        self.word_and_languages(find).map(|(value, _)| value)
    }

    /// The same, and what follows must be of the same language.
    fn leading_word<T>(&mut self, find: impl Fn(Meaning) -> Option<T>) -> Result<T, Stop> {
        let (value, languages) = self.word_and_languages(find)?;
        self.languages &= languages;
        Ok(value)
    }

    fn word_and_languages<T>(
        &mut self,
        find: impl Fn(Meaning) -> Option<T>,
    ) -> Result<(T, u8), Stop> {
        let (calendar, languages) = (self.calendar, self.languages);
        self.next(|token| match &token.kind {
            Kind::Word(word) => calendar
                .senses(word)
                .iter()
                .filter(|sense| sense.languages & languages != 0)
                .find_map(|sense| Some((find(sense.meaning)?, sense.languages))),
            _ => None,
        })
    }

    /// A word with exactly this meaning.
    pub(super) fn role(&mut self, role: Meaning) -> Result<(), Stop> {
        self.word(|meaning| (meaning == role).then_some(()))
    }

    /// A unit of the calendar.
    pub(super) fn unit(&mut self) -> Result<Unit, Stop> {
        self.word(|meaning| match meaning {
            Meaning::Unit(unit) => Some(unit),
            _ => None,
        })
    }

    /// A weekday: 1 is Monday.
    pub(super) fn weekday(&mut self) -> Result<i8, Stop> {
        self.word(|meaning| match meaning {
            Meaning::Weekday(weekday) => Some(weekday),
            _ => None,
        })
    }

    /// So many units from the present one: `next`.
    pub(super) fn shift(&mut self) -> Result<i64, Stop> {
        self.leading_word(|meaning| match meaning {
            Meaning::Shift(shift) => Some(shift),
            _ => None,
        })
    }

    /// So many years from the present one: `br`.
    pub(super) fn year_offset(&mut self) -> Result<i64, Stop> {
        self.word(|meaning| match meaning {
            Meaning::Year(years) => Some(years),
            _ => None,
        })
    }

    /// How many, in digits or as a word.
    pub(super) fn count(&mut self) -> Result<i64, Stop> {
        if let Ok(number) = self.number(1..=usize::MAX) {
            return Ok(number.value);
        }
        self.leading_word(|meaning| match meaning {
            Meaning::Number(number) => Some(number),
            _ => None,
        })
    }

    /// This word, folded, whether the calendar knows it or not.
    pub(super) fn letter(&mut self, wanted: &str) -> Result<(), Stop> {
        self.next(|token| match &token.kind {
            Kind::Word(word) if word == wanted => Some(()),
            _ => None,
        })
    }

    /// A month by its name, or in Roman capitals.
    pub(super) fn month(&mut self) -> Result<i8, Stop> {
        let mut next = *self;
        if let Ok(number) = next.roman()
            && let Some(month) = i8::try_from(number).ok().filter(|month| *month <= 12)
        {
            *self = next;
            return Ok(month);
        }
        self.word(|meaning| match meaning {
            Meaning::Month(month) => Some(month),
            _ => None,
        })
    }

    /// A Roman number in capitals, up to 39.
    pub(super) fn roman(&mut self) -> Result<i64, Stop> {
        self.next(|token| match token.kind {
            Kind::Word(_) => roman(token.text),
            _ => None,
        })
    }

    /// Which of a row: `2.`, `2nd`, `II`, `drugi`.
    pub(super) fn ordinal(&mut self) -> Result<i64, Stop> {
        let mut next = *self;
        let value = if let Ok(number) = next.number(1..=3) {
            if next.sign('.').is_err() {
                next.role(Meaning::OrdinalEnding).ok();
            }
            number.value
        } else if let Ok(number) = next.roman() {
            number
        } else {
            next.word(|meaning| match meaning {
                Meaning::Ordinal(number) => Some(number),
                _ => None,
            })?
        };
        *self = next;
        Ok(value)
    }

    /// This sign, wherever it stands.
    pub(super) fn sign(&mut self, wanted: char) -> Result<(), Stop> {
        self.next(|token| (token.kind == Kind::Sign(wanted)).then_some(()))
    }

    /// One of these signs, right after the last token.
    pub(super) fn separator(&mut self, wanted: &[char]) -> Result<char, Stop> {
        self.next(|token| match token.kind {
            Kind::Sign(sign) if !token.spaced && wanted.contains(&sign) => Some(sign),
            _ => None,
        })
    }

    /// Words that lead to a date: `w`, `dnia`, `on the`.
    pub(super) fn leads(&mut self) {
        while self.role(Meaning::Lead).is_ok() {}
    }

    /// Whether nothing is left.
    pub(super) fn at_end(self) -> bool {
        self.rest.is_empty()
    }

    /// Nothing may be left.
    pub(super) fn end(self) -> Result<(), Stop> {
        self.at_end().then_some(()).ok_or(Stop::NotThis)
    }

    /// What relative dates count from.
    pub(super) fn today(self) -> Result<Day, Stop> {
        self.today.ok_or_else(|| {
            Stop::refuse(
                self.whole,
                "this depends on the day it is read",
                "write the day itself, such as `2023-02-15`",
            )
        })
    }
}

fn roman(text: &str) -> Option<i64> {
    let tens = text.chars().take_while(|&letter| letter == 'X').count();
    let ones = match text.get(tens..)? {
        "" => 0,
        "I" => 1,
        "II" => 2,
        "III" => 3,
        "IV" => 4,
        "V" => 5,
        "VI" => 6,
        "VII" => 7,
        "VIII" => 8,
        "IX" => 9,
        _ => return None,
    };
    let number = i64::try_from(tens).ok()? * 10 + ones;
    (1..=39).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_keep_their_places() {
        let text = "  Środa, 15\u{a0}lutego−7d";
        let pieces: Vec<_> = tokens(text, 0).iter().map(|token| token.text).collect();
        assert_eq!(pieces, ["Środa", ",", "15", "lutego", "−", "7", "d"]);
        assert!(
            tokens(text, 0)
                .iter()
                .all(|token| token.span.of(text) == token.text)
        );
    }

    #[test]
    fn roman_numbers() {
        let all: Vec<_> = ["I", "IV", "IX", "XII", "XXXIX", "XXXX", "IC", "", "i"]
            .into_iter()
            .map(roman)
            .collect();
        let expected = [
            Some(1),
            Some(4),
            Some(9),
            Some(12),
            Some(39),
            None,
            None,
            None,
            None,
        ];
        assert_eq!(all, expected);
    }
}
