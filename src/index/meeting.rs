//! Meetings as documents of the index: each complete one is a flat document of its own, which has
//! the id of its article and goes when the article goes.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::query::Query as Engine;

use super::compile::{Compiler, chosen_leaves};
use super::schema::Fields;
use super::terms::{any, term_query, term_set};
use super::tokenizer::name_words;
use crate::Result;
use crate::lang;
use crate::model::{
    Chosen, Document, EntityKind, Field, Meeting, MeetingQuery, NamePattern, Participant, Party,
    PartyKind, Span,
};
use crate::terms::matching::Leaf;

/// Longer evidence is cut to so many bytes, so that a text without full stops is not kept once for
/// each of its meetings.
const MAX_EVIDENCE: usize = 4096;

/// Stands between kind and name of a participant.
const SEPARATOR: char = ':';

/// One for each complete meeting of a document.
pub(super) fn to_tantivy<'a>(
    fields: &'a Fields,
    document: &'a Document,
) -> impl Iterator<Item = TantivyDocument> {
    (0..)
        .zip(&document.meetings)
        .filter(|(_, meeting)| meeting.is_complete())
        .map(|(number, meeting)| one(fields, document, number, meeting))
}

fn one(fields: &Fields, document: &Document, number: u64, meeting: &Meeting) -> TantivyDocument {
    let own = &fields.meeting;
    let mut out = TantivyDocument::new();
    out.add_text(fields.document_kind, "meeting");
    out.add_u64(own.number, number);
    fields.add_particulars(document, &mut out);
    for party in parties(document, meeting) {
        out.add_text(own.participant, to_term(&party));
    }
    add_words(fields, document, &meeting.participants, &mut out);
    if let Some(date) = meeting.date {
        out.add_i64(own.first, date.first().number());
        out.add_i64(own.last, date.last().number());
        out.add_text(own.precision, date.precision().name());
    }
    out.add_text(own.basis, meeting.basis.name());
    if let Some(place) = &meeting.place {
        let language = lang::by_code(&document.language);
        out.add_text(own.place, place);
        out.add_text(own.place_words, name_words(place, &[language]));
    }
    out.add_text(own.kind, meeting.kind.name());
    out.add_text(own.status, meeting.status.name());
    out.add_text(own.rule, meeting.rule);
    let (evidence, marks) = evidence(document, meeting);
    out.add_text(own.evidence, evidence.of(document.field(meeting.field)));
    let field = match meeting.field {
        Field::Title => "title",
        Field::Text => "text",
    };
    out.add_text(own.evidence_field, field);
    for span in std::iter::once(evidence).chain(marks) {
        out.add_u64(own.evidence_spans, span.start() as u64);
        out.add_u64(own.evidence_spans, span.end() as u64);
    }
    out
}

/// On an article: the words of all who take part in one of its complete meetings.
pub(super) fn add_participants(fields: &Fields, document: &Document, out: &mut TantivyDocument) {
    let mut entities = BTreeSet::new();
    let mut groups = BTreeSet::new();
    let complete = document.meetings.iter().filter(|one| one.is_complete());
    for participant in complete.flat_map(|meeting| &meeting.participants) {
        match participant {
            Participant::Entity(index) => entities.insert(*index),
            Participant::Group(phrase) => groups.insert(phrase.clone()),
        };
    }
    let entities = entities.into_iter().map(Participant::Entity);
    let all = entities.chain(groups.into_iter().map(Participant::Group));
    let all: Vec<Participant> = all.collect();
    for party in all.iter().filter_map(|one| party(document, one)) {
        out.add_text(fields.meeting.participant, to_term(&party));
    }
    add_words(fields, document, &all, out);
}

/// Who met, without the document's list of entities.
fn parties<'a>(document: &'a Document, meeting: &'a Meeting) -> impl Iterator<Item = Party> {
    let participants = meeting.participants.iter();
    participants.filter_map(|participant| party(document, participant))
}

fn party(document: &Document, participant: &Participant) -> Option<Party> {
    Some(match participant {
        Participant::Entity(index) => {
            let entity = document.entities.get(*index)?;
            Party {
                kind: PartyKind::Named(entity.kind),
                name: entity.name.clone(),
            }
        }
        Participant::Group(phrase) => Party {
            kind: PartyKind::Group,
            name: phrase.clone(),
        },
    })
}

fn add_words(
    fields: &Fields,
    document: &Document,
    participants: &[Participant],
    out: &mut TantivyDocument,
) {
    let languages = [lang::by_code(&document.language)];
    for participant in participants {
        let Some(Party { kind, name }) = party(document, participant) else {
            continue;
        };
        let mut forms = BTreeSet::from([name.as_str()]);
        if let Participant::Entity(index) = participant {
            let entity = document.entities.get(*index);
            forms.extend(entity.iter().flat_map(|one| &one.forms).map(String::as_str));
        }
        let known = fields.meeting.participants.iter();
        for (_, field) in known.filter(|(known, _)| *known == kind) {
            for form in &forms {
                out.add_text(*field, name_words(form, &languages));
            }
        }
    }
}

/// What proves a meeting, and where it names or describes those who took part, as offsets into it.
fn evidence(document: &Document, meeting: &Meeting) -> (Span, Vec<Span>) {
    let whole = meeting.evidence;
    let found = participants_in(document, meeting, whole);
    let is_long = |span: &Span| span.end() - whole.start() > MAX_EVIDENCE;
    let start = match (found.first(), found.last()) {
        (Some(first), Some(last)) if is_long(last) => first.start(),
        _ => whole.start(),
    };
    let text = document.field(meeting.field);
    let end = whole
        .end()
        .min(text.floor_char_boundary(start + MAX_EVIDENCE));
    let kept = Span::new(start, end.max(start));
    let inside = found.iter().filter(|span| kept.contains(**span));
    let moved = |span: &Span| Span::new(span.start() - start, span.end() - start);
    (kept, inside.map(moved).collect())
}

