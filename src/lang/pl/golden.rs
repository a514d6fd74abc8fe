//! The Polish dictionary against a list of words.

use std::collections::BTreeSet;

use super::lexicon;
use crate::lang::lexicon::NameClass;

/// One word a line: the form in lower case, `=`, its lemmas in any order.
const WORDS: &str = include_str!("corpus/lemmas.txt");

#[track_caller]
fn check(form: &str, expected: &BTreeSet<&str>) {
    let lemmas: BTreeSet<String> = lexicon()
        .analyse(form)
        .map(|analysis| analysis.lemma(form))
        .collect();
    let lemmas: BTreeSet<&str> = lemmas.iter().map(String::as_str).collect();
    assert_eq!(&lemmas, expected, "{form}");
}

#[test]
fn every_word_has_its_lemmas() {
    let mut count = 0;
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let (form, lemmas) = line.split_once('=').unwrap();
        check(form.trim(), &lemmas.split_whitespace().collect());
        count += 1;
    }
    assert!(count >= 100, "{count}");
}

#[track_caller]
fn check_class(form: &str, lemma: &str, tag: &str, class: NameClass) {
    let mut analyses = lexicon().analyse(form);
    let fits = analyses.any(|analysis| {
        analysis.lemma(form) == lemma
            && analysis.tag().text() == tag
            && (analysis.class() == class || analysis.class().is(class))
            && analysis.needs_capital()
    });
    assert!(fits, "{form} {lemma} {tag}");
}

#[test]
fn names_have_their_classes() {
    check_class("tuskiem", "Tusk", "subst:sg:inst:m1", NameClass::SURNAME);
    check_class("annie", "Anna", "subst:sg:dat.loc:f", NameClass::FIRST_NAME);
    check_class("krakowie", "Kraków", "subst:sg:loc:m3", NameClass::PLACE);
    check_class("pis-u", "PiS", "subst:sg:gen:m3", NameClass::ORGANIZATION);
    check_class("rosjanka", "Rosjanka", "subst:sg:nom:f", NameClass::NONE);
    assert!(
        lexicon()
            .analyse("rosjanka")
            .all(|analysis| analysis.is_people())
    );
    assert!(
        lexicon()
            .analyse("spotkanie")
            .all(|analysis| !analysis.needs_capital())
    );
}

#[track_caller]
fn check_form(lemma: &str, front: &str, tag: &str, expected: Option<&str>) {
    let form = lexicon().generate(lemma, front, &mut |analysis| {
        analysis.tag().text() == tag && !analysis.class().is(NameClass::SURNAME)
    });
    assert_eq!(form.as_deref(), expected, "{lemma} {tag}");
}

#[test]
fn forms_are_generated() {
    // As a surname it would be "Polakowie".
    check_form("Polak", "", "subst:pl:nom.voc:m1", Some("Polacy"));
    check_form("Kraków", "", "subst:sg:loc:m3", Some("Krakowie"));
    check_form("dobry", "", "adj:sg:nom.voc:f:pos", Some("dobra"));
    check_form("nowy", "naj", "adj:sg:nom.voc:f:sup", Some("najnowsza"));
    check_form("Macron", "", "subst:sg:gen:m1", None);
}
