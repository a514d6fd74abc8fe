//! A disk that is full, too few file handles, files that vanish: a clear error, and the index keeps
//! its last commit.
#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::program::{Place, Run};

const ARTICLES: usize = 60;

/// Articles of a kibibyte or so each.
fn corpus(place: &Place, name: &str, articles: std::ops::Range<usize>) {
    let lines = articles.map(|number| {
        let words: Vec<String> = (0..120)
            .map(|word| format!("słowo{number}a{word}"))
            .collect();
        let text = format!(
            "W Genewie prezydent Joe Biden spotkał się z Władimirem Putinem. {}.",
            words.join(" ")
        );
        serde_json::json!({"id": format!("{name}{number}"), "date": "2023-02-15", "text": text})
            .to_string()
            + "\n"
    });
    place.write(&format!("news/{name}.ndjson"), lines.collect::<String>());
}

/// Runs the program under a limit of the shell: `-f` for blocks of a file, `-n` for open files.
fn limited(place: &Place, limit: &str, arguments: &[&str]) -> Run {
    let program = place.command();
    let script = format!("trap '' XFSZ; ulimit {limit}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command
        .args(["-c", &script])
        .arg(program.get_program())
        .args(arguments)
        .current_dir(place.path(""))
        .env("KRONIKA_NOW", "2023-03-01")
        .env("RUST_BACKTRACE", "0");
    Run::of(command.output().unwrap())
}

fn articles(place: &Place) -> usize {
    let run = place.fine(&["query", "--format", "ids"]);
    run.out.lines().count()
}

/// Adds to an index under the limit, which is to fail. The index then has what it had or some
/// commits more, is whole, and the same command does the rest.
#[track_caller]
fn check(limit: &str, said: &[&str]) {
    let place = Place::new();
    corpus(&place, "a", 0..10);
    place.fine(&["index", "--quiet", "news"]);
    corpus(&place, "b", 0..ARTICLES);
    let index = ["index", "--commit-every=20", "--threads=1", "news"];
    let run = limited(&place, limit, &index);
    assert!(!run.err.contains("panicked"), "{limit}: {}", run.err);
    assert_eq!(run.code, 6, "{limit}: {}\n{}", run.out, run.err);
    for words in said {
        assert!(
            run.err.contains(words),
            "{limit}: no `{words}` in {}",
            run.err
        );
    }
    let kept = articles(&place);
    assert!(
        kept >= 10 && (kept - 10).is_multiple_of(20),
        "{limit}: {kept}"
    );
    place.fine(&["verify"]);
    let account = place.account(&["news"], 0);
    assert_eq!(account["added"], ARTICLES + 10 - kept, "{limit}: {account}");
    assert_eq!(articles(&place), ARTICLES + 10);
    place.fine(&["verify", "news"]);
}

#[test]
fn a_full_disk() {
    // Blocks of 512 bytes or a kibibyte, as the shell counts.
    for blocks in [0, 1, 2, 4, 8, 16, 24] {
        check(&format!("-f {blocks}"), &["kronika: error: ", "hint: "]);
    }
}

#[test]
fn too_few_file_handles() {
    for handles in [6, 7, 8, 9, 10] {
        check(&format!("-n {handles}"), &["kronika: error: ", "hint: "]);
    }
}

#[test]
fn a_full_disk_where_there_is_no_index_yet() {
    for blocks in [0, 1, 2, 4, 8, 16] {
        let place = Place::new();
        corpus(&place, "a", 0..ARTICLES);
        let run = limited(&place, &format!("-f {blocks}"), &["index", "news"]);
        run.fails(6, &["kronika: error: "]);
        let asked = place.run(&["query", "Biden", "--format", "ids"]);
        assert!(asked.code == 3 || asked.code == 0, "{}", asked.err);
        assert_eq!(asked.out, "");
        assert_eq!(place.account(&["news"], 0)["added"], ARTICLES);
    }
}

#[test]
fn what_is_printed_to_a_full_disk_fails() {
    let place = Place::new();
    corpus(&place, "a", 0..ARTICLES);
    place.fine(&["index", "--quiet", "news"]);
    for question in [
        &["query", "--json"][..],
        &["met", "--csv"],
        &["entities"],
        &["graph", "--format", "gexf"],
        &["kwic", "Biden"],
        &["status"],
        &["verify"],
    ] {
        let mut command = place.command();
        let full = fs::OpenOptions::new().write(true).open("/dev/full");
        command.args(question).stdout(full.unwrap());
        let run = Run::of(command.stderr(Stdio::piped()).output().unwrap());
        run.fails(6, &["kronika: error: ", "space"]);
    }
}

/// While the program waits for the first file, the others change.
#[track_caller]
fn meanwhile(place: &Place, arguments: &[&str], change: &dyn Fn()) -> Run {
    let pipe = place.path("0.ndjson");
    let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    let mut command = place.command();
    command.args(["index", "--json", "0.ndjson", "news"]);
    command.args(arguments);
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let child = child.unwrap();
    // Opens when the program reads, that is, after it has looked which files there are.
    let mut writer = fs::OpenOptions::new().write(true).open(&pipe).unwrap();
    change();
    let line = "{\"id\":\"first\",\"date\":\"2023-02-15\",\"text\":\"Artykuł.\"}\n";
    writer.write_all(line.as_bytes()).unwrap();
    drop(writer);
    let run = Run::of(child.wait_with_output().unwrap());
    fs::remove_file(pipe).unwrap();
    run
}

#[test]
fn a_file_that_vanishes_is_rejected_and_keeps_its_articles() {
    let place = Place::new();
    corpus(&place, "a", 0..3);
    corpus(&place, "b", 0..3);
    place.fine(&["index", "--quiet", "news"]);
    let gone = place.path("news/a.ndjson");
    let run = meanwhile(&place, &["--prune"], &|| fs::remove_file(&gone).unwrap());
    run.fails(4, &[]);
    let account: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    for (part, number) in [
        ("read", 5),
        ("rejected", 1),
        ("unchanged", 3),
        ("removed", 0),
    ] {
        assert_eq!(account[part], number, "{account}");
    }
    let rejects = fs::read_to_string(place.path("index/rejects.ndjson")).unwrap();
    assert!(rejects.contains("news/a.ndjson"), "{rejects}");
    assert_eq!(articles(&place), 7);
}

#[test]
fn a_file_that_is_cut_off_is_rejected_from_there() {
    let place = Place::new();
    corpus(&place, "a", 0..3);
    let file = place.path("news/a.ndjson");
    let bytes = fs::read(&file).unwrap();
    let run = meanwhile(&place, &[], &|| {
        fs::write(&file, &bytes[..bytes.len() - 9]).unwrap();
    });
    run.fails(4, &[]);
    let account: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&account["added"], &account["rejected"]),
        (&3.into(), &1.into())
    );
    fs::write(&file, bytes).unwrap();
    assert_eq!(place.account(&["news"], 0)["added"], 1);
}

