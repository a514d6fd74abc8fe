//! Every kind of source, as the program reads it.

use std::borrow::Borrow;
use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::process::Stdio;
use std::time::{Duration, Instant};

use kronika::source::{self, Files, Item};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::program::{Place, Run};

/// Enough of a sentence for a page to have a main text.
const SENTENCE: &str = "Prezydent spotkał się w środę z premierem w Łodzi, żeby mówić o żądaniach, \
                        które zgłosili również posłowie źle przyjęci przez część wyborców.";

/// What was read from a run of `annotate`, with dates as `FIRST..LAST RULE`.
fn documents(run: &Run) -> Vec<Value> {
    let lines = run.out.lines();
    let documents = lines.map(|line| {
        let mut document: Value = serde_json::from_str(line).unwrap();
        if let Value::Object(date) = &document["date"] {
            let part = |field: &str| date[field].as_str().unwrap().to_owned();
            let (first, last, rule) = (part("first"), part("last"), part("rule"));
            document["date"] = json!(format!("{first}..{last} {rule}"));
        }
        document
    });
    documents.collect()
}

/// As many documents as expected, each with the fields that are expected of it.
#[track_caller]
fn compare(run: &Run, expected: &Value) {
    let found = documents(run);
    let expected = expected.as_array().unwrap();
    assert_eq!(found.len(), expected.len(), "{}\n{}", run.out, run.err);
    for (found, expected) in found.iter().zip(expected) {
        for (field, value) in expected.as_object().unwrap() {
            assert_eq!(found[field], *value, "{field} in {found:#}\n{}", run.err);
        }
    }
}

#[track_caller]
fn check_with(
    flags: &[&str],
    name: &str,
    bytes: impl AsRef<[u8]>,
    expected: impl Borrow<Value>,
) -> Run {
    let place = Place::new();
    place.write(name, bytes);
    let run = place.fine(&[&["annotate", name], flags].concat());
    compare(&run, expected.borrow());
    run
}

/// What one file gives, with nothing rejected.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: impl Borrow<Value>) -> Run {
    check_with(&[], name, bytes, expected)
}

/// What one file gives beside rejects, of which standard error says all of this.
#[track_caller]
fn rejects(name: &str, bytes: impl AsRef<[u8]>, said: &[&str], expected: impl Borrow<Value>) {
    let place = Place::new();
    place.write(name, bytes);
    let run = place.run(&["annotate", name]);
    run.fails(4, said);
    run.fails(4, &[&format!("rejected: {name}")]);
    compare(&run, expected.borrow());
}

/// What standard input gives.
#[track_caller]
fn check_input(flags: &[&str], bytes: &[u8], expected: impl Borrow<Value>) {
    let place = Place::new();
    let mut child = place
        .command()
        .args(["annotate", "-"])
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    // The head comes in two pieces, as it may from a pipe.
    let (first, second) = bytes.split_at(1);
    input.write_all(first).unwrap();
    input.flush().unwrap();
    std::thread::sleep(Duration::from_millis(30));
    input.write_all(second).unwrap();
    drop(input);
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!(run.code, 0, "{}", run.err);
    compare(&run, expected.borrow());
}

fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes.as_ref()).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    ruzstd::encoding::compress_to_vec(bytes.as_ref(), level)
}

fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}

fn page(head: &str, more: &str) -> String {
    let text = format!("<p>{SENTENCE} {SENTENCE}</p>").repeat(3);
    format!(
        "<!doctype html><html lang=\"pl-PL\"><head><title>Tytuł</title>{head}</head><body>\
         <nav>Menu Pogoda Kontakt</nav><article>{text}{more}</article>\
         <footer>Wszelkie prawa zastrzeżone</footer></body></html>"
    )
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Kurier</title>\
         <language>pl</language>{items}</channel></rss>"
    )
}

