//! Meetings that came with an article.

use crate::model::{
    Document, Entity, Field, GivenMeeting, Meeting, Participant, Party, PartyKind, Span,
};

/// The rule of all meetings that came with their article.
const RULE: &str = "given";

/// Makes the meetings that came with the article those of the document.
///
/// A participant is the entity of its kind and name; one whom the text does not name so becomes an
/// entity without mentions. What the source points to is the evidence, where it is a piece of
/// the article; else the sentence that mentions most of the participants, the first of equals.
pub(super) fn add_meetings(document: &mut Document) {
    for given in document.article.meetings.clone().unwrap_or_default() {
        let participants: Vec<Participant> = given
            .participants
            .iter()
            .map(|party| participant(document, party))
            .collect();
        let (field, evidence) = evidence(document, &given, &participants);
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

fn participant(document: &mut Document, party: &Party) -> Participant {
    let PartyKind::Named(kind) = party.kind else {
        return Participant::Group(party.name.clone());
    };
    let known = document
        .entities
        .iter()
        .position(|entity| entity.kind == kind && entity.name == party.name);
    Participant::Entity(known.unwrap_or_else(|| {
        document.entities.push(Entity {
            kind,
            name: party.name.clone(),
            forms: Vec::new(),
            mentions: 0,
        });
        document.entities.len() - 1
    }))
}

fn evidence(
    document: &Document,
    given: &GivenMeeting,
    participants: &[Participant],
) -> (Field, Span) {
    let is_there = |(field, span): &(Field, Span)| !span.of(document.field(*field)).is_empty();
    if let Some(given) = given.evidence.filter(is_there) {
        return given;
    }
    let title = document.article.title.as_str();
    let sentences = document.sentences.iter().map(|span| (Field::Text, *span));
    let whole_title = (!title.is_empty()).then_some((Field::Title, Span::new(0, title.len())));
    let named = |(field, sentence): (Field, Span)| {
        let is_named = |participant: &&Participant| {
            document.mentions.iter().any(|mention| {
                mention.field == field
                    && sentence.contains(mention.span)
                    && **participant == Participant::Entity(mention.entity)
            })
        };
        participants.iter().filter(is_named).count()
    };
    // Of several greatest, `max_by_key` gives the last.
    let mut places: Vec<(Field, Span)> = sentences.chain(whole_title).collect();
    places.reverse();
    let best = places.into_iter().max_by_key(|place| named(*place));
    best.unwrap_or((Field::Text, Span::new(0, 0)))
}

#[cfg(test)]
mod tests {
    use super::super::{Options, annotate};
    use super::*;
    use crate::model::{Article, DateBasis, EntityKind, MeetingKind, MeetingStatus};

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
        check(&both, Some((Field::Text, Span::new(0, 5))), "Padał");
        check(&both, Some((Field::Text, Span::new(0, 999))), sentence);
        check(&both, Some((Field::Title, Span::new(0, 5))), sentence);
        check(&["Ktoś Inny", "Jan Nikt"], None, "Padał deszcz.");
    }
}
