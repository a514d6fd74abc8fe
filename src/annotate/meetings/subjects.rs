//! Who does what a verb says, also where the words leave it out.

use std::rc::Rc;

use super::parties::Party;
use super::phrases::{Member, Phrase, Piece, Sort};
use super::story::{Reading, Story};
use super::words::nominative;
use crate::lang::grammar::{Agreement, Class, Finite};

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

/// The subject of a clause, its own or the one that it shares.
#[derive(Debug)]
pub(super) struct Subject {
    pub doer: Doer,
    /// The numbers and genders of whoever it is.
    pub shown: Agreement,
    /// Whether it only speaks for others: "rzecznik".
    pub is_spokesman: bool,
}

/// How many sentences back a subject that is left out may stand.
pub(super) const FURTHEST: usize = 2;

/// How many subjects may be left out one after another.
const LONGEST_CHAIN: usize = 8;

impl<'d> Story<'d> {
    /// Who does what the verb of a clause says.
    pub(super) fn doer(&self, number: usize, clause: usize) -> Doer {
        self.subject(number, clause)
            .map_or(Doer::Unknown, |subject| subject.doer.clone())
    }

    /// The subject of a clause, worked out once.
    fn subject(&self, number: usize, clause: usize) -> Option<Rc<Subject>> {
        if let Some(known) = self.subjects.borrow().get(&(number, clause)) {
            return known.clone();
        }
        let depth = self.depth.get();
        if depth == LONGEST_CHAIN {
            return None;
        }
        self.depth.set(depth + 1);
        self.subjects.borrow_mut().insert((number, clause), None);
        let subject = self
            .reading(number)
            .and_then(|reading| self.find_subject(number, &reading, clause))
            .map(Rc::new);
        self.subjects
            .borrow_mut()
            .insert((number, clause), subject.clone());
        self.depth.set(depth);
        subject
    }

    fn find_subject(&self, number: usize, reading: &Reading<'d>, clause: usize) -> Option<Subject> {
        let asked = self.finite(reading, clause);
        let is_infinite = asked.is_none();
        let above = reading.clauses.get(clause)?;
        let above = above.parent.filter(|_| above.opener.is_none());
        // "możemy się wycofać, negocjować z nimi": the speaker goes on.
        let is_of_speaker = is_infinite
            && above
                .and_then(|above| self.finite(reading, above))
                .is_some_and(|(_, finite)| finite.person != 3);
        if is_of_speaker {
            return None;
        }
        if asked.is_some_and(|(_, finite)| finite.person != 3) {
            return None;
        }
        let asked = asked.map(|(agreement, _)| agreement);
        if let Some(pair) = self.both_alone(number, reading, clause) {
            return Some(pair);
        }
        let own = asked.and_then(|asked| self.own_subject(reading, clause, asked));
        let Some(phrase) = own else {
            return self.shared_subject(number, reading, clause, asked.unwrap_or(Agreement::ALL));
        };
        let shown = match phrase.members.as_slice() {
            [only] => only.agreement.in_any_case(),
            _ => Agreement::plural(),
        };
        let is_thing = phrase
            .members
            .iter()
            .all(|member| member.sort == Sort::Thing)
            && !Self::is_both(reading, phrase);
        let parties = self.parties(number, reading, phrase, &[]);
        let doer = match (is_thing, parties.is_empty()) {
            (true, _) => Doer::Thing,
            (false, true) => Doer::Unknown,
            (false, false) => Doer::Parties(parties),
        };
        Some(Subject {
            doer,
            shown,
            is_spokesman: phrase
                .members
                .iter()
                .any(|member| self.rules.is(Class::Spokesman, &member.lemma)),
        })
    }