#[test]
fn headers_of_texts() {
    let plain = json!([{"date": null, "title": "", "text": "Tekst.", "record": 1}]);
    check("a.txt", "Tekst.\n", plain);
    let month = "2023-02-01..2023-02-28 header";
    let whole = json!([{"date": month, "title": "Tytuł: dwa", "text": "Tekst.", "lang": "pl",
                        "source": "Gazeta", "url": "https://gazeta.example/1", "author": "Ala",
                        "id": "7"}]);
    check(
        "a.txt",
        "id: 7\ndate: 2023-02\ntitle: Tytuł: dwa\nlang: pl\nsource: Gazeta\n\
         url: https://gazeta.example/1\nauthor: Ala\n\nTekst.",
        whole.clone(),
    );
    check(
        "a.txt",
        "Data: 2023-02\r\nTytuł: \"Tytuł: dwa\"\r\nJęzyk: pl\r\nŹródło: Gazeta\r\nAutor: Ala\r\n\
         url: https://gazeta.example/1\r\nid: 7\r\nnieznane: pole\r\n\r\nTekst.\r\n",
        whole.clone(),
    );
    check(
        "a.md",
        "---\nid: 7\ndate: 2023-02\ntitle: 'Tytuł: dwa'\nlang: pl\nsource: Gazeta\nauthor: Ala\n\
         url: https://gazeta.example/1\ntags:\n  - x\n---\n\nTekst.",
        whole,
    );
    for text in [
        " date 2023-02 Tekst.",
        "date 2023-02\nTekst.",
        "date\t2023-02 Tekst.",
        "date: 2023-02\nTekst.",
        "date: 2023-02\r\rTekst.",
    ] {
        let expected = json!([{"date": month, "title": "", "text": "Tekst."}]);
        check("a.txt", text, expected);
    }
    let day = json!([{"date": "2023-02-15..2023-02-15 header", "text": "Tekst."}]);
    check("a.txt", "date 2023-02-15 Tekst.", day);
    let heading = json!([{"date": null, "title": "Nagłówek", "text": "Tekst.\n\n## Dalej"}]);
    check("a.md", "# Nagłówek\n\nTekst.\n\n## Dalej\n", heading);
    rejects(
        "a.txt",
        "---\ndate: 2023-02\n\nTekst.",
        &["never ends"],
        json!([]),
    );
    rejects("a.txt", " \n\n", &["no text"], json!([]));
}

#[test]
fn json_in_every_shape() {
    let ala = r#"{"id":1,"date":2023,"text":"Ala ma kota.","persons":["Jan Nowak"]}"#;
    let ola = r#"{"id":"2","date":null,"title":"Ola","text":["Raz.","Dwa."],"author":["A","B"]}"#;
    let both = json!([
        {"id": "1", "date": "2023-01-01..2023-12-31 header", "text": "Ala ma kota.", "record": 1},
        {"id": "2", "date": null, "title": "Ola", "text": "Raz.\n\nDwa.", "author": "A, B",
         "record": 2},
    ]);
    check("a.json", ala, json!([both[0]]));
    for text in [
        format!("[{ala},\n{ola}]"),
        format!("{{\"total\":2,\"articles\":[{ala},{ola}],\"next\":null}}"),
        format!("{{\"data\":{{\"results\":[{ala},{ola}]}}}}"),
        format!("\u{feff}[{ala},{ola}]"),
        // Lines of objects that nobody called `.ndjson`.
        format!("{ala}\n{ola}\n"),
    ] {
        check("a.json", text, both.clone());
    }
    check("a.json", "[]", json!([]));
    check(
        "a.json",
        utf16(&format!("[{ala},{ola}]"), u16::to_be_bytes),
        both.clone(),
    );
    // `data` is a date in Polish, and a list of articles elsewhere.
    let polish = r#"{"data":"2023-02-15","tekst":"Ala.","nagłówek":"Tytuł"}"#;
    let mapped =
        json!([{"date": "2023-02-15..2023-02-15 header", "title": "Tytuł", "text": "Ala."}]);
    let flags = ["--map", "date=data,text=tekst,title=nagłówek"];
    check_with(&flags, "a.json", polish, mapped.clone());
    check_with(&flags, "a.ndjson", polish, mapped);
    rejects(
        "a.json",
        format!("[{ala},{{\"text\":7}},3,{ola}]"),
        &["`text`"],
        both_of(&both, 4),
    );
    rejects(
        "a.json",
        format!("[{ala},{{"),
        &["not JSON"],
        json!([both[0]]),
    );
    rejects("a.json", "\"Ala\"", &["not an article"], json!([]));
    rejects("a.json", "", &["not JSON"], json!([]));
}

/// The same two documents, where the second is a later record.
fn both_of(both: &Value, record: u64) -> Value {
    let mut both = both.clone();
    both[1]["record"] = json!(record);
    both
}

