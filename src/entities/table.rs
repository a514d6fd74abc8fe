//! The entities of an index as one file that is looked up where it lies.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::{fs, thread};

use rayon::prelude::*;

use super::build::Unsure;
use super::store::{Numbers, Reader, Strings, Writer};
use super::{Entity, FastMap, ask, build, kinds};
use crate::aliases::Aliases;
use crate::index::{Mapped, Searcher};
use crate::model::{Day, Doubt, EntityKind, Occurrences, Party, PartyKind};
use crate::names;
use crate::text::hash;
use crate::{Error, Result};

/// The file within the folder of the index.
const FILE: &str = "names.table";
/// How the file begins. Changes with its layout and with every rule that groups names.
const MAGIC: &[u8; 8] = b"kronikNB";

/// Fewer bytes are summed on one core.
const WORTH_A_THREAD: usize = 1 << 20;

/// All entities of one state of an index, as the user's own file of names has them.
#[derive(Debug)]
pub struct Table {
    bytes: Mapped,
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
    /// What doubts say, each text once.
    texts: Strings<'b>,
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
        let reader = names::Reader::default();
        let homes = kinds::at_home(rows, &reader);
        for (kind, rows) in &homes {
            let (mut found, unsure) = build::entities(*kind, rows, aliases, &reader);
            found.par_iter_mut().try_for_each(|entity| {
                if entity.indexed().nth(1).is_some() {
                    let articles = searcher.articles_with(&entity.indexed())?;
                    entity.articles = articles;
                }
                Ok::<_, Error>(())
            })?;
            entities.extend(found);
            doubts.extend(unsure);
        }
        // The sort is stable: ties stay in the order of kinds and names.
        doubts.par_sort_by_key(|doubt| Reverse(doubt.name.articles + doubt.other.articles));
        Ok(Self::of(entities, &doubts, &reader))
    }

    /// The table of these entities.
    pub(super) fn of(
        mut entities: Vec<Entity>,
        doubts: &[Unsure<'_>],
        reader: &names::Reader,
    ) -> Self {
        entities.par_sort_by(|one, other| {
            let rank = (one.kind, other.articles, &one.name);
            rank.cmp(&(other.kind, one.articles, &other.name))
        });
        let read: Vec<(Vec<String>, Vec<u8>)> = entities
            .par_iter()
            .map(|entity| (ask::words_of(reader, entity), encode(entity)))
            .collect();
        let mut owners: Vec<(Vec<u8>, u32)> = Vec::with_capacity(entities.len());
        let mut holders: FastMap<Vec<u8>, Vec<u32>> = FastMap::default();
        let mut encoded = Vec::with_capacity(entities.len());
        for ((number, entity), (own, bytes)) in (0..).zip(&entities).zip(read) {
            owners.extend(
                entity
                    .indexed()
                    .map(|(kind, name)| (key(kind, name), number)),
            );
            for word in own {
                let known = holders.entry(key(entity.kind, &word)).or_default();
                known.push(number);
            }
            encoded.push(bytes);
        }
        // Of two entities with one name the rarer one has it.
        owners.par_sort_unstable_by(|one, other| (&one.0, other.1).cmp(&(&other.0, one.1)));
        owners.dedup_by(|later, first| later.0 == first.0);
        let mut holders: Vec<(Vec<u8>, Vec<u32>)> = holders.into_iter().collect();
        holders.par_sort_unstable();
        let mut writer = Writer::default();
        writer.strings(encoded.iter().map(Vec::as_slice));
        writer.strings(owners.iter().map(|(name, _)| name.as_slice()));
        let numbers: Vec<u32> = owners.iter().map(|(_, number)| *number).collect();
        writer.numbers(&numbers);
        writer.strings(holders.iter().map(|(word, _)| word.as_slice()));
        let holders: Vec<Vec<u8>> = holders
            .iter()
            .map(|(_, list)| {
                let mut writer = Writer::default();
                writer.rising(list);
                writer.finish()
            })
            .collect();
        writer.strings(holders.iter().map(Vec::as_slice));
        let texts: HashSet<&str> = doubts.iter().flat_map(texts_of).collect();
        let mut texts: Vec<&str> = texts.into_iter().collect();
        texts.par_sort_unstable();
        let places: HashMap<&str, usize> = texts.iter().copied().zip(0..).collect();
        let doubts = doubts.par_iter();
        let encoded: Vec<Vec<u8>> = doubts.map(|doubt| encode_doubt(doubt, &places)).collect();
        writer.strings(encoded.iter().map(Vec::as_slice));
        writer.strings(texts.iter().map(|text| text.as_bytes()));
        Self {
            bytes: writer.finish().into(),
        }
    }

    /// What a file holds, if it is whole and of this state.
    fn kept(path: &Path, stamp: u64) -> Option<Self> {
        let bytes = Mapped::open(path).ok()?;
        let mut reader = Reader(bytes.strip_prefix(MAGIC)?);
        let (found, known) = (reader.fixed()?, reader.sum()?);
        if found != stamp || sum(reader.0) != known {
            return None;
        }
        let bytes = bytes.last(reader.0.len());
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
            texts: reader.strings()?,
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
        Reader(list.unwrap_or_default()).rising().collect()
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
            found.extend(Reader(parts.holders.get(place).unwrap_or_default()).rising());
        }
        found
    }

    /// What is unsure, pairs of most articles first.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt> + '_ {
        let lists = self.parts().map(|parts| (parts.doubts, parts.texts));
        let length = lists.map_or(0, |(doubts, _)| doubts.len());
        (0..length).filter_map(move |index| {
            let (doubts, texts) = lists?;
            decode_doubt(doubts.get(index)?, texts)
        })
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
    writer.fixed(stamp);
    writer.sum(sum(body));
    let head = writer.finish();
    let written = fs::write(&new, [MAGIC, head.as_slice(), body].concat())
        .and_then(|()| fs::rename(&new, path));
    if written.is_err() {
        // What was begun is of no use; that it cannot be removed either changes nothing.
        let _ = fs::remove_file(&new);
    }
}

