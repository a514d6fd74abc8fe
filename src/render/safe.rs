//! Makes text from strangers harmless to a terminal.

use std::borrow::Cow;

/// Stands for a character that is left out.
const SHOWN: char = char::REPLACEMENT_CHARACTER;

/// The text with every character that could move the cursor, start an escape code, turn the
/// direction of writing or hide something replaced by `�`.
///
/// Line ends stay, a tab becomes a space. Changing twice changes nothing more.
/// What joins or parts the letters of a script that needs it, or the parts of an emoji, stays too;
/// between letters of ours it could only hide.
///
/// ```
/// # use kronika::render::safe::harmless;
/// assert_eq!(harmless("Łódź"), "Łódź");
/// assert_eq!(harmless("a\u{1b}[31mb"), "a\u{fffd}[31mb");
/// assert_eq!(harmless("Pu\u{200d}tin"), "Pu\u{fffd}tin");
/// assert_eq!(harmless("\u{1f469}\u{200d}\u{1f4bb}"), "\u{1f469}\u{200d}\u{1f4bb}");
/// ```
pub fn harmless(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| match letter {
        '\t' => ' ',
        _ => letter,
    })
}

/// The same on one line: line ends become spaces as well, so that a path or a title cannot pass for
/// two lines.
///
/// ```
/// # use kronika::render::safe::harmless_line;
/// assert_eq!(harmless_line("a\nb"), "a b");
/// ```
pub fn harmless_line(text: &str) -> Cow<'_, str> {
    replaced(text, |letter| match letter {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        _ => letter,
    })
}

/// Whether a character does something to the text around it instead of being seen.
/// Line ends, and what joins letters, are told apart elsewhere.
pub(super) fn is_harmful(letter: char) -> bool {
    match letter {
        '\n' | ' '..='~' => false,
        // Directions, spaces without width, invisible signs, language tags, letters drawn as nothing.
        '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => letter.is_control(),
    }
}

fn replaced(text: &str, space: impl Fn(char) -> char) -> Cow<'_, str> {
    if !text.contains(|letter| is_harmful(letter) || is_joiner(letter) || space(letter) != letter) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut before = None;
    let mut letters = text.chars().map(space).peekable();
    while let Some(letter) = letters.next() {
        let hides = if is_joiner(letter) {
            let after = letters.peek().copied();
            !(before.is_some_and(takes_joiners) && after.is_some_and(takes_joiners))
        } else {
            is_harmful(letter)
        };
        let shown = if hides { SHOWN } else { letter };
        out.push(shown);
        before = Some(shown);
    }
    Cow::Owned(out)
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}')
}

/// Whether a joiner beside this character has a meaning: not in Latin, Greek and Cyrillic.
fn takes_joiners(letter: char) -> bool {
    letter >= '\u{590}'
        && letter != SHOWN
        && !is_joiner(letter)
        && !is_harmful(letter)
        && !matches!(letter, '\u{1c80}'..='\u{1c8f}' | '\u{1d00}'..='\u{206f}'
            | '\u{2c60}'..='\u{2c7f}' | '\u{2de0}'..='\u{2dff}' | '\u{a640}'..='\u{a69f}'
            | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{ab6f}' | '\u{fb00}'..='\u{fb06}'
            | '\u{ff00}'..='\u{ff5e}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(harmless_line(text), expected);
    }

    #[test]
    fn what_hides_is_shown() {
        check("Władimir\u{ad}owicz", "Władimir\u{ad}owicz");
        check("jeden\r\ndwa\ttrzy", "jeden  dwa trzy");
        check("\u{9b}31mczerwone", "\u{fffd}31mczerwone");
        check("\u{202e}tsafi\u{202c}", "\u{fffd}tsafi\u{fffd}");
        check("Tu\u{200b}sk", "Tu\u{fffd}sk");
        check("Ту\u{200c}ск", "Ту\u{fffd}ск");
        check("\u{feff}Duda\u{7f}", "\u{fffd}Duda\u{fffd}");
        check("ni\u{3164}c", "ni\u{fffd}c");
    }

    #[test]
    fn what_scripts_need_stays() {
        check("می\u{200c}خواهم", "می\u{200c}خواهم");
        check("क्\u{200d}ष", "क्\u{200d}ष");
        check("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥");
        check("🔥\u{200d}\u{200d}🔥", "🔥\u{fffd}\u{fffd}🔥");
        check("🔥\u{200d}", "🔥\u{fffd}");
    }

    /// Texts thick with what this file is about.
    fn odd_text() -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            any::<char>(),
            prop::sample::select(vec![
                '\u{200d}', '\u{200c}', '\u{202e}', '\u{1b}', '\n', '\t', '\u{9b}', '🔥', 'ą', 'م',
            ]),
        ];
        prop::collection::vec(letter, 0..20).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn nothing_harmful_is_left(text in odd_text()) {
            let once = harmless(&text).into_owned();
            prop_assert!(!once.contains(is_harmful));
            prop_assert_eq!(harmless(&once).into_owned(), once.clone());
            prop_assert_eq!(once.chars().count(), text.chars().count());
            let line = harmless_line(&text).into_owned();
            prop_assert!(!line.contains(char::is_control));
            prop_assert_eq!(harmless_line(&line).into_owned(), line.clone());
        }
    }
}
