//! Nouns that describe a person by what they do: "prezydent", "chancellor".

/// How an office tells who holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Office {
    /// The head of a state or of its government.
    Head,
    /// Whoever leads a country, by whichever office: "przywódca".
    Leader,
    /// There is one in the world.
    Alone,
}

/// What a language says of such nouns and of the words around them.
#[derive(Debug, Clone, Copy)]
pub struct Roles {
    /// The base form of a noun that can describe one person, as it is written.
    pub noun: fn(word: &str) -> Option<String>,
    /// The office that such a noun in its base form is.
    pub office: fn(noun: &str) -> Option<Office>,
    /// The code of the one country whose adjective this is, in any form.
    pub country: fn(word: &str) -> Option<&'static str>,
    /// Whether behind this word no such noun means somebody known: "jako prezydent", "a chancellor"
    /// and, as it may be another, "były prezydent".
    pub bars: fn(word: &str) -> bool,
    /// Whether the bare noun may mean somebody known behind this word, or at the start.
    pub may_follow: fn(word: Option<&str>) -> bool,
    /// Whether the bare noun ends before this word: not in "prezydent miasta".
    pub may_precede: fn(word: &str) -> bool,
}

/// Says nothing.
pub const UNKNOWN: Roles = Roles {
    noun: |_| None,
    office: |_| None,
    country: |_| None,
    bars: |_| true,
    may_follow: |_| false,
    may_precede: |_| false,
};

/// The office of a noun in a list: `head`, `leader` or `alone`.
pub(super) fn office_of(word: &str) -> Option<Office> {
    match word {
        "head" => Some(Office::Head),
        "leader" => Some(Office::Leader),
        "alone" => Some(Office::Alone),
        _ => None,
    }
}
