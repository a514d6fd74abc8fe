//! The user's own file of names: its entries, its check, and its edits.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;
use similar::TextDiff;

use super::safe::{harmless, harmless_line};
use super::{Format, json, table};
use crate::FileMistake;
use crate::model::{
    Alias, AliasChange, AliasFinding, AliasRule, AliasTrouble, EntityKind, Suggestion,
};

#[derive(Serialize)]
struct ListShape<'a> {
    schema: &'static str,
    file: String,
    aliases: Vec<AliasShape<'a>>,
}

#[derive(Serialize)]
struct AliasShape<'a> {
    schema: &'static str,
    rule: &'a str,
    name: &'a str,
    others: &'a [String],
    kind: Option<&'a str>,
    comment: Option<&'a str>,
    line: usize,
}

impl<'a> AliasShape<'a> {
    fn new(alias: &'a Alias) -> Self {
        Self {
            schema: "kronika.alias/1",
            rule: alias.rule.name(),
            name: &alias.name,
            others: alias.rule.others(),
            kind: alias.kind.map(EntityKind::name),
            comment: alias.comment.as_deref(),
            line: alias.line,
        }
    }
}

/// Writes entries as text, JSON, CSV or TSV.
pub fn write_list(
    file: &Path,
    aliases: &[&Alias],
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    let shapes = aliases.iter().map(|alias| AliasShape::new(alias));
    match format {
        Format::Json => {
            let shape = ListShape {
                schema: "kronika.aliases/1",
                file: file.display().to_string(),
                aliases: shapes.collect(),
            };
            json::write_row(&shape, out)
        }
        Format::Ndjson => {
            for shape in shapes {
                json::write_row(&shape, out)?;
            }
            Ok(())
        }
        Format::Csv | Format::Tsv => {
            let head = ["rule", "name", "others", "kind", "comment", "line"];
            table::write_row(&head.map(str::to_owned), format, out)?;
            for alias in aliases {
                table::write_row(&cells(alias), format, out)?;
            }
            Ok(())
        }
        Format::Text | Format::Ids | Format::Paths => {
            for alias in aliases {
                write_entry(alias, out)?;
            }
            Ok(())
        }
    }
}

fn cells(alias: &Alias) -> [String; 6] {
    let others: Vec<&str> = alias.rule.others().iter().map(String::as_str).collect();
    [
        alias.rule.name().to_owned(),
        alias.name.clone(),
        table::list(&others),
        alias
            .kind
            .map(EntityKind::name)
            .unwrap_or_default()
            .to_owned(),
        alias.comment.clone().unwrap_or_default(),
        alias.line.to_string(),
    ]
}

/// An entry for people: a line, and one for its comment.
fn write_entry(alias: &Alias, out: &mut dyn Write) -> io::Result<()> {
    let others = alias.rule.others().join(", ");
    let said = match alias.rule {
        AliasRule::Merge(_) => format!(" ← {others}"),
        AliasRule::Split(_) => format!(" ≠ {others}"),
        AliasRule::Rename(_) => format!(" → {others}"),
        AliasRule::Drop => String::new(),
    };
    let kind = alias.kind.map(|kind| format!("  ({})", kind.name()));
    let line = format!("{}{said}{}", alias.name, kind.unwrap_or_default());
    writeln!(out, "{:<6}  {}", alias.rule.name(), harmless_line(&line))?;
    if let Some(comment) = &alias.comment {
        writeln!(out, "        {}", harmless_line(comment.trim()))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct SuggestionsShape<'a> {
    schema: &'static str,
    file: String,
    suggestions: Vec<SuggestionShape<'a>>,
}

#[derive(Serialize)]
struct SuggestionShape<'a> {
    rule: &'a str,
    name: &'a str,
    others: &'a [String],
    kind: Option<&'a str>,
    comment: Option<&'a str>,
}

