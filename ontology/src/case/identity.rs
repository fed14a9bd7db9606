//! Who an entity is: its identifier, its address, and what the two say together.

use serde_json::Value;

use crate::alignment::Target;
use crate::case::model::{Entity, LinkUri};
use crate::id::{CanonicalKey, Guid, IdentifierKind, KeyScheme, Strength, identify};
use crate::oddities::Oddities;
use crate::record::WarningKind;
use crate::resource::{Alias, Identity};

/// Gives the identity of an entity; `None` where nothing names it.
///
/// `host` is the host that an identifier without a UUID belongs to, where the `uri` names none.
pub(crate) fn identity_of(
    entity: &Entity,
    host: &str,
    oddities: &mut Oddities,
) -> Option<Identity> {
    let key = key_of(entity, host, oddities)?;
    let subject = key.subject_iri()?;
    Some(Identity {
        subject,
        aliases: aliases_of(entity, &key, oddities),
        key,
        uri: entity.uri.clone(),
        last_change: entity.last_change.clone(),
        extensions: entity.extensions.as_ref().map(Value::to_string),
        node: None,
    })
}

fn aliases_of(entity: &Entity, key: &CanonicalKey, oddities: &mut Oddities) -> Vec<Alias> {
    let Some(uri) = entity.uri.as_deref() else { return Vec::new() };
    let mut warn = |kind| oddities.note(&entity.place("uri"), kind, uri);
    let read = identify(uri);
    let agrees = read.key.as_ref() == Some(key) || read.kind == IdentifierKind::Iri;
    if !agrees && key.scheme() == KeyScheme::Guid && read.key.is_some() {
        warn(WarningKind::IdentifierDiffersFromUri);
    }
    match read.iri {
        Some(iri) if iri != *key => {
            let strength = if agrees { Strength::Exact } else { Strength::Declared };
            vec![Alias { key: iri, strength }]
        }
        Some(_) => Vec::new(),
        None => {
            warn(WarningKind::InvalidIri);
            Vec::new()
        }
    }
}

fn key_of(entity: &Entity, host: &str, oddities: &mut Oddities) -> Option<CanonicalKey> {
    let uri = entity.uri.as_deref();
    let Some(identifier) = entity.identifier.as_deref() else {
        // An address with an identity inside it is as good as an identifier.
        let key = uri.and_then(|uri| identify(uri).key)?;
        if !matches!(key.scheme(), KeyScheme::Guid | KeyScheme::Local) {
            return None;
        }
        oddities.note(&entity.pointer, WarningKind::MissingField, "identifier");
        return Some(key);
    };
    let mut warn = |kind| oddities.note(&entity.place("identifier"), kind, identifier);
    if let Ok(guid) = identifier.trim().parse::<Guid>() {
        if !guid.is_case_pattern() || guid.as_str() != identifier {
            warn(WarningKind::UuidPattern);
        }
        return Some(CanonicalKey::guid(&guid));
    }
    warn(WarningKind::NonUuidIdentifier);
    let own_host = uri.and_then(|uri| identify(uri).host);
    Some(CanonicalKey::local(own_host.as_deref().unwrap_or(host), identifier.trim()))
}

