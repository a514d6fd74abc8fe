//! Compiles a dictionary from forms and their readings.
//!
//! The same forms and readings give the same bytes.

use std::collections::HashMap;

use super::format::{Groups, HEAD, MAGIC, NO_CODE, TABLE, VERSION, put_varint};
use super::states::{self, Node};

/// Why a dictionary cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// Forms must come in the order of their bytes, each once.
    #[error("the form is not behind the one before it: `{form}`")]
    NotSorted {
        /// The form that came too late.
        form: String,
    },
    /// The form as it is written, or what is cut off, does not fit the form in lower case.
    #[error("a reading does not fit its form: `{form}`")]
    Reading {
        /// The form.
        form: String,
    },
    /// There is more of something than the layout can count.
    #[error("the layout has no room for so many: {what}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
    },
}

/// One reading of a form, as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The form with its capitals.
    pub form: &'a str,
    /// The lemma with its capitals.
    pub lemma: &'a str,
    /// How many letters at the front of the form the lemma lacks: 3 in "najlepszy".
    pub front: u8,
    /// The tag.
    pub tag: &'a str,
    /// The class of names, or nothing.
    pub class: &'a str,
}

/// Parts of speech that are not words of their own; the first part of their tags.
#[derive(Debug, Clone, Copy, Default)]
pub struct Special {
    /// Endings that only continue another word.
    pub endings: &'static [&'static str],
    /// Abbreviations.
    pub abbreviations: &'static [&'static str],
}

/// Counts of what was compiled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Different forms.
    pub forms: u32,
    /// Different analyses of all forms.
    pub analyses: u32,
    /// Different ways from a form to a lemma.
    pub rewrites: usize,
    /// Different combinations of tag, class and capitals.
    pub kinds: usize,
    /// Different sets of analyses.
    pub sets: usize,
    /// States of the automaton.
    pub states: usize,
    /// Its arcs.
    pub arcs: usize,
    /// Name and length in bytes of each part of the file.
    pub parts: Vec<(&'static str, usize)>,
}

/// Letters to cut off the front and off the end, and what to put at the end.
type Rewrite = (u8, u8, String);
/// Tag, class, capitals of the form, capitals of the lemma.
type Kind = [u16; 4];

/// Gives things numbers in the order in which they first come, and counts them.
#[derive(Debug)]
struct Numbers<T> {
    places: HashMap<T, u32>,
    order: Vec<T>,
    counts: Vec<u64>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self {
            places: HashMap::new(),
            order: Vec::new(),
            counts: Vec::new(),
        }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Numbers<T> {
    fn number(&mut self, thing: T, what: &'static str) -> Result<u32, BuildError> {
        let next = u32::try_from(self.order.len()).map_err(|_| BuildError::TooMany { what })?;
        let place = *self.places.entry(thing).or_insert_with_key(|thing| {
            self.order.push(thing.clone());
            self.counts.push(0);
            next
        });
        if let Some(count) = self.counts.get_mut(place as usize) {
            *count += 1;
        }
        Ok(place)
    }

    /// The numbers of all things, the commonest first.
    fn by_count(&self) -> Vec<u32> {
        commonest_first(&self.counts)
    }
}

/// The places of `counts`, that of the largest first.
pub(super) fn commonest_first(counts: &[u64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).zip(counts).map(|(place, _)| place).collect();
    let count = |place: &u32| counts.get(*place as usize).copied().unwrap_or(0);
    order.sort_by(|one, other| count(other).cmp(&count(one)).then(one.cmp(other)));
    order
}

/// Compiles a dictionary, form by form.
#[derive(Debug)]
pub struct Builder {
    id: String,
    special: Special,
    tags: Numbers<String>,
    classes: Numbers<String>,
    capitals: Numbers<Vec<u8>>,
    rewrites: Numbers<Rewrite>,
    kinds: Numbers<Kind>,
    sets: Numbers<Vec<(u32, u32)>>,
    nodes: Numbers<Node>,
    /// States along the last form that may still get arcs: the letter that led here, the state.
    open: Vec<(char, Node)>,
    last: Option<String>,
    forms: u32,
    analyses: u32,
}

impl Builder {
    /// A dictionary without forms, made from the source named `id`.
    pub fn new(id: &str, special: Special) -> Self {
        let mut capitals = Numbers::default();
        // The commonest pattern, none, is number 0.
        let _ = capitals.number(Vec::new(), "patterns of capitals");
        Self {
            id: id.to_owned(),
            special,
            tags: Numbers::default(),
            classes: Numbers::default(),
            capitals,
            rewrites: Numbers::default(),
            kinds: Numbers::default(),
            sets: Numbers::default(),
            nodes: Numbers::default(),
            open: vec![('\0', Node::default())],
            last: None,
            forms: 0,
            analyses: 0,
        }
    }

