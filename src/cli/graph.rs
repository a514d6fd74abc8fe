//! `kronika graph`.

use std::collections::BTreeMap;
use std::io::Write;

use clap::builder::PossibleValuesParser;

use super::conditions::Filters;
use super::naming::Naming;
use super::{Context, Exit, output};
use crate::Result;
use crate::annotate::{self, annotate};
use crate::graph::{self, DEFAULT_KINDS, Strength};
use crate::index::Searcher;
use crate::model::{ArticleId, EntityKind, Graph, MeetingStatus};
use crate::render::Style;
use crate::render::graph::{Format, write};

/// How many edges people are shown when they do not say.
const SHOWN: usize = 20;

const EXAMPLES: &str = "\
Examples:
  kronika graph                                the pairs that met most
  kronika graph --format gexf > g.gexf         all who met, with first and last day, for Gephi
  kronika graph --person Putin --status happened --format dot | neato -Tsvg > putin.svg
  kronika graph wojna --edges together --min-weight 3 --format graphml > wojna.graphml
  kronika graph --edges together --kinds person,place -n 100 --format csv

--edges met: one edge for each pair that takes part in a meeting of `met --merge`; its weight is the
number of their meetings. --person, --org, --place and days are those of the meeting; words, --event
and --met have to fit the article that tells of it. Those who are only described (\"delegacja MFW\")
have no edges without --groups.

--edges together: one edge for each pair that one article names; its weight is the number of such
articles. Persons and organizations, or the --kinds given. The words of an edge are read from its
earliest article, so a great graph takes time: --min-weight and -n leave out the weak edges.

Each edge has the first and last day that its meetings or articles may be of, and the words of the
earliest with the id of the article.";

/// Say who is joined with whom, for programs that draw.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The query, as for `query`.
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    #[command(flatten)]
    filters: Filters,
    /// What joins two names.
    #[arg(long, value_name = "WHAT", default_value = "met", value_parser = ["met", "together"])]
    edges: String,
    /// Whether they met, for `met`; one of several with commas.
    #[arg(long, value_name = "STATUS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(MeetingStatus::ALL.map(MeetingStatus::name)))]
    status: Vec<String>,
    /// What the names have to be names of, with commas.
    #[arg(long, value_name = "KINDS", value_delimiter = ',',
          value_parser = PossibleValuesParser::new(EntityKind::ALL.map(EntityKind::name)))]
    kinds: Vec<String>,
    /// Also those who are only described, for `met`.
    #[arg(long)]
    groups: bool,
    /// Only edges of this weight or more.
    #[arg(long, value_name = "N", default_value_t = 1)]
    min_weight: u64,
    /// At most so many edges, the heaviest; without it 20 for people, all for programs.
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Short for `--format json`.
    #[arg(long, group = "short_format")]
    json: bool,
    /// Short for `--format ndjson`: one edge a line.
    #[arg(long, group = "short_format")]
    nl: bool,
    /// Short for `--format csv`.
    #[arg(long, group = "short_format")]
    csv: bool,
    /// Begin CSV with a byte order mark, for Excel.
    #[arg(long)]
    bom: bool,
}

impl Arguments {
    fn format(&self) -> Format {
        match (self.json, self.nl, self.csv) {
            (true, ..) => Format::Json,
            (_, true, _) => Format::Ndjson,
            (.., true) => Format::Csv,
            _ => self.format,
        }
    }

    fn strength(&self) -> Strength {
        let shown = (self.format() == Format::Text).then_some(SHOWN);
        Strength {
            least: self.min_weight,
            most: self.limit.or(shown),
        }
    }

    fn kinds(&self, default: &[EntityKind]) -> Vec<EntityKind> {
        if self.kinds.is_empty() {
            return default.to_vec();
        }
        let kinds = self.kinds.iter();
        kinds
            .filter_map(|name| EntityKind::from_name(name))
            .collect()
    }

    fn met(&self, words: &str, naming: &mut Naming<'_>) -> Result<Graph> {
        let statuses = self.status.iter();
        let statuses: Vec<_> = statuses
            .filter_map(|name| MeetingStatus::from_name(name))
            .collect();
        let meetings = self.filters.meetings(words, &statuses, naming, |_| ())?;
        let kinds = self.kinds(&EntityKind::ALL);
        let is_wanted = |party: &_| graph::is_wanted(party, &kinds, self.groups);
        Ok(graph::met(&meetings, is_wanted, self.strength()))
    }

    fn together(&self, words: &str, naming: &mut Naming<'_>) -> Result<Graph> {
        if self.groups || !self.status.is_empty() {
            return Err(output::usage(
                if self.groups { "--groups" } else { "--status" },
                "only meetings have it",
                "take --edges met",
            ));
        }
        let query = self.filters.query(words, naming.context())?;
        let (query, understood) = naming.query(query)?;
        naming.tell(&understood)?;
        let kinds = self.kinds(&DEFAULT_KINDS);
        let occurrences = naming.searcher().occurrences(&query, &kinds)?;
        let occurrences = naming.table()?.called_in(occurrences);
        let mut graph = graph::together(&occurrences, self.strength());
        add_quotes(&mut graph, naming)?;
        Ok(graph)
    }
}

/// Reads each article that an edge quotes once, and takes the words of all its edges from it.
fn add_quotes(graph: &mut Graph, naming: &mut Naming<'_>) -> Result<()> {
    let searcher = naming.searcher();
    let table = naming.table()?;
    let mut edges_of: BTreeMap<ArticleId, Vec<usize>> = BTreeMap::new();
    for (index, edge) in (0..).zip(&graph.edges) {
        let edges = edges_of.entry(edge.quote.article.clone()).or_default();
        edges.push(index);
    }
    for (id, edges) in edges_of {
        let Some(article) = searcher.article(id.as_str())? else {
            continue;
        };
        let mut document = annotate(article, annotate::Options::default());
        for entity in &mut document.entities {
            if let Some(owner) = table.owner(entity.kind, &entity.name) {
                entity.name = owner.name;
            }
        }
        for edge in edges {
            let Some(edge) = graph.edges.get_mut(edge) else {
                continue;
            };
            let ends = (graph.nodes.get(edge.source), graph.nodes.get(edge.target));
            if let (Some(source), Some(target)) = ends {
                edge.quote.text = graph::quote(&document, &source.party, &target.party);
            }
        }
    }
    Ok(())
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let words = arguments.words.join(" ");
    let searcher = Searcher::open(&context.index)?;
    let mut naming = Naming::new(&searcher, context);
    let graph = match arguments.edges.as_str() {
        "together" => arguments.together(&words, &mut naming)?,
        _ => arguments.met(&words, &mut naming)?,
    };
    let style = Style {
        colour: context.colour.on_stdout(),
        width: output::width(),
    };
    let mut out = output::stdout();
    write(&graph, arguments.format(), style, arguments.bom, &mut out).map_err(output::failed)?;
    out.flush().map_err(output::failed)?;
    Ok(Exit::Done)
}
