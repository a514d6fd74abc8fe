//! What belongs to the head of a noun phrase, behind it: names, adjectives, genitives.

use super::phrases::{DEEPEST, Member, Reader, Sort};
use crate::lang::grammar::{Agreement, Class};
use crate::lang::lexicon::Case;
use crate::model::EntityKind;

impl Reader<'_, '_> {
    /// A described head with its tail, and with the names that stand beside it.
    pub(super) fn with_tail(
        self,
        mut member: Member,
        end: usize,
        depth: usize,
        barred: Agreement,
    ) -> Vec<Member> {
        let mut at = member.words.end;
        let plain = |at: usize| at < end && self.sentence.gap(at).is_plain();
        // "prezydent miasta Anny Nowak": the name goes with the president, not with the town.
        let barred = if self.is_told_by_whose(&member) {
            Agreement::NONE
        } else if member.sort == Sort::People {
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

    /// Behind where or for what somebody holds an office, when a name follows: "ambasador Francji w
    /// Londynie Jean Nowak", "minister ds. współpracy z Polonią Jan Nowak".
    pub(super) fn seat_of(self, member: &Member, at: usize, end: usize) -> Option<usize> {
        let word = self
            .sentence
            .word(at)
            .filter(|word| word.mention.is_none())?;
        let (_, asked) = word.preposition()?;
        let seat = self.member(at + 1, end, asked, DEEPEST - 1, member.agreement.cases())?;
        let behind = seat.last()?.words.end;
        self.names_beside(member, behind, end).map(|_| behind)
    }

    /// Whether the name behind tells whose it is: "żona Tuska", "rząd Tuska".
    fn is_told_by_whose(self, member: &Member) -> bool {
        let classes = [Class::Kin, Class::Collective];
        classes
            .into_iter()
            .any(|class| self.rules.is(class, &member.lemma))
    }

    pub(super) fn is_place(self, at: usize) -> bool {
        let mention = self.sentence.word(at).and_then(|word| word.mention);
        let mention = mention.and_then(|mention| self.document.mentions.get(mention));
        mention.is_some_and(|mention| mention.kind == EntityKind::Place)
    }

    /// The names in the same case beside a noun for people.
    pub(super) fn names_beside(
        self,
        member: &Member,
        at: usize,
        end: usize,
    ) -> Option<Vec<Member>> {
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
        let at = self.behind_short_titles(at);
        let (mention, agreement) = name_at(at)?;
        // "męża Bibi": the name tells whose he is.
        let genitive = Agreement::of_case(Case::Genitive);
        if self.language.grammar.is_free
            && self.is_told_by_whose(member)
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
            let name = self.behind_short_titles(next);
            let Some((mention, agreement)) = name_at(name) else {
                break;
            };
            members.push(one(name, next, mention, agreement));
            at = name + 1;
        }
        Some(members)
    }

    /// Another noun for the same people, right behind.
    pub(super) fn next_title(self, member: &Member, at: usize, end: usize) -> Option<Member> {
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
    pub(super) fn tail(
        self,
        at: usize,
        end: usize,
        depth: usize,
        barred: Agreement,
    ) -> Option<usize> {
        let genitive = Agreement::of_case(Case::Genitive);
        let mut word = self.sentence.word(at)?;
        let (mut at, mut asked) = (at, genitive);
        if !self.language.grammar.is_free {
            if word.mention.is_some() || !word.is(Class::Genitive) {
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
        // "Z początkiem tygodnia May …": a name that never changes is nobody's but a person's or trigger's.
        let is_rigid =
            word.agreement == Agreement::ALL && barred.is_none() && self.language.grammar.is_free;
        let owned = at
            .checked_sub(1)
            .and_then(|before| self.sentence.word(before));
        let is_time = owned.is_some_and(|owned| owned.is(Class::Time));
        if is_person && (word.agreement.agrees(barred) || is_rigid || is_time) {
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

    pub(super) fn kind(self, member: &Member) -> Option<EntityKind> {
        match member.sort {
            Sort::Name(mention) => Some(self.document.mentions.get(mention)?.kind),
            _ => None,
        }
    }

    /// Behind "do spraw …" and "ds. …".
    pub(super) fn affairs(self, at: usize, end: usize) -> Option<usize> {
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
    pub(super) fn behind_adjectives(
        self,
        mut at: usize,
        end: usize,
        agreement: Agreement,
    ) -> usize {
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
    pub(super) fn behind_bracket(self, at: usize, end: usize) -> usize {
        const LONGEST: usize = 4;
        if !self.sentence.gap(at).opens {
            return at;
        }
        (at + 1..end.min(at + LONGEST))
            .find(|place| self.sentence.gap(*place).closes)
            .unwrap_or(at)
    }
}