/// Gives what a link points at. The identifier wins over the address, the title is a caption only.
pub(crate) fn target_of(link: &LinkUri, host: &str) -> Target {
    let guid = link.identifier.as_deref().and_then(|text| text.trim().parse::<Guid>().ok());
    // Beside a GUID only what is no web address says anything more, and there are as many links as there is text.
    let told = link.uri.as_deref().filter(|uri| guid.is_none() || !uri.starts_with("http"));
    let read = told.map(identify);
    let from_uri = read.as_ref().and_then(|read| read.key.clone());
    let key = match (guid, &from_uri) {
        (Some(guid), _) => Some(CanonicalKey::guid(&guid)),
        (None, Some(key)) if key.scheme() != KeyScheme::Iri => from_uri,
        (None, _) => {
            let other = link.identifier.as_deref().map(identify).and_then(|read| read.key);
            let local = || {
                let identifier = link.identifier.as_deref()?.trim();
                let host = read.as_ref().and_then(|read| read.host.as_deref()).unwrap_or(host);
                (!identifier.is_empty()).then(|| CanonicalKey::local(host, identifier))
            };
            other
                .filter(|key| key.scheme() != KeyScheme::Iri)
                .or_else(|| from_uri.clone())
                .or_else(local)
        }
    };
    Target {
        key,
        uri: link.uri.clone(),
        framework: read.as_ref().and_then(|read| read.framework_hint.clone()),
        code: read.as_ref().and_then(|read| read.code.clone()),
        title: link.title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::{identity_of, target_of};
    use crate::case::model::{Entity, LinkUri};
    use crate::oddities::Oddities;
    use crate::record::WarningKind;

    const GUID: &str = "894e79b2-9014-49e1-a0fb-3683ad13c6b5";

    #[track_caller]
    fn check(
        identifier: Option<&str>,
        uri: Option<&str>,
        subject: Option<&str>,
        warned: Option<WarningKind>,
    ) {
        let mut oddities = Oddities::default();
        let [identifier, uri] = [identifier, uri].map(|text| text.map(str::to_owned));
        let entity = Entity { identifier, uri, ..Entity::default() };
        let identity = identity_of(&entity, "case.example.org", &mut oddities);
        assert_eq!(identity.map(|identity| identity.subject).as_deref(), subject);
        assert_eq!(oddities.finish().0.first().map(|warning| warning.kind), warned);
    }

    #[test]
    fn the_identifier_is_the_identity() {
        let urn = format!("urn:uuid:{GUID}");
        let uri = format!("https://case.example.org/ims/case/v1p0/CFItems/{GUID}");
        check(Some(GUID), Some(&uri), Some(&urn), None);
        let upper = GUID.to_uppercase();
        check(Some(&upper), Some(&uri), Some(&urn), Some(WarningKind::UuidPattern));
        let braced = format!("{{{GUID}}}");
        check(Some(&braced), Some(&uri), Some(&urn), Some(WarningKind::UuidPattern));
        check(None, Some(&uri), Some(&urn), Some(WarningKind::MissingField));
        check(None, Some("https://example.org/a"), None, None);
        check(None, None, None, None);
        let zero = "00000000-0000-0000-0000-000000000001";
        check(Some(zero), None, Some(&format!("urn:uuid:{zero}")), Some(WarningKind::UuidPattern));
    }

    #[test]
    fn an_identifier_without_a_uuid_belongs_to_its_host() {
        let uri = "https://a.example.org/ims/case/v1p0/CFItems/X-7";
        check(
            Some("X-7"),
            Some(uri),
            Some("urn:alidade:case:a.example.org:X-7"),
            Some(WarningKind::NonUuidIdentifier),
        );
        check(
            Some("X-7"),
            None,
            Some("urn:alidade:case:case.example.org:X-7"),
            Some(WarningKind::NonUuidIdentifier),
        );
    }

    #[test]
    fn the_identifier_wins_over_another_guid_in_the_uri() {
        let other =
            "https://case.example.org/ims/case/v1p0/CFItems/c6487102-d7cb-11e8-824f-0242ac160002";
        let urn = format!("urn:uuid:{GUID}");
        check(Some(GUID), Some(other), Some(&urn), Some(WarningKind::IdentifierDiffersFromUri));
    }

    #[test]
    fn a_link_is_read_by_its_identifier_then_by_its_uri() {
        let link = |identifier: Option<&str>, uri: &str| {
            let link = LinkUri {
                identifier: identifier.map(str::to_owned),
                uri: Some(uri.to_owned()),
                ..LinkUri::default()
            };
            target_of(&link, "case.example.org").key.map(|key| key.to_string())
        };
        let guid = format!("guid:{GUID}");
        assert_eq!(link(Some(GUID), "local:whatever").as_deref(), Some(guid.as_str()));
        assert_eq!(link(None, &format!("local:{GUID}")).as_deref(), Some(guid.as_str()));
        assert_eq!(
            link(None, "https://www.example.org/task/7").as_deref(),
            Some("iri:https://www.example.org/task/7")
        );
    }
}
