//! Where a redirect leads, and whether that is followed.

use url::Url;

/// How many redirects are followed for one request.
pub(super) const MAX_REDIRECTS: usize = 5;

/// What is asked next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Next {
    /// The address.
    pub url: Url,
    /// Whether the body is sent again; a request without is a GET.
    pub keeps_body: bool,
}

/// Whether a status sends elsewhere ([RFC 9110 section 15.4](https://www.rfc-editor.org/rfc/rfc9110#section-15.4)).
pub(super) fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// What is asked after this redirect; if nothing, why.
pub(super) fn follow(
    from: &Url,
    location: &str,
    status: u16,
    has_body: bool,
) -> Result<Next, String> {
    if has_body && matches!(status, 301 | 302) {
        return Err(format!(
            "it answers a POST with {status}, which may or may not mean another POST"
        ));
    }
    let mut url = from
        .join(location.trim())
        .map_err(|error| format!("it redirects to what is no address: {error}"))?;
    url.set_fragment(None);
    if from.scheme() == "https" && url.scheme() == "http" {
        url = secured(from, url)?;
    }
    Ok(Next { url, keeps_body: has_body && status != 303 })
}

/// Goes on by TLS where a server behind a proxy knows its own address without; another host is not asked in the open.
fn secured(from: &Url, mut url: Url) -> Result<Url, String> {
    if from.host() != url.host() {
        return Err(format!(
            "it redirects from https to http, to `{}`",
            url.host_str().unwrap_or_default()
        ));
    }
    // Its own port goes along: `http://host:8443/` stays there, `http://host/` becomes the ordinary port of https.
    let port = url.port();
    let is_secured = url.set_scheme("https").is_ok() && url.set_port(port).is_ok();
    if is_secured { Ok(url) } else { Err("it redirects from https to http".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(
        from: &str,
        location: &str,
        status: u16,
        has_body: bool,
    ) -> Result<(String, bool), String> {
        let from: Url = from.parse().map_err(|error: url::ParseError| error.to_string())?;
        let next = follow(&from, location, status, has_body)?;
        Ok((next.url.to_string(), next.keeps_body))
    }

    #[test]
    fn a_location_may_be_relative() {
        let check = |location: &str, expected: &str| {
            let said = led("https://a.org/uri/1?x#f", location, 303, false);
            assert_eq!(said, Ok((expected.to_owned(), false)), "{location}");
        };
        check("/ims/1", "https://a.org/ims/1");
        check("2", "https://a.org/uri/2");
        check("?y", "https://a.org/uri/1?y");
        check("//b.org/", "https://b.org/");
        check(" https://b.org/1#part ", "https://b.org/1");
    }

    #[test]
    fn a_post_stays_one_only_where_that_is_said() {
        let check = |status: u16, expected: Option<bool>| {
            let said = led("https://a.org/", "/b", status, true).ok();
            assert_eq!(said.map(|(_, keeps_body)| keeps_body), expected, "{status}");
        };
        check(301, None);
        check(302, None);
        check(303, Some(false));
        check(307, Some(true));
        check(308, Some(true));
    }

    #[test]
    fn https_is_not_left() {
        let check = |location: &str, expected: Result<&str, &str>| {
            let said = led("https://a.org/x", location, 301, false);
            let said = said.as_ref().map(|(url, _)| url.as_str()).map_err(String::as_str);
            assert_eq!(said, expected, "{location}");
        };
        check("http://a.org/y", Ok("https://a.org/y"));
        check("http://a.org:8443/y", Ok("https://a.org:8443/y"));
        check("http://b.org/y", Err("it redirects from https to http, to `b.org`"));
        assert_eq!(led("http://a.org/", "https://b.org/", 301, false).unwrap().0, "https://b.org/");
        assert_eq!(led("http://a.org/", "http://b.org/", 301, false).unwrap().0, "http://b.org/");
    }

    #[test]
    fn what_is_no_address_is_not_followed() {
        let said = led("https://a.org/", "http://[", 301, false);
        assert!(said.unwrap_err().starts_with("it redirects to what is no address: "));
    }
}
