//! A digest of what a generation holds, whatever the time and order of the imports.

use ontology::vocab::prov;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::error::IndexError;
use crate::reader::Reader;
use crate::schema::sort;

/// What a generation holds, in numbers and in one digest.
///
/// Every quad and every stored card is hashed with SHA-256, and the first 128 bits of the hashes are added up, modulo 2^128.
/// A sum does not depend on order, and counts what is there twice, which an exclusive or would cancel. Left out is what
/// depends on when something was imported: the quads that say so (`prov:generatedAtTime`), and in a card's origin its time
/// (`fetchedAt`) and ledger entry (`seq`). Two directories with the same content have the same digest.
///
/// It guards against accident. Against somebody who makes up content to meet a given sum it is no protection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ContentDigest {
    /// The resources, shown or withdrawn; each copy counts.
    pub resources: u64,
    /// The alignments.
    pub alignments: u64,
    /// All quads of all records.
    pub quads: u64,
    /// All documents of the text index: resources, alignments and records.
    pub documents: u64,
    /// The sum, in 32 hexadecimal digits.
    pub digest: String,
}

/// Digests what a generation holds.
pub fn content_digest(reader: &Reader) -> Result<ContentDigest, IndexError> {
    let mut sum = Sum(0);
    let mut quads = 0;
    reader.quads(&mut |quad| {
        quads += 1;
        if quad.predicate.as_str() != prov::GENERATED_AT_TIME {
            sum.add("quad", &quad.to_string());
        }
    })?;
    let [resources, alignments, records] =
        [sort::RESOURCE, sort::ALIGNMENT, sort::RECORD].map(|sort| {
            reader.cards().each(sort, &mut |card: Value| sum.add(sort, &timeless(card).to_string()))
        });
    let (resources, alignments) = (resources?, alignments?);
    Ok(ContentDigest {
        resources,
        alignments,
        quads,
        documents: resources + alignments + records?,
        digest: format!("{:032x}", sum.0),
    })
}

/// A card without what depends on the time of its import, its fields in the order of their names.
fn timeless(mut card: Value) -> Value {
    if let Some(origin) = card.get_mut("origin").and_then(Value::as_object_mut) {
        origin.remove("fetchedAt");
        origin.remove("seq");
    }
    card.sort_all_objects();
    card
}

/// Hashes added up.
struct Sum(u128);

impl Sum {
    /// Adds a text; the same text as a quad and as a card are two things.
    fn add(&mut self, sort: &str, text: &str) {
        let hash: [u8; 32] = Sha256::new_with_prefix(sort)
            .chain_update(b"\n")
            .chain_update(text.as_bytes())
            .finalize()
            .into();
        let prefix = hash.first_chunk().map_or(0, |prefix| u128::from_be_bytes(*prefix));
        self.0 = self.0.wrapping_add(prefix);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Sum, timeless};

    fn sum(texts: &[(&str, &str)]) -> u128 {
        let mut sum = Sum(0);
        for (sort, text) in texts {
            sum.add(sort, text);
        }
        sum.0
    }

    #[test]
    fn a_sum_knows_no_order_but_how_often_and_what() {
        assert_eq!(sum(&[("quad", "a"), ("quad", "b")]), sum(&[("quad", "b"), ("quad", "a")]));
        for other in [&[("quad", "a")][..], &[("quad", "a"), ("quad", "a"), ("quad", "a")]] {
            assert_ne!(sum(&[("quad", "b")]), sum(&[other, &[("quad", "b")]].concat()));
        }
        assert_ne!(sum(&[("quad", "a")]), sum(&[("record", "a")]));
        assert_eq!(sum(&[]), 0);
    }

    #[test]
    fn a_card_is_the_same_whenever_it_was_imported() {
        let card =
            json!({ "b": 1, "origin": { "seq": 7, "source": "s", "fetchedAt": "2026" }, "a": 2 });
        let expected = r#"{"a":2,"b":1,"origin":{"source":"s"}}"#;
        assert_eq!(timeless(card).to_string(), expected);
    }
}
