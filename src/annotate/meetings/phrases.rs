//! Noun phrases: who or what is named or described in a clause, and behind which preposition.

use super::words::{Sentence, Word, is_somebody};
use crate::lang::Language;
use crate::lang::grammar::{Agreement, Class, Rules, Sense};
use crate::lang::lexicon::{Case, PartOfSpeech};
use crate::model::{Document, EntityKind};

/// What a member of a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A name: the number of its mention.
    Name(usize),
    /// People who are described.
    People,
    /// "on", "ona", "oni".
    Pronoun,
    /// Anything else.
    Thing,
}

/// One of those that a phrase joins.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// What it stands for.
    pub sort: Sort,
    /// The word that the phrase rests on.
    pub head: usize,
    /// The first word and the one behind the last.
    pub words: std::ops::Range<usize>,
    /// What it can stand in.
    pub agreement: Agreement,
    /// The lemma of a described head; empty for a name.
    pub lemma: String,
}

impl Member {
    /// Whether it can meet anybody.
    pub(super) fn is_people(&self) -> bool {
        self.sort != Sort::Thing
    }
}

/// A noun phrase: one or more members joined by "and" or commas.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    /// The preposition before it.
    pub preposition: Option<String>,
    /// Where that stands, or the first word.
    pub start: usize,
    /// Behind its last word.
    pub end: usize,
    /// What it can stand in.
    pub agreement: Agreement,
    /// One or more.
    pub members: Vec<Member>,
}

/// A piece of a clause.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    /// A noun phrase.
    Phrase(Phrase),
    /// Any other word.
    Word(usize),
}

impl Piece {
    /// Its first word.
    pub(super) fn start(&self) -> usize {
        match self {
            Self::Phrase(phrase) => phrase.start,
            Self::Word(place) => *place,
        }
    }
}

/// Reads phrases of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Reader<'s, 'd> {
    pub document: &'d Document,
    pub sentence: &'s Sentence<'d>,
    pub language: &'static Language,
    pub rules: &'static Rules,
}

/// How deep a phrase may stand in another.
const DEEPEST: usize = 4;

impl Reader<'_, '_> {
    /// The pieces of a clause, in order.
    pub(super) fn pieces(self, clause: &[usize], verb: Option<usize>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(&place) = clause.get(at) {
            let run = run(clause, at);
            let phrase = (Some(place) != verb)
                .then(|| self.phrase(place, run))
                .flatten();
            if let Some(phrase) = phrase.filter(|phrase| phrase.end > place) {
                at += phrase.end - place;
                pieces.push(Piece::Phrase(phrase));
            } else {
                pieces.push(Piece::Word(place));
                at += 1;
            }
        }
        pieces
    }

    /// The phrase that begins at a word, with its preposition, before word `end`.
    fn phrase(self, place: usize, end: usize) -> Option<Phrase> {
        let word = self.sentence.word(place)?;
        if word.mention.is_none()
            && let Some((preposition, asked)) = word.preposition()
            && let Some(mut phrase) = self.joined(place + 1, end, asked)
        {
            phrase.preposition = Some(preposition.to_owned());
            phrase.start = place;
            return Some(phrase);
        }
        self.joined(place, end, Agreement::ALL)
    }

