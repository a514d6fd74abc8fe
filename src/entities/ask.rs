//! A name as people type it to the entities it may mean, and a query to one of exact names.

use std::collections::{BTreeMap, BTreeSet};

use super::forms::{bases, possible, sound};
use super::{Entity, Number, Table};
use crate::lang;
use crate::model::{
    Chosen, EntityKind, MeetingQuery, NamePattern, PartyKind, PartyPattern, Query, Understood,
};
use crate::names::Reader;
use crate::text::{fold, normal_form, tokens};

/// Before the sound of a name among the words that entities are found by.
const SOUND: char = '\u{1}';
/// Before a name that is meant letter by letter.
const EXACT: char = '@';

/// Who is meant by a name of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The name as it was typed.
    pub asked: String,
    /// The entities, those with most articles first; none where the index has no such name.
    pub entities: Vec<Entity>,
}

impl Answer {
    fn understood(&self, kind: EntityKind) -> Understood {
        let entities = self.entities.iter();
        Understood {
            kind: Some(kind),
            asked: self.asked.clone(),
            entities: entities
                .map(|entity| (entity.name.clone(), entity.articles))
                .collect(),
        }
    }
}

/// How much of an entity's name was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Some of its words.
    Part,
    /// A person's surname.
    Surname,
    /// All of one of its names.
    Whole,
}

/// An entity, and how much of its name was typed.
type Reached = (Reach, Number, Entity);

fn is_whole((reach, ..): &Reached) -> bool {
    *reach == Reach::Whole
}

/// Everything that an entity is found by.
pub(super) fn words_of(reader: &Reader, entity: &Entity) -> Vec<String> {
    let mut found = Vec::new();
    let heard = |text: &str| format!("{SOUND}{}", sound(reader, text, entity.kind));
    for (name, _) in entity.names.iter().chain(&entity.forms) {
        found.push(heard(name));
        let mut last = None;
        for word in tokens(name) {
            let word = word.of(name);
            match entity.kind {
                EntityKind::Person => found.push(fold(&normal_form(word))),
                // Words after the head keep their case: "Partia Zielonych".
                _ => found.extend(bases(word)),
            }
            last = Some(word);
        }
        if entity.kind == EntityKind::Person {
            found.extend(last.map(heard));
        }
    }
    found.push(heard(&entity.name));
    found.extend(tokens(&entity.name).map(|word| fold(&normal_form(word.of(&entity.name)))));
    found.sort_unstable();
    found.dedup();
    found
}

/// A typed name, ready to be held against many.
struct Typed {
    kind: EntityKind,
    /// For each word, whatever it may be a form of, without diacritics.
    words: Vec<BTreeSet<String>>,
    sound: String,
    reader: Reader,
}

impl Typed {
    fn of(kind: EntityKind, typed: &str) -> Self {
        let words = tokens(typed).map(|word| possible(word.of(typed)));
        let reader = Reader::default();
        Self {
            kind,
            words: words.collect(),
            sound: sound(&reader, typed, kind),
            reader,
        }
    }

    /// How much of one name of an entity this is.
    fn reach_of_name(&self, name: &str) -> Option<Reach> {
        let is_person = self.kind == EntityKind::Person;
        let words: Vec<BTreeSet<String>> = tokens(name)
            .map(|word| {
                let word = word.of(name);
                if is_person {
                    BTreeSet::from([fold(&normal_form(word))])
                } else {
                    bases(word)
                }
            })
            .collect();
        let length = self.words.len();
        if !self.sound.is_empty() && sound(&self.reader, name, self.kind) == self.sound {
            return Some(Reach::Whole);
        }
        let fits = |run: &[BTreeSet<String>]| {
            let mut pairs = run.iter().zip(&self.words);
            pairs.all(|(word, possible)| !possible.is_disjoint(word))
        };
        if length > 0 && words.windows(length).any(fits) {
            let ends = words.len().checked_sub(length);
            let is_end = ends.and_then(|start| words.get(start..)).is_some_and(fits);
            return Some(match words.len() == length {
                true => Reach::Whole,
                false if is_end && is_person => Reach::Surname,
                false => Reach::Part,
            });
        }
        let last = tokens(name).last().map(|word| word.of(name));
        let sounds = last.is_some_and(|last| sound(&self.reader, last, self.kind) == self.sound);
        if is_person && length == 1 && sounds && !self.sound.is_empty() {
            return Some(Reach::Surname);
        }
        None
    }

