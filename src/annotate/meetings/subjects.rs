//! Who does what a verb says, and whom a pronoun means.

use super::phrases::{Member, Phrase, Piece, Sort};
use super::story::{Reading, Story};
use super::words::nominative;
use crate::lang::grammar::{Agreement, Class, Finite};
use crate::model::{EntityKind, Participant};

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
    fn antecedent(
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
        for member in &phrase.members {
            if let Some(party) = self.party(number, reading, member, others)
                && !parties.contains(&party)
            {
                parties.push(party);
            }
        }
        parties
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
            Sort::People => self.described(reading, member),
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
    fn described(&self, reading: &Reading<'d>, member: &Member) -> Option<Party> {
        let sentence = &reading.sentence;
        let first = sentence.word(member.words.start)?;
        let last = sentence.word(member.words.end.checked_sub(1)?)?;
        let head = sentence.word(member.head)?;
        let known = self.document.descriptions.iter().find(|description| {
            description.field == sentence.field && description.span.overlaps(head.span)
        });
        if let Some(description) = known {
            return Some(Party {
                participant: Participant::Entity(description.entity),
                is_country: false,
                is_person: true,
            });
        }
        let text = self.document.field(sentence.field);
        let phrase = text.get(first.span.start()..last.span.end())?;
        let mut words: Vec<String> = phrase.split_whitespace().map(str::to_owned).collect();
        if let Some(word) = words.first_mut()
            && first.mention.is_none()
            && first.span.start() == sentence.span.start()
        {
            *word = word.to_lowercase();
        }
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let base = (self.language.base_name)(&words, EntityKind::Organization, None);
        Some(Party {
            participant: Participant::Group(base),
            is_country: false,
            is_person: false,
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
