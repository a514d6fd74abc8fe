//! The most likely labels of a sentence, by the weights of a model.

use super::features::{REACH, at_offset, conjunctions};
use super::labels::{LABELS, Label};
use super::model::{Model, Scores, WIDTH};
use super::reading::{BRACKET, Sentence};
use super::words::Words;

/// How far from a word that may be in a name others are looked at, in tokens.
pub const MARGIN: usize = 2;

/// Parts of a sentence where names may be: first token and the token after the last.
///
/// A token further than [`MARGIN`] from any capital is in no name.
pub fn islands(sentence: &Sentence, words: &Words) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (index, token) in sentence.tokens.iter().enumerate() {
        if !words.word(token.word).is_some_and(|word| word.shape.may_name()) {
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
    back: Vec<[u8; LABELS]>,
    before: [Vec<u8>; LABELS],
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
            back: Vec::new(),
            before,
        }
    }

    /// Forgets what it worked out, as `words` were forgotten.
    pub fn clear(&mut self) {
        self.around.clear();
    }

    /// The labels of all tokens of a sentence.
    pub fn decode(&mut self, sentence: &Sentence, words: &Words) -> Vec<Label> {
        let mut labels = vec![Label::NONE; sentence.tokens.len()];
        for (start, end) in islands(sentence, words) {
            self.island(sentence, words, start, end, &mut labels);
        }
        labels
    }

    fn around(&mut self, number: u32, words: &Words) -> Option<&Around> {
        let number = number as usize;
        if self.around.len() <= number {
            self.around.resize_with(words.len().max(number + 1), || None);
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

    fn island(
        &mut self,
        sentence: &Sentence,
        words: &Words,
        start: usize,
        end: usize,
        labels: &mut [Label],
    ) {
        self.back.clear();
        let mut last: Scores = [f32::NEG_INFINITY; WIDTH];
        last[0] = 0.0;
        for index in start..end {
            let mut scores: Scores = [0.0; WIDTH];
            for slot in 0..=2 * REACH {
                // The word at `index + slot - REACH` sees this token at the opposite offset.
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
            let model = self.model;
            conjunctions(sentence, index, words, &mut |feature, _| model.add(feature, &mut scores));
            let gap = sentence.tokens.get(index).map_or(0, |token| token.gap.class);
            let Some(transitions) = model.transitions(gap) else {
                return;
            };
            let mut next: Scores = [f32::NEG_INFINITY; WIDTH];
            let mut back = [0u8; LABELS];
            for (label, before) in self.before.iter().enumerate() {
                let mut best = f32::NEG_INFINITY;
                let mut from = 0;
                let crosses = gap == BRACKET && Label(label as u8).continues();
                for &other in before.iter().filter(|_| !crosses) {
                    let place = usize::from(other);
                    let weight = transitions.get(place).and_then(|row| row.get(label));
                    let score = last.get(place).unwrap_or(&f32::NEG_INFINITY)
                        + weight.unwrap_or(&0.0);
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
        let ends = closed.max_by(|one, other| {
            let score = |label: &Label| last.get(usize::from(label.0)).copied().unwrap_or(f32::MIN);
            score(one).total_cmp(&score(other)).then(other.cmp(one))
        });
        let mut label = ends.unwrap_or(Label::NONE);
        for (index, back) in (start..end).zip(&self.back).rev() {
            if let Some(place) = labels.get_mut(index) {
                *place = label;
            }
            label = Label(back.get(usize::from(label.0)).copied().unwrap_or(0));
        }
    }
}
