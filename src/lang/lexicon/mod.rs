//! A compiled dictionary: every form of a language with its lemmas, tags and classes of names.
//!
//! It is read where it lies, without being unpacked; opening it costs next to nothing.
//! Damaged bytes give an error or fewer analyses, never a panic.

pub mod format;
mod tag;

use std::fmt;

pub use tag::{Case, Cases, Gender, Genders, NameClass, Number, Tag};

use format::{HEAD, KIND, MAGIC, PARTS, VERSION, take_varint, u16_at, u32_at};

use crate::text::Spelling;
use crate::text::spelling::Progress;

/// Why a dictionary cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LexiconError {
    /// The first bytes are not those of a dictionary.
    #[error("not a dictionary")]
    NotALexicon,
    /// The layout is another one.
    #[error("dictionary of version {found}, this program reads {VERSION}")]
    Version {
        /// The version it has.
        found: u32,
    },
    /// Its parts do not fit together.
    #[error("the dictionary is damaged")]
    Damaged,
}

/// One way in which a form can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analysis<'l> {
    rewrite: Rewrite<'l>,
    form_capitals: &'l str,
    lemma_capitals: &'l str,
    tag: Tag<'l>,
    class: &'l str,
}

/// How a lemma is made from a form: cut letters off both ends, then add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rewrite<'l> {
    front: u8,
    end: u8,
    added: &'l str,
}

/// Continues another word.
const ENDING: u8 = 1;
/// An abbreviation.
const ABBREVIATION: u8 = 2;
/// Written with a capital somewhere.
const CAPITAL: u8 = 4;

/// A dictionary in memory.
pub struct Lexicon {
    forms: u32,
    analyses: u32,
    id: &'static str,
    tags: Vec<&'static str>,
    classes: Vec<&'static str>,
    capitals: Vec<&'static str>,
    kinds: &'static [u8],
    /// For each kind, which of [`ENDING`], [`ABBREVIATION`] and [`CAPITAL`] apply.
    flags: Vec<u8>,
    rewrite_offsets: &'static [u8],
    rewrites: &'static [u8],
    set_offsets: &'static [u8],
    sets: &'static [u8],
    map: fst::Map<&'static [u8]>,
}

impl fmt::Debug for Lexicon {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Lexicon")
            .field("id", &self.id)
            .field("forms", &self.forms)
            .finish_non_exhaustive()
    }
}

