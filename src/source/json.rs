//! JSON: one object, an array, an object with an array of articles, or one object a line.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::draft::{Draft, FIELDS, Mapping, NAME_FIELDS};
use super::lines::{Line, Lines};
use super::open::Input;
use super::{Reading, feed, too_large};

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
    Ok(draft)
}

fn wrong_type(field: &str, wanted: &str) -> String {
    format!("field `{field}` is not {wanted}")
}

/// Reads one object a line; a bad line is rejected and the next one read.
pub(super) fn read_lines(reading: &mut Reading<'_, '_>, input: &mut Input) -> ControlFlow<()> {
    let legacy = input.encoding();
    if let Some(encoding) = legacy {
        reading.note(&format!("{}: read as {}", reading.path, encoding.name()))?;
    }
    if legacy.is_some_and(|encoding| !encoding.is_ascii_compatible()) {
        // Its line ends are more than one byte.
        let decoded = DecodeReaderBytesBuilder::new()
            .encoding(legacy)
            .build(input);
        return lines_of(reading, &mut io::BufReader::new(decoded), None);
    }
    if let Ok(bytes) = input.peek()
        && bytes.starts_with(b"\xef\xbb\xbf")
    {
        input.consume(3);
    }
    lines_of(reading, input, legacy)
}

fn lines_of(
    reading: &mut Reading<'_, '_>,
    input: &mut dyn BufRead,
    legacy: Option<&'static Encoding>,
) -> ControlFlow<()> {
    let mut lines = Lines::new(reading.options.max_article);
    loop {
        let line = match lines.next(input) {
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
        (Err(_), Some(encoding)) => {
            decoded = encoding.decode_without_bom_handling(bytes).0;
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

/// Reads a file of one object, an array, or an object that holds an array of articles; also
/// several of them in a row, as lines of objects are that nobody called `.ndjson`.
pub(super) fn read(reading: &mut Reading<'_, '_>, input: &mut Input) -> ControlFlow<()> {
    let is_feed = input.peek().is_ok_and(|bytes| {
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        String::from_utf8_lossy(head).contains("jsonfeed.org/version")
    });
    if is_feed {
        return feed::read(reading, input);
    }
    let has_mark = input
        .peek()
        .is_ok_and(|bytes| bytes.starts_with(b"\xef\xbb\xbf"));
    if has_mark || input.encoding().is_some() {
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
            Ok(Some(_)) => {
                let reason = "not an article or a list of them";
                break Err(serde::de::Error::custom(reason));
            }
            Err(error) => break Err(error),
        }
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
    let reason = if error.is_io() {
        error.to_string()
    } else {
        format!(
            "not JSON: {} at column {}",
            without_place(&error),
            error.column()
        )
    };
    state.reading.record += 1;
    state
        .reading
        .reject(Some(error.line() as u64), None, &reason)
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

/// The outermost value, or one in a place where a list of articles may be: gives back what is
/// neither an object nor an array.
struct Whole<'x, 'a, 'r, 's>(&'x mut State<'a, 'r, 's>);

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

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Some(Value::Bool(value)))
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

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(Value::Null))
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
            let value = if LISTS.contains(&key.as_str()) {
                map.next_value_seed(Whole(self.0))?
            } else {
                Some(map.next_value()?)
            };
            match value {
                Some(value) => {
                    object.insert(key, value);
                }
                None => had_list = true,
            }
        }
        if !had_list && !self.0.take(&Value::Object(object)) {
            return Err(serde::de::Error::custom("stopped"));
        }
        Ok(None)
    }
}
