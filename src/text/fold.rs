//! Folding of letters: case, then diacritics.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Appends `text` in lower case to `out`.
///
/// Letter by letter, so that it does not depend on the neighbours (no final sigma).
pub fn lower(text: &str, out: &mut String) {
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter.to_ascii_lowercase());
        } else {
            out.extend(letter.to_lowercase());
        }
    }
}

/// A letter without its diacritics, or itself: `ł` gives `l`, `ż` gives `z`.
///
/// Canonical decomposition takes off what is written as a mark; strokes and ligatures that
/// Unicode does not decompose are listed here, with those that are asked for most.
pub fn fold_letter(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    match letter {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'ń' => 'n',
        'ś' => 's',
        'ź' | 'ż' => 'z',
        'Ł' => 'L',
        'ó' | 'ø' => 'o',
        'Ø' => 'O',
        'đ' | 'ð' => 'd',
        'Đ' | 'Ð' => 'D',
        'ħ' => 'h',
        'Ħ' => 'H',
        'ı' => 'i',
        'ŧ' => 't',
        'Ŧ' => 'T',
        _ => std::iter::once(letter)
            .nfd()
            .next()
            .filter(|base| base.is_alphanumeric())
            .unwrap_or(letter),
    }
}

/// Lower case without diacritics, for comparing what people type with what was printed.
///
/// ```
/// assert_eq!(kronika::text::fold("Łukaszenką"), "lukaszenka");
/// assert_eq!(kronika::text::fold("Лукашэнка"), "лукашэнка");
/// ```
pub fn fold(text: &str) -> String {
    let mut lowered = String::with_capacity(text.len());
    lower(text, &mut lowered);
    lowered
        .chars()
        .filter(|&letter| !is_combining_mark(letter))
        .map(fold_letter)
        .collect()
}

/// Longest form that is kept whole, in bytes; a longer one is known by its beginning.
pub const MAX_FORM: usize = 240;

/// A form as dictionaries and terms know it: lower case, one kind of apostrophe, of bounded length.
pub fn normal_form(token: &str) -> String {
    let mut form = String::with_capacity(token.len());
    lower(token, &mut form);
    if form.contains('’') {
        form = form.replace('’', "'");
    }
    form.truncate(form.floor_char_boundary(MAX_FORM));
    form
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters() {
        for (written, folded) in [
            ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
            ("Orbán Erdoğan Šefčovič", "orban erdogan sefcovic"),
            ("Søren Đoković", "soren dokovic"),
            ("straße", "straße"),
            ("Їжак й", "іжак и"),
            ("2023", "2023"),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
