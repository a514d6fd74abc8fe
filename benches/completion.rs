//! How long a shell waits for names of the index, against the mere start of the program.
//!
//! `cargo bench --bench completion -- INDEX TYPED`: names of persons, places and organizations of
//! this index that begin so; both times are medians of many runs, taken in turn.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench is a program for developers"
)]

use std::process::Command;
use std::time::{Duration, Instant};

const ROUNDS: usize = 51;

fn timed(command: &mut Command) -> (Duration, usize) {
    let start = Instant::now();
    let output = command.output().unwrap();
    let offers = String::from_utf8(output.stdout).unwrap().lines().count();
    (start.elapsed(), offers)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let Some(index) = arguments.next() else {
        println!("no index given");
        return;
    };
    let typed = arguments.next().unwrap_or_default();
    for flag in ["--person", "--place", "--org"] {
        let (mut starts, mut completions, mut offers) = (Vec::new(), Vec::new(), 0);
        for _ in 0..ROUNDS {
            let mut start = Command::new(env!("CARGO_BIN_EXE_kronika"));
            starts.push(timed(start.arg("--version")).0);
            let mut complete = Command::new(env!("CARGO_BIN_EXE_kronika"));
            complete.env("KRONIKA_COMPLETE", "zsh");
            complete.args(["--", "kronika", "-i", &index, "query", flag, &typed]);
            let (time, found) = timed(&mut complete);
            completions.push(time);
            offers = found;
        }
        let (start, completion) = (median(starts), median(completions));
        println!(
            "{flag} {typed}: {offers} offers in {:.1} ms, {:.1} times the start of the program",
            completion.as_secs_f64() * 1e3,
            completion.as_secs_f64() / start.as_secs_f64(),
        );
    }
}
