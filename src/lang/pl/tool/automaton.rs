//! Reads the automaton that the Morfeusz library carries: every form with its analyses.
//!
//! The layout, all integers big-endian. The library holds, behind the magic bytes
//! `8f c2 bc 1b`, a version (21), a kind (1), the size of the automaton as `u32`, the automaton,
//! and a tail with names of things. The first such block is the analyser.
//!
//! *Automaton*: 256 bytes that give each input byte a short label, a `^`, then the states, of
//! which the first is the initial one. A *state* is a byte (bit 7: accepting; the rest: number of
//! arcs, 127 meaning that the next byte holds it), for an accepting one a value behind its `u16`
//! length, then the arcs. An *arc* is a byte (low 2 bits: how many bytes its offset takes; high 6
//! bits: short label, 0 meaning that the next byte is the label), then the offset of the target
//! from the arc's own end.
//!
//! *Value*: groups of a segment type, a `u16` size and so many bytes: a byte of flags (128: all
//! forms in lower case; 64: all capitalised; neither: a count and so many patterns to skip; 32
//! and 16: all lemmas so; low 4 bits: letters to cut off the front, 15 meaning that each
//! entry says so itself), then entries of `[form pattern] [front cut] end-cut text\0
//! [lemma pattern] tag:u16 name:u8 labels:u16`. A *pattern* is 0 for lower case, 1 and the number
//! of leading capitals, or 2, a count and the places of capitals. Cuts count letters.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};

const MAGIC: [u8; 4] = [0x8f, 0xc2, 0xbc, 0x1b];
const VERSION: u8 = 21;
const KIND: u8 = 1;

/// Which letters of a word are capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Capitals {
    /// None.
    None,
    /// So many from the first.
    Leading(u8),
    /// Those at these places.
    At(Vec<u8>),
}

/// One way to read a form.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Entry {
    /// Kind of segment: most are words, some only parts of words.
    pub(crate) segment: u8,
    /// How the form is written.
    pub(crate) form: Capitals,
    /// Letters to cut off the front of the form.
    pub(crate) front: u8,
    /// Letters to cut off its end.
    pub(crate) end: u8,
    /// What to put there, up to the mark of a homonym.
    pub(crate) added: String,
    /// How the lemma is written.
    pub(crate) lemma: Capitals,
    /// Index into the tags.
    pub(crate) tag: u16,
    /// Index into the names of names.
    pub(crate) name: u8,
}

/// The dictionary as the library holds it.
pub(crate) struct Dictionary<'a> {
    bytes: &'a [u8],
    short: [Option<u8>; 64],
    /// The dictionary's own name and version.
    pub(crate) id: String,
    /// Its licence.
    pub(crate) licence: String,
    /// Tags by index.
    pub(crate) tags: BTreeMap<u16, String>,
    /// Classes of names by index.
    pub(crate) names: BTreeMap<u16, String>,
}

struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let end = self.at.checked_add(count);
        let taken = end.and_then(|end| self.bytes.get(self.at..end));
        let taken = taken.with_context(|| format!("the data ends within byte {}", self.at))?;
        self.at += count;
        Ok(taken)
    }

    fn u8(&mut self) -> Result<u8> {
        Ok(self.take(1)?.first().copied().unwrap_or_default())
    }

    fn number(&mut self, bytes: usize) -> Result<usize> {
        let bytes = self.take(bytes)?;
        Ok(bytes
            .iter()
            .fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    fn u16(&mut self) -> Result<u16> {
        Ok(u16::try_from(self.number(2)?)?)
    }

    fn text(&mut self) -> Result<String> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == 0);
        let length = length.with_context(|| format!("no end of text after byte {}", self.at))?;
        let text = std::str::from_utf8(self.take(length)?)?.to_owned();
        self.take(1)?;
        Ok(text)
    }

    fn table(&mut self) -> Result<BTreeMap<u16, String>> {
        let count = self.u16()?;
        let mut table = BTreeMap::new();
        for _ in 0..count {
            let index = self.u16()?;
            table.insert(index, self.text()?);
        }
        Ok(table)
    }

    fn capitals(&mut self) -> Result<Capitals> {
        Ok(match self.u8()? {
            0 => Capitals::None,
            1 => Capitals::Leading(self.u8()?),
            2 => {
                let count = self.u8()?;
                Capitals::At(self.take(usize::from(count))?.to_vec())
            }
            other => bail!("unknown pattern {other} of capitals at byte {}", self.at),
        })
    }
}

