//! What the form of a verb says about when.

/// When a verb says that something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tense {
    /// It was: "spotkał", "spotkano", "met".
    Past,
    /// It is: "spotyka", "meets". Newspapers tell all three times in it.
    Present,
    /// It will be: "spotka", "będzie", "will".
    Future,
}

impl Tense {
    /// Its name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Present => "present",
            Self::Future => "future",
        }
    }
}
