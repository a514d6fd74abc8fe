//! Tantivy alone on the same articles, to compare with.

use std::io::{BufRead, BufReader};
use std::path::Path;

use serde_json::Value;

/// Indexes the titles and texts of a file of JSON lines, and stores them.
pub(crate) fn index(folder: &Path, corpus: &Path, threads: usize, memory: usize) {
    use tantivy::schema::{STORED, STRING, Schema, TEXT};
    let mut builder = Schema::builder();
    let id = builder.add_text_field("id", STRING | STORED);
    let title = builder.add_text_field("title", TEXT | STORED);
    let text = builder.add_text_field("text", TEXT | STORED);
    let index = tantivy::Index::create_in_dir(folder, builder.build()).unwrap();
    let mut writer: tantivy::IndexWriter = index
        .writer_with_num_threads(threads, memory << 20)
        .unwrap();
    for line in BufReader::new(std::fs::File::open(corpus).unwrap()).lines() {
        let article: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut document = tantivy::TantivyDocument::new();
        for (field, name) in [(id, "id"), (title, "title"), (text, "text")] {
            document.add_text(field, article[name].as_str().unwrap());
        }
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}
