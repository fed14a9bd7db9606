//! Finding the framework that a badge names.

use std::sync::Arc;

use ontology::{CanonicalKey, IdentifierKind, Kind, identify};

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::frameworks::HeldFramework;
use crate::resolve::notice::{Notice, NoticeKind};

/// The most other frameworks that a notice names.
const MAX_OTHERS: usize = 5;

/// The frameworks that a name may mean.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub held: Vec<Arc<HeldFramework>>,
    /// Whether the name is neither an identifier nor the title as it is published.
    pub is_loose: bool,
}

impl Named {
    /// Reads the cards of the frameworks.
    pub(super) fn read(&self, cards: &Cards) -> Result<Vec<Card>, IndexError> {
        let mut read = Vec::new();
        for framework in &self.held {
            let held = cards.named(framework.key())?;
            let own = held.into_iter().filter(|card| card.key() == framework.key()).collect();
            read.extend(choose(own).into_iter().map(|chosen| chosen.card));
        }
        Ok(read)
    }

    /// Says that the one of them that has the code was not named as it is published, or not named alone.
    pub(super) fn notice(&self, given: &str, chosen: &CanonicalKey) -> Option<Notice> {
        let framework = self.held.iter().find(|framework| framework.key() == chosen)?;
        let others = self.held.iter().filter(|framework| framework.key() != chosen);
        let others: Vec<Step> = others.map(|framework| framework.step.clone()).collect();
        if !self.is_loose && others.is_empty() {
            return None;
        }
        let text = match others.len() {
            0 => "the framework's title is written otherwise where it is published".to_owned(),
            n => format!(
                "the name of the framework fits {} that are held here, and this is the only one of them with the code",
                n + 1
            ),
        };
        let others = others.into_iter().take(MAX_OTHERS).collect();
        let notice = Notice::new(NoticeKind::FrameworkSpelling, text);
        Some(notice.comparing(given, framework.step.label.clone()).about(others))
    }
}

/// Finds the frameworks of a name: an identifier, the address where one is published, a title, or something like a title. The words in
/// an identifier that is not held here are no title.
pub(super) fn frameworks(cards: &Cards, name: &str) -> Result<Named, IndexError> {
    let identified = identified(cards, name)?;
    if !identified.is_empty() {
        return Ok(Named { held: one_of_each(identified), is_loose: false });
    }
    let is_words = is_words(name);
    if is_words {
        let titled = one_of_each(cards.frameworks_titled(name)?);
        if !titled.is_empty() {
            return Ok(Named { held: titled, is_loose: false });
        }
    }
    let all = cards.all_frameworks()?;
    let mut held = all.published_at(name);
    if held.is_empty() && is_words {
        held = all.fitting(name);
    }
    Ok(Named { held, is_loose: true })
}

/// Tells whether a name is no identifier of any kind.
fn is_words(name: &str) -> bool {
    let read = identify(name);
    let is_wordlike = matches!(read.kind, IdentifierKind::Text | IdentifierKind::Code);
    is_wordlike && read.unresolvable.is_none() && !name.contains("://")
}

fn identified(cards: &Cards, name: &str) -> Result<Vec<Card>, IndexError> {
    let read = identify(name);
    let spelt = read.iri.iter().flat_map(CanonicalKey::spellings);
    for key in read.iri.iter().chain(&read.key).cloned().chain(spelt) {
        let mut held = cards.named(&key)?;
        held.retain(|card| matches!(card.resource.kind(), Kind::Framework | Kind::ConceptScheme));
        if !held.is_empty() {
            return Ok(held);
        }
    }
    Ok(Vec::new())
}

fn one_of_each(cards: Vec<Card>) -> Vec<Arc<HeldFramework>> {
    choose(cards).iter().map(|chosen| Arc::new(HeldFramework::of(&chosen.card))).collect()
}

#[cfg(test)]
mod tests {
    use super::frameworks;
    use crate::reader::Reader;
    use crate::verify::sample::{import, key, package};

    #[track_caller]
    fn check(reader: &Reader, name: &str, expected: &[u32]) {
        let named = frameworks(reader.cards(), name).unwrap();
        let found: Vec<_> = named.held.iter().map(|held| held.key().clone()).collect();
        let expected: Vec<_> = expected.iter().map(|n| key(*n)).collect();
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn only_words_are_read_as_a_title() {
        let dir = tempfile::tempdir().unwrap();
        let math = package(1, "Common Core State Standards for Mathematics", &[]);
        let mut math: serde_json::Value = serde_json::from_slice(&math).unwrap();
        math["CFDocument"]["officialSourceURL"] = "https://core.example/math".into();
        let math = serde_json::to_vec(&math).unwrap();
        let science = package(2, "Science: Life Science", &[]);
        import(dir.path(), 1, &[("math", math), ("science", science)]);
        let reader = Reader::open(dir.path()).unwrap();
        check(&reader, "Common Core Mathematics", &[1]);
        check(&reader, "http://www.core.example/math/", &[1]);
        check(&reader, "https://texas.example/not/common/core/mathematics", &[]);
        check(&reader, "urn:common:core:mathematics", &[]);
        check(&reader, "Texas Objection to the Common Core in Mathematics", &[]);
        check(&reader, "Science", &[]);
        check(&reader, "science - life science", &[2]);
    }
}
