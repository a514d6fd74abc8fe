//! Who the names of a question mean: the user's file of names, the table of names, and what is said
//! of them on standard error.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Context, output};
use crate::aliases::Aliases;
use crate::entities::Table;
use crate::index::Searcher;
use crate::model::{
    EntityKind, MeetingHit, MeetingQuery, NamePattern, Party, PartyKind, Query, Understood,
};
use crate::{Error, Result};

/// The file's name beside the index.
const FILE: &str = "aliases.toml";

/// How many entities are named on standard error.
const NAMED: usize = 4;

/// The user's file of names: the one asked for, or the one beside the index.
pub(super) fn path(context: &Context) -> PathBuf {
    let asked = context.aliases.clone();
    asked.unwrap_or_else(|| beside(&context.index))
}

/// The user's file beside the folder of an index.
fn beside(index: &Path) -> PathBuf {
    if index.file_name().is_some() {
        index.with_file_name(FILE)
    } else {
        // `.`, `..` and the root have no name to take away.
        index.join("..").join(FILE)
    }
}

/// What the user's file says. One that nobody asked for by name need not be there; `told` says so.
pub(super) fn aliases(context: &Context, told: bool) -> Result<Aliases> {
    let path = path(context);
    match Aliases::read(&path) {
        Err(Error::Io { source, .. })
            if context.aliases.is_none() && source.kind() == io::ErrorKind::NotFound =>
        {
            if told {
                output::note(&format!("there is no file of names: `{}`", path.display()));
            }
            Ok(Aliases::default())
        }
        read => read,
    }
}

/// The same without a word, for an index and a file that may have been asked for.
pub(super) fn aliases_of(index: &Path, asked: Option<&Path>) -> Result<Aliases> {
    match asked {
        Some(asked) => Aliases::read(asked),
        None => match Aliases::read(&beside(index)) {
            Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
                Ok(Aliases::default())
            }
            read => read,
        },
    }
}

/// Groups the names of an index that was written, so that the first question need not wait for it.
pub(super) fn prepare(context: &Context) {
    let table = Searcher::open(&context.index)
        .and_then(|searcher| Table::open(&searcher, &aliases(context, false)?));
    if let Err(error) = table {
        output::note(&format!("the names are not grouped yet: {error}"));
    }
}

/// Who is who in an index, opened when the first name is asked for. Clones share what was opened.
#[derive(Clone)]
pub(super) struct Naming<'a> {
    searcher: &'a Searcher,
    context: &'a Context,
    table: Option<Arc<Table>>,
    /// The table of all clones.
    shared: Arc<Mutex<Option<Arc<Table>>>>,
    /// What participants and places of meetings were found to be called.
    called: HashMap<Party, Party>,
}

impl<'a> Naming<'a> {
    pub(super) fn new(searcher: &'a Searcher, context: &'a Context) -> Self {
        Self {
            searcher,
            context,
            table: None,
            shared: Arc::default(),
            called: HashMap::new(),
        }
    }

    /// The table of names.
    pub(super) fn table(&mut self) -> Result<&Table> {
        if self.table.is_none() {
            // Whoever left in a panic left it whole.
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            if shared.is_none() {
                let aliases = aliases(self.context, false)?;
                *shared = Some(Arc::new(Table::open(self.searcher, &aliases)?));
            }
            self.table.clone_from(&shared);
        }
        self.table.as_deref().ok_or_else(|| Error::NoIndex {
            path: self.context.index.clone(),
        })
    }

