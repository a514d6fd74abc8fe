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

    fn holds(&self, list: List, name: &str) -> bool {
        let Some(list) = self.lists.get(list as usize) else {
            return false;
        };
        let (prints, _) = list.as_chunks::<4>();
        prints
            .binary_search_by_key(&fingerprint(name), |print| u32::from_le_bytes(*print))
            .is_ok()
    }
}

/// Whether a name in lower case is on the list.
pub fn holds(list: List, name: &str) -> bool {
    FINGERPRINTS.holds(list, name)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [List; LISTS] = [
        List::Towns,
        List::Surnames,
        List::FirstNames,
        List::EnglishWords,
    ];

    fn open(bytes: &[u8]) -> Option<Fingerprints> {
        Fingerprints::open(bytes.to_vec().leak())
    }

    fn sample() -> [Vec<String>; LISTS] {
        let list = |names: &str| names.split_whitespace().map(str::to_owned).collect();
        [
            list("łódź paris 東京"),
            list("tusk nowak nowak"),
            list(""),
            list("the"),
        ]
    }

    #[test]
    fn a_list_holds_what_was_written() {
        let prints = open(&write(&sample())).unwrap();
        for (list, names) in ALL.into_iter().zip(sample()) {
            for name in names {
                assert!(prints.holds(list, &name), "{name}");
                let others = ALL.into_iter().filter(|other| *other != list);
                for other in others {
                    assert!(!prints.holds(other, &name), "{name} {other:?}");
                }
            }
        }
        for name in ["", "Tusk", "tuska", "lodz"] {
            assert!(!prints.holds(List::Surnames, name), "{name}");
        }
    }

    #[test]
    fn what_is_damaged_does_not_open() {
        let bytes = write(&sample());
        for length in 0..bytes.len() {
            assert!(open(&bytes[..length]).is_none(), "{length}");
        }
        let mut other = bytes.clone();
        other[0] ^= 1;
        assert!(open(&other).is_none());
        let mut too_many = bytes;
        too_many[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(open(&too_many).is_none());
    }

    /// For the recogniser was taught with them.
    #[test]
    fn the_lists_in_the_program_are_the_right_way_round() {
        for (list, name) in [
            (List::Towns, "paris"),
            (List::Surnames, "nowak"),
            (List::FirstNames, "emmanuel"),
            (List::EnglishWords, "government"),
        ] {
            assert!(holds(list, name), "{name}");
        }
        assert!(!holds(List::FirstNames, "government"));
    }

    proptest! {
        #[test]
        fn each_name_is_on_its_list(
            lists in prop::array::uniform4(prop::collection::vec("\\PC{0,8}", 0..20)),
        ) {
            let prints = open(&write(&lists)).unwrap();
            for (list, names) in ALL.into_iter().zip(&lists) {
                prop_assert!(names.iter().all(|name| prints.holds(list, name)));
            }
        }

        #[test]
        fn damage_is_borne(at in any::<prop::sample::Index>(), bit in 0..8) {
            let mut bytes = write(&sample());
            let at = at.index(bytes.len());
            bytes[at] ^= 1u8 << bit;
            if let Some(prints) = open(&bytes) {
                for list in ALL {
                    prints.holds(list, "tusk");
                }
            }
        }
    }
}
