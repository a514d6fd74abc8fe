//! Gathers what matches in a total order: by score or date, then by date, then by id.

use std::cmp::Ordering;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader};

use super::schema::MEETING_NUMBER;
use crate::model::{Day, Sort};

/// Scores are compared after rounding, so that the order of additions does not show.
const SCORE_STEPS: f32 = 4096.0;

/// What a document is ordered by, within its segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Score or date, smaller first.
    primary: i64,
    /// Date, smaller first.
    secondary: i64,
    /// Rank of the id within the segment.
    id: u64,
    /// Which of the meetings of one article; 0 for articles.
    number: u64,
    doc: DocId,
    score: ScoreBits,
}

impl Key {
    /// First and last day of a document that was collected by date, if it has any.
    pub(super) fn days(&self) -> Option<(Day, Day)> {
        Some((
            Day::from_number(self.primary)?,
            Day::from_number(self.secondary)?,
        ))
    }
}

/// A score that takes no part in comparisons.
#[derive(Debug, Clone, Copy)]
struct ScoreBits(Score);

impl PartialEq for ScoreBits {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
impl Eq for ScoreBits {}
impl PartialOrd for ScoreBits {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for ScoreBits {
    fn cmp(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }
}

/// The columns of first and last day by which documents are ordered.
pub(super) type Days = [&'static str; 2];

/// The days of articles.
pub(super) const ARTICLE_DAYS: Days = ["date_first", "date_last"];

/// The days of meetings.
pub(super) const MEETING_DAYS: Days = ["met_first", "met_last"];

/// Collects the keys of the best `keep` documents of each segment, and counts all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ordered {
    pub(super) days: Days,
    pub(super) sort: Sort,
    pub(super) keep: Option<usize>,
}

/// What one segment gave: how many matched, and its keys in order.
pub(super) type SegmentKeys = (usize, Vec<Key>);

pub(super) struct OrderedSegment {
    sort: Sort,
    keep: Option<usize>,
    first: Column<i64>,
    last: Column<i64>,
    ids: StrColumn,
    numbers: Column<u64>,
    count: usize,
    keys: Vec<Key>,
}

impl Collector for Ordered {
    type Fruit = Vec<SegmentKeys>;
    type Child = OrderedSegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<OrderedSegment> {
        let columns = segment.fast_fields();
        let [first, last] = self.days;
        Ok(OrderedSegment {
            sort: self.sort,
            keep: self.keep,
            first: columns.i64(first)?,
            last: columns.i64(last)?,
            ids: ids_of(segment)?,
            numbers: numbers_of(segment)?,
            count: 0,
            keys: Vec::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Score
    }

    fn merge_fruits(&self, fruits: Vec<SegmentKeys>) -> tantivy::Result<Vec<SegmentKeys>> {
        Ok(fruits)
    }
}

/// The column of ids of a segment.
pub(super) fn ids_of(segment: &SegmentReader) -> tantivy::Result<StrColumn> {
    column_of(segment, "id")
}

/// The column of which meeting of its article a document is; articles have no value in it.
pub(super) fn numbers_of(segment: &SegmentReader) -> tantivy::Result<Column<u64>> {
    segment.fast_fields().u64(MEETING_NUMBER)
}

/// A column of texts that every segment has.
pub(super) fn column_of(segment: &SegmentReader, name: &str) -> tantivy::Result<StrColumn> {
    segment
        .fast_fields()
        .str(name)?
        .ok_or_else(|| tantivy::TantivyError::SchemaError(format!("no column {name}")))
}

/// The text of a document in a column.
pub(super) fn text_of(column: &StrColumn, doc: DocId) -> tantivy::Result<String> {
    let mut text = String::new();
    if let Some(rank) = column.ords().first(doc) {
        column.ord_to_str(rank, &mut text)?;
    }
    Ok(text)
}

impl OrderedSegment {
    fn key(&self, doc: DocId, score: Score) -> Key {
        let first = self.first.first(doc).unwrap_or(i64::MAX);
        let last = self.last.first(doc).unwrap_or(i64::MAX);
        let (primary, secondary) = match self.sort {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "scores are small; a cast saturates and never wraps"
            )]
            Sort::Score => (-((score * SCORE_STEPS).round() as i64), first),
            Sort::Date => (first, last),
            Sort::DateDescending if first == i64::MAX => (first, last),
            Sort::DateDescending => (-first, -last),
            Sort::Id => (0, 0),
        };
        Key {
            primary,
            secondary,
            id: self.ids.ords().first(doc).unwrap_or(u64::MAX),
            number: self.numbers.first(doc).unwrap_or_default(),
            doc,
            score: ScoreBits(score),
        }
    }
}

impl SegmentCollector for OrderedSegment {
    type Fruit = SegmentKeys;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.count += 1;
        if self.keep == Some(0) {
            return;
        }
        self.keys.push(self.key(doc, score));
        if let Some(keep) = self.keep
            && self.keys.len() >= keep.saturating_mul(2).max(1024)
        {
            self.keys.select_nth_unstable(keep);
            self.keys.truncate(keep);
        }
    }

