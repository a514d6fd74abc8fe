//! Conditions that several verbs take as flags.

use std::collections::BTreeSet;

use super::naming::Naming;
use super::{Context, output};
use crate::index::Searcher;
use crate::model::{
    DateMatch, DayRange, EntityKind, MeetingHit, MeetingQuery, MeetingRequest, MeetingSort,
    MeetingStatus, MergedMeeting, NamePattern, PartyKind, PartyPattern, Query, Request, Sort,
};
use crate::{Result, dates, meetings, query};

/// A name as it is typed; a final `*` stands for any ending.
pub(super) fn name_pattern(name: &str) -> Result<NamePattern> {
    let name = name.trim();
    if !name.contains(char::is_alphanumeric) {
        return Err(output::usage(
            name,
            "not a name",
            "write at least a letter of it",
        ));
    }
    Ok(match name.strip_suffix('*') {
        Some(prefix) => NamePattern::Prefix(prefix.to_owned()),
        None => NamePattern::Name(name.to_owned()),
    })
}

/// The days of `--since`, `--until` and `--on` together; none where none is given.
pub(super) fn days(
    since: Option<&str>,
    until: Option<&str>,
    on: Option<&str>,
    context: &Context,
) -> Result<Option<DayRange>> {
    let today = context.today;
    let since = since.map(|text| dates::parse_since(text, today));
    let until = until.map(|text| dates::parse_until(text, today));
    let on = on.map(|text| dates::parse_range(text, today));
    let (since, until, on) = (since.transpose()?, until.transpose()?, on.transpose()?);
    if since.is_none() && until.is_none() && on.is_none() {
        return Ok(None);
    }
    let range = DayRange {
        first: since.max(on.and_then(|range| range.first)),
        last: [until, on.and_then(|range| range.last)]
            .into_iter()
            .flatten()
            .min(),
    };
    if let (Some(first), Some(last)) = (range.first, range.last)
        && first > last
    {
        return Err(output::usage(
            &format!("{first}..{last}"),
            "the range ends before it begins",
            "give the earlier day to --since and the later one to --until",
        ));
    }
    Ok(Some(range))
}

/// Conditions given as flags; each may be given more than once, and all have to hold.
#[derive(Debug, Clone, Default, clap::Args, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Filters {
    /// The query itself, in JSON on standard input.
    #[arg(skip)]
    pub(super) query: String,
    /// A person, in any form of the name.
    #[arg(long, value_name = "NAME", alias = "osoba")]
    #[serde(deserialize_with = "one_or_many")]
    person: Vec<String>,
    /// An organization.
    #[arg(
        long,
        value_name = "NAME",
        alias = "organization",
        alias = "organizacja"
    )]
    #[serde(deserialize_with = "one_or_many")]
    org: Vec<String>,
    /// A place.
    #[arg(long, value_name = "NAME", alias = "miejsce")]
    #[serde(deserialize_with = "one_or_many")]
    place: Vec<String>,
    /// Tells of a meeting in which somebody of this name takes part.
    #[arg(long, value_name = "NAME", alias = "spotkał", alias = "spotkal")]
    #[serde(deserialize_with = "one_or_many")]
    met: Vec<String>,
    /// Published on this day or later.
    #[arg(long, value_name = "DATE", alias = "od", allow_hyphen_values = true)]
    since: Option<String>,
    /// Published on this day or earlier.
    #[arg(long, value_name = "DATE", alias = "do", allow_hyphen_values = true)]
    until: Option<String>,
    /// Published in these days.
    #[arg(long, value_name = "DATE", alias = "data", allow_hyphen_values = true)]
    on: Option<String>,
    /// Speaks of these days.
    #[arg(
        long,
        value_name = "DATE",
        alias = "zdarzenie",
        allow_hyphen_values = true
    )]
    event: Option<String>,
    /// Whether a date known only to the month or year has to overlap the range or lie within.
    #[arg(long, value_name = "HOW", value_parser = ["overlaps", "within"])]
    date_match: Option<String>,
    /// In this language, as two letters.
    #[arg(long, value_name = "CODE", alias = "język")]
    lang: Option<String>,
    /// From this publisher, host or path; a final `*` stands for any ending.
    #[arg(long, value_name = "NAME", alias = "źródło")]
    source: Option<String>,
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        One(String),
        Many(Vec<String>),
    }
    use serde::Deserialize as _;
    Ok(match OneOrMany::deserialize(input)? {
        OneOrMany::One(one) => vec![one],
        OneOrMany::Many(many) => many,
    })
}

