//! The addresses under which documents are found.

use ontology::CanonicalKey;

use crate::page::segment;
use crate::server::state::AppState;

/// Where the service is reached, as far as it knows.
///
/// Nothing that a caller sends tells it, so that nobody can have us write addresses of somebody else's. Where its operator does not
/// say either, an address is a path.
#[derive(Debug, Clone, Default)]
pub(in crate::server) struct Site {
    public: Option<String>,
}

impl Site {
    /// The site of a service.
    pub(in crate::server) fn of(state: &AppState) -> Self {
        Self::at(state.public_url())
    }

    /// A site at an address.
    pub(super) fn at(public: Option<&str>) -> Self {
        Self { public: public.map(|url| url.trim_end_matches('/').to_owned()) }
    }

    /// Whether its addresses are absolute.
    pub(super) fn is_public(&self) -> bool {
        self.public.is_some()
    }

    /// The address of a path.
    pub(super) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public.as_deref().unwrap_or_default())
    }

    /// The address of a resource, which leads on to a document about it.
    pub(super) fn id(&self, key: &CanonicalKey) -> String {
        self.address(&format!("/id/{}", segment(key)))
    }

    /// The address of a document about a resource; with a suffix, in one form.
    pub(super) fn document(&self, key: &CanonicalKey, suffix: &str) -> String {
        self.address(&format!("/doc/{}{suffix}", segment(key)))
    }
}

#[cfg(test)]
mod tests {
    use ontology::identify;

    use super::Site;

    #[test]
    fn a_name_in_a_path_is_short_where_it_can_be_and_means_the_same() {
        for (id, expected) in [
            ("CE-6B9BF846-d7cc-11e8-824f-0242ac160002", "ce-6b9bf846-d7cc-11e8-824f-0242ac160002"),
            ("6b9bf846-d7cc-11e8-824f-0242ac160002", "6b9bf846-d7cc-11e8-824f-0242ac160002"),
            ("https://a.example/skills?n=1", "https%3A%2F%2Fa.example%2Fskills%3Fn%3D1"),
            ("urn:alidade:case:a.example:X-7", "urn%3Aalidade%3Acase%3Aa.example%3AX-7"),
            (
                "https://sandbox.credentialengineregistry.org/resources/ce-6b9bf846-d7cc-11e8-824f-0242ac160002",
                "https%3A%2F%2Fsandbox.credentialengineregistry.org%2Fresources%2Fce-6b9bf846-d7cc-11e8-824f-0242ac160002",
            ),
        ] {
            let key = identify(id).key.unwrap();
            let address = Site::default().document(&key, ".ttl");
            assert_eq!(address, format!("/doc/{expected}.ttl"));
            let decoded = expected.replace("%3A", ":").replace("%2F", "/");
            let decoded = decoded.replace("%3F", "?").replace("%3D", "=");
            assert_eq!(identify(&decoded).key, Some(key), "{decoded}");
        }
    }

    #[test]
    fn an_address_is_absolute_where_the_site_is_known() {
        let key = identify("6b9bf846-d7cc-11e8-824f-0242ac160002").key.unwrap();
        let site = Site::at(Some("https://alidade.example/here/"));
        let expected = "https://alidade.example/here/id/6b9bf846-d7cc-11e8-824f-0242ac160002";
        assert_eq!((site.is_public(), site.id(&key).as_str()), (true, expected));
        assert!(!Site::at(None).is_public());
    }
}
