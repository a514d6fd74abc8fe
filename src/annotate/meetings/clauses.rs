//! A sentence cut into clauses, each with one verb that has a tense, as far as can be told.

use super::words::Sentence;
use crate::lang::grammar::{Class, Rules, Tense};
use crate::lang::lexicon::PartOfSpeech;

/// Words that belong to one verb.
#[derive(Debug, Default, Clone)]
pub(super) struct Clause {
    /// Their numbers in the sentence, in order. What a clause inside this one takes is left out.
    pub words: Vec<usize>,
    /// The word that joins it to the clause above: "że", "który".
    pub opener: Option<usize>,
    /// Whether that word stands for somebody: "który".
    pub is_relative: bool,
    /// The clause before or above it.
    pub parent: Option<usize>,
    /// Its verb.
    pub verb: Option<usize>,
}

/// A run of words between two commas or the like.
struct Segment {
    words: std::ops::Range<usize>,
    opener: Option<usize>,
    is_relative: bool,
    verb: Option<usize>,
}

/// Cuts a sentence. The clauses come in the order of their first words.
pub(super) fn clauses(sentence: &Sentence<'_>, rules: &Rules) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut last: Option<usize> = None;
    for segment in segments(sentence, rules) {
        // A clause that was broken off before it had a verb goes on here.
        let broken = clauses
            .iter()
            .rposition(|clause| clause.verb.is_none() && clause.opener.is_none());
        // "Jak podał rzecznik, Putin i Scholz rozmawiali": only clauses under another stand before.
        let is_beginning = clauses.iter().all(|clause| clause.opener.is_some());
        // "negocjować z nimi – powiedział Tusk": who speaks does not go on with what is said.
        let verb = segment.verb.and_then(|verb| sentence.word(verb));
        let is_said =
            sentence.gap(segment.words.start).stop && verb.is_some_and(|verb| verb.is(Class::Say));
        let target = if segment.opener.is_some() || is_beginning || is_said {
            None
        } else if segment.verb.is_some() {
            broken
        } else {
            last
        };
        let going_on = target.and_then(|number| Some((number, clauses.get_mut(number)?)));
        if let Some((number, clause)) = going_on {
            clause.words.extend(segment.words);
            clause.verb = clause.verb.or(segment.verb);
            last = Some(number);
        } else {
            clauses.push(Clause {
                words: segment.words.collect(),
                opener: segment.opener,
                is_relative: segment.is_relative,
                parent: last,
                verb: segment.verb,
            });
            last = Some(clauses.len() - 1);
        }
    }
    clauses
}

fn segments(sentence: &Sentence<'_>, rules: &Rules) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut start = 0;
    for (place, word) in sentence.words.iter().enumerate() {
        let is_dash_of_names = word.gap.dash && !word.gap.stop;
        let begins = word.gap.parts() && !is_dash_of_names
            || word.mention.is_none() && (word.is(Class::And) || cuts(sentence, place));
        if begins && place > start {
            segments.push(segment(sentence, rules, start..place));
            start = place;
        }
    }
    if start < sentence.words.len() {
        segments.push(segment(sentence, rules, start..sentence.words.len()));
    }
    segments
}

/// Whether a clause begins here without a comma: "said that he met", "said he met".
fn cuts(sentence: &Sentence<'_>, place: usize) -> bool {
    let leads = |word: &super::words::Word<'_>| {
        word.mention.is_none()
            && (word.preposition().is_some()
                || [Class::Cuts, Class::And, Class::Opens]
                    .into_iter()
                    .any(|class| word.is(class)))
    };
    let is_cut = sentence
        .word(place)
        .is_some_and(|word| word.is(Class::Cuts));
    is_cut && !before(sentence, place).is_some_and(leads)
}

/// Whether the word before is of the class.
fn is_behind(sentence: &Sentence<'_>, place: usize, class: Class) -> bool {
    before(sentence, place).is_some_and(|word| word.mention.is_none() && word.is(class))
}

