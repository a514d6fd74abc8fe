//! Two or more met, talked, or were to do so.

use super::{PartialDate, Span};

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
    /// Two or more.
    pub participants: Vec<Participant>,
    /// The day or days, if known.
    pub date: Option<PartialDate>,
    /// Where, in the nominative.
    pub place: Option<String>,
    /// How they came together.
    pub kind: MeetingKind,
    /// Whether they did.
    pub status: MeetingStatus,
    /// The sentence that says so.
    pub evidence: Span,
    /// The rule that read it.
    pub rule: &'static str,
}