    /// Members in one case, joined by commas and "and".
    fn joined(self, place: usize, end: usize, asked: Agreement) -> Option<Phrase> {
        let mut members = self.member(place, end, asked, 0, Agreement::NONE)?;
        let mut cases = Agreement::NONE;
        for member in &members {
            cases = if cases.is_none() {
                member.agreement.cases()
            } else {
                cases.and(member.agreement.cases())
            };
        }
        let mut at = members.last()?.words.end;
        // Up to where commas alone have joined, and whether a list has been closed by "and".
        let mut sure = (members.len(), at, cases);
        let mut at_aside = at;
        while at < end {
            let (next, is_and) = self.behind_joint(at);
            let Some(next) = next.filter(|next| *next < end) else {
                break;
            };
            let Some(found) = self.member(next, end, asked.and(cases), 0, Agreement::NONE) else {
                break;
            };
            let (Some(last), Some(first)) = (members.last_mut(), found.first()) else {
                break;
            };
            at = found.last().map_or(end, |member| member.words.end);
            // ", prezydentem Francji," says more of the one before; so does a name of its own.
            let is_aside = !is_and && self.is_aside(last, first, at, end);
            if is_aside {
                at_aside = at;
                if let (Sort::People, Sort::Name(_)) = (last.sort, first.sort) {
                    last.sort = first.sort;
                }
                continue;
            }
            // "According to reports, Scholz": where cases do not part the two, their sorts do.
            let is_free = self.language.grammar.is_free;
            if !is_free && !is_and && last.sort == Sort::Thing && first.sort != Sort::Thing {
                break;
            }
            let shared = found
                .iter()
                .fold(cases, |all, member| all.and(member.agreement.cases()));
            if shared.is_none() {
                break;
            }
            let is_named = found
                .iter()
                .all(|member| matches!(member.sort, Sort::Name(_)));
            cases = shared;
            members.extend(found);
            if is_and || is_named && members.len() == sure.0 + 1 {
                sure = (members.len(), at, cases);
            }
        }
        members.truncate(sure.0);
        (at, cases) = (at.min(sure.1.max(at_aside)), sure.2);
        let agreement = match members.as_slice() {
            [only] => only.agreement,
            _ => cases.and(Agreement::plural()),
        };
        Some(Phrase {
            preposition: None,
            start: place,
            end: members
                .iter()
                .map(|member| member.words.end)
                .max()?
                .max(at.min(end)),
            agreement,
            members,
        })
    }

    /// Where the next member may begin behind "i", "oraz", "a także" or a comma, and whether it
    /// was a word that joins.
    fn behind_joint(self, at: usize) -> (Option<usize>, bool) {
        let Some(word) = self.sentence.word(at) else {
            return (None, false);
        };
        if word.mention.is_none() && word.is(Class::And, self.rules) && !word.gap.stop {
            let next = self.sentence.word(at + 1);
            let is_also = next.is_some_and(|next| {
                next.mention.is_none()
                    && next.of(PartOfSpeech::Particle).next().is_some()
                    && next.of(PartOfSpeech::Preposition).next().is_none()
            });
            return (Some(at + 1 + usize::from(is_also)), true);
        }
        let is_name_dash = word.gap.dash && word.mention.is_some();
        let only_comma = word.gap.comma && !word.gap.stop && !word.gap.opens && !word.gap.quote;
        if only_comma || is_name_dash {
            return (Some(at), is_name_dash);
        }
        (None, false)
    }

    /// Whether a member behind a comma only says more of the one before it.
    fn is_aside(self, last: &Member, next: &Member, at: usize, end: usize) -> bool {
        match (last.sort, next.sort) {
            (Sort::Name(_), Sort::People | Sort::Thing) => {
                // "z Tuskiem, kanclerzem i prezydentem": a list goes on to its "and".
                let (behind, is_and) = self.behind_joint(at);
                !(behind.is_some_and(|behind| behind < end) && is_and)
            }
            (Sort::People, Sort::Name(_)) => {
                let is_bare = next.head == next.words.start;
                !last.agreement.is_plural() && (is_bare || !self.language.grammar.is_free)
            }
            _ => false,
        }
    }

    /// One member with all that belongs to it; several where a plural has several names:
    /// "prezydenci Duda i Zełenski".
    fn member(
        self,
        place: usize,
        end: usize,
        asked: Agreement,
        depth: usize,
        barred: Agreement,
    ) -> Option<Vec<Member>> {
        let (head, agreement) = self.head(place, end, asked)?;
        let word = self.sentence.word(head)?;
        if let Some(mention) = word.mention {
            return Some(vec![
                self.named(place, head, end, mention, agreement, depth),
            ]);
        }
        let Some(sense) = self.sense_of_head(word, agreement) else {
            return Some(vec![Member {
                sort: Sort::Thing,
                head,
                words: place..head + 1,
                agreement,
                lemma: String::new(),
            }]);
        };
        let sort = self.sort(word, sense, agreement);
        let agreement = if sort == Sort::People {
            agreement.and(sense.agreement)
        } else {
            agreement
        };
        let mut member = Member {
            sort,
            head,
            words: place..head + 1,
            agreement,
            lemma: sense.lemma.clone(),
        };
        if self.rules.is(Class::Share, &member.lemma)
            && let Some(phrase) = self.joined(head + 1, end, Agreement::of_case(Case::Genitive))
        {
            // "z udziałem Putina i Scholza": those in the genitive stand in its place.
            let members = phrase.members.into_iter();
            return Some(
                members
                    .map(|member| Member {
                        agreement,
                        ..member
                    })
                    .collect(),
            );
        }
        if member.sort == Sort::Pronoun || self.is_trigger(sense) {
            member.words.end = self.behind_adjectives(head + 1, end, agreement);
            return Some(vec![member]);
        }
        Some(self.with_tail(member, end, depth, barred))
    }