/// Mentions and descriptions of the participants within a span, in order, not overlapping.
fn participants_in(document: &Document, meeting: &Meeting, span: Span) -> Vec<Span> {
    let from = (meeting.field, span.start());
    let mentions = &document.mentions;
    let first = mentions.partition_point(|one| (one.field, one.span.start()) < from);
    let mentions = mentions.iter().skip(first);
    let mentions = mentions.map(|one| (one.field, one.span, one.entity));
    let described = &document.descriptions;
    let first = described.partition_point(|one| (one.field, one.span.start()) < from);
    let described = described.iter().skip(first);
    let described = described.map(|one| (one.field, one.span, one.entity));
    let is_inside = |(field, found, _): &(Field, Span, usize)| {
        *field == meeting.field && found.start() < span.end()
    };
    let mut spans: Vec<Span> = mentions
        .take_while(is_inside)
        .chain(described.take_while(is_inside))
        .filter(|(_, found, entity)| {
            let participant = Participant::Entity(*entity);
            span.contains(*found) && meeting.participants.contains(&participant)
        })
        .map(|(_, found, _)| found)
        .collect();
    spans.sort_by_key(|span| (span.start(), span.end()));
    let mut end = 0;
    spans.retain(|span| {
        let is_apart = span.start() >= end && !span.is_empty();
        if is_apart {
            end = span.end();
        }
        is_apart
    });
    spans
}

/// A participant as one plain term: `person:Władimir Putin`.
pub(super) fn to_term(party: &Party) -> String {
    format!("{}{SEPARATOR}{}", party.kind.name(), party.name)
}

/// Back from [`to_term`].
pub(super) fn from_term(term: &str) -> Option<Party> {
    let (kind, name) = term.split_once(SEPARATOR)?;
    Some(Party {
        kind: PartyKind::from_name(kind)?,
        name: name.to_owned(),
    })
}

impl Compiler<'_> {
    /// The documents of meetings that are wanted.
    pub(super) fn meetings(&self, query: &MeetingQuery) -> Result<Box<dyn Engine>> {
        let own = &self.fields.meeting;
        let leaves = &mut Vec::new();
        let mut wanted = Vec::new();
        for party in &query.parties {
            wanted.push(self.party(party.kind, &party.name, leaves)?);
        }
        for place in &query.places {
            let field = match place {
                NamePattern::Chosen(_) => own.place,
                NamePattern::Name(_) | NamePattern::Prefix(_) => own.place_words,
            };
            wanted.push(self.name(field, Some(EntityKind::Place), place, leaves)?);
        }
        if let Some(range) = query.days {
            wanted.push(self.dated([own.first, own.last], range, query.date_match));
        }
        if !query.kinds.is_empty() {
            let kinds = query.kinds.iter().map(|kind| kind.name());
            wanted.push(any(kinds.map(|kind| term_query(own.kind, kind)).collect()));
        }
        if !query.statuses.is_empty() {
            let names = query.statuses.iter().map(|status| status.name());
            wanted.push(any(names
                .map(|name| term_query(own.status, name))
                .collect()));
        }
        if let Some(code) = &query.language {
            wanted.push(self.language(code));
        }
        if let Some(source) = &query.source {
            wanted.push(self.source(source)?);
        }
        Ok(self.of_kind("meeting", wanted))
    }

    /// Documents in which somebody of this name takes part, as one of this kind or of any.
    pub(super) fn party(
        &self,
        kind: Option<PartyKind>,
        pattern: &NamePattern,
        leaves: &mut Vec<Leaf>,
    ) -> Result<Box<dyn Engine>> {
        if let NamePattern::Chosen(chosen) = pattern {
            return self.chosen_party(kind, chosen, leaves);
        }
        let mut queries = Vec::new();
        let mut all = Vec::new();
        for (known, field) in &self.fields.meeting.participants {
            if kind.is_some_and(|kind| kind != *known) {
                continue;
            }
            let kind = match known {
                PartyKind::Named(kind) => Some(*kind),
                PartyKind::Group => None,
            };
            queries.push(self.name(*field, kind, pattern, &mut all)?);
        }
        // Most fields know the same terms, which are worth one line of explanation.
        let mut seen = BTreeSet::new();
        all.retain(|leaf| seen.insert(leaf.to_string()));
        leaves.append(&mut all);
        Ok(any(queries))
    }

    /// One of these very names, or a group that is described with the name as it was typed.
    fn chosen_party(
        &self,
        kind: Option<PartyKind>,
        chosen: &Chosen,
        leaves: &mut Vec<Leaf>,
    ) -> Result<Box<dyn Engine>> {
        let own = &self.fields.meeting;
        let parties = chosen.names.iter().map(|(kind, name)| Party {
            kind: PartyKind::Named(*kind),
            name: name.clone(),
        });
        let terms = parties.map(|party| to_term(&party)).collect();
        let mut queries = vec![term_set(own.participant, &terms)];
        leaves.extend(chosen_leaves(chosen));
        let groups = own.participants.iter();
        for (_, field) in groups.filter(|(known, _)| *known == PartyKind::Group) {
            if kind.is_none_or(|kind| kind == PartyKind::Group) {
                let typed = NamePattern::Name(chosen.asked.clone());
                queries.push(self.name(*field, None, &typed, &mut Vec::new())?);
            }
        }
        Ok(any(queries))
    }
}
