//! Web pages: main text and metadata.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::draft::Draft;
use crate::model::DateRule;

/// A page with more tags inside one another is no article.
const DEEPEST: usize = 2_000;
/// A page of more tags in all is no article.
const MOST_ELEMENTS: usize = 200_000;

/// Reads a page.
pub(super) fn read(page: &str) -> Result<Draft, String> {
    if is_too_deep(page) {
        return Err(format!("tags nested more than {DEEPEST} deep"));
    }
    let document = Document::from(page);
    let meta = |selector: &str, attribute: &str| {
        let found = document.try_select(selector)?;
        let value = found.attr(attribute)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let canonical = meta("link[rel=canonical]", "href");
    let url = canonical.or_else(|| meta("meta[property='og:url']", "content"));
    let time = meta("article time[datetime], time[datetime]", "datetime");
    let named = meta("meta[name=date], meta[itemprop=datePublished]", "content");
    let language = meta("html[lang]", "lang");
    let title = meta("meta[property='og:title']", "content");
    let config = Config {
        max_elements_to_parse: MOST_ELEMENTS,
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let mut readability = Readability::with_document(document, None, Some(config))
        .map_err(|error| error.to_string())?;
    let json_ld = readability.parse_json_ld();
    let published = json_ld
        .as_ref()
        .and_then(|data| data.published_time.clone());
    let headline = json_ld.as_ref().map(|data| data.title.clone());
    let metadata = readability.get_article_metadata(json_ld);
    let date = published
        .or(metadata.published_time)
        .or(named)
        .or(time)
        .map(|date| (date, DateRule::Metadata));
    let parsed = readability.parse();
    let headline = headline.filter(|title| !title.is_empty()).or(title);
    let (main_title, text) = match parsed {
        Ok(article) => (article.title, paragraphs(&article.text_content)),
        Err(error) => return Err(format!("no main text: {error}")),
    };
    Ok(Draft {
        date,
        title: headline.unwrap_or(main_title),
        text,
        language: language.or(metadata.lang),
        source: metadata.site_name,
        url,
        author: metadata.byline,
        ..Draft::default()
    })
}

/// The text of a piece of HTML, as feeds carry it.
pub(super) fn plain_text(html: &str) -> String {
    if !html.contains('<') && !html.contains('&') {
        return html.to_owned();
    }
    if is_too_deep(html) {
        return String::new();
    }
    paragraphs(&Document::from(html).formatted_text())
}

/// Paragraphs parted by blank lines, without empty ones or space at the ends of lines.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<&str>>().join("\n\n")
}

/// Whether tags are opened inside one another deeper than any article does; a rough count that
/// keeps the parser's tree from growing without measure.
fn is_too_deep(page: &str) -> bool {
    let mut depth = 0_usize;
    for piece in page.split('<').skip(1) {
        if piece.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if piece.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            let name = piece
                .split(|letter: char| !letter.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase();
            let stays_open = !matches!(
                name.as_str(),
                "br" | "img"
                    | "hr"
                    | "meta"
                    | "link"
                    | "input"
                    | "source"
                    | "wbr"
                    | "area"
                    | "base"
                    | "col"
                    | "embed"
                    | "track"
                    | "param"
                    | "p"
                    | "li"
                    | "td"
                    | "tr"
                    | "th"
                    | "dt"
                    | "dd"
                    | "option"
                    | "path"
            );
            depth += usize::from(stays_open);
        }
        if depth > DEEPEST {
            return true;
        }
    }
    false
}
