//! Who issued a badge beside who is published as owner and offerer of the credential it points at.
//!
//! A registry describes credentials, and a badge may be issued by anybody; so the two are held against each other, and nothing is
//! concluded where one of them is not known here.

use std::collections::BTreeSet;

use ontology::{
    AlignmentType, CanonicalKey, Environment, KeyScheme, Kind, Node, Object, Target, identify,
};

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::resolve::claim::Claim;
use crate::resolve::evidence::IssuerStanding;
use crate::resolve::notice::{Notice, NoticeKind};
use crate::resolve::resolution::Resolution;
use crate::resolve::verdict::Verdict;

/// Holds the issuer of a claim against the owner and the offerers of the credential that was found.
pub(super) fn judge(
    cards: &Cards,
    resolution: &mut Resolution,
    claim: &Claim,
) -> Result<(), IndexError> {
    let Some(issuer) = claim.issuer.as_deref().filter(|issuer| !issuer.trim().is_empty()) else {
        return Ok(());
    };
    if resolution.verdict != Verdict::Resolved {
        return Ok(());
    }
    let Some(found) = resolution.found.first_mut() else { return Ok(()) };
    if found.chosen.card.resource.kind() != Kind::Credential {
        return Ok(());
    }
    let agents = Agents::of(cards, &found.chosen.card)?;
    let issued = Issuer::of(cards, issuer)?;
    let standing = agents.standing(&issued, &environment_of(found.chosen.card.key()));
    found.evidence.issuer = Some(standing);
    if standing == IssuerStanding::Differs {
        resolution.notices.push(agents.notice(issuer));
    }
    Ok(())
}

fn environment_of(key: &CanonicalKey) -> Environment {
    key.as_ctid().map(|(_, environment)| environment).unwrap_or_default()
}

/// Who issued a badge.
struct Issuer {
    /// Everything that is known to name it.
    keys: BTreeSet<CanonicalKey>,
    environment: Environment,
    /// Whether the organization is held here.
    is_held: bool,
}

impl Issuer {
    fn of(cards: &Cards, issuer: &str) -> Result<Self, IndexError> {
        let mut keys = names(issuer);
        let mut held = Vec::new();
        for key in &keys {
            held.extend(organizations(cards, key)?);
        }
        keys.extend(held.iter().map(|card| card.key().clone()));
        let environment = identify(issuer).environment;
        Ok(Self { keys, environment, is_held: !held.is_empty() })
    }
}

/// An organization that stands behind a credential.
struct Agent {
    key: Option<CanonicalKey>,
    /// The organization as a reader knows it.
    label: String,
    /// Everything that is known to name it: its key, its pages, what it declares to be the same.
    names: BTreeSet<CanonicalKey>,
}

impl Agent {
    fn of(cards: &Cards, target: &Target) -> Result<Self, IndexError> {
        let key = target.key.clone();
        let mut names: BTreeSet<CanonicalKey> = key.iter().cloned().collect();
        let mut label = target.title.clone().or_else(|| target.uri.clone());
        if let Some(key) = &key {
            let held = organizations(cards, key)?;
            names.extend(held.iter().flat_map(own_names));
            label = choose(held).first().map(|held| held.card.label()).or(label);
        }
        let label = label.or_else(|| key.as_ref().map(CanonicalKey::to_string));
        Ok(Self { key, label: label.unwrap_or_default(), names: spelt(names) })
    }

    /// Adds the names of the organizations that are held here by one of its pages, unless its CTID says which it is.
    fn meet(&mut self, cards: &Cards) -> Result<(), IndexError> {
        if self.key.as_ref().is_some_and(|key| key.scheme() == KeyScheme::Ctid) {
            return Ok(());
        }
        let mut met = BTreeSet::new();
        for name in &self.names {
            met.extend(organizations(cards, name)?.iter().flat_map(own_names));
        }
        self.names.extend(spelt(met));
        Ok(())
    }

    /// Whether it is this one that stands within the record of the credential.
    fn is(&self, node: &Node) -> bool {
        match node.id.as_deref().and_then(|id| identify(id).key) {
            Some(key) => self.key.as_ref() == Some(&key),
            None => self.key.is_none() && node.texts("ceterms:name").first() == Some(&*self.label),
        }
    }

    /// Whether it goes by anything but the name of a node, which nobody else can know.
    fn is_named(&self) -> bool {
        self.names.iter().any(|name| !name.as_str().starts_with("iri:urn:alidade:"))
    }

    fn is_of_production(&self) -> bool {
        let ctid = self.key.as_ref().and_then(CanonicalKey::as_ctid);
        ctid.is_some_and(|(_, environment)| environment == Environment::Production)
    }
}

/// The organizations that stand behind a credential.
#[derive(Default)]
struct Agents {
    owners: Vec<Agent>,
    offerers: Vec<Agent>,
}

impl Agents {
    fn of(cards: &Cards, credential: &Card) -> Result<Self, IndexError> {
        let mut agents = Self::default();
        for link in cards.links_from(credential.key())? {
            let target = &link.alignment.target;
            match link.alignment.kind {
                AlignmentType::OwnedBy => agents.owners.push(Agent::of(cards, target)?),
                AlignmentType::OfferedBy => agents.offerers.push(Agent::of(cards, target)?),
                _ => {}
            }
        }
        if let Some(node) = credential.node() {
            within(node, "ceterms:ownedBy", &mut agents.owners);
            within(node, "ceterms:offeredBy", &mut agents.offerers);
        }
        for agent in agents.owners.iter_mut().chain(&mut agents.offerers) {
            agent.meet(cards)?;
        }
        Ok(agents)
    }

