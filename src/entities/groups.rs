//! Names that are one: a union-find that never joins what the user keeps apart.

use std::collections::{BTreeSet, HashMap};

/// Which names of a list are one entity. Every name begins alone.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each name another of its group, or itself where it stands for the group.
    above: Vec<usize>,
    /// All names of the group that each one stands for.
    members: Vec<Vec<usize>>,
    /// How many articles the names of the group have that each one stands for.
    articles: Vec<u64>,
    /// Names that some are never joined with.
    apart: HashMap<usize, BTreeSet<usize>>,
}

impl Groups {
    /// Names of so many articles each, none joined.
    pub(super) fn new(articles: Vec<u64>) -> Self {
        let names = 0..articles.len();
        Self {
            above: names.clone().collect(),
            members: names.map(|name| vec![name]).collect(),
            articles,
            apart: HashMap::new(),
        }
    }

    /// The name that stands for the group of this one.
    pub(super) fn of(&mut self, name: usize) -> usize {
        let mut top = name;
        while let Some(&above) = self.above.get(top)
            && above != top
        {
            top = above;
        }
        let mut below = name;
        while let Some(above) = self.above.get_mut(below)
            && *above != top
        {
            below = std::mem::replace(above, top);
        }
        top
    }

    /// How many articles have the names of the group of this one, counted once for each name.
    pub(super) fn articles(&mut self, name: usize) -> u64 {
        let group = self.of(name);
        self.articles.get(group).copied().unwrap_or_default()
    }

    /// Never joins the two, nor what they are joined with from now on.
    pub(super) fn keep_apart(&mut self, one: usize, other: usize) {
        for (name, foe) in [(one, other), (other, one)] {
            self.apart.entry(name).or_default().insert(foe);
        }
    }

    /// Whether the two may be joined, or are.
    pub(super) fn may_join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.of(one), self.of(other));
        if one == other || self.apart.is_empty() {
            return true;
        }
        let members = self.members.get(one).cloned().unwrap_or_default();
        !members.into_iter().any(|member| {
            let foes = self.apart.get(&member).cloned().unwrap_or_default();
            foes.into_iter().any(|foe| self.of(foe) == other)
        })
    }

    /// Makes two groups one; false where they are kept apart.
    pub(super) fn join(&mut self, one: usize, other: usize) -> bool {
        if !self.may_join(one, other) {
            return false;
        }
        let (one, other) = (self.of(one), self.of(other));
        if one == other {
            return true;
        }
        let size = |group: usize| self.members.get(group).map_or(0, Vec::len);
        let (large, small) = if size(one) >= size(other) {
            (one, other)
        } else {
            (other, one)
        };
        let moved = self.members.get_mut(small).map(std::mem::take);
        if let (Some(members), Some(moved)) = (self.members.get_mut(large), moved) {
            members.extend(moved);
        }
        if let Some(above) = self.above.get_mut(small) {
            *above = large;
        }
        let moved = self.articles.get(small).copied().unwrap_or_default();
        if let Some(articles) = self.articles.get_mut(large) {
            *articles += moved;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_apart_stays_so_whoever_joins() {
        let mut groups = Groups::new(vec![1, 2, 4, 8, 16]);
        groups.keep_apart(0, 3);
        assert!(groups.join(0, 1));
        assert!(groups.join(3, 2));
        assert!(!groups.join(1, 2));
        assert!(groups.join(1, 4));
        assert!(!groups.join(4, 3));
        assert_eq!(groups.of(4), groups.of(0));
        assert_ne!(groups.of(2), groups.of(0));
        assert_eq!(groups.articles(1), 1 + 2 + 16);
    }
}
