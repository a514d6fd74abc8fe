//! The words of a sentence with everything they can be, names as one word each.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::persons::Persons;
use crate::lang::Language;
use crate::lang::grammar::{Agreement, Class, Classes, Finite, Rules, Sense};
use crate::lang::lexicon::{Case, PartOfSpeech};
use crate::model::{Document, EntityKind, Field, Mention, Span};
use crate::text::tokens;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Gap {
    /// A comma.
    pub comma: bool,
    /// A colon, semicolon or dash between spaces.
    pub stop: bool,
    /// A hyphen or dash with or without spaces, and nothing else.
    pub dash: bool,
    /// An opening bracket.
    pub opens: bool,
    /// A closing bracket.
    pub closes: bool,
    /// A quotation mark.
    pub quote: bool,
}

impl Gap {
    fn of(text: &str) -> Self {
        let mut gap = Self::default();
        for letter in text.chars() {
            match letter {
                ',' => gap.comma = true,
                ';' | ':' => gap.stop = true,
                '(' | '[' => gap.opens = true,
                ')' | ']' => gap.closes = true,
                '"' | '„' | '”' | '“' | '«' | '»' => gap.quote = true,
                _ => {}
            }
        }
        let is_dash = matches!(text.trim(), "-" | "–" | "—");
        gap.dash = is_dash;
        gap.stop |= text.contains(" – ") || text.contains(" — ") || text.contains(" - ");
        gap
    }

    /// Whether nothing but space parts the two.
    pub(super) fn is_plain(self) -> bool {
        self == Self::default()
    }

    /// Whether a clause may end here.
    pub(super) fn parts(self) -> bool {
        self.comma || self.stop || self.opens || self.closes || self.quote
    }
}

/// A word, or a name of one or more words.
#[derive(Debug)]
pub(super) struct Word<'d> {
    /// Where it stands.
    pub span: Span,
    /// As it is written.
    pub text: &'d str,
    /// What it can be; nothing for a name.
    pub senses: Rc<[Sense]>,
    /// The classes that any of these is of.
    pub classes: Classes,
    /// Whether any of them can trigger a rule.
    pub triggers: bool,
    /// Its number among the document's mentions, where it is a name.
    pub mention: Option<usize>,
    /// What a name can stand in.
    pub agreement: Agreement,
    /// The same behind a preposition, where a name may stand unchanged.
    pub governed: Agreement,
    /// What stands before it.
    pub gap: Gap,
    /// Whether it is a name in quotation marks.
    pub is_quoted: bool,
    /// Whether it belongs to a date, which no phrase takes in.
    pub is_date: bool,
}

impl Word<'_> {
    /// The senses of one part of speech.
    pub(super) fn of(&self, part: PartOfSpeech) -> impl Iterator<Item = &Sense> {
        self.senses.iter().filter(move |sense| sense.part == part)
    }

    /// Whether it can be a word of the class.
    pub(super) fn is(&self, class: Class) -> bool {
        self.classes.has(class)
    }

    /// Its tense and person, where it is a verb that has them.
    pub(super) fn finite(&self) -> Option<(&Sense, Finite)> {
        self.senses
            .iter()
            .find_map(|sense| Some((sense, sense.finite?)))
    }

    /// Whether it is a verb with a tense and can be nothing that a phrase is made of.
    pub(super) fn is_plainly_finite(&self) -> bool {
        let is_nominal = |sense: &Sense| {
            matches!(
                sense.part,
                PartOfSpeech::Noun | PartOfSpeech::Adjective | PartOfSpeech::Pronoun
            )
        };
        self.finite().is_some() && !self.senses.iter().any(is_nominal)
    }

    /// The prepositions that it can be, with what each asks for.
    pub(super) fn preposition(&self) -> Option<(&str, Agreement)> {
        let mut senses = self.of(PartOfSpeech::Preposition);
        let first = senses.next()?;
        let agreement = senses.fold(first.agreement, |all, sense| all.or(sense.agreement));
        Some((&first.lemma, agreement))
    }
}

/// A sentence, read.
#[derive(Debug)]
pub(super) struct Sentence<'d> {
    /// In the title or in the text.
    pub field: Field,
    /// Where it stands.
    pub span: Span,
    /// Its words in order.
    pub words: Vec<Word<'d>>,
}

/// What is remembered of a word.
#[derive(Clone, Default)]
struct Known {
    senses: Rc<[Sense]>,
    /// The classes that any of the senses is of.
    classes: Classes,
    /// Whether any of them can trigger a rule.
    triggers: bool,
}

impl Known {
    fn new(senses: Rc<[Sense]>, rules: &Rules) -> Self {
        let lemmas = || senses.iter().map(|sense| sense.lemma.as_str());
        Self {
            classes: lemmas()
                .map(|lemma| rules.classes_of(lemma))
                .fold(Classes::default(), Classes::or),
            triggers: lemmas().any(|lemma| rules.of(lemma).next().is_some()),
            senses,
        }
    }
}

type Memory = HashMap<String, Known, foldhash::fast::RandomState>;

/// How many words a thread remembers before it starts anew.
const REMEMBERED: usize = 1 << 15;

thread_local! {
    static KNOWN: RefCell<HashMap<&'static str, Memory, foldhash::fast::RandomState>> =
        RefCell::default();
}

/// Asks of a word what is remembered of it.
fn known<T>(word: &str, language: &'static Language, ask: impl Fn(&Known) -> T) -> T {
    KNOWN.with_borrow_mut(|all| {
        let memory = all.entry(language.code).or_default();
        if let Some(known) = memory.get(word) {
            return ask(known);
        }
        if memory.len() >= REMEMBERED {
            memory.clear();
        }
        let rules = (language.grammar.rules)();
        let known = Known::new((language.grammar.senses)(word).into(), rules);
        let answer = ask(&known);
        memory.insert(word.to_owned(), known);
        answer
    })
}