    /// The owners, then those who offer and do not own.
    fn all(&self) -> impl Iterator<Item = &Agent> {
        let owns = |agent: &Agent| {
            self.owners.iter().any(|owner| owner.key == agent.key && owner.label == agent.label)
        };
        self.owners.iter().chain(self.offerers.iter().filter(move |agent| !owns(agent)))
    }

    /// How an issuer stands to a credential of an environment. That it differs is said only where both are known well enough.
    fn standing(&self, issuer: &Issuer, environment: &Environment) -> IssuerStanding {
        let is_one_of =
            |agents: &[Agent]| agents.iter().any(|agent| !agent.names.is_disjoint(&issuer.keys));
        let is_ctid = issuer.keys.iter().any(|key| key.scheme() == KeyScheme::Ctid);
        let is_known = issuer.environment == *environment
            && self.all().all(Agent::is_named)
            && (issuer.is_held || (is_ctid && self.all().all(Agent::is_of_production)));
        match () {
            () if is_one_of(&self.owners) => IssuerStanding::Owner,
            () if is_one_of(&self.offerers) => IssuerStanding::Offerer,
            () if self.all().next().is_none() => IssuerStanding::NoOwner,
            () if is_known => IssuerStanding::Differs,
            () => IssuerStanding::UnknownIssuer,
        }
    }

    fn notice(&self, issuer: &str) -> Notice {
        let step = |agent: &Agent| {
            let key = agent.key.clone()?;
            Some(Step { key, code: None, label: agent.label.clone() })
        };
        let others = self.all().filter_map(step).collect();
        let labels: Vec<&str> = self.all().map(|agent| agent.label.as_str()).collect();
        let published = labels.join(", ");
        let text = "who issued the badge is published neither as owner of the credential nor as one that offers it";
        Notice::new(NoticeKind::IssuerDiffers, text).comparing(issuer, published).about(others)
    }
}

/// Adds what the record of a credential says itself of those who own or offer it.
fn within(node: &Node, property: &str, agents: &mut [Agent]) {
    for inner in node.objects(property).filter_map(Object::node) {
        for agent in agents.iter_mut().filter(|agent| agent.is(inner)) {
            let pages = ["ceterms:subjectWebpage", "owl:sameAs", "schema:sameAs", "ceterms:sameAs"];
            let stated = pages.into_iter().flat_map(|page| inner.objects(page));
            let stated = stated.filter_map(|object| object.iri().or_else(|| object.literal()));
            agent.names.extend(spelt(stated.filter_map(|text| identify(text).key).collect()));
        }
    }
}

/// The organizations that are held here by a name.
fn organizations(cards: &Cards, name: &CanonicalKey) -> Result<Vec<Card>, IndexError> {
    let mut held = cards.named(name)?;
    held.retain(|card| card.resource.kind() == Kind::Organization);
    Ok(held)
}

/// The key of a card and its aliases.
fn own_names(card: &Card) -> impl Iterator<Item = CanonicalKey> {
    let aliases = card.resource.identity().aliases.iter().map(|alias| alias.key.clone());
    aliases.chain([card.key().clone()])
}

/// The same names, and the other spellings of those that are addresses.
fn spelt(mut names: BTreeSet<CanonicalKey>) -> BTreeSet<CanonicalKey> {
    let spelt: Vec<CanonicalKey> = names.iter().flat_map(CanonicalKey::spellings).collect();
    names.extend(spelt);
    names
}

/// The names that an identifier of an issuer may stand for: its key, its address, and the site of a `did:web`.
fn names(issuer: &str) -> BTreeSet<CanonicalKey> {
    let read = identify(issuer);
    let mut names: BTreeSet<CanonicalKey> = read.key.into_iter().chain(read.iri).collect();
    names.extend(site_of_did(issuer).as_deref().and_then(CanonicalKey::iri));
    spelt(names)
}

/// The address under which a `did:web` has its document ([Did Web Method](https://w3c-ccg.github.io/did-method-web/)).
fn site_of_did(issuer: &str) -> Option<String> {
    let rest = issuer.trim().strip_prefix("did:web:")?;
    let rest = rest.split(['#', '?']).next()?;
    let mut parts = rest.split(':');
    let host = parts.next().filter(|host| !host.is_empty())?.replace("%3A", ":");
    let path: Vec<&str> = parts.collect();
    Some(format!("https://{host}/{}", path.join("/")))
}

#[cfg(test)]
mod tests {
    use super::{names, site_of_did};

    #[test]
    fn a_did_of_the_web_names_the_site_it_lies_on() {
        let site = |did: &str| site_of_did(did);
        assert_eq!(site("did:web:school.example").as_deref(), Some("https://school.example/"));
        assert_eq!(
            site("did:web:school.example:badges#key-1").as_deref(),
            Some("https://school.example/badges")
        );
        assert_eq!(
            site("did:web:school.example%3A8443").as_deref(),
            Some("https://school.example:8443/")
        );
        assert_eq!(site("did:key:z6Mk"), None);
        assert_eq!(site("did:web:"), None);
        let held = names("did:web:school.example");
        assert!(
            held.iter().any(|name| name.as_str() == "iri:http://www.school.example/"),
            "{held:?}"
        );
    }
}
