//! How well a model finds names in annotated text.

use std::collections::BTreeSet;

use kronika::annotate::names::Reader;
use kronika::annotate::names::model::Model;
use kronika::lang::Language;
use kronika::model::EntityKind;

use super::corpus::Text;

/// Prints precision, recall and F1 of exact spans by kind, and the first misses.
pub(crate) fn measure(
    texts: &[Text],
    model: &'static Model,
    language: &'static Language,
    mut misses: usize,
) {
    let mut reader = Reader::new(language, model);
    // Found, wanted, and both, by kind.
    let mut counts = [[0usize; 3]; EntityKind::ALL.len()];
    for text in texts {
        let names = reader.find(&[text.body.as_str()]).into_iter().flatten();
        let mut found: BTreeSet<_> = names
            .map(|(span, kind)| (span.start(), span.end(), kind))
            .collect();
        let skipped = text.gold.iter().filter(|gold| gold.optional);
        for gold in skipped {
            found.retain(|(start, end, _)| (*start, *end) != (gold.span.start(), gold.span.end()));
        }
        let gold = text.gold.iter().filter(|gold| !gold.optional);
        let wanted: BTreeSet<_> = gold
            .filter_map(|gold| Some((gold.span.start(), gold.span.end(), *gold.kinds.first()?)))
            .collect();
        let mut wrong: Vec<_> = found.symmetric_difference(&wanted).collect();
        wrong.sort();
        for one @ (start, end, kind) in wrong.into_iter().take(misses) {
            misses = misses.saturating_sub(1);
            let sign = if found.contains(one) { '+' } else { '-' };
            let name = text.body.get(*start..*end).unwrap_or_default();
            let before = text.body.get(..*start).unwrap_or_default();
            let after = text.body.get(*end..).unwrap_or_default();
            let before: Vec<char> = before.chars().rev().take(40).collect();
            let before: String = before.into_iter().rev().collect();
            let after: String = after.chars().take(30).collect();
            let line = format!("{sign} {:5.5} {before}[{name}]{after}", kind.name());
            println!("{}", line.replace('\n', "|"));
        }
        for (_, _, kind) in &found {
            counts[*kind as usize][0] += 1;
        }
        for (_, _, kind) in &wanted {
            counts[*kind as usize][1] += 1;
        }
        for (_, _, kind) in found.intersection(&wanted) {
            counts[*kind as usize][2] += 1;
        }
    }
    let score = |[found, wanted, both]: [usize; 3]| {
        let precision = both as f64 / found.max(1) as f64;
        let recall = both as f64 / wanted.max(1) as f64;
        let f1 = 2.0 * both as f64 / (found + wanted).max(1) as f64;
        format!("P {precision:.3} R {recall:.3} F1 {f1:.3} of {wanted}")
    };
    for kind in EntityKind::ALL {
        println!("  {:13} {}", kind.name(), score(counts[kind as usize]));
    }
    let first = counts.iter().take(3);
    let all = first.fold([0; 3], |mut all, one| {
        all.iter_mut().zip(one).for_each(|(all, one)| *all += one);
        all
    });
    println!("  {:13} {}", "first three", score(all));
}
