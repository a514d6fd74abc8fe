//! Keys that names of one have in common.

use super::Name;
use super::words::Word;
use crate::model::EntityKind;

/// How many of the longest words of a name give a key.
const LONGEST_WORDS: usize = 2;

/// Keys of a name, sorted, each once.
pub(super) fn keys(name: &Name) -> Vec<String> {
    let mut keys = Vec::with_capacity(6);
    if name.kind == EntityKind::Person {
        person(&name.words, &mut keys);
    } else {
        body(name, &mut keys);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn person(words: &[Word], keys: &mut Vec<String>) {
    let real: Vec<&Word> = words.iter().filter(|word| !word.initial).collect();
    match real.as_slice() {
        [] => keys.extend(words.last().map(|word| frame(word.sound()))),
        [only] => {
            let mut own = Vec::new();
            frames(only, &mut own);
            if words.len() == 1 {
                keys.extend(own);
                given_or_beginning(only, keys);
            } else {
                beside(only, &own, words, keys);
            }
        }
        [.., last] => {
            // A first name alone would join half of the world.
            let telling = |word: &&&Word| word.given().is_empty() || std::ptr::eq(**word, *last);
            for word in real.iter().filter(telling) {
                let mut own = Vec::new();
                frames(word, &mut own);
                beside(word, &own, words, keys);
            }
            pairs(&real, keys);
        }
    }
}

/// The frames of a word, each with the first sound of another word of the name: a surname alone has
/// more bearers than can be compared.
fn beside(word: &Word, frames: &[String], words: &[Word], keys: &mut Vec<String>) {
    for other in words.iter().filter(|other| !std::ptr::eq(*other, word)) {
        for sound in first_sounds(other) {
            keys.extend(frames.iter().map(|frame| format!("{frame}+{sound}")));
        }
    }
}

/// The first sound of a word in each reading, coarsely.
fn first_sounds(word: &Word) -> impl Iterator<Item = char> {
    let sounds = word.sounds.iter().chain([&word.text]);
    sounds.filter_map(|sound| frame(sound).chars().next())
}

fn given_or_beginning(word: &Word, keys: &mut Vec<String>) {
    if word.given().is_empty() {
        keys.push(beginning(word));
    }
    keys.extend(word.given().iter().map(|given| format!("g{}", given.row)));
}

/// A first name and the first sound of the surname, which survive a slip in the surname.
fn pairs(words: &[&Word], keys: &mut Vec<String>) {
    let ([first, ..], [.., last]) = (words, words) else {
        return;
    };
    for (one, other) in [(first, last), (last, first)] {
        let first_sound = |word: &Word| frame(word.sound()).chars().next().unwrap_or('_');
        let (given, surname) = (one, first_sound(other));
        if given.given().is_empty() {
            keys.push(format!("{}+{surname}", frame(given.sound())));
        } else {
            keys.extend(
                given
                    .given()
                    .iter()
                    .map(|row| format!("g{}+{surname}", row.row)),
            );
        }
    }
}

fn frames(word: &Word, keys: &mut Vec<String>) {
    keys.extend(word.sounds.iter().map(|sound| frame(sound)));
    if word.sound() == word.text {
        keys.push(frame(&word.text));
    }
}

/// The consonants of a word, coarsely, in which slips are rare.
fn frame(sound: &str) -> String {
    let mut frame = String::with_capacity(sound.len());
    for (place, letter) in sound.chars().enumerate() {
        let coarse = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' if place > 0 => continue,
            'a' | 'e' | 'i' | 'o' | 'u' => 'a',
            'S' | 'C' => 's',
            'g' => 'k',
            'd' => 't',
            'b' => 'p',
            'f' => 'v',
            'm' => 'n',
            other => other,
        };
        if !frame.ends_with(coarse) || coarse.is_numeric() {
            frame.push(coarse);
        }
    }
    frame
}

fn beginning(word: &Word) -> String {
    let sounds: String = word.sound().chars().take(3).collect();
    format!("{sounds}*")
}

fn body(name: &Name, keys: &mut Vec<String>) {
    let mut longest: Vec<&Word> = name.words.iter().collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.letters()));
    for word in longest.iter().take(LONGEST_WORDS) {
        frames(word, keys);
    }
    if let [only] = longest.as_slice() {
        keys.push(beginning(only));
    } else {
        let whole: String = name.words.iter().map(|word| word.sound()).collect();
        keys.push(frame(&whole));
    }
    keys.extend(name.acronym.iter().map(|letters| format!("a:{letters}")));
    keys.extend(name.initials.iter().map(|letters| format!("a:{letters}")));
    let all = name.listed.iter().chain([&name.folded]);
    if !name.listed.is_empty() {
        keys.extend(all.min().map(|listed| format!("l:{listed}")));
    }
}
