//! What is written is read back as it was, whatever names and quotes hold.

use std::collections::BTreeMap;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Format, write};
use crate::model::{
    ArticleId, Day, Edge, EdgeKind, EntityKind, Graph, MeetingStatus, Node, Party, PartyKind, Quote,
};
use crate::render::Style;
use crate::render::safe::{harmless_line, is_harmful};

/// Names that break out of what they stand in, where they are not escaped.
const HOSTILE: [&str; 8] = [
    "\"><script>",
    "]]>",
    "dwie\nlinie\r\n\tx",
    "=cmd()",
    "a\0b\u{1b}[2J\u{fffe}",
    "\\",
    "\\\" -- n0 [",
    "A&amp;B &lt; 'C'",
];

/// Two nodes of these names, joined by an edge with this quote.
fn graph(one: &str, other: &str, quote: &str) -> Graph {
    let node = |name: &str| Node {
        party: Party {
            kind: PartyKind::Named(EntityKind::Person),
            name: name.to_owned(),
        },
        count: 2,
    };
    Graph {
        kind: EdgeKind::Met,
        nodes: vec![node(one), node(other)],
        edges: vec![Edge {
            source: 0,
            target: 1,
            weight: 3,
            first: Day::new(2023, 2, 13),
            last: Day::new(2023, 2, 17),
            statuses: BTreeMap::from([(MeetingStatus::Happened, 3)]),
            quote: Quote {
                text: quote.to_owned(),
                article: ArticleId(one.to_owned()),
            },
        }],
        total: 1,
    }
}

fn written(graph: &Graph, format: Format) -> String {
    let style = Style {
        colour: false,
        width: 100,
    };
    let mut out = Vec::new();
    write(graph, format, style, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What formats without controls are to give back.
fn shown(text: &str) -> String {
    harmless_line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).unwrap()?;
    let value = found
        .normalized_value(quick_xml::XmlVersion::Implicit1_0)
        .unwrap();
    Some(value.into_owned())
}

/// The elements of a document: their names, attributes asked for and text.
fn elements(document: &str, name: &str) -> Vec<(BytesStart<'static>, String)> {
    let mut reader = Reader::from_str(document);
    let mut found: Vec<(BytesStart<'static>, String)> = Vec::new();
    let mut is_inside = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return found,
            Event::Start(start) => {
                is_inside = start.name().as_ref() == name;
                if is_inside {
                    found.push((start.into_owned(), String::new()));
                }
            }
            Event::Empty(start) if start.name().as_ref() == name => {
                found.push((start.into_owned(), String::new()));
            }
            Event::Text(text) if is_inside => {
                found.last_mut().unwrap().1 += &*text;
            }
            Event::GeneralRef(entity) if is_inside => {
                let entity = format!("&{};", &*entity);
                found.last_mut().unwrap().1 += &quick_xml::escape::unescape(&entity).unwrap();
            }
            Event::End(_) => is_inside = false,
            _ => {}
        }
    }
}

#[track_caller]
fn check_gexf(one: &str, other: &str, quote: &str) {
    let document = written(&graph(one, other, quote), Format::Gexf);
    assert!(
        !document.contains(|letter| letter != '\n' && is_harmful(letter)),
        "{document:?}"
    );
    let nodes = elements(&document, "node");
    let labels: Vec<_> = nodes
        .iter()
        .map(|(node, _)| attribute(node, "label").unwrap())
        .collect();
    assert_eq!(labels, [shown(one), shown(other)]);
    let [(edge, _)] = elements(&document, "edge").try_into().unwrap();
    let of_edge = |name| attribute(&edge, name).unwrap();
    assert_eq!(
        [of_edge("source"), of_edge("target"), of_edge("weight")],
        ["n0", "n1", "3"]
    );
    assert_eq!(
        [of_edge("start"), of_edge("end")],
        ["2023-02-13", "2023-02-17"]
    );
    let values = elements(&document, "attvalue");
    let value = values
        .iter()
        .find(|(value, _)| attribute(value, "for").unwrap() == "quote");
    let value = value.and_then(|(value, _)| attribute(value, "value"));
    assert_eq!(value.unwrap_or_default(), shown(quote));
}

