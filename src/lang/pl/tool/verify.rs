//! Holds a compiled dictionary against the one it was made from, entry by entry.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use kronika::lang::lexicon::Lexicon;

use crate::automaton::Dictionary;
use crate::compile::{lemma, written};

/// Lemma, tag, class, and the form as written.
type Reading = (String, String, String, String);

/// Checks that every form gives back all of its readings and no other, and that there is no other
/// form; gives the numbers of both.
pub(crate) fn round_trip(dictionary: &Dictionary<'_>, lexicon: &Lexicon) -> Result<(u64, u64)> {
    let mut readings = 0;
    let mut known = Vec::new();
    dictionary.each(&mut |form, entries| {
        let mut expected = BTreeSet::new();
        for entry in &entries {
            expected.insert((
                lemma(form, entry)?,
                dictionary.tag(entry)?.to_owned(),
                dictionary.class(entry)?.to_owned(),
                written(form, &entry.form),
            ));
        }
        let found: Vec<Reading> = lexicon
            .analyse(form)
            .map(|analysis| {
                let tag = analysis.tag().text().to_owned();
                let class = analysis.class_name().to_owned();
                (analysis.lemma(form), tag, class, analysis.form(form))
            })
            .collect();
        readings += found.len() as u64;
        let distinct: BTreeSet<Reading> = found.iter().cloned().collect();
        ensure!(
            found.len() == expected.len() && distinct == expected,
            "`{form}` differs:\n  expected {expected:?}\n  found {found:?}"
        );
        known.push(form.to_owned());
        Ok(())
    })?;
    let mut left = known.iter();
    let mut other = None;
    lexicon.each_form(&mut |form| {
        if left.next().is_none_or(|known| known != form) && other.is_none() {
            other = Some(form.to_owned());
        }
    });
    ensure!(
        other.is_none(),
        "a form that was not in the source: {other:?}"
    );
    ensure!(left.next().is_none(), "not every form is listed");
    ensure!(
        u64::from(lexicon.forms()) == known.len() as u64
            && u64::from(lexicon.analyses()) == readings,
        "the counts in the head are wrong"
    );
    Ok((known.len() as u64, readings))
}
