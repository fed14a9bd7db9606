//! Looking a code up: in the framework that is named, in the one that its own prefix names, else wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{CanonicalKey, fold_code};

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::error::IndexError;
use crate::frameworks::HeldFramework;
use crate::resolve::codes::{key_of, named_frameworks, spellings};
use crate::resolve::frameworks::{Named, frameworks};
use crate::resolve::notice::{Notice, NoticeKind, other};
use crate::resolve::reason;
use crate::resolve::verdict::{Attempt, Rung};

/// The most resources of a code whose framework is not known.
const MAX_BARE: usize = 50;

/// What looking a code up came to.
#[derive(Default)]
pub(super) struct Coded {
    /// What has the code, by the name under which it was found.
    pub hits: Vec<(CanonicalKey, Vec<Card>)>,
    pub tried: Vec<Attempt>,
    pub notices: Vec<Notice>,
    /// Whether it was found in whatever framework has it, because none was named.
    pub is_bare: bool,
    /// Why there is no such code.
    pub missing: Option<String>,
}

impl Coded {
    /// Looks a code up in the frameworks of a name; without one, in those that its prefix names, and then in all.
    pub(super) fn look_up(
        cards: &Cards,
        code: &str,
        framework: Option<&str>,
    ) -> Result<Self, IndexError> {
        if let Some(name) = framework {
            let named = frameworks(cards, name)?;
            let mut coded = Self::default();
            coded.among(cards, code, name, &named)?;
            if coded.hits.is_empty() {
                coded.missing = Some(reason::no_code(true, &named.read(cards)?));
            }
            return Ok(coded);
        }
        let mut coded = Self::by_prefix(cards, code)?;
        if coded.hits.is_empty() {
            coded.anywhere(cards, code)?;
        }
        Ok(coded)
    }

    /// Looks a code up in the framework that its own prefix names, such as that of `CCSS.Math.Content.3.NF.A.1`.
    pub(super) fn by_prefix(cards: &Cards, code: &str) -> Result<Self, IndexError> {
        let mut coded = Self::default();
        for name in named_frameworks(code) {
            let mut named = frameworks(cards, &name)?;
            let initials = name.split(' ').next().unwrap_or_default();
            named.held.retain(|framework| {
                framework.titles.iter().any(|title| title.have_initials(initials))
            });
            coded.among(cards, code, &name, &named)?;
            if !coded.hits.is_empty() {
                break;
            }
        }
        Ok(coded)
    }

    fn among(
        &mut self,
        cards: &Cards,
        code: &str,
        name: &str,
        named: &Named,
    ) -> Result<(), IndexError> {
        let mut having = Vec::new();
        for framework in &named.held {
            if self.inside(cards, code, framework)? {
                having.push(framework.key());
            }
        }
        if let [only] = having.as_slice() {
            self.notices.extend(named.notice(name, only));
        }
        self.leave_withdrawn_out();
        Ok(())
    }

    /// Leaves out what only withdrawn records have, where exactly one resource with the code is left: a framework that is issued anew
    /// under other identifiers is not as many as its issues.
    fn leave_withdrawn_out(&mut self) {
        let all = self.hits.iter().flat_map(|(_, held)| held);
        let current: BTreeSet<CanonicalKey> =
            all.clone().filter(|card| !card.withdrawn).map(|card| card.key().clone()).collect();
        let gone: BTreeMap<&CanonicalKey, Step> = all
            .filter(|card| !current.contains(card.key()))
            .map(|card| (card.key(), other(card)))
            .collect();
        if current.len() != 1 || gone.is_empty() {
            return;
        }
        let text = "others had the code, and their sources no longer have them";
        let others = gone.into_values().collect();
        self.notices.push(Notice::new(NoticeKind::OthersWithdrawn, text).about(others));
        for (_, held) in &mut self.hits {
            held.retain(|card| current.contains(card.key()));
        }
        self.hits.retain(|(_, held)| !held.is_empty());
    }

