//! Who met whom, measured on articles written for it: `tests/meetings`, see the README there.
//!
//! `KRONIKA_MISSES=before cargo test --test it meetings -- --nocapture` prints what is missed.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use kronika::annotate::{Options, annotate};
use kronika::dates::{parse_date, parse_published};
use kronika::model::{
    Article, ArticleDate, DateBasis, DateRule, Day, Document, Meeting, PartialDate, Participant,
};
use kronika::text::fold;

/// A meeting as the article's author tells it.
#[derive(Debug)]
struct Wanted {
    /// Named participants, folded; those only described are left out.
    names: Vec<String>,
    day: WantedDay,
    place: Option<String>,
    status: String,
    kind: String,
    line: String,
}

#[derive(Debug)]
enum WantedDay {
    Days(PartialDate),
    Article,
    Unknown,
}

/// How many meetings are as they should be.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    wanted: usize,
    found: usize,
    who: usize,
    when: usize,
    status: usize,
    all: usize,
    place: usize,
    kind: usize,
}

impl Score {
    fn share(part: usize, whole: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "a few hundred at most")]
        let share = part as f64 / whole.max(1) as f64;
        share
    }

    fn report(&self, name: &str) -> String {
        let who = |part| Self::share(part, self.who);
        format!(
            "{name}: wanted {}, found {}; who P {:.3} R {:.3}; of these when {:.3}, status {:.3}, \
             both {:.3}, place {:.3}, kind {:.3}",
            self.wanted,
            self.found,
            Self::share(self.who, self.found),
            Self::share(self.who, self.wanted),
            who(self.when),
            who(self.status),
            who(self.all),
            who(self.place),
            who(self.kind),
        )
    }
}

