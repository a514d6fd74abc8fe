//! `kronika verify`: whole indexes, damaged ones, and those that differ from their files.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use crate::program::{Place, Run, copy};
use crate::shapes::{present, read};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verification {
    schema: String,
    path: String,
    whole: bool,
    files: u64,
    bytes: u64,
    #[serde(deserialize_with = "present")]
    articles: Option<u64>,
    #[serde(deserialize_with = "present")]
    meetings: Option<u64>,
    #[serde(deserialize_with = "present")]
    fingerprint: Option<String>,
    #[serde(deserialize_with = "present")]
    compared: Option<Compared>,
    faults: Vec<Fault>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Compared {
    read: u64,
    rejected: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    kind: String,
    what: String,
    path: String,
    #[serde(deserialize_with = "present")]
    id: Option<String>,
    #[serde(deserialize_with = "present")]
    detail: Option<String>,
    hint: String,
}

/// Articles of every sort: with meetings, names and meetings that came with them, without a date,
/// without a language.
fn article(number: usize) -> Value {
    let id = format!("a{number:02}");
    let day = format!("2023-02-{:02}", number + 1);
    let text = format!(
        "Premier Donald Tusk spotkał się z Emmanuelem Macronem w Warszawie. Rozmowa numer {number} \
         dotyczyła mobilizacji."
    );
    match number % 5 {
        0 => json!({"id": id, "date": day, "title": "Rozmowa", "text": text, "source": "Gazeta"}),
        1 => json!({"id": id, "text": text, "lang": "pl", "author": "ab"}),
        2 => {
            json!({"id": id, "date": "2023-02", "text": text, "persons": ["Tusk", "Macron", "Tusk"],
                    "places": ["Warszawa"]})
        }
        3 => json!({"id": id, "date": day, "text": text, "persons": ["Emmanuel Macron"],
                    "meetings": [{"participants": ["Emmanuel Macron", "Anna Nowak"],
                                  "place": "Genewa", "date": day}]}),
        _ => json!({"id": id, "date": day, "text": format!("The talks of {number} were held."),
                    "url": format!("https://example.org/{number}")}),
    }
}

fn lines(articles: impl IntoIterator<Item = Value>) -> String {
    let lines: Vec<String> = articles.into_iter().map(|one| one.to_string()).collect();
    lines.join("\n") + "\n"
}

/// An index of several segments, with documents that were deleted.
fn indexed() -> Place {
    let place = Place::new();
    let text = |town: &str| format!("Andrzej Duda spotkał się z Joe Bidenem w {town}.");
    let other = |town: &str| lines([json!({"id": "c", "text": text(town)})]);
    place.write("news/a.ndjson", lines((0..12).map(article)));
    place.write("news/c.ndjson", other("Rzeszowie"));
    place.write("news/gone.ndjson", lines([20, 21].map(article)));
    place.account(&["--threads", "1", "news"], 0);
    place.write("news/b.ndjson", lines((12..20).map(article)));
    place.write("news/c.ndjson", other("Krakowie"));
    fs::remove_file(place.path("news/gone.ndjson")).unwrap();
    place.account(&["--threads", "1", "--prune", "news"], 0);
    place
}

#[track_caller]
fn verified(run: &Run, code: i32) -> Verification {
    assert_eq!(run.code, code, "{}\n{}", run.out, run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    let found: Verification = read(&run.out);
    assert_eq!(found.schema, "kronika.verify/1");
    assert_eq!(found.whole, code != 3, "{}", run.out);
    assert_eq!(found.faults.is_empty(), code == 0, "{}", run.out);
    for fault in &found.faults {
        assert!(!fault.what.is_empty() && !fault.path.is_empty() && !fault.hint.is_empty());
        assert_ne!(fault.detail.as_deref(), Some(""));
    }
    found
}

fn kinds(found: &Verification) -> Vec<&str> {
    found
        .faults
        .iter()
        .map(|fault| fault.kind.as_str())
        .collect()
}

#[test]
fn a_good_index_is_whole_and_has_what_the_files_say() {
    let place = indexed();
    let status: Value = read(&place.fine(&["status", "--json"]).out);
    let found = verified(&place.run(&["verify", "--json"]), 0);
    assert_eq!(Some(found.articles), Some(status["articles"].as_u64()));
    assert_eq!(found.meetings, status["meetings"].as_u64());
    assert_eq!(found.fingerprint.as_deref(), status["fingerprint"].as_str());
    assert_eq!(found.path, "index");
    assert!(found.files > 12 && found.bytes > 1000, "{found:?}");
    assert_eq!(found.compared, None);
    let found = verified(&place.run(&["verify", "--json", "news"]), 0);
    let rejected = 0;
    assert_eq!(found.compared, Some(Compared { read: 21, rejected }));
    let told = place.fine(&["verify"]).out;
    assert!(told.ends_with("faults       0\n"), "{told}");
}

#[test]
fn an_empty_index_and_one_without_names_are_whole() {
    let place = Place::new();
    place.write("empty/README", "");
    place.account(&["empty"], 0);
    let found = verified(&place.run(&["verify", "--json"]), 0);
    assert_eq!((found.articles, found.meetings), (Some(0), Some(0)));
    place.write("news/a.ndjson", lines((0..20).map(article)));
    place.account(&["--no-names", "news"], 0);
    verified(&place.run(&["verify", "--json", "news"]), 0);
}

#[test]
fn an_index_that_is_not_there() {
    let place = Place::new();
    place.run(&["verify"]).fails(3, &["no index here"]);
    place.write("index/letter.txt", "Kochany pamiętniku");
    place.run(&["verify"]).fails(3, &["not a kronika index"]);
}

/// Segment files of one kind; the first by name.
fn file_of(place: &Place, ending: &str) -> PathBuf {
    let mut files: Vec<PathBuf> = fs::read_dir(place.path("index/segments"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files.swap_remove(0)
}

fn change(file: &Path, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(file).unwrap();
    change(&mut bytes);
    fs::write(file, bytes).unwrap();
}

/// A changed file of an index: a fault of one of these kinds is named in it.
#[track_caller]
fn damaged(place: &Place, file: &Path, expected: &str) {
    let name = file.strip_prefix(place.path("index")).unwrap();
    let found = verified(&place.run(&["verify", "--json", "news"]), 3);
    let is_expected = |fault: &Fault| {
        expected.split('|').any(|kind| fault.kind == kind) && Path::new(&fault.path) == name
    };
    assert!(
        found.faults.iter().any(is_expected),
        "{}: {found:?}",
        name.display()
    );
    assert_eq!(found.compared, None, "a damaged index was compared");
    let told = place.run(&["verify"]);
    told.fails(3, &[]);
    assert!(told.out.contains(name.to_str().unwrap()), "{}", told.out);
}

#[test]
fn a_flipped_bit_a_cut_and_a_loss_of_every_sort_of_file() {
    let place = indexed();
    for ending in ["store", "term", "idx", "pos", "fast", "fieldnorm", "del"] {
        let file = file_of(&place, ending);
        let whole = fs::read(&file).unwrap();
        change(&file, |bytes| bytes[0] ^= 1);
        damaged(&place, &file, "checksum");
        change(&file, |bytes| bytes[0] ^= 1);
        for length in [whole.len() - 1, whole.len() / 2, 5, 0] {
            fs::write(&file, &whole[..length]).unwrap();
            damaged(&place, &file, "checksum");
        }
        fs::remove_file(&file).unwrap();
        damaged(&place, &file, "missing");
        fs::write(&file, whole).unwrap();
    }
    verified(&place.run(&["verify", "--json", "news"]), 0);
}

#[test]
fn broken_lists_and_descriptions() {
    let place = indexed();
    let description = place.path("index/kronika.json");
    let commit = place.path("index/segments/meta.json");
    let managed = place.path("index/segments/.managed.json");
    let cases: &[(&Path, &str, &str, &str)] = &[
        (&description, "{", "[", "description"),
        (&description, "\"format\":", "\"format\":1", "version"),
        (&description, "dates", "dites", "version"),
        (&description, "dates", "d\u{a0}es", "version"),
        (&commit, "{", "[", "commit"),
        (&commit, "\"words_pl\"", "\"words_ql\"", "commit"),
        (&commit, "\"max_doc\": ", "\"max_doc\": 1", "count|commit"),
        (
            &commit,
            "\"num_deleted_docs\": ",
            "\"num_deleted_docs\": 1",
            "count|commit",
        ),
        (&commit, "\"deletes\"", "\"Deletes\"", "fingerprint"),
        (&commit, "\"payload\"", "\"Payload\"", "fingerprint"),
        (
            &commit,
            "fingerprint\\\":\\\"",
            "fingerprint\\\":\\\"0",
            "fingerprint",
        ),
        (&managed, "[", "{", "commit"),
    ];
    for (file, from, to, kind) in cases {
        let whole = fs::read_to_string(file).unwrap();
        assert!(whole.contains(from), "{from}: {whole}");
        fs::write(file, whole.replace(from, to)).unwrap();
        damaged(&place, file, kind);
        fs::write(file, b"\xff").unwrap();
        let kind = if *file == description {
            "description"
        } else {
            "commit"
        };
        damaged(&place, file, kind);
        fs::write(file, whole).unwrap();
    }
    for (file, kind) in [(&description, "missing"), (&commit, "missing")] {
        let whole = fs::read(file).unwrap();
        fs::remove_file(file).unwrap();
        damaged(&place, file, kind);
        fs::write(file, whole).unwrap();
    }
    verified(&place.run(&["verify", "--json", "news"]), 0);
}

/// Other words in a file whose checksum holds.
fn forge(file: &Path, from: &[u8], to: &[u8]) {
    let bytes = fs::read(file).unwrap();
    let (rest, numbers) = bytes.split_at(bytes.len() - 8);
    let length = u32::from_le_bytes(numbers[..4].try_into().unwrap());
    let (body, footer) = rest.split_at(rest.len() - usize::try_from(length).unwrap());
    let mut body = body.to_vec();
    let at = body.windows(from.len()).position(|part| part == from);
    let at = at.unwrap();
    body[at..at + to.len()].copy_from_slice(to);
    let mut footer: Value = serde_json::from_slice(footer).unwrap();
    footer["crc"] = json!(crc32fast::hash(&body));
    let footer = footer.to_string().into_bytes();
    let length = u32::try_from(footer.len()).unwrap();
    fs::write(
        file,
        [&body, &footer, &length.to_le_bytes()[..], &numbers[4..]].concat(),
    )
    .unwrap();
}

#[test]
fn other_words_under_a_right_checksum() {
    let place = Place::new();
    let text = "Andrzej Duda spotkał się z Joe Bidenem w Rzeszowie.";
    place.write("a.ndjson", lines([json!({"id": "a", "text": text})]));
    place.account(&["--threads", "1", "a.ndjson"], 0);
    forge(&file_of(&place, "store"), b"Rzeszowie", b"Krakowie.");
    let found = verified(&place.run(&["verify", "--json"]), 3);
    assert!(kinds(&found).contains(&"content"), "{found:?}");
    assert_eq!(found.faults[0].id.as_deref(), Some("a"));
}

#[test]
fn what_is_rebuilt_or_foreign_is_no_fault() {
    let place = indexed();
    place.fine(&["query", "--person", "Tusk"]);
    let table = place.path("index/names.table");
    change(&table, |bytes| bytes[20] ^= 1);
    place.write("index/segments/notes.txt", "Cudze.");
    place.write("index/rejects.ndjson", "{");
    fs::remove_file(place.path("index/segments/.managed.json")).unwrap();
    verified(&place.run(&["verify", "--json", "news"]), 0);
}

#[test]
fn files_that_say_something_else() {
    let place = indexed();
    let mut articles: Vec<Value> = (1..12).map(article).collect();
    articles[2]["text"] = json!("Zupełnie co innego.");
    place.write("news/a.ndjson", lines(articles));
    fs::remove_file(place.path("news/c.ndjson")).unwrap();
    place.write("news/d.ndjson", lines([article(25)]) + "{\"text\": 7}\n");
    let found = verified(&place.run(&["verify", "--json", "news"]), 1);
    assert_eq!(
        kinds(&found),
        ["file-gone", "record-gone", "changed", "not-indexed"]
    );
    let ids: Vec<&str> = found.faults[1..]
        .iter()
        .filter_map(|one| one.id.as_deref())
        .collect();
    assert_eq!(ids, ["a00", "a03", "a25"]);
    assert_eq!(found.faults[0].path, "news/c.ndjson");
    let rejected = 1;
    assert_eq!(found.compared, Some(Compared { read: 21, rejected }));
    // What lies elsewhere was not asked for.
    let found = verified(&place.run(&["verify", "--json", "news/b.ndjson"]), 0);
    assert_eq!(found.compared.unwrap().read, 8);
    // Indexing anew mends it.
    place.account(&["--rebuild", "news"], 4);
    let found = verified(&place.run(&["verify", "--json", "news"]), 0);
    assert_eq!(found.articles, Some(20));
}

const ASKED: [&[&str]; 4] = [
    &["query", "mobilizacja", "--json"],
    &["query", "--since", "2023-02", "--json"],
    &["met", "--json"],
    &["met", "Macron", "--json"],
];

/// What the index in this folder of a place answers.
fn answers(place: &Place, index: &str) -> Vec<Run> {
    let ask = |question: &&[&str]| {
        let run = place.run(&[question, &["-i", index][..]].concat());
        assert!(
            run.code != 101 && run.code >= 0,
            "{question:?}: {}",
            run.err
        );
        assert!(!run.err.contains("panicked"), "{question:?}: {}", run.err);
        run
    };
    ASKED.iter().map(ask).collect()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.metadata().unwrap().len() > 0 {
            files.push(path);
        }
    }
    // Names of segments are random: what is drawn must not depend on them.
    files.sort_by_key(|path| {
        let ending = path.extension().map(std::ffi::OsStr::to_owned);
        (ending, path.metadata().unwrap().len())
    });
    files
}

/// Any bit of any file: `verify` names a fault, or all answers are what they were.
#[test]
fn any_flipped_bit_is_named_or_harmless() {
    let place = indexed();
    place.fine(&["query", "--person", "Tusk"]);
    let good: Vec<Run> = answers(&place, "index");
    assert!(good.iter().all(|run| run.code == 0));
    let threads = 4;
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (place, good) = (&place, &good);
            scope.spawn(move || {
                // A generator of Marsaglia's, so that each run draws the same.
                let mut state = 0x2545_f491_4f6c_dd1d_u64 ^ (thread + 1);
                let mut draw = |below: usize| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
                };
                // All copies are called `index`, as answers say.
                let folder = format!("copy{thread}");
                let mine = Place::new();
                for _ in 0..15 {
                    let index = mine.path("index");
                    let _ = fs::remove_dir_all(&index);
                    copy(&place.path("index"), &index);
                    let files = files_below(&index);
                    let file = &files[draw(files.len())];
                    let (at, bit) = (draw(fs::read(file).unwrap().len()), draw(8));
                    change(file, |bytes| bytes[at] ^= 1 << bit);
                    let run = mine.run(&["verify", "--json"]);
                    let what = format!("{folder}: bit {bit} of byte {at} in {}", file.display());
                    assert!(
                        matches!(run.code, 0 | 3),
                        "{what}\n{}\n{}",
                        run.out,
                        run.err
                    );
                    verified(&run, run.code);
                    let answers = answers(&mine, "index");
                    if run.code == 0 {
                        for (answer, good) in answers.iter().zip(good) {
                            assert_eq!(answer.out, good.out, "{what}");
                        }
                    }
                }
            });
        }
    });
}

