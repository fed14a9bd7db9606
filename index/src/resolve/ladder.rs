//! The ladder, climbed for one string.

use ontology::{
    CanonicalKey, Environment, Identifier, IdentifierKind, Strength, Unresolvable, identify,
};

use crate::card::Card;
use crate::cards::Cards;
use crate::context::{equivalents, same_words};
use crate::copies::choose;
use crate::error::IndexError;
use crate::resolve::coded::Coded;
use crate::resolve::codes::code_in_address;
use crate::resolve::evidence::Evidence;
use crate::resolve::notice::{Notice, NoticeKind};
use crate::resolve::reason;
use crate::resolve::resolution::{Found, Resolution};
use crate::resolve::verdict::{Attempt, Rung, Verdict};
use crate::standing::{State, standing};

/// The most resources that an ambiguous answer lists.
const MAX_LISTED: usize = 50;

/// Resolves one string on a day (`YYYY-MM-DD`): an address, an identifier in any spelling, or a code, for which the
/// framework has to be named by its identifier or its title.
pub fn resolve(
    cards: &Cards,
    text: &str,
    framework: Option<&str>,
    as_of: &str,
) -> Result<Resolution, IndexError> {
    let read = identify(text);
    let mut ladder = Ladder {
        cards,
        as_of,
        tried: Vec::new(),
        notices: Vec::new(),
        is_bare: false,
        no_code: None,
    };
    if read.environment != Environment::Production {
        let name = read.environment.as_str();
        ladder.notices.push(Notice::new(
            NoticeKind::OtherEnvironment,
            format!("the identifier belongs to the environment `{name}`, which is never mixed with production"),
        ));
    }
    let found = ladder.climb(text, &read, framework)?;
    let inferred = ladder.inferred(&read, &found)?;
    if found.is_empty() {
        ladder.note_provisional(&read)?;
    }
    ladder.conclude(text, &read, found, inferred)
}

struct Ladder<'a> {
    cards: &'a Cards,
    as_of: &'a str,
    tried: Vec<Attempt>,
    notices: Vec<Notice>,
    /// Whether a code was found in whatever framework has it, because none was named.
    is_bare: bool,
    /// Why there is no such code, where one was looked for.
    no_code: Option<String>,
}

