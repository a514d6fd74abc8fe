//! Names that are one: a union-find that never joins what the user keeps apart.

use std::collections::BTreeSet;

/// Which names of a list are one entity. Every name begins alone.
#[derive(Debug)]
pub(super) struct Groups {
    /// For each name another of its group, or itself where it stands for the group.
    above: Vec<usize>,
    /// All names of the group that each one stands for.
    members: Vec<Vec<usize>>,
    /// Names that each is never joined with.
    apart: Vec<BTreeSet<usize>>,
}

impl Groups {
    /// So many names, none joined.
    pub(super) fn new(names: usize) -> Self {
        Self {
            above: (0..names).collect(),
            members: (0..names).map(|name| vec![name]).collect(),
            apart: vec![BTreeSet::new(); names],
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

    /// All names of the group of this one.
    pub(super) fn members(&mut self, name: usize) -> &[usize] {
        let group = self.of(name);
        self.members.get(group).map_or(&[], Vec::as_slice)
    }

    /// Never joins the two, nor what they are joined with from now on.
    pub(super) fn keep_apart(&mut self, one: usize, other: usize) {
        for (name, foe) in [(one, other), (other, one)] {
            if let Some(foes) = self.apart.get_mut(name) {
                foes.insert(foe);
            }
        }
    }

    /// Whether the two may be joined, or are.
    pub(super) fn may_join(&mut self, one: usize, other: usize) -> bool {
        let (one, other) = (self.of(one), self.of(other));
        if one == other {
            return true;
        }
        let members = self.members.get(one).cloned().unwrap_or_default();
        !members.into_iter().any(|member| {
            let foes = self.apart.get(member).cloned().unwrap_or_default();
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
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_apart_stays_so_whoever_joins() {
        let mut groups = Groups::new(5);
        groups.keep_apart(0, 3);
        assert!(groups.join(0, 1));
        assert!(groups.join(3, 2));
        assert!(!groups.join(1, 2));
        assert!(groups.join(1, 4));
        assert!(!groups.join(4, 3));
        assert_eq!(groups.of(4), groups.of(0));
        assert_ne!(groups.of(2), groups.of(0));
        let mut members = groups.members(4).to_vec();
        members.sort_unstable();
        assert_eq!(members, [0, 1, 4]);
    }
}
