//! Those whom a verb joins, where its rule says that they stand.

use super::parties::Party;
use super::phrases::Sort;
use super::status::Trigger;
use super::subjects::Doer;
use super::tellings::Teller;
use crate::lang::grammar::{Agreement, Class, Rule, Slot};
use crate::lang::lexicon::Case;
use crate::model::Participant;

/// Whom the pronoun of a relative clause means.
pub(super) enum Relative {
    /// There is none where it was looked for.
    Absent,
    /// Nobody who can meet.
    Thing,
    /// This one.
    Party(Party),
}

impl Teller<'_, '_> {
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
}
