//! Which name stands for which others.

use std::collections::{BTreeMap, BTreeSet};

use super::acronyms::Expansions;
use super::name::{Name, Word, words_of};
use crate::lang::Language;
use crate::lang::gender::Gender;
use crate::lang::known::{Country, Organization, is_acronym};
use crate::model::EntityKind;
use crate::text::tokens;

/// Who stands for each name of an article.
pub(super) struct Owners {
    /// For each name the one that stands for it, perhaps itself.
    pub(super) of_name: Vec<usize>,
    /// Bare surnames that several bear, with those.
    pub(super) rivals: BTreeMap<usize, Vec<usize>>,
}

/// Finds for each name the one fuller name that it can be short for.
pub(super) fn owners(
    names: &[Name],
    expansions: &Expansions,
    language: &'static Language,
) -> Owners {
    let mut order: Vec<(_, usize)> = names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let (words, initials) = name.fullness();
            let rank = (
                !is_usual(name, language),
                usize::MAX - words,
                usize::MAX - initials,
                is_noun(name, language),
                !name.attested,
                usize::MAX - name.count,
            );
            (rank, index)
        })
        .collect();
    order.sort_unstable();
    let mut owners = Owners {
        of_name: (0..names.len()).collect(),
        rivals: BTreeMap::new(),
    };
    let by_base: BTreeMap<(EntityKind, &str), usize> = names
        .iter()
        .enumerate()
        .map(|(index, name)| ((name.kind, name.base.as_str()), index))
        .collect();
    let mut heads = Heads {
        names,
        language,
        by_word: BTreeMap::new(),
        by_letters: BTreeMap::new(),
    };
    for (_, index) in order {
        let Some(name) = names.get(index) else {
            continue;
        };
        let expansion = expansions
            .get(&name.base)
            .and_then(|long| by_base.get(&(name.kind, long.as_str())))
            .filter(|&&long| long != index)
            .and_then(|&long| owners.of_name.get(long).copied());
        let claims = heads.claims(name, expansion);
        if let ([head], Some(owner)) = (claims.heads.as_slice(), owners.of_name.get_mut(index)) {
            *owner = *head;
            continue;
        }
        heads.add(index, name);
        if claims.by_surname {
            owners.rivals.insert(index, claims.heads);
        }
    }
    owners
}

/// Whether it is the usual name of something that has several: "Rosja", not "Federacja Rosyjska".
fn is_usual(name: &Name, language: &'static Language) -> bool {
    let known = (language.known)();
    match name.kind {
        EntityKind::Place => known
            .country(&name.base)
            .is_some_and(|country| country.name == name.base),
        EntityKind::Organization => known
            .organizations_named(&name.base)
            .any(|body| body.name == name.base),
        _ => false,
    }
}

/// Whether it is the mere noun of an organization's name: "Komisja".
fn is_noun(name: &Name, language: &'static Language) -> bool {
    name.kind == EntityKind::Organization
        && name.words.len() == 1
        && !is_acronym(&name.base)
        && name.base.starts_with(char::is_uppercase)
        && (language.hints)(&name.base).organization_head
}

/// The names that a name could be short for.
#[derive(Default)]
struct Claims {
    heads: Vec<usize>,
    /// They are persons of this surname, and more than one.
    by_surname: bool,
}

/// Names that stand for others, to be found by what one of their words may be.
struct Heads<'n> {
    names: &'n [Name],
    language: &'static Language,
    by_word: BTreeMap<&'n str, Vec<usize>>,
    /// Organizations of several words by the first letters of all of them, and of those that are
    /// written with a capital.
    by_letters: BTreeMap<String, BTreeSet<usize>>,
}

/// Where more names than this share a word, a word alone says nothing.
const BEARERS: usize = 32;

/// A noun that a name rests on is one of so many first words.
const HEAD_WORDS: usize = 3;

impl<'n> Heads<'n> {
    fn add(&mut self, index: usize, name: &'n Name) {
        if name.kind == EntityKind::Organization && name.words.len() > 1 {
            for letters in first_letters(&name.base) {
                self.by_letters.entry(letters).or_default().insert(index);
            }
        }
        let surname = name.surname();
        let words = name.words.iter().enumerate();
        let words = words.filter(|(place, _)| *place < HEAD_WORDS || *place >= surname);
        let words = words.map(|(_, word)| word);
        for word in words.chain(name.stands_for.iter().take(HEAD_WORDS)) {
            for base in &word.bases {
                let bearers = self.by_word.entry(base).or_default();
                if bearers.len() < BEARERS && bearers.last() != Some(&index) {
                    bearers.push(index);
                }
            }
        }
    }

    /// The organization that an acronym unknown to the lists must stand for: the only one of these
    /// first letters, named before.
    fn by_letters(&self, name: &Name) -> Claims {
        let heads = self.by_letters.get(&name.base).cloned().unwrap_or_default();
        self.fitting(&heads, |head| head.first < name.first)
    }

