//! Made-up people, each in the forms that the sentences need.

/// First names of Poland, with the gender of who bears them.
const FIRST: &str = include_str!("../../src/lang/pl/data/first_names.txt");

/// Syllables of surnames.
const SYLLABLES: [&str; 40] = [
    "ba", "ce", "cho", "da", "do", "dra", "fi", "ga", "gra", "gu", "ja", "je", "ka", "ko", "kra",
    "ku", "la", "li", "ło", "ma", "mi", "mo", "na", "ni", "no", "pa", "pie", "po", "pra", "ra",
    "ro", "ru", "sa", "so", "sta", "szy", "ta", "to", "wa", "za",
];
/// Ends of a man's surname: as it is, after `z`, as an object; then a woman's the same.
const ENDS: [[&str; 6]; 5] = [
    ["wski", "wskim", "wskiego", "wska", "wską", "wską"],
    ["rski", "rskim", "rskiego", "rska", "rską", "rską"],
    ["wicz", "wiczem", "wicza", "wicz", "wicz", "wicz"],
    ["niak", "niakiem", "niaka", "niak", "niak", "niak"],
    ["lczyk", "lczykiem", "lczyka", "lczyk", "lczyk", "lczyk"],
];

/// A person's full name in three cases.
pub(crate) struct Person {
    /// As it is.
    pub(crate) name: String,
    /// After `z`: "z Adamem Kowalskim".
    pub(crate) with: String,
    /// As an object: "przyjął Adama Kowalskiego".
    pub(crate) object: String,
    /// The surname as it is.
    pub(crate) surname: String,
    /// Whether it is a woman.
    pub(crate) is_woman: bool,
}

/// Everybody whom articles may name.
pub(crate) struct People {
    first: Vec<(String, bool)>,
}

impl People {
    pub(crate) fn new() -> Self {
        let lines = FIRST.lines().filter(|line| !line.starts_with('#'));
        let first = lines.filter_map(|line| {
            let (name, gender) = line.split_once('\t')?;
            let is_woman = gender == "f" && name.ends_with('a') && !name.ends_with("ia");
            let ends = [
                "bert", "mir", "sław", "ian", "man", "ard", "usz", "drzej", "ul", "in",
            ];
            let is_man = gender == "m" && ends.iter().any(|end| name.ends_with(end));
            let mut letters = name.chars();
            let begin: String = letters.next()?.to_uppercase().collect();
            (is_woman || is_man).then(|| (begin + letters.as_str(), is_woman))
        });
        Self {
            first: first.collect(),
        }
    }

    /// The person of a rank, always the same one.
    pub(crate) fn of(&self, rank: u64) -> Person {
        let pick = |number: u64, length: usize| (number % length as u64) as usize;
        let (first, is_woman) = &self.first[pick(rank.wrapping_mul(37), self.first.len())];
        let ends = ENDS[pick(rank, ENDS.len())];
        let mut rest = rank / ENDS.len() as u64;
        let mut stem = String::new();
        // As many syllables as it takes, two at least, so that no two ranks have one surname.
        for number in 0.. {
            stem += SYLLABLES[pick(rest + 7 * number, SYLLABLES.len())];
            rest /= SYLLABLES.len() as u64;
            if rest == 0 && number > 0 {
                break;
            }
        }
        let mut letters = stem.chars();
        let begin: String = letters
            .next()
            .map(char::to_uppercase)
            .into_iter()
            .flatten()
            .collect();
        let stem = begin + letters.as_str();
        let surname = |case: usize| format!("{stem}{}", ends[case + 3 * usize::from(*is_woman)]);
        let (with, object) = if *is_woman {
            let root = first.strip_suffix('a').unwrap_or(first);
            (format!("{root}ą"), format!("{root}ę"))
        } else {
            (format!("{first}em"), format!("{first}a"))
        };
        Person {
            name: format!("{first} {}", surname(0)),
            with: format!("{with} {}", surname(1)),
            object: format!("{object} {}", surname(2)),
            surname: surname(0),
            is_woman: *is_woman,
        }
    }
}
