//! DOT, for Graphviz.

use std::io::{self, Write};

use super::{id, kind, statuses};
use crate::model::Graph;
use crate::render::safe::harmless_line;

/// A quoted string. `\` and `&` begin escapes of Graphviz's labels, so both are escaped.
fn quoted(text: &str) -> String {
    let text = harmless_line(text)
        .replace('\\', r"\\")
        .replace('"', "\\\"")
        .replace('&', "&amp;");
    format!("\"{text}\"")
}

pub(super) fn write(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "graph {} {{", graph.kind.name())?;
    for (index, node) in graph.nodes.iter().enumerate() {
        let (name, kind) = (quoted(&node.party.name), quoted(kind(&node.party)));
        let count = node.count;
        writeln!(
            out,
            "  {} [label={name}, kind={kind}, count={count}];",
            id(index)
        )?;
    }
    for edge in &graph.edges {
        write!(out, "  {} -- {} [", id(edge.source), id(edge.target))?;
        write!(out, "weight={}", edge.weight)?;
        for (name, day) in [("first", edge.first), ("last", edge.last)] {
            if let Some(day) = day {
                write!(out, ", {name}=\"{day}\"")?;
            }
        }
        if !edge.statuses.is_empty() {
            write!(out, ", statuses={}", quoted(&statuses(edge)))?;
        }
        let (quote, article) = (
            quoted(&edge.quote.text),
            quoted(edge.quote.article.as_str()),
        );
        writeln!(out, ", tooltip={quote}, article={article}];")?;
    }
    writeln!(out, "}}")
}
