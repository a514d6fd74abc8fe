//! Lists of strings and numbers as bytes that are looked up where they lie.
//!
//! A list of strings is its length, one offset for each string and one more for the end, then the
//! bytes of all of them; lengths and offsets are little-endian `u32`. Within a string, numbers have
//! seven bits a byte, the lowest first, and the eighth bit where more follow (LEB128). Reading never
//! trusts an offset: what cannot be read is not there.

/// Bits of a number that a byte holds.
const BITS: u32 = 7;
/// The bit of a byte that says that more bytes follow.
const MORE: u8 = 1 << BITS;

/// Bytes that are being written.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    /// A number in as few bytes as it needs.
    pub(super) fn number(&mut self, mut number: u64) {
        while number >= u64::from(MORE) {
            let [lowest, ..] = number.to_le_bytes();
            self.0.push(lowest | MORE);
            number >>= BITS;
        }
        let [lowest, ..] = number.to_le_bytes();
        self.0.push(lowest);
    }

    /// The same for what is counted in memory.
    pub(super) fn size(&mut self, size: usize) {
        self.number(u64::try_from(size).unwrap_or(u64::MAX));
    }

    /// A number in eight bytes.
    pub(super) fn fixed(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    fn count(&mut self, count: usize) {
        // Four thousand million names are more than an index holds.
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.0.extend(count.to_le_bytes());
    }

    pub(super) fn sum(&mut self, sum: u32) {
        self.0.extend(sum.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.size(text.len());
        self.0.extend(text.as_bytes());
    }

    /// Numbers that rise, each as its distance from the one before: what [`Reader::rising`] reads.
    pub(super) fn rising(&mut self, numbers: &[u32]) {
        let mut last = 0;
        for number in numbers {
            self.number(number.saturating_sub(last).into());
            last = *number;
        }
    }

    /// A list that [`Strings`] reads.
    pub(super) fn strings<'s>(&mut self, strings: impl ExactSizeIterator<Item = &'s [u8]> + Clone) {
        self.count(strings.len());
        let mut end = 0;
        self.count(end);
        for string in strings.clone() {
            end += string.len();
            self.count(end);
        }
        for string in strings {
            self.0.extend(string);
        }
    }

    /// A list that [`Numbers`] reads.
    pub(super) fn numbers(&mut self, numbers: &[u32]) {
        self.count(numbers.len());
        for number in numbers {
            self.0.extend(number.to_le_bytes());
        }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Bytes that are being read, from the first to the last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'b>(pub(super) &'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        while shift < u64::BITS {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & !MORE) << shift;
            if byte & MORE == 0 {
                return Some(number);
            }
            shift += BITS;
        }
        None
    }

    pub(super) fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    pub(super) fn fixed(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(*self.take(8)?.first_chunk()?))
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.sum()?).ok()
    }

    pub(super) fn sum(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(*self.take(4)?.first_chunk()?))
    }

    pub(super) fn text(&mut self) -> Option<&'b str> {
        let length = self.size()?;
        std::str::from_utf8(self.take(length)?).ok()
    }

    /// All numbers that are left, each greater than the one before.
    pub(super) fn rising(mut self) -> impl Iterator<Item = u32> {
        let mut last: u32 = 0;
        std::iter::from_fn(move || {
            last = last.checked_add(u32::try_from(self.number()?).ok()?)?;
            Some(last)
        })
    }

    pub(super) fn strings(&mut self) -> Option<Strings<'b>> {
        let length = self.count()?;
        let offsets = self.take(length.checked_add(1)?.checked_mul(4)?)?;
        let bytes = self.take(nth(offsets, length)?)?;
        Some(Strings {
            length,
            offsets,
            bytes,
        })
    }

    pub(super) fn numbers(&mut self) -> Option<Numbers<'b>> {
        let length = self.count()?;
        Some(Numbers(self.take(length.checked_mul(4)?)?))
    }
}

fn nth(numbers: &[u8], index: usize) -> Option<usize> {
    let bytes = numbers.get(index.checked_mul(4)?..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}

/// A list of numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers<'b>(&'b [u8]);

impl Numbers<'_> {
    pub(super) fn get(self, index: usize) -> Option<usize> {
        nth(self.0, index)
    }
}

/// A list of strings; in order where it is to be searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strings<'b> {
    length: usize,
    offsets: &'b [u8],
    bytes: &'b [u8],
}

impl<'b> Strings<'b> {
    pub(super) fn len(self) -> usize {
        self.length
    }

    pub(super) fn get(self, index: usize) -> Option<&'b [u8]> {
        let (start, end) = (nth(self.offsets, index)?, nth(self.offsets, index + 1)?);
        self.bytes.get(start..end)
    }

    /// How many strings are smaller than this one.
    pub(super) fn rank(self, string: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.length);
        while low < high {
            let middle = low.midpoint(high);
            if self.get(middle).is_some_and(|found| found < string) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Where the string is.
    pub(super) fn find(self, string: &[u8]) -> Option<usize> {
        let rank = self.rank(string);
        (self.get(rank) == Some(string)).then_some(rank)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            mut strings in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..6), 0..20),
            numbers in prop::collection::vec(any::<u32>(), 0..9),
            number in any::<u64>(),
            rising in prop::collection::btree_set(any::<u32>(), 0..9),
        ) {
            strings.sort();
            strings.dedup();
            let mut writer = Writer::default();
            writer.strings(strings.iter().map(Vec::as_slice));
            writer.numbers(&numbers);
            writer.number(number);
            writer.text("żółć");
            writer.fixed(number);
            let rising: Vec<u32> = rising.into_iter().collect();
            writer.rising(&rising);
            let bytes = writer.finish();
            let mut reader = Reader(&bytes);
            let read = reader.strings().unwrap();
            for (index, string) in strings.iter().enumerate() {
                prop_assert_eq!(read.get(index), Some(string.as_slice()));
                prop_assert_eq!(read.find(string), Some(index));
            }
            prop_assert_eq!(read.len(), strings.len());
            prop_assert_eq!(read.get(strings.len()), None);
            let read = reader.numbers().unwrap();
            for (index, number) in numbers.iter().enumerate() {
                prop_assert_eq!(read.get(index), usize::try_from(*number).ok());
            }
            prop_assert_eq!(reader.number(), Some(number));
            prop_assert_eq!(reader.text(), Some("żółć"));
            prop_assert_eq!(reader.fixed(), Some(number));
            prop_assert_eq!(reader.rising().collect::<Vec<_>>(), rising);
        }

        #[test]
        fn any_bytes_may_be_read(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let mut reader = Reader(&bytes);
            reader.rising().count();
            if let Some(strings) = reader.strings() {
                for index in 0..20 {
                    strings.get(index);
                }
                strings.find(b"x");
            }
        }
    }
}
