//! Pages and feeds: text, metadata, and tags that would choke a parser.

use super::{check, options, read_as};
use crate::source::Options;

#[test]
fn feeds() {
    let rss = |entries: &str| {
        format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Gazeta</title><link>http://a.pl/</link><description>x</description><language>pl</language>{entries}</channel></rss>"
        )
    };
    let got = check(
        "a.rss",
        rss(
            "<item><title>T &amp; U</title><description>&lt;p&gt;A&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;</description><pubDate>Wed, 15 Feb 2023 00:30:00 +0100</pubDate><link>http://a.pl/1</link></item>",
        ),
        "2023-02-15 metadata | T & U | A\\n\\nb\n",
    );
    assert_eq!(got.articles[0].id.as_str(), "http://a.pl/1");
    assert_eq!(got.articles[0].source.as_deref(), Some("Gazeta"));
    assert_eq!(got.articles[0].language.as_deref(), Some("pl"));
    check(
        "a.rss",
        rss(
            "<item><title>T</title><pubDate>31 Feb 2023</pubDate></item><item><title>U</title></item>",
        ),
        "none | U | \n! -:- date `31 Feb 2023`: there is no such day: `31 Feb 2023`; February 2023 has 28 days\n",
    );
    let one = check(
        "a.rss",
        rss("<item><description>Bez adresu.</description></item>"),
        "none |  | Bez adresu.\n",
    );
    let two = check(
        "a.rss",
        rss("<item><description>Bez adresu.</description></item>"),
        "none |  | Bez adresu.\n",
    );
    assert_eq!(one.articles[0].id, two.articles[0].id, "an id by chance");
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>G</title><id>f</id><updated>2023-02-16T00:00:00Z</updated><entry><id>e</id><title>T</title><link rel=\"self\" href=\"http://a.pl/self\"/><link rel=\"alternate\" href=\"http://a.pl/1\"/><content type=\"text\">a &lt; b &amp; c</content><updated>2023-02-15T23:30:00-08:00</updated></entry></feed>";
    let got = check("a.atom", atom, "2023-02-15 metadata | T | a < b & c\n");
    assert_eq!(got.articles[0].url.as_deref(), Some("http://a.pl/1"));
    assert_eq!(
        read_as("a.xml", "<catalogue><book/></catalogue>", &options())
            .rejects
            .len(),
        1
    );
    assert_eq!(read_as("a.xml", "", &options()).rejects.len(), 1);
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<a>".repeat(100_000));
    assert_eq!(read_as("a.xml", deep, &options()).rejects.len(), 1);
}

const BODY: &str = "<p>Premier Jan Kowalski spotkał się w piątek w Krakowie z prezydentem Andrzejem Nowakiem, aby omówić budżet na przyszły rok.</p><p>Rozmowa trwała trzy godziny, a po niej obaj politycy wyszli do dziennikarzy i odpowiadali na pytania.</p>";

#[test]
fn pages() {
    let text = "Premier Jan Kowalski spotkał się w piątek w Krakowie z prezydentem Andrzejem Nowakiem, aby omówić budżet na przyszły rok.\\n\\nRozmowa trwała trzy godziny, a po niej obaj politycy wyszli do dziennikarzy i odpowiadali na pytania.";
    let page = |head: &str| {
        format!(
            "<!DOCTYPE html><html lang=pl-PL><head>{head}</head><body><article>{BODY}</article></body></html>"
        )
    };
    let got = check(
        "a.html",
        page(
            "<title>Tytuł</title><meta property='article:published_time' content='2023-02-15T00:30:00+01:00'><meta property='og:site_name' content='Gazeta'><link rel=canonical href='https://a.pl/1'>",
        ),
        &format!("2023-02-15 metadata | Tytuł | {text}\n"),
    );
    assert_eq!(got.articles[0].language.as_deref(), Some("pl"));
    assert_eq!(got.articles[0].source.as_deref(), Some("Gazeta"));
    assert_eq!(got.articles[0].id.as_str(), "https://a.pl/1");
    let graph = "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"x\"},{\"@type\":\"NewsArticle\",\"headline\":\"Nagłówek artykułu\",\"datePublished\":\"2023-02-14\",\"author\":{\"name\":\"Ewa Lis\"},\"publisher\":{\"name\":\"Kurier\"}}]}</script>";
    let got = check(
        "a.html",
        page(graph),
        &format!("2023-02-14 metadata | Nagłówek artykułu | {text}\n"),
    );
    assert_eq!(got.articles[0].author.as_deref(), Some("Ewa Lis"));
    assert_eq!(got.articles[0].source.as_deref(), Some("Kurier"));
    let time = "<html><body><aside><time datetime='2020-01-01'>x</time></aside><article><time datetime='10:30'>10:30</time><time datetime='2023-02-15'>x</time>";
    let got = read_as(
        "a.html",
        format!("{time}{BODY}</article></body></html>"),
        &options(),
    );
    assert_eq!(got.articles[0].date.unwrap().date.to_string(), "2023-02-15");
    let short = check(
        "a.html",
        "<html><head><title>Krótka notka</title></head><body><p>Ala ma kota.</p></body></html>",
        "none | Krótka notka | Ala ma kota.\n",
    );
    assert_eq!(short.articles.len(), 1);
    assert_eq!(
        read_as("a.html", "<html><body></body></html>", &options())
            .rejects
            .len(),
        1
    );
    let cafe = "<html><head><meta charset='windows-1252'><title>Café talks</title></head><body><p>The minister met the mayor in a café.</p></body></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(cafe);
    check(
        "a.html",
        &bytes,
        "none | Café talks | The minister met the mayor in a café.\n",
    );
}

#[test]
fn deep_pages() {
    for open in [
        "<div>",
        "<b>",
        "<div></span>",
        "<svg><path>",
        "<p><b>",
        "<ul><li>",
        "<dd><dl>",
        "<option>",
        "<td>",
        "<table><td>",
        "<p><object>",
        "<a>x",
        "<tr><td>x",
        "<p><font>x",
    ] {
        let started = std::thread::spawn(move || {
            let page = format!(
                "<html><body><p>Tekst strony.</p>{}Koniec.",
                open.repeat(100_000)
            );
            read_as(
                "a.html",
                page,
                &Options {
                    max_article: 8 << 20,
                    ..options()
                },
            )
        });
        let got = started.join().unwrap();
        assert_eq!(got.articles.len() + got.rejects.len(), 1, "{open}");
    }
}
