//! The head of a noun phrase and what it stands for.

use super::phrases::{Reader, Sort};
use super::words::{Word, is_roman, is_somebody};
use crate::lang::grammar::{Agreement, Class, Sense};
use crate::lang::lexicon::PartOfSpeech;
use crate::model::EntityKind;

impl Reader<'_, '_> {
    /// The head of the phrase that begins here, and what all words up to it share.
    pub(super) fn head(
        self,
        place: usize,
        end: usize,
        asked: Agreement,
    ) -> Option<(usize, Agreement)> {
        let mut shared = asked;
        let mut at = place;
        while at < end {
            at = self.behind_short_titles(at).min(end.saturating_sub(1));
            let word = self.sentence.word(at)?;
            if at > place && !word.gap.is_plain() {
                return None;
            }
            if word.is_date {
                // "wczorajsze spotkanie", "Monday's talks": a day that says which.
                let is_owner = word.text.ends_with("'s") || word.text.ends_with("’s");
                shared = if self.language.grammar.is_free {
                    self.adjective(word, shared)?
                } else {
                    is_owner.then_some(shared)?
                };
                at += 1;
                continue;
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
            if is_number(word.text) {
                shared = asked;
                at += 1;
                continue;
            }
            let noun = nominal(word, shared);
            let adjective = self.adjective(word, shared);
            match (noun, adjective) {
                (Some(noun), None) => return Some((at, noun)),
                (Some(noun), Some(adjective)) => {
                    let plain = self.sentence.gap(at + 1).is_plain();
                    let next = self.sentence.word(at + 1);
                    // "NATO chief Jens Stoltenberg", "przewodniczącym KE Tuskiem": the noun is the
                    // head, with a name beside it.
                    let is_people = self
                        .sense_of_head(word, noun)
                        .is_some_and(|sense| self.sort(word, sense, noun) == Sort::People);
                    let is_title = is_people && next.is_some_and(|next| next.mention.is_some());
                    let further = (at + 1 < end && plain && !is_title)
                        .then(|| self.head(at + 1, end, adjective))
                        .flatten();
                    return further.or(Some((at, noun)));
                }
                (None, Some(adjective)) => shared = adjective,
                (None, None) => return None,
            }
            at += 1;
        }
        None
    }

    /// Behind titles cut short before the name of a person: "gen.", "abp".
    pub(super) fn behind_short_titles(self, at: usize) -> usize {
        const MOST: usize = 3;
        let is_short = |at: usize| {
            let word = self.sentence.word(at);
            word.is_some_and(|word| {
                word.mention.is_none() && (self.language.is_abbreviation)(word.text)
            })
        };
        let is_person = |at: usize| {
            let mention = self.sentence.word(at).and_then(|word| word.mention);
            mention
                .and_then(|mention| self.document.mentions.get(mention))
                .is_some_and(|mention| mention.kind == EntityKind::Person)
        };
        let behind = (at..at + MOST).find(|at| !is_short(*at));
        behind.filter(|behind| is_person(*behind)).unwrap_or(at)
    }

    /// The head behind a name that only says whose or where from it is: "Macron's wife", "EU
    /// officials"; where cases do not tell, its place does.
    pub(super) fn behind_owner(
        self,
        at: usize,
        end: usize,
        shared: Agreement,
    ) -> Option<(usize, Agreement)> {
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

    pub(super) fn is_behind_preposition(self, place: usize) -> bool {
        let before = place
            .checked_sub(1)
            .and_then(|before| self.sentence.word(before));
        before.is_some_and(|word| word.mention.is_none() && word.preposition().is_some())
    }

    /// What is left when an adjective, participle or numeral agrees.
    pub(super) fn adjective(self, word: &Word<'_>, shared: Agreement) -> Option<Agreement> {
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

    pub(super) fn sense_of_head<'w>(
        self,
        word: &'w Word<'_>,
        agreement: Agreement,
    ) -> Option<&'w Sense> {
        let fits = |sense: &&Sense| is_nominal(sense.part) && sense.agreement.agrees(agreement);
        let is_people = |sense: &&Sense| self.rules.is(Class::People, &sense.lemma);
        let nouns = || word.senses.iter().filter(fits);
        nouns()
            .find(|sense| sense.part == PartOfSpeech::Pronoun)
            .or_else(|| nouns().find(|sense| sense.agreement.is_personal() || is_people(sense)))
            .or_else(|| nouns().next())
    }

    pub(super) fn sort(self, word: &Word<'_>, sense: &Sense, agreement: Agreement) -> Sort {
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

    pub(super) fn is_trigger(self, sense: &Sense) -> bool {
        self.rules.of(&sense.lemma).next().is_some()
    }

    /// Whether a name is one that can meet anybody.
    pub(super) fn is_somebody(self, mention: usize) -> bool {
        let mention = self.document.mentions.get(mention);
        mention.is_some_and(|mention| is_somebody(mention.kind))
    }
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

/// "3 posłów", "I sekretarz".
fn is_number(word: &str) -> bool {
    word.chars().all(|letter| letter.is_ascii_digit()) || is_roman(word)
}
