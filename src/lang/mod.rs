//! Everything that differs between languages, and nothing else.
//!
//! To add a language: copy the folder of the nearest one, write its examples, change its data
//! until they pass, and add one line to [`LANGUAGES`].

use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

use crate::model::{EntityKind, Reading};
use crate::text::{Spelling, lower};
use gazetteer::Gazetteer;
use lexicon::Gender;
pub use traits::{Trait, Traits};

pub mod calendar;
pub mod customs;
pub mod dates;
pub mod en;
pub mod fingerprints;
pub mod gazetteer;
pub mod gender;
pub mod grammar;
pub mod known;
pub mod lexicon;
pub mod lists;
pub mod pl;
pub mod roles;
pub mod small_words;
pub mod tense;
pub mod traits;

/// Takes texts one at a time, so that nothing has to be allocated for them.
pub type Sink<'a> = &'a mut dyn FnMut(&str);

/// What Kronika knows about one language.
#[derive(Debug)]
pub struct Language {
    /// Two letters (ISO 639-1), or `und` for the one that stands for all others.
    pub code: &'static str,
    /// Gives the lemmas of a lower-case form to the sink, each once, in lower case.
    /// Gives none when it knows none. `written_small` says that the word had no capital, which
    /// rules names out where there is another reading.
    pub lemmas: fn(form: &str, written_small: bool, sink: Sink<'_>),
    /// Every reading of a lower-case form, sorted, each once.
    pub readings: fn(form: &str) -> Vec<Reading>,
    /// Gives the forms in the dictionary that the spelling accepts.
    pub spellings: fn(spelling: &Spelling, sink: Sink<'_>),
    /// Whether a word before a full stop is an abbreviation that does not end a sentence.
    pub is_abbreviation: fn(word: &str) -> bool,
    /// Gives what a lower-case word of a name may be in its base form, besides itself.
    pub name_bases: fn(form: &str, sink: Sink<'_>),
    /// Tells what a word, as written, can be in a name.
    pub hints: fn(word: &str) -> Hints,
    /// Tells what a lower-case form can be, for the recogniser of names.
    pub traits: fn(form: &str) -> Traits,
    /// Its well-known names; none for a language without a folder.
    pub gazetteer: fn() -> Option<&'static Gazetteer>,
    /// What was learnt about its names from annotated text; none for a language without a folder.
    pub model: Option<&'static [u8]>,
    /// Which column of the list of territories holds its names.
    pub territories: usize,
    /// Puts the words of a name in their base form, given the word before it.
    pub base_name: fn(words: &[&str], kind: EntityKind, before: Option<&str>) -> String,
    /// Gives what a name, as written, may be in its base form, the likeliest first. Never empty.
    pub name_candidates:
        fn(name: &str, kind: EntityKind, context: &Context<'_>) -> Rc<[NameCandidate]>,
    /// How many bytes at the end of a name's last word, as written, are no part of it: `'s`.
    pub outside: fn(word: &str) -> usize,
    /// Small words before a name that are no part of it, in lower case.
    pub articles: &'static [&'static str],
    /// Whether the noun that a name of several words rests on may come last: "European Commission".
    pub noun_last: bool,
    /// What the hand-written lists say of countries and organizations.
    pub known: fn() -> &'static known::Known,
    /// What tells a man from a woman.
    pub genders: gender::Genders,
    /// Nouns that describe a person.
    pub roles: roles::Roles,
    /// How it builds sentences that tell of a meeting.
    pub grammar: grammar::Grammar,
    /// The tense of a lower-case form that is a finite verb for sure.
    pub tense: fn(form: &str) -> Option<tense::Tense>,
    /// How it tells dates; none for a language without a folder.
    pub dates: fn() -> Option<&'static dates::Grammar>,
}

/// What stands to the left of a name, in its sentence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Context<'t> {
    /// The word before it; none where a sentence begins with the name.
    pub before: Option<&'t str>,
    /// The word before that.
    pub earlier: Option<&'t str>,
    /// Whether more than a space parts the name from the word before: a comma, a bracket.
    pub is_apart: bool,
    /// Whether nothing is known of where the name stands.
    pub is_alone: bool,
}

/// What a name may be in its base form.
#[derive(Debug, Clone, PartialEq)]
pub struct NameCandidate {
    /// The whole name in its base form.
    pub base: String,
    /// How likely it is, from 0 to 1.
    pub weight: f32,
    /// The gender it has then, if that is known.
    pub gender: Option<Gender>,
    /// Whether it is a plural: "Stany Zjednoczone", "Kaczyńscy".
    pub plural: bool,
}

impl NameCandidate {
    /// The only candidate of a language in which names do not change.
    pub fn only(base: String) -> Rc<[Self]> {
        Rc::new([Self {
            base,
            weight: 1.0,
            gender: None,
            plural: false,
        }])
    }
}

/// What a word can be in a name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hints {
    /// The dictionary holds it.
    pub known: bool,
    /// It is also a word that is written without a capital.
    pub common: bool,
    /// A first name.
    pub first_name: bool,
    /// A surname.
    pub surname: bool,
    /// A place.
    pub place: bool,
    /// An organization.
    pub organization: bool,
    /// A member of a people: written with a capital, no name.
    pub people: bool,
    /// A noun that stands before a person's name: "prezydent".
    pub role: bool,
    /// A noun that begins the name of an organization: "ministerstwo".
    pub organization_head: bool,
    /// A noun that begins the name of a place: "ulica".
    pub place_head: bool,
    /// A word inside a person's name: "von".
    pub particle: bool,
    /// Written with a capital and no name all the same: "VAT", "Monday".
    pub thing: bool,
    /// A preposition.
    pub preposition: bool,
    /// An adjective.
    pub adjective: bool,
}

/// The languages that have a folder here, Polish first.
pub const LANGUAGES: [&Language; 2] = [&pl::POLISH, &en::ENGLISH];

/// Any other language: words are found as they are written.
pub const OTHER: Language = Language {
    code: "und",
    lemmas: |_, _, _| {},
    readings: |_| Vec::new(),
    spellings: |_, _| {},
    is_abbreviation: |_| false,
    name_bases: |_, _| {},
    hints: |_| Hints::default(),
    traits: |_| Traits::default(),
    gazetteer: || None,
    model: None,
    territories: 0,
    base_name: |words, _, _| words.join(" "),
    outside: |_| 0,
    articles: &[],
    noun_last: false,
    known: || {
        static NOTHING: LazyLock<known::Known> = LazyLock::new(known::Known::default);
        &NOTHING
    },
    genders: gender::UNKNOWN,
    roles: roles::UNKNOWN,
    grammar: grammar::UNKNOWN,
    tense: |_| None,
    dates: || None,
    name_candidates: |name, _, _| NameCandidate::only(name.to_owned()),
};

/// The language of this code, or [`OTHER`].
pub fn by_code(code: &str) -> &'static Language {
    LANGUAGES
        .into_iter()
        .find(|language| language.code == code)
        .unwrap_or(&OTHER)
}

