//! The entities of an index as one file that is looked up where it lies.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::store::{Numbers, Reader, Strings, Writer};
use super::{Entity, ask, build, kinds};
use crate::Result;
use crate::aliases::Aliases;
use crate::index::Searcher;
use crate::model::{Day, Doubt, EntityKind, Occurrences, Party, PartyKind};
use crate::text::hash;

/// The file within the folder of the index.
const FILE: &str = "names.table";
/// How the file begins. Changes with its layout and with every rule that groups names.
const MAGIC: &[u8; 8] = b"kronikN9";

/// All entities of one state of an index, as the user's own file of names has them.
pub struct Table {
    bytes: Vec<u8>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = self.bytes.len();
        formatter
            .debug_struct("Table")
            .field("bytes", &bytes)
            .finish()
    }
}

/// The parts of the file. Strings that are searched begin with the number of their kind.
struct Parts<'b> {
    /// Entities, the most frequent of each kind first.
    entities: Strings<'b>,
    /// Names of the index, and the entity of each.
    names: Strings<'b>,
    owners: Numbers<'b>,
    /// What entities are found by, and the entities of each.
    words: Strings<'b>,
    holders: Strings<'b>,
    doubts: Strings<'b>,
}

impl Table {
    /// The table of an index: the one that is kept beside it, else a new one, which is then kept.
    ///
    /// An index that cannot be written to is answered all the same, only slower.
    pub fn open(searcher: &Searcher, aliases: &Aliases) -> Result<Self> {
        let path = searcher.path().join(FILE);
        let stamp = stamp(searcher, aliases);
        if let Some(table) = Self::kept(&path, stamp) {
            return Ok(table);
        }
        let table = Self::build(searcher, aliases)?;
        keep(&path, stamp, &table.bytes);
        Ok(table)
    }

    /// The table that is kept beside an index, if it is of this state; none is built.
    pub fn kept_beside(searcher: &Searcher, aliases: &Aliases) -> Option<Self> {
        Self::kept(&searcher.path().join(FILE), stamp(searcher, aliases))
    }

    /// Groups the names of an index, reading and writing no file.
    pub fn build(searcher: &Searcher, aliases: &Aliases) -> Result<Self> {
        let mut entities = Vec::new();
        let mut doubts = Vec::new();
        let mut rows = Vec::new();
        for kind in EntityKind::ALL {
            rows.extend(searcher.name_rows(kind)?);
        }
        for (kind, rows) in kinds::at_home(rows) {
            let (mut found, unsure) = build::entities(kind, &rows, aliases);
            for entity in &mut found {
                if entity.indexed().nth(1).is_some() {
                    let articles = searcher.articles_with(&entity.indexed())?;
                    entity.articles = articles;
                }
            }
            entities.extend(found);
            doubts.extend(unsure);
        }
        // The sort is stable: ties stay in the order of kinds and names.
        doubts.sort_by_key(|doubt: &Doubt| Reverse(doubt.name.1 + doubt.other.1));
        Ok(Self::of(entities, &doubts))
    }

    /// The table of these entities.
    pub(super) fn of(mut entities: Vec<Entity>, doubts: &[Doubt]) -> Self {
        entities.sort_by(|one, other| {
            let rank = (one.kind, other.articles, &one.name);
            rank.cmp(&(other.kind, one.articles, &other.name))
        });
        let mut names: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
        let mut words: BTreeMap<Vec<u8>, Vec<u32>> = BTreeMap::new();
        for (number, entity) in (0..).zip(&entities) {
            for (kind, name) in entity.indexed() {
                names.insert(key(kind, name), number);
            }
            for word in ask::words_of(entity) {
                words
                    .entry(key(entity.kind, &word))
                    .or_default()
                    .push(number);
            }
        }
        let mut writer = Writer::default();
        let encoded: Vec<Vec<u8>> = entities.iter().map(encode).collect();
        writer.strings(encoded.iter().map(Vec::as_slice));
        writer.strings(names.keys().map(Vec::as_slice));
        writer.numbers(&names.values().copied().collect::<Vec<_>>());
        writer.strings(words.keys().map(Vec::as_slice));
        let holders: Vec<Vec<u8>> = words
            .values()
            .map(|list| list.iter().flat_map(|one| one.to_le_bytes()).collect())
            .collect();
        writer.strings(holders.iter().map(Vec::as_slice));
        let encoded: Vec<Vec<u8>> = doubts.iter().map(encode_doubt).collect();
        writer.strings(encoded.iter().map(Vec::as_slice));
        Self {
            bytes: writer.finish(),
        }
    }

