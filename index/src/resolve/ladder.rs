//! The ladder, climbed for one string.

use std::collections::BTreeSet;

use ontology::{
    CanonicalKey, Environment, Identifier, IdentifierKind, Strength, Unresolvable, identify,
};

use crate::card::Card;
use crate::cards::Cards;
use crate::context::{equivalents, same_words};
use crate::error::IndexError;
use crate::resolve::coded::Coded;
use crate::resolve::codes::code_in_address;
use crate::resolve::hashed::by_hash;
use crate::resolve::notice::{Notice, NoticeKind};
use crate::resolve::reason;
use crate::resolve::resolution::{Found, Hit, Resolution};
use crate::resolve::verdict::{Attempt, Rung, Verdict};
use crate::standing::{State, standing};

/// The most resources that an ambiguous answer lists.
const MAX_LISTED: usize = 10;

/// Resolves one string on a day (`YYYY-MM-DD`): an address, an identifier in any spelling, or a code, for which the
/// framework has to be named by its identifier or its title.
pub fn resolve(
    cards: &Cards,
    text: &str,
    framework: Option<&str>,
    as_of: &str,
) -> Result<Resolution, IndexError> {
    climb(Ladder::new(cards, as_of), text, framework)
}

/// Resolves an address that several resources share to the only one of them that is meant; says of any other address what
/// [`resolve`] says.
pub(super) fn resolve_among(
    cards: &Cards,
    text: &str,
    framework: Option<&str>,
    is_meant: &Choice<'_>,
    as_of: &str,
) -> Result<Resolution, IndexError> {
    climb(Ladder { is_meant: Some(is_meant), ..Ladder::new(cards, as_of) }, text, framework)
}

fn climb(
    mut ladder: Ladder<'_>,
    text: &str,
    framework: Option<&str>,
) -> Result<Resolution, IndexError> {
    // A hash is as good as the name that it is the hash of.
    let hashed = by_hash(ladder.cards, text, &mut ladder.tried)?;
    let text = hashed.as_ref().map_or(text, CanonicalKey::as_str);
    let read = identify(text);
    if read.environment != Environment::Production {
        let name = read.environment.as_str();
        ladder.notices.push(Notice::new(
            NoticeKind::OtherEnvironment,
            format!("the identifier belongs to the environment `{name}`, which is never mixed with production"),
        ));
    }
    let mut found = ladder.climb(text, &read, framework)?;
    if hashed.is_some() {
        for hit in &mut found {
            hit.evidence.rung = Rung::Hash;
        }
    }
    let found = ladder.narrowed(found);
    let inferred = ladder.inferred(&read, &found)?;
    if found.is_empty() {
        ladder.note_provisional(&read)?;
    }
    ladder.conclude(text, &read, found, inferred)
}

/// Tells which of several is meant.
type Choice<'a> = dyn Fn(&Card) -> bool + 'a;

struct Ladder<'a> {
    cards: &'a Cards,
    as_of: &'a str,
    tried: Vec<Attempt>,
    notices: Vec<Notice>,
    /// Which of several is meant, where that can be told.
    is_meant: Option<&'a Choice<'a>>,
    /// Whether the one that was found is one of several.
    is_chosen: bool,
    /// Whether a UUID was found that stands in an address of no known form.
    is_contained: bool,
    /// Whether a code was found in whatever framework has it, because none was named.
    is_bare: bool,
    /// Why there is no such code, where one was looked for.
    no_code: Option<String>,
}

impl<'a> Ladder<'a> {
    fn new(cards: &'a Cards, as_of: &'a str) -> Self {
        Self {
            cards,
            as_of,
            tried: Vec::new(),
            notices: Vec::new(),
            is_meant: None,
            is_chosen: false,
            is_contained: false,
            is_bare: false,
            no_code: None,
        }
    }