#[test]
fn lines_of_json() {
    let ala = r#"{"id":1,"date":20230215,"text":"Ala ma kota."}"#;
    let ola = r#"{"id":2,"text":"Zażółć gęślą jaźń, mówił również poseł."}"#;
    let both = json!([
        {"id": "1", "date": "2023-02-15..2023-02-15 header", "record": 1},
        {"id": "2", "date": null, "text": "Zażółć gęślą jaźń, mówił również poseł."},
    ]);
    for name in ["a.ndjson", "a.jsonl"] {
        check(
            name,
            format!("\u{feff}{ala}\r\n\r\n  \n{ola}"),
            both_of(&both, 4),
        );
    }
    let lines = format!("{ala}\n{ola}\n");
    for bytes in [
        encoding_rs::WINDOWS_1250.encode(&lines).0.into_owned(),
        utf16(&lines, u16::to_le_bytes),
        utf16(&format!("\u{feff}{lines}"), u16::to_be_bytes),
    ] {
        let run = check("a.ndjson", bytes, both_of(&both, 2));
        assert!(run.err.contains("a.ndjson: read as "), "{}", run.err);
    }
    let bad = format!("{ala}\n{{\"id\":3,\n[1]\n{{\"text\":\"\"}}\n{ola}\n");
    let said = [
        "a.ndjson:2: byte",
        "a.ndjson:3: byte",
        "not a JSON object",
        "no text",
    ];
    rejects("a.ndjson", bad, &said, both_of(&both, 5));
}

#[test]
fn ready_made_names() {
    let line = r#"{"lang":"pl","text":"Donald Tusk mówił.",
        "persons":["Jan Kowalski",{"name":"Ewa Nowak","id":7}],"organizations":["OUBZ"],
        "places":["Mińsk"],"events":[],"products":null}"#;
    let line = line.replace('\n', " ");
    let table = "lang,text,persons,organizations,places\n\
                 pl,Donald Tusk mówił.,Jan Kowalski|Ewa Nowak,OUBZ,Mińsk\n";
    for (name, bytes) in [("a.ndjson", line.as_str()), ("a.csv", table)] {
        let run = check(name, bytes, json!([{"lang": "pl"}]));
        let document = &documents(&run)[0];
        let names: Vec<&str> = document["entities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entity| entity["name"].as_str().unwrap())
            .collect();
        for name in ["Jan Kowalski", "Ewa Nowak", "OUBZ", "Mińsk"] {
            assert!(names.contains(&name), "{names:?}");
        }
        assert!(!names.contains(&"Donald Tusk"), "{names:?}");
    }
    let wrong = r#"{"text":"Ala.","persons":"Jan"}"#;
    rejects(
        "a.ndjson",
        wrong,
        &["`persons` is not a list of names"],
        json!([]),
    );
}

#[test]
fn tables() {
    let both = json!([
        {"id": "1", "date": "2023-02-15..2023-02-15 header", "text": "Raz, \"dwa\"\n\ntrzy.",
         "record": 1},
        {"id": "2", "date": null, "title": "Tytuł", "text": "Tekst.", "source": "Gazeta"},
    ]);
    let csv = "id,date,title,text,source,other\n\
               1,2023-02-15,,\"Raz, \"\"dwa\"\"\n\ntrzy.\",,x\n\
               2,,Tytuł,Tekst.,Gazeta,\n";
    check("a.csv", csv, both.clone());
    check(
        "a.csv",
        format!("\u{feff}{}", csv.replace('\n', "\r\n")),
        both.clone(),
    );
    let tsv = "id\tdate\ttitle\ttext\tsource\n\
               1\t2023-02-15\t\t\"Raz, \"\"dwa\"\"\n\ntrzy.\"\t\n\
               2\t\tTytuł\tTekst.\tGazeta\n";
    check("a.tsv", tsv, both.clone());
    for bytes in [
        utf16(csv, u16::to_le_bytes),
        utf16(&format!("\u{feff}{csv}"), u16::to_le_bytes),
    ] {
        check("a.csv", bytes, both.clone());
    }
    let uneven = csv.replace("2,,", "too,many,cells,in,this,row,8\nfew\n2,,");
    let said = ["7 cells where the header row has 6", "1 cells where"];
    rejects("a.csv", uneven, &said, both_of(&both, 4));
    let mapped = "nr;x,kiedy,treść\n1,15.02.2023,Ala.\n";
    let expected = json!([{"id": "1", "date": "2023-02-15..2023-02-15 header", "text": "Ala."}]);
    check_with(
        &["--map", "id=nr;x,date=kiedy,text=treść"],
        "a.csv",
        mapped,
        expected,
    );
    rejects(
        "a.csv",
        "id,body\n1,Ala.\n",
        &["no column `text`", "--map"],
        json!([]),
    );
    // A letter that is cut by the end of what is looked at first says nothing of the encoding.
    let long = format!("id,text\n1,{}óż\n", "a".repeat((1 << 16) - 11));
    let run = check("a.csv", long, json!([{"id": "1"}]));
    assert!(run.out.contains("aóż\""), "not read as UTF-8: {}", run.err);
}