    /// What a file holds, if it is whole and of this state.
    fn kept(path: &Path, stamp: u64) -> Option<Self> {
        let mut bytes = fs::read(path).ok()?;
        let mut reader = Reader(bytes.strip_prefix(MAGIC)?);
        let (found, sum) = (reader.number()?, reader.count()?);
        let body = reader.0;
        let is_whole = usize::try_from(crc32fast::hash(body)).ok() == Some(sum);
        if found != stamp || !is_whole {
            return None;
        }
        let start = bytes.len() - body.len();
        bytes.drain(..start);
        let table = Self { bytes };
        table.parts().is_some().then_some(table)
    }

    fn parts(&self) -> Option<Parts<'_>> {
        let mut reader = Reader(&self.bytes);
        Some(Parts {
            entities: reader.strings()?,
            names: reader.strings()?,
            owners: reader.numbers()?,
            words: reader.strings()?,
            holders: reader.strings()?,
            doubts: reader.strings()?,
        })
    }

    /// All entities of a kind, those with most articles first.
    pub fn entities(&self, kind: EntityKind) -> impl Iterator<Item = Entity> + '_ {
        let entities = self.parts().map(|parts| parts.entities);
        let length = entities.map_or(0, Strings::len);
        (0..length)
            .filter_map(move |index| decode(entities?.get(index)?))
            .filter(move |entity| entity.kind == kind)
    }

    /// The entity that has this very name in the index.
    pub fn owner(&self, kind: EntityKind, name: &str) -> Option<Entity> {
        let parts = self.parts()?;
        let place = parts.names.find(&key(kind, name))?;
        decode(parts.entities.get(parts.owners.get(place)?)?)
    }

    /// A participant of a meeting by what its entity is called.
    pub fn called(&self, party: &Party) -> Party {
        let owner = match party.kind {
            PartyKind::Named(kind) => self.owner(kind, &party.name),
            PartyKind::Group => None,
        };
        owner.map_or_else(
            || party.clone(),
            |entity| Party {
                kind: PartyKind::Named(entity.kind),
                name: entity.name,
            },
        )
    }

    /// Names that stand in articles together, by what their entities are called.
    pub fn called_in(&self, occurrences: Occurrences) -> Occurrences {
        let called: Vec<Party> = occurrences
            .names
            .iter()
            .map(|party| self.called(party))
            .collect();
        let names: BTreeSet<Party> = called.iter().cloned().collect();
        let names: Vec<Party> = names.into_iter().collect();
        let places: Vec<Option<usize>> = called
            .iter()
            .map(|party| names.binary_search(party).ok())
            .collect();
        let articles = occurrences.articles.into_iter().map(|mut article| {
            let own = article.names.iter();
            let own: BTreeSet<usize> = own.filter_map(|name| *places.get(*name)?).collect();
            article.names = own.into_iter().collect();
            article
        });
        Occurrences {
            articles: articles.collect(),
            names,
        }
    }

    /// The numbers of the entities that are found by a word, in order.
    pub(super) fn holders(&self, kind: EntityKind, word: &str) -> Vec<u32> {
        let list = self.parts().and_then(|parts| {
            let place = parts.words.find(&key(kind, word))?;
            parts.holders.get(place)
        });
        let (numbers, _) = list.unwrap_or_default().as_chunks();
        numbers.iter().map(|one| u32::from_le_bytes(*one)).collect()
    }

    /// The entity of this number.
    pub fn entity(&self, number: u32) -> Option<Entity> {
        let number = usize::try_from(number).ok()?;
        decode(self.parts()?.entities.get(number)?)
    }

    /// The number of the entity that has this very name in the index.
    pub fn number_of_owner(&self, kind: EntityKind, name: &str) -> Option<u32> {
        let parts = self.parts()?;
        let place = parts.names.find(&key(kind, name))?;
        u32::try_from(parts.owners.get(place)?).ok()
    }

    /// The numbers of the entities that are found by a word that begins so.
    pub(super) fn beginning(&self, kind: EntityKind, start: &str) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        let Some(parts) = self.parts() else {
            return found;
        };
        let start = key(kind, start);
        for place in parts.words.rank(&start)..parts.words.len() {
            let word = parts.words.get(place).unwrap_or_default();
            if !word.starts_with(&start) {
                break;
            }
            let (numbers, _) = parts.holders.get(place).unwrap_or_default().as_chunks();
            found.extend(numbers.iter().map(|one| u32::from_le_bytes(*one)));
        }
        found
    }

    /// What is unsure, pairs of most articles first.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt> + '_ {
        let doubts = self.parts().map(|parts| parts.doubts);
        let length = doubts.map_or(0, Strings::len);
        (0..length).filter_map(move |index| decode_doubt(doubts?.get(index)?))
    }
}

