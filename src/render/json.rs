//! The JSON shapes, which are a contract.
//!
//! Each of the objects in bold names its shape and version in `schema`. Within a version fields
//! are only added; a field never changes its meaning. Offsets are bytes of UTF-8, half-open. Days
//! are `YYYY-MM-DD`, both ends included, with a minus sign before years below 0.
//! Characters that steer a terminal or cannot be seen are written as `\uXXXX`, which any reader of
//! JSON turns back into what they were.
//!
//! **`kronika.hits/1`**: the answer to one query. `understood` (object: `query`, the query in its
//! canonical notation; `names`, who each of its names was taken for, as below), `index` (object: `path`, `format`, `analysis`, `fingerprint`), `line`
//! (which line of standard input it answers; only there), `total` (articles that match), `offset`
//! (how many were skipped), `hits` (list of `kronika.hit/1`).
//!
//! **`kronika.hit/1`**: one article. `id`, `path`, `record` (which record of the file, from 1),
//! `date` (`kronika` date below, or null), `title` (may be empty), `lang`, `source`, `url` (or
//! null), `author` (or null), `score` (comparable within one answer), `snippet` (object: `text`,
//! `marks` as pairs of offsets into it, `cut_before`, `cut_after`), `persons`, `organizations`,
//! `places`, `events`, `products` (lists of canonical names). With `--fields` only the fields asked
//! for, in that order.
//!
//! A *name understood*: `kind` (null where any was asked for and no article has the name), `asked` (as it was typed), `entities` (list of `name` and
//! `articles`, the most frequent first; empty where no article has such a name).
//!
//! A *date*: `first`, `last`, `precision` (`day week month quarter season year decade century
//! interval`), `rule` (what said so).
//!
//! **`kronika.document/1`**: an article with what was found in it. `id`, `source`, `path`,
//! `record`, `lang`, `url` (or null), `author` (or null), `title`, `text`, `date` (or null);
//! `mentions` (`start`, `end`, `text`, `kind`, `name`, `base`, `entity`), `entities` (`id`,
//! `kind`, `name`, `forms`, `mentions`), `dates` (`start`, `end`, `text`, a date's fields), and
//! `meetings` (`participants` as `entity` (or null), `name`, `kind`; `first`, `last`, `precision`
//! (all three null where no day is known), `basis` of the day (`explicit`: a date in the text,
//! `article`: the article's date, `unknown`), `status`, `kind`, `place` (or null), `evidence` as
//! `start`, `end`, `text`; `rule`). A meeting has the participants that the text tells: where they
//! are fewer than two, or none of them is named, it answers no question of `met`. Offsets are into
//! `text`; a mention, date or evidence with `field` has them into the field of that name, which is
//! `title`.
//!
//! **`kronika.kwic/1`**: keywords in context. `names` (who each name of the question was taken for, as
//! above), `total` (lines there are; null where reading ended with the last one wanted), `offset`,
//! `lines` (list of `kronika.kwic_line/1`).
//!
//! **`kronika.kwic_line/1`**: one place. `id`, `path`, `record`, `date`, `title`, `lang`, `source` of
//! the article as in a hit; `field` (`title` or `text`), `start`, `end` (offsets into it), `left`,
//! `form`, `right` (on one line each).
//!
//! **`kronika.meetings/1`**: the answer of `met`. `index` (object: `path`, `format`, `analysis`,
//! `fingerprint`), `names` (who each name of the question was taken for, as above), `merged` (whether the tellings of one meeting are joined), `total` (meetings that
//! fit), `offset` (how many were skipped), `meetings` (list of `kronika.meeting/1`).
//!
//! **`kronika.meeting/1`**: one meeting, complete. `participants` (`name`, `kind`: a kind of entity,
//! or `group` for people who are only described), `first`, `last`, `precision`, `basis`, `status`,
//! `kind`, `place` as in a document's meetings, and `proofs`: one for each article that tells of it,
//! by the date of the article; without `--merge` there is exactly one. Each has `id`, `path`,
//! `record`, `date`, `title`, `lang`, `source`, `url` of the article as in a hit; `participants`,
//! `first`, `last`, `precision`, `basis`, `status`, `kind`, `place` as this article tells them;
//! `evidence` (`field`, `start`, `end`, `text` as in a document, and `marks`: pairs of offsets into
//! `text` where participants are named; a sentence of more than 4096 bytes is cut to so many); and
//! `rule` (`given` for meetings that came with the article).
//!
//! **`kronika.counts/1`**: a table of counts of `met`. `by` (`person`, `month`, `place`), `meetings`
//! (how many were counted), `total` (rows there are), `offset`, `counts` (list of
//! `kronika.count/1`).
//!
//! **`kronika.count/1`**: one row of it. `by`, `value` (a name, `YYYY-MM`, or the days where they lie
//! in no one month; null where it is not known), `meetings`.
//!
//! **`kronika.account/1`**: what a run of `index` did: `read`, which is the sum of `added`,
//! `updated`, `unchanged`, `duplicate` and `rejected`; `removed` (by `--prune`), `undated`.
//!
//! **`kronika.reject/1`**: `path`, `record`, `line`, `byte` (each or null), `reason`.
//!
//! **`kronika.status/1`**: `path`, `format`, `analysis`, `fingerprint`, `articles`, `meetings`,
//! `undated`, `coarse` (known to the month, or less), `doubtful` (articles with such a date),
//! `doubts` (object: articles by reason, `path` for a date guessed from the path, `future` for one
//! after today, `far` for one decades away from nearly all others; one article may count for
//! several), `examples` (object: up to five ids for each of `undated coarse doubtful`),
//! `first_day`, `last_day` (or null), `languages` (object), `bytes`.
//!
//! **`kronika.verify/1`**: what a check of an index found. `path`, `whole` (whether nothing is wrong
//! with the index itself), `files` and `bytes` (of the last commit, checked), `articles`, `meetings`,
//! `fingerprint` (of what was read; null where files are damaged), `compared` (object: `read`,
//! `rejected`; null where no files were named or the index is damaged), `faults` (list of `kind`: a
//! word for programs; `what`: the same in words; `path`: a file of the index, or the file an article
//! was read from; `id` of the article, or null; `detail`, or null; `hint`: what to do).
//!
//! **`kronika.analysis/1`**: `word`, `lang`, `readings` (`lemma`, `tag`, `class`), `terms`.
//!
//! **`kronika.date/1`**: one date of a phrase. `start`, `end` (offsets into the phrase), `text`,
//! `lang`, a date's fields, `says` (what the words say before they are held against the article's
//! date; for people), `tense` (`past present future`, or null).
//!
//! **`kronika.name/1`**: `name`, `base`.
//!
//! **`kronika.timeline/1`**: counts by period. `of` (`articles` or `meetings`), `by` (`day week month
//! quarter year decade`); `total`, `imprecise` (dated, but in no one period), `undated`, each with
//! `count`, `of` (how many the index has) and `share` (`count` of `of` to six decimals, null of 0);
//! `rows` (list of `kronika.period/1`, in order, without gaps). Rows, `imprecise` and `undated`
//! together are `total`.
//!
//! **`kronika.period/1`**: `period` (what it is called: `2023-02`, `2023-Q1`, `2020s`), `first`,
//! `last`, `count`, `of`, `share`. One a line the last two have `imprecise` and `undated` as their
//! `period`, and null for their days.
//!
//! **`kronika.graph/1`**: who with whom. `edges_of` (`met` or `together`), `total` (pairs, written or
//! not), `nodes` (`name`, `kind`, `count` of meetings or articles), `edges` (list of
//! `kronika.edge/1`).
//!
//! **`kronika.edge/1`**: a pair without direction. `source`, `target` (indices of `nodes`; one a
//! line, the nodes themselves), `weight` (how many meetings or articles have both), `first`, `last`
//! (the days they may be of, or null), `statuses` (object: how many meetings have each), `quote`
//! (words of the earliest, on one line), `article` (its id).
//!
//! **`kronika.entities/1`**: who and what the articles of an answer name. `names` (who each name of the
//! question was taken for, as above), `total`, `offset`, `entities` (list of `kronika.entity/1`).
//!
//! **`kronika.entity/1`**: `kind`, `name`, `articles` (how many of the answer have it), `first`, `last`
//! (the days they may be of, or null), `names` (canonical names that they have: `name`, `articles`),
//! `forms` (what all articles of the index call it besides: `name`, `articles`), `companions` (who
//! stands in the same articles: `kind`, `name`, `articles` that have both; only with `--companions`
//! or a name).
//!
//! **`kronika.doubts/1`**: pairs of names of which it is not sure that they are one. `names`, `total`,
//! `offset`, `doubts` (list of `kronika.doubt/1`: `kind`, `name`, `articles`, `other`,
//! `other_articles`, `joined` (whether they are taken for one), `why`).
//!
//! **`kronika.spikes/1`**: days on which a name stands in far more articles than usual. `names`,
//! `total`, `offset`, `spikes` (list of `kronika.spike/1`: `kind`, `name`, `first`, `last`,
//! `articles`, `expected` (how many its share in all articles makes likely), `score` (standard
//! deviations above that), the last two to two decimals).
//!
//! **`kronika.aliases/1`**: the user's own file of names. `file` (its path), `aliases` (list of
//! `kronika.alias/1`, in the order of the file).
//!
//! **`kronika.alias/1`**: one entry of it. `rule` (`merge split rename drop`), `name`, `others` (the
//! names merged into it, or kept apart from it, or the one it is renamed to), `kind` (or null: every
//! kind), `comment` (or null), `line`.
//!
//! **`kronika.alias_check/1`**: `file`, `aliases` (how many entries; 0 where there are mistakes),
//! `mistakes` (`line`, `column`, both counted from 1, `message`, `hint`), `index` (its path, or null
//! where none was asked), `findings` (`line`, `kind` (or null), `name`, `trouble`: `unknown` to the
//! index, or `taken`: the new name of something that the index knows already; `near`: list of
//! `kind`, `name` that the index has).
//!
//! **`kronika.alias_suggestions/1`**: entries for review. `file`, `suggestions` (`rule` (`merge` or
//! `split`), `name`, `others`, `kind`, `comment` (the evidence)).
//!
//! **`kronika.alias_edit/1`**: what an edit did. `file`, `changes` (`did`: `merged unmerged
//! kept_apart no_longer_apart was_merged was_apart`; `name`, `form`), `written` (whether the file is
//! another one now).
//!
//! **`kronika.error/1`**: a query of standard input that cannot be read: `line`, `query`,
//! `message`, `hint` (or null), `start`, `end` (offsets into the query).

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::safe::is_harmful;
use crate::model::{ArticleDate, Day, EntityKind, Hit, PartialDate, Snippet};
use crate::{Mistake, model};

