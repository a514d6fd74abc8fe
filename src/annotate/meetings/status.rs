//! Whether what is told came about: tense, negation and the words around them.

use super::clauses::Clause;
use super::phrases::{Phrase, Piece};
use super::story::{Reading, Story};
use super::words::Word;
use crate::lang::grammar::{Agreement, Class, Sense, Tense};
use crate::lang::lexicon::{Case, PartOfSpeech};
use crate::model::MeetingStatus;

/// What stands around a trigger.
#[derive(Debug, Default, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one sign, and they are weighed together"
)]
struct Signs {
    tense: Option<Tense>,
    negated: bool,
    due: bool,
    plan: bool,
    cancel: bool,
    deny: bool,
    rumour: bool,
    wish: bool,
    ahead: bool,
}

/// A trigger and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Trigger {
    /// Its clause.
    pub clause: usize,
    /// Its word.
    pub place: usize,
    /// Whether it is a noun.
    pub is_noun: bool,
}

/// How many words before a noun its own signs may stand: "planowane na jutro spotkanie".
const NEAR: usize = 4;

impl<'d> Story<'d> {
    /// Whether it came about; none where it only cannot be: "nie może negocjować".
    pub(super) fn status(&self, reading: &Reading<'d>, trigger: Trigger) -> Option<MeetingStatus> {
        self.signs(reading, trigger).decide()
    }

    fn signs(&self, reading: &Reading<'d>, trigger: Trigger) -> Signs {
        let mut signs = Signs::default();
        let Some(clause) = reading.clauses.get(trigger.clause) else {
            return signs;
        };
        let verb = clause.verb;
        // "będziemy mogli wyjść, negocjować z nimi": an infinitive goes on with the verb above.
        let above = (verb.is_none() && clause.opener.is_none() && !trigger.is_noun)
            .then_some(clause.parent)
            .flatten();
        signs.tense = self
            .finite(reading, above.unwrap_or(trigger.clause))
            .map(|(_, finite)| finite.tense);
        let is = |place: usize, class| {
            let word = reading.sentence.word(place);
            word.is_some_and(|word| word.mention.is_none() && word.is(class))
                || self.is_with_particle(reading, place, class)
        };
        let is_negated = |place: usize| {
            let before = place.checked_sub(1);
            let further = place.checked_sub(2);
            before.is_some_and(|before| is(before, Class::Not))
                || before.is_some_and(|before| is(before, Class::Reflexive))
                    && further.is_some_and(|further| is(further, Class::Not))
        };
        // What the auxiliaries before it leave to say: "has agreed to hold", "is due to meet".
        let chain = self.chain(reading, clause, trigger.place);
        // "zapowiedział, przyjmując Scholza": what goes on beside the verb is not what it says.
        let is_beside = self.language.grammar.is_free
            && reading
                .sentence
                .word(trigger.place)
                .is_some_and(|word| word.of(PartOfSpeech::AdverbialParticiple).next().is_some());
        let is_governed = !is_beside && verb.is_some_and(|verb| verb != trigger.place);
        let told = self.told_verb(reading, clause);
        let is_about =
            !trigger.is_noun || told.is_some_and(|verb| self.is_about(reading, trigger, verb));
        // "umówił się z Tuskiem".
        signs.plan = !trigger.is_noun && is(trigger.place, Class::Plan);
        signs.negated = is_about && verb.is_some_and(is_negated)
            || is_negated(trigger.place)
            || is_about && chain.clone().any(|place| is(place, Class::Not));
        if let Some(verb) = verb.filter(|_| is_governed && is_about) {
            let infinitive = clause.words.iter().any(|place| {
                reading
                    .sentence
                    .word(*place)
                    .is_some_and(|word| word.of(PartOfSpeech::Infinitive).next().is_some())
            });
            let is_free = self.language.grammar.is_free;
            signs.due =
                infinitive && is(verb, Class::Due) && (is_free || is(verb + 1, Class::Marker));
            signs.plan |= is(verb, Class::Plan);
            signs.cancel = is(verb, Class::Cancel);
            signs.deny = is(verb, Class::Deny);
            signs.wish = is(verb, Class::Wish) && !signs.due;
            for place in chain {
                signs.plan |= is(place, Class::Plan);
                signs.cancel |= is(place, Class::Cancel);
                signs.deny |= is(place, Class::Deny);
                signs.wish |= is(place, Class::Wish);
            }
        }
        // "spotkanie zostało odwołane", but not "nie zostało odwołane".
        let passive = verb.filter(|verb| {
            is(*verb, Class::Passive)
                && !is_negated(*verb)
                && Self::phrase_of(reading, trigger).is_some_and(|phrase| {
                    phrase.preposition.is_none() && phrase.agreement.has_case(Case::Nominative)
                })
        });
        let is_participle = |place: usize| {
            let distance = passive.and_then(|verb| place.checked_sub(verb));
            let word = reading.sentence.word(place);
            distance.is_some_and(|distance| distance <= NEAR)
                && word.is_some_and(|word| word.senses.iter().any(|sense| sense.is_passive))
        };
        for &place in &clause.words {
            signs.rumour |= is(place, Class::Rumour);
            let is_near = place < trigger.place && trigger.place - place <= NEAR
                || place == trigger.place + 1;
            let is_told = is_near || is_participle(place);
            let is_apart = Some(place) == verb || Some(place) == clause.opener;
            // "trwające rozmowy".
            let word = reading.sentence.word(place);
            if trigger.is_noun
                && is_near
                && is(place, Class::Occur)
                && word.is_some_and(|word| word.of(PartOfSpeech::Participle).next().is_some())
            {
                signs.tense = Some(Tense::Past);
            }
            if trigger.is_noun && is_told && !is_apart {
                signs.plan |= is(place, Class::Plan);
                signs.cancel |= is(place, Class::Cancel);
                signs.deny |= is(place, Class::Deny);
                signs.wish |= is(place, Class::Wish);
            }
        }
        if trigger.is_noun {
            signs.ahead = Self::preposition(reading, trigger)
                .is_some_and(|preposition| self.rules.is(Class::Before, preposition));
        }
        self.signs_above(reading, trigger, &mut signs);
        signs
    }

