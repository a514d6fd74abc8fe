//! Annotated text: tables of tokens and tags, and articles with names.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use kronika::lang::{Language, Trait, gazetteer, lists};
use kronika::model::{EntityKind, Span};
use kronika::text::{normal_form, tokens};

/// What an annotator says of a piece of text.
#[derive(Debug, Clone)]
pub(crate) struct Gold {
    /// Where in the text, in bytes.
    pub(crate) span: Span,
    /// What it may be.
    pub(crate) kinds: Vec<EntityKind>,
    /// Whether it may be no name as well.
    pub(crate) optional: bool,
}

/// A text with its names.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// What the source calls it.
    pub(crate) id: String,
    /// The text.
    pub(crate) body: String,
    /// Names in order, not overlapping.
    pub(crate) gold: Vec<Gold>,
}

/// How many sentences make an article where a table does not say.
const PIECE: u64 = 16;

impl Text {
    fn empty(id: String) -> Self {
        Self {
            id,
            body: String::new(),
            gold: Vec::new(),
        }
    }
}

/// Whose rules a table follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Scheme {
    /// PER, ORG and LOC; adjectives and peoples are LOC.
    Nkjp,
    /// The fine types of `KPWr` in the last column.
    Kpwr,
    /// PER, ORG, LOC, and MISC for whatever else.
    Coarse,
}

/// How the tokens of a table are put together again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// With a space between any two.
    Spaced,
    /// As in print.
    Printed,
    /// In capitals, as in print.
    Capitals,
}

/// Reads a table: a token and its tag in a line, a blank line between sentences, `# doc_id = …`
/// before each text. `layout` says how to put a sentence together, given its number.
pub(crate) fn read_table(
    path: &Path,
    scheme: Scheme,
    language: &'static Language,
    layout: &dyn Fn(u64) -> Layout,
) -> Result<Vec<Text>> {
    let table = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let mut texts: Vec<Text> = Vec::new();
    let mut sentence: Vec<(&str, &str)> = Vec::new();
    let mut number = 0;
    for (index, line) in table.lines().chain([""]).enumerate() {
        if let Some(id) = line.strip_prefix("# doc_id = ") {
            texts.push(Text::empty(id.to_owned()));
        } else if line.trim().is_empty() {
            if sentence.is_empty() {
                continue;
            }
            // A table without bounds of articles is cut into pieces of about their length.
            if scheme == Scheme::Coarse && number % PIECE == PIECE - 1 {
                let id = format!("{} {number}", path.display());
                texts.push(Text::empty(id));
            }
            let Some(text) = texts.last_mut() else {
                bail!(
                    "{}:{}: a sentence before any text",
                    path.display(),
                    index + 1
                );
            };
            number += 1;
            append(text, &sentence, scheme, language, layout(number));
            sentence.clear();
        } else {
            let mut columns = line.split('\t');
            let token = columns.next().unwrap_or_default();
            let Some(tag) = columns.next_back() else {
                bail!("{}:{}: no tag", path.display(), index + 1);
            };
            sentence.push((token, tag));
        }
    }
    Ok(texts)
}

fn append(
    text: &mut Text,
    sentence: &[(&str, &str)],
    scheme: Scheme,
    language: &'static Language,
    layout: Layout,
) {
    if !text.body.is_empty() {
        text.body.push('\n');
    }
    let mut quoted = false;
    let mut opened: Option<(usize, usize, String)> = None;
    let mut found = Vec::new();
    for (index, (token, tag)) in sentence.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| sentence.get(index));
        if let Some((before, tag_before)) = before {
            let inside = !tag.starts_with("B-") && *tag != "O" && *tag_before != "O";
            let joined = layout != Layout::Spaced && sticks(before, token, quoted, inside);
            if !joined {
                text.body.push(' ');
            }
        }
        quoted ^= *token == "\"";
        let start = text.body.len();
        if layout == Layout::Capitals {
            text.body.push_str(&token.to_uppercase());
        } else {
            text.body.push_str(token);
        }
        let end = text.body.len();
        let (place, kind) = tag.split_once('-').unwrap_or(("O", ""));
        match &mut opened {
            Some((_, last, known)) if place == "I" && known == kind => *last = end,
            _ => {
                found.extend(opened.take());
                if place != "O" {
                    opened = Some((start, end, kind.to_owned()));
                }
            }
        }
    }
    found.extend(opened);
    for (start, end, tag) in found {
        let name = text.body.get(start..end).unwrap_or_default();
        let (kinds, optional) = kinds_of(name, &tag, scheme, language);
        if !kinds.is_empty() {
            text.gold.push(Gold {
                span: Span::new(start, end),
                kinds,
                optional,
            });
        }
    }
}

/// Whether a token is written without a space behind the one before.
fn sticks(before: &str, token: &str, quoted: bool, inside: bool) -> bool {
    let opens = matches!(before, "(" | "[" | "„" | "«" | "“");
    let closes = matches!(
        token,
        "." | ","
            | ";"
            | ":"
            | "!"
            | "?"
            | ")"
            | "]"
            | "”"
            | "»"
            | "…"
            | "..."
            | "%"
            | "'s"
            | "n't"
    );
    let quote = quoted && (token == "\"" || before == "\"");
    let hyphen = (token == "-" || before == "-") && inside;
    let slash = token == "/" || before == "/";
    opens || closes || quote || hyphen || slash
}

