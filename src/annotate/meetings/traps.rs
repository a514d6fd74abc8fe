//! What looks like a meeting and is none: games, interviews, talk about somebody.

use super::parties::Party;
use super::phrases::{Member, Phrase, Sort};
use super::status::Trigger;
use super::tellings::Teller;
use crate::lang::Trait;
use crate::lang::grammar::{Class, Rule, Tense};
use crate::model::{EntityKind, MeetingKind, Participant};
use crate::text::normal_form;

impl Teller<'_, '_> {
    /// "the summit of K2".
    pub(super) fn is_of_thing(&self, behind: &[&Phrase]) -> bool {
        let is_of = |phrase: &&&Phrase| {
            let preposition = phrase.preposition.as_deref().unwrap_or_default();
            self.story.rules.is(Class::Genitive, preposition)
        };
        let first = behind.first().filter(is_of);
        first.is_some_and(|phrase| self.is_no_party(phrase))
    }

    /// "szczyt góry", "na jego szczycie".
    pub(super) fn is_peak(&self, trigger: Trigger) -> bool {
        let before = trigger.place.checked_sub(1);
        before
            .and_then(|before| self.reading.sentence.word(before))
            .is_some_and(|word| word.is(Class::Possessive))
    }

    /// "perspektywy współpracy między Unią a Rosją", "relacje Polski z Litwą": what lies between them
    /// is the thing before.
    pub(super) fn belongs_to_thing(
        &self,
        trigger: Trigger,
        preposition: &str,
        phrase: &Phrase,
    ) -> bool {
        let rules = self.story.rules;
        let is_between = rules.is(Class::Between, preposition);
        let is_owner = |member: &Member| {
            let is_thing = member.sort == Sort::Thing && member.head != trigger.place;
            is_thing && (is_between || rules.is(Class::Relation, &member.lemma))
        };
        let mut before = self.phrases(trigger.clause);
        before.any(|before| before.end == phrase.start && before.members.iter().any(is_owner))
    }

    /// "umowa zawarta między rządami": what is between them is what a participle tells.
    pub(super) fn is_behind_act(
        &self,
        trigger: Trigger,
        preposition: &str,
        phrase: &Phrase,
    ) -> bool {
        let told = [Class::Hold, Class::Plan, Class::Occur, Class::Cancel];
        let mut between = trigger.place + 1..phrase.start;
        self.story.rules.is(Class::Between, preposition)
            && between.any(|place| {
                let word = self.reading.sentence.word(place);
                word.is_some_and(|word| {
                    word.senses.iter().any(|sense| sense.is_passive)
                        && !told.into_iter().any(|class| word.is(class))
                })
            })
    }

    /// Whether a talk is one of a paper or agency: "z którym rozmawiała PAP".
    pub(super) fn is_beside_media(&self, trigger: Trigger, rule: &Rule) -> bool {
        let is_media = |place: usize| {
            let mention = self
                .reading
                .sentence
                .word(place)
                .and_then(|word| word.mention);
            mention.is_some_and(|mention| self.is_medium(mention))
        };
        let before = trigger.place.checked_sub(1);
        rule.kind == MeetingKind::Talks
            && (is_media(trigger.place + 1) || before.is_some_and(is_media))
    }

    /// Whether what is talked about stands right before a phrase, so that it may belong to that:
    /// "rozmowy o granicy z Białorusią".
    pub(super) fn is_behind_topic(&self, clause: usize, from: usize, phrase: &Phrase) -> bool {
        let before = self
            .phrases(clause)
            .filter(|before| before.start > from && before.end <= phrase.start);
        let mut near = before.skip_while(|before| {
            let preposition = before.preposition.as_deref().unwrap_or_default();
            !self.story.rules.is(Class::Topic, preposition)
        });
        near.next().is_some()
    }

    pub(super) fn are_persons(&self, phrase: &Phrase) -> bool {
        phrase.members.iter().all(|member| {
            let party = self.story.party(self.number, self.reading, member, &[]);
            party.is_some_and(|party| party.is_person)
        })
    }

    /// Whether those in a phrase report, so that words said to them are no meeting.
    pub(super) fn is_media(&self, phrase: &Phrase) -> bool {
        let rules = self.story.rules;
        phrase.members.iter().any(|member| {
            let word = self.reading.sentence.word(member.head);
            // "z korespondentami europejskich mediów".
            let mut words = member.words.clone();
            let is_paper = word.is_some_and(|word| word.is_quoted)
                && !matches!(member.sort, Sort::Name(mention) if self.is_person(mention));
            rules.is(Class::Media, &member.lemma)
                || is_paper
                || word
                    .and_then(|word| word.mention)
                    .is_some_and(|mention| self.is_medium(mention))
                || member.sort == Sort::People
                    && words.any(|place| {
                        let word = self.reading.sentence.word(place);
                        word.is_some_and(|word| word.is(Class::Media))
                    })
        })
    }

