//! The shapes of a graph, which [`crate::render::json`] describes.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::{ends, kind};
use crate::model::{self, Graph};
use crate::render::json::{day, write_row};

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    edges_of: &'static str,
    total: u64,
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge<'a, usize>>,
}

#[derive(Serialize)]
struct Node<'a> {
    name: &'a str,
    kind: &'static str,
    count: u64,
}

#[derive(Serialize)]
struct Edge<'a, End> {
    schema: &'static str,
    source: End,
    target: End,
    weight: u64,
    first: Option<String>,
    last: Option<String>,
    statuses: BTreeMap<&'static str, u64>,
    quote: &'a str,
    article: &'a str,
}

fn node(node: &model::Node) -> Node<'_> {
    Node {
        name: &node.party.name,
        kind: kind(&node.party),
        count: node.count,
    }
}

fn edge<End>(edge: &model::Edge, source: End, target: End) -> Edge<'_, End> {
    let statuses = edge.statuses.iter();
    Edge {
        schema: "kronika.edge/1",
        source,
        target,
        weight: edge.weight,
        first: day(edge.first),
        last: day(edge.last),
        statuses: statuses
            .map(|(status, count)| (status.name(), *count))
            .collect(),
        quote: &edge.quote.text,
        article: edge.quote.article.as_str(),
    }
}

pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let edges = graph.edges.iter();
    let shape = Shape {
        schema: "kronika.graph/1",
        edges_of: graph.kind.name(),
        total: graph.total,
        nodes: graph.nodes.iter().map(node).collect(),
        edges: edges.map(|one| edge(one, one.source, one.target)).collect(),
    };
    write_row(&shape, out)
}

pub(super) fn write_edges(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    for one in &graph.edges {
        if let Some([source, target]) = ends(graph, one) {
            write_row(&edge(one, node(source), node(target)), out)?;
        }
    }
    Ok(())
}
