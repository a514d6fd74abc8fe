//! The words that tell dates in running text, with what each says.
//!
//! They are data: `calendar.tsv`, which queries use as well, and `date_words.tsv` of each
//! language's folder. A line holds a kind, a value and forms. In `date_words.tsv`
//!
//! - `_` joins the words of a form of several: `boże_narodzenie`;
//! - `@` and a name stand for the endings of that name, given by a line `endings`:
//!   with `endings soft i iego iej`, `ostatn@soft` is `ostatni ostatniego ostatniej`;
//! - a line `short` lists forms of months, weekdays and holidays that are other words as well.

use std::collections::HashMap;

use super::holidays::Holiday;
use crate::lang::calendar::{Unit, fold, rows};

/// What sort of thing a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// A month; the value is 1 to 12.
    Month,
    /// A month in the base form, which may stand alone.
    MonthName,
    /// A short form of a month.
    MonthShort,
    /// A short form of a weekday.
    WeekdayShort,
    /// A month as an adjective.
    MonthAdjective,
    /// A weekday; 1 is Monday.
    Weekday,
    /// A weekday as an adjective.
    WeekdayAdjective,
    /// A unit of the calendar; the value is its place in [`UNITS`].
    Unit,
    /// So many days from the article's.
    DayWord,
    /// The same as an adjective.
    DayAdjective,
    /// So many years from the article's: `br`.
    YearWord,
    /// So many months from the article's: `bm`.
    MonthWord,
    /// So many units from the article's: `zeszły`.
    Shift,
    /// The one before the article's day: `ostatni`; the value 2 is for several: `ostatnie`.
    Latest,
    /// The one after: `następny`.
    Following,
    /// How many.
    Number,
    /// Which of a row.
    Ordinal,
    /// Ten, twenty, thirty and so on, as the first part of an ordinal of two words.
    OrdinalTens,
    /// A tenfold year: `dziewięćdziesiąte`.
    Tens,
    /// A season; 1 is spring.
    Season,
    /// A holiday; the value is its place in the list of holidays.
    Holiday,
    /// A holiday by a name that is much else as well.
    HolidayShort,
    /// A part of a longer time; 1 begins it, 2 is its middle, 3 ends it.
    Part,
    /// A time of day.
    DayTime,
    /// The days of no work at the end of a week.
    Weekend,
    /// Counts back from the article's day: `temu`.
    Ago,
    /// Counts back from a day spoken of: `wcześniej`.
    Earlier,
    /// Counts forward from a day spoken of: `później`.
    Later,
    /// Ends a number that tells which of a row: `15th`.
    OrdinalEnding,
    /// Says that a number is a year.
    YearLabel,
    /// Something that shares a number's place and makes it no date: `zł`.
    Counted,
    /// Stands before what only looks like a date: `ulica`.
    Guard,
    /// Stands before a day that something began on: `od`.
    Since,
    /// Stands before a day that something ends on: `do`.
    Until,
    /// What stands before a time set for what is planned: `na piątek`.
    Planned,
    /// Digits that may be a day of a month.
    Day,
    /// Digits that may be a month.
    MonthDigits,
    /// Digits that may be a year.
    Year,
    /// The last two digits of a year.
    ShortYear,
    /// Any digits, or a number in words.
    Count,
    /// A Roman number in capitals.
    Roman,
}

/// The units of the calendar, in the order of the values of [`Class::Unit`].
pub const UNITS: [Unit; 7] = [
    Unit::Day,
    Unit::Week,
    Unit::Month,
    Unit::Quarter,
    Unit::Year,
    Unit::Decade,
    Unit::Century,
];

/// One thing that a word says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sense {
    /// What sort of thing.
    pub class: Class,
    /// Which one.
    pub value: i64,
    /// The words that have to follow.
    pub rest: Vec<String>,
}

/// The words of one language.
#[derive(Debug, Default)]
pub struct Words {
    places: HashMap<String, u16, foldhash::fast::RandomState>,
    /// The forms as the tables write them; the others are the same without diacritics.
    senses: Vec<Vec<Sense>>,
    /// By the first byte of a form, a bit for each length it may have.
    lengths: Vec<u64>,
    /// What the holidays are, by value: their rules.
    pub holidays: Vec<Holiday>,
}

/// The longest form that is looked up, in bytes.
const LONGEST: usize = 40;