    /// Takes a form in lower case with its readings. Forms come in the order of their bytes.
    pub fn add(&mut self, form: &str, readings: &[Reading<'_>]) -> Result<(), BuildError> {
        if self.last.as_deref().is_some_and(|last| last >= form) {
            let form = form.to_owned();
            return Err(BuildError::NotSorted { form });
        }
        let mut set = Vec::with_capacity(readings.len());
        for reading in readings {
            set.push(self.pair(form, reading)?);
        }
        set.sort_unstable();
        set.dedup();
        self.forms += 1;
        let count = u32::try_from(set.len()).ok();
        let sum = count.and_then(|count| self.analyses.checked_add(count));
        self.analyses = sum.ok_or(BuildError::TooMany { what: "analyses" })?;
        let set = self.sets.number(set, "sets")?;

        let last = self.last.take().unwrap_or_default();
        let letters = last.chars().zip(form.chars());
        let common = letters.take_while(|(one, other)| one == other).count();
        self.close(common)?;
        let new = form.chars().skip(common);
        self.open
            .extend(new.map(|letter| (letter, Node::default())));
        if let Some((_, node)) = self.open.last_mut() {
            node.set = Some(set);
        }
        self.last = Some(form.to_owned());
        Ok(())
    }

    /// The bytes of the file, and what is in it.
    pub fn finish(mut self) -> Result<(Vec<u8>, Counts), BuildError> {
        self.close(0)?;
        let root = self.open.pop().map(|(_, node)| node).unwrap_or_default();
        let root = self.nodes.number(root, "states")?;

        let kind_ranks = ranks(&self.kinds.by_count());
        let (rewrite_bytes, rewrite_places) = joined(
            &self.rewrites.by_count(),
            &self.rewrites.order,
            rewrite_bytes,
        )?;
        let set_weights = states::set_weights(&self.nodes.order, self.sets.order.len());
        let writer = SetWriter {
            builder: &self,
            rewrite_places: &rewrite_places,
            kind_ranks: &kind_ranks,
        };
        let order = commonest_first(&set_weights);
        let (set_bytes, set_places) = joined(&order, &self.sets.order, |set| writer.bytes(set))?;
        let automaton = states::write(&self.nodes.order, root, &set_places)?;

        let kinds = self.kinds.by_count();
        let kinds = kinds
            .iter()
            .filter_map(|&kind| self.kinds.order.get(kind as usize));
        let kinds = kinds
            .flatten()
            .flat_map(|part| part.to_le_bytes())
            .collect();
        let capitals = self.capitals.order.iter().flat_map(|places| {
            let count = u8::try_from(places.len()).unwrap_or(0);
            std::iter::once(count).chain(places.iter().copied())
        });
        let letters = automaton
            .letters
            .iter()
            .flat_map(|&letter| u32::from(letter).to_le_bytes());
        let mut table = vec![NO_CODE; TABLE as usize];
        let mut others = Vec::new();
        for (code, &letter) in (0_u16..).zip(&automaton.letters) {
            match table.get_mut(u32::from(letter) as usize) {
                Some(place) => *place = code,
                None => others.push((u32::from(letter), u32::from(code))),
            }
        }
        others.sort_unstable();
        let others = others.into_iter().flat_map(|(letter, code)| [letter, code]);
        let firsts = automaton
            .firsts
            .iter()
            .flat_map(|first| first.to_le_bytes());
        let parts = [
            ("id", self.id.into_bytes()),
            ("tags", self.tags.order.join("\n").into_bytes()),
            ("classes", self.classes.order.join("\n").into_bytes()),
            ("capitals", capitals.collect()),
            ("kinds", kinds),
            ("rewrites", rewrite_bytes),
            ("sets", set_bytes),
            ("letters", letters.collect()),
            (
                "codes",
                table.into_iter().flat_map(u16::to_le_bytes).collect(),
            ),
            ("others", others.flat_map(u32::to_le_bytes).collect()),
            ("firsts", firsts.collect()),
            ("states", automaton.bytes),
        ];
        let mut bytes = MAGIC.to_vec();
        for number in [VERSION, self.forms, self.analyses, automaton.root] {
            bytes.extend(number.to_le_bytes());
        }
        for (what, part) in &parts {
            let length = u32::try_from(part.len()).map_err(|_| BuildError::TooMany { what })?;
            bytes.extend(length.to_le_bytes());
        }
        debug_assert_eq!(bytes.len(), HEAD);
        for (_, part) in &parts {
            bytes.extend(part);
        }
        let counts = Counts {
            forms: self.forms,
            analyses: self.analyses,
            rewrites: self.rewrites.order.len(),
            kinds: self.kinds.order.len(),
            sets: self.sets.order.len(),
            states: self.nodes.order.len(),
            arcs: self.nodes.order.iter().map(|node| node.arcs.len()).sum(),
            parts: parts
                .iter()
                .map(|(name, part)| (*name, part.len()))
                .collect(),
        };
        Ok((bytes, counts))
    }

    /// Numbers of the rewrite and of the kind of a reading.
    fn pair(&mut self, form: &str, reading: &Reading<'_>) -> Result<(u32, u32), BuildError> {
        let misfit = || BuildError::Reading {
            form: form.to_owned(),
        };
        let (written, form_capitals) = without_capitals(reading.form).ok_or_else(misfit)?;
        let (lemma, lemma_capitals) = without_capitals(reading.lemma).ok_or_else(misfit)?;
        let length = form.chars().count();
        if written != form || usize::from(reading.front) > length {
            return Err(misfit());
        }
        let rest = form.chars().skip(usize::from(reading.front));
        let stem = rest
            .zip(lemma.chars())
            .take_while(|(one, other)| one == other);
        let stem = stem.count();
        let end = u8::try_from(length - usize::from(reading.front) - stem);
        let rewrite = (
            reading.front,
            end.map_err(|_| misfit())?,
            lemma.chars().skip(stem).collect(),
        );
        let kind = [
            self.tags.number(reading.tag.to_owned(), "tags")?,
            self.classes.number(reading.class.to_owned(), "classes")?,
            self.capitals
                .number(form_capitals, "patterns of capitals")?,
            self.capitals
                .number(lemma_capitals, "patterns of capitals")?,
        ];
        let mut narrow = [0; 4];
        for (narrow, wide) in narrow.iter_mut().zip(kind) {
            *narrow = u16::try_from(wide).map_err(|_| BuildError::TooMany { what: "kinds" })?;
        }
        Ok((
            self.rewrites.number(rewrite, "rewrites")?,
            self.kinds.number(narrow, "kinds")?,
        ))
    }

    /// Gives the states behind the first `depth` letters of the last form their numbers.
    fn close(&mut self, depth: usize) -> Result<(), BuildError> {
        while self.open.len() > depth + 1 {
            let Some((letter, node)) = self.open.pop() else {
                break;
            };
            let id = self.nodes.number(node, "states")?;
            if let Some((_, parent)) = self.open.last_mut() {
                parent.arcs.push((letter, id));
            }
        }
        Ok(())
    }
}

/// What the words of a set become in the file.
struct SetWriter<'a> {
    builder: &'a Builder,
    rewrite_places: &'a [u32],
    kind_ranks: &'a [u32],
}

impl SetWriter<'_> {
    fn bytes(&self, set: &[(u32, u32)]) -> Result<Vec<u8>, BuildError> {
        let what = "lemmas of one form";
        // Lemmas by group, then by how common the rewrite is; `set` is sorted by rewrite.
        let mut lemmas: Vec<(u8, u32, Vec<u32>)> = set
            .chunk_by(|one, other| one.0 == other.0)
            .filter_map(|chunk| {
                let (rewrite, _) = chunk.first()?;
                let group = chunk.iter().map(|(_, kind)| self.group(*kind)).min()?;
                let ranks = chunk
                    .iter()
                    .filter_map(|(_, kind)| self.kind_ranks.get(*kind as usize));
                let mut ranks: Vec<u32> = ranks.copied().collect();
                ranks.sort_unstable();
                Some((group, *self.rewrite_places.get(*rewrite as usize)?, ranks))
            })
            .collect();
        lemmas.sort();
        let count = |group: u8| lemmas.iter().filter(|lemma| lemma.0 == group).count();
        let groups = Groups {
            small: count(0),
            capital: count(1),
            abbreviation: count(2),
            ending: count(3),
        };
        let mut bytes = Vec::new();
        put_varint(
            groups.pack().ok_or(BuildError::TooMany { what })?,
            &mut bytes,
        );
        for (_, rewrite, _) in &lemmas {
            put_varint(*rewrite, &mut bytes);
        }
        for (_, _, kinds) in &lemmas {
            let count = u32::try_from(kinds.len()).map_err(|_| BuildError::TooMany { what })?;
            put_varint(count, &mut bytes);
            for kind in kinds {
                put_varint(*kind, &mut bytes);
            }
        }
        Ok(bytes)
    }

