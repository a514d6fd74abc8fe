//! Noun phrases: who or what is named or described in a clause, and behind which preposition.

use super::words::Sentence;
use crate::lang::Language;
use crate::lang::grammar::{Agreement, Class, Rules};
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
pub(super) const DEEPEST: usize = 4;

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
    pub(super) fn joined(self, place: usize, end: usize, asked: Agreement) -> Option<Phrase> {
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
    pub(super) fn behind_joint(self, at: usize) -> (Option<usize>, bool) {
        let Some(word) = self.sentence.word(at) else {
            return (None, false);
        };
        if word.mention.is_none() && word.is(Class::And) && !word.gap.stop {
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
    pub(super) fn member(
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
            // "Polakami": people rather than whatever else the form can be.
            let own = agreement.and(sense.agreement);
            let people = own.and(Agreement::personal());
            // "kanclerz" is a man's office and, unchanged in all cases, a woman's.
            let is_office = (self.language.roles.noun)(word.text).is_some();
            if people.is_none() || is_office {
                own
            } else {
                people
            }
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
