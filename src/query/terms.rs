//! One term to its query: what each field takes for a value.

use super::fault::{Fault, shortened};
use super::fields::Field;
use super::lexer::{Piece, Quoted, Term, Value};
use super::signs::{fault_of_word, has_substance, is_space, letters};
use crate::dates;
use crate::model::{
    DateMatch, Day, DayRange, NamePattern, Pattern, PhraseWord, Query, Scope, Span,
};

/// How much memory a regular expression may take.
const REGEX_BYTES: usize = 2 << 20;

/// What the meaning of a query depends on besides its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    pub(super) today: Day,
    pub(super) date_match: DateMatch,
}

/// The query of a term that covers `span`.
pub(super) fn query_of(term: &Term<'_>, span: Span, settings: Settings) -> Result<Query, Fault> {
    let Term {
        field,
        exact,
        value,
    } = term;
    let Some(field) = *field else {
        return match value {
            Value::Bare(Piece { text: "*", .. }) if !exact => Ok(Query::All),
            _ => Ok(Query::Text(Scope::Anywhere, pattern(value, *exact)?)),
        };
    };
    match field {
        Field::Title => Ok(Query::Text(Scope::Title, pattern(value, *exact)?)),
        Field::Name(kind) => Ok(Query::Name(kind, name(term, span)?)),
        Field::Met => Ok(Query::Met(name(term, span)?)),
        Field::Date => match written(value)? {
            Piece { text, .. } if is_none(text) => Ok(Query::Undated),
            piece => Ok(Query::Date(
                days(field, piece, settings)?,
                settings.date_match,
            )),
        },
        Field::Event => days(field, written(value)?, settings).map(Query::Event),
        Field::Language => language(written(value)?),
        Field::Source => literal(value, true).map(Query::Source),
        Field::Id => literal(value, false).map(Query::Id),
    }
}

fn pattern(value: &Value<'_>, exact: bool) -> Result<Pattern, Fault> {
    match value {
        Value::Bare(piece) => match prefix(*piece)? {
            Some(_) if exact => Err(Fault::new(
                piece.span(),
                format!("a form has no open end: `{}`", shortened(piece.text)),
                "leave out either `=` or `*`",
            )),
            Some(prefix) => Ok(Pattern::Prefix(prefix)),
            None if exact => Ok(Pattern::Form(piece.text.to_owned())),
            None => Ok(Pattern::Word(piece.text.to_owned())),
        },
        Value::Quoted(quoted) => phrase(quoted, exact),
        Value::Regex(inner) => regex(*inner).map(Pattern::Regex),
    }
}

/// The beginning before a final `*`, or none when `piece` is a whole word.
fn prefix(piece: Piece<'_>) -> Result<Option<String>, Fault> {
    let beginning = piece.text.strip_suffix('*');
    if beginning == Some("") {
        return Err(Fault::new(
            piece.span(),
            "there is nothing before `*`",
            "write how the word begins: `spotk*`",
        ));
    }
    match fault_of_word(beginning.unwrap_or(piece.text), piece.start) {
        Some(fault) => Err(fault),
        None => Ok(beginning.map(str::to_owned)),
    }
}

fn phrase(quoted: &Quoted<'_>, exact: bool) -> Result<Pattern, Fault> {
    let mut words = words_of_phrase(quoted.inner, exact)?;
    if words.len() > 1 {
        let slop = quoted.slop.map_or(0, |slop| slop.places);
        return Ok(Pattern::Phrase { words, slop });
    }
    let Some(word) = words.pop() else {
        return Err(nothing_inside(quoted));
    };
    if let Some(slop) = quoted.slop {
        return Err(Fault::new(
            slop.span,
            format!("`~{}` needs two words or more", slop.places),
            "leave it out: one word cannot move",
        ));
    }
    Ok(match word {
        PhraseWord::Word(word) => Pattern::Word(word),
        PhraseWord::Form(form) => Pattern::Form(form),
    })
}

