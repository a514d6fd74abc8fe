//! Days on which a name stands in far more articles than on others.

use std::collections::BTreeMap;

use crate::model::{Day, Occurrences, Party, PartyKind, Spike};

/// Fewer articles on a day are chance.
const LEAST_ARTICLES: u64 = 3;
/// How many standard deviations above its usual a day is told.
const LEAST_SCORE: f64 = 4.0;
/// What is hardly ever named is expected so often all the same, so that three articles are no news
/// of themselves.
const LEAST_EXPECTED: f64 = 0.5;

/// How far a count is above what was expected, as if it had the distribution of Poisson, of which
/// the variance is the mean.
fn score(articles: u64, expected: f64) -> f64 {
    (number(articles) - expected) / expected.max(LEAST_EXPECTED).sqrt()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of articles are far below 2^52"
)]
fn number(count: u64) -> f64 {
    count as f64
}

/// What stands out, the highest score first.
///
/// A name is expected on a day in as many of its articles as it has of all of them. Only articles
/// of a known day count. Days that follow one another are one spike.
pub fn spikes(occurrences: &Occurrences) -> Vec<Spike> {
    let mut all = 0;
    let mut on_day: BTreeMap<Day, u64> = BTreeMap::new();
    let mut days_of: BTreeMap<usize, BTreeMap<Day, u64>> = BTreeMap::new();
    for article in &occurrences.articles {
        let Some((day, last)) = article.days else {
            continue;
        };
        if day != last {
            continue;
        }
        all += 1;
        *on_day.entry(day).or_default() += 1;
        for name in &article.names {
            *days_of.entry(*name).or_default().entry(day).or_default() += 1;
        }
    }
    let mut found = Vec::new();
    for (name, days) in days_of {
        let Some(party) = occurrences.names.get(name) else {
            continue;
        };
        let share = number(days.values().sum()) / number(all);
        let expected = |day: &Day| share * number(on_day.get(day).copied().unwrap_or_default());
        let days = days
            .iter()
            .map(|(day, articles)| (*day, *articles, expected(day)));
        let high = days.filter(|(_, articles, expected)| {
            *articles >= LEAST_ARTICLES && score(*articles, *expected) >= LEAST_SCORE
        });
        found.extend(joined(party, high));
    }
    found.sort_by(|one, other| {
        let scores = other.score.total_cmp(&one.score);
        scores.then_with(|| {
            (one.days, one.kind, &one.name).cmp(&(other.days, other.kind, &other.name))
        })
    });
    found
}

/// High days of one name, those that follow one another together.
fn joined(party: &Party, high: impl Iterator<Item = (Day, u64, f64)>) -> Vec<Spike> {
    let mut found: Vec<Spike> = Vec::new();
    let PartyKind::Named(kind) = party.kind else {
        return found;
    };
    for (day, articles, expected) in high {
        match found.last_mut() {
            Some(last) if last.days.1.number() + 1 == day.number() => {
                last.days.1 = day;
                last.articles += articles;
                last.expected += expected;
            }
            _ => found.push(Spike {
                kind,
                name: party.name.clone(),
                days: (day, day),
                articles,
                expected,
                score: 0.0,
            }),
        }
    }
    for spike in &mut found {
        spike.score = score(spike.articles, spike.expected);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, EntityKind, NamedArticle};

    /// Articles of one person, as "day: articles with him of all".
    #[track_caller]
    fn check(days: &[(i64, u64, u64)], expected: &[&str]) {
        let mut articles = Vec::new();
        for (day, with, of) in days {
            let day = Day::from_number(19_000 + day).unwrap();
            for index in 0..*of {
                articles.push(NamedArticle {
                    id: ArticleId(format!("{day}-{index}")),
                    days: Some((day, day)),
                    names: if index < *with { vec![0] } else { vec![] },
                });
            }
        }
        let kind = PartyKind::Named(EntityKind::Person);
        let name = "Jan Nowak".to_owned();
        let names = vec![Party { kind, name }];
        let found = spikes(&Occurrences { names, articles });
        let found: Vec<String> = found
            .iter()
            .map(|spike| {
                let (first, last) = spike.days;
                let days = (first.number() - 19_000, last.number() - 19_000);
                let (expected, score) = (spike.expected, spike.score);
                format!("{days:?}: {} for {expected:.2}, {score:.1}", spike.articles)
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_day_far_above_the_usual_is_told() {
        check(
            &[(0, 1, 100), (1, 1, 100), (2, 22, 100), (3, 0, 100)],
            &["(2, 2): 22 for 6.00, 6.5"],
        );
        check(&[(0, 5, 100), (1, 6, 100), (2, 7, 100)], &[]);
        check(&[(0, 2, 2), (1, 0, 400)], &[]);
        check(&[(0, 3, 3), (1, 0, 400)], &["(0, 0): 3 for 0.02, 4.2"]);
    }

    #[test]
    fn a_day_with_more_news_has_more_of_everybody() {
        check(&[(0, 1, 10), (1, 30, 300), (2, 1, 10)], &[]);
    }

    #[test]
    fn days_in_a_row_are_one() {
        let days = [
            (0, 0, 100),
            (1, 20, 100),
            (2, 18, 100),
            (3, 0, 500),
            (5, 20, 100),
        ];
        check(
            &days,
            &["(1, 2): 38 for 12.89, 7.0", "(5, 5): 20 for 6.44, 5.3"],
        );
    }

    #[test]
    fn nothing_stands_out_of_nothing() {
        check(&[], &[]);
        check(&[(0, 9, 9)], &[]);
    }
}
