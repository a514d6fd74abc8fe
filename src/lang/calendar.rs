//! The words of the calendar: months, weekdays, units, `wczoraj`, `next`, `ago`.
//!
//! They are data, in `data/calendar.tsv` of each language's folder, and all languages are
//! understood at once. A line holds a kind, a value and the forms that carry this meaning:
//!
//! | kind | value | example |
//! |---|---|---|
//! | `month` | 1 to 12 | `lutego` |
//! | `weekday` | 1 (Monday) to 7 | `piątek` |
//! | `unit` | `day` … `century` | `tygodnie` |
//! | `day` | days from today | `wczoraj` |
//! | `year` | years from this one | `br` |
//! | `shift` | units from this one | `zeszły`, `this`, `next` |
//! | `number`, `ordinal` | how many, which | `dwa`, `second` |
//! | `word` | a role, see [`Meaning`] | `temu`, `of` |
//!
//! The first form of a month or weekday is its name in messages, in the first language listed.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{Day, PartialDate};

/// The tables of all languages. The first names the months and weekdays in messages.
pub(crate) const TABLES: [&str; 2] = [
    include_str!("en/data/calendar.tsv"),
    include_str!("pl/data/calendar.tsv"),
];

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// The same day so many units later, or earlier when negative.
    pub fn shifted(self, day: Day, count: i64) -> Option<Day> {
        let months = |each: i64| day.plus_months(count.checked_mul(each)?);
        match self {
            Self::Day => day.plus(count),
            Self::Week => day.plus(count.checked_mul(7)?),
            Self::Month => months(1),
            Self::Quarter => months(3),
            Self::Year => months(12),
            Self::Decade => months(120),
            Self::Century => months(1200),
        }
    }

    /// The whole unit in which the day lies.
    pub fn of(self, day: Day) -> Option<PartialDate> {
        let date = day.civil();
        let (year, month) = (date.year(), date.month());
        match self {
            Self::Day => Some(PartialDate::day(day)),
            Self::Week => PartialDate::week_of(day),
            Self::Month => PartialDate::month(year, month),
            Self::Quarter => PartialDate::quarter(year, (month + 2) / 3),
            Self::Year => PartialDate::year(year),
            Self::Decade => PartialDate::decade(year - year.rem_euclid(10)),
            Self::Century => PartialDate::century((year - 1).div_euclid(100) + 1),
        }
    }
}

/// What a word can mean where a date is told. One word may have several meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A month, 1 to 12.
    Month(i8),
    /// A day of the week, 1 (Monday) to 7.
    Weekday(i8),
    /// A unit: `dni`, `weeks`.
    Unit(Unit),
    /// So many days from today: `wczoraj`.
    Day(i64),
    /// So many years from this one: `br`.
    Year(i64),
    /// So many units from this one: `zeszły`, `next`.
    Shift(i64),
    /// How many: `dwa`.
    Number(i64),
    /// Which of a row: `second`.
    Ordinal(i64),
    /// The days up to today: `ostatnie` 7 dni.
    Latest,
    /// Counts back: 2 weeks `ago`.
    Ago,
    /// Counts forward: `za` 2 dni.
    Ahead,
    /// Leads to a date and adds nothing: `dnia`, `of`.
    Lead,
    /// Ends a number: 15`th`.
    OrdinalEnding,
    /// Says that a number is a year: 2023 `roku`.
    YearLabel,
    /// Leads to a time of day: `godz`.
    Clock,
    /// Morning or afternoon: `pm`.
    HalfDay,
    /// A unit that alone means one of it: `tydzień` temu.
    One,
    /// Several years: `lata` 90.
    Years,
    /// Says that a number is a century: XX `w`.
    CenturyLabel,
}

/// A meaning of a word, and the languages in which it has it.
///
/// `ten` is this in Polish and 10 in English, so `ten tydzień` and `ten weeks` can only be told
/// apart by keeping to one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sense {
    /// What it means.
    pub meaning: Meaning,
    /// One bit for each language.
    pub languages: u8,
}

/// A form as the table writes it, and its meanings.
#[derive(Debug, Clone, Default)]
struct Word {
    spelling: String,
    senses: Vec<Sense>,
}

/// The words of all languages with their meanings.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    words: BTreeMap<String, Word>,
    month_names: BTreeMap<i8, String>,
    weekday_names: BTreeMap<i8, String>,
}

