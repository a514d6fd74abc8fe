//! Gathers what matches in a total order: by score or date, then by date, then by id.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt as _};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::schema::MEETING_NUMBER;
use crate::model::{Day, Sort};

/// Scores are compared after rounding, so that the order of additions does not show.
const SCORE_STEPS: f32 = 4096.0;

/// What a document is ordered by, within its segment. All matches are kept so: it has to be small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    /// Score or date, smaller first.
    primary: i32,
    /// Date, smaller first.
    secondary: i32,
    /// Rank of the id within the segment.
    id: u32,
    /// Which of the meetings of one article; 0 for articles.
    number: u32,
    pub(super) doc: DocId,
    score: ScoreBits,
}

impl Key {
    /// What it is ordered by before its id.
    pub(super) fn rank(&self) -> (i32, i32) {
        (self.primary, self.secondary)
    }

    /// Which of the meetings of one article.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    pub(super) fn score(&self) -> Score {
        self.score.0
    }
}

/// A number of a column as it is compared: those too large for it are equal.
fn narrow<T: TryInto<U>, U>(number: Option<T>, most: U) -> U {
    number
        .and_then(|number| number.try_into().ok())
        .unwrap_or(most)
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
        let first = narrow(self.first.first(doc), i32::MAX);
        let last = narrow(self.last.first(doc), i32::MAX);
        let (primary, secondary) = match self.sort {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "scores are small; a cast saturates and never wraps"
            )]
            Sort::Score => (-((score * SCORE_STEPS).round() as i32), first),
            Sort::Date => (first, last),
            Sort::DateDescending if first == i32::MAX => (first, last),
            Sort::DateDescending => (-first, -last),
            Sort::Id => (0, 0),
        };
        Key {
            primary,
            secondary,
            id: narrow(self.ids.ords().first(doc), u32::MAX),
            number: narrow(self.numbers.first(doc).or(Some(0)), u32::MAX),
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

/// Counts documents by their first and last day; none for those without.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByDay {
    pub(super) days: Days,
}

/// What one segment gave, as numbers of days.
type DayCounts = HashMap<Option<(i64, i64)>, u64>;

pub(super) struct ByDaySegment {
    first: Column<i64>,
    last: Column<i64>,
    counts: DayCounts,
}

impl Collector for ByDay {
    type Fruit = BTreeMap<Option<(Day, Day)>, u64>;
    type Child = ByDaySegment;

    fn for_segment(
        &self,
        _: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<ByDaySegment> {
        let [first, last] = self.days;
        Ok(ByDaySegment {
            first: segment.fast_fields().i64(first)?,
            last: segment.fast_fields().i64(last)?,
            counts: DayCounts::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<DayCounts>) -> tantivy::Result<Self::Fruit> {
        let mut counts = Self::Fruit::new();
        fruits.into_iter().flatten().for_each(|(days, count)| {
            let days = days.and_then(|(first, last)| {
                Some((Day::from_number(first)?, Day::from_number(last)?))
            });
            *counts.entry(days).or_default() += count;
        });
        Ok(counts)
    }
}

impl SegmentCollector for ByDaySegment {
    type Fruit = DayCounts;

    fn collect(&mut self, doc: DocId, _: Score) {
        let days = self.first.first(doc).zip(self.last.first(doc));
        *self.counts.entry(days).or_default() += 1;
    }

    fn harvest(self) -> DayCounts {
        self.counts
    }
}
