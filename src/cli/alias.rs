//! `kronika alias`.

use clap::builder::PossibleValuesParser;

use super::{Context, Exit, naming, output};
use crate::aliases::{AliasFile, Aliases, Settle, Wish};
use crate::entities::Table;
use crate::index::Searcher;
use crate::model::{Alias, AliasChange, AliasFinding, AliasRule, AliasTrouble, Doubt, EntityKind};
use crate::render::Format;
use crate::render::aliases::{self as pages, Check, Edit};
use crate::{Error, Result};

/// How many near names are shown for one that is unknown.
const MOST_NEAR: usize = 3;

const EXAMPLES: &str = "\
Examples:
  kronika alias merge 'Alaksandr Łukaszenka' 'Aleksander Łukaszenko' 'Alexander Lukashenko'
  kronika alias split 'Alaksandr Łukaszenka' 'Alexander Lukashenko'   undoes that merge
  kronika alias split 'Jan Kowalski' 'Jan Kowalski junior'    keeps the two apart
  kronika alias list
  kronika alias suggest                names that may be one, as entries for review
  kronika alias check                  contradictions, and names that no article has

The file is yours, to be edited by hand and kept under version control:

  [[merge]]                            all of them are one, and are called by the name
  name = \"Alaksandr Łukaszenka\"
  forms = [\"Aleksander Łukaszenko\", \"Alexander Lukashenko\"]
  kind = \"person\"                      or organization, place, event, product; else every kind
  comment = \"why\"                      kind and comment may be left out of every entry

  [[split]]                            never joined with one of these
  name = \"Jan Kowalski\"
  from = [\"Jan Kowalski junior\"]

  [[rename]]                           called otherwise
  name = \"Bank Pekao\"
  to = \"Pekao SA\"

  [[drop]]                             the name of nothing
  name = \"Reklama\"

Names stand as the index has them; case and diacritics count. It is the file aliases.toml beside
the folder of the index, unless --aliases names another.";

/// List, check and change the user's own file of names.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, clap::Subcommand)]
enum Verb {
    /// Print the entries.
    List(List),
    /// Look for contradictions, and for names that no article of the index has.
    Check(CheckArguments),
    /// Print entries that would settle what is not sure, for review.
    Suggest(Suggest),
    /// Say that names are of one entity, which is called NAME.
    Merge(EditArguments),
    /// Undo a merge, or keep names apart that are not merged by the file.
    Split(EditArguments),
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kronika alias list --kind person
  kronika alias list --json | jq '.aliases[].name'")]
struct List {
    /// Only what is said of names of this kind.
    #[arg(long, value_name = "KIND",
          value_parser = PossibleValuesParser::new(EntityKind::ALL.map(EntityKind::name)))]
    kind: Option<String>,
    #[command(flatten)]
    format: output::FormatArguments,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Contradictions are errors, and the exit code is 2. Names that no article has are only told: they do
nothing, or nothing yet. Without an index no names are looked up.

Examples:
  kronika alias check
  kronika alias check --aliases team.toml --json | jq '.findings[].name'")]
struct CheckArguments {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
What is suggested is not true for that: read it, take out what is wrong, then add the rest to the
file. Each entry tells its evidence. What the file says already is not suggested again.

Examples:
  kronika alias suggest --kind person              names that may be one, but were left apart
  kronika alias suggest --splits                   names that were joined on a guess
  kronika alias suggest -n 100 > review.toml       edit it, then: cat review.toml >> aliases.toml")]
struct Suggest {
    /// Only names of this kind.
    #[arg(long, value_name = "KIND",
          value_parser = PossibleValuesParser::new(EntityKind::ALL.map(EntityKind::name)))]
    kind: Option<String>,
    /// What would part names that were joined on a guess, instead of joining those left apart.
    #[arg(long)]
    splits: bool,
    /// At most so many entries.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
#[command(after_help = "\
The rest of the file, its comments and its order stay as they are. What would contradict another
entry is refused. `merge` of names that the file keeps apart ends that as well.

Examples:
  kronika alias merge 'Donald Tusk' 'D. Tusk' --kind person --comment 'as he signs'
  kronika alias split 'Donald Tusk' 'D. Tusk' --dry-run")]
struct EditArguments {
    /// The name that the others are merged into, or parted from.
    name: String,
    /// The other names.
    #[arg(required = true, value_name = "FORM")]
    forms: Vec<String>,
    /// Only as names of this kind.
    #[arg(long, value_name = "KIND",
          value_parser = PossibleValuesParser::new(EntityKind::ALL.map(EntityKind::name)))]
    kind: Option<String>,
    /// Why, for whoever reads the file.
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    /// Print what would change as a diff, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    match &arguments.verb {
        Verb::List(list) => run_list(list, context),
        Verb::Check(check) => run_check(check, context),
        Verb::Suggest(suggest) => run_suggest(suggest, context),
        Verb::Merge(edit) => run_edit(edit, context, AliasFile::merge),
        Verb::Split(edit) => run_edit(edit, context, AliasFile::split),
    }
}

