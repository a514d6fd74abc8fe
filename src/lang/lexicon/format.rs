//! The file of a compiled dictionary, byte by byte.
//!
//! All numbers are little-endian `u32` unless said otherwise; a *varint* takes 7 bits a byte,
//! lowest first, with the high bit set on all but the last.
//!
//! | part | holds |
//! |---|---|
//! | head | [`MAGIC`], [`VERSION`], number of forms, number of analyses, address of the first state, then the length in bytes of each part below |
//! | id | name and version of the source dictionary, UTF-8 |
//! | tags | one a line |
//! | classes | classes of names as the source calls them, one a line |
//! | capitals | patterns of capitals: a count `u8`, then as many places `u8`, counted in letters from 0 |
//! | kinds | 8 bytes each: tag `u16`, class `u16`, capitals of the form `u16`, of the lemma `u16` |
//! | rewrites | letters to cut off the front `u8`, off the end `u8`, bytes to add `u8`, then these, UTF-8 |
//! | sets | what forms can be read as, see below |
//! | letters | letter of each code |
//! | codes | code `u16` of each letter up to U+07FF, 65535 for none |
//! | others | letters above U+07FF in order, each followed by its code |
//! | firsts | address of the state that each letter leads to from the first one, by code, 4294967295 for none |
//! | states | the automaton of forms, see below |
//!
//! **A set** begins with a varint that counts its lemmas by group, from its lowest bit: 4 bits for
//! words that may be written small, 3 for words that want a capital, 6 for abbreviations, 3 for
//! endings that only continue another word, then 4 and 4 higher bits of the first two.
//! Then come the lemmas in that order, each the address of its rewrite as a varint; then for each
//! lemma, in the same order, a varint that counts its kinds, and so many varints, each a kind.
//!
//! **The automaton** reads the letters of a form in lower case and ends in the set of the form.
//! Letters have codes, the commonest the lowest. An *arc* is a byte: 6 bits of code (63 means
//! that the next two bytes hold it), 2 bits that tell how many bytes the address of its target takes;
//! none means that the target lies right behind the state.
//! A *state* with one arc, a code below 48 and no set is just that arc. Any other begins with a
//! byte from 192 up: bit 5 says that a form may end here, the low 5 bits count the arcs (31 means
//! that the next two bytes do); then the address of the set as a varint, if a form may end; then the
//! arcs, those that lead to more forms first.
//! Addresses count bytes from the start of their part. The states that most arcs lead to come
//! first, so that their addresses are short.

/// First bytes of every dictionary.
pub const MAGIC: [u8; 4] = *b"KMOR";

/// Version of this layout.
pub const VERSION: u32 = 1;

/// How many numbers stand between the magic bytes and the lengths of the parts.
pub(super) const NUMBERS: usize = 4;

/// How many parts follow the head.
pub(super) const PARTS: usize = 12;

/// Length of the head in bytes.
pub(super) const HEAD: usize = 4 * (1 + NUMBERS + PARTS);

/// Length of a kind in bytes.
pub(super) const KIND: usize = 8;

/// Letters below this one have their code in a table.
pub(super) const TABLE: u32 = 0x800;

/// Stands in that table for letters that no form has.
pub(super) const NO_CODE: u16 = u16::MAX;

/// Largest code of a letter.
pub(super) const LAST_CODE: u16 = NO_CODE - 1;

/// Stands among the first states for letters that no form begins with.
pub(super) const NO_STATE: u32 = u32::MAX;

/// Code in an arc that sends to the next two bytes.
pub(super) const LONG_CODE: u8 = 63;

/// Codes below this one fit in a state that is a lone arc.
pub(super) const LONE_CODES: u8 = 48;

/// First byte, at least, of a state that is more than a lone arc.
pub(super) const STATE: u8 = LONE_CODES << 2;

/// Says in the first byte of a state that a form may end there.
pub(super) const ENDS: u8 = 32;

/// Count of arcs in the first byte of a state that sends to the next two bytes.
pub(super) const MANY: u8 = 31;

/// Reads the `u32` at `at`.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

/// Reads the `u16` at `at`.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk::<2>()?;
    Some(u16::from_le_bytes(*bytes))
}

/// Reads a varint off the front of `bytes`.
#[inline]
pub(super) fn take_varint(bytes: &mut &[u8]) -> Option<u32> {
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
pub(super) fn put_varint(mut number: u32, bytes: &mut Vec<u8>) {
    #[expect(clippy::cast_possible_truncation, reason = "seven bits are kept")]
    while number >= 128 {
        bytes.push(number as u8 & 127 | 128);
        number >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "less than 128")]
    bytes.push(number as u8);
}

/// How many lemmas of each group a set has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Groups {
    /// Words that may be written small.
    pub(super) small: usize,
    /// Words that want a capital.
    pub(super) capital: usize,
    /// Abbreviations.
    pub(super) abbreviation: usize,
    /// Endings that only continue another word.
    pub(super) ending: usize,
}

impl Groups {
    /// Unpacks the first number of a set.
    #[inline]
    pub(super) fn unpack(number: u32) -> Self {
        Self {
            small: (number & 15 | (number >> 16 & 15) << 4) as usize,
            capital: (number >> 4 & 7 | (number >> 20 & 15) << 3) as usize,
            abbreviation: (number >> 7 & 63) as usize,
            ending: (number >> 13 & 7) as usize,
        }
    }

    /// The first number of a set; none when there are too many.
    pub(super) fn pack(self) -> Option<u32> {
        let [small, capital, abbreviation, ending] =
            [self.small, self.capital, self.abbreviation, self.ending]
                .map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        let fits = small < 256 && capital < 128 && abbreviation < 64 && ending < 8;
        let low = small & 15 | (capital & 7) << 4 | abbreviation << 7 | ending << 13;
        fits.then_some(low | (small >> 4) << 16 | (capital >> 3) << 20)
    }

    /// How many lemmas there are in all.
    #[inline]
    pub(super) fn all(self) -> usize {
        self.small + self.capital + self.abbreviation + self.ending
    }

    /// How many lemmas, from the first, are likely readings of a word.
    #[inline]
    pub(super) fn likely(self, written_small: bool) -> usize {
        let words = self.small + self.capital;
        if written_small && self.small > 0 {
            self.small
        } else if !written_small && words > 0 {
            words
        } else {
            words + self.abbreviation
        }
    }
}
