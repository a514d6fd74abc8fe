//! Who does what a verb says, and whom a pronoun means.

use super::phrases::{Member, Phrase, Piece, Sort};
use super::story::{Reading, Story};
use super::words::nominative;
use crate::lang::gender::Gender;
use crate::lang::grammar::{Agreement, Class, Finite};
use crate::lang::lexicon::PartOfSpeech;
use crate::model::{EntityKind, Participant, Span};

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

/// Who does what a verb says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Doer {
    /// These.
    Parties(Vec<Party>),
    /// Something that meets nobody: "pomysł".
    Thing,
    /// Somebody whom the text does not tell, or the speaker.
    Unknown,
}

/// How many sentences back a subject that is left out may stand.
const FURTHEST: usize = 2;

impl<'d> Story<'d> {
    /// Who does what the verb of a clause says.
    pub(super) fn doer(&self, number: usize, reading: &Reading<'d>, clause: usize) -> Doer {
        let Some(finite) = finite(reading, clause) else {
            return self.doer_above(number, reading, clause, Agreement::ALL);
        };
        let (agreement, finite) = finite;
        match finite.person {
            0 => return Doer::Unknown,
            1 | 2 => return Doer::Unknown,
            _ => {}
        }
        if let Some(doer) = self.own_doer(number, reading, clause, agreement) {
            return doer;
        }
        self.doer_above(number, reading, clause, agreement)
    }

    /// The subject that stands in the clause itself.
    fn own_doer(
        &self,
        number: usize,
        reading: &Reading<'d>,
        clause: usize,
        agreement: Agreement,
    ) -> Option<Doer> {
        let phrase = self.own_subject(reading, clause, agreement)?;
        if phrase
            .members
            .iter()
            .all(|member| member.sort == Sort::Thing)
            && !self.is_both(reading, phrase)
        {
            return Some(Doer::Thing);
        }
        let parties = self.parties(number, reading, phrase, &[]);
        Some(if parties.is_empty() {
            Doer::Unknown
        } else {
            Doer::Parties(parties)
        })
    }

