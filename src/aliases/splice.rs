//! Changes of the text of an alias file that leave the rest of it alone, comments above all.

use std::ops::Range;

use toml_edit::Value;

use super::entries::Entry;
use crate::model::Alias;

/// A range of the text and what comes in its place.
type Splice = (Range<usize>, String);

/// The text with ranges replaced. They do not overlap.
fn spliced(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, put) in splices {
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&put);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// How the lines of the text end.
fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A name as TOML.
fn quoted(name: &str) -> String {
    Value::from(name).to_string()
}

/// An entry as TOML, its lines ending in `\n`.
pub(super) fn entry_text(alias: &Alias) -> String {
    let mut lines = vec![format!("[[{}]]", alias.rule.name())];
    lines.push(format!("name = {}", quoted(&alias.name)));
    let others: Vec<String> = alias
        .rule
        .others()
        .iter()
        .map(|name| quoted(name))
        .collect();
    let others = others.join(", ");
    match alias.rule.name() {
        "merge" => lines.push(format!("forms = [{others}]")),
        "split" => lines.push(format!("from = [{others}]")),
        "rename" => lines.push(format!("to = {others}")),
        _ => {}
    }
    lines.extend(
        alias
            .kind
            .map(|kind| format!("kind = {}", quoted(kind.name()))),
    );
    let comment = alias.comment.as_deref();
    lines.extend(comment.map(|comment| format!("comment = {}", quoted(comment))));
    lines.push(String::new());
    lines.join("\n")
}

/// The text with one more entry at its end.
pub(super) fn with_entry(text: &str, alias: &Alias) -> String {
    let end = line_end(text);
    let mut out = text.to_owned();
    let is_empty = text.trim_start_matches('\u{feff}').is_empty();
    if !is_empty {
        if !text.ends_with('\n') {
            out.push_str(end);
        }
        out.push_str(end);
    }
    out.push_str(&entry_text(alias).replace('\n', end));
    out
}

/// Where the bytes of a text outside these ranges have comments.
fn comments(text: &str, all: Range<usize>, solid: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut solid: Vec<&Range<usize>> = solid.iter().collect();
    solid.sort_by_key(|range| range.start);
    let mut found = Vec::new();
    let mut at = all.start;
    for next in solid.into_iter().chain([&(all.end..all.end)]) {
        let gap = text.get(at..next.start).unwrap_or_default();
        let mut from = 0;
        while let Some(sign) = gap.get(from..).and_then(|rest| rest.find('#')) {
            let start = from + sign;
            let line = gap.get(start..).unwrap_or_default().lines().next();
            let end = start + line.map_or(0, str::len);
            found.push(at + start..at + end);
            from = end;
        }
        at = at.max(next.end);
    }
    found
}

/// Where the line ends that holds this byte, before its end of line.
fn end_of_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.lines().next().map_or(0, str::len)
}

/// Where the next line begins.
fn next_line(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + rest.find('\n').map_or(rest.len(), |line| line + 1)
}

/// The spaces at the end of what stands before this byte, where nothing else is on its line.
fn indent(text: &str, at: usize) -> Option<&str> {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_blank = line.chars().all(|letter| matches!(letter, ' ' | '\t'));
    is_blank.then_some(line)
}

/// The text without an entry; the comments that stood in it stay, each on a line.
pub(super) fn without_entry(text: &str, entry: &Entry) -> String {
    let last = end_of_line(text, entry.all.end);
    let kept = comments(text, entry.all.start..last, &entry.solid);
    let mut put = String::new();
    for comment in &kept {
        put.push_str(text.get(comment.clone()).unwrap_or_default());
        put.push_str(line_end(text));
    }
    let mut end = next_line(text, entry.all.end);
    if put.is_empty() {
        // One of the two empty lines around it goes with it.
        let rest = text.get(end..).unwrap_or_default();
        let before = text.get(..entry.all.start).unwrap_or_default();
        let after_gap = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        if after_gap && rest.lines().next().is_some_and(str::is_empty) {
            end = next_line(text, end);
        } else if rest.is_empty() && after_gap && !before.is_empty() {
            let start = before.len() - line_end(before).len();
            return spliced(text, vec![(start..end, put)]);
        }
    }
    spliced(text, vec![(entry.all.start..end, put)])
}

/// The text with one more name in the list of an entry.
pub(super) fn with_other(text: &str, entry: &Entry, name: &str) -> String {
    let name = quoted(name);
    let close = entry.list.end.saturating_sub(1);
    let Some(last) = entry.others.last() else {
        return text.to_owned();
    };
    let comma = comma(text, last.end..close, &entry.solid);
    let line = end_of_line(text, comma.unwrap_or(last.end));
    if let Some(indent) = indent(text, last.start)
        && line < close
    {
        // One name a line: the next one gets a line below, behind the comment of the last.
        let end = line_end(text);
        if comma.is_some() {
            return spliced(text, vec![(line..line, format!("{end}{indent}{name},"))]);
        }
        let splices = vec![
            (last.end..last.end, ",".to_owned()),
            (line..line, format!("{end}{indent}{name}")),
        ];
        return spliced(text, splices);
    }
    match comma {
        Some(comma) => spliced(text, vec![(comma + 1..comma + 1, format!(" {name},"))]),
        None => spliced(text, vec![(last.end..last.end, format!(", {name}"))]),
    }
}

/// The place of the comma between two values, outside comments.
fn comma(text: &str, gap: Range<usize>, solid: &[Range<usize>]) -> Option<usize> {
    let solid: Vec<Range<usize>> = solid
        .iter()
        .filter(|range| gap.start <= range.start && range.end <= gap.end)
        .cloned()
        .collect();
    let comments = comments(text, gap.clone(), &solid);
    let letters = text.get(gap.clone()).unwrap_or_default().match_indices(',');
    letters
        .map(|(at, _)| gap.start + at)
        .find(|at| !comments.iter().any(|comment| comment.contains(at)))
}

/// The text without one name of the list of an entry, which has others.
pub(super) fn without_other(text: &str, entry: &Entry, index: usize) -> String {
    let close = entry.list.end.saturating_sub(1);
    let Some(place) = entry.others.get(index) else {
        return text.to_owned();
    };
    let next = entry.others.get(index + 1);
    let gap = place.end..next.map_or(close, |next| next.start);
    if let Some(comma) = comma(text, gap, &entry.solid) {
        return spliced(
            text,
            vec![(alone(text, place.start, comma + 1), String::new())],
        );
    }
    // The last one has no comma behind it; the one before it goes instead.
    let before = index
        .checked_sub(1)
        .and_then(|index| entry.others.get(index));
    let before = before.map_or(entry.list.start + 1, |before| before.end);
    let Some(comma) = comma(text, before..place.start, &entry.solid) else {
        return spliced(text, vec![(place.clone(), String::new())]);
    };
    let between = text.get(comma + 1..place.start).unwrap_or_default();
    let splices = if between.trim().is_empty() {
        vec![(comma..place.end, String::new())]
    } else {
        vec![
            (comma..comma + 1, String::new()),
            (alone(text, place.start, place.end), String::new()),
        ]
    };
    spliced(text, splices)
}

/// The range of a name with the space that goes with it: its whole line where it is alone there.
fn alone(text: &str, start: usize, end: usize) -> Range<usize> {
    let rest = text.get(end..).unwrap_or_default();
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let line = end_of_line(text, end);
    match indent(text, start) {
        Some(indent) if end + spaces == line => start - indent.len()..next_line(text, end),
        // Something else keeps the line, a comment or the next name.
        _ => start..end + spaces,
    }
}
