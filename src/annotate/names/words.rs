//! What is known of a word by itself, worked out once for each word.

use std::collections::HashMap;

use crate::lang::small_words::small_word;
use crate::lang::{Language, Trait, Traits, gazetteer};
use crate::text::{hash, mix, normal_form};

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// In small letters.
    Small,
    /// With a capital in front.
    Capital,
    /// One capital letter.
    Initial,
    /// In capitals.
    Capitals,
    /// With capitals elsewhere: `iPhone`, `McDonald`.
    Mixed,
    /// Digits alone.
    Digits,
    /// Letters and digits.
    Coded,
    /// In a sentence that is all in capitals, so that they say nothing.
    Shouted,
    /// In a script without capitals.
    Caseless,
}

impl Shape {
    fn of(word: &str, shouted: bool) -> Self {
        let mut letters = 0;
        let mut capitals = 0;
        let mut smalls = 0;
        let mut digits = 0;
        let mut first_is_capital = false;
        for (index, letter) in word.chars().enumerate() {
            if letter.is_uppercase() {
                capitals += 1;
                first_is_capital |= index == 0;
            } else if letter.is_lowercase() {
                smalls += 1;
            }
            if letter.is_alphabetic() {
                letters += 1;
            } else if letter.is_numeric() {
                digits += 1;
            }
        }
        match () {
            () if letters == 0 => Self::Digits,
            () if digits > 0 => Self::Coded,
            () if capitals == 0 && smalls == 0 => Self::Caseless,
            () if capitals == 0 => Self::Small,
            () if shouted && smalls == 0 => Self::Shouted,
            () if capitals == 1 && letters == 1 => Self::Initial,
            () if smalls == 0 => Self::Capitals,
            () if capitals == 1 && first_is_capital => Self::Capital,
            () => Self::Mixed,
        }
    }

    /// Whether a word of this shape can begin a name.
    pub fn may_name(self) -> bool {
        !matches!(self, Self::Small | Self::Digits)
    }
}

/// A word with everything about it that does not depend on where it stands.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its features, each with how far from the word it still counts, in tokens.
    pub features: Vec<Feature>,
    /// How it is written.
    pub shape: Shape,
    /// Whether it tells a father from a son: "Jr".
    pub generation: bool,
    /// What it can be.
    pub traits: Traits,
    /// Its sort, one of a few dozen.
    pub sort: u64,
    /// Shape and traits together.
    pub fine: u64,
    /// Its form in small letters.
    pub form: u64,
    /// Its first lemma.
    pub lemma: u64,
    /// What it may be in the base form of a name; the form itself where it is written small.
    pub bases: Vec<u64>,
    /// What forms of one name are likely to share: the first letters.
    pub key: u64,
}

/// A feature of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Which it is.
    pub hash: u64,
    /// It counts for tokens so far away.
    pub reach: u8,
    /// Whether it names the word, so that learning must not rely on it alone.
    pub lexical: bool,
}

/// How many letters at the start of a word forms of one name share.
const KEY_LETTERS: usize = 4;

impl Word {
    /// Describes a word as written.
    pub fn new(text: &str, shouted: bool, language: &'static Language) -> Self {
        let form = normal_form(text);
        let shape = Shape::of(text, shouted);
        let traits = (language.traits)(&form);
        let sort = sort(shape, traits);
        let key = form
            .char_indices()
            .nth(KEY_LETTERS)
            .map_or(form.as_str(), |(end, _)| {
                form.get(..end).unwrap_or_default()
            });
        let mut word = Self {
            features: Vec::new(),
            shape,
            generation: small_word(&form).generation,
            traits,
            sort,
            fine: mix(u64::from(traits.bits()), shape as u64),
            form: hash(form.as_bytes()),
            lemma: 0,
            bases: if shape.may_name() {
                gazetteer::bases(text, language)
            } else {
                vec![hash(form.as_bytes())]
            },
            key: hash(key.as_bytes()),
        };
        let written_small = shape == Shape::Small;
        (language.lemmas)(&form, written_small, &mut |lemma| {
            let lemma = hash(lemma.as_bytes());
            if word.lemma == 0 {
                word.lemma = lemma;
            }
            word.add(1, lemma, 2, true);
        });
        if word.lemma == 0 {
            word.lemma = word.form;
        }
        word.add(2, word.form, 1, true);
        word.add(3, word.sort, 2, false);
        word.add(4, word.fine, 1, false);
        word.add(5, shape as u64, 2, false);
        for bit in 0..u32::BITS {
            if traits.bits() & 1 << bit != 0 {
                word.add(6, mix(u64::from(bit), shape as u64), 1, false);
            }
        }
        word.add(7, u64::from(traits.cases.bits()), 1, false);
        word.add(8, mix(word.form, shape as u64), 0, true);
        word.add(9, mix(word.lemma, shape as u64), 0, true);
        word.add(10, pattern(text), 0, false);
        let letters: Vec<(usize, char)> = form.char_indices().collect();
        for length in 1..=5 {
            let lexical = length > 3;
            if let Some((start, _)) = letters
                .len()
                .checked_sub(length)
                .and_then(|at| letters.get(at))
            {
                let end = form.get(*start..).unwrap_or_default();
                let reach = u8::from(length == 3);
                word.add(10 + length as u64, hash(end.as_bytes()), reach, lexical);
                if length == 2 || length == 3 {
                    let shaped = mix(hash(end.as_bytes()), shape as u64);
                    word.add(25 + length as u64, shaped, 0, lexical);
                }
            }
            if let Some((end, _)) = letters.get(length) {
                let start = form.get(..*end).unwrap_or_default();
                word.add(20 + length as u64, hash(start.as_bytes()), 0, lexical);
            }
        }
        word
    }

