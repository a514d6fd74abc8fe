//! Ready-made meetings of a JSON record, in the shape in which `annotate` writes them.
//!
//! Of each only `participants` has to be there: names, or objects of `name` and `kind` (a person
//! where it says none). `first` and `last` are dates as an article's may be written, and one of
//! them may stand for both. A meeting happened and is a `meeting` unless it says otherwise. What a
//! meeting says besides is not read.

use serde_json::{Map, Value};

use super::draft::clean;
use crate::model::{
    DateBasis, EntityKind, Field, GivenMeeting, MeetingKind, MeetingStatus, PartialDate, Party,
    PartyKind, Precision, Span,
};

/// The meetings under this key of a record, or why they cannot be read.
pub(super) fn read(
    record: &Map<String, Value>,
    key: &str,
) -> Result<Option<Vec<GivenMeeting>>, String> {
    let list = match record.get(key) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(list)) => list,
        Some(_) => return Err(format!("field `{key}` is not a list of meetings")),
    };
    let meetings = list.iter().enumerate().map(|(number, value)| {
        let path = format!("{key}[{number}]");
        match value {
            Value::Object(object) => Given { object, path }.meeting(),
            _ => Err(format!("field `{path}` is not an object")),
        }
    });
    meetings.collect::<Result<_, _>>().map(Some)
}

/// One meeting of a record, and where it stands in it.
struct Given<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl Given<'_> {
    fn meeting(&self) -> Result<GivenMeeting, String> {
        let date = self.date()?;
        Ok(GivenMeeting {
            participants: self.participants()?,
            date,
            basis: self.basis(date)?,
            place: self.line("place")?,
            kind: self.choice(
                "kind",
                &MeetingKind::ALL,
                MeetingKind::name,
                MeetingKind::Meeting,
            )?,
            status: self.choice(
                "status",
                &MeetingStatus::ALL,
                MeetingStatus::name,
                MeetingStatus::Happened,
            )?,
            evidence: self.evidence()?,
        })
    }

    fn wrong(&self, field: &str, what: &str) -> String {
        format!("field `{}.{field}` {what}", self.path)
    }

    fn text(&self, field: &str) -> Result<Option<&str>, String> {
        match self.object.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(field, "is not a text")),
        }
    }

    fn line(&self, field: &str) -> Result<Option<String>, String> {
        Ok(self.text(field)?.and_then(one_line))
    }

    /// One of a few names; `otherwise` where there is none.
    fn choice<T: Copy>(
        &self,
        field: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
        otherwise: T,
    ) -> Result<T, String> {
        let Some(text) = self.text(field)? else {
            return Ok(otherwise);
        };
        let known = all.iter().copied().find(|one| name(*one) == text);
        known.ok_or_else(|| self.wrong(field, &none_of(all.iter().map(|one| name(*one)))))
    }

    fn participants(&self) -> Result<Vec<Party>, String> {
        let Some(Value::Array(list)) = self.object.get("participants") else {
            return Err(self.wrong("participants", "is not a list of names"));
        };
        let mut parties: Vec<Party> = Vec::new();
        for (number, value) in list.iter().enumerate() {
            let field = format!("participants[{number}]");
            let party = self.party(&field, value)?;
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        Ok(parties)
    }

    fn party(&self, field: &str, value: &Value) -> Result<Party, String> {
        let (name, kind) = match value {
            Value::String(name) => (Some(name), None),
            Value::Object(object) => match object.get("name") {
                Some(Value::String(name)) => (Some(name), object.get("kind")),
                _ => (None, None),
            },
            _ => (None, None),
        };
        let name = name.and_then(|name| one_line(name));
        let name = name.filter(|name| name.contains(char::is_alphanumeric));
        let name = name.ok_or_else(|| self.wrong(field, "has no name"))?;
        let kind = match kind {
            None | Some(Value::Null) => Some(PartyKind::Named(EntityKind::Person)),
            Some(kind) => kind.as_str().and_then(PartyKind::from_name),
        };
        let kind = kind.ok_or_else(|| {
            let names = PartyKind::ALL.iter().map(|kind| kind.name());
            self.wrong(&format!("{field}.kind"), &none_of(names))
        })?;
        Ok(Party { kind, name })
    }

    fn day(&self, field: &str) -> Result<Option<PartialDate>, String> {
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        let date = crate::dates::parse_published(text);
        let date = date.map_err(|mistake| {
            let hint = mistake
                .hint
                .map_or_else(String::new, |hint| format!("; {hint}"));
            self.wrong(field, &format!("is no date: {}{hint}", mistake.message))
        })?;
        Ok(Some(date))
    }

    fn date(&self) -> Result<Option<PartialDate>, String> {
        let precision = self.text("precision")?.map(|name| {
            Precision::from_name(name).ok_or_else(|| {
                let names = Precision::ALL.iter().map(|one| one.name());
                self.wrong("precision", &none_of(names))
            })
        });
        let precision = precision.transpose()?;
        let (first, last) = (self.day("first")?, self.day("last")?);
        let Some((first, last)) = first.or(last).zip(last.or(first)) else {
            return Ok(None);
        };
        let (first, last) = (first.first(), last.last());
        let date = match precision {
            Some(precision) => PartialDate::between(first, last, precision),
            None => PartialDate::spanning(first, last),
        };
        let before = || self.wrong("last", "is before `first`");
        date.map(Some).ok_or_else(before)
    }

    fn basis(&self, date: Option<PartialDate>) -> Result<DateBasis, String> {
        let usual = match date {
            Some(_) => DateBasis::Explicit,
            None => DateBasis::Unknown,
        };
        let basis = self.choice("basis", &DateBasis::ALL, DateBasis::name, usual)?;
        match (basis, date) {
            (DateBasis::Unknown, Some(_)) => Err(self.wrong("basis", "is `unknown` with a day")),
            (DateBasis::Explicit | DateBasis::Article, None) => {
                Err(self.wrong("basis", "tells of a day where `first` gives none"))
            }
            _ => Ok(basis),
        }
    }

    /// What it points to; whether that is there is seen when the article is read.
    fn evidence(&self) -> Result<Option<(Field, Span)>, String> {
        let object = match self.object.get("evidence") {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Object(object)) => object,
            Some(_) => return Err(self.wrong("evidence", "is not an object")),
        };
        let field = match object.get("field") {
            None | Some(Value::Null) => Field::Text,
            Some(name) if name == "title" => Field::Title,
            Some(_) => return Err(self.wrong("evidence.field", &none_of(["title"]))),
        };
        let bound = |name: &str| {
            let value = object.get(name).and_then(Value::as_u64);
            value.and_then(|value| usize::try_from(value).ok())
        };
        match (bound("start"), bound("end")) {
            (Some(start), Some(end)) if start <= end => Ok(Some((field, Span::new(start, end)))),
            _ => Err(self.wrong("evidence", "has no `start` and `end` in this order")),
        }
    }
}

fn none_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    format!("is not one of {}", names.join(", "))
}

fn one_line(text: &str) -> Option<String> {
    let text = clean(text).replace(['\n', '\t'], " ").trim().to_owned();
    (!text.is_empty()).then_some(text)
}
