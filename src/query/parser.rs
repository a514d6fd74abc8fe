//! Tokens to a query: one function for each strength of binding.

use super::fault::Fault;
use super::lexer::{Token, TokenKind};
use super::terms::{Settings, query_of};
use crate::model::{Pattern, Query, Scope, Span};

/// How many brackets and negations may stand inside one another.
const MOST_DEPTH: usize = 64;

/// Reads the tokens of a whole query; none at all find everything.
pub(super) fn parse(tokens: &[Token<'_>], settings: Settings) -> Result<Query, Fault> {
    if tokens.is_empty() {
        return Ok(Query::All);
    }
    let mut parser = Parser {
        tokens,
        position: 0,
        depth: 0,
        barred: Vec::new(),
        settings,
    };
    let query = parser.choices()?;
    match (parser.peek(), tokens) {
        (Some(stray), _) => Err(stray_close(stray.span)),
        // What is read can be written, and read again.
        (None, [first, .., last]) if written_depth(&query) > MOST_DEPTH => {
            Err(too_deep(Span::new(first.span.start(), last.span.end())))
        }
        (None, _) => Ok(query),
    }
}

/// How deep the brackets and negations of a query go in its canonical notation, which parts `AND`
/// from `OR` where they were typed without brackets.
fn written_depth(query: &Query) -> usize {
    let deepest = |parts: &[Query]| parts.iter().map(operand_depth).max().unwrap_or_default();
    match query {
        Query::And(parts) | Query::Or(parts) => deepest(parts),
        Query::Sentence(parts) => 1 + deepest(parts),
        Query::Not(negated) => 1 + operand_depth(negated),
        _ => 0,
    }
}

/// The same of a query that stands beside others.
fn operand_depth(query: &Query) -> usize {
    let is_bracketed = matches!(query, Query::And(_) | Query::Or(_));
    usize::from(is_bracketed) + written_depth(query)
}

struct Parser<'p, 't> {
    tokens: &'p [Token<'t>],
    position: usize,
    depth: usize,
    /// What was read so far that cannot be looked for in a sentence, and why.
    barred: Vec<(Span, &'static str)>,
    settings: Settings,
}

impl<'p, 't> Parser<'p, 't> {
    fn peek(&self) -> Option<&'p Token<'t>> {
        self.tokens.get(self.position)
    }

    fn before(&self) -> Option<&'p Token<'t>> {
        self.tokens.get(self.position.checked_sub(1)?)
    }

    fn next_is(&self, kind: &TokenKind<'_>) -> bool {
        self.peek().is_some_and(|token| token.kind == *kind)
    }

    fn choices(&mut self) -> Result<Query, Fault> {
        let first = self.conjunction()?;
        if !self.next_is(&TokenKind::Or) {
            return Ok(first);
        }
        let mut choices = Vec::new();
        push_choice(&mut choices, first);
        while self.next_is(&TokenKind::Or) {
            self.position += 1;
            let choice = self.conjunction()?;
            push_choice(&mut choices, choice);
        }
        Ok(Query::Or(choices))
    }

    fn conjunction(&mut self) -> Result<Query, Fault> {
        let first = self.operand()?;
        if self.ends_conjunction() {
            return Ok(first);
        }
        let mut members = Vec::new();
        push_member(&mut members, first);
        while !self.ends_conjunction() {
            if self.next_is(&TokenKind::And) {
                self.position += 1;
            }
            let member = self.operand()?;
            push_member(&mut members, member);
        }
        Ok(Query::And(members))
    }

    fn ends_conjunction(&self) -> bool {
        self.peek().is_none_or(|token| {
            matches!(
                token.kind,
                TokenKind::Or | TokenKind::Close | TokenKind::CloseSentence
            )
        })
    }

    fn operand(&mut self) -> Result<Query, Fault> {
        let Some(token) = self.peek() else {
            return Err(self.missing_operand());
        };
        match &token.kind {
            TokenKind::Term(term) => {
                self.position += 1;
                let query = query_of(term, token.span, self.settings)?;
                if let Some(reason) = reason_against_sentence(&query) {
                    self.barred.push((token.span, reason));
                }
                Ok(query)
            }
            TokenKind::Not => {
                self.position += 1;
                self.barred
                    .push((token.span, "a negation has no place in a sentence"));
                self.deeper(token.span, |parser| {
                    Ok(Query::Not(Box::new(parser.operand()?)))
                })
            }
            TokenKind::Open => {
                self.position += 1;
                self.deeper(token.span, |parser| parser.brackets(token.span))
            }
            _ => Err(self.missing_operand()),
        }
    }

    fn deeper(
        &mut self,
        span: Span,
        read: impl FnOnce(&mut Self) -> Result<Query, Fault>,
    ) -> Result<Query, Fault> {
        if self.depth == MOST_DEPTH {
            return Err(too_deep(span));
        }
        self.depth += 1;
        let query = read(self)?;
        self.depth -= 1;
        Ok(query)
    }

    /// Reads on from an opening bracket to its closing one.
    fn brackets(&mut self, open: Span) -> Result<Query, Fault> {
        let barred_before = self.barred.len();
        if self.peek().is_none() {
            return Err(not_closed(open));
        }
        let query = self.choices()?;
        let Some(close) = self.peek() else {
            return Err(not_closed(open));
        };
        self.position += 1;
        if close.kind != TokenKind::CloseSentence {
            return Ok(query);
        }
        if let Some((span, reason)) = self.barred.get(barred_before) {
            return Err(Fault::new(
                *span,
                *reason,
                "take it out of the brackets; a sentence holds words, phrases and names: `(Merkel person:Putin)~s`",
            ));
        }
        let suffix = Span::new(close.span.start() + 1, close.span.end());
        if !joins(&query) {
            return Err(Fault::new(
                suffix,
                "`~s` needs two things that share a sentence",
                "write them both in the brackets: `(Merkel Putin)~s`",
            ));
        }
        self.barred
            .push((suffix, "a sentence has no place in a sentence"));
        Ok(Query::Sentence(match query {
            Query::And(members) => members,
            other => vec![other],
        }))
    }

    /// What is wrong where something to look for was expected.
    fn missing_operand(&self) -> Fault {
        let found = self.peek();
        match (self.before(), found) {
            (Some(before), _) if before.kind.is_operator() => Fault::new(
                before.span,
                format!("there is nothing to look for after `{}`", before.sign()),
                "write a word there, or put the operator in quotes: `\"OR\"`",
            ),
            (Some(open), Some(close)) if close.kind.closes() => Fault::new(
                Span::new(open.span.start(), close.span.end()),
                "there is nothing in the brackets",
                "write what to look for in them, or leave them out",
            ),
            (_, Some(close)) if close.kind.closes() => stray_close(close.span),
            (_, found) => Fault::new(
                found.map_or(Span::new(0, 0), |token| token.span),
                format!(
                    "there is nothing to look for before `{}`",
                    found.map_or("", Token::sign)
                ),
                "write a word there, or put the operator in quotes: `\"OR\"`",
            ),
        }
    }
}

impl TokenKind<'_> {
    fn is_operator(&self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Not)
    }

    fn closes(&self) -> bool {
        matches!(self, Self::Close | Self::CloseSentence)
    }
}

