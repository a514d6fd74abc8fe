//! An article as the recogniser reads it: words, what stands between them, and what the rest of
//! the article shows of each.

use std::collections::{HashMap, HashSet};

use super::labels;
use super::words::{Shape, Words, is_shouted};
use crate::lang::gazetteer::Gazetteer;
use crate::lang::{Language, Trait};
use crate::model::{EntityKind, Span};
use crate::text::{hash, mix, sentences, tokens};

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Its class, below [`GAPS`].
    pub class: u8,
    /// What it is in full, spaces left out.
    pub hash: u64,
}

/// How many classes of gaps there are.
pub const GAPS: usize = 13;

/// The class of a comma, across which only some names go.
const COMMA: u8 = 4;

/// The class of round and square brackets, across which none goes.
const BRACKET: u8 = 8;

impl Gap {
    fn new(between: &str) -> Self {
        if between == " " {
            return Self { class: 1, hash: 0 };
        }
        let mut marks = [0u8; 12];
        let mut length = 0;
        let mut first = None;
        for mark in between.chars().filter(|mark| !mark.is_whitespace()) {
            first = first.or(Some(mark));
            let bytes = mark.len_utf8();
            if let Some(room) = marks.get_mut(length..length + bytes) {
                mark.encode_utf8(room);
                length += bytes;
            }
        }
        let class = match first {
            _ if between.contains('\n') => 12,
            None if between.is_empty() => 0,
            None => 1,
            Some('-') => 2,
            Some('–' | '—') => 3,
            Some(',') => COMMA,
            Some('.') => 5,
            Some('„' | '"' | '«' | '“') => 6,
            Some('”' | '»') => 7,
            Some('(' | ')' | '[' | ']') => BRACKET,
            Some('\'' | '’' | '`') => 9,
            Some('/' | '&' | '@' | '+') => 10,
            Some(_) => 11,
        };
        let shown = marks.get(..length).unwrap_or_default();
        Self {
            class,
            hash: if class == 12 || !shown.is_empty() {
                mix(hash(shown), u64::from(class))
            } else {
                0
            },
        }
    }
}

/// A word at its place.
#[derive(Debug, Clone, Copy)]
pub struct Token {
    /// Where in the text.
    pub span: Span,
    /// Number of the word.
    pub word: u32,
    /// What stands before it in the sentence.
    pub gap: Gap,
    /// What the rest of the article shows, see [`evidence`].
    pub evidence: u64,
    /// Its part in a well-known name: 0 for none, else as a label.
    pub known: u8,
    /// What was made of the word elsewhere in the article, at a first reading; 0 at the first.
    pub verdict: u64,
}

impl Token {
    /// Whether a name of a kind may go on from the token before to this one: none does across a
    /// bracket, and across a comma only that of an organization, or of "Martin King, Jr.".
    pub fn may_continue(&self, kind: EntityKind, words: &Words) -> bool {
        match (self.gap.class, kind) {
            (COMMA, EntityKind::Organization) => true,
            (COMMA, EntityKind::Person) => {
                let word = words.word(self.word);
                word.is_some_and(|word| word.generation)
            }
            (COMMA | BRACKET, _) => false,
            _ => true,
        }
    }
}

/// A sentence: its tokens.
#[derive(Debug, Clone, Default)]
pub struct Sentence {
    /// In order; not empty.
    pub tokens: Vec<Token>,
    /// What stands behind the last.
    pub end: u64,
}

/// The sentences of a text that hold a word with a capital, or all of them.
pub fn read(text: &str, language: &Language, words: &mut Words) -> Vec<Sentence> {
    let gazetteer = (language.gazetteer)();
    let mut found = Vec::new();
    for span in sentences(text, language.is_abbreviation) {
        let piece = span.of(text);
        let shouted = is_shouted(piece);
        let mut sentence = Sentence::default();
        let mut end = 0;
        for token in tokens(piece) {
            let between = piece.get(end..token.start()).unwrap_or_default();
            end = token.end();
            sentence.tokens.push(Token {
                span: Span::new(token.start() + span.start(), token.end() + span.start()),
                word: words.number(token.of(piece), shouted),
                gap: Gap::new(between),
                evidence: 0,
                known: 0,
                verdict: 0,
            });
        }
        sentence.end = Gap::new(piece.get(end..).unwrap_or_default()).hash;
        if !sentence.tokens.is_empty() {
            if let Some(gazetteer) = gazetteer {
                recall(&mut sentence, gazetteer, words);
            }
            found.push(sentence);
        }
    }
    found
}

