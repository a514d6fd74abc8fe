//! What a word can be, as far as the recogniser of names asks.

use super::lexicon::Cases;

/// A set of things that a word, as written, can be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Traits {
    bits: u32,
    /// The grammatical cases it can stand in as a name; none where that is not known.
    pub cases: Cases,
}

/// One thing that a word can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trait {
    /// The dictionary holds it.
    Known,
    /// It is also a word that is written without a capital.
    Common,
    /// A first name, by the dictionary.
    FirstName,
    /// A surname, by the dictionary.
    Surname,
    /// A place, by the dictionary.
    Place,
    /// An organization, by the dictionary.
    Organization,
    /// A word that is part of a name of several words.
    Part,
    /// Another proper name: a brand, a star, a title.
    OtherName,
    /// A member of a people: written with a capital, no name.
    People,
    /// A noun that needs no capital.
    Noun,
    /// An adjective or participle.
    Adjective,
    /// A verb.
    Verb,
    /// A preposition.
    Preposition,
    /// A conjunction.
    Conjunction,
    /// A pronoun, numeral, adverb or particle.
    Function,
    /// A noun that stands before a person's name: "prezydent".
    Role,
    /// A noun that begins the name of an organization: "ministerstwo".
    OrganizationHead,
    /// A noun that begins the name of a place: "ulica".
    PlaceHead,
    /// A word inside a person's name: "von".
    NameParticle,
    /// Written with a capital and no name all the same: "VAT", "Monday".
    Thing,
    /// A month or a day of the week.
    Calendar,
    /// A country, territory or continent.
    Country,
    /// On a list of first names.
    ListedFirstName,
    /// On a list of surnames.
    ListedSurname,
    /// On a list of towns.
    ListedPlace,
}

impl Traits {
    /// The set with one more.
    #[must_use]
    pub fn with(mut self, one: Trait) -> Self {
        self.bits |= 1 << one as u32;
        self
    }

    /// The set with one more, where `holds`.
    #[must_use]
    pub fn when(self, holds: bool, one: Trait) -> Self {
        if holds { self.with(one) } else { self }
    }

    /// Whether the word can be that.
    pub fn has(self, one: Trait) -> bool {
        self.bits & 1 << one as u32 != 0
    }

    /// The set as a number, a bit for each trait in their order.
    pub fn bits(self) -> u32 {
        self.bits
    }
}
