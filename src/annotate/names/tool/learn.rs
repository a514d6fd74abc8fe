//! Learns the weights: a conditional random field, by stochastic gradient steps that adapt to
//! each weight (`AdaGrad`). A token may have several allowed labels; then the sum of what is allowed
//! is made likely.

use kronika::annotate::names::features::REACH;
use kronika::annotate::names::labels::{LABELS, Label};
use kronika::annotate::names::model::Row;
use kronika::annotate::names::reading::GAPS;
use kronika::text::mix;

use super::examples::{Examples, ID, LEXICAL, SLOT_SHIFT};

/// Room for the weights of a feature.
const STRIDE: usize = 24;

/// How learning goes.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Settings {
    /// How often every sentence is seen.
    #[arg(long, default_value_t = 8)]
    epochs: u64,
    /// First step.
    #[arg(long, default_value_t = 0.02)]
    rate: f32,
    /// Pull of a weight towards nothing, at each step.
    #[arg(long, default_value_t = 1e-3)]
    decay: f32,
    /// Features seen less often are left out.
    #[arg(long, default_value_t = 3)]
    cutoff: u32,
    /// How often a word's own form is hidden, so that its neighbours are learnt from.
    #[arg(long, default_value_t = 0.15)]
    hide: f32,
    /// How often everything is learnt anew, in another order; the weights are averaged.
    #[arg(long, default_value_t = 2)]
    runs: u64,
    /// What the order of sentences and what is hidden is drawn from.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

impl Settings {
    /// A shorter way, for models that are thrown away.
    pub(crate) fn in_short(&self) -> Self {
        Self {
            epochs: self.epochs.min(5),
            runs: 1,
            ..self.clone()
        }
    }
}

/// Weights while they are learnt.
pub(crate) struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    transitions: Vec<[[f32; LABELS]; LABELS]>,
    transition_squares: Vec<[[f32; LABELS]; LABELS]>,
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
}

/// What is learnt: rows by hash, and transitions.
pub(crate) type Learnt = (Vec<Row>, Vec<[[f32; LABELS]; LABELS]>);

/// Learns from examples, telling after each round how well they are fitted.
pub(crate) fn learn(
    examples: &mut Examples,
    settings: &Settings,
    tell: &mut dyn FnMut(u64, f64),
) -> Learnt {
    examples.cut(settings.cutoff);
    let mut order: Vec<usize> = (0..examples.islands.len()).collect();
    let mut sum = vec![0f32; examples.hashes.len() * STRIDE];
    let mut transition_sum = vec![[[0f32; LABELS]; LABELS]; GAPS];
    let first_kept = settings.epochs / 2;
    let mut kept = 0f32;
    for run in 0..settings.runs {
        let mut learner = Learner::new(examples.hashes.len());
        for epoch in 0..settings.epochs {
            let seed = mix(mix(settings.seed, run), epoch);
            order.sort_by_cached_key(|&island| mix(seed, island as u64));
            let mut loss = 0.0;
            for &island in &order {
                loss += learner.step(examples, island, settings, mix(seed, island as u64));
            }
            tell(epoch, loss / examples.islands.len().max(1) as f64);
            if epoch >= first_kept {
                kept += 1.0;
                for (sum, weight) in sum.iter_mut().zip(&learner.weights) {
                    *sum += weight;
                }
                let all = transition_sum.iter_mut().flatten().flatten();
                for (sum, weight) in all.zip(learner.transitions.iter().flatten().flatten()) {
                    *sum += weight;
                }
            }
        }
    }
    transition_sum
        .iter_mut()
        .flatten()
        .flatten()
        .for_each(|sum| *sum /= kept);
    let rows = examples
        .hashes
        .iter()
        .zip(sum.chunks(STRIDE))
        .map(|(hash, sum)| {
            let mut row = [0f32; LABELS];
            for (weight, sum) in row.iter_mut().zip(sum) {
                *weight = sum / kept;
            }
            (*hash, row)
        })
        .collect();
    (rows, transition_sum)
}

