//! `kronika entities`.

use std::collections::BTreeSet;

use clap::builder::PossibleValuesParser;

use super::conditions::{Filters, name_pattern};
use super::list::{ListArguments, style};
use super::naming::Naming;
use super::{Context, Exit};
use crate::Result;
use crate::entities::{Number, Numbered, spikes};
use crate::index::Searcher;
use crate::model::{Doubt, EntityKind, EntityRow, NamePattern, Query, Spike, Understood};

/// How many companions an entity has that was asked for by name.
const COMPANIONS: usize = 5;

const EXAMPLES: &str = "\
Examples:
  kronika entities                             who and what the articles name most
  kronika entities Tusk                        everybody of this name, with his forms and company
  kronika entities Łuk --kind person           persons with a name that begins so
  kronika entities --with Putin --since 2023-02 --until 2023-02 --kind person
  kronika entities --unsure --csv > doubts.csv names that may be one, or may not
  kronika entities --spikes --kind person      days when somebody is far more in the news

Names of one entity are joined when the question is asked: by spelling, script, translation, acronym,
initials, and by your own file of names (see `kronika alias`). Where that is a guess, or was not
dared, --unsure tells so with the reason; `kronika alias suggest` turns it into entries for review.

An entity that is asked for by NAME is taken in any form of it; `NAME*`, or a NAME that nothing has,
asks for a beginning. Counts are numbers of articles: of those that fit the conditions, else of all.

A day stands out (--spikes) when at least 3 articles of it have the name and that is 4 standard
deviations or more above what its share in all articles makes likely; days in a row are one spike.";

/// List who and what the articles name.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Only those of these names; without it all.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Only in articles that name this one as well.
    #[arg(long, value_name = "NAME", alias = "z")]
    with: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// What they have to be, with commas.
    #[arg(long, value_name = "KIND", alias = "rodzaj", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(EntityKind::ALL.map(EntityKind::name)))]
    kind: Vec<String>,
    /// So many of those that stand in the same articles; without it 5 where a NAME is given, else 0.
    #[arg(long, value_name = "N")]
    companions: Option<usize>,
    /// List pairs of names of which it is not sure that they are one.
    #[arg(long, conflicts_with_all = ["spikes", "companions", "with"])]
    unsure: bool,
    /// List days on which a name stands in far more articles than usual.
    #[arg(long, conflicts_with = "companions")]
    spikes: bool,
    #[command(flatten)]
    list: ListArguments,
}

/// The names of a question, found in the table.
struct Wanted {
    /// What they have to be.
    kinds: Vec<EntityKind>,
    /// Who is asked for by name; none where everybody is.
    numbers: Option<BTreeSet<Number>>,
    /// The question that articles have to fit.
    query: Query,
    /// Who was asked for with `--with`, and is not listed.
    company: BTreeSet<Number>,
    understood: Vec<Understood>,
}

impl Arguments {
    fn kinds(&self) -> Vec<EntityKind> {
        if self.kind.is_empty() {
            return EntityKind::ALL.to_vec();
        }
        let kinds = self.kind.iter();
        kinds
            .filter_map(|name| EntityKind::from_name(name))
            .collect()
    }

    fn wanted(&self, naming: &mut Naming<'_>) -> Result<Wanted> {
        let kinds = self.kinds();
        let query = self.filters.query("", naming.context())?;
        let (query, mut understood) = naming.query(query)?;
        let mut parts = vec![query];
        let mut company = BTreeSet::new();
        for name in &self.with {
            let pattern = name_pattern(name)?;
            let table = naming.table()?;
            company.extend(table.named(&EntityKind::ALL, &pattern));
            parts.push(table.anybody(pattern, &mut understood));
        }
        parts.retain(|part| *part != Query::All);
        let query = match parts.len() {
            0 => Query::All,
            1 => parts.swap_remove(0),
            _ => Query::And(parts),
        };
        let mut numbers = None;
        for name in &self.names {
            let found = naming.table()?.named(&kinds, &name_pattern(name)?);
            if found.is_empty() {
                understood.push(Understood {
                    kind: kinds.first().copied().filter(|_| kinds.len() == 1),
                    asked: name.clone(),
                    entities: Vec::new(),
                });
            }
            numbers.get_or_insert_with(BTreeSet::new).extend(found);
        }
        naming.tell(&understood)?;
        Ok(Wanted {
            kinds,
            numbers,
            query,
            company,
            understood,
        })
    }
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    arguments.list.format()?;
    let searcher = Searcher::open(&context.index)?;
    let mut naming = Naming::new(&searcher, context);
    let wanted = arguments.wanted(&mut naming)?;
    if arguments.unsure {
        let doubts = doubts(&wanted, &mut naming)?;
        let (total, doubts) = (doubts.len(), arguments.list.shown(doubts));
        return arguments
            .list
            .print(&doubts, Some(total), &wanted.understood, style(context));
    }
    if arguments.spikes {
        let spikes = high_days(&wanted, &mut naming)?;
        let (total, spikes) = (spikes.len(), arguments.list.shown(spikes));
        return arguments
            .list
            .print(&spikes, Some(total), &wanted.understood, style(context));
    }
    let (total, rows) = rows(arguments, &wanted, &mut naming)?;
    let rows: Vec<EntityRow> = rows.into_iter().map(|(_, row)| row).collect();
    arguments
        .list
        .print(&rows, Some(total), &wanted.understood, style(context))
}

