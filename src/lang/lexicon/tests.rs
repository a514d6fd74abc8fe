//! Tests of the dictionary on one made by hand.

use super::builder::{BuildError, Builder, Reading, Special};
use super::*;
use crate::text::Spelling;

/// Form as written, lemma, letters the lemma lacks at the front, tag, class.
type Row = (&'static str, &'static str, u8, &'static str, &'static str);

/// In the order of the forms in lower case.
const ROWS: &[Row] = &[
    ("kot", "kot", 0, "subst:sg:nom:m2", ""),
    ("kot", "kota", 0, "subst:pl:gen:f", ""),
    ("Kot", "Kot", 0, "subst:sg:nom:m1", "nazwisko"),
    ("kota", "kot", 0, "subst:sg:gen.acc:m2", ""),
    ("kota", "kota", 0, "subst:sg:nom:f", ""),
    ("m", "metr", 0, "brev:npun", ""),
    ("m", "być", 0, "aglt:sg:pri:imperf:nwok", ""),
    ("najlepszy", "dobry", 3, "adj:sg:nom.voc:m1.m2.m3:sup", ""),
    ("o", "o", 0, "prep:loc", ""),
    ("PiS-u", "PiS", 0, "subst:sg:gen:m3", "nazwa_organizacji"),
    (
        "Polacy",
        "Polak",
        0,
        "subst:pl:nom.voc:m1",
        "nazwa_pospolita",
    ),
    ("Polak", "Polak", 0, "subst:sg:nom:m1", "nazwa_pospolita"),
    ("polska", "polski", 0, "adj:sg:nom.voc:f:pos", ""),
    (
        "Polska",
        "Polska",
        0,
        "subst:sg:nom:f",
        "nazwa_geograficzna",
    ),
    ("żółcią", "żółć", 0, "subst:sg:inst:f", ""),
    ("☕", "☕", 0, "sym", ""),
];

fn built() -> Vec<u8> {
    let special = Special {
        endings: &["aglt"],
        abbreviations: &["brev"],
    };
    let mut builder = Builder::new("test-1", special);
    let same_form = |one: &Row, other: &Row| one.0.to_lowercase() == other.0.to_lowercase();
    for rows in ROWS.chunk_by(same_form) {
        let readings: Vec<Reading<'_>> = rows
            .iter()
            .map(|&(form, lemma, front, tag, class)| Reading {
                form,
                lemma,
                front,
                tag,
                class,
            })
            .collect();
        builder.add(&rows[0].0.to_lowercase(), &readings).unwrap();
    }
    builder.finish().unwrap().0
}

fn lexicon() -> Lexicon {
    Lexicon::open(built().leak()).unwrap()
}

#[track_caller]
fn check(form: &str, written_small: bool, expected: &[&str]) {
    let lexicon = lexicon();
    let mut found = Vec::new();
    lexicon.lemmas(form, written_small, &mut |lemma| {
        found.push(lemma.to_owned());
    });
    assert_eq!(found, expected, "{form}");
}

#[test]
fn lemmas() {
    check("kota", true, &["kota", "kot"]);
    check("kot", false, &["kot", "kota"]);
    check("polska", true, &["polski"]);
    check("polska", false, &["polski", "polska"]);
    check("polak", true, &["polak"]);
    check("najlepszy", true, &["dobry"]);
    check("żółcią", true, &["żółć"]);
    check("pis-u", false, &["pis"]);
    check("☕", true, &["☕"]);
    // An abbreviation where there is nothing else; never a mere ending.
    check("m", true, &["metr"]);
    for unknown in ["", "ko", "kotaa", "x", "ы", "☃", "'"] {
        check(unknown, true, &[]);
    }
}

#[test]
fn every_reading_comes_back_and_no_other() {
    let lexicon = lexicon();
    let mut forms: Vec<String> = ROWS.iter().map(|row| row.0.to_lowercase()).collect();
    forms.dedup();
    let mut count = 0;
    for form in &forms {
        for analysis in lexicon.analyse(form) {
            let (written, lemma) = (analysis.form(form), analysis.lemma(form));
            let is_same = |row: &Row| {
                row.0 == written
                    && row.1 == lemma
                    && row.3 == analysis.tag().text()
                    && row.4 == analysis.class_name()
            };
            assert!(ROWS.iter().any(is_same), "{form} {analysis:?}");
            count += 1;
        }
    }
    assert_eq!(count, ROWS.len());
    assert_eq!(lexicon.analyses() as usize, ROWS.len());
    assert_eq!(lexicon.forms() as usize, forms.len());
    assert_eq!(lexicon.id(), "test-1");
    let mut listed = Vec::new();
    lexicon.each_form(&mut |form| listed.push(form.to_owned()));
    assert_eq!(listed, forms);
}

