//! The most likely labels of a sentence, by the weights of a model.

use super::features::{REACH, at_offset, conjunctions, reconsidered};
use super::labels::{LABELS, Label};
use super::model::{Model, Scores, WIDTH};
use super::reading::{Sentence, Token};
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
        let mut before: [Vec<u8>; LABELS] = Default::default();
        for (before, next) in before.iter_mut().zip(Label::all()) {
            let labels = Label::all().filter(|label| label.may_precede(next));
            before.extend(labels.map(|label| label.0));
        }
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
                self.best(island, sentence, words, &mut found);
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
                        model.add(feature, scores);
                    });
                }
            }
            self.best(*island, sentence, words, labels);
        }
        self.islands = islands;
    }

    fn around(&mut self, number: u32, words: &Words) -> Option<&Around> {
        let index = number as usize;
        if self.around.len() <= index {
            self.around.resize_with(words.len().max(index + 1), || None);
        }
        let place = self.around.get_mut(index)?;
        if place.is_none() {
            let mut around = Box::new([[0.0; WIDTH]; 2 * REACH + 1]);
            for feature in &words.word(number)?.features {
                for (slot, scores) in around.iter_mut().enumerate() {
                    let offset = slot.cast_signed() - REACH.cast_signed();
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
            features.push(feature);
        });
        self.model.add_all(&features, &mut scores);
        self.features = features;
        scores
    }

    /// Writes the best labels of an island, whose scores are known.
    fn best(&mut self, island: Island, sentence: &Sentence, words: &Words, labels: &mut [Label]) {
        self.back.clear();
        let mut last: Scores = [f32::NEG_INFINITY; WIDTH];
        last[0] = 0.0;
        for index in island.start..island.end {
            let Some(token) = sentence.tokens.get(index) else {
                return;
            };
            let scores = self.scores.get(island.scores + index - island.start);
            let transitions = self.model.transitions(token.gap.class);
            let (Some(transitions), Some(scores)) = (transitions, scores) else {
                return;
            };
            if token.gap.hash != 0 {
                // Not every name goes on, however well it began.
                for (label, score) in Label::all().zip(&mut last) {
                    if ends_before(label, token, words) {
                        *score = f32::NEG_INFINITY;
                    }
                }
            }
            let highest = last.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let mut next: Scores = [f32::NEG_INFINITY; WIDTH];
            let mut back = [0u8; LABELS];
            for (label, before) in self.before.iter().enumerate() {
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

/// Whether the name that a label leaves open cannot go on with a token.
fn ends_before(label: Label, token: &Token, words: &Words) -> bool {
    let open = label.parts().filter(|_| label.is_open());
    open.is_some_and(|(kind, _)| !token.may_continue(kind, words))
}

/// A row of labels so far behind the best is given up.
const HOPELESS: f32 = 30.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names::labels::{Part, names};
    use crate::annotate::names::model::{Row, pack};
    use crate::annotate::names::reading::{GAPS, read};
    use crate::lang::pl::POLISH;
    use crate::model::EntityKind::{self, Organization, Person};
    use crate::model::Span;
    use proptest::prelude::*;

    type Transitions = Vec<[[f32; LABELS]; LABELS]>;

    fn open(rows: &[Row], transitions: &Transitions) -> &'static Model {
        let model = Model::open(pack(rows, transitions, 0.25).leak()).unwrap();
        Box::leak(Box::new(model))
    }

    /// What each word speaks for by its form, wherever it stands.
    fn model(weights: &[(&str, &[(Label, f32)])], transitions: &Transitions) -> &'static Model {
        let mut words = Words::new(&POLISH);
        let rows: Vec<Row> = weights
            .iter()
            .map(|(text, weights)| {
                let number = words.number(text, false);
                let word = words.word(number).unwrap();
                let form = word
                    .features
                    .iter()
                    .find(|one| one.lexical && one.reach == 1);
                let mut row = [0.0; LABELS];
                for (label, weight) in *weights {
                    row[usize::from(label.0)] = *weight;
                }
                (at_offset(form.unwrap().hash, 0), row)
            })
            .collect();
        open(&rows, transitions)
    }

    fn no_transitions() -> Transitions {
        vec![[[0.0; LABELS]; LABELS]; GAPS]
    }

    fn decode(text: &str, model: &'static Model) -> (Vec<Sentence>, Vec<Vec<Label>>) {
        let mut words = Words::new(&POLISH);
        let mut sentences = read(text, &POLISH, &mut words);
        let all: Vec<&mut Sentence> = sentences.iter_mut().collect();
        let labels = Decoder::new(model).decode(&all, &words);
        (sentences, labels)
    }

    #[track_caller]
    fn check(model: &'static Model, text: &str, expected: &[(EntityKind, &str)]) {
        let (sentences, labels) = decode(text, model);
        let mut found = Vec::new();
        for (sentence, labels) in sentences.iter().zip(&labels) {
            for (kind, first, end) in names(labels) {
                let (first, last) = (sentence.tokens[first].span, sentence.tokens[end - 1].span);
                found.push((kind, Span::new(first.start(), last.end()).of(text)));
            }
        }
        assert_eq!(found, expected, "{text}");
    }

    fn label(kind: EntityKind, part: Part) -> Label {
        Label::new(kind, part)
    }

    #[test]
    fn the_best_row_of_labels_is_found() {
        let model = model(
            &[
                (
                    "Jan",
                    &[
                        (label(Person, Part::Begin), 1.5),
                        (label(Person, Part::Only), 2.0),
                    ],
                ),
                (
                    "Nowak",
                    &[
                        (label(Person, Part::Last), 2.5),
                        (label(Person, Part::Only), 1.5),
                    ],
                ),
                ("Rada", &[(label(Organization, Part::Only), 2.0)]),
            ],
            &no_transitions(),
        );
        check(model, "", &[]);
        check(model, "mówi Jan Nowak tu", &[(Person, "Jan Nowak")]);
        check(model, "Jan mówi", &[(Person, "Jan")]);
        check(
            model,
            "Rada Nowak",
            &[(Organization, "Rada"), (Person, "Nowak")],
        );
        check(
            model,
            "Jan Rada",
            &[(Person, "Jan"), (Organization, "Rada")],
        );
        check(
            model,
            "Jan Jan Nowak",
            &[(Person, "Jan"), (Person, "Jan Nowak")],
        );
    }

    #[test]
    fn few_names_go_across_a_bracket_or_a_comma() {
        let weights = |begin: f32| {
            vec![
                (label(Person, Part::Begin), begin),
                (label(Person, Part::Only), 1.0),
            ]
        };
        let last = [
            (label(Person, Part::Last), 31.75),
            (label(Person, Part::Only), 1.0),
        ];
        // Even where an open name is so much better that all else would be given up.
        for begin in [2.0, 31.75] {
            let model = model(
                &[("Jan", &weights(begin)), ("Nowak", &last), ("Jr", &last)],
                &{
                    let mut transitions = no_transitions();
                    for row in &mut transitions {
                        row[0][usize::from(label(Person, Part::Begin).0)] = begin;
                    }
                    transitions
                },
            );
            check(model, "Jan Nowak", &[(Person, "Jan Nowak")]);
            check(model, "Jan, Jr.", &[(Person, "Jan, Jr")]);
            for text in ["Jan (Nowak)", "Jan) Nowak", "Jan [Nowak", "Jan, Nowak"] {
                check(model, text, &[(Person, "Jan"), (Person, "Nowak")]);
            }
        }
    }

    /// A name begins at nothing, ends before the sentence does, and goes across no bracket.
    fn is_well_formed(sentence: &Sentence, words: &Words, labels: &[Label]) -> bool {
        let mut before = Label::NONE;
        let follows = |(token, &label): (&Token, &Label)| {
            let fits = before.may_precede(label) && !ends_before(before, token, words);
            before = label;
            fits
        };
        let fits = sentence.tokens.iter().zip(labels).all(follows);
        fits && !before.is_open() && labels.len() == sentence.tokens.len()
    }

    const WORDS: [&str; 8] = ["Jan", "Nowak", "Rada", "J", "NATO", "w", "i", "2023"];
    const GAPS_BETWEEN: [&str; 8] = [" ", " ", "-", " (", ") ", ", ", ". ", "\n"];

    fn any_text(most: usize) -> impl Strategy<Value = String> {
        let words = (
            prop::sample::select(&WORDS[..]),
            prop::sample::select(&GAPS_BETWEEN[..]),
        );
        let words = prop::collection::vec(words, 1..most);
        words.prop_map(|words| words.into_iter().flat_map(<[&str; 2]>::from).collect())
    }

    fn any_model(most: f32) -> impl Strategy<Value = &'static Model> {
        let weights = prop::collection::vec(-most..most, LABELS * WORDS.len());
        let transitions = prop::collection::vec(-most..most, LABELS * LABELS);
        (weights, transitions).prop_map(|(weights, transitions)| {
            let rows: Vec<Vec<(Label, f32)>> = weights
                .chunks(LABELS)
                .map(|weights| Label::all().zip(weights.iter().copied()).collect())
                .collect();
            let rows = WORDS.iter().copied().zip(rows.iter().map(Vec::as_slice));
            let mut table = no_transitions();
            for (gap, table) in table.iter_mut().enumerate() {
                for (place, weight) in table.iter_mut().flatten().enumerate() {
                    *weight = transitions[(place + 7 * gap) % transitions.len()];
                }
            }
            model(&rows.collect::<Vec<_>>(), &table)
        })
    }

    /// The score of the best row of labels of an island, by trying all of them.
    fn best_of_all(
        decoder: &Decoder,
        sentence: &Sentence,
        words: &Words,
        island: Island,
        index: usize,
        before: Label,
    ) -> f32 {
        if index == island.end {
            return if before.is_open() {
                f32::NEG_INFINITY
            } else {
                0.0
            };
        }
        if ends_before(before, &sentence.tokens[index], words) {
            return f32::NEG_INFINITY;
        }
        Label::all()
            .filter(|label| before.may_precede(*label))
            .map(|label| {
                step(decoder, sentence, island, index, before, label)
                    + best_of_all(decoder, sentence, words, island, index + 1, label)
            })
            .fold(f32::NEG_INFINITY, f32::max)
    }

    fn step(
        decoder: &Decoder,
        sentence: &Sentence,
        island: Island,
        index: usize,
        before: Label,
        label: Label,
    ) -> f32 {
        let transitions = decoder
            .model
            .transitions(sentence.tokens[index].gap.class)
            .unwrap();
        let scores = decoder.scores[island.scores + index - island.start];
        transitions[usize::from(before.0)][usize::from(label.0)] + scores[usize::from(label.0)]
    }

    proptest! {
        // Each case leaks a model of half a megabyte.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn labels_are_well_formed(text in any_text(30), model in any_model(31.0)) {
            let mut words = Words::new(&POLISH);
            let mut sentences = read(&text, &POLISH, &mut words);
            let all: Vec<&mut Sentence> = sentences.iter_mut().collect();
            let mut decoder = Decoder::new(model);
            let first = decoder.decode(&all, &words);
            for (sentence, labels) in all.iter().zip(&first) {
                prop_assert!(is_well_formed(sentence, &words, labels), "{labels:?}");
            }
            // Read again without verdicts, they stay as they are, whether they are asked for or not.
            for asked in [true, false] {
                let differs: Vec<Vec<bool>> =
                    first.iter().map(|labels| vec![asked; labels.len()]).collect();
                let mut again = first.clone();
                decoder.decode_again(&all, &differs, &words, &mut again);
                prop_assert_eq!(&again, &first);
            }
            // What was remembered of the words changes nothing.
            prop_assert_eq!(decoder.decode(&all, &words), first);
        }

        #[test]
        fn no_row_of_labels_is_better(text in any_text(5), model in any_model(2.0)) {
            let mut words = Words::new(&POLISH);
            let mut sentences = read(&text, &POLISH, &mut words);
            let all: Vec<&mut Sentence> = sentences.iter_mut().collect();
            let mut decoder = Decoder::new(model);
            let labels = decoder.decode(&all, &words);
            for &island in &decoder.islands {
                let sentence = &all[island.sentence];
                let mut before = Label::NONE;
                let mut score = 0.0;
                let row = labels[island.sentence].iter().enumerate();
                for (index, &label) in row.take(island.end).skip(island.start) {
                    score += step(&decoder, sentence, island, index, before, label);
                    before = label;
                }
                let best =
                    best_of_all(&decoder, sentence, &words, island, island.start, Label::NONE);
                prop_assert!((score - best).abs() < 1e-3, "{score} {best} {labels:?}");
            }
        }
    }
}