    /// A name with what is said behind it: "MSZ Rosji", "Tusk (PO)".
    fn named(
        self,
        place: usize,
        head: usize,
        end: usize,
        mention: usize,
        agreement: Agreement,
        depth: usize,
    ) -> Member {
        let kind = self
            .document
            .mentions
            .get(mention)
            .map(|mention| mention.kind);
        let mut behind = self.behind_bracket(head + 1, end);
        if kind == Some(EntityKind::Organization)
            && depth < DEEPEST
            && self.sentence.gap(behind).is_plain()
            && self.is_place(behind)
            && let Some(tail) = self.tail(behind, end, depth, Agreement::NONE)
        {
            behind = tail;
        }
        Member {
            sort: Sort::Name(mention),
            head,
            words: place..behind.min(end).max(head + 1),
            agreement,
            lemma: String::new(),
        }
    }

    /// A described head with its tail, and with the names that stand beside it.
    fn with_tail(
        self,
        mut member: Member,
        end: usize,
        depth: usize,
        barred: Agreement,
    ) -> Vec<Member> {
        let mut at = member.words.end;
        let plain = |at: usize| at < end && self.sentence.gap(at).is_plain();
        // "prezydent miasta Anny Nowak": the name goes with the president, not with the town.
        let barred = if member.sort == Sort::People {
            member.agreement.cases()
        } else {
            barred
        };
        loop {
            if member.sort == Sort::People
                && (plain(at)
                    || at < end && member.agreement.is_plural() && self.sentence.gap(at).stop)
                && let Some(names) = self.names_beside(&member, at, end)
            {
                return names;
            }
            if !plain(at) {
                break;
            }
            let adjectives = self.behind_adjectives(at, end, member.agreement);
            if adjectives > at {
                at = adjectives;
            } else if let Some(behind) = self.affairs(at, end) {
                at = behind;
            } else if member.sort == Sort::People
                && let Some(behind) = self.seat_of(&member, at, end)
            {
                at = behind;
            } else if member.sort == Sort::People
                && let Some(next) = self.next_title(&member, at, end)
            {
                // "pan minister Nowak": the second noun goes on.
                let start = member.words.start;
                member = next;
                at = member.words.end;
                member.words.start = start;
                continue;
            } else if depth < DEEPEST
                && let Some(behind) = self.tail(at, end, depth, barred)
            {
                at = behind;
            } else {
                break;
            }
            member.words.end = at;
        }
        member.words.end = at;
        vec![member]
    }

    /// Behind where somebody holds an office, when a name follows: "ambasador Francji w Londynie
    /// Jean Nowak".
    fn seat_of(self, member: &Member, at: usize, end: usize) -> Option<usize> {
        let word = self
            .sentence
            .word(at)
            .filter(|word| word.mention.is_none())?;
        let (preposition, asked) = word.preposition()?;
        if !self.rules.is(Class::Where, preposition) {
            return None;
        }
        let seat = self.member(at + 1, end, asked, DEEPEST - 1, member.agreement.cases())?;
        let behind = seat.last()?.words.end;
        self.names_beside(member, behind, end).map(|_| behind)
    }

    fn is_place(self, at: usize) -> bool {
        let mention = self.sentence.word(at).and_then(|word| word.mention);
        let mention = mention.and_then(|mention| self.document.mentions.get(mention));
        mention.is_some_and(|mention| mention.kind == EntityKind::Place)
    }