/// Changes whenever the table would.
fn stamp(searcher: &Searcher, aliases: &Aliases) -> u64 {
    let description = searcher.description();
    let state = format!(
        "{} {} {} {} {:?}",
        env!("CARGO_PKG_VERSION"),
        description.format,
        description.analysis,
        searcher.fingerprint(),
        aliases.entries()
    );
    hash(state.as_bytes())
}

/// Puts a table beside its index, whole or not at all. It is only a cache: where it cannot be
/// written, the next question builds it again.
fn keep(path: &Path, stamp: u64, body: &[u8]) {
    let new = path.with_extension(format!("{}.new", std::process::id()));
    let mut writer = Writer::default();
    writer.number(stamp);
    writer.sum(crc32fast::hash(body));
    let head = writer.finish();
    let written = fs::write(&new, [MAGIC, head.as_slice(), body].concat())
        .and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // What was begun is of no use; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&new);
    }
}

/// A string as it is searched for among those of its kind.
fn key(kind: EntityKind, text: &str) -> Vec<u8> {
    let mut key = vec![number_of(kind)];
    key.extend(text.as_bytes());
    key
}

fn number_of(kind: EntityKind) -> u8 {
    (0..)
        .zip(EntityKind::ALL)
        .find(|(_, known)| *known == kind)
        .map_or(0, |(number, _)| number)
}

fn kind_of(number: u64) -> Option<EntityKind> {
    EntityKind::ALL.get(usize::try_from(number).ok()?).copied()
}

fn write_counted(writer: &mut Writer, counted: &[(String, u64)]) {
    writer.count(counted.len());
    for (text, count) in counted {
        writer.text(text);
        writer.number(*count);
    }
}

fn read_counted(reader: &mut Reader<'_>) -> Option<Vec<(String, u64)>> {
    let length = reader.count()?;
    (0..length)
        .map(|_| Some((reader.text()?.to_owned(), reader.number()?)))
        .collect()
}

fn encode(entity: &Entity) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.number(number_of(entity.kind).into());
    writer.text(&entity.name);
    writer.number(entity.articles);
    write_counted(&mut writer, &entity.names);
    write_counted(&mut writer, &entity.forms);
    writer.count(entity.strays.len());
    for (kind, name) in &entity.strays {
        writer.number(number_of(*kind).into());
        writer.text(name);
    }
    for day in entity.days.iter().flat_map(|(first, last)| [first, last]) {
        writer.number(day.number().cast_unsigned());
    }
    writer.finish()
}

fn decode(bytes: &[u8]) -> Option<Entity> {
    let mut reader = Reader(bytes);
    let kind = kind_of(reader.number()?)?;
    let name = reader.text()?.to_owned();
    let articles = reader.number()?;
    let names = read_counted(&mut reader)?;
    let forms = read_counted(&mut reader)?;
    let strays = (0..reader.count()?)
        .map(|_| Some((kind_of(reader.number()?)?, reader.text()?.to_owned())))
        .collect::<Option<_>>()?;
    let mut day = || Day::from_number(reader.number()?.cast_signed());
    Some(Entity {
        kind,
        name,
        articles,
        names,
        strays,
        forms,
        days: day().zip(day()),
    })
}

fn encode_doubt(doubt: &Doubt) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.number(number_of(doubt.kind).into());
    writer.number(doubt.joined.into());
    for (name, articles) in [&doubt.name, &doubt.other] {
        writer.text(name);
        writer.number(*articles);
    }
    writer.text(&doubt.why);
    writer.finish()
}

fn decode_doubt(bytes: &[u8]) -> Option<Doubt> {
    let mut reader = Reader(bytes);
    let kind = kind_of(reader.number()?)?;
    let joined = reader.number()? == 1;
    let mut name = || Some((reader.text()?.to_owned(), reader.number()?));
    Some(Doubt {
        kind,
        joined,
        name: name()?,
        other: name()?,
        why: reader.text()?.to_owned(),
    })
}
