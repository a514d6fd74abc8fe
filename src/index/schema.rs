//! The fields of the index. `index/README.md` lists them for users.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

use crate::lang::{LANGUAGES, Language, OTHER};
use crate::model::{EntityKind, PartyKind};

/// Changes whenever a field or its meaning does. An index of another version is refused.
pub const FORMAT_VERSION: u32 = 4;

/// The tokenizer of names; see [`super::tokenizer`].
pub(super) const NAME_TOKENIZER: &str = "names";

/// The word fields of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct WordFields {
    pub(super) language: &'static Language,
    /// Terms of title and text, with positions.
    pub(super) words: Field,
    /// Terms of the title alone.
    pub(super) title: Field,
}

/// The fields of one kind of names.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameFields {
    pub(super) kind: EntityKind,
    /// Canonical names as they are.
    pub(super) names: Field,
    /// Base forms of the words of all names and forms, with positions.
    pub(super) words: Field,
    /// What else articles call them: a canonical name, then another base form; see
    /// [`super::rows`].
    pub(super) forms: Field,
}

/// The fields of meetings. Those of participants stand on articles as well, for `met:`.
#[derive(Debug, Clone)]
pub(super) struct MeetingFields {
    /// Which of its article's meetings it is; on meetings alone, so that it tells them apart.
    pub(super) number: Field,
    /// Kind and canonical name of each participant, in order; see [`super::meeting`].
    pub(super) participant: Field,
    /// Base forms of the words of participants, by their kind.
    pub(super) participants: Vec<(PartyKind, Field)>,
    pub(super) first: Field,
    pub(super) last: Field,
    pub(super) precision: Field,
    pub(super) basis: Field,
    pub(super) place: Field,
    pub(super) place_words: Field,
    pub(super) kind: Field,
    pub(super) status: Field,
    pub(super) evidence: Field,
    pub(super) evidence_field: Field,
    /// First and last byte of the evidence, then those of each mark in it.
    pub(super) evidence_spans: Field,
    pub(super) rule: Field,
}

/// The column that only meetings have.
pub(super) const MEETING_NUMBER: &str = "meeting";

impl MeetingFields {
    fn new(builder: &mut SchemaBuilder) -> Self {
        Self {
            number: builder.add_u64_field(MEETING_NUMBER, FAST),
            participant: builder.add_text_field("participant", key() | STORED),
            participants: PartyKind::ALL
                .into_iter()
                .map(|kind| {
                    let name = format!("participant_{}_words", kind.name());
                    (kind, builder.add_text_field(&name, names()))
                })
                .collect(),
            first: builder.add_i64_field("met_first", FAST),
            last: builder.add_i64_field("met_last", FAST),
            precision: builder.add_text_field("met_precision", STORED),
            basis: builder.add_text_field("met_basis", key() | STORED),
            place: builder.add_text_field("met_place", key() | STORED),
            place_words: builder.add_text_field("met_place_words", names()),
            kind: builder.add_text_field("met_kind", key() | STORED),
            status: builder.add_text_field("met_status", key() | STORED),
            evidence: builder.add_text_field("evidence", STORED),
            evidence_field: builder.add_text_field("evidence_field", STORED),
            evidence_spans: builder.add_u64_field("evidence_spans", STORED),
            rule: builder.add_text_field("met_rule", key() | STORED),
        }
    }
}

/// All fields.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    pub(super) document_kind: Field,
    pub(super) id: Field,
    pub(super) path: Field,
    pub(super) record: Field,
    pub(super) content: Field,
    pub(super) title: Field,
    pub(super) text: Field,
    pub(super) language: Field,
    pub(super) source_key: Field,
    pub(super) source: Field,
    pub(super) url: Field,
    pub(super) author: Field,
    pub(super) date_first: Field,
    pub(super) date_last: Field,
    pub(super) date_precision: Field,
    pub(super) date_rule: Field,
    pub(super) event_first: Field,
    pub(super) event_last: Field,
    pub(super) names_given: Field,
    pub(super) meetings_given: Field,
    pub(super) words: Vec<WordFields>,
    pub(super) names: Vec<NameFields>,
    pub(super) meeting: MeetingFields,
}

