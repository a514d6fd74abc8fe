//! Lays the states of the automaton out in bytes.

use super::builder::{BuildError, commonest_first};
use super::format::{ENDS, LAST_CODE, LONE_CODES, LONG_CODE, MANY, NO_STATE, STATE, put_varint};

/// A state: the set of the form that ends here, and the arcs in the order of their letters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Node {
    pub(super) set: Option<u32>,
    pub(super) arcs: Vec<(char, u32)>,
}

/// The finished automaton.
pub(super) struct Automaton {
    pub(super) bytes: Vec<u8>,
    /// Where the first state lies.
    pub(super) root: u32,
    /// Where each letter leads from there, by code.
    pub(super) firsts: Vec<u32>,
    /// The letter of each code.
    pub(super) letters: Vec<char>,
}

/// Bytes at the front that two bytes can address.
const NEAR: usize = 1 << 16;

/// How many states end in each set.
pub(super) fn set_weights(nodes: &[Node], sets: usize) -> Vec<u64> {
    let mut weights = vec![0; sets];
    for node in nodes {
        if let Some(weight) = node.set.and_then(|set| weights.get_mut(set as usize)) {
            *weight += 1;
        }
    }
    weights
}

/// Writes the states that can be reached from `root`. Children have lower numbers than parents.
pub(super) fn write(
    nodes: &[Node],
    root: u32,
    set_places: &[u32],
) -> Result<Automaton, BuildError> {
    let letters = letters_by_count(nodes)?;
    let code_of = |letter: char| letters.iter().position(|&known| known == letter);
    let weights = weights(nodes);
    let mut states = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut arcs = Vec::with_capacity(node.arcs.len());
        for &(letter, target) in &node.arcs {
            let code = code_of(letter).and_then(|code| u16::try_from(code).ok());
            arcs.push((code.unwrap_or(LAST_CODE), target));
        }
        let weight = |target: u32| weights.get(target as usize).copied().unwrap_or(0);
        arcs.sort_by(|one, other| {
            weight(other.1)
                .cmp(&weight(one.1))
                .then(one.0.cmp(&other.0))
        });
        let set = node
            .set
            .and_then(|set| set_places.get(set as usize))
            .copied();
        states.push(State { set, arcs });
    }
    let order = order(&states, root);
    let addresses = addresses(&states, &order);
    let mut bytes = Vec::new();
    for (place, &number) in order.iter().enumerate() {
        let next = order.get(place + 1).copied();
        if let Some(state) = states.get(number as usize) {
            state.write(&addresses, next, &mut bytes)?;
        }
    }
    let address_of = |number: u32| {
        let address = addresses.get(number as usize).copied().unwrap_or(0);
        u32::try_from(address).map_err(|_| BuildError::TooMany { what: "states" })
    };
    let mut firsts = vec![NO_STATE; letters.len()];
    for (code, target) in states
        .get(root as usize)
        .into_iter()
        .flat_map(|root| &root.arcs)
    {
        if let Some(first) = firsts.get_mut(usize::from(*code)) {
            *first = address_of(*target)?;
        }
    }
    Ok(Automaton {
        root: address_of(root)?,
        bytes,
        firsts,
        letters,
    })
}

/// A state with codes instead of letters and the address of its set.
struct State {
    set: Option<u32>,
    arcs: Vec<(u16, u32)>,
}

impl State {
    /// Whether it is written as nothing but its arc.
    fn is_lone(&self) -> bool {
        self.set.is_none()
            && matches!(self.arcs.as_slice(), [(code, _)] if *code < u16::from(LONE_CODES))
    }

    /// How many bytes it takes with these addresses, when `next` is written right behind it.
    fn length(&self, addresses: &[usize], next: Option<u32>) -> usize {
        let mut length = 0;
        if !self.is_lone() {
            length += if self.arcs.len() < usize::from(MANY) {
                1
            } else {
                3
            };
        }
        if let Some(set) = self.set {
            let mut varint = Vec::new();
            put_varint(set, &mut varint);
            length += varint.len();
        }
        for (code, target) in &self.arcs {
            let code = if *code < u16::from(LONG_CODE) { 1 } else { 3 };
            length += code + width(*target, addresses, next);
        }
        length
    }

