//! Writing buckets of names, beside the least that finds what is in them: one range of terms and the stored cards.

use std::ops::Bound;
use std::time::Duration;

use criterion::Criterion;
use index::range::Prefix;
use tantivy::collector::DocSetCollector;
use tantivy::query::RangeQuery;
use tantivy::schema::{Term, Value};
use tantivy::{Searcher, TantivyDocument};

use crate::floor::open_text;
use crate::import::Imported;
use crate::pair::{Pair, timed};

/// Measures it, and how long the first who asks waits for the layout.
pub(crate) fn measure(criterion: &mut Criterion, imported: &Imported) {
    let reader = imported.reader();
    let counting = timed(|| reader.ranges().unwrap().layout().clone());
    let ranges = reader.ranges().unwrap();
    let layout = ranges.layout();
    let digits = layout.prefix_digits;
    let prefixes: Vec<Prefix> = Prefix::all(digits).collect();
    let searcher = open_text(reader.folder()).reader().unwrap().searcher();
    let mut group = criterion.benchmark_group("ranges");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(10));
    Pair {
        name: "every bucket",
        unit: ("buckets", prefixes.len() as f64),
        ours: &mut || {
            timed(|| prefixes.iter().map(|one| ranges.bucket(*one).unwrap().len()).sum::<usize>())
        },
        floor: &mut || {
            timed(|| (0..layout.buckets).map(|one| find(&searcher, one, digits)).sum::<usize>())
        },
    }
    .measure(&mut group);
    group.finish();
    println!(
        "{} names in {} buckets of {} bytes; counted in {} ms\n",
        layout.names,
        layout.buckets,
        layout.bucket_bytes,
        counting.as_millis()
    );
}

/// Reads the cards below a prefix; gives their length.
fn find(searcher: &Searcher, prefix: u64, digits: u32) -> usize {
    let field = |name| searcher.schema().get_field(name).unwrap();
    let first = prefix << (64 - 4 * digits);
    let last = first | (u64::MAX >> (4 * digits));
    let bound = |head| Bound::Included(Term::from_field_u64(field("alias_key"), head));
    let hits = searcher.search(&RangeQuery::new(bound(first), bound(last)), &DocSetCollector);
    let length = |hit| {
        let document: TantivyDocument = searcher.doc(hit).unwrap();
        document.get_first(field("card")).unwrap().as_str().unwrap().len()
    };
    hits.unwrap().into_iter().map(length).sum()
}
