//! The `IdentifierType` and `RefSchemeType` of HR Open, and the schemes that are public.

use serde_json::Value;

use crate::ler::container::ContainerError;
use crate::ler::draft::Draft;
use crate::ler::identifier_entry::address_or_code;
use crate::ler::literal::{address, text};
use crate::ler::mention::SiteClass;
use crate::ler::privacy::{Tail, Withheld};
use crate::ler::public;
use crate::ler::scope::Scope;

/// The names of public schemes, in lower case, without anything but letters, and without a year or version at the end. Words that
/// a licensing board may use for its own numbers, such as `case`, are not among them.
const PUBLIC: &[&str] = &[
    "ceasn",
    "cip",
    "classificationofinstructionalprograms",
    "credentialtransparencyidentifier",
    "ctdl",
    "ctdlasn",
    "ctid",
    "eqf",
    "esco",
    "isced",
    "isceda",
    "iscedf",
    "iscedp",
    "isco",
    "nace",
    "naics",
    "northamericanindustryclassificationsystem",
    "occupationalinformationnetwork",
    "onet",
    "onetsoc",
    "soc",
    "standardoccupationalclassification",
    "ussoc",
];

/// Hosts and the beginnings of paths of the addresses of public schemes; subdomains count too.
const PUBLIC_ADDRESSES: &[&str] = &[
    "bls.gov/soc",
    "census.gov/naics",
    "credentialengine.org",
    "credentialengineregistry.org",
    "credreg.net",
    "data.europa.eu",
    "nces.ed.gov/ipeds/cipcode",
    "onetcenter.org",
    "onetonline.org",
    "purl.org/ctdl",
    "purl.org/ctdlasn",
];

/// Whether a scheme, by name or address, is one whose identifiers name no person.
fn is_public(scheme: &str) -> bool {
    let lower = scheme.to_ascii_lowercase();
    if lower.contains("://") {
        return PUBLIC_ADDRESSES.iter().any(|known| is_at(&lower, known));
    }
    let name = lower.trim_end_matches(|sign: char| !sign.is_ascii_alphabetic());
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    PUBLIC.contains(&folded.as_str())
}

/// Whether an address is at a known host, and there below a known path.
fn is_at(address: &str, known: &str) -> bool {
    let bare = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let Some(place) = bare.and_then(|bare| bare.split(['?', '#']).next()) else { return false };
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let (known_host, known_path) = known.split_once('/').unwrap_or((known, ""));
    let is_host = host
        .strip_suffix(known_host)
        .is_some_and(|before| before.is_empty() || before.ends_with('.'));
    let below = path.strip_prefix(known_path);
    is_host
        && (known_path.is_empty()
            || below.is_some_and(|below| below.is_empty() || below.starts_with('/')))
}

/// Drafts an `IdentifierType`, or a string that stands for one.
///
/// Where the site belongs to the learner, the identifier may be the learner's: it is kept only where its scheme, or it itself,
/// is public.
pub(super) fn draft_id(
    draft: &mut Draft<'_>,
    value: &Value,
    owner: Scope<'_>,
) -> Result<(), ContainerError> {
    let member = |key| value.get(key).and_then(|value| text(value, None));
    let schemes = ["schemeId", "schemeAgencyId", "schemeLink", "agencyUri"].map(member);
    let identifier = match value {
        Value::Object(_) => member("value"),
        plain => text(plain, None),
    };
    let is_known = || {
        schemes.iter().flatten().any(|scheme| is_public(scheme))
            || identifier.as_deref().is_some_and(public::is_public)
    };
    let is_learners = draft.site().class() == SiteClass::Learner;
    if is_learners && identifier.is_some() && !is_known() {
        draft.withhold(Withheld::PersonIdentifierType);
        return Ok(());
    }
    address_or_code(draft, identifier.as_deref(), Tail::Keep)?;
    if draft.has_identifier() {
        draft.framework(schemes.iter().flatten().next().map(AsRef::as_ref))?;
        draft.name(owner.words(&["competencyName", "name"]).as_deref())?;
    }
    Ok(())
}

/// Drafts a `RefSchemeType`, or a string that stands for its address.
pub(super) fn draft_reference(
    draft: &mut Draft<'_>,
    value: &Value,
    owner: Scope<'_>,
) -> Result<(), ContainerError> {
    let reference = match value {
        Value::Object(object) => object.get("reference").and_then(address),
        plain => address(plain),
    };
    address_or_code(draft, reference, Tail::Keep)?;
    if draft.has_identifier() {
        let scheme = value.get("scheme").and_then(|scheme| text(scheme, None));
        draft.framework(scheme.as_deref())?;
        draft.name(owner.words(&["name"]).as_deref())?;
    }
    Ok(())
}

/// Drafts a code of a scheme that the standard fixes.
pub(super) fn draft_code(
    draft: &mut Draft<'_>,
    value: &Value,
    scheme: &'static str,
) -> Result<(), ContainerError> {
    draft.code(text(value, None).as_deref())?;
    if draft.has_identifier() {
        draft.framework(Some(scheme))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_public_by_its_name_or_its_address() {
        for scheme in [
            "O*NET",
            "O*NET-SOC 2019",
            "SOC",
            "SOC 2018",
            "ISCED-F 2013",
            "ESCO",
            "ctid",
            "CIP2020",
            "http://data.europa.eu/esco/concept-scheme/skills",
            "https://www.bls.gov/soc/2018/",
        ] {
            assert!(is_public(scheme), "{scheme}");
        }
        for scheme in [
            "",
            "HR",
            "Social Security",
            "ATS",
            "social",
            "State licence number",
            "Case #",
            "RSD",
            "https://license.example/",
            "https://license.example/?x=data.europa.eu",
            "https://data.europa.eu.license.example/",
            "https://data.europa.eu@license.example/",
            "https://www.bls.gov/society",
        ] {
            assert!(!is_public(scheme), "{scheme}");
        }
    }
}
