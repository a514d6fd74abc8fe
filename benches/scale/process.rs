//! A command, and what it took.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// What a process took and said.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Until the first byte of its output, or its end without any.
    pub(crate) first: Duration,
    /// Until its end.
    pub(crate) whole: Duration,
    /// Time of all its threads on processors.
    pub(crate) busy: Duration,
    /// Its peak memory in bytes, where the system tells it.
    pub(crate) memory: u64,
    /// Lines of its output.
    pub(crate) lines: usize,
}

/// Runs a command that has to succeed, and reads its output without keeping it.
pub(crate) fn run(command: &mut Command) -> Run {
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = None;
    let mut lines = 0;
    let mut buffer = vec![0; 1 << 16];
    let mut out = child.stdout.take().unwrap();
    let complaints = child.stderr.take().unwrap();
    let told = std::thread::spawn(move || std::io::read_to_string(complaints));
    loop {
        let length = out.read(&mut buffer).unwrap();
        first.get_or_insert_with(|| started.elapsed());
        if length == 0 {
            break;
        }
        lines += buffer[..length].split(|byte| *byte == b'\n').count() - 1;
    }
    let used = child.wait4().unwrap();
    let whole = started.elapsed();
    let told = told.join().unwrap().unwrap();
    if !used.status.success() {
        std::io::stderr().write_all(told.as_bytes()).unwrap();
        panic!("{command:?} failed");
    }
    Run {
        first: first.unwrap_or(whole),
        whole,
        busy: used.rusage.utime + used.rusage.stime,
        memory: used.rusage.maxrss,
        lines,
    }
}

/// The quickest of several runs: as many as fit into some seconds, seven at most.
pub(crate) fn quickest(command: &mut Command) -> Run {
    let started = Instant::now();
    let mut best = run(command);
    for _ in 1..7 {
        if started.elapsed() > Duration::from_secs(3) {
            break;
        }
        let next = run(command);
        if next.whole < best.whole {
            best = next;
        }
    }
    best
}
