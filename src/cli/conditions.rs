//! Conditions that several verbs take as flags.

use super::{Context, output};
use crate::model::{DayRange, NamePattern};
use crate::{Result, dates};

/// A name as it is typed; a final `*` stands for any ending.
pub(super) fn name_pattern(name: &str) -> Result<NamePattern> {
    let name = name.trim();
    if !name.contains(char::is_alphanumeric) {
        return Err(output::usage(
            name,
            "not a name",
            "write at least a letter of it",
        ));
    }
    Ok(match name.strip_suffix('*') {
        Some(prefix) => NamePattern::Prefix(prefix.to_owned()),
        None => NamePattern::Name(name.to_owned()),
    })
}

/// The days of `--since`, `--until` and `--on` together; none where none is given.
pub(super) fn days(
    since: Option<&str>,
    until: Option<&str>,
    on: Option<&str>,
    context: &Context,
) -> Result<Option<DayRange>> {
    let today = context.today;
    let since = since.map(|text| dates::parse_since(text, today));
    let until = until.map(|text| dates::parse_until(text, today));
    let on = on.map(|text| dates::parse_range(text, today));
    let (since, until, on) = (since.transpose()?, until.transpose()?, on.transpose()?);
    if since.is_none() && until.is_none() && on.is_none() {
        return Ok(None);
    }
    let range = DayRange {
        first: since.max(on.and_then(|range| range.first)),
        last: [until, on.and_then(|range| range.last)]
            .into_iter()
            .flatten()
            .min(),
    };
    if let (Some(first), Some(last)) = (range.first, range.last)
        && first > last
    {
        return Err(output::usage(
            &format!("{first}..{last}"),
            "the range ends before it begins",
            "give the earlier day to --since and the later one to --until",
        ));
    }
    Ok(Some(range))
}
