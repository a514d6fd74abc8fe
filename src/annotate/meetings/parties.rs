//! Who a phrase stands for: a name, people who are described, or whom a pronoun means.

use std::cell::RefMut;
use std::rc::Rc;

use super::bearers::Bearers;
use super::phrases::{Member, Phrase, Piece, Sort};
use super::story::{Reading, Story};
use super::subjects::{Doer, FURTHEST, Subject};
use crate::lang::gender::Gender;
use crate::lang::grammar::{Agreement, Class};
use crate::lang::lexicon::{Case, PartOfSpeech};
use crate::model::{EntityKind, Field, Participant, Span};

/// Somebody who may take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Party {
    /// Who it is.
    pub participant: Participant,
    /// Whether it is a country, which meets nobody unless countries talk.
    pub is_country: bool,
    /// Whether it is a person's name.
    pub is_person: bool,
}

impl<'d> Story<'d> {
    /// Who a phrase stands for, without things.
    pub(super) fn parties(
        &self,
        number: usize,
        reading: &Reading<'d>,
        phrase: &Phrase,
        others: &[Party],
    ) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        if Self::is_both(reading, phrase) {
            return self.both(number, reading, phrase.start);
        }
        for member in &phrase.members {
            if let Some(party) = self.party(number, reading, member, others)
                && !parties.contains(&party)
            {
                parties.push(party);
            }
        }
        parties
    }

    /// The two who were named together right before, else of whom a meeting was told last.
    pub(super) fn both(&self, number: usize, reading: &Reading<'d>, place: usize) -> Vec<Party> {
        if let Some(pair) = self.pair_in(reading, place) {
            return pair;
        }
        let before = number
            .checked_sub(1)
            .and_then(|before| self.reading(before));
        before
            .and_then(|before| self.pair_in(&before, usize::MAX))
            .unwrap_or_else(|| self.last_pair.borrow().clone())
    }

    /// The last phrase before a word that joins the names of two persons.
    fn pair_in(&self, reading: &Reading<'d>, before: usize) -> Option<Vec<Party>> {
        let pieces = reading.pieces.iter().flatten();
        let phrases = pieces.filter_map(|piece| match piece {
            Piece::Phrase(phrase) if phrase.end <= before => Some(phrase),
            _ => None,
        });
        let pairs = phrases.filter_map(|phrase| {
            let [one, other] = phrase.members.as_slice() else {
                return None;
            };
            let person = |member: &Member| match member.sort {
                Sort::Name(mention) => self.named(mention).filter(|party| party.is_person),
                _ => None,
            };
            Some((phrase.start, vec![person(one)?, person(other)?]))
        });
        pairs.max_by_key(|(start, _)| *start).map(|(_, pair)| pair)
    }

    /// "obaj politycy": those of whom the article told last.
    pub(super) fn is_both(reading: &Reading<'d>, phrase: &Phrase) -> bool {
        let [only] = phrase.members.as_slice() else {
            return false;
        };
        let is_named = matches!(only.sort, Sort::Name(_));
        let is_both = |place: usize| {
            let word = reading.sentence.word(place);
            word.is_some_and(|word| word.mention.is_none() && word.is(Class::Both))
        };
        // "obie osobowości" are nobody.
        let is_thing = only.sort == Sort::Thing && !is_both(only.head);
        // In "prezesów obu banków" the two are others.
        let mut before = only.words.start..only.head + 1;
        !is_named && !is_thing && before.any(is_both)
    }

    /// Who a member stands for.
    pub(super) fn party(
        &self,
        number: usize,
        reading: &Reading<'d>,
        member: &Member,
        others: &[Party],
    ) -> Option<Party> {
        match member.sort {
            Sort::Name(mention) => self.named(mention),
            Sort::People => self.described(number, reading, member, others),
            Sort::Pronoun => {
                let is_third = self.rules.is(Class::Pronoun, &member.lemma);
                let agreement = member.agreement.in_any_case();
                let meant =
                    is_third.then(|| self.meant(number, reading, member.head, agreement, others));
                meant.flatten()
            }
            Sort::Thing => None,
        }
    }

    pub(super) fn named(&self, mention: usize) -> Option<Party> {
        let mention = self.document.mentions.get(mention)?;
        let is_country = mention.kind == EntityKind::Place && self.is_country(mention.entity);
        let fits =
            is_country || matches!(mention.kind, EntityKind::Person | EntityKind::Organization);
        fits.then_some(Party {
            participant: Participant::Entity(mention.entity),
            is_country,
            is_person: mention.kind == EntityKind::Person,
        })
    }

    pub(super) fn is_country(&self, entity: usize) -> bool {
        let entity = self.document.entities.get(entity);
        entity.is_some_and(|entity| (self.language.known)().country(&entity.name).is_some())
    }

    /// People without a name: one of the article's persons where it says who, else as described.
    pub(super) fn described(
        &self,
        number: usize,
        reading: &Reading<'d>,
        member: &Member,
        others: &[Party],
    ) -> Option<Party> {
        let sentence = &reading.sentence;
        if member.words.len() == 1 && self.rules.is(Class::Address, &member.lemma) {
            return None;
        }
        let is_every = |place: usize| {
            sentence
                .word(place)
                .is_some_and(|word| word.is(Class::Every))
        };
        if member.words.clone().any(is_every) {
            return None;
        }
        if let Some(party) = self.only_woman(reading, member) {
            return Some(party);
        }
        let head = sentence.word(member.head)?;
        let known = self.document.descriptions.iter().find(|description| {
            description.field == sentence.field && description.span.overlaps(head.span)
        });
        let known = known
            .map(|description| description.entity)
            .or_else(|| self.titled(number, reading, member))
            .or_else(|| self.named_again(number, reading, member, others));
        if let Some(entity) = known {
            return Some(Party {
                participant: Participant::Entity(entity),
                is_country: false,
                is_person: true,
            });
        }
        Some(Party {
            participant: Participant::Group(self.group(reading, member)?),
            is_country: false,
            is_person: false,
        })
    }

    /// Whom a bare noun means that names somebody again: "Dyplomata".
    pub(super) fn named_again(
        &self,
        number: usize,
        reading: &Reading<'d>,
        member: &Member,
        others: &[Party],
    ) -> Option<usize> {
        let is_generic = self.rules.is(Class::Generic, &member.lemma) && member.words.len() == 1;
        let agreement = member.agreement.in_any_case();
        let party = is_generic
            .then(|| self.meant(number, reading, member.head, agreement, others))
            .flatten()?;
        match party.participant {
            Participant::Entity(entity) => Some(entity),
            Participant::Group(_) => None,
        }
    }

    /// Those who are described, in the nominative: the head and what agrees with it are put in
    /// it, the rest stays.
    pub(super) fn group(&self, reading: &Reading<'d>, member: &Member) -> Option<String> {
        let sentence = &reading.sentence;
        let text = self.document.field(sentence.field);
        let mut base = String::new();
        let mut end = None;
        let mut is_near = true;
        for place in member.words.clone() {
            let word = sentence.word(place)?;
            // "Polakami mieszkającymi w Londynie": without what belongs to it it says nothing.
            let is_cut_off = place > member.head && place + 1 == member.words.end;
            let is_doing = word
                .of(PartOfSpeech::Participle)
                .any(|sense| !sense.is_passive);
            if is_cut_off && is_doing {
                break;
            }
            let is_article = || {
                let articles = self.language.articles;
                articles.contains(&word.text.to_lowercase().as_str()) || word.is(Class::Own)
            };
            if place == member.words.start && place < member.head && is_article() {
                continue;
            }
            if let Some(end) = end {
                base.push_str(Span::new(end, word.span.start()).of(text));
            }
            end = Some(word.span.end());
            let agrees = word.senses.iter().any(|sense| {
                sense.part != PartOfSpeech::Preposition && sense.agreement.agrees(member.agreement)
            });
            // "trzystu posłów" are "posłowie".
            let is_number = place < member.head
                && (word.of(PartOfSpeech::Numeral).next().is_some()
                    || word.text.chars().all(|letter| letter.is_ascii_digit()));
            if is_number {
                end = None;
                continue;
            }
            // "szefa polskiego rządu": an adjective that goes with what stands behind it stays.
            let is_behind = place > member.head && place + 1 < member.words.end && {
                let next = sentence.word(place + 1)?;
                let genitive = Agreement::of_case(Case::Genitive);
                let own = word
                    .senses
                    .iter()
                    .fold(Agreement::NONE, |all, sense| all.or(sense.agreement));
                let mut nouns = next.of(PartOfSpeech::Noun);
                nouns.any(|noun| noun.agreement.and(genitive).agrees(own))
            };
            is_near &= place <= member.head || agrees && !is_behind;
            let changed = (word.mention.is_none() && is_near && agrees)
                .then(|| (self.language.grammar.nominative)(word.text, member.agreement))
                .flatten();
            let written = changed.as_deref().unwrap_or(word.text);
            if place == 0 && word.mention.is_none() {
                base.push_str(&written.to_lowercase());
            } else {
                base.push_str(written);
            }
        }
        Some(base)
    }

    /// The only person named so far with the same office, where it stands alone: "wicepremier"
    /// behind "wicepremier Leszek Balcerowicz".
    pub(super) fn titled(
        &self,
        number: usize,
        reading: &Reading<'d>,
        member: &Member,
    ) -> Option<usize> {
        let head = reading.sentence.word(member.head)?;
        let is_alone = member.words.len() == 1 && !member.agreement.is_plural();
        let noun = (self.language.roles.noun)(head.text).filter(|_| is_alone)?;
        self.bearers_read_up_to(number)
            .only(&noun, (number, member.head))
    }

    /// Who bears which office, with all sentences up to this one read.
    fn bearers_read_up_to(&self, number: usize) -> RefMut<'_, Bearers> {
        let mut bearers = self.bearers.borrow_mut();
        while bearers.sentences <= number {
            let sentence = bearers.sentences;
            let Some(reading) = self.reading(sentence) else {
                break;
            };
            bearers.sentences += 1;
            let mut members: Vec<&Member> = reading
                .pieces
                .iter()
                .flatten()
                .filter_map(|piece| match piece {
                    Piece::Phrase(phrase) => Some(&phrase.members),
                    Piece::Word(_) => None,
                })
                .flatten()
                .collect();
            members.sort_by_key(|member| member.head);
            for member in members {
                if let Sort::Name(mention) = member.sort
                    && let Some(mention) = self.document.mentions.get(mention)
                {
                    bearers.add(&member.lemma, (sentence, member.head), mention.entity);
                }
            }
        }
        bearers
    }

    /// The one woman whom the article has named so far, where an office is a woman's:
    /// "brytyjska premier".
    pub(super) fn only_woman(&self, reading: &Reading<'d>, member: &Member) -> Option<Party> {
        let head = reading.sentence.word(member.head)?;
        let is_one = member.agreement.is_feminine() && !member.agreement.is_plural();
        let noun = (self.language.roles.noun)(head.text).filter(|_| is_one)?;
        (self.language.roles.office)(&noun)?;
        let place = (reading.sentence.field, head.span.start());
        let mut before = self.women().iter().take_while(|woman| woman.0 < place);
        let (Some((_, only)), None) = (before.next(), before.next()) else {
            return None;
        };
        Some(Party {
            participant: Participant::Entity(*only),
            is_country: false,
            is_person: true,
        })
    }

    /// The first two women whom the article names, and where it does so first.
    fn women(&self) -> &[((Field, usize), usize)] {
        self.women.get_or_init(|| {
            let mut women: Vec<((Field, usize), usize)> = Vec::new();
            for mention in &self.document.mentions {
                let is_known = women.iter().any(|(_, entity)| *entity == mention.entity);
                if !is_known && self.gender(mention.entity) == Some(Gender::Feminine) {
                    women.push(((mention.field, mention.span.start()), mention.entity));
                }
                if women.len() == 2 {
                    break;
                }
            }
            women
        })
    }

    /// Whom a pronoun means: the subject of a clause above or of the sentence before, else the
    /// person named last; one that agrees, is not among the others already and does not only
    /// speak for somebody.
    pub(super) fn meant(
        &self,
        number: usize,
        reading: &Reading<'d>,
        place: usize,
        agreement: Agreement,
        others: &[Party],
    ) -> Option<Party> {
        if agreement.is_plural() {
            return None;
        }
        let one = |subject: &Subject| match &subject.doer {
            Doer::Parties(parties) => match parties.as_slice() {
                [only] if !others.contains(only) => Some(only.clone()),
                _ => None,
            },
            _ => None,
        };
        let fits = |subject: &Rc<Subject>| {
            !subject.is_spokesman && subject.shown.agrees(agreement) && one(subject).is_some()
        };
        let clause = reading
            .clauses
            .iter()
            .position(|clause| clause.words.contains(&place))?;
        let above = self.subjects_above(number, reading, clause);
        if let Some(subject) = above.iter().find(|subject| fits(subject)) {
            return one(subject);
        }
        if let Some(party) = self.nearest(reading, place, agreement, others) {
            return Some(party);
        }
        for back in 1..=FURTHEST {
            let number = number.checked_sub(back)?;
            let earlier = self.reading(number)?;
            if earlier.sentence.field != reading.sentence.field {
                break;
            }
            if let Some(subject) = self.main_subject(number).filter(fits) {
                return one(&subject);
            }
            if let Some(party) = self.nearest(&earlier, usize::MAX, agreement, others) {
                return Some(party);
            }
        }
        None
    }

    /// The person named last before a word.
    pub(super) fn nearest(
        &self,
        reading: &Reading<'d>,
        before: usize,
        agreement: Agreement,
        others: &[Party],
    ) -> Option<Party> {
        let pieces = reading.pieces.iter().flatten();
        let members = pieces.filter_map(|piece| match piece {
            Piece::Phrase(phrase) => Some(phrase.members.iter()),
            Piece::Word(_) => None,
        });
        let mut members: Vec<&Member> = members
            .flatten()
            .filter(|member| member.words.end <= before)
            .collect();
        members.sort_by_key(|member| std::cmp::Reverse(member.head));
        members.into_iter().find_map(|member| {
            let Sort::Name(mention) = member.sort else {
                return None;
            };
            let party = self.named(mention).filter(|party| party.is_person)?;
            // Of whom it is not known, only a man is meant.
            let entity = self.document.mentions.get(mention)?.entity;
            let is_man = self.gender(entity).is_some()
                || Agreement::of_person(true, false).agrees(agreement);
            let fits = is_man
                && member.agreement.in_any_case().agrees(agreement)
                && !self.rules.is(Class::Spokesman, &member.lemma)
                && !others.contains(&party);
            fits.then_some(party)
        })
    }
}
