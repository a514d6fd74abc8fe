//! What a web page says of itself in JSON-LD, the notation of schema.org.

use std::collections::HashMap;

use dom_query::Document;
use serde_json::{Map, Value};

/// What the types of articles have in their names: `NewsArticle`, `BlogPosting`, `ReportageNewsArticle`.
const ARTICLES: [&str; 3] = ["Article", "BlogPosting", "Report"];

/// The facts of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LinkedData {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) author: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
}

/// The facts of the first article that a page describes.
pub(super) fn find(page: &Document) -> Option<LinkedData> {
    let scripts = page.try_select("script[type='application/ld+json']")?;
    scripts.iter().find_map(|script| {
        let text = script.text();
        let text = text.trim();
        let text = text.strip_prefix("//<![CDATA[").unwrap_or(text);
        let text = text.strip_prefix("<![CDATA[").unwrap_or(text);
        let text = text.trim_end().strip_suffix("]]>").unwrap_or(text);
        let text = text.trim_end().strip_suffix("//").unwrap_or(text);
        let value: Value = serde_json::from_str(text.trim()).ok()?;
        let mut things = Vec::new();
        collect(&value, &mut things);
        let article = things.iter().find(|thing| is_article(thing))?;
        Some(facts(article, &named(&things)))
    })
}

/// The objects of an array or a `@graph`, in order.
fn collect<'v>(value: &'v Value, things: &mut Vec<&'v Map<String, Value>>) {
    match value {
        Value::Array(list) => list.iter().for_each(|value| collect(value, things)),
        Value::Object(thing) => {
            things.push(thing);
            for key in ["@graph", "mainEntity"] {
                if let Some(inner) = thing.get(key) {
                    collect(inner, things);
                }
            }
        }
        _ => {}
    }
}

fn is_article(thing: &Map<String, Value>) -> bool {
    let is_known = |name: &Value| {
        name.as_str()
            .is_some_and(|name| ARTICLES.iter().any(|article| name.contains(article)))
    };
    match thing.get("@type") {
        Some(Value::Array(names)) => names.iter().any(is_known),
        Some(name) => is_known(name),
        None => false,
    }
}

/// Things that have a name, by their id; the first of each.
type Named<'v> = HashMap<&'v str, &'v Value>;

fn named<'v>(things: &[&'v Map<String, Value>]) -> Named<'v> {
    let mut named = Named::new();
    for thing in things {
        if let (Some(Value::String(id)), Some(name)) = (thing.get("@id"), thing.get("name")) {
            named.entry(id).or_insert(name);
        }
    }
    named
}

fn facts(article: &Map<String, Value>, things: &Named<'_>) -> LinkedData {
    let text = |key: &str| match article.get(key)? {
        Value::Array(list) => non_empty(list.first()?.as_str()?),
        value => non_empty(value.as_str()?),
    };
    let names = |key: &str| {
        let mut names = Vec::new();
        match article.get(key)? {
            Value::Array(list) => {
                names.extend(list.iter().filter_map(|value| name_of(value, things)));
            }
            value => names.extend(name_of(value, things)),
        }
        (!names.is_empty()).then(|| names.join(", "))
    };
    LinkedData {
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished"),
        author: names("author"),
        publisher: names("publisher"),
        language: text("inLanguage"),
    }
}

/// The name of somebody: written out, in an object, or in another object that is pointed to.
fn name_of(value: &Value, things: &Named<'_>) -> Option<String> {
    let thing = match value {
        Value::String(name) => return non_empty(name),
        Value::Object(thing) => thing,
        _ => return None,
    };
    if let Some(name) = thing.get("name") {
        return non_empty(name.as_str()?);
    }
    let id = thing.get("@id")?.as_str()?;
    non_empty(things.get(id)?.as_str()?)
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
