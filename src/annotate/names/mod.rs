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
use std::sync::OnceLock;

use crate::lang::lexicon::Gender;
use crate::lang::{LANGUAGES, Language, Trait};
use crate::model::{Document, EntityKind, Field, Span};
use decode::Decoder;
use labels::Label;
use model::Model;
use reading::{Sentence, Token, evidence, read};
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
    /// The name in its base form; empty until it is settled.
    pub base: String,
    /// Its gender, where that is known.
    pub gender: Option<Gender>,
    /// Whether it is a plural: "Stany Zjednoczone", "Kaczyńscy".
    pub plural: bool,
}

impl Found {
    /// A name at its place, without its base form.
    pub fn new(field: Field, span: Span, kind: EntityKind) -> Self {
        Self {
            field,
            span,
            kind,
            base: String::new(),
            gender: None,
            plural: false,
        }
    }
}

/// A longer run of words is a list or a row of capitals, no name.
const LONGEST: usize = 32;

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
    pub fn new(language: &'static Language, model: &'static Model) -> Self {
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
                let tokens = sentence.tokens.get(first..end)?;
                if tokens.len() > LONGEST {
                    return None;
                }
                let tokens = if kind == EntityKind::Person {
                    self.without_titles(tokens)
                } else {
                    tokens
                };
                let (first, last) = (tokens.first()?, tokens.last()?);
                if tokens.len() == 1 && self.is_no_name(first, kind) {
                    return None;
                }
                let behind = sentence.tokens.get(end);
                if behind.is_some_and(|behind| self.is_whose(text, tokens, behind)) {
                    return None;
                }
                let kind = self.listed(tokens).unwrap_or(kind);
                let outside = (self.language.outside)(last.span.of(text));
                let span = Span::new(first.span.start(), last.span.end() - outside);
                let more = self.belongs(text, span, last, tokens.len());
                Some((Span::new(span.start(), span.end() + more), kind))
            })
            .collect()
    }

    /// Peoples and adjectives are no names, whatever annotators think: "Polacy", "Polskie firmy".
    fn is_no_name(&self, token: &Token, kind: EntityKind) -> bool {
        let Some(word) = self.words.word(token.word).filter(|_| token.known == 0) else {
            return false;
        };
        let has = |one| word.traits.has(one);
        let is_place = has(Trait::Place) || has(Trait::Country) || has(Trait::ListedPlace);
        let is_person = has(Trait::FirstName) || has(Trait::Surname);
        let people = has(Trait::People) && !is_place && !is_person;
        let adjective = has(Trait::Adjective) && !has(Trait::Noun) && !is_place;
        people || adjective && kind == EntityKind::Place
    }

    /// "Polski prezydent": the adjective of a country before a noun for its people is no name,
    /// though in front of a sentence it looks like one.
    fn is_whose(&self, text: &str, tokens: &[Token], behind: &Token) -> bool {
        let [only] = tokens else {
            return false;
        };
        let written = behind.span.of(text);
        let is_role =
            written.starts_with(char::is_lowercase) && (self.language.hints)(written).role;
        is_role && (self.language.roles.country)(only.span.of(text)).is_some()
    }

    /// "President Joe Biden" is Joe Biden.
    fn without_titles<'t>(&self, tokens: &'t [Token]) -> &'t [Token] {
        let is_title = |token: &Token| {
            let word = self.words.word(token.word);
            word.is_some_and(|word| {
                let name = NAMES.into_iter().any(|name| word.traits.has(name));
                word.traits.has(Trait::Role) && !name && !word.is_first_name()
            })
        };
        let titles = tokens.iter().take_while(|token| is_title(token)).count();
        let rest = tokens.get(titles..).unwrap_or_default();
        if rest.is_empty() { tokens } else { rest }
    }

    /// How many bytes behind a name still belong to it: the full stop of "Jan K." and
    /// "Irlandia Płn.", the last quote of "NSZZ „Solidarność”".
    fn belongs(&self, text: &str, span: Span, last: &Token, tokens: usize) -> usize {
        let rest = text.get(span.end()..).unwrap_or_default();
        let opened = span.of(text).matches(['„', '“', '«']).count();
        let closed = span.of(text).matches(['”', '»']).count();
        if opened > closed
            && let Some(quote) = rest.chars().next().filter(|mark| matches!(mark, '”' | '»'))
        {
            return quote.len_utf8();
        }
        let Some(word) = self.words.word(last.word) else {
            return 0;
        };
        let initial = word.shape == Shape::Initial && tokens > 1;
        let abbreviated = word.shape == Shape::Capital
            && !word.traits.has(Trait::Noun)
            && (self.language.is_abbreviation)(last.span.of(text));
        let behind = rest.trim_start_matches(' ');
        if (initial || abbreviated) && behind.starts_with('.') {
            rest.len() - behind.len() + 1
        } else {
            0
        }
    }
}

