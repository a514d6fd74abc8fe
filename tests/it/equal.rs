//! The same corpus gives the same bytes: with any number of threads, in any order, under another
//! time zone and locale, and in another folder.

use std::process::Command;

use serde_json::Value;

use crate::program::{Place, Run, copy};

/// What is asked, in all formats; what says how large the files are is asked for without that.
const QUESTIONS: &[&[&str]] = &[
    &["query", "--json"],
    &["query", "wojna", "--json"],
    &[
        "query",
        "wojna pokój",
        "--sort",
        "score",
        "--csv",
        "--fields",
        "id,date,score,snippet",
    ],
    &["query", "--person", "Putin", "--format", "text"],
    &[
        "query", "--place", "Kijów", "--sort", "-date", "--format", "paths",
    ],
    &["met", "--json"],
    &["met", "Putin", "--merge", "--json"],
    &["met", "--csv"],
    &["met"],
    &["timeline", "--json"],
    &["timeline", "--by", "day", "--csv"],
    &["graph", "--format", "gexf"],
    &["graph", "--format", "graphml"],
    &["graph", "--format", "dot"],
    &["graph", "--edges", "together", "--json"],
    &["graph", "--edges", "together", "-n", "40", "--csv"],
    &["entities", "--json"],
    &["entities", "--csv"],
    &["entities", "--unsure", "--json"],
    &["entities", "--spikes", "--json"],
    &["entities", "--with", "Putin", "--companions=3", "--json"],
    &["kwic", "wojna", "--json"],
    &["kwic", "--person", "Putin", "--json"],
    &["alias", "suggest"],
    &["dates", "wczoraj i w przyszłym roku", "--json"],
    &["analyze", "prezydentem", "--json"],
];

/// A way to make the index and to ask.
#[derive(Clone, Copy, Default)]
struct Way {
    threads: usize,
    /// Each time so many articles were added there is a commit, and so a segment.
    commit_every: usize,
    /// Takes every so manieth line first; 0 leaves the order.
    stride: usize,
    /// Variables of the environment.
    around: &'static [(&'static str, &'static str)],
}

const WAYS: &[(&str, Way)] = &[
    ("two threads", Way { threads: 2, ..ONE }),
    (
        "eight threads and many segments",
        Way {
            threads: 8,
            commit_every: 7,
            ..ONE
        },
    ),
    (
        "another order",
        Way {
            stride: 29,
            commit_every: 11,
            ..ONE
        },
    ),
    (
        "west of Greenwich, in Polish",
        Way {
            around: &[("TZ", "America/Los_Angeles"), ("LC_ALL", "pl_PL.UTF-8")],
            ..ONE
        },
    ),
    (
        "east of Greenwich, in Turkish",
        Way {
            around: &[("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8")],
            ..ONE
        },
    ),
];

const ONE: Way = Way {
    threads: 1,
    commit_every: 0,
    stride: 0,
    around: &[],
};

/// The sample corpus as one article a line.
fn lines() -> Vec<String> {
    let place = Place::new();
    let run = place.fine(&["annotate", Place::corpus().to_str().unwrap()]);
    let lines: Vec<String> = run.out.lines().map(article).collect();
    assert!(lines.len() > 60, "{}", lines.len());
    lines
}

fn article(line: &str) -> String {
    let document: Value = serde_json::from_str(line).unwrap();
    let fields = ["id", "date", "title", "text", "source", "url", "author"];
    let value = |field: &str| match field {
        "date" => document["date"]["first"].clone(),
        _ => document[field].clone(),
    };
    let kept = fields.into_iter().filter(|field| !value(field).is_null());
    let kept = kept.map(|field| (field.to_owned(), value(field)));
    Value::Object(kept.collect()).to_string()
}

fn in_order(lines: &[String], stride: usize) -> String {
    let step = stride.max(1);
    let lines = (0..step).flat_map(|first| lines.iter().skip(first).step_by(step));
    lines.flat_map(|line| [line.as_str(), "\n"]).collect()
}

