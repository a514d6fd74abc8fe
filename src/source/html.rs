//! Web pages: main text and metadata.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use serde_json::Value;

use super::draft::Draft;
use super::nesting;
use crate::dates;
use crate::model::DateRule;

/// Reads a page.
pub(super) fn read(page: &str) -> Result<Draft, String> {
    nesting::check(page)?;
    let document = Document::from(page);
    let meta = |selector: &str, attribute: &str| {
        let found = document.try_select(selector)?;
        let value = found.attr(attribute)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    };
    let canonical = meta("link[rel=canonical]", "href");
    let url = canonical.or_else(|| meta("meta[property='og:url']", "content"));
    let in_graph = graph_date(&document);
    let times = document.try_select("time[datetime]");
    let times = times.map_or_else(Vec::new, |times| times.nodes().to_vec());
    let times: Vec<String> = times
        .iter()
        .filter_map(|time| Some(time.attr("datetime")?.to_string()))
        .filter(|time| is_day(time))
        .collect();
    let property = meta("meta[property='article:published_time']", "content");
    let named = meta("meta[name=date], meta[itemprop=datePublished]", "content");
    let language = meta("html[lang]", "lang");
    let title = meta("meta[property='og:title']", "content");
    let config = Config {
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
    let said = [
        published,
        in_graph,
        property,
        metadata.published_time,
        named,
    ];
    let said: Vec<String> = said.into_iter().flatten().chain(times).collect();
    // One that cannot be read gives way to one that can, and is complained of where none can.
    let date = said
        .iter()
        .find(|date| dates::parse_published(date).is_ok());
    let date = date
        .or(said.first())
        .map(|date| (date.clone(), DateRule::Metadata));
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
pub(super) fn plain_text(html: &str) -> Result<String, String> {
    if !html.contains('<') && !html.contains('&') {
        return Ok(html.to_owned());
    }
    nesting::check(html)?;
    Ok(paragraphs(&Document::from(html).formatted_text()))
}

/// Whether `<time>` speaks of a day, and not of how long something takes.
fn is_day(time: &str) -> bool {
    dates::parse_published(time).is_ok()
}

/// The first `datePublished` in the page's JSON-LD, however deep.
fn graph_date(document: &Document) -> Option<String> {
    fn find(value: &Value) -> Option<&str> {
        match value {
            Value::Array(list) => list.iter().find_map(find),
            Value::Object(object) => match object.get("datePublished") {
                Some(Value::String(date)) => Some(date),
                _ => object.values().find_map(find),
            },
            _ => None,
        }
    }
    let scripts = document.try_select("script[type='application/ld+json']")?;
    scripts.nodes().iter().find_map(|script| {
        let data: Value = serde_json::from_str(&script.text()).ok()?;
        find(&data).map(str::to_owned)
    })
}

/// Paragraphs parted by blank lines, without empty ones or space at the ends of lines.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<&str>>().join("\n\n")
}
