//! Where and when: the place and the date that go with a trigger.

use super::phrases::{Piece, Sort};
use super::status::Trigger;
use super::story::{Reading, Story};
use crate::lang::grammar::Class;
use crate::lang::lexicon::PartOfSpeech;
use crate::model::{DateMention, EntityKind, PartialDate, Precision, Span};

impl<'d> Story<'d> {
    /// The place that the clause leads to, nearest behind the trigger, else before it.
    pub(super) fn place(&self, reading: &Reading<'d>, trigger: Trigger) -> Option<usize> {
        let pieces = reading.pieces.get(trigger.clause)?;
        let places = pieces.iter().filter_map(|piece| match piece {
            Piece::Phrase(phrase) => {
                let preposition = phrase.preposition.as_deref()?;
                let leads = self.rules.is(Class::Where, preposition);
                let entity = phrase.members.iter().find_map(|member| match member.sort {
                    Sort::Name(mention) => self.seat(mention),
                    _ => None,
                });
                Some((phrase.start, entity.filter(|_| leads)?))
            }
            Piece::Word(_) => None,
        });
        let distance = |start: usize| {
            let is_before = start < trigger.place;
            (is_before, start.abs_diff(trigger.place))
        };
        places
            .min_by_key(|(start, _)| distance(*start))
            .map(|(_, entity)| entity)
    }

    /// The entity of a mention that is a place, or a seat that stands for one.
    fn seat(&self, mention: usize) -> Option<usize> {
        let mention = self.document.mentions.get(mention)?;
        let is_venue = || {
            let mut words = mention.base.split(' ');
            words.any(|word| self.rules.is(Class::Venue, &word.to_lowercase()))
        };
        (mention.kind == EntityKind::Place || is_venue()).then_some(mention.entity)
    }

