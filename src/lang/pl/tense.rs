//! Polish verbs: the tense by the dictionary's tags.

use super::LEXICON;
use crate::lang::lexicon::PartOfSpeech;
use crate::lang::tense::Tense;

/// Forms that are nouns or adjectives much more often than verbs.
const RARELY_VERBS: [&str; 12] = [
    "dni",
    "lata",
    "mają",
    "maja",
    "mam",
    "pani",
    "prawie",
    "stali",
    "strony",
    "sali",
    "temu",
    "wieczorem",
];

/// The tense of a lower-case form; none where it is no finite verb or another word as well.
/// The personal future of perfective verbs looks like a present: "spotka" is a future.
pub(super) fn tense(form: &str) -> Option<Tense> {
    match form {
        "ma" | "mają" | "jest" | "są" => return Some(Tense::Present),
        "był" | "była" | "było" | "były" | "byli" | "miał" | "miała" | "mieli" | "miało" => {
            return Some(Tense::Past);
        }
        _ => {}
    }
    if form.len() < 4 || RARELY_VERBS.contains(&form) {
        return None;
    }
    let mut tense = None;
    for analysis in LEXICON.analyse(form) {
        let tag = analysis.tag();
        if analysis.needs_capital() || tag.part() == PartOfSpeech::Abbreviation {
            continue;
        }
        let text = tag.text();
        tense = Some(match tag.part_of_speech() {
            "praet" | "imps" => Tense::Past,
            "bedzie" => Tense::Future,
            // What is no verb as well says nothing for sure.
            "fin" if text.ends_with(":perf") => Tense::Future,
            "fin" => Tense::Present,
            "aglt" => continue,
            _ => return None,
        });
    }
    tense
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenses() {
        for (forms, expected) in [
            (
                "spotkał rozmawiała przyjęli spotkano miał była",
                Some(Tense::Past),
            ),
            ("spotka przyjmie odwiedzą będzie", Some(Tense::Future)),
            ("spotyka rozmawia ma trwają", Some(Tense::Present)),
            ("piątek prezydent spotkać w maja dni temu xyz", None),
        ] {
            for form in forms.split(' ') {
                assert_eq!(tense(form), expected, "{form}");
            }
        }
    }
}
