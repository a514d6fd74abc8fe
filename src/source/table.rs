//! CSV and TSV with a header row.

use std::io;
use std::ops::ControlFlow;

use csv::ByteRecord;
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::draft::{Draft, FIELDS, NAME_FIELDS};
use super::open::Input;
use super::{Reading, too_large};

/// Parts the names of a list in one cell.
const LIST: char = '|';

/// Reads a table; a bad row is rejected and the next one read.
pub(super) fn read(
    reading: &mut Reading<'_, '_>,
    input: &mut Input,
    delimiter: u8,
) -> ControlFlow<()> {
    let legacy = input.encoding();
    if let Some(encoding) = legacy {
        reading.note(&format!("{}: read as {}", reading.path, encoding.name()))?;
    }
    let decoded = DecodeReaderBytesBuilder::new()
        .encoding(legacy)
        .utf8_passthru(true)
        .strip_bom(true)
        .bom_override(true)
        .build(input);
    let limit = reading.options.max_article as u64;
    let mut table = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(Limited {
            inner: decoded,
            left: limit,
            limit,
        });
    let columns = match table.headers() {
        Ok(head) => Columns::of(head, reading),
        Err(error) => return reading.reject(Some(1), Some(0), &reason_of(&error)),
    };
    if columns
        .fields
        .iter()
        .all(|(field, _)| *field != "text" && *field != "title")
    {
        let reason = "no column `text` or `title` in the header row; --map names others";
        return reading.reject(Some(1), Some(0), reason);
    }
    let mut row = ByteRecord::new();
    loop {
        table.get_mut().left = limit;
        let outcome = table.read_byte_record(&mut row);
        let position = table.position().clone();
        let start = row.position().unwrap_or(&position);
        let (line, byte) = (Some(start.line()), Some(start.byte()));
        match outcome {
            Ok(false) => return ControlFlow::Continue(()),
            Ok(true) => {
                reading.record += 1;
                match columns.draft(&row) {
                    Ok(draft) => reading.article(draft, line, byte)?,
                    Err(reason) => reading.reject(line, byte, &reason)?,
                }
            }
            Err(error) => {
                reading.record += 1;
                let place = error.position();
                let line = place.map_or(line, |place| Some(place.line()));
                let byte = place.map_or(byte, |place| Some(place.byte()));
                reading.reject(line, byte, &reason_of(&error))?;
                if error.is_io_error() {
                    return ControlFlow::Continue(());
                }
            }
        }
    }
}

fn reason_of(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!("{len} cells where the header row has {expected_len}"),
        csv::ErrorKind::Utf8 { err, .. } => format!("not UTF-8 in cell {}", err.field() + 1),
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

/// Where our fields stand in a row.
struct Columns {
    fields: Vec<(&'static str, usize)>,
    names: Vec<(crate::model::EntityKind, usize)>,
}

impl Columns {
    fn of(head: &csv::StringRecord, reading: &Reading<'_, '_>) -> Self {
        let mapping = &reading.options.mapping;
        let place = |ours: &str| {
            let theirs = mapping.theirs(ours);
            head.iter().position(|name| name.trim() == theirs)
        };
        Self {
            fields: FIELDS
                .into_iter()
                .filter_map(|field| Some((field, place(field)?)))
                .collect(),
            names: NAME_FIELDS
                .into_iter()
                .filter_map(|(field, kind)| Some((kind, place(field)?)))
                .collect(),
        }
    }

    fn draft(&self, row: &ByteRecord) -> Result<Draft, String> {
        let cell = |place: usize| {
            let bytes = row.get(place).unwrap_or_default();
            std::str::from_utf8(bytes).map_err(|_| format!("not UTF-8 in cell {}", place + 1))
        };
        let mut draft = Draft::default();
        for (field, place) in &self.fields {
            draft.set(field, cell(*place)?.to_owned());
        }
        for (kind, place) in &self.names {
            let names = cell(*place)?.split(LIST).map(str::to_owned);
            draft.add_names(*kind, names);
        }
        Ok(draft)
    }
}

/// Refuses to read on when one row takes more than an article may.
struct Limited<R> {
    inner: R,
    left: u64,
    limit: u64,
}

impl<R: io::Read> io::Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other(too_large(self.limit))),
        }
        Ok(read)
    }
}