/// Marks the words of well-known names, the longest first.
fn recall(sentence: &mut Sentence, gazetteer: &Gazetteer, words: &Words) {
    let mut from = 0;
    while let Some(token) = sentence.tokens.get(from) {
        let may_name = |token: &Token| {
            words
                .word(token.word)
                .is_some_and(|word| word.shape.may_name())
        };
        if !may_name(token) {
            from += 1;
            continue;
        }
        let bases = |index: usize| {
            let token = sentence.tokens.get(from + index)?;
            let joined = index == 0 || matches!(token.gap.class, 0..=3 | 5 | 9 | 10);
            words
                .word(token.word)
                .filter(|_| joined)
                .map(|word| word.bases.as_slice())
        };
        let Some((kind, length)) = gazetteer.longest(bases) else {
            from += 1;
            continue;
        };
        let part = labels::of_name(kind, length);
        for (token, label) in sentence.tokens.iter_mut().skip(from).zip(part) {
            token.known = label.0;
        }
        from += length;
    }
}

/// How often a name was seen where.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    total: u32,
    inside: u32,
    behind_first_name: u32,
    before_capital: u32,
    behind_capital: u32,
    alone: u32,
    behind_role: u32,
    behind_preposition: u32,
}

type Map<T> = HashMap<u64, T, foldhash::fast::RandomState>;

/// Writes into each token with a capital what the rest of the article shows of its word.
pub fn evidence(all: &mut [&mut [Sentence]], words: &Words) {
    let mut small: HashSet<u64, foldhash::fast::RandomState> = HashSet::default();
    let mut forms: Map<u32> = Map::default();
    let mut keys: Map<Seen> = Map::default();
    let mut introductions = 0;
    for sentence in all.iter().flat_map(|part| part.iter()) {
        for (index, token) in sentence.tokens.iter().enumerate() {
            let Some(word) = words.word(token.word) else {
                continue;
            };
            if word.shape == Shape::Small {
                small.insert(word.form);
            } else if word.shape.may_name() && word.shape != Shape::Shouted {
                if index > 0 {
                    *forms.entry(word.form).or_default() += 1;
                }
                let seen = look(sentence, index, words);
                introductions += seen.behind_first_name;
                add(keys.entry(word.key).or_default(), &seen);
            }
        }
    }
    for sentence in all.iter_mut().flat_map(|part| part.iter_mut()) {
        for index in 0..sentence.tokens.len() {
            let Some(word) = sentence
                .tokens
                .get(index)
                .and_then(|token| words.word(token.word))
            else {
                continue;
            };
            if !word.shape.may_name() {
                continue;
            }
            let own = if word.shape == Shape::Shouted {
                Seen::default()
            } else {
                look(sentence, index, words)
            };
            let seen = keys.get(&word.key).copied().unwrap_or_default();
            let other_forms = forms.get(&word.form).copied().unwrap_or_default()
                - u32::from(index > 0 && word.shape != Shape::Shouted);
            let mut bits = u64::from(small.contains(&word.form));
            let mut bit = 1;
            let mut put = |holds: bool| {
                bits |= u64::from(holds) << bit;
                bit += 1;
            };
            put(other_forms > 0);
            put(seen.inside > own.inside);
            put(seen.total > own.total + 2);
            put(seen.behind_first_name > own.behind_first_name);
            put(seen.before_capital > own.before_capital);
            put(seen.behind_capital > own.behind_capital);
            put(seen.alone > own.alone);
            put(seen.behind_role > own.behind_role);
            put(seen.behind_preposition > own.behind_preposition);
            put(introductions >= TELLING);
            if let Some(token) = sentence.tokens.get_mut(index) {
                token.evidence = bits;
            }
        }
    }
}

/// The bits that say that a name stands behind a first name elsewhere in the article.
pub const INTRODUCED: u64 = 1 << 2 | 1 << 4 | 1 << 6;

