//! Searching, completing, suggesting and looking for near-duplicates, beside the least that finds anything: the same words as plain
//! term queries on name and statement, the best ten, and their stored cards.
//!
//! The items are made of 48 words, so that every word is in every third of them: no real framework is as hard. What the real sets cost,
//! and what others make of them, is measured by `make relevance`.

use std::time::Duration;

use criterion::BenchmarkGroup;
use criterion::Criterion;
use criterion::measurement::WallTime;
use index::Reader;
use index::search::{AutocompleteQuery, Filters, SearchQuery, autocomplete, search};
use index::similar::{Likeness, SimilarQuery, similar};
use index::suggest::{SuggestQuery, suggest};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::tokenizer::TokenStream;
use tantivy::{Searcher, TantivyDocument};

use crate::floor::{open_text, prose};
use crate::import::{Imported, N_ITEMS};
use crate::package::{label, mix, statement};
use crate::pair::{Pair, timed};

const N_QUESTIONS: usize = 50;

const LIMIT: usize = 10;

/// A door of the library: how many answers a text has.
type Door<'a> = &'a dyn Fn(&Reader, &str) -> usize;

/// Measures all four.
pub(crate) fn measure(criterion: &mut Criterion, imported: &Imported) {
    let reader = imported.reader();
    let searcher = open_text(reader.folder()).reader().unwrap().searcher();
    let mut group = criterion.benchmark_group("search");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(10));
    let numbers = || (0..N_QUESTIONS as u64).map(|n| (mix(n) % N_ITEMS as u64) as usize);
    let texts = |of: &dyn Fn(usize) -> String| numbers().map(of).collect::<Vec<_>>();
    let doors: [(&str, Vec<String>, Door<'_>); 4] = [
        ("search: three words", texts(&|n| three_words(&statement(n))), &searched),
        ("autocomplete: five letters", texts(&|n| label(n).chars().take(5).collect()), &completed),
        ("suggest: a sentence", texts(&statement), &suggested),
        ("similar: a statement", texts(&statement), &alike),
    ];
    for (name, texts, door) in doors {
        measure_one(&mut group, name, &texts, &|text| door(&reader, text), &searcher);
    }
    group.finish();
}

fn measure_one(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    texts: &[String],
    door: &dyn Fn(&str) -> usize,
    searcher: &Searcher,
) {
    for text in texts {
        assert!(door(text) > 0, "{name}: `{text}` finds nothing");
    }
    Pair {
        name,
        unit: ("answers", texts.len() as f64),
        ours: &mut || timed(|| texts.iter().map(|text| door(text)).sum::<usize>()),
        floor: &mut || timed(|| texts.iter().map(|text| find(searcher, text)).sum::<usize>()),
    }
    .measure(group);
}

fn three_words(text: &str) -> String {
    text.split(' ').step_by(5).take(3).collect::<Vec<_>>().join(" ")
}

fn searched(reader: &Reader, text: &str) -> usize {
    let query = SearchQuery { limit: LIMIT, ..SearchQuery::new(text) };
    search(reader.cards(), &query).unwrap().hits.len()
}

fn completed(reader: &Reader, text: &str) -> usize {
    let filters = Filters::default();
    let query = AutocompleteQuery { text: text.to_owned(), filters, limit: LIMIT };
    autocomplete(reader.cards(), &query).unwrap().len()
}

fn suggested(reader: &Reader, text: &str) -> usize {
    let query = SuggestQuery { text: text.to_owned(), limit: LIMIT, ..SuggestQuery::default() };
    suggest(reader.cards(), &query).unwrap().len()
}

fn alike(reader: &Reader, text: &str) -> usize {
    let query = SimilarQuery {
        of: Likeness::Text(text.to_owned()),
        filters: Filters::default(),
        elsewhere: false,
        threshold: 0.0,
        limit: LIMIT,
    };
    similar(reader.cards(), &query).unwrap().map_or(0, |found| found.len())
}

/// Finds what has any of the words; gives how many stored cards were read.
fn find(searcher: &Searcher, text: &str) -> usize {
    let fields = ["name", "statement"].map(|name| searcher.schema().get_field(name).unwrap());
    let mut words: Vec<Box<dyn Query>> = Vec::new();
    let mut prose = prose();
    let mut stream = prose.token_stream(text);
    while stream.advance() {
        for field in fields {
            let term = Term::from_field_text(field, &stream.token().text);
            words.push(Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)));
        }
    }
    let best = TopDocs::with_limit(LIMIT).order_by_score();
    let hits = searcher.search(&BooleanQuery::union(words), &best).unwrap();
    let cards = hits.into_iter().map(|(_, at)| searcher.doc::<TantivyDocument>(at).unwrap());
    cards.map(std::hint::black_box).count()
}
