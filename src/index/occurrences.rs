//! Which names the articles of an answer have, read from the postings of names: no text is opened.

use std::collections::BTreeMap;

use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use super::collect::{ARTICLE_DAYS, ids_of, text_of};
use super::schema::NameFields;
use super::searcher::Searcher;
use super::{engine_error, io_error};
use crate::Result;
use crate::model::{
    ArticleId, Day, EntityKind, NamedArticle, Occurrences, Party, PartyKind, Query, Request, Sort,
};

/// Which article of the answer each document of a segment is.
type Places = BTreeMap<u32, usize>;

impl Searcher {
    /// The names of these kinds in the articles that answer a query.
    pub fn occurrences(&self, query: &Query, kinds: &[EntityKind]) -> Result<Occurrences> {
        let (mut articles, places) = self.named_articles(query)?;
        let mut names: BTreeMap<Party, Vec<usize>> = BTreeMap::new();
        for (segment, places) in self.engine.segment_readers().iter().zip(&places) {
            for fields in &self.fields.names {
                if kinds.contains(&fields.kind) && !places.is_empty() {
                    self.add_names(segment, *fields, places, &mut names)?;
                }
            }
        }
        for (name, holders) in names.values().enumerate() {
            for article in holders {
                if let Some(article) = articles.get_mut(*article) {
                    article.names.push(name);
                }
            }
        }
        Ok(Occurrences {
            names: names.into_keys().collect(),
            articles,
        })
    }

    /// The articles in order, without names, and where each is.
    fn named_articles(&self, query: &Query) -> Result<(Vec<NamedArticle>, Vec<Places>)> {
        let fail = engine_error(&self.path);
        let mut results = self.search(&Request {
            query: query.clone(),
            sort: Sort::Date,
            offset: 0,
            limit: None,
        })?;
        let segments = self.engine.segment_readers();
        let columns = segments.iter().map(|segment| {
            let [first, last] = ARTICLE_DAYS.map(|column| segment.fast_fields().i64(column));
            Ok((ids_of(segment)?, first?, last?))
        });
        let columns: Vec<_> = columns.collect::<tantivy::Result<_>>().map_err(&fail)?;
        let mut places = vec![Places::new(); segments.len()];
        let mut articles = Vec::with_capacity(results.total());
        while let Some((address, _)) = results.advance()? {
            let segment = address.segment_ord as usize;
            let (Some((ids, first, last)), Some(places)) =
                (columns.get(segment), places.get_mut(segment))
            else {
                continue;
            };
            let day = |days: &tantivy::columnar::Column<i64>| {
                days.first(address.doc_id).and_then(Day::from_number)
            };
            places.insert(address.doc_id, articles.len());
            articles.push(NamedArticle {
                id: ArticleId(text_of(ids, address.doc_id).map_err(&fail)?),
                days: day(first).zip(day(last)),
                names: Vec::new(),
            });
        }
        Ok((articles, places))
    }

    /// Adds to each name of one kind the articles of one segment that have it.
    fn add_names(
        &self,
        segment: &SegmentReader,
        fields: NameFields,
        places: &Places,
        names: &mut BTreeMap<Party, Vec<usize>>,
    ) -> Result<()> {
        let index = segment
            .inverted_index(fields.names)
            .map_err(engine_error(&self.path))?;
        let mut terms = index.terms().stream().map_err(io_error(&self.path))?;
        while terms.advance() {
            let name = String::from_utf8_lossy(terms.key()).into_owned();
            let term = Term::from_field_text(fields.names, &name);
            let postings = index
                .read_postings(&term, IndexRecordOption::Basic)
                .map_err(io_error(&self.path))?;
            let Some(mut postings) = postings else {
                continue;
            };
            let mut holders: Vec<usize> = Vec::new();
            while postings.doc() != TERMINATED {
                holders.extend(places.get(&postings.doc()));
                postings.advance();
            }
            if !holders.is_empty() {
                let kind = PartyKind::Named(fields.kind);
                names
                    .entry(Party { kind, name })
                    .or_default()
                    .extend(holders);
            }
        }
        Ok(())
    }
}
