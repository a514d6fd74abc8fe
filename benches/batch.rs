//! Many questions in one pass, against a process for each.
//!
//! `cargo bench --bench batch [-- QUESTIONS]`: indexes the sample corpus and asks for QUESTIONS
//! names (10,000 without a word), all names of the index over and over, once as `kronika query -`
//! and as a process each. Of processes only 100 are started, evenly spread over the questions, and
//! their time is multiplied.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kronika");

/// So many processes are started.
const PROCESSES: usize = 100;

/// A question for each name of the index.
fn names(index: &Path) -> Vec<String> {
    let listed = Command::new(PROGRAM)
        .args(["entities", "--nl", "-n", "1000000", "-i"])
        .arg(index)
        .output()
        .unwrap();
    let mut questions = Vec::new();
    for line in String::from_utf8(listed.stdout).unwrap().lines() {
        let entity: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = match entity["kind"].as_str().unwrap() {
            "organization" => "org",
            kind @ ("person" | "place" | "product") => kind,
            _ => continue,
        };
        for name in entity["names"].as_array().unwrap() {
            let name = name["name"].as_str().unwrap();
            if !name.contains(['"', '\\']) {
                questions.push(format!("{field}:\"{name}\""));
            }
        }
    }
    questions
}

/// Seconds that a command takes, its output thrown away.
fn seconds(command: &mut Command) -> f64 {
    let started = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    started.elapsed().as_secs_f64()
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    let count: usize = arguments
        .next()
        .map_or(10_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    seconds(
        Command::new(PROGRAM)
            .args(["index", "--quiet", "-i"])
            .args([&index, &corpus]),
    );
    let names = names(&index);
    let questions: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .cycle()
        .take(count)
        .collect();
    let lines = folder.path().join("questions.txt");
    std::fs::write(&lines, questions.join("\n")).unwrap();
    println!("{count} questions, {} different", names.len().min(count));
    let step = count.div_ceil(PROCESSES).max(1);
    for (format, what) in [("ids", "ids"), ("json", "all of each article")] {
        let query = |question: &str| {
            let mut command = Command::new(PROGRAM);
            command.args(["query", question, "--format", format, "-i"]);
            command.arg(&index);
            command
        };
        let passes = (0..3).map(|_| seconds(query("-").stdin(File::open(&lines).unwrap())));
        let mut passes: Vec<f64> = passes.collect();
        passes.sort_by(f64::total_cmp);
        let pass = passes.get(1).copied().unwrap_or_default();
        let asked: Vec<&&str> = questions.iter().step_by(step).collect();
        let processes: f64 = asked
            .iter()
            .map(|question| seconds(&mut query(question)))
            .sum();
        let process = processes / asked.len() as f64;
        let all = process * count as f64;
        println!(
            "{what}: one pass {pass:.2} s (median of 3), {:.3} ms a question; a process {:.1} ms \
             (mean of {}), so {all:.0} s for all; the pass is {:.0} times faster",
            pass / count as f64 * 1e3,
            process * 1e3,
            asked.len(),
            all / pass,
        );
    }
}
