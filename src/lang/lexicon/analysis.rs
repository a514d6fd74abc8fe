//! One way in which a form can be read.

use super::tag::{Gender, NameClass, Tag};

/// One way in which a form can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Analysis<'l> {
    pub(super) rewrite: Rewrite<'l>,
    pub(super) form_capitals: &'l [u8],
    pub(super) lemma_capitals: &'l [u8],
    pub(super) tag: Tag<'l>,
    pub(super) class_name: &'l str,
    pub(super) class: NameClass,
}

/// How a lemma is made from a form: cut letters off both ends, then add.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rewrite<'l> {
    pub(super) front: u8,
    pub(super) end: u8,
    pub(super) added: &'l str,
}

impl Rewrite<'_> {
    /// What is left of a form.
    #[inline]
    pub(super) fn stem(self, form: &str) -> &str {
        let mut stem = form.chars();
        for _ in 0..self.front {
            stem.next();
        }
        for _ in 0..self.end {
            stem.next_back();
        }
        stem.as_str()
    }
}

impl<'l> Analysis<'l> {
    /// The lemma of `form` with its capitals: "Warszawa". `form` is what was looked up.
    pub fn lemma(&self, form: &str) -> String {
        let mut lemma = String::new();
        self.write_lemma(form, &mut lemma);
        lemma
    }

    /// Puts the lemma of `form` with its capitals in `room`, which is overwritten.
    pub fn write_lemma(&self, form: &str, room: &mut String) {
        let stem = self.rewrite.stem(form);
        room.clear();
        if self.lemma_capitals.is_empty() {
            room.push_str(stem);
            room.push_str(self.rewrite.added);
        } else {
            let letters = stem.chars().chain(self.rewrite.added.chars());
            capitalise(letters, self.lemma_capitals, room);
        }
    }

    /// Puts the lemma of `form` in lower case in `room`, which is overwritten.
    pub fn write_lowercase_lemma(&self, form: &str, room: &mut String) {
        room.clear();
        room.push_str(self.rewrite.stem(form));
        room.push_str(self.rewrite.added);
    }

    /// The form as this reading wants it written: "warszawie" gives "Warszawie".
    pub fn form(&self, form: &str) -> String {
        let mut written = String::new();
        capitalise(form.chars(), self.form_capitals, &mut written);
        written
    }

    /// Part of speech, case, number, gender and more.
    pub fn tag(&self) -> Tag<'l> {
        self.tag
    }

    /// What sort of name it is, if any.
    pub fn class(&self) -> NameClass {
        self.class
    }

    /// The sort of name as the source calls it: `imię`, `nazwa_geograficzna`, nothing …
    pub fn class_name(&self) -> &'l str {
        self.class_name
    }

    /// Whether it is somebody of a people, a town or a faith, written with a capital and yet no
    /// name: "Rosjanka", "Polacy".
    pub fn is_people(&self) -> bool {
        self.form_capitals == [0]
            && self.class == NameClass::NONE
            && !self.class_name.is_empty()
            && (self.tag.is_personal() || self.tag.genders().contains(Gender::Feminine))
    }

    /// Whether this reading needs a capital first letter.
    pub fn needs_capital(&self) -> bool {
        self.form_capitals.first() == Some(&0)
    }

    /// Places of the letters that this reading writes as capitals, counted from 0, in order:
    /// 0 and 2 for `PiS`.
    pub fn capitals(&self) -> &'l [u8] {
        self.form_capitals
    }
}

fn capitalise(letters: impl Iterator<Item = char>, places: &[u8], written: &mut String) {
    let mut places = places.iter().map(|&place| usize::from(place)).peekable();
    for (place, letter) in letters.enumerate() {
        if places.next_if_eq(&place).is_some() {
            written.extend(letter.to_uppercase());
        } else {
            written.push(letter);
        }
    }
}