fn words_of_phrase(inner: Piece<'_>, exact: bool) -> Result<Vec<PhraseWord>, Fault> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut is_form = exact;
    for (place, letter, escaped) in letters(inner.text) {
        if is_space(letter) {
            push_word(&mut words, &mut word, is_form);
            is_form = exact;
        } else if escaped || !matches!(letter, '*' | '=') {
            word.push(letter);
        } else if letter == '*' {
            return Err(star_in_quotes(inner.start + place));
        } else if word.is_empty() && !is_form {
            is_form = true;
        } else {
            word.push(letter);
        }
    }
    push_word(&mut words, &mut word, is_form);
    Ok(words)
}

fn push_word(words: &mut Vec<PhraseWord>, word: &mut String, is_form: bool) {
    let word = std::mem::take(word);
    if has_substance(&word) {
        words.push(if is_form {
            PhraseWord::Form(word)
        } else {
            PhraseWord::Word(word)
        });
    }
}

fn regex(inner: Piece<'_>) -> Result<String, Fault> {
    let slashes = Span::new(inner.start - 1, inner.span().end() + 1);
    if inner.text.is_empty() {
        return Err(Fault::new(
            slashes,
            "the regular expression is empty",
            "write one between the slashes: `/spotka(ł|li)/`",
        ));
    }
    if let Some((place, space)) = inner
        .text
        .char_indices()
        .find(|(_, letter)| is_space(*letter))
    {
        let start = inner.start + place;
        return Err(Fault::new(
            Span::new(start, start + space.len_utf8()),
            "no word has a space in it",
            "write a regular expression for one word; several words in order are a phrase in quotes",
        ));
    }
    let regex = without_escaped_slashes(inner.text);
    match regex::RegexBuilder::new(&regex)
        .size_limit(REGEX_BYTES)
        .build()
    {
        Ok(_) => Ok(regex),
        Err(regex::Error::CompiledTooBig(_)) => Err(Fault::new(
            slashes,
            "the regular expression is too large",
            "repeat less: `a{1,9}`, not `a{1,99999}`",
        )),
        Err(error) => {
            let error = error.to_string();
            let reason = error.rsplit("error: ").next().unwrap_or_default();
            Err(Fault::new(
                slashes,
                format!("the regular expression cannot be read: {}", reason.trim()),
                "put `\\` before a sign that stands for itself: `\\(`",
            ))
        }
    }
}

fn without_escaped_slashes(inner: &str) -> String {
    let mut regex = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        let next = if letter == '\\' { letters.next() } else { None };
        if next != Some('/') {
            regex.push(letter);
        }
        regex.extend(next);
    }
    regex
}

fn name(term: &Term<'_>, span: Span) -> Result<NamePattern, Fault> {
    if term.exact {
        return Err(Fault::new(
            span,
            "a name is found in all its forms at once",
            "leave out `=`; one form of a word is written without a field: `=Putina`",
        ));
    }
    match &term.value {
        Value::Bare(piece) => Ok(match prefix(*piece)? {
            Some(prefix) => NamePattern::Prefix(prefix),
            None => NamePattern::Name(piece.text.to_owned()),
        }),
        Value::Quoted(quoted) => {
            name_in_quotes(quoted, written(&term.value)?).map(NamePattern::Name)
        }
        Value::Regex(_) => Err(Fault::new(
            span,
            "names take no regular expression",
            "write how a part of the name begins: `person:Kowal*`",
        )),
    }
}

/// The words of a quoted name with one space between them.
fn name_in_quotes(quoted: &Quoted<'_>, inner: Piece<'_>) -> Result<String, Fault> {
    let mut name = String::with_capacity(inner.text.len());
    let mut space_is_due = false;
    for (place, letter, escaped) in letters(inner.text) {
        if is_space(letter) {
            space_is_due = !name.is_empty();
        } else if letter == '*' && !escaped {
            return Err(star_in_quotes(inner.start + place));
        } else {
            if std::mem::take(&mut space_is_due) {
                name.push(' ');
            }
            name.push(letter);
        }
    }
    if has_substance(&name) {
        Ok(name)
    } else {
        Err(nothing_inside(quoted))
    }
}

