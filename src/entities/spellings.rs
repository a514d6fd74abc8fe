//! Which names of one kind are spelt alike.
//!
//! Names that share a key are compared, on all cores. What is found does not depend on their number.

use std::cmp::Reverse;
use std::hash::BuildHasher;

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::FastMap;
use super::build::Node;
use crate::lang::known::is_acronym;
use crate::model::EntityKind;
use crate::names::{Grade, Likeness};

/// Names that share a key are compared with so many of the most frequent ones among them.
const MOST_COMPARED: usize = 24;

/// The most frequent names of each key, by a hash of the key. Two keys with one hash cost a
/// comparison and change nothing.
type Buckets = FastMap<u64, Vec<usize>>;

/// Two names, the more frequent one first, that are or may be spellings of one.
pub(super) type Pair = (usize, usize, Likeness);

/// All pairs of names that compare as the same or alike, in the order of the rarer one.
pub(super) fn likenesses(nodes: &[Node<'_>]) -> Vec<Pair> {
    let hasher = FixedState::default();
    let keys_of = |node: &Node<'_>| {
        let keys = node.name.keys();
        keys.iter().map(|key| hasher.hash_one(key)).collect()
    };
    let keys: Vec<Vec<u64>> = nodes.par_iter().map(keys_of).collect();
    let frequent = most_frequent(nodes, &keys);
    let rare = (0..nodes.len()).into_par_iter();
    rare.flat_map_iter(|rare| compare_one(nodes, &keys, &frequent, rare))
        .collect()
}

/// The most frequent ones first.
fn most_frequent(nodes: &[Node<'_>], keys: &[Vec<u64>]) -> Buckets {
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|index| (rank(nodes, *index), *index));
    let mut frequent = Buckets::default();
    for index in order {
        for key in keys.get(index).into_iter().flatten() {
            let known = frequent.entry(*key).or_default();
            if known.len() < MOST_COMPARED {
                known.push(index);
            }
        }
    }
    frequent
}

fn rank(nodes: &[Node<'_>], index: usize) -> Reverse<u64> {
    Reverse(nodes.get(index).map_or(0, |node| node.row.articles))
}

/// Compares a name with all more frequent ones that share a key with it.
fn compare_one(
    nodes: &[Node<'_>],
    keys: &[Vec<u64>],
    frequent: &Buckets,
    rare: usize,
) -> Vec<Pair> {
    let mut found = Vec::new();
    let own = (rank(nodes, rare), rare);
    let keys = keys.get(rare).into_iter().flatten();
    let mut others: Vec<usize> = keys
        .filter_map(|key| frequent.get(key))
        .flat_map(|known| known.iter().copied())
        .filter(|other| (rank(nodes, *other), *other) < own)
        .collect();
    others.sort_unstable();
    others.dedup();
    for other in others {
        let (Some(one), Some(two)) = (nodes.get(other), nodes.get(rare)) else {
            continue;
        };
        if (is_short(one) || is_short(two)) && one.words != two.words {
            continue;
        }
        if !one.name.may_be_alike(&two.name) {
            continue;
        }
        let likeness = one.name.compare(&two.name);
        if likeness.grade >= Grade::Alike {
            found.push((other, rare, likeness));
        }
    }
    found
}

/// Whether it is an acronym, of which any other letter makes another.
fn is_short(node: &Node<'_>) -> bool {
    node.row.kind != EntityKind::Person && is_acronym(&node.row.name)
}
