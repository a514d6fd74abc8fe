//! Meetings and names to graphs of who with whom.

mod quote;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

pub use quote::quote;

use crate::model::{
    Day, Edge, EdgeKind, EntityKind, Graph, MergedMeeting, Node, Occurrences, Party, PartyKind,
    Quote,
};

/// Which edges are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strength {
    /// Edges of this weight or more.
    pub least: u64,
    /// So many of the heaviest, or all. Of edges as heavy, those whose names come first.
    pub most: Option<usize>,
}

impl Strength {
    /// Every edge.
    pub const ANY: Self = Self {
        least: 1,
        most: None,
    };
}

/// The edges kept so far.
struct Kept {
    strength: Strength,
    edges: Vec<Edge>,
    total: u64,
}

impl Kept {
    fn new(strength: Strength) -> Self {
        Self {
            strength,
            edges: Vec::new(),
            total: 0,
        }
    }

    fn put(&mut self, edge: Edge) {
        self.total += 1;
        if edge.weight < self.strength.least {
            return;
        }
        self.edges.push(edge);
        if let Some(most) = self.strength.most
            && self.edges.len() >= most.saturating_mul(2).max(1024)
        {
            self.cut(most);
        }
    }

    fn cut(&mut self, most: usize) {
        self.edges
            .sort_by_key(|edge| (Reverse(edge.weight), edge.source, edge.target));
        self.edges.truncate(most);
    }

    /// The graph of the edges kept, whose ends are indices into `nodes`.
    fn graph(mut self, kind: EdgeKind, nodes: Vec<Node>) -> Graph {
        if let Some(most) = self.strength.most {
            self.cut(most);
        }
        self.edges.sort_by_key(|edge| (edge.source, edge.target));
        let mut places = BTreeMap::new();
        for end in self
            .edges
            .iter()
            .flat_map(|edge| [edge.source, edge.target])
        {
            places.insert(end, 0);
        }
        for (place, known) in places.values_mut().enumerate() {
            *known = place;
        }
        for edge in &mut self.edges {
            for end in [&mut edge.source, &mut edge.target] {
                *end = places.get(end).copied().unwrap_or_default();
            }
        }
        let nodes = (0..)
            .zip(nodes)
            .filter(|(index, _)| places.contains_key(index));
        Graph {
            kind,
            nodes: nodes.map(|(_, node)| node).collect(),
            edges: self.edges,
            total: self.total,
        }
    }
}

/// Who met whom. Parties that are not `wanted` are left out; by default those only described.
pub fn met(
    meetings: &[MergedMeeting],
    wanted: impl Fn(&Party) -> bool,
    strength: Strength,
) -> Graph {
    let told = meetings.iter().flat_map(|meeting| &meeting.participants);
    let all: HashSet<&Party> = told.filter(|party| wanted(party)).collect();
    let mut all: Vec<&Party> = all.into_iter().collect();
    all.sort_unstable();
    let places: HashMap<&Party, usize> = all.iter().copied().zip(0..).collect();
    let mut counts = vec![0; all.len()];
    let mut edges: BTreeMap<(usize, usize), Edge> = BTreeMap::new();
    for meeting in meetings {
        let parties = meeting.participants.iter();
        let mut parties: Vec<usize> = parties
            .filter_map(|party| places.get(party).copied())
            .collect();
        parties.sort_unstable();
        parties.dedup();
        let mut rest = parties.as_slice();
        while let Some((one, others)) = rest.split_first() {
            if let Some(count) = counts.get_mut(*one) {
                *count += 1;
            }
            for other in others {
                let edge = edges
                    .entry((*one, *other))
                    .or_insert_with(|| empty_edge(*one, *other));
                tell(edge, meeting);
            }
            rest = others;
        }
    }
    let mut kept = Kept::new(strength);
    for edge in edges.into_values() {
        kept.put(edge);
    }
    let nodes = all.into_iter().zip(counts).map(|(party, count)| Node {
        party: party.clone(),
        count,
    });
    kept.graph(EdgeKind::Met, nodes.collect())
}

fn empty_edge(source: usize, target: usize) -> Edge {
    Edge {
        source,
        target,
        weight: 0,
        first: None,
        last: None,
        statuses: BTreeMap::new(),
        quote: Quote::default(),
    }
}

fn widen(edge: &mut Edge, days: Option<(Day, Day)>) {
    if let Some((first, last)) = days {
        edge.first = Some(edge.first.map_or(first, |known| known.min(first)));
        edge.last = Some(edge.last.map_or(last, |known| known.max(last)));
    }
}

/// Adds one meeting to an edge. Meetings come by their days, so the first one gives the quote.
fn tell(edge: &mut Edge, meeting: &MergedMeeting) {
    if edge.weight == 0
        && let Some(proof) = meeting.proofs.first()
    {
        edge.quote = Quote {
            text: one_line(&proof.evidence.text),
            article: proof.article.id.clone(),
        };
    }
    edge.weight += 1;
    *edge.statuses.entry(meeting.status).or_default() += 1;
    widen(edge, meeting.date.map(|date| (date.first(), date.last())));
}

/// Who is named together with whom. Quotes have their article and no text yet.
///
/// Names are taken one after another, each with those that come after it, so what is held at once
/// is one number for each name and the edges that are wanted, however many names an article has.
pub fn together(occurrences: &Occurrences, strength: Strength) -> Graph {
    let names = &occurrences.names;
    let mut articles_of: Vec<Vec<usize>> = vec![Vec::new(); names.len()];
    for (index, article) in (0..).zip(&occurrences.articles) {
        for name in &article.names {
            if let Some(articles) = articles_of.get_mut(*name) {
                articles.push(index);
            }
        }
    }
    let mut kept = Kept::new(strength);
    for (source, articles) in articles_of.iter().enumerate() {
        let mut edges: BTreeMap<usize, Edge> = BTreeMap::new();
        for article in articles
            .iter()
            .filter_map(|at| occurrences.articles.get(*at))
        {
            let after = article.names.partition_point(|name| *name <= source);
            for target in article.names.iter().skip(after) {
                let edge = edges
                    .entry(*target)
                    .or_insert_with(|| empty_edge(source, *target));
                if edge.weight == 0 {
                    edge.quote.article = article.id.clone();
                }
                edge.weight += 1;
                widen(edge, article.days);
            }
        }
        for edge in edges.into_values() {
            kept.put(edge);
        }
    }
    let nodes = names
        .iter()
        .zip(&articles_of)
        .map(|(party, articles)| Node {
            party: party.clone(),
            count: articles.len() as u64,
        });
    kept.graph(EdgeKind::Together, nodes.collect())
}

/// The kinds that `together` takes when none are named.
pub const DEFAULT_KINDS: [EntityKind; 2] = [EntityKind::Person, EntityKind::Organization];

/// Whether a party has a name of one of these kinds, or is only described where `groups` are wanted.
pub fn is_wanted(party: &Party, kinds: &[EntityKind], groups: bool) -> bool {
    match party.kind {
        PartyKind::Named(kind) => kinds.contains(&kind),
        PartyKind::Group => groups,
    }
}

/// The text with every run of white space as one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