/// Writes one value.
pub(super) fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Visible);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// Compact JSON that may be shown on a terminal as it is.
struct Visible;

impl Formatter for Visible {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((before, letter)) = rest
            .find(is_harmful)
            .and_then(|at| rest.split_at_checked(at))
            .and_then(|(before, after)| Some((before, after.chars().next()?)))
        {
            out.write_all(before.as_bytes())?;
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = rest
                .get(before.len() + letter.len_utf8()..)
                .unwrap_or_default();
        }
        out.write_all(rest.as_bytes())
    }
}

/// Writes one value and ends the line.
pub(super) fn write_row(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write(value, out)?;
    out.write_all(b"\n")
}

#[derive(Serialize)]
pub(super) struct Date<'a> {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) precision: &'static str,
    pub(super) rule: &'a str,
}

impl<'a> Date<'a> {
    pub(super) fn new(date: PartialDate, rule: &'a str) -> Self {
        Self {
            first: date.first().to_string(),
            last: date.last().to_string(),
            precision: date.precision().name(),
            rule,
        }
    }

    pub(super) fn of_article(dated: ArticleDate) -> Date<'static> {
        Date::new(dated.date, dated.rule.name())
    }
}

pub(super) fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Who a typed name was taken for.
#[derive(Serialize)]
pub(super) struct NameJson<'a> {
    kind: Option<&'static str>,
    asked: &'a str,
    entities: Vec<CountedJson<'a>>,
}