/// A checksum (CRC-32) of all bytes. Those of a long file are summed on all cores.
fn sum(bytes: &[u8]) -> u32 {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = bytes.len().div_ceil(cores).max(WORTH_A_THREAD);
    let of = |bytes: &[u8]| {
        let mut sum = crc32fast::Hasher::new();
        sum.update(bytes);
        sum
    };
    let (first, rest) = bytes.split_at(share.min(bytes.len()));
    thread::scope(|scope| {
        let rest: Vec<_> = rest
            .chunks(share)
            .map(|bytes| scope.spawn(move || of(bytes)))
            .collect();
        let mut all = of(first);
        for thread in rest {
            let sum = thread.join();
            all.combine(&sum.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        all.finalize()
    })
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
    writer.size(counted.len());
    for (text, count) in counted {
        writer.text(text);
        writer.number(*count);
    }
}

fn read_counted(reader: &mut Reader<'_>) -> Option<Vec<(String, u64)>> {
    let length = reader.size()?;
    (0..length)
        .map(|_| Some((reader.text()?.to_owned(), reader.number()?)))
        .collect()
}

fn encode(entity: &Entity) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.number(number_of(entity.kind).into());
    writer.number(entity.articles);
    write_counted(&mut writer, &entity.names);
    // What it is called is the place of one of its names, counted from one, or else a text.
    let mut names = entity.names.iter();
    let place = names.position(|(name, _)| *name == entity.name);
    writer.size(place.map_or(0, |place| place + 1));
    if place.is_none() {
        writer.text(&entity.name);
    }
    write_counted(&mut writer, &entity.forms);
    writer.size(entity.strays.len());
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
    let articles = reader.number()?;
    let names = read_counted(&mut reader)?;
    let name = match reader.size()?.checked_sub(1) {
        Some(place) => names.get(place)?.0.clone(),
        None => reader.text()?.to_owned(),
    };
    let forms = read_counted(&mut reader)?;
    let strays = (0..reader.size()?)
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

fn texts_of<'d>(doubt: &'d Unsure<'_>) -> [&'d str; 3] {
    [&doubt.name.name, &doubt.other.name, &doubt.why]
}

/// `places` has all that the doubt says.
fn encode_doubt(doubt: &Unsure<'_>, places: &HashMap<&str, usize>) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.number(number_of(doubt.kind).into());
    writer.number(doubt.joined.into());
    writer.number(doubt.name.articles);
    writer.number(doubt.other.articles);
    for text in texts_of(doubt) {
        writer.size(places.get(text).copied().unwrap_or_default());
    }
    writer.finish()
}

fn decode_doubt(bytes: &[u8], texts: Strings<'_>) -> Option<Doubt> {
    let mut reader = Reader(bytes);
    let kind = kind_of(reader.number()?)?;
    let joined = reader.number()? == 1;
    let articles = (reader.number()?, reader.number()?);
    let mut text = || {
        let text = texts.get(reader.size()?)?;
        Some(std::str::from_utf8(text).ok()?.to_owned())
    };
    Some(Doubt {
        kind,
        joined,
        name: (text()?, articles.0),
        other: (text()?, articles.1),
        why: text()?,
    })
}
