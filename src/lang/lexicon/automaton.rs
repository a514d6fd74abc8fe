//! Reads the automaton of forms where it lies. `format` tells how it is laid out.

use super::format::{
    ENDS, LONG_CODE, MANY, NO_CODE, NO_STATE, STATE, TABLE, take_varint, u16_at, u32_at,
};

/// The automaton of a dictionary: forms in lower case, and the address of the set of each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Automaton {
    pub(super) states: &'static [u8],
    pub(super) codes: &'static [u8],
    pub(super) others: &'static [u8],
    pub(super) firsts: &'static [u8],
    pub(super) letters: &'static [u8],
    pub(super) root: usize,
}

/// Follows the letters of forms, to find those that it accepts.
pub trait Walker {
    /// How far a form has been read.
    type State: Clone;

    /// Nothing read.
    fn start(&self) -> Self::State;

    /// One more letter read.
    fn read(&self, state: &Self::State, letter: char) -> Self::State;

    /// Whether what was read is accepted.
    fn is_match(&self, state: &Self::State) -> bool;

    /// Whether more letters could be accepted.
    fn can_match(&self, state: &Self::State) -> bool;
}

/// A state whose set has been read and whose arcs have not.
#[derive(Clone, Copy)]
struct Head {
    /// Address of the set of the form that ends here.
    set: Option<u32>,
    /// Where the first arc lies.
    arcs: usize,
    count: u16,
}

/// Longest form that is followed, in letters: damaged states may lead in circles.
const LONGEST: usize = 255;

/// Address of a target right behind its state, until that is known.
const BEHIND: usize = usize::MAX;

impl Automaton {
    /// Address of the set of a form.
    #[inline]
    pub(super) fn set(&self, form: &str) -> Option<u32> {
        self.head(self.follow(form)?)?.set
    }

    /// The state that the letters of `form` lead to.
    #[inline]
    fn follow(&self, form: &str) -> Option<usize> {
        let mut letters = form.chars();
        let Some(first) = letters.next() else {
            return Some(self.root);
        };
        let first = u32_at(self.firsts, 4 * usize::from(self.code(first)?))?;
        if first == NO_STATE {
            return None;
        }
        let mut at = first as usize;
        for letter in letters {
            at = self.target(at, self.code(letter)?)?;
        }
        Some(at)
    }

    #[inline]
    fn code(&self, letter: char) -> Option<u16> {
        let letter = u32::from(letter);
        if letter < TABLE {
            let code = u16_at(self.codes, 2 * letter as usize);
            return code.filter(|&code| code != NO_CODE);
        }
        let (pairs, _) = self.others.as_chunks::<8>();
        let key = |pair: &[u8; 8]| u32_at(pair, 0).unwrap_or_default();
        let place = pairs.binary_search_by_key(&letter, key).ok()?;
        u16_at(pairs.get(place)?, 4)
    }

    fn letter(&self, code: u16) -> Option<char> {
        char::from_u32(u32_at(self.letters, 4 * usize::from(code))?)
    }

    /// Where the arc with a code leads from a state.
    #[inline]
    fn target(&self, at: usize, code: u16) -> Option<usize> {
        let first = *self.states.get(at)?;
        if first < STATE {
            return if u16::from(first >> 2) == code {
                self.address(at + 1, first & 3, at + 1 + usize::from(first & 3))
            } else {
                None
            };
        }
        let mut at = at + 1;
        let mut count = u16::from(first & MANY);
        if count == u16::from(MANY) {
            count = u16_at(self.states, at)?;
            at += 2;
        }
        if first & ENDS != 0 {
            while *self.states.get(at)? & 128 != 0 {
                at += 1;
            }
            at += 1;
        }
        let mut found = None;
        for _ in 0..count {
            let arc = *self.states.get(at)?;
            at += 1;
            let mut label = u16::from(arc >> 2);
            if label == u16::from(LONG_CODE) {
                label = u16_at(self.states, at)?;
                at += 2;
            }
            let width = arc & 3;
            if label == code {
                if width != 0 {
                    return self.address(at, width, at);
                }
                found = Some(());
            }
            at += usize::from(width);
        }
        found.map(|()| at)
    }

