//! The coding of an answer on its way: which of them a caller takes, and what is worth it
//! ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3)).

use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate, SizeAbove};

use crate::server::form::weight;
use crate::server::problem::MEDIA_TYPE;

/// What is shorter fits into one packet anyway.
const WORTH_IT: u64 = 1_024;

/// A coding that answers are given in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// [Zstandard](https://www.rfc-editor.org/rfc/rfc8878).
    Zstandard,
    /// [Brotli](https://www.rfc-editor.org/rfc/rfc7932).
    Brotli,
    /// [gzip](https://www.rfc-editor.org/rfc/rfc1952).
    Gzip,
}

impl Coding {
    /// All of them; of those that a caller likes alike, the first is taken.
    const ALL: [Self; 3] = [Self::Zstandard, Self::Brotli, Self::Gzip];

    /// Its name.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Zstandard => "zstd",
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// The coding that a caller likes best; none where the answer is to be given as it is, or nothing that we have is liked.
    pub(super) fn chosen(headers: &HeaderMap) -> Option<Self> {
        let values = headers.get_all(ACCEPT_ENCODING).iter();
        let values = values.filter_map(|value| value.to_str().ok());
        let liked: Vec<(&str, u32)> =
            values.flat_map(|value| value.split(',')).filter_map(liking).collect();
        let weight = |name: &str| {
            let named = liked.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
            named
                .or_else(|| liked.iter().find(|(other, _)| *other == "*"))
                .map(|(_, weight)| *weight)
        };
        let plain = liked.iter().find(|(name, _)| name.eq_ignore_ascii_case("identity"));
        let mut best = (None, plain.map_or(0, |(_, weight)| *weight));
        for coding in Self::ALL {
            let weight = weight(coding.as_str()).unwrap_or(0);
            let is_better = weight > best.1 || (weight == best.1 && best.0.is_none() && weight > 0);
            if is_better {
                best = (Some(coding), weight);
            }
        }
        best.0
    }

    /// Leaves nothing but the choice in the headers of a request, so that nobody chooses otherwise.
    pub(super) fn settle(chosen: Option<Self>, headers: &mut HeaderMap) {
        headers.remove(ACCEPT_ENCODING);
        if let Some(coding) = chosen {
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(coding.as_str()));
        }
    }
}

/// One coding of a list, and how much it is liked, in thousandths.
fn liking(item: &str) -> Option<(&str, u32)> {
    let (name, parameters) = item.split_once(';').unwrap_or((item, ""));
    let name = name.trim();
    (!name.is_empty()).then(|| (name, weight(parameters)))
}

/// What judges an answer by its head.
type Judge = fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool;

/// The layer that codes what is worth it.
pub(super) fn layer() -> CompressionLayer<And<SizeAbove, Judge>> {
    let judge: Judge = is_worth_it;
    CompressionLayer::new().compress_when(SizeAbove::new(WORTH_IT).and(judge))
}

/// Tells whether an answer may be coded, and would be shorter for it. Problems are as they are; what surrounds the routes writes into them.
fn is_worth_it(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let is_kept = text(CACHE_CONTROL).is_some_and(|value| value.contains("no-transform"));
    let media_type = text(CONTENT_TYPE).unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let is_text = essence.starts_with("text/")
        || essence.ends_with("json")
        || essence.ends_with("xml")
        || essence.ends_with("javascript")
        || TEXTS.contains(&essence);
    !is_kept && is_text && essence != MEDIA_TYPE
}

/// The media types of texts whose names do not tell.
const TEXTS: [&str; 5] = [
    "application/n-quads",
    "application/n-triples",
    "application/sparql-query",
    "application/trig",
    "image/svg+xml",
];

#[cfg(test)]
mod tests {
    use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_TYPE};
    use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version};

    use super::{Coding, is_worth_it};

    #[track_caller]
    fn check(accepted: &str, expected: Option<Coding>) {
        let value = HeaderValue::from_str(accepted).unwrap();
        let mut headers = HeaderMap::from_iter([(ACCEPT_ENCODING, value)]);
        let chosen = Coding::chosen(&headers);
        assert_eq!(chosen, expected, "{accepted}");
        Coding::settle(chosen, &mut headers);
        assert_eq!(Coding::chosen(&headers), expected, "{accepted}");
    }

    #[test]
    fn the_coding_is_the_one_that_is_liked_best() {
        assert_eq!(Coding::chosen(&HeaderMap::new()), None);
        check("gzip", Some(Coding::Gzip));
        check("deflate, gzip, br, zstd", Some(Coding::Zstandard));
        check("gzip, br", Some(Coding::Brotli));
        check("GZIP;q=0.9, br;q=0.8", Some(Coding::Gzip));
        check("gzip;q=0", None);
        check("gzip;q=0.3333, br;q=0.4444", Some(Coding::Brotli));
        check("gzip;q=0, *", Some(Coding::Zstandard));
        check("*;q=0", None);
        check("identity", None);
        check("identity;q=0", None);
        check("identity, gzip;q=0.5", None);
        check("identity;q=0.5, gzip", Some(Coding::Gzip));
        check("deflate, x-unknown;q=7", None);
        check("", None);
    }

    #[test]
    fn texts_are_coded_and_what_must_stay_as_it_is_stays() {
        let judge = |media_type: &'static str, caching: &'static str| {
            let headers = HeaderMap::from_iter([
                (CONTENT_TYPE, HeaderValue::from_static(media_type)),
                (CACHE_CONTROL, HeaderValue::from_static(caching)),
            ]);
            is_worth_it(StatusCode::OK, Version::HTTP_11, &headers, &Extensions::new())
        };
        for text in
            ["application/json", "text/html; charset=utf-8", "application/ld+json", "text/turtle"]
        {
            assert!(judge(text, "no-store"), "{text}");
            assert!(!judge(text, "public, no-transform"), "{text}");
        }
        for other in ["image/png", "application/zstd", "application/problem+json", ""] {
            assert!(!judge(other, "no-store"), "{other}");
        }
    }
}
