//! Persons that are meant without being named: "rosyjski przywódca", "szef MSZ", "the chancellor".
//!
//! Only what the article itself said counts: somebody was named with this role before, and nobody
//! else was.

use std::collections::{BTreeMap, BTreeSet};

use crate::lang::Language;
use crate::lang::roles::Office;
use crate::model::{Description, Document, EntityKind, Field, Mention, Span};
use crate::text::tokens;

/// Of what somebody is the president or head.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    /// The country of this code.
    Country(&'static str),
    /// An entity of the article.
    Entity(usize),
}

/// A noun for a person, with what belongs to it.
struct Sight {
    field: Field,
    span: Span,
    noun: String,
    of: Option<Of>,
    /// Whom the words beside it name.
    named: Option<usize>,
    /// Whether the noun alone may mean somebody known.
    stands_alone: bool,
}

/// Whoever is president of more things than this is not meant by the noun alone.
const MOST: usize = 8;

/// Who was named with which role.
#[derive(Default)]
struct Facts {
    with: BTreeMap<(String, Of), BTreeSet<usize>>,
    by_noun: BTreeMap<String, BTreeSet<usize>>,
    heads: BTreeMap<Of, BTreeSet<usize>>,
}

/// The descriptions of an article whose mentions are joined, in order.
pub(in crate::annotate) fn descriptions(
    document: &Document,
    language: &'static Language,
) -> Vec<Description> {
    let mut sights = Vec::new();
    for field in [Field::Title, Field::Text] {
        look(document, field, language, &mut sights);
    }
    // Of what the article speaks of presidents at all.
    let mut spoken: BTreeMap<&str, BTreeSet<Of>> = BTreeMap::new();
    for sight in &sights {
        spoken.entry(&sight.noun).or_default().extend(sight.of);
    }
    let office = |noun: &str| (language.roles.office)(noun);
    let mut facts = Facts::default();
    let mut found = Vec::new();
    for sight in &sights {
        if let Some(named) = sight.named {
            facts.learn(sight, named, office(&sight.noun));
            continue;
        }
        let persons = if let Some(of) = sight.of {
            facts.holders(&sight.noun, of, office(&sight.noun))
        } else {
            let is_office = matches!(office(&sight.noun), Some(Office::Head | Office::Alone));
            let is_clear = |person: &usize| {
                let others = spoken.get(sight.noun.as_str());
                let others = others.filter(|others| others.len() <= MOST);
                let holds = |of: &Of| facts.holds(&sight.noun, *of, *person);
                others.is_some_and(|others| others.iter().all(holds))
            };
            facts.by_noun.get(&sight.noun).filter(|persons| {
                sight.stands_alone
                    && is_office
                    && persons.len() == 1
                    && persons.iter().all(is_clear)
            })
        };
        let mut persons = persons.into_iter().flatten();
        if let (Some(&entity), None) = (persons.next(), persons.next()) {
            found.push(Description {
                field: sight.field,
                span: sight.span,
                entity,
            });
        }
    }
    found
}

impl Facts {
    fn learn(&mut self, sight: &Sight, person: usize, office: Option<Office>) {
        let noun = &sight.noun;
        self.by_noun.entry(noun.clone()).or_default().insert(person);
        if let Some(of) = sight.of {
            let holders = self.with.entry((noun.clone(), of)).or_default();
            holders.insert(person);
            if office == Some(Office::Head) {
                self.heads.entry(of).or_default().insert(person);
            }
        }
    }

    /// Who was named as this of that; for a leader, who heads the country.
    fn holders(&self, noun: &str, of: Of, office: Option<Office>) -> Option<&BTreeSet<usize>> {
        let named = self.with.get(&(noun.to_owned(), of));
        match office {
            Some(Office::Leader) => named.or_else(|| self.heads.get(&of)),
            _ => named,
        }
    }

    fn holds(&self, noun: &str, of: Of, person: usize) -> bool {
        let holders = self.with.get(&(noun.to_owned(), of));
        holders.is_some_and(|holders| holders.contains(&person))
    }
}

/// A word of a field, and the mention that it belongs to.
struct Token {
    span: Span,
    mention: Option<usize>,
}

/// Gathers the nouns for persons of one field, in order.
fn look(document: &Document, field: Field, language: &'static Language, sights: &mut Vec<Sight>) {
    let text = document.field(field);
    let mut mentions = document
        .mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.field == field)
        .peekable();
    let words: Vec<Token> = tokens(text)
        .map(|span| {
            while mentions
                .next_if(|(_, mention)| mention.span.end() <= span.start())
                .is_some()
            {}
            let mention = mentions
                .peek()
                .filter(|(_, mention)| mention.span.overlaps(span))
                .map(|(number, _)| *number);
            Token { span, mention }
        })
        .collect();
    let reader = Reader {
        document,
        field,
        language,
        text,
        words: &words,
    };
    sights.extend((0..words.len()).filter_map(|place| reader.sight(place)));
}