fn run_list(arguments: &List, context: &Context) -> Result<Exit> {
    let format = arguments.format.format();
    if matches!(format, Format::Ids | Format::Paths) {
        return Err(output::usage(
            "--format",
            "aliases can be printed as text, json, ndjson, csv or tsv",
            "take --json",
        ));
    }
    let aliases = naming::aliases(context, true)?;
    let kind = arguments.kind.as_deref().and_then(EntityKind::from_name);
    let is_wanted = |alias: &&Alias| kind.is_none_or(|kind| alias.kinds().contains(&kind));
    let entries: Vec<&Alias> = aliases.entries().iter().filter(is_wanted).collect();
    let mut page = Vec::new();
    pages::write_list(&naming::path(context), &entries, format, &mut page)
        .map_err(output::failed)?;
    output::write(&page)?;
    Ok(Exit::Done)
}

fn run_check(arguments: &CheckArguments, context: &Context) -> Result<Exit> {
    let path = naming::path(context);
    let (aliases, mistakes) = match naming::aliases(context, true) {
        Ok(aliases) => (aliases, Vec::new()),
        Err(Error::Aliases { mistakes, .. }) if arguments.json => (Aliases::default(), mistakes),
        Err(error) => return Err(error),
    };
    let searcher = match Searcher::open(&context.index) {
        Ok(searcher) => Some(searcher),
        Err(Error::NoIndex { path }) => {
            let path = path.display();
            output::note(&format!(
                "no index here, so no name was looked up: `{path}`"
            ));
            None
        }
        Err(error) => return Err(error),
    };
    let findings = match &searcher {
        Some(searcher) => findings(&aliases, searcher)?,
        None => Vec::new(),
    };
    let check = Check {
        file: &path,
        aliases: aliases.entries().len(),
        mistakes: &mistakes,
        index: searcher.as_ref().map(Searcher::path),
        findings: &findings,
    };
    let mut page = Vec::new();
    if arguments.json {
        pages::write_check_json(&check, &mut page)
    } else {
        pages::write_check_text(&check, &mut page)
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    Ok(if mistakes.is_empty() {
        Exit::Done
    } else {
        Exit::Usage
    })
}

/// Where the file and the index do not fit, in the order of the file.
fn findings(aliases: &Aliases, searcher: &Searcher) -> Result<Vec<AliasFinding>> {
    let mut findings = Vec::new();
    for alias in aliases.entries() {
        let mut add = |name: &str, trouble| {
            findings.push(AliasFinding {
                line: alias.line,
                kind: alias.kind,
                name: name.to_owned(),
                trouble,
            });
        };
        let others = match &alias.rule {
            AliasRule::Rename(title) => {
                if is_known(title, alias.kinds(), searcher)? {
                    add(title, AliasTrouble::Taken);
                }
                &[]
            }
            rule => rule.others(),
        };
        for name in std::iter::once(&alias.name).chain(others) {
            if !is_known(name, alias.kinds(), searcher)? {
                add(name, AliasTrouble::Unknown(near(name, alias, searcher)?));
            }
        }
    }
    Ok(findings)
}

fn is_known(name: &str, kinds: &[EntityKind], searcher: &Searcher) -> Result<bool> {
    for kind in kinds {
        if searcher.has_name(*kind, name)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same name of other kinds, then names of the entry's kinds that are like it.
fn near(name: &str, alias: &Alias, searcher: &Searcher) -> Result<Vec<(EntityKind, String)>> {
    let mut near = Vec::new();
    for kind in EntityKind::ALL {
        if !alias.kinds().contains(&kind) && searcher.has_name(kind, name)? {
            near.push((kind, name.to_owned()));
        }
    }
    for kind in alias.kinds() {
        let names = searcher.near_names(*kind, name)?;
        near.extend(names.into_iter().map(|name| (*kind, name)));
    }
    near.truncate(MOST_NEAR);
    Ok(near)
}

fn run_suggest(arguments: &Suggest, context: &Context) -> Result<Exit> {
    let searcher = Searcher::open(&context.index)?;
    let path = naming::path(context);
    let aliases = naming::aliases(context, false)?;
    let table = Table::open(&searcher, &aliases)?;
    let kind = arguments.kind.as_deref().and_then(EntityKind::from_name);
    let doubts: Vec<Doubt> = table
        .doubts()
        .filter(|doubt| kind.is_none_or(|kind| doubt.kind == kind))
        .collect();
    let settle = if arguments.splits {
        Settle::Split
    } else {
        Settle::Merge
    };
    let title = |kind, name: &str| {
        table
            .owner(kind, name)
            .map_or_else(|| name.to_owned(), |entity| entity.name)
    };
    let suggestions = AliasFile::open(&path)?.suggest(&doubts, settle, &title, arguments.limit);
    let mut page = Vec::new();
    if arguments.json {
        pages::write_suggestions_json(&path, &suggestions, &mut page)
    } else {
        pages::write_suggestions(&suggestions, &mut page)
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    if suggestions.is_empty() {
        output::note("nothing to suggest");
    }
    Ok(Exit::Done)
}

/// What an edit is.
type Change = fn(&mut AliasFile, &Wish) -> Result<Vec<AliasChange>>;

fn run_edit(arguments: &EditArguments, context: &Context, change: Change) -> Result<Exit> {
    let path = naming::path(context);
    let mut edited = AliasFile::open(&path)?;
    let before = edited.text().to_owned();
    let changes = change(
        &mut edited,
        &Wish {
            name: arguments.name.clone(),
            forms: arguments.forms.clone(),
            kind: arguments.kind.as_deref().and_then(EntityKind::from_name),
            comment: arguments.comment.clone(),
        },
    )?;
    if !arguments.dry_run {
        edited.save()?;
    }
    let edit = Edit {
        file: &path,
        changes: &changes,
        before: &before,
        after: edited.text(),
        written: !arguments.dry_run && edited.text() != before,
    };
    let mut page = Vec::new();
    if arguments.json {
        pages::write_edit_json(&edit, &mut page)
    } else if arguments.dry_run {
        pages::write_diff(&edit, &mut page)
    } else {
        pages::write_changes(&changes, &mut page)
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    if !arguments.json {
        add_notes(&edit, arguments.dry_run);
    }
    Ok(Exit::Done)
}

/// What a person may want to know besides.
fn add_notes(edit: &Edit, dry_run: bool) {
    let is_undone = |change: &AliasChange| matches!(change, AliasChange::Unmerged(..));
    if dry_run {
        output::note("nothing was written");
    } else if edit.changes.iter().any(is_undone) {
        output::note("say it once more to keep them apart for good");
    }
}
