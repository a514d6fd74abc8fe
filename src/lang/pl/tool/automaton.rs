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

    /// The tag of an entry.
    pub(crate) fn tag(&self, entry: &Entry) -> Result<&str> {
        let tag = self.tags.get(&entry.tag).map(String::as_str);
        tag.with_context(|| format!("no tag has the number {}", entry.tag))
    }

    /// The class of names of an entry; nothing when it is no name.
    pub(crate) fn class(&self, entry: &Entry) -> Result<&str> {
        let class = self.names.get(&u16::from(entry.name)).map(String::as_str);
        class.with_context(|| format!("no class of names has the number {}", entry.name))
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Short labels of the automaton below; other letters have none.
    const LABELS: &[u8] = b"kota";

    fn arc(letter: u8, offset: &[u8]) -> Vec<u8> {
        let size = u8::try_from(offset.len()).unwrap();
        match LABELS.iter().position(|&label| label == letter) {
            Some(place) => [&[u8::try_from(place + 1).unwrap() << 2 | size], offset].concat(),
            None => [&[size, letter], offset].concat(),
        }
    }

    fn entry(form: &[u8], cut: &[u8], added: &[u8], lemma: &[u8], numbers: [u8; 5]) -> Vec<u8> {
        [form, cut, added, b"\0", lemma, &numbers].concat()
    }

    /// A value: one group for each segment type, flags and bytes.
    fn value(groups: &[(u8, u8, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for (segment, flags, entries) in groups {
            let size = u16::try_from(entries.len() + 1).unwrap();
            bytes.push(*segment);
            bytes.extend(size.to_be_bytes());
            bytes.push(*flags);
            bytes.extend(entries);
        }
        let length = u16::try_from(bytes.len()).unwrap();
        [&length.to_be_bytes(), bytes.as_slice()].concat()
    }

    fn sized(bytes: &[u8]) -> Vec<u8> {
        let size = u32::try_from(bytes.len()).unwrap();
        [&size.to_be_bytes(), bytes].concat()
    }

    /// A library that holds "Ela" and "kota".
    fn library() -> Vec<u8> {
        let mut labels = [0; 256];
        for (place, &letter) in (1..).zip(LABELS) {
            labels[usize::from(letter)] = place;
        }
        // Forms lower, lemmas lower, nothing to cut off the front.
        let kota = value(&[(0, 128 | 32, entry(&[], &[1], b":s2", &[], [0, 7, 0, 0, 3]))]);
        // No flags but an own front cut: one pattern to skip, patterns at each entry.
        let entries = [
            vec![1, 1, 1],
            entry(&[1, 1], &[0, 0], b"", &[2, 1, 0], [0, 8, 1, 0, 0]),
        ];
        let ela = value(&[(5, 15, entries.concat())]);
        let mut states = vec![2];
        // "k" first and "e" behind it, as their weights may have it; forms come in order.
        let e_branch = [&[1], arc(b'l', &[0]).as_slice(), &[1], &arc(b'a', &[0])].concat();
        let e_branch = [e_branch, vec![128], ela].concat();
        let e_arc = arc(b'e', &[]);
        let skip = u8::try_from(e_arc.len() + e_branch.len()).unwrap();
        states.extend(arc(b'k', &[skip]));
        states.extend(e_arc);
        states.extend(e_branch);
        for letter in b"ota" {
            states.push(1);
            states.extend(arc(*letter, &[]));
        }
        states.push(128);
        states.extend(kota);
        let automaton = [&labels[..], b"^", &states].concat();
        let mut tail = b"test-1\0A licence.\0tagset\0".to_vec();
        for table in [
            &[(7, "subst:sg:gen.acc:m2"), (8, "subst:sg:nom:f")],
            &[(0, ""), (1, "imię")],
        ] {
            tail.extend(2_u16.to_be_bytes());
            for (index, text) in table {
                tail.extend(u16::to_be_bytes(*index));
                tail.extend(text.as_bytes());
                tail.push(0);
            }
        }
        let head = [b"\x7fELF".as_slice(), &MAGIC, &[VERSION, KIND]].concat();
        [head, sized(&automaton), sized(&tail)].concat()
    }

    fn read(library: &[u8]) -> Result<Vec<(String, Vec<Entry>)>> {
        let dictionary = Dictionary::find(library)?;
        let mut found = Vec::new();
        dictionary.each(&mut |form, entries| {
            for entry in &entries {
                dictionary.tag(entry)?;
                dictionary.class(entry)?;
            }
            found.push((form.to_owned(), entries));
            Ok(())
        })?;
        Ok(found)
    }

    #[test]
    fn every_form_is_read_with_its_entries() {
        let library = library();
        let dictionary = Dictionary::find(&library).unwrap();
        assert_eq!(dictionary.id, "test-1");
        assert_eq!(dictionary.licence, "A licence.");
        let found = read(&library).unwrap();
        let ela = Entry {
            segment: 5,
            form: Capitals::Leading(1),
            front: 0,
            end: 0,
            added: String::new(),
            lemma: Capitals::At(vec![0]),
            tag: 8,
            name: 1,
        };
        let kota = Entry {
            segment: 0,
            form: Capitals::None,
            front: 0,
            end: 1,
            added: String::new(),
            lemma: Capitals::None,
            tag: 7,
            name: 0,
        };
        assert_eq!(dictionary.class(&ela).unwrap(), "imię");
        assert_eq!(dictionary.tag(&kota).unwrap(), "subst:sg:gen.acc:m2");
        let expected = [
            ("ela".to_owned(), vec![ela]),
            ("kota".to_owned(), vec![kota]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn damaged_bytes_give_errors_or_other_words() {
        let whole = library();
        for length in 0..whole.len() {
            assert!(read(whole.get(..length).unwrap()).is_err(), "{length}");
        }
        let mut errors = 0;
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x41;
            errors += usize::from(read(&bytes).is_err());
        }
        assert!(errors > 0);
    }
}
