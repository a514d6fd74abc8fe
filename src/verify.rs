//! An index against itself, and against the files it was made from.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::path::Path;

use crate::annotate;
use crate::index::{self, Catalogue, Watcher};
use crate::model::{Article, ArticleId, Compared, Fault, FaultKind, FaultPlace, Verification};
use crate::model::{EntityKind, GivenName, PartyKind};
use crate::source::{self, Files, Item, content_hash};
use crate::{Error, Result};

/// At most so many ways are tried in which names of meetings may have joined ready-made names.
const MOST_WAYS: usize = 4096;

/// Checks the index at `path`, and where it is whole and `files` are given, compares it with them.
pub fn run(
    path: &Path,
    files: Option<(&Files, &source::Options)>,
    watcher: &mut dyn Watcher,
) -> Result<Verification> {
    let mut found = index::verify(path, &says, watcher)?;
    if let Some((files, options)) = files
        && !found.is_damaged()
    {
        compare(path, files, options, &mut found, watcher)?;
    }
    found.faults.sort();
    found
        .faults
        .dedup_by(|one, other| (one.kind, &one.place) == (other.kind, &other.place));
    Ok(found)
}

/// The mark of each way to annotate.
fn marks() -> [u64; 2] {
    [true, false].map(|names| annotate::Options { names }.mark())
}

/// Whether an article out of an index has this hash.
///
/// The index does not tell a language that was given from one that was guessed, nor ready-made
/// names from those that only ready-made meetings have, which stand behind them. Without looking
/// for names it keeps no ready-made ones either: such an article cannot be hashed anew, and is
/// taken at its word.
fn says(article: &Article, content: u64) -> bool {
    if article.names.as_ref().is_some_and(Vec::is_empty) {
        return true;
    }
    let mut article = article.clone();
    let languages = [article.language.clone(), None];
    ways(&article).into_iter().any(|names| {
        article.names = names;
        languages.iter().any(|language| {
            article.language.clone_from(language);
            let hash = content_hash(&article);
            marks().iter().any(|mark| hash ^ mark == content)
        })
    })
}

/// Each list of ready-made names that the article may have come with.
fn ways(article: &Article) -> Vec<Option<Vec<GivenName>>> {
    let Some(names) = &article.names else {
        return vec![None];
    };
    let meetings = article.meetings.iter().flatten();
    let parties: BTreeSet<(EntityKind, &str)> = meetings
        .flat_map(|meeting| &meeting.participants)
        .filter_map(|party| match party.kind {
            PartyKind::Named(kind) => Some((kind, party.name.as_str())),
            PartyKind::Group => None,
        })
        .collect();
    let mut ways: Vec<Vec<GivenName>> = vec![Vec::new()];
    for kind in EntityKind::ALL {
        let of_kind: Vec<&GivenName> = names.iter().filter(|name| name.kind == kind).collect();
        let from_end = of_kind.iter().rev();
        let joined = from_end
            .take_while(|name| parties.contains(&(kind, name.name.as_str())))
            .count();
        let longer = |way: &Vec<GivenName>, left_out: usize| {
            let own = of_kind.iter().take(of_kind.len() - left_out);
            let own = own.map(|name| (*name).clone());
            way.iter().cloned().chain(own).collect()
        };
        ways = (0..=joined)
            .flat_map(|left_out| ways.iter().map(move |way| longer(way, left_out)))
            .take(MOST_WAYS)
            .collect();
    }
    ways.into_iter().map(Some).collect()
}

/// Reads the files as indexing would, and says how the index differs from them.
///
/// Of several records with one id the last one counts.
fn compare(
    path: &Path,
    files: &Files,
    options: &source::Options,
    found: &mut Verification,
    watcher: &mut dyn Watcher,
) -> Result<()> {
    let catalogue = Catalogue::open(path, BTreeSet::new(), false)?;
    let mut compared = Compared::default();
    let mut seen: HashSet<ArticleId, foldhash::fast::RandomState> = HashSet::default();
    let mut differing: BTreeMap<ArticleId, Fault> = BTreeMap::new();
    let mut failure: Option<Error> = None;
    watcher.begin("files of articles", files.bytes());
    source::read(files, options, &mut |item, bytes| {
        watcher.at(bytes);
        let article = match item {
            Item::Article(article) => article,
            Item::Rejected(_) => {
                compared.read += 1;
                compared.rejected += 1;
                return ControlFlow::Continue(());
            }
            Item::Note(_) => return ControlFlow::Continue(()),
        };
        compared.read += 1;
        match difference(&catalogue, &article) {
            Ok(Some(fault)) => differing.insert(article.id.clone(), fault),
            Ok(None) => differing.remove(&article.id),
            Err(error) => {
                failure = Some(error);
                return ControlFlow::Break(());
            }
        };
        seen.insert(article.id);
        ControlFlow::Continue(())
    });
    failure.map_or(Ok(()), Err)?;
    found.faults.extend(differing.into_values());
    catalogue.each(&mut |id, path| {
        let is_seen = seen.contains(&ArticleId(id.to_owned()));
        let is_gone = !files.contains(path) && files.covers(path) && !Path::new(path).exists();
        let (kind, detail) = match (is_seen, is_gone) {
            (false, true) => (FaultKind::FileGone, None),
            (true, true) => (
                FaultKind::Changed,
                Some("it lies in another file".to_owned()),
            ),
            (false, false) if files.contains(path) => (FaultKind::RecordGone, None),
            _ => return,
        };
        found.faults.push(fault(kind, id, path, detail));
    })?;
    found.compared = Some(compared);
    Ok(())
}

fn fault(kind: FaultKind, id: &str, path: &str, detail: Option<String>) -> Fault {
    let place = FaultPlace::Article {
        id: id.to_owned(),
        path: path.to_owned(),
    };
    Fault {
        kind,
        place,
        detail,
    }
}

/// How an article differs from what the index has, if it does.
fn difference(catalogue: &Catalogue, article: &Article) -> Result<Option<Fault>> {
    let hash = content_hash(article);
    let kind = match catalogue.content(&article.id)? {
        None => FaultKind::NotIndexed,
        Some(known) if marks().iter().any(|mark| hash ^ mark == known) => return Ok(None),
        Some(_) => FaultKind::Changed,
    };
    let path = &article.origin.path;
    Ok(Some(fault(kind, article.id.as_str(), path, None)))
}
