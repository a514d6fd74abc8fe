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
    mut fit: impl FnMut(usize, usize) -> Option<Fit>,
) -> Alignment {
    let columns = other.len();
    let mut table = Vec::with_capacity(one.len() * columns);
    for row in 0..one.len() {
        table.extend((0..columns).map(|column| fit(row, column)));
    }
    if table.iter().all(Option::is_none) {
        return Alignment::default();
    }
    let ordered = in_order(&table, columns);
    let has_partner = |row: &&[Option<Fit>]| row.iter().any(Option::is_some);
    let most = table.chunks(columns).filter(has_partner).count();
    if ordered.pairs.len() == most.min(columns) {
        return ordered;
    }
    let free = in_any_order(&table, columns);
    if free.pairs.len() > ordered.pairs.len() {
        free
    } else {
        ordered
    }
}

/// The pairs of greatest weight of which none crosses another.
fn in_order(table: &[Option<Fit>], columns: usize) -> Alignment {
    // Weights of the best pairs among the first rows and columns; the first of each is empty.
    let width = columns + 1;
    let rows = table.len() / columns.max(1);
    let mut weights = vec![0; (rows + 1) * width];
    let at = |weights: &[usize], row: usize, column: usize| {
        weights
            .get(row * width + column)
            .copied()
            .unwrap_or_default()
    };
    for (place, fit) in table.iter().enumerate() {
        let (row, column) = (place / columns, place % columns);
        let alone = at(&weights, row, column + 1).max(at(&weights, row + 1, column));
        let paired = fit.map_or(0, |fit| at(&weights, row, column) + fit.weight());
        if let Some(best) = weights.get_mut((row + 1) * width + column + 1) {
            *best = alone.max(paired);
        }
    }
    let mut found = Alignment::default();
    let (mut row, mut column) = (rows, columns);
    while row > 0 && column > 0 {
        let best = at(&weights, row, column);
        if at(&weights, row - 1, column) == best {
            row -= 1;
        } else if at(&weights, row, column - 1) == best {
            column -= 1;
        } else {
            (row, column) = (row - 1, column - 1);
            if let Some(Some(fit)) = table.get(row * columns + column) {
                found.pairs.push((row, column, *fit));
            }
        }
    }
    found.pairs.reverse();
    found
}

fn in_any_order(table: &[Option<Fit>], columns: usize) -> Alignment {
    let mut all: Vec<(Fit, usize, usize, usize, usize)> = Vec::new();
    for (place, fit) in table.iter().enumerate() {
        let (row, column) = (place / columns, place % columns);
        if let Some(fit) = fit {
            all.push((*fit, row.min(column), row.max(column), row, column));
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
