//! What single characters mean in a query.

use super::fault::{Fault, shortened};
use crate::model::Span;

/// Whether the character parts words and is nothing else.
/// Control characters and invisible spaces come with pasted text and are never meant.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{200b}' | '\u{feff}')
}

/// Whether the character opens or closes a quotation.
pub(super) fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '„' | '“' | '”' | '«' | '»')
}

/// Whether `letter` closes a quotation that began with `open`.
/// A plain `"` may close a typographic quote, because keyboards often give that pair.
pub(super) fn closes(open: char, letter: char) -> bool {
    match open {
        '„' => matches!(letter, '”' | '“' | '"'),
        '“' | '”' => matches!(letter, '”' | '"'),
        '«' => letter == '»',
        '»' => letter == '«',
        _ => letter == '"',
    }
}

/// Whether a `\` in quotes takes the meaning from this character.
pub(super) fn can_be_escaped(letter: char) -> bool {
    is_quote(letter) || matches!(letter, '\\' | '*' | '=')
}

/// Whether the character ends what stands outside of quotes.
pub(super) fn ends_word(letter: char) -> bool {
    is_space(letter) || is_quote(letter) || matches!(letter, '(' | ')')
}

/// Whether there is anything in it that can be looked for.
pub(super) fn has_substance(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether a piece in capitals joins or negates its neighbours.
pub(super) fn is_operator(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT")
}

/// The characters of a text from inside quotes: where each begins, what it is,
/// and whether a `\` took its meaning.
pub(super) fn letters(inner: &str) -> impl Iterator<Item = (usize, char, bool)> {
    let mut rest = inner.char_indices().peekable();
    std::iter::from_fn(move || {
        let (place, letter) = rest.next()?;
        if letter == '\\'
            && let Some((_, escaped)) = rest.next_if(|(_, next)| can_be_escaped(*next))
        {
            return Some((place, escaped, true));
        }
        Some((place, letter, false))
    })
}

/// What keeps `word`, at byte `start` of the query, from being a word without quotes.
///
/// Signs that mean something in other query languages are faults,
/// because an index would drop them in silence.
pub(super) fn fault_of_word(word: &str, start: usize) -> Option<Fault> {
    let fault_at = |place: usize, letter: char, message: String, hint: String| {
        let begin = start + place;
        Fault::new(Span::new(begin, begin + letter.len_utf8()), message, hint)
    };
    if let Some(first) = word.chars().next()
        && let Some(hint) = hint_for_first(first)
    {
        let message = format!("a word cannot begin with `{first}`");
        return Some(fault_at(0, first, message, hint.to_owned()));
    }
    for (place, letter) in word.char_indices() {
        let (message, hint) = match letter {
            '*' => (
                "`*` stands only at the end of a word".to_owned(),
                format!(
                    "write a regular expression: `/{}/`",
                    shortened(word).replace('*', ".*")
                ),
            ),
            '?' => (
                "`?` does not stand for a letter".to_owned(),
                format!(
                    "leave it out, or write a regular expression: `/{}/`",
                    shortened(word).replace('?', ".")
                ),
            ),
            '~' => (
                "`~` cannot follow a word".to_owned(),
                "`~3` follows a phrase in quotes, `~s` a group in brackets".to_owned(),
            ),
            '^' => (
                "`^` has no meaning here".to_owned(),
                "leave it out: words have no weights".to_owned(),
            ),
            '|' => (
                "`|` has no meaning here".to_owned(),
                "write `OR` between two words".to_owned(),
            ),
            ':' => (
                "there is a colon in the word".to_owned(),
                format!("put the word in quotes: `\"{}\"`", shortened(word)),
            ),
            '\\' => (
                "`\\` has a meaning only in quotes and regular expressions".to_owned(),
                "put the word in quotes".to_owned(),
            ),
            _ => continue,
        };
        return Some(fault_at(place, letter, message, hint));
    }
    if has_substance(word) {
        return None;
    }
    Some(Fault::new(
        Span::new(start, start + word.len()),
        format!("there is no letter or digit in: `{}`", shortened(word)),
        "leave it out: punctuation is not looked for",
    ))
}

/// What to write instead of a word that begins with this sign, if no word may.
fn hint_for_first(first: char) -> Option<&'static str> {
    Some(match first {
        '+' => "leave it out: all words are looked for already",
        '!' => "negation is written `-word` or `NOT word`",
        '&' => "leave it out: words side by side are looked for together",
        '|' => "write `OR` between two words",
        '-' => "`-` goes before the whole: `-title:word`",
        '–' | '—' | '−' => "leave it out, or negate with a plain hyphen: `-word`",
        '\'' | '‘' | '‚' | '`' => "put phrases in double quotes: `\"okrągły stół\"`",
        '=' => "one `=` goes right before a word or a quote",
        '/' => "a regular expression stands alone or after `title:`",
        '[' | ']' | '{' | '}' | '<' | '>' => {
            "a range of days is written `date:2023-01..2023-03`; put other words in quotes"
        }
        _ => return None,
    })
}
