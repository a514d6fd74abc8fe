//! GEXF and `GraphML`.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{id, kind, status_count};
use crate::model::{Edge, Graph, MeetingStatus, Node};
use crate::render::safe::harmless_line;

const GEXF: &str = "http://gexf.net/1.3";
const GRAPHML: &str = "http://graphml.graphdrawing.org/xmlns";

type Xml<'w> = Writer<&'w mut dyn Write>;

/// Text on one line with only characters that XML may hold; others become `�`.
fn tame(text: &str) -> String {
    harmless_line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// A further value of a node or edge: its name, its type, itself.
type Value = (&'static str, &'static str, String);

/// What is not known, such as the day of an undated edge, is declared and not written.
fn is_told((_, _, value): &Value) -> bool {
    !value.is_empty()
}

fn node_values(node: &Node) -> Vec<Value> {
    vec![
        ("kind", "string", kind(&node.party).to_owned()),
        ("count", "long", node.count.to_string()),
    ]
}

fn edge_values(edge: &Edge) -> Vec<Value> {
    let day = |day: Option<crate::model::Day>| crate::render::json::day(day).unwrap_or_default();
    let mut values = vec![
        ("first", "string", day(edge.first)),
        ("last", "string", day(edge.last)),
        ("quote", "string", tame(&edge.quote.text)),
        ("article", "string", tame(edge.quote.article.as_str())),
    ];
    if !edge.statuses.is_empty() {
        let count = |status: MeetingStatus| status_count(edge, status).to_string();
        values.extend(MeetingStatus::ALL.map(|status| (status.name(), "long", count(status))));
    }
    values
}

/// The values that the graph's nodes have, and those that its edges have.
fn declared(graph: &Graph) -> [(&'static str, Vec<Value>); 2] {
    let nodes = graph.nodes.first().map(node_values).unwrap_or_default();
    let edges = graph.edges.first().map(edge_values).unwrap_or_default();
    [("node", nodes), ("edge", edges)]
}

fn begin(out: &mut dyn Write) -> io::Result<Xml<'_>> {
    let mut xml = Writer::new_with_indent(out, b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    Ok(xml)
}

fn end(xml: Xml<'_>) -> io::Result<()> {
    xml.into_inner().write_all(b"\n")
}

/// Writes a graph as GEXF 1.3.
pub(super) fn write_gexf(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = begin(out)?;
    xml.create_element("gexf")
        .with_attributes([("xmlns", GEXF), ("version", "1.3")])
        .write_inner_content(|xml| {
            xml.create_element("graph")
                .with_attributes([
                    ("mode", "dynamic"),
                    ("defaultedgetype", "undirected"),
                    ("timeformat", "date"),
                ])
                .write_inner_content(|xml| gexf_graph(graph, xml))?;
            Ok(())
        })?;
    end(xml)
}

fn gexf_graph(graph: &Graph, xml: &mut Xml<'_>) -> io::Result<()> {
    for (class, values) in declared(graph) {
        xml.create_element("attributes")
            .with_attributes([("class", class), ("mode", "static")])
            .write_inner_content(|xml| {
                for (name, of, _) in &values {
                    xml.create_element("attribute")
                        .with_attributes([("id", *name), ("title", *name), ("type", *of)])
                        .write_empty()?;
                }
                Ok(())
            })?;
    }
    xml.create_element("nodes").write_inner_content(|xml| {
        for (index, node) in graph.nodes.iter().enumerate() {
            let (id, name) = (id(index), tame(&node.party.name));
            xml.create_element("node")
                .with_attributes([("id", id.as_str()), ("label", name.as_str())])
                .write_inner_content(|xml| gexf_values(&node_values(node), xml))?;
        }
        Ok(())
    })?;
    xml.create_element("edges").write_inner_content(|xml| {
        for (index, edge) in graph.edges.iter().enumerate() {
            gexf_edge(index, edge, xml)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn gexf_edge(index: usize, edge: &Edge, xml: &mut Xml<'_>) -> io::Result<()> {
    let mut attributes = vec![
        ("id", format!("e{index}")),
        ("source", id(edge.source)),
        ("target", id(edge.target)),
        ("weight", edge.weight.to_string()),
    ];
    for (name, day) in [("start", edge.first), ("end", edge.last)] {
        attributes.extend(day.map(|day| (name, day.to_string())));
    }
    let attributes = attributes
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    xml.create_element("edge")
        .with_attributes(attributes)
        .write_inner_content(|xml| gexf_values(&edge_values(edge), xml))?;
    Ok(())
}

fn gexf_values(values: &[Value], xml: &mut Xml<'_>) -> io::Result<()> {
    xml.create_element("attvalues").write_inner_content(|xml| {
        for (name, _, value) in values.iter().filter(|value| is_told(value)) {
            xml.create_element("attvalue")
                .with_attributes([("for", *name), ("value", value.as_str())])
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Writes a graph as `GraphML`. Keys of nodes and edges have ids of their own.
pub(super) fn write_graphml(graph: &Graph, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = begin(out)?;
    xml.create_element("graphml")
        .with_attribute(("xmlns", GRAPHML))
        .write_inner_content(|xml| {
            graphml_key("node", "label", "string", xml)?;
            graphml_key("edge", "weight", "long", xml)?;
            for (class, values) in declared(graph) {
                for (name, of, _) in values {
                    graphml_key(class, name, of, xml)?;
                }
            }
            xml.create_element("graph")
                .with_attributes([("id", graph.kind.name()), ("edgedefault", "undirected")])
                .write_inner_content(|xml| graphml_graph(graph, xml))?;
            Ok(())
        })?;
    end(xml)
}

fn graphml_key(class: &str, name: &str, of: &str, xml: &mut Xml<'_>) -> io::Result<()> {
    xml.create_element("key")
        .with_attributes([
            ("id", format!("{class}-{name}").as_str()),
            ("for", class),
            ("attr.name", name),
            ("attr.type", of),
        ])
        .write_empty()?;
    Ok(())
}

fn graphml_graph(graph: &Graph, xml: &mut Xml<'_>) -> io::Result<()> {
    for (index, node) in graph.nodes.iter().enumerate() {
        xml.create_element("node")
            .with_attribute(("id", id(index).as_str()))
            .write_inner_content(|xml| {
                graphml_value("node", "label", &tame(&node.party.name), xml)?;
                graphml_values("node", &node_values(node), xml)
            })?;
    }
    for edge in &graph.edges {
        let (source, target) = (id(edge.source), id(edge.target));
        xml.create_element("edge")
            .with_attributes([("source", source.as_str()), ("target", target.as_str())])
            .write_inner_content(|xml| {
                graphml_value("edge", "weight", &edge.weight.to_string(), xml)?;
                graphml_values("edge", &edge_values(edge), xml)
            })?;
    }
    Ok(())
}

fn graphml_values(class: &str, values: &[Value], xml: &mut Xml<'_>) -> io::Result<()> {
    let mut values = values.iter().filter(|value| is_told(value));
    values.try_for_each(|(name, _, value)| graphml_value(class, name, value, xml))
}

fn graphml_value(class: &str, name: &str, value: &str, xml: &mut Xml<'_>) -> io::Result<()> {
    xml.create_element("data")
        .with_attribute(("key", format!("{class}-{name}").as_str()))
        .write_text_content(BytesText::new(value))?;
    Ok(())
}
