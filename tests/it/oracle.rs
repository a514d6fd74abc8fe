//! The index against a plain scan: for random articles and random questions, both find the same.
//!
//! The scan reads every token of every article each time and knows no postings, no automata and
//! no segments. Lemmas and base forms of names are the language's; they have tests of their own.

use std::collections::{BTreeMap, BTreeSet};

use kronika::annotate::{self, annotate};
use kronika::index::{Searcher, Verdict, Writer, WriterOptions};
use kronika::lang::{self, LANGUAGES, Language};
use kronika::model::{
    Article, ArticleDate, ArticleId, DateBasis, DateMatch, DateRule, Day, DayRange, Document,
    EntityKind, GivenMeeting, GivenName, MeetingKind, MeetingStatus, NamePattern, Origin,
    PartialDate, Participant, Party, PartyKind, Pattern, PhraseWord, Query, Request, Scope, Sort,
    Span,
};
use kronika::terms::{lemmas, name_bases};
use kronika::text::{Spelling, fold, normal_form, sentences, tokens};
use proptest::prelude::*;
use proptest::sample::select;
use tempfile::TempDir;

/// Words of articles and questions: some in several forms, some with diacritics left out, some
/// that no dictionary knows, some that are more than one token.
const WORDS: [&str; 60] = [
    "Łukaszenka",
    "Łukaszenki",
    "Łukaszenką",
    "Lukaszenka",
    "lukaszenki",
    "Tusk",
    "Tuska",
    "Tuskiem",
    "tusk",
    "Donald",
    "Donalda",
    "Putin",
    "Putina",
    "Putin’s",
    "Merkel",
    "sąd",
    "sądu",
    "sad",
    "sadu",
    "sady",
    "spotkanie",
    "spotkania",
    "spotkaniu",
    "spotkał",
    "spotkali",
    "spotkac",
    "prezydent",
    "Prezydenta",
    "prezydentem",
    "prezydencki",
    "żona",
    "żonie",
    "zona",
    "zony",
    "źółć",
    "żółć",
    "zolc",
    "mam",
    "mama",
    "mieć",
    "i",
    "w",
    "po",
    "się",
    "Łódź",
    "łodzi",
    "lodz",
    "Warszawie",
    "Warszawa",
    "polsko-rosyjski",
    "MSZ-u",
    "MSZ",
    "2023",
    "O'Brien",
    "Farage'a",
    "talks",
    "talk",
    "talked",
    "meetings",
    "qwzxowi",
];

const REGEXES: [&str; 8] = [
    "spotka(nie|ł)",
    ".*a",
    "s[aą]d.*",
    "talk(s|ed)?",
    "\\d+",
    "[łż].*",
    "p..",
    "O'.*",
];

const NAMES: [&str; 9] = [
    "Donald Tusk",
    "Tusk",
    "Alaksandr Łukaszenka",
    "Lukaszenka",
    "Władimir Putin",
    "Angela Merkel",
    "Łódź",
    "Sąd Najwyższy",
    "Nigel Farage",
];

pub(crate) const KINDS: [EntityKind; 3] = [
    EntityKind::Person,
    EntityKind::Organization,
    EntityKind::Place,
];

/// What matters of an article here.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    language: &'static str,
    date: Option<PartialDate>,
    title: String,
    text: String,
    names: Option<Vec<(EntityKind, &'static str)>>,
    meetings: Option<Vec<GivenMeeting>>,
}

fn id_of(number: usize) -> String {
    format!("{number:02}")
}

impl Draft {
    pub(crate) fn document(&self, number: usize) -> Document {
        let names = self.names.as_ref().map(|names| {
            let given = names.iter().map(|&(kind, name)| GivenName {
                kind,
                name: name.to_owned(),
            });
            given.collect()
        });
        let article = Article {
            id: ArticleId(id_of(number)),
            origin: Origin {
                path: format!("{number}.txt"),
                record: 1,
            },
            date: self.date.map(|date| ArticleDate {
                date,
                rule: DateRule::Header,
            }),
            title: self.title.clone(),
            text: self.text.clone(),
            language: Some(self.language.to_owned()),
            source: None,
            url: None,
            author: None,
            names,
            meetings: self.meetings.clone(),
        };
        annotate(article, annotate::Options::default())
    }
}

