//! Polish sentences: words by the dictionary, names by their endings.

use std::sync::LazyLock;

use super::super::gender::Gender;
use super::super::grammar::{Agreement, Finite, Grammar, Rules, Sense, Tense};
use super::super::lexicon::{Case, NameClass, PartOfSpeech};
use super::{LEXICON, rare_lemmas};
use crate::text::{lower, normal_form};

pub(super) const GRAMMAR: Grammar = Grammar {
    senses,
    person,
    name,
    nominative,
    is_free: true,
    is_possessive: |_| false,
    rules: || &RULES,
};

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::parse(include_str!("data/meetings.tsv")).expect("the table in the program is right")
});

/// Readings that want a capital are left out where the word has none, and rare ones always.
fn senses(word: &str) -> Vec<Sense> {
    let form = normal_form(word);
    let is_small = word.starts_with(char::is_lowercase);
    let mut senses: Vec<Sense> = Vec::new();
    let mut lemma = String::new();
    let rare = rare_lemmas(&form);
    for analysis in LEXICON.analyse(&form) {
        let tag = analysis.tag();
        let part = tag.part();
        if is_small && analysis.needs_capital() || part == PartOfSpeech::Ending {
            continue;
        }
        analysis.write_lowercase_lemma(&form, &mut lemma);
        if rare.split(' ').any(|rare| rare == lemma) {
            continue;
        }
        let agreement = Agreement::of_tag(tag.text());
        let finite = finite(tag.text());
        let is_passive = tag.part_of_speech() == "ppas";
        let is_people = analysis.is_people();
        // Two readings of one verb in one form: "spotkał" as a whole and without its ending.
        let same = senses.iter_mut().find(|sense| {
            (sense.part, sense.finite, sense.is_passive) == (part, finite, is_passive)
                && sense.lemma == lemma
        });
        match same {
            Some(sense) => {
                sense.agreement = sense.agreement.or(agreement);
                sense.is_people |= is_people;
            }
            None => senses.push(Sense {
                lemma: lemma.clone(),
                part,
                agreement,
                finite,
                is_people,
                is_passive,
            }),
        }
    }
    senses
}

/// The tense and person that a tag tells: `praet:sg:m1.m2.m3:pri:perf`.
fn finite(tag: &str) -> Option<Finite> {
    let mut parts = tag.split(':');
    let sort = parts.next()?;
    let has = |wanted: &str| tag.split(':').any(|part| part == wanted);
    let tense = match sort {
        "praet" | "imps" | "winien" => Tense::Past,
        "fin" if has("perf") => Tense::Future,
        "fin" | "impt" | "pred" => Tense::Present,
        "bedzie" => Tense::Future,
        "cond" => Tense::Conditional,
        _ => return None,
    };
    let person = match sort {
        "imps" | "pred" => 0,
        _ if has("pri") => 1,
        _ if has("sec") => 2,
        _ => 3,
    };
    Some(Finite { tense, person })
}

/// The form of the same lemma, number and gender in the nominative, by the dictionary.
fn nominative(word: &str, agreement: Agreement) -> Option<String> {
    let form = normal_form(word);
    let asked = Agreement::of_case(Case::Nominative);
    let is_small = word.starts_with(char::is_lowercase);
    for analysis in LEXICON.analyse(&form) {
        let tag = analysis.tag();
        let part = tag.part();
        let is_name = analysis
            .class()
            .is(NameClass::SURNAME.or(NameClass::FIRST_NAME));
        if is_name || is_small && analysis.needs_capital() {
            continue;
        }
        let shared = Agreement::of_tag(tag.text()).and(agreement);
        let declines = matches!(
            part,
            PartOfSpeech::Noun | PartOfSpeech::Adjective | PartOfSpeech::Participle
        );
        if !declines || shared.is_none() {
            continue;
        }
        if shared.agrees(asked) {
            return Some(word.to_owned());
        }
        let wanted = shared.in_any_case().and(asked);
        let lemma = analysis.lemma(&form);
        // The plural of "człowiek" has another stem.
        if lemma == "człowiek" && shared.is_plural() {
            return Some("ludzie".to_owned());
        }
        let found = LEXICON.generate(&lemma, "", &mut |found| {
            let tag = found.tag();
            // "te rolniki" is said to belittle them.
            let is_plain = tag.part_of_speech() != "depr";
            // "starymi" are "starzy", not "starsi".
            let same_degree = degree(tag.text()) == degree(analysis.tag().text());
            let same_class = found.class_name() == analysis.class_name();
            // "mieszkający" and "zamieszkany" are participles of different sorts.
            let is_same_sort = tag.part() == part
                && (part != PartOfSpeech::Participle
                    || tag.part_of_speech() == analysis.tag().part_of_speech());
            is_plain
                && same_class
                && same_degree
                && is_same_sort
                && Agreement::of_tag(tag.text()).agrees(wanted)
        });
        if found.is_some() {
            return found;
        }
        // The dictionary makes no forms that begin with "naj".
        if degree(tag.text()) == Some("sup")
            && let Some(rest) = form.strip_prefix("naj")
            && let Some(rest) = nominative(rest, agreement)
        {
            return Some(format!("naj{rest}"));
        }
    }
    None
}

