//! Questions about meetings.

use std::collections::BTreeMap;

use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

use super::collect::{ARTICLE_DAYS, ByDay, MEETING_DAYS, Ordered};
use super::compile::Compiler;
use super::engine_error;
use super::meeting::from_term;
use super::merge::Merge;
use super::searcher::{Searcher, optional_text, stored_text};
use crate::Result;
use crate::model::{
    ArticleId, DateBasis, Day, Evidence, Field, MeetingHit, MeetingKind, MeetingRequest,
    MeetingSort, MeetingStatus, PartialDate, Party, Precision, Query, Sort, Span, Teller,
};

/// The meetings that answer one request, in order.
#[derive(Debug)]
pub struct Meetings<'a> {
    searcher: &'a Searcher,
    total: usize,
    merge: Merge,
    left: usize,
}

impl Searcher {
    /// Answers a question about meetings. Nothing is read of them until they are asked for.
    pub fn meetings(&self, request: &MeetingRequest) -> Result<Meetings<'_>> {
        let fail = engine_error(&self.path);
        let compiler = Compiler::new(&self.engine, &self.fields).map_err(&fail)?;
        let engine = compiler.meetings(&request.query)?;
        let collector = Ordered {
            days: MEETING_DAYS,
            sort: match request.sort {
                MeetingSort::Date => Sort::Date,
                MeetingSort::DateDescending => Sort::DateDescending,
                MeetingSort::Stored => Sort::Id,
            },
            keep: request
                .limit
                .map(|limit| limit.saturating_add(request.offset)),
        };
        let segments = self.engine.search(&engine, &collector).map_err(&fail)?;
        let total = segments.iter().map(|(count, _)| count).sum();
        let mut meetings = Meetings {
            searcher: self,
            total,
            merge: match request.sort {
                MeetingSort::Stored => Merge::as_stored(segments),
                _ => Merge::new(segments),
            },
            left: usize::MAX,
        };
        for _ in 0..request.offset.min(total) {
            meetings.advance()?;
        }
        meetings.left = request.limit.unwrap_or(usize::MAX);
        Ok(meetings)
    }

    /// How many meetings the index holds.
    pub fn meeting_count(&self) -> Result<u64> {
        let request = MeetingRequest {
            limit: Some(0),
            ..MeetingRequest::default()
        };
        Ok(self.meetings(&request)?.total() as u64)
    }

    /// How many articles answer a query, by the first and last day that they may be of; none for
    /// those without a date.
    pub fn articles_by_date(&self, query: &Query) -> Result<BTreeMap<Option<(Day, Day)>, u64>> {
        let fail = engine_error(&self.path);
        let compiler = Compiler::new(&self.engine, &self.fields).map_err(&fail)?;
        let engine = compiler.compile(query)?.engine;
        let collector = ByDay { days: ARTICLE_DAYS };
        self.engine.search(&engine, &collector).map_err(&fail)
    }

    pub(super) fn meeting(&self, address: DocAddress) -> Result<MeetingHit> {
        let fail = engine_error(&self.path);
        let stored = self.stored(address)?;
        let fields = &self.fields.meeting;
        let name_of = |field| stored_text(&stored, field);
        let participants = stored
            .get_all(fields.participant)
            .filter_map(|value| from_term(value.as_str()?));
        let participants: Vec<Party> = participants.collect();
        let place = optional_text(&stored, fields.place);
        Ok(MeetingHit {
            article: self.teller(&stored, address),
            number: self.number(address).map_err(&fail)?,
            called: participants.clone(),
            participants,
            date: self.meeting_date(&stored, address),
            basis: DateBasis::from_name(&name_of(fields.basis)).unwrap_or(DateBasis::Unknown),
            place_called: place.clone(),
            place,
            kind: MeetingKind::from_name(&name_of(fields.kind)).unwrap_or(MeetingKind::Meeting),
            status: MeetingStatus::from_name(&name_of(fields.status))
                .unwrap_or(MeetingStatus::Unconfirmed),
            evidence: self.evidence(&stored),
            rule: name_of(fields.rule),
        })
    }

    fn teller(&self, stored: &TantivyDocument, address: DocAddress) -> Teller {
        let fields = &self.fields;
        let origin = self.origin(stored);
        let source = optional_text(stored, fields.source);
        Teller {
            id: ArticleId(stored_text(stored, fields.id)),
            date: self.date(stored, address),
            title: stored_text(stored, fields.title),
            language: stored_text(stored, fields.language),
            source: source.unwrap_or_else(|| origin.path.clone()),
            url: optional_text(stored, fields.url),
            origin,
        }
    }

    fn meeting_date(&self, stored: &TantivyDocument, address: DocAddress) -> Option<PartialDate> {
        let precision = optional_text(stored, self.fields.meeting.precision)?;
        let [first, last] = MEETING_DAYS;
        PartialDate::between(
            self.day(first, address)?,
            self.day(last, address)?,
            Precision::from_name(&precision)?,
        )
    }

    fn evidence(&self, stored: &TantivyDocument) -> Evidence {
        let fields = &self.fields.meeting;
        let bounds: Vec<usize> = stored
            .get_all(fields.evidence_spans)
            .filter_map(|value| usize::try_from(value.as_u64()?).ok())
            .collect();
        let mut spans = bounds.chunks(2).map(|bounds| match bounds {
            [start, end] => Span::new(*start, *end),
            _ => Span::new(0, 0),
        });
        Evidence {
            field: match stored_text(stored, fields.evidence_field).as_str() {
                "title" => Field::Title,
                _ => Field::Text,
            },
            span: spans.next().unwrap_or(Span::new(0, 0)),
            text: stored_text(stored, fields.evidence),
            marks: spans.collect(),
        }
    }
}

impl Meetings<'_> {
    /// How many meetings there are, given out or not.
    pub fn total(&self) -> usize {
        self.total
    }

    fn advance(&mut self) -> Result<Option<DocAddress>> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let next = self.merge.next(&self.searcher.engine);
        let next = next.map_err(engine_error(&self.searcher.path))?;
        Ok(next.map(|(address, _)| address))
    }

    /// The next meeting.
    pub fn next_hit(&mut self) -> Result<Option<MeetingHit>> {
        let address = self.advance()?;
        address
            .map(|address| self.searcher.meeting(address))
            .transpose()
    }
}
