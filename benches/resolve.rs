//! Resolving identifiers as badges have them, beside the least that finds a resource: one term query and its stored card.

use std::time::Duration;

use criterion::Criterion;
use index::Reader;
use index::resolve::{Verdict, resolve};
use ontology::identify;
use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Term, Value};
use tantivy::{Searcher, TantivyDocument};

use crate::floor::open_text;
use crate::import::{Imported, N_ITEMS};
use crate::package::{self, Item, mix};
use crate::pair::{Pair, timed};

const N_QUESTIONS: usize = 1_000;

const AS_OF: &str = "2026-01-01";

/// What is asked, and the item that it means.
struct Question {
    text: String,
    framework: Option<&'static str>,
    item: Item,
}

impl Question {
    /// Asks by GUID, by a dirty address and by a code in its framework, in turn.
    fn of(number: usize) -> Self {
        let item = Item::of((mix(number as u64) % N_ITEMS as u64) as usize);
        let (text, framework) = match number % 3 {
            0 => (item.identifier.clone(), None),
            1 => {
                let shouted = item.identifier.to_uppercase();
                (
                    format!(
                        " \u{201c}https:/Mirror.Bench.example:443/t/ims/case/v1p1/CFItems/{shouted}/\u{201d}."
                    ),
                    None,
                )
            }
            _ => (item.code.to_lowercase().replace('.', "-"), Some(package::TITLE)),
        };
        Self { text, framework, item }
    }

    fn is_answered(&self, reader: &Reader) -> bool {
        let answer = resolve(reader.cards(), &self.text, self.framework, AS_OF).unwrap();
        let found = answer.resource().map(|found| found.chosen.card.key().to_string());
        answer.verdict == Verdict::Resolved
            && found == Some(format!("guid:{}", self.item.identifier))
    }
}

/// Measures it.
pub(crate) fn measure(criterion: &mut Criterion, imported: &Imported) {
    let reader = imported.reader();
    let questions: Vec<Question> = (0..N_QUESTIONS).map(Question::of).collect();
    for question in &questions {
        assert!(question.is_answered(&reader), "`{}` is not answered", question.text);
    }
    let keys: Vec<u64> = questions.iter().map(|question| key_of(&question.item)).collect();
    let searcher = open_text(reader.folder()).reader().unwrap().searcher();
    let mut group = criterion.benchmark_group("resolve");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(15));
    Pair {
        name: "1,000 mixed identifiers",
        unit: ("answers", N_QUESTIONS as f64),
        ours: &mut || {
            timed(|| questions.iter().filter(|question| question.is_answered(&reader)).count())
        },
        floor: &mut || timed(|| keys.iter().map(|key| find(&searcher, *key)).sum::<usize>()),
    }
    .measure(&mut group);
    group.finish();
}

fn key_of(item: &Item) -> u64 {
    identify(&item.identifier).key.unwrap().alias_key()
}

/// Finds the card of a key; gives its length.
fn find(searcher: &Searcher, key: u64) -> usize {
    let field = |name| searcher.schema().get_field(name).unwrap();
    let query =
        TermQuery::new(Term::from_field_u64(field("alias_key"), key), IndexRecordOption::Basic);
    let hit = searcher.search(&query, &DocSetCollector).unwrap().into_iter().next().unwrap();
    let document: TantivyDocument = searcher.doc(hit).unwrap();
    document.get_first(field("card")).unwrap().as_str().unwrap().len()
}