    /// The date that goes with a trigger: in its clause, else in a clause of the sentence that
    /// has no verb of its own or shares it.
    pub(super) fn date(&self, reading: &Reading<'d>, trigger: Trigger) -> Option<PartialDate> {
        let word = reading.sentence.word(trigger.place)?;
        let dates = self.dates_within(reading);
        // A date in brackets belongs to the word before it.
        let clause_of = |date: &DateMention| {
            let words = &reading.sentence.words;
            let behind = words.partition_point(|word| word.span.start() < date.span.end());
            let place = behind.saturating_sub(1);
            let mut clauses = reading.clauses.iter();
            clauses.position(|clause| clause.words.contains(&place))
        };
        let mut above = Vec::new();
        let mut clause = Some(trigger.clause);
        while let Some(number) = clause {
            above.push(number);
            clause = reading.clauses.get(number).and_then(|clause| clause.parent);
        }
        let is_topic = trigger.is_noun && self.is_topic(reading, trigger);
        let topic = Self::phrase_of(reading, trigger)
            .and_then(|phrase| reading.sentence.word(phrase.start))
            .map_or(0, |word| word.span.start());
        let rank = |date: &DateMention| {
            let clause = clause_of(date)?;
            if self.is_of_another(reading, clause, date, trigger) {
                return None;
            }
            let depth = above.iter().position(|number| *number == clause);
            let own = depth == Some(0);
            // A clause above tells when somebody spoke, not when they met: "w środę powiedział, że";
            // any other tells it in one breath: "przyleciał w środę i spotkał się".
            let is_said = reading.clauses.get(clause).is_some_and(|above| {
                let verb = above.verb.and_then(|verb| reading.sentence.word(verb));
                verb.is_some_and(|verb| verb.is(Class::Say))
            });
            // Nor does its own verb, where it only speaks of the meeting: "mówił w środę o spotkaniu".
            let verb = reading.clauses.get(trigger.clause)?.verb;
            let verb = verb.and_then(|verb| reading.sentence.word(verb));
            let is_before = date.span.end() <= topic;
            let is_behind_verb = verb.is_some_and(|verb| {
                topic < verb.span.start() && verb.span.start() < date.span.start()
            });
            if is_topic && (!own || is_before || is_behind_verb) {
                return None;
            }
            let of_date = reading.clauses.get(clause)?;
            let below = of_date.parent == Some(trigger.clause)
                && of_date.verb.is_none()
                && of_date.opener.is_none();
            (own || depth.is_some() && !is_said || below)
                .then_some((!own, date.span.start().abs_diff(word.span.start())))
        };
        dates
            .iter()
            .filter_map(|date| Some((rank(date)?, date.date)))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, date)| self.with_next(dates, date))
    }

    /// Whether a noun only names what is spoken of: "notatki o rozmowach".
    pub(super) fn is_topic(&self, reading: &Reading<'d>, trigger: Trigger) -> bool {
        let phrase = Self::phrase_of(reading, trigger);
        let before = phrase.and_then(|phrase| phrase.start.checked_sub(1));
        let before = before.and_then(|before| reading.sentence.word(before));
        Self::preposition(reading, trigger)
            .is_some_and(|preposition| self.rules.is(Class::Topic, preposition))
            || before.is_some_and(|before| before.is(Class::Topic))
    }

    /// "Piątkowa decyzja": a date that says which thing is meant, and not when it is done.
    fn is_of_another(
        &self,
        reading: &Reading<'d>,
        clause: usize,
        date: &DateMention,
        trigger: Trigger,
    ) -> bool {
        let words = &reading.sentence.words;
        if self.is_inside(reading, date) {
            return true;
        }
        let pieces = reading.pieces.get(clause).into_iter().flatten();
        let mut phrases = pieces.filter_map(|piece| match piece {
            Piece::Phrase(phrase) => Some(phrase),
            Piece::Word(_) => None,
        });
        phrases.any(|phrase| {
            let preposition = phrase.preposition.as_deref();
            let tells_when = [Class::While, Class::Before]
                .into_iter()
                .any(|class| preposition.is_some_and(|word| self.rules.is(class, word)));
            let mut members = phrase.members.iter();
            !tells_when
                && members.any(|member| {
                    let mut before = member.words.start..member.head;
                    member.head != trigger.place
                        && before.any(|place| {
                            let word = words.get(place);
                            word.is_some_and(|word| word.is_date && word.span.overlaps(date.span))
                        })
                })
        })
    }

    /// "zamkniętej dziś szkoły": a day between an adjective and its noun.
    fn is_inside(&self, reading: &Reading<'d>, date: &DateMention) -> bool {
        let words = &reading.sentence.words;
        let place = words.partition_point(|word| word.span.start() < date.span.start());
        let before = place.checked_sub(1).and_then(|before| words.get(before));
        let (Some(before), Some(behind)) = (before, words.get(place + 1)) else {
            return false;
        };
        let is_plain = [place, place + 1]
            .into_iter()
            .all(|place| reading.sentence.gap(place).is_plain());
        let is_described = before.of(PartOfSpeech::Adjective).any(|adjective| {
            let mut nouns = behind.of(PartOfSpeech::Noun);
            nouns.any(|noun| noun.agreement.agrees(adjective.agreement))
        });
        let is_noun = before.of(PartOfSpeech::Noun).next().is_some();
        self.language.grammar.is_free && is_plain && is_described && !is_noun
    }

    /// "w sobotę i niedzielę": two days in a row are one date.
    fn with_next(&self, dates: &[DateMention], date: PartialDate) -> PartialDate {
        let joined = dates.windows(2).find_map(|pair| {
            let [one, other] = pair else {
                return None;
            };
            let text = self.document.field(one.field);
            let between = Span::new(one.span.end(), other.span.start()).of(text);
            let is_and = self.rules.is(Class::And, between.trim());
            let follows = one.date.last().plus(1) == Some(other.date.first());
            let is_one = one.date == date || other.date == date;
            (is_and && follows && is_one)
                .then(|| {
                    PartialDate::between(one.date.first(), other.date.last(), Precision::Interval)
                })
                .flatten()
        });
        joined.unwrap_or(date)
    }

    /// Whether a sentence tells any date.
    pub(super) fn is_dated(&self, reading: &Reading<'d>) -> bool {
        !self.dates_within(reading).is_empty()
    }

    /// The day that a sentence tells first, in a clause that stands for itself: what follows in
    /// the paragraph goes on from it.
    pub(super) fn day_of(&self, reading: &Reading<'d>) -> Option<PartialDate> {
        let date = self.dates_within(reading).first()?;
        let words = &reading.sentence.words;
        let behind = words.partition_point(|word| word.span.start() < date.span.end());
        let place = behind.saturating_sub(1);
        let clause = reading
            .clauses
            .iter()
            .find(|clause| clause.words.contains(&place))?;
        let is_main = clause.opener.is_none();
        let is_day = matches!(date.date.precision(), Precision::Day | Precision::Week);
        (is_main && is_day).then(|| self.with_next(self.dates_within(reading), date.date))
    }

    fn dates_within(&self, reading: &Reading<'d>) -> &'d [DateMention] {
        let all = &self.document.dates;
        let (field, span): (_, Span) = (reading.sentence.field, reading.sentence.span);
        let first =
            all.partition_point(|date| (date.field, date.span.start()) < (field, span.start()));
        let last =
            all.partition_point(|date| (date.field, date.span.start()) < (field, span.end()));
        all.get(first..last).unwrap_or_default()
    }
}
