//! What a token is in a name: nothing, or the beginning, inside, last or only one of some kind.

use crate::model::EntityKind;

/// How many labels there are.
pub const LABELS: usize = 1 + 4 * EntityKind::ALL.len();

/// A label as a number: 0 for a token of no name; then for each kind begin, inside, last, only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(pub u8);

/// Where in a name a token stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    Last,
    /// Alone.
    Only,
}

impl Label {
    /// A token of no name.
    pub const NONE: Self = Self(0);

    /// The label of a part of a name of a kind.
    pub fn new(kind: EntityKind, part: Part) -> Self {
        Self(1 + 4 * kind as u8 + part as u8)
    }

    /// The kind of name and the part of it.
    pub fn parts(self) -> Option<(EntityKind, Part)> {
        let index = self.0.checked_sub(1)?;
        let kind = *EntityKind::ALL.get(usize::from(index / 4))?;
        let part = match index % 4 {
            0 => Part::Begin,
            1 => Part::Inside,
            2 => Part::Last,
            _ => Part::Only,
        };
        Some((kind, part))
    }

    /// Every label, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..LABELS).filter_map(|label| u8::try_from(label).ok().map(Self))
    }

    /// Whether a name goes on after this token.
    pub fn is_open(self) -> bool {
        matches!(self.parts(), Some((_, Part::Begin | Part::Inside)))
    }

    /// Whether this label goes on with a name.
    pub fn continues(self) -> bool {
        matches!(self.parts(), Some((_, Part::Inside | Part::Last)))
    }

    /// Whether `next` may stand behind this label.
    pub fn may_precede(self, next: Self) -> bool {
        if !self.is_open() {
            return !next.continues();
        }
        let kind = |label: Self| label.parts().map(|(kind, _)| kind);
        next.continues() && kind(self) == kind(next)
    }
}

/// The labels of a name of `length` tokens, in order.
pub fn of_name(kind: EntityKind, length: usize) -> impl Iterator<Item = Label> {
    (0..length).map(move |index| {
        let part = match (index, length) {
            (0, 1) => Part::Only,
            (0, _) => Part::Begin,
            _ if index + 1 == length => Part::Last,
            _ => Part::Inside,
        };
        Label::new(kind, part)
    })
}

/// Names in a row of labels: kind, first token, and the token after the last.
pub fn names(labels: &[Label]) -> Vec<(EntityKind, usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (index, label) in labels.iter().enumerate() {
        match label.parts() {
            Some((_, Part::Begin)) => start = index,
            Some((kind, Part::Only)) => found.push((kind, index, index + 1)),
            Some((kind, Part::Last)) => found.push((kind, start, index + 1)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_back_as_the_names_they_were_made_of() {
        for kind in EntityKind::ALL {
            for length in 1..5 {
                let labels: Vec<Label> = of_name(kind, length).collect();
                assert_eq!(names(&labels), [(kind, 0, length)]);
                for pair in labels.windows(2) {
                    let [one, next] = pair else { continue };
                    assert!(one.may_precede(*next));
                }
            }
        }
    }

    #[test]
    fn a_name_is_never_left_open() {
        for one in Label::all() {
            assert_eq!(one.is_open(), !one.may_precede(Label::NONE));
            for next in Label::all() {
                if one.may_precede(next) {
                    assert_eq!(one.is_open(), next.continues(), "{one:?} {next:?}");
                }
            }
        }
    }
}