type Chain = Vec<[f64; LABELS]>;

impl Learner {
    fn new(features: usize) -> Self {
        let neighbours = |wanted: &dyn Fn(Label, Label) -> bool| {
            Label::all()
                .map(|one| {
                    let others = Label::all().filter(|other| wanted(one, *other));
                    others.map(|other| usize::from(other.0)).collect()
                })
                .collect()
        };
        Self {
            weights: vec![0.0; features * STRIDE],
            squares: vec![1e-2; features * STRIDE],
            transitions: vec![[[0.0; LABELS]; LABELS]; GAPS],
            transition_squares: vec![[[1.0; LABELS]; LABELS]; GAPS],
            before: neighbours(&|one, other| other.may_precede(one)),
            after: neighbours(&|one, other| one.may_precede(other)),
        }
    }

    /// One step on one island; gives how unlikely what is allowed was.
    fn step(&mut self, examples: &Examples, island: usize, settings: &Settings, salt: u64) -> f64 {
        let first = island
            .checked_sub(1)
            .map_or(0, |before| examples.islands[before].0);
        let (last, weight) = examples.islands[island];
        let length = last - first;
        // Which words are hidden, by token counted from two before the first.
        let hidden: Vec<bool> = (0..length + 2 * REACH)
            .map(|index| {
                let drawn = (mix(salt, index as u64) >> 40) as f32 / (1u64 << 24) as f32;
                drawn < settings.hide
            })
            .collect();
        let features_of = |token: usize| {
            let start = token
                .checked_sub(1)
                .map_or(0, |before| examples.ends[before]);
            let hidden = &hidden;
            examples.features[start..examples.ends[token]]
                .iter()
                .filter_map(move |&feature| {
                    let slot = (feature & !LEXICAL) >> SLOT_SHIFT;
                    let word = token - first + slot as usize;
                    let skipped = feature & LEXICAL != 0 && hidden[word];
                    (!skipped).then_some((feature & ID) as usize * STRIDE)
                })
        };
        let mut scores: Vec<[f32; LABELS]> = Vec::with_capacity(length);
        for token in first..last {
            let mut row = [0f32; LABELS];
            for at in features_of(token) {
                for (score, weight) in row.iter_mut().zip(&self.weights[at..at + LABELS]) {
                    *score += weight;
                }
            }
            scores.push(row);
        }
        let gaps = &examples.gaps[first..last];
        let free = vec![u32::MAX; length];
        let (total, free_labels, free_pairs) = self.marginals(&scores, gaps, &free);
        let (wanted, right_labels, right_pairs) =
            self.marginals(&scores, gaps, &examples.allowed[first..last]);
        if !total.is_finite() || !wanted.is_finite() {
            return 0.0;
        }
        let rate = settings.rate;
        for (index, token) in (first..last).enumerate() {
            let mut gradient = [0f32; LABELS];
            let mut largest = 0f32;
            for label in 0..LABELS {
                let slope = (free_labels[index][label] - right_labels[index][label]) as f32;
                gradient[label] = slope * weight;
                largest = largest.max(slope.abs());
            }
            if largest < 1e-4 {
                continue;
            }
            for at in features_of(token) {
                let weights = &mut self.weights[at..at + LABELS];
                let squares = &mut self.squares[at..at + LABELS];
                for label in 0..LABELS {
                    let slope = gradient[label] + settings.decay * weights[label];
                    squares[label] += slope * slope;
                    weights[label] -= rate * slope / squares[label].sqrt();
                }
            }
        }
        for index in 0..length {
            let gap = usize::from(gaps[index]);
            for label in 0..LABELS {
                for &other in &self.before[label] {
                    let pair = other * LABELS + label;
                    let slope =
                        (free_pairs[index][pair] - right_pairs[index][pair]) as f32 * weight;
                    if slope.abs() > 1e-5 {
                        let square = &mut self.transition_squares[gap][other][label];
                        *square += slope * slope;
                        self.transitions[gap][other][label] -= rate * slope / square.sqrt();
                    }
                }
            }
        }
        total - wanted
    }

