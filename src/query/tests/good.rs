//! Queries that are right, and what they mean.

use super::{read, sketch, today};
use crate::model::{DateMatch, DayRange, Query};
use crate::query::{parse, to_text};

/// Reads `input`, compares its sketch, and reads its notation back.
#[track_caller]
fn check(input: &str, expected: &str) {
    let query = read(input).unwrap_or_else(|mistake| panic!("{mistake}:\n{}", mistake.caret()));
    assert_eq!(sketch(&query), expected, "{input}");
    let text = to_text(&query);
    assert_eq!(read(&text), Ok(query), "{input} is written {text}");
}

#[track_caller]
fn check_all(rows: &[(&str, &str)]) {
    for (input, expected) in rows {
        check(input, expected);
    }
}

#[track_caller]
fn check_text(input: &str, expected: &str) {
    assert_eq!(to_text(&read(input).unwrap()), expected, "{input}");
}

#[test]
fn words() {
    check_all(&[
        ("", "all"),
        (" \t\n ", "all"),
        ("*", "all"),
        ("spotkanie", "spotkanie"),
        ("spotkanie Putin", "and(spotkanie, Putin)"),
        ("  spotkanie\n\tPutin ", "and(spotkanie, Putin)"),
        ("spotkanie\u{a0}Putin\u{feff}", "and(spotkanie, Putin)"),
        ("a\0b", "and(a, b)"),
        ("polsko-rosyjski", "polsko-rosyjski"),
        ("MSZ-u", "MSZ-u"),
        ("a- b", "and(a-, b)"),
        ("d'Artagnan O’Neill", "and(d'Artagnan, O’Neill)"),
        ("AC/DC AT&T C++ a=b", "and(AC/DC, AT&T, C++, a=b)"),
        ("50% #tag @autor 2023", "and(50%, #tag, @autor, 2023)"),
        ("Tusk, Merkel.", "and(Tusk,, Merkel.)"),
        ("or i lub and not Or", "and(or, i, lub, and, not, Or)"),
        ("ORLEN ANDORA NOTES", "and(ORLEN, ANDORA, NOTES)"),
        ("łódź Łukaszenka 東京", "and(łódź, Łukaszenka, 東京)"),
        ("=Putina", "=Putina"),
        ("=Putina =MSZ-u", "and(=Putina, =MSZ-u)"),
        ("spotk*", "spotk…"),
        ("polsko-ros* OR*", "and(polsko-ros…, OR…)"),
    ]);
}

