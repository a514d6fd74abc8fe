//! The whole path on the sample corpus, as a newcomer walks it.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use crate::program::{Place, Run};

/// A place with the sample corpus indexed in it.
fn indexed() -> Place {
    let place = Place::new();
    let corpus = Place::corpus();
    let account = place.account(&[corpus.to_str().unwrap()], 0);
    assert!(account["added"].as_u64().unwrap() >= 60, "{account}");
    assert_eq!(account["undated"], 1, "{account}");
    place
}

fn ids(place: &Place, arguments: &[&str]) -> Vec<String> {
    let arguments = [&["query", "--format", "paths"], arguments].concat();
    let run = place.fine(&arguments);
    run.out
        .lines()
        .map(|path| path.rsplit('/').next().unwrap().to_owned())
        .collect()
}

/// Every file of the index with its bytes.
fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let name = entry.path().strip_prefix(folder).unwrap();
            (
                name.display().to_string(),
                std::fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

#[test]
fn any_form_of_a_name_finds_every_form() {
    let place = indexed();
    let mut answers = Vec::new();
    for name in [
        "Łukaszenka",
        "Łukaszenki",
        "Łukaszence",
        "Łukaszenkę",
        "Łukaszenką",
        "Łukaszenko",
        "Lukaszenka",
        "Lukaszenki",
        "lukaszenke",
        "LUKASZENKA",
        "Alaksandr Łukaszenka",
        "Alaksandra Łukaszenki",
    ] {
        let february = ["--since", "2023-02", "--until", "2023-02-28"];
        let arguments = [&["--person", name], &february[..]].concat();
        // How well each form fits differs; what is found does not.
        let mut found = ids(&place, &arguments);
        found.sort();
        answers.push((name, found));
    }
    let (_, first) = &answers[0];
    assert!(
        first.iter().any(|path| path == "putin-lukaszenka.txt"),
        "{first:?}"
    );
    assert!(first.len() >= 4, "{first:?}");
    for (name, answer) in &answers[..10] {
        assert_eq!(answer, first, "{name}");
    }
    for (name, answer) in &answers[10..] {
        assert!(
            answer.contains(&"putin-lukaszenka.txt".to_owned()),
            "{name}: {answer:?}"
        );
    }
}

#[test]
fn every_format_tells_the_same() {
    let place = indexed();
    let ask = |format: &[&str]| {
        let query = ["query", "rozmowa o mobilizacji", "--org", "OUBZ"];
        place.fine(&[&query[..], format].concat()).out
    };
    let json: serde_json::Value = serde_json::from_str(&ask(&["--json"])).unwrap();
    let total = usize::try_from(json["total"].as_u64().unwrap()).unwrap();
    assert!(total >= 1, "{json}");
    assert_eq!(json["hits"].as_array().unwrap().len(), total);
    assert_eq!(ask(&["--format", "ids"]).lines().count(), total);
    let lines = ask(&["--nl"]);
    assert_eq!(lines.lines().count(), total);
    for line in lines.lines() {
        let hit: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(hit["schema"], "kronika.hit/1");
    }
    let table = ask(&["--csv"]);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(reader.records().map(Result::unwrap).count(), total);
    let tsv = ask(&["--tsv"]);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_reader(tsv.as_bytes());
    assert_eq!(reader.records().map(Result::unwrap).count(), total);
}

#[test]
fn a_second_run_changes_not_one_byte() {
    let place = indexed();
    let before = snapshot(&place.path("index"));
    let corpus = Place::corpus();
    let account = place.account(&[corpus.to_str().unwrap()], 0);
    assert_eq!(account["unchanged"], account["read"], "{account}");
    let after = snapshot(&place.path("index"));
    let names: Vec<&String> = before.keys().collect();
    assert_eq!(names, after.keys().collect::<Vec<_>>());
    for (name, bytes) in &before {
        assert!(bytes == &after[name], "{name} changed");
    }
}

#[test]
fn a_header_of_one_word_dates_an_article() {
    let place = Place::new();
    place.write(
        "a.txt",
        " date 2023-02 Rzecznik Kremla zapowiedział spotkanie.",
    );
    place.fine(&["index", "a.txt"]);
    let run = place.fine(&["query", "rzecznik", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let date = &answer["hits"][0]["date"];
    assert_eq!(date["first"], "2023-02-01");
    assert_eq!(date["last"], "2023-02-28");
    assert_eq!(date["precision"], "month");
    assert_eq!(date["rule"], "header");
}

#[test]
fn the_same_bytes_for_any_threads_order_and_time_zone() {
    let corpus = Place::corpus();
    let corpus = corpus.to_str().unwrap();
    let (pl, en) = (format!("{corpus}/pl"), format!("{corpus}/en"));
    let answers: Vec<String> = [("1", [&pl, &en], "UTC"), ("3", [&en, &pl], "Asia/Tokyo")]
        .into_iter()
        .map(|(threads, roots, zone)| {
            let place = Place::new();
            let mut command = place.command();
            command
                .env("TZ", zone)
                .args(["index", "--threads", threads]);
            let run = Run::of(command.args(roots).output().unwrap());
            assert_eq!(run.code, 0, "{}", run.err);
            let mut all = run.out;
            for arguments in [
                ["query", "--nl"],
                ["query", "spotkanie --nl"],
                ["status", "--json"],
            ] {
                let arguments = arguments.iter().flat_map(|part| part.split(' '));
                let run = place.fine(&arguments.collect::<Vec<_>>());
                all += &run
                    .out
                    .lines()
                    .filter(|line| !line.contains("bytes"))
                    .collect::<String>();
            }
            all
        })
        .collect();
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn articles_change_move_double_and_vanish() {
    let place = Place::new();
    place
        .write("news/a.txt", "Pierwszy artykuł.")
        .write("news/b.txt", "Drugi artykuł.");
    place.write("news/c.txt", "Pierwszy artykuł.");
    let account = place.account(&["news"], 0);
    assert_eq!(
        (&account["added"], &account["duplicate"]),
        (&2.into(), &1.into())
    );
    // Without an id of its own, an article with another text is another article.
    place.write("news/d.json", r#"{"id":"d","text":"Stary tekst."}"#);
    assert_eq!(place.account(&["news"], 0)["added"], 1);
    place.write("news/d.json", r#"{"id":"d","text":"Nowy tekst."}"#);
    let account = place.account(&["--dry-run", "news"], 0);
    assert_eq!(account["updated"], 1);
    assert_eq!(place.fine(&["query", "nowy", "--format", "ids"]).out, "");
    assert_eq!(place.account(&["news"], 0)["updated"], 1);
    assert_eq!(place.fine(&["query", "nowy", "--format", "ids"]).out, "d\n");
    assert_eq!(place.fine(&["query", "stary", "--format", "ids"]).out, "");
    std::fs::remove_file(place.path("news/a.txt")).unwrap();
    std::fs::remove_file(place.path("news/b.txt")).unwrap();
    let account = place.account(&["--prune", "news"], 0);
    assert_eq!(account["removed"], 1, "{account}");
    assert_eq!(
        place.fine(&["query", "pierwszy", "--format", "paths"]).out,
        "news/c.txt\n"
    );
    assert_eq!(place.fine(&["query", "drugi", "--format", "ids"]).out, "");
}

#[test]
fn ready_made_names_win() {
    let place = Place::new();
    let line = r#"{"id":"a","lang":"pl","text":"Donald Tusk mówił.","persons":["Jan Kowalski"]}"#;
    place.write("a.ndjson", line);
    place.fine(&["index", "a.ndjson"]);
    assert_eq!(ids(&place, &["--person", "Kowalskim"]), ["a.ndjson"]);
    assert_eq!(ids(&place, &["--person", "Tusk"]), [""; 0]);
}

#[test]
fn names_are_found_where_they_were_left_out_before() {
    let place = Place::new();
    place.write("a.txt", "W Warszawie był Donald Tusk.");
    place.account(&["--no-names", "a.txt"], 0);
    assert_eq!(ids(&place, &["--person", "Tusk"]), [""; 0]);
    assert_eq!(place.account(&["a.txt"], 0)["updated"], 1);
    assert_eq!(ids(&place, &["--person", "Tusk"]), ["a.txt"]);
    assert_eq!(place.account(&["a.txt"], 0)["unchanged"], 1);
}

#[test]
fn many_questions_one_index() {
    let place = indexed();
    let mut child = place
        .command()
        .args(["query", "-", "--json", "-n", "3"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let questions = "person:Putin\nnic:takiego\n{\"query\":\"spotkanie\",\"until\":\"2021\"}\n";
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), questions.as_bytes()).unwrap();
    drop(child.stdin.take());
    let run = Run::of(child.wait_with_output().unwrap());
    let answers: Vec<serde_json::Value> = run
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), 3, "{}", run.out);
    assert!(answers[0]["total"].as_u64().unwrap() > 0);
    assert_eq!(answers[1]["schema"], "kronika.error/1");
    assert_eq!(answers[2]["schema"], "kronika.hits/1");
    assert_eq!(run.code, 2);
}

#[test]
fn nothing_found_is_said_by_the_exit_code_when_asked_for() {
    let place = indexed();
    assert_eq!(place.run(&["query", "xyzzy"]).code, 0);
    assert_eq!(place.run(&["query", "-e", "xyzzy"]).code, 1);
    let quiet = place.run(&["query", "-q", "Putin"]);
    assert_eq!((quiet.code, quiet.out.as_str()), (0, ""));
    assert_eq!(place.run(&["query", "-q", "xyzzy"]).code, 1);
}

#[test]
fn legacy_encodings_are_read() {
    let place = Place::new();
    let text = "Zażółć gęślą jaźń. Prezydent spotkał się w środę z premierem w Łodzi i mówił o \
                żądaniach, które zgłosili również posłowie źle przyjęci przez część wyborców.";
    let (latin, _, _) = encoding_rs::ISO_8859_2.encode(text);
    let (windows, _, _) = encoding_rs::WINDOWS_1250.encode(text);
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("l.txt", &latin[..]),
        ("w.txt", &windows[..]),
        ("u.txt", &utf16[..]),
    ] {
        place.write(name, bytes);
        place.fine(&["index", "--rebuild", name]);
        assert_eq!(ids(&place, &["jaźń"]), [name]);
        assert_eq!(ids(&place, &["=gęślą"]), [name]);
    }
}
