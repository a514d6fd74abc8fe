//! What a tag says, as far as names need it.

/// A positional tag as the source dictionary writes it: `subst:sg:gen.acc:m1`.
///
/// What names need of it is read once, so that asking is cheap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag<'l> {
    text: &'l str,
    part: PartOfSpeech,
    cases: Cases,
    genders: Genders,
    /// Bit 0: singular, bit 1: plural.
    numbers: u8,
    personal: bool,
}

/// Parts of speech, as far as they are told apart here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartOfSpeech {
    /// Noun (`subst`, `depr`).
    Noun,
    /// Adjective that declines (`adj`).
    Adjective,
    /// Other forms of adjectives: "polsko-" (`adja`), "polsku" (`adjp`), "ciekaw" (`adjc`).
    AdjectiveForm,
    /// Adverb (`adv`).
    Adverb,
    /// Numeral (`num`, `numcomp`).
    Numeral,
    /// Pronoun that stands for a noun (`ppron12`, `ppron3`, `siebie`).
    Pronoun,
    /// Verb in a form that tells the person or the past (`fin`, `praet`, `bedzie`, `impt`, `imps`,
    /// `cond`, `winien`, `pred` …).
    Verb,
    /// Infinitive (`inf`).
    Infinitive,
    /// Noun made of a verb: "spotkanie" (`ger`).
    Gerund,
    /// Adverb made of a verb: "idąc" (`pcon`, `pant`).
    AdverbialParticiple,
    /// Adjective made of a verb: "idący", "widziany" (`pact`, `ppas`, `pacta`).
    Participle,
    /// Preposition (`prep`).
    Preposition,
    /// Conjunction (`conj`, `comp`).
    Conjunction,
    /// Particle (`part`, `qub`).
    Particle,
    /// Interjection (`interj`).
    Interjection,
    /// Abbreviation (`brev`).
    Abbreviation,
    /// Ending that only continues another word (`aglt`).
    Ending,
    /// Anything else.
    Other,
}

impl PartOfSpeech {
    fn from_tag(part: &str) -> Self {
        match part {
            "subst" | "depr" => Self::Noun,
            "adj" => Self::Adjective,
            "adja" | "adjp" | "adjc" => Self::AdjectiveForm,
            "adv" => Self::Adverb,
            "num" | "numcomp" | "numcol" => Self::Numeral,
            "ppron12" | "ppron3" | "siebie" => Self::Pronoun,
            "fin" | "praet" | "bedzie" | "impt" | "imps" | "cond" | "winien" | "pred" | "refl" => {
                Self::Verb
            }
            "inf" => Self::Infinitive,
            "ger" => Self::Gerund,
            "pcon" | "pant" => Self::AdverbialParticiple,
            "pact" | "ppas" | "pacta" => Self::Participle,
            "prep" => Self::Preposition,
            "conj" | "comp" => Self::Conjunction,
            "part" | "qub" => Self::Particle,
            "interj" => Self::Interjection,
            "brev" => Self::Abbreviation,
            "aglt" => Self::Ending,
            _ => Self::Other,
        }
    }
}

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

    /// The set as a number, a bit for each case in their usual order.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// The cases, in their usual order.
    pub fn iter(self) -> impl Iterator<Item = Case> {
        Case::ALL
            .into_iter()
            .filter(move |case| self.contains(*case))
    }
}

/// A set of genders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Genders(u8);

impl Genders {
    /// The genders in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

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
        let mut parts = text.split(':');
        let mut tag = Self {
            text,
            part: PartOfSpeech::from_tag(parts.next().unwrap_or_default()),
            cases: Cases::default(),
            genders: Genders::default(),
            numbers: 0,
            personal: false,
        };
        for value in parts.flat_map(|part| part.split('.')) {
            if let Some(case) = Case::from_tag(value) {
                tag.cases = tag.cases.with(case);
            }
            match value {
                "sg" => tag.numbers |= 1,
                "pl" => tag.numbers |= 2,
                "m1" => {
                    tag.personal = true;
                    tag.genders = tag.genders.with(Gender::Masculine);
                }
                "m2" | "m3" => tag.genders = tag.genders.with(Gender::Masculine),
                "f" => tag.genders = tag.genders.with(Gender::Feminine),
                "n" => tag.genders = tag.genders.with(Gender::Neuter),
                _ => {}
            }
        }
        tag
    }

    /// The tag as the source writes it.
    pub fn text(self) -> &'l str {
        self.text
    }

    /// The part of speech as the source calls it: `subst`, `adj`, `fin` …
    pub fn part_of_speech(self) -> &'l str {
        self.text.split(':').next().unwrap_or_default()
    }

    /// The part of speech.
    pub fn part(self) -> PartOfSpeech {
        self.part
    }

    /// The cases it may stand in.
    pub fn cases(self) -> Cases {
        self.cases
    }

    /// Whether it may stand for this number; words without number stand for both.
    pub fn has_number(self, number: Number) -> bool {
        let wanted = match number {
            Number::Singular => 1,
            Number::Plural => 2,
        };
        self.numbers == 0 || self.numbers & wanted != 0
    }

    /// The genders it may have.
    pub fn genders(self) -> Genders {
        self.genders
    }

    /// Whether it may be masculine personal (`m1`): men, and groups with a man among them.
    pub fn is_personal(self) -> bool {
        self.personal
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
