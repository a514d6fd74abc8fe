//! A compiled dictionary: every form of a language with its lemmas, tags and classes of names.
//!
//! It is read where it lies, without being unpacked; opening it costs next to nothing.
//! Damaged bytes give an error or fewer analyses, never a panic.

mod analysis;
mod automaton;
pub mod builder;
pub mod format;
pub mod guesser;
mod spellings;
mod states;
mod tag;
#[cfg(test)]
mod tests;

use std::fmt;

pub use analysis::Analysis;
pub use automaton::Walker;
pub use tag::{Case, Cases, Gender, Genders, NameClass, Number, PartOfSpeech, Tag};

use analysis::Rewrite;
use automaton::Automaton;
use format::{
    Groups, HEAD, KIND, MAGIC, NUMBERS, PARTS, TABLE, VERSION, take_varint, u16_at, u32_at,
};

/// Why a dictionary cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
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

/// A dictionary in memory.
pub struct Lexicon {
    forms: u32,
    analyses: u32,
    id: &'static str,
    tags: Vec<Tag<'static>>,
    classes: Vec<(&'static str, NameClass)>,
    capitals: Vec<&'static [u8]>,
    kinds: &'static [u8],
    rewrites: &'static [u8],
    sets: &'static [u8],
    automaton: Automaton,
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
        if !bytes.starts_with(&MAGIC) {
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
            let length = head(NUMBERS + index)? as usize;
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
            rewrites,
            sets,
            letters,
            codes,
            others,
            firsts,
            states,
        ] = parts;
        if !rest.is_empty() || codes.len() != 2 * TABLE as usize {
            return Err(LexiconError::Damaged);
        }
        let text = |bytes| std::str::from_utf8(bytes).map_err(|_| LexiconError::Damaged);
        Ok(Self {
            forms: head(1)?,
            analyses: head(2)?,
            id: text(id)?,
            tags: text(tags)?.split('\n').map(Tag::new).collect(),
            classes: text(classes)?
                .split('\n')
                .map(|class| (class, NameClass::of(class)))
                .collect(),
            capitals: patterns(capitals).ok_or(LexiconError::Damaged)?,
            kinds,
            rewrites,
            sets,
            automaton: Automaton {
                states,
                codes,
                others,
                firsts,
                letters,
                root: head(3)? as usize,
            },
        })
    }

