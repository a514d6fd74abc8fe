//! Tellings that are of one meeting, and some that are not.
