//! Our terms, in the shape in which Tantivy takes them.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::schema::{NAME_TOKENIZER, indexed_languages, word_tokenizer};
use crate::lang::Language;
use crate::terms::{Analyzer, Place, name_bases};
use crate::text::{Tokens, tokens};

/// Parts the base forms that stand at one position in the text of a name field.
const ALTERNATIVE: char = '\u{1f}';

/// A name as a name field takes it: the base forms that each of its words may have.
pub(super) fn name_words(name: &str, languages: &[&'static Language]) -> String {
    let words: Vec<String> = tokens(name)
        .map(|span| name_bases(span.of(name), languages).join(&ALTERNATIVE.to_string()))
        .collect();
    words.join(" ")
}

/// All tokenizers, under the names that the schema uses.
pub(super) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    for language in indexed_languages() {
        let tokenizer = WordTokenizer {
            analyzer: Analyzer::new(language),
            token: Token::default(),
        };
        manager.register(&word_tokenizer(language), tokenizer);
    }
    manager.register(NAME_TOKENIZER, NameTokenizer);
    manager
}

/// Gives every token its form term and lemma terms, all at one position.
#[derive(Debug, Clone)]
struct WordTokenizer {
    analyzer: Analyzer,
    token: Token,
}

struct WordStream<'a> {
    text: &'a str,
    tokens: Tokens<'a>,
    analyzer: &'a mut Analyzer,
    token: &'a mut Token,
    /// The terms that are being given, and how many were.
    current: Option<(Place, usize)>,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream {
            text,
            tokens: tokens(text),
            analyzer: &mut self.analyzer,
            token: &mut self.token,
            current: None,
        }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let (place, given) = if let Some(current) = self.current {
            current
        } else {
            let Some(span) = self.tokens.next() else {
                return false;
            };
            self.token.position = self.token.position.wrapping_add(1);
            self.token.offset_from = span.start();
            self.token.offset_to = span.end();
            (self.analyzer.place(span.of(self.text)), 0)
        };
        let terms = self.analyzer.at(place);
        self.token.text.clear();
        self.token.text.push_str(terms.get(given));
        self.current = (given + 1 < terms.len()).then_some((place, given + 1));
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// Splits at spaces for positions and at [`ALTERNATIVE`] within them.
#[derive(Debug, Clone)]
struct NameTokenizer;

struct NameStream<'a> {
    parts: std::vec::IntoIter<(usize, &'a str)>,
    token: Token,
}

impl Tokenizer for NameTokenizer {
    type TokenStream<'a> = NameStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> NameStream<'a> {
        let parts: Vec<(usize, &str)> = text
            .split(' ')
            .enumerate()
            .flat_map(|(position, word)| word.split(ALTERNATIVE).map(move |base| (position, base)))
            .filter(|(_, base)| !base.is_empty())
            .collect();
        NameStream {
            parts: parts.into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for NameStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((position, base)) = self.parts.next() else {
            return false;
        };
        self.token.position = position;
        self.token.text.clear();
        self.token.text.push_str(base);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
