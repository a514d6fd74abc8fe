//! Rules: what a date looks like in running text, and how what it says is put together.
//!
//! They are data, in `date_rules.tsv` of each language's folder. A line holds the name of a rule,
//! its group, how its value is built, and a pattern; lines of one name are one rule. A pattern is
//!
//! | written | matches |
//! |---|---|
//! | `za` | this word, in any case |
//! | `.` `,` `-` `/` `(` as `\(` | this sign |
//! | `MONTH`, `UNIT`, `N` … | a word or number of this class, which is kept |
//! | `UNIT:year`, `SHIFT:-1` | only with this value |
//! | `<year>` | what a rule of this group reads, the longest; its value is kept |
//! | `[ a ]`, `( a \| b )` | a or nothing; a or b |
//! | `~a` | a, which is no part of the date |
//! | `!a` | nothing, where a does not follow |
//! | `+SHIFT:1` | nothing; this is kept |
//! | `$name` | what the line `$name` says |
//!
//! Groups: `year` is also a `frame`, which is a longer time that others may lie in; `day` and
//! `frame` are also `date`. A group with `-` before it is only used inside other rules.

use std::collections::HashMap;

use super::words::{Class, Words};

/// What may stand where another rule calls for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// A year.
    Year,
    /// A longer time: a month, quarter, week.
    Frame,
    /// A day.
    Day,
    /// Any of these.
    Date,
    /// What no other rule calls for.
    Whole,
}

impl Group {
    /// Whether what is of group `other` may stand where this one is called for.
    pub fn takes(self, other: Self) -> bool {
        self == other
            || matches!(
                (self, other),
                (Self::Frame, Self::Year) | (Self::Date, Self::Year | Self::Frame | Self::Day)
            )
    }
}

/// How the value of a rule is put together from what its pattern kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Builder {
    /// A day, month and perhaps weekday and year.
    Day,
    /// Days of one month, from one to another.
    Days,
    /// A day of an unnamed month.
    DayOfMonth,
    /// A month, perhaps of a year.
    Month,
    /// From one month to another.
    Months,
    /// A year.
    Year,
    /// From one year to another.
    Years,
    /// A week of the calendar's count.
    Week,
    /// A quarter of a year.
    Quarter,
    /// From one quarter to another.
    Quarters,
    /// A season.
    Season,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A holiday.
    Holiday,
    /// A weekday.
    Weekday,
    /// Saturday and Sunday.
    Weekend,
    /// Units from the present one.
    Shifted,
    /// A thing that comes every week or year: the one before, the present or the coming one.
    Chosen,
    /// So far back from the article's day.
    Ago,
    /// So far on from it.
    Ahead,
    /// So far back from a day spoken of.
    Earlier,
    /// So far on from a day spoken of.
    Later,
    /// So many units up to the present one, without it.
    RunBack,
    /// So many units after the present one.
    RunAhead,
    /// A part of a longer time.
    Part,
    /// The same, in letters that stand for it: `EOY`.
    PartInLetters,
    /// The end of one time and the beginning of the next.
    Turn,
    /// One of the days, weeks or weekdays of a longer time.
    Nth,
    /// The first thing, in the second.
    Within,
    /// The first thing, which the second tells more closely.
    Apposed,
    /// From the first to the second.
    Range,
    /// So many weekdays, months or holidays on from a day.
    Further,
    /// So many back from it.
    FurtherBack,
    /// A weekday or holiday, the one nearest to a day.
    Nearest,
    /// What is left of a longer time.
    Rest,
    /// A month or holiday of the year so many years ago.
    YearsAgo,
    /// The same, so many years on.
    YearsAhead,
    /// The unit that a day lies in.
    Around,
    /// Numbers parted by slashes, where only one way to read them gives a date.
    Slashes,
    /// A weekday of a week.
    WeekdayOf,
    /// So far back from a day spoken of, and the date itself.
    EarlierTold,
    /// So far on from a day spoken of, and the date itself.
    LaterTold,
}

/// One thing that a pattern takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// A word of this place in the list.
    Word(u16),
    /// A sign.
    Sign(char),
    /// A word or number of a class, with this value or any.
    Class(Class, Option<i64>),
    /// What a rule of the group reads.
    Inner(Group),
}

/// One step of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Takes an element; `true` where it is a part of the date.
    Take(Element, bool),
    /// Goes on only where the element does not follow.
    Not(Element),
    /// Keeps a value.
    Keep(Class, i64),
    /// Tries the next step, and if that comes to nothing, the one at this place.
    Fork(usize),
    /// Goes on at this place.
    Jump(usize),
}

/// A pattern and what is made of it.
#[derive(Debug)]
pub struct Rule {
    /// Its name, as findings carry it.
    pub name: String,
    /// Where it may stand.
    pub group: Group,
    /// Whether it is only used inside other rules.
    pub inner: bool,
    /// How its value is built.
    pub builder: Builder,
    /// Its pattern.
    pub steps: Vec<Step>,
}

