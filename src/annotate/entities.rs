//! Mentions to entities: who is the same within one article.
//!
//! Two names are one when each word of the shorter can be the same base form as a word of the
//! longer, in order, and no other name of the article could claim it as well.

use std::collections::{BTreeMap, BTreeSet};

use super::names::Found;
use crate::lang::Language;
use crate::model::{Document, Entity, EntityKind, Field, GivenName, Mention, Span};
use crate::terms::matching::{Leaf, Slot, find};
use crate::terms::{Analyzer, name_bases};
use crate::text::tokens;

/// One name of the article, as a set of possible base forms for each word.
struct Name {
    kind: EntityKind,
    /// The name as the finder put it.
    base: String,
    words: Vec<BTreeSet<String>>,
    count: usize,
    /// Whether it stands in the text as it is.
    attested: bool,
}

/// Joins the mentions of one name.
pub(super) fn join(
    document: &Document,
    found: Vec<Found>,
    language: &'static Language,
) -> (Vec<Mention>, Vec<Entity>) {
    let mut names: Vec<Name> = Vec::new();
    let mut places: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
    for one in &found {
        let surface = one.span.of(document.field(one.field));
        let key = (one.kind, one.base.clone());
        let place = *places.entry(key).or_insert_with(|| {
            names.push(Name {
                kind: one.kind,
                base: one.base.clone(),
                words: bases_of(&one.base, language),
                count: 0,
                attested: false,
            });
            names.len() - 1
        });
        if let Some(name) = names.get_mut(place) {
            name.count += 1;
            name.attested |= surface == one.base;
            let surface_bases = bases_of(surface, language);
            if surface_bases.len() == name.words.len() {
                for (word, more) in name.words.iter_mut().zip(surface_bases) {
                    word.extend(more);
                }
            }
        }
    }
    let owners = owners(&names, &acronyms(document, &found));
    attest(&mut names, &owners);
    let mut entities: Vec<Entity> = Vec::new();
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut forms: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    let mut mentions = Vec::with_capacity(found.len());
    for one in found {
        let place = places.get(&(one.kind, one.base.clone())).copied();
        let owner = place.and_then(|place| owners.get(place).copied());
        let Some(owner) = owner else { continue };
        let Some(name) = names.get(owner) else {
            continue;
        };
        let entity = *numbers.entry(owner).or_insert_with(|| {
            entities.push(Entity {
                kind: name.kind,
                name: name.base.clone(),
                forms: Vec::new(),
                mentions: 0,
            });
            entities.len() - 1
        });
        let surface = one.span.of(document.field(one.field)).to_owned();
        forms.entry(entity).or_default().insert(surface);
        if let Some(entity) = entities.get_mut(entity) {
            entity.mentions += 1;
        }
        mentions.push(Mention {
            field: one.field,
            span: one.span,
            kind: name.kind,
            base: one.base,
            entity,
        });
    }
    for (entity, forms) in forms {
        if let Some(entity) = entities.get_mut(entity) {
            entity.forms = forms.into_iter().collect();
        }
    }
    (mentions, entities)
}

fn bases_of(name: &str, language: &'static Language) -> Vec<BTreeSet<String>> {
    tokens(name)
        .map(|span| name_bases(span.of(name), &[language]).into_iter().collect())
        .collect()
}

/// For each name the one that stands for it, perhaps itself.
fn owners(names: &[Name], acronyms: &BTreeMap<String, String>) -> Vec<usize> {
    // Longer names first, then names that stand in the text as they are, then frequent ones.
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&index| {
        names.get(index).map(|name| {
            let rank = (
                usize::MAX - name.words.len(),
                !name.attested,
                usize::MAX - name.count,
            );
            (rank, index)
        })
    });
    let mut owners: Vec<usize> = (0..names.len()).collect();
    let mut heads = Heads::default();
    for index in order {
        let Some(name) = names.get(index) else {
            continue;
        };
        let expansion = acronyms.get(&name.base);
        let mut claims = heads
            .candidates(name, expansion)
            .into_iter()
            .filter(|&head| {
                names.get(head).is_some_and(|head| {
                    let expands = expansion == Some(&head.base);
                    head.kind == name.kind && (expands || is_part(name, head))
                })
            });
        if let (Some(head), None) = (claims.next(), claims.next()) {
            if let Some(owner) = owners.get_mut(index) {
                *owner = head;
            }
        } else {
            heads.add(index, name);
        }
    }
    owners
}

/// Names that stand for others, to be found by what their first or last word may be.
#[derive(Default)]
struct Heads<'n> {
    by_word: BTreeMap<&'n str, Vec<usize>>,
    by_name: BTreeMap<&'n str, usize>,
}

/// Where more names than this share a word, a word alone says nothing.
const BEARERS: usize = 32;

impl<'n> Heads<'n> {
    fn add(&mut self, index: usize, name: &'n Name) {
        self.by_name.insert(&name.base, index);
        let ends = [name.words.first(), name.words.last()];
        for base in ends.into_iter().flatten().flatten() {
            let bearers = self.by_word.entry(base).or_default();
            if bearers.len() < BEARERS && bearers.last() != Some(&index) {
                bearers.push(index);
            }
        }
    }

