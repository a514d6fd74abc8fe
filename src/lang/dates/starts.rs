//! Which rules are worth trying at a place of a text, by the two pieces that stand there.
//!
//! Most rules that may begin with a word or number fail at the piece behind it, so that is asked
//! before a rule is tried. What this lets pass may still fail; what it holds back would.

use std::collections::{BTreeMap, HashMap};
use std::ops::BitOr;

use super::pattern::{Element, Rule, Step};
use super::words::{Class, Sense, Words};

/// What sort of piece stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A word, by its place in the list.
    Word(u16),
    /// A number of so many digits.
    Number(usize),
    /// A Roman number.
    Roman,
    /// Anything else.
    Sign(char),
}

/// Elements of patterns, a bit for each. Where there are more elements than bits some share one.
type Elements = u128;

/// The element that every piece is, and the end of a text too: a pattern may have ended before.
const END: Elements = 1;

/// What a rule may begin with, and for each of these what may stand behind it.
type Openings = BTreeMap<Elements, Elements>;

/// What a piece can be taken for, and the place of what it may begin in [`Starts::lists`].
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    elements: Elements,
    list: usize,
}

/// The rules that may begin with a piece.
#[derive(Debug, Default)]
struct List {
    /// What any of them takes behind it.
    seconds: Elements,
    /// What each takes behind it, and its place.
    rules: Vec<(Elements, usize)>,
}

/// How many digits are told apart: so many, and any more.
const DIGITS: usize = 5;

/// By what stands in a text, the rules that may read it.
#[derive(Debug, Default)]
pub(super) struct Starts {
    words: Vec<Look>,
    numbers: Vec<Look>,
    roman: Look,
    signs: HashMap<char, Elements, foldhash::fast::RandomState>,
    /// The first is of what nothing begins with.
    lists: Vec<List>,
}

impl Starts {
    pub(super) fn new(words: &Words, rules: &[Rule]) -> Self {
        let bits = Bits::new(rules);
        let mut lists = Lists {
            openings: openings(rules, &bits),
            places: HashMap::new(),
            made: vec![List::default()],
        };
        let mut look = |elements: Elements, long: Elements| Look {
            elements: elements | END,
            list: lists.place(elements, long),
        };
        let of_sense = |sense: &Sense| {
            let class = match sense.class {
                Class::Number => Class::Count,
                class => class,
            };
            let any = bits.of(Element::Class(class, None));
            any | bits.of(Element::Class(class, Some(sense.value)))
        };
        let of_word = |place: u16| {
            let senses = words.senses(place).iter();
            let long = senses.clone().filter(|sense| !sense.rest.is_empty());
            let word = bits.of(Element::Word(place));
            (
                senses.map(of_sense).fold(word, BitOr::bitor),
                long.map(of_sense).fold(0, BitOr::bitor),
            )
        };
        let of_word = (0..words.len()).map(of_word);
        let of_number = (0..=DIGITS).map(|digits| bits.of_classes(classes_of(digits)));
        Self {
            words: of_word.map(|(all, long)| look(all, long)).collect(),
            numbers: of_number.map(|all| look(all, 0)).collect(),
            roman: look(bits.of_classes(&[Class::Roman]), 0),
            signs: bits.signs().collect(),
            lists: lists.made,
        }
    }

    /// The places of the rules that may read a date that begins with the first piece, before the
    /// second, in their order.
    pub(super) fn rules(
        &self,
        first: Shape,
        second: Option<Shape>,
    ) -> impl Iterator<Item = usize> + '_ {
        let second = second.map_or(END, |second| self.look(second).elements);
        let list = self.lists.get(self.look(first).list);
        let list = list.filter(|list| list.seconds & second != 0);
        let rules = list.map_or(&[][..], |list| &list.rules);
        let fits = move |(seconds, _): &&(Elements, usize)| seconds & second != 0;
        rules.iter().filter(fits).map(|(_, place)| *place)
    }

    fn look(&self, shape: Shape) -> Look {
        let nothing = Look {
            elements: END,
            list: 0,
        };
        let known = match shape {
            Shape::Word(place) => self.words.get(usize::from(place)).copied(),
            Shape::Number(digits) => self.numbers.get(digits.min(DIGITS)).copied(),
            Shape::Roman => Some(self.roman),
            Shape::Sign(sign) => self.signs.get(&sign).map(|sign| Look {
                elements: sign | END,
                ..nothing
            }),
        };
        known.unwrap_or(nothing)
    }
}

