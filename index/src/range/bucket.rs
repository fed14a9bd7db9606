//! A bucket: everything whose name begins with some digits, filled up to the size that all buckets have.

use std::collections::BTreeMap;
use std::ops::Bound;

use ontology::{CanonicalKey, Strength};
use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query, RangeQuery};

use crate::card::Card;
use crate::cards::Cards;
use crate::copies::choose;
use crate::digest::Digest;
use crate::document::{code_key, names};
use crate::error::IndexError;
use crate::manifest::Manifest;
use crate::range::census::{Census, MAX_OF_A_NAME};
use crate::range::layout::{BETWEEN, Layout, TAIL};
use crate::range::prefix::Prefix;
use crate::range::slot::{empty, filled, made_up};
use crate::range::summary::Summary;
use crate::schema::sort;
use crate::term::word;

/// The buckets of one generation.
#[derive(Debug, Clone, Copy)]
pub struct Ranges<'r> {
    cards: &'r Cards,
    layout: &'r Layout,
}

/// Counts what a generation holds and lays its buckets out.
pub(crate) fn lay_out(cards: &Cards, manifest: &Manifest) -> Result<Layout, IndexError> {
    Ok(Layout::of(&Census::of(cards)?, manifest))
}

/// The cards that go by one name, resource by resource; those of one resource are copies.
type Holders = BTreeMap<CanonicalKey, Vec<usize>>;

impl<'r> Ranges<'r> {
    pub(crate) fn new(cards: &'r Cards, layout: &'r Layout) -> Self {
        Self { cards, layout }
    }

    /// How the buckets are laid out.
    pub fn layout(&self) -> &'r Layout {
        self.layout
    }

    /// Writes a bucket as JSON. What is provisional is left out, what is withdrawn is shown as such.
    ///
    /// # Errors
    /// Where the cards cannot be read.
    pub fn bucket(&self, prefix: Prefix) -> Result<Vec<u8>, IndexError> {
        let cards = self.held(prefix)?;
        let mut slots = Vec::with_capacity(self.layout.slots);
        for ((hash, key), holders) in named(&cards, prefix) {
            let hash = hash.to_string();
            for copies in holders.values().take(MAX_OF_A_NAME) {
                let copies: Vec<Card> =
                    copies.iter().filter_map(|at| cards.get(*at).cloned()).collect();
                let Some(chosen) = choose(copies).into_iter().next() else { continue };
                let summary = Summary::of(self.cards, &chosen.card)?;
                let strength = strength(&chosen.card, &key);
                slots.push((hash.clone(), filled(&hash, strength, holders.len(), &summary)?));
            }
        }
        Ok(self.written(prefix, slots))
    }

    /// The cards that have a name with this prefix.
    fn held(&self, prefix: Prefix) -> Result<Vec<Card>, IndexError> {
        let fields = self.cards.fields();
        let (first, last) = prefix.bounds();
        let bound = |head| Bound::Included(Term::from_field_u64(fields.alias_key, head));
        let range: Box<dyn Query> = Box::new(RangeQuery::new(bound(first), bound(last)));
        let hits = self.cards.sorted(&BooleanQuery::new(vec![
            (Occur::Must, word(fields.sort, sort::RESOURCE)),
            (Occur::Must, range),
            (Occur::MustNot, word(fields.status, "provisional")),
        ]))?;
        hits.into_iter().map(|hit| self.cards.stored(hit)).collect()
    }

    /// Fills up what is there, in the order of the hashes, so that nobody sees from a place what was made up.
    fn written(&self, prefix: Prefix, mut slots: Vec<(String, Vec<u8>)>) -> Vec<u8> {
        slots.truncate(self.layout.slots);
        for number in slots.len()..self.layout.slots {
            let hash = made_up(&self.layout.version, prefix, number);
            let slot = empty(&hash);
            slots.push((hash, slot));
        }
        slots.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut bytes = self.layout.head(prefix).into_bytes();
        bytes.reserve(self.layout.bucket_bytes.saturating_sub(bytes.len()));
        for (number, (_, slot)) in slots.into_iter().enumerate() {
            if number > 0 {
                bytes.extend_from_slice(BETWEEN.as_bytes());
            }
            bytes.extend(slot);
        }
        bytes.extend_from_slice(TAIL.as_bytes());
        bytes
    }
}

