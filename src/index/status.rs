//! What an index says of itself, and of the dates of its articles.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet, SegmentOrdinal, SegmentReader, TERMINATED};

use super::collect::{ARTICLE_DAYS, ids_of, numbers_of};
use super::{Searcher, engine_error, io_error};
use crate::Result;
use crate::model::{DateDoubt, DateFlaw, DateRule, Day, FlawedDates, Status};

/// Days of that many years lie between articles that have nothing to do with one another.
const APART: i64 = 20 * 365;
/// Of two runs of days so far apart, one that has so many times fewer articles is doubted.
const FEWER: usize = 5;
/// A date of so many days or more is coarse: no month is shorter.
const COARSE: i64 = 28;
/// How many articles of each flaw are named.
const NAMED: usize = 5;

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// What is known of the date of one article.
struct Dated {
    segment: SegmentOrdinal,
    /// Rank of the id within the segment.
    id: u64,
    /// The first and the last day it may be of.
    days: Option<(Day, Day)>,
    by_path: bool,
}

impl Searcher {
    /// Counts, versions and extent of the index. A date after `today` is doubted.
    pub fn status(&self, today: Day) -> Result<Status> {
        let fail = engine_error(&self.path);
        let dates = self.dates(today).map_err(&fail)?;
        let mut flaws = BTreeMap::new();
        for flaw in DateFlaw::ALL {
            let having = FlawedDates {
                articles: number(dates.with(flaw).count()),
                first_ids: self.ids(dates.with(flaw), NAMED).map_err(&fail)?,
            };
            flaws.insert(flaw, having);
        }
        let mut doubts = BTreeMap::new();
        for article in &dates.articles {
            for doubt in dates.doubts(article) {
                *doubts.entry(doubt).or_default() += 1;
            }
        }
        let days = || dates.articles.iter().filter_map(|article| article.days);
        let (languages, documents) = self.languages()?;
        let articles = number(dates.articles.len());
        Ok(Status {
            path: self.path.clone(),
            format: self.description.format,
            analysis: self.description.analysis.clone(),
            fingerprint: self.state.fingerprint.clone(),
            articles,
            meetings: documents.saturating_sub(articles),
            flaws,
            doubts,
            first_day: days().map(|(first, _)| first).min(),
            last_day: days().map(|(_, last)| last).max(),
            languages,
            bytes: folder_size(&self.path)?,
        })
    }

    /// The ids of all articles with this flaw of their date, in order.
    pub fn flawed_dates(&self, flaw: DateFlaw, today: Day) -> Result<Vec<String>> {
        let fail = engine_error(&self.path);
        let dates = self.dates(today).map_err(&fail)?;
        self.ids(dates.with(flaw), usize::MAX).map_err(&fail)
    }

    fn dates(&self, today: Day) -> tantivy::Result<Dates> {
        let mut articles = Vec::new();
        for (ordinal, segment) in (0..).zip(self.engine.segment_readers()) {
            let columns = segment.fast_fields();
            let [first, last] = ARTICLE_DAYS;
            let (first, last) = (columns.i64(first)?, columns.i64(last)?);
            let (ids, meetings) = (ids_of(segment)?, numbers_of(segment)?);
            let mut by_path = BTreeSet::new();
            let path = DateRule::Path.name();
            each_with(segment, self.fields.date_rule, path, |doc| {
                by_path.insert(doc);
            })?;
            let alive = segment.doc_ids_alive();
            for doc in alive.filter(|doc| meetings.first(*doc).is_none()) {
                let day = |column: &Column<i64>| column.first(doc).and_then(Day::from_number);
                articles.push(Dated {
                    segment: ordinal,
                    id: ids.ords().first(doc).unwrap_or(u64::MAX),
                    days: day(&first).zip(day(&last)),
                    by_path: by_path.contains(&doc),
                });
            }
        }
        let days = articles.iter().filter_map(|article: &Dated| article.days);
        let runs = Runs::of(days.map(|(first, _)| first).collect());
        Ok(Dates {
            articles,
            runs,
            today,
        })
    }

    /// The first ids of these articles, in order.
    fn ids<'d>(
        &self,
        articles: impl Iterator<Item = &'d Dated>,
        most: usize,
    ) -> tantivy::Result<Vec<String>> {
        let mut by_segment: BTreeMap<SegmentOrdinal, Vec<u64>> = BTreeMap::new();
        for article in articles {
            by_segment
                .entry(article.segment)
                .or_default()
                .push(article.id);
        }
        let mut found = Vec::new();
        for (segment, mut ranks) in by_segment {
            // Within a segment ids have the order of their ranks.
            ranks.sort_unstable();
            let ids = ids_of(self.engine.segment_reader(segment))?;
            for rank in ranks.into_iter().take(most) {
                let mut id = String::new();
                ids.ord_to_str(rank, &mut id)?;
                found.push(id);
            }
        }
        found.sort_unstable();
        found.truncate(most);
        Ok(found)
    }

    /// Articles by language, and how many documents there are of any sort.
    fn languages(&self) -> Result<(BTreeMap<String, u64>, u64)> {
        let fail = engine_error(&self.path);
        let mut languages = BTreeMap::new();
        let mut documents = 0;
        for segment in self.engine.segment_readers() {
            documents += u64::from(segment.num_docs());
            let meetings = numbers_of(segment).map_err(&fail)?;
            let field = self.fields.language;
            let index = segment.inverted_index(field).map_err(&fail)?;
            let mut terms = index.terms().stream().map_err(io_error(&self.path))?;
            while terms.advance() {
                let code = String::from_utf8_lossy(terms.key()).into_owned();
                let mut count = 0;
                each_with(segment, field, &code, |doc| {
                    count += u64::from(meetings.first(doc).is_none());
                })
                .map_err(&fail)?;
                if count > 0 {
                    *languages.entry(code).or_default() += count;
                }
            }
        }
        Ok((languages, documents))
    }
}