    /// 0 for a word that may be written small, 1 with a capital, 2 abbreviation, 3 ending.
    fn group(&self, kind: u32) -> u8 {
        let kind = self.builder.kinds.order.get(kind as usize);
        let [tag, _, capitals, _] = kind.copied().unwrap_or_default();
        let tag = self.builder.tags.order.get(usize::from(tag));
        let part = tag
            .and_then(|tag| tag.split(':').next())
            .unwrap_or_default();
        if self.builder.special.endings.contains(&part) {
            3
        } else if self.builder.special.abbreviations.contains(&part) {
            2
        } else {
            u8::from(capitals != 0)
        }
    }
}

fn rewrite_bytes((front, end, added): &Rewrite) -> Result<Vec<u8>, BuildError> {
    let what = "letters added to a form";
    let length = u8::try_from(added.len()).map_err(|_| BuildError::TooMany { what })?;
    Ok([&[*front, *end, length], added.as_bytes()].concat())
}

/// The place of each number in `order`.
fn ranks(order: &[u32]) -> Vec<u32> {
    let mut ranks = vec![0; order.len()];
    for (rank, &number) in (0..).zip(order) {
        if let Some(place) = ranks.get_mut(number as usize) {
            *place = rank;
        }
    }
    ranks
}

/// Bytes of the things in the order asked for, and where each begins.
fn joined<T>(
    order: &[u32],
    things: &[T],
    write: impl Fn(&T) -> Result<Vec<u8>, BuildError>,
) -> Result<(Vec<u8>, Vec<u32>), BuildError> {
    let mut places = vec![0; things.len()];
    let mut bytes = Vec::new();
    for &number in order {
        let at = u32::try_from(bytes.len()).map_err(|_| BuildError::TooMany { what: "bytes" })?;
        if let Some(thing) = things.get(number as usize) {
            bytes.append(&mut write(thing)?);
        }
        if let Some(place) = places.get_mut(number as usize) {
            *place = at;
        }
    }
    Ok((bytes, places))
}

/// A word in lower case and the places of its capitals; none when it is too long or its letters
/// have no capital of one letter.
fn without_capitals(word: &str) -> Option<(String, Vec<u8>)> {
    let mut lower = String::with_capacity(word.len());
    let mut places = Vec::new();
    for (place, letter) in word.chars().enumerate() {
        let mut small = letter.to_lowercase();
        match (small.next(), small.next()) {
            (Some(small), None) if small != letter => {
                if !small.to_uppercase().eq([letter]) {
                    return None;
                }
                lower.push(small);
                places.push(u8::try_from(place).ok()?);
            }
            _ => lower.push(letter),
        }
    }
    Some((lower, places))
}
