//! What a tag says, as far as names need it.

/// A positional tag as the source dictionary writes it: `subst:sg:gen.acc:m1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag<'l>(&'l str);

/// The grammatical cases of Polish, in their usual order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// Kto? Co?
    Nominative,
    /// Kogo? Czego?
    Genitive,
    /// Komu? Czemu?
    Dative,
    /// Kogo? Co?
    Accusative,
    /// Z kim? Z czym?
    Instrumental,
    /// O kim? O czym?
    Locative,
    /// O!
    Vocative,
}

impl Case {
    /// All seven.
    pub const ALL: [Self; 7] = [
        Self::Nominative,
        Self::Genitive,
        Self::Dative,
        Self::Accusative,
        Self::Instrumental,
        Self::Locative,
        Self::Vocative,
    ];

    fn from_tag(part: &str) -> Option<Self> {
        Some(match part {
            "nom" => Self::Nominative,
            "gen" => Self::Genitive,
            "dat" => Self::Dative,
            "acc" => Self::Accusative,
            "inst" => Self::Instrumental,
            "loc" => Self::Locative,
            "voc" => Self::Vocative,
            _ => return None,
        })
    }
}

/// One or many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    /// One.
    Singular,
    /// Many.
    Plural,
}

/// The genders that names tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// Any of the three masculine genders.
    Masculine,
    /// Feminine.
    Feminine,
    /// Neuter.
    Neuter,
}

/// A set of cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Cases(u8);

impl Cases {
    /// Whether the case is one of them.
    pub fn contains(self, case: Case) -> bool {
        self.0 & 1 << case as u8 != 0
    }

    /// The set with one more.
    #[must_use]
    pub fn with(self, case: Case) -> Self {
        Self(self.0 | 1 << case as u8)
    }

    /// The cases in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A set of genders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Genders(u8);

impl Genders {
    /// Whether the gender is one of them.
    pub fn contains(self, gender: Gender) -> bool {
        self.0 & 1 << gender as u8 != 0
    }

    /// The set with one more.
    #[must_use]
    pub fn with(self, gender: Gender) -> Self {
        Self(self.0 | 1 << gender as u8)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl<'l> Tag<'l> {
    /// A tag in the notation of the source dictionary.
    pub fn new(text: &'l str) -> Self {
        Self(text)
    }

    /// The tag as the source writes it.
    pub fn text(self) -> &'l str {
        self.0
    }

    /// The part of speech: `subst`, `adj`, `fin` …
    pub fn part_of_speech(self) -> &'l str {
        self.0.split(':').next().unwrap_or_default()
    }

    fn values(self) -> impl Iterator<Item = &'l str> {
        self.0.split(':').skip(1).flat_map(|part| part.split('.'))
    }

    /// The cases it may stand in.
    pub fn cases(self) -> Cases {
        self.values()
            .filter_map(Case::from_tag)
            .fold(Cases::default(), Cases::with)
    }

    /// Whether it may stand for this number; words without number stand for both.
    pub fn has_number(self, number: Number) -> bool {
        let wanted = match number {
            Number::Singular => "sg",
            Number::Plural => "pl",
        };
        let mut numbers = self.values().filter(|value| matches!(*value, "sg" | "pl"));
        let mut any = false;
        numbers.any(|value| {
            any = true;
            value == wanted
        }) || !any
    }

    /// The genders it may have.
    pub fn genders(self) -> Genders {
        self.values()
            .filter_map(|value| match value {
                "m1" | "m2" | "m3" => Some(Gender::Masculine),
                "f" => Some(Gender::Feminine),
                "n" => Some(Gender::Neuter),
                _ => None,
            })
            .fold(Genders::default(), Genders::with)
    }
}

/// What sorts of name a word is; several may apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct NameClass(u8);

impl NameClass {
    /// No name at all, or none of these.
    pub const NONE: Self = Self(0);
    /// A first name.
    pub const FIRST_NAME: Self = Self(1);
    /// A surname.
    pub const SURNAME: Self = Self(2);
    /// A place.
    pub const PLACE: Self = Self(4);
    /// An organization, company or institution.
    pub const ORGANIZATION: Self = Self(8);
    /// A word that is part of a name of several words.
    pub const PART: Self = Self(16);
    /// Another proper name: brand, pseudonym, title, star …
    pub const OTHER: Self = Self(32);

    /// Reads the source's own words for it.
    pub(super) fn of(text: &str) -> Self {
        let mut class = Self::NONE;
        for part in text.split('|').filter(|part| !part.is_empty()) {
            class.0 |= match part {
                "imię" => Self::FIRST_NAME.0,
                "nazwa_geograficzna" => Self::PLACE.0,
                "nazwa_organizacji" | "nazwa_firmy" | "nazwa_instytucji" => Self::ORGANIZATION.0,
                "nazwa_pospolita" | "nazwa pospolita" | "pospolita" => 0,
                _ if part.starts_with("nazwisko") => Self::SURNAME.0,
                _ if part.starts_with("człon_") => Self::PART.0,
                _ => Self::OTHER.0,
            };
        }
        class
    }

    /// Whether any of the sorts in `other` applies.
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sorts.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
