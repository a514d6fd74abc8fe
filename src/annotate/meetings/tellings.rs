//! One sentence to what it tells: a trigger with those who are attached to it.

use super::parties::Party;
use super::phrases::{Phrase, Piece};
use super::status::Trigger;
use super::story::{Reading, Story};
use crate::lang::grammar::{Class, Needs, Rule, Sense, Slot, Tense, TriggerPart};
use crate::lang::lexicon::PartOfSpeech;
use crate::model::{Field, MeetingKind, MeetingStatus, PartialDate, Participant, Span};

/// What one trigger tells.
#[derive(Debug, Clone)]
pub(super) struct Telling {
    /// The rule that read it.
    pub rule: &'static Rule,
    /// The number of its sentence.
    pub number: usize,
    pub field: Field,
    pub sentence: Span,
    pub parties: Vec<Party>,
    pub status: MeetingStatus,
    pub kind: MeetingKind,
    /// The entity of the place.
    pub place: Option<usize>,
    /// What a date expression of the sentence says.
    pub date: Option<PartialDate>,
    /// Whether it only says that somebody was there: "w rozmowie uczestniczył".
    pub is_attended: bool,
    /// Whether it lies long back, or is told in general.
    pub is_long_ago: bool,
    /// Whether it is only spoken of: "poinformował o rozmowie".
    pub is_topic: bool,
}

impl Story<'_> {
    /// What the sentence of this number tells, in order.
    pub(super) fn tellings(&self, number: usize) -> Vec<Telling> {
        let Some(reading) = self.reading(number) else {
            return Vec::new();
        };
        let mut found: Vec<Telling> = Vec::new();
        let named = |party: &&Party| matches!(party.participant, Participant::Entity(_));
        for (clause, whole) in reading.clauses.iter().enumerate() {
            for &place in &whole.words {
                let telling = Teller {
                    story: self,
                    number,
                    reading: &reading,
                }
                .tell(clause, place);
                if let Some(telling) = telling {
                    let pair: Vec<Party> = telling.parties.iter().filter(named).cloned().collect();
                    if pair.len() == 2 {
                        *self.last_pair.borrow_mut() = pair;
                    }
                    found.push(telling);
                }
            }
        }
        found
    }
}

/// Reads what one sentence tells.
pub(super) struct Teller<'a, 'd> {
    pub story: &'a Story<'d>,
    pub number: usize,
    pub reading: &'a Reading<'d>,
}

impl<'a, 'd> Teller<'a, 'd> {
    fn tell(&self, clause: usize, place: usize) -> Option<Telling> {
        let word = self.reading.sentence.word(place)?;
        if !word.triggers {
            return None;
        }
        let rules = self.story.rules;
        let whole_verb = self.reading.clauses.get(clause)?.verb;
        for sense in word.senses.iter() {
            for rule in rules.of(&sense.lemma) {
                let is_noun = sense.part == PartOfSpeech::Noun;
                let is_verb = matches!(
                    sense.part,
                    PartOfSpeech::Verb
                        | PartOfSpeech::Infinitive
                        | PartOfSpeech::AdverbialParticiple
                ) || sense.is_passive;
                let fits = match rule.part {
                    TriggerPart::Noun => is_noun,
                    TriggerPart::Verb => is_verb,
                };
                // "gości" is of "gość" or of "gościć": a verb is what its clause turns on.
                let is_idle = sense.finite.is_some()
                    && whole_verb != Some(place)
                    && !word.is_plainly_finite();
                if !fits
                    || is_idle
                    || !self.stands_as(sense, clause, place)
                    || rule.is_reflexive != self.is_reflexive(clause, rule)
                {
                    continue;
                }
                let trigger = Trigger {
                    clause,
                    place,
                    is_noun,
                };
                let parties = if is_noun {
                    self.of_noun(trigger, rule)
                } else {
                    self.of_verb(trigger, rule, sense.is_passive)
                };
                let told_by = self.told_by(trigger).filter(|_| is_noun).unwrap_or(trigger);
                if let Some(telling) =
                    parties.and_then(|parties| self.telling(trigger, told_by, rule, parties))
                {
                    return Some(telling);
                }
            }
        }
        None
    }

