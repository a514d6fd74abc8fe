//! Text to mentions of persons, organizations, places, events and products.
//!
//! A linear chain over the words of a sentence, with weights learnt from annotated text: see the
//! folder `tool`. A word is described by its dictionary readings, letters and neighbours, and by
//! what the rest of the article shows of it.

pub mod decode;
#[cfg(test)]
mod examples;
pub mod features;
pub mod labels;
pub mod model;
pub mod reading;
pub mod verdict;
pub mod words;

use std::cell::RefCell;

use crate::lang::{Language, Trait};
use crate::model::{Document, EntityKind, Field, Span};
use decode::Decoder;
use labels::Label;
use reading::{Sentence, evidence, read};
use verdict::verdicts;
use words::{Shape, Words};

/// A name found, before it is known who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// In the title or in the text.
    pub field: Field,
    /// Where in it.
    pub span: Span,
    /// What sort of name.
    pub kind: EntityKind,
    /// The name in its base form.
    pub base: String,
}

/// How many words a reader remembers before it starts anew.
const REMEMBERED: usize = 1 << 15;

/// Finds names in articles of one language; remembers the words it met.
#[derive(Debug)]
pub struct Reader {
    language: &'static Language,
    words: Words,
    decoder: Decoder,
}

impl Reader {
    /// A reader of a language by its own model, or by another one.
    pub fn new(language: &'static Language, model: &'static model::Model) -> Self {
        Self {
            language,
            words: Words::new(language),
            decoder: Decoder::new(model),
        }
    }

    /// The names of texts that belong together, for each text in order.
    ///
    /// They are read twice: what the first reading made of a word elsewhere is evidence in the
    /// second.
    pub fn find(&mut self, texts: &[&str]) -> Vec<Vec<(Span, EntityKind)>> {
        if self.words.len() > REMEMBERED {
            self.words.clear();
            self.decoder.clear();
        }
        let mut read: Vec<Vec<Sentence>> = texts
            .iter()
            .map(|text| read(text, self.language, &mut self.words))
            .collect();
        let mut parts: Vec<&mut [Sentence]> = read.iter_mut().map(Vec::as_mut_slice).collect();
        evidence(&mut parts, &self.words);
        let mut sentences: Vec<&mut Sentence> = read.iter_mut().flatten().collect();
        let mut labels = self.decoder.decode(&sentences, &self.words);
        let differs = verdicts(&mut sentences, &labels, &self.words);
        self.decoder
            .decode_again(&sentences, &differs, &self.words, &mut labels);
        let mut labels = labels.into_iter();
        texts
            .iter()
            .zip(&read)
            .map(|(text, sentences)| {
                let labelled = sentences.iter().zip(labels.by_ref());
                labelled
                    .flat_map(|(sentence, labels)| self.spans(text, sentence, &labels))
                    .collect()
            })
            .collect()
    }

    fn spans(&self, text: &str, sentence: &Sentence, labels: &[Label]) -> Vec<(Span, EntityKind)> {
        let names = labels::names(labels).into_iter();
        names
            .filter_map(|(kind, first, end)| {
                let first = sentence.tokens.get(first)?;
                let last = sentence.tokens.get(end.checked_sub(1)?)?;
                let rest = text.get(last.span.end()..)?;
                // "Jan K." and "Irlandia Płn." take their full stop with them.
                let word = self.words.word(last.word)?;
                let initial = word.shape == Shape::Initial && first.word != last.word;
                let abbreviated = word.shape == Shape::Capital
                    && !word.traits.has(Trait::Noun)
                    && (self.language.is_abbreviation)(last.span.of(text));
                let behind = rest.trim_start_matches(' ');
                let stop = (initial || abbreviated) && behind.starts_with('.');
                let more = if stop {
                    rest.len() - behind.len() + 1
                } else {
                    0
                };
                Some((Span::new(first.span.start(), last.span.end() + more), kind))
            })
            .collect()
    }
}

thread_local! {
    static READERS: RefCell<Vec<Reader>> = const { RefCell::new(Vec::new()) };
}

/// The names of an article, those of the title first, in order, not overlapping.
///
/// None for a language without a model.
pub fn find(document: &Document, language: &'static Language) -> Vec<Found> {
    let Some(model) = (language.model)() else {
        return Vec::new();
    };
    let article = &document.article;
    let title = if article.text_repeats_title() {
        ""
    } else {
        &article.title
    };
    let found = READERS.with(|readers| {
        let mut readers = readers.borrow_mut();
        let known = readers
            .iter()
            .position(|reader| std::ptr::eq(reader.language, language));
        let place = known.unwrap_or_else(|| {
            readers.push(Reader::new(language, model));
            readers.len() - 1
        });
        let reader = readers.get_mut(place)?;
        Some(reader.find(&[title, &article.text]))
    });
    let fields = [Field::Title, Field::Text].into_iter();
    fields
        .zip(found.unwrap_or_default())
        .flat_map(|(field, names)| {
            names.into_iter().map(move |(span, kind)| Found {
                field,
                span,
                kind,
                base: String::new(),
            })
        })
        .collect()
}