    /// "Obaj spotkali się": the two who were told of last.
    fn both_alone(&self, number: usize, reading: &Reading<'d>, clause: usize) -> Option<Subject> {
        let pieces = reading.pieces.get(clause)?;
        let is_both = pieces.iter().any(|piece| match piece {
            Piece::Word(place) => reading
                .sentence
                .word(*place)
                .is_some_and(|word| word.is(Class::Both)),
            Piece::Phrase(_) => false,
        });
        if !is_both {
            return None;
        }
        let start = *reading.clauses.get(clause)?.words.first()?;
        let pair = self.both(number, reading, start);
        (!pair.is_empty()).then(|| Subject {
            doer: Doer::Parties(pair),
            shown: Agreement::plural(),
            is_spokesman: false,
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
        // "na szczycie NATO": what stands in the genitive behind such a noun does nothing.
        let is_owner = |phrase: &Phrase| {
            phrase
                .agreement
                .has_case(crate::lang::lexicon::Case::Genitive)
                && pieces.iter().any(|piece| match piece {
                    Piece::Phrase(before) => {
                        before.end == phrase.start
                            && before
                                .members
                                .iter()
                                .any(|member| self.rules.of(&member.lemma).next().is_some())
                    }
                    Piece::Word(_) => false,
                })
        };
        let fits = |phrase: &&Phrase| {
            if !is_free && phrase.start > verb || is_owner(phrase) {
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
    fn shared_subject(
        &self,
        number: usize,
        reading: &Reading<'d>,
        clause: usize,
        asked: Agreement,
    ) -> Option<Subject> {
        let this = reading.clauses.get(clause)?;
        if this.is_relative
            && let Some(opener) = this.opener.and_then(|opener| reading.sentence.word(opener))
        {
            let shown = opener
                .senses
                .iter()
                .fold(Agreement::NONE, |all, sense| all.or(sense.agreement));
            if shown.and(nominative()).agrees(asked) {
                let party = self.antecedent(number, reading, *this.words.first()?, shown);
                return party.map(|party| Subject {
                    doer: Doer::Parties(vec![party]),
                    shown: shown.and(asked).in_any_case(),
                    is_spokesman: false,
                });
            }
        }
        let found = self.subjects_before(number, reading, clause);
        found
            .iter()
            .find(|subject| matches!(subject.doer, Doer::Parties(_)) && subject.shown.agrees(asked))
            .map(|subject| Subject {
                doer: subject.doer.clone(),
                shown: subject.shown.and(asked).in_any_case(),
                is_spokesman: subject.is_spokesman,
            })
    }

    /// The subjects of the clauses above, then those of the sentences before, nearest first.
    fn subjects_before(
        &self,
        number: usize,
        reading: &Reading<'d>,
        clause: usize,
    ) -> Vec<Rc<Subject>> {
        let mut found = self.subjects_above(number, reading, clause);
        // What somebody is quoted with does not go on about the one who was told of before.
        if Self::is_quoted(reading) {
            return found;
        }
        for back in 1..=FURTHEST {
            let goes_on = self.follows(number + 1 - back);
            let Some(earlier) = number.checked_sub(back) else {
                break;
            };
            // From one paragraph to the next only one person goes on.
            let is_one = |subject: &Rc<Subject>| match &subject.doer {
                Doer::Parties(parties) => matches!(parties.as_slice(), [one] if one.is_person),
                _ => false,
            };
            let subject = self.main_subject(earlier);
            found.extend(subject.filter(|subject| goes_on || is_one(subject)));
            if !goes_on {
                break;
            }
        }
        found
    }

    /// Whether the sentence says behind a dash or quotation mark who said it.
    fn is_quoted(reading: &Reading<'d>) -> bool {
        reading.clauses.iter().any(|clause| {
            let first = clause.words.first().filter(|first| **first > 0);
            let gap = first.map(|first| reading.sentence.gap(*first));
            let verb = clause.verb.and_then(|verb| reading.sentence.word(verb));
            gap.is_some_and(|gap| gap.stop || gap.quote)
                && verb.is_some_and(|verb| verb.is(Class::Say))
        })
    }

    pub(super) fn subjects_above(
        &self,
        number: usize,
        reading: &Reading<'d>,
        clause: usize,
    ) -> Vec<Rc<Subject>> {
        let parent = |clause: usize| reading.clauses.get(clause)?.parent;
        std::iter::successors(parent(clause), |above| parent(*above))
            .filter_map(|above| self.subject(number, above))
            .collect()
    }

    /// The subject of a sentence's first clause that stands for itself.
    pub(super) fn main_subject(&self, number: usize) -> Option<Rc<Subject>> {
        let reading = self.reading(number)?;
        let mut clauses = reading.clauses.iter().enumerate();
        let (clause, _) = clauses.find(|(_, clause)| clause.opener.is_none())?;
        self.subject(number, clause)
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
}

impl Story<'_> {
    /// What the verb of a clause asks of its subject. Of a word that can be a form of several
    /// verbs the one is meant that sentences on meetings turn on: "zasiedli" is of "zasiąść".
    pub(super) fn finite(
        &self,
        reading: &Reading<'_>,
        clause: usize,
    ) -> Option<(Agreement, Finite)> {
        let verb = reading.clauses.get(clause)?.verb?;
        let senses = &reading.sentence.word(verb)?.senses;
        let all = || senses.iter().filter(|sense| sense.finite.is_some());
        let chosen = all()
            .find(|sense| self.rules.knows_verb(&sense.lemma))
            .or_else(|| all().next())?;
        let agreement = all()
            .filter(|sense| sense.lemma == chosen.lemma)
            .fold(Agreement::NONE, |all, sense| all.or(sense.agreement));
        Some((agreement, chosen.finite?))
    }
}
