//! Holds a compiled dictionary against the one it was made from, entry by entry.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use kronika::lang::lexicon::Lexicon;

use crate::automaton::{Capitals, Dictionary, Entry};

/// Lemma, tag, class, and the form as written.
type Reading = (String, String, String, String);

/// Checks that every form gives back all of its readings and no other; gives their number.
pub(crate) fn round_trip(dictionary: &Dictionary, lexicon: &Lexicon) -> Result<(u64, u64)> {
    let (mut forms, mut readings) = (0, 0);
    let mut missing = None;
    let mut known = BTreeSet::new();
    dictionary.each(&mut |form, entries| {
        let mut expected = BTreeSet::new();
        for entry in &entries {
            expected.insert(reading(form, entry, dictionary)?);
        }
        let found: BTreeSet<Reading> = lexicon
            .analyse(form)
            .map(|analysis| {
                let tag = analysis.tag().text().to_owned();
                let class = analysis.class_name().to_owned();
                (analysis.lemma(form), tag, class, analysis.form(form))
            })
            .collect();
        ensure!(
            found == expected,
            "`{form}` differs:\n  expected {expected:?}\n  found {found:?}"
        );
        forms += 1;
        readings += expected.len() as u64;
        known.insert(form.to_owned());
        Ok(())
    })?;
    lexicon.each_form(&mut |form| {
        if !known.contains(form) {
            missing = Some(form.to_owned());
        }
    });
    ensure!(
        missing.is_none(),
        "a form that was not in the source: {missing:?}"
    );
    Ok((forms, readings))
}

fn reading(form: &str, entry: &Entry, dictionary: &Dictionary) -> Result<Reading> {
    let letters: Vec<char> = form.chars().collect();
    let end = letters.len().checked_sub(usize::from(entry.end));
    let stem = end.and_then(|end| letters.get(usize::from(entry.front)..end));
    let stem = stem.with_context(|| format!("`{form}` is shorter than what is cut off it"))?;
    let lemma: String = stem.iter().copied().chain(entry.added.chars()).collect();
    let tag = dictionary.tags.get(&entry.tag).context("an unknown tag")?;
    let class = dictionary.names.get(&u16::from(entry.name));
    Ok((
        written(&lemma, &entry.lemma),
        tag.clone(),
        class.context("an unknown class")?.clone(),
        written(form, &entry.form),
    ))
}

fn written(word: &str, capitals: &Capitals) -> String {
    word.chars()
        .zip(0_u8..)
        .flat_map(|(letter, place)| {
            let is_capital = match capitals {
                Capitals::None => false,
                Capitals::Leading(count) => place < *count,
                Capitals::At(places) => places.contains(&place),
            };
            if is_capital {
                letter.to_uppercase().collect::<Vec<char>>()
            } else {
                vec![letter]
            }
        })
        .collect()
}
