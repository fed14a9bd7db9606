//! Names by their hashes: whoever holds the SHA-256 of a [canonical key](CanonicalKey) may ask by that.

use ontology::CanonicalKey;

use crate::cards::Cards;
use crate::digest::Digest;
use crate::document::names;
use crate::error::IndexError;
use crate::resolve::verdict::{Attempt, Rung};
use crate::schema::sort;
use crate::term::{head, word};

/// Looks for the name of which a text is the SHA-256 in hexadecimal digits, and notes that it was tried. What is no hash is not tried.
///
/// The index finds it by 64 bits, and all 256 are compared.
pub(super) fn by_hash(
    cards: &Cards,
    text: &str,
    tried: &mut Vec<Attempt>,
) -> Result<Option<CanonicalKey>, IndexError> {
    let Ok(hash) = text.trim().to_ascii_lowercase().parse::<Digest>() else { return Ok(None) };
    let fields = cards.fields();
    let found =
        cards.cards(&[word(fields.sort, sort::RESOURCE), head(fields.alias_key, hash.head())])?;
    let name = found.iter().flat_map(names).find(|name| name.digest() == *hash.as_bytes());
    let n_found = usize::from(name.is_some());
    tried.push(Attempt { rung: Rung::Hash, looked_up: hash.to_string(), n_found });
    Ok(name)
}

#[cfg(test)]
mod tests {
    use ontology::CanonicalKey;

    use crate::digest::Digest;
    use crate::document::names;
    use crate::reader::Reader;
    use crate::resolve::ladder::resolve;
    use crate::resolve::verdict::{Rung, Verdict};
    use crate::verify::sample::{import, key, package};

    fn hash(key: &CanonicalKey) -> String {
        Digest::of(key.as_str().as_bytes()).to_string()
    }

    #[test]
    fn the_hash_of_every_name_finds_what_the_name_finds() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("a", package(1, "Knots", &[(0x11, "K.1", "Ties a bowline")]))]);
        let reader = Reader::open(dir.path()).unwrap();
        let card = reader.cards().named(&key(0x11)).unwrap().remove(0);
        for name in names(&card) {
            let found = resolve(reader.cards(), name.as_str(), None, "2026-01-01").unwrap();
            for digits in [hash(&name), hash(&name).to_uppercase()] {
                let hashed = resolve(reader.cards(), &digits, None, "2026-01-01").unwrap();
                assert_eq!(hashed.verdict, Verdict::Resolved, "{name}: {hashed:?}");
                let resource = hashed.resource().unwrap();
                assert_eq!(resource.evidence.rung, Rung::Hash);
                assert_eq!(resource.evidence.strength, found.found[0].evidence.strength, "{name}");
                assert_eq!(resource.chosen, found.found[0].chosen, "{name}");
                assert_eq!((hashed.tried[0].rung, hashed.tried[0].n_found), (Rung::Hash, 1));
            }
        }
    }

    #[test]
    fn a_hash_that_nothing_has_is_unknown_and_says_that_it_was_tried() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("a", package(1, "Knots", &[(0x11, "K.1", "Ties a bowline")]))]);
        let reader = Reader::open(dir.path()).unwrap();
        let digits = hash(&key(0x99));
        let hashed = resolve(reader.cards(), &digits, None, "2026-01-01").unwrap();
        assert_eq!(hashed.verdict, Verdict::Unknown, "{hashed:?}");
        assert_eq!((hashed.tried[0].rung, hashed.tried[0].n_found), (Rung::Hash, 0));
        let short = digits.get(..63).unwrap();
        let other = resolve(reader.cards(), short, None, "2026-01-01").unwrap();
        assert!(other.tried.iter().all(|attempt| attempt.rung != Rung::Hash), "{other:?}");
    }
}
