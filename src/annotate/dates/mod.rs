//! Date expressions in title and text, in two steps: what the words say ([`DateExpr`]), which
//! rules read that are data of the language; then what days that means (`resolve`), against the
//! article's date, the tense of the sentence and the dates told before.
//!
//! Takes time in proportion to the text: from one place a bounded number of rules is tried, each
//! over a bounded number of words.

mod build;
mod calendar;
mod clause;
mod expression;
mod matching;
mod moon;
mod pieces;
mod resolve;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

pub use expression::{Choice, Counted, DateExpr, From, Item, Portion};
pub use resolve::{Setting, resolve};

use crate::lang::Language;
use crate::lang::dates::{Builder, Class, Grammar, Rule};
use crate::lang::tense::Tense;
use crate::model::{
    DateMention, Document, EntityKind, Field, Mention, PartialDate, Precision, Span,
};
use clause::Clauses;
use matching::{Match, Reader};
use pieces::{Kind, Piece};

/// A date expression, what it says and what it was held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The expression and the days it means.
    pub mention: DateMention,
    /// What the words say.
    pub says: DateExpr,
    /// What that was resolved against.
    pub setting: Setting,
}

/// The date expressions of a document whose sentences and names are known, in order.
pub fn find(document: &Document, language: &'static Language) -> Vec<DateMention> {
    let mut found = Vec::new();
    each(document, language, &mut |mention, _, _| found.push(mention));
    found
}

/// The same, each with what its words say.
pub fn explain(document: &Document, language: &'static Language) -> Vec<Explained> {
    let mut found = Vec::new();
    each(document, language, &mut |mention, says, setting| {
        found.push(Explained {
            mention,
            says: says.clone(),
            setting,
        });
    });
    found
}

/// What is kept from one sentence to the next, so that nothing is allocated anew.
#[derive(Debug, Default)]
struct Room {
    word: String,
    pieces: Vec<Piece>,
}

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

type Each<'e> = &'e mut dyn FnMut(DateMention, &DateExpr, Setting);

fn each(document: &Document, language: &'static Language, each: Each<'_>) {
    let Some(grammar) = (language.dates)() else {
        return;
    };
    ROOM.with_borrow_mut(|room| {
        let mut finder = Finder {
            document,
            language,
            grammar,
            published: document.article.date.map(|dated| dated.date),
            told: Vec::new(),
            names: &document.mentions,
            each,
        };
        if !document.article.text_repeats_title() {
            let title = Span::new(0, document.article.title.len());
            finder.sentence(Field::Title, title, room);
            finder.told.clear();
        }
        finder.names = &document.mentions;
        let text = &document.article.text;
        let mut sentences = document.sentences.iter().copied().peekable();
        while let Some(mut sentence) = sentences.next() {
            while let Some(after) = sentences.next_if(|after| goes_on(text, sentence, *after)) {
                sentence = Span::new(sentence.start(), after.end());
            }
            finder.sentence(Field::Text, sentence, room);
        }
    });
}

/// How many of the last dates are remembered.
const REMEMBERED: usize = 4;