impl Words {
    /// Reads the tables of a language; the error names the line that is wrong.
    pub fn parse(calendar: &str, more: &str) -> Result<Self, String> {
        let mut words = Self {
            senses: vec![Vec::new()],
            lengths: vec![0; 256],
            ..Self::default()
        };
        let mut endings: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut short = Vec::new();
        let mut plain = Vec::new();
        for line in rows(more).chain(rows(calendar)) {
            let wrong = || format!("a wrong line in the words of dates: `{line}`");
            let mut columns = line.split('\t');
            let (Some(kind), Some(value), Some(forms)) =
                (columns.next(), columns.next(), columns.next())
            else {
                return Err(wrong());
            };
            if kind == "short" {
                short.extend(forms.split(' '));
                continue;
            }
            if kind == "endings" {
                endings.insert(value, forms.split(' ').collect());
                continue;
            }
            let Some((class, value)) = words.meaning(kind, value, forms) else {
                continue;
            };
            for form in forms.split_whitespace() {
                let (stem, ends) = match form.split_once('@') {
                    Some((stem, name)) => (stem, endings.get(name).ok_or_else(wrong)?.clone()),
                    None => (form, vec![""]),
                };
                for end in ends {
                    let end = if end == "-" { "" } else { end };
                    let class = match class {
                        Class::Month if short.contains(&form) => Class::MonthShort,
                        Class::Weekday if short.contains(&form) => Class::WeekdayShort,
                        Class::Holiday if short.contains(&form) => Class::HolidayShort,
                        class => class,
                    };
                    plain.push((format!("{stem}{end}"), class, value));
                }
            }
        }
        plain.extend(shortened(&plain));
        for (form, class, value) in &plain {
            words.add(&form.to_lowercase(), *class, *value);
        }
        // A form without its diacritics counts where no other word is written so.
        for (form, class, value) in &plain {
            let form = form.to_lowercase();
            let folded = fold(&form);
            if folded == form {
                continue;
            }
            let place = words.places.get(&form).copied();
            match place.filter(|_| !form.contains('_') && !words.places.contains_key(&folded)) {
                Some(place) => words.name(&folded, place),
                None => words.add(&folded, *class, *value),
            }
        }
        Ok(words)
    }

    /// The place of a word, as written, in the list; 0 for one that tells nothing of dates.
    /// `room` is overwritten.
    pub fn place(&self, word: &str, room: &mut String) -> u16 {
        let Some(&first) = word.as_bytes().first() else {
            return 0;
        };
        let lengths = self.lengths.get(usize::from(first.to_ascii_lowercase()));
        let bit = 1_u64 << word.len().min(LONGEST);
        // The first byte of a letter that is not ASCII is the same in both cases for our alphabets.
        if lengths.is_none_or(|lengths| lengths & bit == 0) {
            return 0;
        }
        room.clear();
        crate::text::lower(word, room);
        self.places.get(room.as_str()).copied().unwrap_or(0)
    }

    /// What the word at a place says.
    pub fn senses(&self, place: u16) -> &[Sense] {
        let senses = self.senses.get(usize::from(place));
        senses.map_or(&[], Vec::as_slice)
    }

    /// How many places there are.
    pub(super) fn len(&self) -> u16 {
        u16::try_from(self.senses.len()).unwrap_or(u16::MAX)
    }

    /// The place of a word that a rule names; it is added where it is not known yet.
    pub(super) fn literal(&mut self, word: &str) -> u16 {
        self.place_for(word)
    }

    fn add(&mut self, form: &str, class: Class, value: i64) {
        // An apostrophe and a hyphen are pieces of their own where dates are read.
        let spaced = form.replace('\'', "_'_").replace('-', "_-_");
        let mut parts = spaced
            .split('_')
            .filter(|part| !part.is_empty())
            .map(str::to_owned);
        let Some(first) = parts.next() else { return };
        let rest: Vec<String> = parts.collect();
        let sense = Sense { class, value, rest };
        let place = self.place_for(&first);
        let Some(senses) = self.senses.get_mut(usize::from(place)) else {
            return;
        };
        if !senses.contains(&sense) {
            senses.push(sense);
            senses.sort_by_key(|sense| std::cmp::Reverse(sense.rest.len()));
        }
    }

    fn place_for(&mut self, word: &str) -> u16 {
        if let Some(place) = self.places.get(word) {
            return *place;
        }
        let place = u16::try_from(self.senses.len()).unwrap_or_default();
        self.senses.push(Vec::new());
        self.name(word, place);
        place
    }

