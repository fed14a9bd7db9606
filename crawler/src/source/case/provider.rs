//! The addresses of a CASE server: all below its own, none elsewhere.

use url::Url;

use crate::source::case::version::Version;

/// A service provider in one version of the binding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Provider {
    root: Url,
    version: Version,
}

impl Provider {
    /// The server whose `/ims/case/…` lies below an address.
    pub(super) fn new(root: Url, version: Version) -> Self {
        Self { root, version }
    }

    pub(super) fn version(&self) -> Version {
        self.version
    }

    /// The same server in another version.
    pub(super) fn in_version(&self, version: Version) -> Self {
        Self { root: self.root.clone(), version }
    }

    /// A page of the list of frameworks.
    pub(super) fn documents(&self, limit: u64, offset: u64) -> Url {
        let mut url = self.leaf(&["CFDocuments"]);
        url.set_query(Some(&format!("limit={limit}&offset={offset}")));
        url
    }

    /// The package with an identifier.
    pub(super) fn package(&self, identifier: &str) -> Url {
        self.leaf(&["CFPackages", identifier])
    }

    /// An address that the server gives, where it lies on the server itself.
    ///
    /// A server behind a proxy that ends TLS calls itself `http`: that is read as the `https` it is asked by.
    pub(super) fn reach(&self, from: &Url, reference: &str) -> Option<Url> {
        let mut url = from.join(reference).ok()?;
        let is_plain = url.username().is_empty() && url.password().is_none();
        if url.host_str() != self.root.host_str() || !is_plain {
            return None;
        }
        url.set_fragment(None);
        if self.is_same_origin(&url) {
            return Some(url);
        }
        let is_upgrade = url.scheme() == "http" && self.root.scheme() == "https";
        if !is_upgrade || url.port() != self.root.port() {
            return None;
        }
        url.set_scheme("https").ok()?;
        Some(url)
    }

    /// The next page as the server gives it, where it lies below our own address. A server behind a proxy may not know the path
    /// by which it is asked: then the page is asked for with its words, at our own path.
    pub(super) fn reach_page(&self, from: &Url, reference: &str) -> Option<Url> {
        let url = self.reach(from, reference)?;
        if self.is_below_root(&url) {
            return Some(url);
        }
        let query = url.query().filter(|_| url.path().ends_with("/CFDocuments"))?;
        let mut ours = self.leaf(&["CFDocuments"]);
        ours.set_query(Some(query));
        Some(ours)
    }

    /// Whether an address that was remembered is one of this server's still.
    pub(super) fn is_ours(&self, url: &Url) -> bool {
        self.is_same_origin(url)
    }

    fn is_same_origin(&self, url: &Url) -> bool {
        url.origin() == self.root.origin()
    }

    fn is_below_root(&self, url: &Url) -> bool {
        let root = self.root.path().trim_end_matches('/');
        url.path().strip_prefix(root).is_some_and(|rest| rest.starts_with('/'))
    }

    fn leaf(&self, leaf: &[&str]) -> Url {
        let mut url = self.root.clone();
        // An address without a path is no http address, and no client asks it.
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["ims", "case", self.version.as_str()]).extend(leaf);
        }
        url
    }
}

