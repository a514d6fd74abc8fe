//! Indexing that is killed, interrupted or locked out: the last commit stays, and the same command
//! does the rest.
//!
//! `KRONIKA_KILLS=10000 cargo test --release --test it killed -- --nocapture` runs more rounds.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::program::{Place, Run, copy};

/// Rounds of a normal test run.
const ROUNDS: usize = 200;
/// Rounds under way at a time.
const THREADS: usize = 4;
/// Articles between two commits.
const COMMIT_EVERY: usize = 2;
/// Articles before the update; the update adds more after them.
const FIRST: usize = 18;
/// Articles after the update, the removed ones counted.
const LAST: usize = 24;
/// The run under test.
const INDEX: &[&str] = &[
    "index",
    "--threads=1",
    "--memory=16",
    "--commit-every=2",
    "--prune",
    "news",
];

/// Whether the update changes, or removes, an article.
fn is_updated(number: usize) -> bool {
    number < FIRST && number.is_multiple_of(3)
}

fn is_removed(number: usize) -> bool {
    number < FIRST && number % 6 == 1
}

fn write(place: &Place, number: usize, updated: bool) {
    let day = number % 27 + 1;
    let what = if updated {
        "po zmianie"
    } else {
        "na początku"
    };
    let article = format!(
        "{{\"id\":\"n{number}\",\"date\":\"2023-02-{day:02}\",\"text\":\"W Genewie prezydent Joe \
         Biden spotkał się z Władimirem Putinem. Artykuł {number} {what}.\"}}"
    );
    place.write(&format!("news/{number:02}.json"), article);
}

/// The files before the update.
fn first_files(place: &Place) {
    (0..FIRST).for_each(|number| write(place, number, false));
}

/// The files after the update.
fn last_files(place: &Place) {
    for number in 0..LAST {
        if is_removed(number) {
            fs::remove_file(place.path(&format!("news/{number:02}.json"))).unwrap();
        } else if is_updated(number) || number >= FIRST {
            write(place, number, is_updated(number));
        }
    }
}

fn json(place: &Place, arguments: &[&str]) -> Value {
    serde_json::from_str(&place.fine(arguments).out).unwrap()
}

/// The fingerprint of the last commit, and its number of articles; nothing without a commit.
fn state(place: &Place) -> Option<(String, u64)> {
    let run = place.run(&["status", "--json"]);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    if run.code == 3 && run.err.contains("there is no index here") {
        return None;
    }
    assert_eq!(run.code, 0, "{}", run.err);
    let status: Value = serde_json::from_str(&run.out).unwrap();
    let fingerprint = status["fingerprint"].as_str().unwrap().to_owned();
    Some((fingerprint, status["articles"].as_u64().unwrap()))
}

/// What the index answers, without its size on disk.
fn answers(place: &Place) -> Vec<String> {
    let mut status = json(place, &["status", "--json"]);
    status.as_object_mut().unwrap().remove("bytes");
    let questions: [&[&str]; 4] = [
        &["query", "Putin", "--json"],
        &["met", "Putin", "Biden", "--json"],
        &["entities", "--csv"],
        &["timeline", "--json"],
    ];
    let answers = questions.iter().map(|question| place.fine(question).out);
    std::iter::once(status.to_string()).chain(answers).collect()
}

/// The states that a run may commit, each as an index made at one go of the files it stands for.
fn committed_states(start: &dyn Fn(&Place), changes: &[usize], end: &dyn Fn(&Place)) -> States {
    let mut states = States::new();
    let mut note = |place: &Place| {
        place.fine(&["index", "--quiet", "--rebuild", "news"]);
        states.insert(state(place).unwrap());
    };
    let place = Place::new();
    fs::create_dir(place.path("news")).unwrap();
    start(&place);
    note(&place);
    for (done, number) in changes.iter().enumerate() {
        write(
            &place,
            *number,
            is_updated(*number) && changes.len() < FIRST,
        );
        if (done + 1) % COMMIT_EVERY == 0 || done + 1 == changes.len() {
            note(&place);
        }
    }
    end(&place);
    note(&place);
    states
}

type States = BTreeSet<(String, u64)>;

/// A run to kill: what is there before it, and all that may be there after.
struct Scene {
    before: Place,
    states: States,
    /// The state and the answers of a run that nobody disturbs.
    whole: (String, u64),
    answers: Vec<String>,
    length: Duration,
}

