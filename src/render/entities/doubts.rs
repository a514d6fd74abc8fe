//! `kronika.doubt/1`.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::Doubt;
use crate::render::Style;
use crate::render::list::Listed;
use crate::render::safe::harmless_line;
use crate::render::text::{DIM, INDENT, TITLE, painted};

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    kind: &'static str,
    name: &'a str,
    articles: u64,
    other: &'a str,
    other_articles: u64,
    joined: bool,
    why: &'a str,
}

impl Listed for Doubt {
    const SCHEMA: &'static str = "kronika.doubts/1";
    const FIELD: &'static str = "doubts";
    const HEAD: &'static [&'static str] = &[
        "kind",
        "name",
        "articles",
        "other",
        "other_articles",
        "joined",
        "why",
    ];

    fn shape(&self) -> impl Serialize {
        Shape {
            schema: "kronika.doubt/1",
            kind: self.kind.name(),
            name: &self.name.0,
            articles: self.name.1,
            other: &self.other.0,
            other_articles: self.other.1,
            joined: self.joined,
            why: &self.why,
        }
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.kind.name().to_owned(),
            self.name.0.clone(),
            self.name.1.to_string(),
            self.other.0.clone(),
            self.other.1.to_string(),
            self.joined.to_string(),
            self.why.clone(),
        ]
    }

    fn write_text(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let sign = if self.joined { "=" } else { "≠" };
        let named = |(name, articles): &(String, u64)| {
            let name = painted(&harmless_line(name), TITLE, style);
            format!("{name} ({articles})")
        };
        let said = if self.joined {
            "taken for one"
        } else {
            "kept apart"
        };
        let facts = format!(
            "{} · {said} · {}",
            self.kind.name(),
            harmless_line(&self.why)
        );
        writeln!(out, "{} {sign} {}", named(&self.name), named(&self.other))?;
        writeln!(out, "{}{}", " ".repeat(INDENT), painted(&facts, DIM, style))
    }
}
