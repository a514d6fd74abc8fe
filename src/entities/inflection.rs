//! Names that one article alone gave a wrong base form: "Łukaszenki" where all others have
//! "Łukaszenka".

use std::cmp::Reverse;

use rayon::prelude::*;

use super::FastMap;
use super::build::Work;
use super::forms::is_form;
use super::words::WordNumber;
use crate::lang::LANGUAGES;
use crate::terms::name_bases;

/// So many combinations of bases of single words are tried for one name.
const MOST_TRIED: usize = 64;

/// Joins each name with the most frequent one that it can be a form of.
pub(super) fn join(work: &mut Work<'_>) {
    for (form, base) in pairs(work) {
        work.guess(form, base, true, "a form of it");
    }
}

/// Names and what they are forms of.
fn pairs(work: &Work<'_>) -> Vec<(usize, usize)> {
    let articles = |index: usize| work.nodes.get(index).map_or(0, |node| node.row.articles);
    let mut by_words: FastMap<&[WordNumber], usize> = FastMap::default();
    for (index, node) in work.nodes.iter().enumerate() {
        let known = by_words.entry(&node.words).or_insert(index);
        if articles(*known) < articles(index) {
            *known = index;
        }
    }
    let words = work.words.all().par_iter();
    let bases: Vec<Vec<WordNumber>> = words
        .map(|word| {
            let bases = name_bases(&word.text, &LANGUAGES).into_iter();
            let bases = bases.filter(|base| is_form(&word.text, base));
            bases.filter_map(|base| work.words.number(&base)).collect()
        })
        .collect();
    let nodes = work.nodes.par_iter().enumerate();
    let found = nodes.filter_map(|(index, node)| {
        let words = node.words.iter();
        let words: Vec<&[WordNumber]> = words
            .map(|word| bases.get(*word).map_or(&[][..], Vec::as_slice))
            .collect();
        let candidates = combinations(&words).into_iter();
        let (base, articles) = candidates
            .filter_map(|words| by_words.get(words.as_slice()).copied())
            .filter(|base| *base != index)
            .map(|base| (base, articles(base)))
            .max_by_key(|(base, articles)| (*articles, Reverse(*base)))?;
        (articles > node.row.articles).then_some((index, base))
    });
    found.collect()
}

/// Every choice of one base for each word.
fn combinations(words: &[&[WordNumber]]) -> Vec<Vec<WordNumber>> {
    let mut names = vec![Vec::with_capacity(words.len())];
    for bases in words {
        if let [only] = bases {
            for name in &mut names {
                name.push(*only);
            }
            continue;
        }
        let longer = names.iter().flat_map(|name| {
            bases.iter().map(|base| {
                let mut longer = name.clone();
                longer.push(*base);
                longer
            })
        });
        names = longer.take(MOST_TRIED).collect();
    }
    names
}
