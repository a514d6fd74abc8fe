//! Lists of rows of one sort, in each format that holds one.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::json::NameJson;
use super::table::write_row;
use super::{Format, Style, json};
use crate::model::Understood;

/// One row of a list, in each way it can be written.
pub trait Listed {
    /// The shape of the list in JSON.
    const SCHEMA: &'static str;
    /// Its field with the rows, and what they are called in a sentence.
    const FIELD: &'static str;
    /// The columns of a table.
    const HEAD: &'static [&'static str];

    /// The row as JSON.
    fn shape(&self) -> impl Serialize;
    /// The row as cells of a table.
    fn cells(&self) -> Vec<String>;
    /// The row for people.
    fn write_text(&self, style: Style, out: &mut dyn Write) -> io::Result<()>;
}

/// Part of a list, and what is known of all of it.
#[derive(Debug)]
pub struct Page<'a, R> {
    /// The rows that are written.
    pub rows: &'a [R],
    /// How many there are in all; none where they were not read to the end.
    pub total: Option<usize>,
    /// How many of them were skipped.
    pub offset: usize,
    /// Who the names of the question were taken for.
    pub names: &'a [Understood],
}

impl<R: Listed> Serialize for Page<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names: Vec<NameJson<'_>> = self.names.iter().map(NameJson::of).collect();
        let rows: Vec<_> = self.rows.iter().map(Listed::shape).collect();
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("schema", R::SCHEMA)?;
        map.serialize_entry("names", &names)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("offset", &self.offset)?;
        map.serialize_entry(R::FIELD, &rows)?;
        map.end()
    }
}

/// Writes a list in one of the formats that hold one; ids and paths do not.
pub fn write<R: Listed>(
    page: &Page<'_, R>,
    format: Format,
    style: Style,
    bom: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Json => json::write_row(page, out),
        Format::Ndjson => {
            let mut rows = page.rows.iter();
            rows.try_for_each(|row| json::write_row(&row.shape(), out))
        }
        Format::Csv | Format::Tsv => {
            if bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            let head: Vec<String> = R::HEAD.iter().map(|name| (*name).to_owned()).collect();
            write_row(&head, format, out)?;
            let mut rows = page.rows.iter();
            rows.try_for_each(|row| write_row(&row.cells(), format, out))
        }
        Format::Text | Format::Ids | Format::Paths => {
            let mut rows = page.rows.iter();
            rows.try_for_each(|row| row.write_text(style, out))?;
            write_end(page, out)
        }
    }
}

fn write_end<R: Listed>(page: &Page<'_, R>, out: &mut dyn Write) -> io::Result<()> {
    let shown = page.rows.len();
    let gap = if shown == 0 { "" } else { "\n" };
    let end = page.offset + shown;
    let is_more = page.total.is_none_or(|total| total > end);
    let of = page
        .total
        .map_or_else(String::new, |total| format!(" of {total}"));
    let more = if is_more {
        format!("; for more: --offset {end}, or -n")
    } else {
        String::new()
    };
    writeln!(out, "{gap}{shown}{of} {}{more}", R::FIELD)
}