    /// The index that is asked.
    pub(super) fn searcher(&self) -> &'a Searcher {
        self.searcher
    }

    /// What the program was told besides.
    pub(super) fn context(&self) -> &'a Context {
        self.context
    }

    /// Calls everybody in a telling by what their entities are called.
    pub(super) fn rename(&mut self, hit: &mut MeetingHit) -> Result<()> {
        let mut renamed = Vec::with_capacity(hit.participants.len());
        for party in &hit.participants {
            renamed.push(self.called(party)?);
        }
        let different: BTreeSet<&Party> = renamed.iter().collect();
        // Two names of one told as two people are not one by their names alone.
        if different.len() == renamed.len() {
            hit.called = renamed;
        }
        if let Some(place) = &hit.place {
            let place = Party {
                kind: PartyKind::Named(EntityKind::Place),
                name: place.clone(),
            };
            hit.place_called = Some(self.called(&place)?.name);
        }
        Ok(())
    }

    fn called(&mut self, party: &Party) -> Result<Party> {
        if let Some(called) = self.called.get(party) {
            return Ok(called.clone());
        }
        let called = self.table()?.called(party);
        self.called.insert(party.clone(), called.clone());
        Ok(called)
    }

    /// A query with its names taken for entities, and who they are.
    pub(super) fn query(&mut self, query: Query) -> Result<(Query, Vec<Understood>)> {
        let mut understood = Vec::new();
        if !has_names(&query) {
            return Ok((query, understood));
        }
        let query = self.table()?.resolve(query, &mut understood);
        Ok((query, understood))
    }

    /// The same for a question about meetings.
    pub(super) fn meetings(
        &mut self,
        query: MeetingQuery,
    ) -> Result<(MeetingQuery, Vec<Understood>)> {
        let mut understood = Vec::new();
        if query.parties.is_empty() && query.places.is_empty() {
            return Ok((query, understood));
        }
        let query = self.table()?.resolve_meetings(query, &mut understood);
        Ok((query, understood))
    }

    /// Says on standard error who was taken for each name, and what is near to one that is unknown.
    pub(super) fn tell(&self, understood: &[Understood]) -> Result<()> {
        for name in understood {
            output::note(&line(name, self.searcher)?);
        }
        Ok(())
    }

    /// What is said of the names that no article has.
    pub(super) fn unknown(&self, understood: &[Understood]) -> Result<Vec<String>> {
        let unknown = understood.iter().filter(|name| name.entities.is_empty());
        unknown.map(|name| line(name, self.searcher)).collect()
    }
}

fn has_names(query: &Query) -> bool {
    match query {
        Query::Name(_, NamePattern::Name(_)) | Query::Met(NamePattern::Name(_)) => true,
        Query::And(parts) | Query::Or(parts) | Query::Sentence(parts) => {
            parts.iter().any(has_names)
        }
        Query::Not(part) => has_names(part),
        _ => false,
    }
}

/// "Tusk: Donald Tusk (812), 2 more: Michał Tusk (3), Józef Tusk (1)".
fn line(name: &Understood, searcher: &Searcher) -> Result<String> {
    let asked = &name.asked;
    let counted = |(name, articles): &(String, u64)| format!("{name} ({articles})");
    let Some((first, more)) = name.entities.split_first() else {
        let kind = name.kind.map_or("name", EntityKind::name);
        let kinds = name
            .kind
            .as_ref()
            .map_or(EntityKind::ALL.as_slice(), std::slice::from_ref);
        let mut near: Vec<String> = Vec::new();
        for kind in kinds {
            let names = searcher.near_names(*kind, asked)?;
            near.extend(names.iter().map(|name| format!("`{name}`")));
        }
        near.truncate(NAMED);
        let near = match near.as_slice() {
            [] => String::new(),
            near => format!("; near it: {}", near.join(", ")),
        };
        let article = if name.kind.is_some() { "a" } else { "the" };
        return Ok(format!("no article has {article} {kind} `{asked}`{near}"));
    };
    let mut line = format!("{asked}: {}", counted(first));
    if !more.is_empty() {
        let named: Vec<String> = more.iter().take(NAMED).map(counted).collect();
        let rest = if more.len() > NAMED { ", …" } else { "" };
        let count = more.len().to_string();
        line.extend([", ", &count, " more: ", &named.join(", "), rest]);
    }
    Ok(line)
}