/// How far an adjective is compared: `com`, `sup` or not at all.
fn degree(tag: &str) -> Option<&str> {
    let mut parts = tag.split(':');
    parts.find(|part| matches!(*part, "com" | "sup"))
}

/// The cases that each ending of a declined name tells: what the base form loses, what the form
/// has instead, the cases.
///
/// After the declension of names in the grammars of Polish: masculine ("Tusk, Tuska, Tuskowi,
/// Tuskiem, Tusku"), feminine ("Szydło" apart), adjectival ("Kowalski, Kowalskiego").
const ENDINGS: [(&str, &[Case]); 13] = [
    ("owi", &[Case::Dative]),
    ("em", &[Case::Instrumental]),
    ("ego", &[Case::Genitive, Case::Accusative]),
    ("emu", &[Case::Dative]),
    ("im", &[Case::Instrumental, Case::Locative]),
    ("ym", &[Case::Instrumental, Case::Locative]),
    ("ą", &[Case::Instrumental, Case::Accusative]),
    ("ę", &[Case::Accusative]),
    ("ej", &[Case::Genitive, Case::Dative, Case::Locative]),
    ("a", &[Case::Genitive, Case::Accusative]),
    (
        "u",
        &[Case::Locative, Case::Vocative, Case::Genitive, Case::Dative],
    ),
    ("y", &[Case::Genitive, Case::Dative, Case::Locative]),
    ("i", &[Case::Genitive, Case::Dative, Case::Locative]),
];

/// Each word that changes tells its cases, and the cases of all are what the name can stand in.
fn person(written: &str, base: &str, gender: Option<Gender>) -> Agreement {
    let mut all = of_gender(gender);
    // A word that changed says more than one that did not: "Jean-Claude'em".
    for is_changed in [true, false] {
        for (written, base) in pairs(written, base) {
            let both = all.and(word(written, base, gender));
            if (written != base) == is_changed && !both.is_none() {
                all = both;
            }
        }
    }
    // "Theresa May": were the "a" an ending, the second word would have one too.
    let is_foreign = |(written, base): (&str, &str)| {
        written == base && written.ends_with('a') && !LEXICON.contains(&normal_form(written))
    };
    let ends_in_consonant = |(written, base): (&str, &str)| {
        written == base && !written.ends_with(['a', 'e', 'i', 'o', 'u', 'ą', 'ę', 'ó'])
    };
    let both = all.and(Agreement::of_case(Case::Nominative));
    if pairs(written, base).any(is_foreign)
        && pairs(written, base).last().is_some_and(ends_in_consonant)
        && !both.is_none()
    {
        all = both;
    }
    all
}

/// The words that change tell: in "Radą Polityki Pieniężnej" the rest never does. A name that does
/// not change is a nominative or an accusative, unless it is an acronym or foreign.
fn name(written: &str, base: &str) -> Agreement {
    let mut all = Agreement::ALL;
    for (written, base) in pairs(written, base).filter(|(written, base)| written != base) {
        let both = all.and(word(written, base, None));
        if !both.is_none() {
            all = both;
        }
    }
    if all != Agreement::ALL {
        return all;
    }
    let first = pairs(written, base).next();
    first.map_or(all, |(written, base)| {
        let form = normal_form(written);
        let is_known = LEXICON.contains(&form) && written.contains(char::is_lowercase);
        if is_known && written == base {
            word(written, base, None)
        } else {
            all
        }
    })
}

