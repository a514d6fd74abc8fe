//! Text as marks on paper: tokens, sentences and the folding of letters.
//!
//! Nothing here knows a language; what differs between languages is handed in.

pub mod fold;
pub mod hash;
pub mod sentences;
pub mod spelling;
pub mod tokens;

pub use fold::{MAX_FORM, fold, fold_letter, lower, normal_form};
pub use hash::{hash, mix};
pub use sentences::sentences;
pub use spelling::Spelling;
pub use tokens::{Tokens, tokens};
