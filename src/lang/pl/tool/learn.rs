//! Learns from the dictionary how names decline by their last letters.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use kronika::lang::lexicon::guesser::{
    self, Ending, Guesser, LONGEST_SUFFIX, List, Node, START, Sort,
};
use kronika::lang::lexicon::{Analysis, Case, Gender, Lexicon, NameClass, Number, PartOfSpeech};

/// A suffix has been seen at least so often.
const SEEN: usize = 4;
/// Shares below this one are not kept.
const LEAST_SHARE: f64 = 0.012;
/// How many endings a list has at most.
const LONGEST_LIST: usize = 10;
/// A suffix whose shares differ by less than this, added up, from those of a shorter one adds nothing.
const DIFFERENCE: f64 = 0.25;

/// A form of a name with one of its base forms.
pub(crate) struct Sample {
    pub(crate) form: String,
    pub(crate) lemma: String,
    sort: Sort,
    ending: Ending,
}

/// Every form of every first name, surname and place.
pub(crate) fn samples(lexicon: &Lexicon) -> Vec<Sample> {
    let mut samples = Vec::new();
    lexicon.each_form(&mut |form| {
        for analysis in lexicon.analyse(form) {
            let part = analysis.tag().part();
            let declines = matches!(part, PartOfSpeech::Noun | PartOfSpeech::Adjective);
            if !analysis.needs_capital() || !declines || form.contains(['-', '\'', ' ']) {
                continue;
            }
            let lemma = analysis.lemma(form).to_lowercase();
            for (sort, class) in [
                (Sort::First, NameClass::FIRST_NAME),
                (Sort::Surname, NameClass::SURNAME),
                (Sort::Place, NameClass::PLACE),
            ] {
                if !analysis.class().is(class) {
                    continue;
                }
                if let Some(ending) = ending(form, &lemma, &analysis) {
                    samples.push(Sample {
                        form: form.to_owned(),
                        lemma: lemma.clone(),
                        sort,
                        ending,
                    });
                }
            }
        }
    });
    samples
}

fn ending(form: &str, lemma: &str, analysis: &Analysis<'_>) -> Option<Ending> {
    let tag = analysis.tag();
    let cases = Case::ALL
        .into_iter()
        .filter(|case| *case != Case::Vocative && tag.cases().contains(*case))
        .fold(0, |cases, case| cases | 1 << case as u8);
    if cases == 0 {
        return None;
    }
    let shared = form
        .chars()
        .zip(lemma.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let genders = tag.genders();
    let mut known = [Gender::Masculine, Gender::Feminine, Gender::Neuter]
        .into_iter()
        .filter(|gender| genders.contains(*gender));
    let gender = known.next().filter(|_| known.next().is_none());
    Some(Ending {
        cut: u8::try_from(form.chars().count() - shared).ok()?,
        added: lemma.chars().skip(shared).collect(),
        cases,
        gender,
        plural: !tag.has_number(Number::Singular),
    })
}

/// The file learnt from samples, and what it has.
pub(crate) fn learn<'s>(samples: impl Iterator<Item = &'s Sample>) -> (Vec<u8>, usize) {
    let samples: Vec<&Sample> = samples.collect();
    let mut counts: BTreeMap<&Ending, usize> = BTreeMap::new();
    for sample in &samples {
        *counts.entry(&sample.ending).or_default() += 1;
    }
    let mut endings: Vec<&Ending> = counts.keys().copied().collect();
    endings.sort_by_key(|ending| usize::MAX - counts.get(ending).copied().unwrap_or_default());
    let numbers: HashMap<&Ending, u32> = endings.iter().copied().zip(0..).collect();
    let mut nodes = 0;
    let trees = Sort::ALL.map(|sort| {
        let mut rows: Vec<(Vec<char>, u32)> = samples
            .iter()
            .filter(|sample| sample.sort == sort)
            .filter_map(|sample| {
                let letters = sample.form.chars().rev().chain([START]);
                let number = *numbers.get(&sample.ending)?;
                Some((letters.take(LONGEST_SUFFIX).collect(), number))
            })
            .collect();
        rows.sort_unstable();
        node(&rows, 0, &BTreeMap::new(), &List::new(), &mut nodes).unwrap_or_default()
    });
    let endings: Vec<Ending> = endings.into_iter().cloned().collect();
    (guesser::write(&endings, &trees), nodes)
}

/// The node of a suffix: its own counts, mixed with the shares of the suffix that is one letter
/// shorter as Witten and Bell do.
fn node(
    rows: &[(Vec<char>, u32)],
    depth: usize,
    above: &BTreeMap<u32, f64>,
    kept: &List,
    nodes: &mut usize,
) -> Option<Node> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for (_, ending) in rows {
        *counts.entry(*ending).or_default() += 1;
    }
    let all = as_float(rows.len());
    let mixed = if above.is_empty() {
        0.0
    } else {
        as_float(counts.len())
    };
    let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
    for (ending, share) in above {
        shares.insert(*ending, mixed * share / (all + mixed));
    }
    for (ending, count) in &counts {
        *shares.entry(*ending).or_default() += f64::from(*count) / (all + mixed);
    }
    shares.retain(|_, share| *share > 1e-4);
    let own = list(&shares);
    let is_kept = difference(&own, kept) > DIFFERENCE;
    let below = if is_kept { &own } else { kept };
    let mut arcs = Vec::new();
    if depth < LONGEST_SUFFIX {
        for group in rows.chunk_by(|one, other| one.0.get(depth) == other.0.get(depth)) {
            let letter = group.first().and_then(|(letters, _)| letters.get(depth));
            if let Some(letter) = letter.filter(|_| group.len() >= SEEN)
                && let Some(next) = node(group, depth + 1, &shares, below, nodes)
            {
                arcs.push((*letter, next));
            }
        }
    }
    if !is_kept && arcs.is_empty() {
        return None;
    }
    *nodes += 1;
    Some(Node {
        list: is_kept.then_some(own),
        arcs,
    })
}