    fn reach(&self, entity: &Entity) -> Option<Reach> {
        let names = entity.names.iter().chain(&entity.forms);
        let names = names.map(|(name, _)| name).chain([&entity.name]);
        names.filter_map(|name| self.reach_of_name(name)).max()
    }
}

impl Table {
    /// The entities of a kind that a typed name may mean.
    ///
    /// A name with `@` before it is meant letter by letter. Else any form will do, and all entities
    /// are taken that have it as a whole name, or, where none has, another name that the lists of
    /// countries and organizations give for it; for persons those that have it as a surname as well
    /// where it is one word; where there are none, those that have it as a part of a name; and where
    /// there are none of this kind, those of other kinds that have it as a whole name.
    pub fn ask(&self, kind: EntityKind, typed: &str) -> Answer {
        let answer = self.ask_kind(kind, typed);
        if !answer.entities.is_empty() {
            return answer;
        }
        let others = EntityKind::ALL.into_iter().filter(|other| *other != kind);
        let mut entities: Vec<Entity> = others
            .flat_map(|other| self.found(other, typed))
            .filter(is_whole)
            .map(|(.., entity)| entity)
            .collect();
        entities.sort_by_key(|entity| std::cmp::Reverse(entity.articles));
        Answer { entities, ..answer }
    }

    fn ask_kind(&self, kind: EntityKind, typed: &str) -> Answer {
        let found = self.found(kind, typed).into_iter();
        Answer {
            asked: typed.to_owned(),
            entities: found.map(|(.., entity)| entity).collect(),
        }
    }

    /// The numbers of the same entities.
    pub(super) fn numbers(&self, kind: EntityKind, typed: &str) -> Vec<Number> {
        let found = self.found(kind, typed).into_iter();
        found.map(|(_, number, _)| number).collect()
    }

    fn found(&self, kind: EntityKind, typed: &str) -> Vec<Reached> {
        if let Some(name) = typed.strip_prefix(EXACT) {
            let number = self.number_of_owner(kind, name);
            let found =
                number.and_then(|number| Some((Reach::Whole, number, self.entity(number)?)));
            return found.into_iter().collect();
        }
        let words = tokens(typed).count();
        let mut found = self.reached(kind, typed);
        if !found.iter().any(is_whole) {
            // "UE", where all articles write it in full.
            let others = lang::other_names(kind, typed).into_iter();
            let others = others.flat_map(|other| self.reached(kind, other));
            let others: BTreeMap<Number, Reached> = others
                .filter(is_whole)
                .map(|reached| (reached.1, reached))
                .collect();
            if !others.is_empty() {
                found = others.into_values().collect();
            }
        }
        let best = found.iter().map(|(reach, ..)| *reach).max();
        let least = match best {
            Some(Reach::Whole) if kind == EntityKind::Person && words == 1 => Some(Reach::Surname),
            best => best,
        };
        found.retain(|(reach, ..)| Some(*reach) >= least);
        found
    }

    /// The entities that a typed name is all or a part of.
    fn reached(&self, kind: EntityKind, typed: &str) -> Vec<Reached> {
        let typed = Typed::of(kind, typed);
        let candidates = self.candidates(&typed).into_iter();
        let reached = candidates.filter_map(|number| {
            let entity = self.entity(number)?;
            Some((typed.reach(&entity)?, number, entity))
        });
        reached.collect()
    }

    fn candidates(&self, typed: &Typed) -> BTreeSet<Number> {
        let sound = format!("{SOUND}{}", typed.sound);
        let mut found: BTreeSet<u32> = self.holders(typed.kind, &sound).into_iter().collect();
        let mut all: Option<BTreeSet<u32>> = None;
        for possible in &typed.words {
            let holders = possible
                .iter()
                .flat_map(|word| self.holders(typed.kind, word));
            let holders: BTreeSet<u32> = match &all {
                Some(known) => holders.filter(|one| known.contains(one)).collect(),
                None => holders.collect(),
            };
            all = Some(holders);
        }
        found.extend(all.unwrap_or_default());
        found
    }