// What is made up.

fn word() -> impl Strategy<Value = String> {
    (select(&WORDS[..]), 0..8).prop_map(|(word, case)| match case {
        0 => word.to_uppercase(),
        1 => fold(word),
        2 => {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect()
        }
        _ => word.to_owned(),
    })
}

fn text() -> impl Strategy<Value = String> {
    let gap = prop_oneof![
        10 => Just(" "),
        1 => Just(", "),
        3 => Just(". "),
        1 => Just("\n\n"),
        1 => Just("-"),
        1 => Just(" – "),
    ];
    prop::collection::vec((word(), gap), 5..40).prop_map(|parts| {
        let parts = parts.iter().map(|(word, gap)| format!("{word}{gap}"));
        parts.collect::<String>().trim_end().to_owned()
    })
}

pub(crate) fn date() -> impl Strategy<Value = PartialDate> {
    (2022..2024_i16, 1..4_i8, 1..29_i8, 0..6).prop_map(|(year, month, day, precision)| {
        match precision {
            0 => PartialDate::year(year).unwrap(),
            1 | 2 => PartialDate::month(year, month).unwrap(),
            _ => PartialDate::day(Day::new(year, month, day).unwrap()),
        }
    })
}

fn meeting() -> impl Strategy<Value = GivenMeeting> {
    let named = (select(&KINDS[..]), select(&NAMES[..])).prop_map(|(kind, name)| Party {
        kind: PartyKind::Named(kind),
        name: name.to_owned(),
    });
    let group = select(&["delegacja MSZ", "prezydent"][..]).prop_map(|phrase| Party {
        kind: PartyKind::Group,
        name: phrase.to_owned(),
    });
    let parties = prop::collection::vec(prop_oneof![4 => named, 1 => group], 0..4);
    let place = prop::option::of(select(&["Łódź", "Warszawa"][..]));
    let kind = select(&MeetingKind::ALL[..]);
    let status = select(&MeetingStatus::ALL[..]);
    (parties, prop::option::of(date()), place, kind, status).prop_map(
        |(mut participants, date, place, kind, status)| {
            participants.sort();
            participants.dedup();
            GivenMeeting {
                participants,
                date,
                basis: date.map_or(DateBasis::Unknown, |_| DateBasis::Explicit),
                place: place.map(str::to_owned),
                kind,
                status,
                evidence: None,
            }
        },
    )
}

pub(crate) fn draft() -> impl Strategy<Value = Draft> {
    let title = prop_oneof![
        2 => Just(None),
        2 => word().prop_map(Some),
        1 => (word(), word()).prop_map(|(one, other)| Some(format!("{one} {other}"))),
    ];
    let names = prop::collection::vec((select(&KINDS[..]), select(&NAMES[..])), 0..4);
    (
        select(&["pl", "pl", "pl", "en", "und"][..]),
        prop::option::of(date()),
        title,
        0..9_usize,
        text(),
        prop::option::of(names),
        prop::option::of(prop::collection::vec(meeting(), 0..4)),
    )
        .prop_map(
            |(language, date, title, repeated, text, names, meetings)| Draft {
                language,
                date,
                // Some texts begin with what the title says, or nearly.
                title: match (title, repeated) {
                    (Some(_), 1..5) => text.chars().take(repeated * 2).collect(),
                    (title, _) => title.unwrap_or_default(),
                },
                text,
                names,
                meetings,
            },
        )
}

fn phrase() -> impl Strategy<Value = Pattern> {
    let word = (word(), any::<bool>()).prop_map(|(word, is_form)| {
        if is_form {
            PhraseWord::Form(word)
        } else {
            PhraseWord::Word(word)
        }
    });
    let words = prop_oneof![
        prop::collection::vec(word, 2..4),
        // A word next to itself.
        self::word().prop_map(|word| vec![PhraseWord::Word(word); 2]),
    ];
    words.prop_map(|words| Pattern::Phrase { words, slop: 0 })
}

fn beginning() -> impl Strategy<Value = String> {
    (word(), 1..5_usize).prop_map(|(word, letters)| word.chars().take(letters).collect())
}

