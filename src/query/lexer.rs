//! Text to tokens: brackets, operators, and terms with their field, quotes and signs.

use super::fault::{Fault, shortened};
use super::fields::{Field, hint_for_unknown};
use super::signs::{can_be_escaped, closes, ends_word, is_quote, is_space};
use crate::model::Span;

/// The farthest the words of a phrase may be moved.
const MOST_SLOP: u32 = 100;

/// A piece of the query that acts on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Where it is in the query.
    pub(super) span: Span,
    /// What it is.
    pub(super) kind: TokenKind<'t>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind<'t> {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `)~s`
    CloseSentence,
    /// `AND`
    And,
    /// `OR`
    Or,
    /// `NOT` or `-`
    Not,
    /// Anything that finds articles.
    Term(Term<'t>),
}

/// A field, or none, and what is looked for in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term<'t> {
    pub(super) field: Option<Field>,
    /// Whether `=` stands before the value.
    pub(super) exact: bool,
    pub(super) value: Value<'t>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'t> {
    /// Without quotes.
    Bare(Piece<'t>),
    /// In quotes.
    Quoted(Quoted<'t>),
    /// What stands between the slashes, escapes and all.
    Regex(Piece<'t>),
}

/// A part of the query and the byte it begins at. Never empty but in quotes or slashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
}

impl Piece<'_> {
    pub(super) fn span(self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted<'t> {
    /// What stands inside, escapes and all.
    pub(super) inner: Piece<'t>,
    /// The quotes too.
    pub(super) outer: Span,
    pub(super) slop: Option<Slop>,
}

/// `~3` after a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slop {
    pub(super) places: u32,
    pub(super) span: Span,
}

/// Cuts a query into its tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token<'_>>, Fault> {
    let mut lexer = Lexer { text, position: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.take_while(is_space);
        let start = lexer.position;
        let Some(first) = lexer.peek() else {
            return Ok(tokens);
        };
        let kind = match first {
            '(' => {
                lexer.take(first);
                TokenKind::Open
            }
            ')' => lexer.close()?,
            '-' => lexer.minus()?,
            _ => lexer.operator_or_term(first)?,
        };
        let span = lexer.span_from(start);
        tokens.push(Token { span, kind });
    }
}

struct Lexer<'t> {
    text: &'t str,
    position: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Steps over `letter`, which must be the next one.
    fn take(&mut self, letter: char) {
        self.position += letter.len_utf8();
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> Piece<'t> {
        let piece = self.look_while(wanted);
        self.position += piece.text.len();
        piece
    }

    fn look_while(&self, wanted: impl Fn(char) -> bool) -> Piece<'t> {
        let rest = self.rest();
        let end = rest.find(|letter| !wanted(letter)).unwrap_or(rest.len());
        Piece {
            text: rest.get(..end).unwrap_or_default(),
            start: self.position,
        }
    }

    fn span_from(&self, start: usize) -> Span {
        Span::new(start, self.position)
    }

    fn close(&mut self) -> Result<TokenKind<'t>, Fault> {
        self.take(')');
        let kind = if self.peek() == Some('~') {
            let suffix = self.take_while(|letter| !ends_word(letter));
            if suffix.text != "~s" {
                return Err(Fault::new(
                    suffix.span(),
                    format!(
                        "brackets cannot be followed by: `{}`",
                        shortened(suffix.text)
                    ),
                    "`~s` asks for one sentence: `(Merkel Putin)~s`; `~3` follows a phrase in quotes",
                ));
            }
            TokenKind::CloseSentence
        } else {
            TokenKind::Close
        };
        self.expect_gap()?;
        Ok(kind)
    }

    fn minus(&mut self) -> Result<TokenKind<'t>, Fault> {
        let start = self.position;
        self.take('-');
        match self.peek() {
            Some('-') => {
                self.take('-');
                Err(Fault::new(
                    self.span_from(start),
                    "two hyphens negate nothing",
                    "write one: `-word`; options go outside of the query",
                ))
            }
            Some(letter) if letter != ')' && !is_space(letter) => Ok(TokenKind::Not),
            _ => Err(Fault::new(
                self.span_from(start),
                "there is nothing right after `-`",
                "negation touches its word: `-word`; leave out a lone hyphen",
            )),
        }
    }

    fn operator_or_term(&mut self, first: char) -> Result<TokenKind<'t>, Fault> {
        let start = self.position;
        let word = self.look_while(|letter| !ends_word(letter)).text;
        let operator = match word {
            "AND" => Some(TokenKind::And),
            "OR" => Some(TokenKind::Or),
            "NOT" => Some(TokenKind::Not),
            _ => None,
        };
        if let Some(operator) = operator {
            self.position += word.len();
            return Ok(operator);
        }
        let field = match word.split_once(':') {
            Some((name, _)) if !matches!(first, '/' | '=') => {
                self.position += name.len();
                let field = Field::of(name).ok_or_else(|| self.unknown_field(start, name, word))?;
                self.take(':');
                self.expect_value(start)?;
                Some(field)
            }
            _ => None,
        };
        self.term(field).map(TokenKind::Term)
    }

    fn unknown_field(&self, start: usize, name: &str, word: &str) -> Fault {
        if name.is_empty() {
            return Fault::new(
                Span::new(start, start + 1),
                "there is no field before the colon",
                "a field is written `person:Tusk`; put words with colons in quotes",
            );
        }
        Fault::new(
            self.span_from(start),
            format!("unknown field: `{}`", shortened(name)),
            hint_for_unknown(name, word),
        )
    }

    /// Looks whether a value follows the field that began at `start`.
    fn expect_value(&self, start: usize) -> Result<(), Fault> {
        let field = self.span_from(start);
        let name = field.of(self.text);
        match self.peek() {
            Some('(') => Err(Fault::new(
                Span::new(start, self.position + 1),
                format!("brackets cannot follow a field: `{name}`"),
                format!("repeat the field: `({name}A OR {name}B)`"),
            )),
            Some(letter) if letter != ')' && !is_space(letter) => Ok(()),
            _ => Err(Fault::new(
                field,
                format!("there is nothing right after: `{name}`"),
                format!("no space follows the colon: `{name}value`"),
            )),
        }
    }

    fn term(&mut self, field: Option<Field>) -> Result<Term<'t>, Fault> {
        let has_patterns = field.is_none_or(Field::has_patterns);
        let exact = has_patterns && self.peek() == Some('=');
        if exact {
            self.take('=');
        }
        let value = match self.peek() {
            Some(open) if is_quote(open) => self.quoted(open)?,
            Some('/') if has_patterns && !exact => self.regex()?,
            _ => Value::Bare(self.take_while(|letter| !ends_word(letter))),
        };
        if exact && matches!(value, Value::Bare(Piece { text: "", .. })) {
            return Err(Fault::new(
                Span::new(self.position - 1, self.position),
                "there is nothing right after `=`",
                "`=` touches the form it asks for: `=Putina`",
            ));
        }
        self.expect_gap()?;
        Ok(Term {
            field,
            exact,
            value,
        })
    }

    fn quoted(&mut self, open: char) -> Result<Value<'t>, Fault> {
        let start = self.position;
        self.take(open);
        let opening = self.span_from(start);
        let mut escaped = false;
        let closing = self.rest().char_indices().find(|(place, letter)| {
            if std::mem::take(&mut escaped) {
                return false;
            }
            if *letter == '\\' {
                let next = self.position + place + 1;
                let next = self.text.get(next..).and_then(|rest| rest.chars().next());
                escaped = next.is_some_and(can_be_escaped);
                return false;
            }
            closes(open, *letter)
        });
        let Some((length, close)) = closing else {
            return Err(Fault::new(
                opening,
                "this quote is not closed",
                r#"add `"` where it ends; a quote inside is written `\"`"#,
            ));
        };
        let inner = Piece {
            text: self.rest().get(..length).unwrap_or_default(),
            start: self.position,
        };
        self.position += length + close.len_utf8();
        let outer = self.span_from(start);
        let slop = if self.peek() == Some('~') {
            Some(self.slop()?)
        } else {
            None
        };
        Ok(Value::Quoted(Quoted { inner, outer, slop }))
    }

    fn slop(&mut self) -> Result<Slop, Fault> {
        let suffix = self.take_while(|letter| !ends_word(letter));
        let digits = suffix.text.trim_start_matches('~');
        let is_number = suffix.text.len() == digits.len() + 1
            && !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return Err(Fault::new(
                suffix.span(),
                format!("quotes cannot be followed by: `{}`", shortened(suffix.text)),
                "a number tells how far words may move: `\"okrągły stół\"~3`; `~s` follows brackets",
            ));
        }
        match digits.parse() {
            Ok(places) if places <= MOST_SLOP => Ok(Slop {
                places,
                span: suffix.span(),
            }),
            _ => Err(Fault::new(
                suffix.span(),
                format!("words cannot move so far: `{}`", shortened(suffix.text)),
                format!("write at most `~{MOST_SLOP}`, or join the words with `AND`"),
            )),
        }
    }

    fn regex(&mut self) -> Result<Value<'t>, Fault> {
        let start = self.position;
        self.take('/');
        let mut escaped = false;
        let closing = self.rest().find(|letter| {
            let counts = !std::mem::replace(&mut escaped, false);
            escaped = counts && letter == '\\';
            counts && letter == '/'
        });
        let Some(length) = closing else {
            return Err(Fault::new(
                self.span_from(start),
                "this regular expression is not closed",
                "add `/` where it ends; put a word with a slash in quotes",
            ));
        };
        let inner = Piece {
            text: self.rest().get(..length).unwrap_or_default(),
            start: self.position,
        };
        self.position += length + 1;
        Ok(Value::Regex(inner))
    }

    /// Whether what was read is parted from what follows.
    fn expect_gap(&self) -> Result<(), Fault> {
        match self.peek() {
            Some(letter) if letter != ')' && !is_space(letter) => Err(Fault::new(
                Span::new(self.position, self.position + letter.len_utf8()),
                format!("a space is missing before `{letter}`"),
                "put a space there, or quotes around the whole",
            )),
            _ => Ok(()),
        }
    }
}
