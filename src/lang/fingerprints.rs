//! Lists of names that no dictionary holds, kept as fingerprints.
//!
//! A list is a sorted run of 32-bit hashes of names in lower case. A name that is not on the list
//! passes for one that is about once in fifty thousand times, which a weighing recogniser bears.

use std::sync::LazyLock;

use crate::text::hash;

/// What stands at the start of the file.
pub const MAGIC: [u8; 4] = *b"KPRI";

/// The lists, in the order in which the file holds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Towns of the world, in Latin letters.
    Towns,
    /// Surnames.
    Surnames,
    /// First names.
    FirstNames,
    /// English words that are written small.
    EnglishWords,
}

/// How many lists there are.
pub const LISTS: usize = 4;

/// The lists in memory, read where they lie.
#[derive(Debug)]
struct Fingerprints {
    lists: [&'static [u8]; LISTS],
}

static FINGERPRINTS: LazyLock<Fingerprints> = LazyLock::new(|| {
    Fingerprints::open(include_bytes!("data/names.prints")).expect("the lists in the program open")
});

impl Fingerprints {
    fn open(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&MAGIC)?;
        let mut lengths = [0; LISTS];
        for length in &mut lengths {
            let (head, tail) = rest.split_first_chunk::<4>()?;
            *length = u32::from_le_bytes(*head) as usize;
            rest = tail;
        }
        let mut lists: [&'static [u8]; LISTS] = [&[]; LISTS];
        for (list, length) in lists.iter_mut().zip(lengths) {
            (*list, rest) = rest.split_at_checked(length.checked_mul(4)?)?;
        }
        Some(Self { lists })
    }
}

/// Whether a name in lower case is on the list.
pub fn holds(list: List, name: &str) -> bool {
    let Some(list) = FINGERPRINTS.lists.get(list as usize) else {
        return false;
    };
    let (prints, _) = list.as_chunks::<4>();
    prints
        .binary_search_by_key(&fingerprint(name), |print| u32::from_le_bytes(*print))
        .is_ok()
}

/// What the file keeps of a name.
pub fn fingerprint(name: &str) -> u32 {
    (hash(name.as_bytes()) >> 32) as u32
}

/// A file with these lists, each a name in lower case.
pub fn write(lists: &[Vec<String>; LISTS]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let prints = lists.each_ref().map(|list| {
        let mut prints: Vec<u32> = list.iter().map(|name| fingerprint(name)).collect();
        prints.sort_unstable();
        prints.dedup();
        prints
    });
    for list in &prints {
        let length = u32::try_from(list.len()).unwrap_or(u32::MAX);
        out.extend_from_slice(&length.to_le_bytes());
    }
    for print in prints.iter().flatten() {
        out.extend_from_slice(&print.to_le_bytes());
    }
    out
}