impl Scene {
    /// `prepared` is what an earlier run has indexed.
    fn new(before: Place, states: States) -> Self {
        let place = twin(&before);
        let begin = Instant::now();
        place.fine(INDEX);
        let length = begin.elapsed();
        Self {
            before,
            states,
            whole: state(&place).unwrap(),
            answers: answers(&place),
            length,
        }
    }

    fn adding() -> Self {
        let before = Place::new();
        first_files(&before);
        let numbers: Vec<usize> = (0..FIRST).collect();
        Self::new(before, committed_states(&|_| {}, &numbers, &|_| {}))
    }

    fn updating() -> Self {
        let before = Place::new();
        first_files(&before);
        before.fine(INDEX);
        last_files(&before);
        let numbers: Vec<usize> = (0..LAST)
            .filter(|number| is_updated(*number) || *number >= FIRST)
            .collect();
        let states = committed_states(&first_files, &numbers, &last_files);
        Self::new(before, states)
    }
}

fn twin(of: &Place) -> Place {
    let place = Place::new();
    copy(&of.path(""), &place.path(""));
    place
}

fn start(place: &Place, arguments: &[&str]) -> Child {
    let mut command = place.command();
    command.args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// How many runs were killed before their first commit, between commits, and after the last; and
/// how many indexes opened then, and were completed by the same command.
#[derive(Default)]
struct Counts {
    before: AtomicUsize,
    within: AtomicUsize,
    after: AtomicUsize,
    opened: AtomicUsize,
    completed: AtomicUsize,
}

fn round(scene: &Scene, delay: Duration, counts: &Counts) {
    let place = twin(&scene.before);
    let was = state(&place);
    let mut child = start(&place, INDEX);
    thread::sleep(delay);
    child.kill().unwrap();
    let run = Run::of(child.wait_with_output().unwrap());
    assert!(!run.err.contains("panicked"), "{}", run.err);
    let found = state(&place);
    if let Some(found) = &found {
        let is_empty = was.is_none() && found.1 == 0;
        let is_committed = is_empty || scene.states.contains(found);
        assert!(is_committed, "after {delay:?}: {found:?}");
    }
    let count = match &found {
        Some(found) if *found == scene.whole => &counts.after,
        found if *found == was || found.as_ref().is_some_and(|found| found.1 == 0) => {
            &counts.before
        }
        _ => &counts.within,
    };
    count.fetch_add(1, Ordering::Relaxed);
    counts.opened.fetch_add(1, Ordering::Relaxed);
    place.fine(INDEX);
    assert_eq!(answers(&place), scene.answers, "after {delay:?}");
    assert_eq!(
        state(&place).as_ref(),
        Some(&scene.whole),
        "after {delay:?}"
    );
    counts.completed.fetch_add(1, Ordering::Relaxed);
}

#[expect(
    clippy::print_stdout,
    reason = "what the rounds met is asked for with --nocapture"
)]
#[test]
fn a_killed_run_leaves_a_commit_and_is_completed() {
    let rounds = std::env::var("KRONIKA_KILLS").map_or(ROUNDS, |text| text.parse().unwrap());
    let scenes = [Scene::adding(), Scene::updating()];
    let counts = Counts::default();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= rounds {
                        return;
                    }
                    let scene = &scenes[number % scenes.len()];
                    // The golden ratio spreads the moments evenly, always in the same order.
                    // Runs beside each other take longer than one alone.
                    let number = f64::from(u32::try_from(number).unwrap());
                    let share = (number * 0.618_033_988_749).fract() * 2.0;
                    round(scene, scene.length.mul_f64(share), &counts);
                }
            });
        }
    });
    let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
    let (before, within, after) = (
        count(&counts.before),
        count(&counts.within),
        count(&counts.after),
    );
    assert_eq!(before + within + after, rounds);
    println!(
        "{rounds} rounds: killed {before} before, {within} between, {after} after commits; {} \
         opened, {} completed with the bytes of an undisturbed run",
        count(&counts.opened),
        count(&counts.completed),
    );
}

/// Many articles, so that a run takes a while.
fn long(place: &Place, articles: usize) {
    let mut lines = String::new();
    for number in 0..articles {
        let text = format!("Joe Biden spotkał się z Władimirem Putinem. Numer {number}.");
        let article =
            serde_json::json!({"id": number.to_string(), "date": "2023-02-15", "text": text});
        lines += &article.to_string();
        lines.push('\n');
    }
    place.write("long.ndjson", lines);
}

const LONG: &[&str] = &["index", "--json", "--commit-every=5", "long.ndjson"];