#[test]
fn a_file_that_grows_without_end_is_read_while_it_grows() {
    let place = Place::new();
    corpus(&place, "a", 0..3);
    let file = place.path("news/a.ndjson");
    let mut more = fs::read(&file).unwrap();
    let later = String::from_utf8(more.clone())
        .unwrap()
        .replace("\"a", "\"later");
    more.extend(later.as_bytes());
    let begin = Instant::now();
    let run = meanwhile(&place, &[], &|| fs::write(&file, &more).unwrap());
    assert!(begin.elapsed() < Duration::from_mins(1));
    let account: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&account["added"], &account["read"]),
        (&7.into(), &7.into())
    );
}

#[test]
fn who_may_read_the_folder_may_read_the_index() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    corpus(&place, "a", 0..3);
    place.fine(&["index", "--quiet", "news"]);
    for entry in walkdir::WalkDir::new(place.path("index")) {
        let entry = entry.unwrap();
        let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode();
        let wanted = mode(entry.path().parent().unwrap()) & 0o444;
        // The engine's lock is for writers.
        if !entry
            .file_name()
            .as_encoded_bytes()
            .starts_with(b".tantivy")
            && entry.depth() > 0
        {
            assert_eq!(
                mode(entry.path()) & 0o444,
                wanted,
                "{}",
                entry.path().display()
            );
        }
    }
}
