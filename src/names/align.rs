//! Which words of two names stand for one another.

use super::near::Fit;
use super::words::Word;

/// The words of two names in pairs.
#[derive(Debug, Clone, Default)]
pub(super) struct Alignment {
    /// Places of the words that fit, and how.
    pub(super) pairs: Vec<(usize, usize, Fit)>,
    /// Whether the words stand in another order.
    pub(super) reordered: bool,
}

impl Alignment {
    fn weight(&self) -> usize {
        self.pairs.iter().map(|(_, _, fit)| fit.weight()).sum()
    }

    /// Whether the word of the first name at this place has a partner.
    pub(super) fn holds_one(&self, place: usize) -> bool {
        self.pairs.iter().any(|(one, _, _)| *one == place)
    }

    /// Whether the word of the second name at this place has a partner.
    pub(super) fn holds_other(&self, place: usize) -> bool {
        self.pairs.iter().any(|(_, other, _)| *other == place)
    }

    /// How many letters differ in all, and in how many words.
    pub(super) fn typos(&self) -> (usize, usize) {
        let typos = self.pairs.iter().filter_map(|(_, _, fit)| match fit {
            Fit::Typo(distance) => Some(*distance),
            _ => None,
        });
        typos.fold((0, 0), |(sum, count), distance| (sum + distance, count + 1))
    }
}

/// Pairs the words so that they fit best, in order if that leaves no word of the shorter alone.
pub(super) fn align(
    one: &[Word],
    other: &[Word],
    fit: impl Fn(usize, usize) -> Option<Fit>,
) -> Alignment {
    let table: Vec<Vec<Option<Fit>>> = (0..one.len())
        .map(|a| (0..other.len()).map(|b| fit(a, b)).collect())
        .collect();
    let ordered = in_order(&table, other.len());
    if ordered.pairs.len() == one.len().min(other.len()) {
        return ordered;
    }
    let free = in_any_order(&table);
    if free.pairs.len() > ordered.pairs.len() {
        free
    } else {
        ordered
    }
}

fn in_order(table: &[Vec<Option<Fit>>], columns: usize) -> Alignment {
    let mut last: Vec<Alignment> = vec![Alignment::default(); columns + 1];
    for (row, fits) in table.iter().enumerate() {
        let mut next = vec![Alignment::default()];
        for (column, (fit, above_left)) in fits.iter().zip(&last).enumerate() {
            let mut best = last.get(column + 1).cloned().unwrap_or_default();
            if let Some(left) = next.last()
                && left.weight() > best.weight()
            {
                best = left.clone();
            }
            if let Some(fit) = fit
                && above_left.weight() + fit.weight() > best.weight()
            {
                best = above_left.clone();
                best.pairs.push((row, column, *fit));
            }
            next.push(best);
        }
        last = next;
    }
    last.pop().unwrap_or_default()
}

fn in_any_order(table: &[Vec<Option<Fit>>]) -> Alignment {
    let mut all: Vec<(Fit, usize, usize, usize, usize)> = Vec::new();
    for (row, fits) in table.iter().enumerate() {
        for (column, fit) in fits.iter().enumerate() {
            if let Some(fit) = fit {
                all.push((*fit, row.min(column), row.max(column), row, column));
            }
        }
    }
    all.sort_unstable();
    let mut found = Alignment {
        reordered: true,
        ..Alignment::default()
    };
    for (fit, _, _, row, column) in all {
        if !found.holds_one(row) && !found.holds_other(column) {
            found.pairs.push((row, column, fit));
        }
    }
    found.pairs.sort_unstable_by_key(|(row, _, _)| *row);
    found
}