impl Filters {
    /// The query of words and flags together.
    pub(super) fn query(&self, words: &str, context: &Context) -> Result<Query> {
        let date_match = self.date_match();
        let mut parts = Vec::new();
        match query::parse(words, context.today, date_match)? {
            Query::All => {}
            Query::And(all) => parts.extend(all),
            one => parts.push(one),
        }
        for (kind, names) in [
            (EntityKind::Person, &self.person),
            (EntityKind::Organization, &self.org),
            (EntityKind::Place, &self.place),
        ] {
            for name in names {
                parts.push(Query::Name(kind, name_pattern(name)?));
            }
        }
        for name in &self.met {
            parts.push(Query::Met(name_pattern(name)?));
        }
        if let Some(range) = self.days(context)? {
            parts.push(Query::Date(range, date_match));
        }
        if let Some(event) = &self.event {
            parts.push(Query::Event(dates::parse_range(event, context.today)?));
        }
        parts.extend(self.lang.iter().map(|code| Query::Language(code.clone())));
        parts.extend(self.source.iter().map(|name| Query::Source(name.clone())));
        Ok(match parts.len() {
            0 => Query::All,
            1 => parts.swap_remove(0),
            _ => Query::And(parts),
        })
    }

    /// The days of `--since`, `--until` and `--on`.
    pub(super) fn days(&self, context: &Context) -> Result<Option<DayRange>> {
        let (since, until) = (self.since.as_deref(), self.until.as_deref());
        days(since, until, self.on.as_deref(), context)
    }

    fn date_match(&self) -> DateMatch {
        match self.date_match.as_deref() {
            Some("within") => DateMatch::Within,
            _ => DateMatch::Overlaps,
        }
    }

    /// What has to hold of a meeting itself.
    fn meeting_query(&self, statuses: &[MeetingStatus], context: &Context) -> Result<MeetingQuery> {
        let mut parties = Vec::new();
        for (kind, names) in [
            (EntityKind::Person, &self.person),
            (EntityKind::Organization, &self.org),
        ] {
            for name in names {
                let (kind, name) = (Some(PartyKind::Named(kind)), name_pattern(name)?);
                parties.push(PartyPattern { kind, name });
            }
        }
        let places: Result<_> = self.place.iter().map(|name| name_pattern(name)).collect();
        Ok(MeetingQuery {
            parties,
            days: self.days(context)?,
            date_match: self.date_match(),
            places: places?,
            kinds: Vec::new(),
            statuses: statuses.to_vec(),
            language: self.lang.clone(),
            source: self.source.clone(),
        })
    }

    /// What has to hold of the article that tells of a meeting.
    fn teller_query(&self, words: &str, context: &Context) -> Result<Query> {
        let of_article = Self {
            met: self.met.clone(),
            event: self.event.clone(),
            ..Self::default()
        };
        of_article.query(words, context)
    }

    /// Meetings that fit, told by articles that fit; tellings of one meeting are joined.
    ///
    /// Names, places and days are those of the meeting; words, `--event` and `--met` ask for the
    /// article. All are held at once: `keep` takes away from each what is not needed of it.
    pub(super) fn meetings(
        &self,
        words: &str,
        statuses: &[MeetingStatus],
        naming: &mut Naming<'_>,
        keep: fn(&mut MeetingHit),
    ) -> Result<Vec<MergedMeeting>> {
        let (searcher, context) = (naming.searcher(), naming.context());
        let (query, understood) = naming.meetings(self.meeting_query(statuses, context)?)?;
        naming.tell(&understood)?;
        let request = MeetingRequest {
            query,
            // They are put in order when they are joined.
            sort: MeetingSort::Stored,
            ..MeetingRequest::default()
        };
        let (teller, understood) = naming.query(self.teller_query(words, context)?)?;
        naming.tell(&understood)?;
        let tellers = match teller {
            Query::All => None,
            query => Some(ids(searcher, query)?),
        };
        let mut found = searcher.meetings(&request)?;
        let mut hits = Vec::new();
        while let Some(mut hit) = found.next_hit()? {
            let fits = |ids: &BTreeSet<String>| ids.contains(hit.article.id.as_str());
            if tellers.as_ref().is_none_or(fits) {
                naming.rename(&mut hit)?;
                keep(&mut hit);
                hits.push(hit);
            }
        }
        Ok(meetings::merge(hits))
    }
}

/// The ids of all articles that answer a query.
fn ids(searcher: &Searcher, query: Query) -> Result<BTreeSet<String>> {
    let mut results = searcher.search(&Request {
        query,
        sort: Sort::Id,
        offset: 0,
        limit: None,
    })?;
    let mut ids = BTreeSet::new();
    while let Some(id) = results.next_id()? {
        ids.insert(id);
    }
    Ok(ids)
}
