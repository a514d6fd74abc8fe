//! What a Polish form can be, for the recogniser of names.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::fingerprints::{self, List};
use super::super::lexicon::{Case, Cases, NameClass, PartOfSpeech};
use super::super::lists::{self, WordList};
use super::super::{Trait, Traits};
use super::LEXICON;
use super::names::{FIRST_NAMES, ORGANIZATIONS, PARTICLES, PLACES, ROLES, is_people, name_bases};

/// Forms of the names of months and days of the week.
static CALENDAR: LazyLock<WordList> = LazyLock::new(|| {
    let mut forms = WordList::default();
    for line in include_str!("data/calendar.tsv").lines() {
        let mut columns = line.split('\t');
        let kind = columns.next();
        if matches!(kind, Some("month" | "weekday")) {
            let words = columns.nth(1).unwrap_or_default().split(' ');
            forms.extend(words.map(|word| (word, "")));
        }
    }
    forms
});

/// The Polish names of territories, in lower case.
static TERRITORIES: LazyLock<HashSet<String>> =
    LazyLock::new(|| lists::territories(1).into_iter().collect());

/// What a form can be.
pub(super) fn traits(form: &str) -> Traits {
    let mut traits = Traits::default();
    let mut name_cases = Cases::default();
    let mut lemmas: Vec<String> = Vec::new();
    for analysis in LEXICON.analyse(form) {
        traits = traits.with(Trait::Known);
        let tag = analysis.tag();
        let part = tag.part();
        if part == PartOfSpeech::Abbreviation {
            continue;
        }
        let lemma = analysis.lemma(form);
        if analysis.needs_capital() {
            let class = analysis.class();
            traits = traits
                .when(class.is(NameClass::FIRST_NAME), Trait::FirstName)
                .when(class.is(NameClass::SURNAME), Trait::Surname)
                .when(class.is(NameClass::PLACE), Trait::Place)
                .when(class.is(NameClass::ORGANIZATION), Trait::Organization)
                .when(class.is(NameClass::PART), Trait::Part)
                .when(class.is(NameClass::OTHER), Trait::OtherName)
                .when(is_people(&analysis), Trait::People)
                .when(TERRITORIES.contains(&lemma.to_lowercase()), Trait::Country);
            name_cases = Case::ALL
                .into_iter()
                .filter(|case| tag.cases().contains(*case))
                .fold(name_cases, Cases::with);
        } else {
            traits = traits.with(Trait::Common);
            traits = match part {
                PartOfSpeech::Noun | PartOfSpeech::Gerund => traits.with(Trait::Noun),
                PartOfSpeech::Adjective
                | PartOfSpeech::AdjectiveForm
                | PartOfSpeech::Participle => traits.with(Trait::Adjective),
                PartOfSpeech::Verb | PartOfSpeech::Infinitive => traits.with(Trait::Verb),
                PartOfSpeech::Preposition => traits.with(Trait::Preposition),
                PartOfSpeech::Conjunction => traits.with(Trait::Conjunction),
                _ => traits.with(Trait::Function),
            };
        }
        if !lemmas.contains(&lemma) {
            traits = traits
                .when(ROLES.contains_key(lemma.as_str()), Trait::Role)
                .when(
                    ORGANIZATIONS.contains_key(lemma.as_str()),
                    Trait::OrganizationHead,
                )
                .when(PLACES.contains_key(lemma.as_str()), Trait::PlaceHead);
            lemmas.push(lemma);
        }
    }
    traits.cases = name_cases;
    traits = traits
        .when(PARTICLES.contains_key(form), Trait::NameParticle)
        .when(CALENDAR.contains_key(form), Trait::Calendar);
    listed(form, &mut traits);
    name_bases(form, &mut |base| listed(base, &mut traits));
    traits
}

fn listed(base: &str, traits: &mut Traits) {
    let first = FIRST_NAMES.contains_key(base) || fingerprints::holds(List::FirstNames, base);
    *traits = traits
        .when(first, Trait::ListedFirstName)
        .when(
            fingerprints::holds(List::Surnames, base),
            Trait::ListedSurname,
        )
        .when(fingerprints::holds(List::Towns, base), Trait::ListedPlace);
}