fn pattern() -> impl Strategy<Value = Pattern> {
    prop_oneof![
        4 => word().prop_map(Pattern::Word),
        2 => word().prop_map(Pattern::Form),
        3 => phrase(),
        2 => beginning().prop_map(Pattern::Prefix),
        1 => select(&REGEXES[..]).prop_map(|regex| Pattern::Regex(regex.to_owned())),
    ]
}

fn anywhere() -> impl Strategy<Value = Query> {
    pattern().prop_map(|pattern| Query::Text(Scope::Anywhere, pattern))
}

pub(crate) fn name_pattern() -> impl Strategy<Value = NamePattern> {
    prop_oneof![
        2 => word().prop_map(NamePattern::Name),
        2 => select(&NAMES[..]).prop_map(|name| NamePattern::Name(name.to_owned())),
        1 => beginning().prop_map(NamePattern::Prefix),
    ]
}

fn name() -> impl Strategy<Value = Query> {
    (select(&KINDS[..]), name_pattern()).prop_map(|(kind, pattern)| Query::Name(kind, pattern))
}

fn dated() -> impl Strategy<Value = Query> {
    let end = || prop::option::weighted(0.8, date());
    let how = select(&[DateMatch::Overlaps, DateMatch::Within][..]);
    (end(), end(), how).prop_map(|(one, other, how)| {
        let range = DayRange {
            first: one.map(PartialDate::first),
            last: other.map(PartialDate::last),
        };
        Query::Date(range, how)
    })
}

fn sentence() -> impl Strategy<Value = Query> {
    let joined = || prop::collection::vec(anywhere(), 1..3);
    let part = prop_oneof![
        4 => anywhere(),
        2 => name(),
        1 => joined().prop_map(Query::Or),
        1 => joined().prop_map(Query::And),
    ];
    prop::collection::vec(part, 1..3).prop_map(Query::Sentence)
}

fn query() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![
        8 => anywhere(),
        2 => pattern().prop_map(|pattern| Query::Text(Scope::Title, pattern)),
        4 => name(),
        2 => name_pattern().prop_map(Query::Met),
        2 => dated(),
        1 => Just(Query::Undated),
        1 => Just(Query::All),
        1 => select(&["pl", "en", "und", "de"][..])
            .prop_map(|code| Query::Language(code.to_owned())),
        4 => sentence(),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Query::And),
            prop::collection::vec(inner.clone(), 1..4).prop_map(Query::Or),
            inner.prop_map(|query| Query::Not(Box::new(query))),
        ]
    })
}

// The scan.

/// Letters that differ at most by a diacritic that one of the two words lacks.
fn alike(one: &str, other: &str) -> bool {
    let carries_one = |letter: char| fold(&letter.to_string()) != letter.to_string();
    one.chars().count() == other.chars().count()
        && one.chars().zip(other.chars()).all(|(one, other)| {
            one == other
                || fold(&one.to_string()) == fold(&other.to_string())
                    && !(carries_one(one) && carries_one(other))
        })
}

fn begins_alike(word: &str, prefix: &str) -> bool {
    let beginning: String = word.chars().take(prefix.chars().count()).collect();
    alike(&beginning, prefix)
}

fn dictionary_spellings(word: &str, language: &Language) -> Vec<String> {
    let form = normal_form(word);
    let mut found = Vec::new();
    (language.spellings)(&Spelling::of(&form), &mut |spelling| {
        found.push(spelling.to_owned());
    });
    found.retain(|spelling| *spelling != form);
    found
}

/// What one token has to be.
enum Wanted {
    Word {
        form: String,
        lemmas: Vec<String>,
        lemmas_of_spellings: Vec<String>,
    },
    Form(String),
    Prefix(String),
    Regex(regex::Regex),
}

impl Wanted {
    fn word(word: &str, language: &Language) -> Self {
        let spellings = dictionary_spellings(word, language);
        let of_spelling = |spelling: &String| lemmas(spelling, false, language);
        Self::Word {
            form: normal_form(word),
            lemmas: lemmas(word, false, language),
            lemmas_of_spellings: spellings.iter().flat_map(of_spelling).collect(),
        }
    }

