//! What the entities of one document share while they are read, and the order in which they are.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::alignment::Target;
use crate::case::document::{self, Parts};
use crate::case::identity::{identity_of, target_of};
use crate::case::model::{Entity, LinkUri};
use crate::case::normalize::association::Associations;
use crate::case::normalize::{definition, framework, item, rubric, source};
use crate::hierarchy::Hierarchy;
use crate::id::{CanonicalKey, identify};
use crate::oddities::Oddities;
use crate::people::without_contacts;
use crate::pointer::Pointer;
use crate::record::{NormalizeError, Normalized, Provenance, WarningKind};
use crate::resource::Identity;

/// Reads one CASE document of any shape.
///
/// # Errors
/// When the bytes are no JSON, are no document of CASE, or hold nothing that has an identifier.
pub(crate) fn normalize(
    bytes: Cow<'_, [u8]>,
    provenance: &Provenance,
) -> Result<Normalized, NormalizeError> {
    let parts = document::read(&bytes)?;
    drop(bytes);
    let document = parts.kind();
    let normalized = Normalizer::new(&parts, provenance).run(parts);
    if normalized.resources.is_empty() && normalized.alignments.is_empty() {
        return Err(NormalizeError::NoIdentifier { document });
    }
    Ok(normalized)
}

/// What every entity of one document shares, and what has been read so far.
pub(super) struct Normalizer {
    pub host: String,
    pub framework: Option<Target>,
    pub language: Option<String>,
    /// Every resource of the document, with its place.
    pub places: BTreeMap<CanonicalKey, Pointer>,
    pub oddities: Oddities,
    pub out: Normalized,
}

impl Normalizer {
    fn new(parts: &Parts, provenance: &Provenance) -> Self {
        let language = parts.document.as_ref().and_then(|document| document.language.clone());
        let out = Normalized {
            document: parts.kind().to_owned(),
            partial: !parts.is_whole(),
            ..Normalized::default()
        };
        Self {
            host: identify(&provenance.url).host.unwrap_or_default(),
            framework: None,
            language,
            places: BTreeMap::new(),
            oddities: Oddities::default(),
            out,
        }
    }

    fn run(mut self, mut parts: Parts) -> Normalized {
        self.oddities = std::mem::take(&mut parts.oddities);
        self.out.counts = std::mem::take(&mut parts.counts);
        if let Some(document) = parts.document.take() {
            let key = framework::framework(&mut self, document);
            self.framework = key.map(Target::of);
            self.keep_beside(std::mem::take(&mut parts.beside));
        }
        for document in parts.documents {
            framework::framework(&mut self, document);
        }
        for definition in parts.definitions {
            definition::definition(&mut self, definition);
        }
        for item in parts.items {
            item::competency(&mut self, item);
        }
        for rubric in parts.rubrics {
            rubric::rubric(&mut self, rubric);
        }
        for criterion in parts.criteria {
            rubric::criterion(&mut self, criterion, None);
        }
        for level in parts.levels {
            rubric::level(&mut self, level, None);
        }
        let mut associations = Associations::default();
        for association in parts.associations {
            associations.read(&mut self, association);
        }
        source::note_borrowed(&mut self.out, associations.take_homes());
        self.finish(&associations)
    }

    fn finish(mut self, associations: &Associations) -> Normalized {
        if !self.out.partial {
            associations.note_elsewhere(&self.out, &self.places, &mut self.oddities);
            for (key, kind) in Hierarchy::of(&self.out).oddities() {
                let place = self.places.get(key).or_else(|| associations.place_of(&self.out, key));
                let root = Pointer::default();
                self.oddities.note(place.unwrap_or(&root), kind, key.as_str());
            }
        }
        (self.out.warnings, self.out.unlisted_warnings) = self.oddities.finish();
        self.out
    }

    /// Gives the identity of an entity that is met for the first time, and notes what its class requires and it lacks.
    pub(super) fn admit(&mut self, entity: Entity) -> Option<Identity> {
        let Some(identity) = identity_of(&entity, &self.host, &mut self.oddities) else {
            let uri = entity.uri.as_deref().unwrap_or_default();
            self.oddities.note(&entity.pointer, WarningKind::NoIdentifier, uri);
            return None;
        };
        if self.places.contains_key(&identity.key) {
            let key = identity.key.as_str();
            self.oddities.note(&entity.pointer, WarningKind::RepeatedIdentifier, key);
            return None;
        }
        self.note_missing(&entity);
        self.keep_unknown(&identity.subject, entity.unknown);
        self.places.insert(identity.key.clone(), entity.pointer);
        Some(identity)
    }

    /// Notes an oddity of a resource that was admitted.
    pub(super) fn note_of(&mut self, identity: &Identity, kind: WarningKind) {
        if let Some(place) = self.places.get(&identity.key) {
            self.oddities.note(place, kind, identity.key.as_str());
        }
    }

    pub(super) fn note_missing(&mut self, entity: &Entity) {
        for name in &entity.missing {
            self.oddities.note(&entity.pointer, WarningKind::MissingField, name);
        }
    }

    /// Keeps what the standard does not have, without contact values.
    pub(super) fn keep_unknown(&mut self, subject: &str, unknown: Map<String, Value>) {
        if unknown.is_empty() {
            return;
        }
        if let Value::Object(fields) = without_contacts(Value::Object(unknown)) {
            self.out.unknown.push((subject.to_owned(), fields));
        }
    }

    /// Keeps what a package says beside its entities, by place, as what its framework has.
    fn keep_beside(&mut self, beside: Vec<(Pointer, Value)>) {
        let Some(subject) = self.framework.as_ref().and_then(Target::iri) else { return };
        let by_place = beside.into_iter().map(|(place, value)| (place.to_string(), value));
        self.keep_unknown(&subject, by_place.collect());
    }

    pub(super) fn target(&self, link: Option<&LinkUri>) -> Option<Target> {
        link.map(|link| target_of(link, &self.host))
    }

    pub(super) fn targets(&self, links: &[LinkUri]) -> Vec<Target> {
        links.iter().map(|link| target_of(link, &self.host)).collect()
    }

    pub(super) fn by_identifier(&self, identifier: Option<String>) -> Option<Target> {
        let link = LinkUri { identifier: Some(identifier?), ..LinkUri::default() };
        Some(target_of(&link, &self.host))
    }
}