    /// Whether a name is of a paper, station or agency.
    fn is_medium(&self, mention: usize) -> bool {
        let mention = self.story.document.mentions.get(mention);
        let entity = mention.and_then(|mention| self.story.document.entities.get(mention.entity));
        let names = mention.map(|mention| &mention.base).into_iter();
        names
            .chain(entity.map(|entity| &entity.name))
            .flat_map(|name| name.split([' ', '-']))
            .any(|part| self.story.rules.is(Class::Media, &part.to_lowercase()))
    }

    pub(super) fn is_person(&self, mention: usize) -> bool {
        let mention = self.story.document.mentions.get(mention);
        mention.is_some_and(|mention| mention.kind == EntityKind::Person)
    }

    /// Whether one who takes part reports for a living.
    pub(super) fn is_reporter(&self, party: &Party) -> bool {
        let name = match &party.participant {
            Participant::Entity(entity) if !party.is_person => {
                let entity = self.story.document.entities.get(*entity);
                entity.map(|entity| entity.name.as_str())
            }
            Participant::Entity(_) => None,
            Participant::Group(group) => Some(group.as_str()),
        };
        let mut words = name.into_iter().flat_map(|name| name.split([' ', '-']));
        words.any(|word| self.story.rules.is(Class::Media, &word.to_lowercase()))
    }

    /// Whether a phrase only names what cannot meet: a product, a town.
    pub(super) fn is_no_party(&self, phrase: &Phrase) -> bool {
        phrase.members.iter().all(|member| match member.sort {
            Sort::Name(_) => self
                .story
                .party(self.number, self.reading, member, &[])
                .is_none(),
            Sort::Thing => true,
            _ => false,
        })
    }

    /// "Z prof. Janem Nowakiem rozmawia Anna Kowalska": who asks the questions.
    pub(super) fn is_credit(&self, trigger: Trigger, rule: &Rule) -> bool {
        let sentence = &self.reading.sentence;
        let starts = self
            .phrases(trigger.clause)
            .next()
            .is_some_and(|phrase| phrase.start == 0 && phrase.preposition.is_some());
        let tense = sentence
            .word(trigger.place)
            .and_then(super::words::Word::finite)
            .map(|(_, finite)| finite.tense);
        // "Z reżyserem Janem Nowakiem rozmawiała Anna Kowalska.": a name that comes up only here.
        let last = sentence.words.last().and_then(|word| word.mention);
        let is_signed = sentence.words.len() == trigger.place + 2
            && last.is_some_and(|last| self.comes_once(last));
        let is_credit = tense == Some(Tense::Present) || tense == Some(Tense::Past) && is_signed;
        rule.kind == MeetingKind::Talks && starts && is_credit
    }

    /// Whether the article names this one only once.
    fn comes_once(&self, mention: usize) -> bool {
        let mentions = &self.story.document.mentions;
        let entity = mentions.get(mention).map(|mention| mention.entity);
        let same = mentions.iter().filter(|other| Some(other.entity) == entity);
        same.count() == 1
    }

    /// Whether those who meet are opponents in a game.
    pub(super) fn is_sport(&self, rule: &Rule, parties: &[Party]) -> bool {
        if rule.kind != MeetingKind::Meeting {
            return false;
        }
        let words = self.reading.sentence.words.iter();
        let here = words
            .filter(|word| word.mention.is_none() && word.is(Class::Sport))
            .count();
        let are_persons = parties.iter().all(|party| party.is_person);
        if self.are_clubs(parties) {
            return true;
        }
        here > 0 && (!are_persons || here > 1) || !are_persons && self.story.is_of_sport()
    }

    /// Two organizations, one of them called after its town as clubs are: "Lech Poznań".
    fn are_clubs(&self, parties: &[Party]) -> bool {
        let language = self.story.language;
        let name = |party: &Party| match party.participant {
            Participant::Entity(entity) if !party.is_person => {
                let entity = self.story.document.entities.get(entity)?;
                (entity.kind == EntityKind::Organization).then_some(entity.name.as_str())
            }
            _ => None,
        };
        let is_of_town = |name: &str| {
            name.split_once(' ').is_some_and(|(_, town)| {
                let traits = (language.traits)(&normal_form(town));
                traits.has(Trait::Place) && !traits.has(Trait::Country)
            })
        };
        let names: Vec<&str> = parties.iter().filter_map(name).collect();
        language.grammar.is_free
            && names.len() == parties.len()
            && names.len() > 1
            && names.into_iter().any(is_of_town)
    }
}