impl<'a> Dictionary<'a> {
    /// Finds the analyser in a library.
    pub(crate) fn find(library: &'a [u8]) -> Result<Self> {
        let at = library
            .windows(MAGIC.len())
            .position(|window| window == MAGIC)
            .context("no dictionary in the library")?;
        let mut cursor = Cursor {
            bytes: library,
            at: at + MAGIC.len(),
        };
        let (version, kind) = (cursor.u8()?, cursor.u8()?);
        ensure!(
            version == VERSION,
            "dictionary format {version}, not {VERSION}"
        );
        ensure!(kind == KIND, "dictionary of kind {kind}, not {KIND}");
        let size = cursor.number(4)?;
        let bytes = cursor.take(size)?;
        cursor.number(4)?;
        let (id, licence, _tagset) = (cursor.text()?, cursor.text()?, cursor.text()?);
        let mut short = [None; 64];
        for (byte, label) in (0..=u8::MAX).zip(bytes) {
            if *label != 0 {
                let place = short.get_mut(usize::from(*label));
                *place.context("a short label of more than 6 bits")? = Some(byte);
            }
        }
        ensure!(
            bytes.get(256) == Some(&b'^'),
            "no `^` before the first state"
        );
        Ok(Self {
            bytes,
            short,
            id,
            licence,
            tags: cursor.table()?,
            names: cursor.table()?,
        })
    }

    /// Calls `each` with every form, in the order of their bytes, and its entries.
    pub(crate) fn each(&self, each: &mut dyn FnMut(&str, Vec<Entry>) -> Result<()>) -> Result<()> {
        let mut form = Vec::new();
        self.walk(257, &mut form, each)
    }

    fn walk(
        &self,
        state: usize,
        form: &mut Vec<u8>,
        each: &mut dyn FnMut(&str, Vec<Entry>) -> Result<()>,
    ) -> Result<()> {
        ensure!(form.len() < 200, "a form that does not end");
        let mut cursor = Cursor {
            bytes: self.bytes,
            at: state,
        };
        let head = cursor.u8()?;
        let mut count = usize::from(head & 127);
        if count == 127 {
            count = usize::from(cursor.u8()?);
        }
        if head & 128 != 0 {
            let length = cursor.number(2)?;
            let value = cursor.take(length)?;
            let text = std::str::from_utf8(form)?;
            let entries = entries(value).with_context(|| format!("in the entry of `{text}`"))?;
            each(text, entries)?;
        }
        let mut arcs = Vec::with_capacity(count);
        for _ in 0..count {
            let arc = cursor.u8()?;
            let label = match arc >> 2 {
                0 => cursor.u8()?,
                short => self
                    .short
                    .get(usize::from(short))
                    .copied()
                    .flatten()
                    .context("an arc with an unknown label")?,
            };
            let offset = cursor.number(usize::from(arc & 3))?;
            arcs.push((label, cursor.at + offset));
        }
        arcs.sort_unstable();
        for (label, target) in arcs {
            form.push(label);
            self.walk(target, form, each)?;
            form.pop();
        }
        Ok(())
    }
}

fn entries(value: &[u8]) -> Result<Vec<Entry>> {
    let mut cursor = Cursor {
        bytes: value,
        at: 0,
    };
    let mut found = Vec::new();
    while cursor.at < value.len() {
        let segment = cursor.u8()?;
        let size = cursor.number(2)?;
        let mut group = Cursor {
            bytes: cursor.take(size)?,
            at: 0,
        };
        let flags = group.u8()?;
        let form_fixed = fixed_capitals(flags, 128, 64);
        if form_fixed.is_none() {
            for _ in 0..group.u8()? {
                group.capitals()?;
            }
        }
        let lemma_fixed = fixed_capitals(flags, 32, 16);
        let front_fixed = flags & 15;
        while group.at < group.bytes.len() {
            let form = match &form_fixed {
                Some(fixed) => fixed.clone(),
                None => group.capitals()?,
            };
            let front = if front_fixed == 15 {
                group.u8()?
            } else {
                front_fixed
            };
            let end = group.u8()?;
            let added = group.text()?;
            let added = added.split(':').next().unwrap_or_default().to_owned();
            let lemma = match &lemma_fixed {
                Some(fixed) => fixed.clone(),
                None => group.capitals()?,
            };
            let (tag, name) = (group.u16()?, group.u8()?);
            group.u16()?;
            found.push(Entry {
                segment,
                form,
                front,
                end,
                added,
                lemma,
                tag,
                name,
            });
        }
    }
    Ok(found)
}

fn fixed_capitals(flags: u8, lower: u8, title: u8) -> Option<Capitals> {
    if flags & lower != 0 {
        Some(Capitals::None)
    } else if flags & title != 0 {
        Some(Capitals::Leading(1))
    } else {
        None
    }
}
