//! Where a community answers.
//!
//! An address has the parameters that its route declares and no others: the search takes unknown ones for filters.

use ontology::Ctid;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use url::Url;

/// The most elements that a page may have ([`per_page`](https://github.com/CredentialEngine/CredentialRegistry/blob/master/docs/07_search.md)).
const PER_PAGE: &str = "200";

/// The addresses of one community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    base: Url,
    community: String,
}

impl Address {
    pub(super) fn new(base: &Url, community: &str) -> Self {
        let mut base = base.clone();
        base.set_query(None);
        base.set_fragment(None);
        Self { base, community: community.to_owned() }
    }

    /// What tells this community from others.
    pub(super) fn community(&self) -> String {
        self.at(&[&self.community], &[]).to_string()
    }

    /// All envelopes, provisional ones among them, the newest first.
    pub(super) fn envelopes(&self) -> Url {
        self.at(&[&self.community, "envelopes"], &[("provisional", "include")])
    }

    /// The envelopes that an organization owns.
    pub(super) fn owned_by(&self, organization: &Ctid) -> Url {
        self.at(&["metadata", "organizations", organization.as_str(), "envelopes"], &[])
    }

    /// What happened from an instant on, the newest first.
    pub(super) fn events(&self, after: OffsetDateTime) -> Url {
        self.at(&[&self.community, "envelopes", "events"], &[("after", &written(after))])
    }

    /// One event, the newest there is.
    pub(super) fn any_event(&self) -> Url {
        self.at(&[&self.community, "envelopes", "events"], &[("page", "1"), ("per_page", "1")])
    }

    /// One envelope without its document, for the number of all of them.
    pub(super) fn one_envelope(&self) -> Url {
        let query = [
            ("page", "1"),
            ("per_page", "1"),
            ("metadata_only", "true"),
            ("provisional", "include"),
        ];
        self.at(&[&self.community, "envelopes"], &query)
    }

    /// What was destroyed from an instant on, the newest first.
    pub(super) fn destructions(&self, after: OffsetDateTime) -> Url {
        let query = [("after", written(after)), ("event", "destroy".to_owned())];
        let query = query.each_ref().map(|(name, value)| (*name, value.as_str()));
        self.at(&[&self.community, "envelopes", "events"], &query)
    }

    /// The resources whose envelope was written from an instant on, the oldest first.
    pub(super) fn written_since(&self, from: OffsetDateTime) -> Url {
        let from = written(from);
        let query = [
            ("from", from.as_str()),
            ("sort_by", "updated_at"),
            ("sort_order", "asc"),
            ("metadata_only", "true"),
        ];
        self.at(&[&self.community, "search"], &query)
    }

    /// The graph of a record.
    pub(super) fn graph(&self, ctid: &Ctid) -> Url {
        self.at(&[&self.community, "graph", ctid.as_str()], &[])
    }

    /// Graphs of many records, asked for within the community.
    pub(super) fn graphs(&self) -> Url {
        self.at(&[&self.community, "graph", "search"], &[])
    }

    /// Graphs of many records, asked for at the root.
    pub(super) fn graphs_at_root(&self) -> Url {
        self.at(&["graph", "search"], &[])
    }

    /// How the registry's own dump of the community stands.
    pub(super) fn download(&self) -> Url {
        self.at(&[&self.community, "envelopes", "download"], &[])
    }

    fn at(&self, path: &[&str], query: &[(&str, &str)]) -> Url {
        let mut url = self.base.clone();
        // An address without a path, such as that of a mailbox, is none that could be asked.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        url
    }
}

/// The same listing without the documents themselves.
pub(super) fn metadata_only(mut listing: Url) -> Url {
    listing.query_pairs_mut().append_pair("metadata_only", "true");
    listing
}

/// One page of a listing, from 1.
pub(super) fn page(mut listing: Url, page: u64) -> Url {
    let page = page.to_string();
    listing.query_pairs_mut().extend_pairs([("page", page.as_str()), ("per_page", PER_PAGE)]);
    listing
}

/// An instant in ISO 8601, to the second.
fn written(instant: OffsetDateTime) -> String {
    let seconds = OffsetDateTime::from_unix_timestamp(instant.unix_timestamp());
    seconds.unwrap_or(instant).format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn addresses_are_those_that_the_registry_declares() {
        let check = |url: Url, expected: &str| assert_eq!(url.as_str(), expected);
        let at = datetime!(2026-08-01 12:00:00.25 +02:00);
        let ctid: Ctid = "ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b".parse().unwrap();
        let address = Address::new(&Url::parse("https://r.example/").unwrap(), "ce-registry");
        check(
            page(address.envelopes(), 3),
            "https://r.example/ce-registry/envelopes?provisional=include&page=3&per_page=200",
        );
        check(
            metadata_only(address.owned_by(&ctid)),
            &format!(
                "https://r.example/metadata/organizations/{ctid}/envelopes?metadata_only=true"
            ),
        );
        check(
            address.destructions(at),
            "https://r.example/ce-registry/envelopes/events?after=2026-08-01T10%3A00%3A00Z&event=destroy",
        );
        check(
            address.written_since(at),
            "https://r.example/ce-registry/search?from=2026-08-01T10%3A00%3A00Z&sort_by=updated_at&sort_order=asc&metadata_only=true",
        );
        check(address.graph(&ctid), &format!("https://r.example/ce-registry/graph/{ctid}"));
        check(address.graphs_at_root(), "https://r.example/graph/search");
    }

    #[test]
    fn a_registry_may_lie_below_a_path() {
        for base in ["https://r.example/registry", "https://r.example/registry/?x=1#y"] {
            let address = Address::new(&Url::parse(base).unwrap(), "a b");
            assert_eq!(address.graphs().as_str(), "https://r.example/registry/a%20b/graph/search");
        }
    }
}
