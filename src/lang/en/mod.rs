//! English.

use std::cell::LazyCell;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::{Language, Sink};

/// English, by the Snowball stemmer.
pub const ENGLISH: Language = Language {
    code: "en",
    lemmas,
    spellings: |_, _| {},
    is_abbreviation: |_| false,
    name_bases,
};

thread_local! {
    static STEMMER: LazyCell<Stemmer> = LazyCell::new(|| Stemmer::create(Algorithm::English));
}

/// The stem, after a possessive ending is taken off: `putin's` gives `putin`.
fn lemmas(form: &str, sink: Sink<'_>) {
    let bare = without_possessive(form);
    if bare.bytes().any(|byte| byte.is_ascii_digit()) {
        sink(bare);
    } else {
        STEMMER.with(|stemmer| sink(&stemmer.stem(bare)));
    }
}

/// English names change only by the possessive.
fn name_bases(form: &str, sink: Sink<'_>) {
    sink(without_possessive(form));
}

fn without_possessive(form: &str) -> &str {
    form.strip_suffix("'s")
        .or_else(|| form.strip_suffix('\''))
        .filter(|bare| !bare.is_empty())
        .unwrap_or(form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms;

    #[test]
    fn stems() {
        for (form, stem) in [
            ("meetings", "meet"),
            ("met", "met"),
            ("Putin's", "putin"),
            ("talks", "talk"),
            ("leaders'", "leader"),
            ("2023", "2023"),
            ("F-16s", "f-16s"),
        ] {
            assert_eq!(terms::lemmas(form, &ENGLISH), [stem], "{form}");
        }
    }
}
