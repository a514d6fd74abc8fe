//! Made-up news of any number, and what is true of them.
//!
//! An article is a short one of some forty-five words: in half of them two people meet, in a city and mostly on a
//! named weekday; the other sentences name people, bodies and countries. Three of four are Polish.
//! People are as frequent as people of news are (the second half as often as the first, the third
//! a third), and their number grows with that of the articles to the power of 0.75.
//! The words are few and the postings long; only sums and file numbers are new words.

use std::io::{self, Write};

use kronika::model::Day;
use serde_json::json;

use crate::numbers::Numbers;
use crate::people::{People, Person};

const POLISH_BODIES: &str = include_str!("../../src/lang/pl/data/organizations.tsv");
const POLISH_COUNTRIES: &str = include_str!("../../src/lang/pl/data/countries.tsv");
const ENGLISH_BODIES: &str = include_str!("../../src/lang/en/data/organizations.tsv");
const ENGLISH_COUNTRIES: &str = include_str!("../../src/lang/en/data/countries.tsv");

/// A city: where in Polish, and its English name.
const CITIES: [[&str; 2]; 16] = [
    ["w Warszawie", "Warsaw"],
    ["w Paryżu", "Paris"],
    ["w Berlinie", "Berlin"],
    ["w Mińsku", "Minsk"],
    ["w Genewie", "Geneva"],
    ["w Kijowie", "Kyiv"],
    ["w Londynie", "London"],
    ["w Brukseli", "Brussels"],
    ["w Pradze", "Prague"],
    ["w Wiedniu", "Vienna"],
    ["w Rzymie", "Rome"],
    ["w Madrycie", "Madrid"],
    ["w Rydze", "Riga"],
    ["w Budapeszcie", "Budapest"],
    ["w Ankarze", "Ankara"],
    ["w Pekinie", "Beijing"],
];
const WEEKDAYS: [[&str; 2]; 5] = [
    ["w poniedziałek", "on Monday"],
    ["we wtorek", "on Tuesday"],
    ["w środę", "on Wednesday"],
    ["w czwartek", "on Thursday"],
    ["w piątek", "on Friday"],
];
const TOPICS: [[&str; 2]; 8] = [
    ["nowym budżecie", "the new budget"],
    ["dostawach gazu", "gas supplies"],
    ["cenach żywności", "food prices"],
    ["reformie sądów", "the reform of the courts"],
    ["budowie elektrowni", "a new power station"],
    ["ruchu na granicy", "traffic at the border"],
    ["pomocy dla powodzian", "help after the flood"],
    ["podatku od zysków", "a tax on profits"],
];

/// Whom the questions are about: a pair that meets often, one that meets seldom, and somebody whom
/// articles of one month name.
pub(crate) const OFTEN: [u64; 2] = [0, 1];
pub(crate) const SELDOM: [u64; 2] = [3, 20];
pub(crate) const NAMED: u64 = 7;
pub(crate) const MONTH: &str = "2010-02";

/// What is true of articles.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Known {
    /// Bytes of the texts.
    pub(crate) bytes: u64,
    /// Meetings of the two pairs.
    pub(crate) often: usize,
    pub(crate) seldom: usize,
    /// Articles of the month that name the person.
    pub(crate) named: usize,
}

/// Makes articles.
pub(crate) struct Maker {
    numbers: Numbers,
    persons: u64,
    people: People,
    bodies: [Vec<&'static str>; 2],
    countries: [Vec<&'static str>; 2],
}

/// A column of a table that is one word in every row taken.
fn column(table: &'static str, place: usize) -> Vec<&'static str> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    let cells = rows.filter_map(|row| row.split('\t').nth(place));
    cells
        .filter(|cell| cell.len() > 2 && cell.chars().all(char::is_alphabetic))
        .collect()
}

impl Maker {
    /// For `count` articles in all, which decides how many people there are.
    pub(crate) fn new(count: u64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a round positive number"
        )]
        let persons = (4.0 * (count as f64).powf(0.75)) as u64;
        Self {
            numbers: Numbers(1),
            persons: persons.max(100),
            people: People::new(),
            bodies: [column(POLISH_BODIES, 1), column(ENGLISH_BODIES, 1)],
            countries: [column(POLISH_COUNTRIES, 1), column(ENGLISH_COUNTRIES, 1)],
        }
    }

    /// The person of a rank.
    pub(crate) fn person(&self, rank: u64) -> Person {
        self.people.of(rank)
    }

