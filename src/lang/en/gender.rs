//! What tells a man from a woman in English.

use std::sync::LazyLock;

use super::super::gender::{Gender, Genders};
use super::super::lists::{self, WordList};
use crate::text::normal_form;

static FIRST_NAMES: LazyLock<WordList> =
    LazyLock::new(|| lists::rows(include_str!("data/first_names.txt")));
static BEFORE: LazyLock<WordList> = LazyLock::new(|| lists::rows(include_str!("data/genders.txt")));

pub(super) const GENDERS: Genders = Genders {
    of_first_name: |name| gender_in(&FIRST_NAMES, name),
    of_surname: |_, _| None,
    of_word_before: |word| gender_in(&BEFORE, word),
    of_word_behind: |_| None,
};

fn gender_in(list: &WordList, word: &str) -> Option<Gender> {
    let letters = list.get(normal_form(word).as_str()).copied();
    Gender::from_letter(letters.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell() {
        let man = Some(Gender::Masculine);
        let woman = Some(Gender::Feminine);
        assert_eq!((GENDERS.of_first_name)("Donald"), man);
        assert_eq!((GENDERS.of_first_name)("Melania"), None);
        assert_eq!((GENDERS.of_word_before)("Mrs"), woman);
        assert_eq!((GENDERS.of_word_before)("president"), None);
    }
}