    fn write(
        &self,
        addresses: &[usize],
        next: Option<u32>,
        bytes: &mut Vec<u8>,
    ) -> Result<(), BuildError> {
        if !self.is_lone() {
            let what = "arcs of one state";
            let count = u16::try_from(self.arcs.len()).map_err(|_| BuildError::TooMany { what })?;
            let ends = if self.set.is_some() { ENDS } else { 0 };
            let few = u8::try_from(count).unwrap_or(MANY).min(MANY);
            bytes.push(STATE | ends | few);
            if few == MANY {
                bytes.extend(count.to_le_bytes());
            }
        }
        if let Some(set) = self.set {
            put_varint(set, bytes);
        }
        for (code, target) in &self.arcs {
            let width = width(*target, addresses, next);
            let size = u8::try_from(width).unwrap_or(0);
            let short = u8::try_from(*code).unwrap_or(LONG_CODE).min(LONG_CODE);
            bytes.push(short << 2 | size);
            if short == LONG_CODE {
                bytes.extend(code.to_le_bytes());
            }
            let address = addresses.get(*target as usize).copied().unwrap_or(0);
            let address = address.to_le_bytes();
            if address.iter().skip(3).any(|&byte| byte != 0) {
                return Err(BuildError::TooMany { what: "states" });
            }
            bytes.extend(address.iter().take(width));
        }
        Ok(())
    }
}

/// How many bytes the address of a target takes.
fn width(target: u32, addresses: &[usize], next: Option<u32>) -> usize {
    if next == Some(target) {
        return 0;
    }
    match addresses.get(target as usize) {
        Some(0..=0xff) => 1,
        Some(0..=0xffff) => 2,
        _ => 3,
    }
}

/// All letters, the commonest on arcs first.
fn letters_by_count(nodes: &[Node]) -> Result<Vec<char>, BuildError> {
    let mut counts = std::collections::BTreeMap::<char, u64>::new();
    for (letter, _) in nodes.iter().flat_map(|node| &node.arcs) {
        *counts.entry(*letter).or_default() += 1;
    }
    if counts.len() > usize::from(LAST_CODE) {
        return Err(BuildError::TooMany { what: "letters" });
    }
    let letters: Vec<char> = counts.keys().copied().collect();
    let counts: Vec<u64> = counts.values().copied().collect();
    let order = commonest_first(&counts);
    let letter = |place: u32| letters.get(place as usize).copied();
    Ok(order.into_iter().filter_map(letter).collect())
}

/// How many forms end behind each state.
fn weights(nodes: &[Node]) -> Vec<u64> {
    let mut weights: Vec<u64> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let targets = node
            .arcs
            .iter()
            .map(|(_, target)| weights.get(*target as usize));
        let below: u64 = targets.flatten().sum();
        weights.push(below + u64::from(node.set.is_some()));
    }
    weights
}

/// The order of the states in the file: first those that most arcs lead to, then the others, each
/// followed by its weightiest target that has no place yet.
fn order(states: &[State], root: u32) -> Vec<u32> {
    let mut counts = vec![0_u64; states.len()];
    for (_, target) in states.iter().flat_map(|state| &state.arcs) {
        if let Some(count) = counts.get_mut(*target as usize) {
            *count += 1;
        }
    }
    let far = vec![NEAR; states.len()];
    let mut placed = vec![false; states.len()];
    let mut order = Vec::with_capacity(states.len());
    let mut length = 0;
    for number in commonest_first(&counts) {
        let count = counts.get(number as usize).copied().unwrap_or(0);
        if length >= NEAR || count < 2 {
            break;
        }
        if let Some(state) = states.get(number as usize) {
            // Most of their arcs lead to states of the same sort.
            length += state.length(&far, None).saturating_sub(state.arcs.len());
            order.push(number);
        }
        if let Some(placed) = placed.get_mut(number as usize) {
            *placed = true;
        }
    }
    let near = order
        .iter()
        .filter_map(|&number| states.get(number as usize));
    let mut waiting: Vec<u32> = near
        .flat_map(|state| &state.arcs)
        .map(|arc| arc.1)
        .collect();
    waiting.push(root);
    while let Some(number) = waiting.pop() {
        let Some(placed) = placed.get_mut(number as usize).filter(|placed| !**placed) else {
            continue;
        };
        *placed = true;
        order.push(number);
        if let Some(state) = states.get(number as usize) {
            waiting.extend(state.arcs.iter().rev().map(|(_, target)| *target));
        }
    }
    order
}

/// Where each state lies; states grow shorter as addresses do, until nothing changes.
fn addresses(states: &[State], order: &[u32]) -> Vec<usize> {
    let mut addresses = vec![usize::MAX; states.len()];
    loop {
        let mut changed = false;
        let mut at = 0;
        let known = addresses.clone();
        for (place, &number) in order.iter().enumerate() {
            if let Some(address) = addresses.get_mut(number as usize) {
                changed |= *address != at;
                *address = at;
            }
            let next = order.get(place + 1).copied();
            at += states
                .get(number as usize)
                .map_or(0, |state| state.length(&known, next));
        }
        if !changed {
            return addresses;
        }
    }
}
