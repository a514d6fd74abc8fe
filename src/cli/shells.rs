//! How each shell asks for completions, and how it wants its answer.

use std::ffi::{OsStr, OsString};
use std::io;

use clap::Command;
use clap_complete::Shell;
use clap_complete::engine::{self, CompletionCandidate};
use clap_complete::env::{Elvish, EnvCompleter, Powershell};

/// Names the shell that asks.
pub(super) const VARIABLE: &str = "KRONIKA_COMPLETE";

/// The line up to the cursor is split by us: bash parts words at `=` and `:`, and leaves quotes on.
const BASH: &str = r#"_kronika() {
    local offer
    COMPREPLY=()
    while IFS= read -r offer; do
        COMPREPLY+=("$offer")
    done < <(KRONIKA_COMPLETE=bash kronika -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[/=] ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
complete -o bashdefault -o nosort -F _kronika kronika 2>/dev/null ||
    complete -o bashdefault -F _kronika kronika
"#;

/// An offer need not begin as the word does, so zsh is told to take it (`-U`) and, where the word
/// would be lost, to go through the offers one by one.
const ZSH: &str = r#"#compdef kronika
_kronika() {
    local line
    local -a values shown folders
    for line in "${(@f)$(KRONIKA_COMPLETE=zsh kronika -- "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        local value=${line%%$'\t'*}
        if [[ $value == */ ]]; then
            folders+=("$value")
            continue
        fi
        [[ ${(L)value} == ${(L)${(Q)PREFIX}}* ]] || compstate[insert]=menu
        values+=("$value")
        if [[ $line == *$'\t'* ]]; then
            shown+=("$value  -- ${line#*$'\t'}")
        else
            shown+=("$value")
        fi
    done
    (( $#values )) && compadd -U -V kronika -l -d shown -a values
    (( $#folders )) && compadd -U -V folders -S '' -a folders
    (( $#values + $#folders ))
}
if [[ $funcstack[1] == _kronika ]]; then
    _kronika "$@"
else
    compdef _kronika kronika
fi
"#;

const FISH: &str = r#"complete --keep-order --exclusive --command kronika --arguments "(KRONIKA_COMPLETE=fish kronika -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor) 2>/dev/null)"
"#;

/// What a shell has to run once.
pub(super) fn script(shell: Shell) -> io::Result<Vec<u8>> {
    let mut script = Vec::new();
    match shell {
        Shell::Bash => script.extend(BASH.as_bytes()),
        Shell::Zsh => script.extend(ZSH.as_bytes()),
        Shell::Fish => script.extend(FISH.as_bytes()),
        Shell::Elvish => {
            Elvish.write_registration(VARIABLE, "kronika", "kronika", "kronika", &mut script)?;
        }
        Shell::PowerShell => {
            Powershell.write_registration(
                VARIABLE,
                "kronika",
                "kronika",
                "kronika",
                &mut script,
            )?;
        }
        _ => return Err(io::ErrorKind::Unsupported.into()),
    }
    Ok(script)
}

/// The answer to a shell; none for one that is not known or that asks wrongly.
/// `command` makes the command line for the words that were typed.
pub(super) fn answer(
    shell: &OsStr,
    arguments: Vec<OsString>,
    command: impl Fn(&[OsString]) -> Command,
) -> Option<Vec<u8>> {
    let offers = |words: Vec<OsString>| -> Option<Vec<CompletionCandidate>> {
        let mut command = command(&words);
        let words = without_index(words);
        let last = words.len().checked_sub(1)?;
        let folder = std::env::current_dir().ok();
        engine::complete(&mut command, words, last, folder.as_deref()).ok()
    };
    match shell.to_str()? {
        "bash" => {
            let mut arguments = arguments.iter();
            let (line, word) = (arguments.next()?.to_str()?, arguments.next()?.to_str()?);
            let line = Line::read(line);
            let words = line.words.iter().map(OsString::from).collect();
            Some(for_bash(&line, word, &offers(words)?))
        }
        "zsh" => Some(in_lines(&offers(arguments)?)),
        "fish" => {
            let (last, words) = arguments.split_last()?;
            // What is being typed still has its quotes.
            let last = Line::read(last.to_str()?).words.pop().unwrap_or_default();
            let words = words.iter().cloned().chain([last.into()]).collect();
            Some(in_lines(&offers(words)?))
        }
        name => {
            let known: &dyn EnvCompleter = match name {
                "elvish" => &Elvish,
                "powershell" => &Powershell,
                _ => return None,
            };
            let mut command = command(&arguments);
            let mut answer = Vec::new();
            let folder = std::env::current_dir().ok();
            known
                .write_complete(&mut command, arguments, folder.as_deref(), &mut answer)
                .ok()?;
            Some(answer)
        }
    }
}

/// The words without the flags of the index that have their value: it is known by now, and the engine
/// takes a folder that is called like a verb for the verb.
fn without_index(words: Vec<OsString>) -> Vec<OsString> {
    let last = words.len().saturating_sub(1);
    let mut kept = Vec::with_capacity(words.len());
    let mut words = words.into_iter().enumerate();
    while let Some((place, word)) = words.next() {
        if (word == "-i" || word == "--index") && place + 1 < last {
            words.next();
        } else {
            kept.push(word);
        }
    }
    kept
}

/// One offer a line, with what it is behind a tab.
fn in_lines(offers: &[CompletionCandidate]) -> Vec<u8> {
    let mut answer = String::new();
    for offer in offers {
        answer += &offer.get_value().to_string_lossy();
        if let Some(help) = offer.get_help() {
            let help = help.to_string();
            answer += "\t";
            answer += help.lines().next().unwrap_or_default();
        }
        answer += "\n";
    }
    answer.into_bytes()
}

/// What takes the place of `word`, the end of the line that bash takes for the word being typed.
fn for_bash(line: &Line, word: &str, offers: &[CompletionCandidate]) -> Vec<u8> {
    let typed = line.words.last().map_or("", String::as_str);
    let opening = line.quote.filter(|quote| !word.starts_with(*quote));
    let quoted: String = opening.into_iter().chain(word.chars()).collect();
    let word = Line::read(&quoted).words.pop().unwrap_or_default();
    // Such as `--person=`, which bash leaves as it is.
    let kept = typed.strip_suffix(word.as_str()).unwrap_or_default();
    let offers: Vec<String> = offers
        .iter()
        .filter_map(|offer| Some(offer.get_value().to_str()?.strip_prefix(kept)?.to_owned()))
        .collect();
    let mut answer = String::new();
    for offer in &offers {
        answer += &escaped(offer, line.quote);
        answer += "\n";
    }
    // Bash writes what all offers begin with over the word. Where that would take letters away, one
    // more offer that begins otherwise makes it leave the word alone.
    if offers.len() > 1 && !offers.iter().all(|offer| offer.starts_with(&word)) {
        let shared = offers.iter().skip(1).fold(
            offers.first().map_or(0, |first| first.chars().count()),
            |shared, offer| {
                let pairs = offers.iter().take(1).flat_map(|first| first.chars());
                let pairs = pairs.zip(offer.chars());
                shared.min(pairs.take_while(|(one, other)| one == other).count())
            },
        );
        if shared < word.chars().count() {
            answer += " \n";
        }
    }
    answer.into_bytes()
}

/// A text as bash reads it back, where `quote` is open.
fn escaped(text: &str, quote: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match quote {
            Some('\'') if letter == '\'' => {
                out.push_str("'\\'");
            }
            Some('"') if matches!(letter, '"' | '\\' | '$' | '`') => out.push('\\'),
            None if letter.is_ascii()
                && !letter.is_ascii_alphanumeric()
                && !matches!(
                    letter,
                    '_' | '-' | '.' | ',' | '/' | ':' | '=' | '@' | '+' | '%'
                ) =>
            {
                out.push('\\');
            }
            _ => {}
        }
        out.push(letter);
    }
    out
}

/// A line up to the cursor, as a shell takes it apart.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    /// Its words without their quotes; the last is being typed, and may be empty.
    words: Vec<String>,
    /// The quote that is open in it.
    quote: Option<char>,
}

impl Line {
    fn read(line: &str) -> Self {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut is_word = false;
        let mut quote = None;
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            match (letter, quote) {
                (_, Some(open)) if letter == open => quote = None,
                ('\\', None) => word.extend(letters.next()),
                ('\\', Some('"')) => match letters.next() {
                    Some(next @ ('"' | '\\' | '$' | '`')) => word.push(next),
                    next => word.extend(['\\'].into_iter().chain(next)),
                },
                ('"' | '\'', None) => quote = Some(letter),
                (' ' | '\t' | '\n', None) => {
                    if is_word {
                        words.push(std::mem::take(&mut word));
                    }
                    is_word = false;
                    continue;
                }
                _ => word.push(letter),
            }
            is_word = true;
        }
        words.push(word);
        Self { words, quote }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_are_read_as_a_shell_reads_them() {
        let rows: [(&str, &[&str], Option<char>); 7] = [
            ("kronika met ", &["kronika", "met", ""], None),
            ("kronika  met Pu", &["kronika", "met", "Pu"], None),
            ("met Joe\\ Bi", &["met", "Joe Bi"], None),
            ("met \"Joe Bi", &["met", "Joe Bi"], Some('"')),
            ("met 'Joe' ''", &["met", "Joe", ""], None),
            ("--person='Jo", &["--person=Jo"], Some('\'')),
            ("\"a\\\"\\b", &["a\"\\b"], Some('"')),
        ];
        for (line, words, quote) in rows {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            assert_eq!(Line::read(line), Line { words, quote }, "{line}");
        }
    }

    #[track_caller]
    fn check(line: &str, word: &str, offers: &[&str], expected: &str) {
        let offers: Vec<CompletionCandidate> =
            offers.iter().map(CompletionCandidate::new).collect();
        let answer = for_bash(&Line::read(line), word, &offers);
        assert_eq!(String::from_utf8(answer).unwrap(), expected, "{line}");
    }

    #[test]
    fn bash_gets_what_stands_for_its_word() {
        check("k met Jo", "Jo", &["Joe Biden"], "Joe\\ Biden\n");
        check("k met \"Jo", "Jo", &["Joe Biden"], "Joe Biden\n");
        check("k met Joe\\ B", "Joe\\ B", &["Joe Biden"], "Joe\\ Biden\n");
        check("k --org=U", "U", &["--org=UE"], "UE\n");
        check("k --org='U", "U", &["--org=UE"], "UE\n");
        check(
            "k met luk",
            "luk",
            &["Łuk A", "Łuk B"],
            "Łuk\\ A\nŁuk\\ B\n",
        );
        check("k met Łuk", "Łuk", &["Aa", "Ab"], "Aa\nAb\n \n");
        check("k met x", "x", &[], "");
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_read_back(text in "[^\n\t]{1,20}", quote in prop::sample::select(vec![None, Some('"'), Some('\'')])) {
            let line: String = quote.into_iter().chain(escaped(&text, quote).chars()).collect();
            let read = Line::read(&line);
            prop_assert_eq!(read.words, vec![text]);
            prop_assert_eq!(read.quote, quote);
        }
    }
}
