//! The other representations of a resource, for pages that lead to them.

use ontology::CanonicalKey;

use crate::server::linked::address::Site;
use crate::server::linked::form::Form;
use crate::server::state::AppState;

/// A representation of a resource.
pub(in crate::server) struct Alternate {
    pub media_type: &'static str,
    /// What its form is called.
    pub name: &'static str,
    /// Where it is.
    pub href: String,
}

/// Every representation of a resource for programs.
pub(in crate::server) fn alternates(site: &Site, key: &CanonicalKey) -> Vec<Alternate> {
    let others = Form::OFFERS.into_iter().filter(|(form, _)| *form != Form::Page);
    let alternates = others.filter_map(|(form, media_types)| {
        let media_type = media_types.first()?.split(';').next()?;
        Some(Alternate { media_type, name: form.name(), href: site.document(key, form.suffix()) })
    });
    alternates.collect()
}

/// The address of a path of this service, absolute where it knows where it is reached.
pub(in crate::server) fn address(state: &AppState, path: &str) -> String {
    Site::of(state).address(path)
}
