//! What the file of names says, its mistakes and its edits.
