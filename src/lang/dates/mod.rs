//! How a language tells dates in running text: words and patterns, which are data, made ready.
//!
//! What the patterns look like is told in [`pattern`], the words in [`words`].

pub mod holidays;
pub mod pattern;
mod starts;
pub mod words;

pub use holidays::{Holiday, HolidayRule};
pub use pattern::{Builder, Element, Group, Rule, Step};
pub use starts::Shape;
pub use words::{Class, Sense, UNITS, Words};

use starts::Starts;

/// The words and rules of one language.
#[derive(Debug)]
pub struct Grammar {
    /// Its words.
    pub words: Words,
    /// Its rules, in the order of the file: of two that read as much, the earlier one counts.
    pub rules: Vec<Rule>,
    starts: Starts,
}

impl Grammar {
    /// Reads the tables of a language; the error names the line that is wrong.
    pub fn parse(calendar: &str, words: &str, rules: &str) -> Result<Self, String> {
        let mut words = Words::parse(calendar, words)?;
        let rules = pattern::parse(rules, &mut words)?;
        let starts = Starts::new(&words, &rules);
        Ok(Self {
            words,
            rules,
            starts,
        })
    }

    /// The rules that may read a date that begins with the first piece, before the second, in
    /// their order.
    pub fn starting(&self, first: Shape, second: Option<Shape>) -> impl Iterator<Item = &Rule> {
        let places = self.starts.rules(first, second);
        places.filter_map(|place| self.rules.get(place))
    }
}
