//! What the recogniser has learnt: for each feature how much it speaks for which label.
//!
//! The file is read where it lies. All numbers are little-endian.
//!
//! | part | holds |
//! |---|---|
//! | head | `KNER`, version, number of rows, bytes of the last part, step of a weight (`f32`): 20 bytes |
//! | transitions | `f32` for each class of gap, label, next label |
//! | buckets | for each value of the 17 highest bits of a hash the first of its rows, and one more: `u32` |
//! | entries | of each row the 32 lowest bits of its hash, sorted within a bucket, and where it lies in the last part: two `u32` |
//! | rows | labels it speaks of, a bit for each: 3 bytes; then a weight `i8` for each, in steps |

use super::labels::{LABELS, Label};
use super::reading::GAPS;

const MAGIC: [u8; 4] = *b"KNER";
const VERSION: u32 = 1;
const HEAD: usize = 20;
/// How many of a hash's highest bits choose its bucket.
const BUCKET_BITS: u32 = 17;
const BUCKETS: usize = 1 << BUCKET_BITS;

/// A score for each label; what lies above [`LABELS`] is padding.
pub type Scores = [f32; WIDTH];

/// [`LABELS`], made even for the sake of speed.
pub const WIDTH: usize = 24;

/// Why a model cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The first bytes are not those of a model.
    #[error("not a model of names")]
    NotAModel,
    /// The layout is another one.
    #[error("model of version {found}, this program reads {VERSION}")]
    Version {
        /// The version it has.
        found: u32,
    },
    /// Its parts do not fit together.
    #[error("the model is damaged")]
    Damaged,
}

/// A model in memory.
#[derive(Debug)]
pub struct Model {
    step: f32,
    rows: usize,
    transitions: Vec<[[f32; LABELS]; LABELS]>,
    buckets: &'static [[u8; 4]],
    entries: &'static [[u8; 8]],
    data: &'static [u8],
}

/// The weights of one feature by label, before they are packed.
pub type Row = (u64, [f32; LABELS]);

impl Model {
    /// Takes a file apart without unpacking it.
    pub fn open(bytes: &'static [u8]) -> Result<Self, ModelError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(ModelError::NotAModel);
        }
        let number = |at: usize| {
            let bytes = bytes.get(at..)?.first_chunk::<4>()?;
            Some(u32::from_le_bytes(*bytes))
        };
        let head = |index: usize| number(4 * index).ok_or(ModelError::Damaged);
        let found = head(1)?;
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let (rows, length) = (head(2)? as usize, head(3)? as usize);
        let step = f32::from_bits(head(4)?);
        let rest = bytes.get(HEAD..).ok_or(ModelError::Damaged)?;
        let words = |rest: &'static [u8], count: usize| {
            let length = count.checked_mul(4).ok_or(ModelError::Damaged)?;
            let (taken, rest) = rest.split_at_checked(length).ok_or(ModelError::Damaged)?;
            Ok((taken.as_chunks::<4>().0, rest))
        };
        let (weights, rest) = words(rest, GAPS * LABELS * LABELS)?;
        let (buckets, rest) = words(rest, BUCKETS + 1)?;
        let length_of_entries = rows.checked_mul(8).ok_or(ModelError::Damaged)?;
        let (entries, data) = rest
            .split_at_checked(length_of_entries)
            .ok_or(ModelError::Damaged)?;
        if data.len() != length || !step.is_finite() {
            return Err(ModelError::Damaged);
        }
        let mut weights = weights.iter().map(|bytes| f32::from_le_bytes(*bytes));
        let mut transitions = vec![[[0.0; LABELS]; LABELS]; GAPS];
        for weight in transitions.iter_mut().flatten().flatten() {
            *weight = weights
                .next()
                .filter(|weight| weight.is_finite())
                .ok_or(ModelError::Damaged)?;
        }
        Ok(Self {
            step,
            rows,
            transitions,
            buckets,
            entries: entries.as_chunks::<8>().0,
            data,
        })
    }

    /// How many features it knows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How much speaks for a label behind another, across a gap of this class.
    pub fn transitions(&self, gap: u8) -> Option<&[[f32; LABELS]; LABELS]> {
        self.transitions.get(usize::from(gap))
    }

    /// Adds what a feature speaks for to the scores.
    pub fn add(&self, feature: u64, scores: &mut Scores) {
        if let Some(place) = self.place(feature, self.bucket(feature)) {
            self.add_row(place, scores);
        }
    }

    /// Adds what many features speak for to the scores.
    ///
    /// Each step is done for all of them before the next, so that the waits for memory overlap:
    /// that makes it twice as fast as one feature after the other.
    pub fn add_all(&self, features: &[u64], scores: &mut Scores) {
        for features in features.chunks(BATCH) {
            let mut buckets = [(0, 0); BATCH];
            for (bucket, feature) in buckets.iter_mut().zip(features) {
                *bucket = self.bucket(*feature);
            }
            let mut places = [0; BATCH];
            let mut found = 0;
            for (bucket, feature) in buckets.iter().zip(features) {
                if let (Some(place), Some(room)) =
                    (self.place(*feature, *bucket), places.get_mut(found))
                {
                    *room = place;
                    found += 1;
                }
            }
            for place in places.iter().take(found) {
                self.add_row(*place, scores);
            }
        }
    }

    /// Where the entries of a feature's bucket begin and end.
    #[inline]
    fn bucket(&self, feature: u64) -> (u32, u32) {
        let bucket = (feature >> (u64::BITS - BUCKET_BITS)) as usize;
        let bounds = self
            .buckets
            .get(bucket..)
            .and_then(|rest| rest.first_chunk());
        bounds.map_or((0, 0), |[first, end]| {
            (u32::from_le_bytes(*first), u32::from_le_bytes(*end))
        })
    }

    /// Where the row of a feature lies.
    #[inline]
    fn place(&self, feature: u64, (first, end): (u32, u32)) -> Option<u32> {
        let entries = self.entries.get(first as usize..end as usize)?;
        entries.iter().find_map(|entry| {
            let both = u64::from_le_bytes(*entry);
            (both as u32 == feature as u32).then_some((both >> 32) as u32)
        })
    }

    #[inline]
    fn add_row(&self, place: u32, scores: &mut Scores) {
        let row = self.data.get(place as usize..).unwrap_or_default();
        let Some((&[a, b, c], weights)) = row.split_first_chunk::<3>() else {
            return;
        };
        let mut labels = u32::from_le_bytes([a, b, c, 0]);
        for weight in weights {
            if labels == 0 {
                break;
            }
            let label = labels.trailing_zeros() as usize;
            labels &= labels - 1;
            if let Some(score) = scores.get_mut(label) {
                *score += f32::from(weight.cast_signed()) * self.step;
            }
        }
    }
}