    /// Lets a form stand for the word at a place.
    fn name(&mut self, word: &str, place: u16) {
        self.places.insert(word.to_owned(), place);
        let first = word.as_bytes().first().copied().unwrap_or_default();
        // Capitals of the same letters may have one byte more or less, so neighbours count too.
        for length in word.len().saturating_sub(1)..=word.len() + 1 {
            if let Some(lengths) = self.lengths.get_mut(usize::from(first)) {
                *lengths |= 1 << length.min(LONGEST);
            }
        }
    }

    fn meaning(&mut self, kind: &str, value: &str, forms: &str) -> Option<(Class, i64)> {
        let number = || value.parse().ok();
        let class = match kind {
            "month" => Class::Month,
            "monthname" => Class::MonthName,
            "monthadj" => Class::MonthAdjective,
            "weekday" => Class::Weekday,
            "weekdayadj" => Class::WeekdayAdjective,
            "dayadj" => Class::DayAdjective,
            "day" => Class::DayWord,
            "year" => Class::YearWord,
            "thismonth" => Class::MonthWord,
            "shift" => Class::Shift,
            "number" => Class::Number,
            "ordinal" => Class::Ordinal,
            "ordinaltens" => Class::OrdinalTens,
            "tens" => Class::Tens,
            "part" => Class::Part,
            "season" => Class::Season,
            "latest" => Class::Latest,
            "following" => Class::Following,
            "unit" => {
                let names = [
                    "day", "week", "month", "quarter", "year", "decade", "century",
                ];
                let place = names.iter().position(|name| *name == value)?;
                return Some((Class::Unit, i64::try_from(place).ok()?));
            }
            "holiday" => {
                let name = forms.split_whitespace().next()?.replace('_', " ");
                let name = name.split('@').next()?.to_owned();
                self.holidays.push(Holiday::parse(name, value)?);
                let place = self.holidays.len() - 1;
                return Some((Class::Holiday, i64::try_from(place).ok()?));
            }
            "word" => {
                let class = match value {
                    "ago" => Class::Ago,
                    "earlier" => Class::Earlier,
                    "later" => Class::Later,
                    "daytime" => Class::DayTime,
                    "weekend" => Class::Weekend,
                    "ordinal-ending" => Class::OrdinalEnding,
                    "year-label" => Class::YearLabel,
                    "counted" => Class::Counted,
                    "guard" => Class::Guard,
                    "since" => Class::Since,
                    "until" => Class::Until,
                    "planned" => Class::Planned,
                    _ => return None,
                };
                return Some((class, 0));
            }
            _ => return None,
        };
        Some((class, number()?))
    }
}

/// Holidays named after a weekday, with its short forms: `good_fri`.
fn shortened(forms: &[(String, Class, i64)]) -> Vec<(String, Class, i64)> {
    let of = |wanted| forms.iter().filter(move |(_, class, _)| *class == wanted);
    let mut found = Vec::new();
    for (form, class, value) in of(Class::Holiday) {
        for (long, _, weekday) in of(Class::Weekday) {
            let long = long.to_lowercase();
            if !form.split('_').any(|part| part == long) {
                continue;
            }
            let shorts = of(Class::WeekdayShort).filter(|(_, _, same)| same == weekday);
            found.extend(shorts.map(|(short, ..)| (form.replace(&long, short), *class, *value)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[(Class, i64, usize)]) {
        let words = Words::parse(
            "month\t2\tluty lutego\nunit\tday\tdni",
            "endings\thard\ty ego\nholiday\teaster+60\tboże_ciało\ndayadj\t-1\twczorajsz@hard",
        )
        .unwrap();
        let place = words.place(word, &mut String::new());
        let senses = words.senses(place).iter();
        let found: Vec<_> = senses
            .map(|sense| (sense.class, sense.value, sense.rest.len()))
            .collect();
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn words_and_endings() {
        check("Lutego", &[(Class::Month, 2, 0)]);
        check("wczorajszego", &[(Class::DayAdjective, -1, 0)]);
        check("Boże", &[(Class::Holiday, 0, 1)]);
        check("BOZE", &[(Class::Holiday, 0, 1)]);
        check("dni", &[(Class::Unit, 0, 0)]);
        check("maj", &[]);
        check("", &[]);
    }
}
