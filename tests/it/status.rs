//! What `status` says of the dates of an index.

use super::program::Place;

/// Ids of articles, the date of each, and the flaws it has. Today is 2023-03-01.
const DATES: [(&str, &str, &[&str]); 11] = [
    ("day", "2023-02-15", &[]),
    ("other-day", "2021-05-01", &[]),
    ("year-before", "2020-05-01", &[]),
    ("today", "2023-03-01", &[]),
    ("decades-ago", "1999-01-01", &["doubtful"]),
    ("after-today", "2023-03-02", &["doubtful"]),
    ("month", "2023-02", &["coarse"]),
    ("year", "2022", &["coarse"]),
    ("year-to-come", "2024", &["coarse", "doubtful"]),
    ("year-of-today", "2023", &["coarse"]),
    ("none", "", &["undated"]),
];

fn indexed() -> Place {
    let place = Place::new();
    for (id, date, _) in DATES {
        let date = match date {
            "" => String::new(),
            date => format!(",\"date\":\"{date}\""),
        };
        let text = format!("{{\"id\":\"{id}\"{date},\"text\":\"Artykuł {id}.\"}}\n");
        place.write(&format!("news/{id}.ndjson"), text);
    }
    let by_path = "{\"id\":\"by-path\",\"text\":\"Artykuł bez nagłówka.\"}\n";
    place.write("news/2023/02/10/by-path.ndjson", by_path);
    let by_path = "{\"id\":\"month-by-path\",\"text\":\"Artykuł bez dnia.\"}\n";
    place.write("news/2023/02/a.ndjson", by_path);
    place.account(&["news"], 0);
    place
}

#[test]
fn articles_by_the_flaw_of_their_date() {
    let place = indexed();
    for flaw in ["undated", "coarse", "doubtful"] {
        let having = DATES.iter().filter(|(.., flaws)| flaws.contains(&flaw));
        let mut expected: Vec<&str> = having.map(|(id, ..)| *id).collect();
        match flaw {
            "coarse" => expected.push("month-by-path"),
            "doubtful" => expected.extend(["by-path", "month-by-path"]),
            _ => {}
        }
        expected.sort_unstable();
        let run = place.fine(&["status", "--ids", flaw]);
        let found: Vec<&str> = run.out.lines().collect();
        assert_eq!(found, expected, "{flaw}");
    }
    let run = place.fine(&["status", "--json"]);
    let status: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let count = |field: &str| status[field].as_u64().unwrap();
    assert_eq!(
        (count("undated"), count("coarse"), count("doubtful")),
        (1, 5, 5)
    );
    let doubts = serde_json::json!({"path": 2, "future": 2, "far": 1});
    assert_eq!(status["doubts"], doubts);
    let examples = serde_json::json!({
        "undated": ["none"],
        "coarse": ["month", "month-by-path", "year", "year-of-today", "year-to-come"],
        "doubtful": ["after-today", "by-path", "decades-ago", "month-by-path", "year-to-come"],
    });
    assert_eq!(status["examples"], examples);
}

#[test]
fn days_to_come_depend_on_today() {
    let place = indexed();
    let run = place.fine(&["status", "--ids", "doubtful", "--now", "2024-01-01"]);
    let found: Vec<&str> = run.out.lines().collect();
    assert_eq!(found, ["by-path", "decades-ago", "month-by-path"]);
}

#[test]
fn a_few_are_named_and_the_rest_are_counted() {
    let place = Place::new();
    let article = |number| format!("{{\"id\":\"a{number}\",\"text\":\"Artykuł {number}.\"}}\n");
    let articles: String = (1..=7).map(article).collect();
    place.write("a.ndjson", articles);
    place.account(&["a.ndjson"], 0);
    let told = place.fine(&["status"]).out;
    let end = "\n\
without a date:
    a1
    a2
    a3
    a4
    a5
    … and 2 more: kronika status --ids undated
  give them one in a header `date: …`, or with `kronika index --date`
";
    assert!(told.ends_with(end), "{told}");
    let listed = place.fine(&["status", "--ids", "undated"]).out;
    assert_eq!(listed.lines().count(), 7);
    place
        .run(&["status", "--ids", "nic"])
        .fails(2, &["undated"]);
}
