//! Terms as they stand in a field, to be asked for.

use ontology::CanonicalKey;
use tantivy::query::{Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

/// Asks for a word as it stands in a field.
pub(crate) fn word(field: Field, word: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::Basic))
}

/// Asks for the hash of a name.
pub(crate) fn hash(field: Field, key: &CanonicalKey) -> Box<dyn Query> {
    head(field, key.alias_key())
}

/// Asks for the first 64 bits of a hash.
pub(crate) fn head(field: Field, head: u64) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_u64(field, head), IndexRecordOption::Basic))
}