#[track_caller]
fn check_graphml(one: &str, other: &str, quote: &str) {
    let document = written(&graph(one, other, quote), Format::Graphml);
    assert!(
        !document.contains(|letter| letter != '\n' && is_harmful(letter)),
        "{document:?}"
    );
    let texts = |key: &str| -> Vec<String> {
        let data = elements(&document, "data").into_iter();
        let data = data.filter(|(start, _)| attribute(start, "key").unwrap() == key);
        data.map(|(_, text)| text).collect()
    };
    assert_eq!(texts("node-label"), [shown(one), shown(other)]);
    assert_eq!(texts("edge-quote").concat(), shown(quote));
    assert_eq!(texts("edge-happened"), ["3"]);
    assert_eq!(elements(&document, "edge").len(), 1);
}

/// The strings of a DOT file, by Graphviz's rule: a backslash takes the next letter with it.
fn dot_strings(document: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut letters = document.chars();
    while letters.by_ref().any(|letter| letter == '"') {
        let mut string = String::new();
        while let Some(letter) = letters.next().filter(|letter| *letter != '"') {
            string.push(if letter == '\\' {
                letters.next().unwrap()
            } else {
                letter
            });
        }
        strings.push(string.replace("&amp;", "&"));
    }
    strings
}

#[track_caller]
fn check_dot(one: &str, other: &str, quote: &str) {
    let document = written(&graph(one, other, quote), Format::Dot);
    assert_eq!(document.lines().count(), 5, "{document}");
    let expected = [
        harmless_line(one).as_ref(),
        "person",
        harmless_line(other).as_ref(),
        "person",
        "2023-02-13",
        "2023-02-17",
        "happened 3",
        harmless_line(quote).as_ref(),
        harmless_line(one).as_ref(),
    ]
    .map(str::to_owned);
    assert_eq!(dot_strings(&document), expected);
}

#[track_caller]
fn check_csv(one: &str, other: &str, quote: &str) {
    let table = written(&graph(one, other, quote), Format::Csv);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let [row]: [csv::StringRecord; 1] = reader
        .records()
        .collect::<Result<Vec<_>, _>>()
        .unwrap()
        .try_into()
        .unwrap();
    assert_eq!(row.len(), 14);
    for (cell, expected) in [(0, one), (2, other), (12, quote), (13, one)] {
        let cell = row.get(cell).unwrap();
        let bare = cell.strip_prefix('\'').unwrap_or(cell);
        let kept = |text: &str| {
            let text = text
                .chars()
                .filter(|one| !one.is_control() && *one != '\u{fffd}');
            text.collect::<String>()
        };
        assert!([cell, bare].map(kept).contains(&kept(expected)), "{cell:?}");
        assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{cell:?}");
    }
}

#[track_caller]
fn check_json(one: &str, other: &str, quote: &str) {
    let graph = graph(one, other, quote);
    let value: serde_json::Value = serde_json::from_str(&written(&graph, Format::Json)).unwrap();
    assert_eq!(value["nodes"][1]["name"], *other);
    assert_eq!(value["edges"][0]["quote"], *quote);
    let line: serde_json::Value = serde_json::from_str(&written(&graph, Format::Ndjson)).unwrap();
    assert_eq!(line["source"]["name"], *one);
}

#[track_caller]
fn check(one: &str, other: &str, quote: &str) {
    check_gexf(one, other, quote);
    check_graphml(one, other, quote);
    check_dot(one, other, quote);
    check_csv(one, other, quote);
    check_json(one, other, quote);
}

#[test]
fn hostile_names_and_quotes_stay_what_they_are() {
    for one in HOSTILE {
        for other in HOSTILE {
            check(one, other, &format!("{other}{one}"));
        }
    }
}

#[test]
fn an_empty_graph_is_whole_in_every_format() {
    let empty = Graph {
        kind: EdgeKind::Together,
        nodes: Vec::new(),
        edges: Vec::new(),
        total: 0,
    };
    for format in [Format::Gexf, Format::Graphml] {
        assert_eq!(elements(&written(&empty, format), "graph").len(), 1);
    }
    assert_eq!(written(&empty, Format::Dot), "graph together {\n}\n");
    assert_eq!(written(&empty, Format::Csv).lines().count(), 1);
    assert_eq!(written(&empty, Format::Ndjson), "");
}

proptest! {
    #[test]
    fn any_text_is_read_back(one in any::<String>(), other in "[<>&\"'\\\\\\]=;# \n-]{0,6}") {
        check(&one, &other, &format!("{other}{one}"));
    }
}
