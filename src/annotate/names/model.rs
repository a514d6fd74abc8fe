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
            (low(both) == low(feature)).then_some((both >> 32) as u32)
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

/// The lowest bits of a hash, which an entry keeps.
#[inline]
#[allow(
    clippy::cast_possible_truncation,
    reason = "the lowest bits are what is wanted"
)]
fn low(hash: u64) -> u32 {
    hash as u32
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// A weight in whole steps.
#[allow(
    clippy::cast_possible_truncation,
    reason = "it is clamped to what fits"
)]
fn in_steps(weight: f32, step: f32) -> i8 {
    (weight / step).round().clamp(-127.0, 127.0) as i8
}

/// Packs what was learnt into a file. Rows of one hash must not occur twice.
///
/// Weights are rounded to steps of `step`; those that round to nothing are left out.
pub fn pack(rows: &[Row], transitions: &[[[f32; LABELS]; LABELS]], step: f32) -> Vec<u8> {
    let mut rows: Vec<(u64, Vec<(Label, i8)>)> = rows
        .iter()
        .filter_map(|(hash, weights)| {
            let steps = Label::all().zip(weights).filter_map(|(label, weight)| {
                let steps = in_steps(*weight, step);
                (steps != 0).then_some((label, steps))
            });
            let steps: Vec<(Label, i8)> = steps.collect();
            (!steps.is_empty()).then_some((*hash, steps))
        })
        .collect();
    rows.sort_by_key(|(hash, _)| (*hash >> (u64::BITS - BUCKET_BITS), low(*hash)));
    let mut counts = vec![0u32; BUCKETS + 1];
    let mut entries = Vec::with_capacity(8 * rows.len());
    let mut data = Vec::new();
    for (hash, weights) in &rows {
        if let Some(count) = counts.get_mut((hash >> (u64::BITS - BUCKET_BITS)) as usize + 1) {
            *count += 1;
        }
        entries.extend_from_slice(&low(*hash).to_le_bytes());
        entries.extend_from_slice(&length(&data).to_le_bytes());
        let labels = weights
            .iter()
            .fold(0u32, |labels, (label, _)| labels | 1 << label.0);
        data.extend_from_slice(labels.to_le_bytes().first_chunk::<3>().unwrap_or(&[0; 3]));
        data.extend(weights.iter().map(|(_, weight)| weight.cast_unsigned()));
    }
    let mut out = MAGIC.to_vec();
    for number in [VERSION, length(&rows), length(&data), step.to_bits()] {
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

#[cfg(test)]
#[allow(
    clippy::float_cmp,
    reason = "steps are powers of two, so that sums are exact"
)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STEP: f32 = 0.25;

    /// A hash by the bits of its bucket, those that the file does not keep, and the lowest.
    fn feature(bucket: u64, middle: u64, low: u32) -> u64 {
        bucket << (u64::BITS - BUCKET_BITS) | middle << u32::BITS | u64::from(low)
    }

    fn row(feature: u64, weights: &[(usize, f32)]) -> Row {
        let mut row = [0.0; LABELS];
        for &(label, weight) in weights {
            row[label] = weight;
        }
        (feature, row)
    }

    fn no_transitions() -> Vec<[[f32; LABELS]; LABELS]> {
        vec![[[0.0; LABELS]; LABELS]; GAPS]
    }

    fn open(bytes: &[u8]) -> Result<Model, ModelError> {
        Model::open(bytes.to_vec().leak())
    }

    fn packed(rows: &[Row]) -> Model {
        open(&pack(rows, &no_transitions(), STEP)).unwrap()
    }

    #[track_caller]
    fn check(model: &Model, feature: u64, weights: &[(usize, f32)]) {
        let mut expected: Scores = [0.0; WIDTH];
        for &(label, weight) in weights {
            expected[label] = weight;
        }
        let mut scores: Scores = [0.0; WIDTH];
        model.add(feature, &mut scores);
        assert_eq!(scores, expected, "{feature:x}");
        model.add_all(&[feature], &mut scores);
        assert_eq!(scores, expected.map(|weight| 2.0 * weight), "{feature:x}");
    }

    #[test]
    fn weights_come_back_in_steps() {
        let last = LABELS - 1;
        let rows = [
            row(feature(0, 0, 0), &[(0, 1.0), (1, -0.25), (last, 31.75)]),
            row(feature(5, 0, 7), &[(2, 0.3), (3, -0.13), (4, 0.12)]),
            row(feature(9, 0, 9), &[(2, 1e9), (3, -1e9)]),
            row(feature(BUCKETS as u64 - 1, 0, u32::MAX), &[(5, 0.5)]),
            row(feature(77, 0, 77), &[(5, 0.1)]),
        ];
        let model = packed(&rows);
        assert_eq!(
            model.rows(),
            4,
            "a row that is rounded to nothing is left out"
        );
        check(
            &model,
            feature(0, 0, 0),
            &[(0, 1.0), (1, -0.25), (last, 31.75)],
        );
        check(&model, feature(5, 0, 7), &[(2, 0.25), (3, -0.25)]);
        check(&model, feature(9, 0, 9), &[(2, 31.75), (3, -31.75)]);
        check(
            &model,
            feature(BUCKETS as u64 - 1, 0, u32::MAX),
            &[(5, 0.5)],
        );
        check(&model, feature(77, 0, 77), &[]);
    }

    #[test]
    fn rows_of_one_bucket_are_told_apart() {
        let rows = [
            row(feature(3, 0, 2), &[(1, 1.0)]),
            row(feature(3, 0, 1), &[(1, 2.0)]),
            row(feature(4, 0, 1), &[(1, 3.0)]),
            row(feature(3, 0, u32::MAX), &[(1, 4.0)]),
        ];
        let model = packed(&rows);
        for (feature, weights) in &rows {
            check(&model, *feature, &[(1, weights[1])]);
        }
        for (bucket, low) in [(3, 3), (2, 1), (5, 1), (4, 2)] {
            check(&model, feature(bucket, 0, low), &[]);
        }
        // Fifteen bits are not kept: so seldom do two features fall together that it is borne.
        check(&model, feature(3, 1, 1), &[(1, 2.0)]);
    }

    #[test]
    fn transitions_come_back() {
        let mut transitions = no_transitions();
        transitions[0][0][1] = 1.5;
        transitions[GAPS - 1][LABELS - 1][0] = -2.5;
        let model = open(&pack(&[], &transitions, STEP)).unwrap();
        assert_eq!(model.rows(), 0);
        for (gap, expected) in (0..).zip(&transitions) {
            assert_eq!(model.transitions(gap), Some(expected));
        }
        assert_eq!(model.transitions(u8::MAX), None);
    }

    #[test]
    fn what_is_no_model_does_not_open() {
        let bytes = pack(&[row(1, &[(1, 1.0)])], &no_transitions(), STEP);
        let with = |at: usize, patch: &[u8]| {
            let mut bytes = bytes.clone();
            bytes[at..at + patch.len()].copy_from_slice(patch);
            open(&bytes).err()
        };
        assert_eq!(with(0, b"KNER"), None);
        assert_eq!(with(0, b"KMOR"), Some(ModelError::NotAModel));
        assert_eq!(open(&[]).err(), Some(ModelError::NotAModel));
        let found = VERSION + 1;
        assert_eq!(
            with(4, &found.to_le_bytes()),
            Some(ModelError::Version { found })
        );
        for (at, patch) in [
            (8, 2u32),
            (8, u32::MAX),
            (12, 0),
            (12, u32::MAX),
            (16, f32::NAN.to_bits()),
            (16, f32::INFINITY.to_bits()),
            (HEAD, f32::NAN.to_bits()),
        ] {
            assert_eq!(
                with(at, &patch.to_le_bytes()),
                Some(ModelError::Damaged),
                "{at}"
            );
        }
    }

    fn any_rows() -> impl Strategy<Value = Vec<Row>> {
        let weights = prop::collection::vec(-31.0f32..31.0, LABELS);
        // Few buckets and few low bits, so that rows stand close to one another.
        let hash = (0u64..4, 0u32..16).prop_map(|(bucket, low)| feature(bucket << 15, 0, low));
        prop::collection::btree_map(hash, weights, 1..40).prop_map(|rows| {
            let rows = rows.into_iter();
            rows.map(|(hash, weights)| (hash, std::array::from_fn(|label| weights[label])))
                .collect()
        })
    }

    proptest! {
        // Each case leaks a model of half a megabyte.
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn what_was_packed_comes_back(rows in any_rows(), more in prop::collection::vec(any::<u64>(), 0..200)) {
            let model = packed(&rows);
            for (feature, weights) in &rows {
                let mut scores: Scores = [0.0; WIDTH];
                model.add(*feature, &mut scores);
                for (score, weight) in scores.iter().zip(weights) {
                    prop_assert!((score - weight).abs() <= STEP / 2.0, "{score} {weight}");
                }
            }
            let known = rows.iter().map(|(feature, _)| *feature).cycle();
            let features: Vec<u64> = more.iter().copied().zip(known).flat_map(<[u64; 2]>::from).collect();
            let (mut one_by_one, mut together) = ([0.5; WIDTH], [0.5; WIDTH]);
            for feature in &features {
                model.add(*feature, &mut one_by_one);
            }
            model.add_all(&features, &mut together);
            prop_assert_eq!(one_by_one, together);
        }

        #[test]
        fn what_is_cut_short_does_not_open(rows in any_rows(), cut in any::<prop::sample::Index>()) {
            let bytes = pack(&rows, &no_transitions(), STEP);
            prop_assert!(open(&bytes[..cut.index(bytes.len())]).is_err());
        }

        #[test]
        fn damage_is_an_error_or_is_borne(
            rows in any_rows(),
            flips in prop::collection::vec((any::<prop::sample::Index>(), 0..8, 0..3), 1..6),
        ) {
            let mut bytes = pack(&rows, &no_transitions(), STEP);
            let entries = HEAD + 4 * (GAPS * LABELS * LABELS + BUCKETS + 1);
            for (at, bit, part) in flips {
                let at = match part {
                    0 => at.index(HEAD),
                    1 => entries + at.index(bytes.len() - entries),
                    _ => at.index(bytes.len()),
                };
                bytes[at] ^= 1u8 << bit;
            }
            if let Ok(model) = open(&bytes) {
                let mut scores: Scores = [0.0; WIDTH];
                let features: Vec<u64> = rows.iter().map(|(feature, _)| *feature).collect();
                model.add_all(&features, &mut scores);
                model.add(0, &mut scores);
            }
        }
    }
}
