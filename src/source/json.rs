//! JSON: one object, an array, an object with an array of articles, or one object a line.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::draft::{Draft, FIELDS, MEETINGS, Mapping, NAME_FIELDS};
use super::lines::{Line, Lines};
use super::open::Input;
use super::{Reading, encoding, feed, meetings, too_large};

/// What an object may call its list of articles.
const LISTS: [&str; 4] = ["articles", "items", "data", "results"];

/// One article out of one object.
fn draft_of(object: &Map<String, Value>, mapping: &Mapping) -> Result<Draft, String> {
    let mut draft = Draft::default();
    for field in FIELDS {
        let theirs = mapping.theirs(field);
        let may_be_number = matches!(field, "id" | "date");
        let text = match object.get(theirs) {
            None | Some(Value::Null) => continue,
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) if may_be_number => number.to_string(),
            Some(Value::Array(list)) if matches!(field, "author" | "text") => {
                let texts: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
                let separator = if field == "text" { "\n\n" } else { ", " };
                let texts = texts.ok_or_else(|| wrong_type(theirs, "a text"))?;
                texts.join(separator)
            }
            Some(_) => return Err(wrong_type(theirs, "a text")),
        };
        draft.set(field, text);
    }
    for (field, kind) in NAME_FIELDS {
        let theirs = mapping.theirs(field);
        let list = match object.get(theirs) {
            None | Some(Value::Null) => continue,
            Some(Value::Array(list)) => list,
            Some(_) => return Err(wrong_type(theirs, "a list of names")),
        };
        let name = |value: &Value| match value {
            Value::String(name) => Some(name.clone()),
            Value::Object(object) => object.get("name")?.as_str().map(str::to_owned),
            _ => None,
        };
        let names: Option<Vec<String>> = list.iter().map(name).collect();
        draft.add_names(
            kind,
            names.ok_or_else(|| wrong_type(theirs, "a list of names"))?,
        );
    }
    draft.meetings = meetings::read(object, mapping.theirs(MEETINGS))?;
    Ok(draft)
}

fn wrong_type(field: &str, wanted: &str) -> String {
    format!("field `{field}` is not {wanted}")
}

/// Reads one object a line; a bad line is rejected and the next one read.
pub(super) fn read_lines(reading: &mut Reading<'_, '_>, input: &mut Input) -> ControlFlow<()> {
    let legacy = encoding::of_head(input.head());
    if let Some(encoding) = legacy {
        reading.note(&format!("{}: read as {}", reading.path, encoding.name()))?;
    }
    if let Some(encoding) = legacy.filter(|encoding| encoding::is_wide(encoding)) {
        // Places are those of the text as UTF-8.
        let mut decoded = DecodeReaderBytesBuilder::new();
        let decoded = decoded
            .encoding(Some(encoding))
            .strip_bom(true)
            .build(input);
        return lines(reading, &mut io::BufReader::new(decoded), None, 0);
    }
    let mark = encoding::MARK.len();
    if input.head().starts_with(encoding::MARK) && input.fill_buf().is_ok() {
        input.consume(mark);
        return lines(reading, input, legacy, mark as u64);
    }
    lines(reading, input, legacy, 0)
}

fn lines(
    reading: &mut Reading<'_, '_>,
    source: &mut dyn BufRead,
    legacy: Option<&'static Encoding>,
    before: u64,
) -> ControlFlow<()> {
    let mut lines = Lines::new(reading.options.max_article, before);
    loop {
        let line = match lines.skip_empty(source).and_then(|()| lines.next(source)) {
            Ok(Some(line)) => line,
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => {
                let reason = format!("cannot be read to its end: {error}");
                return reading.reject(None, Some(lines.byte()), &reason);
            }
        };
        if line
            .bytes
            .as_ref()
            .is_some_and(|bytes| bytes.trim_ascii().is_empty())
        {
            continue;
        }
        reading.record = line.number;
        match object_of(&line, legacy, reading.options.max_article) {
            Ok(object) => match draft_of(&object, &reading.options.mapping) {
                Ok(draft) => reading.article(draft, Some(line.number), Some(line.byte))?,
                Err(reason) => reading.reject(Some(line.number), Some(line.byte), &reason)?,
            },
            Err((byte, reason)) => {
                reading.reject(Some(line.number), Some(line.byte + byte as u64), &reason)?;
            }
        }
    }
}

/// The object on a line, or where in it and why there is none.
fn object_of(
    line: &Line,
    legacy: Option<&'static Encoding>,
    limit: usize,
) -> Result<Map<String, Value>, (usize, String)> {
    let Some(bytes) = &line.bytes else {
        return Err((0, too_large(limit as u64)));
    };
    let decoded;
    let text = match (std::str::from_utf8(bytes), legacy) {
        (Ok(text), _) => text,
        (Err(error), Some(encoding)) => {
            decoded = encoding::decode_record(bytes, encoding).ok_or_else(|| {
                let reason = format!("neither UTF-8 nor {}, which the file is", encoding.name());
                (error.valid_up_to(), reason)
            })?;
            &decoded
        }
        (Err(error), None) => {
            let reason = "not UTF-8, though the file is".to_owned();
            return Err((error.valid_up_to(), reason));
        }
    };
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err((0, "not a JSON object".to_owned())),
        Err(error) => {
            let column = error.column().saturating_sub(1);
            Err((column, format!("not JSON: {}", without_place(&error))))
        }
    }
}