impl Calendar {
    /// The words that Kronika comes with.
    pub fn standard() -> &'static Self {
        static STANDARD: LazyLock<Calendar> = LazyLock::new(|| {
            Calendar::parse(&TABLES).expect("the tables in the program are right")
        });
        &STANDARD
    }

    /// Reads tables as described above; the error names the line that is wrong.
    pub fn parse(tables: &[&str]) -> Result<Self, String> {
        let mut calendar = Self::default();
        for (language, table) in tables.iter().enumerate() {
            for line in rows(table) {
                calendar
                    .add(line, 1 << language)
                    .ok_or_else(|| format!("a wrong line in calendar.tsv: `{line}`"))?;
            }
        }
        Ok(calendar)
    }

    /// What the word can mean; it must have gone through [`fold`].
    pub fn senses(&self, folded: &str) -> &[Sense] {
        self.words
            .get(folded)
            .map_or(&[], |word| word.senses.as_slice())
    }

    /// The known word that differs from this one by a letter added, left out or changed,
    /// or by two letters that changed places.
    pub fn nearest(&self, folded: &str) -> Option<&str> {
        let letters: Vec<char> = folded.chars().collect();
        self.words
            .iter()
            .filter(|(form, _)| letters.len() >= 4 && form.chars().count() >= 4)
            .find(|(form, _)| differ_by_one(&letters, &form.chars().collect::<Vec<_>>()))
            .map(|(_, word)| word.spelling.as_str())
    }

    /// The month's name in English.
    pub fn month_name(&self, month: i8) -> &str {
        self.month_names.get(&month).map_or("", String::as_str)
    }

    /// The weekday's name in English; 1 is Monday.
    pub fn weekday_name(&self, weekday: i8) -> &str {
        self.weekday_names.get(&weekday).map_or("", String::as_str)
    }

    fn add(&mut self, line: &str, language: u8) -> Option<()> {
        let mut columns = line.split('\t');
        let (kind, value, forms) = (columns.next()?, columns.next()?, columns.next()?);
        let meaning = meaning(kind, value)?;
        let name = forms.split_whitespace().next()?.to_owned();
        match meaning {
            Meaning::Month(month) => drop(self.month_names.entry(month).or_insert(name)),
            Meaning::Weekday(day) => drop(self.weekday_names.entry(day).or_insert(name)),
            _ => {}
        }
        for form in forms.split_whitespace() {
            let word = self.words.entry(fold(form)).or_default();
            form.clone_into(&mut word.spelling);
            let senses = &mut word.senses;
            match senses.iter_mut().find(|sense| sense.meaning == meaning) {
                Some(sense) => sense.languages |= language,
                None => senses.push(Sense {
                    meaning,
                    languages: language,
                }),
            }
        }
        columns.next().is_none().then_some(())
    }
}

/// The word in small letters without diacritics: `Środa` and `sroda` are one.
pub fn fold(word: &str) -> String {
    word.nfd()
        .filter(|&letter| !is_combining_mark(letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'ł' { 'l' } else { letter })
        .collect()
}

/// The lines of a table that hold words.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = &str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn meaning(kind: &str, value: &str) -> Option<Meaning> {
    Some(match kind {
        "month" => Meaning::Month(
            value
                .parse()
                .ok()
                .filter(|month| (1..=12).contains(month))?,
        ),
        "weekday" => Meaning::Weekday(value.parse().ok().filter(|day| (1..=7).contains(day))?),
        "day" => Meaning::Day(value.parse().ok()?),
        "year" => Meaning::Year(value.parse().ok()?),
        "shift" => Meaning::Shift(value.parse().ok()?),
        "number" => Meaning::Number(value.parse().ok()?),
        "ordinal" => Meaning::Ordinal(value.parse().ok()?),
        "unit" => Meaning::Unit(match value {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            "quarter" => Unit::Quarter,
            "year" => Unit::Year,
            "decade" => Unit::Decade,
            "century" => Unit::Century,
            _ => return None,
        }),
        "word" => match value {
            "latest" => Meaning::Latest,
            "ago" => Meaning::Ago,
            "ahead" => Meaning::Ahead,
            "lead" => Meaning::Lead,
            "ordinal-ending" => Meaning::OrdinalEnding,
            "year-label" => Meaning::YearLabel,
            "clock" => Meaning::Clock,
            "half-day" => Meaning::HalfDay,
            "one" => Meaning::One,
            "years" => Meaning::Years,
            "century-label" => Meaning::CenturyLabel,
            _ => return None,
        },
        _ => return None,
    })
}

fn differ_by_one(one: &[char], other: &[char]) -> bool {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let rest = |letters: &'_ [char], from: usize| letters.get(from..).unwrap_or_default().to_vec();
    let (one_rest, other_rest) = (rest(one, same), rest(other, same));
    let (one_tail, other_tail) = (rest(one, same + 1), rest(other, same + 1));
    let swapped = || match (one_rest.as_slice(), other_rest.as_slice()) {
        ([a, b, one_end @ ..], [c, d, other_end @ ..]) => (a, b, one_end) == (d, c, other_end),
        _ => false,
    };
    swapped() || one_tail == other_tail || one_tail == other_rest || one_rest == other_tail
}
