//! Base forms of words that a dictionary does not hold, by their last letters.
//!
//! What is known of a suffix is a list of *endings*: letters to cut off a form, letters to add,
//! the cases, gender and number the form then stands in, and how likely that is. The longest
//! suffix that is known decides; shorter ones have been mixed into it when it was learnt.
//! The data are read where they lie. Damaged bytes give an error or fewer guesses, never a panic.
//!
//! The file, all numbers little-endian `u32` or varints as in [`super::format`]:
//!
//! | part | holds |
//! |---|---|
//! | head | [`MAGIC`], [`VERSION`], then the length in bytes of each part below |
//! | endings | letters to cut `u8`, cases `u8` (bit 0: nominative), gender `u8` (0 masculine, 1 feminine, 2 neuter, 3 any) plus 4 for plural, bytes to add `u8`, then these, UTF-8 |
//! | lists | a count `u8`, then for each ending its number, a varint, and its share in 255ths `u8` |
//! | one tree for each [`Sort`] | see below |
//!
//! **A tree** reads the letters of a form from its last one, and [`START`] in front of the first.
//! A node is a varint, the address of its list plus one or 0 for that of the node above; then a
//! varint, the number of arcs; then for each arc its letter and how many bytes before the start of
//! this node the next one begins, two varints. The last 4 bytes of a tree are the address of its root.

use super::format::{put_varint, take_varint, u32_at};
use super::{Case, Cases, Gender, LexiconError};

/// First bytes of the file.
pub const MAGIC: [u8; 4] = *b"KGUE";

/// Version of the layout.
pub const VERSION: u32 = 1;

/// Stands in front of the first letter of a form.
pub const START: char = '^';

/// Letters of a suffix, at most.
pub const LONGEST_SUFFIX: usize = 8;

/// What sort of name a guess is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// First names.
    First,
    /// Surnames.
    Surname,
    /// Places.
    Place,
}

impl Sort {
    /// All of them, in the order of their trees.
    pub const ALL: [Self; 3] = [Self::First, Self::Surname, Self::Place];
}

/// How a form may be made into a base form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ending {
    /// Letters to cut off the end of the form.
    pub cut: u8,
    /// Letters to add then.
    pub added: String,
    /// The cases the form stands in, a bit each, the nominative lowest.
    pub cases: u8,
    /// The gender, if it has one.
    pub gender: Option<Gender>,
    /// Whether the form is a plural.
    pub plural: bool,
}

/// A base form that a form may have.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess<'g> {
    ending: &'g Ending,
    /// How likely it is, from 0 to 1.
    pub share: f32,
}

impl<'g> Guess<'g> {
    /// The base form of `form`.
    pub fn base(&self, form: &str) -> String {
        let mut stem = form.chars();
        for _ in 0..self.ending.cut {
            stem.next_back();
        }
        let mut base = String::with_capacity(form.len() + self.ending.added.len());
        base.push_str(stem.as_str());
        base.push_str(&self.ending.added);
        base
    }

    /// The cases the form may stand in.
    pub fn cases(&self) -> Cases {
        Case::ALL
            .into_iter()
            .filter(|case| self.ending.cases & 1 << *case as u8 != 0)
            .fold(Cases::default(), Cases::with)
    }

    /// The gender, if there is one.
    pub fn gender(&self) -> Option<Gender> {
        self.ending.gender
    }

    /// Whether the form is a plural.
    pub fn is_plural(&self) -> bool {
        self.ending.plural
    }

    /// How the base form is made.
    pub fn ending(&self) -> &'g Ending {
        self.ending
    }
}

