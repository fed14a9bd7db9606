//! Who issued a badge beside who is published as owner and offerer of the credential it points at.
//!
//! A registry describes credentials, and a badge may be issued by anybody; so the two are held against each other, and nothing is
//! concluded where one of them is not known here.

use std::collections::BTreeSet;

use ontology::{AlignmentType, CanonicalKey, KeyScheme, Kind, identify};

use crate::card::Step;
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::resolve::claim::Claim;
use crate::resolve::evidence::IssuerStanding;
use crate::resolve::notice::{Notice, NoticeKind, other};
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
    let agents = Agents::of(cards, found.chosen.card.key())?;
    let (standing, is_known) = agents.standing(cards, &names(issuer))?;
    found.evidence.issuer = Some(match standing {
        Some(standing) => standing,
        None if agents.all().next().is_none() => IssuerStanding::NoOwner,
        None if is_known => IssuerStanding::Differs,
        None => IssuerStanding::UnknownIssuer,
    });
    if found.evidence.issuer == Some(IssuerStanding::Differs) {
        resolution.notices.push(agents.notice(cards, issuer)?);
    }
    Ok(())
}

/// The organizations that stand behind a credential.
struct Agents {
    owners: BTreeSet<CanonicalKey>,
    offerers: BTreeSet<CanonicalKey>,
}

impl Agents {
    fn of(cards: &Cards, credential: &CanonicalKey) -> Result<Self, IndexError> {
        let mut agents = Self { owners: BTreeSet::new(), offerers: BTreeSet::new() };
        for link in cards.links_from(credential)? {
            match link.alignment.kind {
                AlignmentType::OwnedBy => agents.owners.extend(link.alignment.target.key),
                AlignmentType::OfferedBy => agents.offerers.extend(link.alignment.target.key),
                _ => {}
            }
        }
        Ok(agents)
    }

    /// The owners, then those who offer and do not own.
    fn all(&self) -> impl Iterator<Item = &CanonicalKey> {
        self.owners.iter().chain(self.offerers.difference(&self.owners))
    }

    /// How one who goes by these names stands to the credential, and whether it is known who that is.
    fn standing(
        &self,
        cards: &Cards,
        names: &BTreeSet<CanonicalKey>,
    ) -> Result<(Option<IssuerStanding>, bool), IndexError> {
        let mut keys = names.clone();
        // A CTID is the same everywhere, whether its record is held here or not.
        let mut is_known = names.iter().any(|name| name.scheme() == KeyScheme::Ctid);
        for name in names {
            let mut held = cards.named(name)?;
            held.retain(|card| card.resource.kind() == Kind::Organization);
            is_known |= !held.is_empty();
            keys.extend(held.iter().map(|card| card.key().clone()));
        }
        let standing = if !self.owners.is_disjoint(&keys) {
            Some(IssuerStanding::Owner)
        } else if !self.offerers.is_disjoint(&keys) {
            Some(IssuerStanding::Offerer)
        } else {
            None
        };
        Ok((standing, is_known))
    }

    fn notice(&self, cards: &Cards, issuer: &str) -> Result<Notice, IndexError> {
        let mut others = Vec::new();
        for key in self.all() {
            let held = choose(cards.named(key)?).into_iter().next();
            let unheld = || Step { key: key.clone(), code: None, label: key.to_string() };
            others.push(held.map_or_else(unheld, |held| other(&held.card)));
        }
        let labels: Vec<&str> = others.iter().map(|other| other.label.as_str()).collect();
        let published = labels.join(", ");
        let text = "who issued the badge is published neither as owner of the credential nor as one that offers it";
        let notice = Notice::new(NoticeKind::IssuerDiffers, text);
        Ok(notice.comparing(issuer, published).about(others))
    }
}

/// The names that an identifier of an issuer may stand for: its key, its address, and the site of a `did:web`.
fn names(issuer: &str) -> BTreeSet<CanonicalKey> {
    let read = identify(issuer);
    let mut names: BTreeSet<CanonicalKey> = read.key.into_iter().chain(read.iri).collect();
    names.extend(site_of_did(issuer).as_deref().and_then(CanonicalKey::iri));
    let spelt: Vec<CanonicalKey> = names.iter().flat_map(CanonicalKey::spellings).collect();
    names.extend(spelt);
    names
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
