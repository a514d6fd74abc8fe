//! English sentences: words by short tables and endings, names by what stands behind them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::gender::Gender;
use super::super::grammar::{Agreement, Finite, Grammar, Rules, Sense, Tense};
use super::super::lexicon::{Case, PartOfSpeech};
use super::super::lists::lines;
use super::without_possessive;
use crate::text::normal_form;

pub(super) const GRAMMAR: Grammar = Grammar {
    senses,
    person: |_, _, gender| {
        gender.map_or(Agreement::ALL, |gender| {
            Agreement::of_person(gender == Gender::Masculine, gender == Gender::Feminine)
        })
    },
    name: |_, _| Agreement::ALL,
    nominative: |word, _| Some(word.to_owned()),
    is_free: false,
    is_possessive: |behind| {
        behind
            .strip_prefix(['\'', '’'])
            .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || is_single_s(rest))
    },
    rules: || &RULES,
};

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    Rules::parse(include_str!("data/meetings.tsv")).expect("the table in the program is right")
});

/// The words of the tables with all that each can be.
static WORDS: LazyLock<HashMap<String, Vec<Sense>>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for line in lines(include_str!("data/small_words.tsv")) {
        add_small_words(&mut words, line).expect("the table in the program is right");
    }
    for line in lines(include_str!("data/verbs.tsv")) {
        add_verbs(&mut words, line).expect("the table in the program is right");
    }
    add_auxiliaries(&mut words);
    add_pronouns(&mut words);
    words
});

type Words = HashMap<String, Vec<Sense>>;

