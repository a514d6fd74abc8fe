//! What tells a man from a woman of the same surname.

/// Whether a person is a man or a woman, as far as grammar says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// A man.
    Masculine,
    /// A woman.
    Feminine,
}

impl Gender {
    /// The gender of a letter in a list: `f` or `m`; `fm` is neither.
    pub(super) fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "m" => Some(Self::Masculine),
            "f" => Some(Self::Feminine),
            _ => None,
        }
    }
}

/// What a language says of the gender of a person. Each answers only where there is no doubt.
#[derive(Debug, Clone, Copy)]
pub struct Genders {
    /// By the first name, in its base form.
    pub of_first_name: fn(name: &str) -> Option<Gender>,
    /// By the surname as it is written, and its base form.
    pub of_surname: fn(written: &str, base: &str) -> Option<Gender>,
    /// By the word before the name: "pani", "Mr".
    pub of_word_before: fn(word: &str) -> Option<Gender>,
    /// By the word behind the name, where that is in its base form: "powiedziała".
    pub of_word_behind: fn(word: &str) -> Option<Gender>,
}

/// Says nothing.
pub const UNKNOWN: Genders = Genders {
    of_first_name: |_| None,
    of_surname: |_, _| None,
    of_word_before: |_| None,
    of_word_behind: |_| None,
};
