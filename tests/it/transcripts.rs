//! What users type and see: the README and the pages of `tests/cmd`, run as they stand.
//!
//! `TRYCMD=overwrite cargo test --test it transcripts` writes anew what came out.

use crate::program::Place;

fn cases(index: &std::path::Path) -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases
        .register_bin(
            "kronika",
            std::path::Path::new(env!("CARGO_BIN_EXE_kronika")),
        )
        .env("KRONIKA_INDEX", index.to_str().unwrap())
        .env("KRONIKA_NOW", "2023-03-01")
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1");
    cases
}

#[test]
fn readme() {
    let place = Place::new();
    cases(&place.path("index")).case("README.md").run();
}

/// The pages ask the sample corpus, which is indexed before them.
#[test]
fn pages() {
    let place = Place::new();
    let root = env!("CARGO_MANIFEST_DIR");
    let mut command = place.command();
    let index = place.path("index");
    let run = command
        .current_dir(root)
        .args(["index", "corpus", "-i"])
        .arg(&index)
        .output();
    assert!(run.unwrap().status.success());
    cases(&index).case("tests/cmd/*.md").run();
}

#[test]
fn every_verb_has_a_page() {
    let help = Place::new().fine(&["--help"]).out;
    let verbs = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|verb| *verb != "help");
    let mut count = 0;
    for verb in verbs {
        let page = format!("{}/tests/cmd/{verb}.md", env!("CARGO_MANIFEST_DIR"));
        assert!(std::path::Path::new(&page).exists(), "no page for {verb}");
        count += 1;
    }
    assert!(count >= 8, "{help}");
}