/// Reads the rules of a language; the error names the line that is wrong.
pub(super) fn parse(table: &str, words: &mut Words) -> Result<Vec<Rule>, String> {
    let mut rules = Vec::new();
    let mut parts: HashMap<&str, String> = HashMap::new();
    for line in crate::lang::calendar::rows(table) {
        let wrong = |what: &str| format!("a wrong line in the rules of dates, {what}: `{line}`");
        let columns: Vec<&str> = line.split('\t').collect();
        match columns.as_slice() {
            [name, pattern] if name.starts_with('$') => {
                let pattern = expanded(pattern, &parts).ok_or_else(|| wrong("an unknown `$`"))?;
                parts.insert(name, pattern);
            }
            [name, group, builder, pattern] => {
                let pattern = expanded(pattern, &parts).ok_or_else(|| wrong("an unknown `$`"))?;
                let mut compiler = Compiler {
                    words,
                    tokens: pattern.split_whitespace().collect(),
                    at: 0,
                    steps: Vec::new(),
                };
                compiler
                    .alternatives()
                    .filter(|()| compiler.at == compiler.tokens.len())
                    .ok_or_else(|| wrong("the pattern"))?;
                rules.push(Rule {
                    name: (*name).to_owned(),
                    group: group_of(group.trim_start_matches('-'))
                        .ok_or_else(|| wrong("the group"))?,
                    inner: group.starts_with('-'),
                    builder: builder_of(builder).ok_or_else(|| wrong("the builder"))?,
                    steps: compiler.steps,
                });
            }
            _ => return Err(wrong("the columns")),
        }
    }
    Ok(rules)
}

fn expanded(pattern: &str, parts: &HashMap<&str, String>) -> Option<String> {
    let mut all = String::new();
    for token in pattern.split_whitespace() {
        if token.starts_with('$') {
            let part = parts.get(token)?;
            all.push_str("( ");
            all.push_str(part);
            all.push_str(" )");
        } else {
            all.push_str(token);
        }
        all.push(' ');
    }
    Some(all)
}

struct Compiler<'t> {
    words: &'t mut Words,
    tokens: Vec<&'t str>,
    at: usize,
    steps: Vec<Step>,
}

impl Compiler<'_> {
    fn peek(&self) -> Option<&str> {
        self.tokens.get(self.at).copied()
    }

    /// `a | b | c`, up to a closing bracket or the end.
    fn alternatives(&mut self) -> Option<()> {
        let mut ends = Vec::new();
        loop {
            let fork = self.steps.len();
            self.steps.push(Step::Fork(0));
            self.sequence()?;
            if self.peek() != Some("|") {
                // The last one is not a choice: its fork leads nowhere else.
                let next = fork + 1;
                self.put(fork, Step::Jump(next));
                break;
            }
            self.at += 1;
            ends.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            let next = self.steps.len();
            self.put(fork, Step::Fork(next));
        }
        let end = self.steps.len();
        for place in ends {
            self.put(place, Step::Jump(end));
        }
        Some(())
    }

    fn put(&mut self, place: usize, step: Step) {
        if let Some(old) = self.steps.get_mut(place) {
            *old = step;
        }
    }

    fn sequence(&mut self) -> Option<()> {
        while let Some(token) = self.peek() {
            match token {
                "|" | ")" | "]" => break,
                "(" => {
                    self.at += 1;
                    self.alternatives()?;
                    self.close(")")?;
                }
                "[" => {
                    self.at += 1;
                    let fork = self.steps.len();
                    self.steps.push(Step::Fork(0));
                    self.alternatives()?;
                    self.close("]")?;
                    let end = self.steps.len();
                    self.put(fork, Step::Fork(end));
                }
                _ => {
                    let token = self.tokens.get(self.at).copied()?;
                    self.at += 1;
                    let step = self.step(token)?;
                    self.steps.push(step);
                }
            }
        }
        Some(())
    }

    fn close(&mut self, bracket: &str) -> Option<()> {
        (self.peek() == Some(bracket)).then(|| self.at += 1)
    }

    fn step(&mut self, token: &str) -> Option<Step> {
        if let Some(rest) = token.strip_prefix('~') {
            return Some(Step::Take(self.element(rest)?, false));
        }
        if let Some(rest) = token.strip_prefix('!') {
            return Some(Step::Not(self.element(rest)?));
        }
        if let Some(rest) = token.strip_prefix('+').filter(|rest| !rest.is_empty()) {
            let Element::Class(class, Some(value)) = self.element(rest)? else {
                return None;
            };
            return Some(Step::Keep(class, value));
        }
        Some(Step::Take(self.element(token)?, true))
    }

    fn element(&mut self, token: &str) -> Option<Element> {
        if let Some(group) = token
            .strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
        {
            return Some(Element::Inner(group_of(group)?));
        }
        let token = token
            .strip_prefix('\\')
            .filter(|rest| !rest.is_empty())
            .unwrap_or(token);
        let first = token.chars().next()?;
        if !first.is_alphanumeric() {
            return (token.len() == first.len_utf8()).then_some(Element::Sign(first));
        }
        if first.is_uppercase() {
            let (name, value) = match token.split_once(':') {
                Some((name, value)) => (name, Some(value_of(value)?)),
                None => (token, None),
            };
            return Some(Element::Class(class_of(name)?, value));
        }
        Some(Element::Word(self.words.literal(token)))
    }
}

