//! Two or more met, talked, or were to do so.

use super::{Field, PartialDate, Span};

/// How they came together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingKind {
    /// In person, or the text does not say.
    Meeting,
    /// Talks, negotiations, consultations.
    Talks,
    /// By telephone or video.
    Call,
    /// One went to see the other.
    Visit,
    /// Many leaders at one table.
    Summit,
}

/// Whether it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingStatus {
    /// It took place.
    Happened,
    /// It was to take place.
    Planned,
    /// It was planned and called off.
    Cancelled,
    /// Somebody says it did not take place.
    Denied,
    /// Told as rumour.
    Unconfirmed,
}

impl MeetingKind {
    /// All of them, in the order they are listed to users.
    pub const ALL: [Self; 5] = [
        Self::Meeting,
        Self::Talks,
        Self::Call,
        Self::Visit,
        Self::Summit,
    ];

    /// The kind's name in output, questions, rules and the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Talks => "talks",
            Self::Call => "call",
            Self::Visit => "visit",
            Self::Summit => "summit",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl MeetingStatus {
    /// All of them, in the order they are listed to users.
    pub const ALL: [Self; 5] = [
        Self::Happened,
        Self::Planned,
        Self::Cancelled,
        Self::Denied,
        Self::Unconfirmed,
    ];

    /// The status's name in output, questions, rules and the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Happened => "happened",
            Self::Planned => "planned",
            Self::Cancelled => "cancelled",
            Self::Denied => "denied",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// The status of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// What the day of a meeting rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateBasis {
    /// A date expression of the text.
    Explicit,
    /// The article's own date: the text tells it as news.
    Article,
    /// Nothing: no day is known.
    Unknown,
}

impl DateBasis {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Explicit, Self::Article, Self::Unknown];

    /// The name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Article => "article",
            Self::Unknown => "unknown",
        }
    }

    /// The basis of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.name() == name)
    }
}

/// Somebody who met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Participant {
    /// One of the document's entities, by its index.
    Entity(usize),
    /// People who are only described, in the nominative: "delegacja MFW".
    Group(String),
}

/// One event told by one article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Those whom the text tells, each once. [`Meeting::is_complete`] says whether they are enough
    /// to answer who met whom.
    pub participants: Vec<Participant>,
    /// The day or days, if known.
    pub date: Option<PartialDate>,
    /// What the day rests on; unknown exactly when there is none.
    pub basis: DateBasis,
    /// Where, in the nominative.
    pub place: Option<String>,
    /// How they came together.
    pub kind: MeetingKind,
    /// Whether they did.
    pub status: MeetingStatus,
    /// Whether the sentence that says so is in the title or in the text.
    pub field: Field,
    /// The sentence that says so.
    pub evidence: Span,
    /// The rule that read it.
    pub rule: &'static str,
}

impl Meeting {
    /// Whether it says who met whom: two or more took part, and at least one of them is named.
    ///
    /// A text also speaks of talks without saying whose they were. Such a meeting is annotated,
    /// but answers no question.
    pub fn is_complete(&self) -> bool {
        let is_named = |participant: &Participant| matches!(participant, Participant::Entity(_));
        self.participants.len() >= 2 && self.participants.iter().any(is_named)
    }
}