#[test]
fn meetings() {
    check_all(&[
        ("met:Putin", "met(Putin)"),
        ("MET:Putin", "met(Putin)"),
        ("spotkał:Putina", "met(Putina)"),
        ("spotkal:Put*", "met(Put…)"),
        (r#"met:"Donald  Tusk""#, "met(Donald Tusk)"),
        ("met:Tusk met:Merkel", "and(met(Tusk), met(Merkel))"),
        ("-met:Tusk", "not(met(Tusk))"),
        ("met", "met"),
    ]);
}

#[test]
fn quotes() {
    check_all(&[
        (r#""okrągły stół""#, "[okrągły|stół]0"),
        (r#""okrągły stół"~3"#, "[okrągły|stół]3"),
        (r#""okrągły stół"~0"#, "[okrągły|stół]0"),
        (r#""okrągły stół"~100"#, "[okrągły|stół]100"),
        (r#""=Putina spotkanie""#, "[=Putina|spotkanie]0"),
        (r#"="okrągłego stołu""#, "[=okrągłego|=stołu]0"),
        (r#"="Putina""#, "=Putina"),
        (r#""=Putina""#, "=Putina"),
        (r#""Putin""#, "Putin"),
        (r#"" Putin ""#, "Putin"),
        ("„okrągły stół”", "[okrągły|stół]0"),
        ("„okrągły stół“", "[okrągły|stół]0"),
        ("„okrągły stół\"", "[okrągły|stół]0"),
        ("“okrągły stół”~2", "[okrągły|stół]2"),
        ("”okrągły stół”", "[okrągły|stół]0"),
        ("«okrągły stół»", "[okrągły|stół]0"),
        ("»okrągły stół«", "[okrągły|stół]0"),
        ("\"w „Wyborczej” wczoraj\"", "[w|„Wyborczej”|wczoraj]0"),
        (r#""OR" "AND" "NOT""#, "and(OR, AND, NOT)"),
        (r#""12:30""#, "12:30"),
        (r#""http://x.pl/a?b=c""#, "http://x.pl/a?b=c"),
        (r#""Bruksela – Moskwa, Mińsk""#, "[Bruksela|Moskwa,|Mińsk]0"),
        (r#""rock\"n\"roll""#, "rock\"n\"roll"),
        (r#""M\*A\*S\*H""#, "M*A*S*H"),
        (r#""\=x y""#, "[=x|y]0"),
        (r#""C:\news \\x""#, r"[C:\news|\x]0"),
        (r#""-minus ~x (nawias)""#, "[-minus|~x|(nawias)]0"),
        (r#""a b" "c d""#, "and([a|b]0, [c|d]0)"),
        (r#"-"okrągły stół""#, "not([okrągły|stół]0)"),
    ]);
}

#[test]
fn regular_expressions() {
    check_all(&[
        ("/spotka(ł|li)/", "/spotka(ł|li)/"),
        (r"/km\/h/", "/km/h/"),
        (r"/a\.b/", r"/a\.b/"),
        (r"/a\\/", r"/a\\/"),
        (r"/a\\\/b/", r"/a\\/b/"),
        (r#"/"x"/ (/[()]/)"#, r#"and(/"x"/, /[()]/)"#),
        ("/.*kowsk(i|a)/ -/x:y/", "and(/.*kowsk(i|a)/, not(/x:y/))"),
        (r"/\p{Lu}{3}/", r"/\p{Lu}{3}/"),
    ]);
}

#[test]
fn operators() {
    check_all(&[
        ("a OR b", "or(a, b)"),
        ("a AND b", "and(a, b)"),
        ("a b OR c d", "or(and(a, b), and(c, d))"),
        ("a OR b AND c", "or(a, and(b, c))"),
        ("(a OR b) c", "and(or(a, b), c)"),
        ("a OR b OR c", "or(a, b, c)"),
        ("(a OR b) OR c", "or(a, b, c)"),
        ("a (b (c d))", "and(a, b, c, d)"),
        ("(((a)))", "a"),
        ("(a) (b)", "and(a, b)"),
        ("-a", "not(a)"),
        ("NOT a", "not(a)"),
        ("-a -b", "and(not(a), not(b))"),
        ("* -a", "and(all, not(a))"),
        ("a -b", "and(a, not(b))"),
        ("a AND NOT b", "and(a, not(b))"),
        ("NOT a b", "and(not(a), b)"),
        ("a OR -b", "or(a, not(b))"),
        ("-(a OR b)", "not(or(a, b))"),
        ("NOT(a OR b)", "not(or(a, b))"),
        ("NOT NOT a", "not(not(a))"),
        ("-(-a)", "not(not(a))"),
        ("-=Putina", "not(=Putina)"),
        ("-*", "not(all)"),
        ("( a )", "a"),
    ]);
}

#[test]
fn names() {
    check_all(&[
        ("person:Tuskiem", "person(Tuskiem)"),
        ("osoba:Tusk", "person(Tusk)"),
        ("Person:Tusk OSOBA:Tusk", "and(person(Tusk), person(Tusk))"),
        (r#"person:"Donald Tusk""#, "person(Donald Tusk)"),
        ("person:„ Donald  Tusk ”", "person(Donald Tusk)"),
        (r#"person:"Tusk""#, "person(Tusk)"),
        ("person:Kowal*", "person(Kowal…)"),
        ("org:NATO", "organization(NATO)"),
        ("organization:NATO", "organization(NATO)"),
        ("organisation:NATO", "organization(NATO)"),
        ("organizacja:MSZ", "organization(MSZ)"),
        ("place:Kijów", "place(Kijów)"),
        ("miejsce:\"Nowy Ogariow\"", "place(Nowy Ogariow)"),
        ("product:Leopard", "product(Leopard)"),
        ("wytwór:Leopard", "product(Leopard)"),
        ("produkt:F-16", "product(F-16)"),
        ("eventname:\"Euro 2012\"", "event(Euro 2012)"),
        ("nazwazdarzenia:Solidarność", "event(Solidarność)"),
        ("-person:Putin", "not(person(Putin))"),
        ("person:OR", "person(OR)"),
        (
            r#"org:"Hotel \"Bristol\"""#,
            "organization(Hotel \"Bristol\")",
        ),
        (r#"org:"M\*A""#, "organization(M*A)"),
        (
            "(person:Merkel OR person:Scholz) place:Berlin",
            "and(or(person(Merkel), person(Scholz)), place(Berlin))",
        ),
    ]);
}

#[test]
fn titles_and_the_rest() {
    check_all(&[
        ("title:szczyt", "title(szczyt)"),
        (
            "tytuł:szczyt tytul:szczyt",
            "and(title(szczyt), title(szczyt))",
        ),
        (r#"title:"okrągły stół"~2"#, "title([okrągły|stół]2)"),
        ("title:=Putina", "title(=Putina)"),
        (r#"title:="okrągłego stołu""#, "title([=okrągłego|=stołu]0)"),
        ("title:spotk*", "title(spotk…)"),
        (r"title:/km\/h/", "title(/km/h/)"),
        ("lang:pl", "language(pl)"),
        ("język:PL", "language(pl)"),
        ("jezyk:en language:de", "and(language(en), language(de))"),
        ("source:onet.pl", "source(onet.pl)"),
        ("source:onet*", "source(onet*)"),
        ("source:*", "source(*)"),
        (
            "źródło:https://onet.pl/~x?a=b",
            "source(https://onet.pl/~x?a=b)",
        ),
        (r#"zrodlo:"Gazeta Wyborcza""#, "source(Gazeta Wyborcza)"),
        (r#"source:"Gazeta W*""#, "source(Gazeta W*)"),
        (r#"source:"a\*b c""#, "source(a*b c)"),
        ("source:/dane/pap", "source(/dane/pap)"),
        ("id:gazeta/2023.jsonl#7", "id(gazeta/2023.jsonl#7)"),
        ("id:=x:y", "id(=x:y)"),
        ("id:-x", "id(-x)"),
        (r"id:C:\x", r"id(C:\x)"),
        (r#"id:"plik (1).txt""#, "id(plik (1).txt)"),
    ]);
}

#[test]
fn days() {
    check_all(&[
        ("date:2023-02-15", "date(2023-02-15)"),
        ("date:2023-02", "date(2023-02-01 2023-02-28)"),
        ("data:2023", "date(2023-01-01 2023-12-31)"),
        ("date:\"2023-02\"", "date(2023-02-01 2023-02-28)"),
        ("date:none", "undated"),
        ("data:brak", "undated"),
        ("-date:none", "not(undated)"),
        ("event:2023-02-17", "days(2023-02-17)"),
        ("zdarzenie:2023-02", "days(2023-02-01 2023-02-28)"),
        (
            "Putin date:2023-02",
            "and(Putin, date(2023-02-01 2023-02-28))",
        ),
    ]);
}

#[test]
fn days_in_words_and_ranges() {
    check_all(&[
        ("date:2023-01..2023-03", "date(2023-01-01 2023-03-31)"),
        ("date:..2023-03", "date(? 2023-03-31)"),
        ("event:2023-03..", "days(2023-03-01 ?)"),
        ("date:\"15 lutego 2023\"", "date(2023-02-15)"),
        ("date:15.02.2023", "date(2023-02-15)"),
        ("date:wczoraj", "date(2023-02-19)"),
    ]);
}

#[test]
fn sentences() {
    check_all(&[
        (
            "(person:Merkel person:Putin)~s",
            "sentence(person(Merkel), person(Putin))",
        ),
        (
            "(Merkel =Putina spotk* \"okrągły stół\")~s",
            "sentence(Merkel, =Putina, spotk…, [okrągły|stół]0)",
        ),
        (
            "((Merkel OR Scholz) person:Putin)~s",
            "sentence(or(Merkel, Scholz), person(Putin))",
        ),
        ("(a b OR c)~s", "sentence(or(and(a, b), c))"),
        ("((a b))~s", "sentence(a, b)"),
        (
            "-(a AND b)~s date:none",
            "and(not(sentence(a, b)), undated)",
        ),
        ("(date:none (a b)~s)", "and(undated, sentence(a, b))"),
    ]);
}

#[test]
fn notation() {
    for (input, expected) in [
        ("", "*"),
        ("a AND b", "a b"),
        ("a b OR c", "(a b) OR c"),
        ("NOT a", "-a"),
        ("NOT NOT a", "NOT -a"),
        ("x -(-(a b))", "x NOT -(a b)"),
        ("NOT (a b)", "-(a b)"),
        ("„okrągły stół”~0", "\"okrągły stół\""),
        ("=„okrągłego stołu”", "\"=okrągłego =stołu\""),
        ("\"Putin\"", "Putin"),
        ("\"OR\"", "\"OR\""),
        ("\"-x\"", "\"-x\""),
        ("=\"a:b\"", "=\"a:b\""),
        ("osoba:\"Tusk\"", "person:Tusk"),
        ("organization:NATO", "org:NATO"),
        ("zdarzenie:2023-02-17", "event:2023-02-17"),
        ("data:2023-02", "date:2023-02-01..2023-02-28"),
        ("data:brak", "date:none"),
        ("źródło:\"onet.pl\"", "source:onet.pl"),
        ("((a b OR c))~s", "((a b) OR c)~s"),
    ] {
        check_text(input, expected);
    }
}

#[test]
fn notation_of_what_is_never_read() {
    assert_eq!(to_text(&Query::And(vec![])), "*");
    assert_eq!(to_text(&Query::Or(vec![])), "-*");
    assert_eq!(to_text(&Query::And(vec![Query::Undated])), "date:none");
    let ever = DayRange {
        first: None,
        last: None,
    };
    assert_eq!(to_text(&Query::Event(ever)), "event:..");
}

#[test]
fn dates_match_as_asked() {
    let query = parse("date:2023-02-15", today(), DateMatch::Within).unwrap();
    assert_eq!(sketch(&query), "within(2023-02-15)");
}

#[test]
fn depth_up_to_the_limit() {
    let input = format!("{}a{}", "(".repeat(64), ")".repeat(64));
    check(&input, "a");
    let input = format!("{}a", "NOT ".repeat(64));
    let written = format!("{}-a", "NOT ".repeat(63));
    check_text(&input, &written);
    check_text(&written, &written);
    let input = format!("{}a{}", "(".repeat(32), " b OR c)".repeat(32));
    let written = format!("{}a{} b) OR c", "(".repeat(63), " b) OR c)".repeat(31));
    check_text(&input, &written);
    check_text(&written, &written);
}
