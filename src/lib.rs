//! Kronika indexes dated news and answers who met whom, and when.
//!
//! ```text
//! files ─ source ─▶ Article ─ annotate ─▶ Document ─ index ─▶ Tantivy index on disk
//!                                                                 │
//! text ── query ─▶ Query ───── searcher ─────▶ Hits ─ render ─▶ bytes
//! ```
//!
//! Data flows one way, through the plain types of [`model`].
//!
//! | folder | turns | into |
//! |---|---|---|
//! | `source` | bytes of any kind of file | articles, and rejects with their place |
//! | `annotate` | an article | a document: language, sentences, names |
//! | `index` | documents; a query | an index on disk; hits in a total order |
//! | `names` | two names | how near they are, and why |
//! | `entities` | the names of an index | who is who; a typed name as the names that are meant |
//! | `meetings` | meetings as each article tells them | one meeting with all its proofs |
//! | `aliases` | the user's own file of names | what stands for what, or its mistakes |
//! | `query` | what a user typed | a query, or a mistake with its place and a hint |
//! | `dates` | a date as people type it | days |
//! | `terms` | words of a text or query | what an engine stores and looks for |
//! | `lang` | | all that differs between languages: data, rules and examples, side by side |
//! | `text` | | tokens, sentences and letters, whatever the language |
//! | `render` | hits, documents, accounts | text, JSON, CSV |
//! | `ingest` | files | an index brought up to date |
//! | `verify` | an index, and files | what is wrong with it, and how they differ |
//! | `cli` | arguments | one verb, one file |
//!
//! # What is absent
//!
//! These hold by tests (`tests/it/tidy.rs`):
//!
//! - Only `index` knows Tantivy.
//! - Only `main` reads the clock: today is handed down.
//! - Nothing in `model` does input or output, or knows JSON.
//! - The arrows between the folders never turn back.
//! - Nothing speaks to a network.
//!
//! And these by their types: `annotate` cannot fail; a [`model::Span`] cannot end before it
//! begins, nor a [`model::PartialDate`]; an index is never half written.
//!
//! # Example
//!
//! ```
//! use kronika::annotate::{self, annotate};
//! use kronika::model::Article;
//!
//! let article = Article::new("1", "W Genewie Joe Biden rozmawiał z Władimirem Putinem.");
//! let document = annotate(article, annotate::Options::default());
//! let names: Vec<&str> = document.entities.iter().map(|entity| entity.name.as_str()).collect();
//! assert_eq!(names, ["Genewa", "Joe Biden", "Władimir Putin"]);
//! ```

pub mod aliases;
pub mod annotate;
pub mod cli;
pub mod dates;
pub mod entities;
pub mod error;
#[doc(hidden)]
pub mod fuzz;
pub mod graph;
pub mod index;
pub mod ingest;
pub mod lang;
pub mod meetings;
pub mod model;
pub mod names;
pub mod query;
pub mod render;
pub mod source;
pub mod terms;
pub mod text;
pub mod timeline;
pub mod verify;

pub use error::{Error, FileMistake, Mistake, Result};