impl Token<'_> {
    fn sign(&self) -> &'static str {
        match self.kind {
            TokenKind::Open => "(",
            TokenKind::Close => ")",
            TokenKind::CloseSentence => ")~s",
            TokenKind::And => "AND",
            TokenKind::Or => "OR",
            TokenKind::Not if self.span.len() == 1 => "-",
            TokenKind::Not => "NOT",
            TokenKind::Term(_) => "",
        }
    }
}

/// Adds a member of a conjunction; members that are conjunctions add their own.
fn push_member(members: &mut Vec<Query>, member: Query) {
    match member {
        Query::And(inner) => members.extend(inner),
        other => members.push(other),
    }
}

fn push_choice(choices: &mut Vec<Query>, choice: Query) {
    match choice {
        Query::Or(inner) => choices.extend(inner),
        other => choices.push(other),
    }
}

/// Whether some way to answer the query takes two things at once.
fn joins(query: &Query) -> bool {
    match query {
        Query::And(_) => true,
        Query::Or(choices) => choices.iter().any(joins),
        _ => false,
    }
}

fn reason_against_sentence(query: &Query) -> Option<&'static str> {
    match query {
        Query::Text(Scope::Anywhere, Pattern::Regex(_)) => {
            Some("a regular expression has no place in a sentence")
        }
        Query::Text(Scope::Anywhere, _) | Query::Name(..) => None,
        _ => Some("this tells of the whole article, not of a sentence"),
    }
}

fn too_deep(span: Span) -> Fault {
    Fault::new(
        span,
        format!("more than {MOST_DEPTH} brackets and negations inside one another"),
        "leave out brackets that change nothing",
    )
}

fn not_closed(open: Span) -> Fault {
    Fault::new(
        open,
        "this bracket is not closed",
        "add `)` where the group ends",
    )
}

fn stray_close(close: Span) -> Fault {
    Fault::new(
        Span::new(close.start(), close.start() + 1),
        "this bracket was never opened",
        "leave it out, or add `(` before the group",
    )
}