/// How many different bits of evidence there are.
pub const EVIDENCE: u32 = 11;

/// The bit that says that the article introduces people by their full names, as news does; then
/// the lack of an introduction says something too.
pub const INTRODUCES: u64 = 1 << 10;

/// How many introductions make an article one that introduces people.
const TELLING: u32 = 2;

fn add(seen: &mut Seen, one: &Seen) {
    seen.total += one.total;
    seen.inside += one.inside;
    seen.behind_first_name += one.behind_first_name;
    seen.before_capital += one.before_capital;
    seen.behind_capital += one.behind_capital;
    seen.alone += one.alone;
    seen.behind_role += one.behind_role;
    seen.behind_preposition += one.behind_preposition;
}

/// What one occurrence shows.
fn look(sentence: &Sentence, index: usize, words: &Words) -> Seen {
    let word_at = |index: Option<usize>| {
        let token = sentence.tokens.get(index?)?;
        words.word(token.word)
    };
    let joined = |index: usize| {
        sentence
            .tokens
            .get(index)
            .is_some_and(|token| matches!(token.gap.class, 1 | 2 | 5))
    };
    let before = word_at(index.checked_sub(1)).filter(|_| joined(index));
    let after = word_at(Some(index + 1)).filter(|_| joined(index + 1));
    let capital_before = before.is_some_and(|word| word.shape.may_name());
    let capital_after = after.is_some_and(|word| word.shape.may_name());
    Seen {
        total: 1,
        inside: u32::from(index > 0),
        behind_first_name: u32::from(before.is_some_and(super::words::Word::is_first_name)),
        before_capital: u32::from(capital_after),
        behind_capital: u32::from(capital_before),
        alone: u32::from(index > 0 && !capital_before && !capital_after),
        behind_role: u32::from(before.is_some_and(|word| word.traits.has(Trait::Role))),
        behind_preposition: u32::from(
            before.is_some_and(|word| word.traits.has(Trait::Preposition)),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names::labels::{Label, names};
    use crate::lang::pl::POLISH;
    use crate::model::EntityKind::{self, Organization, Place};

    #[test]
    fn gaps() {
        for (between, class) in [
            ("", 0),
            (" ", 1),
            ("\t \u{a0}", 1),
            ("-", 2),
            (" - ", 2),
            ("–", 3),
            (" — ", 3),
            (", ", 4),
            (". ", 5),
            (" „", 6),
            (" \"", 6),
            ("” ", 7),
            (" (", BRACKET),
            (") ", BRACKET),
            ("]", BRACKET),
            ("’", 9),
            ("/", 10),
            (" & ", 10),
            ("; ", 11),
            ("🙂", 11),
            ("\n", 12),
            (", \n(", 12),
            // The first mark decides.
            ("” (", 7),
        ] {
            let gap = Gap::new(between);
            assert_eq!(gap.class, class, "{between:?}");
            assert!(usize::from(gap.class) < GAPS, "{between:?}");
            let is_bare = between.trim().is_empty() && class != 12;
            assert_eq!(gap.hash == 0, is_bare, "{between:?}");
        }
    }

    #[test]
    fn spaces_in_a_gap_say_nothing() {
        for (one, other, alike) in [
            (", ", ",", true),
            (" – ", "–", true),
            ("” (", "” – (", false),
            (", ", "; ", false),
            (",", ",,", false),
            // What goes on for ever is known by its beginning.
            (".............", "..............", true),
        ] {
            let same = Gap::new(one).hash == Gap::new(other).hash;
            assert_eq!(same, alike, "{one:?} {other:?}");
        }
    }

    /// The evidence for each occurrence of a word, as the numbers of its bits.
    #[track_caller]
    fn check(texts: &[&str], word: &str, expected: &[&[u32]]) {
        let mut words = Words::new(&POLISH);
        let mut sentences: Vec<Vec<Sentence>> = texts
            .iter()
            .map(|text| read(text, &POLISH, &mut words))
            .collect();
        let mut parts: Vec<&mut [Sentence]> = sentences.iter_mut().map(Vec::as_mut_slice).collect();
        evidence(&mut parts, &words);
        let mut found: Vec<Vec<u32>> = Vec::new();
        for (text, sentences) in texts.iter().zip(&sentences) {
            for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
                if token.span.of(text) == word {
                    let bits = (0..u64::BITS).filter(|bit| token.evidence & 1 << bit != 0);
                    found.push(bits.collect());
                }
            }
        }
        assert_eq!(found, expected, "{texts:?} {word}");
        assert!(found.iter().flatten().all(|bit| *bit < EVIDENCE));
    }

    #[test]
    fn the_rest_of_an_article_is_evidence() {
        // Once is no evidence for itself.
        check(&["Wyszedł premier Tusk."], "Tusk", &[&[]]);
        check(&["Róża kwitła. Stała tam róża."], "Róża", &[&[0]]);
        check(
            &["Jan Kowalski mówił. Kowalski milczy."],
            "Kowalski",
            &[&[], &[1, 2, 4, 6]],
        );
        check(
            &["Wyszedł premier Tusk. Tusk wrócił."],
            "Tusk",
            &[&[], &[1, 2, 7, 8]],
        );
        check(
            &["Był w Łodzi. Łodzi brak."],
            "Łodzi",
            &[&[], &[1, 2, 7, 9]],
        );
        check(
            &["Stoi tam Bank Nowak. Bank stoi."],
            "Bank",
            &[&[], &[1, 2, 5]],
        );
        // Another form of the same beginning counts as well, but not as the same form.
        check(
            &["Jana Kowalskiego. Kowalski milczy."],
            "Kowalski",
            &[&[2, 4, 6]],
        );
        // The title belongs to the article.
        check(
            &["Rano w Łodzi", "Łodzi brak."],
            "Łodzi",
            &[&[], &[1, 2, 7, 9]],
        );
        // Often, and twice more than here.
        check(&["Łódź. Łódź. Łódź."], "Łódź", &[&[], &[], &[]]);
        check(&["Łódź. Łódź. Łódź. Łódź."], "Łódź", &[&[3][..]; 4]);
        // An article that introduces people does so at least twice.
        check(
            &["Mówi Jan Nowak. Mówi Anna Kos. Rano Sąd."],
            "Sąd",
            &[&[10]],
        );
        // Capitals in a headline show nothing of their own, but are shown.
        check(
            &["KOWALSKI WRACA DO KRAJU", "Jan Kowalski wraca."],
            "KOWALSKI",
            &[&[1, 2, 4, 6]],
        );
    }

    #[track_caller]
    fn check_known(text: &str, expected: &[(EntityKind, &str)]) {
        let mut words = Words::new(&POLISH);
        let sentences = read(text, &POLISH, &mut words);
        let mut found = Vec::new();
        for sentence in &sentences {
            let labels: Vec<Label> = sentence
                .tokens
                .iter()
                .map(|token| Label(token.known))
                .collect();
            for (kind, first, end) in names(&labels) {
                let (first, last) = (sentence.tokens[first].span, sentence.tokens[end - 1].span);
                found.push((kind, Span::new(first.start(), last.end()).of(text)));
            }
        }
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn well_known_names_are_recalled() {
        check_known("Był w Nowym Jorku.", &[(Place, "Nowym Jorku")]);
        check_known(
            "Unii Europejskiej Rosja",
            &[(Organization, "Unii Europejskiej"), (Place, "Rosja")],
        );
        // Neither what is written small nor what is parted begins or goes on with a name.
        check_known("był w nowym Jorku", &[]);
        check_known("W Nowym, Jorku", &[]);
        check_known("W Nowym (Jorku)", &[]);
        check_known("", &[]);
    }

    #[test]
    fn tokens_lie_where_they_stand_in_the_text() {
        let text = "  „Ala” ma kota.  \n\n Rada Miasta! 🙂 (i)";
        let mut words = Words::new(&POLISH);
        let sentences = read(text, &POLISH, &mut words);
        let found: Vec<&str> = sentences
            .iter()
            .flat_map(|sentence| &sentence.tokens)
            .map(|token| token.span.of(text))
            .collect();
        assert_eq!(found, ["Ala", "ma", "kota", "Rada", "Miasta", "i"]);
        assert!(sentences.iter().all(|sentence| !sentence.tokens.is_empty()));
    }
}
