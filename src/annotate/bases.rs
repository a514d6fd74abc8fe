//! Base forms of the names of an article, by the evidence of all of them.
//!
//! "Ławrowa" may be a form of Ławrów, of Ławrow or of Ławrowa. What each form of the article may
//! be supports the others: a base form counts by how likely it is for the form at hand, times how
//! much all names of the article speak for it. A few rounds of that (expectation maximisation)
//! settle it; where "Ławrow" stands in the nominative, Ławrow it is.

use std::collections::HashMap;
use std::rc::Rc;

use super::names::Found;
use crate::lang::{self, Context, Language, NameCandidate};
use crate::model::{Document, EntityKind, Field, Span};
use crate::text::tokens;

/// How often the evidence is weighed anew.
const ROUNDS: usize = 8;

/// What speaks for a base form besides the article.
const UNSEEN: f32 = 0.05;

/// How much more a base form counts that stands in the article for sure.
const SEEN: f32 = 4.0;

/// How many bytes before a name are looked at.
const LEFT: usize = 80;

/// The base forms of names whose places and kinds are known, in the same order.
pub fn bases(document: &Document, names: &[(Field, Span, EntityKind)]) -> Vec<String> {
    let mut found: Vec<Found> = names
        .iter()
        .map(|&(field, span, kind)| Found::new(field, span, kind))
        .collect();
    settle(document, &mut found, lang::by_code(&document.language));
    found.into_iter().map(|found| found.base).collect()
}

/// One form of a name with what it may be.
struct Form<'t> {
    kind: EntityKind,
    surface: &'t str,
    candidates: Rc<[NameCandidate]>,
    /// The words of each candidate, as numbers.
    words: Vec<Vec<usize>>,
    /// Whether each of these words stands there as it is.
    as_is: Vec<Vec<bool>>,
    /// How likely each candidate is by now.
    shares: Vec<f32>,
    count: f32,
}

/// Sets base form, gender and number of every name.
pub(super) fn settle(document: &Document, found: &mut [Found], language: &'static Language) {
    let mut forms: Vec<Form<'_>> = Vec::new();
    let mut numbers: HashMap<*const NameCandidate, usize, foldhash::fast::RandomState> =
        HashMap::default();
    let mut places = Vec::with_capacity(found.len());
    for one in found.iter() {
        let text = document.field(one.field);
        let context = context(text, one.span.start());
        let candidates = (language.name_candidates)(one.span.of(text), one.kind, &context);
        // What is remembered is one and the same, which saves comparing texts.
        let place = *numbers.entry(candidates.as_ptr()).or_insert_with(|| {
            forms.push(Form {
                kind: one.kind,
                shares: candidates
                    .iter()
                    .map(|candidate| candidate.weight)
                    .collect(),
                candidates,
                words: Vec::new(),
                as_is: Vec::new(),
                surface: one.span.of(text),
                count: 0.0,
            });
            forms.len() - 1
        });
        if let Some(form) = forms.get_mut(place) {
            form.count += 1.0;
        }
        places.push(place);
    }
    weigh(&mut forms);
    for (one, place) in found.iter_mut().zip(places) {
        let best = forms.get(place).and_then(Form::best);
        if let Some(best) = best {
            one.base.clone_from(&best.base);
            one.gender = best.gender;
            one.plural = best.plural;
        } else {
            one.span
                .of(document.field(one.field))
                .clone_into(&mut one.base);
        }
    }
}

impl Form<'_> {
    fn best(&self) -> Option<&NameCandidate> {
        let ranked = self.candidates.iter().zip(&self.shares);
        // The first of equals is the likelier one.
        ranked
            .rev()
            .max_by(|one, other| one.1.total_cmp(other.1))
            .map(|(candidate, _)| candidate)
    }
}