/// What a number of so many digits can be.
fn classes_of(digits: usize) -> &'static [Class] {
    match digits {
        1 => &[Class::Count, Class::Day, Class::MonthDigits],
        2 => &[
            Class::Count,
            Class::Day,
            Class::MonthDigits,
            Class::ShortYear,
        ],
        4 => &[Class::Count, Class::Year],
        _ => &[Class::Count],
    }
}

/// The bit of each element that patterns take.
struct Bits(HashMap<Element, Elements>);

impl Bits {
    fn new(rules: &[Rule]) -> Self {
        let mut bits = HashMap::new();
        for step in rules.iter().flat_map(|rule| &rule.steps) {
            if let Step::Take(element, _) = step {
                let behind_end = 1 + bits.len() % 127;
                bits.entry(*element).or_insert(1 << behind_end);
            }
        }
        Self(bits)
    }

    fn of(&self, element: Element) -> Elements {
        self.0.get(&element).copied().unwrap_or_default()
    }

    /// Those of classes, whatever their value.
    fn of_classes(&self, classes: &[Class]) -> Elements {
        let is_of = |element: &Element| matches!(element, Element::Class(class, _) if classes.contains(class));
        let found = self.0.iter().filter(|(element, _)| is_of(element));
        found.fold(0, |all, (_, bit)| all | bit)
    }

    fn signs(&self) -> impl Iterator<Item = (char, Elements)> + '_ {
        self.0.iter().filter_map(|(element, bit)| match element {
            Element::Sign(sign) => Some((*sign, *bit)),
            _ => None,
        })
    }
}

/// What each rule may begin with. Rules call for others, so it is gone over until no more is found.
fn openings(rules: &[Rule], bits: &Bits) -> Vec<Openings> {
    let mut known = vec![Openings::new(); rules.len()];
    loop {
        let reader = Reader {
            rules,
            bits,
            known: &known,
        };
        let found: Vec<Openings> = rules.iter().map(|rule| reader.openings(rule)).collect();
        if found == known {
            return known;
        }
        known = found;
    }
}

/// Reads patterns, given what is known of them so far.
struct Reader<'r> {
    rules: &'r [Rule],
    bits: &'r Bits,
    known: &'r [Openings],
}

impl Reader<'_> {
    fn openings(&self, rule: &Rule) -> Openings {
        let mut openings = Openings::new();
        for (element, behind) in takes(rule, 0).into_iter().flatten() {
            let behind = self.firsts(rule, behind);
            for (first, second) in self.opened(element) {
                let is_over = second & END != 0;
                let second = if is_over {
                    second & !END | behind
                } else {
                    second
                };
                *openings.entry(first).or_default() |= second;
            }
        }
        openings
    }

    /// What may stand at a step of a rule.
    fn firsts(&self, rule: &Rule, step: usize) -> Elements {
        let mut firsts = 0;
        for taken in takes(rule, step) {
            firsts |= match taken {
                Some((element, _)) => self.opened(element).fold(0, |all, (first, _)| all | first),
                None => END,
            };
        }
        firsts
    }

    /// What an element may begin with, and what may stand behind that.
    fn opened(&self, element: Element) -> impl Iterator<Item = (Elements, Elements)> + '_ {
        let group = match element {
            Element::Inner(group) => Some(group),
            _ => None,
        };
        let inner = self.rules.iter().zip(self.known).filter(move |(rule, _)| {
            let called = group.map(|group| group.takes(rule.group));
            called.unwrap_or_default()
        });
        let inner = inner
            .flat_map(|(_, openings)| openings)
            .map(|(first, second)| (*first, *second));
        let plain = group.is_none().then(|| (self.bits.of(element), END));
        plain.into_iter().chain(inner)
    }
}

