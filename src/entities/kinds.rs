//! Names that some articles took for names of another kind.
//!
//! What three articles have as a place and ninety as a person is a person in all of them.

use std::collections::{BTreeMap, HashMap};

use crate::model::{EntityKind, NameRow};
use crate::text::{fold, tokens};

/// A name of one word has to be so many times as frequent as one kind as it is as another: "Lublin"
/// may well be a man, while a full name of two kinds is hardly of two things.
const SINGLE_WORD: u64 = 10;
/// A name of several words.
const SEVERAL_WORDS: u64 = 2;

/// Gives every row to the kind that its name mostly has. A row keeps the kind it is indexed under.
pub(super) fn at_home(rows: Vec<NameRow>) -> BTreeMap<EntityKind, Vec<NameRow>> {
    let mut counts: HashMap<String, BTreeMap<EntityKind, u64>> = HashMap::new();
    for row in &rows {
        let kinds = counts.entry(fold(&row.name)).or_default();
        *kinds.entry(row.kind).or_default() += row.articles;
    }
    let mut homes: BTreeMap<EntityKind, Vec<NameRow>> = BTreeMap::new();
    for row in rows {
        let home = home(&row, counts.get(&fold(&row.name)));
        homes.entry(home).or_default().push(row);
    }
    homes
}

/// A company and what it makes often share a name, and both are meant; so do an event and its place.
fn is_told_apart(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Event | EntityKind::Product)
}

fn home(row: &NameRow, kinds: Option<&BTreeMap<EntityKind, u64>>) -> EntityKind {
    if is_told_apart(row.kind) {
        return row.kind;
    }
    let times = match tokens(&row.name).nth(1) {
        Some(_) => SEVERAL_WORDS,
        None => SINGLE_WORD,
    };
    let kinds = kinds.into_iter().flatten();
    let others = kinds.filter(|(kind, _)| !is_told_apart(**kind));
    let most = others.max_by_key(|(_, articles)| **articles);
    match most {
        Some((kind, articles)) if *articles >= row.articles.saturating_mul(times) => *kind,
        _ => row.kind,
    }
}