/// What a JSON error says, without the place in it, which is told in its own way.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(at) => text.get(..at).unwrap_or_default().to_owned(),
        None => text,
    }
}

/// Reads a file of one object, an array, or an object that holds an array of articles.
pub(super) fn read(reading: &mut Reading<'_, '_>, input: &mut Input) -> ControlFlow<()> {
    let head = input.head();
    let beginning = head.get(..head.len().min(1024)).unwrap_or_default();
    if String::from_utf8_lossy(beginning).contains("jsonfeed.org/version") {
        return feed::read(reading, input);
    }
    let is_plain = encoding::of_head(head).is_none() && !head.starts_with(encoding::MARK);
    if !is_plain {
        let Some(text) = reading.text(input)? else {
            return ControlFlow::Continue(());
        };
        return stream(reading, &mut text.as_bytes());
    }
    stream(reading, input)
}

fn stream(reading: &mut Reading<'_, '_>, source: &mut dyn Read) -> ControlFlow<()> {
    let limit = reading.options.max_article;
    let left = Rc::new(Cell::new(limit));
    let limited = Limited {
        inner: source,
        left: Rc::clone(&left),
    };
    let mut state = State {
        reading,
        left,
        flow: ControlFlow::Continue(()),
    };
    let mut deserializer = serde_json::Deserializer::from_reader(io::BufReader::new(limited));
    let outcome = loop {
        match Whole(&mut state).deserialize(&mut deserializer) {
            Ok(None) => {}
            Ok(Some(value @ Value::Object(_))) => {
                if !state.take(&value) {
                    return state.flow;
                }
            }
            Ok(Some(_)) => {
                let reason = "not an article or a list of them";
                break Err(serde::de::Error::custom(reason));
            }
            Err(error) => break Err(error),
        }
        // Objects may follow one another, as in lines that nobody called `.ndjson`.
        match deserializer.end() {
            Err(error) if error.is_syntax() => {}
            end => break end,
        }
    };
    if state.flow.is_break() {
        return state.flow;
    }
    let Err(error) = outcome else {
        return ControlFlow::Continue(());
    };
    let mut reason = if error.is_io() {
        error.to_string()
    } else {
        format!(
            "not JSON: {} at column {}",
            without_place(&error),
            error.column()
        )
    };
    if state.reading.record > 0 {
        reason.push_str("; nothing behind it was read");
    }
    let is_first_line = error.line() == 1 && !error.is_io();
    let byte = is_first_line.then(|| error.column().saturating_sub(1) as u64);
    state.reading.record += 1;
    state
        .reading
        .reject(Some(error.line() as u64), byte, &reason)
}

/// Refuses to read on when one article takes more than its share.
struct Limited<'a> {
    inner: &'a mut dyn Read,
    left: Rc<Cell<usize>>,
}

impl Read for Limited<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.get().checked_sub(read) {
            Some(left) => self.left.set(left),
            None => return Err(io::Error::other("an article larger than --max-article")),
        }
        Ok(read)
    }
}

struct State<'a, 'r, 's> {
    reading: &'a mut Reading<'r, 's>,
    left: Rc<Cell<usize>>,
    flow: ControlFlow<()>,
}

impl State<'_, '_, '_> {
    /// Hands on one article; false when the reading is to stop.
    fn take(&mut self, value: &Value) -> bool {
        self.left.set(self.reading.options.max_article);
        self.reading.record += 1;
        let draft = match value {
            Value::Object(object) => draft_of(object, &self.reading.options.mapping),
            _ => Err("not a JSON object".to_owned()),
        };
        self.flow = match draft {
            Ok(draft) => self.reading.article(draft, None, None),
            Err(reason) => self.reading.reject(None, None, &reason),
        };
        self.flow.is_continue()
    }
}

/// A value that may hold articles: an array of them, or an object around one.
///
/// Gives nothing when articles were taken out of it, else the value itself.
struct Whole<'x, 'a, 'r, 's>(&'x mut State<'a, 'r, 's>);

impl Whole<'_, '_, '_, '_> {
    /// Whether an object has what makes it an article.
    fn is_article(&self, object: &Map<String, Value>) -> bool {
        let mapping = &self.0.reading.options.mapping;
        ["text", "title"]
            .iter()
            .any(|field| object.contains_key(mapping.theirs(field)))
    }

    /// Whether a list of articles may be found under this key.
    fn may_hold_list(&self, key: &str, object: &Map<String, Value>) -> bool {
        let mapping = &self.0.reading.options.mapping;
        LISTS.contains(&key)
            && FIELDS.iter().all(|field| mapping.theirs(field) != key)
            && !self.is_article(object)
    }
}

impl<'de> DeserializeSeed<'de> for Whole<'_, '_, '_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an article, or a list of articles")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            if !self.0.take(&value) {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = Map::new();
        let mut had_list = false;
        while let Some(key) = map.next_key::<String>()? {
            let value = if self.may_hold_list(&key, &object) {
                map.next_value_seed(Whole(self.0))?
            } else {
                Some(map.next_value()?)
            };
            match value {
                None => had_list = true,
                Some(value) => {
                    object.insert(key, value);
                }
            }
        }
        if had_list {
            return Ok(None);
        }
        if !self.is_article(&object) {
            // What was asked for alone may lie in an envelope of its own.
            for key in LISTS {
                if let Some(Value::Object(inner)) = object.get(key)
                    && self.is_article(inner)
                {
                    return Ok(object.remove(key));
                }
            }
        }
        Ok(Some(Value::Object(object)))
    }
}
