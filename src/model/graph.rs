//! Who with whom.

use std::collections::BTreeMap;

use super::{ArticleId, Day, MeetingStatus, Party};

/// What joins two names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// They met, or were to.
    Met,
    /// One article names both.
    Together,
}

impl EdgeKind {
    /// The name in output and questions.
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Together => "together",
        }
    }

    /// What weights and counts are numbers of.
    pub fn counted(self) -> &'static str {
        match self {
            Self::Met => "meetings",
            Self::Together => "articles",
        }
    }
}

/// Somebody or something with at least one edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Kind and name.
    pub party: Party,
    /// In how many of the meetings or articles it is, alone or not.
    pub count: u64,
}

/// Words that show an edge.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quote {
    /// On one line; empty when the article has no words of it.
    pub text: String,
    /// The article that has them.
    pub article: ArticleId,
}

/// What joins two nodes. It has no direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The index of the node that comes first in the graph.
    pub source: usize,
    /// The index of the other node.
    pub target: usize,
    /// How many meetings or articles have both.
    pub weight: u64,
    /// The first possible day of the earliest of them, if any is dated.
    pub first: Option<Day>,
    /// The last possible day of the latest.
    pub last: Option<Day>,
    /// How many of the meetings have each status; empty where articles are counted.
    pub statuses: BTreeMap<MeetingStatus, u64>,
    /// Taken from the earliest.
    pub quote: Quote,
}

/// Nodes by kind and name, edges by their nodes, each pair of nodes at most once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// What the edges are.
    pub kind: EdgeKind,
    /// Every node that an edge has.
    pub nodes: Vec<Node>,
    /// The edges that are wanted.
    pub edges: Vec<Edge>,
    /// How many edges there are, wanted or not.
    pub total: u64,
}

/// Which names the articles of an answer have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Occurrences {
    /// The names, sorted, each once.
    pub names: Vec<Party>,
    /// The articles, by date, then by id.
    pub articles: Vec<NamedArticle>,
}

/// An article and the names it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedArticle {
    /// What identifies it.
    pub id: ArticleId,
    /// The first and last day it may be of.
    pub days: Option<(Day, Day)>,
    /// Indices of names, sorted, each once.
    pub names: Vec<usize>,
}
