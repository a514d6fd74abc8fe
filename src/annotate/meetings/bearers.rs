//! Which persons an article has named with an office so far: "wicepremier Leszek Balcerowicz".

use std::collections::HashMap;

/// Where a name stands: the number of its sentence and of its word there.
type Place = (usize, usize);

/// The first two bearers of each office, which is enough to know whether one is the only one.
#[derive(Debug, Default)]
pub(super) struct Bearers {
    /// How many sentences were read.
    pub sentences: usize,
    by_office: HashMap<String, Vec<(Place, usize)>>,
}

impl Bearers {
    /// Adds what is named; places come in order.
    pub(super) fn add(&mut self, office: &str, place: Place, entity: usize) {
        let Some(bearers) = self.by_office.get_mut(office) else {
            self.by_office
                .insert(office.to_owned(), vec![(place, entity)]);
            return;
        };
        if bearers.len() < 2 && bearers.iter().all(|(_, known)| *known != entity) {
            bearers.push((place, entity));
        }
    }

    /// The only one named with the office before a place; none where all up to it was not read.
    pub(super) fn only(&self, office: &str, before: Place) -> Option<usize> {
        if self.sentences <= before.0 {
            return None;
        }
        let bearers = self.by_office.get(office)?;
        let mut bearers = bearers.iter().take_while(|(place, _)| *place < before);
        match (bearers.next(), bearers.next()) {
            (Some((_, only)), None) => Some(*only),
            _ => None,
        }
    }
}
