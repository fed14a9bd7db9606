//! From `CFDocument` to `Framework`.

use crate::case::model::CFDocument;
use crate::case::normalize::normalizer::Normalizer;
use crate::competency::Framework;
use crate::id::CanonicalKey;
use crate::record::WarningKind;
use crate::resource::Resource;
use crate::text::LanguageMap;

/// Reads a framework; gives its key.
pub(super) fn framework(normalizer: &mut Normalizer, document: CFDocument) -> Option<CanonicalKey> {
    let place = document.entity.pointer.clone();
    let identity = normalizer.admit(document.entity)?;
    let source = document.official_source_url.as_deref();
    if let Some(url) = source.filter(|url| CanonicalKey::iri(url).is_none()) {
        let place = place.member("officialSourceURL");
        normalizer.oddities.note(&place, WarningKind::InvalidIri, url);
    }
    let language = document.language.as_deref();
    let key = identity.key.clone();
    let framework = Framework {
        title: LanguageMap::of(document.title, language),
        description: LanguageMap::of(document.description, language),
        notes: LanguageMap::of(document.notes, language),
        creator: document.creator,
        publisher: document.publisher,
        subjects: document.subject,
        subject_links: normalizer.targets(&document.subject_uri),
        version: document.version,
        adoption_status: document.adoption_status,
        status_start: document.status_start_date,
        status_end: document.status_end_date,
        license: normalizer.target(document.license_uri.as_ref()),
        official_source_url: document.official_source_url,
        framework_type: document.framework_type,
        case_version: document.case_version,
        package: normalizer.target(document.cf_package_uri.as_ref()),
        language: document.language,
        identity,
    };
    normalizer.out.resources.push(Resource::Framework(framework));
    Some(key)
}
