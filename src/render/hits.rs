//! The answers to a query, written one by one and never all held.

use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Style, json, table, text};
use crate::model::{Hit, Span};
use crate::{Mistake, Result};

/// Every field of a hit, in the order in which they are printed.
const ALL: [&str; 16] = [
    "id",
    "path",
    "record",
    "date",
    "title",
    "lang",
    "source",
    "url",
    "author",
    "score",
    "snippet",
    "persons",
    "organizations",
    "places",
    "events",
    "products",
];

/// The fields of a hit that are wanted, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields(Vec<&'static str>);

impl Fields {
    /// Reads a list like `id,date,title`; nothing means all.
    pub fn parse(list: Option<&str>) -> Result<Self, Mistake> {
        let Some(list) = list else {
            return Ok(Self(ALL.to_vec()));
        };
        let mut fields = Vec::new();
        let mut at = 0;
        for name in list.split(',') {
            let known = ALL.into_iter().find(|known| *known == name.trim());
            let Some(known) = known else {
                return Err(Mistake {
                    text: list.to_owned(),
                    span: Span::new(at, at + name.len()),
                    message: "no such field".to_owned(),
                    hint: Some(format!("the fields are {}", ALL.join(", "))),
                });
            };
            if fields.contains(&known) {
                return Err(Mistake {
                    text: list.to_owned(),
                    span: Span::new(at, at + name.len()),
                    message: "the field is there already".to_owned(),
                    hint: Some("name each field once".to_owned()),
                });
            }
            fields.push(known);
            at += name.len() + 1;
        }
        Ok(Self(fields))
    }

    pub(super) fn names(&self) -> &[&'static str] {
        &self.0
    }
}

/// What is true of all answers together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The query in its canonical notation.
    pub understood: String,
    /// Who its names were taken for.
    pub names: Vec<crate::model::Understood>,
    /// The folder of the index.
    pub index: String,
    /// The format of the index.
    pub format_version: u32,
    /// The dictionaries and models that made it.
    pub analysis: String,
    /// What it holds, in short.
    pub fingerprint: String,
    /// How many articles match.
    pub total: usize,
    /// How many of them were skipped.
    pub offset: usize,
    /// Which line of standard input is answered.
    pub line: Option<u64>,
}

#[derive(Serialize)]
struct Understood<'a> {
    query: &'a str,
    names: Vec<json::NameJson<'a>>,
}

#[derive(Serialize)]
struct Index<'a> {
    path: &'a str,
    format: u32,
    analysis: &'a str,
    fingerprint: &'a str,
}

/// Writes hits in one format as they come.
pub struct HitWriter<'w> {
    format: Format,
    fields: Fields,
    style: Style,
    summary: Summary,
    written: usize,
    out: &'w mut dyn Write,
}

impl std::fmt::Debug for HitWriter<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("HitWriter")
            .field("format", &self.format)
            .field("written", &self.written)
            .finish_non_exhaustive()
    }
}

impl<'w> HitWriter<'w> {
    /// Begins an answer. `bom` begins a table with a byte order mark.
    pub fn new(
        format: Format,
        fields: Fields,
        style: Style,
        bom: bool,
        summary: Summary,
        out: &'w mut dyn Write,
    ) -> io::Result<Self> {
        match format {
            Format::Json => {
                out.write_all(b"{\"schema\":\"kronika.hits/1\",\"understood\":")?;
                let query = &summary.understood;
                let names = summary.names.iter().map(json::NameJson::of).collect();
                json::write(&Understood { query, names }, out)?;
                out.write_all(b",\"index\":")?;
                let index = Index {
                    path: &summary.index,
                    format: summary.format_version,
                    analysis: &summary.analysis,
                    fingerprint: &summary.fingerprint,
                };
                json::write(&index, out)?;
                if let Some(line) = summary.line {
                    write!(out, ",\"line\":{line}")?;
                }
                let (total, offset) = (summary.total, summary.offset);
                write!(out, ",\"total\":{total},\"offset\":{offset},\"hits\":[")?;
            }
            Format::Csv | Format::Tsv => {
                if bom {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                table::write_head(&fields, format, out)?;
            }
            Format::Text if summary.line.is_some() => writeln!(out, "# {}", summary.understood)?,
            _ => {}
        }
        Ok(Self {
            format,
            fields,
            style,
            summary,
            written: 0,
            out,
        })
    }

    /// Writes one hit.
    pub fn hit(&mut self, hit: &Hit) -> io::Result<()> {
        match self.format {
            Format::Text => {
                if self.written > 0 {
                    writeln!(self.out)?;
                }
                text::write_hit(hit, self.style, self.out)?;
            }
            Format::Json => {
                if self.written > 0 {
                    self.out.write_all(b",")?;
                }
                self.object(hit)?;
            }
            Format::Ndjson => {
                self.object(hit)?;
                self.out.write_all(b"\n")?;
            }
            Format::Csv | Format::Tsv => {
                table::write_hit(hit, &self.fields, self.format, self.out)?;
            }
            Format::Ids => super::write_line(hit.id.as_str(), self.out)?,
            Format::Paths => super::write_line(&hit.origin.path, self.out)?,
        }
        self.written += 1;
        Ok(())
    }

    fn object(&mut self, hit: &Hit) -> io::Result<()> {
        let mut object = serde_json::Map::new();
        object.insert("schema".to_owned(), "kronika.hit/1".into());
        for field in self.fields.names() {
            object.insert((*field).to_owned(), json::hit_field(hit, field));
        }
        json::write(&object, self.out)
    }

    /// Ends the answer.
    pub fn finish(self) -> io::Result<()> {
        match self.format {
            Format::Json => self.out.write_all(b"]}\n"),
            Format::Text => {
                let (total, offset) = (self.summary.total, self.summary.offset);
                let shown = match (self.written, total) {
                    (_, 0) => "no articles".to_owned(),
                    (0, total) => format!("none of {total} articles shown"),
                    (written, total) if written == total => {
                        format!("{total} article{}", if total == 1 { "" } else { "s" })
                    }
                    (written, total) => {
                        format!("{} to {} of {total} articles", offset + 1, offset + written)
                    }
                };
                let gap = if self.written > 0 { "\n" } else { "" };
                writeln!(self.out, "{gap}{shown}")
            }
            _ => Ok(()),
        }
    }
}
