//! The most likely labels of a sentence, by the weights of a model.

use super::features::{REACH, at_offset, conjunctions, reconsidered};
use super::labels::{LABELS, Label};
use super::model::{Model, Scores, WIDTH};
use super::reading::{BRACKET, Sentence};
use super::words::Words;

/// How far from a word that may be in a name others are looked at, in tokens.
pub const MARGIN: usize = 1;

/// Parts of a sentence where names may be: first token and the token after the last.
///
/// A token further than [`MARGIN`] from any capital is in no name.
pub fn islands(sentence: &Sentence, words: &Words) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, token) in sentence.tokens.iter().enumerate() {
        if !words
            .word(token.word)
            .is_some_and(|word| word.shape.may_name())
        {
            continue;
        }
        let start = index.saturating_sub(MARGIN);
        let end = (index + MARGIN + 1).min(sentence.tokens.len());
        match found.last_mut() {
            Some((_, last)) if start <= *last => *last = end,
            _ => found.push((start, end)),
        }
    }
    found
}

/// What a word by itself adds to the scores of the tokens around it: two before to two behind.
type Around = [Scores; 2 * REACH + 1];

/// Finds the best labels; remembers what it worked out for each word.
#[derive(Debug)]
pub struct Decoder {
    model: &'static Model,
    around: Vec<Option<Box<Around>>>,
    /// The scores of the tokens of an article that may be in names, without transitions.
    scores: Vec<Scores>,
    islands: Vec<Island>,
    features: Vec<u64>,
    back: Vec<[u8; LABELS]>,
    /// For each label those that may stand before it.
    before: [Vec<u8>; LABELS],
}

/// A part of a sentence where names may be.
#[derive(Debug, Clone, Copy)]
struct Island {
    sentence: usize,
    start: usize,
    end: usize,
    /// Where its scores begin.
    scores: usize,
}

impl Decoder {
    /// A decoder for a model.
    pub fn new(model: &'static Model) -> Self {
        let before = std::array::from_fn(|next| {
            let next = Label(next as u8);
            let labels = Label::all().filter(|label| label.may_precede(next));
            labels.map(|label| label.0).collect()
        });
        Self {
            model,
            around: Vec::new(),
            scores: Vec::new(),
            islands: Vec::new(),
            features: Vec::new(),
            back: Vec::new(),
            before,
        }
    }

    /// Forgets what it worked out, as `words` were forgotten.
    pub fn clear(&mut self) {
        self.around.clear();
    }

    /// The labels of all tokens of an article's sentences, at a first reading.
    pub fn decode(&mut self, sentences: &[&mut Sentence], words: &Words) -> Vec<Vec<Label>> {
        self.scores.clear();
        self.islands.clear();
        let mut labels: Vec<Vec<Label>> = Vec::with_capacity(sentences.len());
        for (number, sentence) in sentences.iter().enumerate() {
            let mut found = vec![Label::NONE; sentence.tokens.len()];
            for (start, end) in islands(sentence, words) {
                let island = Island {
                    sentence: number,
                    start,
                    end,
                    scores: self.scores.len(),
                };
                for index in start..end {
                    let scores = self.weigh(sentence, index, words);
                    self.scores.push(scores);
                }
                self.best(island, sentence, &mut found);
                self.islands.push(island);
            }
            labels.push(found);
        }
        labels
    }

    /// The labels at a second reading, of the same sentences with verdicts. Parts of a sentence in
    /// which `differs` marks no token keep their labels.
    pub fn decode_again(
        &mut self,
        sentences: &[&mut Sentence],
        differs: &[Vec<bool>],
        words: &Words,
        labels: &mut [Vec<Label>],
    ) {
        let islands = std::mem::take(&mut self.islands);
        for island in &islands {
            let Some(sentence) = sentences.get(island.sentence) else {
                continue;
            };
            let marks = differs
                .get(island.sentence)
                .and_then(|marks| marks.get(island.start..island.end));
            let Some(labels) = labels.get_mut(island.sentence) else {
                continue;
            };
            if !marks.is_some_and(|marks| marks.contains(&true)) {
                continue;
            }
            for index in island.start..island.end {
                let place = island.scores + index - island.start;
                let model = self.model;
                if let Some(scores) = self.scores.get_mut(place) {
                    reconsidered(sentence, index, words, &mut |feature| {
                        model.add(feature, scores)
                    });
                }
            }
            self.best(*island, sentence, labels);
        }
        self.islands = islands;
    }

