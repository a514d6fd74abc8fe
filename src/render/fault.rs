//! What went wrong, for people: the error, the place with a caret, a hint.

use std::error::Error as _;
use std::io::{self, Write};

use super::safe::harmless_line;
use crate::{Error, Mistake};
use anstyle::{AnsiColor, Style as Ansi};

const ERROR: Ansi = AnsiColor::Red.on_default().bold();
const HINT: Ansi = AnsiColor::Cyan.on_default().bold();

/// Writes an error with all that caused it on one line, then its place and a hint.
///
/// Of a file of aliases every mistake is written so.
pub fn write(error: &Error, colour: bool, out: &mut dyn Write) -> io::Result<()> {
    if let Error::Aliases { path, mistakes } = error {
        for found in mistakes {
            let path = path.display();
            let (line, column, mistake) = (found.line, found.column, &found.mistake);
            let message = format!("{path}:{line}:{column}: {mistake}");
            let hint = mistake.hint.as_deref();
            write_one(&message, Some(mistake), hint, colour, out)?;
        }
        return Ok(());
    }
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // A level that passes another's words on is not repeated.
        if !message.ends_with(&cause_text) {
            message.push_str(": ");
            message.push_str(&cause_text);
        }
        source = cause.source();
    }
    let mistake = match error {
        Error::Mistake(mistake) => Some(mistake),
        _ => None,
    };
    write_one(&message, mistake, hint(error).as_deref(), colour, out)
}

fn write_one(
    message: &str,
    mistake: Option<&Mistake>,
    hint: Option<&str>,
    colour: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let label = |text: &str, ansi: Ansi| {
        if colour {
            format!("{ansi}{text}{ansi:#}")
        } else {
            text.to_owned()
        }
    };
    let message = harmless_line(message);
    writeln!(out, "kronika: {} {message}", label("error:", ERROR))?;
    if let Some(mistake) = mistake {
        for line in mistake.caret().lines() {
            writeln!(out, "  {line}")?;
        }
    }
    if let Some(hint) = hint {
        writeln!(out, "{} {}", label("hint:", HINT), harmless_line(hint))?;
    }
    Ok(())
}

fn hint(error: &Error) -> Option<String> {
    Some(match error {
        Error::Mistake(mistake) => return mistake.hint.clone(),
        Error::Aliases { .. } => "mend it, or name another with --aliases".to_owned(),
        Error::NoIndex { .. } => {
            "make one with `kronika index PATH…`, or name another with -i DIR".to_owned()
        }
        Error::NotAnIndex { .. } => "name another folder with -i DIR".to_owned(),
        Error::IndexVersion { .. } | Error::IndexAnalysis { .. } => {
            "build it anew with `kronika index --rebuild PATH…`".to_owned()
        }
        Error::IndexLocked { .. } => "wait until it is done, or stop it".to_owned(),
        Error::Index { .. } => {
            "if this stays, build it anew with `kronika index --rebuild PATH…`".to_owned()
        }
        Error::Io { source, .. } => match source.kind() {
            io::ErrorKind::NotFound => "check the path".to_owned(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "check who may read and write there".to_owned()
            }
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => {
                "make room; the index is as it was at its last commit".to_owned()
            }
            _ if is_out_of_handles(source) => {
                "allow more open files, with `ulimit -n` for example".to_owned()
            }
            _ => return None,
        },
    })
}

/// Whether the process, or all of them together, have too many files open.
fn is_out_of_handles(error: &io::Error) -> bool {
    /// `ENFILE` and `EMFILE`, which the standard library has no names for.
    const TOO_MANY_OPEN: [i32; 2] = [23, 24];
    cfg!(unix)
        && error
            .raw_os_error()
            .is_some_and(|code| TOO_MANY_OPEN.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    #[track_caller]
    fn check(text: &str, span: (usize, usize), expected: &str) {
        let error = Error::from(Mistake {
            text: text.to_owned(),
            span: Span::new(span.0, span.1),
            message: "it is wrong".to_owned(),
            hint: Some("mend it".to_owned()),
        });
        let mut out = Vec::new();
        write(&error, false, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            format!("kronika: error: it is wrong\n{expected}hint: mend it\n")
        );
    }

    #[test]
    fn carets_stand_below_the_mistake() {
        check("źle tu", (5, 7), "  źle tu\n      ^^\n");
        check("(brak", (5, 5), "  (brak\n       ^\n");
        check("a\u{1b}b", (2, 3), "  a\u{fffd}b\n    ^\n");
    }
}
