//! Bad input: a clear error or reject, nothing lost, no panic.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use crate::program::{Place, Run};

fn article(number: usize) -> String {
    format!(
        "{{\"id\":\"{number}\",\"date\":\"2023-02-15\",\"text\":\"Artykuł numer {number}.\"}}\n"
    )
}

#[test]
fn a_missing_path() {
    let place = Place::new();
    place
        .run(&["index", "nowhere"])
        .fails(6, &["nowhere", "error:"]);
    assert!(
        !place.path("index").exists(),
        "an index was made for nothing"
    );
}

#[test]
fn an_empty_folder() {
    let place = Place::new();
    std::fs::create_dir(place.path("empty")).unwrap();
    let account = place.account(&["empty"], 0);
    assert_eq!(account["read"], 0);
    assert_eq!(
        place.fine(&["query", "cokolwiek", "--format", "ids"]).out,
        ""
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place
        .write("news/a.txt", "Dobry artykuł.")
        .write("news/b.txt", "Zamknięty.");
    let closed = std::fs::Permissions::from_mode(0o000);
    std::fs::set_permissions(place.path("news/b.txt"), closed).unwrap();
    if std::fs::read(place.path("news/b.txt")).is_ok() {
        // Whoever may read everything finds nothing unreadable.
        assert_eq!(place.account(&["news"], 0)["added"], 2);
        return;
    }
    let account = place.account(&["news"], 4);
    assert_eq!(
        (&account["added"], &account["rejected"]),
        (&1.into(), &1.into())
    );
}

#[test]
fn a_folder_named_like_a_file() {
    let place = Place::new();
    place.write("news/a.txt/b.txt", "Artykuł w folderze o nazwie pliku.");
    assert_eq!(place.account(&["news"], 0)["added"], 1);
}

#[test]
fn broken_bytes_in_line_2_of_1000() {
    let place = Place::new();
    let mut bytes = article(1).into_bytes();
    let at = bytes.len() + 30;
    let mut line = article(2).into_bytes();
    line[30] = 0xff;
    bytes.extend(line);
    for number in 3..=1000 {
        bytes.extend(article(number).into_bytes());
    }
    place.write("news.ndjson", bytes);
    let account = place.account(&["news.ndjson"], 4);
    assert_eq!(
        (&account["added"], &account["rejected"]),
        (&999.into(), &1.into())
    );
    let rejects = std::fs::read_to_string(place.path("index/rejects.ndjson")).unwrap();
    let reject: serde_json::Value = serde_json::from_str(&rejects).unwrap();
    assert_eq!(reject["line"], 2);
    assert_eq!(reject["byte"], at);
    assert_eq!(reject["path"], "news.ndjson");
    let ids = place.fine(&["query", "artykuł", "--format", "ids"]).out;
    assert_eq!(ids.lines().count(), 999);
}

#[test]
fn nul_bytes() {
    let place = Place::new();
    place.write("a.txt", b"Zwyk\xc5\x82y tekst\0 z zerem.");
    let account = place.account(&["a.txt"], 4);
    assert_eq!(account["rejected"], 1);
}

#[test]
fn a_line_of_the_wrong_type() {
    let place = Place::new();
    let lines = [
        r#"{"id":"1","text":5}"#,
        "[1,2]",
        "7",
        r#"{"id":"2","text":"Dobry."}"#,
    ];
    place.write("a.ndjson", lines.join("\n"));
    let account = place.account(&["a.ndjson"], 4);
    assert_eq!(
        (&account["added"], &account["rejected"]),
        (&1.into(), &3.into())
    );
    let rejects = std::fs::read_to_string(place.path("index/rejects.ndjson")).unwrap();
    assert!(
        rejects.lines().next().unwrap().contains("text"),
        "{rejects}"
    );
}

#[test]
fn the_30th_of_february() {
    let place = Place::new();
    place
        .write("a.txt", "date: 2023-02-30\n\nTekst.")
        .write("b.txt", "date: 03/04/2021\n\nTekst drugi.")
        .write("c.txt", "date: 2023-02-28\n\nTekst trzeci.");
    let account = place.account(&["a.txt", "b.txt", "c.txt"], 4);
    assert_eq!(
        (&account["added"], &account["rejected"]),
        (&1.into(), &2.into())
    );
    for date in [
        "2023-02-30",
        "30 lutego",
        "03/04/2021",
        "jutro rano",
        "2023-03..2023-01",
    ] {
        let run = place.run(&["query", "tekst", "--since", date]);
        run.fails(2, &["error:", "hint:"]);
    }
}

#[test]
fn a_line_of_100_megabytes() {
    let place = Place::new();
    let long = format!(
        "{{\"id\":\"long\",\"text\":\"{}\"}}\n",
        "słowo ".repeat(15_000_000)
    );
    place.write("a.ndjson", format!("{}{long}{}", article(1), article(2)));
    let account = place.account(&["a.ndjson"], 4);
    assert_eq!(
        (&account["added"], &account["rejected"]),
        (&2.into(), &1.into())
    );
    place.write("b.txt", "x".repeat(100 << 20));
    assert_eq!(place.account(&["b.txt"], 4)["rejected"], 1);
}

#[cfg(unix)]
#[test]
fn a_cyclic_link() {
    let place = Place::new();
    place.write("news/a.txt", "Artykuł.");
    std::os::unix::fs::symlink(place.path("news"), place.path("news/again")).unwrap();
    std::os::unix::fs::symlink("loop", place.path("news/loop")).unwrap();
    let run = place.run(&["index", "--json", "news"]);
    assert!(run.code == 0 || run.code == 4, "{}", run.err);
    let account: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(account["added"], 1);
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_outside_the_roots() {
    let place = Place::new();
    place
        .write("secret/b.txt", "Nie dla ciebie.")
        .write("news/a.txt", "Artykuł.");
    std::os::unix::fs::symlink(place.path("secret"), place.path("news/out")).unwrap();
    std::os::unix::fs::symlink(place.path("secret/b.txt"), place.path("news/b.txt")).unwrap();
    let run = place.run(&["index", "--json", "news"]);
    let account: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(account["added"], 1, "{account}");
}

#[test]
fn a_half_written_gzip() {
    let place = Place::new();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    for number in 1..=2000 {
        packer.write_all(article(number).as_bytes()).unwrap();
    }
    let whole = packer.finish().unwrap();
    place.write("whole.ndjson.gz", &whole);
    assert_eq!(place.account(&["whole.ndjson.gz"], 0)["added"], 2000);
    place.write("half.ndjson.gz", &whole[..whole.len() / 2]);
    let account = place.account(&["-i", "other", "half.ndjson.gz"], 4);
    assert!(account["added"].as_u64().unwrap() > 100, "{account}");
    assert!(account["rejected"].as_u64().unwrap() >= 1, "{account}");
}

#[test]
fn an_index_path_that_holds_something_else() {
    let place = Place::new();
    place
        .write("mine/diary.txt", "Drogi pamiętniku")
        .write("a.txt", "Artykuł.");
    place
        .run(&["index", "-i", "mine", "a.txt"])
        .fails(3, &["mine"]);
    place
        .run(&["query", "-i", "mine", "artykuł"])
        .fails(3, &["mine"]);
    place
        .run(&["index", "-i", "a.txt", "a.txt"])
        .fails(3, &["a.txt"]);
    let names: Vec<_> = std::fs::read_dir(place.path("mine")).unwrap().collect();
    assert_eq!(names.len(), 1, "something was written beside the diary");
}

#[test]
fn an_index_that_is_missing_damaged_or_of_another_version() {
    let place = Place::new();
    place.run(&["query", "x"]).fails(3, &["kronika index"]);
    place.write("a.txt", "Artykuł.");
    place.fine(&["index", "a.txt"]);
    place.write("index/kronika.json", r#"{"format":99,"analysis":"later"}"#);
    place.run(&["query", "x"]).fails(3, &["99", "--rebuild"]);
    place
        .run(&["index", "a.txt"])
        .fails(3, &["99", "--rebuild"]);
    place.fine(&["index", "--rebuild", "a.txt"]);
    place.fine(&["query", "artykuł"]);
    place.write("index/kronika.json", "{");
    place.run(&["query", "x"]).fails(3, &["kronika.json"]);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write("a.txt", "Artykuł.");
    std::fs::create_dir(place.path("closed")).unwrap();
    let closed = std::fs::Permissions::from_mode(0o555);
    std::fs::set_permissions(place.path("closed"), closed).unwrap();
    if std::fs::write(place.path("closed/probe"), "").is_ok() {
        // Whoever may write everywhere meets no closed folder; the kernel's own is left.
        place
            .run(&["index", "-i", "/proc/kronika", "a.txt"])
            .fails(6, &["/proc/kronika"]);
        return;
    }
    place
        .run(&["index", "-i", "closed/index", "a.txt"])
        .fails(6, &["closed"]);
}

/// A limit on file sizes stands in for a full disk: writing fails in the same places.
#[cfg(unix)]
#[test]
fn a_full_disk() {
    let place = Place::new();
    let mut lines = String::new();
    for number in 0..3000 {
        write!(lines, "{}", article(number)).unwrap();
    }
    place.write("a.ndjson", lines);
    let script = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} index a.ndjson",
        env!("CARGO_BIN_EXE_kronika")
    );
    let mut shell = std::process::Command::new("bash");
    let output = shell
        .args(["-c", &script])
        .current_dir(place.path(""))
        .output()
        .unwrap();
    Run::of(output).fails(6, &["error:"]);
    assert_eq!(place.account(&["a.ndjson"], 0)["added"], 3000);
}

#[test]
fn a_closed_pipe() {
    let place = Place::new();
    let mut lines = String::new();
    for number in 0..5000 {
        write!(lines, "{}", article(number)).unwrap();
    }
    place.write("a.ndjson", lines);
    place.fine(&["index", "a.ndjson"]);
    let mut child = place
        .command()
        .args(["query", "artykuł", "--format", "ndjson"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let run = Run::of(output);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn queries_that_cannot_be_read() {
    let place = Place::new();
    place.write("a.txt", "Artykuł.");
    place.fine(&["index", "a.txt"]);
    for (query, said) in [
        ("autor:ktoś", "autor"),
        ("(spotkanie", "("),
        ("\"okrągły stół", "\""),
        ("date:30.02.2023", "30.02.2023"),
        ("date:03/04/2021", "03/04/2021"),
        ("date:2023-03..2023-01", "2023"),
        ("/(/", "/(/"),
        ("spotkanie OR", "OR"),
    ] {
        let run = place.run(&["query", query]);
        run.fails(2, &["error:", said, "^"]);
        assert_eq!(run.out, "");
    }
    place
        .run(&["query", "x", "--sort", "kolor"])
        .fails(2, &["kolor"]);
    place.run(&["kwery"]).fails(2, &["kwery"]);
}

#[test]
fn texts_carry_no_escape_codes_to_people() {
    let place = Place::new();
    place.write("a.ndjson", "{\"id\":\"a\",\"title\":\"\\u001b[31mTytuł\",\"text\":\"Słowo \\u001b]0;x\\u0007 i \\u202e koniec.\"}\n");
    place.fine(&["index", "a.ndjson"]);
    for arguments in [vec!["query", "słowo"], vec!["show", "a"]] {
        let run = place.fine(&arguments);
        assert!(
            !run.out.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{:?}",
            run.out
        );
    }
}