/// What a name of an annotator is by our rules; none when it is no name.
fn kinds_of(
    name: &str,
    tag: &str,
    scheme: Scheme,
    language: &'static Language,
) -> (Vec<EntityKind>, bool) {
    use EntityKind::{Event, Organization, Person, Place, Product};
    let small = !name.contains(char::is_uppercase);
    let kinds = match scheme {
        Scheme::Nkjp | Scheme::Coarse => match tag {
            "PER" => vec![Person],
            "ORG" => vec![Organization],
            "LOC" => vec![Place],
            "MISC" => return (vec![Event, Product], true),
            _ => vec![],
        },
        Scheme::Kpwr => {
            let kind = |prefix: &str| tag.starts_with(prefix);
            match () {
                () if kind("nam_org_nation") || kind("nam_liv_habitant") || kind("nam_adj") => {
                    vec![]
                }
                () if kind("nam_liv_animal") => return (vec![Person], true),
                () if kind("nam_liv") => vec![Person],
                () if kind("nam_org") => vec![Organization],
                () if kind("nam_fac_system") => return (vec![Product, Organization], true),
                () if kind("nam_loc") || kind("nam_fac") => vec![Place],
                () if kind("nam_eve") => vec![Event],
                () if kind("nam_pro") => vec![Product],
                () if kind("nam_oth_tech") || kind("nam_oth_www") => return (vec![Product], true),
                () => vec![],
            }
        }
    };
    if small {
        return (kinds, true);
    }
    // A country is a place to us even where it acts, and a town may be one.
    let traits = (language.traits)(&normal_form(name));
    if kinds == [Organization] && scheme == Scheme::Nkjp {
        if traits.has(Trait::Country) {
            return (vec![Place], false);
        }
        if traits.has(Trait::Place) && !traits.has(Trait::Common) {
            return (vec![Organization, Place], false);
        }
    }
    // Where the annotator and our lists differ, either may be right.
    if let [kind] = kinds.as_slice()
        && let Some(listed) = listed_kind(name, language).filter(|listed| listed != kind)
    {
        return (vec![*kind, listed], false);
    }
    if kinds == [Place] && !name.contains(' ') && language.code == "pl" {
        let is_place = traits.has(Trait::Place) || traits.has(Trait::Country);
        if traits.has(Trait::People) {
            return (if is_place { kinds } else { vec![] }, true);
        }
        let is_adjective = traits.has(Trait::Adjective) && !traits.has(Trait::Noun);
        if is_adjective && !is_place && scheme == Scheme::Nkjp {
            return (vec![], true);
        }
    }
    (kinds, false)
}

/// The kind of a name that is on our lists as a whole.
fn listed_kind(name: &str, language: &'static Language) -> Option<EntityKind> {
    let words: Vec<Vec<u64>> = tokens(name)
        .map(|span| gazetteer::bases(span.of(name), language))
        .collect();
    let (kind, length) =
        (language.gazetteer)()?.longest(|index| words.get(index).map(Vec::as_slice))?;
    (length == words.len()).then_some(kind)
}

/// Reads articles with names, one JSON object a line.
pub(crate) fn read_articles(path: &Path) -> Result<Vec<Text>> {
    #[derive(serde::Deserialize)]
    struct Article {
        id: String,
        text: String,
        mentions: Vec<Name>,
    }
    #[derive(serde::Deserialize)]
    struct Name {
        start: usize,
        end: usize,
        #[serde(rename = "type")]
        tag: String,
        #[serde(default)]
        link_id: Option<String>,
    }
    let lines = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    lines
        .lines()
        .map(|line| {
            let article: Article = serde_json::from_str(line)?;
            let mut places: Vec<usize> = article.text.char_indices().map(|(at, _)| at).collect();
            places.push(article.text.len());
            let at = |index: usize| places.get(index).copied().unwrap_or(article.text.len());
            let gold = article.mentions.iter().filter_map(|name| {
                let kind = match name.tag.as_str() {
                    "PER" => EntityKind::Person,
                    "ORG" => EntityKind::Organization,
                    "LOC" => EntityKind::Place,
                    "EVT" => EntityKind::Event,
                    "PRO" => EntityKind::Product,
                    _ => return None,
                };
                let link = name.link_id.as_deref().unwrap_or_default();
                let people =
                    name.tag == "PER" && (link.starts_with("GPE-") || link.starts_with("LOC-"));
                Some(Gold {
                    span: Span::new(at(name.start), at(name.end)),
                    kinds: vec![kind],
                    optional: people,
                })
            });
            let gold = gold.collect();
            Ok(Text {
                id: article.id,
                gold,
                body: article.text,
            })
        })
        .collect()
}

/// Reads names that stand alone, one JSON object a line, with the fine types of `KPWr`.
pub(crate) fn read_names(path: &Path, language: &'static Language) -> Result<Vec<Text>> {
    #[derive(serde::Deserialize)]
    struct Row {
        surface: String,
        fine_type: String,
    }
    let lines = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    lines
        .lines()
        .map(|line| {
            let row: Row = serde_json::from_str(line)?;
            let (kinds, optional) = kinds_of(&row.surface, &row.fine_type, Scheme::Kpwr, language);
            let gold = Gold {
                span: Span::new(2, 2 + row.surface.len()),
                optional: optional || kinds.is_empty(),
                kinds,
            };
            Ok(Text {
                id: String::new(),
                body: format!("- {}", row.surface),
                gold: vec![gold],
            })
        })
        .collect()
}

/// The well-known names of some kinds, each alone: those that annotated text has few of.
pub(crate) fn listed_names(wanted: &[EntityKind]) -> impl Iterator<Item = Text> {
    lists::names()
        .filter(move |(_, kind)| wanted.contains(kind))
        .map(|(name, kind)| Text {
            id: String::new(),
            body: format!("- {name}"),
            gold: vec![Gold {
                span: Span::new(2, 2 + name.len()),
                kinds: vec![kind],
                optional: false,
            }],
        })
}
