//! Who met whom: meetings with their day, place, status and the sentence that tells of them.
//!
//! A word of the table `data/meetings.tsv` triggers a rule; the clause around it is read into
//! noun phrases by the agreement of case, number and gender, and those that stand where the rule
//! says take part. What several sentences tell of one meeting is put together at the end.

mod bearers;
mod clauses;
#[cfg(test)]
mod examples;
mod heads;
mod join;
mod nouns;
mod parties;
mod persons;
mod phrases;
mod setting;
mod status;
mod story;
mod subjects;
mod tails;
mod tellings;
mod traps;
mod verbs;
mod words;

use crate::lang::Language;
use crate::model::{Document, Field, Meeting};
use story::Story;

/// The meetings of an article whose names and dates are known, in the order of their tellings.
pub fn find(document: &Document, language: &'static Language) -> Vec<Meeting> {
    if (language.grammar.rules)().all().is_empty() {
        return Vec::new();
    }
    let story = Story::new(document, language);
    let mut tellings = Vec::new();
    for number in 0..story.places().len() {
        if story.may_tell(number) {
            tellings.extend(story.tellings(number));
        }
    }
    join::join(&story, tellings)
}

impl Story<'_> {
    /// Whether a sentence has a word that can trigger a rule.
    fn may_tell(&self, number: usize) -> bool {
        let Some((field, span)) = self.places().get(number) else {
            return false;
        };
        words::may_tell(span.of(self.document.field(*field)), self.language)
    }

    /// Whether the article is about games.
    fn is_of_sport(&self) -> bool {
        let sport = || words::is_of_sport(self.document.field(Field::Text), self.language);
        *self.sport.get_or_init(sport)
    }
}
