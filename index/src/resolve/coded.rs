//! Looking a code up: in the framework that is named, in the one that its own prefix names, else wherever it stands.

use ontology::{CanonicalKey, fold_code};

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;
use crate::frameworks::HeldFramework;
use crate::resolve::codes::{key_of, named_frameworks, spellings};
use crate::resolve::frameworks::{Named, frameworks};
use crate::resolve::notice::{Notice, NoticeKind};
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
        Ok(())
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
        for card in held.into_iter().take(MAX_BARE) {
            let framework = card.framework.as_ref();
            let key = framework.map(|framework| CanonicalKey::code(&framework.key, code));
            self.hits.extend(key.map(|key| (key, vec![card])));
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
