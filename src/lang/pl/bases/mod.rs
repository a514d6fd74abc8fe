//! Base forms of Polish names: what a whole name may be, and how likely each of these is.
//!
//! Every word has readings, out of the dictionary and out of the endings learnt from it. A name
//! stands in one case; what agrees with its head is put in the nominative with it, the rest stays.

mod context;
mod persons;
mod phrases;
mod pieces;
#[cfg(test)]
mod tests;
mod words;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use super::super::fingerprints::{self, List};
use super::super::lexicon::Gender;
use super::super::lexicon::guesser::Guesser;
use super::super::{Context, NameCandidate, is_territory};
use super::GAZETTEER;
use crate::model::EntityKind;
use crate::text::normal_form;
use context::Prior;
use pieces::Name;

/// The endings learnt from the dictionary.
pub(super) static GUESSER: LazyLock<Guesser> = LazyLock::new(|| {
    Guesser::open(include_bytes!("../data/pl.kgue")).expect("the endings in the program open")
});

/// How many names a thread remembers before it starts anew.
const REMEMBERED: usize = 1 << 15;

/// How many base forms a name may have.
const CANDIDATES: usize = 8;

/// How much likelier the name of a country is than another word that reads alike.
const COUNTRY: f32 = 20.0;

type Memory<K, V> = RefCell<HashMap<K, V, foldhash::fast::RandomState>>;

/// Answers by question: kind and prior first, then the name, which need not be copied to ask.
type Answers = Memory<(EntityKind, Prior), HashMap<String, Rc<[NameCandidate]>>>;

thread_local! {
    static NAMES: Answers = RefCell::default();
    static PRIORS: Memory<String, context::Left> = RefCell::default();
}

/// What a name may be in its base form, the likeliest first; never empty, the weights add up to 1.
pub(super) fn candidates(
    name: &str,
    kind: EntityKind,
    context: &Context<'_>,
) -> Rc<[NameCandidate]> {
    let prior = context::prior(kind, context, |word| {
        PRIORS.with_borrow_mut(|known| {
            if let Some(left) = known.get(word) {
                return *left;
            }
            if known.len() >= REMEMBERED {
                known.clear();
            }
            let left = context::read(word);
            known.insert(word.to_owned(), left);
            left
        })
    });
    NAMES.with_borrow_mut(|known| {
        if known.values().map(HashMap::len).sum::<usize>() >= REMEMBERED {
            known.clear();
        }
        let known = known.entry((kind, prior)).or_default();
        if let Some(answer) = known.get(name) {
            return Rc::clone(answer);
        }
        let answer: Rc<[NameCandidate]> = work_out(name, kind, prior).into();
        known.insert(name.to_owned(), Rc::clone(&answer));
        answer
    })
}

/// The likeliest base form of a name, given the word before it.
pub(super) fn base_name(words: &[&str], kind: EntityKind, before: Option<&str>) -> String {
    let name = words.join(" ");
    let context = Context {
        before,
        ..Context::default()
    };
    let candidates = candidates(&name, kind, &context);
    candidates
        .first()
        .map_or(name, |candidate| candidate.base.clone())
}

/// Base forms with what speaks for each, not yet in order.
#[derive(Default)]
pub(super) struct Found {
    rows: Vec<Row>,
}

struct Row {
    base: String,
    /// Masculine, feminine, anything else.
    genders: [f32; 3],
    plural: f32,
    weight: f32,
}

impl Found {
    /// Says that more speaks for a base form.
    fn add(&mut self, base: &str, gender: Option<Gender>, plural: bool, weight: f32) {
        if weight <= 0.0 || !weight.is_finite() {
            return;
        }
        let at = self.rows.iter().position(|row| row.base == base);
        let at = at.unwrap_or_else(|| {
            self.rows.push(Row {
                base: base.to_owned(),
                genders: [0.0; 3],
                plural: 0.0,
                weight: 0.0,
            });
            self.rows.len() - 1
        });
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        row.weight += weight;
        row.plural += if plural { weight } else { 0.0 };
        let gender = match gender {
            Some(Gender::Masculine) => 0,
            Some(Gender::Feminine) => 1,
            _ => 2,
        };
        if let Some(sum) = row.genders.get_mut(gender) {
            *sum += weight;
        }
    }
}

/// How much more likely a name is that is well known.
const LISTED: f32 = 8.0;
/// How much more likely a place is that is a town of some size.
const TOWN: f32 = 4.0;

fn is_town(name: &str) -> bool {
    fingerprints::holds(List::Towns, &normal_form(name))
}

fn work_out(name: &str, kind: EntityKind, prior: Prior) -> Vec<NameCandidate> {
    let pieces = Name::read(name);
    let mut found = Found::default();
    if kind == EntityKind::Person {
        persons::find(&pieces, prior, &mut found);
    } else {
        phrases::find(&pieces, kind, prior, &mut found);
        // "Bali", "Haiti": a listed name is its own base form, whatever endings suggest.
        let as_is = pieces.as_is();
        if GAZETTEER.holds(&as_is) {
            let all: f32 = found.rows.iter().map(|row| row.weight).sum();
            found.add(&as_is, None, false, all);
        }
        for row in &mut found.rows {
            row.weight *= if is_territory(&row.base) {
                COUNTRY
            } else if GAZETTEER.holds(&row.base) {
                LISTED
            } else if kind == EntityKind::Place && is_town(&row.base) {
                TOWN
            } else {
                1.0
            };
        }
    }
    found
        .rows
        .sort_by(|one, other| other.weight.total_cmp(&one.weight));
    found.rows.truncate(CANDIDATES);
    let all: f32 = found.rows.iter().map(|row| row.weight).sum();
    if found.rows.is_empty() || all <= 0.0 {
        return vec![NameCandidate {
            base: pieces.as_is(),
            weight: 1.0,
            gender: None,
            plural: false,
        }];
    }
    let candidates = found.rows.into_iter().map(|row| {
        let [masculine, feminine, _] = row.genders;
        let known = row.genders.iter().sum::<f32>();
        let gender = if masculine > known * 0.7 {
            Some(Gender::Masculine)
        } else if feminine > known * 0.7 {
            Some(Gender::Feminine)
        } else {
            None
        };
        NameCandidate {
            base: row.base,
            weight: row.weight / all,
            gender,
            plural: row.plural * 2.0 > known,
        }
    });
    candidates.collect()
}
