//! Queries that are wrong, and what is said about them.

use super::read;

/// What `input` is answered with: a part of the message, and the marked piece.
#[track_caller]
fn check(input: &str, message: &str, marked: &str) {
    let mistake = match read(input) {
        Err(mistake) => mistake,
        Ok(query) => panic!("{input} is read as {query}"),
    };
    assert!(
        mistake.message.contains(message),
        "{input}: {}",
        mistake.message
    );
    assert_eq!(input.get(mistake.span.range()), Some(marked), "{input}");
    assert_eq!(mistake.text, input);
    assert!(mistake.hint.is_some(), "{input} without a hint");
}

#[track_caller]
fn check_all(rows: &[(&str, &str, &str)]) {
    for (input, message, marked) in rows {
        check(input, message, marked);
    }
}

#[track_caller]
fn check_hint(input: &str, hint: &str) {
    let given = read(input).unwrap_err().hint.unwrap();
    assert!(given.contains(hint), "{input}: {given}");
}

#[test]
fn brackets() {
    check_all(&[
        ("(a", "not closed", "("),
        ("(", "not closed", "("),
        ("a (b (c)", "not closed", "("),
        ("a)", "never opened", ")"),
        (")", "never opened", ")"),
        ("(a b)~s)", "never opened", ")"),
        ("a b)~s", "never opened", ")"),
        ("()", "nothing in the brackets", "()"),
        ("a (  )", "nothing in the brackets", "(  )"),
        ("a(b)", "space is missing before `(`", "("),
        ("(a)b", "space is missing before `b`", "b"),
        ("(a)(b)", "space is missing before `(`", "("),
        ("(a)~2", "brackets cannot be followed by: `~2`", "~2"),
        ("(a b)~S", "brackets cannot be followed by: `~S`", "~S"),
        ("(a b)~", "brackets cannot be followed by: `~`", "~"),
    ]);
    let deep = format!("{}a{}", "(".repeat(65), ")".repeat(65));
    check(&deep, "more than 64 brackets", "(");
    check(&"(".repeat(100_000), "more than 64 brackets", "(");
    // Written with all its brackets it would be deeper than it was typed.
    let deep = format!("{}a{}", "(".repeat(33), " b OR c)".repeat(33));
    check(&deep, "more than 64 brackets", &deep);
    check(&"NOT ".repeat(100_000), "more than 64 brackets", "NOT");
}

#[test]
fn operators() {
    check_all(&[
        ("OR", "before `OR`", "OR"),
        ("AND a", "before `AND`", "AND"),
        ("a OR", "after `OR`", "OR"),
        ("a AND OR b", "after `AND`", "AND"),
        ("a AND", "after `AND`", "AND"),
        ("NOT", "after `NOT`", "NOT"),
        ("(a OR) b", "after `OR`", "OR"),
        ("(OR a)", "before `OR`", "OR"),
        ("-OR a", "after `-`", "-"),
        ("-", "right after `-`", "-"),
        ("a - b", "right after `-`", "-"),
        ("(a -)", "right after `-`", "-"),
        ("--od 2023", "two hyphens", "--"),
        ("a || b", "cannot begin with `|`", "|"),
        ("a && b", "cannot begin with `&`", "&"),
        ("!a", "cannot begin with `!`", "!"),
        ("+a", "cannot begin with `+`", "+"),
        ("a –b", "cannot begin with `–`", "–"),
        ("a|b", "`|` has no meaning", "|"),
    ]);
}

