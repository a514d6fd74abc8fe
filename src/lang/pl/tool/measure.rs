//! How many base forms are right, where names and kinds are given.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use kronika::annotate::bases;
use kronika::model::{Article, Document, EntityKind, Field, Span};
use serde_json::Value;

/// Right and all.
#[derive(Default, Clone, Copy)]
struct Score {
    right: usize,
    all: usize,
}

/// Prints how many base forms are right by kind: of all names, of those that differ from their
/// base form, and of those of several words among them. `misses` wrong ones are listed first.
///
/// Each line of the file is an article: `text`, and `mentions` with `type`, `lemma`, `link_id`,
/// `start` and `end`, counted in code points.
pub(crate) fn measure(path: &Path, misses: usize, out: &mut dyn Write) -> Result<()> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    let mut scores: BTreeMap<(&str, &str), Score> = BTreeMap::new();
    let mut wrong: BTreeMap<String, usize> = BTreeMap::new();
    let mut took = std::time::Duration::ZERO;
    let mut names = 0;
    for line in text.lines() {
        let row: Value = serde_json::from_str(line)?;
        let document = document(row.get("text").and_then(Value::as_str).unwrap_or_default());
        let starts: Vec<usize> = document
            .article
            .text
            .char_indices()
            .map(|(at, _)| at)
            .chain([document.article.text.len()])
            .collect();
        let mut gold = Vec::new();
        let mut places = Vec::new();
        for mention in row
            .get("mentions")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let Some((place, lemma)) = read(mention, &starts) else {
                continue;
            };
            places.push(place);
            gold.push(lemma);
        }
        let start = std::time::Instant::now();
        let found = bases(&document, &places);
        took += start.elapsed();
        names += places.len();
        for (((_, span, kind), lemma), base) in places.iter().zip(gold).zip(found) {
            let surface = span.of(&document.article.text);
            let is_right = same(&base, lemma);
            let is_inflected = !same(surface, lemma);
            let is_long = is_inflected && surface.contains(' ');
            for (what, counts) in [
                ("all", true),
                ("inflected", is_inflected),
                ("several words", is_long),
                ("as is", !is_inflected),
            ] {
                for kind in [kind.name(), "all"] {
                    let score = scores.entry((kind, what)).or_default();
                    score.all += usize::from(counts);
                    score.right += usize::from(counts && is_right);
                }
            }
            if !is_right {
                let before = document
                    .article
                    .text
                    .get(..span.start())
                    .unwrap_or_default();
                let before = before.split_whitespace().next_back().unwrap_or_default();
                let miss = format!("{}\t{before} | {surface} | {lemma} | {base}", kind.name());
                *wrong.entry(miss).or_default() += 1;
            }
        }
    }
    let mut wrong: Vec<(String, usize)> = wrong.into_iter().collect();
    wrong.sort_by_key(|(_, count)| usize::MAX - count);
    for (miss, count) in wrong.iter().take(misses) {
        writeln!(out, "{count}\t{miss}")?;
    }
    for ((kind, what), Score { right, all }) in scores {
        let share = right * 1000 / all.max(1);
        writeln!(
            out,
            "{kind:<14}{what:<15}{right:>6} of {all:>6}  .{share:03}"
        )?;
    }
    writeln!(out, "{names} names in {took:?}")?;
    Ok(())
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Field, place and kind of a name, and its base form.
type Gold<'v> = ((Field, Span, EntityKind), &'v str);

fn read<'v>(mention: &'v Value, starts: &[usize]) -> Option<Gold<'v>> {
    let place = |key: &str| {
        let index = mention[key]
            .as_u64()
            .and_then(|at| usize::try_from(at).ok());
        index.and_then(|index| starts.get(index).copied())
    };
    let link = mention
        .get("link_id")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let kind = match mention.get("type").and_then(Value::as_str)? {
        "PER" if link.starts_with("GPE-") || link.starts_with("LOC-") => return None,
        "PER" => EntityKind::Person,
        "ORG" => EntityKind::Organization,
        "LOC" => EntityKind::Place,
        "EVT" => EntityKind::Event,
        _ => EntityKind::Product,
    };
    let span = Span::new(place("start")?, place("end")?);
    Some((
        (Field::Text, span, kind),
        mention.get("lemma").and_then(Value::as_str)?,
    ))
}

fn document(text: &str) -> Document {
    let article = Article {
        language: Some("pl".to_owned()),
        ..Article::new("a", text)
    };
    Document::new(article, "pl".to_owned())
}
