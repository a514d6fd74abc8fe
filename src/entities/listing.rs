//! Entities as lists: all of an index or those of an answer, and who stands with whom.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Entity, Table};
use crate::model::{Chosen, Companion, EntityKind, EntityRow, NamePattern, Occurrences, PartyKind};
use crate::text::{fold, normal_form, tokens};

/// The number of an entity in one table.
pub type Number = u32;

/// A row with the number of its entity.
pub type Numbered = (Number, EntityRow);

fn row(entity: Entity) -> EntityRow {
    EntityRow {
        kind: entity.kind,
        name: entity.name,
        articles: entity.articles,
        names: entity.names,
        forms: entity.forms,
        days: entity.days,
        companions: Vec::new(),
    }
}

/// Those with most articles first, then by kind and name.
fn sort(rows: &mut [Numbered]) {
    rows.sort_by(|(_, one), (_, other)| {
        let rank = (other.articles, one.kind, &one.name);
        rank.cmp(&(one.articles, other.kind, &other.name))
    });
}

/// Which entities the articles of an answer have.
struct Holders {
    /// The entity of each name of the answer; none for a name that the user dropped.
    owners: Vec<Option<Number>>,
}

impl Holders {
    fn of(table: &Table, occurrences: &Occurrences) -> Self {
        let names = occurrences.names.iter();
        let owners = names.map(|party| match party.kind {
            PartyKind::Named(kind) => table.number_of_owner(kind, &party.name),
            PartyKind::Group => None,
        });
        Self {
            owners: owners.collect(),
        }
    }

    /// The entities of one article, each once.
    fn in_article(&self, names: &[usize]) -> BTreeSet<Number> {
        let owners = names.iter().filter_map(|name| self.owners.get(*name));
        owners.copied().flatten().collect()
    }
}

impl Table {
    /// The entities of these kinds that are meant by a typed name as [`Table::ask`] takes it, else
    /// those of which a name has a word that begins so. A pattern of a beginning means only the latter.
    pub fn named(&self, kinds: &[EntityKind], pattern: &NamePattern) -> BTreeSet<Number> {
        let (typed, is_whole) = match pattern {
            NamePattern::Name(typed) => (typed.as_str(), true),
            NamePattern::Prefix(typed) => (typed.as_str(), false),
            NamePattern::Chosen(chosen) => return self.numbers_of(chosen),
        };
        if is_whole {
            let meant = kinds.iter().flat_map(|kind| self.numbers(*kind, typed));
            let meant: BTreeSet<Number> = meant.collect();
            if !meant.is_empty() {
                return meant;
            }
        }
        let words: Vec<String> = tokens(typed)
            .map(|word| fold(&normal_form(word.of(typed))))
            .collect();
        let kinds = kinds.iter().filter(|_| !words.is_empty());
        kinds
            .flat_map(|kind| {
                let all = words.iter().map(|word| self.beginning(*kind, word));
                all.reduce(|some, more| &some & &more).unwrap_or_default()
            })
            .collect()
    }

    fn numbers_of(&self, chosen: &Chosen) -> BTreeSet<Number> {
        let names = chosen.names.iter();
        names
            .filter_map(|(kind, name)| self.number_of_owner(*kind, name))
            .collect()
    }

    /// All entities of these kinds, those with most articles first.
    pub fn rows(&self, kinds: &[EntityKind]) -> Vec<Numbered> {
        let mut rows: Vec<Numbered> = (0..)
            .map_while(|number| Some((number, self.entity(number)?)))
            .filter(|(_, entity)| kinds.contains(&entity.kind))
            .map(|(number, entity)| (number, row(entity)))
            .collect();
        sort(&mut rows);
        rows
    }

    /// The entities of these kinds in the articles of an answer, counted there.
    pub fn rows_in(&self, kinds: &[EntityKind], occurrences: &Occurrences) -> Vec<Numbered> {
        let holders = Holders::of(self, occurrences);
        let mut names = vec![0_u64; occurrences.names.len()];
        let mut rows: HashMap<Number, EntityRow> = HashMap::new();
        for article in &occurrences.articles {
            for name in &article.names {
                if let Some(count) = names.get_mut(*name) {
                    *count += 1;
                }
            }
            for number in holders.in_article(&article.names) {
                let row = match rows.entry(number) {
                    Entry::Occupied(known) => known.into_mut(),
                    Entry::Vacant(place) => {
                        let Some(entity) = self.entity(number) else {
                            continue;
                        };
                        place.insert(EntityRow {
                            articles: 0,
                            names: Vec::new(),
                            days: None,
                            ..row(entity)
                        })
                    }
                };
                row.articles += 1;
                row.days = match (row.days, article.days) {
                    (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
                    (one, other) => one.or(other),
                };
            }
        }
        // A name that some articles take for a name of another kind is one name.
        let mut counted: BTreeMap<(Number, &str), u64> = BTreeMap::new();
        for ((party, owner), count) in occurrences.names.iter().zip(&holders.owners).zip(names) {
            if let Some(owner) = owner {
                *counted.entry((*owner, &party.name)).or_default() += count;
            }
        }
        for ((owner, name), count) in counted {
            if let Some(row) = rows.get_mut(&owner) {
                row.names.push((name.to_owned(), count));
            }
        }
        let mut rows: Vec<Numbered> = rows
            .into_iter()
            .filter(|(_, row)| kinds.contains(&row.kind))
            .collect();
        for (_, row) in &mut rows {
            row.names
                .sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
        }
        sort(&mut rows);
        rows
    }

    /// Fills in who stands with each of these entities in the articles of an answer, at most so many.
    pub fn add_companions(&self, rows: &mut [Numbered], occurrences: &Occurrences, most: usize) {
        let holders = Holders::of(self, occurrences);
        let wanted: HashSet<Number> = rows.iter().map(|(number, _)| *number).collect();
        let mut together: HashMap<Number, HashMap<Number, u64>> = HashMap::new();
        for article in &occurrences.articles {
            let all = holders.in_article(&article.names);
            for one in all.iter().filter(|one| wanted.contains(one)) {
                let counts = together.entry(*one).or_default();
                for other in all.iter().filter(|other| *other != one) {
                    *counts.entry(*other).or_default() += 1;
                }
            }
        }
        for (number, row) in rows {
            let mut counts: Vec<(Number, u64)> =
                together.remove(number).into_iter().flatten().collect();
            // Numbers follow how frequent entities are in the whole index.
            counts.sort_by_key(|(other, articles)| (Reverse(*articles), *other));
            let companions = counts
                .into_iter()
                .take(most)
                .filter_map(|(other, articles)| {
                    let entity = self.entity(other)?;
                    Some(Companion {
                        kind: entity.kind,
                        name: entity.name,
                        articles,
                    })
                });
            row.companions = companions.collect();
        }
    }

    /// A question for the articles that have one of these entities.
    pub fn chosen(&self, asked: &str, numbers: impl IntoIterator<Item = Number>) -> Chosen {
        let entities: Vec<Entity> = numbers
            .into_iter()
            .filter_map(|number| self.entity(number))
            .collect();
        super::ask::chosen(asked, &entities)
    }
}