/// The name of the tokenizer of a language's word fields.
pub(super) fn word_tokenizer(language: &Language) -> String {
    format!("words_{}", language.code)
}

/// Every language that has word fields, [`OTHER`] last.
pub(super) fn indexed_languages() -> impl Iterator<Item = &'static Language> {
    LANGUAGES.into_iter().chain(std::iter::once(&OTHER))
}

/// What is found as a whole, and never ranked: without lengths of fields, which every article would
/// have for each.
fn key() -> TextOptions {
    TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_fieldnorms(false)
            .set_index_option(IndexRecordOption::Basic),
    )
}

/// Words of names, in their order. Long names rank as short ones do.
fn names() -> TextOptions {
    TextOptions::default().set_indexing_options(with_places(NAME_TOKENIZER).set_fieldnorms(false))
}

/// Words of a text, ranked by how long it is.
fn words(language: &Language) -> TextOptions {
    TextOptions::default().set_indexing_options(with_places(&word_tokenizer(language)))
}

fn with_places(tokenizer: &str) -> TextFieldIndexing {
    TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions)
}

impl Fields {
    /// The schema of [`FORMAT_VERSION`].
    pub(super) fn new() -> Self {
        let mut builder = SchemaBuilder::default();
        let document_kind = builder.add_text_field("kind", key());
        let id = builder.add_text_field("id", key() | STORED | FAST);
        let path = builder.add_text_field("path", key() | STORED | FAST);
        let record = builder.add_u64_field("record", STORED);
        let content = builder.add_u64_field("content", FAST);
        let title = builder.add_text_field("title", STORED);
        let text = builder.add_text_field("text", STORED);
        let language = builder.add_text_field("lang", key() | STORED);
        let source_key = builder.add_text_field("source_key", key());
        let source = builder.add_text_field("source", STORED);
        let url = builder.add_text_field("url", STORED);
        let author = builder.add_text_field("author", STORED);
        let date_first = builder.add_i64_field("date_first", FAST);
        let date_last = builder.add_i64_field("date_last", FAST);
        let date_precision = builder.add_text_field("date_precision", key() | STORED);
        let date_rule = builder.add_text_field("date_rule", key() | STORED);
        let event_first = builder.add_i64_field("event_first", FAST);
        let event_last = builder.add_i64_field("event_last", FAST);
        let names_given = builder.add_bool_field("names_given", STORED);
        let meetings_given = builder.add_text_field("meetings_given", STORED);
        let word_fields = indexed_languages()
            .map(|language| {
                let options = words(language);
                WordFields {
                    language,
                    words: builder
                        .add_text_field(&format!("words_{}", language.code), options.clone()),
                    title: builder.add_text_field(&format!("title_{}", language.code), options),
                }
            })
            .collect();
        let name_fields = EntityKind::ALL
            .into_iter()
            .map(|kind| NameFields {
                kind,
                names: builder.add_text_field(kind.name(), key() | STORED),
                words: builder.add_text_field(&format!("{}_words", kind.name()), names()),
                forms: builder.add_text_field(&format!("{}_forms", kind.name()), key()),
            })
            .collect();
        let meeting = MeetingFields::new(&mut builder);
        Self {
            schema: builder.build(),
            document_kind,
            id,
            path,
            record,
            content,
            title,
            text,
            language,
            source_key,
            source,
            url,
            author,
            date_first,
            date_last,
            date_precision,
            date_rule,
            event_first,
            event_last,
            names_given,
            meetings_given,
            words: word_fields,
            names: name_fields,
            meeting,
        }
    }

    /// The word fields of the language with this code, or those of [`OTHER`].
    pub(super) fn words_of(&self, code: &str) -> Option<WordFields> {
        let find = |code: &str| {
            self.words
                .iter()
                .find(|fields| fields.language.code == code)
                .copied()
        };
        find(code).or_else(|| find(OTHER.code))
    }

    /// The name fields of a kind.
    pub(super) fn names_of(&self, kind: EntityKind) -> Option<NameFields> {
        self.names
            .iter()
            .find(|fields| fields.kind == kind)
            .copied()
    }
}
