//! What one form of identifier was read as, before the ladder completes it.

use crate::id::case_entity::CaseEntity;
use crate::id::ctid::Ctid;
use crate::id::environment::Environment;
use crate::id::guid::Guid;
use crate::id::identifier::IdentifierKind;
use crate::id::key::{CanonicalKey, KeyScheme};
use crate::id::unresolvable::Unresolvable;

/// The parts of an [`Identifier`](crate::id::Identifier) that its form decides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    pub kind: IdentifierKind,
    pub key: Option<CanonicalKey>,
    pub environment: Environment,
    pub entity: Option<CaseEntity>,
    pub framework: Option<Guid>,
    pub framework_hint: Option<String>,
    pub code: Option<String>,
    pub unresolvable: Option<Unresolvable>,
    pub host: Option<String>,
    pub contained: Option<Guid>,
}

impl Reading {
    /// A CTID of the environment.
    pub(crate) fn ctid(ctid: &Ctid, environment: Environment) -> Self {
        let key = CanonicalKey::ctid(ctid, &environment);
        Self { kind: IdentifierKind::Ctid, key: Some(key), environment, ..Self::default() }
    }

    /// A GUID.
    pub(crate) fn guid(guid: &Guid, entity: Option<CaseEntity>) -> Self {
        let key = CanonicalKey::guid(guid);
        Self { kind: IdentifierKind::Guid, key: Some(key), entity, ..Self::default() }
    }

    /// Anything whose key is that of an IRI.
    pub(crate) fn iri(kind: IdentifierKind, key: CanonicalKey) -> Self {
        Self { kind, key: Some(key), ..Self::default() }
    }

    /// A human code.
    pub(crate) fn code(code: &str, framework_hint: Option<&str>) -> Self {
        Self {
            kind: IdentifierKind::Code,
            code: Some(code.to_owned()),
            framework_hint: framework_hint.map(str::to_owned),
            ..Self::default()
        }
    }

    /// An identifier that says too little.
    pub(crate) fn unresolvable(reason: Unresolvable) -> Self {
        Self { kind: IdentifierKind::Unresolvable, unresolvable: Some(reason), ..Self::default() }
    }

    /// Adds the host, where none is known yet.
    #[must_use]
    pub(crate) fn on(mut self, host: Option<&str>) -> Self {
        self.host = self.host.or_else(|| host.map(str::to_owned));
        self
    }

    /// Whether the identity is a UUID, with `ce-` or without.
    pub(crate) fn is_uuid(&self) -> bool {
        let scheme = self.key.as_ref().map(CanonicalKey::scheme);
        matches!(scheme, Some(KeyScheme::Ctid | KeyScheme::Guid))
    }
}