/// Writes a `kronika.alias_suggestions/1`.
pub fn write_suggestions_json(
    file: &Path,
    suggestions: &[Suggestion],
    out: &mut dyn Write,
) -> io::Result<()> {
    let suggestions = suggestions
        .iter()
        .map(|Suggestion { alias, .. }| SuggestionShape {
            rule: alias.rule.name(),
            name: &alias.name,
            others: alias.rule.others(),
            kind: alias.kind.map(EntityKind::name),
            comment: alias.comment.as_deref(),
        });
    let shape = SuggestionsShape {
        schema: "kronika.alias_suggestions/1",
        file: file.display().to_string(),
        suggestions: suggestions.collect(),
    };
    json::write_row(&shape, out)
}

/// Writes entries as the file would have them, with a line between them.
pub fn write_suggestions(suggestions: &[Suggestion], out: &mut dyn Write) -> io::Result<()> {
    for (index, suggestion) in suggestions.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", harmless(&suggestion.toml))?;
    }
    Ok(())
}

/// What a check of the file found.
#[derive(Debug)]
pub struct Check<'a> {
    /// The file.
    pub file: &'a Path,
    /// How many entries it has.
    pub aliases: usize,
    /// What is wrong in the file itself.
    pub mistakes: &'a [FileMistake],
    /// The index that was asked, or none.
    pub index: Option<&'a Path>,
    /// Where the two do not fit.
    pub findings: &'a [AliasFinding],
}

#[derive(Serialize)]
struct CheckShape<'a> {
    schema: &'static str,
    file: String,
    aliases: usize,
    mistakes: Vec<MistakeShape<'a>>,
    index: Option<String>,
    findings: Vec<FindingShape<'a>>,
}

#[derive(Serialize)]
struct MistakeShape<'a> {
    line: usize,
    column: usize,
    message: &'a str,
    hint: Option<&'a str>,
}

#[derive(Serialize)]
struct FindingShape<'a> {
    line: usize,
    kind: Option<&'a str>,
    name: &'a str,
    trouble: &'a str,
    near: Vec<NameShape<'a>>,
}

#[derive(Serialize)]
struct NameShape<'a> {
    kind: &'a str,
    name: &'a str,
}

/// Writes a `kronika.alias_check/1`.
pub fn write_check_json(check: &Check, out: &mut dyn Write) -> io::Result<()> {
    let mistakes = check.mistakes.iter().map(|found| MistakeShape {
        line: found.line,
        column: found.column,
        message: &found.mistake.message,
        hint: found.mistake.hint.as_deref(),
    });
    let shape = CheckShape {
        schema: "kronika.alias_check/1",
        file: check.file.display().to_string(),
        aliases: check.aliases,
        mistakes: mistakes.collect(),
        index: check.index.map(|index| index.display().to_string()),
        findings: check.findings.iter().map(finding_shape).collect(),
    };
    json::write_row(&shape, out)
}

fn finding_shape(finding: &AliasFinding) -> FindingShape<'_> {
    let (trouble, near) = match &finding.trouble {
        AliasTrouble::Unknown(near) => ("unknown", near.as_slice()),
        AliasTrouble::Taken => ("taken", [].as_slice()),
    };
    let near = near.iter().map(|(kind, name)| NameShape {
        kind: kind.name(),
        name,
    });
    FindingShape {
        line: finding.line,
        kind: finding.kind.map(EntityKind::name),
        name: &finding.name,
        trouble,
        near: near.collect(),
    }
}

/// Writes the findings and a last line for people; mistakes are errors and are told as such.
pub fn write_check_text(check: &Check, out: &mut dyn Write) -> io::Result<()> {
    let file = check.file.display().to_string();
    for finding in check.findings {
        let place = format!("{file}:{}", finding.line);
        let line = format!("{place}: {}", told(finding));
        writeln!(out, "{}", harmless_line(&line))?;
    }
    let entries = match check.aliases {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    };
    writeln!(out, "{}: {entries}, no contradiction", harmless_line(&file))
}

