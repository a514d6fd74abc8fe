//! Names that one article alone gave a wrong base form: "Łukaszenki" where all others have
//! "Łukaszenka".

use std::collections::HashMap;

use super::build::Work;
use super::forms::is_form;
use crate::lang::LANGUAGES;
use crate::terms::name_bases;

/// So many combinations of bases of single words are tried for one name.
const MOST_TRIED: usize = 64;

/// Joins each name with the most frequent one that it can be a form of.
pub(super) fn join(work: &mut Work<'_>) {
    let mut by_words: HashMap<String, usize> = HashMap::new();
    for (index, node) in work.nodes.iter().enumerate() {
        let known = by_words.entry(node.words.join(" ")).or_insert(index);
        let articles = |index: usize| work.nodes.get(index).map(|node| node.row.articles);
        if articles(*known) < articles(index) {
            *known = index;
        }
    }
    let mut bases: HashMap<String, Vec<String>> = HashMap::new();
    for index in 0..work.nodes.len() {
        let Some(node) = work.nodes.get(index) else {
            continue;
        };
        let words: Vec<&[String]> = {
            for word in &node.words {
                if !bases.contains_key(word) {
                    bases.insert(word.clone(), name_bases(word, &LANGUAGES));
                }
            }
            let known = |word| bases.get(word).map_or(&[][..], Vec::as_slice);
            node.words.iter().map(known).collect()
        };
        let is_form = |base: &usize| {
            let pairs = work
                .nodes
                .get(*base)
                .map(|base| node.words.iter().zip(&base.words));
            pairs.is_some_and(|mut pairs| pairs.all(|(form, base)| is_form(form, base)))
        };
        let Some((base, articles)) = combinations(&words)
            .into_iter()
            .filter_map(|name| by_words.get(&name).copied())
            .filter(|base| *base != index && is_form(base))
            .filter_map(|base| Some((base, work.nodes.get(base)?.row.articles)))
            .max_by_key(|(base, articles)| (*articles, std::cmp::Reverse(*base)))
        else {
            continue;
        };
        if articles > node.row.articles {
            work.guess(index, base, true, "a form of it");
        }
    }
}

/// Every choice of one base for each word.
fn combinations(words: &[&[String]]) -> Vec<String> {
    let mut names = vec![String::new()];
    for bases in words {
        let mut longer = Vec::new();
        for name in &names {
            for base in *bases {
                if longer.len() == MOST_TRIED {
                    break;
                }
                let space = if name.is_empty() { "" } else { " " };
                longer.push(format!("{name}{space}{base}"));
            }
        }
        names = longer;
    }
    names
}