fn value_of(text: &str) -> Option<i64> {
    let units = [
        "day", "week", "month", "quarter", "year", "decade", "century",
    ];
    match units.iter().position(|unit| *unit == text) {
        Some(place) => i64::try_from(place).ok(),
        None => text.parse().ok(),
    }
}

fn group_of(name: &str) -> Option<Group> {
    Some(match name {
        "year" => Group::Year,
        "frame" => Group::Frame,
        "day" => Group::Day,
        "date" => Group::Date,
        "whole" => Group::Whole,
        _ => return None,
    })
}

fn class_of(name: &str) -> Option<Class> {
    Some(match name {
        "MONTH" => Class::Month,
        "MONTHNAME" => Class::MonthName,
        "MONTHSHORT" => Class::MonthShort,
        "WEEKDAYSHORT" => Class::WeekdayShort,
        "MONTHADJ" => Class::MonthAdjective,
        "WEEKDAY" => Class::Weekday,
        "WEEKDAYADJ" => Class::WeekdayAdjective,
        "UNIT" => Class::Unit,
        "DAYWORD" => Class::DayWord,
        "DAYADJ" => Class::DayAdjective,
        "YEARWORD" => Class::YearWord,
        "MONTHWORD" => Class::MonthWord,
        "SHIFT" => Class::Shift,
        "LATEST" => Class::Latest,
        "FOLLOWING" => Class::Following,
        "ORDINAL" => Class::Ordinal,
        "ORDINALTENS" => Class::OrdinalTens,
        "TENS" => Class::Tens,
        "SEASON" => Class::Season,
        "HOLIDAY" => Class::Holiday,
        "HOLIDAYSHORT" => Class::HolidayShort,
        "PART" => Class::Part,
        "DAYTIME" => Class::DayTime,
        "WEEKEND" => Class::Weekend,
        "AGO" => Class::Ago,
        "EARLIER" => Class::Earlier,
        "LATER" => Class::Later,
        "TH" => Class::OrdinalEnding,
        "R" => Class::YearLabel,
        "COUNTED" => Class::Counted,
        "DAY" => Class::Day,
        "MM" => Class::MonthDigits,
        "YEAR" => Class::Year,
        "YY" => Class::ShortYear,
        "N" => Class::Count,
        "ROMAN" => Class::Roman,
        _ => return None,
    })
}

fn builder_of(name: &str) -> Option<Builder> {
    Some(match name {
        "day" => Builder::Day,
        "days" => Builder::Days,
        "day-of-month" => Builder::DayOfMonth,
        "month" => Builder::Month,
        "months" => Builder::Months,
        "year" => Builder::Year,
        "years" => Builder::Years,
        "week" => Builder::Week,
        "quarter" => Builder::Quarter,
        "quarters" => Builder::Quarters,
        "season" => Builder::Season,
        "decade" => Builder::Decade,
        "century" => Builder::Century,
        "holiday" => Builder::Holiday,
        "weekday" => Builder::Weekday,
        "weekend" => Builder::Weekend,
        "shifted" => Builder::Shifted,
        "chosen" => Builder::Chosen,
        "ago" => Builder::Ago,
        "ahead" => Builder::Ahead,
        "earlier" => Builder::Earlier,
        "later" => Builder::Later,
        "run-back" => Builder::RunBack,
        "run-ahead" => Builder::RunAhead,
        "part" => Builder::Part,
        "part-in-letters" => Builder::PartInLetters,
        "turn" => Builder::Turn,
        "nth" => Builder::Nth,
        "within" => Builder::Within,
        "apposed" => Builder::Apposed,
        "range" => Builder::Range,
        "further" => Builder::Further,
        "further-back" => Builder::FurtherBack,
        "nearest" => Builder::Nearest,
        "rest" => Builder::Rest,
        "years-ago" => Builder::YearsAgo,
        "years-ahead" => Builder::YearsAhead,
        "around" => Builder::Around,
        "slashes" => Builder::Slashes,
        "weekday-of" => Builder::WeekdayOf,
        "earlier-told" => Builder::EarlierTold,
        "later-told" => Builder::LaterTold,
        _ => return None,
    })
}