fn told(finding: &AliasFinding) -> String {
    let name = &finding.name;
    let kind = finding.kind.map_or("name", EntityKind::name);
    match &finding.trouble {
        AliasTrouble::Taken => {
            format!("`{name}` is in the index already; to make the two one, merge them")
        }
        AliasTrouble::Unknown(near) if near.is_empty() => {
            format!("no article has the {kind} `{name}`")
        }
        AliasTrouble::Unknown(near) => {
            let near = near
                .iter()
                .map(|(kind, name)| format!("`{name}` ({})", kind.name()));
            let near: Vec<String> = near.collect();
            format!(
                "no article has the {kind} `{name}`; near it: {}",
                near.join(", ")
            )
        }
    }
}

/// What an edit of the file did.
#[derive(Debug)]
pub struct Edit<'a> {
    /// The file.
    pub file: &'a Path,
    /// What was done, in order.
    pub changes: &'a [AliasChange],
    /// Its text before.
    pub before: &'a str,
    /// Its text after.
    pub after: &'a str,
    /// Whether the file on disk is another one now.
    pub written: bool,
}

#[derive(Serialize)]
struct EditShape<'a> {
    schema: &'static str,
    file: String,
    changes: Vec<ChangeShape<'a>>,
    written: bool,
}

#[derive(Serialize)]
struct ChangeShape<'a> {
    did: &'a str,
    name: &'a str,
    form: &'a str,
}

/// Writes a `kronika.alias_edit/1`.
pub fn write_edit_json(edit: &Edit, out: &mut dyn Write) -> io::Result<()> {
    let changes = edit.changes.iter().map(|change| {
        let (did, name, form) = parts(change);
        ChangeShape { did, name, form }
    });
    let shape = EditShape {
        schema: "kronika.alias_edit/1",
        file: edit.file.display().to_string(),
        changes: changes.collect(),
        written: edit.written,
    };
    json::write_row(&shape, out)
}

/// Writes what was done, one line each.
pub fn write_changes(changes: &[AliasChange], out: &mut dyn Write) -> io::Result<()> {
    for change in changes {
        let (_, name, form) = parts(change);
        let line = match change {
            AliasChange::Merged(..) => format!("merged: {name} ← {form}"),
            AliasChange::Unmerged(..) => format!("no longer merged: {name} ← {form}"),
            AliasChange::KeptApart(..) => format!("kept apart: {name} ≠ {form}"),
            AliasChange::NoLongerApart(..) => format!("no longer kept apart: {name} ≠ {form}"),
            AliasChange::WasMerged(..) => format!("merged already: {name} ← {form}"),
            AliasChange::WasApart(..) => format!("kept apart already: {name} ≠ {form}"),
        };
        writeln!(out, "{}", harmless_line(&line))?;
    }
    Ok(())
}

/// Writes how the text of the file differs, as `diff -u` does.
pub fn write_diff(edit: &Edit, out: &mut dyn Write) -> io::Result<()> {
    let file = edit.file.display().to_string();
    let diff = TextDiff::from_lines(edit.before, edit.after);
    let diff = diff.unified_diff().header(&file, &file).to_string();
    out.write_all(harmless(&diff.replace("\r\n", "\n")).as_bytes())
}

/// The name of a change in JSON, the name it is about, and the other one.
fn parts(change: &AliasChange) -> (&'static str, &str, &str) {
    match change {
        AliasChange::Merged(name, form) => ("merged", name, form),
        AliasChange::Unmerged(name, form) => ("unmerged", name, form),
        AliasChange::KeptApart(name, form) => ("kept_apart", name, form),
        AliasChange::NoLongerApart(name, form) => ("no_longer_apart", name, form),
        AliasChange::WasMerged(name, form) => ("was_merged", name, form),
        AliasChange::WasApart(name, form) => ("was_apart", name, form),
    }
}
