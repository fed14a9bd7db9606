//! An address as it is shown in errors, logs and reports.

use url::Url;

/// The names in a query that say nothing but which page is asked for.
const PLAIN: [&str; 14] = [
    "after",
    "community",
    "ctid",
    "event",
    "from",
    "limit",
    "metadata_only",
    "offset",
    "page",
    "per_page",
    "provisional",
    "sort_by",
    "sort_order",
    "until",
];

/// Shows an address without what may be a secret: a name and a password, and a query that is not one of our own, such as the signature
/// of an address that is good for an hour.
pub(crate) fn shown(url: &Url) -> String {
    let is_plain = url.query_pairs().all(|(name, _)| PLAIN.contains(&name.as_ref()));
    let has_user = !url.username().is_empty() || url.password().is_some();
    if is_plain && !has_user {
        return url.to_string();
    }
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = if is_plain {
        url.query().map(|query| format!("?{query}"))
    } else {
        Some("?…".to_owned())
    };
    format!("{}://{host}{port}{}{}", url.scheme(), url.path(), query.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::shown;

    #[test]
    fn no_password_and_no_signature_is_shown() {
        for (url, expected) in [
            (
                "https://a.example/list?page=2&per_page=200",
                "https://a.example/list?page=2&per_page=200",
            ),
            ("https://a.example:8443/x", "https://a.example:8443/x"),
            ("https://me:secret@a.example/x?page=1", "https://a.example/x?page=1"),
            ("https://s3.example/dump.zip?X-Amz-Signature=abc", "https://s3.example/dump.zip?…"),
        ] {
            assert_eq!(shown(&Url::parse(url).unwrap()), expected);
        }
    }
}