/// Whether a text has a word that can trigger a rule.
pub(super) fn may_tell(text: &str, language: &'static Language) -> bool {
    tokens(text).any(|token| known(token.of(text), language, |known| known.triggers))
}

/// Whether a text has several words of games.
pub(super) fn is_of_sport(text: &str, language: &'static Language) -> bool {
    const SIGNS: usize = 3;
    let is_sign = |known: &Known| known.classes.has(Class::Sport);
    let signs = tokens(text).filter(|token| known(token.of(text), language, is_sign));
    signs.take(SIGNS).count() == SIGNS
}

impl<'d> Sentence<'d> {
    /// Reads the sentence at `span`.
    pub(super) fn read(
        document: &'d Document,
        persons: &Persons,
        field: Field,
        span: Span,
        language: &'static Language,
    ) -> Self {
        let text = document.field(field);
        let piece = span.of(text);
        let mut mentions = mentions_in(document, field, span);
        let dates = document
            .dates
            .iter()
            .filter(|date| date.field == field && date.span.overlaps(span));
        let dates: Vec<Span> = dates.map(|date| date.span).collect();
        let mut words: Vec<Word<'d>> = Vec::new();
        let mut end = span.start();
        let asides = asides(piece);
        for token in tokens(piece) {
            // "po wczorajszym (5 lutego) spotkaniu": the sentence goes on behind the brackets.
            if let Some(aside) = asides.iter().find(|aside| aside.contains(token)) {
                end = span.start() + aside.end();
                continue;
            }
            let token = Span::new(span.start() + token.start(), span.start() + token.end());
            while mentions
                .next_if(|(_, mention)| mention.span.end() <= token.start())
                .is_some()
            {}
            let mention = mentions
                .peek()
                .filter(|(_, mention)| mention.span.overlaps(token));
            if mention.is_some_and(|(number, _)| {
                words
                    .last()
                    .is_some_and(|last| last.mention == Some(*number))
            }) {
                continue;
            }
            let place = mention.map_or(token, |(_, mention)| mention.span);
            let mut gap = Gap::of(Span::new(end, place.start()).of(text));
            // Quotation marks around a name part nothing: "przewodniczący „Solidarności”".
            let is_quoted = mention.is_some() && gap.quote;
            if mention.is_some() || words.last().is_some_and(|last| last.mention.is_some()) {
                gap.quote = false;
            }
            end = place.end().max(token.end());
            let written = place.of(text);
            let is_possessive = mention.is_some()
                && text
                    .get(place.end()..)
                    .is_some_and(language.grammar.is_possessive);
            let agreement = mention.map_or(Agreement::ALL, |(_, mention)| {
                if is_possessive {
                    return Agreement::of_case(Case::Genitive);
                }
                if mention.kind == EntityKind::Person {
                    let gender = persons.gender(mention.entity);
                    (language.grammar.person)(written, &mention.base, gender)
                } else {
                    (language.grammar.name)(written, &mention.base)
                }
            });
            let may_be_rigid = mention.is_some_and(|(_, mention)| {
                mention.kind == EntityKind::Person
                    && mention.base == written
                    && persons.gender(mention.entity).is_none()
            });
            let known = match mention {
                Some(_) => Known::default(),
                // "I sekretarz" within a sentence is no "and".
                None if is_roman(written) && !words.is_empty() => Known::default(),
                None => known(written, language, Known::clone),
            };
            words.push(Word {
                span: place,
                text: written,
                senses: known.senses,
                classes: known.classes,
                triggers: known.triggers,
                mention: mention.map(|(number, _)| *number),
                agreement,
                governed: if may_be_rigid {
                    Agreement::ALL
                } else {
                    agreement
                },
                gap,
                is_quoted,
                is_date: mention.is_none() && dates.iter().any(|date| date.overlaps(token)),
            });
        }
        Self { field, span, words }
    }

    /// The word of this number.
    pub(super) fn word(&self, place: usize) -> Option<&Word<'d>> {
        self.words.get(place)
    }

    /// The gap between a word and the one before it.
    pub(super) fn gap(&self, place: usize) -> Gap {
        self.word(place).map_or_else(Gap::default, |word| word.gap)
    }
}

/// Where short remarks in brackets stand, with their brackets.
fn asides(piece: &str) -> Vec<Span> {
    const LONGEST: usize = 60;
    let mut found = Vec::new();
    let mut start = None;
    for (at, letter) in piece.char_indices() {
        match letter {
            '(' => start = Some(at),
            ')' => {
                let aside = start.take().map(|start| Span::new(start, at + 1));
                found.extend(aside.filter(|aside| aside.len() <= LONGEST));
            }
            _ => {}
        }
    }
    found
}

fn mentions_in(
    document: &Document,
    field: Field,
    span: Span,
) -> std::iter::Peekable<impl Iterator<Item = (usize, &Mention)>> {
    // Those of the title come first, and each field's are in order.
    let before = |mention: &Mention| (mention.field, mention.span.end()) <= (field, span.start());
    let first = document.mentions.partition_point(before);
    let rest = document.mentions.iter().enumerate().skip(first);
    rest.take_while(move |(_, mention)| mention.field == field && mention.span.start() < span.end())
        .peekable()
}

/// Whether a name can stand for somebody who meets: a person, an organization, or, where
/// countries talk, a country.
pub(super) fn is_somebody(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organization)
}

/// Whether it is a Roman numeral, as offices have them.
pub(super) fn is_roman(word: &str) -> bool {
    word.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X'))
}

/// What the subject of a verb stands in.
pub(super) fn nominative() -> Agreement {
    Agreement::of_case(Case::Nominative)
}
