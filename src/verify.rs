//! An index against itself, and against the files it was made from.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use crate::annotate;
use crate::index::{self, Catalogue, Verdict, Watcher};
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

/// Reads the files as indexing would, and says of each article what it would do.
fn compare(
    path: &Path,
    files: &Files,
    options: &source::Options,
    found: &mut Verification,
    watcher: &mut dyn Watcher,
) -> Result<()> {
    let paths: BTreeSet<String> = files.paths().map(str::to_owned).collect();
    let mut catalogue = Catalogue::open(path, paths, false)?;
    let mut compared = Compared::default();
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
        match judge(&mut catalogue, &article) {
            Ok(fault) => {
                found.faults.extend(fault);
                ControlFlow::Continue(())
            }
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        }
    });
    failure.map_or(Ok(()), Err)?;
    catalogue.each_unseen(&mut |id, path| {
        let kind = if files.contains(path) {
            FaultKind::RecordGone
        } else if files.covers(path) && !Path::new(path).exists() {
            FaultKind::FileGone
        } else {
            return;
        };
        found.faults.push(fault(kind, id, path, None));
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
fn judge(catalogue: &mut Catalogue, article: &Article) -> Result<Option<Fault>> {
    let ArticleId(id) = &article.id;
    let path = &article.origin.path;
    let hash = content_hash(article);
    let known = catalogue.content(&article.id)?;
    let same = marks().map(|mark| hash ^ mark);
    let same = same.into_iter().find(|content| Some(*content) == known);
    let content = same.unwrap_or(hash);
    Ok(
        match catalogue.judge(&article.id, &article.origin, content)? {
            Verdict::Unchanged | Verdict::Duplicate => None,
            Verdict::Added => Some(fault(FaultKind::NotIndexed, id, path, None)),
            Verdict::Updated { old_content } => {
                let detail = (old_content == content).then(|| "only its file has moved".to_owned());
                Some(fault(FaultKind::Changed, id, path, detail))
            }
        },
    )
}
