//! The forms of identifiers that belong to public registries and frameworks.

const LENGTH_OF_UUID: usize = 36;
/// Where the hyphens of a UUID stand.
const HYPHENS: &[usize] = &[8, 13, 18, 23];
/// Path segments behind which a CASE server writes the identifier of an entity.
const CASE_SEGMENTS: &[&str] = &[
    "uri",
    "cfassociations",
    "cfconcepts",
    "cfdocuments",
    "cfitems",
    "cfitemtypes",
    "cfpackages",
    "cfrubriccriteria",
    "cfrubriccriterionlevels",
    "cfrubrics",
    "cfsubjects",
];
/// Hosts of public registries; their subdomains count too.
const HOSTS: &[&str] = &[
    "casenetwork.1edtech.org",
    "caseregistry.imsglobal.org",
    "credentialengine.org",
    "credentialengineregistry.org",
    "credentialfinder.org",
    "credreg.net",
];

/// Whether an identifier has the form of one of a public registry or framework, whoever wrote it.
pub(super) fn is_public(id: &str) -> bool {
    public_part(id).is_some()
}

/// What of an identifier belongs to a public registry or framework, whoever wrote it; nothing, if it has no such form.
///
/// The rule, on the text in lower case (ASCII) and without white space around it; the first of these that holds counts:
///
/// 1. it begins with `http://` or `https://`, and its host (up to the next `/ ? # :`) is, or ends in a dot and, one of
///    `HOSTS`: all of it;
/// 2. it begins so, its host is `data.europa.eu`, and its path begins with `/esco/` or `/snb/`: all of it;
/// 3. it holds a CTID, `ce-` and a UUID, with no letter or digit before or behind: the CTID alone, since whoever wrote what
///    is around it may have written a learner into it;
/// 4. it begins with `http://` or `https://`, and one of the segments of its path (up to `?` or `#`) is one of
///    `CASE_SEGMENTS`, and the next holds a UUID: all of it;
/// 5. it begins so, and two segments of its path are `api` and `skills`, and the next holds a UUID: all of it.
///
/// A bare UUID, or a `urn:uuid:`, is not public: anybody may coin one for anything.
pub(super) fn public_part(id: &str) -> Option<&str> {
    let id = id.trim();
    let lower = id.to_ascii_lowercase();
    let address = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    if address.is_some_and(is_at_registry) {
        return Some(id);
    }
    ctid(id).or_else(|| address.is_some_and(is_of_framework).then_some(id))
}

/// Whether an address, without its scheme, is one of a public registry.
fn is_at_registry(address: &str) -> bool {
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let mut segments = path(address);
    if host == "data.europa.eu" {
        return matches!(segments.next(), Some("esco" | "snb")) && segments.next().is_some();
    }
    HOSTS.iter().any(|known| is_host_of(host, known))
}

/// Whether an address, without its scheme, has the form in which servers of frameworks write the addresses of entities.
fn is_of_framework(address: &str) -> bool {
    let segments: Vec<&str> = path(address).collect();
    segments
        .windows(2)
        .any(|pair| matches!(pair, [kind, id] if CASE_SEGMENTS.contains(kind) && holds_uuid(id)))
        || segments
            .windows(3)
            .any(|triple| matches!(triple, ["api", "skills", id] if holds_uuid(id)))
}

/// The segments of the path of an address without its scheme.
fn path(address: &str) -> impl Iterator<Item = &str> {
    address.split(['?', '#']).next().unwrap_or_default().split('/').skip(1)
}

/// Whether a text holds a CTID that is no part of a longer word.
pub(super) fn holds_ctid(text: &str) -> bool {
    ctid(text).is_some()
}

/// The first CTID in a text that is no part of a longer word, as it is written.
pub(super) fn ctid(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let joins = |character: Option<char>| character.is_some_and(|c| c.is_ascii_alphanumeric());
    lower.match_indices("ce-").find_map(|(start, prefix)| {
        let end = start + prefix.len() + LENGTH_OF_UUID;
        let before = lower.get(..start).and_then(|before| before.chars().next_back());
        let after = lower.get(end..).and_then(|after| after.chars().next());
        let is_one = !joins(before)
            && begins_with_uuid(lower.get(start + prefix.len()..).unwrap_or_default())
            && !joins(after);
        text.get(start..end).filter(|_| is_one)
    })
}

fn is_host_of(host: &str, known: &str) -> bool {
    host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

fn holds_uuid(text: &str) -> bool {
    text.char_indices().any(|(start, _)| text.get(start..).is_some_and(begins_with_uuid))
}

fn begins_with_uuid(text: &str) -> bool {
    let head = text.as_bytes().get(..LENGTH_OF_UUID).unwrap_or_default();
    head.len() == LENGTH_OF_UUID
        && head.iter().enumerate().all(|(at, byte)| {
            if HYPHENS.contains(&at) { *byte == b'-' } else { byte.is_ascii_hexdigit() }
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "74F5BB7D-d7cc-11e8-824f-0242ac160002";

    #[test]
    fn the_forms_of_registries_and_frameworks_are_public() {
        for id in [
            format!("ce-{UUID}"),
            format!(" res:ce-{UUID} "),
            format!("https://anywhere.example/a/ce-{UUID}?x"),
            format!("https://case.example/uri/{UUID}.html"),
            format!("https://case.example/uri/p{UUID}"),
            format!("https://case.example/ims/case/v1p0/CFItems/{UUID}"),
            format!("https://case.example/ims/case/v1p1/CFPackages/{UUID}?x"),
            format!("https://skills.example/api/skills/{UUID}"),
            "http://data.europa.eu/esco/skill/abc".to_owned(),
            "http://data.europa.eu/snb/eqf/6".to_owned(),
            "https://credentialfinder.org/credential/20229/Analysis".to_owned(),
            "https://www.credentialfinder.org/credential/1".to_owned(),
            "https://sandbox.credentialengine.org/finder/1".to_owned(),
        ] {
            assert!(is_public(&id), "{id}");
        }
    }

    #[test]
    fn a_ctid_is_taken_out_of_what_is_around_it() {
        let own = format!("ce-{UUID}");
        for text in [
            format!("the degree\tres:{own} of Ada"),
            format!("Ada_Example={own}"),
            format!("https://issuer.example/learners/4711/{own}?x"),
            format!("https://issuer.example/learners/4711/uri/{own}"),
            format!("/learners/4711/{own}"),
        ] {
            assert_eq!(public_part(&text), Some(own.as_str()), "{text}");
        }
        let registered = format!("https://credentialengineregistry.org/resources/{own}");
        assert_eq!(public_part(&format!(" {registered}")), Some(registered.as_str()));
        assert_eq!(ctid("ce-1"), None);
    }

    #[test]
    fn what_anybody_may_coin_is_not_public() {
        for id in [
            String::new(),
            UUID.to_owned(),
            format!("urn:uuid:{UUID}"),
            format!("https://issuer.example/achievements/{UUID}"),
            format!("https://issuer.example/uri?x=/uri/{UUID}"),
            format!("https://issuer.example/ace-{UUID}"),
            format!("https://issuer.example/ce-{UUID}0"),
            "https://issuer.example/uri/learner-5".to_owned(),
            "https://data.europa.eu/esco".to_owned(),
            "https://data.europa.eu.example/esco/1".to_owned(),
            "https://notcredentialfinder.org/1".to_owned(),
            "https://issuer.example/credentialfinder.org/".to_owned(),
            "did:web:credentialfinder.org".to_owned(),
        ] {
            assert!(!is_public(&id), "{id}");
        }
    }
}