fn weigh(forms: &mut [Form<'_>]) {
    if forms.iter().all(|form| form.candidates.len() < 2) {
        return;
    }
    let mut numbers: HashMap<(bool, String), usize, foldhash::fast::RandomState> =
        HashMap::default();
    for form in forms.iter_mut() {
        let is_person = form.kind == EntityKind::Person;
        let candidates = Rc::clone(&form.candidates);
        form.words = candidates
            .iter()
            .map(|candidate| {
                let words = candidate.base.split_whitespace().filter(|_| is_person);
                let whole = std::iter::once(candidate.base.as_str()).filter(|_| !is_person);
                words
                    .chain(whole)
                    .map(|word| {
                        let next = numbers.len();
                        let key = (is_person, word.to_lowercase());
                        *numbers.entry(key).or_insert(next)
                    })
                    .collect()
            })
            .collect();
        let surface = form.surface;
        form.as_is = candidates
            .iter()
            .map(|candidate| {
                if !is_person {
                    return vec![candidate.base == surface];
                }
                let written = surface.split_whitespace();
                let words = candidate.base.split_whitespace();
                words
                    .zip(written)
                    .map(|(word, written)| word == written)
                    .collect()
            })
            .collect();
    }
    let seen = as_written(forms, numbers.len());
    for _ in 0..ROUNDS {
        let mut support = vec![UNSEEN; numbers.len()];
        for form in forms.iter() {
            for (words, share) in form.words.iter().zip(&form.shares) {
                for &word in words {
                    if let Some(support) = support.get_mut(word) {
                        *support += form.count * share;
                    }
                }
            }
        }
        for (support, seen) in support.iter_mut().zip(&seen) {
            *support *= 1.0 + SEEN * seen;
        }
        for form in forms.iter_mut() {
            let ranked = form.candidates.iter().zip(&form.words);
            let mut shares: Vec<f32> = ranked
                .map(|(candidate, words)| {
                    let support = words.iter().filter_map(|&word| support.get(word));
                    candidate.weight * support.product::<f32>()
                })
                .collect();
            let all: f32 = shares.iter().sum();
            if all > 0.0 && all.is_finite() {
                for share in &mut shares {
                    *share /= all;
                }
                form.shares = shares;
            }
        }
    }
}

/// How surely each word stands in its base form somewhere: what is only inferred from other forms
/// must not outvote it, however often these occur.
fn as_written(forms: &[Form<'_>], words: usize) -> Vec<f32> {
    let mut seen: Vec<f32> = vec![0.0; words];
    for form in forms {
        for (words, (candidate, as_is)) in form
            .words
            .iter()
            .zip(form.candidates.iter().zip(&form.as_is))
        {
            for (index, &word) in words.iter().enumerate() {
                let is_written = as_is.get(index).copied().unwrap_or_default();
                if let Some(seen) = seen.get_mut(word).filter(|_| is_written) {
                    *seen = seen.max(candidate.weight);
                }
            }
        }
    }
    seen
}

/// What stands to the left of the byte at `start`.
fn context(text: &str, start: usize) -> Context<'_> {
    let from = text.ceil_char_boundary(start.saturating_sub(LEFT));
    let left = text.get(from..start).unwrap_or_default();
    let mut last = None;
    let mut earlier = None;
    for span in tokens(left) {
        earlier = last;
        last = Some(span);
    }
    let Some(word) = last else {
        return Context::default();
    };
    let gap = left.get(word.end()..).unwrap_or_default();
    let ends = |gap: &str| gap.contains(['.', '!', '?', '\n', ':', ';', '–', '—', '•']);
    if ends(gap) {
        // "ul. Długa", "gen. Anders": an abbreviation of one small word ends nothing.
        let is_short = gap == ". "
            && word.of(left).chars().count() < 5
            && word.of(left).chars().all(char::is_lowercase);
        if !is_short {
            return Context::default();
        }
    }
    let between = earlier.and_then(|one: Span| left.get(one.end()..word.start()));
    Context {
        before: Some(word.of(left)),
        earlier: earlier
            .filter(|_| between == Some(" "))
            .map(|earlier| earlier.of(left)),
        is_apart: gap.contains([',', '(', ')', '/', '[']),
        is_alone: false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::document;
    use super::*;
    use proptest::prelude::*;

    /// Names are marked by brackets, those of persons by round ones.
    #[track_caller]
    fn check(marked: &str, expected: &[&str]) {
        let mut text = String::new();
        let mut names = Vec::new();
        let mut start = 0;
        for letter in marked.chars() {
            match letter {
                '(' | '[' => start = text.len(),
                ')' | ']' => {
                    let kind = if letter == ')' {
                        EntityKind::Person
                    } else {
                        EntityKind::Organization
                    };
                    names.push((Field::Text, Span::new(start, text.len()), kind));
                }
                _ => text.push(letter),
            }
        }
        assert_eq!(bases(&document(&text), &names), expected, "{text}");
    }

    #[test]
    fn the_nominative_of_the_article_decides() {
        check(
            "Spotkał (Ostrowa). Potem (Ostrow) wyjechał.",
            &["Ostrow", "Ostrow"],
        );
        check(
            "Spotkał (Ostrowa). Potem (Ostrów) wyjechał.",
            &["Ostrów", "Ostrów"],
        );
        check(
            "Rozmawiał z (Alaksandrem Łukaszenką). (Łukaszenka) milczał.",
            &["Alaksandr Łukaszenka", "Łukaszenka"],
        );
        check(
            "Bilety [Sunaira] drożeją. [Sunair] milczy.",
            &["Sunair", "Sunair"],
        );
    }

    proptest! {
        #[test]
        fn any_text_settles(text in "\\PC{0,60}", from in 0_usize..60, to in 0_usize..60) {
            let from = text.floor_char_boundary(from.min(text.len()));
            let to = text.floor_char_boundary(to.min(text.len())).max(from);
            let names: Vec<_> = EntityKind::ALL
                .into_iter()
                .map(|kind| (Field::Text, Span::new(from, to), kind))
                .collect();
            prop_assert_eq!(bases(&document(&text), &names).len(), names.len());
        }
    }
}