    /// Names that `name` could be another way to write, each once.
    fn candidates(&self, name: &Name, expansion: Option<&String>) -> BTreeSet<usize> {
        let bases = name.words.last().into_iter().flatten();
        let by_word = bases.filter_map(|base| self.by_word.get(base.as_str()));
        let expanded = expansion.and_then(|expansion| self.by_name.get(expansion.as_str()));
        by_word.flatten().chain(expanded).copied().collect()
    }
}

/// Where the article itself gives a surname in the nominative, the full name takes it over:
/// "Alaksandrem Łukaszenką … Łukaszenka" is Alaksandr Łukaszenka, whatever the dictionary says.
fn attest(names: &mut [Name], owners: &[usize]) {
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
            .is_some_and(|bases| bases.contains(&lowered));
        if let Some((before, _)) = whole.base.rsplit_once(' ').filter(|_| fits) {
            whole.base = format!("{before} {surname}");
        }
    }
}

/// Whether a name can be a shorter or other way to write `whole`.
fn is_part(part: &Name, whole: &Name) -> bool {
    let alike = |one: &BTreeSet<String>, other: &BTreeSet<String>| !one.is_disjoint(other);
    if part.words.len() == whole.words.len() {
        return part
            .words
            .iter()
            .zip(&whole.words)
            .all(|(one, other)| alike(one, other));
    }
    if part.kind != EntityKind::Person || part.words.is_empty() {
        return false;
    }
    // The surname, or the end of the name, stands for the whole.
    let skip = whole.words.len() - part.words.len();
    let ends_so = whole
        .words
        .iter()
        .skip(skip)
        .zip(&part.words)
        .all(|(one, other)| alike(one, other));
    let first_alone = part.words.len() == 1
        && whole
            .words
            .first()
            .zip(part.words.first())
            .is_some_and(|(one, other)| alike(one, other));
    ends_so || first_alone
}

/// Acronyms that the text explains: `Organizacja Układu … (OUBZ)`, or the other way round.
fn acronyms(document: &Document, found: &[Found]) -> BTreeMap<String, String> {
    let mut known = BTreeMap::new();
    for pair in found.windows(2) {
        let [one, other] = pair else { continue };
        if one.field != other.field {
            continue;
        }
        let text = document.field(one.field);
        let between = text.get(one.span.end()..other.span.start());
        if between != Some(" (") {
            continue;
        }
        for (short, long) in [(other, one), (one, other)] {
            let letters = short.span.of(text);
            if is_acronym_of(letters, long.span.of(text)) {
                known.insert(short.base.clone(), long.base.clone());
            }
        }
    }
    known
}

fn is_acronym_of(letters: &str, name: &str) -> bool {
    let initials: Vec<char> = tokens(name)
        .filter_map(|span| span.of(name).chars().next())
        .flat_map(char::to_uppercase)
        .collect();
    let wanted: Vec<char> = letters.chars().collect();
    if wanted.len() < 2 || !wanted.iter().all(|letter| letter.is_uppercase()) {
        return false;
    }
    // Small words need not be in the acronym.
    let mut rest = initials.iter();
    wanted
        .iter()
        .all(|letter| rest.any(|initial| initial == letter))
        && initials.first() == wanted.first()
}

/// The names that came with the article, and where the text spells them out.
pub(super) fn from_given(
    document: &Document,
    given: &[GivenName],
    language: &'static Language,
) -> (Vec<Mention>, Vec<Entity>) {
    let leaves: Vec<Leaf> = given
        .iter()
        .map(|name| Leaf {
            slots: bases_of(&name.name, language)
                .into_iter()
                .map(|bases| Slot::Bases(bases.into_iter().collect()))
                .collect(),
            slop: 0,
            language: None,
        })
        .collect();
    let mut analyzer = Analyzer::new(language);
    let mut mentions = Vec::new();
    for field in [Field::Title, Field::Text] {
        let mut in_field: Vec<(Span, usize)> = find(document.field(field), &leaves, &mut analyzer)
            .into_iter()
            .enumerate()
            .flat_map(|(entity, spans)| spans.into_iter().map(move |span| (span, entity)))
            .collect();
        in_field.sort_by_key(|(span, entity)| (span.start(), usize::MAX - span.end(), *entity));
        let mut end = 0;
        for (span, entity) in in_field {
            let Some(name) = given.get(entity).filter(|_| span.start() >= end) else {
                continue;
            };
            end = span.end();
            mentions.push(Mention {
                field,
                span,
                kind: name.kind,
                base: name.name.clone(),
                entity,
            });
        }
    }
    let entities = given
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let own = mentions.iter().filter(|mention| mention.entity == number);
            let forms: BTreeSet<String> = own
                .clone()
                .map(|mention| mention.span.of(document.field(mention.field)).to_owned())
                .collect();
            Entity {
                kind: name.kind,
                name: name.name.clone(),
                forms: forms.into_iter().collect(),
                mentions: own.count(),
            }
        })
        .collect();
    (mentions, entities)
}
