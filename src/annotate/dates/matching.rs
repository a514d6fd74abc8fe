//! Rules against the pieces of a sentence.
//!
//! A pattern has no repetition and a rule calls for others only a few deep, so that what is
//! looked at from one place is bounded, whatever the text.

use super::build;
use super::expression::DateExpr;
use super::pieces::{Kind, Piece};
use crate::lang::dates::{Class, Element, Grammar, Group, Rule, Step};

/// How deep rules may call for others.
const DEEPEST: usize = 4;

/// What a pattern has kept so far.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pub(super) values: Vec<(Class, i64)>,
    pub(super) inner: Vec<DateExpr>,
}

impl Kept {
    /// The value of a class, the `nth` of them.
    pub(super) fn nth(&self, class: Class, nth: usize) -> Option<i64> {
        let mut of_class = self.values.iter().filter(|(kept, _)| *kept == class);
        of_class.nth(nth).map(|(_, value)| *value)
    }

    /// The first value of a class.
    pub(super) fn first(&self, class: Class) -> Option<i64> {
        self.nth(class, 0)
    }
}

/// A rule that fits.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) rule: &'static Rule,
    /// The pieces of the date: the first, and the one after the last.
    pub(super) pieces: (usize, usize),
    /// Where the pattern ends, with what is no part of the date.
    pub(super) end: usize,
    /// What it says; none where there is no such date.
    pub(super) says: Option<DateExpr>,
}

/// The pieces of one sentence and the rules to read them by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) grammar: &'static Grammar,
    pub(super) text: &'t str,
    pub(super) pieces: &'t [Piece],
}

impl Reader<'_> {
    /// What the rules of a group read from a place on: what covers most pieces; of equals, the
    /// earlier rule.
    pub(super) fn longest(&self, group: Option<Group>, at: usize, deep: usize) -> Option<Match> {
        let mut best: Option<Match> = None;
        let shape = |at: usize| self.pieces.get(at).map(|piece| piece.kind.shape());
        for rule in self.grammar.starting(shape(at)?, shape(at + 1)) {
            let called = match group {
                Some(group) => group.takes(rule.group),
                None => !rule.inner,
            };
            if !called {
                continue;
            }
            if let Some(found) = self.fit(rule, at, deep)
                && best
                    .as_ref()
                    .is_none_or(|best| found.reach() > best.reach())
            {
                best = Some(found);
            }
        }
        best
    }

    fn fit(&self, rule: &'static Rule, at: usize, deep: usize) -> Option<Match> {
        let mut attempt = Attempt {
            reader: *self,
            steps: &rule.steps,
            deep,
            kept: Kept::default(),
        };
        let (pieces, end) = attempt.run(0, at, (usize::MAX, 0))?;
        (pieces.0 < pieces.1).then(|| Match {
            rule,
            pieces,
            end,
            says: build::says(rule.builder, attempt.kept, self.grammar),
        })
    }

    /// Takes one element; gives the place behind it and what it keeps.
    fn take(&self, element: Element, at: usize) -> Option<(usize, Option<(Class, i64)>)> {
        let piece = self.pieces.get(at)?;
        match element {
            Element::Sign(sign) => (piece.kind == Kind::Sign(sign)).then_some((at + 1, None)),
            Element::Word(word) => (piece.kind == Kind::Word(word)).then_some((at + 1, None)),
            Element::Class(class, wanted) => {
                let (end, value) = self.of_class(class, wanted, at)?;
                Some((end, Some((class, value))))
            }
            Element::Inner(_) => None,
        }
    }

    fn of_class(&self, class: Class, wanted: Option<i64>, at: usize) -> Option<(usize, i64)> {
        let piece = self.pieces.get(at)?;
        let fits = |value: i64| wanted.is_none_or(|wanted| wanted == value);
        let value = match (class, piece.kind) {
            (Class::Day, Kind::Number { value, digits }) if digits <= 2 && value <= 31 => value,
            (Class::MonthDigits, Kind::Number { value, digits })
                if digits <= 2 && (1..=12).contains(&value) =>
            {
                value
            }
            (Class::Roman, Kind::Roman(value))
            | (Class::Year, Kind::Number { value, digits: 4 })
            | (Class::ShortYear, Kind::Number { value, digits: 2 })
            | (Class::Count, Kind::Number { value, .. }) => value,
            (Class::Count, Kind::Word(word)) => {
                return self.sense(Class::Number, wanted, word, at);
            }
            (_, Kind::Word(word)) => return self.sense(class, wanted, word, at),
            _ => return None,
        };
        fits(value).then_some((at + 1, value))
    }

    fn sense(
        &self,
        class: Class,
        wanted: Option<i64>,
        word: u16,
        at: usize,
    ) -> Option<(usize, i64)> {
        let senses = self.grammar.words.senses(word).iter();
        senses
            .filter(|sense| sense.class == class)
            .filter(|sense| wanted.is_none_or(|wanted| wanted == sense.value))
            .find_map(|sense| {
                let mut end = at + 1;
                for word in &sense.rest {
                    let piece = self.pieces.get(end)?;
                    same(piece.span.of(self.text), word).then_some(())?;
                    end += 1;
                }
                Some((end, sense.value))
            })
    }
}

impl Match {
    /// How far it reaches. Of two that reach as far, one that comes to a date is better.
    fn reach(&self) -> (usize, bool) {
        (self.pieces.1, self.says.is_some())
    }
}

/// Whether a word is this one in small letters.
fn same(written: &str, small: &str) -> bool {
    let mut letters = written.chars().flat_map(char::to_lowercase);
    let mut wanted = small.chars();
    loop {
        match (letters.next(), wanted.next()) {
            (None, None) => return true,
            (Some('’'), Some('\'')) => {}
            (one, other) if one == other => {}
            _ => return false,
        }
    }
}

struct Attempt<'t> {
    reader: Reader<'t>,
    steps: &'static [Step],
    deep: usize,
    kept: Kept,
}

type Reach = ((usize, usize), usize);

impl Attempt<'_> {
    /// Goes on from a step and a place; `covered` are the pieces of the date so far.
    fn run(
        &mut self,
        mut step: usize,
        mut at: usize,
        mut covered: (usize, usize),
    ) -> Option<Reach> {
        while let Some(&now) = self.steps.get(step) {
            step += 1;
            match now {
                Step::Take(element, is_part) => {
                    let end = self.take(element, at)?;
                    if is_part {
                        covered = (covered.0.min(at), end);
                    }
                    at = end;
                }
                Step::Not(element) => {
                    if self.reader.take(element, at).is_some() {
                        return None;
                    }
                }
                Step::Keep(class, value) => self.kept.values.push((class, value)),
                Step::Jump(to) => step = to,
                Step::Fork(other) => {
                    let kept = (self.kept.values.len(), self.kept.inner.len());
                    if let Some(reach) = self.run(step, at, covered) {
                        return Some(reach);
                    }
                    self.kept.values.truncate(kept.0);
                    self.kept.inner.truncate(kept.1);
                    step = other;
                }
            }
        }
        Some((covered, at))
    }

    fn take(&mut self, element: Element, at: usize) -> Option<usize> {
        if let Element::Inner(group) = element {
            if self.deep >= DEEPEST {
                return None;
            }
            let found = self.reader.longest(Some(group), at, self.deep + 1)?;
            self.kept.inner.push(found.says?);
            return Some(found.end);
        }
        let (end, kept) = self.reader.take(element, at)?;
        self.kept.values.extend(kept);
        Some(end)
    }
}