    /// Looks a code up in one framework, in one spelling after another.
    fn inside(
        &mut self,
        cards: &Cards,
        code: &str,
        framework: &HeldFramework,
    ) -> Result<bool, IndexError> {
        for spelling in spellings(code, &framework.titles) {
            let key = key_of(framework.key(), &spelling);
            let held = cards.named(&key)?;
            // What was given stands for itself; prefixes that lead nowhere are no news.
            if !spelling.is_prefixed || !held.is_empty() {
                self.note(key.to_string(), held.len());
            }
            if let Some(first) = held.first() {
                self.notices.extend(spelling_notice(code, first));
                self.hits.push((key, held));
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn anywhere(&mut self, cards: &Cards, code: &str) -> Result<(), IndexError> {
        let folded = fold_code(code);
        let held = cards.coded(&folded)?;
        self.note(format!("`{folded}` in any framework"), held.len());
        let mut copies: BTreeMap<CanonicalKey, Vec<Card>> = BTreeMap::new();
        for card in held {
            copies.entry(card.key().clone()).or_default().push(card);
        }
        for held in copies.into_values().take(MAX_BARE) {
            let framework = held.iter().find_map(|card| card.framework.as_ref());
            let key = framework.map(|framework| CanonicalKey::code(&framework.key, code));
            self.hits.extend(key.map(|key| (key, held)));
        }
        self.is_bare = !self.hits.is_empty();
        if !self.is_bare {
            self.missing = Some(reason::no_code(false, &[]));
        }
        Ok(())
    }

    fn note(&mut self, looked_up: String, n_found: usize) {
        self.tried.push(Attempt { rung: Rung::Code, looked_up, n_found });
    }
}

/// Says that a code is written otherwise where it is published.
fn spelling_notice(given: &str, card: &Card) -> Option<Notice> {
    let published = card.resource.code()?;
    (given.trim() != published.trim()).then(|| {
        let text = "the code is written otherwise where it is published";
        Notice::new(NoticeKind::CodeSpelling, text).comparing(given, published.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::Coded;
    use crate::reader::Reader;
    use crate::resolve::ladder::resolve;
    use crate::resolve::notice::NoticeKind;
    use crate::resolve::verdict::Verdict;
    use crate::verify::sample::{import, key, package};

    const TODAY: &str = "2026-06-01";

    #[test]
    fn a_code_is_that_of_the_item_that_is_not_withdrawn() {
        let dir = tempfile::tempdir().unwrap();
        let issue = |n: u32| package(1, "Knots", &[(n, "K.1", "Ties knots")]);
        import(dir.path(), 1, &[("knots", issue(0x11))]);
        import(dir.path(), 2, &[("knots", issue(0x12))]);
        let reader = Reader::open(dir.path()).unwrap();
        let resolution = resolve(reader.cards(), "K.1", Some("Knots"), TODAY).unwrap();
        assert_eq!(resolution.verdict, Verdict::Resolved, "{resolution:?}");
        assert_eq!(*resolution.found[0].chosen.card.key(), key(0x12));
        let notice =
            resolution.notices.iter().find(|notice| notice.kind == NoticeKind::OthersWithdrawn);
        let others: Vec<_> = notice.unwrap().others.iter().map(|step| step.key.clone()).collect();
        assert_eq!(others, [key(0x11)]);
        // Its identifier still names what was withdrawn.
        let old = resolve(reader.cards(), key(0x11).as_str(), None, TODAY).unwrap();
        assert_eq!(*old.found[0].chosen.card.key(), key(0x11));
    }

    #[test]
    fn a_bare_code_is_answered_by_the_chosen_copies() {
        let dir = tempfile::tempdir().unwrap();
        let knots = package(1, "Knots", &[(0x11, "K.1", "Ties knots")]);
        let older = String::from_utf8(knots.clone()).unwrap().replace("2026-01", "2025-01");
        // The older copy comes first by the names of the records.
        import(dir.path(), 1, &[("a", older.into_bytes()), ("b", knots)]);
        let reader = Reader::open(dir.path()).unwrap();
        let coded = Coded::look_up(reader.cards(), "K.1", None).unwrap();
        assert_eq!(coded.hits.len(), 1);
        let resolution = resolve(reader.cards(), "K.1", None, TODAY).unwrap();
        let [found] = resolution.found.as_slice() else { panic!("{resolution:?}") };
        assert_eq!(found.chosen.card.origin.record, "b");
        assert_eq!(found.chosen.copies.len(), 1);
    }

    #[test]
    fn a_word_in_capitals_before_a_code_names_no_framework() {
        let dir = tempfile::tempdir().unwrap();
        let science = package(1, "Science", &[(0x11, "L.1", "Names parts of plants")]);
        import(dir.path(), 1, &[("science", science)]);
        let reader = Reader::open(dir.path()).unwrap();
        let resolution = resolve(reader.cards(), "SCIENCE.L.1", None, TODAY).unwrap();
        assert_eq!(resolution.verdict, Verdict::Unknown, "{resolution:?}");
    }
}