    fn add(&mut self, template: u64, value: u64, reach: u8, lexical: bool) {
        self.features.push(Feature {
            hash: mix(value, template),
            reach,
            lexical,
        });
    }

    /// Whether it can be the first name of somebody.
    pub fn is_first_name(&self) -> bool {
        self.shape.may_name()
            && (self.traits.has(Trait::FirstName) || self.traits.has(Trait::ListedFirstName))
    }
}

/// The sort of a word: for words written small by part of speech, for others by what they name.
fn sort(shape: Shape, traits: Traits) -> u64 {
    use Trait as T;
    let has = |one| traits.has(one);
    let small = [
        T::Preposition,
        T::Role,
        T::OrganizationHead,
        T::PlaceHead,
        T::Calendar,
        T::NameParticle,
        T::Conjunction,
        T::Function,
        T::Verb,
        T::Adjective,
        T::Noun,
        T::Known,
    ];
    let rank = |list: &[Trait]| list.iter().position(|one| has(*one)).unwrap_or(list.len()) as u64;
    match shape {
        Shape::Small => rank(&small),
        Shape::Capital | Shape::Shouted | Shape::Mixed => {
            let name = match () {
                () if has(T::Country) => 0,
                () if has(T::FirstName) && has(T::Surname) => 1,
                () if has(T::FirstName) => 2,
                () if has(T::Place) && has(T::Surname) => 3,
                () if has(T::Place) => 4,
                () if has(T::Surname) => 5,
                () if has(T::People) => 6,
                () if has(T::Organization) => 7,
                () if has(T::Part) || has(T::OtherName) => 8,
                () if has(T::Known) => 9,
                () if has(T::ListedFirstName) => 10,
                () if has(T::ListedPlace) && has(T::ListedSurname) => 11,
                () if has(T::ListedPlace) => 12,
                () if has(T::ListedSurname) => 13,
                () => 14,
            };
            let common = match () {
                () if has(T::Role) => 0,
                () if has(T::OrganizationHead) => 1,
                () if has(T::PlaceHead) => 2,
                () if has(T::Preposition) || has(T::Conjunction) || has(T::Function) => 3,
                () if has(T::Adjective) => 4,
                () if has(T::Common) => 5,
                () => 6,
            };
            32 + 8 * name + common
        }
        _ => {
            200 + 4 * shape as u64 + u64::from(has(T::Known)) + 2 * u64::from(has(T::Organization))
        }
    }
}

/// Capitals, small letters, digits and others, runs of more than two cut to two.
fn pattern(text: &str) -> u64 {
    let mut state = 0;
    let mut last = (0, 0);
    for letter in text.chars().take(24) {
        let class = match letter {
            _ if letter.is_uppercase() => 1,
            'q' | 'v' | 'x' => 2,
            _ if letter.is_lowercase() && letter > '\u{7f}' && !"ąćęłńóśźż".contains(letter) => {
                3
            }
            _ if letter.is_lowercase() => 4,
            _ if letter.is_numeric() => 5,
            _ if letter.is_alphabetic() => 6,
            _ => 7,
        };
        last = (class, if last.0 == class { last.1 + 1 } else { 1 });
        if last.1 <= 2 {
            state = mix(state, class);
        }
    }
    state
}

/// The words met so far, so that each is described once.
#[derive(Debug)]
pub struct Words {
    language: &'static Language,
    places: [HashMap<Box<str>, u32, foldhash::fast::RandomState>; 2],
    all: Vec<Word>,
}

impl Words {
    /// None yet.
    pub fn new(language: &'static Language) -> Self {
        Self {
            language,
            places: [HashMap::default(), HashMap::default()],
            all: Vec::new(),
        }
    }