#[test]
fn words() {
    check_all(&[
        ("*kowski", "only at the end", "*"),
        ("a*b", "only at the end", "*"),
        ("spotk**", "only at the end", "*"),
        ("=spotk*", "no open end", "spotk*"),
        ("=", "right after `=`", "="),
        ("a = b", "right after `=`", "="),
        ("==a", "cannot begin with `=`", "="),
        ("Kowalsk?", "does not stand for a letter", "?"),
        ("słowo~2", "`~` cannot follow a word", "~"),
        ("~s", "`~` cannot follow a word", "~"),
        ("Putin^2", "`^` has no meaning", "^"),
        (r"Putin\-a", r"`\` has a meaning only", r"\"),
        ("a , b", "no letter or digit", ","),
        ("'okrągły stół'", "cannot begin with `'`", "'"),
        ("[2022 2023]", "cannot begin with `[`", "["),
        (r"a\b:c", "unknown field", r"a\b"),
    ]);
}

#[test]
fn quotes() {
    check_all(&[
        ("\"okrągły stół", "quote is not closed", "\""),
        ("zażółć „okrągły stół", "quote is not closed", "„"),
        ("a \"", "quote is not closed", "\""),
        (r#""a\""#, "quote is not closed", "\""),
        ("ab\"cd\"", "space is missing before `\"`", "\""),
        ("\"MSZ\"-u", "space is missing before `-`", "-"),
        ("Tusk”", "space is missing before `”`", "”"),
        ("\"\"", "no letter or digit", "\"\""),
        ("a „ – ”", "no letter or digit", "„ – ”"),
        ("\"a b\"~", "quotes cannot be followed by: `~`", "~"),
        ("\"a b\"~s", "quotes cannot be followed by: `~s`", "~s"),
        ("\"a b\"~~3", "quotes cannot be followed by: `~~3`", "~~3"),
        ("\"a b\"~101", "cannot move so far: `~101`", "~101"),
        ("\"a b\"~99999999999", "cannot move so far", "~99999999999"),
        ("\"a b\" ~3", "`~` cannot follow a word", "~"),
        ("\"a\"~3", "`~3` needs two words", "~3"),
        ("\"spotk* a\"", "`*` has no meaning in quotes", "*"),
    ]);
}

#[test]
fn regular_expressions() {
    check_all(&[
        ("/spotka", "expression is not closed", "/"),
        (r"/spotka\/", "expression is not closed", "/"),
        ("a //", "expression is empty", "//"),
        ("/a(b/", "cannot be read: unclosed group", "/a(b/"),
        (
            "/[z-a]/",
            "cannot be read: invalid character class range",
            "/[z-a]/",
        ),
        ("/(\\w{1000}){1000}/", "too large", "/(\\w{1000}){1000}/"),
        ("/okrągły stół/", "no word has a space", " "),
        ("/a/b", "space is missing before `b`", "b"),
        ("/a/~2", "space is missing before `~`", "~"),
        ("=/a/", "cannot begin with `/`", "/"),
    ]);
}

#[test]
fn fields() {
    check_all(&[
        ("foo:bar", "unknown field: `foo`", "foo"),
        ("a osba:Tusk", "unknown field: `osba`", "osba"),
        ("http://x.pl", "unknown field: `http`", "http"),
        ("12:30", "unknown field: `12`", "12"),
        (":x", "no field before the colon", ":"),
        ("foo:\"bar baz\"", "unknown field: `foo`", "foo"),
        ("person:", "right after: `person:`", "person:"),
        ("person: Tusk", "right after: `person:`", "person:"),
        ("(title:)", "right after: `title:`", "title:"),
        (
            "person:(a OR b)",
            "brackets cannot follow a field",
            "person:(",
        ),
        ("person:\"\"", "no letter or digit", "\"\""),
        ("person:*", "nothing before `*`", "*"),
        ("person:=Tuska", "all its forms", "person:=Tuska"),
        ("person:/Tusk/", "no regular expression", "person:/Tusk/"),
        ("person:-Tusk", "cannot begin with `-`", "-"),
        ("person:a:b", "a colon in the word", ":"),
        ("person:\"Jan Kowal*\"", "no meaning in quotes", "*"),
        (
            "person:\"Jan Kowalski\"~2",
            "`~2` follows only a phrase",
            "~2",
        ),
        ("person:Ko*ski", "only at the end", "*"),
        ("title:*", "nothing before `*`", "*"),
        ("title:-a", "cannot begin with `-`", "-"),
        ("title:=", "right after `=`", "="),
        ("lang:polski", "no code of a language: `polski`", "polski"),
        ("lang:p1", "no code of a language", "p1"),
        ("source:a*b", "only at the end of a source", "*"),
        (r#"source:"a b\*""#, "end in the sign", r"\*"),
        ("id:a*", "an id has no open end", "*"),
        ("id:\" \"", "no letter or digit", "\" \""),
        ("id:plik(1)", "space is missing before `(`", "("),
    ]);
}

#[test]
fn sentences() {
    check_all(&[
        ("(a -b)~s", "negation has no place", "-"),
        ("(a NOT b)~s", "negation has no place", "NOT"),
        ("(a (b date:2023))~s", "the whole article", "date:2023"),
        ("(a title:b)~s", "the whole article", "title:b"),
        ("(a *)~s", "the whole article", "*"),
        ("(a /b/)~s", "regular expression has no place", "/b/"),
        ("((a b)~s c)~s", "sentence has no place in a sentence", "~s"),
        ("(a)~s", "two things", "~s"),
        ("(a OR b)~s", "two things", "~s"),
    ]);
}

#[test]
fn days() {
    for (input, marked) in [
        ("date:łąka", "łąka"),
        ("ą date:2023-02-30", "2023-02-30"),
        ("event:„2023-13”", "2023-13"),
    ] {
        let mistake = read(input).unwrap_err();
        assert_eq!(mistake.text, input);
        let whole = input.find(marked).unwrap();
        let (start, end) = (mistake.span.start(), mistake.span.end());
        assert!(whole <= start && end <= whole + marked.len(), "{mistake:?}");
        assert!(input.get(start..end).is_some(), "{mistake:?}");
    }
}

#[test]
fn hints() {
    for (input, hint) in [
        ("osba:Tusk", "did you mean `osoba:`"),
        ("preson:Tusk", "did you mean `person:`"),
        ("Dat:2023", "did you mean `date:`"),
        ("foo:bar", "the fields are `person: org: place:"),
        ("http://x.pl", "in quotes: `\"http://x.pl\"`"),
        ("since:2023", "`date:2023-02..`"),
        ("do:2023", "`date:..2023-02`"),
        ("*kowski", "`/.*kowski/`"),
        ("Kowalsk?", "`/Kowalsk./`"),
        ("event:Euro", "`eventname:`"),
        ("date:15 lutego", "`date:\"15 lutego 2023\"`"),
        ("person:(a OR b)", "`(person:A OR person:B)`"),
        ("!a", "`-word`"),
    ] {
        check_hint(input, hint);
    }
}

#[test]
fn carets() {
    for (input, expected) in [
        ("osba:Tusk", "osba:Tusk\n^^^^"),
        ("łódź a\tOR", "łódź a OR\n       ^^"),
        ("東京 foo:x", "東京 foo:x\n     ^^^"),
        ("東京:x", "東京:x\n^^^^"),
        ("\u{1b}[31m", "\u{fffd}[31m\n ^"),
    ] {
        assert_eq!(read(input).unwrap_err().caret(), expected, "{input}");
    }
}

#[test]
fn time_grows_with_length_only() {
    for piece in ["a ", "(a) ", "\"a b\" ", "a OR ", "\\", "\"", "a:", "-a "] {
        let input = piece.repeat(100_000);
        if let Ok(query) = read(&input) {
            assert!(query.to_string().len() <= input.len());
        }
    }
}