/// Waits until the run has committed articles.
fn until_committed(place: &Place) {
    let end = Instant::now() + Duration::from_mins(1);
    while state(place).is_none_or(|(_, articles)| articles == 0) {
        assert!(Instant::now() < end, "nothing was ever committed");
    }
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let id = child.id().to_string();
    let status = std::process::Command::new("sh")
        .args(["-c", &format!("kill -INT {id}")])
        .status();
    assert!(status.unwrap().success());
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_at_a_commit_with_a_true_account() {
    let place = Place::new();
    long(&place, 5000);
    let child = start(&place, LONG);
    until_committed(&place);
    interrupt(&child);
    let run = Run::of(child.wait_with_output().unwrap());
    run.fails(130, &["interrupted"]);
    let account: Value = serde_json::from_str(&run.out).unwrap();
    let (_, articles) = state(&place).unwrap();
    assert_eq!(account["added"], articles);
    assert_eq!(account["read"], articles);
    assert!(articles < 5000, "the run was over before the interrupt");
    let rest = place.account(&["long.ndjson"], 0);
    assert_eq!(rest["unchanged"], articles);
    assert_eq!(rest["added"], 5000 - articles);
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_ends_at_once() {
    let place = Place::new();
    // Reads from a pipe that stays open, so the first interrupt finds it waiting.
    let mut command = place.command();
    command.args(["index", "--input-format=ndjson", "--commit-every=1", "-"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let article = "{\"id\":\"1\",\"date\":\"2023-02-15\",\"text\":\"Artykuł.\"}\n";
    std::io::Write::write_all(&mut pipe, article.repeat(2000).as_bytes()).unwrap();
    until_committed(&place);
    interrupt(&child);
    thread::sleep(Duration::from_millis(200));
    assert!(
        child.try_wait().unwrap().is_none(),
        "it ended without a second one"
    );
    interrupt(&child);
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!(run.code, 130, "{}", run.err);
    drop(pipe);
    assert_eq!(state(&place).unwrap().1, 1);
    place.write("more.txt", "Drugi artykuł.");
    assert_eq!(place.account(&["more.txt"], 0)["added"], 1);
}

#[test]
fn a_second_writer_waits_and_a_dead_one_is_not_waited_for() {
    let place = Place::new();
    place.write("news/a.txt", "Artykuł.");
    let mut command = place.command();
    // It waits its turn, since those who look whether it is there are writers as well.
    command.args(["index", "--wait", "--input-format=ndjson", "-"]);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut first = command.spawn().unwrap();
    let end = Instant::now() + Duration::from_mins(1);
    while place.run(&["index", "--quiet", "news"]).code != 5 {
        assert!(Instant::now() < end, "the first writer never came");
        thread::sleep(Duration::from_millis(100));
    }
    let second = start(&place, &["index", "--wait", "news"]);
    thread::sleep(Duration::from_millis(300));
    let holder = format!("process {}", first.id());
    first.kill().unwrap();
    first.wait().unwrap();
    let run = Run::of(second.wait_with_output().unwrap());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains(&format!("waits for {holder}")),
        "{}",
        run.err
    );
    place.fine(&["index", "news"]);
}

#[test]
fn readers_see_one_commit_while_an_index_is_written() {
    let place = Place::new();
    long(&place, 300);
    let mut child = start(
        &place,
        &["index", "--quiet", "--commit-every=20", "long.ndjson"],
    );
    let mut seen = BTreeSet::new();
    let questions: [&[&str]; 3] = [
        &["query", "Biden", "--format", "ids"],
        &["met", "Putin", "Biden", "--format", "ids"],
        &["query", "numer", "--format", "ids"],
    ];
    while child.try_wait().unwrap().is_none() {
        let Some((fingerprint, articles)) = state(&place) else {
            continue;
        };
        assert_eq!(articles % 20, 0, "{articles} articles are no commit");
        seen.insert((fingerprint, articles));
        for question in questions {
            let found = place.fine(question).out.lines().count();
            assert_eq!(
                found % 20,
                0,
                "{question:?}: {found} articles are no commit"
            );
            assert!(found as u64 >= articles, "{question:?}: an older commit");
        }
    }
    assert!(child.wait().unwrap().success());
    let prints: BTreeSet<_> = seen.iter().map(|(print, _)| print).collect();
    let totals: BTreeSet<_> = seen.iter().map(|(_, total)| total).collect();
    assert_eq!(
        prints.len(),
        totals.len(),
        "a fingerprint stands for one total"
    );
    assert_eq!(state(&place).unwrap().1, 300);
}