/// What has been learnt about the endings of names.
#[derive(Debug)]
pub struct Guesser {
    endings: Vec<Ending>,
    lists: &'static [u8],
    trees: [&'static [u8]; Sort::ALL.len()],
}

impl Guesser {
    /// Takes the file apart; only the endings are unpacked, a few kilobytes.
    pub fn open(bytes: &'static [u8]) -> Result<Self, LexiconError> {
        if !bytes.starts_with(&MAGIC) {
            return Err(LexiconError::NotALexicon);
        }
        let head = |index: usize| u32_at(bytes, 4 + 4 * index).ok_or(LexiconError::Damaged);
        let found = head(0)?;
        if found != VERSION {
            return Err(LexiconError::Version { found });
        }
        let mut parts: [&'static [u8]; 5] = [&[]; 5];
        let mut rest = bytes.get(4 * 7..).ok_or(LexiconError::Damaged)?;
        for (index, part) in parts.iter_mut().enumerate() {
            let length = head(1 + index)? as usize;
            (*part, rest) = rest.split_at_checked(length).ok_or(LexiconError::Damaged)?;
        }
        let [endings, lists, trees @ ..] = parts;
        Ok(Self {
            endings: read_endings(endings).ok_or(LexiconError::Damaged)?,
            lists,
            trees,
        })
    }

    /// Gives the sink what a form in lower case may be, the likeliest first.
    pub fn guess(&self, sort: Sort, form: &str, sink: &mut dyn FnMut(Guess<'_>)) {
        let Some(tree) = self.trees.get(sort as usize) else {
            return;
        };
        let mut list = None;
        let mut at = tree
            .len()
            .checked_sub(4)
            .and_then(|end| u32_at(tree, end))
            .map(|root| root as usize);
        let letters = form.chars().rev().chain([START]);
        let mut letters = letters.take(LONGEST_SUFFIX);
        while let Some(node) = at.and_then(|at| Some((at, tree.get(at..)?))) {
            at = walk(node, letters.next(), &mut list);
        }
        let Some(mut rest) = list.and_then(|list| self.lists.get(list as usize..)) else {
            return;
        };
        let Some((&count, after)) = rest.split_first() else {
            return;
        };
        rest = after;
        for _ in 0..count {
            let Some(number) = take_varint(&mut rest) else {
                return;
            };
            let Some((&share, after)) = rest.split_first() else {
                return;
            };
            rest = after;
            if let Some(ending) = self.endings.get(number as usize) {
                let share = f32::from(share) / 255.0;
                sink(Guess { ending, share });
            }
        }
    }
}

/// Reads the node at an address: keeps its list, and gives the address of the next one.
fn walk(
    (at, mut node): (usize, &[u8]),
    letter: Option<char>,
    list: &mut Option<u32>,
) -> Option<usize> {
    if let Some(own) = take_varint(&mut node)?.checked_sub(1) {
        *list = Some(own);
    }
    let letter = letter?;
    for _ in 0..take_varint(&mut node)? {
        let own = take_varint(&mut node)?;
        let back = take_varint(&mut node)?;
        if own == u32::from(letter) {
            // Always towards the start, so that damaged bytes cannot make a circle.
            return (back > 0).then(|| at.checked_sub(back as usize)).flatten();
        }
    }
    None
}

fn read_endings(mut bytes: &[u8]) -> Option<Vec<Ending>> {
    let mut endings = Vec::new();
    while let Some((&[cut, cases, gender, length], rest)) = bytes.split_first_chunk::<4>() {
        let (added, rest) = rest.split_at_checked(usize::from(length))?;
        endings.push(Ending {
            cut,
            added: std::str::from_utf8(added).ok()?.to_owned(),
            cases,
            gender: match gender & 3 {
                0 => Some(Gender::Masculine),
                1 => Some(Gender::Feminine),
                2 => Some(Gender::Neuter),
                _ => None,
            },
            plural: gender & 4 != 0,
        });
        bytes = rest;
    }
    bytes.is_empty().then_some(endings)
}

/// What a suffix is known to be: endings by number, with their shares in 255ths.
pub type List = Vec<(u32, u8)>;

/// A node of a tree before it is written.
#[derive(Debug, Default)]
pub struct Node {
    /// What the suffix is known to be, or nothing where it is what the node above is.
    pub list: Option<List>,
    /// The letter before, and what follows from it.
    pub arcs: Vec<(char, Self)>,
}

/// The bytes of a file; the same input gives the same bytes.
pub fn write(endings: &[Ending], trees: &[Node; Sort::ALL.len()]) -> Vec<u8> {
    let mut parts: Vec<Vec<u8>> = vec![Vec::new(), Vec::new()];
    let mut lists = Lists::default();
    for tree in trees {
        let mut bytes = Vec::new();
        let root = write_node(tree, &mut bytes, &mut lists);
        bytes.extend(small(root).to_le_bytes());
        parts.push(bytes);
    }
    if let Some(part) = parts.get_mut(0) {
        for ending in endings {
            let gender = ending.gender.map_or(3, |gender| gender as u8);
            let plural = u8::from(ending.plural) * 4;
            let length = u8::try_from(ending.added.len()).unwrap_or(0);
            part.extend([ending.cut, ending.cases, gender + plural, length]);
            part.extend(ending.added.bytes().take(usize::from(length)));
        }
    }
    if let Some(part) = parts.get_mut(1) {
        *part = lists.bytes;
    }
    let mut bytes = MAGIC.to_vec();
    bytes.extend(VERSION.to_le_bytes());
    for part in &parts {
        bytes.extend(small(part.len()).to_le_bytes());
    }
    bytes.extend(parts.concat());
    bytes
}

/// A length or address, which is far below 4 GiB.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[derive(Default)]
struct Lists {
    bytes: Vec<u8>,
    known: std::collections::BTreeMap<List, u32>,
}

impl Lists {
    fn add(&mut self, list: &List) -> u32 {
        if let Some(&known) = self.known.get(list) {
            return known;
        }
        let address = small(self.bytes.len());
        let count = u8::try_from(list.len()).unwrap_or(u8::MAX);
        self.bytes.push(count);
        for &(number, share) in list.iter().take(usize::from(count)) {
            put_varint(number, &mut self.bytes);
            self.bytes.push(share);
        }
        self.known.insert(list.clone(), address);
        address
    }
}

/// Writes a node behind those it leads to, and gives its address.
fn write_node(node: &Node, bytes: &mut Vec<u8>, lists: &mut Lists) -> usize {
    let list = node.list.as_ref().map_or(0, |list| lists.add(list) + 1);
    let arcs: Vec<(char, usize)> = node
        .arcs
        .iter()
        .map(|(letter, next)| (*letter, write_node(next, bytes, lists)))
        .collect();
    let at = bytes.len();
    put_varint(list, bytes);
    put_varint(small(arcs.len()), bytes);
    for (letter, next) in arcs {
        put_varint(u32::from(letter), bytes);
        put_varint(small(at - next), bytes);
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// "-em" is the instrumental of a man's name, "-kiem" one with a fleeting "e".
    fn file() -> Vec<u8> {
        let ending = |cut: u8, added: &str| Ending {
            cut,
            added: added.to_owned(),
            cases: 1 << Case::Instrumental as u8,
            gender: Some(Gender::Masculine),
            plural: false,
        };
        let leaf = |list: List, arcs| Node {
            list: Some(list),
            arcs,
        };
        let k = leaf(vec![(1, 200), (0, 50)], Vec::new());
        let i = Node {
            list: None,
            arcs: vec![('k', k)],
        };
        let e = leaf(vec![(0, 255)], vec![('i', i)]);
        let m = Node {
            list: None,
            arcs: vec![('e', e)],
        };
        let root = Node {
            list: None,
            arcs: vec![('m', m)],
        };
        let endings = [ending(2, ""), ending(4, "ek")];
        write(&endings, &[root, Node::default(), Node::default()])
    }

    fn guesses(guesser: &Guesser, form: &str) -> Vec<String> {
        let mut bases = Vec::new();
        guesser.guess(Sort::First, form, &mut |guess| bases.push(guess.base(form)));
        bases
    }

    #[test]
    fn the_longest_known_suffix_decides() {
        let guesser = Guesser::open(file().leak()).unwrap();
        assert_eq!(guesses(&guesser, "adamem"), ["adam"]);
        assert_eq!(guesses(&guesser, "jackiem"), ["jacek", "jacki"]);
        assert_eq!(guesses(&guesser, "anna"), [""; 0]);
        assert_eq!(guesses(&guesser, ""), [""; 0]);
    }

    proptest! {
        #[test]
        fn damaged_bytes_never_panic(at in 0_usize..200, byte: u8, cut in 0_usize..200, form in "\\PC{0,12}") {
            let mut bytes = file();
            let length = bytes.len();
            if let Some(place) = bytes.get_mut(at % length) {
                *place = byte;
            }
            bytes.truncate(length - cut % length);
            if let Ok(guesser) = Guesser::open(bytes.leak()) {
                for sort in Sort::ALL {
                    for form in [form.as_str(), "adamem", "jackiem"] {
                        guesser.guess(sort, form, &mut |guess| {
                            let _ = guess.base(form);
                        });
                    }
                }
            }
        }
    }
}
