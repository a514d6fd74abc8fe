//! Which articles an index holds, and what is to be done with those of a run.
//!
//! An index that is brought up to date says the same as one made anew from the same files: of
//! several records with one id the last one counts, and of several files with the same article the
//! first one is its origin. What has not changed is not written again.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::article_fingerprint;
use super::searcher::{Known, Searcher};
use crate::model::{Article, ArticleId, Origin};
use crate::{Error, Result};

/// Articles of so many bytes together are held back at most, until it is known what comes later.
const HELD_BYTES: usize = 64 << 20;
/// What a held article takes beside its text, about.
const HELD_EACH: usize = 512;

/// What an article is to the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its id is new.
    Added,
    /// Its id is known with other content, or its file has moved: it replaces what is there.
    Updated {
        /// The content it replaces.
        old_content: u64,
    },
    /// It is there as it is.
    Unchanged,
    /// It is there from another place, or a later record of the same id replaces it.
    Duplicate,
}

/// An article, a hash of all it says, and what it is to the index.
pub type Judged = (Box<Article>, u64, Verdict);

/// Knows which articles an index holds, and which this run has seen.
///
/// Grows by a few dozen bytes for each article of the run.
#[derive(Debug)]
pub struct Catalogue {
    before: Option<Searcher>,
    /// The content of each id of the run by the fingerprint of the id.
    seen: HashMap<u128, u64, foldhash::fast::RandomState>,
    /// The files of the run.
    paths: BTreeSet<String>,
    held: Held,
}

impl Catalogue {
    /// What the index at `path` holds as of its last commit; nothing if there is none.
    ///
    /// `paths` are the files this run is going to read, in their order.
    pub fn open(path: &Path, paths: BTreeSet<String>, rebuild: bool) -> Result<Self> {
        let before = if rebuild {
            None
        } else {
            match Searcher::open(path) {
                Ok(searcher) => Some(searcher),
                Err(Error::NoIndex { .. }) => None,
                Err(error) => return Err(error),
            }
        };
        Ok(Self {
            before,
            seen: HashMap::default(),
            paths,
            held: Held::default(),
        })
    }

    /// Takes the next article of the run, whose content has this hash, and decides what it can.
    ///
    /// Where the index has the article from a later place of the run, it is held back until that
    /// place was read. So none, one or several articles are decided at a time.
    pub fn judge(&mut self, article: Box<Article>, content: u64) -> Result<Vec<Judged>> {
        let origin = article.origin.clone();
        let key = key_of(&article.id);
        let mut judged = Vec::new();
        match self.held.take(key) {
            Some(held) if held.content == content => {
                self.held.put(key, held);
                judged.push((article, content, Verdict::Duplicate));
            }
            Some(held) => {
                judged.push((held.article, held.content, Verdict::Duplicate));
                judged.extend(self.decide(key, article, content)?);
            }
            None => judged.extend(self.decide(key, article, content)?),
        }
        while let Some((key, held)) = self.held.pass(&origin) {
            judged.push(self.settle(key, held));
        }
        Ok(judged)
    }

    /// What is still held back at the end of the run.
    pub fn rest(&mut self) -> Vec<Judged> {
        let mut judged = Vec::new();
        while let Some((key, held)) = self.held.first() {
            judged.push(self.settle(key, held));
        }
        judged
    }

    /// Whether this run has read an article of this id.
    pub fn has_seen(&self, id: &str) -> bool {
        self.seen.contains_key(&article_fingerprint(id, 0))
    }

    /// The hash of what the index has under this id.
    pub fn content(&self, id: &ArticleId) -> Result<Option<u64>> {
        let known = match &self.before {
            Some(before) => before.known(id)?,
            None => None,
        };
        Ok(known.map(|known| known.content))
    }