#[test]
fn dates_of_pages() {
    let day = json!([{"date": "2023-02-15..2023-02-15 metadata"}]);
    let json_ld = |data: &str| format!("<script type=\"application/ld+json\">{data}</script>");
    let news = r#"{"@type":"NewsArticle","headline":"H","datePublished":"2023-02-15T00:30+01:00"}"#;
    let context = news.replacen('{', r#"{"@context":"https://schema.org","#, 1);
    let graph =
        format!(r#"{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite"}},{news}]}}"#);
    let meta = r#"<meta property="article:published_time" content="2023-02-15T10:00:00+01:00">"#;
    let named = r#"<meta name="date" content="2023-02-15">"#;
    for head in [&json_ld(&context), &json_ld(&graph), meta, named] {
        check("a.html", page(head, ""), day.clone());
    }
    let time = r#"<time datetime="PT5M">5 minut</time><time datetime="2023-02-15">środa</time>"#;
    check("a.htm", page("", time), day.clone());
    let later = r#"<time datetime="2023-02-20">poniedziałek</time>"#;
    check("2021-01-01.html", page(meta, later), day.clone());
    // One that cannot be read gives way to one that can.
    let bad = json_ld(&context.replace("2023-02-15T00:30+01:00", "wczoraj"));
    check("a.html", page(&format!("{bad}{meta}"), ""), day);
    rejects("a.html", page(&bad, ""), &["wczoraj", "write"], json!([]));
    check("a.html", page("", ""), json!([{"date": null}]));
}

#[test]
fn pages() {
    let head = r#"<link rel="canonical" href="https://gazeta.example/1">
        <meta property="og:site_name" content="Gazeta"><meta property="og:title" content="Nagłówek">
        <meta property="og:url" content="https://gazeta.example/other">"#;
    let expected = json!([{"id": "https://gazeta.example/1", "url": "https://gazeta.example/1",
        "source": "Gazeta", "title": "Nagłówek", "lang": "pl"}]);
    let run = check("a.html", page(head, ""), expected);
    let text = documents(&run)[0]["text"].as_str().unwrap().to_owned();
    assert!(text.contains(SENTENCE), "{text}");
    for boilerplate in ["Pogoda", "zastrzeżone", "<", "&"] {
        assert!(!text.contains(boilerplate), "{text}");
    }
    let og_url = "<meta property=\"og:url\" content=\"https://gazeta.example/2\">";
    check(
        "a.html",
        page(og_url, ""),
        json!([{"url": "https://gazeta.example/2"}]),
    );
    let legacy = page("<meta charset=\"windows-1250\">", "");
    let legacy = encoding_rs::WINDOWS_1250.encode(&legacy).0.into_owned();
    let run = check("a.html", legacy, json!([{"title": "Tytuł"}]));
    assert!(run.out.contains(SENTENCE), "{}", run.out);
    assert!(
        run.err.contains("a.html: read as windows-1250"),
        "{}",
        run.err
    );
    for empty in [
        "",
        "<html><head><title></title></head><body></body></html>",
        "<p>",
    ] {
        rejects("a.html", empty, &["no main text"], json!([]));
    }
}

#[test]
fn pages_that_would_choke_a_parser() {
    let fonts: String = (0..450).fold(String::new(), |mut fonts, size| {
        write!(fonts, "<font size={size}>").unwrap();
        fonts
    });
    let place = Place::new();
    place
        .write("div.html", "<div>".repeat(100_000))
        .write("end.html", "<div></x>".repeat(100_000))
        .write("path.html", "<path>".repeat(100_000))
        .write("svg.html", format!("<svg>{}", "<td>".repeat(100_000)))
        .write("quote.html", "<div title='</div>'>".repeat(100_000))
        .write("font.html", format!("{fonts}{}", "<p>x".repeat(20_000)))
        .write("br.html", "<br>".repeat(300_000))
        .write(
            "feed.xml",
            rss(&format!(
                "<item><title>A</title><description><![CDATA[{}]]></description></item>",
                "<div>".repeat(100_000)
            )),
        )
        .write("good.txt", "Dobry tekst.");
    let start = Instant::now();
    let account = place.account(&["."], 4);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
    assert_eq!(
        (&account["added"], &account["rejected"]),
        (&json!(1), &json!(8)),
        "{account}"
    );
    // As deep as may be is walked without harm.
    let deep = format!("{}<p>{}", "<div>".repeat(490), SENTENCE.repeat(20));
    place.write("deep/deep.html", deep);
    assert_eq!(place.account(&["deep"], 0)["added"], 1);
}

#[test]
fn feeds() {
    let item = "<item><guid>g1</guid><title>Tytuł &amp; reszta</title><link>https://k.example/1</link>\
                <description>&lt;p&gt;Raz &amp;amp; &lt;b&gt;dwa&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;Trzy.&lt;/p&gt;</description>\
                <pubDate>Wed, 15 Feb 2023 00:30:00 +0100</pubDate></item>";
    let expected = json!([{"id": "g1", "title": "Tytuł & reszta", "text": "Raz & dwa.\n\nTrzy.",
        "url": "https://k.example/1", "source": "Kurier", "lang": "pl", "record": 1,
        "date": "2023-02-15..2023-02-15 metadata"}]);
    for name in ["a.xml", "a.rss"] {
        check(name, rss(item), expected.clone());
    }
    check("a.xml", format!("\u{feff}{}", rss(item)), expected.clone());
    let declared = rss(item).replace("\"1.0\"?>", "\"1.0\" encoding=\"windows-1250\"?>");
    let declared = encoding_rs::WINDOWS_1250.encode(&declared).0.into_owned();
    check("a.xml", declared, expected);
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"pl\"><title>Kurier</title><id>f</id>\
         <updated>2023-02-16T10:00:00Z</updated><entry><id>e1</id><title>Tytuł</title>\
         <link rel=\"replies\" href=\"https://k.example/replies\"/>\
         <link rel=\"alternate\" href=\"https://k.example/1\"/><author><name>Ala</name></author>\
         <published>2023-02-15T23:30:00-05:00</published><updated>2023-02-17T10:00:00Z</updated>\
         <content type=\"html\">&lt;p&gt;{SENTENCE}&lt;/p&gt;</content></entry></feed>"
    );
    let expected = json!([{"id": "e1", "url": "https://k.example/1", "author": "Ala",
        "date": "2023-02-15..2023-02-15 metadata", "text": SENTENCE, "source": "Kurier"}]);
    check("a.atom", atom, expected);
    let film = "<item xmlns:media=\"http://search.yahoo.com/mrss/\"><guid>f</guid><title>Film</title>\
                <media:group><media:content url=\"https://k.example/f\"/><media:description>Opis filmu.</media:description></media:group></item>";
    check(
        "a.xml",
        rss(film),
        json!([{"id": "f", "text": "Opis filmu."}]),
    );
    let json_feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Kurier","items":[
        {"id":"1","url":"https://k.example/1","content_html":"<p>Raz.</p><p>Dwa.</p>",
         "date_published":"2023-02-15T10:00:00+01:00"},
        {"id":"2","content_text":"Trzy."}]}"#;
    let expected = json!([
        {"id": "1", "text": "Raz.\n\nDwa.", "date": "2023-02-15..2023-02-15 metadata"},
        {"id": "2", "text": "Trzy.", "date": null, "record": 2},
    ]);
    check("a.json", json_feed, expected);
    for (not_a_feed, said) in [
        (
            "<?xml version=\"1.0\"?><catalog><book/></catalog>",
            "not a feed",
        ),
        (
            "<rss version=\"2.0\"><channel><title>Kurier</title>",
            "not a feed",
        ),
        (&rss(""), "without entries"),
        ("", "not a feed"),
    ] {
        rejects("a.xml", not_a_feed, &[said], json!([]));
    }
    let empty = rss(&format!("<item><guid>g0</guid></item>{item}"));
    rejects(
        "a.xml",
        empty,
        &["no text"],
        json!([{"id": "g1", "record": 2}]),
    );
}