/// How many features are looked up together.
const BATCH: usize = 64;

/// Packs what was learnt into a file. Rows of one hash must not occur twice.
///
/// Weights are rounded to steps of `step`; those that round to nothing are left out.
pub fn pack(rows: &[Row], transitions: &[[[f32; LABELS]; LABELS]], step: f32) -> Vec<u8> {
    let mut rows: Vec<(u64, Vec<(Label, i8)>)> = rows
        .iter()
        .filter_map(|(hash, weights)| {
            let steps = Label::all().zip(weights).filter_map(|(label, weight)| {
                let steps = (weight / step).round().clamp(-127.0, 127.0) as i8;
                (steps != 0).then_some((label, steps))
            });
            let steps: Vec<(Label, i8)> = steps.collect();
            (!steps.is_empty()).then_some((*hash, steps))
        })
        .collect();
    rows.sort_by_key(|(hash, _)| (*hash >> (u64::BITS - BUCKET_BITS), *hash as u32));
    let mut counts = vec![0u32; BUCKETS + 1];
    let mut entries = Vec::with_capacity(8 * rows.len());
    let mut data = Vec::new();
    for (hash, weights) in &rows {
        if let Some(count) = counts.get_mut((hash >> (u64::BITS - BUCKET_BITS)) as usize + 1) {
            *count += 1;
        }
        entries.extend_from_slice(&(*hash as u32).to_le_bytes());
        entries.extend_from_slice(&(data.len() as u32).to_le_bytes());
        let labels = weights
            .iter()
            .fold(0u32, |labels, (label, _)| labels | 1 << label.0);
        data.extend_from_slice(labels.to_le_bytes().first_chunk::<3>().unwrap_or(&[0; 3]));
        data.extend(weights.iter().map(|(_, weight)| weight.cast_unsigned()));
    }
    let mut out = MAGIC.to_vec();
    for number in [
        VERSION,
        rows.len() as u32,
        data.len() as u32,
        step.to_bits(),
    ] {
        out.extend_from_slice(&number.to_le_bytes());
    }
    for weight in transitions.iter().flatten().flatten() {
        out.extend_from_slice(&weight.to_le_bytes());
    }
    let mut total = 0;
    for count in counts {
        total += count;
        out.extend_from_slice(&total.to_le_bytes());
    }
    out.extend(entries);
    out.extend(data);
    out
}
