//! Where in a text the terms of a question stand.
//!
//! Snippets, marks and "within one sentence" all come from here, from the stored text, so that
//! no engine has to keep offsets.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::{Analyzer, Terms};
use crate::model::Span;
use crate::text::tokens;

/// What one token has to be.
#[derive(Debug, Clone)]
pub enum Slot {
    /// A token with one of these terms.
    Terms(HashSet<String>),
    /// A word of a name that has one of these base forms.
    Bases(HashSet<String>),
}

/// Tokens next to one another, or nearly.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// One for each word, in order.
    pub slots: Vec<Slot>,
    /// How many other tokens may stand between the first and the last.
    pub slop: u32,
    /// The language whose terms the slots hold; it is found in no other. None for all.
    pub language: Option<&'static str>,
}

/// The slots in order, each as the terms it takes: `=putin|putin`.
impl std::fmt::Display for Leaf {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, slot) in self.slots.iter().enumerate() {
            if index > 0 {
                formatter.write_str(" then ")?;
            }
            match slot {
                Slot::Terms(terms) | Slot::Bases(terms) => {
                    let mut terms: Vec<&str> = terms.iter().map(String::as_str).collect();
                    terms.sort_unstable();
                    formatter.write_str(&terms.join("|"))?;
                }
            }
        }
        if self.slop > 0 {
            write!(formatter, " within {} more", self.slop)?;
        }
        Ok(())
    }
}

/// The number of a slot among those of all leaves, in order.
type SlotNumber = u32;

/// The slots that take a term or a base.
type Takers = HashMap<String, Vec<SlotNumber>, foldhash::fast::RandomState>;

/// Leaves, ready to be looked for in many texts.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    leaves: Vec<Shape>,
    /// For each slot the leaf that it begins, if it is the first of one.
    begins: Vec<Option<usize>>,
    terms: Takers,
    bases: Takers,
}

/// A leaf without its words.
#[derive(Debug, Clone)]
struct Shape {
    slots: Range<SlotNumber>,
    slop: u32,
    language: Option<&'static str>,
}

/// A token and which slots it fits: a range of a list of them.
struct Reading {
    span: Span,
    fits: Range<usize>,
}

/// All tokens of a text.
struct Readings {
    tokens: Vec<Reading>,
    fits: Vec<SlotNumber>,
}

impl Readings {
    fn fits(&self, at: usize) -> &[SlotNumber] {
        let token = self.tokens.get(at);
        let fits = token.and_then(|token| self.fits.get(token.fits.clone()));
        fits.unwrap_or_default()
    }
}