    /// Whether a word is of the class together with the one behind it: "called off".
    fn is_with_particle(&self, reading: &Reading<'d>, place: usize, class: Class) -> bool {
        let both = reading
            .sentence
            .word(place)
            .zip(reading.sentence.word(place + 1));
        both.filter(|_| !self.language.grammar.is_free)
            .is_some_and(|(word, behind)| {
                let particle = behind.text.to_lowercase();
                word.senses.iter().any(|sense| {
                    let both = format!("{}_{particle}", sense.lemma);
                    self.rules.is(class, &both)
                })
            })
    }

    /// Whether the verb of a clause is about holding what a noun behind it names: "chce odbyć
    /// rozmowę", "offered to hold a meeting", but not "urged them to hold talks".
    pub(super) fn is_to_be_held(
        &self,
        reading: &Reading<'d>,
        clause: &Clause,
        trigger: Trigger,
    ) -> bool {
        let Some(verb) = clause.verb.filter(|verb| *verb < trigger.place) else {
            return false;
        };
        let behind = if self.language.grammar.is_free {
            verb + 1..trigger.place
        } else {
            self.chain(reading, clause, trigger.place)
        };
        behind
            .filter_map(|place| reading.sentence.word(place))
            .filter(|word| {
                let is = |part| word.of(part).next().is_some();
                // "zaskoczył wszystkich, składając wizytę".
                let is_beside = self.language.grammar.is_free;
                is(PartOfSpeech::Infinitive) || is_beside && is(PartOfSpeech::AdverbialParticiple)
            })
            .any(|word| word.mention.is_none() && word.is(Class::Hold))
    }

    /// The words from the verb of a clause to a trigger behind it, or to the verb that takes it,
    /// in a language that builds its tenses of several words.
    fn chain(
        &self,
        reading: &Reading<'d>,
        clause: &Clause,
        trigger: usize,
    ) -> std::ops::Range<usize> {
        let Some(verb) = clause.verb.filter(|_| !self.language.grammar.is_free) else {
            return 0..0;
        };
        let is_verbal = |place: &usize| {
            reading.sentence.word(*place).is_some_and(|word| {
                word.mention.is_none()
                    && (word.is(Class::Marker)
                        || word.is(Class::Not)
                        || word.of(PartOfSpeech::Adverb).next().is_some()
                        || is_verb_form(word)
                        || word.is(Class::Plan)
                        || word.is(Class::Wish))
            })
        };
        let end = (verb + 1..trigger.max(verb + 1))
            .find(|place| !is_verbal(place))
            .unwrap_or(trigger.max(verb + 1));
        // Behind a trigger: "the meeting was cancelled".
        let behind = (verb + 1..reading.sentence.words.len())
            .take_while(is_verbal)
            .last()
            .map_or(end, |last| last + 1);
        let end = if trigger < verb { behind } else { end };
        verb..end
    }

    /// The verb of a clause that says what is done: "hold" in "did not hold".
    pub(super) fn told_verb(&self, reading: &Reading<'d>, clause: &Clause) -> Option<usize> {
        const FURTHEST: usize = 4;
        let verb = clause.verb?;
        let word = reading.sentence.word(verb)?;
        if self.language.grammar.is_free || !word.is(Class::Auxiliary) {
            return Some(verb);
        }
        let behind = clause.words.iter().copied().filter(|place| *place > verb);
        let told = behind.take(FURTHEST).find(|place| {
            let word = reading.sentence.word(*place);
            word.is_some_and(|word| is_verb_form(word) && !word.is(Class::Auxiliary))
        });
        Some(told.unwrap_or(verb))
    }