    /// The phrase in the nominative that agrees with the verb of the clause.
    fn own_subject<'r>(
        &self,
        reading: &'r Reading<'d>,
        clause: usize,
        agreement: Agreement,
    ) -> Option<&'r Phrase> {
        let verb = reading.clauses.get(clause)?.verb?;
        let pieces = reading.pieces.get(clause)?;
        let phrases = pieces.iter().filter_map(|piece| match piece {
            Piece::Phrase(phrase) if phrase.preposition.is_none() => Some(phrase),
            _ => None,
        });
        let is_free = self.language.grammar.is_free;
        let fits = |phrase: &&Phrase| {
            if !is_free && phrase.start > verb {
                return false;
            }
            match phrase.members.as_slice() {
                [only] => only.agreement.and(nominative()).agrees(agreement),
                [first, .., last] => {
                    let is_many = Agreement::plural().agrees(agreement);
                    let one = |member: &Member| member.agreement.agrees(agreement);
                    phrase
                        .agreement
                        .has_case(crate::lang::lexicon::Case::Nominative)
                        && (is_many || phrase.start > verb && one(first) || one(last))
                }
                [] => false,
            }
        };
        let rank = |phrase: &&Phrase| {
            let is_people = phrase.members.iter().any(Member::is_people);
            let cases = phrase.agreement.cases();
            let is_plain =
                cases == nominative() || !cases.has_case(crate::lang::lexicon::Case::Accusative);
            let is_before = phrase.start < verb;
            let near = usize::MAX - phrase.start.abs_diff(verb);
            (is_people, is_plain, is_before, near)
        };
        phrases.filter(fits).max_by_key(rank)
    }

    /// The subject that a clause shares with the one above it, with the noun that it says more
    /// of, or with the sentence before.
    fn doer_above(
        &self,
        number: usize,
        reading: &Reading<'d>,
        clause: usize,
        agreement: Agreement,
    ) -> Doer {
        let Some(this) = reading.clauses.get(clause) else {
            return Doer::Unknown;
        };
        if this.is_relative
            && let Some(opener) = this.opener.and_then(|opener| reading.sentence.word(opener))
        {
            let shown = opener
                .senses
                .iter()
                .fold(Agreement::NONE, |all, sense| all.or(sense.agreement));
            if shown.and(nominative()).agrees(agreement) {
                let meant = this
                    .words
                    .first()
                    .and_then(|first| self.antecedent(number, reading, *first, shown));
                return meant.map_or(Doer::Unknown, |party| Doer::Parties(vec![party]));
            }
        }
        let mut above = this.parent;
        while let Some(parent) = above {
            if let Some(doer) = self.agreeing(number, reading, parent, agreement) {
                return doer;
            }
            above = reading.clauses.get(parent).and_then(|clause| clause.parent);
        }
        for back in 1..=FURTHEST {
            let follows = (0..back).all(|step| {
                number
                    .checked_sub(step)
                    .is_some_and(|later| self.follows(later))
            });
            let earlier = number.checked_sub(back).filter(|_| follows);
            let Some((earlier, reading)) =
                earlier.and_then(|earlier| Some((earlier, self.reading(earlier)?)))
            else {
                break;
            };
            for clause in 0..reading.clauses.len() {
                let is_main = reading
                    .clauses
                    .get(clause)
                    .is_some_and(|clause| clause.opener.is_none());
                if is_main && let Some(doer) = self.agreeing(earlier, &reading, clause, agreement) {
                    return doer;
                }
            }
        }
        Doer::Unknown
    }

    /// The subject of another clause, where it agrees with a verb as well.
    fn agreeing(
        &self,
        number: usize,
        reading: &Reading<'d>,
        clause: usize,
        agreement: Agreement,
    ) -> Option<Doer> {
        let (own, finite) = finite(reading, clause)?;
        if finite.person != 3 {
            return None;
        }
        let phrase = self.own_subject(reading, clause, own)?;
        let shown = match phrase.members.as_slice() {
            [only] => only.agreement.in_any_case(),
            _ => Agreement::plural(),
        };
        let is_people = phrase.members.iter().all(Member::is_people);
        (is_people && shown.agrees(agreement))
            .then(|| Doer::Parties(self.parties(number, reading, phrase, &[])))
    }

    /// The noun right before a relative clause.
    pub(super) fn antecedent(
        &self,
        number: usize,
        reading: &Reading<'d>,
        before: usize,
        shown: Agreement,
    ) -> Option<Party> {
        let pieces = reading.pieces.iter().flatten();
        let members = pieces.filter_map(|piece| match piece {
            Piece::Phrase(phrase) => Some(phrase.members.iter()),
            Piece::Word(_) => None,
        });
        let last = members
            .flatten()
            .filter(|member| {
                member.words.end <= before && member.agreement.in_any_case().agrees(shown)
            })
            .max_by_key(|member| member.words.end)?;
        self.party(number, reading, last, &[])
    }

    /// Who a phrase stands for, without things.
    pub(super) fn parties(
        &self,
        number: usize,
        reading: &Reading<'d>,
        phrase: &Phrase,
        others: &[Party],
    ) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        if self.is_both(reading, phrase) {
            return self.last_pair.borrow().clone();
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

    /// "obaj politycy": those of whom the article told last.
    fn is_both(&self, reading: &Reading<'d>, phrase: &Phrase) -> bool {
        let [only] = phrase.members.as_slice() else {
            return false;
        };
        let is_named = matches!(only.sort, Sort::Name(_));
        let is_both = |place: usize| {
            let word = reading.sentence.word(place);
            word.is_some_and(|word| word.mention.is_none() && word.is(Class::Both, self.rules))
        };
        !is_named && only.words.clone().take(2).any(is_both)
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
            Sort::People => self.described(number, reading, member),
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

    fn named(&self, mention: usize) -> Option<Party> {
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

    fn is_country(&self, entity: usize) -> bool {
        let entity = self.document.entities.get(entity);
        entity.is_some_and(|entity| (self.language.known)().country(&entity.name).is_some())
    }

    /// People without a name: one of the article's persons where it says who, else as described.
    fn described(&self, number: usize, reading: &Reading<'d>, member: &Member) -> Option<Party> {
        let sentence = &reading.sentence;
        if let Some(party) = self.only_woman(reading, member) {
            return Some(party);
        }
        let head = sentence.word(member.head)?;
        let known = self.document.descriptions.iter().find(|description| {
            description.field == sentence.field && description.span.overlaps(head.span)
        });
        let known = known
            .map(|description| description.entity)
            .or_else(|| self.titled(number, reading, member));
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

    /// Those who are described, in the nominative: the head and what agrees with it are put in
    /// it, the rest stays.
    fn group(&self, reading: &Reading<'d>, member: &Member) -> Option<String> {
        let sentence = &reading.sentence;
        let text = self.document.field(sentence.field);
        let mut base = String::new();
        let mut end = None;
        let mut is_near = true;
        for place in member.words.clone() {
            let word = sentence.word(place)?;
            if let Some(end) = end {
                base.push_str(Span::new(end, word.span.start()).of(text));
            }
            end = Some(word.span.end());
            let agrees = word.senses.iter().any(|sense| {
                sense.part != PartOfSpeech::Preposition && sense.agreement.agrees(member.agreement)
            });
            is_near &= place <= member.head || agrees;
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
    fn titled(&self, number: usize, reading: &Reading<'d>, member: &Member) -> Option<usize> {
        let head = reading.sentence.word(member.head)?;
        let is_alone = member.words.len() == 1 && !member.agreement.is_plural();
        let noun = (self.language.roles.noun)(head.text).filter(|_| is_alone)?;
        let mut bearers: Vec<usize> = Vec::new();
        for earlier in 0..=number {
            let earlier = self.reading(earlier)?;
            let is_here = earlier.sentence.span == reading.sentence.span
                && earlier.sentence.field == reading.sentence.field;
            let members = earlier
                .pieces
                .iter()
                .flatten()
                .filter_map(|piece| match piece {
                    Piece::Phrase(phrase) => Some(&phrase.members),
                    Piece::Word(_) => None,
                });
            for other in members.flatten() {
                let is_before = !is_here || other.head < member.head;
                if let Sort::Name(mention) = other.sort
                    && is_before
                    && other.lemma == noun
                    && let Some(mention) = self.document.mentions.get(mention)
                    && !bearers.contains(&mention.entity)
                {
                    bearers.push(mention.entity);
                }
            }
        }
        match bearers.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The one woman whom the article has named so far, where an office is a woman's:
    /// "brytyjska premier".
    fn only_woman(&self, reading: &Reading<'d>, member: &Member) -> Option<Party> {
        let head = reading.sentence.word(member.head)?;
        let is_one = member.agreement.is_feminine() && !member.agreement.is_plural();
        let noun = (self.language.roles.noun)(head.text).filter(|_| is_one)?;
        (self.language.roles.office)(&noun)?;
        let place = (reading.sentence.field, head.span.start());
        let before = self
            .document
            .mentions
            .iter()
            .take_while(|mention| (mention.field, mention.span.start()) < place);
        let mut women: Vec<usize> = before
            .map(|mention| mention.entity)
            .filter(|entity| self.gender(*entity) == Some(Gender::Feminine))
            .collect();
        women.sort_unstable();
        women.dedup();
        let [only] = women.as_slice() else {
            return None;
        };
        Some(Party {
            participant: Participant::Entity(*only),
            is_country: false,
            is_person: true,
        })
    }

    /// The person nearest before a pronoun whom it can mean: one that agrees, is not among the
    /// others already and does not only speak for somebody.
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
        let mut nearest = self.nearest(reading, place, agreement, others);
        for back in 1..=FURTHEST {
            if nearest.is_some() {
                break;
            }
            let earlier = self.reading(number.checked_sub(back)?)?;
            if earlier.sentence.field != reading.sentence.field {
                break;
            }
            nearest = self.nearest(&earlier, usize::MAX, agreement, others);
        }
        nearest
    }

    fn nearest(
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
            let fits = member.agreement.in_any_case().agrees(agreement)
                && !self.rules.is(Class::Spokesman, &member.lemma)
                && !others.contains(&party);
            fits.then_some(party)
        })
    }
}

/// What the verb of a clause asks of its subject.
pub(super) fn finite(reading: &Reading<'_>, clause: usize) -> Option<(Agreement, Finite)> {
    let verb = reading.clauses.get(clause)?.verb?;
    let (_, finite) = reading.sentence.word(verb)?.finite()?;
    let senses = reading.sentence.word(verb)?.senses.iter();
    let agreement = senses
        .filter(|sense| sense.finite.is_some())
        .fold(Agreement::NONE, |all, sense| all.or(sense.agreement));
    Some((agreement, finite))
}