    /// Writes the articles of some numbers, one JSON object a line; says what is true of them.
    pub(crate) fn write(
        &mut self,
        numbers: std::ops::Range<u64>,
        out: &mut impl Write,
    ) -> io::Result<Known> {
        let mut known = Known::default();
        let first = Day::new(2000, 1, 1).unwrap();
        for number in numbers {
            let days = self.numbers.below(8000).cast_signed();
            let day = first.plus(days).unwrap().to_string();
            let tongue = usize::from(self.numbers.below(4) == 0);
            let (title, text, met, named) = self.article(tongue);
            known.bytes += (title.len() + text.len()) as u64;
            let is_pair = |pair: [u64; 2]| met == Some(pair) || met == Some([pair[1], pair[0]]);
            known.often += usize::from(is_pair(OFTEN));
            known.seldom += usize::from(is_pair(SELDOM));
            known.named += usize::from(day.starts_with(MONTH) && named.contains(&NAMED));
            let code = ["pl", "en"][tongue];
            let line = json!({
                "id": format!("a{number:08}"), "date": day, "title": title, "text": text,
                "lang": code,
            });
            writeln!(out, "{line}")?;
        }
        Ok(known)
    }

    fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.numbers.below(list.len() as u64) as usize]
    }

    /// Title, text, who meet, and all who are named.
    fn article(&mut self, tongue: usize) -> (String, String, Option<[u64; 2]>, Vec<u64>) {
        let topic = self.pick(&TOPICS)[tongue];
        let mut named = Vec::new();
        let mut met = None;
        let mut sentences = Vec::new();
        if self.numbers.below(2) == 0 {
            let one = self.numbers.rank(self.persons);
            let mut other = self.numbers.rank(self.persons);
            if other == one {
                other = (one + 1) % self.persons;
            }
            named.extend([one, other]);
            met = Some([one, other]);
            sentences.push(self.meeting(tongue, one, other, topic));
        }
        for _ in 0..3 {
            let rank = self.numbers.rank(self.persons);
            sentences.push(self.telling(tongue, rank, &mut named));
        }
        let number = self.numbers.below(1 << 40);
        let title = [format!("Spór o {number}"), format!("Dispute over {number}")];
        (title[tongue].clone(), sentences.join(" "), met, named)
    }

    fn meeting(&mut self, tongue: usize, one: u64, other: u64, topic: &str) -> String {
        let (one, other) = (self.person(one), self.person(other));
        let city = self.pick(&CITIES)[tongue];
        let day = self.pick(&WEEKDAYS)[tongue];
        let end = if one.is_woman { "a" } else { "" };
        let received = if one.is_woman {
            "przyjęła"
        } else {
            "przyjął"
        };
        let (who, with) = (&one.name, &other.with);
        let shape = self.numbers.below(3);
        match (tongue, shape) {
            (0, 0) => format!("{who} spotkał{end} się {day} {city} z {with}."),
            (0, 1) => format!("{who} rozmawiał{end} {day} {city} z {with} o {topic}."),
            (0, _) => format!("{who} {received} {day} {city} {}.", other.object),
            (_, 0) => format!("{who} met {} in {city} {day}.", other.name),
            (_, 1) => format!(
                "{who} talked with {} in {city} {day} about {topic}.",
                other.name
            ),
            _ => format!("{who} received {} in {city} {day}.", other.name),
        }
    }

    fn telling(&mut self, tongue: usize, rank: u64, named: &mut Vec<u64>) -> String {
        let person = self.person(rank);
        let bodies = self.bodies[tongue].clone();
        let countries = self.countries[tongue].clone();
        let (body, country) = (self.pick(&bodies), self.pick(&countries));
        let sum = self.numbers.below(100_000);
        let end = if person.is_woman { "a" } else { "" };
        let who = &person.name;
        let shape = self.numbers.below(6);
        if shape < 4 {
            named.push(rank);
        }
        match (tongue, shape) {
            (0, 0) => format!(
                "{who} zapowiedział{end}, że na ten cel trzeba będzie jeszcze {sum} złotych, a prace potrwają do wiosny."
            ),
            (0, 1) => format!(
                "Inaczej ocenia to {who}, bo ludzie czekają już zbyt długo i nikt im niczego nie wyjaśnia."
            ),
            (0, 2) => format!(
                "Projekt numer {sum} poparł{end} {who}, ale większość w komisji była przeciwna."
            ),
            (0, 3) => format!(
                "Jak napisał{end} {who}, najwięcej na tych zmianach zyska {country}, choć nie od razu."
            ),
            (0, 4) => format!("Organizacja {body} ogłosiła raport, w którym wymieniono {sum} przypadków takich zaniedbań."),
            (0, _) => "Mieszkańcy skarżą się na hałas, kurz i brak informacji, a urzędnicy odsyłają ich od okienka do okienka.".to_owned(),
            (_, 0) => format!("{who} said that another {sum} euros would be needed and that work would go on until spring."),
            (_, 1) => format!("A different view was taken by {who}, because people have waited far too long already."),
            (_, 2) => format!("Bill number {sum} was backed by {who}, but most of the committee voted against it."),
            (_, 3) => format!("As {who} wrote, {country} stands to gain most from these changes, though not at once."),
            (_, 4) => format!("A report of {body} lists {sum} cases of such neglect in the last few years."),
            _ => "Residents complain of noise, dust and a lack of information, and are sent from one office to the next.".to_owned(),
        }
    }
}
