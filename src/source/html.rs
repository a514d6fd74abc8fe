//! Web pages: main text and metadata.

use dom_query::{Document, NodeRef, Selection};
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::draft::Draft;
use super::{linked_data, nesting};
use crate::dates;
use crate::model::DateRule;

/// How far into a page its encoding may be declared.
const DECLARED_WITHIN: usize = 4096;

/// Reads a page.
///
/// Its date is the first that can be read of what JSON-LD says, its `meta` tags, and `<time>`.
pub(super) fn read(page: &str) -> Result<Draft, String> {
    let document = parse(page)?;
    let all = |selector: &str, attribute: &str| -> Vec<String> {
        let found = document.try_select(selector);
        let nodes = found.iter().flat_map(Selection::nodes);
        let values = nodes.filter_map(|node| node.attr(attribute));
        let values = values.map(|value| value.trim().to_owned());
        values.filter(|value| !value.is_empty()).collect()
    };
    let first = |selector: &str, attribute: &str| all(selector, attribute).into_iter().next();
    let linked = linked_data::find(&document).unwrap_or_default();
    let url = first("link[rel=canonical]", "href")
        .or_else(|| first("meta[property='og:url']", "content"));
    // `<time>` may also hold an hour or a duration, which are no dates.
    let mut times = all("article time[datetime]", "datetime");
    times.extend(all("time[datetime]", "datetime"));
    times.retain(|time| dates::parse_published(time).is_ok());
    let published = first(
        "meta[property='article:published_time'], meta[name='article:published_time']",
        "content",
    );
    let named = first("meta[name=date], meta[itemprop=datePublished]", "content");
    let language = first("html[lang]", "lang").or(linked.language);
    let open_graph_title = first("meta[property='og:title']", "content");
    let config = Config {
        text_mode: TextMode::Formatted,
        ..Config::default()
    };
    let mut readability = Readability::with_document(document, None, Some(config))
        .map_err(|error| error.to_string())?;
    let metadata = readability.get_article_metadata(readability.parse_json_ld());
    let said = [linked.published, published, metadata.published_time, named];
    let said: Vec<String> = said.into_iter().flatten().chain(times).collect();
    // One that cannot be read gives way to one that can, and is complained of where none can.
    let date = said
        .iter()
        .find(|date| dates::parse_published(date).is_ok())
        .or(said.first());
    let (main_title, text) = match readability.parse() {
        Ok(article) => (article.title, paragraphs(&article.text_content)),
        Err(dom_smoothie::ReadabilityError::GrabFailed) => (metadata.title, whole_text(page)?),
        Err(error) => return Err(format!("no main text: {error}")),
    };
    if text.is_empty() {
        return Err("no main text in the page".to_owned());
    }
    Ok(Draft {
        date: date.map(|date| (date.clone(), DateRule::Metadata)),
        title: linked.headline.or(open_graph_title).unwrap_or(main_title),
        text,
        language,
        source: linked.publisher.or(metadata.site_name),
        url,
        author: linked.author.or(metadata.byline),
        ..Draft::default()
    })
}

/// All text of a page in which no main text stands out.
fn whole_text(page: &str) -> Result<String, String> {
    let document = parse(page)?;
    document
        .select("script, style, noscript, template")
        .remove();
    let body = document.body().map(|body| body.formatted_text());
    Ok(paragraphs(&body.unwrap_or_default()))
}

/// The text of a piece of HTML, as feeds carry it.
pub(super) fn plain_text(html: &str) -> Result<String, String> {
    if !html.contains(['<', '&']) {
        return Ok(html.to_owned());
    }
    let document = parse(html)?;
    document.select("script, style").remove();
    Ok(paragraphs(&document.formatted_text()))
}

/// The encoding that a page says it is in.
pub(super) fn declared_encoding(page: &[u8]) -> Option<&'static Encoding> {
    let head = page.get(..page.len().min(DECLARED_WITHIN))?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let (_, rest) = head.split_once(key)?;
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
        Encoding::for_label(rest.get(..end?)?.as_bytes())
    })
}

/// Paragraphs parted by blank lines, without empty ones or space at the ends of lines.
fn paragraphs(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<&str>>().join("\n\n")
}

/// The tree of a page, unless it is so deep that walking it would cost too much.
fn parse(page: &str) -> Result<Document, String> {
    nesting::check(page)?;
    let document = Document::from(page);
    // What the parser makes of tags that were not closed shows in the tree alone.
    if depth_of(document.root()) > nesting::DEEPEST {
        return Err(nesting::too_deep());
    }
    Ok(document)
}

fn depth_of(root: NodeRef<'_>) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut node = root;
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        loop {
            if depth == 0 {
                return deepest;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else {
                return deepest;
            };
            depth -= 1;
            node = parent;
        }
    }
}
