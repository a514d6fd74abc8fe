//! `kronika.spike/1`.

use std::io::{self, Write};

use serde::Serialize;

use super::days;
use crate::model::Spike;
use crate::render::Style;
use crate::render::list::Listed;
use crate::render::safe::harmless_line;
use crate::render::text::{DATE, DIM, TITLE, painted};

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    kind: &'static str,
    name: &'a str,
    first: String,
    last: String,
    articles: u64,
    expected: f64,
    score: f64,
}

/// A figure to two decimals.
fn rounded(figure: f64) -> f64 {
    (figure * 100.0).round() / 100.0
}

impl Listed for Spike {
    const SCHEMA: &'static str = "kronika.spikes/1";
    const FIELD: &'static str = "spikes";
    const HEAD: &'static [&'static str] = &[
        "kind", "name", "first", "last", "articles", "expected", "score",
    ];

    fn shape(&self) -> impl Serialize {
        Shape {
            schema: "kronika.spike/1",
            kind: self.kind.name(),
            name: &self.name,
            first: self.days.0.to_string(),
            last: self.days.1.to_string(),
            articles: self.articles,
            expected: rounded(self.expected),
            score: rounded(self.score),
        }
    }

    fn cells(&self) -> Vec<String> {
        vec![
            self.kind.name().to_owned(),
            self.name.clone(),
            self.days.0.to_string(),
            self.days.1.to_string(),
            self.articles.to_string(),
            rounded(self.expected).to_string(),
            rounded(self.score).to_string(),
        ]
    }

    fn write_text(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let date = painted(&days(Some(self.days)), DATE, style);
        let name = painted(&harmless_line(&self.name), TITLE, style);
        let facts = format!(
            "{} · {} articles, {:.1} expected",
            self.kind.name(),
            self.articles,
            self.expected
        );
        writeln!(out, "{date}  {name}  {}", painted(&facts, DIM, style))
    }
}