impl Ladder<'_> {
    fn climb(
        &mut self,
        text: &str,
        read: &Identifier,
        framework: Option<&str>,
    ) -> Result<Vec<Found>, IndexError> {
        let steps = [Self::by_address, Self::by_identifier, Self::by_other_spelling];
        for step in steps {
            let found = step(self, read)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let code = read.code.clone().or_else(|| is_wordlike(read).then(|| text.trim().to_owned()));
        let framework = framework.or(read.framework_hint.as_deref());
        let framework = framework.filter(|name| !name.trim().is_empty());
        match (code, code_in_address(text)) {
            (Some(code), _) => self.by_code(Coded::look_up(self.cards, &code, framework)?),
            (None, Some(code)) => self.by_code(Coded::by_prefix(self.cards, &code)?),
            (None, None) => Ok(Vec::new()),
        }
    }

    fn by_address(&mut self, read: &Identifier) -> Result<Vec<Found>, IndexError> {
        let Some(iri) = &read.iri else { return Ok(Vec::new()) };
        let held = self.cards.named(iri)?;
        self.note(Rung::ExactIri, iri, &held);
        let own: Vec<Card> = held.iter().filter(|card| !is_declared(card, iri)).cloned().collect();
        if own.is_empty() {
            return self.found(held, Rung::DeclaredAlias, Strength::Declared, iri);
        }
        self.found(own, Rung::ExactIri, Strength::Exact, iri)
    }

    fn by_identifier(&mut self, read: &Identifier) -> Result<Vec<Found>, IndexError> {
        let contained = read.contained.as_ref().map(CanonicalKey::guid);
        for key in read.key.iter().chain(&contained).filter(|key| Some(*key) != read.iri.as_ref()) {
            let held = self.cards.named(key)?;
            self.note(Rung::Identifier, key, &held);
            // Whoever declares to be the same as something is not that something.
            let (declaring, own): (Vec<Card>, Vec<Card>) =
                held.into_iter().partition(|card| has_alias(card, key, Strength::Declared));
            let strength = read.strength.min(Strength::Spelling);
            let found = if own.is_empty() {
                self.found(declaring, Rung::DeclaredAlias, Strength::Declared, key)?
            } else {
                self.found(own, Rung::Identifier, strength, key)?
            };
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn by_other_spelling(&mut self, read: &Identifier) -> Result<Vec<Found>, IndexError> {
        for iri in read.iri.iter().flat_map(CanonicalKey::spellings) {
            let held = self.cards.named(&iri)?;
            let found = self.found(held, Rung::ExactIri, Strength::Spelling, &iri)?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(Vec::new())
    }

    fn by_code(&mut self, coded: Coded) -> Result<Vec<Found>, IndexError> {
        self.tried.extend(coded.tried);
        self.notices.extend(coded.notices);
        self.is_bare = coded.is_bare;
        self.no_code = coded.missing;
        let mut found = Vec::new();
        for (key, held) in coded.hits {
            found.extend(self.found(held, Rung::Code, Strength::Code, &key)?);
        }
        found.dedup_by(|a: &mut Found, b| a.chosen.card.key() == b.chosen.card.key());
        Ok(found)
    }

    /// Looks for what has the same UUID in the other standard.
    fn inferred(&mut self, read: &Identifier, found: &[Found]) -> Result<Vec<Found>, IndexError> {
        let Some(key) = &read.inferred else { return Ok(Vec::new()) };
        let held = self.cards.named(key)?;
        let inferred = self.found(held, Rung::Identifier, Strength::Inferred, key)?;
        let is_new = |other: &Found| {
            found.iter().all(|found| found.chosen.card.key() != other.chosen.card.key())
        };
        let inferred: Vec<Found> = inferred.into_iter().filter(is_new).collect();
        if let Some(other) = inferred.first() {
            let label = other.chosen.card.label();
            let says_so = found.iter().any(|own| same_words(&own.chosen.card, &other.chosen.card));
            let weight = if says_so {
                "and says the same; nobody states that the two are one"
            } else {
                "; that is a coincidence until somebody states it"
            };
            let joint = if says_so { " " } else { "" };
            self.notices.push(Notice::new(
                NoticeKind::InferredIdentity,
                format!("`{label}` has the same UUID in the other standard{joint}{weight}"),
            ));
        }
        Ok(inferred)
    }

    /// Says where something provisional goes by the name: it is there, and not shown.
    fn note_provisional(&mut self, read: &Identifier) -> Result<(), IndexError> {
        for key in read.iri.iter().chain(&read.key) {
            if self.cards.hides(key)? {
                self.notices.push(Notice::new(
                    NoticeKind::Provisional,
                    "a record that its publisher calls provisional has this name; it is shown only where provisional records are asked for",
                ));
                return Ok(());
            }
        }
        Ok(())
    }

    fn note(&mut self, rung: Rung, key: &CanonicalKey, held: &[Card]) {
        self.tried.push(Attempt { rung, looked_up: key.to_string(), n_found: held.len() });
    }

    fn found(
        &self,
        held: Vec<Card>,
        rung: Rung,
        strength: Strength,
        via: &CanonicalKey,
    ) -> Result<Vec<Found>, IndexError> {
        let chosen = choose(held).into_iter().take(MAX_LISTED);
        let found = chosen.map(|chosen| {
            let standing = standing(self.cards, &chosen.card, self.as_of)?;
            let evidence = Evidence::of(&chosen.card, rung, strength, via);
            Ok(Found { chosen, standing, evidence })
        });
        found.collect()
    }

    fn conclude(
        self,
        text: &str,
        read: &Identifier,
        found: Vec<Found>,
        inferred: Vec<Found>,
    ) -> Result<Resolution, IndexError> {
        let (verdict, reason) = match found.as_slice() {
            [] => self.nothing(text, read),
            all if self.is_bare => (Verdict::Ambiguous, reason::bare_code(all)),
            [one] => (Verdict::Resolved, reason::resolved(one)),
            several => (Verdict::Ambiguous, reason::several(several)),
        };
        let mut notices = self.notices;
        if found.is_empty() && is_phrase(read) {
            notices.push(Notice::new(
                NoticeKind::NameOnly,
                "these are words, and words identify nothing",
            ));
        }
        let mut resolution = Resolution {
            found,
            inferred,
            notices,
            tried: self.tried,
            ..Resolution::empty(verdict, reason)
        };
        settle(&mut resolution, self.cards)?;
        Ok(resolution)
    }

    fn nothing(&self, text: &str, read: &Identifier) -> (Verdict, String) {
        match read.unresolvable {
            Some(Unresolvable::TooLong | Unresolvable::UndecodableReference) => {
                return (Verdict::Malformed, said(read));
            }
            Some(_) => return (Verdict::Unsupported, said(read)),
            None => {}
        }
        let says_something = text.contains(char::is_alphanumeric);
        let is_broken = read.kind == IdentifierKind::Text && text.contains("://");
        if !says_something {
            return (Verdict::Malformed, "Nothing was given.".to_owned());
        }
        if is_broken {
            return (Verdict::Malformed, "It begins as an address does, and is none.".to_owned());
        }
        let reason = self.no_code.clone().unwrap_or_else(|| reason::unknown(read, &self.tried));
        (Verdict::Unknown, reason)
    }
}

/// Adds to an answer what follows from the one resource that was found: its standing, and what is the same elsewhere.
pub(super) fn settle(resolution: &mut Resolution, cards: &Cards) -> Result<(), IndexError> {
    let Some(found) = resolution.resource() else { return Ok(()) };
    let notice = standing_notice(found);
    let equivalents = equivalents(cards, &found.chosen.card)?;
    resolution.notices.extend(notice);
    resolution.equivalents = equivalents;
    Ok(())
}

/// Tells whether a card goes by an address only because its publisher declares it.
fn is_declared(card: &Card, iri: &CanonicalKey) -> bool {
    let alias = card.resource.identity().aliases.iter().find(|alias| alias.key == *iri);
    alias.is_some_and(|alias| alias.strength != Strength::Exact)
}

/// Tells whether a card goes by an alias of a strength.
fn has_alias(card: &Card, key: &CanonicalKey, strength: Strength) -> bool {
    let aliases = &card.resource.identity().aliases;
    aliases.iter().any(|alias| alias.key == *key && alias.strength == strength)
}

/// Tells whether a string may be a code: words, or something shaped like one.
fn is_wordlike(read: &Identifier) -> bool {
    matches!(read.kind, IdentifierKind::Code | IdentifierKind::Text) && read.unresolvable.is_none()
}

/// Tells whether a string is several words and nothing else.
fn is_phrase(read: &Identifier) -> bool {
    let is_text = read.kind == IdentifierKind::Text && read.unresolvable.is_none();
    is_text && !read.raw.contains("://") && read.raw.contains(char::is_alphabetic)
}

fn said(read: &Identifier) -> String {
    read.unresolvable.map(|why| why.to_string()).unwrap_or_default()
}

fn standing_notice(found: &Found) -> Option<Notice> {
    let kind = match found.standing.state {
        State::Current => return None,
        State::NotYetInForce => NoticeKind::NotYetInForce,
        State::Deprecated => NoticeKind::Deprecated,
        State::Superseded => NoticeKind::Superseded,
        State::Suspended => NoticeKind::Suspended,
        State::Withdrawn => NoticeKind::Withdrawn,
    };
    let notice = Notice::new(kind, found.standing.reasons.join("; "));
    Some(notice.about(found.standing.successors.clone()))
}