/// An entry that has neither id nor link is told by what it says, in every run alike.
#[test]
fn a_feed_without_ids_is_the_same_twice() {
    let place = Place::new();
    let item =
        |title: &str| format!("<item><title>{title}</title><pubDate>15 Feb 2023</pubDate></item>");
    place.write("a.xml", rss(&(item("Pierwszy") + &item("Drugi"))));
    assert_eq!(place.account(&["a.xml"], 0)["added"], 2);
    assert_eq!(place.account(&["a.xml"], 0)["unchanged"], 2);
}

#[test]
fn packed_files() {
    let one = json!([{"text": "Ala ma kota.", "date": "2023-02-15..2023-02-15 header"}]);
    for (name, text) in [
        ("a.txt", "date: 2023-02-15\n\nAla ma kota."),
        ("a.ndjson", r#"{"date":"2023-02-15","text":"Ala ma kota."}"#),
        ("a.csv", "date,text\n2023-02-15,Ala ma kota.\n"),
    ] {
        check(&format!("{name}.gz"), gzip(text), one.clone());
        check(&format!("{name}.zst"), zstd(text), one.clone());
        check(
            &format!("{}.GZ", name.to_uppercase()),
            gzip(text),
            one.clone(),
        );
    }
    let line = |id: u32| format!("{{\"id\":{id},\"text\":\"Ala.\"}}\n");
    let three = json!([{"id": "1"}, {"id": "2"}, {"id": "3"}]);
    for (name, pack) in [
        ("a.ndjson.gz", gzip as fn(String) -> Vec<u8>),
        ("a.ndjson.zst", zstd),
    ] {
        let members = [pack(line(1)), pack(line(2)), pack(line(3))].concat();
        check(name, members, three.clone());
    }
    for name in [
        "a.txt.gz",
        "a.txt.zst",
        "a.ndjson.gz",
        "a.csv.zst",
        "a.xml.gz",
    ] {
        rejects(name, "Ala ma kota, a nie paczkę.", &[], json!([]));
    }
}

#[test]
fn a_packed_bomb() {
    let place = Place::new();
    let zeros = "0".repeat(80 << 20);
    for name in ["a.ndjson", "a.txt", "a.csv", "a.json", "a.html", "a.xml"] {
        let head = match name {
            "a.csv" => "id,text\n1,",
            "a.json" => "{\"text\":\"",
            _ => "",
        };
        place.write(&format!("{name}.gz"), gzip(format!("{head}{zeros}")));
    }
    let limited = "ulimit -v 1500000; exec \"$0\" annotate --max-article 1 .";
    let output = std::process::Command::new("bash")
        .args(["-c", limited, env!("CARGO_BIN_EXE_kronika")])
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let run = Run::of(output);
    run.fails(4, &[]);
    assert_eq!(run.err.matches("--max-article").count(), 6, "{}", run.err);
    assert_eq!(run.out, "");
}

#[test]
fn standard_input() {
    let ala = r#"{"id":1,"text":"Ala."}"#;
    let id = json!([{"id": "1", "text": "Ala.", "path": "-"}]);
    let two = json!([{"id": "1"}, {"id": "1"}]);
    check_input(&[], format!("{ala}\n{ala}\n").as_bytes(), two.clone());
    check_input(&[], format!("[{ala}]").as_bytes(), id.clone());
    check_input(
        &[],
        format!("{{\"articles\":\n[{ala}]}}").as_bytes(),
        id.clone(),
    );
    check_input(
        &[],
        &utf16(&format!("{ala}\n{ala}\n"), u16::to_le_bytes),
        two.clone(),
    );
    check_input(&[], "id,text\n1,Ala.\n".as_bytes(), id.clone());
    check_input(&[], "id\ttext\n1\tAla.\n".as_bytes(), id.clone());
    check_input(&[], &gzip(format!("{ala}\n{ala}\n")), two.clone());
    check_input(&[], &zstd(format!("{ala}\n{ala}\n")), two.clone());
    check_input(
        &[],
        b" date 2023-02 Ala.",
        json!([{"text": "Ala.",
        "date": "2023-02-01..2023-02-28 header"}]),
    );
    check_input(&[], page("", "").as_bytes(), json!([{"title": "Tytuł"}]));
    let feed = rss("<item><guid>1</guid><description>Ala.</description></item>");
    check_input(&[], feed.as_bytes(), id.clone());
    // A first line of more than is looked at.
    let long = format!(
        "{{\"id\":1,\"text\":\"{}\"}}\n{ala}\n",
        "Ala. ".repeat(20_000)
    );
    check_input(&[], long.as_bytes(), two);
    for (kind, text) in [
        ("json", ala),
        ("ndjson", ala),
        ("csv", "id,text\n1,Ala.\n"),
        ("tsv", "id\ttext\n1\tAla.\n"),
        ("feed", &feed),
        ("text", "id: 1\n\nAla."),
        ("markdown", "id: 1\n\nAla."),
    ] {
        check_input(&["--input-format", kind], text.as_bytes(), id.clone());
    }
    let page = page("<link rel=canonical href=1>", "");
    check_input(
        &["--input-format", "html"],
        page.as_bytes(),
        json!([{"id": "1"}]),
    );
    check_input(
        &["--input-format", "text"],
        b"{\"Ala\":",
        json!([{"text": "{\"Ala\":"}]),
    );
    check_with(
        &["--input-format", "ndjson"],
        "a.dump",
        ala,
        json!([{"id": "1"}]),
    );
}

#[test]
fn encodings() {
    let russian = "Президент встретился в среду с премьером в Минске и говорил о требованиях, \
                   которые выдвинули депутаты.";
    let read = |name: &str, bytes: Vec<u8>, text: &str, note: Option<&str>| {
        let run = check(name, bytes, json!([{"text": text}]));
        let wanted = note.map_or_else(String::new, |note| format!("{name}: read as {note}\n"));
        assert!(run.err.ends_with(&wanted), "{name}: {}", run.err);
        assert!(note.is_some() || run.err.is_empty(), "{}", run.err);
    };
    let polish = encoding_rs::WINDOWS_1250.encode(SENTENCE).0.into_owned();
    read("w.txt", polish, SENTENCE, Some("windows-1250"));
    let polish = encoding_rs::ISO_8859_2.encode(SENTENCE).0.into_owned();
    read("i.txt", polish, SENTENCE, Some("ISO-8859-2"));
    let cyrillic = encoding_rs::WINDOWS_1251.encode(russian).0.into_owned();
    read("r.txt", cyrillic, russian, Some("windows-1251"));
    let marked = format!("\u{feff}{SENTENCE}");
    for text in [SENTENCE, &marked] {
        read(
            "l.txt",
            utf16(text, u16::to_le_bytes),
            SENTENCE,
            Some("UTF-16LE"),
        );
        read(
            "b.txt",
            utf16(text, u16::to_be_bytes),
            SENTENCE,
            Some("UTF-16BE"),
        );
    }
    read("m.txt", marked.into_bytes(), SENTENCE, None);
    read(
        "d.txt",
        "Zaz\u{307}o\u{301}\u{142}c\u{301}".into(),
        "Zażółć",
        None,
    );
    let broken = [
        b"Za\xc5\xbc\xc3\xb3\xc5\x82\xc4\x87 ".as_slice(),
        b"\xff g\xc4\x99",
    ]
    .concat();
    rejects("a.txt", broken, &["byte 11"], json!([]));
}

#[test]
fn where_a_date_comes_from() {
    let path = "2021/05/04/a";
    let flag = ["--date", "2020-01"];
    let rule = |date: &str| json!([{"date": date}]);
    let metadata = "<meta property=\"article:published_time\" content=\"2022-03-01\">";
    for (name, text, date) in [
        (
            "txt",
            "date: 2023\n\nAla.".to_owned(),
            "2023-01-01..2023-12-31 header",
        ),
        (
            "html",
            page(metadata, ""),
            "2022-03-01..2022-03-01 metadata",
        ),
        ("txt", "Ala.".to_owned(), "2021-05-04..2021-05-04 path"),
    ] {
        check_with(&flag, &format!("{path}.{name}"), text, rule(date));
    }
    check_with(&flag, "a.txt", "Ala.", rule("2020-01-01..2020-01-31 flag"));
    check_with(
        &flag,
        "a.ndjson",
        r#"{"text":"Ala.","date":""}"#,
        rule("2020-01-01..2020-01-31 flag"),
    );
    check("a.txt", "Ala.", json!([{"date": null}]));
    // What cannot be read is not passed over in favour of the path.
    for (date, hint) in [
        ("2023-02-30", "; February 2023 has 28 days"),
        ("03/04/2021", "; write"),
        ("wczoraj", "; write"),
    ] {
        let said = [&format!("date `{date}`: "), hint];
        let text = format!("date: {date}\n\nAla.");
        rejects("2021-05-04.txt", text, &said, json!([]));
    }
    let lines = "{\"text\":\"Ala.\",\"date\":\"2023-13\"}\n{\"id\":2,\"text\":\"Ala.\"}\n";
    rejects(
        "a.ndjson",
        lines,
        &["a.ndjson:1", "2023-13"],
        json!([{"id": "2"}]),
    );
}

#[test]
fn what_tells_articles_apart() {
    let id = |text: &str| {
        let run = check("a.ndjson", text, json!([{}]));
        documents(&run)[0]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(id(r#"{"id":"x","url":"u","text":"Ala."}"#), "x");
    assert_eq!(id(r#"{"id":" ","url":"u","text":"Ala."}"#), "u");
    assert_eq!(id("{\"id\":\"a\\u0000b\\n\",\"text\":\"Ala.\"}"), "ab");
    let hash = id(r#"{"text":"Ala.","date":"2023"}"#);
    assert_eq!(hash.len(), 32);
    assert_eq!(
        hash,
        id(r#"{"text":" Ala.\r\n","date":"2023","source":"elsewhere"}"#)
    );
    for other in [
        r#"{"text":"Ala.","date":"2024"}"#,
        r#"{"title":"Ala.","date":"2023"}"#,
        r#"{"text":"Ola.","date":"2023"}"#,
    ] {
        assert_ne!(hash, id(other));
    }
    let long = format!(r#"{{"id":"{}","text":"Ala."}}"#, "x".repeat(2000));
    rejects("a.ndjson", long, &["an id of more than"], json!([]));
}

#[test]
fn what_is_passed_over() {
    let place = Place::new();
    place
        .write("news/a.txt", "Ala.")
        .write("news/README.md", "O tym folderze.")
        .write("news/deep/readme.txt", "O tym też.")
        .write("news/picture.png", b"\x89PNG")
        .write("news/Makefile", "all:")
        .write("news/.hidden.txt", "Ukryte.")
        .write("news/.git/b.txt", "Ukryte.");
    let run = place.fine(&["index", "--json", "news"]);
    let account: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(
        (&account["read"], &account["added"]),
        (&json!(1), &json!(1))
    );
    for said in [".png (1)", "README (2)", "without extension (1)"] {
        assert!(run.err.contains(said), "{}", run.err);
    }
    assert!(!run.err.contains("hidden"), "{}", run.err);
    // What is named is read, whatever it is called, and each file once.
    place.fine(&[
        "annotate",
        "news/README.md",
        "news/.hidden.txt",
        "news/Makefile",
    ]);
    let paths = ["annotate", "news", "./news/a.txt", "news/a.txt"];
    compare(&place.fine(&paths), &json!([{"path": "news/a.txt"}]));
}

/// Reads one file with these bytes: every item is a tidy article or a reject, and of this file.
fn read_anything(name: &str, bytes: &[u8]) {
    let place = Place::new();
    place.write(name, bytes);
    let path = place.path(name).display().to_string();
    let files = Files::walk(std::slice::from_ref(&path)).unwrap();
    let options = source::Options {
        max_article: 1 << 20,
        ..source::Options::default()
    };
    let mut number = 0;
    source::read(&files, &options, &mut |item, _| {
        number += 1;
        match item {
            Item::Article(article) => {
                assert_eq!(article.origin.path, path);
                let lines = [&article.source, &article.url, &article.author];
                let lines = lines.into_iter().flatten().map(String::as_str);
                for text in lines.chain([article.title.as_str(), article.id.as_str()]) {
                    assert!(!text.contains('\n'), "{text:?}");
                    assert_tidy(text);
                }
                assert_tidy(&article.text);
            }
            Item::Rejected(reject) => {
                assert_eq!(reject.path, path);
                assert!(!reject.reason.is_empty());
            }
            Item::Note(note) => assert!(note.starts_with(&path), "{note}"),
        }
        ControlFlow::Continue(())
    });
    let may_be_nothing = ["json", "csv", "tsv", "ndjson"];
    let is_table = may_be_nothing.iter().any(|kind| name.contains(kind));
    assert!(number > 0 || is_table, "{name}: nothing came of {bytes:?}");
}

fn assert_tidy(text: &str) {
    assert!(!text.contains(['\r', '\0']), "{text:?}");
    assert!(unicode_normalization::is_nfc(text), "{text:?}");
}

/// Bytes that are much like a file of some kind, or like nothing at all.
fn anything() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&str; 44] = [
        "---\n",
        "date: ",
        "title: ",
        "\n\n",
        "\r",
        "2023-02-15",
        "# ",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"text\"",
        "\"id\"",
        "\"articles\"",
        "\"data\"",
        "\"ala\"",
        "null",
        "7",
        "\"",
        "|",
        "\t",
        "id,text\n",
        "id\ttext\n",
        "<p>",
        "</p>",
        "<b>",
        "<table>",
        "<svg>",
        "<script>",
        "<!--",
        "-->",
        "<rss version=\"2.0\"><channel>",
        "<item>",
        "<title>",
        "</title>",
        "</item></channel></rss>",
        "&amp;",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
        "<entry>",
        "</entry></feed>",
        "<time datetime=",
        "Zażółć gęślą jaźń. ",
    ];
    let piece = prop_oneof![
        8 => proptest::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => any::<String>().prop_map(String::into_bytes),
        1 => proptest::collection::vec(any::<u8>(), 0..8),
    ];
    let pieces = proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => proptest::collection::vec(any::<u8>(), 0..300)]
}

/// The property test of one kind of file.
macro_rules! reads_anything {
    ($($kind:ident)*) => {$(
        proptest! {
            #![proptest_config(ProptestConfig {
                cases: 64,
                failure_persistence: None,
                ..ProptestConfig::default()
            })]
            #[test]
            fn $kind(bytes in anything()) {
                let name = concat!("a.", stringify!($kind));
                read_anything(name, &bytes);
                read_anything(&format!("{name}.gz"), &gzip(&bytes));
                read_anything(&format!("{name}.zst"), &zstd(&bytes));
                // What is damaged on the way.
                let packed = gzip(&bytes);
                read_anything(&format!("{name}.gz"), &packed[..packed.len() / 2]);
                let frame = [b"\x28\xb5\x2f\xfd".as_slice(), &bytes].concat();
                read_anything(&format!("{name}.zst"), &frame);
                read_anything(&format!("{name}.gz"), &bytes);
            }
        }
    )*};
}

mod anything_as {
    //! A module of their own, so that the names of kinds are names of tests.

    use super::*;

    reads_anything!(txt md json ndjson csv tsv html xml);
}