    fn fits(&self, token: &str, language: &Language) -> bool {
        let form = normal_form(token);
        match self {
            Self::Word {
                form: wanted,
                lemmas: known,
                lemmas_of_spellings,
            } => {
                let is_wanted = |lemma: &String| {
                    lemmas_of_spellings.contains(lemma)
                        || known.iter().any(|wanted| alike(lemma, wanted))
                };
                let written_small = !token.contains(char::is_uppercase);
                let own = lemmas(token, written_small, language);
                alike(&form, wanted) || is_wanted(&form) || own.iter().any(is_wanted)
            }
            Self::Form(wanted) => form == *wanted,
            Self::Prefix(prefix) => begins_alike(&form, prefix),
            Self::Regex(regex) => regex.is_match(&form),
        }
    }
}

fn wanted(pattern: &Pattern, language: &Language) -> Vec<Wanted> {
    let each = |text: &str, make: &dyn Fn(&str) -> Wanted| -> Vec<Wanted> {
        tokens(text).map(|span| make(span.of(text))).collect()
    };
    let word = |text: &str| each(text, &|token| Wanted::word(token, language));
    let form = |text: &str| each(text, &|token| Wanted::Form(normal_form(token)));
    match pattern {
        Pattern::Word(text) => word(text),
        Pattern::Form(text) => form(text),
        Pattern::Phrase { words, .. } => words
            .iter()
            .flat_map(|part| match part {
                PhraseWord::Word(text) => word(text),
                PhraseWord::Form(text) => form(text),
            })
            .collect(),
        Pattern::Prefix(prefix) => vec![Wanted::Prefix(normal_form(prefix))],
        Pattern::Regex(regex) => {
            let regex = regex::Regex::new(&format!("(?i)^(?:{regex})$"));
            vec![Wanted::Regex(regex.unwrap())]
        }
    }
}

/// Places where so many tokens stand side by side and each fits.
fn runs(text: &str, length: usize, fits: impl Fn(usize, &str) -> bool) -> Vec<Span> {
    let spans: Vec<Span> = tokens(text).collect();
    if length == 0 {
        return Vec::new();
    }
    spans
        .windows(length)
        .filter(|run| {
            let mut numbered = run.iter().enumerate();
            numbered.all(|(number, span)| fits(number, span.of(text)))
        })
        .map(|run| Span::new(run[0].start(), run[length - 1].end()))
        .collect()
}

fn places(text: &str, pattern: &Pattern, language: &Language) -> Vec<Span> {
    let wanted = wanted(pattern, language);
    runs(text, wanted.len(), |number, token| {
        wanted[number].fits(token, language)
    })
}

/// Base forms that each word of a name may have.
pub(crate) fn bases(name: &str, languages: &[&'static Language]) -> Vec<Vec<String>> {
    tokens(name)
        .map(|span| name_bases(span.of(name), languages))
        .collect()
}

/// The same for what was typed, with spellings from the dictionary.
fn wanted_bases(name: &str) -> Vec<Vec<String>> {
    tokens(name)
        .map(|span| {
            let word = span.of(name);
            let mut bases = name_bases(word, &LANGUAGES);
            for language in LANGUAGES {
                for spelling in dictionary_spellings(word, language) {
                    bases.extend(name_bases(&spelling, &LANGUAGES));
                }
            }
            bases
        })
        .collect()
}

struct Scan<'a> {
    documents: &'a [Document],
}

fn names_of(document: &Document, kind: EntityKind) -> Vec<Vec<Vec<String>>> {
    let language = lang::by_code(&document.language);
    let of_kind = document
        .entities
        .iter()
        .filter(|entity| entity.kind == kind);
    of_kind
        .flat_map(|entity| std::iter::once(&entity.name).chain(&entity.forms))
        .map(|name| bases(name, &[language]))
        .collect()
}

/// Whether one word of a name is the one that is wanted.
fn is_base(own: &[String], wanted: &[String]) -> bool {
    own.iter()
        .any(|base| wanted.iter().any(|wanted| alike(base, wanted)))
}

fn has_name(document: &Document, kind: EntityKind, pattern: &NamePattern) -> bool {
    one_is(&names_of(document, kind), pattern)
}

