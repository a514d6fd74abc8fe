//! The query language: text to [`Query`], and back.
//!
//! | written | finds articles |
//! |---|---|
//! | `spotkanie Putin` | with both words, each in any of its forms |
//! | `spotkanie OR rozmowa` | with one of them; `AND` binds tighter, and may be left out |
//! | `-szczyt`, `NOT szczyt` | without the word; alone, every article without it |
//! | `(spotkanie OR rozmowa) Putin` | brackets group, at most 64 deep |
//! | `polsko-rosyjski`, `MSZ-u` | a hyphen inside a word belongs to the word |
//! | `"okrągły stół"` | with these words side by side, in any form; `„ ”` and `« »` do as well |
//! | `"okrągły stół"~3` | the same, the words moved by at most 3 places in all (at most 100) |
//! | `=Putina`, `"=Putina spotkanie"` | with this very form of the word |
//! | `="okrągłego stołu"` | with these very forms side by side |
//! | `spotk*` | with a word that begins so |
//! | `/spotka(ł\|li)/` | with a word that matches as a whole; a slash inside is written `\/` |
//! | `(Merkel person:Putin)~s` | with all of it within one sentence |
//! | `*`, or nothing at all | all there are |
//! | `person:Tuskiem`, `person:"Donald Tusk"`, `person:Kowal*` | that name a person so; `osoba:` |
//! | `org:NATO` | that name an organization; `organization: organizacja:` |
//! | `place:Kijów` | that name a place; `miejsce:` |
//! | `product:Leopard` | that name a product; `produkt: wytwór: wytwor:` |
//! | `eventname:"Euro 2012"` | that name an event; `nazwazdarzenia:` |
//! | `met:Putin`, `met:"Donald Tusk"`, `met:Kowal*` | that tell of a meeting in which one of this name takes part; `spotkał: spotkal:` |
//! | `event:2023-02-17` | that speak of these days; `zdarzenie:` |
//! | `date:2023-02`, `date:2022..2023-03`, `date:7d`, `date:"15 lutego 2023"` | published in these days; `data:` |
//! | `date:none` | published on no known day; `date:brak` |
//! | `title:szczyt` | with it in the title; takes every pattern above; `tytuł: tytul:` |
//! | `lang:pl` | in this language, by its code of two letters; `language: język: jezyk:` |
//! | `source:onet.pl`, `source:onet*` | from this publisher, host or path; `źródło: zrodlo:` |
//! | `id:gazeta/2023.jsonl#7` | this very article |
//!
//! `AND`, `OR`, `NOT` count in capitals only, `or` and `i` are words.
//! Names of fields count in any case, and no space follows their colon.
//! In quotes nothing has a meaning but `=` before a word, and punctuation between words is left out;
//! `\` takes the meaning from a following quote, `\`, `*` or `=`.
//! One word in quotes is a word: `"OR"`, `"12:30"`.
//! A field stands before one value: `(person:Tusk OR person:Merkel)`, not `person:(…)`.
//! A sentence holds words, forms, phrases, beginnings and names, joined by `AND` and `OR`.
//!
//! Nothing that is written is ignored: each piece acts, or is a [`Mistake`] with its place and a hint.
//!
//! ```
//! use kronika::{model::{DateMatch, Day}, query};
//!
//! let today = Day::new(2023, 2, 20).expect("a day");
//! let query = query::parse("(Putin OR Scholz) -„okrągły stół”", today, DateMatch::Overlaps)?;
//! assert_eq!(query.to_string(), r#"(Putin OR Scholz) -"okrągły stół""#);
//!
//! let mistake = query::parse("osba:Putin", today, DateMatch::Overlaps).expect_err("no such field");
//! assert_eq!(mistake.to_string(), "unknown field: `osba`");
//! assert_eq!(mistake.caret(), "osba:Putin\n^^^^");
//! # Ok::<(), kronika::Mistake>(())
//! ```

mod fault;
mod fields;
mod lexer;
mod parser;
mod signs;
mod terms;
mod write;

#[cfg(test)]
mod tests;

use crate::Mistake;
use crate::model::{DateMatch, Day, Query};

/// Reads a query; `today` is what relative dates count from, `date_match` what `date:` means by them.
///
/// In what it returns no [`Query::And`] stands right inside another, no [`Query::Or`] either,
/// both have two members or more, and a [`Query::Not`] may stand anywhere, alone too.
pub fn parse(text: &str, today: Day, date_match: DateMatch) -> Result<Query, Mistake> {
    lexer::tokens(text)
        .and_then(|tokens| parser::parse(&tokens, terms::Settings { today, date_match }))
        .map_err(|fault| fault.in_text(text))
}

/// The canonical notation of a query, which [`parse`] reads back as the same query.
///
/// Days are written as dates of the calendar, so the text means the same on any day.
/// How dates match is not part of the notation.
pub fn to_text(query: &Query) -> String {
    query.to_string()
}
