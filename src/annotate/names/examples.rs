//! Sentences with their names, one a line, in `lang/*/corpus/mentions.txt`.
//!
//! Every line has to be read exactly: each name with its kind and place, and nothing else. A line
//! that the model gets wrong today begins with `~ `; how many names of the file are right at all
//! must not fall. After a model was learnt anew, mark the lines anew:
//!
//! ```text
//! KRONIKA_MARK=1 cargo test --lib examples -- --nocapture
//! ```
//!
//! It also shows, by kind, how good the model is, and each line that it gets wrong. What it shows
//! as F1 belongs, less a little, into the tests below.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::super::{Options, annotate};
use crate::model::{Article, EntityKind, Span};

/// What stands before a line that the model gets wrong.
const WRONG: &str = "~ ";

/// A name at its place.
type Name = (Span, EntityKind);

/// Takes the marks out of a line: `[Putina|person]`.
fn unmark(marked: &str) -> (String, BTreeSet<Name>) {
    let mut names = BTreeSet::new();
    let mut pieces = marked.split('[');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (mark, rest) = piece.split_once(']').expect(marked);
        let (surface, kind) = mark.split_once('|').expect(marked);
        let span = Span::new(text.len(), text.len() + surface.len());
        names.insert((span, EntityKind::from_name(kind).expect(marked)));
        text.push_str(surface);
        text.push_str(rest);
    }
    (text, names)
}

/// Puts the marks in.
fn mark(text: &str, names: &BTreeSet<Name>) -> String {
    let mut marked = String::new();
    let mut end = 0;
    for (span, kind) in names {
        let before = text.get(end..span.start()).expect(text);
        write!(marked, "{before}[{}|{}]", span.of(text), kind.name()).expect("memory takes it");
        end = span.end();
    }
    marked + text.get(end..).unwrap_or_default()
}

fn find(text: &str, language: &str) -> BTreeSet<Name> {
    let article = Article {
        language: Some(language.to_owned()),
        ..Article::new("a", text)
    };
    let mentions = annotate(article, Options::default()).mentions;
    mentions.iter().map(|one| (one.span, one.kind)).collect()
}

/// How many names there are, were found, and are right.
#[derive(Default)]
struct Score {
    wanted: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn add<'n>(
        &mut self,
        wanted: impl Iterator<Item = &'n Name>,
        found: &BTreeSet<Name>,
        kind: Option<EntityKind>,
    ) {
        let counts = |name: &&Name| kind.is_none_or(|kind| name.1 == kind);
        for name in wanted.filter(counts) {
            self.wanted += 1;
            self.right += usize::from(found.contains(name));
        }
        self.found += found.iter().filter(counts).count();
    }

    #[allow(clippy::cast_precision_loss, reason = "there are a few hundred names")]
    fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.wanted + self.found).max(1) as f64
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            wanted,
            found,
            right,
        } = self;
        write!(
            formatter,
            "{:.3} ({right} right of {found} found and {wanted} wanted)",
            self.f1()
        )
    }
}

/// Holds a file against the model: no line without a mark may be wrong, and strict F1 may not be
/// lower than `floor`.
#[allow(clippy::print_stdout, reason = "what it shows is what it is run for")]
#[track_caller]
fn check(language: &str, floor: f64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/lang")
        .join(language);
    let path = folder.join("corpus/mentions.txt");
    let file = fs::read_to_string(&path).expect("the corpus is there");
    let mut all = Score::default();
    let mut kinds: BTreeMap<EntityKind, Score> = BTreeMap::new();
    let mut anew = String::new();
    let mut report = String::new();
    let mut broken = 0;
    for line in file.lines() {
        if line.starts_with('#') || line.is_empty() {
            anew.extend([line, "\n"]);
            continue;
        }
        let bare = line.strip_prefix(WRONG);
        let (is_marked, line) = (bare.is_some(), bare.unwrap_or(line));
        let (text, wanted) = unmark(line);
        let found = find(&text, language);
        all.add(wanted.iter(), &found, None);
        for kind in EntityKind::ALL {
            kinds
                .entry(kind)
                .or_default()
                .add(wanted.iter(), &found, Some(kind));
        }
        let is_wrong = wanted != found;
        broken += usize::from(is_wrong && !is_marked);
        let note = match (is_marked, is_wrong) {
            (true, false) => "right now",
            (false, true) => "WRONG NOW",
            (true, true) => "wrong",
            (false, false) => "",
        };
        if !note.is_empty() {
            writeln!(report, "{note}: {line}").expect("memory takes it");
        }
        if is_wrong {
            writeln!(report, "    found: {}", mark(&text, &found)).expect("memory takes it");
        }
        anew.extend([if is_wrong { WRONG } else { "" }, line, "\n"]);
    }
    for (kind, score) in &kinds {
        writeln!(report, "F1 {language} {}: {score}", kind.name()).expect("memory takes it");
    }
    writeln!(report, "F1 {language}: {all}").expect("memory takes it");
    if std::env::var_os("KRONIKA_MARK").is_some() {
        fs::write(&path, anew).expect("the corpus can be written");
        broken = 0;
    }
    println!("{report}");
    assert_eq!(broken, 0, "lines are wrong that were right:\n{report}");
    assert!(all.f1() >= floor, "F1 fell below {floor}:\n{report}");
}

#[test]
fn polish_sentences() {
    check("pl", 0.905);
}

#[test]
fn english_sentences() {
    check("en", 0.79);
}

#[test]
fn marks_go_in_and_out() {
    let marked = "[Jan Maj|person] z „[Pulsu|product]” [Łodzi|place]";
    let (text, names) = unmark(marked);
    assert_eq!(text, "Jan Maj z „Pulsu” Łodzi");
    assert_eq!(names.len(), 3);
    assert_eq!(mark(&text, &names), marked);
}