    fn around(&mut self, number: u32, words: &Words) -> Option<&Around> {
        let number = number as usize;
        if self.around.len() <= number {
            self.around
                .resize_with(words.len().max(number + 1), || None);
        }
        let place = self.around.get_mut(number)?;
        if place.is_none() {
            let mut around = Box::new([[0.0; WIDTH]; 2 * REACH + 1]);
            for feature in &words.word(number as u32)?.features {
                for (slot, scores) in around.iter_mut().enumerate() {
                    let offset = slot as isize - REACH as isize;
                    if offset.unsigned_abs() <= usize::from(feature.reach) {
                        self.model.add(at_offset(feature.hash, offset), scores);
                    }
                }
            }
            *place = Some(around);
        }
        place.as_deref()
    }

    /// The scores of a token, without transitions.
    fn weigh(&mut self, sentence: &Sentence, index: usize, words: &Words) -> Scores {
        let mut scores: Scores = [0.0; WIDTH];
        for slot in 0..=2 * REACH {
            let neighbour = (index + slot).checked_sub(REACH);
            let token = neighbour.and_then(|index| sentence.tokens.get(index));
            let Some(around) = token.and_then(|token| self.around(token.word, words)) else {
                continue;
            };
            if let Some(more) = around.get(slot) {
                for (score, more) in scores.iter_mut().zip(more) {
                    *score += more;
                }
            }
        }
        let mut features = std::mem::take(&mut self.features);
        features.clear();
        conjunctions(sentence, index, words, &mut |feature, _| {
            features.push(feature)
        });
        self.model.add_all(&features, &mut scores);
        self.features = features;
        scores
    }

    /// Writes the best labels of an island, whose scores are known.
    fn best(&mut self, island: Island, sentence: &Sentence, labels: &mut [Label]) {
        self.back.clear();
        let mut last: Scores = [f32::NEG_INFINITY; WIDTH];
        last[0] = 0.0;
        for index in island.start..island.end {
            let gap = sentence
                .tokens
                .get(index)
                .map_or(0, |token| token.gap.class);
            let scores = self.scores.get(island.scores + index - island.start);
            let (Some(transitions), Some(scores)) = (self.model.transitions(gap), scores) else {
                return;
            };
            let highest = last.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut next: Scores = [f32::NEG_INFINITY; WIDTH];
            let mut back = [0u8; LABELS];
            for (label, before) in self.before.iter().enumerate() {
                if gap == BRACKET && Label(label as u8).continues() {
                    continue;
                }
                let mut best = f32::NEG_INFINITY;
                let mut from = 0;
                for &other in before {
                    let place = usize::from(other);
                    let known = last.get(place).copied().unwrap_or(f32::NEG_INFINITY);
                    if known < highest - HOPELESS {
                        continue;
                    }
                    let weight = transitions.get(place).and_then(|row| row.get(label));
                    let score = known + weight.unwrap_or(&0.0);
                    if score > best {
                        best = score;
                        from = other;
                    }
                }
                if let (Some(next), Some(back), Some(score)) =
                    (next.get_mut(label), back.get_mut(label), scores.get(label))
                {
                    *next = best + score;
                    *back = from;
                }
            }
            self.back.push(back);
            last = next;
        }
        let closed = Label::all().filter(|label| !label.is_open());
        let end = closed.max_by(|one, other| {
            let score = |label: &Label| last.get(usize::from(label.0)).copied().unwrap_or(f32::MIN);
            score(one).total_cmp(&score(other)).then(other.cmp(one))
        });
        let mut label = end.unwrap_or(Label::NONE);
        for (index, back) in (island.start..island.end).zip(&self.back).rev() {
            if let Some(place) = labels.get_mut(index) {
                *place = label;
            }
            label = Label(back.get(usize::from(label.0)).copied().unwrap_or(0));
        }
    }
}

/// A row of labels so far behind the best is given up.
const HOPELESS: f32 = 30.0;