    /// Heads of a kind that share the last word, in order, each once.
    fn sharing(&self, kind: EntityKind, words: &[Word]) -> BTreeSet<usize> {
        let bases = words.last().into_iter().flat_map(|word| &word.bases);
        bases
            .filter_map(|base| self.by_word.get(base.as_str()))
            .flatten()
            .copied()
            .filter(|&head| self.names.get(head).is_some_and(|head| head.kind == kind))
            .collect()
    }

    fn fitting(&self, heads: &BTreeSet<usize>, fits: impl Fn(&Name) -> bool) -> Claims {
        let heads = heads
            .iter()
            .copied()
            .filter(|&head| self.names.get(head).is_some_and(&fits))
            .collect();
        Claims {
            heads,
            by_surname: false,
        }
    }

    /// What speaks most for a name is asked first, and what comes after only where it says nothing.
    fn claims(&self, name: &Name, expansion: Option<usize>) -> Claims {
        if let Some(expansion) = expansion {
            return Claims {
                heads: vec![expansion],
                by_surname: false,
            };
        }
        let near = self.sharing(name.kind, &name.words);
        let agree = |one: Option<Gender>, other: Option<Gender>| {
            one.zip(other).is_none_or(|(one, other)| one == other)
        };
        let may_be = |head: &Name| agree(name.gender, head.gender);
        let equal = self.fitting(&near, |head| {
            name.is_equal(head) && agree(name.form, head.form)
        });
        if !equal.heads.is_empty() {
            return equal;
        }
        if name.kind == EntityKind::Person {
            let mut bearers = self.fitting(&near, |head| name.shortens(head) && may_be(head));
            if !bearers.heads.is_empty() {
                bearers.by_surname = bearers.heads.len() > 1 && name.words.len() == 1;
                return bearers;
            }
            return self.fitting(&near, |head| name.is_first_name_of(head) && may_be(head));
        }
        let lists = (self.language.known)();
        if is_noun(name, self.language) {
            // What everybody knows can be called by its noun before it is named: in a headline.
            let is_met = |head: &Name| {
                let mut known = lists.organizations_named(&head.base);
                head.first < name.first || known.next().is_some()
            };
            let bodies = self.fitting(&near, |head| {
                name.is_head_of(head, self.language) && is_met(head)
            });
            if !bodies.heads.is_empty() {
                return bodies;
            }
        }
        let known = self.known(name);
        let is_unknown = || lists.organizations_named(&name.base).next().is_none();
        if name.kind == EntityKind::Organization && is_acronym(&name.base) && is_unknown() {
            return self.by_letters(name);
        }
        known
    }

    /// Heads that the lists know to be the same.
    fn known(&self, name: &Name) -> Claims {
        let lists = (self.language.known)();
        let others: Vec<&str> = match name.kind {
            EntityKind::Place => {
                let country = lists.country(&name.base).into_iter();
                country.flat_map(Country::names).collect()
            }
            EntityKind::Organization => {
                let bodies = lists.organizations_named(&name.base);
                bodies.flat_map(Organization::names).collect()
            }
            _ => Vec::new(),
        };
        let mut heads = BTreeSet::new();
        for other in others.iter().filter(|other| **other != name.base) {
            let words = words_of(other, name.kind, self.language);
            let near = self.sharing(name.kind, &words);
            heads.extend(self.fitting(&near, |head| head.is_spelt(&words)).heads);
        }
        Claims {
            heads: heads.into_iter().collect(),
            by_surname: false,
        }
    }
}

/// The acronyms that a name can have letter by letter: `PiS` and `PS` for Prawo i Sprawiedliwość.
fn first_letters(name: &str) -> [String; 2] {
    let letters = || tokens(name).filter_map(|span| span.of(name).chars().next());
    let capitals = letters().filter(|letter| letter.is_uppercase());
    [letters().collect(), capitals.collect()]
}

/// Where the article itself gives a surname in the nominative, the full name takes it over:
/// "Alaksandrem Łukaszenką … Łukaszenka" is Alaksandr Łukaszenka, whatever the dictionary says.
pub(super) fn attest(names: &mut [Name], owners: &[usize]) {
    let mut surnames: BTreeMap<usize, String> = BTreeMap::new();
    for (index, (name, &owner)) in names.iter().zip(owners).enumerate() {
        let is_surname = name.attested && name.words.len() == 1 && owner != index;
        if is_surname && name.kind == EntityKind::Person {
            surnames.entry(owner).or_insert_with(|| name.base.clone());
        }
    }
    for (owner, surname) in surnames {
        let Some(whole) = names.get_mut(owner).filter(|whole| !whole.attested) else {
            continue;
        };
        let lowered = surname.to_lowercase();
        let fits = whole
            .words
            .last()
            .is_some_and(|last| last.bases.contains(&lowered));
        if let Some((before, _)) = whole.base.rsplit_once(' ').filter(|_| fits) {
            whole.base = format!("{before} {surname}");
        }
    }
}
