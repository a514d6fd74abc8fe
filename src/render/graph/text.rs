//! The heaviest edges for people.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::{ends, statuses};
use crate::model::{Edge, Graph};
use crate::render::Style;
use crate::render::safe::harmless_line;
use crate::render::text::{DATE, DIM, TITLE, painted, write_wrapped};

pub(super) fn write(graph: &Graph, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut edges: Vec<&Edge> = graph.edges.iter().collect();
    edges.sort_by_key(|edge| (Reverse(edge.weight), edge.source, edge.target));
    for edge in &edges {
        let Some([source, target]) = ends(graph, edge) else {
            continue;
        };
        let names = format!(
            "{} — {}",
            harmless_line(&source.party.name),
            harmless_line(&target.party.name)
        );
        let names = painted(&names, TITLE, style);
        let weight = painted(&format!("{:>5}", edge.weight), DATE, style);
        let days = match (edge.first, edge.last) {
            (Some(first), Some(last)) if first == last => first.to_string(),
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "undated".to_owned(),
        };
        let statuses = statuses(edge);
        let gap = if statuses.is_empty() { "" } else { " · " };
        let facts = painted(&format!("{days}{gap}{statuses}"), DIM, style);
        writeln!(out, "{weight}  {names}  {facts}")?;
        let quote: Vec<_> = edge
            .quote
            .text
            .chars()
            .map(|letter| (letter, false))
            .collect();
        write_wrapped(&quote, style, out)?;
    }
    let gap = if edges.is_empty() { "" } else { "\n" };
    let (shown, total) = (edges.len(), graph.total);
    writeln!(
        out,
        "{gap}{shown} of {total} pairs, weighed by {}",
        graph.kind.counted()
    )
}
