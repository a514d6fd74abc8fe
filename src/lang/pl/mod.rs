//! Polish.

use super::Language;

/// Polish, by the dictionary SGJP.
pub const POLISH: Language = Language {
    code: "pl",
    lemmas: |_, _| {},
    spellings: |_, _| {},
    is_abbreviation: |_| false,
    name_bases: |_, _| {},
};