    fn climb(
        &mut self,
        text: &str,
        read: &Identifier,
        framework: Option<&str>,
    ) -> Result<Vec<Hit>, IndexError> {
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
            (Some(code), _) => Ok(self.by_code(Coded::look_up(self.cards, &code, framework)?)),
            (None, Some(code)) => Ok(self.by_code(Coded::by_prefix(self.cards, &code)?)),
            (None, None) => Ok(Vec::new()),
        }
    }

    fn by_address(&mut self, read: &Identifier) -> Result<Vec<Hit>, IndexError> {
        let Some(iri) = &read.iri else { return Ok(Vec::new()) };
        let held = self.at_address(iri)?;
        self.note(Rung::ExactIri, iri, &held);
        Ok(hits_at_address(held, iri, Strength::Exact))
    }

    fn by_identifier(&mut self, read: &Identifier) -> Result<Vec<Hit>, IndexError> {
        let contained = read.contained.as_ref().map(CanonicalKey::guid);
        for key in read.key.iter().chain(&contained).filter(|key| Some(*key) != read.iri.as_ref()) {
            let is_contained = read.key.as_ref() != Some(key);
            let held = self.cards.named(key)?;
            self.note(Rung::Identifier, key, &held);
            // Whoever declares to be the same as something is not that something.
            let (declaring, own): (Vec<Card>, Vec<Card>) =
                held.into_iter().partition(|card| has_alias(card, key, Strength::Declared));
            let strength = if is_contained {
                Strength::Spelling
            } else {
                read.strength.min(Strength::Spelling)
            };
            let hits = if own.is_empty() {
                Hit::all(declaring, Rung::DeclaredAlias, Strength::Declared, key)
            } else {
                Hit::all(own, Rung::Identifier, strength, key)
            };
            if !hits.is_empty() {
                self.is_contained = is_contained;
                return Ok(hits);
            }
        }
        Ok(Vec::new())
    }

    fn by_other_spelling(&mut self, read: &Identifier) -> Result<Vec<Hit>, IndexError> {
        for iri in read.iri.iter().flat_map(CanonicalKey::spellings) {
            let hits = hits_at_address(self.at_address(&iri)?, &iri, Strength::Spelling);
            if !hits.is_empty() {
                return Ok(hits);
            }
        }
        Ok(Vec::new())
    }

    /// What goes by an address; the home page of a site says whose site it is, and not what is described on it.
    fn at_address(&self, iri: &CanonicalKey) -> Result<Vec<Card>, IndexError> {
        let mut held = self.cards.named(iri)?;
        if is_home_page(iri) {
            held.retain(|card| !is_declared(card, iri) || says_same(card, iri));
        }
        Ok(held)
    }

    fn by_code(&mut self, coded: Coded) -> Vec<Hit> {
        self.tried.extend(coded.tried);
        self.notices.extend(coded.notices);
        self.is_bare = coded.is_bare;
        self.no_code = coded.missing;
        let mut found: Vec<Hit> = Vec::new();
        let mut seen = BTreeSet::new();
        for (key, held) in coded.hits {
            found.extend(Hit::all(held, Rung::Code, Strength::Code, &key));
        }
        found.retain(|hit| seen.insert(hit.chosen.card.key().clone()));
        found
    }

    /// Looks for what has the same UUID in the other standard.
    fn inferred(&mut self, read: &Identifier, found: &[Hit]) -> Result<Vec<Found>, IndexError> {
        let Some(key) = &read.inferred else { return Ok(Vec::new()) };
        let held = self.cards.named(key)?;
        let mut inferred = Hit::all(held, Rung::Identifier, Strength::Inferred, key);
        inferred.retain(|other| {
            found.iter().all(|own| own.chosen.card.key() != other.chosen.card.key())
        });
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
        self.listed(inferred)
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

    /// Leaves of several the only one that is meant, where that can be told.
    fn narrowed(&mut self, hits: Vec<Hit>) -> Vec<Hit> {
        let Some(is_meant) = self.is_meant.filter(|_| hits.len() > 1) else { return hits };
        let n_meant = hits.iter().filter(|hit| is_meant(&hit.chosen.card)).count();
        if n_meant != 1 {
            return hits;
        }
        self.is_chosen = true;
        hits.into_iter().filter(|hit| is_meant(&hit.chosen.card)).collect()
    }

    /// The first of what was found, with their standing.
    fn listed(&self, hits: Vec<Hit>) -> Result<Vec<Found>, IndexError> {
        let listed = hits.into_iter().take(MAX_LISTED).map(|Hit { chosen, evidence }| {
            let standing = standing(self.cards, &chosen.card, self.as_of)?;
            Ok(Found { chosen, standing, evidence })
        });
        listed.collect()
    }

    fn conclude(
        mut self,
        text: &str,
        read: &Identifier,
        hits: Vec<Hit>,
        inferred: Vec<Found>,
    ) -> Result<Resolution, IndexError> {
        let n_hits = hits.len();
        let titles = reason::titles(hits.iter().map(|hit| &hit.chosen.card));
        let found = self.listed(hits)?;
        let (verdict, reason) = match found.as_slice() {
            [] => self.nothing(text, read),
            _ if self.is_bare => (Verdict::Ambiguous, reason::bare_code(titles)),
            [one] if self.is_chosen => (Verdict::Resolved, reason::chosen_by_code(one)),
            [one] if self.is_contained => (Verdict::Resolved, reason::contained(one, read)),
            [one] => (Verdict::Resolved, reason::resolved(one)),
            several => (Verdict::Ambiguous, reason::several(several, n_hits)),
        };
        let mut notices = std::mem::take(&mut self.notices);
        if found.is_empty() && is_phrase(read) {
            notices.push(Notice::new(
                NoticeKind::NameOnly,
                "these are words, and words identify nothing",
            ));
        }
        let mut resolution = Resolution {
            n_found: Some(n_hits).filter(|n| *n > found.len()),
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
fn settle(resolution: &mut Resolution, cards: &Cards) -> Result<(), IndexError> {
    let Some(found) = resolution.resource() else { return Ok(()) };
    let notice = standing_notice(found);
    let equivalents = equivalents(cards, &found.chosen.card)?;
    resolution.notices.extend(notice);
    resolution.equivalents = equivalents;
    Ok(())
}

/// What has an address for its own, else what is declared to have it.
fn hits_at_address(held: Vec<Card>, iri: &CanonicalKey, strength: Strength) -> Vec<Hit> {
    let (declared, own): (Vec<Card>, Vec<Card>) =
        held.into_iter().partition(|card| is_declared(card, iri));
    if own.is_empty() {
        return Hit::all(declared, Rung::DeclaredAlias, Strength::Declared, iri);
    }
    Hit::all(own, Rung::ExactIri, strength, iri)
}

/// Tells whether an address is that of a whole site.
fn is_home_page(iri: &CanonicalKey) -> bool {
    let address = iri.as_iri().and_then(|iri| iri.split_once("://"));
    address.is_some_and(|(_, place)| !place.trim_end_matches('/').contains(['/', '?', '#']))
}

/// Tells whether a card states to be the same as what goes by an address.
fn says_same(card: &Card, iri: &CanonicalKey) -> bool {
    let Some(node) = card.node() else { return false };
    let stated = ["owl:sameAs", "schema:sameAs"].into_iter().flat_map(|same| node.objects(same));
    let mut stated = stated.filter_map(|object| object.iri().or_else(|| object.literal()));
    stated.any(|text| CanonicalKey::iri(text).as_ref() == Some(iri))
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

#[cfg(test)]
mod tests {
    use ontology::Strength;
    use serde_json::json;

    use super::{MAX_LISTED, resolve, resolve_among};
    use crate::card::Card;
    use crate::reader::Reader;
    use crate::resolve::resolution::Resolution;
    use crate::resolve::verdict::{Rung, Verdict};
    use crate::verify::sample::{guid, import, package};

    const TODAY: &str = "2026-06-01";
    const N_SHARING: u32 = 12;

    /// A certificate with a page and a code.
    fn certificate(n: u32, page: &str, code: &str) -> Vec<u8> {
        let id = format!("https://credentialengineregistry.org/resources/ce-{}", guid(n));
        let graph = json!({
            "@context": "https://credreg.net/ctdl/schema/context/json",
            "@id": id.replace("resources", "graph"),
            "@graph": [{
                "@id": id, "@type": "ceterms:Certificate", "ceterms:ctid": format!("ce-{}", guid(n)),
                "ceterms:name": { "en": "A certificate" }, "ceterms:subjectWebpage": page,
                "ceterms:codedNotation": code,
            }],
        });
        serde_json::to_vec(&graph).unwrap()
    }

    /// Resolves on a shelf of items that share a code, certificates that share a page, and two with pages of their own.
    #[track_caller]
    fn check(verify: impl Fn(&Reader)) {
        let dir = tempfile::tempdir().unwrap();
        let items: Vec<(u32, &str, &str)> =
            (1..=N_SHARING).map(|n| (0x100 + n, "Z.9", "Ties knots")).collect();
        let mut records = vec![
            ("knots".to_owned(), package(1, "Knots", &items)),
            ("page".to_owned(), certificate(0x201, "https://pages.example/knots", "P.1")),
            ("home".to_owned(), certificate(0x202, "https://home.example", "H.1")),
        ];
        let level =
            |n: u32| certificate(0x300 + n, "https://levels.example/all", &format!("L.{n}"));
        records.extend((1..=N_SHARING).map(|n| (format!("level-{n}"), level(n))));
        let records: Vec<(&str, Vec<u8>)> =
            records.iter().map(|(name, body)| (name.as_str(), body.clone())).collect();
        import(dir.path(), 1, &records);
        verify(&Reader::open(dir.path()).unwrap());
    }

    fn ask(reader: &Reader, text: &str, framework: Option<&str>) -> Resolution {
        resolve(reader.cards(), text, framework, TODAY).unwrap()
    }

    #[test]
    fn an_ambiguous_answer_lists_a_few_and_says_how_many_there_are() {
        check(|reader| {
            let coded = ask(reader, "Z.9", Some("Knots"));
            let shared = ask(reader, "https://levels.example/all", None);
            for resolution in [&coded, &shared] {
                assert_eq!(resolution.verdict, Verdict::Ambiguous);
                assert_eq!((resolution.found.len(), resolution.n_found), (MAX_LISTED, Some(12)));
                let reason = &resolution.reason;
                assert!(reason.contains("were 12 resources"), "{reason}");
                assert!(reason.contains("and 9 more"), "{reason}");
            }
            let bare = ask(reader, "Z.9", None);
            assert_eq!((bare.found.len(), bare.n_found), (MAX_LISTED, Some(12)));
            assert!(bare.reason.contains("“Knots” has it"), "{}", bare.reason);
            let one = ask(reader, &guid(0x101), None);
            assert_eq!((one.found.len(), one.n_found), (1, None));
            assert!(serde_json::to_value(&one).unwrap().get("nFound").is_none());
        });
    }

    #[test]
    fn the_one_that_is_meant_is_chosen_from_all_and_not_from_the_listed() {
        check(|reader| {
            for n in 1..=N_SHARING {
                let code = format!("L.{n}");
                let is_meant = |card: &Card| card.resource.code() == Some(code.as_str());
                let page = "https://levels.example/all";
                let chosen = resolve_among(reader.cards(), page, None, &is_meant, TODAY).unwrap();
                assert_eq!(chosen.verdict, Verdict::Resolved, "{}", chosen.reason);
                assert_eq!(chosen.found[0].chosen.card.resource.code(), Some(code.as_str()));
                assert!(chosen.reason.contains("which several share"), "{}", chosen.reason);
            }
        });
    }

    #[test]
    fn a_uuid_in_an_address_of_no_known_form_is_no_exact_match() {
        check(|reader| {
            let address = format!("https://elsewhere.example/users/{}/profile", guid(0x101));
            let resolution = ask(reader, &address, None);
            let evidence = &resolution.resource().unwrap().evidence;
            assert_eq!((evidence.rung, evidence.strength), (Rung::Identifier, Strength::Spelling));
            assert!(resolution.reason.contains("an address of no known form"), "{resolution:?}");
            let known = ask(reader, &format!("https://case.example.org/uri/{}", guid(0x101)), None);
            assert!(known.reason.ends_with("found by the GUID inside it."), "{}", known.reason);
        });
    }

    #[test]
    fn a_page_that_a_publisher_declares_is_declared_in_every_spelling() {
        check(|reader| {
            for address in ["https://pages.example/knots", "http://www.pages.example/knots/"] {
                let resolution = ask(reader, address, None);
                let evidence = &resolution.resource().unwrap().evidence;
                let how = (evidence.rung, evidence.strength);
                assert_eq!(how, (Rung::DeclaredAlias, Strength::Declared), "{address}");
            }
        });
    }

    #[test]
    fn the_home_page_of_a_site_identifies_nothing() {
        check(|reader| {
            for address in ["https://home.example", "http://www.home.example/"] {
                let resolution = ask(reader, address, None);
                assert_eq!((resolution.verdict, resolution.found.len()), (Verdict::Unknown, 0));
            }
        });
    }
}
