//! What a shell offers while a command is typed: verbs, flags and values, and names out of the
//! index. A shell asks with `KRONIKA_COMPLETE=SHELL kronika -- …`; nothing is ever told but offers.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Arg, Command, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};

use super::{naming, output, shells};
use crate::Result;
use crate::entities::Table;
use crate::index::Searcher;
use crate::model::EntityKind;
use crate::render::safe::harmless_line;

/// How many names or ids are offered.
const MOST: usize = 100;

/// What an argument takes.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    Names(&'static [EntityKind]),
    Ids,
}

/// Where names are looked up.
#[derive(Debug, Clone)]
struct Place {
    index: PathBuf,
    aliases: Option<PathBuf>,
}

/// Answers a shell that asks what could be typed next; `false` where none asks.
pub fn complete(arguments: impl Iterator<Item = OsString>) -> bool {
    let Some(shell) = env::var_os(shells::VARIABLE).filter(|shell| !shell.is_empty()) else {
        return false;
    };
    let arguments = arguments.skip_while(|word| word != "--").skip(1).collect();
    // A shell that asks while somebody types has no use for an error, nor for half an answer.
    if let Some(answer) = shells::answer(&shell, arguments, command) {
        let mut out = output::stdout();
        let _ = out.write_all(&answer).and_then(|()| out.flush());
    }
    true
}

/// The command line, with offers for these words of it.
fn command(words: &[OsString]) -> Command {
    let place = Place {
        index: option(words, "--index", Some("-i"))
            .or_else(|| env::var_os("KRONIKA_INDEX"))
            .map_or_else(|| PathBuf::from("index"), |path| at_home(&path)),
        aliases: option(words, "--aliases", None)
            .or_else(|| env::var_os("KRONIKA_ALIASES"))
            .map(|path| at_home(&path)),
    };
    offering(super::Arguments::command(), &place)
}

/// The value of a flag among words, the last where there are more.
fn option(words: &[OsString], long: &str, short: Option<&str>) -> Option<OsString> {
    // What stands behind the last word is still being typed.
    let (_, words) = words.split_last()?;
    let mut found = None;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let text = word.to_str().unwrap_or_default();
        if text == long || Some(text) == short {
            found = words.next().cloned();
        } else if let Some(value) = text.strip_prefix(long).and_then(|it| it.strip_prefix('=')) {
            found = Some(value.into());
        } else if let Some(value) = short.and_then(|short| text.strip_prefix(short)) {
            found = Some(value.strip_prefix('=').unwrap_or(value).into());
        }
    }
    found
}

/// A path as the shell would have it: `~/` is the home of the user.
fn at_home(path: &OsStr) -> PathBuf {
    let path = Path::new(path);
    match (path.strip_prefix("~"), env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path.to_owned(),
    }
}

/// The same for each argument that takes a name or an id.
fn offering(command: Command, place: &Place) -> Command {
    let verb = command.get_name().to_owned();
    let command = command.mut_args(|arg| match wanted(&verb, &arg) {
        None => arg,
        Some(wanted) => {
            let place = place.clone();
            arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
                let typed = typed.to_str().unwrap_or_default();
                offers(&place, wanted, typed).unwrap_or_default()
            }))
        }
    });
    command.mut_subcommands(|part| offering(part, place))
}

fn wanted(verb: &str, arg: &Arg) -> Option<Wanted> {
    use EntityKind::{Organization, Person, Place};
    Some(Wanted::Names(match (verb, arg.get_id().as_str()) {
        (_, "person") => &[Person],
        (_, "org") => &[Organization],
        (_, "place") => &[Place],
        (_, "met") | ("met", "names") => &[Person, Organization],
        ("entities", "names" | "with") | ("merge" | "split", "name" | "forms") => &EntityKind::ALL,
        ("show", "id") => return Some(Wanted::Ids),
        _ => return None,
    }))
}

fn offers(place: &Place, wanted: Wanted, typed: &str) -> Result<Vec<CompletionCandidate>> {
    let searcher = Searcher::open(&place.index)?;
    let mut found = match wanted {
        Wanted::Names(kinds) => names(&searcher, place, kinds, typed)?,
        Wanted::Ids => searcher
            .ids_beginning(typed, MOST)?
            .into_iter()
            .map(|id| (id, None))
            .collect(),
    };
    // A name out of a stranger's article must not speak to the terminal, nor pass for two.
    found.retain(|(name, _)| !name.contains('\n') && harmless_line(name) == *name);
    Ok(found
        .into_iter()
        .map(|(name, articles)| {
            let help = articles.map(|articles| match articles {
                1 => "1 article".into(),
                _ => format!("{articles} articles").into(),
            });
            CompletionCandidate::new(name).help(help)
        })
        .collect())
}

/// Names that may be meant, those of most articles first.
fn names(
    searcher: &Searcher,
    place: &Place,
    kinds: &[EntityKind],
    typed: &str,
) -> Result<Vec<(String, Option<u64>)>> {
    let aliases = naming::aliases_of(&place.index, place.aliases.as_deref());
    let table = aliases
        .ok()
        .and_then(|aliases| Table::kept_beside(searcher, &aliases));
    let mut found: Vec<(String, u64)> = Vec::new();
    for kind in kinds {
        let mut more = table
            .as_ref()
            .map_or_else(Vec::new, |table| table.names_beginning(*kind, typed, MOST));
        if more.is_empty() {
            more = searcher.names_beginning(*kind, typed, MOST)?;
        }
        for (name, articles) in more {
            if found.iter().all(|(known, _)| *known != name) {
                found.push((name, articles));
            }
        }
    }
    // The sort is stable: ties stay in the order of kinds and names.
    found.sort_by_key(|(_, articles)| std::cmp::Reverse(*articles));
    found.truncate(MOST);
    let found = found.into_iter();
    Ok(found
        .map(|(name, articles)| (name, Some(articles)))
        .collect())
}