    /// The names in the same case beside a noun for people.
    fn names_beside(self, member: &Member, at: usize, end: usize) -> Option<Vec<Member>> {
        let name_at = |at: usize| {
            let word = self.sentence.word(at).filter(|_| at < end)?;
            let mention = word.mention?;
            let kind = self.document.mentions.get(mention)?.kind;
            let cases = member.agreement.cases();
            let is_body =
                kind == EntityKind::Organization && self.rules.is(Class::Bodies, &member.lemma);
            let fits = (kind == EntityKind::Person || is_body) && word.agreement.agrees(cases);
            fits.then_some((mention, word.agreement.and(cases)))
        };
        let (mention, agreement) = name_at(at)?;
        // "męża Bibi": the name tells whose he is.
        let genitive = Agreement::of_case(Case::Genitive);
        if self.language.grammar.is_free
            && self.rules.is(Class::Kin, &member.lemma)
            && self
                .sentence
                .word(at)
                .is_some_and(|word| word.agreement.agrees(genitive))
        {
            return None;
        }
        let one = |at: usize, start: usize, mention, agreement| Member {
            sort: Sort::Name(mention),
            head: at,
            words: start..self.behind_bracket(at + 1, end),
            agreement,
            lemma: member.lemma.clone(),
        };
        if !member.agreement.is_plural() {
            let shared = member.agreement.and(agreement);
            let agreement = if shared.is_none() { agreement } else { shared };
            return Some(vec![one(at, member.words.start, mention, agreement)]);
        }
        let mut members = vec![one(at, member.words.start, mention, agreement)];
        let mut at = at + 1;
        while let (Some(next), _) = self.behind_joint(at) {
            let Some((mention, agreement)) = name_at(next) else {
                break;
            };
            members.push(one(next, next, mention, agreement));
            at = next + 1;
        }
        Some(members)
    }

    /// Another noun for the same people, right behind.
    fn next_title(self, member: &Member, at: usize, end: usize) -> Option<Member> {
        let (head, agreement) = self.head(at, end, member.agreement)?;
        let word = self
            .sentence
            .word(head)
            .filter(|word| word.mention.is_none())?;
        let sense = self.sense_of_head(word, agreement)?;
        let is_people = self.sort(word, sense, agreement) == Sort::People;
        // In the genitive it may as well be whose the first is: "żony premiera".
        let is_clear = !member.agreement.has_case(Case::Genitive);
        (head == at && is_people && is_clear && !self.is_trigger(sense)).then(|| Member {
            sort: Sort::People,
            head,
            words: at..head + 1,
            agreement,
            lemma: sense.lemma.clone(),
        })
    }

    /// Behind a phrase in the genitive that belongs to the noun before it.
    ///
    /// A person's name that agrees with `barred` belongs to a noun further out.
    fn tail(self, at: usize, end: usize, depth: usize, barred: Agreement) -> Option<usize> {
        let genitive = Agreement::of_case(Case::Genitive);
        let mut word = self.sentence.word(at)?;
        let (mut at, mut asked) = (at, genitive);
        if !self.language.grammar.is_free {
            if word.mention.is_some() || !word.is(Class::Genitive, self.rules) {
                return None;
            }
            at += 1;
            asked = Agreement::ALL;
            word = self.sentence.word(at)?;
        }
        let is_person = word.mention.is_some_and(|mention| {
            let mention = self.document.mentions.get(mention);
            mention.is_some_and(|mention| mention.kind == EntityKind::Person)
        });
        // "Na koniec dnia May …": a name that never changes is nobody's but a person's or trigger's.
        let is_rigid = word.agreement == Agreement::ALL
            && depth == 0
            && barred.is_none()
            && self.language.grammar.is_free;
        if is_person && (word.agreement.agrees(barred) || is_rigid) {
            return None;
        }
        let members = self.member(at, end, asked, depth + 1, barred)?;
        let first = members.first()?;
        if self.rules.of(&first.lemma).next().is_some() {
            return None;
        }
        let mut behind = members.last()?.words.end;
        // "premierów Polski, Czech i Węgier".
        let kind = self.kind(first).filter(|kind| *kind != EntityKind::Person);
        while kind.is_some()
            && let (Some(next), _) = self.behind_joint(behind)
            && next < end
            && let Some(found) = self.member(next, end, asked, depth + 1, barred)
            && found.iter().all(|found| self.kind(found) == kind)
            && let Some(last) = found.last()
        {
            behind = last.words.end;
        }
        Some(behind)
    }

    fn kind(self, member: &Member) -> Option<EntityKind> {
        match member.sort {
            Sort::Name(mention) => Some(self.document.mentions.get(mention)?.kind),
            _ => None,
        }
    }

