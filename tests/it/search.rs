//! The index alone: what is written is found, in a total order.

use kronika::annotate::{self, annotate};
use kronika::index::{Searcher, Verdict, Writer, WriterOptions};
use kronika::model::{
    Article, ArticleDate, ArticleId, DateMatch, DateRule, Day, DayRange, EntityKind, GivenName,
    NamePattern, Origin, PartialDate, Pattern, PhraseWord, Query, Request, Scope, Sort,
};
use tempfile::TempDir;

fn article(id: &str, date: Option<PartialDate>, text: &str) -> Article {
    Article {
        id: ArticleId(id.to_owned()),
        origin: Origin {
            path: format!("{id}.txt"),
            record: 1,
        },
        date: date.map(|date| ArticleDate {
            date,
            rule: DateRule::Header,
        }),
        title: String::new(),
        text: text.to_owned(),
        language: Some("pl".to_owned()),
        source: None,
        url: None,
        author: None,
        names: None,
        meetings: None,
    }
}

fn options(threads: usize) -> WriterOptions {
    WriterOptions {
        threads,
        memory: 64 << 20,
        holder: "a test".to_owned(),
        rebuild: false,
        commit_every: 0,
    }
}

fn index(articles: Vec<Article>) -> (TempDir, Searcher) {
    let folder = TempDir::new().unwrap();
    let mut writer = Writer::open(folder.path(), &options(2)).unwrap();
    for article in articles {
        let document = annotate(article, annotate::Options::default());
        writer.put(&document, 1, Verdict::Added).unwrap();
    }
    writer.finish().unwrap();
    let searcher = Searcher::open(folder.path()).unwrap();
    (folder, searcher)
}

fn ids(searcher: &Searcher, query: Query, sort: Sort) -> Vec<String> {
    let mut results = searcher
        .search(&Request {
            query,
            sort,
            offset: 0,
            limit: None,
        })
        .unwrap();
    let mut ids = Vec::new();
    while let Some(id) = results.next_id().unwrap() {
        ids.push(id);
    }
    assert_eq!(results.total(), ids.len());
    ids
}

fn word(text: &str) -> Query {
    Query::Text(Scope::Anywhere, Pattern::Word(text.to_owned()))
}

#[test]
fn words_phrases_and_their_combinations() {
    let (_folder, searcher) = index(vec![
        article("a", None, "Prezydent mówił o mobilizacji. Premier milczał."),
        article(
            "b",
            None,
            "Premier i prezydent milczeli w jednym zdaniu 2023.",
        ),
        article("c", None, "Ich spór trwa od 2023 r."),
    ]);
    let found = |query| ids(&searcher, query, Sort::Id);
    assert_eq!(found(Query::All), ["a", "b", "c"]);
    assert_eq!(found(word("prezydent")), ["a", "b"]);
    assert_eq!(found(word("spor")), ["c"]);
    assert_eq!(found(word("2023")), ["b", "c"]);
    assert_eq!(found(Query::Not(Box::new(word("prezydent")))), ["c"]);
    assert_eq!(
        found(Query::And(vec![
            word("premier"),
            Query::Not(Box::new(word("2023")))
        ])),
        ["a"]
    );
    let both = vec![word("premier"), word("prezydent")];
    assert_eq!(found(Query::And(both.clone())), ["a", "b"]);
    assert_eq!(found(Query::Sentence(both)), ["b"]);
    let phrase = |words: &[&str], slop| {
        let words = words
            .iter()
            .map(|word| PhraseWord::Word((*word).to_owned()))
            .collect();
        Query::Text(Scope::Anywhere, Pattern::Phrase { words, slop })
    };
    assert_eq!(found(phrase(&["premier", "i", "prezydent"], 0)), ["b"]);
    assert_eq!(found(phrase(&["premier", "prezydent"], 0)), [""; 0]);
    assert_eq!(found(phrase(&["premier", "prezydent"], 1)), ["b"]);
    let pattern = |pattern| Query::Text(Scope::Anywhere, pattern);
    assert_eq!(found(pattern(Pattern::Prefix("PREZ".into()))), ["a", "b"]);
    assert_eq!(found(pattern(Pattern::Prefix("spó".into()))), ["c"]);
    assert_eq!(
        found(pattern(Pattern::Regex("milcza?.*".into()))),
        ["a", "b"]
    );
    assert_eq!(found(pattern(Pattern::Form("Milczał".into()))), ["a"]);
    assert_eq!(found(pattern(Pattern::Form("milczal".into()))), [""; 0]);
}

#[test]
fn dates_overlap_or_lie_within() {
    let day = |number| PartialDate::day(Day::new(2023, 2, number).unwrap());
    let (_folder, searcher) = index(vec![
        article("day", Some(day(15)), "x"),
        article("month", PartialDate::month(2023, 2), "x"),
        article("year", PartialDate::year(2023), "x"),
        article("old", PartialDate::year(-9999), "x"),
        article("none", None, "x"),
    ]);
    let found = |query| ids(&searcher, query, Sort::Date);
    let range = |first, last| DayRange {
        first: Day::new(2023, 2, first),
        last: Day::new(2023, 2, last),
    };
    assert_eq!(found(Query::All), ["old", "year", "month", "day", "none"]);
    let overlaps = |range| Query::Date(range, DateMatch::Overlaps);
    assert_eq!(found(overlaps(range(10, 20))), ["year", "month", "day"]);
    assert_eq!(found(overlaps(range(1, 2))), ["year", "month"]);
    assert_eq!(
        found(Query::Date(range(1, 28), DateMatch::Within)),
        ["month", "day"]
    );
    let open = DayRange {
        first: None,
        last: Day::new(1000, 1, 1),
    };
    assert_eq!(found(overlaps(open)), ["old"]);
    assert_eq!(found(Query::Undated), ["none"]);
    assert_eq!(
        ids(&searcher, Query::All, Sort::DateDescending),
        ["day", "month", "year", "old", "none"]
    );
}

