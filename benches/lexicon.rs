//! How fast words of running Polish text are looked up and lemmatised.
//!
//! `cargo bench --bench lexicon [-- FILE]`: the words of FILE (plain text), else words drawn from
//! the dictionary with a fixed seed, short ones more often, as in running text.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use kronika::lang::pl::{POLISH, lexicon};
use kronika::terms::Analyzer;
use kronika::text::{normal_form, tokens};

/// How many tokens are drawn when there is no file.
const DRAWN: usize = 1_000_000;

fn main() {
    let path = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    let words = match &path {
        Some(path) => {
            let text = std::fs::read_to_string(path).unwrap();
            tokens(&text)
                .map(|span| span.of(&text).to_owned())
                .collect()
        }
        None => drawn(),
    };
    let forms: Vec<String> = words.iter().map(|word| normal_form(word)).collect();
    println!(
        "{} tokens from {}",
        words.len(),
        path.as_deref().unwrap_or("the dictionary")
    );

    let started = Instant::now();
    let lexicon = lexicon();
    println!("opened in {:?}", started.elapsed());

    let mut known = 0;
    let spent = best(|| known = forms.iter().filter(|form| lexicon.contains(form)).count());
    report("look-ups", forms.len(), spent);
    println!(
        "{:>24} of 100 tokens known",
        known * 100 / forms.len().max(1)
    );

    let spent = best(|| {
        for form in &forms {
            lexicon.lemmas(form, false, &mut |lemma| {
                black_box(lemma);
            });
        }
    });
    report("lemmatised", forms.len(), spent);

    let mut analyzer = Analyzer::new(&POLISH);
    let spent = best(|| {
        for word in &words {
            black_box(analyzer.terms(word));
        }
    });
    report("terms, remembered", words.len(), spent);
}

/// The shortest of five runs.
fn best(mut run: impl FnMut()) -> Duration {
    let times = (0..5).map(|_| {
        let started = Instant::now();
        run();
        started.elapsed()
    });
    times.min().unwrap_or_default()
}

fn report(what: &str, count: usize, spent: Duration) {
    let millions = count as f64 / spent.as_secs_f64() / 1e6;
    println!("{what:>24} {millions:7.2} M/s");
}

/// Forms of the dictionary drawn so that early ones come more often (Zipf's law).
fn drawn() -> Vec<String> {
    let mut forms = Vec::new();
    let mut number = 0_usize;
    lexicon().each_form(&mut |form| {
        number += 1;
        if number.is_multiple_of(37) {
            forms.push(form.to_owned());
        }
    });
    forms.sort_by_key(|form| (form.len(), form.clone()));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    (0..DRAWN)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let even = (state >> 11) as f64 / (1_u64 << 53) as f64;
            let rank = (forms.len() as f64).powf(even) as usize;
            forms[rank.min(forms.len() - 1)].clone()
        })
        .collect()
}
