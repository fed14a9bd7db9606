//! The ladder, climbed for one string.

use ontology::{
    CanonicalKey, Environment, Identifier, IdentifierKind, Kind, Strength, fold_code, identify,
    plain,
};

use crate::card::Card;
use crate::cards::Cards;
use crate::context::same_words;
use crate::copies::choose;
use crate::error::IndexError;
use crate::resolve::verdict::{Attempt, Found, Notice, NoticeKind, Resolution, Rung, Verdict};
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
    let mut ladder = Ladder { cards, as_of, tried: Vec::new(), notices: Vec::new() };
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
    Ok(ladder.conclude(text, &read, found, inferred))
}

struct Ladder<'a> {
    cards: &'a Cards,
    as_of: &'a str,
    tried: Vec<Attempt>,
    notices: Vec<Notice>,
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
        match code {
            Some(code) => self.by_code(&code, framework.or(read.framework_hint.as_deref())),
            None => Ok(Vec::new()),
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
            let strength = read.strength.min(Strength::Spelling);
            let found = self.found(held, Rung::Identifier, strength, key)?;
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

    fn by_code(&mut self, code: &str, framework: Option<&str>) -> Result<Vec<Found>, IndexError> {
        let Some(name) = framework.filter(|name| !name.trim().is_empty()) else {
            let held = self.cards.coded(&fold_code(code))?;
            self.tried.push(Attempt {
                rung: Rung::Code,
                looked_up: format!("`{}` in any framework", fold_code(code)),
                n_found: held.len(),
            });
            let mut found = Vec::new();
            for card in held {
                if let Some(framework) = &card.framework {
                    let key = CanonicalKey::code(&framework.key, code);
                    found.extend(self.found(vec![card], Rung::Code, Strength::Code, &key)?);
                }
            }
            found.dedup_by(|a, b| a.chosen.card.key() == b.chosen.card.key());
            return Ok(found);
        };
        let mut found = Vec::new();
        for framework in self.frameworks(name)? {
            let key = CanonicalKey::code(framework.key(), code);
            let held = self.cards.named(&key)?;
            self.note(Rung::Code, &key, &held);
            found.extend(self.found(held, Rung::Code, Strength::Code, &key)?);
        }
        Ok(found)
    }

    /// Finds the frameworks of a name: an identifier, a title, or a title that holds the name or is held by it.
    fn frameworks(&mut self, name: &str) -> Result<Vec<Card>, IndexError> {
        let read = identify(name);
        for key in read.iri.iter().chain(&read.key) {
            let held = self.cards.named(key)?;
            let frameworks: Vec<Card> =
                held.into_iter().filter(|card| card.resource.kind() == Kind::Framework).collect();
            if !frameworks.is_empty() {
                return Ok(one_of_each(frameworks));
            }
        }
        let titled = self.cards.frameworks_titled(name)?;
        if !titled.is_empty() {
            return Ok(one_of_each(titled));
        }
        let wanted = crate::schema::fold_title(name);
        let mut near = one_of_each(self.cards.frameworks()?);
        near.retain(|card| is_near(&wanted, &crate::schema::fold_title(&card.label())));
        if let [only] = near.as_slice() {
            self.notices.push(Notice {
                given: Some(name.to_owned()),
                published: Some(only.label()),
                ..Notice::new(
                    NoticeKind::FrameworkSpelling,
                    "the framework's title is written otherwise where it is published",
                )
            });
            return Ok(near);
        }
        Ok(Vec::new())
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
            Ok(Found { chosen, rung, strength, via: via.clone(), standing })
        });
        found.collect()
    }

    fn conclude(
        self,
        text: &str,
        read: &Identifier,
        found: Vec<Found>,
        inferred: Vec<Found>,
    ) -> Resolution {
        let is_bare_code = found.first().is_some_and(|first| {
            first.rung == Rung::Code
                && self.tried.iter().any(|attempt| attempt.looked_up.ends_with("in any framework"))
        });
        let (verdict, reason) = match found.as_slice() {
            [] => nothing(text, read, &self.tried),
            [one] if !is_bare_code => (Verdict::Resolved, reason_of(one)),
            [_] => (
                Verdict::Ambiguous,
                "a code means something only in its framework; one framework held here has it"
                    .to_owned(),
            ),
            several => {
                let n = several.len();
                let what = several.first().map_or("", |first| first.rung.phrase());
                (Verdict::Ambiguous, format!("{what} names {n} resources that are held here"))
            }
        };
        let mut notices = self.notices;
        if let (Verdict::Resolved, Some(one)) = (verdict, found.first()) {
            notices.extend(standing_notices(one));
        }
        Resolution {
            verdict,
            reason,
            found,
            inferred,
            candidates: Vec::new(),
            notices,
            tried: self.tried,
        }
    }
}

