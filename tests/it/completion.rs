//! What shells are offered while somebody types, asked as the shells ask.

use std::process::Command;

use crate::program::{Place, Run};

/// A place with the sample corpus indexed in it.
fn indexed() -> Place {
    let place = Place::new();
    place.account(&[Place::corpus().to_str().unwrap()], 0);
    place
}

/// What a shell that speaks in words gets, without what is told of each offer.
fn offers(place: &Place, words: &[&str]) -> Vec<String> {
    let mut command = place.command();
    command.env("KRONIKA_COMPLETE", "zsh").arg("--");
    let run = Run::of(command.arg("kronika").args(words).output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{words:?}");
    let lines = run.out.lines();
    let value = |line: &str| line.split('\t').next().unwrap().to_owned();
    lines.map(value).collect()
}

#[track_caller]
fn check(place: &Place, words: &[&str], expected: &str) {
    let offers = offers(place, words);
    assert!(
        offers.iter().any(|offer| offer == expected),
        "{words:?} {offers:?}"
    );
}

#[test]
fn names_of_the_index_are_offered() {
    let place = indexed();
    let full = "Alaksandr Łukaszenka";
    for typed in ["Łuk", "łuk", "Luk", "alaksandr l", full] {
        check(&place, &["query", "--person", typed], full);
    }
    check(
        &place,
        &["query", "--person=Łuk"],
        "--person=Alaksandr Łukaszenka",
    );
    check(
        &place,
        &["search", "--since", "2023", "--person", "Łuk"],
        full,
    );
    for verb in [
        ["kwic", "--person"],
        ["entities", "--with"],
        ["alias", "merge"],
    ] {
        check(&place, &[verb[0], verb[1], "Łuk"], full);
    }
    check(&place, &["met", "Łuk"], full);
    check(&place, &["met", full, "put"], "Władimir Putin");
    check(&place, &["alias", "merge", full, "put"], "Władimir Putin");
    check(&place, &["query", "--place", "bialo"], "Białoruś");
    assert!(offers(&place, &["query", "--place", "Łukaszen"]).is_empty());
    assert!(offers(&place, &["query", "--person", "Xyzzy"]).is_empty());
    assert!(offers(&place, &["query", "--person", ""]).len() > 5);
}

#[test]
fn verbs_flags_and_ids_are_offered() {
    let place = indexed();
    check(&place, &["que"], "query");
    check(&place, &["query", "--per"], "--person");
    check(&place, &["query", "--sort", ""], "-date");
    let ids = place
        .fine(&["query", "--format", "ids", "--person", "Putin"])
        .out;
    let id = ids.lines().next().unwrap();
    let start: String = id.chars().take(id.chars().count() - 1).collect();
    check(&place, &["show", &start], id);
}

#[test]
fn the_index_is_the_one_that_is_meant() {
    let place = indexed();
    let words = ["met", "Łuk"];
    let away = |index: &str| {
        let mut command = place.command();
        command
            .env("KRONIKA_COMPLETE", "fish")
            .env("KRONIKA_INDEX", index);
        let run = Run::of(
            command
                .args(["--", "kronika"])
                .args(words)
                .output()
                .unwrap(),
        );
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.out
    };
    assert!(away("index").contains("Alaksandr Łukaszenka\t"));
    assert_eq!(away("nowhere"), "");
    for flags in [&["-i", "nowhere"][..], &["--index=nowhere"], &["-inowhere"]] {
        assert!(
            offers(&place, &[flags, &words].concat()).is_empty(),
            "{flags:?}"
        );
    }
    check(
        &place,
        &["-i", "index", "met", "Łuk"],
        "Alaksandr Łukaszenka",
    );
    // Without the table of names its dictionary is asked, and no table is built.
    std::fs::remove_file(place.path("index/names.table")).unwrap();
    check(&place, &["met", "Alaksandr Łuk"], "Alaksandr Łukaszenka");
    assert!(!place.path("index/names.table").exists());
    place.write("index/kronika.json", "{");
    assert!(offers(&place, &words).is_empty());
}

/// What bash makes of a line when TAB is pressed at its end.
fn in_bash(place: &Place, line: &str, word: &str) -> Option<String> {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_kronika"));
    let script = place.fine(&["completions", "bash"]).out;
    let typed = format!(
        "{script}\nCOMP_LINE=$1 COMP_POINT=${{#1}}\n_kronika kronika \"$2\" x\nprintf '%s\\n' \"${{COMPREPLY[@]}}\""
    );
    let output = Command::new("bash")
        .current_dir(place.path(""))
        .env(
            "PATH",
            format!("{}:/usr/bin:/bin", program.parent()?.display()),
        )
        .env("LC_ALL", "C.UTF-8")
        .env_remove("KRONIKA_INDEX")
        .args(["--norc", "-c", &typed, "bash", line, word])
        .output();
    // Where there is no bash, nothing can be said of it.
    Some(Run::of(output.ok()?).out)
}

#[test]
fn bash_reads_back_what_it_is_offered() {
    let place = indexed();
    let rows = [
        ("kronika met Łuk", "Łuk", "Alaksandr\\ Łukaszenka"),
        ("kronika met \"Łuk", "Łuk", "Alaksandr Łukaszenka"),
        (
            "kronika met Alaksandr\\ Ł",
            "Alaksandr\\ Ł",
            "Alaksandr\\ Łukaszenka",
        ),
        (
            "kronika query --person=Łuk",
            "Łuk",
            "Alaksandr\\ Łukaszenka",
        ),
        ("kronika -i index query --per", "--per", "--person"),
    ];
    for (line, word, expected) in rows {
        if let Some(out) = in_bash(&place, line, word) {
            assert!(out.lines().any(|offer| offer == expected), "{line}: {out}");
        }
    }
}

#[test]
fn a_shell_that_asks_wrongly_gets_nothing() {
    let place = indexed();
    for (shell, words) in [
        ("tcsh", &["--", "kronika", "met", ""][..]),
        ("bash", &["--", "kronika"]),
        ("zsh", &["--"]),
        ("fish", &[]),
    ] {
        let mut command = place.command();
        let output = command.env("KRONIKA_COMPLETE", shell).args(words).output();
        let run = Run::of(output.unwrap());
        assert_eq!(
            (run.code, run.out.as_str(), run.err.as_str()),
            (0, "", ""),
            "{shell}"
        );
    }
}
