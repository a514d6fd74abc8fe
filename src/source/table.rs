//! CSV and TSV with a header row.

use std::io::BufReader;
use std::ops::ControlFlow;

use encoding_rs_io::DecodeReaderBytesBuilder;

use super::draft::{Draft, FIELDS, NAME_FIELDS};
use super::open::Input;
use super::rows::Rows;
use super::{Reading, encoding, too_large};
use crate::model::EntityKind;

/// Parts the names of a list in one cell.
const LIST: char = '|';

/// Reads a table; a bad row is rejected and the next one read.
pub(super) fn read(
    reading: &mut Reading<'_, '_>,
    input: &mut Input,
    delimiter: u8,
) -> ControlFlow<()> {
    let legacy = encoding::of_head(input.head());
    if let Some(encoding) = legacy {
        reading.note(&format!("{}: read as {}", reading.path, encoding.name()))?;
    }
    let delimiter = match delimiter {
        b',' => comma_or_semicolon(input.head()),
        other => other,
    };
    let has_mark = input.head().starts_with(encoding::MARK);
    let decoded = DecodeReaderBytesBuilder::new()
        .encoding(legacy)
        .utf8_passthru(legacy.is_none())
        .strip_bom(true)
        .bom_override(true)
        .build(input);
    let mut decoded = BufReader::new(decoded);
    let mut rows = Rows::new(delimiter, reading.options.max_article);
    let mut columns: Option<Columns> = None;
    // Places are those of the text as UTF-8.
    let mark = if has_mark { encoding::MARK.len() } else { 0 } as u64;
    loop {
        let row = match rows.next(&mut decoded) {
            Ok(Some(row)) => row,
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => {
                let reason = format!("cannot be read to its end: {error}");
                return reading.reject(None, Some(rows.byte() + mark), &reason);
            }
        };
        let (line, byte) = (Some(row.line), Some(row.byte + mark));
        let cells = row
            .cells
            .ok_or_else(|| too_large(reading.options.max_article as u64));
        let Some(columns) = &columns else {
            match cells.and_then(|cells| Columns::of(&cells, reading)) {
                Ok(found) => columns = Some(found),
                Err(reason) => return reading.reject(line, byte, &reason),
            }
            continue;
        };
        reading.record += 1;
        match cells.and_then(|cells| columns.draft(&cells)) {
            Ok(draft) => reading.article(draft, line, byte)?,
            Err(reason) => reading.reject(line, byte, &reason)?,
        }
    }
}

/// What parts the cells of a `.csv`: spreadsheets in much of Europe write semicolons.
fn comma_or_semicolon(head: &[u8]) -> u8 {
    let mut lines = head.split(|byte| matches!(byte, b'\n' | b'\r'));
    let first = lines.find(|line| !line.is_empty()).unwrap_or_default();
    if first.contains(&b';') && !first.contains(&b',') {
        b';'
    } else {
        b','
    }
}

/// Where our fields stand in a row.
struct Columns {
    /// How many cells a row has.
    number: usize,
    fields: Vec<(&'static str, usize)>,
    names: Vec<(EntityKind, usize)>,
}

impl Columns {
    fn of(head: &[Vec<u8>], reading: &Reading<'_, '_>) -> Result<Self, String> {
        let head: Vec<&str> = (0..head.len())
            .map(|place| cell(head, place))
            .collect::<Result<_, _>>()?;
        let mapping = &reading.options.mapping;
        let place = |ours: &str| {
            let theirs = mapping.theirs(ours);
            head.iter().position(|name| name.trim() == theirs)
        };
        if place("text").or_else(|| place("title")).is_none() {
            let reason = "no column `text` or `title` in the header row; --map names others";
            return Err(reason.to_owned());
        }
        Ok(Self {
            number: head.len(),
            fields: FIELDS
                .into_iter()
                .filter_map(|field| Some((field, place(field)?)))
                .collect(),
            names: NAME_FIELDS
                .into_iter()
                .filter_map(|(field, kind)| Some((kind, place(field)?)))
                .collect(),
        })
    }

    fn draft(&self, cells: &[Vec<u8>]) -> Result<Draft, String> {
        if cells.len() != self.number {
            return Err(format!(
                "{} cells where the header row has {}",
                cells.len(),
                self.number
            ));
        }
        let mut draft = Draft::default();
        for (field, place) in &self.fields {
            draft.set(field, cell(cells, *place)?.to_owned());
        }
        for (kind, place) in &self.names {
            let names = cell(cells, *place)?.split(LIST).map(str::to_owned);
            draft.add_names(*kind, names);
        }
        Ok(draft)
    }
}

fn cell(cells: &[Vec<u8>], place: usize) -> Result<&str, String> {
    let bytes = cells.get(place).map_or(&[][..], Vec::as_slice);
    std::str::from_utf8(bytes).map_err(|_| format!("not UTF-8 in cell {}", place + 1))
}