    /// Whether what a verb says is said of the meeting that a noun names: "odwołał spotkanie", but
    /// not "na spotkaniu nie przewidziano" nor "nie zdradził porządku rozmów".
    fn is_about(&self, reading: &Reading<'d>, trigger: Trigger, verb: usize) -> bool {
        let is = |class| {
            let word = reading.sentence.word(verb);
            word.is_some_and(|word| word.is(class)) || self.is_with_particle(reading, verb, class)
        };
        let phrase = Self::phrase_of(reading, trigger);
        let cases = phrase.map_or(Agreement::NONE, |phrase| phrase.agreement);
        if self.is_during(reading, trigger) {
            return is(Class::Hold);
        }
        // "nie będzie szczytu", but not "rozmowa nie będzie ostatnią".
        if is(Class::Passive) {
            return !cases.has_case(Case::Nominative);
        }
        let said = [
            Class::Occur,
            Class::Hold,
            Class::Plan,
            Class::Cancel,
            Class::Deny,
            Class::Due,
            Class::Wish,
        ];
        said.into_iter().any(is)
    }

    /// Whether something else is told that came about while they met: "na spotkaniu".
    pub(super) fn is_during(&self, reading: &Reading<'d>, trigger: Trigger) -> bool {
        let cases = Self::phrase_of(reading, trigger).map(|phrase| phrase.agreement);
        let is_led_to = self.language.grammar.is_free
            && cases.is_some_and(|cases| cases.has_case(Case::Accusative));
        Self::preposition(reading, trigger)
            .is_some_and(|preposition| self.rules.is(Class::While, preposition))
            && !is_led_to
    }

    /// The phrase that a noun heads.
    pub(super) fn phrase_of<'r>(reading: &'r Reading<'d>, trigger: Trigger) -> Option<&'r Phrase> {
        let pieces = reading.pieces.get(trigger.clause)?;
        pieces.iter().find_map(|piece| match piece {
            Piece::Phrase(phrase) => {
                let mut members = phrase.members.iter();
                members
                    .any(|member| member.head == trigger.place)
                    .then_some(phrase)
            }
            Piece::Word(_) => None,
        })
    }

    /// The preposition before a noun.
    pub(super) fn preposition<'r>(reading: &'r Reading<'d>, trigger: Trigger) -> Option<&'r str> {
        let pieces = reading.pieces.get(trigger.clause)?;
        pieces.iter().find_map(|piece| match piece {
            Piece::Phrase(phrase) => {
                let is_here = phrase.members.first()?.head == trigger.place;
                phrase.preposition.as_deref().filter(|_| is_here)
            }
            Piece::Word(_) => None,
        })
    }

    /// What the clauses above say: "zaprzeczył, by się spotkał", "chce, żeby się spotkali".
    fn signs_above(&self, reading: &Reading<'d>, trigger: Trigger, signs: &mut Signs) {
        let Some(this) = reading.clauses.get(trigger.clause) else {
            return;
        };
        let opener = this.opener.and_then(|opener| reading.sentence.word(opener));
        let Some(opener) = opener.filter(|_| !this.is_relative) else {
            return;
        };
        let Some((number, parent)) = this
            .parent
            .and_then(|number| Some((number, reading.clauses.get(number)?)))
        else {
            signs.wish |= opener.is(Class::Wish);
            return;
        };
        // "pojechał, aby na spotkaniu z Tuskiem przedstawić plan": what is wanted is the plan.
        if trigger.is_noun && self.is_during(reading, trigger) {
            let above = self.finite(reading, number);
            signs.tense = above.map(|(_, finite)| finite.tense).or(signs.tense);
            signs.plan |= signs.tense == Some(Tense::Present);
        } else {
            signs.wish |= opener.is(Class::Wish);
        }
        let is = |class| {
            let verb = parent.verb.and_then(|verb| reading.sentence.word(verb));
            verb.is_some_and(|verb| verb.is(class))
        };
        signs.deny |= is(Class::Deny);
        signs.rumour |= parent.words.iter().any(|place| {
            reading
                .sentence
                .word(*place)
                .is_some_and(|word| word.mention.is_none() && word.is(Class::Rumour))
        });
    }
}

fn is_verb_form(word: &Word<'_>) -> bool {
    let is_verb = |sense: &Sense| {
        matches!(
            sense.part,
            PartOfSpeech::Verb | PartOfSpeech::Infinitive | PartOfSpeech::AdverbialParticiple
        )
    };
    word.senses.iter().any(is_verb)
}

impl Signs {
    fn decide(self) -> Option<MeetingStatus> {
        use MeetingStatus::{Cancelled, Denied, Happened, Planned, Unconfirmed};
        let is_ahead = matches!(self.tense, Some(Tense::Future | Tense::Present));
        let status = if self.deny {
            if self.negated { Unconfirmed } else { Denied }
        } else if self.cancel && !self.negated {
            Cancelled
        } else if self.negated && self.wish {
            return None;
        } else if self.negated && self.plan {
            // "nie doszło do zapowiadanej rozmowy".
            Cancelled
        } else if self.negated {
            if is_ahead { Cancelled } else { Denied }
        } else if self.rumour {
            Unconfirmed
        } else if self.due {
            if is_ahead { Planned } else { Unconfirmed }
        } else if self.wish {
            Unconfirmed
        } else if self.plan || self.ahead {
            Planned
        } else {
            match self.tense {
                Some(Tense::Future) => Planned,
                Some(Tense::Conditional) => Unconfirmed,
                _ => Happened,
            }
        };
        Some(status)
    }
}