    /// Logarithm of the sum over all allowed rows of labels, and how likely each label and each
    /// pair of labels is.
    fn marginals(
        &self,
        scores: &[[f32; LABELS]],
        gaps: &[u8],
        allowed: &[u32],
    ) -> (f64, Chain, Vec<Vec<f64>>) {
        let length = scores.len();
        let mut potentials: Chain = Vec::with_capacity(length);
        let mut total = 0.0;
        for (row, allowed) in scores.iter().zip(allowed) {
            let highest = (0..LABELS)
                .filter(|label| allowed & 1 << label != 0)
                .map(|label| row[label])
                .fold(f32::NEG_INFINITY, f32::max);
            total += f64::from(highest);
            let mut potential = [0.0; LABELS];
            for label in 0..LABELS {
                if allowed & 1 << label != 0 {
                    potential[label] = f64::from(row[label] - highest).exp();
                }
            }
            potentials.push(potential);
        }
        let transitions: Vec<[[f64; LABELS]; LABELS]> = gaps
            .iter()
            .map(|gap| {
                let weights = &self.transitions[usize::from(*gap)];
                let mut transitions = [[0.0; LABELS]; LABELS];
                for (one, next) in self.after.iter().enumerate() {
                    for &next in next {
                        transitions[one][next] = f64::from(weights[one][next]).exp();
                    }
                }
                transitions
            })
            .collect();
        let mut forward: Chain = Vec::with_capacity(length);
        let mut before = [0.0; LABELS];
        before[0] = 1.0;
        for index in 0..length {
            let mut row = [0.0; LABELS];
            for label in 0..LABELS {
                if potentials[index][label] > 0.0 {
                    let sum: f64 = self.before[label]
                        .iter()
                        .map(|&other| before[other] * transitions[index][other][label])
                        .sum();
                    row[label] = sum * potentials[index][label];
                }
            }
            let sum: f64 = row.iter().sum();
            total += sum.ln();
            for value in &mut row {
                *value /= sum;
            }
            forward.push(row);
            before = row;
        }
        // The end may not leave a name open.
        let closed: Vec<bool> = Label::all().map(|label| !label.is_open()).collect();
        let end: f64 = (0..LABELS)
            .filter(|&label| closed[label])
            .map(|label| forward[length - 1][label])
            .sum();
        total += end.ln();
        let mut labels: Chain = vec![[0.0; LABELS]; length];
        let mut pairs = vec![vec![0.0; LABELS * LABELS]; length];
        let mut behind = [0.0; LABELS];
        for label in 0..LABELS {
            behind[label] = if closed[label] { 1.0 } else { 0.0 };
        }
        for index in (0..length).rev() {
            let sum: f64 = (0..LABELS)
                .map(|label| forward[index][label] * behind[label])
                .sum();
            for label in 0..LABELS {
                labels[index][label] = forward[index][label] * behind[label] / sum;
            }
            let mut earlier = [0.0; LABELS];
            let mut first = [0.0; LABELS];
            first[0] = 1.0;
            let previous = if index == 0 {
                &first
            } else {
                &forward[index - 1]
            };
            let mut all = 0.0;
            for label in 0..LABELS {
                let tail = potentials[index][label] * behind[label];
                if tail == 0.0 {
                    continue;
                }
                for &other in &self.before[label] {
                    let value = transitions[index][other][label] * tail;
                    earlier[other] += value;
                    let pair = previous[other] * value;
                    pairs[index][other * LABELS + label] = pair;
                    all += pair;
                }
            }
            pairs[index].iter_mut().for_each(|pair| *pair /= all);
            let highest = earlier.iter().copied().fold(0.0, f64::max);
            for value in &mut earlier {
                *value /= highest;
            }
            behind = earlier;
        }
        (total, labels, pairs)
    }
}
