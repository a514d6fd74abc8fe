//! Makes text from strangers harmless to a terminal.

use std::borrow::Cow;

/// Stands for a character that is left out.
const SHOWN: char = '\u{fffd}';

/// The text with every character that could move the cursor, start an escape code, turn the
/// direction of writing or hide something replaced by `�`.
///
/// Line ends stay. Changing twice changes nothing more.
///
/// ```
/// # use kronika::render::safe::harmless;
/// assert_eq!(harmless("Łódź"), "Łódź");
/// assert_eq!(harmless("a\u{1b}[31mb"), "a\u{fffd}[31mb");
/// ```
pub fn harmless(text: &str) -> Cow<'_, str> {
    if text.contains(is_harmful) {
        let letters = text.chars();
        Cow::Owned(
            letters
                .map(|letter| if is_harmful(letter) { SHOWN } else { letter })
                .collect(),
        )
    } else {
        Cow::Borrowed(text)
    }
}

fn is_harmful(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(
            letter,
            '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in any::<String>()) {
            let once = harmless(&text).into_owned();
            prop_assert!(!once.contains(is_harmful));
            prop_assert_eq!(harmless(&once).into_owned(), once.clone());
            prop_assert_eq!(once.chars().count(), text.chars().count());
        }
    }
}