/// The largest shares, in 255ths that are rounded so that like lists are one.
fn list(shares: &BTreeMap<u32, f64>) -> List {
    let mut rows: Vec<(u32, f64)> = shares
        .iter()
        .filter(|(_, share)| **share >= LEAST_SHARE)
        .map(|(ending, share)| (*ending, *share))
        .collect();
    rows.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    rows.truncate(LONGEST_LIST);
    rows.into_iter()
        .map(|(ending, share)| (ending, rounded(share)))
        .collect()
}

/// Four bits' worth of steps, finer where shares are small.
fn rounded(share: f64) -> u8 {
    let root = (share.sqrt() * 24.0).round() / 24.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and 255"
    )]
    let rounded = (root * root * 255.0).clamp(1.0, 255.0) as u8;
    rounded
}

fn difference(one: &List, other: &List) -> f64 {
    let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
    for (ending, share) in one {
        *shares.entry(*ending).or_default() += f64::from(*share) / 255.0;
    }
    for (ending, share) in other {
        *shares.entry(*ending).or_default() -= f64::from(*share) / 255.0;
    }
    shares.values().map(|share| share.abs()).sum()
}

fn as_float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

/// Whether a base form is kept back to be guessed: one of ten.
pub(crate) fn is_held_out(lemma: &str) -> bool {
    let hash = blake3::hash(lemma.as_bytes());
    hash.as_bytes().first().is_some_and(|byte| byte % 10 == 0)
}

/// How well forms of unseen base forms are guessed, as a table in Markdown.
pub(crate) fn table(guesser: &Guesser, held_out: &[&Sample]) -> String {
    let mut rows: BTreeMap<(Sort, &str), BTreeMap<&str, Score>> = BTreeMap::new();
    for sample in held_out {
        let gender = match sample.ending.gender {
            Some(Gender::Masculine) => "masculine",
            Some(Gender::Feminine) => "feminine",
            _ => "other",
        };
        let gender = if sample.ending.plural {
            "plural"
        } else {
            gender
        };
        for (index, case) in CASES.into_iter().enumerate() {
            if sample.ending.cases & 1 << index == 0 {
                continue;
            }
            let score = score(guesser, sample, 1 << index);
            for gender in [gender, "all"] {
                if gender == "all" && sample.ending.plural {
                    continue;
                }
                let row = rows.entry((sample.sort, gender)).or_default();
                row.entry(case).or_default().add(score);
                row.entry("all").or_default().add(score);
            }
        }
    }
    let mut table = String::new();
    for ((sort, gender), cells) in rows {
        let _ = write!(table, "| {sort:?}, {gender}");
        for case in CASES.into_iter().chain(["all"]) {
            let cell = cells.get(case).copied().unwrap_or_default();
            let _ = write!(table, " | {cell}");
        }
        let _ = writeln!(table, " |");
    }
    table
}

const CASES: [&str; 6] = ["nom", "gen", "dat", "acc", "inst", "loc"];

/// Right answers: by the form alone, with gender and number known, with gender and case known.
#[derive(Clone, Copy, Default)]
struct Score {
    right: [usize; 3],
    all: usize,
}

impl Score {
    fn add(&mut self, other: Self) {
        self.all += other.all;
        for (one, other) in self.right.iter_mut().zip(other.right) {
            *one += other;
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let all = self.all.max(1);
        let [alone, gender, case] = self.right.map(|right| (right * 1000 + all / 2) / all);
        write!(
            formatter,
            "{}.{}/{}.{}/{}.{}",
            alone / 10,
            alone % 10,
            gender / 10,
            gender % 10,
            case / 10,
            case % 10
        )
    }
}

fn score(guesser: &Guesser, sample: &Sample, case: u8) -> Score {
    let mut best: [(f32, String); 3] = Default::default();
    let mut sums: [BTreeMap<String, f32>; 3] = Default::default();
    guesser.guess(sample.sort, &sample.form, &mut |guess| {
        let ending = guess.ending();
        let agrees = ending.plural == sample.ending.plural && ending.gender == sample.ending.gender;
        let fits = [true, agrees, agrees && ending.cases & case != 0];
        for (sums, _) in sums.iter_mut().zip(fits).filter(|(_, fits)| *fits) {
            *sums.entry(guess.base(&sample.form)).or_default() += guess.share;
        }
    });
    for (best, sums) in best.iter_mut().zip(sums) {
        for (base, share) in sums {
            if share > best.0 {
                *best = (share, base);
            }
        }
    }
    Score {
        right: best.map(|(_, base)| usize::from(base == sample.lemma)),
        all: 1,
    }
}