fn is_none(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "none" | "brak")
}

fn days(field: Field, piece: Piece<'_>, settings: Settings) -> Result<DayRange, Fault> {
    dates::parse_range(piece.text, settings.today).map_err(|mistake| {
        let fault = Fault::in_piece(mistake, piece.text, piece.start);
        let is_number = |letter: char| letter.is_ascii_digit();
        if piece.text.len() < 3 && piece.text.chars().all(is_number) {
            fault.with_advice("a date of several words goes in quotes: `date:\"15 lutego 2023\"`")
        } else if field == Field::Event && !piece.text.contains(is_number) {
            fault.with_advice("names of events go after `eventname:`")
        } else {
            fault
        }
    })
}

fn language(piece: Piece<'_>) -> Result<Query, Fault> {
    let code = piece.text.trim().to_ascii_lowercase();
    if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Ok(Query::Language(code));
    }
    Err(Fault::new(
        piece.span(),
        format!("this is no code of a language: `{}`", shortened(piece.text)),
        "write the two letters of ISO 639-1: `lang:pl`, `lang:en`",
    ))
}

/// A value that is taken as it stands; with `open_end`, a final `*` may stand for any ending.
fn literal(value: &Value<'_>, open_end: bool) -> Result<String, Fault> {
    let piece = written(value)?;
    let signs: Vec<(usize, char, bool)> = match value {
        Value::Quoted(_) => letters(piece.text).collect(),
        _ => piece
            .text
            .char_indices()
            .map(|(place, letter)| (place, letter, false))
            .collect(),
    };
    let last = signs.len().saturating_sub(1);
    for (index, (place, letter, escaped)) in signs.iter().enumerate() {
        let may_be_open = open_end && index == last;
        if *letter == '*' && *escaped == may_be_open {
            let start = piece.start + place;
            let (message, hint) = match (open_end, escaped) {
                (true, true) => (
                    "a source cannot end in the sign `*` itself",
                    "write a `*` without `\\`: it stands for any ending",
                ),
                (true, false) => (
                    "`*` stands only at the end of a source",
                    "write how the source begins: `source:onet*`",
                ),
                (false, _) => (
                    "an id has no open end",
                    r"write the whole id; in quotes, `\*` is the sign itself",
                ),
            };
            return Err(Fault::new(
                Span::new(start, start + 1 + usize::from(*escaped)),
                message,
                hint,
            ));
        }
    }
    Ok(signs.into_iter().map(|(_, letter, _)| letter).collect())
}

/// What the user wrote, escapes and all, for fields that take no patterns.
/// Spaces around it are cut off.
fn written<'t>(value: &Value<'t>) -> Result<Piece<'t>, Fault> {
    let quoted = match value {
        Value::Bare(piece) | Value::Regex(piece) => return Ok(*piece),
        Value::Quoted(quoted) => quoted,
    };
    if let Some(slop) = quoted.slop {
        return Err(Fault::new(
            slop.span,
            format!("`~{}` follows only a phrase", slop.places),
            "leave it out here",
        ));
    }
    let inner = quoted.inner;
    let text = inner.text.trim_start_matches(is_space);
    let start = inner.start + inner.text.len() - text.len();
    let text = text.trim_end_matches(is_space);
    if text.is_empty() {
        return Err(nothing_inside(quoted));
    }
    Ok(Piece { text, start })
}

fn star_in_quotes(start: usize) -> Fault {
    Fault::new(
        Span::new(start, start + 1),
        "`*` has no meaning in quotes",
        r"write the beginning of a word without quotes: `spotk*`; `\*` is the sign itself",
    )
}

fn nothing_inside(quoted: &Quoted<'_>) -> Fault {
    Fault::new(
        quoted.outer,
        "there is no letter or digit in the quotes",
        "write what to look for, or leave the quotes out",
    )
}