    /// Behind "do spraw …" and "ds. …".
    fn affairs(self, at: usize, end: usize) -> Option<usize> {
        let text = |place: usize| Some(self.sentence.word(place)?.text.to_lowercase());
        let one = text(at)?;
        let two = format!("{one}_{}", text(at + 1).unwrap_or_default());
        let noun = if self.rules.is(Class::Affairs, &two) {
            at + 2
        } else if self.rules.is(Class::Affairs, &one) {
            at + 1
        } else {
            return None;
        };
        let adjectives = self.behind_adjectives(noun, end, Agreement::of_case(Case::Genitive));
        let behind = self.tail(adjectives.min(end), end, DEEPEST - 1, Agreement::NONE);
        Some(behind.unwrap_or(adjectives).min(end))
    }

    /// Behind adjectives that agree.
    fn behind_adjectives(self, mut at: usize, end: usize, agreement: Agreement) -> usize {
        while at < end && self.sentence.gap(at).is_plain() {
            let word = self.sentence.word(at);
            let word = word.filter(|word| word.mention.is_none() && !word.is_date);
            let Some(shared) = word.and_then(|word| self.adjective(word, agreement)) else {
                break;
            };
            // "premiera polskiego rządu": the adjective goes with the noun behind it.
            let genitive = shared.and(Agreement::of_case(Case::Genitive));
            if self
                .head(at, end, genitive)
                .is_some_and(|(head, _)| head > at)
            {
                break;
            }
            at += 1;
        }
        at
    }

    /// Behind a short remark in brackets.
    fn behind_bracket(self, at: usize, end: usize) -> usize {
        const LONGEST: usize = 4;
        if !self.sentence.gap(at).opens {
            return at;
        }
        (at + 1..end.min(at + LONGEST))
            .find(|place| self.sentence.gap(*place).closes)
            .unwrap_or(at)
    }

    /// The head of the phrase that begins here, and what all words up to it share.
    fn head(self, place: usize, end: usize, asked: Agreement) -> Option<(usize, Agreement)> {
        let mut shared = asked;
        let mut at = place;
        while at < end {
            let word = self.sentence.word(at)?;
            if at > place && !word.gap.is_plain() || word.is_date {
                return None;
            }
            if let Some(head) = self.behind_owner(at, end, shared) {
                return Some(head);
            }
            if word.mention.is_some() {
                let is_governed = at == place && asked != Agreement::ALL;
                let own = if is_governed && self.is_behind_preposition(place) {
                    word.governed
                } else {
                    word.agreement
                };
                let both = shared.and(own);
                return (!both.is_none()).then_some((at, both));
            }
            let noun = nominal(word, shared);
            let adjective = self.adjective(word, shared);
            match (noun, adjective) {
                (Some(noun), None) => return Some((at, noun)),
                (Some(noun), Some(adjective)) => {
                    let plain = self.sentence.gap(at + 1).is_plain();
                    let next = self.sentence.word(at + 1);
                    // "NATO chief Jens Stoltenberg": the noun is the head, with a name beside it.
                    let is_title = !self.language.grammar.is_free
                        && word.is(Class::People, self.rules)
                        && next.is_some_and(|next| next.mention.is_some());
                    let further = (at + 1 < end && plain && !is_title)
                        .then(|| self.head(at + 1, end, adjective))
                        .flatten();
                    return further.or(Some((at, noun)));
                }
                (None, Some(adjective)) => shared = adjective,
                (None, None) if is_number(word.text) => shared = asked,
                (None, None) => return None,
            }
            at += 1;
        }
        None
    }

    /// The head behind a name that only says whose or where from it is: "Macron's wife", "EU
    /// officials"; where cases do not tell, its place does.
    fn behind_owner(self, at: usize, end: usize, shared: Agreement) -> Option<(usize, Agreement)> {
        let mention = self.sentence.word(at)?.mention?;
        let is_free = self.language.grammar.is_free;
        if is_free || at + 1 >= end || !self.sentence.gap(at + 1).is_plain() {
            return None;
        }
        let (head, agreement) = self.head(at + 1, end, shared)?;
        let word = self.sentence.word(head)?;
        if self.is_possessive(at) {
            return Some((head, agreement));
        }
        let is_person = self.document.mentions.get(mention)?.kind == EntityKind::Person;
        let sense = self.sense_of_head(word, agreement)?;
        let is_people = self.sort(word, sense, agreement) == Sort::People;
        (!is_person && word.mention.is_none() && is_people).then_some((head, agreement))
    }