impl Lexicon {
    /// Takes a dictionary apart without unpacking it.
    pub fn open(bytes: &'static [u8]) -> Result<Self, LexiconError> {
        if !bytes.starts_with(MAGIC) {
            return Err(LexiconError::NotALexicon);
        }
        let head = |index: usize| u32_at(bytes, 4 + 4 * index).ok_or(LexiconError::Damaged);
        let found = head(0)?;
        if found != VERSION {
            return Err(LexiconError::Version { found });
        }
        let mut parts: [&'static [u8]; PARTS] = [&[]; PARTS];
        let mut rest = bytes.get(HEAD..).ok_or(LexiconError::Damaged)?;
        for (index, part) in parts.iter_mut().enumerate() {
            let length = head(3 + index)? as usize;
            let (taken, left) = rest.split_at_checked(length).ok_or(LexiconError::Damaged)?;
            *part = taken;
            rest = left;
        }
        let [
            id,
            tags,
            classes,
            capitals,
            kinds,
            rewrite_offsets,
            rewrites,
            set_offsets,
            sets,
            map,
        ] = parts;
        let text = |bytes| std::str::from_utf8(bytes).map_err(|_| LexiconError::Damaged);
        let lines = |bytes| text(bytes).map(|text| text.split('\n').collect());
        let mut lexicon = Self {
            forms: head(1)?,
            analyses: head(2)?,
            id: text(id)?,
            tags: lines(tags)?,
            classes: lines(classes)?,
            capitals: lines(capitals)?,
            kinds,
            flags: Vec::new(),
            rewrite_offsets,
            rewrites,
            set_offsets,
            sets,
            map: fst::Map::new(map).map_err(|_| LexiconError::Damaged)?,
        };
        lexicon.flag_kinds();
        Ok(lexicon)
    }

    /// Name and version of the dictionary it was made from.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// How many different forms it holds.
    pub fn forms(&self) -> u32 {
        self.forms
    }

    /// How many analyses they have in all.
    pub fn analyses(&self) -> u32 {
        self.analyses
    }

    /// Every analysis of a form in lower case; none when it is not in the dictionary.
    pub fn analyse(&self, form: &str) -> impl Iterator<Item = Analysis<'static>> + '_ {
        let set = self.map.get(form).and_then(|set| self.set(set));
        self.entries(set.unwrap_or_default())
            .filter_map(|(rewrite, kind)| self.analysis(rewrite, kind))
    }

    /// The lemmas of a form in lower case, each once, in lower case.
    ///
    /// Two sorts of reading are passed over where there are others: those that want a capital,
    /// when `written_small` says that the word has none, and abbreviations ("w." for "wiek").
    /// Endings that only continue another word ("m" of "gdzieżem") are no readings here.
    pub fn lemmas(&self, form: &str, written_small: bool, sink: &mut dyn FnMut(&str)) {
        let Some(set) = self.map.get(form).and_then(|set| self.set(set)) else {
            return;
        };
        let unlikely = ABBREVIATION | if written_small { CAPITAL } else { 0 };
        let is_likely = |kind: u32| self.flags_of(kind) & unlikely == 0;
        let words = || {
            self.entries(set)
                .filter(|(_, kind)| self.flags_of(*kind) & ENDING == 0)
        };
        let any_likely = words().any(|(_, kind)| is_likely(kind));
        let mut before = None;
        let mut lemma = String::new();
        for (rewrite, kind) in words() {
            if before == Some(rewrite) || (any_likely && !is_likely(kind)) {
                continue;
            }
            before = Some(rewrite);
            if let Some(rewrite) = self.rewrite(rewrite) {
                lemma.clear();
                rewrite.apply(form, &mut lemma);
                sink(&lemma);
            }
        }
    }

    /// Whether the dictionary holds the form.
    pub fn contains(&self, form: &str) -> bool {
        self.map.contains_key(form)
    }

    /// The forms that a spelling accepts.
    pub fn spellings(&self, spelling: &Spelling, sink: &mut dyn FnMut(&str)) {
        let mut stream = fst::IntoStreamer::into_stream(self.map.search(Walk(spelling)));
        while let Some((form, _)) = fst::Streamer::next(&mut stream) {
            if let Ok(form) = std::str::from_utf8(form) {
                sink(form);
            }
        }
    }

    /// Calls `each` with every form, in the order of their bytes.
    pub fn each_form(&self, each: &mut dyn FnMut(&str)) {
        let mut stream = self.map.stream();
        while let Some((form, _)) = fst::Streamer::next(&mut stream) {
            if let Ok(form) = std::str::from_utf8(form) {
                each(form);
            }
        }
    }

    fn set(&self, index: u64) -> Option<&'static [u8]> {
        slice(self.set_offsets, self.sets, usize::try_from(index).ok()?)
    }

    fn entries(&self, mut set: &'static [u8]) -> impl Iterator<Item = (u32, u32)> + use<> {
        std::iter::from_fn(move || Some((take_varint(&mut set)?, take_varint(&mut set)?)))
    }

