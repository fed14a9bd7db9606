//! From `CFDocument` to `Framework`.

use crate::case::identity::Naming;
use crate::case::model::CFDocument;
use crate::case::normalize::Normalizer;
use crate::competency::Framework;
use crate::id::CanonicalKey;
use crate::resource::Resource;
use crate::text::LanguageMap;

/// Reads a framework; gives its key. The extensions of a package belong to its framework where that has none.
pub(super) fn framework(
    normalizer: &mut Normalizer,
    document: CFDocument,
    extensions: Option<String>,
) -> Option<CanonicalKey> {
    let host = normalizer.host.clone();
    let naming = Naming {
        identifier: document.identifier.as_deref(),
        uri: document.uri.as_deref(),
        pointer: &document.pointer,
        host: &host,
    };
    let mut identity = normalizer.admit(&naming, document.last_change_date_time)?;
    normalizer.warn_missing(
        &document.pointer,
        &[
            ("title", document.title.is_none()),
            ("creator", document.creator.is_none()),
            ("uri", document.uri.is_none()),
        ],
    );
    identity.extensions = document.extensions.or(extensions);
    normalizer.keep_unknown(&identity, document.unknown);
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
