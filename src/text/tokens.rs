//! Text to tokens.
//!
//! A token is a run of letters, digits and combining marks.
//! An apostrophe between letters belongs to it (`O'Brien`, `Farage'a`); a hyphen does not, so
//! `polsko-rosyjski` is two tokens next to one another and `MSZ-u` is found by `MSZ`.

use unicode_normalization::char::is_combining_mark;

use crate::model::Span;

/// The tokens of a text, in order.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

/// Walks over the tokens of `text`.
///
/// ```
/// # use kronika::text::tokens;
/// let text = "Szef MSZ-u, Jean O'Neil: 3,5 mln";
/// let words: Vec<&str> = tokens(text).map(|span| span.of(text)).collect();
/// assert_eq!(words, ["Szef", "MSZ", "u", "Jean", "O'Neil", "3", "5", "mln"]);
/// ```
pub fn tokens(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

fn is_word(letter: char) -> bool {
    is_alphanumeric(letter) || (letter >= '\u{300}' && is_combining_mark(letter))
}

/// The same as [`char::is_alphanumeric`], decided at once for the letters of European languages.
fn is_alphanumeric(letter: char) -> bool {
    match letter {
        '\0'..='\u{7f}' => letter.is_ascii_alphanumeric(),
        '\u{d7}' | '\u{f7}' => false,
        '\u{c0}'..='\u{2c1}' => true,
        _ => letter.is_alphanumeric(),
    }
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’')
}

/// How many bytes of `text`, from its start, satisfy `is_wanted`; ASCII is not decoded.
fn run(text: &str, is_wanted: impl Fn(char) -> bool) -> usize {
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let letter = if byte.is_ascii() {
            Some(char::from(byte))
        } else {
            text.get(at..).and_then(|rest| rest.chars().next())
        };
        let Some(letter) = letter.filter(|letter| is_wanted(*letter)) else {
            break;
        };
        at += letter.len_utf8();
    }
    at
}

impl Iterator for Tokens<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..)?;
        let start = self.at + run(rest, |letter| !is_alphanumeric(letter));
        let mut end = start;
        loop {
            end += run(self.text.get(end..)?, is_word);
            let mut after = self.text.get(end..)?.chars();
            let joins = after.next().is_some_and(is_apostrophe)
                && after.next().is_some_and(char::is_alphabetic);
            if !joins {
                break;
            }
            end += run(self.text.get(end..)?, is_apostrophe);
        }
        self.at = end;
        (end > start).then(|| Span::new(start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = tokens(text).map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn words() {
        check("", &[]);
        check(" … — !", &[]);
        check("Żółw  idzie", &["Żółw", "idzie"]);
        check("polsko-rosyjski", &["polsko", "rosyjski"]);
        check("Nigela Farage'a", &["Nigela", "Farage'a"]);
        check("Putin’s", &["Putin’s"]);
        check("'quoted'", &["quoted"]);
        check("rock'n'roll", &["rock'n'roll"]);
        check("dogs' 'cats", &["dogs", "cats"]);
        check("15.02.2023", &["15", "02", "2023"]);
        check("COVID-19", &["COVID", "19"]);
        check("Лукашенко, Lukashenka", &["Лукашенко", "Lukashenka"]);
        check("e\u{301}te\u{301}", &["e\u{301}te\u{301}"]);
        check("\u{301}x", &["x"]);
        check("習近平", &["習近平"]);
    }

    #[test]
    fn the_short_way_to_tell_letters_is_right() {
        for letter in char::MIN..=char::MAX {
            assert_eq!(
                is_alphanumeric(letter),
                letter.is_alphanumeric(),
                "{letter:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn tokens_are_sorted_and_hold_every_letter(text in "\\PC{0,60}") {
            let mut covered = 0;
            for span in tokens(&text) {
                prop_assert!(span.start() >= covered && !span.is_empty());
                let gap = text.get(covered..span.start());
                prop_assert!(gap.is_some_and(|gap| !gap.contains(char::is_alphanumeric)));
                covered = span.end();
            }
            let rest = text.get(covered..);
            prop_assert!(rest.is_some_and(|rest| !rest.contains(char::is_alphanumeric)));
        }
    }
}