fn command(place: &Place, way: Way) -> Command {
    let mut command = place.command();
    command.envs(way.around.iter().copied());
    command
}

/// In another order an article is another line of its file.
fn without_lines(answer: &str) -> String {
    let mut pieces = answer.split("\"record\":");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| {
        out + "\"record\":" + piece.trim_start_matches(|digit: char| digit.is_ascii_digit())
    })
}

/// Indexes the lines this way and gives all answers.
#[track_caller]
fn answers(lines: &[String], way: Way) -> Vec<String> {
    let place = Place::new();
    place.write("news.ndjson", in_order(lines, way.stride));
    let mut index = command(&place, way);
    let numbers = [
        format!("--threads={}", way.threads),
        format!("--commit-every={}", way.commit_every),
    ];
    index.args(["index", "news.ndjson", "--json"]).args(numbers);
    let mut answers = vec![fine(index)];
    for question in QUESTIONS {
        let mut asked = command(&place, way);
        asked.args(*question);
        answers.push(fine(asked));
    }
    let mut status = command(&place, way);
    status.args(["status", "--json"]);
    let mut status: Value = serde_json::from_str(&fine(status)).unwrap();
    status.as_object_mut().unwrap().remove("bytes");
    answers.push(status.to_string());
    let first: Value = serde_json::from_str(&lines[0]).unwrap();
    let mut show = command(&place, way);
    show.args(["show", first["id"].as_str().unwrap()]);
    answers.push(fine(show));
    let mut annotate = command(&place, way);
    annotate.args(["annotate", "news.ndjson"]);
    let annotated = fine(annotate);
    let mut annotated: Vec<&str> = annotated.lines().collect();
    annotated.sort_unstable();
    answers.push(annotated.join("\n"));
    answers
}

/// What a run prints, with its notes.
#[track_caller]
fn fine(mut command: Command) -> String {
    let run = Run::of(command.output().unwrap());
    assert_eq!(run.code, 0, "{command:?}\n{}", run.err);
    run.out + &run.err
}

#[test]
fn the_way_does_not_matter() {
    let lines = lines();
    let wanted = answers(&lines, ONE);
    assert!(wanted.iter().all(|answer| !answer.is_empty()));
    for (name, way) in WAYS {
        let found = answers(&lines, *way);
        for (number, (found, wanted)) in found.iter().zip(&wanted).enumerate() {
            let question = number.checked_sub(1).and_then(|place| QUESTIONS.get(place));
            let is_equal = if way.stride == 0 {
                found == wanted
            } else {
                without_lines(found) == without_lines(wanted)
            };
            if !is_equal {
                let line = first_difference(found, wanted);
                panic!("{name}: {question:?}: {line}");
            }
        }
    }
}

fn first_difference(found: &str, wanted: &str) -> String {
    let mut pairs = found.lines().zip(wanted.lines());
    let Some((found, wanted)) = pairs.find(|(found, wanted)| found != wanted) else {
        return "one goes on".to_owned();
    };
    let same = found.bytes().zip(wanted.bytes());
    let same = same.take_while(|(one, other)| one == other).count();
    let around = |line: &str| {
        let bytes = line
            .as_bytes()
            .iter()
            .skip(same.saturating_sub(80))
            .take(160);
        String::from_utf8_lossy(&bytes.copied().collect::<Vec<u8>>()).into_owned()
    };
    format!("{}\nnot\n{}", around(found), around(wanted))
}

#[test]
fn files_in_another_folder_and_order_of_roots() {
    let ask = |roots: &[&str]| {
        let place = Place::new();
        copy(&Place::corpus(), &place.path("corpus"));
        place.fine(&[&["index", "--quiet"], roots].concat());
        let answers = QUESTIONS.iter().map(|question| {
            let run = place.fine(question);
            run.out + &run.err
        });
        answers.collect::<Vec<_>>()
    };
    let wanted = ask(&["corpus/pl", "corpus/en"]);
    assert!(wanted == ask(&["corpus/en", "corpus/pl"]));
}
