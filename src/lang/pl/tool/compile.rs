//! Hands the entries of the source dictionary to the builder of the lexicon.

use anyhow::{Context, Result};
use kronika::lang::lexicon::builder::{Builder, Counts, Reading, Special};

use crate::automaton::{Capitals, Dictionary, Entry};

/// Parts of speech of SGJP that are no words of their own.
const SPECIAL: Special = Special {
    endings: &["aglt"],
    abbreviations: &["brev"],
};

/// Compiles a dictionary into the bytes of its file.
pub(crate) fn compile(dictionary: &Dictionary<'_>) -> Result<(Vec<u8>, Counts)> {
    let mut builder = Builder::new(&dictionary.id, SPECIAL);
    dictionary.each(&mut |form, entries| {
        let words = entries
            .iter()
            .map(|entry| Ok((written(form, &entry.form), lemma(form, entry)?)))
            .collect::<Result<Vec<(String, String)>>>()?;
        let mut readings = Vec::with_capacity(entries.len());
        for (entry, (form, lemma)) in entries.iter().zip(&words) {
            readings.push(Reading {
                form,
                lemma,
                front: entry.front,
                tag: dictionary.tag(entry)?,
                class: dictionary.class(entry)?,
            });
        }
        Ok(builder.add(form, &readings)?)
    })?;
    Ok(builder.finish()?)
}

/// The lemma of an entry with its capitals, without the mark of a homonym.
pub(crate) fn lemma(form: &str, entry: &Entry) -> Result<String> {
    let letters: Vec<char> = form.chars().collect();
    let end = letters.len().checked_sub(usize::from(entry.end));
    let stem = end.and_then(|end| letters.get(usize::from(entry.front)..end));
    let stem = stem.with_context(|| format!("`{form}` is shorter than what is cut off it"))?;
    let lemma: String = stem.iter().copied().chain(entry.added.chars()).collect();
    Ok(written(&lemma, &entry.lemma))
}

/// A word with its capitals.
pub(crate) fn written(word: &str, capitals: &Capitals) -> String {
    let mut written = String::with_capacity(word.len());
    for (letter, place) in word.chars().zip(0_u8..) {
        let is_capital = match capitals {
            Capitals::None => false,
            Capitals::Leading(count) => place < *count,
            Capitals::At(places) => places.contains(&place),
        };
        if is_capital {
            written.extend(letter.to_uppercase());
        } else {
            written.push(letter);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_put_back() {
        assert_eq!(written("ćma", &Capitals::None), "ćma");
        assert_eq!(written("ćma", &Capitals::Leading(1)), "Ćma");
        assert_eq!(written("pis-u", &Capitals::At(vec![0, 2])), "PiS-u");
    }
}