#[test]
fn given_names_are_found_and_exact_spellings_come_first() {
    let mut tusk = article("tusk", None, "Premier mówił.");
    tusk.names = Some(vec![GivenName {
        kind: EntityKind::Person,
        name: "Donald Tusk".to_owned(),
    }]);
    let (_folder, searcher) = index(vec![
        tusk,
        article("sad", None, "Kwitnie sad."),
        article("court", None, "Orzekł sąd. Sąd i sąd."),
    ]);
    let person = |name: &str| {
        let name = NamePattern::Name(name.to_owned());
        ids(
            &searcher,
            Query::Name(EntityKind::Person, name),
            Sort::Score,
        )
    };
    assert_eq!(person("tusk"), ["tusk"]);
    assert_eq!(person("donald tusk"), ["tusk"]);
    assert_eq!(person("Tusk Donald"), [""; 0]);
    assert_eq!(ids(&searcher, word("sad"), Sort::Score), ["sad", "court"]);
    assert_eq!(ids(&searcher, word("sąd"), Sort::Score), ["court", "sad"]);
}

#[test]
fn offset_and_limit_cut_one_order() {
    let articles = (0..50).map(|number| article(&format!("{number:02}"), None, "x"));
    let (_folder, searcher) = index(articles.collect());
    let mut all = Vec::new();
    for offset in (0..50).step_by(7) {
        let request = Request {
            query: Query::All,
            sort: Sort::Score,
            offset,
            limit: Some(7),
        };
        let mut results = searcher.search(&request).unwrap();
        assert_eq!(results.total(), 50);
        while let Some(hit) = results.next_hit().unwrap() {
            all.push(hit.id.to_string());
        }
    }
    let expected: Vec<String> = (0..50).map(|number| format!("{number:02}")).collect();
    assert_eq!(all, expected);
}

#[test]
fn replaced_articles_are_gone_and_the_fingerprint_tells() {
    let folder = TempDir::new().unwrap();
    let write = |texts: &[(&str, &str, u64, Verdict)]| {
        let mut writer = Writer::open(folder.path(), &options(1)).unwrap();
        for (id, text, content, verdict) in texts {
            let document = annotate(article(id, None, text), annotate::Options::default());
            writer.put(&document, *content, *verdict).unwrap();
        }
        writer.finish().unwrap();
        let searcher = Searcher::open(folder.path()).unwrap();
        (
            ids(&searcher, word("nowe"), Sort::Id),
            searcher.fingerprint().to_owned(),
        )
    };
    let (_, first) = write(&[
        ("a", "stare", 1, Verdict::Added),
        ("b", "inne", 2, Verdict::Added),
    ]);
    let (found, second) = write(&[("a", "nowe", 3, Verdict::Updated { old_content: 1 })]);
    assert_eq!(found, ["a"]);
    assert_ne!(first, second);
    let (_, third) = write(&[("a", "stare", 1, Verdict::Updated { old_content: 3 })]);
    assert_eq!(first, third);
}

#[test]
fn a_second_writer_is_told_who_holds_the_index() {
    let folder = TempDir::new().unwrap();
    let _writer = Writer::open(folder.path(), &options(1)).unwrap();
    let error = Writer::open(folder.path(), &options(1)).unwrap_err();
    assert!(error.to_string().contains("a test"), "{error}");
}

#[test]
fn articles_are_found_by_the_days_they_speak_of() {
    let day = |year, month, day| PartialDate::day(Day::new(year, month, day).unwrap());
    let two_days =
        "Przyjmie go w piątek 17 lutego. Rok wcześniej, 18 lutego, rozmawiali w Moskwie.";
    let (_folder, searcher) = index(vec![
        article("a", Some(day(2023, 2, 15)), two_days),
        article("b", Some(day(2023, 2, 17)), "Rozmawiali o gospodarce."),
        article("c", None, "Traktat podpisano w latach 2021-2024."),
    ]);
    assert!(searcher.has_event_days().unwrap());
    let check = |first: PartialDate, last: PartialDate, expected: &[&str]| {
        let range = DayRange {
            first: Some(first.first()),
            last: Some(last.last()),
        };
        assert_eq!(ids(&searcher, Query::Event(range), Sort::Id), expected);
    };
    check(day(2023, 2, 17), day(2023, 2, 17), &["a", "c"]);
    check(day(2022, 2, 18), day(2022, 2, 18), &["a", "c"]);
    // Between two days that an article speaks of it speaks of none.
    check(day(2022, 6, 1), day(2022, 6, 30), &["c"]);
    check(day(2019, 1, 1), day(2020, 12, 31), &[]);
}