    fn rewrite(&self, index: u32) -> Option<Rewrite<'static>> {
        let bytes = slice(self.rewrite_offsets, self.rewrites, index as usize)?;
        let (&front, bytes) = bytes.split_first()?;
        let (&end, added) = bytes.split_first()?;
        Some(Rewrite {
            front,
            end,
            added: std::str::from_utf8(added).ok()?,
        })
    }

    fn kind(&self, index: u32, field: usize) -> Option<usize> {
        u16_at(self.kinds, index as usize * KIND + 2 * field).map(usize::from)
    }

    fn flags_of(&self, kind: u32) -> u8 {
        self.flags.get(kind as usize).copied().unwrap_or_default()
    }

    /// Looks at every kind once, so that nothing has to be read from tags later.
    fn flag_kinds(&mut self) {
        let count = self.kinds.len() / KIND;
        let kinds = (0_u32..).take(count).map(|kind| {
            let text = |field, texts: &[&'static str]| {
                let text = self.kind(kind, field).and_then(|index| texts.get(index));
                text.copied().unwrap_or_default()
            };
            let tag = text(0, &self.tags);
            let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
            flag(tag.starts_with("aglt") || tag.starts_with("part:"), ENDING)
                | flag(tag.starts_with("brev"), ABBREVIATION)
                | flag(!text(2, &self.capitals).is_empty(), CAPITAL)
        });
        self.flags = kinds.collect();
    }

    fn analysis(&self, rewrite: u32, kind: u32) -> Option<Analysis<'static>> {
        Some(Analysis {
            rewrite: self.rewrite(rewrite)?,
            tag: Tag::new(self.tags.get(self.kind(kind, 0)?)?),
            class: self.classes.get(self.kind(kind, 1)?)?,
            form_capitals: self.capitals.get(self.kind(kind, 2)?)?,
            lemma_capitals: self.capitals.get(self.kind(kind, 3)?)?,
        })
    }
}

fn slice(offsets: &[u8], bytes: &'static [u8], index: usize) -> Option<&'static [u8]> {
    let start = u32_at(offsets, index.checked_mul(4)?)?;
    let end = u32_at(offsets, index.checked_add(1)?.checked_mul(4)?)?;
    bytes.get(start as usize..end as usize)
}

impl<'l> Rewrite<'l> {
    fn apply(self, form: &str, lemma: &mut String) {
        let mut stem = form.chars();
        for _ in 0..self.front {
            stem.next();
        }
        for _ in 0..self.end {
            stem.next_back();
        }
        lemma.push_str(stem.as_str());
        lemma.push_str(self.added);
    }
}

impl<'l> Analysis<'l> {
    /// The lemma of `form` with its capitals: "Warszawa".
    pub fn lemma(&self, form: &str) -> String {
        let mut lemma = String::new();
        self.rewrite.apply(form, &mut lemma);
        capitalise(&lemma, self.lemma_capitals)
    }

    /// The form as this reading wants it written: "warszawie" gives "Warszawie".
    pub fn form(&self, form: &str) -> String {
        capitalise(form, self.form_capitals)
    }

    /// Part of speech, case, number, gender and more.
    pub fn tag(&self) -> Tag<'l> {
        self.tag
    }

    /// What sort of name it is, if any.
    pub fn class(&self) -> NameClass {
        NameClass::of(self.class)
    }

    /// The sort of name as the source calls it: "imię", "nazwa_geograficzna", "" …
    pub fn class_name(&self) -> &'l str {
        self.class
    }

    /// Whether this reading needs a capital first letter.
    pub fn needs_capital(&self) -> bool {
        self.form_capitals.split(',').any(|place| place == "0")
    }
}

fn capitalise(word: &str, places: &str) -> String {
    if places.is_empty() {
        return word.to_owned();
    }
    let mut places = places.split(',').map(str::parse::<usize>).peekable();
    let mut out = String::with_capacity(word.len());
    for (place, letter) in word.chars().enumerate() {
        if places.peek() == Some(&Ok(place)) {
            places.next();
            out.extend(letter.to_uppercase());
        } else {
            out.push(letter);
        }
    }
    out
}

struct Walk<'a>(&'a Spelling);

impl fst::Automaton for Walk<'_> {
    type State = Progress;

    fn start(&self) -> Progress {
        self.0.start()
    }

    fn is_match(&self, state: &Progress) -> bool {
        self.0.is_match(*state)
    }

    fn can_match(&self, state: &Progress) -> bool {
        self.0.can_match(*state)
    }

    fn accept(&self, state: &Progress, byte: u8) -> Progress {
        self.0.read(*state, byte)
    }
}
