//! What a word of a name may be a form of.

use std::collections::BTreeSet;

use crate::lang::LANGUAGES;
use crate::lang::known::is_acronym;
use crate::model::EntityKind;
use crate::names::Reader;
use crate::terms::name_bases;
use crate::text::{Spelling, fold, normal_form};

/// A form and its base have so many first letters in common, or all of the base.
const LEAST_ALIKE: usize = 3;
/// So many letters at the end of a base change at most: "Wiedeń", "Wiedniu".
const LONGEST_CHANGE: usize = 3;

/// Whether two words begin alike, all but an ending: a guesser that knows endings alone thinks of
/// more.
pub(super) fn is_form(form: &str, base: &str) -> bool {
    let (form, base) = (fold(form), fold(base));
    let alike = form.chars().zip(base.chars());
    let alike = alike.take_while(|(one, other)| one == other).count();
    let letters = base.chars().count();
    alike >= LEAST_ALIKE.min(letters) && alike + LONGEST_CHANGE >= letters
}

/// The word and its possible bases, without case and diacritics.
pub(super) fn bases(word: &str) -> BTreeSet<String> {
    let form = normal_form(word);
    let bases = name_bases(&form, &LANGUAGES);
    let bases = bases.iter().filter(|base| is_form(&form, base));
    bases.map(|base| fold(base)).chain([fold(&form)]).collect()
}

/// Whatever a typed word may be a form of, also where it was typed without diacritics.
pub(super) fn possible(word: &str) -> BTreeSet<String> {
    let form = normal_form(word);
    let mut all = bases(&form);
    for language in LANGUAGES {
        (language.spellings)(&Spelling::of(&form), &mut |spelling| {
            all.extend(bases(spelling));
        });
    }
    all
}

/// What is equal for spellings of one name: its sounds, but the letters of an acronym, which is
/// never spelt by ear.
pub(super) fn sound(reader: &Reader, name: &str, kind: EntityKind) -> String {
    if kind != EntityKind::Person && is_acronym(name) {
        return fold(name);
    }
    reader.key(name, kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, expected: &[&str], not: &[&str]) {
        let found = possible(word);
        for base in expected {
            assert!(
                found.contains(*base),
                "{word} is no form of {base}: {found:?}"
            );
        }
        for base in not {
            assert!(!found.contains(*base), "{word} is a form of {base}");
        }
    }

    #[test]
    fn words_are_forms_of_what_begins_alike() {
        check("Tuskiem", &["tusk"], &[]);
        check("Lukaszenki", &["lukaszenka", "lukaszenko"], &[]);
        check("Łukaszenką", &["lukaszenka"], &[]);
        check("Wiedniu", &["wieden"], &[]);
        check("Bogu", &["bog"], &[]);
        check("Masih", &["masih"], &["may", "mai"]);
        check("Wołodymyr", &["wolodymyr"], &[]);
        check("Alaksandra", &["alaksandr"], &[]);
    }
}
