//! The sentences of an article, read when they are asked for.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::bearers::Bearers;
use super::clauses::{Clause, clauses};
use super::parties::Party;
use super::persons::Persons;
use super::phrases::{Piece, Reader};
use super::subjects::Subject;
use super::words::Sentence;
use crate::lang::Language;
use crate::lang::grammar::Rules;
use crate::model::{Document, Field, Span};

/// How many bytes a sentence may have. The words of one are weighed against one another, so that
/// a table without a stop would take the square of its length.
const LONGEST: usize = 5_000;

/// A sentence cut into clauses and phrases.
pub(super) struct Reading<'d> {
    pub sentence: Sentence<'d>,
    pub clauses: Vec<Clause>,
    /// The pieces of each clause.
    pub pieces: Vec<Vec<Piece>>,
}

/// The subjects of clauses, by sentence and clause.
type Subjects = HashMap<(usize, usize), Option<Rc<Subject>>>;

/// An article as its meetings are sought.
pub(super) struct Story<'d> {
    pub document: &'d Document,
    pub language: &'static Language,
    pub rules: &'static Rules,
    persons: Persons<'d>,
    places: Vec<(Field, Span)>,
    readings: Vec<OnceCell<Rc<Reading<'d>>>>,
    /// The two of whom a meeting was told last: "obaj".
    pub last_pair: RefCell<Vec<Party>>,
    /// The subjects found so far; none while one is worked out.
    pub subjects: RefCell<Subjects>,
    /// Whether the article is about games.
    pub sport: OnceCell<bool>,
    /// How many of them are being worked out.
    pub depth: Cell<usize>,
    /// Who bears which office, as far as it was read.
    pub bearers: RefCell<Bearers>,
    /// The first two women named.
    pub women: OnceCell<Vec<((Field, usize), usize)>>,
}

impl<'d> Story<'d> {
    /// The title, where it has one that the text does not repeat, then the text.
    pub(super) fn new(document: &'d Document, language: &'static Language) -> Self {
        let title = &document.article.title;
        let is_apart = !title.is_empty() && !document.article.text_repeats_title();
        let title = is_apart.then(|| (Field::Title, Span::new(0, title.len())));
        let text = document.sentences.iter().map(|span| (Field::Text, *span));
        let places: Vec<(Field, Span)> = title.into_iter().chain(text).collect();
        Self {
            document,
            language,
            rules: (language.grammar.rules)(),
            persons: Persons::new(document, language),
            readings: places.iter().map(|_| OnceCell::new()).collect(),
            places,
            last_pair: RefCell::default(),
            subjects: RefCell::default(),
            sport: OnceCell::new(),
            depth: Cell::default(),
            bearers: RefCell::default(),
            women: OnceCell::new(),
        }
    }

    /// Where the sentences stand, in order.
    pub(super) fn places(&self) -> &[(Field, Span)] {
        &self.places
    }

    /// The sentence of this number; none where it is too long to be one.
    pub(super) fn reading(&self, number: usize) -> Option<Rc<Reading<'d>>> {
        let (field, span) = *self.places.get(number)?;
        if span.end() - span.start() > LONGEST {
            return None;
        }
        let cell = self.readings.get(number)?;
        Some(Rc::clone(
            cell.get_or_init(|| Rc::new(self.read(field, span))),
        ))
    }

    /// Whether this entity is a man or a woman, where that is known.
    pub(super) fn gender(&self, entity: usize) -> Option<crate::lang::gender::Gender> {
        self.persons.gender(entity)
    }

    /// Whether one sentence stands in the same paragraph as the one before it.
    pub(super) fn follows(&self, number: usize) -> bool {
        let before = number
            .checked_sub(1)
            .and_then(|before| self.places.get(before));
        let (Some((field, before)), Some((same, span))) = (before, self.places.get(number)) else {
            return false;
        };
        let between = Span::new(before.end(), span.start());
        field == same && !between.of(self.document.field(*field)).contains('\n')
    }

    /// A reader of phrases for one sentence.
    pub(super) fn reader<'s>(&self, sentence: &'s Sentence<'d>) -> Reader<'s, 'd> {
        Reader {
            document: self.document,
            sentence,
            language: self.language,
            rules: self.rules,
        }
    }

    fn read(&self, field: Field, span: Span) -> Reading<'d> {
        let sentence = Sentence::read(self.document, &self.persons, field, span, self.language);
        let clauses = clauses(&sentence, self.rules);
        let reader = self.reader(&sentence);
        let pieces = clauses
            .iter()
            .map(|clause| reader.pieces(&clause.words, clause.verb))
            .collect();
        Reading {
            sentence,
            clauses,
            pieces,
        }
    }
}
