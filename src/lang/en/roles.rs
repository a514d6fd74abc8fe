//! English nouns that describe a person, and the words around them.

use std::sync::LazyLock;

use super::super::lists::{self, WordList};
use super::super::roles::{Roles, office_of};
use super::{KNOWN, without_possessive};
use crate::text::normal_form;

static NOUNS: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/roles.txt")));
static OFFICES: LazyLock<WordList> =
    LazyLock::new(|| lists::rows(include_str!("data/offices.txt")));
static NO_ONE: LazyLock<WordList> = LazyLock::new(|| lists::words(include_str!("data/no_one.txt")));

pub(super) const ROLES: Roles = Roles {
    noun: |word| {
        let form = normal_form(word);
        let bare = without_possessive(&form);
        NOUNS.contains_key(bare).then(|| bare.to_owned())
    },
    office: |noun| OFFICES.get(noun).copied().and_then(office_of),
    country: |word| {
        let mut countries = KNOWN.countries_of_adjective(word);
        let code = countries.next()?.code;
        countries.next().is_none().then_some(code)
    },
    bars: |word| NO_ONE.contains_key(normal_form(word).as_str()),
    may_follow: |word| word.is_some_and(|word| word.eq_ignore_ascii_case("the")),
    may_precede: |word| word != "of" && word != "elect" && word.starts_with(char::is_lowercase),
};