/// Whether one of the participants has such a name.
pub(crate) fn takes_part(
    document: &Document,
    participants: &[Participant],
    pattern: &NamePattern,
) -> bool {
    let language = lang::by_code(&document.language);
    participants.iter().any(|participant| {
        let names: Vec<&String> = match participant {
            Participant::Entity(index) => {
                let entity = &document.entities[*index];
                std::iter::once(&entity.name).chain(&entity.forms).collect()
            }
            Participant::Group(phrase) => vec![phrase],
        };
        let names = names.into_iter().map(|name| bases(name, &[language]));
        one_is(&names.collect::<Vec<_>>(), pattern)
    })
}

/// Whether one of the names, each with the bases of its words, is the one that is wanted.
pub(crate) fn one_is(names: &[Vec<Vec<String>>], pattern: &NamePattern) -> bool {
    match pattern {
        NamePattern::Prefix(prefix) => {
            let prefix = normal_form(prefix);
            let mut all = names.iter().flatten().flatten();
            all.any(|base| begins_alike(base, &prefix))
        }
        NamePattern::Name(name) => {
            let wanted = wanted_bases(name);
            names.iter().any(|name| {
                name.windows(wanted.len()).any(|run| {
                    let mut pairs = run.iter().zip(&wanted);
                    pairs.all(|(own, wanted)| is_base(own, wanted))
                })
            })
        }
        NamePattern::Chosen(_) => unreachable!("names are chosen from a table, never made up"),
    }
}

impl Scan<'_> {
    fn finds(&self, query: &Query) -> Vec<String> {
        let mut found: Vec<String> = self
            .documents
            .iter()
            .filter(|document| self.holds(query, document))
            .map(|document| document.article.id.to_string())
            .collect();
        found.sort();
        found
    }

    fn holds(&self, query: &Query, document: &Document) -> bool {
        let article = &document.article;
        let language = lang::by_code(&document.language);
        match query {
            Query::All => true,
            Query::Text(scope, pattern) => {
                let is_in = |text: &str| !places(text, pattern, language).is_empty();
                is_in(&article.title) || *scope == Scope::Anywhere && is_in(&article.text)
            }
            Query::Name(kind, pattern) => has_name(document, *kind, pattern),
            Query::Met(pattern) => document
                .meetings
                .iter()
                .filter(|meeting| meeting.is_complete())
                .any(|meeting| takes_part(document, &meeting.participants, pattern)),
            Query::Date(range, how) => article.date.is_some_and(|dated| {
                let is_inside = |day: Day| {
                    range.first.is_none_or(|first| first <= day)
                        && range.last.is_none_or(|last| day <= last)
                };
                let last = dated.date.last();
                let next = |day: &Day| day.plus(1).filter(|day| *day <= last);
                let mut days = std::iter::successors(Some(dated.date.first()), next);
                match how {
                    DateMatch::Overlaps => days.any(is_inside),
                    DateMatch::Within => days.all(is_inside),
                }
            }),
            Query::Undated => article.date.is_none(),
            Query::Language(code) => document.language == *code,
            Query::And(parts) => parts.iter().all(|part| self.holds(part, document)),
            Query::Or(parts) => parts.iter().any(|part| self.holds(part, document)),
            Query::Not(part) => !self.holds(part, document),
            Query::Sentence(parts) => {
                parts.iter().all(|part| self.holds(part, document))
                    && sentences(&article.text, language.is_abbreviation)
                        .into_iter()
                        .any(|sentence| {
                            let mut parts = parts.iter();
                            parts.all(|part| self.holds_in(sentence, part, document))
                        })
            }
            Query::Event(_) | Query::Source(_) | Query::Id(_) => unreachable!("never made up"),
        }
    }

    fn holds_in(&self, sentence: Span, query: &Query, document: &Document) -> bool {
        let text = &document.article.text;
        let language = lang::by_code(&document.language);
        let is_inside = |span: Span| sentence.contains(span);
        match query {
            Query::And(parts) => parts
                .iter()
                .all(|part| self.holds_in(sentence, part, document)),
            Query::Or(parts) => parts
                .iter()
                .any(|part| self.holds_in(sentence, part, document)),
            Query::Text(_, pattern) => places(text, pattern, language).into_iter().any(is_inside),
            Query::Name(kind, pattern) => {
                // A word is taken for the name when the articles name somebody so.
                let known: BTreeSet<String> = self
                    .documents
                    .iter()
                    .flat_map(|document| names_of(document, *kind))
                    .flatten()
                    .flatten()
                    .collect();
                let wanted = match pattern {
                    NamePattern::Prefix(_) => vec![Vec::new()],
                    NamePattern::Name(name) => wanted_bases(name),
                    NamePattern::Chosen(_) => unreachable!("never made up"),
                };
                let fits = |number: usize, token: &str| {
                    let own = name_bases(token, &[language]);
                    let is_high = !token.starts_with(char::is_lowercase);
                    is_high
                        && own.iter().any(|base| match pattern {
                            NamePattern::Prefix(prefix) => {
                                known.contains(base) && begins_alike(base, &normal_form(prefix))
                            }
                            NamePattern::Name(_) => {
                                let wanted = &wanted[number];
                                wanted.contains(base)
                                    || known.contains(base)
                                        && is_base(std::slice::from_ref(base), wanted)
                            }
                            NamePattern::Chosen(_) => unreachable!("never made up"),
                        })
                };
                runs(text, wanted.len(), fits).into_iter().any(is_inside)
            }
            _ => unreachable!("never made up within a sentence"),
        }
    }
}