#[test]
fn damage_is_not_merged_into_what_is_whole() {
    let place = Place::new();
    let add = |number: usize| {
        place.write(&format!("news/{number}.ndjson"), lines([article(number)]));
        place.run(&["index", "--threads", "1", "news"])
    };
    assert_eq!(add(0).code, 0);
    let positions = || {
        let files = files_below(&place.path("index/segments")).into_iter();
        files.filter(|file| file.extension().is_some_and(|end| end == "pos"))
    };
    let file = positions().next().unwrap();
    let mut bytes = fs::read(&file).unwrap();
    bytes[10] ^= 1;
    fs::write(&file, bytes).unwrap();
    // The engine merges eight small segments.
    let runs: Vec<Run> = (1..12).map(add).collect();
    let name = file.file_name().unwrap().to_str().unwrap();
    let told = runs.iter().filter(|run| run.err.contains(name)).count();
    assert!(told > 0, "{}", runs.last().unwrap().err);
    let found = verified(&place.run(&["verify", "--json"]), 3);
    assert!(found.faults[0].path.contains(name), "{found:?}");
    assert!(positions().count() < 12, "nothing was merged");
}

#[test]
fn an_index_without_its_description_is_made_anew() {
    let place = Place::new();
    place.write("news/a.ndjson", lines((0..3).map(article)));
    place.fine(&["index", "news"]);
    place.run(&["entities", "Tusk"]);
    fs::remove_file(place.path("index/kronika.json")).unwrap();
    let account = place.account(&["--rebuild", "news"], 0);
    assert_eq!(account["added"], 3, "{account}");
}
