//! What the recogniser has learnt: for each feature how much it speaks for which label.
//!
//! The file is read where it lies. All numbers are little-endian.
//!
//! | part | holds |
//! |---|---|
//! | head | `KNER`, version, number of rows, bytes of the last part, step of a weight (`f32`): 20 bytes |
//! | transitions | `f32` for each class of gap, label, next label |
//! | buckets | for each value of the 16 highest bits of a hash the first of its rows, and one more: `u32` |
//! | prints | the 32 lowest bits of each row's hash, sorted within a bucket: `u32` |
//! | places | where each row lies in the last part: `u32` |
//! | rows | labels it speaks of, a bit for each: 3 bytes; then a weight `i8` for each, in steps |

use super::labels::{LABELS, Label};
use super::reading::GAPS;

const MAGIC: [u8; 4] = *b"KNER";
const VERSION: u32 = 1;
const HEAD: usize = 20;
const BUCKETS: usize = 1 << 16;

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
    prints: &'static [[u8; 4]],
    places: &'static [[u8; 4]],
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
        let (prints, rest) = words(rest, rows)?;
        let (places, data) = words(rest, rows)?;
        if data.len() != length || !step.is_finite() {
            return Err(ModelError::Damaged);
        }
        let mut weights = weights.iter().map(|bytes| f32::from_le_bytes(*bytes));
        let mut transitions = vec![[[0.0; LABELS]; LABELS]; GAPS];
        for weight in transitions.iter_mut().flatten().flatten() {
            *weight = weights.next().filter(|weight| weight.is_finite()).ok_or(ModelError::Damaged)?;
        }
        Ok(Self {
            step,
            rows,
            transitions,
            buckets,
            prints,
            places,
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
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut Scores) {
        let bucket = (feature >> 48) as usize;
        let Some([first, end]) = self.buckets.get(bucket..).and_then(|rest| rest.first_chunk())
        else {
            return;
        };
        let (first, end) = (u32::from_le_bytes(*first), u32::from_le_bytes(*end));
        let print = (feature as u32).to_le_bytes();
        let prints = self.prints.get(first as usize..end as usize).unwrap_or_default();
        let Some(index) = prints.iter().position(|other| *other == print) else {
            return;
        };
        let place = self.places.get(first as usize + index).copied().unwrap_or_default();
        let row = self.data.get(u32::from_le_bytes(place) as usize..).unwrap_or_default();
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
    rows.sort_by_key(|(hash, _)| (*hash >> 48, *hash as u32));
    let mut counts = vec![0u32; BUCKETS + 1];
    let mut places = Vec::with_capacity(4 * rows.len());
    let mut prints = Vec::with_capacity(4 * rows.len());
    let mut data = Vec::new();
    for (hash, weights) in &rows {
        if let Some(count) = counts.get_mut((hash >> 48) as usize + 1) {
            *count += 1;
        }
        prints.extend_from_slice(&(*hash as u32).to_le_bytes());
        places.extend_from_slice(&(data.len() as u32).to_le_bytes());
        let labels = weights.iter().fold(0u32, |labels, (label, _)| labels | 1 << label.0);
        data.extend_from_slice(labels.to_le_bytes().first_chunk::<3>().unwrap_or(&[0; 3]));
        data.extend(weights.iter().map(|(_, weight)| weight.cast_unsigned()));
    }
    let mut out = MAGIC.to_vec();
    for number in [VERSION, rows.len() as u32, data.len() as u32, step.to_bits()] {
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
    out.extend(prints);
    out.extend(places);
    out.extend(data);
    out
}