// The index.

fn options(threads: usize) -> WriterOptions {
    WriterOptions {
        threads,
        memory: threads * (16 << 20),
        holder: "a test".to_owned(),
        rebuild: false,
        commit_every: 0,
    }
}

pub(crate) fn index(documents: &[Document], threads: usize) -> (TempDir, Searcher) {
    let folder = TempDir::new().unwrap();
    let mut writer = Writer::open(folder.path(), &options(threads)).unwrap();
    for document in documents {
        writer.put(document, 1, Verdict::Added).unwrap();
    }
    writer.finish().unwrap();
    let searcher = Searcher::open(folder.path()).unwrap();
    (folder, searcher)
}

fn answer(
    searcher: &Searcher,
    query: &Query,
    sort: Sort,
    offset: usize,
    limit: Option<usize>,
) -> (usize, Vec<String>) {
    let request = Request {
        query: query.clone(),
        sort,
        offset,
        limit,
    };
    let mut results = searcher.search(&request).unwrap();
    let total = results.total();
    let mut ids = Vec::new();
    while let Some(id) = results.next_id().unwrap() {
        ids.push(id);
    }
    (total, ids)
}

fn sorted(documents: &[Document], ids: &[String], sort: Sort) -> Vec<String> {
    let mut found: Vec<&Document> = documents
        .iter()
        .filter(|document| ids.contains(&document.article.id.0))
        .collect();
    found.sort_by_key(|document| {
        let date = document.article.date.map(|dated| dated.date);
        let days = date.map(|date| (date.first().number(), date.last().number()));
        let rank = match sort {
            Sort::DateDescending => days.map(|(first, last)| (-first, -last)),
            Sort::Date => days,
            Sort::Id | Sort::Score => Some((0, 0)),
        };
        (rank.is_none(), rank, document.article.id.clone())
    });
    let ids = found.iter().map(|document| document.article.id.to_string());
    ids.collect()
}

/// How many of the articles with these ids are of each day or days.
fn by_date(documents: &[Document], ids: &[String]) -> BTreeMap<Option<(Day, Day)>, u64> {
    let mut counts = BTreeMap::new();
    for document in documents {
        if ids.contains(&document.article.id.0) {
            let date = document.article.date.map(|dated| dated.date);
            let days = date.map(|date| (date.first(), date.last()));
            *counts.entry(days).or_default() += 1;
        }
    }
    counts
}

pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        max_shrink_time: 120_000,
        ..ProptestConfig::default()
    }
}

/// What happens to an index.
#[derive(Debug, Clone)]
enum Step {
    /// An article is added, or changed where there is one of this number.
    Put(usize, Draft),
    /// The files of some articles go.
    Remove(Vec<usize>),
    /// What was done so far is kept, and later steps are another run.
    Close,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..6_usize, draft()).prop_map(|(number, draft)| Step::Put(number, draft)),
        2 => prop::collection::vec(0..6_usize, 1..3).prop_map(Step::Remove),
        2 => Just(Step::Close),
    ]
}