    fn harvest(mut self) -> SegmentKeys {
        self.keys.sort_unstable();
        if let Some(keep) = self.keep {
            self.keys.truncate(keep);
        }
        (self.count, self.keys)
    }
}

/// Merges the ordered keys of all segments into one order.
///
/// Ranks of ids mean nothing across segments, so ids themselves are compared there, and read
/// only when two documents tie in everything else.
#[derive(Debug)]
pub(super) struct Merge {
    heads: Vec<Head>,
}

#[derive(Debug)]
struct Head {
    segment: SegmentOrdinal,
    keys: std::vec::IntoIter<Key>,
    next: Option<Key>,
    id: Option<String>,
}

impl Merge {
    pub(super) fn new(segments: Vec<SegmentKeys>) -> Self {
        let heads = (0..)
            .zip(segments)
            .map(|(segment, (_, keys))| {
                let mut keys = keys.into_iter();
                Head {
                    segment,
                    next: keys.next(),
                    keys,
                    id: None,
                }
            })
            .collect();
        Self { heads }
    }

    /// The next document in order with its score.
    pub(super) fn next(
        &mut self,
        searcher: &Searcher,
    ) -> tantivy::Result<Option<(DocAddress, Score)>> {
        let mut best: Option<usize> = None;
        for index in 0..self.heads.len() {
            best = match best {
                None => self
                    .heads
                    .get(index)
                    .and_then(|head| head.next)
                    .map(|_| index),
                Some(best) if self.precedes(index, best, searcher)? => Some(index),
                best => best,
            };
        }
        let Some(head) = best.and_then(|index| self.heads.get_mut(index)) else {
            return Ok(None);
        };
        let taken = head.next.take();
        head.next = head.keys.next();
        head.id = None;
        Ok(taken.map(|key| (DocAddress::new(head.segment, key.doc), key.score.0)))
    }

    fn precedes(&mut self, one: usize, other: usize, searcher: &Searcher) -> tantivy::Result<bool> {
        let rank = |head: &Head| head.next.map(|key| (key.primary, key.secondary));
        let (Some(one_head), Some(other_head)) = (self.heads.get(one), self.heads.get(other))
        else {
            return Ok(false);
        };
        let (Some(one_rank), Some(other_rank)) = (rank(one_head), rank(other_head)) else {
            return Ok(false);
        };
        Ok(match one_rank.cmp(&other_rank) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => {
                let one = (self.id(one, searcher)?, self.number(one));
                one < (self.id(other, searcher)?, self.number(other))
            }
        })
    }

    fn number(&self, index: usize) -> u64 {
        let key = self.heads.get(index).and_then(|head| head.next);
        key.map_or(0, |key| key.number)
    }

    fn id(&mut self, index: usize, searcher: &Searcher) -> tantivy::Result<String> {
        let Some(head) = self.heads.get_mut(index) else {
            return Ok(String::new());
        };
        if let Some(id) = &head.id {
            return Ok(id.clone());
        }
        let doc = head.next.map_or(0, |key| key.doc);
        let id = text_of(&ids_of(searcher.segment_reader(head.segment))?, doc)?;
        head.id = Some(id.clone());
        Ok(id)
    }
}