    /// Calls `each` with the id and the path of every article of the index.
    pub fn each(&self, each: &mut dyn FnMut(&str, &str)) -> Result<()> {
        match &self.before {
            Some(before) => before.each_known(&mut |id, known| each(id, &known.origin.path)),
            None => Ok(()),
        }
    }

    /// Judges an article none of whose id is held, or holds it back.
    fn decide(&mut self, key: u128, article: Box<Article>, content: u64) -> Result<Option<Judged>> {
        if let Some(seen) = self.seen.insert(key, content) {
            let verdict = if seen == content {
                Verdict::Duplicate
            } else {
                Verdict::Updated { old_content: seen }
            };
            return Ok(Some((article, content, verdict)));
        }
        let known = match &self.before {
            Some(before) => before.known(&article.id)?,
            None => None,
        };
        let Some(known) = known else {
            return Ok(Some((article, content, Verdict::Added)));
        };
        if self.paths.contains(&known.origin.path) && known.origin > article.origin {
            let held = Waiting {
                article,
                content,
                known,
            };
            // Whatever comes of this id, it comes while this one is held.
            self.seen.remove(&key);
            self.held.put(key, held);
            return Ok(None);
        }
        let verdict = self.compare(&known, &article.origin, content);
        Ok(Some((article, content, verdict)))
    }

    /// What the first article of an id is beside what the index has of it.
    fn compare(&self, known: &Known, origin: &Origin, content: u64) -> Verdict {
        let place = &known.origin.path;
        // A file before this one was read, and this article was not in it.
        let is_there = || !self.paths.contains(place) && Path::new(place).exists();
        if known.content != content {
            Verdict::Updated {
                old_content: known.content,
            }
        } else if *place == origin.path {
            Verdict::Unchanged
        } else if is_there() {
            Verdict::Duplicate
        } else {
            Verdict::Updated {
                old_content: known.content,
            }
        }
    }

    fn settle(&mut self, key: u128, held: Waiting) -> Judged {
        self.seen.insert(key, held.content);
        let verdict = self.compare(&held.known, &held.article.origin, held.content);
        (held.article, held.content, verdict)
    }
}

fn key_of(id: &ArticleId) -> u128 {
    article_fingerprint(id.as_str(), 0)
}

/// An article that the index has from a place which the run has not reached.
#[derive(Debug)]
struct Waiting {
    article: Box<Article>,
    content: u64,
    known: Known,
}

impl Waiting {
    fn bytes(&self) -> usize {
        HELD_EACH + self.article.title.len() + self.article.text.len()
    }
}

/// Articles that wait, by the place they wait for.
#[derive(Debug, Default)]
struct Held {
    by_place: BTreeMap<(Origin, u128), Waiting>,
    places: HashMap<u128, Origin, foldhash::fast::RandomState>,
    bytes: usize,
}

impl Held {
    fn put(&mut self, key: u128, held: Waiting) {
        self.bytes += held.bytes();
        self.places.insert(key, held.known.origin.clone());
        self.by_place.insert((held.known.origin.clone(), key), held);
    }

    fn take(&mut self, key: u128) -> Option<Waiting> {
        let place = self.places.remove(&key)?;
        let held = self.by_place.remove(&(place, key))?;
        self.bytes -= held.bytes();
        Some(held)
    }

    /// The one that waits for the earliest place.
    fn first(&mut self) -> Option<(u128, Waiting)> {
        let ((_, key), _) = self.by_place.first_key_value()?;
        let key = *key;
        self.take(key).map(|held| (key, held))
    }

    /// One that waits for a place up to `origin`, or for which there is no room any more.
    ///
    /// What is let go for want of room is written early and perhaps once more later; what the
    /// index says in the end is the same.
    fn pass(&mut self, origin: &Origin) -> Option<(u128, Waiting)> {
        let ((place, _), _) = self.by_place.first_key_value()?;
        if place <= origin || self.bytes > HELD_BYTES {
            self.first()
        } else {
            None
        }
    }
}
