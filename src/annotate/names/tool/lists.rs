//! Lists of names out of the files of published packages.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use kronika::text::normal_form;

/// Towns with fewer people are known by one name alone.
const LARGE: u64 = 100_000;

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// The names of towns, of large ones in other languages too, in lower case.
pub(crate) fn towns(path: &Path) -> Result<Vec<String>> {
    #[derive(serde::Deserialize)]
    struct Town {
        name: String,
        population: u64,
        alternatenames: Vec<String>,
    }
    let towns: BTreeMap<String, Town> = serde_json::from_str(&read(path)?)?;
    let mut names = Vec::new();
    for town in towns.values() {
        names.push(normal_form(&town.name));
        let others = town.alternatenames.iter().filter(|name| {
            let letters = name.chars().count();
            let latin = |letter: char| {
                letter.is_ascii() || ('\u{c0}'..='\u{17f}').contains(&letter) || letter == '’'
            };
            let code = name.chars().all(|letter| !letter.is_lowercase());
            letters >= 4 && !code && name.starts_with(char::is_uppercase) && name.chars().all(latin)
        });
        names.extend(
            others
                .filter(|_| town.population >= LARGE)
                .map(|name| normal_form(name)),
        );
    }
    Ok(names)
}

/// The first word of each of the first lines: names, the most frequent first.
pub(crate) fn census(path: &Path, most: usize) -> Result<Vec<String>> {
    let text = read(path)?;
    let words = text
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    Ok(words.take(most).map(normal_form).collect())
}

/// The words that are written in small letters alone.
pub(crate) fn words(path: &Path) -> Result<Vec<String>> {
    let text = read(path)?;
    let words = text
        .lines()
        .filter(|line| line.bytes().all(|byte| byte.is_ascii_lowercase()));
    Ok(words.map(str::to_owned).collect())
}