/// Other names of the organization or country of this name, in every language that lists it:
/// "UE" is "Unia Europejska" and "European Union", and "Rosja" is "Russia". None where the name
/// stands for several.
pub fn other_names(kind: EntityKind, name: &str) -> BTreeSet<&'static str> {
    let mut others = BTreeSet::new();
    match kind {
        EntityKind::Organization => {
            let mut asked = vec![name];
            while let Some(name) = asked.pop() {
                for language in LANGUAGES {
                    let mut found = (language.known)().organizations_named(name);
                    if let (Some(one), None) = (found.next(), found.next()) {
                        // Acronyms are of other bodies in other languages.
                        for other in one.names() {
                            if others.insert(other) && !known::is_acronym(other) {
                                asked.push(other);
                            }
                        }
                    }
                }
            }
        }
        EntityKind::Place => {
            let all = || LANGUAGES.into_iter().map(|language| (language.known)());
            let code = all().find_map(|known| Some(known.country(name)?.code));
            let countries = all().flat_map(known::Known::countries);
            let same = countries.filter(|country| Some(country.code) == code);
            others.extend(same.flat_map(known::Country::names));
        }
        EntityKind::Person | EntityKind::Event | EntityKind::Product => {}
    }
    others.retain(|other| *other != name);
    others
}

/// The dictionaries and rules that analysis rests on, for the index to remember.
pub fn version() -> String {
    format!(
        "words 2, names 4, dates 2, meetings 2, {}",
        pl::lexicon().id()
    )
}

/// Whether this is the name of a country, territory or continent in Polish or English.
pub fn is_territory(name: &str) -> bool {
    static TERRITORIES: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let names = [1, 2].into_iter().flat_map(lists::territories);
        names.collect()
    });
    let mut key = String::new();
    lower(name, &mut key);
    TERRITORIES.contains(&key)
}
