//! The words of a text that speak for a suggestion.

use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, Term};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::Span;
use crate::suggest::judgement::Saying;
use crate::suggest::lexicon::Lexicon;
use crate::suggest::text::{Word, counting};

/// How alike a word must be to one of the name to speak for it; where none is, every word that is alike at all does.
const CLEARLY: f64 = 0.5;

/// The words of a passage that speak for a name: those that it has, or that are much like one it has.
pub(super) fn by_name(words: &[Word], name: &Saying, lexicon: &mut Lexicon<'_>) -> Vec<Span> {
    let mut likeness = |word: &Word| {
        let stem = lexicon.take(&word.folded, &word.stem, word.is_stop);
        name.stems().map(|own| lexicon.likeness(stem, own)).fold(0.0, f64::max)
    };
    let alike: Vec<(Span, f64)> = words.iter().map(|word| (word.span, likeness(word))).collect();
    let clear = alike.iter().any(|(_, likeness)| *likeness >= CLEARLY);
    let least = if clear { CLEARLY } else { f64::MIN_POSITIVE };
    in_order(alike.into_iter().filter(|(_, likeness)| *likeness >= least).map(|(span, _)| span))
}

/// The words of a passage that stand around the name of a document: in its other names, its statement, its keywords, its explanation.
pub(super) fn by_surroundings(
    words: &[Word],
    address: DocAddress,
    cards: &Cards,
) -> Result<Vec<Span>, IndexError> {
    let mut found = Vec::new();
    for word in counting(words) {
        if has(&word.stem, address, cards)? {
            found.push(word.span);
        }
    }
    Ok(in_order(found))
}

fn has(stem: &str, address: DocAddress, cards: &Cards) -> Result<bool, IndexError> {
    let fields = cards.fields();
    let segment = cards.searcher().segment_reader(address.segment_ord);
    for field in [fields.alternative, fields.statement, fields.keyword, fields.definition] {
        let term = Term::from_field_text(field, stem);
        let index = segment.inverted_index(field)?;
        let postings = index.read_postings(&term, IndexRecordOption::Basic);
        let Some(mut postings) = postings.map_err(tantivy::TantivyError::from)? else { continue };
        let is_before = postings.doc() < address.doc_id;
        let at = if is_before { postings.seek(address.doc_id) } else { postings.doc() };
        if at == address.doc_id {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Spans from left to right; those that overlap are one.
fn in_order(spans: impl IntoIterator<Item = Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.into_iter().filter(|span| span.from < span.to).collect();
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.from < last.to => last.to = last.to.max(span.to),
            _ => apart.push(span),
        }
    }
    apart
}