    /// Whether a name tells whose the word behind it is.
    pub(super) fn is_possessive(self, place: usize) -> bool {
        let word = self.sentence.word(place);
        word.is_some_and(|word| {
            let behind = self
                .document
                .field(self.sentence.field)
                .get(word.span.end()..);
            word.mention.is_some() && behind.is_some_and(self.language.grammar.is_possessive)
        })
    }

    fn is_behind_preposition(self, place: usize) -> bool {
        let before = place
            .checked_sub(1)
            .and_then(|before| self.sentence.word(before));
        before.is_some_and(|word| word.mention.is_none() && word.preposition().is_some())
    }

    /// What is left when an adjective, participle or numeral agrees.
    fn adjective(self, word: &Word<'_>, shared: Agreement) -> Option<Agreement> {
        let modifies = |part| {
            matches!(
                part,
                PartOfSpeech::Adjective | PartOfSpeech::Participle | PartOfSpeech::Numeral
            )
        };
        let all = word
            .senses
            .iter()
            .filter(|sense| modifies(sense.part))
            .filter(|sense| !self.rules.is(Class::Relative, &sense.lemma))
            .fold(Agreement::NONE, |all, sense| all.or(sense.agreement));
        let both = shared.and(all);
        (!both.is_none()).then_some(both)
    }

    fn sense_of_head<'w>(self, word: &'w Word<'_>, agreement: Agreement) -> Option<&'w Sense> {
        let fits = |sense: &&Sense| is_nominal(sense.part) && sense.agreement.agrees(agreement);
        let is_people = |sense: &&Sense| self.rules.is(Class::People, &sense.lemma);
        let nouns = || word.senses.iter().filter(fits);
        nouns()
            .find(|sense| sense.part == PartOfSpeech::Pronoun)
            .or_else(|| nouns().find(|sense| sense.agreement.is_personal() || is_people(sense)))
            .or_else(|| nouns().next())
    }

    fn sort(self, word: &Word<'_>, sense: &Sense, agreement: Agreement) -> Sort {
        if sense.part == PartOfSpeech::Pronoun {
            return Sort::Pronoun;
        }
        let is_personal = sense.agreement.and(agreement).is_personal();
        let is_people = || {
            self.rules.is(Class::People, &sense.lemma)
                || self.rules.is(Class::Bodies, &sense.lemma)
                || (self.language.roles.noun)(word.text).is_some()
                || sense.is_people
        };
        if is_personal || is_people() {
            Sort::People
        } else {
            Sort::Thing
        }
    }

    fn is_trigger(self, sense: &Sense) -> bool {
        self.rules.of(&sense.lemma).next().is_some()
    }

    /// Whether a name is one that can meet anybody.
    pub(super) fn is_somebody(self, mention: usize) -> bool {
        let mention = self.document.mentions.get(mention);
        mention.is_some_and(|mention| is_somebody(mention.kind))
    }
}

/// Up to where the words of a clause follow one another.
fn run(clause: &[usize], at: usize) -> usize {
    let mut end = clause.get(at).map_or(0, |place| place + 1);
    for place in clause.iter().skip(at + 1) {
        if *place != end {
            break;
        }
        end += 1;
    }
    end
}

fn is_nominal(part: PartOfSpeech) -> bool {
    matches!(
        part,
        PartOfSpeech::Noun | PartOfSpeech::Pronoun | PartOfSpeech::Gerund
    )
}

/// What is left when a noun or pronoun agrees.
fn nominal(word: &Word<'_>, shared: Agreement) -> Option<Agreement> {
    // "do" is also a note, and "a" a letter; "przyjęty" is a noun only now and then.
    let is_small_word = word.senses.iter().any(|sense| {
        matches!(
            sense.part,
            PartOfSpeech::Preposition | PartOfSpeech::Conjunction
        ) || sense.is_passive
    });
    let is_pronoun = word.of(PartOfSpeech::Pronoun).next().is_some();
    if is_small_word && !is_pronoun {
        return None;
    }
    let all = word
        .senses
        .iter()
        .filter(|sense| is_nominal(sense.part))
        .fold(Agreement::NONE, |all, sense| all.or(sense.agreement));
    // A word with a capital that nothing is known of is some name: "przywódca OWP".
    let is_unknown = word.senses.is_empty() && word.text.starts_with(char::is_uppercase);
    let both = if is_unknown { shared } else { shared.and(all) };
    (!both.is_none()).then_some(both)
}

fn is_number(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit())
}
