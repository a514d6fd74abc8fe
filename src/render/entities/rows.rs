//! `kronika.entity/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::{CountedShape, counted, days};
use crate::model::{Companion, EntityRow, entity_row::Counted};
use crate::render::list::Listed;
use crate::render::safe::harmless_line;
use crate::render::table::list;
use crate::render::text::{DATE, DIM, TITLE, painted, write_wrapped};
use crate::render::{Style, json};

/// How many other names and forms people are shown.
const SHOWN: usize = 12;

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    kind: &'static str,
    name: &'a str,
    articles: u64,
    first: Option<String>,
    last: Option<String>,
    names: Vec<CountedShape<'a>>,
    forms: Vec<CountedShape<'a>>,
    companions: Vec<CompanionShape<'a>>,
}

#[derive(Serialize)]
struct CompanionShape<'a> {
    kind: &'static str,
    name: &'a str,
    articles: u64,
}

impl<'a> CompanionShape<'a> {
    fn new(companion: &'a Companion) -> Self {
        Self {
            kind: companion.kind.name(),
            name: &companion.name,
            articles: companion.articles,
        }
    }
}

/// Names as one cell, without their counts.
fn cell(names: &[Counted]) -> String {
    let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    list(&names)
}

/// What else it is called, for people: names and forms, each once.
fn others(row: &EntityRow) -> Vec<String> {
    let mut seen = vec![row.name.as_str()];
    let mut others = Vec::new();
    for (name, articles) in row.names.iter().chain(&row.forms) {
        if !seen.contains(&name.as_str()) {
            seen.push(name);
            others.push(format!("{name} ({articles})"));
        }
    }
    others
}

fn write_note(label: &str, notes: &[String], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let Some(rest) = notes.len().checked_sub(1) else {
        return Ok(());
    };
    let more = if rest >= SHOWN { ", …" } else { "" };
    let notes: Vec<&str> = notes.iter().take(SHOWN).map(String::as_str).collect();
    let line = format!("{label}: {}{more}", notes.join(", "));
    let letters: Vec<_> = line.chars().map(|letter| (letter, false)).collect();
    write_wrapped(&letters, style, out)
}

impl Listed for EntityRow {
    const SCHEMA: &'static str = "kronika.entities/1";
    const FIELD: &'static str = "entities";
    const HEAD: &'static [&'static str] = &[
        "kind",
        "name",
        "articles",
        "first",
        "last",
        "names",
        "forms",
        "companions",
    ];

    fn shape(&self) -> impl Serialize {
        Shape {
            schema: "kronika.entity/1",
            kind: self.kind.name(),
            name: &self.name,
            articles: self.articles,
            first: json::day(self.days.map(|days| days.0)),
            last: json::day(self.days.map(|days| days.1)),
            names: counted(&self.names),
            forms: counted(&self.forms),
            companions: self.companions.iter().map(CompanionShape::new).collect(),
        }
    }

    fn cells(&self) -> Vec<String> {
        let day = |day| json::day(day).unwrap_or_default();
        let companions = self.companions.iter();
        let companions: Vec<&str> = companions.map(|one| one.name.as_str()).collect();
        vec![
            self.kind.name().to_owned(),
            self.name.clone(),
            self.articles.to_string(),
            day(self.days.map(|days| days.0)),
            day(self.days.map(|days| days.1)),
            cell(&self.names),
            cell(&self.forms),
            list(&companions),
        ]
    }

    fn write_text(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let articles = painted(&format!("{:>6}", self.articles), DATE, style);
        let name = painted(&harmless_line(&self.name), TITLE, style);
        let facts = format!("{} · {}", self.kind.name(), days(self.days));
        writeln!(out, "{articles}  {name}  {}", painted(&facts, DIM, style))?;
        write_note("also", &others(self), style, out)?;
        let companions = self.companions.iter();
        let companions: Vec<String> = companions
            .map(|one| format!("{} ({})", one.name, one.articles))
            .collect();
        write_note("with", &companions, style, out)
    }
}
