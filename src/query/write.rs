//! A query in its canonical notation.

use std::fmt::{self, Display, Formatter, Write as _};

use super::fields::Field;
use super::signs::{can_be_escaped, ends_word, fault_of_word, is_operator};
use crate::model::{DayRange, NamePattern, Pattern, PhraseWord, Query, Scope};

/// The canonical notation, which is read back as the same query.
///
/// Brackets part `AND` from `OR` even where they could be left out.
/// `And` and `Or` of one member are written as the member, `And` of none as `*`, `Or` of none as `-*`.
/// The rest is exact for every query that the notation can express:
/// words and beginnings of names without spaces, names and phrases with something to look for,
/// days with an end.
impl Display for Query {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => formatter.write_char('*'),
            Self::Text(Scope::Anywhere, pattern) => write_pattern(formatter, pattern),
            Self::Text(Scope::Title, pattern) => {
                write_field(formatter, Field::Title)?;
                write_pattern(formatter, pattern)
            }
            Self::Name(kind, pattern) => {
                write_field(formatter, Field::Name(*kind))?;
                write_name(formatter, pattern)
            }
            Self::Met(pattern) => {
                write_field(formatter, Field::Met)?;
                write_name(formatter, pattern)
            }
            Self::Date(days, _) => {
                write_field(formatter, Field::Date)?;
                write_days(formatter, *days)
            }
            Self::Undated => {
                write_field(formatter, Field::Date)?;
                formatter.write_str("none")
            }
            Self::Event(days) => {
                write_field(formatter, Field::Event)?;
                write_days(formatter, *days)
            }
            Self::Language(code) => {
                write_field(formatter, Field::Language)?;
                formatter.write_str(code)
            }
            Self::Source(source) => {
                write_field(formatter, Field::Source)?;
                let beginning = source.strip_suffix('*');
                write_literal(
                    formatter,
                    beginning.unwrap_or(source),
                    if beginning.is_some() { "*" } else { "" },
                )
            }
            Self::Id(id) => {
                write_field(formatter, Field::Id)?;
                write_literal(formatter, id, "")
            }
            Self::And(members) => write_joined(formatter, members, " ", &Self::All),
            Self::Or(choices) => {
                let nothing = Self::Not(Box::new(Self::All));
                write_joined(formatter, choices, " OR ", &nothing)
            }
            // Brackets would make it twice as deep, and too deep to be read.
            Self::Not(negated) if matches!(**negated, Self::Not(_)) => {
                write!(formatter, "NOT {negated}")
            }
            Self::Not(negated) => {
                formatter.write_char('-')?;
                write_operand(formatter, negated)
            }
            Self::Sentence(members) => {
                formatter.write_char('(')?;
                write_joined(formatter, members, " ", &Self::All)?;
                formatter.write_str(")~s")
            }
        }
    }
}

fn write_joined(
    formatter: &mut Formatter<'_>,
    members: &[Query],
    joint: &str,
    of_none: &Query,
) -> fmt::Result {
    match members {
        [] => of_none.fmt(formatter),
        [only] => only.fmt(formatter),
        [first, others @ ..] => {
            write_operand(formatter, first)?;
            for other in others {
                formatter.write_str(joint)?;
                write_operand(formatter, other)?;
            }
            Ok(())
        }
    }
}

/// Writes a query so that it holds together beside others.
fn write_operand(formatter: &mut Formatter<'_>, query: &Query) -> fmt::Result {
    match query {
        Query::And(_) | Query::Or(_) => write!(formatter, "({query})"),
        _ => query.fmt(formatter),
    }
}

fn write_field(formatter: &mut Formatter<'_>, field: Field) -> fmt::Result {
    write!(formatter, "{}:", field.name())
}

fn write_name(formatter: &mut Formatter<'_>, pattern: &NamePattern) -> fmt::Result {
    match pattern {
        NamePattern::Name(name) => write_word(formatter, name),
        NamePattern::Prefix(prefix) => write!(formatter, "{prefix}*"),
        NamePattern::Chosen(chosen) => write_word(formatter, &chosen.asked),
    }
}

fn write_pattern(formatter: &mut Formatter<'_>, pattern: &Pattern) -> fmt::Result {
    match pattern {
        Pattern::Word(word) => write_word(formatter, word),
        Pattern::Form(form) => {
            formatter.write_char('=')?;
            write_word(formatter, form)
        }
        Pattern::Phrase { words, slop } => {
            formatter.write_char('"')?;
            for (index, word) in words.iter().enumerate() {
                if index > 0 {
                    formatter.write_char(' ')?;
                }
                match word {
                    PhraseWord::Word(word) => write_escaped(formatter, word)?,
                    PhraseWord::Form(form) => {
                        formatter.write_char('=')?;
                        write_escaped(formatter, form)?;
                    }
                }
            }
            formatter.write_char('"')?;
            match slop {
                0 => Ok(()),
                slop => write!(formatter, "~{slop}"),
            }
        }
        Pattern::Prefix(prefix) => write!(formatter, "{prefix}*"),
        Pattern::Regex(regex) => write_regex(formatter, regex),
    }
}

/// Writes a word or a name, in quotes where it would mean something else without.
fn write_word(formatter: &mut Formatter<'_>, word: &str) -> fmt::Result {
    let is_plain =
        !word.contains(ends_word) && !is_operator(word) && fault_of_word(word, 0).is_none();
    if is_plain {
        formatter.write_str(word)
    } else {
        write_quoted(formatter, word, "")
    }
}

/// Writes a value whose signs mean nothing, and what follows it.
fn write_literal(formatter: &mut Formatter<'_>, literal: &str, end: &str) -> fmt::Result {
    let is_plain = !literal.contains(ends_word) && !literal.contains('*');
    if is_plain && !(literal.is_empty() && end.is_empty()) {
        write!(formatter, "{literal}{end}")
    } else {
        write_quoted(formatter, literal, end)
    }
}

fn write_quoted(formatter: &mut Formatter<'_>, text: &str, end: &str) -> fmt::Result {
    formatter.write_char('"')?;
    write_escaped(formatter, text)?;
    formatter.write_str(end)?;
    formatter.write_char('"')
}

fn write_escaped(formatter: &mut Formatter<'_>, text: &str) -> fmt::Result {
    for letter in text.chars() {
        // Typographic quotes do not close a plain one and read better without the sign.
        if can_be_escaped(letter) && letter.is_ascii() {
            formatter.write_char('\\')?;
        }
        formatter.write_char(letter)?;
    }
    Ok(())
}

fn write_regex(formatter: &mut Formatter<'_>, regex: &str) -> fmt::Result {
    formatter.write_char('/')?;
    let mut letters = regex.chars();
    while let Some(letter) = letters.next() {
        if letter == '/' {
            formatter.write_char('\\')?;
        }
        formatter.write_char(letter)?;
        if letter == '\\'
            && let Some(escaped) = letters.next()
        {
            formatter.write_char(escaped)?;
        }
    }
    formatter.write_char('/')
}

fn write_days(formatter: &mut Formatter<'_>, days: DayRange) -> fmt::Result {
    match (days.first, days.last) {
        (Some(first), Some(last)) if first == last => first.fmt(formatter),
        (first, last) => {
            if let Some(first) = first {
                first.fmt(formatter)?;
            }
            formatter.write_str("..")?;
            match last {
                Some(last) => last.fmt(formatter),
                None => Ok(()),
            }
        }
    }
}