#[test]
fn an_analysis_tells_what_a_word_is() {
    let lexicon = lexicon();
    let name = lexicon.analyse("polska").last().unwrap();
    assert!(name.needs_capital() && name.class().is(NameClass::PLACE) && !name.is_people());
    assert!(name.tag().has_number(Number::Singular) && !name.tag().has_number(Number::Plural));
    assert!(name.tag().cases().iter().eq([Case::Nominative]));
    assert!(name.tag().genders().contains(Gender::Feminine));
    assert_eq!(name.tag().part(), PartOfSpeech::Noun);
    assert!(
        lexicon
            .analyse("polacy")
            .all(|analysis| analysis.is_people())
    );
    let organization = lexicon.analyse("pis-u").next().unwrap();
    assert_eq!(organization.capitals(), [0, 2]);
    assert!(organization.class().is(NameClass::ORGANIZATION));
    let preposition = lexicon.analyse("o").next().unwrap();
    assert!(preposition.tag().cases().contains(Case::Locative));
    assert!(preposition.tag().has_number(Number::Plural));
}

#[test]
fn forms_are_found_by_beginning_and_by_spelling() {
    let lexicon = lexicon();
    let mut found = Vec::new();
    lexicon.each_with_prefix("ko", &mut |form| {
        found.push(form.to_owned());
        true
    });
    assert_eq!(found, ["kot", "kota"]);
    found.clear();
    lexicon.spellings(&Spelling::of("zolcia"), &mut |form| {
        found.push(form.to_owned());
    });
    assert_eq!(found, ["żółcią"]);
}

#[test]
fn forms_are_generated() {
    let lexicon = lexicon();
    let plural = |analysis: &Analysis<'_>| analysis.tag().has_number(Number::Plural);
    let generated = |lemma: &str, front: &str| lexicon.generate(lemma, front, &mut { plural });
    assert_eq!(generated("Polak", "").as_deref(), Some("Polacy"));
    assert_eq!(generated("polak", ""), None);
    let best = lexicon.generate("dobry", "naj", &mut |analysis| {
        analysis.tag().text().ends_with("sup")
    });
    assert_eq!(best.as_deref(), Some("najlepszy"));
}

#[test]
fn forms_come_in_order_and_fit_their_readings() {
    let mut builder = Builder::new("", Special::default());
    let reading = Reading {
        form: "b",
        lemma: "b",
        front: 0,
        tag: "",
        class: "",
    };
    builder.add("b", &[reading]).unwrap();
    let late = builder.add("a", &[]);
    assert!(
        matches!(late, Err(BuildError::NotSorted { .. })),
        "{late:?}"
    );
    let misfit = builder.add("c", &[reading]);
    assert!(
        matches!(misfit, Err(BuildError::Reading { .. })),
        "{misfit:?}"
    );
}

#[test]
fn an_empty_dictionary_knows_nothing() {
    let (bytes, counts) = Builder::new("", Special::default()).finish().unwrap();
    let lexicon = Lexicon::open(bytes.leak()).unwrap();
    assert!(!lexicon.contains("a") && !lexicon.contains(""));
    assert_eq!(counts.states, 1);
}

#[test]
fn the_same_readings_give_the_same_bytes() {
    assert!(built() == built());
}

#[test]
fn other_files_are_refused() {
    let mut bytes = built();
    bytes[4] = 9;
    assert_eq!(
        Lexicon::open(bytes.leak()).unwrap_err(),
        LexiconError::Version { found: 9 }
    );
    assert_eq!(Lexicon::open(b"").unwrap_err(), LexiconError::NotALexicon);
    assert_eq!(Lexicon::open(b"KMOR").unwrap_err(), LexiconError::Damaged);
}

/// Asks a dictionary everything, for what it does rather than what it says.
fn exercise(bytes: Vec<u8>) {
    let Ok(lexicon) = Lexicon::open(bytes.leak()) else {
        return;
    };
    let mut seen = 0;
    for (form, ..) in ROWS {
        let form = form.to_lowercase();
        for analysis in lexicon.analyse(&form) {
            seen += analysis.lemma(&form).len() + analysis.form(&form).len();
        }
        lexicon.lemmas(&form, false, &mut |lemma| seen += lemma.len());
    }
    let mut listed = 0;
    lexicon.each_with_prefix("", &mut |_| {
        listed += 1;
        listed < 1000
    });
    let _ = lexicon.generate("polak", "", &mut |_| false);
}

#[test]
fn damaged_bytes_never_panic() {
    let whole = built();
    for length in (0..whole.len()).step_by(7) {
        exercise(whole[..length].to_vec());
    }
    // The table of codes is 4,096 bytes, nearly all of them alike.
    let is_table = |at: usize| whole[at] == 0xff && !at.is_multiple_of(64);
    for at in (0..whole.len()).filter(|&at| !is_table(at)) {
        for flip in [1, 2, 0x80, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            exercise(bytes);
        }
    }
}
