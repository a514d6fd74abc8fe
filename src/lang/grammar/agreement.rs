//! The cases, numbers and genders that words of one phrase share.

use super::super::lexicon::Case;

/// A set of combinations of case, number and gender.
///
/// Words of one phrase agree when the combinations of all of them have one in common: "z młodą
/// Nigeryjką" can only be an instrumental, though "młodą" could be an accusative as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement(u128);

/// One or many, as a bit in an [`Agreement`].
const NUMBERS: [&str; 2] = ["sg", "pl"];
/// The genders of the source dictionary.
const GENDERS: [&str; 5] = ["m1", "m2", "m3", "f", "n"];
const CASES: [(&str, Case); 7] = [
    ("nom", Case::Nominative),
    ("gen", Case::Genitive),
    ("dat", Case::Dative),
    ("acc", Case::Accusative),
    ("inst", Case::Instrumental),
    ("loc", Case::Locative),
    ("voc", Case::Vocative),
];
const COMBINATIONS: usize = CASES.len() * NUMBERS.len() * GENDERS.len();

impl Agreement {
    /// No combination.
    pub const NONE: Self = Self(0);
    /// Every combination.
    pub const ALL: Self = Self((1 << COMBINATIONS) - 1);

    /// What a tag of the source dictionary allows; what it does not name is free:
    /// `praet:pl:m1:perf` is any case of the plural, masculine personal.
    pub fn of_tag(tag: &str) -> Self {
        let mut found = [0_u8; 3];
        for part in tag.split(':').skip(1).flat_map(|part| part.split('.')) {
            let place = |list: &[&str]| list.iter().position(|name| *name == part);
            let names: [&[&str]; 3] = [&CASES.map(|(name, _)| name), &NUMBERS, &GENDERS];
            for (set, list) in found.iter_mut().zip(names) {
                if let Some(place) = place(list) {
                    *set |= 1 << place;
                }
            }
        }
        let [cases, numbers, genders] = found.map(|set| if set == 0 { u8::MAX } else { set });
        Self::product(cases, numbers, genders)
    }

    /// All numbers and genders of one case.
    pub const fn of_case(case: Case) -> Self {
        const WIDTH: usize = NUMBERS.len() * GENDERS.len();
        Self(((1 << WIDTH) - 1) << (case as usize * WIDTH))
    }

    /// All cases of the singular in these genders: masculine personal, feminine.
    pub fn of_person(man: bool, woman: bool) -> Self {
        Self::product(u8::MAX, 1, u8::from(man) | u8::from(woman) << 3)
    }

    /// All cases and genders of the plural.
    pub const fn plural() -> Self {
        const ALL: Agreement = Agreement::product(u8::MAX, 2, u8::MAX);
        ALL
    }

    /// All cases of the plural in which there is a man among those meant.
    pub const fn plural_personal() -> Self {
        const ALL: Agreement = Agreement::product(u8::MAX, 2, 1);
        ALL
    }

    /// All cases and numbers of nouns for men and for mixed company.
    pub const fn personal() -> Self {
        const ALL: Agreement = Agreement::product(u8::MAX, u8::MAX, 1);
        ALL
    }

    const fn product(cases: u8, numbers: u8, genders: u8) -> Self {
        let mut all = 0;
        let mut place = 0;
        while place < COMBINATIONS {
            let case = place / (NUMBERS.len() * GENDERS.len());
            let number = place / GENDERS.len() % NUMBERS.len();
            let gender = place % GENDERS.len();
            if cases & 1 << case != 0 && numbers & 1 << number != 0 && genders & 1 << gender != 0 {
                all |= 1 << place;
            }
            place += 1;
        }
        Self(all)
    }

    /// What both allow.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What either allows.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it allows nothing.
    pub fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether the two have a combination in common.
    pub fn agrees(self, other: Self) -> bool {
        !self.and(other).is_none()
    }

    /// Whether it allows this case.
    pub fn has_case(self, case: Case) -> bool {
        self.agrees(Self::of_case(case))
    }

    /// Whether it allows only the plural.
    pub fn is_plural(self) -> bool {
        !self.is_none() && self.and(Self::plural()) == self
    }

    /// Whether it allows the nouns for men and for mixed company alone.
    pub fn is_personal(self) -> bool {
        !self.is_none() && self.and(Self::personal()) == self
    }

    /// Whether it allows the feminine alone.
    pub fn is_feminine(self) -> bool {
        const FEMININE: Agreement = Agreement::product(u8::MAX, u8::MAX, 8);
        !self.is_none() && self.and(FEMININE) == self
    }

    /// The same cases, in any number and gender: those of several joined by "and".
    #[must_use]
    pub fn cases(self) -> Self {
        Case::ALL
            .into_iter()
            .filter(|case| self.has_case(*case))
            .fold(Self::NONE, |all, case| all.or(Self::of_case(case)))
    }
}

impl Agreement {
    /// The same numbers and genders in every case: those of whoever a pronoun means.
    #[must_use]
    pub fn in_any_case(self) -> Self {
        let width = NUMBERS.len() * GENDERS.len();
        let one = (1_u128 << width) - 1;
        let shown = (0..CASES.len()).fold(0, |all, case| all | self.0 >> (case * width) & one);
        Self((0..CASES.len()).fold(0, |all, case| all | shown << (case * width)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_agree_where_words_do() {
        let of = Agreement::of_tag;
        let check = |tags: &[&str], case: Option<Case>| {
            let all = tags
                .iter()
                .fold(Agreement::ALL, |all, tag| all.and(of(tag)));
            assert_eq!(all.is_none(), case.is_none(), "{tags:?}");
            if let Some(case) = case {
                assert_eq!(all.cases(), Agreement::of_case(case), "{tags:?}");
            }
        };
        let young = "adj:sg:acc.inst:f:pos";
        check(&[young, "subst:sg:inst:f"], Some(Case::Instrumental));
        check(&[young, "subst:sg:acc:f"], Some(Case::Accusative));
        check(&[young, "subst:sg:inst:m1"], None);
        check(&["subst:sg:nom:m1", "praet:pl:m1:perf"], None);
        check(
            &["subst:pl:nom:m1", "praet:pl:m1:perf"],
            Some(Case::Nominative),
        );
        assert_eq!(of("prep:inst:nwok"), Agreement::of_case(Case::Instrumental));
        assert_eq!(of("fin"), Agreement::ALL);
    }

    #[test]
    fn what_is_plural_and_personal() {
        let of = Agreement::of_tag;
        assert!(of("subst:pl:nom:m1").is_plural());
        assert!(!of("subst:sg.pl:nom:f").is_plural());
        assert!(of("subst:sg:nom:m1").is_personal());
        assert!(!of("subst:sg:nom:m1.m3").is_personal());
        assert!(!Agreement::NONE.is_plural() && !Agreement::NONE.is_personal());
        assert!(Agreement::of_person(false, true).agrees(of("praet:sg:f:perf")));
        assert!(!Agreement::of_person(false, true).agrees(of("praet:sg:m1.m2.m3:perf")));
        assert!(Agreement::plural_personal().agrees(of("praet:pl:m1:perf")));
    }
}
