//! Strong entity tags ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3)) that are known before there is an answer.
//!
//! A generation never changes, so that an answer about it is told by what was asked, in which form, of which generation, and of which build of the
//! program. Whoever
//! has the answer already is told so before anything is looked up.

use axum::extract::Request;
use axum::http::header::{ACCEPT, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue};
use index::manifest::Manifest;
use sha2::{Digest, Sha256};

use crate::server::coding::Coding;

/// The bytes of a digest that stand in a tag.
const N_BYTES: usize = 16;

/// The program that makes the answers: another one wherever its text is another.
pub(super) const BUILD: &str = env!("ALIDADE_BUILD");

/// What makes an answer what it is, besides what was asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed<'a> {
    /// The generation.
    pub manifest: &'a Manifest,
    /// The day on which it is judged, where nobody names another.
    pub day: &'a str,
    /// The address by which the service knows itself.
    pub public_url: Option<&'a str>,
}

/// A tag, without the coding of what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag(String);

impl Tag {
    /// The tag of a file that belongs to the program.
    pub(super) fn of_file(name: &str) -> Self {
        Self::of_parts([BUILD, name])
    }

    /// The tag of the answer to a request.
    pub(super) fn of_request(request: &Request, seed: &Seed<'_>) -> Self {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let accepted = request.headers().get_all(ACCEPT).iter();
        let accepted: Vec<&str> = accepted.filter_map(|value| value.to_str().ok()).collect();
        let Seed { manifest, day, public_url } = *seed;
        Self::of_parts([
            BUILD,
            &manifest.generation.to_string(),
            &manifest.published_at,
            day,
            public_url.unwrap_or_default(),
            target,
            &accepted.join(","),
        ])
    }

    fn of_parts<const N: usize>(parts: [&str; N]) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update(part.len().to_le_bytes());
            digest.update(part.as_bytes());
        }
        let bytes = digest.finalize();
        let number = bytes
            .iter()
            .take(N_BYTES)
            .fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
        Self(format!("{number:032x}"))
    }

    /// The tag as it stands in a header, of an answer in some coding.
    pub(super) fn header(&self, coding: Option<Coding>) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.text(coding)).ok()
    }

    /// The tag, as a caller has it already: of an answer as it is, or in the coding that would be chosen now.
    ///
    /// `*` is let be: what it asks cannot be told before there is an answer.
    pub(super) fn held(&self, headers: &HeaderMap, coding: Option<Coding>) -> Option<HeaderValue> {
        let values = headers.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        // A cache on the way may have made the tag a weak one.
        let held = values.flat_map(|value| value.split(','));
        let held: Vec<&str> = held.map(|one| one.trim().trim_start_matches("W/")).collect();
        let mut forms = [coding, None].into_iter();
        let form = forms.find(|form| held.contains(&self.text(*form).as_str()))?;
        self.header(form)
    }

    fn text(&self, coding: Option<Coding>) -> String {
        match coding {
            Some(coding) => format!("\"{}-{}\"", self.0, coding.as_str()),
            None => format!("\"{}\"", self.0),
        }
    }
}

/// The tag of the same answer in a coding, where it has a tag.
pub(super) fn coded(tag: &HeaderValue, coding: &HeaderValue) -> Option<HeaderValue> {
    let (tag, coding) = (tag.to_str().ok()?, coding.to_str().ok()?);
    let tag = tag.strip_suffix('"')?;
    HeaderValue::try_from(format!("{tag}-{coding}\"")).ok()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;
    use axum::http::header::{ACCEPT, IF_NONE_MATCH};
    use axum::http::{HeaderMap, HeaderValue};
    use index::manifest::Manifest;

    use super::{Coding, Seed, Tag, coded};

    fn request(target: &str, accept: &'static str) -> Request {
        Request::get(target).header(ACCEPT, accept).body(Body::empty()).unwrap()
    }

    #[test]
    fn another_question_form_generation_or_day_has_another_tag() {
        let manifest =
            Manifest { generation: 7, published_at: "then".into(), ..Manifest::default() };
        let seed = Seed { manifest: &manifest, day: "2024-02-29", public_url: None };
        let tag = Tag::of_request(&request("/a?b=c", "text/html"), &seed);
        assert_eq!(tag, Tag::of_request(&request("/a?b=c", "text/html"), &seed));
        let newer = Manifest { generation: 8, ..manifest.clone() };
        let anew = Manifest { published_at: "later".into(), ..manifest.clone() };
        for other in [
            Tag::of_request(&request("/a?b=d", "text/html"), &seed),
            Tag::of_request(&request("/a", "text/html"), &seed),
            Tag::of_request(&request("/a?b=c", "*/*"), &seed),
            Tag::of_request(&request("/a?b=c", "text/html"), &Seed { manifest: &newer, ..seed }),
            Tag::of_request(&request("/a?b=c", "text/html"), &Seed { manifest: &anew, ..seed }),
            Tag::of_request(&request("/a?b=c", "text/html"), &Seed { day: "2024-03-01", ..seed }),
            Tag::of_request(
                &request("/a?b=c", "text/html"),
                &Seed { public_url: Some("https://a.example"), ..seed },
            ),
        ] {
            assert_ne!(tag, other);
        }
    }

    #[test]
    fn a_tag_is_held_as_it_is_or_in_the_coding_that_would_be_chosen() {
        let tag = Tag::of_file("a");
        let plain = tag.header(None).unwrap();
        let gzip = tag.header(Some(Coding::Gzip)).unwrap();
        assert_eq!(coded(&plain, &HeaderValue::from_static("gzip")), Some(gzip.clone()));
        let held = |value: &HeaderValue, coding| {
            let headers = HeaderMap::from_iter([(IF_NONE_MATCH, value.clone())]);
            tag.held(&headers, coding)
        };
        assert_eq!(held(&plain, None), Some(plain.clone()));
        assert_eq!(held(&plain, Some(Coding::Gzip)), Some(plain.clone()));
        assert_eq!(held(&gzip, Some(Coding::Gzip)), Some(gzip.clone()));
        assert_eq!(held(&gzip, None), None, "who takes no gzip is not sent to it");
        let weak = HeaderValue::try_from(format!("\"x\", W/{}", plain.to_str().unwrap())).unwrap();
        assert_eq!(held(&weak, None), Some(plain));
        assert_eq!(held(&HeaderValue::from_static("*"), None), None);
        assert_eq!(tag.held(&HeaderMap::new(), None), None);
    }
}