/// The words of a name beside those of its base form.
fn pairs<'n>(written: &'n str, base: &'n str) -> impl Iterator<Item = (&'n str, &'n str)> {
    let parts = |name: &'n str| name.split([' ', '-', '–']);
    parts(written).zip(parts(base))
}

fn of_gender(gender: Option<Gender>) -> Agreement {
    match gender {
        Some(gender) => {
            Agreement::of_person(gender == Gender::Masculine, gender == Gender::Feminine)
        }
        None => Agreement::ALL,
    }
}

fn word(written: &str, base: &str, gender: Option<Gender>) -> Agreement {
    let form = normal_form(written);
    let mut base_form = String::new();
    lower(base, &mut base_form);
    // "NATO", "RFN".
    if !written.contains(char::is_lowercase) {
        return Agreement::ALL;
    }
    let of_gender = of_gender(gender);
    // "Nowym" is of "Nowe", as both are of the adjective "nowy".
    let adjectives: Vec<String> = LEXICON
        .analyse(&base_form)
        .filter(|analysis| analysis.tag().part() == PartOfSpeech::Adjective)
        .map(|analysis| analysis.lemma(&base_form))
        .collect();
    let mut known = Agreement::NONE;
    let mut lemma = String::new();
    for analysis in LEXICON.analyse(&form) {
        analysis.write_lowercase_lemma(&form, &mut lemma);
        let fits = match analysis.tag().part() {
            PartOfSpeech::Noun => lemma == base_form,
            PartOfSpeech::Adjective => lemma == base_form || adjectives.contains(&lemma),
            _ => false,
        };
        if fits {
            let agreement = Agreement::of_tag(analysis.tag().text()).and(of_gender);
            known = known.or(agreement);
        }
    }
    if !known.is_none() {
        return known;
    }
    let cases = |cases: &[Case]| {
        let all = cases.iter().map(|case| Agreement::of_case(*case));
        all.fold(Agreement::NONE, Agreement::or)
    };
    if form == base_form {
        let is_consonant = |letter: char| letter.is_alphabetic() && !"aąeęioóuy".contains(letter);
        // A man's name that ends in a consonant would have changed in any other case.
        let declines = base_form.ends_with(is_consonant) && gender != Some(Gender::Feminine)
            || base_form.ends_with('a');
        let is_word = base_form.chars().count() > 2 && base.chars().any(char::is_lowercase);
        return if base_form.ends_with('a') && !LEXICON.contains(&base_form) {
            // It may be a man's name that was not found out: "Macrona".
            cases(&[Case::Nominative, Case::Genitive, Case::Accusative])
        } else if base_form.ends_with("em") {
            // A base form that was not found out: "Mikiem".
            cases(&[Case::Nominative, Case::Instrumental])
        } else if declines && is_word {
            cases(&[Case::Nominative, Case::Vocative])
        } else {
            Agreement::ALL
        };
    }
    let ending = ENDINGS.iter().find(|(ending, _)| form.ends_with(ending));
    match ending {
        // "Łukaszenką" ends a feminine declension, in which the accusative is "Łukaszenkę".
        Some(("ą", _)) if !is_adjectival(&base_form) => cases(&[Case::Instrumental]),
        Some((_, list)) => cases(list),
        None => Agreement::ALL,
    }
}

