//! How words sound, whatever the script and the custom in which they are written.
//!
//! "Łukaszenka", "Lukashenko" and "Лукашенко" sound the same. The sounds are coarse and stand in
//! `data/letters.tsv`; a script that is not there is first put into Latin letters.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::lists::lines;
use crate::text::fold_letter;

/// Longest word that is read, in letters; of a longer one only the beginning counts.
const MAX_LETTERS: usize = 64;
/// Fewest sounds that stand before an ending.
const BEFORE_ENDING: usize = 2;

/// A group of letters and its sounds in either reading.
#[derive(Debug)]
struct Group {
    letters: Vec<char>,
    at_start: bool,
    at_end: bool,
    sounds: [&'static str; 2],
}

#[derive(Debug, Default)]
struct Customs {
    /// Groups by their first letter where it is ASCII, the longest first.
    ascii: Vec<Vec<Group>>,
    /// The other groups by their first letter, the longest first.
    groups: HashMap<char, Vec<Group>, foldhash::fast::RandomState>,
    /// Endings and what they count as, the longest first.
    endings: Vec<(&'static str, &'static str)>,
}

static CUSTOMS: LazyLock<Customs> =
    LazyLock::new(|| Customs::read(include_str!("data/letters.tsv")));

impl Customs {
    fn read(table: &'static str) -> Self {
        let mut customs = Self::default();
        for line in lines(table) {
            let mut fields = line.split('\t');
            let mut field = || fields.next();
            let (kind, from) = (field(), field().unwrap_or_default());
            let first = field().unwrap_or_default();
            let second = field().unwrap_or(first);
            if kind == Some("ending") {
                customs.endings.push((from, first));
                continue;
            }
            let letters: Vec<char> = from.chars().filter(|sign| !"^$".contains(*sign)).collect();
            let Some(&head) = letters.first() else {
                continue;
            };
            let groups = if head.is_ascii() {
                let place = head as usize;
                if customs.ascii.len() <= place {
                    customs.ascii.resize_with(place + 1, Vec::new);
                }
                customs.ascii.get_mut(place)
            } else {
                Some(customs.groups.entry(head).or_default())
            };
            let Some(groups) = groups else { continue };
            groups.push(Group {
                letters,
                at_start: from.starts_with('^'),
                at_end: from.ends_with('$'),
                sounds: [first, second],
            });
        }
        let size = |group: &Group| (group.letters.len(), group.at_start || group.at_end);
        for groups in customs.groups.values_mut().chain(&mut customs.ascii) {
            groups.sort_by_key(|group| std::cmp::Reverse(size(group)));
        }
        customs
            .endings
            .sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
        customs
    }

    /// The sounds of a word in one reading, and whether there is another.
    fn sounds(&self, letters: &[char], reading: usize) -> (String, bool) {
        let mut out = String::with_capacity(letters.len() + 4);
        let mut has_other = false;
        let mut rest = letters;
        while let Some((&head, tail)) = rest.split_first() {
            let at_start = rest.len() == letters.len();
            let group = self.groups_of(head).iter().find(|group| {
                (!group.at_start || at_start)
                    && rest.starts_with(&group.letters)
                    && (!group.at_end || rest.len() == group.letters.len())
            });
            let Some(group) = group else {
                push(&mut out, head);
                rest = tail;
                continue;
            };
            let [first, second] = group.sounds;
            has_other |= first != second;
            let sounds = if reading == 0 { first } else { second };
            sounds.chars().for_each(|sound| push(&mut out, sound));
            rest = rest.get(group.letters.len()..).unwrap_or_default();
        }
        for (from, to) in &self.endings {
            if let Some(stem) = out.strip_suffix(from)
                && stem.len() >= BEFORE_ENDING
            {
                out.truncate(stem.len());
                out.push_str(to);
                break;
            }
        }
        (out, has_other)
    }

    fn groups_of(&self, letter: char) -> &[Group] {
        if letter.is_ascii() {
            let groups = self.ascii.get(letter as usize);
            return groups.map_or(&[], Vec::as_slice);
        }
        self.groups.get(&letter).map_or(&[], Vec::as_slice)
    }

