//! What a check of an index found.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::safe::harmless_line;
use super::text::write_rows;
use crate::model::{Fault, FaultKind, FaultPlace, Verification};

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    path: String,
    whole: bool,
    files: u64,
    bytes: u64,
    articles: Option<u64>,
    meetings: Option<u64>,
    fingerprint: Option<&'a str>,
    compared: Option<ComparedShape>,
    faults: Vec<FaultShape<'a>>,
}

#[derive(Serialize)]
struct ComparedShape {
    read: u64,
    rejected: u64,
}

#[derive(Serialize)]
struct FaultShape<'a> {
    kind: &'static str,
    what: &'static str,
    path: &'a str,
    id: Option<&'a str>,
    detail: Option<&'a str>,
    hint: &'static str,
}

const REBUILD: &str = "build it anew with `kronika index --rebuild PATH…`";
const INDEX: &str = "`kronika index PATH…` brings it up to date";

/// What is wrong, in words, and what to do.
fn told(kind: FaultKind) -> (&'static str, &'static str) {
    match kind {
        FaultKind::Description => ("the description of the index cannot be read", REBUILD),
        FaultKind::Version => ("the index is of another version", REBUILD),
        FaultKind::Commit => ("what the last commit holds cannot be read", REBUILD),
        FaultKind::Missing => (
            "the file is missing",
            "remove the folder of the index and index again",
        ),
        FaultKind::Checksum => ("its bytes are not those that were written", REBUILD),
        FaultKind::Unreadable => ("it cannot be read to its end", REBUILD),
        FaultKind::Count => ("it has not as much as the commit says", REBUILD),
        FaultKind::Fingerprint => ("the articles are not those of the last commit", REBUILD),
        FaultKind::Content => ("the article is not what its hash says", REBUILD),
        FaultKind::Id => ("the article is not found by its id", REBUILD),
        FaultKind::Orphan => ("the article of a meeting is not there", REBUILD),
        FaultKind::Evidence => (
            "what proves a meeting does not stand in the article",
            REBUILD,
        ),
        FaultKind::FileGone => (
            "the file of the article is gone",
            "`kronika index --prune PATH…` removes it",
        ),
        FaultKind::RecordGone => (
            "its file has no such article any more",
            "look at what was rejected, or build it anew with `kronika index --rebuild PATH…`",
        ),
        FaultKind::Changed => ("the file says something else", INDEX),
        FaultKind::NotIndexed => ("the article is not indexed", INDEX),
    }
}

fn place(fault: &Fault) -> (&str, Option<&str>) {
    match &fault.place {
        FaultPlace::File(path) => (path, None),
        FaultPlace::Article { id, path } => (path, Some(id)),
    }
}

impl<'a> FaultShape<'a> {
    fn of(fault: &'a Fault) -> Self {
        let (what, hint) = told(fault.kind);
        let (path, id) = place(fault);
        Self {
            kind: fault.kind.name(),
            what,
            path,
            id,
            detail: fault.detail.as_deref(),
            hint,
        }
    }
}

/// Writes a `kronika.verify/1`.
pub fn write_json(found: &Verification, out: &mut dyn Write) -> io::Result<()> {
    let shape = Shape {
        schema: "kronika.verify/1",
        path: found.path.display().to_string(),
        whole: !found.is_damaged(),
        files: found.files,
        bytes: found.bytes,
        articles: found.articles,
        meetings: found.meetings,
        fingerprint: found.fingerprint.as_deref(),
        compared: found.compared.map(|compared| ComparedShape {
            read: compared.read,
            rejected: compared.rejected,
        }),
        faults: found.faults.iter().map(FaultShape::of).collect(),
    };
    json::write_row(&shape, out)
}

/// Writes it for people: what was checked, then each fault on a line.
pub fn write_text(found: &Verification, out: &mut dyn Write) -> io::Result<()> {
    const UNREAD: &str = "not read, because of what is wrong below";
    let counted = |count: Option<u64>| count.map_or(UNREAD.to_owned(), |count| count.to_string());
    let mut rows = vec![
        ("index", found.path.display().to_string()),
        ("files", format!("{} of {} bytes", found.files, found.bytes)),
        ("articles", counted(found.articles)),
        ("meetings", counted(found.meetings)),
    ];
    if let Some(fingerprint) = &found.fingerprint {
        rows.push(("fingerprint", fingerprint.clone()));
    }
    if let Some(compared) = found.compared {
        let rejected = match compared.rejected {
            0 => String::new(),
            rejected => format!(", {rejected} rejected"),
        };
        let read = compared.read;
        rows.push(("compared", format!("{read} read from files{rejected}")));
    }
    rows.push(("faults", found.faults.len().to_string()));
    write_rows(&rows, out)?;
    if !found.faults.is_empty() {
        writeln!(out)?;
    }
    for fault in &found.faults {
        let (what, hint) = told(fault.kind);
        let (path, id) = place(fault);
        let id = id.map_or(String::new(), |id| format!(": {}", harmless_line(id)));
        let detail = fault.detail.as_deref();
        let detail = detail.map_or(String::new(), |detail| {
            format!(" ({})", harmless_line(detail))
        });
        writeln!(out, "{}{id}: {what}{detail}; {hint}", harmless_line(path))?;
    }
    Ok(())
}