/// The address above `/ims/case/…`, and the version where the address names one.
pub(super) fn root(base: &Url) -> (Url, Option<Version>) {
    let mut root = base.clone();
    root.set_query(None);
    root.set_fragment(None);
    let mut segments: Vec<&str> = base.path().split('/').collect();
    while segments.last().is_some_and(|segment| segment.is_empty()) {
        segments.pop();
    }
    let version = segments.last().and_then(|segment| Version::of_segment(segment));
    let version = version.filter(|_| segments.iter().rev().skip(1).take(2).eq(&["case", "ims"]));
    if version.is_some() {
        segments.pop();
    }
    if segments.ends_with(&["ims", "case"]) {
        segments.truncate(segments.len().saturating_sub(2));
    }
    root.set_path(&segments.join("/"));
    (root, version)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn provider(base: &str) -> Provider {
        let (root, version) = root(&url(base));
        Provider::new(root, version.unwrap_or(Version::V1p1))
    }

    #[track_caller]
    fn check_documents(base: &str, expected: &str) {
        assert_eq!(provider(base).documents(100, 0).as_str(), expected);
    }

    #[test]
    fn a_base_may_have_any_prefix_and_name_its_version() {
        check_documents(
            "https://a.org",
            "https://a.org/ims/case/v1p1/CFDocuments?limit=100&offset=0",
        );
        check_documents(
            "https://a.org/",
            "https://a.org/ims/case/v1p1/CFDocuments?limit=100&offset=0",
        );
        check_documents(
            "https://a.org/x/y/",
            "https://a.org/x/y/ims/case/v1p1/CFDocuments?limit=100&offset=0",
        );
        check_documents(
            "https://a.org/x/ims/case/v1p0/",
            "https://a.org/x/ims/case/v1p0/CFDocuments?limit=100&offset=0",
        );
        check_documents(
            "https://a.org/ims/case/vext",
            "https://a.org/ims/case/vext/CFDocuments?limit=100&offset=0",
        );
        check_documents(
            "https://a.org/ims/case",
            "https://a.org/ims/case/v1p1/CFDocuments?limit=100&offset=0",
        );
        check_documents(
            "https://a.org/v1p0?x=1#y",
            "https://a.org/v1p0/ims/case/v1p1/CFDocuments?limit=100&offset=0",
        );
    }

    #[test]
    fn an_identifier_stays_one_segment_of_the_path() {
        let url = provider("https://a.org/x").package("a/../../b?c#d");
        assert_eq!(
            url.as_str(),
            "https://a.org/x/ims/case/v1p1/CFPackages/a%2F..%2F..%2Fb%3Fc%23d"
        );
    }

    #[test]
    fn only_the_server_itself_is_reached() {
        let provider = provider("https://a.org/x");
        let from = provider.documents(100, 0);
        let reach = |reference| provider.reach(&from, reference).map(|url| url.to_string());
        assert_eq!(reach("https://a.org/y").as_deref(), Some("https://a.org/y"));
        assert_eq!(reach("http://a.org/y").as_deref(), Some("https://a.org/y"));
        assert_eq!(reach("http://a.org:80/y").as_deref(), Some("https://a.org/y"));
        assert_eq!(reach("/y").as_deref(), Some("https://a.org/y"));
        assert_eq!(reach("http://a.org:8080/y"), None);
        assert_eq!(reach("https://a.org:444/y"), None);
        assert_eq!(reach("https://b.org/y"), None);
        assert_eq!(reach("//b.org/y"), None);
        assert_eq!(reach("https://me:secret@a.org/y"), None);
        assert_eq!(reach("file:///etc/passwd"), None);
        assert_eq!(reach("http://169.254.169.254/latest"), None);
    }

    #[test]
    fn a_page_is_asked_for_at_our_own_path() {
        let provider = provider("https://a.org/x");
        let from = provider.documents(100, 0);
        let page = |reference| provider.reach_page(&from, reference).map(|url| url.to_string());
        let expected = "https://a.org/x/ims/case/v1p1/CFDocuments?offset=100";
        assert_eq!(page("http://a.org/x/ims/case/v1p1/CFDocuments?offset=100").unwrap(), expected);
        assert_eq!(page("http://a.org/ims/case/v1p1/CFDocuments?offset=100").unwrap(), expected);
        assert_eq!(page("?offset=100").unwrap(), expected);
        assert_eq!(page("http://a.org/xy/CFItems?offset=100"), None);
        assert_eq!(page("http://internal:8080/x/ims/case/v1p1/CFDocuments?offset=100"), None);
    }
}
