//! What became of everything that was read.

/// What became of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// It replaces what was there under its id.
    Updated,
    /// It was there as it is.
    Unchanged,
    /// It is there from another place.
    Duplicate,
    /// It could not be read.
    Rejected,
}

/// Counts of a run. The law `read = added + updated + unchanged + duplicate + rejected` holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// Articles and rejects met.
    pub read: u64,
    /// New ones.
    pub added: u64,
    /// Those that replaced older ones.
    pub updated: u64,
    /// Those that were there as they are.
    pub unchanged: u64,
    /// Those that were there from another place.
    pub duplicate: u64,
    /// Those that could not be read.
    pub rejected: u64,
    /// Articles removed because their file is gone; not among those read.
    pub removed: u64,
    /// How many of those read have no date.
    pub undated: u64,
}

impl Account {
    /// Whether the law holds: everything read is accounted for, once.
    ///
    /// ```
    /// # use kronika::model::{Account, Outcome};
    /// let mut account = Account::default();
    /// account.count(Outcome::Added, true);
    /// account.count(Outcome::Rejected, false);
    /// assert!(account.holds());
    /// account.read += 1;
    /// assert!(!account.holds());
    /// ```
    pub fn holds(&self) -> bool {
        [
            self.added,
            self.updated,
            self.unchanged,
            self.duplicate,
            self.rejected,
        ]
        .into_iter()
        .try_fold(0, u64::checked_add)
            == Some(self.read)
    }

    /// Counts one more.
    pub fn count(&mut self, outcome: Outcome, is_undated: bool) {
        self.read += 1;
        self.undated += u64::from(is_undated);
        let place = match outcome {
            Outcome::Added => &mut self.added,
            Outcome::Updated => &mut self.updated,
            Outcome::Unchanged => &mut self.unchanged,
            Outcome::Duplicate => &mut self.duplicate,
            Outcome::Rejected => &mut self.rejected,
        };
        *place += 1;
    }
}

/// Something that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The file.
    pub path: String,
    /// Which record of it, from 1, where records can be told apart.
    pub record: Option<u64>,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The byte of the file, from 0, where it begins or breaks.
    pub byte: Option<u64>,
    /// Why: lower case, no full stop.
    pub reason: String,
}

impl std::fmt::Display for Reject {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        if let Some(byte) = self.byte {
            write!(formatter, ": byte {byte}")?;
        }
        write!(formatter, ": {}", self.reason)
    }
}
