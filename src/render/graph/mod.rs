//! Graphs for programs that draw and count, and a list of the heaviest edges for people.

mod dot;
mod json;
mod text;
mod xml;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use super::Style;
use super::table::write_row;
use crate::model::{Edge, Graph, MeetingStatus, Node, Party, PartyKind};

/// How a graph is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// GEXF 1.3, dynamic: each edge lasts from its first to its last day.
    Gexf,
    /// `GraphML`.
    Graphml,
    /// The language of Graphviz.
    Dot,
    /// RFC 4180, one edge a row.
    Csv,
    /// One JSON object.
    Json,
    /// One edge a line.
    Ndjson,
}

/// Writes a graph.
pub fn write(
    graph: &Graph,
    format: Format,
    style: Style,
    bom: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(graph, style, out),
        Format::Gexf => xml::write_gexf(graph, out),
        Format::Graphml => xml::write_graphml(graph, out),
        Format::Dot => dot::write(graph, out),
        Format::Csv => write_csv(graph, bom, out),
        Format::Json => json::write(graph, out),
        Format::Ndjson => json::write_edges(graph, out),
    }
}

/// The name of a node's index in formats where it is a name.
fn id(index: usize) -> String {
    format!("n{index}")
}

/// An edge with its two nodes.
fn ends<'a>(graph: &'a Graph, edge: &Edge) -> Option<[&'a Node; 2]> {
    Some([graph.nodes.get(edge.source)?, graph.nodes.get(edge.target)?])
}

/// What sort of node, as output names it.
fn kind(party: &Party) -> &'static str {
    let kind: PartyKind = party.kind;
    kind.name()
}

fn status_count(edge: &Edge, status: MeetingStatus) -> u64 {
    edge.statuses.get(&status).copied().unwrap_or_default()
}

/// `happened 2, planned 1`.
fn statuses(edge: &Edge) -> String {
    let counts = edge.statuses.iter();
    let counts = counts.map(|(status, count)| format!("{} {count}", status.name()));
    counts.collect::<Vec<_>>().join(", ")
}

fn write_csv(graph: &Graph, bom: bool, out: &mut dyn Write) -> io::Result<()> {
    if bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let format = super::Format::Csv;
    let mut head: Vec<String> = ["source", "source_kind", "target", "target_kind", "weight"]
        .into_iter()
        .chain(["first", "last"])
        .chain(MeetingStatus::ALL.map(MeetingStatus::name))
        .map(str::to_owned)
        .collect();
    head.extend(["quote".to_owned(), "article".to_owned()]);
    write_row(&head, format, out)?;
    for edge in &graph.edges {
        let Some(nodes) = ends(graph, edge) else {
            continue;
        };
        let mut cells = Vec::with_capacity(head.len());
        for node in nodes {
            cells.extend([node.party.name.clone(), kind(&node.party).to_owned()]);
        }
        cells.push(edge.weight.to_string());
        cells.extend([edge.first, edge.last].map(|day| super::json::day(day).unwrap_or_default()));
        cells.extend(MeetingStatus::ALL.map(|status| status_count(edge, status).to_string()));
        cells.extend([edge.quote.text.clone(), edge.quote.article.to_string()]);
        write_row(&cells, format, out)?;
    }
    Ok(())
}
