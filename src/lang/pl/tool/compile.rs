//! Writes a dictionary in the layout of `kronika::lang::lexicon::format`.

use std::collections::{BTreeMap, HashMap};

use anyhow::{Context, Result};
use kronika::lang::lexicon::format::{MAGIC, VERSION, put_varint};

use crate::automaton::{Capitals, Dictionary, Entry};

type Rewrite = (u8, u8, String);
/// Tag, class, capitals of the form, capitals of the lemma.
type Kind = (u16, u16, u16, u16);

/// Numbers things in the order of how often they occur, the commonest 0.
struct Ranks<T> {
    counts: BTreeMap<T, u64>,
}

impl<T: Ord + Clone> Ranks<T> {
    fn new() -> Self {
        Self {
            counts: BTreeMap::new(),
        }
    }

    fn count(&mut self, thing: T) {
        *self.counts.entry(thing).or_default() += 1;
    }

    /// All things by rank, and the rank of each.
    fn finish(self) -> (Vec<T>, BTreeMap<T, u32>) {
        let mut things: Vec<(T, u64)> = self.counts.into_iter().collect();
        things.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        let order: Vec<T> = things.into_iter().map(|(thing, _)| thing).collect();
        let ranks = (0..).zip(&order).map(|(rank, thing)| (thing.clone(), rank));
        let ranks = ranks.collect();
        (order, ranks)
    }
}

/// Gives texts numbers in the order in which they first come.
#[derive(Default)]
struct Texts {
    order: Vec<String>,
    places: HashMap<String, u16>,
}

impl Texts {
    fn place(&mut self, text: &str) -> Result<u16> {
        if let Some(&place) = self.places.get(text) {
            return Ok(place);
        }
        let place = u16::try_from(self.order.len()).context("more texts than a u16 counts")?;
        self.order.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        Ok(place)
    }

    fn bytes(&self) -> Vec<u8> {
        self.order.join("\n").into_bytes()
    }
}

/// The places of capitals, as the file writes them.
pub(crate) fn places(capitals: &Capitals) -> String {
    let places: Vec<u8> = match capitals {
        Capitals::None => Vec::new(),
        Capitals::Leading(count) => (0..*count).collect(),
        Capitals::At(places) => places.clone(),
    };
    let places: Vec<String> = places.iter().map(u8::to_string).collect();
    places.join(",")
}

/// What was written, for people to read.
pub(crate) struct Report {
    pub(crate) forms: u32,
    pub(crate) analyses: u32,
    pub(crate) rewrites: usize,
    pub(crate) kinds: usize,
    pub(crate) sets: usize,
    /// Bytes of each part, in the order of the layout.
    pub(crate) parts: Vec<usize>,
}

/// Compiles a dictionary into the bytes of its file.
pub(crate) fn compile(dictionary: &Dictionary) -> Result<(Vec<u8>, Report)> {
    let (mut tags, mut classes, mut capitals) =
        (Texts::default(), Texts::default(), Texts::default());
    capitals.place("")?;
    let mut rewrite_ranks = Ranks::<Rewrite>::new();
    let mut kind_ranks = Ranks::<Kind>::new();
    let mut forms: Vec<(String, Vec<(Rewrite, Kind)>)> = Vec::new();
    let mut analyses = 0_u32;
    dictionary.each(&mut |form, entries| {
        let mut readings = Vec::with_capacity(entries.len());
        for entry in entries {
            let tag = dictionary.tags.get(&entry.tag).context("an unknown tag")?;
            let class = dictionary.names.get(&u16::from(entry.name));
            let kind = (
                tags.place(tag)?,
                classes.place(class.context("an unknown class of names")?)?,
                capitals.place(&places(&entry.form))?,
                capitals.place(&places(&entry.lemma))?,
            );
            let Entry {
                front, end, added, ..
            } = entry;
            readings.push(((front, end, added), kind));
        }
        readings.sort_unstable();
        readings.dedup();
        for (rewrite, kind) in &readings {
            rewrite_ranks.count(rewrite.clone());
            kind_ranks.count(*kind);
        }
        analyses += u32::try_from(readings.len())?;
        forms.push((form.to_owned(), readings));
        Ok(())
    })?;
    let (rewrites, rewrite_ranks) = rewrite_ranks.finish();
    let (kinds, kind_ranks) = kind_ranks.finish();

    let mut set_ranks = Ranks::<Vec<u8>>::new();
    let mut set_of_form = Vec::with_capacity(forms.len());
    for (_, readings) in &forms {
        let mut pairs = Vec::with_capacity(readings.len());
        for (rewrite, kind) in readings {
            let rewrite = rewrite_ranks
                .get(rewrite)
                .context("a rewrite without rank")?;
            let kind = kind_ranks.get(kind).context("a kind without rank")?;
            pairs.push((*rewrite, *kind));
        }
        pairs.sort_unstable();
        let mut set = Vec::new();
        for (rewrite, kind) in pairs {
            put_varint(rewrite, &mut set);
            put_varint(kind, &mut set);
        }
        set_ranks.count(set.clone());
        set_of_form.push(set);
    }
    let (sets, set_ranks) = set_ranks.finish();
    let mut map = fst::MapBuilder::memory();
    for ((form, _), set) in forms.iter().zip(&set_of_form) {
        let rank = set_ranks.get(set).context("a set without rank")?;
        map.insert(form, u64::from(*rank))?;
    }
    let kind_bytes: Vec<u8> = kinds
        .iter()
        .flat_map(|kind| [kind.0, kind.1, kind.2, kind.3])
        .flat_map(u16::to_le_bytes)
        .collect();
    let rewrite_bytes: Vec<Vec<u8>> = rewrites
        .iter()
        .map(|(front, end, added)| [&[*front, *end], added.as_bytes()].concat())
        .collect();
    let (rewrite_offsets, rewrite_bytes) = joined(&rewrite_bytes)?;
    let (set_offsets, set_bytes) = joined(&sets)?;
    let parts = [
        dictionary.id.clone().into_bytes(),
        tags.bytes(),
        classes.bytes(),
        capitals.bytes(),
        kind_bytes,
        rewrite_offsets,
        rewrite_bytes,
        set_offsets,
        set_bytes,
        map.into_inner()?,
    ];
    let report = Report {
        forms: u32::try_from(forms.len())?,
        analyses,
        rewrites: rewrites.len(),
        kinds: kinds.len(),
        sets: sets.len(),
        parts: parts.iter().map(Vec::len).collect(),
    };
    let mut bytes = MAGIC.to_vec();
    for number in [VERSION, report.forms, report.analyses] {
        bytes.extend(number.to_le_bytes());
    }
    for part in &parts {
        bytes.extend(u32::try_from(part.len())?.to_le_bytes());
    }
    bytes.extend(parts.concat());
    Ok((bytes, report))
}

/// Offsets of the pieces, and the pieces in a row.
fn joined(pieces: &[Vec<u8>]) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut offsets = Vec::new();
    let mut bytes: Vec<u8> = Vec::new();
    for piece in pieces {
        offsets.extend(u32::try_from(bytes.len())?.to_le_bytes());
        bytes.extend(piece);
    }
    offsets.extend(u32::try_from(bytes.len())?.to_le_bytes());
    Ok((offsets, bytes))
}