    /// The same query with every name replaced by the names of the entities it means, and who they
    /// are, in the order of the query.
    pub fn resolve(&self, query: Query, understood: &mut Vec<Understood>) -> Query {
        let mut all = |parts: Vec<Query>| -> Vec<Query> {
            parts
                .into_iter()
                .map(|part| self.resolve(part, understood))
                .collect()
        };
        match query {
            Query::Name(kind, NamePattern::Name(name)) => {
                let answer = self.ask(kind, &name);
                let chosen = chosen(&name, &answer.entities);
                understood.push(answer.understood(kind));
                Query::Name(kind, NamePattern::Chosen(chosen))
            }
            Query::Met(NamePattern::Name(name)) => Query::Met(self.party(None, &name, understood)),
            Query::And(parts) => Query::And(all(parts)),
            Query::Or(parts) => Query::Or(all(parts)),
            Query::Sentence(parts) => Query::Sentence(all(parts)),
            Query::Not(part) => Query::Not(Box::new(self.resolve(*part, understood))),
            other => other,
        }
    }

    /// The same for a question about meetings.
    pub fn resolve_meetings(
        &self,
        mut query: MeetingQuery,
        understood: &mut Vec<Understood>,
    ) -> MeetingQuery {
        for PartyPattern { kind, name } in &mut query.parties {
            if let NamePattern::Name(typed) = name {
                *name = self.party(*kind, &typed.clone(), understood);
            }
        }
        for place in &mut query.places {
            if let NamePattern::Name(typed) = place {
                let answer = self.ask(EntityKind::Place, typed);
                let chosen = chosen(typed, &answer.entities);
                understood.push(answer.understood(EntityKind::Place));
                *place = NamePattern::Chosen(chosen);
            }
        }
        query
    }

    /// A question for the articles that have somebody or something of this name, of any kind.
    pub fn anybody(&self, pattern: NamePattern, understood: &mut Vec<Understood>) -> Query {
        match pattern {
            // Chosen names have kinds of their own.
            NamePattern::Name(name) => {
                Query::Name(EntityKind::Person, self.party(None, &name, understood))
            }
            pattern => {
                let kinds = EntityKind::ALL.into_iter();
                Query::Or(
                    kinds
                        .map(|kind| Query::Name(kind, pattern.clone()))
                        .collect(),
                )
            }
        }
    }

    /// Somebody of this kind or of any who takes part in a meeting.
    fn party(
        &self,
        kind: Option<PartyKind>,
        typed: &str,
        understood: &mut Vec<Understood>,
    ) -> NamePattern {
        let kinds_asked = match kind {
            Some(PartyKind::Named(kind)) => Some(kind),
            Some(PartyKind::Group) | None => None,
        };
        let kinds = EntityKind::ALL.into_iter();
        let wanted = kinds.filter(|one| kind.is_none_or(|kind| kind == PartyKind::Named(*one)));
        let found: Vec<(EntityKind, Answer)> = wanted
            .map(|kind| (kind, self.ask_kind(kind, typed)))
            .filter(|(_, answer)| !answer.entities.is_empty())
            .collect();
        let entities = found.iter().flat_map(|(_, answer)| &answer.entities);
        let chosen = chosen(typed, entities);
        if found.is_empty() {
            understood.push(Understood {
                kind: kinds_asked,
                asked: typed.to_owned(),
                entities: Vec::new(),
            });
        }
        let answers = found.iter();
        understood.extend(answers.map(|(kind, answer)| answer.understood(*kind)));
        NamePattern::Chosen(chosen)
    }
}

/// The names that stand for all these entities.
pub(super) fn chosen<'a>(asked: &str, entities: impl IntoIterator<Item = &'a Entity>) -> Chosen {
    let mut names = BTreeSet::new();
    let mut forms = BTreeSet::new();
    for entity in entities {
        for (kind, name) in entity.indexed() {
            names.insert((kind, name.to_owned()));
            forms.insert(name.to_owned());
        }
        forms.extend(entity.forms.iter().map(|(form, _)| form.clone()));
    }
    Chosen {
        asked: asked.to_owned(),
        names: names.into_iter().collect(),
        forms: forms.into_iter().collect(),
    }
}
