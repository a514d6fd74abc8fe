//! Plain text and Markdown, perhaps with a header.

use super::draft::Draft;
use crate::dates;
use crate::model::DateRule;

/// A first line of more letters is no title.
const LONGEST_TITLE: usize = 200;

/// What a header may call our fields.
const KEYS: [(&str, &str); 18] = [
    ("id", "id"),
    ("date", "date"),
    ("data", "date"),
    ("published", "date"),
    ("title", "title"),
    ("tytuł", "title"),
    ("tytul", "title"),
    ("headline", "title"),
    ("lang", "lang"),
    ("language", "lang"),
    ("język", "lang"),
    ("jezyk", "lang"),
    ("source", "source"),
    ("źródło", "source"),
    ("zrodlo", "source"),
    ("url", "url"),
    ("author", "author"),
    ("autor", "author"),
];

fn field_of(key: &str) -> Option<&'static str> {
    let key = key.trim().to_lowercase();
    KEYS.iter()
        .find(|(known, _)| *known == key)
        .map(|(_, field)| *field)
}

/// Reads plain text. A header is front matter between `---`, or lines of `key: value` up to a
/// blank line, or one leading `date 2023-02` with the text behind it.
/// Without one, a short first line alone in its paragraph and without a full stop is the title.
pub(super) fn read(text: &str) -> Result<Draft, String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut draft = Draft::default();
    let body = if let Some(body) = front_matter(&text, &mut draft)? {
        body
    } else if let Some(body) = key_lines(&text, &mut draft) {
        body
    } else if let Some((date, body)) = leading_date(&text) {
        draft.date = Some((date.to_owned(), DateRule::Header));
        draft.text = body.to_owned();
        return Ok(draft);
    } else {
        text.trim_start()
    };
    if draft.title.is_empty()
        && let Some((title, rest)) = title_line(body)
    {
        draft.title = title.to_owned();
        draft.text = rest.to_owned();
    } else {
        draft.text = body.to_owned();
    }
    Ok(draft)
}

/// Reads Markdown: the same, and a first heading is the title.
pub(super) fn read_markdown(text: &str) -> Result<Draft, String> {
    let mut draft = read(text)?;
    if let Some(title) = draft.title.strip_prefix("# ") {
        draft.title = title.trim().to_owned();
    }
    let heading = draft
        .text
        .trim_start()
        .strip_prefix("# ")
        .map(str::to_owned);
    if let Some(rest) = heading {
        let (heading, body) = rest.split_once('\n').unwrap_or((rest.as_str(), ""));
        if draft.title.is_empty() || draft.title == heading.trim() {
            draft.title = heading.trim().to_owned();
            draft.text = body.to_owned();
        }
    }
    Ok(draft)
}

/// Fields between two lines of `---`; what follows them.
fn front_matter<'t>(text: &'t str, draft: &mut Draft) -> Result<Option<&'t str>, String> {
    let Some(rest) = text.trim_start().strip_prefix("---\n") else {
        return Ok(None);
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return Ok(Some(rest.get(at..).unwrap_or_default()));
        }
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        if let Some(field) = field_of(key) {
            draft.set(field, unquoted(value).to_owned());
        }
    }
    Err("a header that begins with `---` and never ends".to_owned())
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inside = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

/// Lines of `key: value`, the first of a key we know, up to a blank line; what follows them.
fn key_lines<'t>(text: &'t str, draft: &mut Draft) -> Option<&'t str> {
    let body = text.trim_start();
    let mut header = draft.clone();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if line.trim().is_empty() {
            *draft = header;
            return (at > 0).then(|| body.get(at..).unwrap_or_default());
        }
        let (key, value) = line.split_once(':')?;
        let field = field_of(key);
        let is_key = !key.trim().is_empty() && !key.trim().contains(char::is_whitespace);
        if !is_key || (at == 0 && field.is_none()) {
            return None;
        }
        if let Some(field) = field {
            header.set(field, unquoted(value).to_owned());
        }
        at += line.len();
    }
    None
}

/// `date 2023-02 Text …`: the date and the text behind it.
fn leading_date(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().strip_prefix("date")?;
    let rest = rest.strip_prefix([' ', '\t', ':'])?.trim_start();
    let (date, body) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let date = date.trim_end_matches([':', ',', ';', '.']);
    let is_date = date.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-')
        && (dates::parse_published(date).is_ok() || date.contains('-'));
    is_date.then_some((date, body))
}

fn title_line(body: &str) -> Option<(&str, &str)> {
    let (line, rest) = body.split_once('\n')?;
    let (line, is_alone) = (line.trim(), rest.starts_with('\n'));
    let is_title = is_alone
        && !rest.trim().is_empty()
        && line.contains(char::is_alphabetic)
        && line.chars().count() <= LONGEST_TITLE
        && !line.ends_with(['.', ':', ',', ';']);
    is_title.then_some((line, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Date, title and text of a file.
    #[track_caller]
    fn check(file: &str, expected: (&str, &str, &str)) {
        let draft = read_markdown(file).unwrap();
        let date = draft.date.map_or_else(String::new, |(date, _)| date);
        let found = (date.as_str(), draft.title.as_str(), draft.text.trim());
        assert_eq!(found, expected, "{file:?}");
    }

    #[test]
    fn headers() {
        check(
            " date 2023-02 Rzecznik mówi.",
            ("2023-02", "", "Rzecznik mówi."),
        );
        check(
            "date 2023-02-15\nRzecznik.",
            ("2023-02-15", "", "Rzecznik."),
        );
        check(
            "date: 2023\ntitle: Tytuł: dwa\n\nTekst.",
            ("2023", "Tytuł: dwa", "Tekst."),
        );
        check(
            "data: 2023\ntytuł: \"Tytuł\"\nx: y\n\nTekst.",
            ("2023", "Tytuł", "Tekst."),
        );
        check(
            "---\ndate: 2023\ntitle: 'T'\ntags:\n - x\n---\nTekst.",
            ("2023", "T", "Tekst."),
        );
        check("# Tytuł\n\nTekst.", ("", "Tytuł", "Tekst."));
        check("Krótki tytuł\n\nTekst.", ("", "Krótki tytuł", "Tekst."));
    }

    #[test]
    fn near_misses_are_text() {
        check("dates are sweet.", ("", "", "dates are sweet."));
        check("date night was fun.", ("", "", "date night was fun."));
        check("date 30 guests.", ("", "", "date 30 guests."));
        check("Premier: nie. Drugi.", ("", "", "Premier: nie. Drugi."));
        check(
            "Jedno zdanie.\n\nDrugie.",
            ("", "", "Jedno zdanie.\n\nDrugie."),
        );
        check("title: Tytuł", ("", "", "title: Tytuł"));
        check("", ("", "", ""));
    }

    #[test]
    fn a_header_without_end_is_refused() {
        assert!(read("---\ndate: 2023\nTekst.").is_err());
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = read_markdown(&text);
            let _ = read_markdown(&format!("---\n{text}\n---\n{text}"));
        }
    }
}
