//! Who does what a verb says, and whom a pronoun means.

use std::rc::Rc;

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

/// The subject of a clause, its own or the one that it shares.
#[derive(Debug)]
pub(super) struct Subject {
    doer: Doer,
    /// The numbers and genders of whoever it is.
    shown: Agreement,
    /// Whether it only speaks for others: "rzecznik".
    is_spokesman: bool,
}

/// How many sentences back a subject that is left out may stand.
const FURTHEST: usize = 2;

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
        if asked.is_some_and(|(_, finite)| finite.person != 3) {
            return None;
        }
        let asked = asked.map(|(agreement, _)| agreement);
        if let Some(pair) = self.both_alone(reading, clause) {
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
            && !self.is_both(reading, phrase);
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
    fn both_alone(&self, reading: &Reading<'d>, clause: usize) -> Option<Subject> {
        let pieces = reading.pieces.get(clause)?;
        let is_both = pieces.iter().any(|piece| match piece {
            Piece::Word(place) => reading
                .sentence
                .word(*place)
                .is_some_and(|word| word.is(Class::Both, self.rules)),
            Piece::Phrase(_) => false,
        });
        let pair = self.last_pair.borrow();
        (is_both && !pair.is_empty()).then(|| Subject {
            doer: Doer::Parties(pair.clone()),
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
        if self.is_quoted(reading) {
            return found;
        }
        for back in 1..=FURTHEST {
            if !self.follows(number + 1 - back) {
                break;
            }
            let Some(earlier) = number.checked_sub(back) else {
                break;
            };
            found.extend(self.main_subject(earlier));
        }
        found
    }

    /// Whether the sentence says behind a dash or quotation mark who said it.
    fn is_quoted(&self, reading: &Reading<'d>) -> bool {
        reading.clauses.iter().any(|clause| {
            let first = clause.words.first().filter(|first| **first > 0);
            let gap = first.map(|first| reading.sentence.gap(*first));
            let verb = clause.verb.and_then(|verb| reading.sentence.word(verb));
            gap.is_some_and(|gap| gap.stop || gap.quote)
                && verb.is_some_and(|verb| verb.is(Class::Say, self.rules))
        })
    }

    fn subjects_above(
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
    fn main_subject(&self, number: usize) -> Option<Rc<Subject>> {
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
            .max_by_key(|member| (member.is_people(), member.words.end))?;
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

    fn is_country(&self, entity: usize) -> bool {
        let entity = self.document.entities.get(entity);
        entity.is_some_and(|entity| (self.language.known)().country(&entity.name).is_some())
    }

    /// People without a name: one of the article's persons where it says who, else as described.
    fn described(
        &self,
        number: usize,
        reading: &Reading<'d>,
        member: &Member,
        others: &[Party],
    ) -> Option<Party> {
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
    fn named_again(
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
    fn group(&self, reading: &Reading<'d>, member: &Member) -> Option<String> {
        let sentence = &reading.sentence;
        let text = self.document.field(sentence.field);
        let mut base = String::new();
        let mut end = None;
        let mut is_near = true;
        for place in member.words.clone() {
            let word = sentence.word(place)?;
            let is_article = || {
                let articles = self.language.articles;
                articles.contains(&word.text.to_lowercase().as_str())
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