/// The names of some cards that begin with a prefix, by their hash, with the cards that have them.
fn named(cards: &[Card], prefix: Prefix) -> BTreeMap<(Digest, CanonicalKey), Holders> {
    let mut found: BTreeMap<_, Holders> = BTreeMap::new();
    for (at, card) in cards.iter().enumerate() {
        for name in names(card) {
            let hash = Digest::of(name.as_str().as_bytes());
            if prefix.covers(&hash) {
                let copies = found.entry((hash, name)).or_default();
                let copies = copies.entry(card.key().clone()).or_default();
                if copies.last() != Some(&at) {
                    copies.push(at);
                }
            }
        }
    }
    found
}

/// How surely a name names the resource of a card.
fn strength(card: &Card, name: &CanonicalKey) -> Strength {
    let identity = card.resource.identity();
    if identity.key == *name || CanonicalKey::iri(&identity.subject).as_ref() == Some(name) {
        return Strength::Exact;
    }
    let aliases = identity.aliases.iter().filter(|alias| alias.key == *name);
    let by_code = (code_key(card).as_ref() == Some(name)).then_some(Strength::Code);
    aliases.map(|alias| alias.strength).chain(by_code).min().unwrap_or(Strength::Inferred)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use ontology::CanonicalKey;
    use serde_json::{Value, json};

    use crate::cards::Cards;
    use crate::document::names;
    use crate::publish::{KEEP_CHANGES, Occasion, Publication, publish};
    use crate::range::prefix::Prefix;
    use crate::reader::Reader;
    use crate::truth::{Truth, TruthConfig};
    use crate::verify::sample::{draft, guid, import, key, package};
    use crate::views::Views;

    const ITEMS: [(u32, &str, &str); 3] = [
        (0x11, "A.1", "Read a map"),
        (0x12, "A.2", "Draw a map"),
        (0x13, "A.2", "Fold a map, and unfold it, as often as it takes to find the way home"),
    ];

    fn shelf() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("one", package(1, "Maps", &ITEMS))]);
        import(dir.path(), 2, &[("two", package(2, "Stars", &[(0x21, "B.1", "Find a star")]))]);
        dir
    }

    /// Every bucket of the current generation.
    fn buckets(data: &Path) -> Vec<Vec<u8>> {
        let reader = Reader::open(data).unwrap();
        let ranges = reader.ranges().unwrap();
        let all = Prefix::all(ranges.layout().prefix_digits);
        let buckets: Vec<Vec<u8>> = all.map(|prefix| ranges.bucket(prefix).unwrap()).collect();
        let expected = ranges.layout().bucket_bytes;
        assert!(buckets.iter().all(|bucket| bucket.len() == expected), "not {expected} bytes");
        buckets
    }

    /// The entries of some buckets by their hash.
    fn entries(buckets: &[Vec<u8>]) -> BTreeMap<String, Vec<Value>> {
        let mut entries: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for bucket in buckets {
            let bucket: Value = serde_json::from_slice(bucket).unwrap();
            let mut slots = bucket["slots"].as_array().unwrap().clone();
            assert!(slots.is_sorted_by_key(|slot| slot["hash"].as_str().unwrap().to_owned()));
            slots.retain(|slot| slot["card"].is_object());
            for slot in slots {
                let hash = slot["hash"].as_str().unwrap();
                assert!(hash.starts_with(bucket["prefix"].as_str().unwrap()), "{slot}");
                entries.entry(hash.to_owned()).or_default().push(slot);
            }
        }
        entries
    }

    fn hash(key: &CanonicalKey) -> String {
        key.digest().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
    }

    /// Every name that anything shown goes by.
    fn every_name(cards: &Cards) -> BTreeSet<CanonicalKey> {
        let graphs = cards.records().unwrap();
        let graphs = graphs.iter().map(|record| {
            ontology::Provenance {
                source: record.origin.source.clone(),
                record: record.origin.record.clone(),
                ..ontology::Provenance::default()
            }
            .asserted_graph()
        });
        let cards = graphs.flat_map(|graph| cards.cards_of_record(&graph).unwrap());
        cards.flat_map(|card| names(&card)).collect()
    }

    #[test]
    fn every_name_is_found_below_its_prefix_and_nothing_else() {
        let dir = shelf();
        let reader = Reader::open(dir.path()).unwrap();
        let found = entries(&buckets(dir.path()));
        let names = every_name(reader.cards());
        assert!(names.len() > 10, "{names:?}");
        let hashes: BTreeSet<String> = names.iter().map(hash).collect();
        assert_eq!(found.keys().cloned().collect::<BTreeSet<_>>(), hashes);
        assert_eq!(reader.ranges().unwrap().layout().names, u64::try_from(names.len()).unwrap());
        for name in &names {
            let held = reader.cards().named(name).unwrap();
            let listed = &found[&hash(name)];
            assert_eq!(listed.len(), held.len(), "{name}");
            assert!(listed.iter().all(|entry| entry["n"] == held.len()), "{name}");
        }
    }

    #[test]
    fn an_entry_says_what_a_verifier_needs() {
        let found = entries(&buckets(shelf().path()));
        let one = &found[&hash(&key(0x11))][0];
        assert_eq!(one["strength"], "exact");
        assert_eq!(
            one["card"],
            json!({
                "id": format!("urn:uuid:{}", guid(0x11)), "kind": "competency", "label": "Read a map",
                "code": "A.1", "framework": "Maps", "publisher": "A shelf", "status": "current",
            }),
        );
        let code = CanonicalKey::code(&key(1), "a-2");
        let shared = &found[&hash(&code)];
        assert_eq!(shared.len(), 2, "{shared:?}");
        assert!(shared.iter().all(|entry| entry["n"] == 2 && entry["strength"] == "code"));
    }

    #[test]
    fn a_bucket_is_the_same_whenever_it_is_made_and_another_where_something_is_new() {
        let dir = shelf();
        let before = buckets(dir.path());
        assert!(buckets(dir.path()) == before, "another reader reads something else");
        rebuild(dir.path());
        assert_eq!(Reader::open(dir.path()).unwrap().manifest().generation, 3);
        assert!(buckets(dir.path()) == before, "a rebuild changes what is served");
        import(dir.path(), 3, &[("three", package(3, "Tides", &[(0x31, "C.1", "Read a tide")]))]);
        let after = buckets(dir.path());
        assert!(after.iter().zip(&before).all(|(new, old)| new != old), "a version is shared");
        assert!(entries(&after).contains_key(&hash(&key(0x31))));
    }

    fn rebuild(data: &Path) {
        Views::delete(data).unwrap();
        let now = time::OffsetDateTime::UNIX_EPOCH;
        let mut truth = Truth::open(data, TruthConfig::default()).unwrap();
        let mut views = Views::open(data).unwrap();
        views.catch_up(&mut truth, &BTreeSet::new(), &BTreeSet::new(), now).unwrap();
        let (held, occasion) = (&BTreeMap::new(), Occasion::Rebuilt);
        let publication = Publication { held, occasion, keep_changes: KEEP_CHANGES, now };
        publish(&truth, &views, publication).unwrap().unwrap();
    }

    #[test]
    fn what_is_withdrawn_is_shown_as_withdrawn() {
        let dir = shelf();
        import(dir.path(), 5, &[("one", package(1, "Maps", &ITEMS[1..]))]);
        let found = entries(&buckets(dir.path()));
        assert_eq!(found[&hash(&key(0x11))][0]["card"]["status"], "withdrawn");
        assert_eq!(found[&hash(&key(0x12))][0]["card"]["status"], "current");
    }

    #[test]
    fn what_is_provisional_is_neither_shown_nor_counted() {
        let ctid = format!("ce-{}", guid(0x41));
        let dir = shelf();
        let before = Reader::open(dir.path()).unwrap().ranges().unwrap().layout().clone();
        import(dir.path(), 3, &[("draft", draft(0x41, "Certificate in Drafts"))]);
        let reader = Reader::open(dir.path()).unwrap();
        let key: CanonicalKey = format!("ctid:{ctid}").parse().unwrap();
        assert!(reader.cards().hides(&key).unwrap());
        assert_eq!(reader.ranges().unwrap().layout().names, before.names);
        assert!(!entries(&buckets(dir.path())).contains_key(&hash(&key)));
    }

    #[test]
    fn a_name_that_many_have_does_not_swell_every_bucket() {
        let dir = tempfile::tempdir().unwrap();
        let items: Vec<(u32, &str, &str)> =
            (0x10..0x60).map(|n| (n, "Z.9", "Ties a knot")).collect();
        import(dir.path(), 1, &[("one", package(1, "Knots", &items))]);
        let found = entries(&buckets(dir.path()));
        let shared = &found[&hash(&CanonicalKey::code(&key(1), "Z.9"))];
        assert_eq!((shared.len(), &shared[0]["n"]), (16, &json!(80)));
    }
}
