//! Lines of any file, none of which is held beyond a limit.

use std::io::{self, BufRead};

/// One line, or the news that it was too long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u64,
    /// Where it begins in the unpacked file, counted from 0.
    pub(super) byte: u64,
    /// Its bytes without the line end; nothing when they are more than the limit.
    pub(super) bytes: Option<Vec<u8>>,
}

/// Reads lines one by one.
pub(super) struct Lines {
    number: u64,
    byte: u64,
    limit: usize,
}

impl Lines {
    /// Lines of at most `limit` bytes, of which the first begins at this byte of the file.
    pub(super) fn new(limit: usize, byte: u64) -> Self {
        Self {
            number: 0,
            byte,
            limit,
        }
    }

    /// Where the next line begins.
    pub(super) fn byte(&self) -> u64 {
        self.byte
    }

    /// Goes over the empty lines that come next, many at once.
    pub(super) fn skip_empty(&mut self, reader: &mut dyn BufRead) -> io::Result<()> {
        loop {
            let available = match reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                available => available?,
            };
            let ends = available.iter().take_while(|byte| **byte == b'\n');
            let count = ends.count();
            if count == 0 {
                return Ok(());
            }
            reader.consume(count);
            self.number += count as u64;
            self.byte += count as u64;
        }
    }

    /// The next line, or nothing at the end.
    pub(super) fn next(&mut self, reader: &mut dyn BufRead) -> io::Result<Option<Line>> {
        let start = self.byte;
        let mut bytes = Some(Vec::new());
        loop {
            let available = match reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                available => available?,
            };
            if available.is_empty() {
                if self.byte == start {
                    return Ok(None);
                }
                break;
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(available.len(), |end| end + 1);
            if let Some(line) = &mut bytes {
                line.extend(available.iter().take(end.unwrap_or(taken)));
                if line.len() > self.limit {
                    bytes = None;
                }
            }
            reader.consume(taken);
            self.byte += taken as u64;
            if end.is_some() {
                break;
            }
        }
        self.number += 1;
        Ok(Some(Line {
            number: self.number,
            byte: start,
            bytes,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::BufReader;

    #[test]
    fn long_lines_are_passed_over() {
        for capacity in 1..20 {
            let text = "one\n\nthis is long\nlast";
            let mut reader = BufReader::with_capacity(capacity, text.as_bytes());
            let mut lines = Lines::new(5, 0);
            let mut found = Vec::new();
            while let Some(line) = lines.next(&mut reader).unwrap() {
                let bytes = line.bytes.map(|bytes| String::from_utf8(bytes).unwrap());
                found.push((line.number, line.byte, bytes));
            }
            let some = |text: &str| Some(text.to_owned());
            assert_eq!(
                found,
                [
                    (1, 0, some("one")),
                    (2, 4, some("")),
                    (3, 5, None),
                    (4, 18, some("last"))
                ]
            );
        }
    }
}
