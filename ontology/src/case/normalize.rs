//! From the classes of CASE to the types of this crate.

mod association;
mod definition;
mod framework;
mod item;
mod rubric;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::alignment::Target;
use crate::case::document::{self, Parts};
use crate::case::identity::{Naming, identity_of, target_of};
use crate::case::model::LinkUri;
use crate::case::normalize::association::Associations;
use crate::hierarchy::Hierarchy;
use crate::id::{CanonicalKey, identify};
use crate::record::{NormalizeError, Normalized, Provenance, Warning, WarningKind};
use crate::resource::Identity;

/// Reads one CASE document of any shape.
///
/// # Errors
/// When the bytes are no JSON, are no document of CASE, or hold nothing that has an identifier.
pub fn normalize(bytes: &[u8], provenance: &Provenance) -> Result<Normalized, NormalizeError> {
    let parts = document::read(bytes)?;
    let document = parts.kind();
    let normalized = Normalizer::new(&parts, provenance).run(parts);
    if normalized.resources.is_empty() && normalized.alignments.is_empty() {
        return Err(NormalizeError::NoIdentifier { document });
    }
    Ok(normalized)
}

/// What every entity of one document shares, and what has been read so far.
struct Normalizer {
    host: String,
    framework: Option<Target>,
    language: Option<String>,
    seen: BTreeSet<CanonicalKey>,
    out: Normalized,
}

impl Normalizer {
    fn new(parts: &Parts, provenance: &Provenance) -> Self {
        let host = identify(&provenance.url).host.unwrap_or_default();
        let language = parts.document.as_ref().and_then(|document| document.language.clone());
        let out = Normalized {
            document: parts.kind().to_owned(),
            partial: !parts.is_whole(),
            ..Normalized::default()
        };
        Self { host, framework: None, language, seen: BTreeSet::new(), out }
    }

    fn run(mut self, mut parts: Parts) -> Normalized {
        self.out.warnings = std::mem::take(&mut parts.warnings);
        self.out.counts = std::mem::take(&mut parts.counts);
        if let Some(document) = parts.document.take() {
            let key = framework::framework(&mut self, document, parts.extensions.take());
            self.framework = key.map(Target::of);
        }
        for document in parts.documents {
            framework::framework(&mut self, document, None);
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
        elsewhere(&mut self.out);
        if !self.out.partial {
            let oddities = Hierarchy::of(&self.out).oddities();
            self.out.warnings.extend(oddities);
        }
        self.out
    }

    /// Gives the identity of an entity that is met for the first time.
    fn admit(&mut self, naming: &Naming<'_>, last_change: Option<String>) -> Option<Identity> {
        let mut identity = identity_of(naming, &mut self.out.warnings)?;
        if !self.seen.insert(identity.key.clone()) {
            let place = format!("{}/identifier", naming.pointer);
            self.out.warnings.push(Warning::new(
                place,
                WarningKind::RepeatedIdentifier,
                identity.key.as_str(),
            ));
            return None;
        }
        identity.last_change = last_change;
        Some(identity)
    }

    fn keep_unknown(&mut self, identity: &Identity, unknown: Map<String, Value>) {
        if !unknown.is_empty() {
            self.out.unknown.push((identity.subject.clone(), unknown));
        }
    }

    fn target(&self, link: Option<&LinkUri>) -> Option<Target> {
        link.map(|link| target_of(link, &self.host))
    }

    fn targets(&self, links: &[LinkUri]) -> Vec<Target> {
        links.iter().map(|link| target_of(link, &self.host)).collect()
    }

    fn warn_missing(&mut self, pointer: &str, fields: &[(&str, bool)]) {
        for (name, missing) in fields {
            if *missing {
                self.out.warnings.push(Warning::new(
                    format!("{pointer}/{name}"),
                    WarningKind::MissingField,
                    name,
                ));
            }
        }
    }

    fn by_identifier(&self, identifier: Option<String>) -> Option<Target> {
        let link = LinkUri { identifier: Some(identifier?), ..LinkUri::default() };
        Some(target_of(&link, &self.host))
    }
}

/// Counts the ends of associations that another document has to supply.
fn elsewhere(out: &mut Normalized) {
    if out.partial {
        return;
    }
    let here: BTreeSet<&CanonicalKey> =
        out.resources.iter().map(|resource| &resource.identity().key).collect();
    let mut warnings = Vec::new();
    for alignment in &out.alignments {
        let ends = [
            (&alignment.origin, WarningKind::OriginElsewhere),
            (&alignment.target, WarningKind::DestinationElsewhere),
        ];
        for (end, kind) in ends {
            if end.key.as_ref().is_some_and(|key| !here.contains(key)) {
                let name = alignment.key.as_ref().map(CanonicalKey::as_str).unwrap_or_default();
                warnings.push(Warning::new(
                    format!("/CFAssociations ({name})"),
                    kind,
                    end.uri.as_deref().unwrap_or_default(),
                ));
            }
        }
    }
    out.warnings.extend(warnings);
}