fn is_single_s(rest: &str) -> bool {
    rest.strip_prefix('s')
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn sense(lemma: &str, part: PartOfSpeech, agreement: Agreement) -> Sense {
    Sense {
        lemma: lemma.to_owned(),
        part,
        agreement,
        finite: None,
        is_people: false,
        is_passive: false,
    }
}

fn verb(lemma: &str, tense: Tense, agreement: Agreement) -> Sense {
    Sense {
        finite: Some(Finite { tense, person: 3 }),
        ..sense(lemma, PartOfSpeech::Verb, agreement)
    }
}

fn add(words: &mut Words, form: &str, sense: Sense) {
    let senses = words.entry(form.to_owned()).or_default();
    if !senses.contains(&sense) {
        senses.push(sense);
    }
}

fn add_small_words(words: &mut Words, line: &str) -> Option<()> {
    let (sort, list) = line.split_once('\t')?;
    let part = match sort {
        "preposition" => PartOfSpeech::Preposition,
        "adverb" => PartOfSpeech::Adverb,
        "conjunction" => PartOfSpeech::Conjunction,
        "determiner" => PartOfSpeech::Adjective,
        "numeral" => PartOfSpeech::Numeral,
        _ => return None,
    };
    for word in list.split(' ') {
        add(words, word, sense(word, part, Agreement::ALL));
    }
    Some(())
}

fn add_verbs(words: &mut Words, line: &str) -> Option<()> {
    let mut columns = line.split('\t');
    let may_be_noun = match columns.next()? {
        "both" => true,
        "verb" => false,
        _ => return None,
    };
    let sort = columns.next()?;
    let list = columns.next()?;
    match sort {
        "regular" => {
            for lemma in list.split(' ') {
                let past = with_ending(lemma, "ed");
                let ing = with_ending(lemma, "ing");
                add_forms(words, lemma, [&past, &past, &ing], may_be_noun);
            }
        }
        "irregular" => {
            let mut forms = list.split(' ');
            let lemma = forms.next()?;
            let past = forms.next()?;
            let participle = forms.next()?;
            let ing = forms
                .next()
                .map_or_else(|| with_ending(lemma, "ing"), str::to_owned);
            add_forms(words, lemma, [past, participle, &ing], may_be_noun);
        }
        _ => return None,
    }
    Some(())
}

/// Adds a verb by its past, its participle and its form in -ing.
fn add_forms(words: &mut Words, lemma: &str, forms: [&str; 3], may_be_noun: bool) {
    let [past, participle, ing] = forms;
    let third = with_ending(lemma, "s");
    let is_trigger = RULES.of(lemma).next().is_some();
    let all = Agreement::ALL;
    add(words, past, verb(lemma, Tense::Past, all));
    let passive = Sense {
        is_passive: true,
        ..sense(lemma, PartOfSpeech::Verb, all)
    };
    add(words, participle, passive);
    add(words, lemma, sense(lemma, PartOfSpeech::Infinitive, all));
    add(
        words,
        lemma,
        verb(lemma, Tense::Present, Agreement::plural()),
    );
    add(words, &third, verb(lemma, Tense::Present, singular()));
    add(
        words,
        ing,
        sense(lemma, PartOfSpeech::AdverbialParticiple, all),
    );
    if may_be_noun {
        for noun in nouns(lemma).into_iter().chain(nouns(&third)) {
            let form = if noun.agreement.is_plural() {
                &third
            } else {
                lemma
            };
            add(words, form, noun);
        }
    }
    if !is_trigger {
        // "the planned summit", "the leading role".
        for form in [participle, ing] {
            let is_regular = form.ends_with("ed") || form.ends_with("ing");
            if is_regular {
                add(words, form, sense(form, PartOfSpeech::Adjective, all));
            }
        }
    } else if RULES.of(ing).next().is_some() {
        add(words, ing, sense(ing, PartOfSpeech::Noun, singular()));
        let many = format!("{ing}s");
        add(
            words,
            &many,
            sense(ing, PartOfSpeech::Noun, Agreement::plural()),
        );
    }
}

fn add_auxiliaries(words: &mut Words) {
    use Tense::{Conditional, Future, Past, Present};
    let (all, many, one) = (Agreement::ALL, Agreement::plural(), singular());
    for (form, lemma, tense, agreement) in [
        ("is", "be", Present, one),
        ("are", "be", Present, many),
        ("was", "be", Past, one),
        ("were", "be", Past, many),
        // The perfect tells of what happened.
        ("has", "have", Past, one),
        ("have", "have", Past, many),
        ("had", "have", Past, all),
        ("does", "do", Present, one),
        ("do", "do", Present, many),
        ("did", "do", Past, all),
        ("will", "will", Future, all),
        ("shall", "shall", Future, all),
        ("would", "would", Conditional, all),
        ("could", "could", Conditional, all),
        ("might", "might", Conditional, all),
        ("may", "may", Present, all),
        ("can", "can", Present, all),
        ("must", "must", Present, all),
        ("should", "should", Conditional, all),
    ] {
        add(words, form, verb(lemma, tense, agreement));
        let negated = match form {
            "will" => "won't".to_owned(),
            "can" => "can't".to_owned(),
            _ => format!("{form}n't"),
        };
        add(words, &negated, verb(lemma, tense, agreement));
        add(words, &negated, sense("not", PartOfSpeech::Particle, all));
    }
    add(words, "cannot", verb("can", Present, all));
    add(words, "cannot", sense("not", PartOfSpeech::Particle, all));
    for (form, lemma) in [("be", "be"), ("have", "have"), ("do", "do")] {
        add(words, form, sense(lemma, PartOfSpeech::Infinitive, all));
    }
    for (form, lemma) in [("been", "be"), ("being", "be"), ("having", "have")] {
        let part = PartOfSpeech::AdverbialParticiple;
        add(words, form, sense(lemma, part, all));
    }
}

fn add_pronouns(words: &mut Words) {
    let nominative = Agreement::of_case(Case::Nominative);
    let genitive = Agreement::of_case(Case::Genitive);
    let objective = Case::ALL
        .into_iter()
        .filter(|case| *case != Case::Nominative)
        .fold(Agreement::NONE, |all, case| {
            all.or(Agreement::of_case(case))
        });
    let man = Agreement::of_person(true, false);
    let woman = Agreement::of_person(false, true);
    let many = Agreement::plural();
    let is = PartOfSpeech::Pronoun;
    for (form, lemma, agreement) in [
        ("he", "he", man.and(nominative)),
        ("him", "he", man.and(objective)),
        ("she", "she", woman.and(nominative)),
        ("they", "they", many.and(nominative)),
        ("them", "they", many.and(objective)),
        ("it", "it", Agreement::of_case(Case::Nominative)),
    ] {
        add(words, form, sense(lemma, is, agreement));
    }
    for (form, agreement) in [
        ("who", nominative),
        ("whom", objective),
        ("which", Agreement::ALL),
    ] {
        add(words, form, sense(form, PartOfSpeech::Adjective, agreement));
    }
    for (form, lemma, agreement) in [
        ("his", "his", man.and(genitive)),
        ("her", "she", woman.and(objective)),
        ("their", "their", many.and(genitive)),
    ] {
        add(words, form, sense(lemma, is, agreement));
        add(
            words,
            form,
            sense(lemma, PartOfSpeech::Adjective, Agreement::ALL),
        );
    }
    for form in ["i", "we", "you"] {
        let speaker = Sense {
            finite: None,
            ..sense(form, is, nominative)
        };
        add(words, form, speaker);
    }
}

/// Whatever no table has is a noun or an adjective, unless its ending says otherwise.
fn senses(word: &str) -> Vec<Sense> {
    let form = normal_form(word).replace('’', "'");
    if let Some(known) = WORDS.get(&form) {
        return known.clone();
    }
    let bare = without_possessive(&form);
    if bare.len() < form.len() {
        let mut senses = nouns(bare);
        senses.push(sense(bare, PartOfSpeech::Adjective, Agreement::ALL));
        return senses;
    }
    if !form.contains(char::is_alphabetic) {
        return Vec::new();
    }
    let all = Agreement::ALL;
    if form.ends_with("ly") && form.len() > 4 {
        return vec![sense(&form, PartOfSpeech::Adverb, all)];
    }
    let mut senses = nouns(&form);
    senses.push(sense(&form, PartOfSpeech::Adjective, all));
    if form.ends_with("ed") && form.len() > 4 && word.starts_with(char::is_lowercase) {
        senses.retain(|sense| sense.part == PartOfSpeech::Adjective);
        senses.push(verb(&form, Tense::Past, all));
    }
    senses
}

/// A noun by its number.
fn nouns(form: &str) -> Vec<Sense> {
    let irregular = match form {
        "men" => Some("man"),
        "women" => Some("woman"),
        "people" => Some("people"),
        "media" => Some("media"),
        _ => form
            .strip_suffix("men")
            .filter(|stem| stem.len() > 3)
            .map(|_| form),
    };
    let many = Agreement::plural();
    if let Some(lemma) = irregular {
        let lemma = lemma
            .strip_suffix("men")
            .map_or_else(|| lemma.to_owned(), |stem| format!("{stem}man"));
        return vec![sense(&lemma, PartOfSpeech::Noun, many)];
    }
    let one = form
        .strip_suffix("ies")
        .map(|stem| format!("{stem}y"))
        .or_else(|| {
            let is_plural = |stem: &&str| !stem.ends_with(['s', 'u', 'i']) && stem.len() > 2;
            let stem = form.strip_suffix('s').filter(is_plural)?;
            let sibilant = |stem: &&str| stem.ends_with("ch") || stem.ends_with("sh");
            Some(
                stem.strip_suffix('e')
                    .filter(sibilant)
                    .unwrap_or(stem)
                    .to_owned(),
            )
        });
    match one {
        Some(one) => vec![sense(&one, PartOfSpeech::Noun, many)],
        None => vec![sense(form, PartOfSpeech::Noun, singular())],
    }
}

fn singular() -> Agreement {
    Agreement::of_tag("subst:sg")
}

/// A regular form: "visited", "denies", "inviting".
fn with_ending(lemma: &str, ending: &str) -> String {
    let is_vowel = |letter: char| "aeiou".contains(letter);
    let before_y = lemma
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(is_vowel));
    let is_silent_e = lemma.ends_with('e') && !lemma.ends_with("ee");
    match (ending, before_y) {
        ("s", Some(stem)) => format!("{stem}ies"),
        ("ed", Some(stem)) => format!("{stem}ied"),
        ("s", None)
            if lemma.ends_with(['s', 'x']) || lemma.ends_with("sh") || lemma.ends_with("ch") =>
        {
            format!("{lemma}es")
        }
        ("ed", None) if lemma.ends_with('e') => format!("{lemma}d"),
        ("ing", _) if is_silent_e => {
            format!("{}ing", lemma.strip_suffix('e').unwrap_or(lemma))
        }
        _ => format!("{lemma}{ending}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_have_tenses() {
        let finite = |word: &str| senses(word).into_iter().find_map(|sense| sense.finite);
        for (word, tense) in [
            ("met", Tense::Past),
            ("meets", Tense::Present),
            ("denied", Tense::Past),
            ("invited", Tense::Past),
            ("planned", Tense::Past),
            ("will", Tense::Future),
            ("won't", Tense::Future),
            ("would", Tense::Conditional),
            ("lambasted", Tense::Past),
            ("discusses", Tense::Present),
        ] {
            assert_eq!(finite(word), Some(Finite { tense, person: 3 }), "{word}");
        }
        assert_eq!(finite("meeting"), None);
        assert_eq!(finite("deadline"), None);
        let passive = |word: &str| senses(word).iter().any(|sense| sense.is_passive);
        assert!(passive("received") && !passive("receives"));
    }

    #[test]
    fn nouns_have_lemmas_and_numbers() {
        for (word, lemma, is_plural) in [
            ("meetings", "meeting", true),
            ("talks", "talk", true),
            ("deputies", "deputy", true),
            ("lawmakers", "lawmaker", true),
            ("businessmen", "businessman", true),
            ("coaches", "coach", true),
            ("boss", "boss", false),
            ("delegation", "delegation", false),
        ] {
            let found = senses(word)
                .into_iter()
                .find(|sense| sense.part == PartOfSpeech::Noun)
                .expect("a noun");
            assert_eq!(
                (found.lemma.as_str(), found.agreement.is_plural()),
                (lemma, is_plural),
                "{word}"
            );
        }
    }

    #[test]
    fn pronouns_tell_case_and_gender() {
        let of = |word: &str| {
            let pronoun = senses(word)
                .into_iter()
                .find(|sense| sense.part == PartOfSpeech::Pronoun);
            pronoun.expect("a pronoun").agreement
        };
        let woman = Agreement::of_person(false, true);
        assert!(of("he").has_case(Case::Nominative) && !of("him").has_case(Case::Nominative));
        assert!(of("she").agrees(woman) && !of("he").agrees(woman));
        assert!(of("they").is_plural());
    }
}
