//! Those whom a noun joins: whose it is, who stands behind it, and who takes part in it.

use super::parties::Party;
use super::phrases::{Phrase, Piece, Sort};
use super::status::Trigger;
use super::story::Story;
use super::subjects::Doer;
use super::tellings::Teller;
use crate::lang::grammar::{Agreement, Class, Rule, Slot};
use crate::lang::lexicon::{Case, PartOfSpeech};
use crate::model::MeetingKind;

impl<'a> Teller<'a, '_> {
    /// Those whom a noun joins; none where it tells of no meeting.
    pub(super) fn of_noun(&self, trigger: Trigger, rule: &Rule) -> Option<Vec<Party>> {
        let behind = self.behind_noun(trigger);
        let told_by = self.told_by(trigger);
        let is_summit = rule.kind == MeetingKind::Summit;
        if is_summit && (self.is_peak(trigger) || self.is_of_thing(&behind)) {
            return None;
        }
        let mut parties = self.whose(trigger, rule, &behind)?;
        let has_other_side = !parties.is_empty() || told_by.is_some();
        let is_between = self.add_partners(trigger, rule, &behind, &mut parties)?;
        let is_person = |party: &&Party| party.is_person;
        let persons = parties.iter().filter(is_person).count();
        // "brak rozmów z Czechami i Węgrami": they stand on one side, and the other is not told.
        if !has_other_side && !is_between && persons == 0 {
            parties.truncate(1);
        }
        // "szczyt Grupy Wyszehradzkiej z udziałem Fica i Orbána": those who came, not the group.
        if is_summit && persons > 1 {
            parties.retain(|party| party.is_person);
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

    /// Whose it is: in the genitive or dative behind it, by a name or a possessive before it, or
    /// of whoever does what is told. None where it is no meeting: "szczyt góry".
    fn whose(&self, trigger: Trigger, rule: &Rule, behind: &[&Phrase]) -> Option<Vec<Party>> {
        let mut parties = Vec::new();
        let possessor = self.possessor(trigger);
        if let Some(phrase) = behind.iter().find(|phrase| phrase.preposition.is_none()) {
            let mut members = phrase.members.iter();
            let is_genitive = phrase.agreement.has_case(Case::Genitive);
            if is_genitive
                && rule.kind == MeetingKind::Summit
                && members.clone().all(|member| member.sort == Sort::Thing)
            {
                return None;
            }
            let is_named_pair = phrase.members.len() > 1
                && members.all(|member| matches!(member.sort, Sort::Name(_)));
            let is_whose = possessor.is_none() && rule.slots.contains(&Slot::Of);
            if (is_genitive || is_named_pair) && is_whose {
                parties = self.story.parties(self.number, self.reading, phrase, &[]);
            }
        }
        let mut has_owner = !parties.is_empty();
        if rule.slots.contains(&Slot::To) {
            self.add_hosts(trigger, behind, &mut parties);
        }
        let before = possessor.into_iter().chain(self.named_before(trigger));
        for owner in before {
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
        Some(parties)
    }

    /// Adds those to whom a visit is paid: in the dative right behind it, or where the verb says
    /// that it is paid.
    fn add_hosts(&self, trigger: Trigger, behind: &[&Phrase], parties: &mut Vec<Party>) {
        let dative = Agreement::of_case(Case::Dative);
        let verb = self.reading.clauses.get(trigger.clause);
        let verb = verb.and_then(|clause| self.reading.sentence.word(clause.verb?));
        let is_paid = verb.is_some_and(|verb| verb.is(Class::Hold));
        let first = behind.first().map(|first| first.start);
        let hosts = self.phrases(trigger.clause).filter(|phrase| {
            phrase.preposition.is_none()
                && phrase.agreement.cases() == dative
                && (is_paid || first == Some(phrase.start))
        });
        for phrase in hosts {
            let found = self
                .story
                .parties(self.number, self.reading, phrase, parties);
            parties.extend(found);
        }
    }

    /// Adds those behind the prepositions of the rule, and says whether any stand "between". None
    /// where they report for a living.
    fn add_partners(
        &self,
        trigger: Trigger,
        rule: &Rule,
        behind: &[&Phrase],
        parties: &mut Vec<Party>,
    ) -> Option<bool> {
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
            for phrase in behind {
                if joined.is_some_and(|joined| phrase.start > joined + 1) {
                    break;
                }
                if phrase.preposition.as_deref() != Some(preposition)
                    || !phrase.agreement.agrees(*agreement)
                    || self.belongs_to_thing(trigger, preposition, phrase)
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
                    .parties(self.number, self.reading, phrase, parties)
                {
                    if !parties.contains(&party) {
                        parties.push(party);
                    }
                }
            }
            is_between |=
                parties.len() > before && self.story.rules.is(Class::Between, preposition);
        }
        Some(is_between)
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
