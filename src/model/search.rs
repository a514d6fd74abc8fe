//! What is asked of an index, and what it answers.

use super::{ArticleDate, ArticleId, Day, EntityKind, Origin, Span};

/// Which texts of an article a pattern looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Title and text.
    Anywhere,
    /// The title alone.
    Title,
}

/// One word of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhraseWord {
    /// Any form of the word.
    Word(String),
    /// This very form.
    Form(String),
}

/// Words to be found in the text.
///
/// Words are as the user typed them, hyphens and punctuation included (`polsko-rosyjski`, `MSZ-u`),
/// each with a letter or digit and without spaces.
/// An engine cuts them into tokens as it cuts texts; several tokens are looked for side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pattern {
    /// Any form of a word: `spotkanie`.
    Word(String),
    /// This very form, whatever its case: `=Putina`.
    Form(String),
    /// Words next to one another: `"okrągły stół"`, `"…"~3`.
    Phrase {
        /// Two or more words, in order.
        words: Vec<PhraseWord>,
        /// How many places the words may be moved in all.
        slop: u32,
    },
    /// Words that begin so: `spotk*`.
    Prefix(String),
    /// Words that match as a whole: `/spotka(ł|li)/`. The regex crate compiles it.
    Regex(String),
}

/// A name to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamePattern {
    /// A name in any of its forms; a part of it finds the whole: `person:Tuskiem`.
    Name(String),
    /// Names with a word that begins so: `person:Kowal*`.
    Prefix(String),
    /// These very names.
    Chosen(Chosen),
}

/// Names of an index that were found to be what a typed name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The name as it was typed.
    pub asked: String,
    /// Canonical names, letter by letter, sorted.
    pub names: Vec<(EntityKind, String)>,
    /// What texts may call them, in base forms, sorted.
    pub forms: Vec<String>,
}

/// Who a typed name of a question was taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// What it is the name of; none where any kind was asked for and nothing has the name.
    pub kind: Option<EntityKind>,
    /// The name as it was typed.
    pub asked: String,
    /// What the entities are called and how many articles have each, the most frequent first; none
    /// where the index has no such name.
    pub entities: Vec<(String, u64)>,
}

/// Days, both ends included; an end that is missing is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRange {
    /// The first day, or none for "since ever".
    pub first: Option<Day>,
    /// The last day, or none for "until ever".
    pub last: Option<Day>,
}

/// When an article's date counts as inside a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DateMatch {
    /// One of its possible days lies in the range.
    #[default]
    Overlaps,
    /// All of them do.
    Within,
}

/// A question, parsed once; engines see nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Every article.
    All,
    /// Words in the text.
    Text(Scope, Pattern),
    /// A name of one kind.
    Name(EntityKind, NamePattern),
    /// Tells of a meeting in which one of this name takes part.
    Met(NamePattern),
    /// Published in these days.
    Date(DayRange, DateMatch),
    /// Published on no known day.
    Undated,
    /// Speaks of one of these days.
    Event(DayRange),
    /// In this language (ISO 639-1).
    Language(String),
    /// From this publisher, host or path; a final `*` stands for any ending.
    Source(String),
    /// This very article.
    Id(String),
    /// All of them.
    And(Vec<Query>),
    /// At least one of them.
    Or(Vec<Query>),
    /// All articles but these, wherever it stands: alone, in an `Or`, in another `Not`.
    /// An engine that needs something to take away from takes it from `All`.
    Not(Box<Query>),
    /// All of them within one sentence. Holds words, forms, phrases, beginnings and names,
    /// joined by `And` and `Or`.
    Sentence(Vec<Query>),
}

/// The order of the answers. Ties go by date, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    Score,
    /// Earliest first, undated last.
    Date,
    /// Latest first, undated last.
    DateDescending,
    /// By id.
    Id,
}

/// A query with the order and the part of its answers that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What to find.
    pub query: Query,
    /// In which order.
    pub sort: Sort,
    /// How many to skip.
    pub offset: usize,
    /// How many to give, or all.
    pub limit: Option<usize>,
}

/// A piece of an article around what was found, cut on character boundaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, on one line.
    pub text: String,
    /// The matched forms in it, sorted, not overlapping.
    pub marks: Vec<Span>,
    /// Whether the article goes on before it.
    pub cut_before: bool,
    /// Whether the article goes on after it.
    pub cut_after: bool,
}

/// One article that answers a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
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
    /// Who wrote it.
    pub author: Option<String>,
    /// How well it fits; higher is better, comparable within one answer only.
    pub score: f32,
    /// What was found, in its surroundings.
    pub snippet: Snippet,
    /// Canonical names found in the article, by kind, then name.
    pub names: Vec<(EntityKind, String)>,
}
