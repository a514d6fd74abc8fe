//! Merges what the segments gave in order into one order.

use std::cmp::Ordering;

use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, Score, Searcher, SegmentOrdinal};

use super::collect::{Key, SegmentKeys, ids_of};

/// So many ids of a segment are read at once at first, and at last.
///
/// Reading one unpacks a block of a thousand, so many are read together, and only those of a long
/// answer: whoever wants the first twenty does not wait for more.
const FEW_IDS: usize = 16;
const MANY_IDS: usize = 16 * 1024;

/// Merges the ordered keys of all segments into one order.
///
/// Ranks of ids mean nothing across segments, so ids themselves are compared there, and read
/// only when two documents tie in everything else.
#[derive(Debug)]
pub(super) struct Merge {
    heads: Vec<Head>,
    /// Whether the segments are mixed; if not, one is given after the other.
    is_mixed: bool,
}

#[derive(Debug)]
struct Head {
    segment: SegmentOrdinal,
    keys: Vec<Key>,
    /// The next key.
    place: usize,
    column: Option<StrColumn>,
    /// Ids of the keys from a place on.
    ids: Vec<String>,
    ids_from: usize,
    batch: usize,
}

impl Head {
    fn key(&self) -> Option<&Key> {
        self.keys.get(self.place)
    }

    fn known_id(&self) -> Option<&str> {
        let id = self.ids.get(self.place.checked_sub(self.ids_from)?)?;
        Some(id)
    }

    /// Reads the ids of this key and some after it, if that of this one is not known.
    fn read_ids(&mut self, searcher: &Searcher) -> tantivy::Result<()> {
        if self.known_id().is_some() {
            return Ok(());
        }
        let column = match self.column.take() {
            Some(column) => column,
            None => ids_of(searcher.segment_reader(self.segment))?,
        };
        let keys = self.keys.iter().skip(self.place).take(self.batch);
        let mut wanted: Vec<(Option<u64>, usize)> = keys
            .map(|key| column.ords().first(key.doc))
            .zip(0..)
            .collect();
        self.ids.clear();
        self.ids.resize(wanted.len(), String::new());
        self.ids_from = self.place;
        self.batch = (self.batch * 4).min(MANY_IDS);
        wanted.retain(|(rank, _)| rank.is_some());
        wanted.sort_unstable();
        let ranks: Vec<u64> = wanted.iter().filter_map(|(rank, _)| *rank).collect();
        let mut places = wanted.iter().map(|(_, place)| *place);
        column.dictionary().sorted_ords_to_term_cb(&ranks, |id| {
            let place = places.next().and_then(|place| self.ids.get_mut(place));
            if let Some(place) = place {
                *place = String::from_utf8_lossy(id).into_owned();
            }
        })?;
        self.column = Some(column);
        Ok(())
    }
}

impl Merge {
    pub(super) fn new(segments: Vec<SegmentKeys>) -> Self {
        let heads = (0..)
            .zip(segments)
            .map(|(segment, (_, keys))| Head {
                segment,
                keys,
                place: 0,
                column: None,
                ids: Vec::new(),
                ids_from: 0,
                batch: FEW_IDS,
            })
            .collect();
        Self {
            heads,
            is_mixed: true,
        }
    }

    /// In the order in which the documents are stored, which is the quickest to read.
    pub(super) fn as_stored(mut segments: Vec<SegmentKeys>) -> Self {
        for (_, keys) in &mut segments {
            keys.sort_unstable_by_key(|key| key.doc);
        }
        Self {
            is_mixed: false,
            ..Self::new(segments)
        }
    }

    /// The segment whose next document is the first.
    fn first(&mut self, searcher: &Searcher) -> tantivy::Result<Option<usize>> {
        let mut best: Option<usize> = None;
        for index in 0..self.heads.len() {
            if self.heads.get(index).and_then(Head::key).is_none() {
                continue;
            }
            best = match best {
                None => Some(index),
                Some(best) if self.is_mixed && self.precedes(index, best, searcher)? => Some(index),
                best => best,
            };
        }
        Ok(best)
    }

    /// The next document in order with its score.
    pub(super) fn next(
        &mut self,
        searcher: &Searcher,
    ) -> tantivy::Result<Option<(DocAddress, Score)>> {
        let first = self.first(searcher)?;
        let head = first.and_then(|index| self.heads.get_mut(index));
        Ok(head.and_then(|head| {
            let taken = *head.key()?;
            head.place += 1;
            Some((DocAddress::new(head.segment, taken.doc), taken.score()))
        }))
    }

    /// The id of the next document in order.
    pub(super) fn next_id(&mut self, searcher: &Searcher) -> tantivy::Result<Option<String>> {
        let first = self.first(searcher)?;
        let Some(head) = first.and_then(|index| self.heads.get_mut(index)) else {
            return Ok(None);
        };
        head.read_ids(searcher)?;
        let id = head.known_id().map(str::to_owned);
        head.place += 1;
        Ok(id)
    }

    fn precedes(&mut self, one: usize, other: usize, searcher: &Searcher) -> tantivy::Result<bool> {
        let order = self.compare(one, other, |one, other| {
            let ranks = one.key().map(Key::rank).zip(other.key().map(Key::rank));
            ranks.map(|(one, other)| one.cmp(&other))
        });
        if order != Some(Ordering::Equal) {
            return Ok(order == Some(Ordering::Less));
        }
        for index in [one, other] {
            if let Some(head) = self.heads.get_mut(index) {
                head.read_ids(searcher)?;
            }
        }
        let order = self.compare(one, other, |one, other| {
            let known = |head: &Head| head.key().map(Key::number);
            let ids = one.known_id().cmp(&other.known_id());
            Some(ids.then_with(|| known(one).cmp(&known(other))))
        });
        Ok(order == Some(Ordering::Less))
    }

    fn compare(
        &self,
        one: usize,
        other: usize,
        order: impl FnOnce(&Head, &Head) -> Option<Ordering>,
    ) -> Option<Ordering> {
        order(self.heads.get(one)?, self.heads.get(other)?)
    }
}