    /// The address of `width` bytes at `at`, or `next` when there are none.
    #[inline]
    fn address(&self, at: usize, width: u8, next: usize) -> Option<usize> {
        let bytes = self.states.get(at..)?;
        Some(match width {
            0 => next,
            1 => usize::from(*bytes.first()?),
            2 => usize::from(u16::from_le_bytes(*bytes.first_chunk()?)),
            _ => {
                let &[low, middle, high] = bytes.first_chunk()?;
                u32::from_le_bytes([low, middle, high, 0]) as usize
            }
        })
    }

    #[inline]
    fn head(&self, at: usize) -> Option<Head> {
        let first = *self.states.get(at)?;
        if first < STATE {
            return Some(Head {
                set: None,
                arcs: at,
                count: 1,
            });
        }
        let mut at = at + 1;
        let mut count = u16::from(first & MANY);
        if count == u16::from(MANY) {
            count = u16_at(self.states, at)?;
            at += 2;
        }
        let mut set = None;
        if first & ENDS != 0 {
            let mut rest = self.states.get(at..)?;
            let length = rest.len();
            set = Some(take_varint(&mut rest)?);
            at += length - rest.len();
        }
        Some(Head {
            set,
            arcs: at,
            count,
        })
    }

    /// The arcs of a state that a walker can follow: letter, target and how far it has then read,
    /// in the order of their letters.
    fn arcs<W: Walker>(
        &self,
        head: Head,
        walker: &W,
        state: &W::State,
    ) -> Option<Vec<(char, usize, W::State)>> {
        let mut arcs = Vec::new();
        let mut at = head.arcs;
        for _ in 0..head.count {
            let arc = *self.states.get(at)?;
            at += 1;
            let mut code = u16::from(arc >> 2);
            if code == u16::from(LONG_CODE) {
                code = u16_at(self.states, at)?;
                at += 2;
            }
            let (width, letter) = (arc & 3, self.letter(code)?);
            let target = self.address(at, width, BEHIND)?;
            let state = walker.read(state, letter);
            if walker.can_match(&state) {
                arcs.push((letter, target, state));
            }
            at += usize::from(width);
        }
        for (_, target, _) in arcs.iter_mut().filter(|(_, target, _)| *target == BEHIND) {
            *target = at;
        }
        arcs.sort_unstable_by_key(|(letter, target, _)| (*letter, *target));
        Some(arcs)
    }

    /// Calls `each` with the forms that the walker accepts and their sets, in the order of their
    /// bytes. Stops when `each` says `false`, or when more than `most` states were seen.
    pub(super) fn search<W: Walker>(
        &self,
        walker: &W,
        most: usize,
        each: &mut dyn FnMut(&str, u32) -> bool,
    ) {
        self.search_from(self.root, String::new(), walker, most, each);
    }

    /// Calls `each` with the forms that begin with `prefix`, like `search`.
    pub(super) fn with_prefix(
        &self,
        prefix: &str,
        most: usize,
        each: &mut dyn FnMut(&str, u32) -> bool,
    ) {
        if let Some(at) = self.follow(prefix) {
            self.search_from(at, prefix.to_owned(), &Anything, most, each);
        }
    }

    fn search_from<W: Walker>(
        &self,
        at: usize,
        mut form: String,
        walker: &W,
        mut most: usize,
        each: &mut dyn FnMut(&str, u32) -> bool,
    ) {
        let start = walker.start();
        if !walker.can_match(&start) {
            return;
        }
        // What is still to be seen: length of the form before, letter, state, walker after it.
        let mut waiting = vec![(form.len(), None, at, start)];
        let longest = form.len() + 4 * LONGEST;
        while let Some((length, letter, at, state)) = waiting.pop() {
            form.truncate(length);
            form.extend(letter);
            if most == 0 || form.len() > longest {
                continue;
            }
            most -= 1;
            let Some(head) = self.head(at) else {
                continue;
            };
            if let Some(set) = head.set.filter(|_| walker.is_match(&state))
                && !each(&form, set)
            {
                return;
            }
            let arcs = self.arcs(head, walker, &state).unwrap_or_default();
            let arcs = arcs.into_iter().rev();
            waiting.extend(arcs.map(|(letter, at, state)| (form.len(), Some(letter), at, state)));
        }
    }
}

/// Accepts every form.
struct Anything;

impl Walker for Anything {
    type State = ();

    fn start(&self) {}

    fn read(&self, (): &(), _letter: char) {}

    fn is_match(&self, (): &()) -> bool {
        true
    }

    fn can_match(&self, (): &()) -> bool {
        true
    }
}
