//! Many questions from standard input.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::program::{Place, Run};

fn indexed() -> Place {
    let place = Place::new();
    place.account(&[Place::corpus().to_str().unwrap()], 0);
    place
}

fn ask(place: &Place, arguments: &[&str], questions: &[u8]) -> Run {
    let mut child = place
        .command()
        .args(["query", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let questions = questions.to_vec();
    // Answers may fill their pipe before all questions are read.
    let asking = std::thread::spawn(move || pipe.write_all(&questions));
    let run = Run::of(child.wait_with_output().unwrap());
    asking.join().unwrap().unwrap();
    run
}

const QUESTIONS: [&str; 14] = [
    "person:Putin",
    "",
    "person:Łukaszence -place:Moskwa",
    "rozmowa o mobilizacji",
    "\"szczyt NATO\" -title:szczyt",
    "(person:Merkel person:Łukaszenka)~s",
    "  org:UE   date:2022 ",
    "place:Kijów OR place:Mińsk",
    "met:Scholz",
    "qwzx",
    "prezydent*",
    "person:\"Emmanuel Macron\"",
    "lang:en president",
    "date:none",
];

/// What one question gives, as an answer to a line.
fn single(place: &Place, number: usize, question: &str, format: &str, more: &[&str]) -> String {
    let run = |format: &str| {
        let arguments = [&["query", question, "--format", format], more].concat();
        place.fine(&arguments).out
    };
    match format {
        "json" | "ndjson" => {
            let line = format!(",\"line\":{number},\"total\":");
            run("json").replacen(",\"total\":", &line, 1)
        }
        "text" => {
            let answer: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
            let understood = answer["understood"]["query"].as_str().unwrap();
            format!("# {understood}\n{}", run("text"))
        }
        format => {
            let out = run(format);
            let lines = out.lines().map(|line| format!("{number}\t{line}\n"));
            lines.collect::<Vec<_>>().concat()
        }
    }
}

#[test]
fn answers_are_those_of_single_questions_in_order() {
    let place = indexed();
    for format in ["text", "json", "ndjson", "ids", "paths"] {
        for more in [&[][..], &["-n", "2", "--offset", "1", "--sort", "-date"]] {
            let expected: String = (1..)
                .zip(QUESTIONS)
                .filter(|(_, question)| !question.trim().is_empty())
                .map(|(number, question)| single(&place, number, question, format, more))
                .collect();
            let arguments = [&["--format", format], more].concat();
            let run = ask(&place, &arguments, QUESTIONS.join("\r\n").as_bytes());
            assert_eq!(run.out, expected, "{format} {more:?}");
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{format} {more:?}");
        }
    }
}

#[test]
fn the_order_holds_for_more_lines_than_are_read_ahead() {
    let place = indexed();
    let questions = "person:Putin\nqwzx\nprezydent\n".repeat(700);
    let run = ask(&place, &["--json", "-n", "1"], questions.as_bytes());
    let lines: Vec<u64> = run
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|answer| answer["line"].as_u64().unwrap())
        .collect();
    assert_eq!(lines, (1..=2100).collect::<Vec<u64>>());
}

#[test]
fn a_bad_line_takes_nothing_from_the_others() {
    let place = indexed();
    let questions =
        b"\xef\xbb\xbfperson:Scholz\nnic:takiego\nPutin \xb3\xf3d\xbc\nperson:Scholz\n(a";
    let run = ask(&place, &["--format", "ids", "-n", "1"], questions);
    let lines: Vec<&str> = run
        .out
        .lines()
        .map(|line| line.split('\t').next().unwrap())
        .collect();
    assert_eq!(lines, ["1", "4"]);
    assert_eq!(run.code, 2);
    let notes: Vec<&str> = run
        .err
        .lines()
        .filter(|line| line.contains("line "))
        .collect();
    assert_eq!(notes.len(), 3, "{}", run.err);
    for (note, start) in notes.iter().zip([
        "kronika: line 2: unknown field",
        "kronika: line 3: not UTF-8",
        "kronika: line 5: ",
    ]) {
        assert!(note.starts_with(start), "{}", run.err);
    }
    let run = ask(&place, &["--json", "-n", "1"], questions);
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    let schemas: Vec<String> = run
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|answer| answer["schema"].as_str().unwrap().to_owned())
        .collect();
    let (hits, error) = ("kronika.hits/1", "kronika.error/1");
    assert_eq!(schemas, [hits, error, error, hits, error]);
}

#[test]
fn names_that_no_article_has_are_told_with_their_line() {
    let place = indexed();
    let questions = b"person:Putin\nperson:Qwertowicz\n\nplace:Putin -person:Zxcvbnik";
    for format in ["text", "ids", "paths"] {
        let run = ask(&place, &["--format", format], questions);
        let starts: Vec<&str> = run
            .err
            .lines()
            .map(|line| &line[..line.len().min(39)])
            .collect();
        let expected = [
            "kronika: line 2: no article has a perso",
            "kronika: line 4: no article has a perso",
        ];
        assert_eq!(starts, expected, "{}", run.err);
    }
    assert_eq!(ask(&place, &["--json"], questions).err, "");
}

#[test]
fn a_program_may_wait_for_one_answer_before_it_asks_again() {
    let place = indexed();
    let mut child = place
        .command()
        .args(["query", "-", "--json", "-n", "1"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for number in 1..=3 {
        questions.write_all(b"person:Putin\n").unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["line"], number);
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}

#[test]
fn nothing_found_by_any_is_said_by_the_exit_code_when_asked_for() {
    let place = indexed();
    assert_eq!(ask(&place, &[], b"qwzx\n").code, 0);
    assert_eq!(ask(&place, &["-e"], b"qwzx\nxyzzy\n").code, 1);
    assert_eq!(ask(&place, &["-e"], b"qwzx\nPutin\n").code, 0);
    let quiet = ask(&place, &["-q"], b"qwzx\nPutin\n");
    assert_eq!((quiet.code, quiet.out.as_str()), (0, ""));
}
