//! How a language tells dates in running text: words and patterns, which are data, made ready.
//!
//! What the patterns look like is told in [`pattern`], the words in [`words`].

use std::collections::BTreeSet;

pub mod holidays;
pub mod pattern;
pub mod words;

pub use holidays::{Holiday, HolidayRule};
pub use pattern::{Builder, Element, Group, Rule, Step};
pub use words::{Class, Sense, UNITS, Words};

/// The words and rules of one language.
#[derive(Debug)]
pub struct Grammar {
    /// Its words.
    pub words: Words,
    /// Its rules, in the order of the file: of two that read as much, the earlier one counts.
    pub rules: Vec<Rule>,
    starts: Starts,
}

/// What a date may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// A word, by its place in the list.
    Word(u16),
    /// Digits.
    Number,
    /// A Roman number.
    Roman,
    /// Nothing that a date begins with.
    Other,
}

/// By what a date may begin with, the rules that may read it.
#[derive(Debug, Default)]
struct Starts {
    words: Vec<Vec<u16>>,
    number: Vec<u16>,
    roman: Vec<u16>,
    /// Words without a sense of their own that are a whole date: `nazajutrz`.
    whole: BTreeSet<u16>,
}

impl Grammar {
    /// Reads the tables of a language; the error names the line that is wrong.
    pub fn parse(calendar: &str, words: &str, rules: &str) -> Result<Self, String> {
        let mut words = Words::parse(calendar, words)?;
        let rules = pattern::parse(rules, &mut words)?;
        let starts = starts(&words, &rules);
        Ok(Self {
            words,
            rules,
            starts,
        })
    }

    /// The places of the rules that may read a date with this beginning, in their order.
    pub fn starting(&self, start: Start) -> &[u16] {
        match start {
            Start::Word(place) => {
                let rules = self.starts.words.get(usize::from(place));
                rules.map_or(&[], Vec::as_slice)
            }
            Start::Number => &self.starts.number,
            Start::Roman => &self.starts.roman,
            Start::Other => &[],
        }
    }

    /// Whether a word only leads to a date, so that something of a date has to follow: `w`, `od`.
    pub fn only_leads(&self, place: u16) -> bool {
        self.words.senses(place).is_empty() && !self.starts.whole.contains(&place)
    }
}

/// What a pattern may begin with: classes, a bit for each, and words.
#[derive(Debug, Clone, Default)]
struct First {
    classes: u64,
    words: BTreeSet<u16>,
}

/// How deep rules call for others at their beginning.
const DEPTH: usize = 5;

fn starts(words: &Words, rules: &[Rule]) -> Starts {
    let mut firsts = vec![First::default(); rules.len()];
    for _ in 0..DEPTH {
        firsts = rules
            .iter()
            .map(|rule| first(rule, rules, &firsts))
            .collect();
    }
    let mut starts = Starts::default();
    let bit = |class: Class| 1_u64 << class as u8;
    let of = |wanted: &dyn Fn(&First) -> bool| -> Vec<u16> {
        let places = firsts.iter().enumerate().filter(|(_, first)| wanted(first));
        places
            .filter_map(|(place, _)| u16::try_from(place).ok())
            .collect()
    };
    let digits = [
        Class::Day,
        Class::MonthDigits,
        Class::Year,
        Class::ShortYear,
        Class::Count,
    ];
    let digits: u64 = digits.into_iter().map(bit).sum();
    starts.whole = rules.iter().flat_map(whole).collect();
    starts.number = of(&|first| first.classes & digits != 0);
    starts.roman = of(&|first| first.classes & bit(Class::Roman) != 0);
    for place in 0..words.len() {
        let senses = words.senses(place).iter();
        let classes = senses.fold(0, |classes, sense| {
            classes
                | match sense.class {
                    Class::Number => bit(Class::Count),
                    class => bit(class),
                }
        });
        starts.words.push(of(&|first| {
            first.classes & classes != 0 || first.words.contains(&place)
        }));
    }
    starts
}

/// The words that a rule takes for a whole date.
fn whole(rule: &Rule) -> Vec<u16> {
    let mut found = Vec::new();
    let mut open = vec![(0, None)];
    while let Some((place, word)) = open.pop() {
        match rule.steps.get(place) {
            None => found.extend(word),
            Some(Step::Take(Element::Word(next), _)) if word.is_none() => {
                open.push((place + 1, Some(*next)));
            }
            Some(Step::Take(..)) => {}
            Some(Step::Not(_) | Step::Keep(..)) => open.push((place + 1, word)),
            Some(Step::Jump(to)) => open.push((*to, word)),
            Some(Step::Fork(other)) => open.extend([(place + 1, word), (*other, word)]),
        }
    }
    found
}

/// What a rule may begin with, given what is known of the others so far.
fn first(rule: &Rule, rules: &[Rule], known: &[First]) -> First {
    let mut first = First::default();
    let mut open = vec![0];
    while let Some(place) = open.pop() {
        match rule.steps.get(place) {
            Some(Step::Take(Element::Word(word), _)) => drop(first.words.insert(*word)),
            Some(Step::Take(Element::Class(class, _), _)) => first.classes |= 1 << *class as u8,
            Some(Step::Take(Element::Inner(group), _)) => {
                for (other, begins) in rules.iter().zip(known) {
                    if group.takes(other.group) {
                        first.classes |= begins.classes;
                        first.words.extend(&begins.words);
                    }
                }
            }
            Some(Step::Take(Element::Sign(_), _)) | None => {}
            Some(Step::Not(_) | Step::Keep(..)) => open.push(place + 1),
            Some(Step::Jump(to)) => open.push(*to),
            Some(Step::Fork(other)) => open.extend([place + 1, *other]),
        }
    }
    first
}
