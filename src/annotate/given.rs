//! Meetings that came with an article.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Document, Entity, EntityKind, Field, Meeting, Participant, Party, PartyKind, Span,
};

/// The rule of all meetings that came with their article.
const RULE: &str = "given";

/// Makes the meetings that came with the article those of the document.
///
/// A participant is the entity of its kind and name; one whom the text does not name so becomes an
/// entity without mentions. What the source points to is the evidence, where it is a piece of
/// the article; else the sentence that mentions most of the participants.
pub(super) fn add_meetings(document: &mut Document) {
    let mut entities: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
    for (index, entity) in document.entities.iter().enumerate() {
        let key = (entity.kind, entity.name.clone());
        entities.entry(key).or_insert(index);
    }
    let sentences = Sentences::of(document);
    for given in document.article.meetings.clone().unwrap_or_default() {
        let mut participant = |party: &Party| {
            let PartyKind::Named(kind) = party.kind else {
                return Participant::Group(party.name.clone());
            };
            let key = (kind, party.name.clone());
            Participant::Entity(*entities.entry(key).or_insert_with(|| {
                document.entities.push(Entity {
                    kind,
                    name: party.name.clone(),
                    forms: Vec::new(),
                    mentions: 0,
                });
                document.entities.len() - 1
            }))
        };
        let participants: Vec<Participant> =
            given.participants.iter().map(&mut participant).collect();
        let is_there = |(field, span): &(Field, Span)| !span.of(document.field(*field)).is_empty();
        let pointed_to = given.evidence.filter(is_there);
        let (field, evidence) =
            pointed_to.unwrap_or_else(|| sentences.that_names_most(&participants));
        document.meetings.push(Meeting {
            participants,
            date: given.date,
            basis: given.basis,
            place: given.place,
            kind: given.kind,
            status: given.status,
            field,
            evidence,
            rule: RULE,
        });
    }
}

/// The sentences of an article, the title before those of the text.
struct Sentences {
    all: Vec<(Field, Span)>,
    /// In which of them each entity is mentioned.
    of_entity: BTreeMap<usize, BTreeSet<usize>>,
}

impl Sentences {
    fn of(document: &Document) -> Self {
        let title = Span::new(0, document.article.title.len());
        let mut all = vec![(Field::Title, title)];
        all.extend(document.sentences.iter().map(|span| (Field::Text, *span)));
        let mut of_entity: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for mention in &document.mentions {
            let place = (mention.field, mention.span.start());
            let behind = all.partition_point(|(field, span)| (*field, span.start()) <= place);
            let sentences = of_entity.entry(mention.entity).or_default();
            sentences.insert(behind.saturating_sub(1));
        }
        Self { all, of_entity }
    }

    /// The sentence that mentions most of the participants, the first of equals; where none of them
    /// is mentioned, the first of the text, else the title.
    fn that_names_most(&self, participants: &[Participant]) -> (Field, Span) {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for participant in participants {
            let Participant::Entity(entity) = participant else {
                continue;
            };
            for sentence in self.of_entity.get(entity).into_iter().flatten() {
                *counts.entry(*sentence).or_default() += 1;
            }
        }
        let most = counts
            .into_iter()
            .min_by_key(|(sentence, count)| (Reverse(*count), *sentence));
        let best = most.and_then(|(sentence, _)| self.all.get(sentence));
        let first = || self.all.get(1).or(self.all.first());
        let nothing = (Field::Text, Span::new(0, 0));
        best.or_else(first).copied().unwrap_or(nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Options, annotate};
    use super::*;
    use crate::model::{Article, DateBasis, GivenMeeting, MeetingKind, MeetingStatus};

    const TEXT: &str = "Padał deszcz. Donald Tusk rozmawiał z Angelą Merkel. Potem wyjechał.";

    fn given(names: &[&str], evidence: Option<(Field, Span)>) -> GivenMeeting {
        let party = |name: &&str| Party {
            kind: PartyKind::Named(EntityKind::Person),
            name: (*name).to_owned(),
        };
        GivenMeeting {
            participants: names.iter().map(party).collect(),
            date: None,
            basis: DateBasis::Unknown,
            place: None,
            kind: MeetingKind::Talks,
            status: MeetingStatus::Happened,
            evidence,
        }
    }

    #[track_caller]
    fn check(names: &[&str], evidence: Option<(Field, Span)>, expected: &str) {
        let mut article = Article::new("a", TEXT);
        article.meetings = Some(vec![given(names, evidence)]);
        let document = annotate(article, Options::default());
        let [meeting] = document.meetings.as_slice() else {
            panic!("{:?}", document.meetings);
        };
        let found: Vec<&str> = meeting
            .participants
            .iter()
            .map(|participant| match participant {
                Participant::Entity(index) => document.entities[*index].name.as_str(),
                Participant::Group(phrase) => phrase,
            })
            .collect();
        assert_eq!(found, names);
        assert_eq!(meeting.rule, RULE);
        let text = meeting.evidence.of(document.field(meeting.field));
        assert_eq!(text, expected);
    }

    #[test]
    fn evidence_is_what_is_pointed_to_or_the_sentence_that_names_most() {
        let both = ["Donald Tusk", "Angela Merkel"];
        let sentence = "Donald Tusk rozmawiał z Angelą Merkel.";
        check(&both, None, sentence);
        check(&both, Some((Field::Text, Span::new(0, 6))), "Padał");
        // Within a letter.
        check(&both, Some((Field::Text, Span::new(0, 5))), sentence);
        check(&both, Some((Field::Text, Span::new(0, 999))), sentence);
        check(&both, Some((Field::Title, Span::new(0, 5))), sentence);
        check(&["Ktoś Inny", "Jan Nikt"], None, "Padał deszcz.");
    }
}
