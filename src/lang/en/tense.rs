//! English verbs: the tense by small lists and the ending `-ed`.

use std::sync::LazyLock;

use crate::lang::lists::{self, WordList};
use crate::lang::tense::Tense;

static PAST: LazyLock<WordList> =
    LazyLock::new(|| lists::words(include_str!("data/past_verbs.txt")));

/// The tense of a lower-case form; none where it is no finite verb for sure. A word that says
/// that something is to come ("planned", "due") counts as a future.
pub(super) fn tense(form: &str) -> Option<Tense> {
    match form {
        "will" | "shall" | "won't" | "he'll" | "she'll" | "they'll" | "we'll" | "it'll"
        | "i'll" | "you'll" | "plans" | "planned" | "scheduled" | "expected" | "due" | "set"
        | "slated" | "upcoming" => Some(Tense::Future),
        "is" | "are" | "has" | "have" | "says" | "meets" | "visits" | "begins" | "holds" => {
            Some(Tense::Present)
        }
        _ if PAST.contains_key(form) => Some(Tense::Past),
        _ if form.len() > 4 && form.ends_with("ed") && !form.ends_with("eed") => Some(Tense::Past),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenses() {
        for (forms, expected) in [
            ("met talked was had visited", Some(Tense::Past)),
            ("will scheduled due", Some(Tense::Future)),
            ("is has meets", Some(Tense::Present)),
            ("indeed friday president red", None),
        ] {
            for form in forms.split(' ') {
                assert_eq!(tense(form), expected, "{form}");
            }
        }
    }
}