    /// Whether a word is what a sense says by the words before it, where its form does not tell:
    /// "was received by", "to visit", "his visit".
    fn stands_as(&self, sense: &Sense, clause: usize, place: usize) -> bool {
        if self.story.language.grammar.is_free {
            return true;
        }
        let sentence = &self.reading.sentence;
        let is = |place: usize, class| {
            let word = sentence.word(place);
            word.is_some_and(|word| word.mention.is_none() && word.is(class))
        };
        let is_between = |place: &usize| {
            sentence.word(*place).is_some_and(|word| {
                word.of(PartOfSpeech::Adverb).next().is_some() || is(*place, Class::Not)
            }) && !is(*place, Class::Auxiliary)
        };
        let before = (0..place).rev().find(|place| !is_between(place));
        let is_behind = |class| before.is_some_and(|before| is(before, class));
        let is_whole = self
            .reading
            .clauses
            .get(clause)
            .is_some_and(|clause| clause.verb == Some(place));
        let is_verb = is_whole || is_behind(Class::Marker) || is_behind(Class::Auxiliary);
        let is_passive = is_behind(Class::Passive) || is(place + 1, Class::Agent);
        match sense.part {
            PartOfSpeech::Noun => !is_verb || is_behind(Class::Hold) && !is_whole,
            PartOfSpeech::Infinitive => !is_whole && is_verb,
            PartOfSpeech::AdverbialParticiple => {
                let is_owned = place.checked_sub(1).is_some_and(|owner| {
                    self.story.reader(sentence).is_possessive(owner)
                        || sentence.word(owner).is_some_and(|word| {
                            word.of(PartOfSpeech::Adjective).next().is_some()
                                && word.finite().is_none()
                        })
                });
                !is_behind(Class::Article) && !is_owned
            }
            _ => match sense.finite {
                Some(finite) if finite.tense == Tense::Past => !is_passive,
                Some(_) => true,
                None => is_passive,
            },
        }
    }

    /// What a trigger tells; `trigger` is the verb of a relative clause where that says how.
    fn telling(
        &self,
        noun: Trigger,
        trigger: Trigger,
        rule: &'static Rule,
        mut parties: Vec<Party>,
    ) -> Option<Telling> {
        let phrases = self
            .phrases(trigger.clause)
            .filter_map(|phrase| phrase.preposition.as_deref());
        let mut prepositions = phrases.filter(|preposition| {
            rule.slots
                .iter()
                .any(|slot| matches!(slot, Slot::Never(never) if never == preposition))
        });
        if prepositions.next().is_some() {
            return None;
        }
        if parties.iter().any(|party| self.is_reporter(party)) {
            return None;
        }
        let is_talk = matches!(rule.kind, MeetingKind::Talks | MeetingKind::Summit);
        if !is_talk {
            parties.retain(|party| !party.is_country);
        }
        if rule.needs == Needs::Pair && parties.len() < 2 {
            return None;
        }
        let behind = self.reading.sentence.word(trigger.place + 1);
        if behind.is_some_and(|word| word.is(Class::Other)) {
            return None;
        }
        if self.is_sport(rule, &parties) {
            return None;
        }
        let has = |class| self.has(trigger.clause, class);
        let date = self.story.date(self.reading, trigger);
        let mut status = self.story.status(self.reading, trigger)?;
        let published = self.story.document.article.date;
        if let (Some(date), Some(published)) = (date, published) {
            status = super::join::timed(status, date, published.date);
            // "przyjechał we wtorek, przed spotkaniem": it is over by now.
            let is_over = date.last() < published.date.first();
            let is_before = noun.is_noun
                && Story::preposition(self.reading, noun)
                    .is_some_and(|preposition| self.story.rules.is(Class::Before, preposition));
            if status == MeetingStatus::Planned && is_over && is_before {
                status = MeetingStatus::Happened;
            }
        }
        // What is put off to a day is planned for that day.
        if status == MeetingStatus::Cancelled && date.is_some() && has(Class::Postpone) {
            status = MeetingStatus::Planned;
        }
        Some(Telling {
            rule,
            number: self.number,
            field: self.reading.sentence.field,
            sentence: self.reading.sentence.span,
            parties,
            status,
            kind: if (has(Class::Call) || self.has(noun.clause, Class::Call))
                && rule.kind != MeetingKind::Visit
            {
                MeetingKind::Call
            } else {
                rule.kind
            },
            place: self.story.place(self.reading, trigger),
            date,
            is_attended: has(Class::Attend),
            is_long_ago: has(Class::Long),
            is_topic: noun.is_noun && self.story.is_topic(self.reading, noun),
        })
    }

    pub(super) fn phrases(&self, clause: usize) -> impl Iterator<Item = &'a Phrase> + use<'a, 'd> {
        let pieces = self
            .reading
            .pieces
            .get(clause)
            .map_or(&[][..], Vec::as_slice);
        pieces.iter().filter_map(|piece| match piece {
            Piece::Phrase(phrase) => Some(phrase),
            Piece::Word(_) => None,
        })
    }

    pub(super) fn has(&self, clause: usize, class: Class) -> bool {
        let words = self
            .reading
            .clauses
            .get(clause)
            .map_or(&[][..], |clause| &clause.words);
        words.iter().any(|place| {
            let word = self.reading.sentence.word(*place);
            word.is_some_and(|word| word.mention.is_none() && word.is(class))
        })
    }

    fn is_reflexive(&self, clause: usize, rule: &Rule) -> bool {
        // Only verbs that mean something else without the word are told apart by it.
        let both = self
            .story
            .rules
            .all()
            .iter()
            .any(|other| other.is_reflexive && other.part == rule.part);
        let is_told = rule.is_reflexive || self.is_rival(rule);
        both && is_told && self.has(clause, Class::Reflexive)
    }

    /// Whether the same verb has another rule with the reflexive word.
    fn is_rival(&self, rule: &Rule) -> bool {
        self.story
            .rules
            .all()
            .iter()
            .any(|other| other.is_reflexive && other.shares_lemma(rule))
    }
}