/// How many entities there are, and those that are shown.
fn rows(
    arguments: &Arguments,
    wanted: &Wanted,
    naming: &mut Naming<'_>,
) -> Result<(usize, Vec<Numbered>)> {
    let searcher = naming.searcher();
    let table = naming.table()?;
    let occurrences = match wanted.query {
        Query::All => None,
        _ => Some(searcher.occurrences(&wanted.query, &EntityKind::ALL)?),
    };
    let mut rows = match &occurrences {
        Some(occurrences) => table.rows_in(&wanted.kinds, occurrences),
        None => table.rows(&wanted.kinds),
    };
    rows.retain(|(number, _)| !wanted.company.contains(number));
    if let Some(numbers) = &wanted.numbers {
        rows.retain(|(number, _)| numbers.contains(number));
    }
    let (total, mut rows) = (rows.len(), arguments.list.shown(rows));
    let default = wanted.numbers.as_ref().map_or(0, |_| COMPANIONS);
    let companions = arguments.companions.unwrap_or(default);
    if companions > 0 && !rows.is_empty() {
        let occurrences = if let Some(occurrences) = occurrences {
            occurrences
        } else {
            let numbers = rows.iter().map(|(number, _)| *number);
            let chosen = NamePattern::Chosen(table.chosen("", numbers));
            let query = Query::Name(EntityKind::Person, chosen);
            searcher.occurrences(&query, &EntityKind::ALL)?
        };
        table.add_companions(&mut rows, &occurrences, companions);
    }
    Ok((total, rows))
}

/// Pairs of names of the entities that are wanted, those of most articles first.
fn doubts(wanted: &Wanted, naming: &mut Naming<'_>) -> Result<Vec<Doubt>> {
    let table = naming.table()?;
    let is_wanted = |doubt: &Doubt| {
        let named = |name: &str| {
            let owner = table.number_of_owner(doubt.kind, name);
            match (&wanted.numbers, owner) {
                (Some(numbers), Some(owner)) => numbers.contains(&owner),
                (numbers, _) => numbers.is_none(),
            }
        };
        wanted.kinds.contains(&doubt.kind) && (named(&doubt.name.0) || named(&doubt.other.0))
    };
    Ok(table.doubts().filter(is_wanted).collect())
}

/// Days on which one of those that are wanted stands out.
fn high_days(wanted: &Wanted, naming: &mut Naming<'_>) -> Result<Vec<Spike>> {
    let searcher = naming.searcher();
    let table = naming.table()?;
    let occurrences = searcher.occurrences(&wanted.query, &EntityKind::ALL)?;
    let names: Option<BTreeSet<(EntityKind, String)>> = wanted.numbers.as_ref().map(|numbers| {
        let entities = numbers.iter().filter_map(|number| table.entity(*number));
        entities.map(|entity| (entity.kind, entity.name)).collect()
    });
    let mut found = spikes(&table.called_in(occurrences));
    found.retain(|spike| {
        let is_named = |names: &BTreeSet<(EntityKind, String)>| {
            names.contains(&(spike.kind, spike.name.clone()))
        };
        wanted.kinds.contains(&spike.kind) && names.as_ref().is_none_or(is_named)
    });
    Ok(found)
}