proptest! {
    #![proptest_config(config(25))]

    #[test]
    fn the_index_finds_what_a_scan_finds(
        drafts in prop::collection::vec(draft(), 3..=12),
        queries in prop::collection::vec(query(), 24),
        offset in 0..4_usize,
        limit in 0..6_usize,
    ) {
        let documents: Vec<Document> = drafts
            .iter()
            .enumerate()
            .map(|(number, draft)| draft.document(number))
            .collect();
        let scan = Scan { documents: &documents };
        let (_one, one) = index(&documents, 1);
        let (_three, three) = index(&documents, 3);
        for query in &queries {
            let expected = scan.finds(query);
            for sort in [Sort::Id, Sort::Date, Sort::DateDescending] {
                let expected = sorted(&documents, &expected, sort);
                for searcher in [&one, &three] {
                    let (total, found) = answer(searcher, query, sort, 0, None);
                    prop_assert_eq!(&found, &expected, "{:?} of {:?}", sort, query);
                    prop_assert_eq!(total, found.len());
                }
            }
            prop_assert_eq!(three.articles_by_date(query).unwrap(), by_date(&documents, &expected));
            let (_, best) = answer(&one, query, Sort::Score, 0, None);
            let (_, same) = answer(&three, query, Sort::Score, 0, None);
            prop_assert_eq!(&best, &same, "{:?}", query);
            let mut found = best.clone();
            found.sort();
            prop_assert_eq!(&found, &expected, "by score, of {:?}", query);
            let (total, page) = answer(&three, query, Sort::Score, offset, Some(limit));
            let part: Vec<&String> = best.iter().skip(offset).take(limit).collect();
            prop_assert_eq!(page.iter().collect::<Vec<_>>(), part, "{:?}", query);
            prop_assert_eq!(total, best.len());
        }
    }
}

proptest! {
    #![proptest_config(config(20))]

    #[test]
    fn what_is_changed_and_removed_is_found_no_more(
        steps in prop::collection::vec(step(), 3..14),
        queries in prop::collection::vec(query(), 10),
    ) {
        let folder = TempDir::new().unwrap();
        let mut writer = Writer::open(folder.path(), &options(2)).unwrap();
        let mut kept: BTreeMap<usize, (Document, u64)> = BTreeMap::new();
        for (content, step) in (1..).zip(&steps) {
            match step {
                Step::Put(number, draft) => {
                    let document = draft.document(*number);
                    let old = kept.get(number);
                    let verdict = old.map_or(Verdict::Added, |(_, old_content)| {
                        Verdict::Updated { old_content: *old_content }
                    });
                    writer.put(&document, content, verdict).unwrap();
                    kept.insert(*number, (document, content));
                }
                Step::Remove(numbers) => {
                    let paths: Vec<String> =
                        numbers.iter().map(|number| format!("{number}.txt")).collect();
                    let gone = writer.prune(&mut |_, path| paths.iter().any(|gone| gone == path));
                    let before = kept.len();
                    kept.retain(|number, _| !numbers.contains(number));
                    prop_assert_eq!(gone.unwrap(), (before - kept.len()) as u64);
                }
                Step::Close => {
                    writer.finish().unwrap();
                    writer = Writer::open(folder.path(), &options(1)).unwrap();
                }
            }
        }
        writer.finish().unwrap();
        let searcher = Searcher::open(folder.path()).unwrap();
        let fresh = TempDir::new().unwrap();
        let mut writer = Writer::open(fresh.path(), &options(1)).unwrap();
        for (document, content) in kept.values() {
            writer.put(document, *content, Verdict::Added).unwrap();
        }
        writer.finish().unwrap();
        let fresh = Searcher::open(fresh.path()).unwrap();
        prop_assert_eq!(searcher.fingerprint(), fresh.fingerprint());
        let documents: Vec<Document> =
            kept.into_values().map(|(document, _)| document).collect();
        let scan = Scan { documents: &documents };
        for query in queries.iter().chain([&Query::All]) {
            let expected = scan.finds(query);
            let (total, found) = answer(&searcher, query, Sort::Id, 0, None);
            prop_assert_eq!(&found, &expected, "{:?}", query);
            prop_assert_eq!(total, found.len());
            let expected = sorted(&documents, &expected, Sort::Date);
            let (_, found) = answer(&searcher, query, Sort::Date, 0, None);
            prop_assert_eq!(found, expected, "by date, of {:?}", query);
        }
    }
}
