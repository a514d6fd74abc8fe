//! What an article shows of its persons: whether each is a man or a woman.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::lang::Language;
use crate::lang::gender::Gender;
use crate::model::{Document, EntityKind};

/// The genders of an article's entities, worked out when they are asked for.
pub(super) struct Persons<'d> {
    document: &'d Document,
    language: &'static Language,
    known: RefCell<BTreeMap<usize, Option<Gender>>>,
}

impl<'d> Persons<'d> {
    pub(super) fn new(document: &'d Document, language: &'static Language) -> Self {
        Self {
            document,
            language,
            known: RefCell::default(),
        }
    }

    /// Whether this entity is a man or a woman, where that is known.
    pub(super) fn gender(&self, entity: usize) -> Option<Gender> {
        let mut known = self.known.borrow_mut();
        *known.entry(entity).or_insert_with(|| self.work_out(entity))
    }

    /// By the first name; else by how the surname declines.
    fn work_out(&self, number: usize) -> Option<Gender> {
        let entity = self.document.entities.get(number)?;
        if entity.kind != EntityKind::Person {
            return None;
        }
        let genders = self.language.genders;
        if let Some((first, _)) = entity.name.split_once(' ')
            && let Some(gender) =
                (genders.of_first_name)(first).or_else(|| (genders.of_word_before)(first))
        {
            return Some(gender);
        }
        let surname = entity.name.split(' ').next_back()?;
        let mut signs = entity.forms.iter().filter_map(|form| {
            let written = form.split_whitespace().last()?;
            (genders.of_surname)(written, surname)
        });
        let first = signs.next()?;
        signs.all(|sign| sign == first).then_some(first)
    }
}
