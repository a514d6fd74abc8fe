//! The nouns: plain data, no input or output, no Tantivy, no JSON, no clock.

pub mod account;
pub mod alias;
pub mod analysis;
pub mod article;
pub mod date;
pub mod document;
pub mod entity;
pub mod entity_row;
pub mod graph;
pub mod kwic;
pub mod meeting;
pub mod meeting_search;
pub mod name_row;
pub mod search;
pub mod status;
pub mod text;
pub mod timeline;
pub mod verify;

pub use account::{Account, Outcome, Reject};
pub use alias::{Alias, AliasChange, AliasFinding, AliasRule, AliasTrouble, Suggestion};
pub use analysis::{Reading, WordAnalysis};
pub use article::{Article, ArticleDate, ArticleId, DateRule, GivenMeeting, GivenName, Origin};
pub use date::{Day, PartialDate, Precision};
pub use document::{DateMention, Document, ExplainedDate};
pub use entity::{Description, Entity, EntityKind, Mention};
pub use entity_row::{Companion, Doubt, EntityRow, Spike};
pub use graph::{Edge, EdgeKind, Graph, NamedArticle, Node, Occurrences, Quote};
pub use kwic::KwicLine;
pub use meeting::{DateBasis, Meeting, MeetingKind, MeetingStatus, Participant};
pub use meeting_search::{
    Evidence, MeetingHit, MeetingQuery, MeetingRequest, MeetingSort, MergedMeeting, Party,
    PartyKind, PartyPattern, Teller,
};
pub use name_row::NameRow;
pub use search::{
    Chosen, DateMatch, DayRange, Hit, NamePattern, Pattern, PhraseWord, Query, Request, Scope,
    Snippet, Sort, Understood,
};
pub use status::{DateDoubt, DateFlaw, FlawedDates, Status};
pub use text::{Field, Span};
pub use timeline::{Counted, Period, Portion, Timeline, TimelineRow};
pub use verify::{Compared, Fault, FaultKind, FaultPlace, Verification};
