//! JSON: one object, an array, an object with an array of articles, or one object a line.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::draft::{Draft, FIELDS, Mapping, NAME_FIELDS};
use super::lines::{Line, Lines};
use super::open::Input;
use super::{Reading, encoding, feed, too_large};

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
    let legacy = match input.peek() {
        Ok(bytes) if std::str::from_utf8(bytes).is_err() => encoding::guess(bytes),
        _ => None,
    };
    if let Some(encoding) = legacy {
        reading.note(&format!("{}: read as {}", reading.path, encoding.name()))?;
    }
    if let Ok(bytes) = input.peek()
        && bytes.starts_with(b"\xef\xbb\xbf")
    {
        input.consume(3);
    }
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
    legacy: Option<&'static encoding_rs::Encoding>,
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

/// Reads a file of one object, an array, or an object that holds an array of articles.
pub(super) fn read(reading: &mut Reading<'_, '_>, input: &mut Input) -> ControlFlow<()> {
    let is_feed = input.peek().is_ok_and(|bytes| {
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        String::from_utf8_lossy(head).contains("jsonfeed.org/version")
    });
    if is_feed {
        return feed::read(reading, input);
    }
    let is_plain = input.peek().is_ok_and(|bytes| {
        !bytes.starts_with(b"\xef\xbb\xbf")
            && match std::str::from_utf8(bytes) {
                Ok(_) => true,
                Err(error) => error.error_len().is_none(),
            }
    });
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
    let outcome = Whole(&mut state)
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end());
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

/// The outermost value.
struct Whole<'x, 'a, 'r, 's>(&'x mut State<'a, 'r, 's>);

impl<'de> DeserializeSeed<'de> for Whole<'_, '_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Whole<'_, '_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an article, or a list of articles")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            if !self.0.take(&value) {
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut object = Map::new();
        let mut had_list = false;
        while let Some(key) = map.next_key::<String>()? {
            if LISTS.contains(&key.as_str()) {
                had_list = true;
                map.next_value_seed(Whole(self.0))?;
            } else {
                object.insert(key, map.next_value()?);
            }
        }
        if !had_list {
            self.0.take(&Value::Object(object));
        }
        Ok(())
    }
}