struct Reader<'d> {
    document: &'d Document,
    field: Field,
    language: &'static Language,
    text: &'d str,
    words: &'d [Token],
}

impl Reader<'_> {
    fn sight(&self, place: usize) -> Option<Sight> {
        let word = self
            .words
            .get(place)
            .filter(|word| word.mention.is_none())?;
        let roles = self.language.roles;
        let written = word.span.of(self.text);
        // Hints are remembered: cheaper than to ask for the noun of every word.
        if !(self.language.hints)(written).role {
            return None;
        }
        let noun = (roles.noun)(written)?;
        let before = place
            .checked_sub(1)
            .filter(|before| self.are_beside(*before, place));
        let before_word = before.and_then(|before| self.words.get(before));
        let before_text = before_word
            .filter(|word| word.mention.is_none())
            .map(|word| word.span.of(self.text));
        let (mut start, mut end) = (word.span.start(), word.span.end());
        let mut of = None;
        if let (Some(code), Some(adjective)) = (before_text.and_then(roles.country), before_word) {
            of = Some(Of::Country(code));
            start = adjective.span.start();
        }
        if let Some(owner) = before_word.and_then(|word| self.possessor(word)) {
            of = self.of(owner);
            start = owner.span.start();
        }
        if self.word_before(start).is_some_and(roles.bars) {
            return None;
        }
        let mut next = self.mention_behind(end);
        if let Some((belonging, mention)) =
            next.and_then(|mention| Some((self.of(mention)?, mention)))
        {
            if of.is_some() {
                return None;
            }
            of = Some(belonging);
            end = mention.span.end();
            next = self.mention_behind(end);
        }
        let named = next
            .filter(|mention| mention.kind == EntityKind::Person)
            .map(|mention| mention.entity);
        // "prezydent Rosji i Chin", "szef polskiego MSZ": something else that we cannot read.
        if named.is_none() && next.is_some() {
            return None;
        }
        let behind = self
            .words
            .get(place + 1)
            .filter(|_| self.are_beside(place, place + 1));
        let stands_alone = of.is_none()
            && before_word.is_none_or(|word| word.mention.is_none())
            && (roles.may_follow)(before_text)
            && behind.is_none_or(|word| (roles.may_precede)(word.span.of(self.text)));
        Some(Sight {
            field: self.field,
            span: Span::new(start, end),
            noun,
            of,
            named,
            stands_alone,
        })
    }

    /// The word one space before, where that is no name.
    fn word_before(&self, start: usize) -> Option<&str> {
        let place = self.words.partition_point(|word| word.span.end() < start);
        let word = self.words.get(place.checked_sub(1)?)?;
        let is_beside = self.text.get(word.span.end()..start) == Some(" ");
        (is_beside && word.mention.is_none()).then(|| word.span.of(self.text))
    }

    /// Whether nothing but a space parts two neighbours.
    fn are_beside(&self, one: usize, other: usize) -> bool {
        let ends = self.words.get(one).zip(self.words.get(other));
        ends.is_some_and(|(one, other)| {
            self.text.get(one.span.end()..other.span.start()) == Some(" ")
        })
    }

    /// Whose it is, by the English possessive: "Russia's president".
    fn possessor(&self, word: &Token) -> Option<&Mention> {
        let mention = self.document.mentions.get(word.mention?)?;
        let ends = ["'s", "’s"];
        let behind = self.text.get(mention.span.end()..).unwrap_or_default();
        let is_possessive = ends
            .iter()
            .any(|end| mention.span.of(self.text).ends_with(end) || behind.starts_with(end));
        is_possessive.then_some(mention)
    }

    /// The mention that begins one space behind.
    fn mention_behind(&self, end: usize) -> Option<&Mention> {
        let start = end + 1;
        let place = self.words.partition_point(|word| word.span.start() < start);
        let number = self.words.get(place)?.mention?;
        let mention = self.document.mentions.get(number)?;
        let is_beside = mention.span.start() == start && self.text.get(end..start) == Some(" ");
        is_beside.then_some(mention)
    }

    fn of(&self, mention: &Mention) -> Option<Of> {
        match mention.kind {
            EntityKind::Person => None,
            EntityKind::Place => {
                let name = &self.document.entities.get(mention.entity)?.name;
                let known = (self.language.known)();
                let country = known.country(&mention.base).or_else(|| known.country(name));
                Some(country.map_or(Of::Entity(mention.entity), |country| {
                    Of::Country(country.code)
                }))
            }
            _ => Some(Of::Entity(mention.entity)),
        }
    }
}
