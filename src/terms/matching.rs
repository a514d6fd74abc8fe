//! Where in a text the terms of a question stand.
//!
//! Snippets, marks and "within one sentence" all come from here, from the stored text, so that
//! no engine has to keep offsets.

use std::collections::HashSet;

use super::{Analyzer, name_bases};
use crate::lang::Language;
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

/// One token with what is needed to compare it.
struct Reading {
    span: Span,
    terms: Vec<String>,
    bases: Vec<String>,
}

impl Slot {
    fn fits(&self, reading: &Reading) -> bool {
        match self {
            Self::Terms(wanted) => reading.terms.iter().any(|term| wanted.contains(term)),
            Self::Bases(wanted) => reading.bases.iter().any(|base| wanted.contains(base)),
        }
    }
}

/// The places of each leaf in `text`: for every leaf, spans from its first to its last token.
///
/// They may overlap: what is looked for in one sentence may begin in the one before it too.
/// Linear in the text for phrases without slop.
pub fn find(text: &str, leaves: &[Leaf], analyzer: &mut Analyzer) -> Vec<Vec<Span>> {
    let readings = read(text, leaves, analyzer);
    let language = analyzer.language().code;
    leaves
        .iter()
        .map(|leaf| {
            if leaf.language.is_some_and(|code| code != language) {
                return Vec::new();
            }
            readings
                .iter()
                .enumerate()
                .filter_map(|(at, first)| {
                    let last = readings.get(place(leaf, &readings, at)?)?;
                    Some(Span::new(first.span.start(), last.span.end()))
                })
                .collect()
        })
        .collect()
}

/// Index of the last token of the leaf when it begins at token `at`.
fn place(leaf: &Leaf, readings: &[Reading], at: usize) -> Option<usize> {
    let (first, others) = leaf.slots.split_first()?;
    if !first.fits(readings.get(at)?) {
        return None;
    }
    if leaf.slop == 0 {
        for (distance, slot) in others.iter().enumerate() {
            if !slot.fits(readings.get(at + distance + 1)?) {
                return None;
            }
        }
        return Some(at + others.len());
    }
    // With slop, the words may also stand in another order: each has to be near.
    let reach = others.len() + leaf.slop as usize;
    let window = at.saturating_sub(reach)..(at + reach + 1).min(readings.len());
    let mut last = at;
    for slot in others {
        let near = window
            .clone()
            .filter(|&place| place != at)
            .filter(|&place| {
                readings
                    .get(place)
                    .is_some_and(|reading| slot.fits(reading))
            })
            .min_by_key(|&place| place.abs_diff(at))?;
        last = last.max(near);
    }
    Some(last)
}

fn read(text: &str, leaves: &[Leaf], analyzer: &mut Analyzer) -> Vec<Reading> {
    let with_bases = leaves
        .iter()
        .flat_map(|leaf| &leaf.slots)
        .any(|slot| matches!(slot, Slot::Bases(_)));
    let languages: [&'static Language; 1] = [analyzer.language()];
    tokens(text)
        .map(|span| {
            let token = span.of(text);
            let starts_high = token
                .chars()
                .next()
                .is_some_and(|letter| !letter.is_lowercase());
            Reading {
                span,
                terms: analyzer.terms(token).iter().map(str::to_owned).collect(),
                bases: if with_bases && starts_high {
                    name_bases(token, &languages)
                } else {
                    Vec::new()
                },
            }
        })
        .collect()
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