    /// Name and version of the dictionary it was made from.
    pub fn id(&self) -> &'static str {
        self.id
    }

    /// Version of the layout of its file.
    pub fn version(&self) -> u32 {
        VERSION
    }

    /// How many different forms it holds.
    pub fn forms(&self) -> u32 {
        self.forms
    }

    /// How many analyses they have in all.
    pub fn analyses(&self) -> u32 {
        self.analyses
    }

    /// Whether the dictionary holds a form in lower case.
    pub fn contains(&self, form: &str) -> bool {
        self.automaton.set(form).is_some()
    }

    /// Every analysis of a form in lower case; none when it is not in the dictionary.
    ///
    /// Analyses whose lemmas differ at most by capitals stand together. First come the lemmas of
    /// words that may be written small, then of those that want a capital, of abbreviations, and
    /// of endings that only continue another word ("m" of "gdzieżem").
    pub fn analyse(&self, form: &str) -> impl Iterator<Item = Analysis<'static>> + '_ {
        self.analyses_of(self.automaton.set(form))
    }

    /// The lemmas of a form in lower case, each once, in lower case.
    ///
    /// Two sorts of reading are passed over where there are others: those that want a capital,
    /// when `written_small` says that the word has none, and abbreviations ("w." for "wiek").
    /// Endings that only continue another word are no readings here.
    pub fn lemmas(&self, form: &str, written_small: bool, sink: &mut dyn FnMut(&str)) {
        self.lemmas_with(form, written_small, &mut String::new(), sink);
    }

    /// Like [`Lexicon::lemmas`], in memory of the caller: `room` is overwritten.
    #[inline]
    pub fn lemmas_with(
        &self,
        form: &str,
        written_small: bool,
        room: &mut String,
        mut sink: impl FnMut(&str),
    ) {
        let Some((groups, mut set)) = self.set(self.automaton.set(form)) else {
            return;
        };
        for _ in 0..groups.likely(written_small) {
            let Some(address) = take_varint(&mut set) else {
                return;
            };
            let Some(rewrite) = self.rewrite(address) else {
                continue;
            };
            let stem = rewrite.stem(form);
            if rewrite.added.is_empty() {
                sink(stem);
            } else {
                room.clear();
                room.push_str(stem);
                room.push_str(rewrite.added);
                sink(room);
            }
        }
    }

    /// Calls `each` with every form, in the order of their bytes.
    pub fn each_form(&self, each: &mut dyn FnMut(&str)) {
        self.each_with_prefix("", &mut |form| {
            each(form);
            true
        });
    }

    /// Calls `each` with the forms that begin with `prefix`, in the order of their bytes, until
    /// it gives `false`.
    pub fn each_with_prefix(&self, prefix: &str, each: &mut dyn FnMut(&str) -> bool) {
        let most = self.most_states();
        self.automaton
            .with_prefix(prefix, most, &mut |form, _| each(form));
    }

    /// Calls `each` with the forms that a walker accepts, in the order of their bytes.
    pub fn search<W: Walker>(&self, walker: &W, each: &mut dyn FnMut(&str)) {
        self.automaton
            .search(walker, self.most_states(), &mut |form, _| {
                each(form);
                true
            });
    }

    /// A form of a lemma, both with their capitals, whose analysis is `wanted`: the plural of
    /// "Polak" is "Polacy".
    ///
    /// Forms are sought among those that share their beginning with the lemma, with ever more of
    /// its end left off: "iść" is not found to have the form "szedł". Forms that begin with
    /// `front` before that beginning are tried instead: "naj" for superlatives, else nothing.
    /// It takes microseconds to find a form and up to 3 milliseconds to find none.
    pub fn generate(
        &self,
        lemma: &str,
        front: &str,
        wanted: &mut dyn FnMut(&Analysis<'_>) -> bool,
    ) -> Option<String> {
        let small = lemma.to_lowercase();
        let mut stem = small.as_str();
        let mut found = None;
        let mut made = String::new();
        for _ in 0..LONGEST_END {
            if stem.is_empty() && front.is_empty() {
                break;
            }
            let prefix = [front, stem].concat();
            self.automaton
                .with_prefix(&prefix, NEAR_STATES, &mut |form, set| {
                    let analysis = self.analyses_of(Some(set)).find(|analysis| {
                        analysis.write_lemma(form, &mut made);
                        made == lemma && wanted(analysis)
                    });
                    found = analysis.map(|analysis| analysis.form(form));
                    found.is_none()
                });
            if found.is_some() || stem.is_empty() {
                break;
            }
            let mut letters = stem.chars();
            letters.next_back();
            stem = letters.as_str();
        }
        found
    }

    /// More states than any form passes, over all forms.
    fn most_states(&self) -> usize {
        (self.forms as usize).saturating_mul(LONGEST_FORM)
    }

    fn set(&self, address: Option<u32>) -> Option<(Groups, &'static [u8])> {
        let mut set = self.sets.get(address? as usize..)?;
        let groups = Groups::unpack(take_varint(&mut set)?);
        Some((groups, set))
    }

    #[inline]
    fn rewrite(&self, address: u32) -> Option<Rewrite<'static>> {
        let bytes = self.rewrites.get(address as usize..)?;
        let (&[front, end, length], bytes) = bytes.split_first_chunk::<3>()?;
        Some(Rewrite {
            front,
            end,
            added: std::str::from_utf8(bytes.get(..usize::from(length))?).ok()?,
        })
    }

    fn analyses_of(&self, address: Option<u32>) -> impl Iterator<Item = Analysis<'static>> + '_ {
        let (groups, set) = self.set(address).unwrap_or_default();
        let mut rewrites = set;
        let mut kinds = set;
        for _ in 0..groups.all() {
            // A set that breaks off has no kinds, and so no analyses.
            if take_varint(&mut kinds).is_none() {
                break;
            }
        }
        let mut lemmas = groups.all();
        let mut left = 0;
        let mut rewrite = None;
        std::iter::from_fn(move || {
            while left == 0 {
                lemmas = lemmas.checked_sub(1)?;
                rewrite = self.rewrite(take_varint(&mut rewrites)?);
                left = take_varint(&mut kinds)?;
            }
            left -= 1;
            self.analysis(rewrite?, take_varint(&mut kinds)?)
        })
    }

    fn analysis(&self, rewrite: Rewrite<'static>, kind: u32) -> Option<Analysis<'static>> {
        let at = (kind as usize).checked_mul(KIND)?;
        let part = |index: usize| u16_at(self.kinds, at + 2 * index).map(usize::from);
        let &(class_name, class) = self.classes.get(part(1)?)?;
        Some(Analysis {
            rewrite,
            tag: *self.tags.get(part(0)?)?,
            class_name,
            class,
            form_capitals: self.capitals.get(part(2)?)?,
            lemma_capitals: self.capitals.get(part(3)?)?,
        })
    }
}

/// Longest form there is in any language, in letters.
const LONGEST_FORM: usize = 64;

/// How many states are looked at for one beginning of a form that is generated.
const NEAR_STATES: usize = 20_000;

/// How many letters may differ between the end of a lemma and that of its form.
const LONGEST_END: usize = 8;

fn patterns(mut bytes: &'static [u8]) -> Option<Vec<&'static [u8]>> {
    let mut patterns = Vec::new();
    while let Some((&count, rest)) = bytes.split_first() {
        let (places, rest) = rest.split_at_checked(usize::from(count))?;
        patterns.push(places);
        bytes = rest;
    }
    Some(patterns)
}
