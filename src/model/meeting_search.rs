//! What is asked about meetings, and what is answered.

use super::{
    ArticleDate, ArticleId, DateBasis, DateMatch, DayRange, EntityKind, Field, MeetingKind,
    MeetingStatus, NamePattern, Origin, PartialDate, Span,
};

/// What sort of participant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyKind {
    /// One with a name of this kind.
    Named(EntityKind),
    /// People who are only described: "delegacja MFW".
    Group,
}

impl PartyKind {
    /// All of them, in the order they are listed to users.
    pub const ALL: [Self; 6] = [
        Self::Named(EntityKind::Person),
        Self::Named(EntityKind::Organization),
        Self::Named(EntityKind::Place),
        Self::Named(EntityKind::Event),
        Self::Named(EntityKind::Product),
        Self::Group,
    ];

    /// The name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Named(kind) => kind.name(),
            Self::Group => "group",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A participant of a meeting, told without the article's list of entities.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Party {
    /// Person, organization, …, or group.
    pub kind: PartyKind,
    /// The canonical name, or the phrase that describes a group.
    pub name: String,
}

/// Somebody who has to take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyPattern {
    /// A participant of this kind alone, or of any.
    pub kind: Option<PartyKind>,
    /// The name, matched as [`super::Query::Name`] matches it: any form, and a part finds the whole.
    pub name: NamePattern,
}

/// Which meetings are wanted. Every condition has to hold; an empty list is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingQuery {
    /// Each of them takes part.
    pub parties: Vec<PartyPattern>,
    /// The day of the meeting, not of the article. A meeting of no known day is in no range.
    pub days: Option<DayRange>,
    /// Whether a meeting of several possible days has to overlap the range or lie within.
    pub date_match: DateMatch,
    /// Each is a name of the place, or a part of it.
    pub places: Vec<NamePattern>,
    /// One of these kinds.
    pub kinds: Vec<MeetingKind>,
    /// One of these statuses.
    pub statuses: Vec<MeetingStatus>,
    /// Told by an article in this language (ISO 639-1).
    pub language: Option<String>,
    /// Told by this publisher, host or path; a final `*` stands for any ending.
    pub source: Option<String>,
}

/// The order of meetings. Ties go by the id of the article, then by the place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MeetingSort {
    /// Earliest first, those of no known day last.
    #[default]
    Date,
    /// Latest first, those of no known day last.
    DateDescending,
    /// As the index has them: another order after each change, and the quickest to read.
    Stored,
}

/// A question about meetings with the order and the part of the answers that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingRequest {
    /// Which meetings.
    pub query: MeetingQuery,
    /// In which order.
    pub sort: MeetingSort,
    /// How many to skip.
    pub offset: usize,
    /// How many to give, or all.
    pub limit: Option<usize>,
}

/// The article that tells of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Teller {
    /// What identifies it.
    pub id: ArticleId,
    /// Where it was read.
    pub origin: Origin,
    /// Its date, or none.
    pub date: Option<ArticleDate>,
    /// Its title; empty when it has none.
    pub title: String,
    /// Its language.
    pub language: String,
    /// Its publisher, else its path.
    pub source: String,
    /// Its address.
    pub url: Option<String>,
}

/// The words that prove a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// In the title or in the text.
    pub field: Field,
    /// Where in it.
    pub span: Span,
    /// The sentence itself.
    pub text: String,
    /// Where the participants are named in `text`: sorted, not overlapping.
    pub marks: Vec<Span>,
}

/// One meeting as one article tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingHit {
    /// Who tells it.
    pub article: Teller,
    /// Which of the article's meetings it is, counted from 0 in the order of the document.
    pub number: u64,
    /// Who met; two or more, in the order of the document.
    pub participants: Vec<Party>,
    /// The same by what they are called across articles; as the article has them where nothing else
    /// is known.
    pub called: Vec<Party>,
    /// The day or days, if known.
    pub date: Option<PartialDate>,
    /// What the day rests on.
    pub basis: DateBasis,
    /// Where, in the nominative.
    pub place: Option<String>,
    /// The same by what it is called across articles.
    pub place_called: Option<String>,
    /// How they came together.
    pub kind: MeetingKind,
    /// Whether they did.
    pub status: MeetingStatus,
    /// What proves it.
    pub evidence: Evidence,
    /// The rule that read it.
    pub rule: String,
}

/// One meeting as all articles together tell it; made by [`crate::meetings::merge`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedMeeting {
    /// Who met: each by the fullest name that any article gives, sorted.
    pub participants: Vec<Party>,
    /// The narrowest of the days told.
    pub date: Option<PartialDate>,
    /// What that day rests on.
    pub basis: DateBasis,
    /// The place told most often.
    pub place: Option<String>,
    /// The kind told most often.
    pub kind: MeetingKind,
    /// What the last article to tell of it says.
    pub status: MeetingStatus,
    /// Every telling, by the date of its article.
    pub proofs: Vec<MeetingHit>,
}

impl From<MeetingHit> for MergedMeeting {
    /// A meeting as one article tells it.
    fn from(hit: MeetingHit) -> Self {
        Self {
            participants: hit.called.clone(),
            date: hit.date,
            basis: hit.basis,
            place: hit.place_called.clone(),
            kind: hit.kind,
            status: hit.status,
            proofs: vec![hit],
        }
    }
}