struct Finder<'d, 'e> {
    document: &'d Document,
    language: &'static Language,
    grammar: &'static Grammar,
    published: Option<PartialDate>,
    /// The dates told so far, the last one at the end.
    told: Vec<PartialDate>,
    /// The names that do not lie before the place reached.
    names: &'d [Mention],
    each: Each<'e>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, field: Field, span: Span, room: &mut Room) {
        let text = self.document.field(field);
        let words = &self.grammar.words;
        if !pieces::read(text, span, words, &mut room.word, &mut room.pieces) {
            return;
        }
        let reader = Reader {
            grammar: self.grammar,
            text,
            pieces: &room.pieces,
        };
        let mut clauses = Clauses::new(text, &room.pieces, self.language);
        let mut at = 0;
        while at < room.pieces.len() {
            let Some(found) = reader.longest(None, at, 0) else {
                at += 1;
                continue;
            };
            at = found.pieces.1.max(at + 1);
            self.keep(field, &reader, &found, &mut clauses);
        }
    }

    fn keep(
        &mut self,
        field: Field,
        reader: &Reader<'_>,
        found: &Match,
        clauses: &mut Clauses<'_>,
    ) {
        let (first, end) = found.pieces;
        let (Some(says), Some(start), Some(last)) = (
            &found.says,
            reader.pieces.get(first),
            reader.pieces.get(end - 1),
        ) else {
            return;
        };
        let span = Span::new(start.span.start(), last.span.end());
        if self.is_left_alone(field, span, reader, found) {
            return;
        }
        let setting = Setting {
            published: self.published,
            tense: self.direction(reader, first, clauses.tense(first, end)),
            mentioned: self.mentioned(says),
        };
        let Some(date) = resolve(says, &setting) else {
            return;
        };
        if self.told.len() >= REMEMBERED {
            self.told.remove(0);
        }
        self.told.push(date);
        let mention = DateMention {
            field,
            span,
            date,
            rule: &found.rule.name,
        };
        (self.each)(mention, says, setting);
    }

    /// What began on a day without a year and still is began in the past: "sprawuje od 1 maja";
    /// what lasts until one ends in the future. What was planned for a day was still to come,
    /// whatever the tense: "na piątek zaplanowano", though not "na piątkowym spotkaniu".
    fn direction(&self, reader: &Reader<'_>, first: usize, tense: Option<Tense>) -> Option<Tense> {
        let before = first.checked_sub(1).and_then(|at| reader.pieces.get(at));
        let told = reader.pieces.get(first);
        let is_adjective = [Class::WeekdayAdjective, Class::MonthAdjective]
            .into_iter()
            .any(|class| is(self.grammar, told, class));
        match tense {
            _ if is(self.grammar, before, Class::Planned) && !is_adjective => Some(Tense::Future),
            Some(Tense::Past | Tense::Future) => tense,
            _ if is(self.grammar, before, Class::Since) => Some(Tense::Past),
            _ if is(self.grammar, before, Class::Until) => Some(Tense::Future),
            _ => tense,
        }
    }

    /// The last date told that is as exact as what is counted from it.
    fn mentioned(&self, says: &DateExpr) -> Option<PartialDate> {
        let amounts = match says {
            DateExpr::Away { amounts, .. } => amounts,
            DateExpr::Apposed(one, _) => match &**one {
                DateExpr::Away { amounts, .. } => amounts,
                _ => return None,
            },
            _ => return None,
        };
        let days = amounts
            .iter()
            .any(|(_, unit)| calendar::about_days(*unit) < 28);
        let exact = |date: &&PartialDate| {
            let length = date.last().number() - date.first().number();
            if days {
                date.precision() == Precision::Day
            } else {
                length < 366
            }
        };
        self.told.iter().rev().find(exact).copied()
    }

    /// Whether it is a part of a name, or of what only looks like a date.
    fn is_left_alone(
        &mut self,
        field: Field,
        span: Span,
        reader: &Reader<'_>,
        found: &Match,
    ) -> bool {
        let ((first, end), rule) = (found.pieces, found.rule);
        let piece = |place: usize| reader.pieces.get(place);
        let before = first.checked_sub(1).and_then(piece);
        if is(self.grammar, before, Class::Guard)
            || before.is_some_and(|piece| piece.kind == Kind::Sign('.'))
                && is(
                    self.grammar,
                    first.checked_sub(2).and_then(piece),
                    Class::Guard,
                )
        {
            return true;
        }
        // "3 maja" joined to a longer word or number is none: "2-3 maja" was read by a rule.
        let joined = |piece: &Piece| matches!(piece.kind, Kind::Sign('-' | '/' | '.' | ':' | ','));
        let is_digit = |piece: Option<&Piece>| {
            piece.is_some_and(|piece| matches!(piece.kind, Kind::Number { .. }))
        };
        let starts_with_digit = is_digit(piece(first));
        let glued_before = starts_with_digit
            && before
                .is_some_and(|sign| joined(sign) && !piece(first).is_some_and(|one| one.spaced))
            && first
                .checked_sub(2)
                .is_some_and(|place| is_digit(piece(place)));
        let glued_after = is_digit(end.checked_sub(1).and_then(piece))
            && piece(end).is_some_and(|sign| joined(sign) && !sign.spaced)
            && piece(end + 1).is_some_and(|next| !next.spaced && is_digit(Some(next)));
        if glued_before || glued_after {
            return true;
        }
        while let Some((name, rest)) = self.names.split_first()
            && (name.field, name.span.end()) <= (field, span.start())
        {
            self.names = rest;
        }
        self.names
            .iter()
            .take_while(|name| (name.field, name.span.start()) < (field, span.end()))
            .filter(|name| name.field == field && name.span.overlaps(span))
            .any(|name| {
                let is_whole = span.contains(name.span) && is_certain(rule);
                name.kind != EntityKind::Event && !is_whole
            })
    }
}

/// Whether what the rule reads is a date though a word of it may be a name as well: "15 maja",
/// "Boże Ciało", but not "Maj" or "Piątek".
fn is_certain(rule: &Rule) -> bool {
    !matches!(
        rule.builder,
        Builder::Month | Builder::Weekday | Builder::Season | Builder::Shifted | Builder::Part
    )
}

/// Whether a piece is a word of this class: one that makes what follows no date, as in
/// "ulica 3 Maja".
fn is(grammar: &Grammar, piece: Option<&Piece>, class: Class) -> bool {
    let Some(Piece {
        kind: Kind::Word(word),
        ..
    }) = piece
    else {
        return false;
    };
    let mut senses = grammar.words.senses(*word).iter();
    senses.any(|sense| sense.class == class)
}

/// Whether a sentence seems to end within a date: "w latach 90." before "XX wieku", or "26."
/// before "10.2021".
fn goes_on(text: &str, before: Span, after: Span) -> bool {
    let end = before.of(text).strip_suffix('.').map(str::trim_end);
    if !end.is_some_and(|end| end.ends_with(|last: char| last.is_ascii_digit())) {
        return false;
    }
    let word = after.of(text).split_whitespace().next();
    word.is_some_and(|word| pieces::roman(word).is_some() || is_month_and_year(word))
}

/// Whether it is written like "10.2021".
fn is_month_and_year(word: &str) -> bool {
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('.').is_some_and(|(month, year)| {
        let year = year.trim_end_matches(|sign: char| !sign.is_alphanumeric());
        matches!((month.len(), year.len()), (1 | 2, 2 | 4)) && digits(month) && digits(year)
    })
}