/// Tells whether a card goes by an address only because its publisher declares it.
fn is_declared(card: &Card, iri: &CanonicalKey) -> bool {
    let alias = card.resource.identity().aliases.iter().find(|alias| alias.key == *iri);
    alias.is_some_and(|alias| alias.strength != Strength::Exact)
}

/// Tells whether a string may be a code: words, or something shaped like one.
fn is_wordlike(read: &Identifier) -> bool {
    matches!(read.kind, IdentifierKind::Code | IdentifierKind::Text) && read.unresolvable.is_none()
}

fn one_of_each(cards: Vec<Card>) -> Vec<Card> {
    choose(cards).into_iter().map(|chosen| chosen.card).collect()
}

/// Tells whether one title is inside the other, word by word; a single word is too little.
fn is_near(wanted: &str, title: &str) -> bool {
    let within = |part: &str, whole: &str| {
        part.contains(' ') && format!(" {whole} ").contains(&format!(" {part} "))
    };
    within(wanted, title) || within(title, wanted)
}

fn nothing(text: &str, read: &Identifier, tried: &[Attempt]) -> (Verdict, String) {
    if let Some(why) = read.unresolvable {
        return (Verdict::Unsupported, sentence(&why.to_string()));
    }
    if text.trim().is_empty() {
        return (Verdict::Malformed, "nothing was given".to_owned());
    }
    let reason = match read.kind {
        IdentifierKind::Text | IdentifierKind::Code => {
            "no framework held here has this code".to_owned()
        }
        IdentifierKind::Term => "this is a term of a vocabulary and no resource".to_owned(),
        _ if tried.is_empty() => "nothing in it could be looked up".to_owned(),
        _ => "nothing held here goes by this name".to_owned(),
    };
    (Verdict::Unknown, reason)
}

/// Gives a sentence as a clause: without its capital and its full stop.
fn sentence(text: &str) -> String {
    let mut characters = text.trim_end_matches('.').chars();
    let first =
        characters.next().map(|first| first.to_lowercase().collect::<String>()).unwrap_or_default();
    first + characters.as_str()
}

/// Says in one sentence what was found and why.
fn reason_of(found: &Found) -> String {
    let card = &found.chosen.card;
    let what = card.resource.kind().label();
    let code = card.resource.code().map(|code| format!(" {code}")).unwrap_or_default();
    let framework =
        card.framework.as_ref().and_then(|framework| framework.title.as_deref()).map(plain);
    let place = match framework.filter(|_| card.as_framework().is_none()) {
        Some(title) => format!(" in {title}"),
        None => String::new(),
    };
    format!("{what}{code}{place}, found by {} ({})", found.rung.phrase(), found.strength)
}

fn standing_notices(found: &Found) -> Option<Notice> {
    let kind = match found.standing.state {
        State::Current => return None,
        State::NotYetInForce => NoticeKind::NotYetInForce,
        State::Deprecated => NoticeKind::Deprecated,
        State::Superseded => NoticeKind::Superseded,
        State::Suspended => NoticeKind::Suspended,
        State::Withdrawn => NoticeKind::Withdrawn,
    };
    Some(Notice::new(kind, found.standing.reasons.join("; ")))
}