fn before<'s, 'd>(sentence: &'s Sentence<'d>, place: usize) -> Option<&'s super::words::Word<'d>> {
    sentence.word(place.checked_sub(1)?)
}

/// How many words may stand before the one that opens a clause: "a z którym".
const BEFORE_OPENER: usize = 2;

fn segment(sentence: &Sentence<'_>, rules: &Rules, words: std::ops::Range<usize>) -> Segment {
    let starts_plainly = words.start > 0 && !sentence.gap(words.start).parts();
    let is_opener = |place: &usize| {
        let word = sentence.word(*place);
        word.is_some_and(|word| {
            word.mention.is_none() && (word.is(Class::Opens) || word.is(Class::Relative))
        })
    };
    // Small words may stand before it, names and verbs may not.
    let is_small = |place: &usize| {
        let word = sentence.word(*place);
        word.is_some_and(|word| word.preposition().is_some() || word.is(Class::And))
    };
    let mut front = words.clone().take(BEFORE_OPENER + 1);
    let opener = front
        .by_ref()
        .find(|place| is_opener(place) || !is_small(place))
        .filter(is_opener)
        .filter(|_| !starts_plainly || words.len() > 1);
    let is_relative = opener
        .and_then(|place| sentence.word(place))
        .is_some_and(|word| word.is(Class::Relative));
    // "złożyła kwiaty, po czym pojechała": what happened next.
    let both = opener
        .and_then(|place| Some((before(sentence, place)?, sentence.word(place)?)))
        .map(|(before, word)| format!("{}_{}", before.text, word.text).to_lowercase());
    let is_relative = is_relative && !both.is_some_and(|both| rules.is(Class::Opens, &both));
    let plain = words.clone().find(|place| {
        let word = sentence.word(*place);
        word.is_some_and(super::words::Word::is_plainly_finite)
            && !is_behind(sentence, *place, Class::Marker)
    });
    let verb = plain.or_else(|| {
        words.clone().find(|place| {
            let word = sentence.word(*place);
            word.is_some_and(|word| {
                word.finite().is_some() && is_verb_here(sentence, *place, words.start, rules)
            })
        })
    });
    // "czekał" is also of the rare noun "czekało": where nothing else can be the verb, it is.
    let verb = verb.or_else(|| {
        words.clone().find(|place| {
            let word = sentence.word(*place).and_then(super::words::Word::finite);
            let is_past = word.is_some_and(|(_, finite)| finite.tense == Tense::Past);
            let is_free = rules.class(Class::Article).is_empty();
            let leads = before(sentence, *place).is_some_and(|word| word.preposition().is_some());
            is_free && is_past && !leads
        })
    });
    Segment {
        words,
        opener,
        is_relative,
        verb,
    }
}

/// Whether a word that may as well be a noun or an adjective is a verb: it is one of those that
/// sentences on meetings turn on, and no preposition makes a phrase of it.
fn is_verb_here(sentence: &Sentence<'_>, place: usize, first: usize, rules: &Rules) -> bool {
    let is_known = sentence
        .word(place)
        .and_then(super::words::Word::finite)
        .is_some_and(|(sense, _)| rules.knows_verb(&sense.lemma));
    let is_noun = [Class::Article, Class::Marker]
        .into_iter()
        .any(|class| is_behind(sentence, place, class));
    // "unconfirmed reports".
    let is_described = before(sentence, place).is_some_and(|word| {
        let is = |part| word.of(part).next().is_some();
        is(PartOfSpeech::Adjective) && !is(PartOfSpeech::Noun) && !is(PartOfSpeech::Pronoun)
    });
    let is_noun = is_noun || is_described || place == first;
    let is_placed = rules.class(Class::Article).is_empty() || !is_noun;
    is_known && is_placed && before(sentence, place).is_none_or(|word| word.preposition().is_none())
}