/// What makes a word a name by itself.
const NAMES: [Trait; 7] = [
    Trait::FirstName,
    Trait::Surname,
    Trait::Place,
    Trait::Organization,
    Trait::OtherName,
    Trait::People,
    Trait::ListedSurname,
];

impl Reader {
    /// The kind that the gazetteer gives to a name of several words that it holds as a whole, or of
    /// one word that no dictionary knows for a name: there is nothing else that "Ryanair" could be.
    fn listed(&self, tokens: &[Token]) -> Option<EntityKind> {
        let (first, rest) = tokens.split_first()?;
        let (kind, _) = Label(first.known).parts()?;
        let mut labels = labels::of_name(kind, tokens.len());
        if !tokens
            .iter()
            .all(|token| labels.next() == Some(Label(token.known)))
        {
            return None;
        }
        let word = self.words.word(first.word)?;
        let is_open = NAMES.into_iter().any(|name| word.traits.has(name));
        (!rest.is_empty() || !is_open).then_some(kind)
    }
}

/// The model of a language, opened when it is first asked for.
fn model_of(language: &Language) -> Option<&'static Model> {
    static MODELS: [OnceLock<Model>; LANGUAGES.len()] =
        [const { OnceLock::new() }; LANGUAGES.len()];
    let place = LANGUAGES
        .into_iter()
        .position(|known| known.code == language.code)?;
    let bytes = language.model?;
    let open = || Model::open(bytes).expect("the model in the program opens");
    Some(MODELS.get(place)?.get_or_init(open))
}

thread_local! {
    static READERS: RefCell<Vec<Reader>> = const { RefCell::new(Vec::new()) };
}

/// Lends out this thread's reader of a language.
fn with_reader<T>(
    language: &'static Language,
    model: &'static Model,
    work: impl FnOnce(&mut Reader) -> T,
) -> T {
    READERS.with(|readers| {
        let mut readers = readers.borrow_mut();
        let place = readers
            .iter()
            .position(|reader| std::ptr::eq(reader.language, language));
        let mut reader = match place {
            Some(place) => readers.swap_remove(place),
            None => Reader::new(language, model),
        };
        let answer = work(&mut reader);
        readers.push(reader);
        answer
    })
}

/// The kind of a name that stands alone, as a whole; none where it is not told.
pub fn kind_alone(name: &str, language: &'static Language) -> Option<EntityKind> {
    let model = model_of(language)?;
    // Names without a sentence are learnt from as items of a list.
    let item = format!("- {name}");
    let found = with_reader(language, model, |reader| reader.find(&[&item]));
    let whole = Span::new(2, item.len());
    let mut names = found.into_iter().flatten();
    names.find(|(span, _)| *span == whole).map(|(_, kind)| kind)
}

/// The names of an article, those of the title first, in order, not overlapping.
///
/// None for a language without a model.
pub fn find(document: &Document, language: &'static Language) -> Vec<Found> {
    let Some(model) = model_of(language) else {
        return Vec::new();
    };
    let article = &document.article;
    let title = if article.text_repeats_title() {
        ""
    } else {
        &article.title
    };
    let found = with_reader(language, model, |reader| {
        reader.find(&[title, &article.text])
    });
    let fields = [Field::Title, Field::Text].into_iter();
    fields
        .zip(found)
        .flat_map(|(field, names)| {
            names
                .into_iter()
                .map(move |(span, kind)| Found::new(field, span, kind))
        })
        .collect()
}