impl Wanted {
    /// Makes these leaves ready.
    pub fn new(leaves: &[Leaf]) -> Self {
        let mut wanted = Self::default();
        let mut number = 0;
        for (index, leaf) in leaves.iter().enumerate() {
            let start = number;
            for slot in &leaf.slots {
                wanted.begins.push((number == start).then_some(index));
                let (takers, words) = match slot {
                    Slot::Terms(words) => (&mut wanted.terms, words),
                    Slot::Bases(words) => (&mut wanted.bases, words),
                };
                let mut words: Vec<&String> = words.iter().collect();
                words.sort_unstable();
                for word in words {
                    takers.entry(word.clone()).or_default().push(number);
                }
                number += 1;
            }
            wanted.leaves.push(Shape {
                slots: start..number,
                slop: leaf.slop,
                language: leaf.language,
            });
        }
        wanted
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// The places of each leaf in `text`: for every leaf, spans from its first to its last token.
    ///
    /// They may overlap: what is looked for in one sentence may begin in the one before it too.
    /// Linear in the text for phrases without slop.
    pub fn find(&self, text: &str, analyzer: &mut Analyzer) -> Vec<Vec<Span>> {
        let mut found = vec![Vec::new(); self.leaves.len()];
        if self.begins.is_empty() {
            return found;
        }
        let language = analyzer.language().code;
        let readings = self.read(text, analyzer);
        for (at, first) in readings.tokens.iter().enumerate() {
            for slot in readings.fits(at) {
                let leaf = usize::try_from(*slot).ok();
                let leaf = leaf.and_then(|slot| self.begins.get(slot).copied().flatten());
                let Some((leaf, shape)) =
                    leaf.and_then(|leaf| self.leaves.get(leaf).map(|shape| (leaf, shape)))
                else {
                    continue;
                };
                if shape.language.is_some_and(|code| code != language) {
                    continue;
                }
                let last = place(shape, &readings, at).and_then(|last| readings.tokens.get(last));
                if let Some((spans, last)) = found.get_mut(leaf).zip(last) {
                    spans.push(Span::new(first.span.start(), last.span.end()));
                }
            }
        }
        found
    }

    fn read(&self, text: &str, analyzer: &mut Analyzer) -> Readings {
        let mut fits: Vec<SlotNumber> = Vec::new();
        let tokens = tokens(text).map(|span| {
            let token = span.of(text);
            let start = fits.len();
            if !self.terms.is_empty() {
                let place = analyzer.place(token);
                take(&self.terms, analyzer.at(place), &mut fits);
            }
            let mut letters = token.chars();
            if !self.bases.is_empty() && letters.next().is_some_and(|letter| !letter.is_lowercase())
            {
                take(&self.bases, analyzer.name_bases(token), &mut fits);
            }
            // A slot may take a token for several reasons.
            if fits.len() > start + 1 {
                let mut own = fits.split_off(start);
                own.sort_unstable();
                own.dedup();
                fits.append(&mut own);
            }
            Reading {
                span,
                fits: start..fits.len(),
            }
        });
        let tokens = tokens.collect();
        Readings { tokens, fits }
    }
}

/// Adds the slots that take one of these.
fn take(takers: &Takers, words: Terms<'_>, fits: &mut Vec<SlotNumber>) {
    for word in words.iter() {
        fits.extend(takers.get(word).into_iter().flatten());
    }
}

/// [`Wanted::find`] for one text.
pub fn find(text: &str, leaves: &[Leaf], analyzer: &mut Analyzer) -> Vec<Vec<Span>> {
    Wanted::new(leaves).find(text, analyzer)
}

/// Index of the last token of the leaf when it begins at token `at`, which fits its first slot.
fn place(leaf: &Shape, readings: &Readings, at: usize) -> Option<usize> {
    let mut others = leaf.slots.clone().skip(1);
    if leaf.slop == 0 {
        let mut last = at;
        for slot in others {
            last += 1;
            if !readings.fits(last).contains(&slot) {
                return None;
            }
        }
        return Some(last);
    }
    // With slop, the words may also stand in another order: each has to be near.
    let reach = others.len() + leaf.slop as usize;
    let window = at.saturating_sub(reach)..(at + reach + 1).min(readings.tokens.len());
    others.try_fold(at, |last, slot| {
        let near = window.clone().filter(|&place| place != at);
        let near = near.filter(|&place| readings.fits(place).contains(&slot));
        Some(last.max(near.min_by_key(|&place| place.abs_diff(at))?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::OTHER;

    fn leaf(words: &[&str], language: Option<&'static str>) -> Leaf {
        let term = |word: &&str| Slot::Terms(HashSet::from([format!("={word}")]));
        Leaf {
            slots: words.iter().map(term).collect(),
            slop: 0,
            language,
        }
    }

    #[test]
    fn places_may_overlap_and_are_of_one_language() {
        let leaves = [
            leaf(&["raz", "raz"], None),
            leaf(&["raz"], Some("pl")),
            leaf(&["dwa"], Some("und")),
        ];
        let found = find("Raz. Raz raz dwa", &leaves, &mut Analyzer::new(&OTHER));
        let expected = [
            vec![Span::new(0, 8), Span::new(5, 12)],
            vec![],
            vec![Span::new(13, 16)],
        ];
        assert_eq!(found, expected);
    }
}