    /// The letters that the table knows, in small letters; others are put into Latin ones.
    fn letters(&self, word: &str) -> Vec<char> {
        let mut letters = Vec::with_capacity(word.len());
        for written in word.chars().take(MAX_LETTERS) {
            if written.is_ascii() {
                letters.push(written.to_ascii_lowercase());
                continue;
            }
            for letter in written.to_lowercase() {
                if self.groups.contains_key(&letter) {
                    letters.push(letter);
                    continue;
                }
                let folded = fold_letter(letter);
                if folded.is_ascii() || self.groups.contains_key(&folded) {
                    letters.push(folded);
                } else {
                    let latin = any_ascii::any_ascii_char(letter).chars();
                    letters.extend(
                        latin
                            .filter(char::is_ascii_alphanumeric)
                            .map(|l| l.to_ascii_lowercase()),
                    );
                }
            }
        }
        letters
    }
}

/// A sound that is heard twice in a row counts once; numbers are kept as they are.
fn push(out: &mut String, sound: char) {
    if !out.ends_with(sound) || sound.is_ascii_digit() {
        out.push(sound);
    }
}

/// What a word sounds like, by one custom or another: at least one reading, the likeliest first,
/// each once. One that has no sound at all gives an empty reading.
///
/// ```
/// use kronika::lang::customs::readings;
/// assert_eq!(readings("Szojgu").first(), readings("Шойгу").first());
/// ```
pub fn readings(word: &str) -> Vec<String> {
    let customs = &*CUSTOMS;
    let letters = customs.letters(word);
    let mut readings = Vec::with_capacity(2);
    let mut add = |letters: &[char]| {
        for reading in 0..2 {
            let (sounds, has_other) = customs.sounds(letters, reading);
            if !readings.contains(&sounds) {
                readings.push(sounds);
            }
            if !has_other {
                break;
            }
        }
    };
    add(&letters);
    let bare: Vec<char> = letters.iter().map(|letter| fold_letter(*letter)).collect();
    let is_latin = bare.iter().all(char::is_ascii);
    if is_latin && bare != letters {
        add(&bare);
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(row: &str) {
        let words: Vec<&str> = row.split_whitespace().collect();
        for one in &words {
            for other in &words {
                let (one_sounds, other_sounds) = (readings(one), readings(other));
                let share = one_sounds
                    .iter()
                    .any(|sounds| other_sounds.contains(sounds));
                assert!(share, "{one} {one_sounds:?}, {other} {other_sounds:?}");
            }
        }
    }

    #[test]
    fn customs_of_writing_sound_the_same() {
        for row in [
            "Łukaszenka Łukaszenko Lukashenka Lukashenko Lukaschenko Лукашенко Лукашэнка",
            "Zełenski Zełenskij Zelensky Zelenskyy Zelenskiy Selenskyj Зеленський Зеленский",
            "Chruszczow Khrushchev Chruschtschow Хрущёв Хрущев",
            "Jelcyn Yeltsin Jelzin Ельцин",
            "Szojgu Shoigu Schoigu Шойгу",
            "Ławrow Lavrov Lawrow Лавров",
            "Gorbaczow Gorbachev Gorbatschow Горбачёв Горбачев",
            "Chodorkowski Khodorkovsky Ходорковский",
            "Czubajs Chubais Чубайс",
            "Nawalny Navalny Nawalnyj Навальный",
            "Pieskow Peskov Peskow Песков",
            "Miedwiediew Medvedev Medwedew Медведев",
            "Prigożyn Prigozhin Пригожин",
            "Juszczenko Yushchenko Ющенко",
            "Vučić Vucic Вучић",
            "Šefčovič Sefcovic",
            "Kaczyński Kaczynski",
            "Siergiej Sergei Sergey Sergej Сергей",
        ] {
            check(row);
        }
    }

    proptest! {
        #[test]
        fn any_word_has_a_reading(word in "\\PC{0,80}") {
            prop_assert!(!readings(&word).is_empty());
        }
    }
}