/// Calls `each` with every document of a segment that has a term.
fn each_with(
    segment: &SegmentReader,
    field: Field,
    text: &str,
    mut each: impl FnMut(DocId),
) -> tantivy::Result<()> {
    let term = Term::from_field_text(field, text);
    let index = segment.inverted_index(field)?;
    let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
        return Ok(());
    };
    while postings.doc() != TERMINATED {
        let doc = postings.doc();
        if !segment.is_deleted(doc) {
            each(doc);
        }
        postings.advance();
    }
    Ok(())
}

/// The first days of articles, parted where none lies between for decades.
struct Runs(Vec<Run>);

/// Days near one another, and how many articles begin in them.
struct Run {
    last: Day,
    articles: usize,
}

impl Runs {
    fn of(mut days: Vec<Day>) -> Self {
        days.sort_unstable();
        let is_near = |one: &Day, other: &Day| other.number() - one.number() < APART;
        let runs = days.chunk_by(is_near).filter_map(|run| {
            Some(Run {
                last: *run.last()?,
                articles: run.len(),
            })
        });
        Self(runs.collect())
    }

    /// Whether a day of an article lies decades away from nearly all others.
    fn is_far(&self, day: Day) -> bool {
        let most = self.0.iter().map(|run| run.articles).max();
        let own = self.0.iter().find(|run| day <= run.last);
        own.zip(most)
            .is_some_and(|(own, most)| own.articles.saturating_mul(FEWER) <= most)
    }
}

/// The dates of all articles, and what is held against them.
struct Dates {
    articles: Vec<Dated>,
    runs: Runs,
    today: Day,
}

impl Dates {
    fn doubts(&self, article: &Dated) -> impl Iterator<Item = DateDoubt> {
        let days = article.days;
        let is_future = days.is_some_and(|(first, _)| first > self.today);
        let is_far = days.is_some_and(|(first, _)| self.runs.is_far(first));
        let doubts = [
            (DateDoubt::Path, days.is_some() && article.by_path),
            (DateDoubt::Future, is_future),
            (DateDoubt::Far, is_far),
        ];
        let held = doubts.into_iter().filter(|(_, is_held)| *is_held);
        held.map(|(doubt, _)| doubt)
    }

    fn has(&self, article: &Dated, flaw: DateFlaw) -> bool {
        match flaw {
            DateFlaw::Undated => article.days.is_none(),
            DateFlaw::Coarse => article
                .days
                .is_some_and(|(first, last)| last.number() - first.number() >= COARSE - 1),
            DateFlaw::Doubtful => self.doubts(article).next().is_some(),
        }
    }

    fn with(&self, flaw: DateFlaw) -> impl Iterator<Item = &Dated> + Clone {
        let articles = self.articles.iter();
        articles.filter(move |article| self.has(article, flaw))
    }
}

fn folder_size(path: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in walkdir::WalkDir::new(path) {
        match entry.and_then(|entry| entry.metadata()) {
            Ok(metadata) if metadata.is_file() => bytes += metadata.len(),
            Ok(_) => {}
            Err(error) => {
                let source = io::Error::from(error);
                // Who writes meanwhile removes what he has merged.
                if source.kind() != io::ErrorKind::NotFound {
                    return Err(io_error(path)(source));
                }
            }
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(years: &[i16], far: &[i16]) {
        let day = |year: &i16| Day::new(*year, 6, 1).unwrap();
        let runs = Runs::of(years.iter().map(day).collect());
        let mut found: Vec<i16> = years.to_vec();
        found.retain(|year| runs.is_far(day(year)));
        assert_eq!(found, far, "{years:?}");
    }

    #[test]
    fn a_few_dates_decades_away_from_most_are_far() {
        check(&[], &[]);
        check(&[1970], &[]);
        check(&[1970, 2020, 2021, 2022, 2023], &[]);
        check(&[1970, 2020, 2021, 2022, 2023, 2023], &[1970]);
        check(&[2020, 2021, 2022, 2023, 2023, 2093], &[2093]);
        // An archive has no hole, and one of two times has as many of each.
        check(&[1950, 1965, 1980, 1995, 2010, 2020, 2021], &[]);
        check(&[1950, 1950, 1951, 2020, 2021, 2022, 2023], &[]);
    }
}
