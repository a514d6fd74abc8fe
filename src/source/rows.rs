//! Rows of a table, none of which is held beyond a limit.

use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// One row, or the news that it was too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The line it begins on, counted from 1.
    pub(super) line: u64,
    /// Where it begins in the text of the table, counted from 0.
    pub(super) byte: u64,
    /// Its cells without quotes; nothing when they are more bytes than the limit.
    pub(super) cells: Option<Vec<Vec<u8>>>,
}

/// Reads rows one by one, quoted as RFC 4180 says.
pub(super) struct Rows {
    core: Reader,
    byte: u64,
    limit: usize,
    output: Vec<u8>,
    ends: Vec<usize>,
}

impl Rows {
    /// Rows of cells parted by `delimiter`, with at most `limit` bytes a row.
    pub(super) fn new(delimiter: u8, limit: usize) -> Self {
        Self {
            core: ReaderBuilder::new().delimiter(delimiter).build(),
            byte: 0,
            limit,
            output: vec![0; 1024],
            ends: vec![0; 32],
        }
    }

    /// How far the text of the table was read.
    pub(super) fn byte(&self) -> u64 {
        self.byte
    }

    /// The next row, or nothing at the end.
    pub(super) fn next(&mut self, reader: &mut dyn BufRead) -> io::Result<Option<Row>> {
        self.skip_empty_lines(reader)?;
        let (line, byte) = (self.core.line(), self.byte);
        let (mut written, mut ended) = (0, 0);
        let mut is_too_large = false;
        loop {
            let input = fill(reader)?;
            let (output, ends) = (
                self.output.get_mut(written..).unwrap_or_default(),
                self.ends.get_mut(ended..).unwrap_or_default(),
            );
            let (result, taken, new_bytes, new_ends) = self.core.read_record(input, output, ends);
            reader.consume(taken);
            self.byte += taken as u64;
            written += new_bytes;
            ended += new_ends;
            if self.byte - byte > self.limit as u64 + 2 {
                is_too_large = true;
            }
            if is_too_large {
                (written, ended) = (0, 0);
            }
            match result {
                ReadRecordResult::OutputFull if !is_too_large => {
                    self.output.resize(self.output.len() * 2, 0);
                }
                ReadRecordResult::OutputEndsFull if !is_too_large => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                ReadRecordResult::InputEmpty
                | ReadRecordResult::OutputFull
                | ReadRecordResult::OutputEndsFull => {}
                ReadRecordResult::Record => {
                    let cells = (!is_too_large).then(|| self.cells(ended));
                    return Ok(Some(Row { line, byte, cells }));
                }
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn cells(&self, ended: usize) -> Vec<Vec<u8>> {
        let mut start = 0;
        let ends = self.ends.iter().take(ended);
        ends.map(|end| {
            let cell = self.output.get(start..*end).unwrap_or_default().to_vec();
            start = *end;
            cell
        })
        .collect()
    }

    /// Goes over line ends, so that a row begins where its first cell does.
    fn skip_empty_lines(&mut self, reader: &mut dyn BufRead) -> io::Result<()> {
        loop {
            let input = fill(reader)?;
            let ends = input.iter().take_while(|byte| b"\n\r".contains(byte));
            let ends = input.get(..ends.count()).unwrap_or_default();
            if ends.is_empty() {
                return Ok(());
            }
            let (_, taken, ..) = self.core.read_record(ends, &mut [0], &mut [0]);
            let taken = taken.max(1);
            reader.consume(taken);
            self.byte += taken as u64;
        }
    }
}

fn fill(reader: &mut dyn BufRead) -> io::Result<&[u8]> {
    loop {
        match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            Ok(_) => break,
        }
    }
    reader.fill_buf()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    fn rows(text: &[u8], capacity: usize, limit: usize) -> Vec<Row> {
        let mut reader = BufReader::with_capacity(capacity, text);
        let mut rows = Rows::new(b',', limit);
        std::iter::from_fn(|| rows.next(&mut reader).unwrap()).collect()
    }

    #[test]
    fn long_rows_are_passed_over() {
        let text = b"a,b\n\n\"x\ny\",this is long\n\r\nc,\"d";
        for capacity in 1..20 {
            let found: Vec<_> = rows(text, capacity, 8)
                .into_iter()
                .map(|row| (row.line, row.byte, row.cells.map(|cells| cells.len())))
                .collect();
            assert_eq!(
                found,
                [(1, 0, Some(2)), (3, 5, None), (6, 26, Some(2))],
                "{capacity}"
            );
        }
    }

    proptest! {
        #[test]
        fn rows_are_those_of_the_csv_library(text in "[ab,\"\r\n\\x{0}é]{0,60}", capacity in 1..30_usize) {
            let expected: Vec<Vec<Vec<u8>>> = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes())
                .byte_records()
                .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
                .collect();
            let found: Vec<_> = rows(text.as_bytes(), capacity, 1000).into_iter().map(|row| row.cells.unwrap()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