#[derive(Serialize)]
struct CountedJson<'a> {
    name: &'a str,
    articles: u64,
}

impl<'a> NameJson<'a> {
    pub(super) fn of(name: &'a model::Understood) -> Self {
        let entities = name.entities.iter();
        Self {
            kind: name.kind.map(EntityKind::name),
            asked: &name.asked,
            entities: entities
                .map(|(name, articles)| CountedJson {
                    name,
                    articles: *articles,
                })
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct SnippetShape<'a> {
    text: &'a str,
    marks: Vec<[usize; 2]>,
    cut_before: bool,
    cut_after: bool,
}

/// The plural under which names of a kind are listed.
pub(super) fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "persons",
        EntityKind::Organization => "organizations",
        EntityKind::Place => "places",
        EntityKind::Event => "events",
        EntityKind::Product => "products",
    }
}

/// One field of a hit as JSON; null for a field that does not exist.
pub(super) fn hit_field(hit: &Hit, field: &str) -> serde_json::Value {
    use serde_json::json;
    let snippet = |snippet: &Snippet| {
        let marks = snippet.marks.iter();
        json!(SnippetShape {
            text: &snippet.text,
            marks: marks.map(|span| [span.start(), span.end()]).collect(),
            cut_before: snippet.cut_before,
            cut_after: snippet.cut_after,
        })
    };
    match field {
        "id" => json!(hit.id.as_str()),
        "path" => json!(hit.origin.path),
        "record" => json!(hit.origin.record),
        "date" => json!(hit.date.map(Date::of_article)),
        "title" => json!(hit.title),
        "lang" => json!(hit.language),
        "source" => json!(hit.source),
        "url" => json!(hit.url),
        "author" => json!(hit.author),
        "score" => json!(rounded(hit.score)),
        "snippet" => snippet(&hit.snippet),
        _ => {
            let kind = EntityKind::ALL
                .into_iter()
                .find(|kind| plural(*kind) == field);
            kind.map_or(serde_json::Value::Null, |kind| json!(names(hit, kind)))
        }
    }
}

