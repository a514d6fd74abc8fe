//! The file of a compiled dictionary, byte by byte.
//!
//! All numbers are little-endian `u32` unless said otherwise; a *varint* takes 7 bits a byte,
//! lowest first, with the high bit set on all but the last.
//!
//! | part | holds |
//! |---|---|
//! | head | `KLEX`, [`VERSION`], number of forms, number of analyses, then the length in bytes of each part below |
//! | id | name and version of the source dictionary, UTF-8 |
//! | tags | one a line |
//! | classes | classes of names as the source calls them, one a line |
//! | capitals | patterns of capitals: each a line of places, counted in letters from 0, parted by commas |
//! | kinds | 8 bytes each: tag `u16`, class `u16`, capitals of the form `u16`, of the lemma `u16` |
//! | rewrite offsets | where each rewrite begins, and the end of the last |
//! | rewrites | letters to cut off the front `u8`, off the end `u8`, then UTF-8 to put at the end |
//! | set offsets | where each set begins, and the end of the last |
//! | sets | the analyses of forms: pairs of varints, rewrite and kind, sorted |
//! | forms | an `fst` map from the form in lower case to its set |

/// First bytes of every dictionary.
pub const MAGIC: &[u8; 4] = b"KLEX";

/// Version of this layout.
pub const VERSION: u32 = 1;

/// How many parts follow the head.
pub const PARTS: usize = 10;

/// Length of the head in bytes.
pub const HEAD: usize = 4 + 4 * (3 + PARTS);

/// Length of a kind in bytes.
pub const KIND: usize = 8;

/// Reads the `u32` at `at`.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

/// Reads the `u16` at `at`.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*bytes))
}

/// Reads a varint off the front of `bytes`.
pub fn take_varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 127) << shift;
        if byte & 128 == 0 {
            return Some(number);
        }
    }
    None
}

/// Appends a varint.
pub fn put_varint(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 128 {
        #[expect(clippy::cast_possible_truncation, reason = "seven bits are kept")]
        bytes.push(number as u8 & 127 | 128);
        number >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "less than 128")]
    bytes.push(number as u8);
}