fn is_adjectival(base: &str) -> bool {
    ["ska", "cka", "dzka", "na", "wa"]
        .iter()
        .any(|ending| base.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_name(written: &str, base: &str, gender: Option<Gender>, cases: &[Case]) {
        let found = person(written, base, gender);
        let found: Vec<Case> = Case::ALL
            .into_iter()
            .filter(|case| found.has_case(*case))
            .collect();
        assert_eq!(found, cases, "{written}");
    }

    #[test]
    fn names_tell_their_case() {
        use Case::{Accusative, Genitive, Instrumental, Locative, Nominative, Vocative};
        let man = Some(Gender::Masculine);
        check_name("Theresą May", "Theresa May", None, &[Instrumental]);
        check_name("Davidem Davisem", "David Davis", man, &[Instrumental]);
        check_name(
            "Emmanuelem Macronem",
            "Emmanuel Macron",
            man,
            &[Instrumental],
        );
        check_name("Donald Tusk", "Donald Tusk", man, &[Nominative]);
        check_name("Theresa May", "Theresa May", None, &[Nominative]);
        check_name(
            "Macrona",
            "Macrona",
            None,
            &[Nominative, Genitive, Accusative],
        );
        check_name("Macrona", "Macron", man, &[Genitive, Accusative]);
        check_name(
            "Alaksandrem Łukaszenką",
            "Alaksandr Łukaszenka",
            man,
            &[Instrumental],
        );
        check_name(
            "Tasmagambetow",
            "Tasmagambetow",
            man,
            &[Nominative, Vocative],
        );
        check_name("Balcerowicz", "Balcerowicz", man, &[Nominative]);
        check_name("MFW", "MFW", None, &Case::ALL);
        let name_is = |written: &str, base: &str, case| {
            name(written, base).cases() == Agreement::of_case(case)
        };
        assert!(name_is(
            "Radą Polityki Pieniężnej",
            "Rada Polityki Pieniężnej",
            Instrumental
        ));
        assert!(name("Rady Polityki Pieniężnej", "Rada Polityki Pieniężnej").has_case(Genitive));
        assert!(name("Nowym Ogariowie", "Nowe Ogariowo").has_case(Locative));
        assert!(!name("Ministerstwo Finansów", "Ministerstwo Finansów").has_case(Genitive));
        check_name(
            "Jean-Claude'em Junckerem",
            "Jean-Claude Juncker",
            man,
            &[Instrumental],
        );
        check_name("Merkel", "Merkel", Some(Gender::Feminine), &Case::ALL);
    }

    #[test]
    fn groups_are_put_in_the_nominative() {
        let people = Agreement::of_tag("subst:pl:inst:m1");
        for (word, expected) in [
            ("rolnikami", "rolnicy"),
            ("politykami", "politycy"),
            ("niemieckimi", "niemieccy"),
            ("starymi", "starzy"),
            ("starszymi", "starsi"),
            ("najstarszymi", "najstarsi"),
            ("ludźmi", "ludzie"),
            ("ministrami", "ministrowie"),
        ] {
            assert_eq!(nominative(word, people).as_deref(), Some(expected));
        }
        let many = Agreement::of_tag("pact:pl:inst:m1:imperf:aff");
        let living = nominative("mieszkającymi", many);
        assert_eq!(living.as_deref(), Some("mieszkający"));
        let one = Agreement::of_tag("subst:sg:inst:f");
        assert_eq!(nominative("delegacją", one).as_deref(), Some("delegacja"));
        assert_eq!(nominative("z", one), None);
    }

    #[test]
    fn words_have_senses() {
        let finite = |word: &str| senses(word).into_iter().find_map(|sense| sense.finite);
        for (word, tense, person) in [
            ("spotkał", Tense::Past, 3),
            ("spotkałem", Tense::Past, 1),
            ("spotka", Tense::Future, 3),
            ("spotyka", Tense::Present, 3),
            ("spotkałby", Tense::Conditional, 3),
            ("będą", Tense::Future, 3),
            ("odwołano", Tense::Past, 0),
            ("rozmawiamy", Tense::Present, 1),
        ] {
            assert_eq!(finite(word), Some(Finite { tense, person }), "{word}");
        }
        assert_eq!(finite("spotkanie"), None);
        let passive = |word: &str| senses(word).iter().any(|sense| sense.is_passive);
        assert!(passive("przyjęty") && !passive("przyjął"));
        let with = senses("z");
        let with = with
            .iter()
            .find(|sense| sense.part == PartOfSpeech::Preposition);
        assert!(with.is_some_and(|sense| sense.agreement.has_case(Case::Instrumental)));
        assert!(senses("łódź").iter().all(|sense| sense.lemma == "łódź"));
        assert!(
            senses("dyrektorka")
                .iter()
                .all(|sense| sense.lemma == "dyrektorka")
        );
    }
}