    /// The number of a word, described now if it is new.
    pub fn number(&mut self, text: &str, shouted: bool) -> u32 {
        let [plain, in_capitals] = &mut self.places;
        let places = if shouted { in_capitals } else { plain };
        if let Some(&number) = places.get(text) {
            return number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(Word::new(text, shouted, self.language));
        places.insert(text.into(), number);
        number
    }

    /// The word of this number, which [`Words::number`] gave.
    pub fn word(&self, number: u32) -> Option<&Word> {
        self.all.get(number as usize)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.places.iter_mut().for_each(HashMap::clear);
        self.all.clear();
    }
}

/// Whether most letters of a sentence are capitals, so that they say nothing about names.
pub fn is_shouted(sentence: &str) -> bool {
    let mut capitals = 0;
    let mut smalls = 0;
    let mut words = 0;
    let mut inside = false;
    for letter in sentence.chars() {
        capitals += usize::from(letter.is_uppercase());
        smalls += usize::from(letter.is_lowercase());
        let begins = letter.is_alphabetic() && !inside;
        words += usize::from(begins);
        inside = letter.is_alphabetic();
    }
    words >= 3 && capitals > 12 && capitals > 4 * smalls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::pl::POLISH;

    #[test]
    fn shapes() {
        use Shape::{Capital, Capitals, Caseless, Coded, Digits, Initial, Mixed, Shouted, Small};
        for (text, expected, when_shouted) in [
            ("tusk", Small, Small),
            ("łódź", Small, Small),
            ("ß", Small, Small),
            ("Tusk", Capital, Capital),
            ("Farage'a", Capital, Capital),
            ("Żółć", Capital, Capital),
            ("e\u{301}", Small, Small),
            ("E\u{301}", Initial, Shouted),
            ("J", Initial, Shouted),
            ("NATO", Capitals, Shouted),
            ("ŁÓDŹ", Capitals, Shouted),
            ("PiS", Mixed, Mixed),
            ("iPhone", Mixed, Mixed),
            ("McDonald", Mixed, Mixed),
            ("O'Brien", Mixed, Mixed),
            ("2023", Digits, Digits),
            ("½", Digits, Digits),
            ("F16", Coded, Coded),
            ("3d", Coded, Coded),
            ("習近平", Caseless, Caseless),
            ("שלום", Caseless, Caseless),
            ("Путин", Capital, Capital),
        ] {
            assert_eq!(Shape::of(text, false), expected, "{text}");
            assert_eq!(Shape::of(text, true), when_shouted, "{text} shouted");
            let may_name = !matches!(expected, Small | Digits);
            assert_eq!(expected.may_name(), may_name, "{text}");
        }
    }

    #[test]
    fn sentences_in_capitals_are_shouted() {
        for text in [
            "TUSK SPOTKAŁ SIĘ Z MACRONEM",
            "NATO WZMACNIA FLANKĘ, mówi",
            "A B C D E F G H I J K L M",
        ] {
            assert!(is_shouted(text), "{text}");
        }
        for text in [
            "",
            "NATO",
            "NATO I UE",
            "PREZYDENTKONSTANTYNOPOLA PRZYJECHAŁ",
            "NATO, ONZ, WHO, UNESCO i OBWE podpisały umowę",
            "Tusk Spotkał Się Z Macronem",
            "習近平 習近平 習近平 習近平 習近平",
        ] {
            assert!(!is_shouted(text), "{text}");
        }
    }

    #[test]
    fn a_word_is_described_once() {
        let mut words = Words::new(&POLISH);
        assert!(words.is_empty());
        let plain = words.number("TUSK", false);
        let shouted = words.number("TUSK", true);
        assert_ne!(plain, shouted);
        assert_eq!(words.number("TUSK", false), plain);
        assert_eq!(words.number("TUSK", true), shouted);
        assert_eq!(words.len(), 2);
        assert_eq!(words.word(plain).unwrap().shape, Shape::Capitals);
        assert_eq!(words.word(shouted).unwrap().shape, Shape::Shouted);
        assert!(words.word(2).is_none());
        words.clear();
        assert!(words.is_empty() && words.word(plain).is_none());
        assert_eq!(words.number("TUSK", true), 0);
    }

    #[test]
    fn forms_of_a_name_share_a_key_and_a_base() {
        let word = |text: &str| Word::new(text, false, &POLISH);
        for (one, other, alike) in [
            ("Tusk", "Tuskiem", true),
            ("Łukaszenka", "ŁUKASZENKĄ", true),
            ("Łódź", "Łodzi", false),
            ("Kim", "Kimono", false),
        ] {
            assert_eq!(word(one).key == word(other).key, alike, "{one} {other}");
        }
        for (one, other, alike) in [
            ("Tusk", "Tuskiem", true),
            ("Łódź", "Łodzi", true),
            ("Rosja", "Rosjanin", false),
        ] {
            let (one_word, other_word) = (word(one), word(other));
            let shared = one_word
                .bases
                .iter()
                .any(|base| other_word.bases.contains(base));
            assert_eq!(shared, alike, "{one} {other}");
        }
        // Words in small letters are looked for as they are.
        assert_eq!(word("rosji").bases, [word("rosji").form]);
    }

    #[test]
    fn first_names_are_those_with_a_capital() {
        for (text, expected) in [
            ("Anna", true),
            ("Annie", true),
            ("Emmanuel", true),
            ("anna", false),
            ("Ministerstwo", false),
        ] {
            let word = Word::new(text, false, &POLISH);
            assert_eq!(word.is_first_name(), expected, "{text}");
        }
    }
}
