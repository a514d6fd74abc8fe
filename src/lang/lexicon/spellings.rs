//! Walks a dictionary by spellings of one word.

use super::{Lexicon, Walker};
use crate::text::Spelling;
use crate::text::spelling::Progress;

impl Walker for Spelling {
    type State = Progress;

    fn start(&self) -> Progress {
        self.start()
    }

    fn read(&self, state: &Progress, letter: char) -> Progress {
        self.read_letter(*state, letter)
    }

    fn is_match(&self, state: &Progress) -> bool {
        self.is_match(*state)
    }

    fn can_match(&self, state: &Progress) -> bool {
        self.can_match(*state)
    }
}

impl Lexicon {
    /// The forms that a spelling accepts, in the order of their bytes.
    pub fn spellings(&self, spelling: &Spelling, sink: &mut dyn FnMut(&str)) {
        self.search(spelling, sink);
    }
}
