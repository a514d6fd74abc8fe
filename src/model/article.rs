//! An article as it was published, before anybody looks at its words.

use super::{DateBasis, EntityKind, Field, MeetingKind, MeetingStatus, PartialDate, Party, Span};

/// What tells one article from all others in an index.
///
/// The id that the source gives, else the address, else a hash of date, title and text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ArticleId(pub String);

impl ArticleId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ArticleId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where an article was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The file, as the user named it or as the walk reached it; `-` for standard input.
    pub path: String,
    /// Which record of the file, counted from 1; 1 where the file is one article.
    pub record: u64,
}

/// How an article's date was found. The first rule that applies wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRule {
    /// A header line, front matter, or a field of the record.
    Header,
    /// Metadata of a web page or feed.
    Metadata,
    /// The name of the file or of its folders.
    Path,
    /// The `--date` flag.
    Flag,
}

impl DateRule {
    /// All rules, in the order they are tried.
    pub const ALL: [Self; 4] = [Self::Header, Self::Metadata, Self::Path, Self::Flag];

    /// The rule's name in output and in the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Metadata => "metadata",
            Self::Path => "path",
            Self::Flag => "flag",
        }
    }

    /// The rule of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// The day, month or year an article is of, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ArticleDate {
    /// The days it may be of.
    pub date: PartialDate,
    /// What said so.
    pub rule: DateRule,
}

/// A name that came with the article and is used instead of what we would find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenName {
    /// Person, organization, place, …
    pub kind: EntityKind,
    /// The name, in its base form.
    pub name: String,
}

/// A meeting that came with the article and is used instead of what we would find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenMeeting {
    /// Who met, each once.
    pub participants: Vec<Party>,
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
    /// Where the article says so, when the source points to it.
    pub evidence: Option<(Field, Span)>,
}

/// One news article.
///
/// Title and text are NFC-normalised, with line ends as `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// What identifies it.
    pub id: ArticleId,
    /// Where it was read.
    pub origin: Origin,
    /// Its date of publication, or none.
    pub date: Option<ArticleDate>,
    /// The headline; empty when there is none.
    pub title: String,
    /// The body, without the headline.
    pub text: String,
    /// Two-letter code (ISO 639-1) given by the source; detected later when absent.
    pub language: Option<String>,
    /// Who published it, when the source says so.
    pub source: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Ready-made names: when given, ours are not looked for.
    pub names: Option<Vec<GivenName>>,
    /// Ready-made meetings: when given, ours are not looked for.
    pub meetings: Option<Vec<GivenMeeting>>,
}

impl Article {
    /// An article of which nothing but the text is known, and what identifies it.
    pub fn new(id: &str, text: &str) -> Self {
        Self {
            id: ArticleId(id.to_owned()),
            origin: Origin {
                path: id.to_owned(),
                record: 1,
            },
            date: None,
            title: String::new(),
            text: text.to_owned(),
            language: None,
            source: None,
            url: None,
            author: None,
            names: None,
            meetings: None,
        }
    }

    /// The publisher if known, else the path: what `source` shows.
    pub fn source(&self) -> &str {
        self.source.as_deref().unwrap_or(&self.origin.path)
    }

    /// Whether the text begins by repeating the title, as many web pages do. A title that ends
    /// within a word of the text is not repeated: it holds another word.
    pub fn text_repeats_title(&self) -> bool {
        let title = self.title.trim();
        let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’');
        !title.is_empty()
            && self
                .text
                .trim_start()
                .strip_prefix(title)
                .is_some_and(|rest| !rest.starts_with(goes_on))
    }
}