/// The names of one kind.
pub(super) fn names(hit: &Hit, kind: EntityKind) -> Vec<&str> {
    let names = hit.names.iter().filter(|(known, _)| *known == kind);
    names.map(|(_, name)| name.as_str()).collect()
}

/// A score to four decimals, so that the order of additions does not show.
pub(super) fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1e4).round() / 1e4
}

/// Writes a `kronika.error/1` for a query of standard input.
pub fn write_mistake(mistake: &Mistake, line: u64, out: &mut dyn Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Shape<'a> {
        schema: &'static str,
        line: u64,
        query: &'a str,
        message: &'a str,
        hint: Option<&'a str>,
        start: usize,
        end: usize,
    }
    let shape = Shape {
        schema: "kronika.error/1",
        line,
        query: &mistake.text,
        message: &mistake.message,
        hint: mistake.hint.as_deref(),
        start: mistake.span.start(),
        end: mistake.span.end(),
    };
    write_row(&shape, out)
}

/// Where in a document something stands, for shapes that carry offsets.
pub(super) fn field_name(field: model::Field) -> Option<&'static str> {
    match field {
        model::Field::Title => Some("title"),
        model::Field::Text => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut out = Vec::new();
        write(&text, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn what_steers_a_terminal_is_escaped() {
        check("Łódź \"x\"", r#""Łódź \"x\"""#);
        check("a\u{1b}b\u{9b}c\u{7f}", r#""a\u001bb\u009bc\u007f""#);
        check("\u{202e}ą\u{e0001}", r#""\u202eą\udb40\udc01""#);
    }

    proptest! {
        #[test]
        fn any_text_reads_back_as_it_was(text in any::<String>()) {
            let mut out = Vec::new();
            write(&text, &mut out).unwrap();
            let written = String::from_utf8(out).unwrap();
            prop_assert!(!written.contains(is_harmful) && !written.contains('\n'));
            let back: String = serde_json::from_str(&written).unwrap();
            prop_assert_eq!(back, text);
        }
    }
}
