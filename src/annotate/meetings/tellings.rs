//! One sentence to what it tells: a trigger with those who are attached to it.

use super::phrases::{Phrase, Piece, Sort};
use super::status::Trigger;
use super::story::{Reading, Story};
use super::subjects::{Doer, Party};
use crate::lang::grammar::{Agreement, Class, Needs, Rule, Sense, Slot, Tense, TriggerPart};
use crate::lang::lexicon::{Case, PartOfSpeech};
use crate::model::{EntityKind, Field, MeetingKind, MeetingStatus, PartialDate, Participant, Span};

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

struct Teller<'a, 'd> {
    story: &'a Story<'d>,
    number: usize,
    reading: &'a Reading<'d>,
}

impl<'a, 'd> Teller<'a, 'd> {
    fn tell(&self, clause: usize, place: usize) -> Option<Telling> {
        let word = self.reading.sentence.word(place)?;
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
        let rules = self.story.rules;
        let sentence = &self.reading.sentence;
        let is = |place: usize, class| {
            let word = sentence.word(place);
            word.is_some_and(|word| word.mention.is_none() && word.is(class, rules))
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
        if behind.is_some_and(|word| word.is(Class::Other, self.story.rules)) {
            return None;
        }
        if self.is_sport(rule, &parties) {
            return None;
        }
        let has = |class| self.has(trigger.clause, class);
        let date = self.story.date(self.reading, trigger);
        let mut status = self.story.status(self.reading, trigger)?;
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
        })
    }

    fn phrases(&self, clause: usize) -> impl Iterator<Item = &'a Phrase> + use<'a, 'd> {
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

    fn has(&self, clause: usize, class: Class) -> bool {
        let words = self
            .reading
            .clauses
            .get(clause)
            .map_or(&[][..], |clause| &clause.words);
        words.iter().any(|place| {
            let word = self.reading.sentence.word(*place);
            word.is_some_and(|word| word.mention.is_none() && word.is(class, self.story.rules))
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

    /// Those whom a verb joins; none where it tells of no meeting.
    fn of_verb(&self, trigger: Trigger, rule: &Rule, is_passive: bool) -> Option<Vec<Party>> {
        if self.is_credit(trigger, rule) {
            return None;
        }
        let mut parties = Vec::new();
        let has_object = rule.slots.contains(&Slot::Object);
        if is_passive && !has_object {
            return None;
        }
        if rule.slots.contains(&Slot::Subject) {
            match self.story.doer(self.number, trigger.clause) {
                Doer::Parties(found) => parties.extend(found),
                Doer::Thing if !has_object && self.has_named_partner(trigger, rule) => {}
                Doer::Thing => return None,
                Doer::Unknown => {}
            }
        }
        for slot in &rule.slots {
            match slot {
                Slot::Subject | Slot::Of | Slot::To | Slot::Never(_) => {}
                Slot::Object if is_passive => {
                    let agent = Agreement::of_case(Case::Accusative);
                    for preposition in self.story.rules.class(Class::Agent) {
                        self.add_behind(trigger.clause, preposition, agent, 0, &mut parties)?;
                    }
                }
                Slot::Object => self.add_object(trigger, &mut parties)?,
                Slot::Behind {
                    preposition,
                    agreement,
                } => self.add_behind(trigger.clause, preposition, *agreement, 0, &mut parties)?,
            }
        }
        Some(parties)
    }

    /// Adds those behind a preposition from word `from` on; none where it is no person that
    /// stands there: "spotkał się z krytyką", "w rozmowie z dziennikiem".
    fn add_behind(
        &self,
        clause: usize,
        preposition: &str,
        agreement: Agreement,
        from: usize,
        parties: &mut Vec<Party>,
    ) -> Option<()> {
        let phrases = self.phrases(clause).filter(|phrase| {
            phrase.start >= from
                && phrase.preposition.as_deref() == Some(preposition)
                && phrase.agreement.agrees(agreement)
        });
        let mut is_first = true;
        if let Some(party) = self.relative(clause, Some(preposition), agreement) {
            parties.push(party);
            is_first = false;
        }
        let mut behind = None;
        for phrase in phrases {
            // "z Merkel o kryzysie na granicy z Białorusią": only what is joined to the first.
            if behind.is_some_and(|behind| phrase.start > behind + 1) {
                break;
            }
            behind = Some(phrase.end);
            if self.is_behind_topic(clause, from, phrase) && !self.are_persons(phrase) {
                break;
            }
            let first = phrase.members.first()?;
            if is_first && (first.sort == Sort::Thing || self.is_no_party(phrase)) {
                return None;
            }
            if self.is_media(phrase) {
                return None;
            }
            is_first = false;
            for party in self
                .story
                .parties(self.number, self.reading, phrase, parties)
            {
                if !parties.contains(&party) {
                    parties.push(party);
                }
            }
        }
        Some(())
    }

    /// Adds those to whom it is done; none where it is done to a thing: "przyjął ustawę".
    fn add_object(&self, trigger: Trigger, parties: &mut Vec<Party>) -> Option<()> {
        let accusative = Agreement::of_case(Case::Accusative);
        let genitive = Agreement::of_case(Case::Genitive);
        let is_negated = self.has(trigger.clause, Class::Not);
        let asked = if is_negated {
            accusative.or(genitive)
        } else {
            accusative
        };
        if let Some(party) = self.relative(trigger.clause, None, asked) {
            parties.push(party);
            return Some(());
        }
        let is_free = self.story.language.grammar.is_free;
        let nominative = super::words::nominative();
        let objects = self.phrases(trigger.clause).filter(|phrase| {
            phrase.preposition.is_none()
                && phrase.agreement.agrees(asked)
                && (is_free || phrase.start > trigger.place)
        });
        // The one that cannot be the subject is meant before others.
        let best = objects.min_by_key(|phrase| {
            (
                phrase.agreement.agrees(nominative),
                phrase.start < trigger.place,
                phrase.start.abs_diff(trigger.place),
            )
        });
        let Some(object) = best else {
            return Some(());
        };
        // "called him a liar".
        let is_named_so = !is_free
            && self
                .phrases(trigger.clause)
                .any(|phrase| phrase.preposition.is_none() && phrase.start == object.end);
        if is_named_so {
            return None;
        }
        if object
            .members
            .iter()
            .all(|member| member.sort == Sort::Thing)
            || self.is_no_party(object)
        {
            // "odwiedził Niemcy": a place is gone to, but nobody there is named.
            let is_place = object
                .members
                .iter()
                .any(|member| matches!(member.sort, Sort::Name(_)) && trigger.place < object.start);
            return is_place.then_some(());
        }
        // "kraje ją przyjmą": what a body accepts is a thing.
        let is_pronoun = object
            .members
            .iter()
            .all(|member| member.sort == Sort::Pronoun);
        let is_body =
            |party: &Party| !party.is_person && matches!(party.participant, Participant::Entity(_));
        if is_pronoun && parties.iter().any(is_body) {
            return None;
        }
        for party in self
            .story
            .parties(self.number, self.reading, object, parties)
        {
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        Some(())
    }

    /// Whom the pronoun of a relative clause means, where it stands behind this preposition or, as
    /// an object, behind none: "z którym rozmawiał", "którego przyjął".
    fn relative(
        &self,
        clause: usize,
        preposition: Option<&str>,
        asked: Agreement,
    ) -> Option<Party> {
        let clause = self
            .reading
            .clauses
            .get(clause)
            .filter(|clause| clause.is_relative)?;
        let sentence = &self.reading.sentence;
        let opener = clause.opener?;
        let shown = sentence
            .word(opener)?
            .senses
            .iter()
            .fold(Agreement::NONE, |all, sense| all.or(sense.agreement))
            .and(asked);
        let first = *clause.words.first()?;
        let before = (opener > first)
            .then(|| sentence.word(opener - 1)?.preposition())
            .flatten()
            .map(|(preposition, _)| preposition);
        // As an object it cannot be the subject as well.
        let is_free = preposition.is_some()
            || !shown.has_case(Case::Nominative) && {
                let whole = sentence.word(opener)?;
                !whole
                    .senses
                    .iter()
                    .any(|sense| sense.agreement.has_case(Case::Nominative))
            };
        if shown.is_none() || before != preposition || !is_free {
            return None;
        }
        self.story
            .antecedent(self.number, self.reading, first, shown.in_any_case())
    }

    fn has_named_partner(&self, trigger: Trigger, rule: &Rule) -> bool {
        rule.slots.iter().any(|slot| match slot {
            Slot::Behind {
                preposition,
                agreement,
            } => self.phrases(trigger.clause).any(|phrase| {
                let is_named = |member: &super::phrases::Member| {
                    matches!(member.sort, Sort::Name(mention)
                        if self.story.reader(&self.reading.sentence).is_somebody(mention))
                };
                phrase.preposition.as_deref() == Some(preposition)
                    && phrase.agreement.agrees(*agreement)
                    && phrase.members.iter().any(is_named)
            }),
            _ => false,
        })
    }

    /// Those whom a noun joins.
    fn of_noun(&self, trigger: Trigger, rule: &Rule) -> Option<Vec<Party>> {
        let mut parties = Vec::new();
        let behind = self.behind_noun(trigger);
        let possessor = self.possessor(trigger);
        let mut has_owner = false;
        if let Some(phrase) = behind.iter().find(|phrase| phrase.preposition.is_none()) {
            let is_genitive = phrase.agreement.has_case(Case::Genitive);
            let is_named_pair = phrase.members.len() > 1
                && phrase
                    .members
                    .iter()
                    .all(|member| matches!(member.sort, Sort::Name(_)));
            let is_thing = phrase
                .members
                .iter()
                .all(|member| member.sort == Sort::Thing);
            if is_genitive && is_thing && rule.kind == MeetingKind::Summit {
                return None;
            }
            let is_whose = possessor.is_none() && rule.slots.contains(&Slot::Of);
            if (is_genitive || is_named_pair) && is_whose {
                parties = self.story.parties(self.number, self.reading, phrase, &[]);
                has_owner = !parties.is_empty();
            }
        }
        if rule.slots.contains(&Slot::To) {
            let dative = Agreement::of_case(Case::Dative);
            let phrases = self.phrases(trigger.clause).filter(|phrase| {
                phrase.preposition.is_none() && phrase.agreement.cases() == dative
            });
            for phrase in phrases {
                parties.extend(
                    self.story
                        .parties(self.number, self.reading, phrase, &parties),
                );
            }
        }
        if let Some(owner) = possessor {
            has_owner = true;
            parties.push(owner);
        }
        for owner in self.named_before(trigger) {
            has_owner = true;
            if !parties.contains(&owner) {
                parties.push(owner);
            }
        }
        if !has_owner && let Some(owner) = self.whose_word(trigger) {
            has_owner = true;
            parties.push(owner);
        }
        let told_by = self.told_by(trigger);
        let doing = told_by.unwrap_or(trigger).clause;
        if !has_owner
            && (told_by.is_some() || self.takes_part(trigger))
            && let Doer::Parties(found) = self.story.doer(self.number, doing)
        {
            parties.extend(found);
        }
        for slot in &rule.slots {
            let Slot::Behind {
                preposition,
                agreement,
            } = slot
            else {
                continue;
            };
            let mut joined = None;
            for phrase in &behind {
                if joined.is_some_and(|joined| phrase.start > joined + 1) {
                    break;
                }
                if phrase.preposition.as_deref() != Some(preposition)
                    || !phrase.agreement.agrees(*agreement)
                {
                    continue;
                }
                joined = Some(phrase.end);
                if self.is_behind_topic(trigger.clause, trigger.place, phrase)
                    && !self.are_persons(phrase)
                {
                    break;
                }
                if self.is_media(phrase) {
                    return None;
                }
                for party in self
                    .story
                    .parties(self.number, self.reading, phrase, &parties)
                {
                    if !parties.contains(&party) {
                        parties.push(party);
                    }
                }
            }
        }
        if rule.kind == MeetingKind::Summit && (self.is_peak(trigger) || self.is_of_thing(&behind))
        {
            return None;
        }
        if let Some(inner) = told_by {
            for slot in &rule.slots {
                if let Slot::Behind {
                    preposition,
                    agreement,
                } = slot
                {
                    self.add_behind(inner.clause, preposition, *agreement, 0, &mut parties)?;
                }
            }
        }
        Some(parties)
    }

    /// The relative clause that says of a noun how it was held: "rozmowa, którą Tusk odbył z
    /// Macronem", with the verb as the trigger.
    fn told_by(&self, trigger: Trigger) -> Option<Trigger> {
        let behind = self.phrase_of(trigger)?.end;
        let (number, clause) = self
            .reading
            .clauses
            .iter()
            .enumerate()
            .find(|(_, clause)| clause.is_relative && clause.words.first() == Some(&behind))?;
        let verb = clause.verb?;
        let word = self.reading.sentence.word(verb)?;
        let holds = [Class::Hold, Class::Occur, Class::Plan, Class::Cancel]
            .into_iter()
            .any(|class| word.is(class, self.story.rules));
        holds.then_some(Trigger {
            clause: number,
            place: verb,
            is_noun: false,
        })
    }

    fn phrase_of(&self, trigger: Trigger) -> Option<&'a Phrase> {
        Story::phrase_of(self.reading, trigger)
    }

    /// Whose word or act is told of right before: "komentarz Tuska po spotkaniu z", "Tusk po
    /// rozmowie z".
    fn whose_word(&self, trigger: Trigger) -> Option<Party> {
        let preposition = Story::preposition(self.reading, trigger)?;
        let start = self.phrase_of(trigger)?.start;
        let name = self.reading.sentence.word(start.checked_sub(1)?)?;
        let is_beside = self.reading.sentence.gap(start).is_plain();
        let party = self.story.named(name.mention?)?;
        let is_while = self.story.rules.is(Class::While, preposition);
        (is_while && is_beside && party.is_person).then_some(party)
    }

    /// Those whose names stand before a noun: "Macron's meeting", "the Biden-Xi summit".
    fn named_before(&self, trigger: Trigger) -> Vec<Party> {
        let sentence = &self.reading.sentence;
        if self.story.language.grammar.is_free {
            return Vec::new();
        }
        let start = self
            .phrase_of(trigger)
            .map_or(trigger.place, |phrase| phrase.start);
        let inside = (start..trigger.place).rev();
        let is_possessive = |place: usize| self.story.reader(sentence).is_possessive(place);
        let owner = inside
            .filter(|place| is_possessive(*place))
            .find_map(|place| self.story.named(sentence.word(place)?.mention?));
        if let Some(owner) = owner {
            return vec![owner];
        }
        let beside = self.phrases(trigger.clause).find(|phrase| {
            phrase.end == start && phrase.members.len() > 1 && sentence.gap(start).is_plain()
        });
        beside.map_or_else(Vec::new, |phrase| {
            self.story.parties(self.number, self.reading, phrase, &[])
        })
    }

    /// Whom the possessive before a noun means: "jego spotkanie".
    fn possessor(&self, trigger: Trigger) -> Option<Party> {
        let sentence = &self.reading.sentence;
        let mut place = trigger.place.checked_sub(1)?;
        while sentence.word(place).is_some_and(|word| {
            word.of(PartOfSpeech::Adjective).next().is_some()
                && !word.is(Class::Possessive, self.story.rules)
        }) {
            place = place.checked_sub(1)?;
        }
        let word = sentence.word(place)?;
        let genitive = Agreement::of_case(Case::Genitive);
        let sense = word
            .of(PartOfSpeech::Pronoun)
            .find(|sense| sense.agreement.agrees(genitive))?;
        let is_possessive = self
            .story
            .rules
            .is(Class::Possessive, &word.text.to_lowercase());
        let agreement = sense.agreement.and(genitive).in_any_case();
        let meant = is_possessive.then(|| {
            self.story
                .meant(self.number, self.reading, place, agreement, &[])
        });
        meant.flatten()
    }

    /// The phrases behind a noun, up to the next verb.
    fn behind_noun(&self, trigger: Trigger) -> Vec<&'a Phrase> {
        let pieces = self
            .reading
            .pieces
            .get(trigger.clause)
            .map_or(&[][..], Vec::as_slice);
        let verb = self
            .reading
            .clauses
            .get(trigger.clause)
            .and_then(|clause| clause.verb);
        let mut found = Vec::new();
        for piece in pieces.iter().filter(|piece| piece.start() > trigger.place) {
            match piece {
                Piece::Word(place) if Some(*place) == verb => break,
                Piece::Word(_) => {}
                Piece::Phrase(phrase) => {
                    // Another noun of this sort has its own.
                    let is_other = phrase
                        .members
                        .iter()
                        .any(|member| self.story.rules.of(&member.lemma).next().is_some());
                    if is_other {
                        break;
                    }
                    found.push(phrase);
                }
            }
        }
        found
    }

    /// "the summit of K2".
    fn is_of_thing(&self, behind: &[&Phrase]) -> bool {
        let is_of = |phrase: &&&Phrase| {
            let preposition = phrase.preposition.as_deref().unwrap_or_default();
            self.story.rules.is(Class::Genitive, preposition)
        };
        let first = behind.first().filter(is_of);
        first.is_some_and(|phrase| self.is_no_party(phrase))
    }

    /// "szczyt góry", "na jego szczycie".
    fn is_peak(&self, trigger: Trigger) -> bool {
        let before = trigger.place.checked_sub(1);
        before
            .and_then(|before| self.reading.sentence.word(before))
            .is_some_and(|word| word.is(Class::Possessive, self.story.rules))
    }

    /// Whether the subject of the clause takes part in what the noun names: "odbył spotkanie",
    /// "oświadczył po spotkaniu".
    fn takes_part(&self, trigger: Trigger) -> bool {
        let rules = self.story.rules;
        let Some(clause) = self.reading.clauses.get(trigger.clause) else {
            return false;
        };
        let is_while = Story::preposition(self.reading, trigger).is_some_and(|preposition| {
            rules.is(Class::While, preposition) || rules.is(Class::Before, preposition)
        });
        let verb = self
            .story
            .told_verb(self.reading, clause)
            .and_then(|verb| self.reading.sentence.word(verb));
        let is = |class| verb.is_some_and(|verb| verb.is(class, rules));
        is_while && !is(Class::Occur) || is(Class::Hold) || is(Class::Plan) || is(Class::Cancel)
    }

    /// Whether what is talked about stands right before a phrase, so that it may belong to that:
    /// "rozmowy o granicy z Białorusią".
    fn is_behind_topic(&self, clause: usize, from: usize, phrase: &Phrase) -> bool {
        let before = self
            .phrases(clause)
            .filter(|before| before.start > from && before.end <= phrase.start);
        let mut near = before.skip_while(|before| {
            let preposition = before.preposition.as_deref().unwrap_or_default();
            !self.story.rules.is(Class::Topic, preposition)
        });
        near.next().is_some()
    }

    fn are_persons(&self, phrase: &Phrase) -> bool {
        phrase.members.iter().all(|member| {
            let party = self.story.party(self.number, self.reading, member, &[]);
            party.is_some_and(|party| party.is_person)
        })
    }

    /// Whether those in a phrase report, so that words said to them are no meeting.
    fn is_media(&self, phrase: &Phrase) -> bool {
        let rules = self.story.rules;
        phrase.members.iter().any(|member| {
            let word = self.reading.sentence.word(member.head);
            let is_named = |mention: usize| {
                let mention = self.story.document.mentions.get(mention);
                let entity =
                    mention.and_then(|mention| self.story.document.entities.get(mention.entity));
                let names = mention.map(|mention| &mention.base).into_iter();
                names
                    .chain(entity.map(|entity| &entity.name))
                    .flat_map(|name| name.split([' ', '-']))
                    .any(|part| rules.is(Class::Media, &part.to_lowercase()))
            };
            // "z korespondentami europejskich mediów".
            let mut words = member.words.clone();
            let is_paper = word.is_some_and(|word| word.is_quoted)
                && !matches!(member.sort, Sort::Name(mention) if self.is_person(mention));
            rules.is(Class::Media, &member.lemma)
                || is_paper
                || word.and_then(|word| word.mention).is_some_and(is_named)
                || member.sort == Sort::People
                    && words.any(|place| {
                        let word = self.reading.sentence.word(place);
                        word.is_some_and(|word| word.is(Class::Media, rules))
                    })
        })
    }

    fn is_person(&self, mention: usize) -> bool {
        let mention = self.story.document.mentions.get(mention);
        mention.is_some_and(|mention| mention.kind == EntityKind::Person)
    }

    /// Whether one who takes part reports for a living.
    fn is_reporter(&self, party: &Party) -> bool {
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
    fn is_no_party(&self, phrase: &Phrase) -> bool {
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
    fn is_credit(&self, trigger: Trigger, rule: &Rule) -> bool {
        let sentence = &self.reading.sentence;
        let starts = self
            .phrases(trigger.clause)
            .next()
            .is_some_and(|phrase| phrase.start == 0 && phrase.preposition.is_some());
        let is_present = sentence
            .word(trigger.place)
            .and_then(super::words::Word::finite)
            .is_some_and(|(_, finite)| finite.tense == Tense::Present);
        rule.kind == MeetingKind::Talks && starts && is_present
    }

    /// Whether those who meet are opponents in a game.
    fn is_sport(&self, rule: &Rule, parties: &[Party]) -> bool {
        if rule.kind != MeetingKind::Meeting {
            return false;
        }
        let words = self.reading.sentence.words.iter();
        let here = words
            .filter(|word| word.mention.is_none() && word.is(Class::Sport, self.story.rules))
            .count();
        let are_persons = parties.iter().all(|party| party.is_person);
        here > 0 && (!are_persons || here > 1) || !are_persons && self.story.is_of_sport()
    }
}
