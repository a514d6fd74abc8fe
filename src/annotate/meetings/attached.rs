//! Those who are attached to a trigger, where its rule says that they stand.

use super::parties::Party;
use super::phrases::{Phrase, Piece, Sort};
use super::status::Trigger;
use super::story::Story;
use super::subjects::Doer;
use super::tellings::Teller;
use crate::lang::grammar::{Agreement, Class, Rule, Slot};
use crate::lang::lexicon::{Case, PartOfSpeech};
use crate::model::{MeetingKind, Participant};

/// Whom the pronoun of a relative clause means.
pub(super) enum Relative {
    /// There is none where it was looked for.
    Absent,
    /// Nobody who can meet.
    Thing,
    /// This one.
    Party(Party),
}

impl<'a> Teller<'a, '_> {
    /// Those whom a verb joins; none where it tells of no meeting.
    pub(super) fn of_verb(
        &self,
        trigger: Trigger,
        rule: &Rule,
        is_passive: bool,
    ) -> Option<Vec<Party>> {
        if self.is_credit(trigger, rule) || self.is_beside_media(trigger, rule) {
            return None;
        }
        let mut parties = Vec::new();
        let has_object = rule.slots.contains(&Slot::Object);
        if is_passive && (!has_object || self.is_attribute(trigger)) {
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
                    for &preposition in self.story.rules.class(Class::Agent) {
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

    /// Whether a participle only says which thing is meant: "podjęte przez niego decyzje".
    fn is_attribute(&self, trigger: Trigger) -> bool {
        let clause = self.reading.clauses.get(trigger.clause);
        let verb = clause
            .and_then(|clause| clause.verb)
            .and_then(|verb| self.reading.sentence.word(verb));
        self.story.language.grammar.is_free && !verb.is_some_and(|verb| verb.is(Class::Passive))
    }

    /// Adds those behind a preposition from word `from` on; none where it is no person that
    /// stands there: "spotkał się z krytyką", "w rozmowie z dziennikiem".
    pub(super) fn add_behind(
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
        match self.relative(clause, Some(preposition), agreement) {
            Relative::Absent => {}
            Relative::Thing => return None,
            Relative::Party(party) => {
                parties.push(party);
                is_first = false;
            }
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
    pub(super) fn add_object(&self, trigger: Trigger, parties: &mut Vec<Party>) -> Option<()> {
        let accusative = Agreement::of_case(Case::Accusative);
        let genitive = Agreement::of_case(Case::Genitive);
        let is_negated = self.has(trigger.clause, Class::Not);
        let asked = if is_negated {
            accusative.or(genitive)
        } else {
            accusative
        };
        match self.relative(trigger.clause, None, asked) {
            Relative::Absent => {}
            Relative::Thing => return None,
            Relative::Party(party) => {
                parties.push(party);
                return Some(());
            }
        }
        let is_free = self.story.language.grammar.is_free;
        // What the verb agrees with may be its subject.
        let finite = self.story.finite(self.reading, trigger.clause);
        let subject = finite.map_or(Agreement::ALL, |(agreement, _)| agreement);
        let subject = subject.and(super::words::nominative());
        let objects = self.phrases(trigger.clause).filter(|phrase| {
            phrase.preposition.is_none()
                && phrase.agreement.agrees(asked)
                && (is_free || phrase.start > trigger.place)
        });
        // The one that cannot be the subject is meant before others.
        let best = objects.min_by_key(|phrase| {
            (
                phrase.agreement.agrees(subject),
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
            if is_pronoun && is_body(&party) {
                return None;
            }
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        Some(())
    }

    /// Whom the pronoun of a relative clause means, where it stands behind this preposition or, as
    /// an object, behind none: "z którym rozmawiał", "którego przyjął".
    pub(super) fn relative(
        &self,
        clause: usize,
        preposition: Option<&str>,
        asked: Agreement,
    ) -> Relative {
        let Some((first, shown)) = self.pronoun(clause, preposition, asked) else {
            return Relative::Absent;
        };
        let meant = self
            .story
            .antecedent(self.number, self.reading, first, shown);
        meant.map_or(Relative::Thing, Relative::Party)
    }

    /// What the pronoun asks of the noun before it, and where its clause begins.
    fn pronoun(
        &self,
        clause: usize,
        preposition: Option<&str>,
        asked: Agreement,
    ) -> Option<(usize, Agreement)> {
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
        Some((first, shown.in_any_case()))
    }

    pub(super) fn has_named_partner(&self, trigger: Trigger, rule: &Rule) -> bool {
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
    pub(super) fn of_noun(&self, trigger: Trigger, rule: &Rule) -> Option<Vec<Party>> {
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
            let verb = self.reading.clauses.get(trigger.clause)?.verb;
            let is_paid = verb
                .and_then(|verb| self.reading.sentence.word(verb))
                .is_some_and(|verb| verb.is(Class::Hold));
            let phrases = self.phrases(trigger.clause).filter(|phrase| {
                let is_beside = behind
                    .first()
                    .is_some_and(|first| first.start == phrase.start);
                phrase.preposition.is_none()
                    && phrase.agreement.cases() == dative
                    && (is_paid || is_beside)
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
            && (told_by.is_some() || self.takes_part(trigger) || self.is_own(trigger))
            && let Doer::Parties(found) = self.story.doer(self.number, doing)
        {
            parties.extend(found);
        }
        let has_other_side = !parties.is_empty() || told_by.is_some();
        let mut is_between = false;
        for slot in &rule.slots {
            let Slot::Behind {
                preposition,
                agreement,
            } = slot
            else {
                continue;
            };
            let before = parties.len();
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
                if self.belongs_to_thing(trigger, preposition, phrase)
                    || self.is_behind_act(trigger, preposition, phrase)
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
            is_between |=
                parties.len() > before && self.story.rules.is(Class::Between, preposition);
        }
        // "brak konsultacji z Polską i Litwą": they stand on one side, and the other is not told.
        if !has_other_side && !is_between && parties.iter().all(|party| !party.is_person) {
            parties.truncate(1);
        }
        // "szczyt Grupy Wyszehradzkiej z udziałem Fica i Orbána": those who came, not the group.
        if rule.kind == MeetingKind::Summit
            && parties.iter().filter(|party| party.is_person).count() > 1
        {
            parties.retain(|party| party.is_person);
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
    pub(super) fn told_by(&self, trigger: Trigger) -> Option<Trigger> {
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
            .any(|class| word.is(class));
        holds.then_some(Trigger {
            clause: number,
            place: verb,
            is_noun: false,
        })
    }

    pub(super) fn phrase_of(&self, trigger: Trigger) -> Option<&'a Phrase> {
        Story::phrase_of(self.reading, trigger)
    }

    /// Whose word or act is told of right before: "komentarz Tuska po spotkaniu z", "Tusk po
    /// rozmowie z".
    pub(super) fn whose_word(&self, trigger: Trigger) -> Option<Party> {
        let preposition = Story::preposition(self.reading, trigger)?;
        let start = self.phrase_of(trigger)?.start;
        let name = self.reading.sentence.word(start.checked_sub(1)?)?;
        let is_beside = self.reading.sentence.gap(start).is_plain();
        let party = self.story.named(name.mention?)?;
        let is_while = self.story.rules.is(Class::While, preposition);
        (is_while && is_beside && party.is_person).then_some(party)
    }

    /// Those whose names stand before a noun: "Macron's meeting", "the Biden-Xi summit".
    pub(super) fn named_before(&self, trigger: Trigger) -> Vec<Party> {
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
    pub(super) fn possessor(&self, trigger: Trigger) -> Option<Party> {
        let sentence = &self.reading.sentence;
        let mut place = trigger.place.checked_sub(1)?;
        while sentence.word(place).is_some_and(|word| {
            word.of(PartOfSpeech::Adjective).next().is_some() && !word.is(Class::Possessive)
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

    /// "o swoich spotkaniach": of whoever the clause tells of.
    fn is_own(&self, trigger: Trigger) -> bool {
        let start = self.phrase_of(trigger).map(|phrase| phrase.start);
        let mut before = start.unwrap_or(trigger.place)..trigger.place;
        before.any(|place| {
            let word = self.reading.sentence.word(place);
            word.is_some_and(|word| word.is(Class::Own))
        })
    }

    /// The phrases behind a noun, up to the next verb.
    pub(super) fn behind_noun(&self, trigger: Trigger) -> Vec<&'a Phrase> {
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

    /// Whether the subject of the clause takes part in what the noun names: "odbył spotkanie",
    /// "oświadczył po spotkaniu".
    pub(super) fn takes_part(&self, trigger: Trigger) -> bool {
        let rules = self.story.rules;
        let Some(clause) = self.reading.clauses.get(trigger.clause) else {
            return false;
        };
        let rules_are_free = self.story.language.grammar.is_free;
        let is_while = self.story.is_during(self.reading, trigger)
            || Story::preposition(self.reading, trigger)
                .is_some_and(|preposition| rules.is(Class::Before, preposition));
        let verb = self
            .story
            .told_verb(self.reading, clause)
            .and_then(|verb| self.reading.sentence.word(verb));
        let is = |class| verb.is_some_and(|verb| verb.is(class));
        // "mają ustalić plan rozmów", "zaczęła się bać rozmów": what is to be done counts.
        let begins = clause.verb.map_or(trigger.place, |verb| verb + 1);
        let mut between = begins..trigger.place;
        let is_further = rules_are_free
            && between.any(|place| {
                let word = self.reading.sentence.word(place);
                word.is_some_and(|word| word.of(PartOfSpeech::Infinitive).next().is_some())
            });
        let is_held = is(Class::Hold) && !is_further
            || self.story.is_to_be_held(self.reading, clause, trigger);
        let is_done = is_further || !is(Class::Occur);
        is_while && is_done || is_held || is(Class::Plan) || is(Class::Cancel)
    }
}
