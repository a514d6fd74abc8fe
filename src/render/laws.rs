//! Laws of everything written, held on arbitrary hits and documents.

use std::io::{self, Write};

use proptest::prelude::*;
use serde::Deserialize;

use super::safe::{harmless, is_harmful};
use super::{Fields, Format, HitWriter, Style, Summary, document};
use crate::model::{
    Article, ArticleDate, ArticleId, DateBasis, DateMention, DateRule, Day, Document, Entity,
    EntityKind, Field, Hit, Meeting, MeetingKind, MeetingStatus, Mention, Origin, PartialDate,
    Participant, Precision, Snippet, Span,
};

pub(super) const FORMATS: [Format; 7] = [
    Format::Text,
    Format::Json,
    Format::Ndjson,
    Format::Csv,
    Format::Tsv,
    Format::Ids,
    Format::Paths,
];

pub(super) const PLAIN: Style = Style {
    colour: false,
    width: 40,
};

/// Text thick with what is hard to write: quotes, line ends, controls, wide and joined letters.
pub(super) fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zął ]{1,8}",
        1 => any::<String>(),
        1 => prop::sample::select(vec![
            "\n", "\r", "\t", "\"", ",", "|", "\\", "'=", "\u{1b}[31m", "\u{9b}", "\u{202e}",
            "\u{200b}", "\u{200d}", "👩\u{200d}💻", "中文", "e\u{301}", "\u{feff}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// Spans that need not lie in any text, nor on its boundaries.
pub(super) fn span() -> impl Strategy<Value = Span> {
    (0..60_usize, 0..60_usize).prop_map(|(start, end)| Span::new(start, end))
}

fn kind() -> impl Strategy<Value = EntityKind> {
    prop::sample::select(EntityKind::ALL.to_vec())
}

pub(super) fn field() -> impl Strategy<Value = Field> {
    prop::sample::select(vec![Field::Title, Field::Text])
}

pub(super) fn date() -> impl Strategy<Value = PartialDate> {
    let days = Day::MIN.number()..=Day::MAX.number();
    let precision = prop::sample::select(Precision::ALL.to_vec());
    (days.clone(), days, precision).prop_map(|(one, other, precision)| {
        let day = |number| Day::from_number(number).expect("within the calendar");
        let (first, last) = (day(one.min(other)), day(one.max(other)));
        PartialDate::between(first, last, precision).expect("in order")
    })
}

pub(super) fn article_date() -> impl Strategy<Value = Option<ArticleDate>> {
    let rule = prop::sample::select(DateRule::ALL.to_vec());
    prop::option::of((date(), rule).prop_map(|(date, rule)| ArticleDate { date, rule }))
}

pub(super) fn origin() -> impl Strategy<Value = Origin> {
    (text(), any::<u64>()).prop_map(|(path, record)| Origin { path, record })
}

fn snippet() -> impl Strategy<Value = Snippet> {
    let marks = prop::collection::vec(span(), 0..3);
    (text(), marks, any::<bool>(), any::<bool>()).prop_map(
        |(text, marks, cut_before, cut_after)| Snippet {
            text,
            marks,
            cut_before,
            cut_after,
        },
    )
}

fn hit() -> impl Strategy<Value = Hit> {
    let texts = (text(), text(), text(), text());
    let options = (prop::option::of(text()), prop::option::of(text()));
    let names = prop::collection::vec((kind(), text()), 0..4);
    let rest = (-1e6_f32..1e6, snippet(), names);
    (origin(), article_date(), texts, options, rest).prop_map(
        |(origin, date, (id, title, language, source), (url, author), (score, snippet, names))| {
            Hit {
                id: ArticleId(id),
                origin,
                date,
                title,
                language,
                source,
                url,
                author,
                score,
                snippet,
                names,
            }
        },
    )
}

fn article() -> impl Strategy<Value = Article> {
    let options = (
        prop::option::of(text()),
        prop::option::of(text()),
        prop::option::of(text()),
    );
    (text(), origin(), article_date(), text(), text(), options).prop_map(
        |(id, origin, date, title, text, (source, url, author))| Article {
            id: ArticleId(id),
            origin,
            date,
            title,
            text,
            language: None,
            source,
            url,
            author,
            names: None,
            meetings: None,
        },
    )
}

fn meeting() -> impl Strategy<Value = Meeting> {
    let participant = prop_oneof![
        (0..4_usize).prop_map(Participant::Entity),
        text().prop_map(Participant::Group),
    ];
    let participants = prop::collection::vec(participant, 0..3);
    let place = prop::option::of(text());
    (
        participants,
        prop::option::of(date()),
        place,
        field(),
        span(),
    )
        .prop_map(|(participants, date, place, field, evidence)| Meeting {
            participants,
            date,
            basis: date.map_or(DateBasis::Unknown, |_| DateBasis::Explicit),
            place,
            kind: MeetingKind::Talks,
            status: MeetingStatus::Planned,
            field,
            evidence,
            rule: "rule",
        })
}

fn any_document() -> impl Strategy<Value = Document> {
    let mention = (field(), span(), kind(), text(), 0..4_usize).prop_map(
        |(field, span, kind, base, entity)| Mention {
            field,
            span,
            kind,
            base,
            entity,
        },
    );
    let forms = prop::collection::vec(text(), 0..3);
    let entity =
        (kind(), text(), forms, 0..9_usize).prop_map(|(kind, name, forms, mentions)| Entity {
            kind,
            name,
            forms,
            mentions,
        });
    let date = (field(), span(), date()).prop_map(|(field, span, date)| DateMention {
        field,
        span,
        date,
        rule: "rule",
    });
    (
        article(),
        prop::collection::vec(mention, 0..4),
        prop::collection::vec(entity, 0..3),
        prop::collection::vec(date, 0..3),
        prop::collection::vec(meeting(), 0..2),
    )
        .prop_map(|(article, mentions, entities, dates, meetings)| Document {
            article,
            language: "pl".to_owned(),
            sentences: Vec::new(),
            mentions,
            entities,
            descriptions: Vec::new(),
            dates,
            meetings,
        })
}

/// What the writer makes of these hits.
fn write_hits(hits: &[Hit], format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let summary = Summary {
        understood: "\"żółć\"\u{1b}".to_owned(),
        names: vec![crate::model::Understood {
            kind: Some(EntityKind::Person),
            asked: "Tusk\u{1b}".to_owned(),
            entities: vec![("Donald Tusk".to_owned(), 3)],
        }],
        index: "index".to_owned(),
        format_version: 1,
        analysis: "words 1".to_owned(),
        fingerprint: "00".to_owned(),
        total: hits.len(),
        offset: 0,
        line: None,
    };
    let fields = Fields::parse(None).expect("all fields");
    let mut writer = HitWriter::new(format, fields, style, false, summary, out)?;
    for hit in hits {
        writer.hit(hit)?;
    }
    writer.finish()
}

fn written(hits: &[Hit], format: Format, style: Style) -> String {
    let mut out = Vec::new();
    write_hits(hits, format, style, &mut out).expect("memory takes everything");
    String::from_utf8(out).expect("only UTF-8 is written")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    schema: String,
    understood: Understood,
    index: Index,
    total: usize,
    offset: usize,
    hits: Vec<HitRead>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Understood {
    query: String,
    names: Vec<NameUnderstood>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameUnderstood {
    kind: String,
    asked: String,
    entities: Vec<Counted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Counted {
    name: String,
    articles: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Index {
    path: String,
    format: u32,
    analysis: String,
    fingerprint: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct HitRead {
    schema: String,
    id: String,
    path: String,
    record: u64,
    date: Option<DateRead>,
    title: String,
    lang: String,
    source: String,
    url: Option<String>,
    author: Option<String>,
    score: f64,
    snippet: SnippetRead,
    persons: Vec<String>,
    organizations: Vec<String>,
    places: Vec<String>,
    events: Vec<String>,
    products: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct DateRead {
    first: String,
    last: String,
    precision: String,
    rule: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct SnippetRead {
    text: String,
    marks: Vec<[usize; 2]>,
    cut_before: bool,
    cut_after: bool,
}

impl DateRead {
    fn of(dated: ArticleDate) -> Self {
        Self {
            first: dated.date.first().to_string(),
            last: dated.date.last().to_string(),
            precision: dated.date.precision().name().to_owned(),
            rule: dated.rule.name().to_owned(),
        }
    }
}

impl HitRead {
    /// What a reader should find, the score aside.
    fn of(hit: &Hit, score: f64) -> Self {
        let names = |wanted| {
            let names = hit.names.iter().filter(|(kind, _)| *kind == wanted);
            names.map(|(_, name)| name.clone()).collect()
        };
        Self {
            schema: "kronika.hit/1".to_owned(),
            id: hit.id.to_string(),
            path: hit.origin.path.clone(),
            record: hit.origin.record,
            date: hit.date.map(DateRead::of),
            title: hit.title.clone(),
            lang: hit.language.clone(),
            source: hit.source.clone(),
            url: hit.url.clone(),
            author: hit.author.clone(),
            score,
            snippet: SnippetRead {
                text: hit.snippet.text.clone(),
                marks: hit
                    .snippet
                    .marks
                    .iter()
                    .map(|span| [span.start(), span.end()])
                    .collect(),
                cut_before: hit.snippet.cut_before,
                cut_after: hit.snippet.cut_after,
            },
            persons: names(EntityKind::Person),
            organizations: names(EntityKind::Organization),
            places: names(EntityKind::Place),
            events: names(EntityKind::Event),
            products: names(EntityKind::Product),
        }
    }
}

#[track_caller]
fn check_read(read: &HitRead, hit: &Hit) {
    assert!((read.score - f64::from(hit.score)).abs() < 0.000_051);
    assert_eq!(*read, HitRead::of(hit, read.score));
}

/// A pipe that closes after so many bytes.
struct ClosingPipe(usize);

impl Write for ClosingPipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

proptest! {
    #[test]
    fn json_gives_back_the_hits(hits in prop::collection::vec(hit(), 0..4)) {
        let answer: Answer = serde_json::from_str(&written(&hits, Format::Json, PLAIN)).unwrap();
        prop_assert_eq!(answer.schema, "kronika.hits/1");
        prop_assert_eq!(answer.understood.query, "\"żółć\"\u{1b}");
        let [name] = answer.understood.names.as_slice() else {
            panic!("one name was asked for");
        };
        prop_assert_eq!((&*name.kind, &*name.asked), ("person", "Tusk\u{1b}"));
        let [entity] = name.entities.as_slice() else {
            panic!("one entity was found");
        };
        prop_assert_eq!((&*entity.name, entity.articles), ("Donald Tusk", 3));
        let index = answer.index;
        prop_assert_eq!((&*index.path, index.format), ("index", 1));
        prop_assert_eq!((&*index.analysis, &*index.fingerprint), ("words 1", "00"));
        prop_assert_eq!((answer.total, answer.offset), (hits.len(), 0));
        prop_assert_eq!(answer.hits.len(), hits.len());
        for (read, hit) in answer.hits.iter().zip(&hits) {
            check_read(read, hit);
        }
        let lines = written(&hits, Format::Ndjson, PLAIN);
        prop_assert_eq!(lines.lines().count(), hits.len());
        for (line, hit) in lines.lines().zip(&hits) {
            check_read(&serde_json::from_str(line).unwrap(), hit);
        }
    }

    #[test]
    fn tables_have_a_row_for_each_hit(hits in prop::collection::vec(hit(), 0..4)) {
        for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
            let table = written(&hits, format, PLAIN);
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .from_reader(table.as_bytes());
            // Rows of unequal length are an error.
            let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(rows.len(), hits.len());
            let cells = rows.iter().flatten();
            let controls = |letter: char| letter.is_control() && !"\t\r\n".contains(letter);
            for cell in cells {
                prop_assert!(!cell.starts_with(['=', '@', '+', '\t', '\r']));
                prop_assert!(!cell.contains(controls));
            }
        }
    }

    #[test]
    fn nothing_reaches_a_terminal_but_text(hits in prop::collection::vec(hit(), 0..4)) {
        for format in [Format::Text, Format::Json, Format::Ndjson] {
            prop_assert!(!written(&hits, format, PLAIN).contains(is_harmful));
        }
        for format in [Format::Ids, Format::Paths] {
            let lines = written(&hits, format, PLAIN);
            prop_assert_eq!(lines.lines().count(), hits.len());
            prop_assert!(!lines.contains(|letter: char| letter.is_control() && letter != '\n'));
        }
    }

    #[test]
    fn a_closed_pipe_is_told_as_such(hit in hit(), room in 0..200_usize) {
        for format in FORMATS {
            let whole = written(std::slice::from_ref(&hit), format, PLAIN).len();
            let mut pipe = ClosingPipe(room);
            let outcome = write_hits(std::slice::from_ref(&hit), format, PLAIN, &mut pipe);
            let kind = outcome.err().map(|error| error.kind());
            let expected = (room < whole).then_some(io::ErrorKind::BrokenPipe);
            prop_assert_eq!(kind, expected, "{:?}", format);
        }
    }

    #[test]
    fn a_document_reads_back(document in any_document()) {
        let mut out = Vec::new();
        document::write_json(&document, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        prop_assert!(line.ends_with('\n') && line.lines().count() == 1);
        prop_assert!(!line.contains(is_harmful));
        let json: serde_json::Value = serde_json::from_str(&line).unwrap();
        let article = &document.article;
        prop_assert_eq!(json["schema"].as_str(), Some("kronika.document/1"));
        prop_assert_eq!(json["text"].as_str(), Some(&*article.text));
        prop_assert_eq!(json["title"].as_str(), Some(&*article.title));
        prop_assert_eq!(json["date"].is_null(), article.date.is_none());
        let mentions = json["mentions"].as_array().unwrap();
        prop_assert_eq!(mentions.len(), document.mentions.len());
        for (read, mention) in mentions.iter().zip(&document.mentions) {
            let text = mention.span.of(document.field(mention.field));
            prop_assert_eq!(read["text"].as_str(), Some(text));
            let in_title = read.get("field").is_some_and(|field| field == "title");
            prop_assert_eq!(in_title, mention.field == Field::Title);
            prop_assert_eq!(read.get("field").is_some(), in_title);
        }
    }

    #[test]
    fn no_text_is_lost_for_a_mark(mut document in any_document(), width in 0..50_usize) {
        // Joiners are judged by their neighbours, which a mark may part from them.
        document.article.text.retain(|letter| !matches!(letter, '\u{200c}' | '\u{200d}'));
        let mut out = Vec::new();
        document::write_text(&document, Style { colour: false, width }, &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        prop_assert!(!page.contains(is_harmful));
        let text = harmless(document.article.text.trim_end()).into_owned();
        prop_assert!(page.contains(&text));
    }

    #[test]
    fn colours_only_add_codes(hit in hit(), document in any_document(), width in 0..90_usize) {
        let style = Style { colour: true, width };
        let mut page = written(&[hit], Format::Text, style).into_bytes();
        document::write_text(&document, style, &mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        // Every escape code is one of ours: `ESC [ numbers m`.
        for code in page.split('\u{1b}').skip(1) {
            let body = code.strip_prefix('[').unwrap().split('m').next().unwrap();
            prop_assert!(body.chars().all(|letter| letter.is_ascii_digit() || letter == ';'));
        }
        let rest = page.replace(char::from(0x1b), "");
        prop_assert!(!rest.contains(is_harmful));
    }
}