/// What a pattern may take at a step, with the step behind it; none where it may end.
fn takes(rule: &Rule, step: usize) -> Vec<Option<(Element, usize)>> {
    let mut found = Vec::new();
    let mut open = vec![step];
    while let Some(step) = open.pop() {
        match rule.steps.get(step) {
            Some(Step::Take(element, _)) => found.push(Some((*element, step + 1))),
            Some(Step::Not(_) | Step::Keep(..)) => open.push(step + 1),
            Some(Step::Jump(to)) => open.push(*to),
            Some(Step::Fork(other)) => open.extend([step + 1, *other]),
            None => found.push(None),
        }
    }
    found
}

/// Makes the lists; many words share one.
struct Lists {
    openings: Vec<Openings>,
    places: HashMap<(Elements, Elements), usize>,
    made: Vec<List>,
}

impl Lists {
    /// The place of the list for a piece that can be taken for these elements; for some of them it
    /// is the first word of several, so that anything may stand behind it.
    fn place(&mut self, elements: Elements, long: Elements) -> usize {
        if let Some(place) = self.places.get(&(elements, long)) {
            return *place;
        }
        let seconds = |openings: &Openings| {
            let here = openings.iter().filter(|(first, _)| elements & **first != 0);
            let seconds = here.map(|(first, seconds)| match long & first {
                0 => *seconds,
                _ => END,
            });
            seconds.fold(0, BitOr::bitor)
        };
        let rules = self.openings.iter().map(seconds).enumerate();
        let rules = rules.filter(|(_, seconds)| *seconds != 0);
        let rules: Vec<_> = rules.map(|(place, seconds)| (seconds, place)).collect();
        let seconds = rules.iter().map(|(seconds, _)| *seconds);
        self.made.push(List {
            seconds: seconds.fold(0, BitOr::bitor),
            rules,
        });
        let place = self.made.len() - 1;
        self.places.insert((elements, long), place);
        place
    }
}

#[cfg(test)]
mod tests {
    use super::super::Grammar;
    use super::*;

    const RULES: &str = "\
        day\tday\tday\t[ od ] DAY MONTH [ <year> ]\n\
        year\tyear\tyear\tYEAR [ . ]\n\
        years\twhole\trange\t<year> - <year>\n\
        feast\tday\tholiday\tHOLIDAY od";

    /// The rules that are tried where two pieces stand; the second may be the end of a text.
    #[track_caller]
    fn check(first: &str, second: &str, expected: &[&str]) {
        let words = "holiday\teaster+60\tboże_ciało\nholiday\teaster\twielkanoc";
        let grammar = Grammar::parse("month\t2\tluty lutego", words, RULES).unwrap();
        let shape = |piece: &str| match piece.chars().next()? {
            '0'..='9' => Some(Shape::Number(piece.len())),
            'a'..='z' => Some(Shape::Word(grammar.words.place(piece, &mut String::new()))),
            sign => Some(Shape::Sign(sign)),
        };
        let rules = grammar.starting(shape(first).unwrap(), shape(second));
        let found: Vec<&str> = rules.map(|rule| rule.name.as_str()).collect();
        assert_eq!(found, expected, "{first} {second}");
    }

    #[test]
    fn two_pieces_choose_the_rules() {
        check("3", "lutego", &["day"]);
        check("3", "maja", &[]);
        check("3", "", &[]);
        check("od", "3", &["day"]);
        check("od", "2023", &[]);
        check("od", "lutego", &[]);
        check("lutego", "2023", &[]);
        check("wielkanoc", "od", &["feast"]);
        check("wielkanoc", "ulica", &[]);
        check("ulica", "3", &[]);
    }

    #[test]
    fn a_rule_may_end_or_lie_in_another() {
        check("2023", "", &["year"]);
        check("2023", "ulica", &["year"]);
        check("2023", ".", &["year", "years"]);
        check("2023", "-", &["year", "years"]);
        check("-", "2023", &[]);
    }

    #[test]
    fn a_form_of_several_words_may_go_on_with_any() {
        check("boże", "ulica", &["feast"]);
        check("boże", "", &["feast"]);
    }
}
