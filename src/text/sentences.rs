//! Text to sentences.

use crate::model::Span;

/// Where sentences of `text` lie, in order, without the space between them.
///
/// A sentence ends at a blank line; at `!`, `?` or `…`; and at a full stop, unless the word
/// before it is an initial or one that `is_abbreviation` knows to carry a stop of its own.
/// In each case what follows has to look like a beginning: a capital letter, a digit, a quote.
pub fn sentences(text: &str, is_abbreviation: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let end = match letter {
            '\n' => {
                let mut line_ends = 1;
                while let Some(&(_, next)) = letters.peek() {
                    if !next.is_whitespace() {
                        break;
                    }
                    line_ends += usize::from(next == '\n');
                    letters.next();
                }
                if line_ends < 2 {
                    continue;
                }
                at
            }
            '.' | '!' | '?' | '…' => {
                let mut end = at + letter.len_utf8();
                while let Some(&(next_at, next)) = letters.peek() {
                    if !is_closing(next) {
                        break;
                    }
                    end = next_at + next.len_utf8();
                    letters.next();
                }
                if !begins(text.get(end..).unwrap_or_default()) {
                    continue;
                }
                let word = last_word(text.get(start..at).unwrap_or_default().trim_end());
                if letter == '.' && (is_initial(word) || is_abbreviation(word)) {
                    continue;
                }
                end
            }
            _ => continue,
        };
        push(&mut found, text, start, end);
        start = end;
    }
    push(&mut found, text, start, text.len());
    found
}

fn push(found: &mut Vec<Span>, text: &str, start: usize, end: usize) {
    let piece = text.get(start..end).unwrap_or_default();
    let from = start + piece.len() - piece.trim_start().len();
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        found.push(Span::new(from, from + trimmed.len()));
    }
}

fn is_closing(letter: char) -> bool {
    matches!(
        letter,
        '.' | '!' | '?' | '…' | '"' | '”' | '’' | '»' | ')' | ']'
    )
}

/// Whether the rest of a text begins a new sentence: space, then a capital, digit or quote.
fn begins(rest: &str) -> bool {
    let trimmed = rest.trim_start();
    if trimmed.len() == rest.len() {
        return false;
    }
    trimmed
        .chars()
        .next()
        .is_none_or(|letter| !letter.is_lowercase() && !matches!(letter, ',' | ';' | ':' | ')'))
}

fn last_word(text: &str) -> &str {
    text.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '.')
        .next()
        .unwrap_or_default()
}

fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let spans = sentences(text, |word| matches!(word, "prof" | "im" | "ul"));
        let found: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ends() {
        check("", &[]);
        check("Jedno. Drugie!", &["Jedno.", "Drugie!"]);
        check(
            "J. Kowalski i prof. Nowak.",
            &["J. Kowalski i prof. Nowak."],
        );
        check(
            "Wydał 2,5 mln zł. 15 osób",
            &["Wydał 2,5 mln zł.", "15 osób"],
        );
        check("Czy? Nie wiem… Może", &["Czy?", "Nie wiem…", "Może"]);
        check("„Tak.” – mówi", &["„Tak.”", "– mówi"]);
        check("w 2023 r. spotkał", &["w 2023 r. spotkał"]);
        check(
            "Tytuł\n\nTekst\nzawinięty. Dalej",
            &["Tytuł", "Tekst\nzawinięty.", "Dalej"],
        );
        check("example.org i 3.5", &["example.org i 3.5"]);
    }

    proptest! {
        #[test]
        fn sentences_hold_all_but_space(text in "[A-Za-zł.!?\\n „”]{0,80}") {
            let spans = sentences(&text, |_| false);
            let kept: String = spans.iter().map(|span| span.of(&text)).collect();
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(squeeze(&kept), squeeze(&text));
        }
    }
}