fn articles(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new("tests/meetings").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

/// An article and what its author says of it: head, text and meetings, parted by `---`.
fn read(path: &Path) -> (Article, Vec<Wanted>) {
    let whole = std::fs::read_to_string(path).unwrap();
    let mut parts = whole.split("---\n");
    let (head, text, gold) = (
        parts.next().unwrap(),
        parts.next().unwrap(),
        parts.next().unwrap(),
    );
    assert!(parts.next().is_none(), "{}: too many parts", path.display());
    let stem = path.file_stem().unwrap().to_string_lossy();
    let mut article = Article::new(&stem, text.trim());
    article.language = Some(stem[..2].to_owned());
    for line in head.lines() {
        let (key, value) = line.split_once(": ").unwrap();
        match key {
            "date" => {
                article.date = Some(ArticleDate {
                    date: parse_published(value).unwrap(),
                    rule: DateRule::Header,
                });
            }
            "title" => value.clone_into(&mut article.title),
            _ => panic!("{}: {line}", path.display()),
        }
    }
    let lines = gold.lines().filter(|line| !line.trim().is_empty());
    let wanted = lines
        .filter(|line| *line != "NONE")
        .map(|line| wanted(line).unwrap_or_else(|| panic!("{}: {line}", path.display())))
        .collect();
    (article, wanted)
}

fn wanted(line: &str) -> Option<Wanted> {
    let mut fields = line.strip_prefix("MEETING ")?.split(" | ");
    let names = fields.next()?.split(" + ");
    let names = names
        .filter(|name| !name.starts_with('~'))
        .map(fold)
        .collect();
    let mut field = |key: &str| Some(fields.next()?.strip_prefix(key)?.trim().to_owned());
    let day = field("day ")?;
    let place = field("place ")?;
    Some(Wanted {
        names,
        day: match day.as_str() {
            "article" => WantedDay::Article,
            "unknown" => WantedDay::Unknown,
            days => WantedDay::Days(parse_date(days, Day::MIN).ok()?.date),
        },
        place: (place != "-").then_some(place),
        status: field("status ")?,
        kind: field("kind ")?,
        line: line.to_owned(),
    })
}

/// Whether two names are one: the same, or the shorter is the end of the longer.
fn is_one(one: &str, other: &str) -> bool {
    let ends = |long: &str, short: &str| long == short || long.ends_with(&format!(" {short}"));
    ends(one, other) || ends(other, one)
}

fn names(document: &Document, meeting: &Meeting) -> Vec<String> {
    let participants = meeting.participants.iter();
    participants
        .filter_map(|participant| match participant {
            Participant::Entity(number) => Some(fold(&document.entities[*number].name)),
            Participant::Group(_) => None,
        })
        .collect()
}

fn same_people(wanted: &Wanted, names: &[String]) -> bool {
    let has = |list: &[String], name: &String| list.iter().any(|other| is_one(name, other));
    wanted.names.len() == names.len()
        && wanted.names.iter().all(|name| has(names, name))
        && names.iter().all(|name| has(&wanted.names, name))
}

fn is_when(wanted: &Wanted, meeting: &Meeting) -> bool {
    match wanted.day {
        WantedDay::Article => meeting.basis == DateBasis::Article,
        WantedDay::Unknown => meeting.date.is_none(),
        WantedDay::Days(days) => meeting
            .date
            .is_some_and(|date| (date.first(), date.last()) == (days.first(), days.last())),
    }
}

/// Measures one folder, and says what is missed and what is made up.
fn measure(folder: &str) -> (Score, String) {
    let mut score = Score::default();
    let mut notes = String::new();
    for path in articles(folder) {
        let (article, wanted) = read(&path);
        let document = annotate(article, Options::default());
        let meetings = document
            .meetings
            .iter()
            .filter(|meeting| meeting.is_complete());
        let mut left: Vec<&Meeting> = meetings.collect();
        score.wanted += wanted.len();
        score.found += left.len();
        let mut say = |text: String| writeln!(notes, "{}: {text}", path.display()).unwrap();
        for wanted in wanted {
            let fitting = |meeting: &&&Meeting| same_people(&wanted, &names(&document, meeting));
            let quality = |meeting: &Meeting| {
                (
                    is_when(&wanted, meeting),
                    meeting.status.name() == wanted.status,
                )
            };
            let best = left
                .iter()
                .filter(fitting)
                .max_by_key(|meeting| quality(meeting));
            let Some(&best) = best else {
                say(format!("missed {}", wanted.line));
                continue;
            };
            left.retain(|meeting| !std::ptr::eq(*meeting, best));
            let (when, status) = quality(best);
            let place = best.place.as_ref().map(|place| fold(place));
            let is_place = match (&wanted.place, &place) {
                (Some(one), Some(other)) => is_one(&fold(one), other),
                (one, other) => one.is_none() == other.is_none(),
            };
            score.who += 1;
            score.when += usize::from(when);
            score.status += usize::from(status);
            score.all += usize::from(when && status);
            score.place += usize::from(is_place);
            score.kind += usize::from(best.kind.name() == wanted.kind);
            if !(when && status && is_place && best.kind.name() == wanted.kind) {
                say(format!(
                    "wanted {}\n    got {}",
                    wanted.line,
                    line(&document, best)
                ));
            }
        }
        for meeting in left {
            say(format!("made up {}", line(&document, meeting)));
        }
    }
    (score, notes)
}

fn line(document: &Document, meeting: &Meeting) -> String {
    format!(
        "{:?} | day {} {} | place {:?} | status {} | kind {} [{}]",
        names(document, meeting),
        meeting
            .date
            .map_or_else(|| "-".to_owned(), |date| date.to_string()),
        meeting.basis.name(),
        meeting.place,
        meeting.status.name(),
        meeting.kind.name(),
        meeting.rule,
    )
}

#[track_caller]
fn check(folder: &str, least_precision: f64, least_recall: f64, least_all: f64) {
    let (score, notes) = measure(folder);
    let report = score.report(folder);
    if std::env::var("KRONIKA_MISSES").is_ok_and(|wanted| wanted == folder) {
        std::io::stderr().write_all(notes.as_bytes()).unwrap();
    }
    let line = format!("{report}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    let is_right = Score::share(score.who, score.found) >= least_precision
        && Score::share(score.who, score.wanted) >= least_recall
        && Score::share(score.all, score.who) >= least_all;
    assert!(is_right, "{report}\n{notes}");
}

#[test]
fn articles_written_before_the_rules() {
    check("before", 0.78, 0.70, 0.80);
}

/// By somebody who had not read the rules.
#[test]
fn articles_written_after_the_rules() {
    check("after", 0.62, 0.37, 0.80);
}

/// By the same hand as the rest of the second half, and mended by since.
#[test]
fn articles_opened_for_mending() {
    check("open", 0.65, 0.46, 0.76);
}
