//! Which of several forms a caller likes best
//! ([RFC 9110, 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

use crate::server::form::weight;

/// A form with the media types that it goes by, its own first.
pub(super) type Offer<F> = (F, &'static [&'static str]);

/// Chooses a form, and the media type that it is given under; `None` where nothing fits.
///
/// Of those that are liked equally, what `Accept` names more exactly comes first, and then what is offered first; that is also what
/// somebody gets who does not care. A range that names a type exactly counts before one that covers it, also where it says no.
pub(super) fn negotiate<F: Copy>(
    headers: &HeaderMap,
    offers: &[Offer<F>],
) -> Option<(F, &'static str)> {
    let accepted = Accepted::of(headers);
    let mut best: Option<(Liking, F, &'static str)> = None;
    for (form, media_types) in offers {
        for media_type in *media_types {
            let liking = accepted.liking(media_type);
            let is_better = best.as_ref().is_none_or(|(held, ..)| liking > *held);
            if liking.weight > 0 && is_better {
                best = Some((liking, *form, media_type));
            }
        }
    }
    best.map(|(_, form, media_type)| (form, media_type))
}

/// What a caller accepts: media ranges, each with its weight.
pub(super) struct Accepted<'h> {
    ranges: Vec<Range<'h>>,
}

/// A media range and its weight, in thousandths.
struct Range<'h> {
    essence: &'h str,
    weight: u32,
}

/// How much a media type is liked, in thousandths, and how nearly it was named.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Liking {
    pub weight: u32,
    pub nearness: u8,
}

impl<'h> Accepted<'h> {
    /// Reads the field `Accept`, however often it is there.
    pub(super) fn of(headers: &'h HeaderMap) -> Self {
        let values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let read = values.flat_map(|value| value.split(',')).map(|range| {
            let (essence, parameters) = range.split_once(';').unwrap_or((range, ""));
            Range { essence: essence.trim(), weight: weight(parameters) }
        });
        Self { ranges: read.filter(|range| !range.essence.is_empty()).collect() }
    }

    /// How much a media type is liked. Without a word everything is.
    pub(super) fn liking(&self, media_type: &str) -> Liking {
        if self.ranges.is_empty() {
            return Liking { weight: 1_000, nearness: 0 };
        }
        let matching = self.ranges.iter().filter_map(|range| {
            nearness(range.essence, media_type).map(|nearness| (nearness, range.weight))
        });
        let (nearness, weight) = matching.max().unwrap_or((0, 0));
        Liking { weight, nearness }
    }
}

/// How nearly a range names a media type: itself, everything of its kind, or everything.
fn nearness(range: &str, media_type: &str) -> Option<u8> {
    let essence = media_type.split(';').next().unwrap_or(media_type);
    // `*` alone is what some programs send for everything.
    if range == "*/*" || range == "*" {
        return Some(0);
    }
    if range.eq_ignore_ascii_case(essence) {
        return Some(2);
    }
    let (kind, rest) = range.split_once('/')?;
    let (own, _) = essence.split_once('/')?;
    (rest == "*" && kind.eq_ignore_ascii_case(own)).then_some(1)
}

#[cfg(test)]
mod tests {
    use axum::http::header::ACCEPT;
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Offer, negotiate};

    const OFFERS: [Offer<char>; 3] = [
        ('j', &["application/ld+json", "application/json"]),
        ('t', &["text/turtle; charset=utf-8"]),
        ('h', &["text/html; charset=utf-8"]),
    ];

    #[track_caller]
    fn check(accept: &[&str], expected: Option<(char, &str)>) {
        let fields = accept.iter().map(|value| (ACCEPT, HeaderValue::from_str(value).unwrap()));
        let mut headers = HeaderMap::new();
        fields.for_each(|(name, value)| {
            headers.append(name, value);
        });
        assert_eq!(negotiate(&headers, &OFFERS), expected, "{accept:?}");
    }

    #[test]
    fn who_does_not_care_gets_what_is_offered_first() {
        let first = Some(('j', "application/ld+json"));
        check(&[], first);
        check(&[""], first);
        check(&["*/*"], first);
        check(&["image/png, */*;q=0.1"], first);
    }

    #[test]
    fn weights_are_kept_and_what_is_named_comes_before_what_is_covered() {
        let (turtle, html) = ("text/turtle; charset=utf-8", "text/html; charset=utf-8");
        check(&["text/turtle"], Some(('t', turtle)));
        check(&["Text/Turtle;q=0.5, text/html;q=0.4"], Some(('t', turtle)));
        check(&["text/turtle;q=0.4", "text/html ; q=0.5"], Some(('h', html)));
        check(&["text/*"], Some(('t', turtle)));
        check(&["text/*, text/turtle;q=0"], Some(('h', html)));
        check(&["text/turtle, */*"], Some(('t', turtle)));
        check(&["*/*;q=0.9, text/turtle;q=0.1"], Some(('j', "application/ld+json")));
        check(&["application/json"], Some(('j', "application/json")));
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        check(&[browser], Some(('h', html)));
    }

    #[test]
    fn what_nobody_offers_is_nothing() {
        check(&["image/png"], None);
        check(&["application/rdf+xml, image/*"], None);
        check(&["*/*;q=0"], None);
        check(&["nonsense"], None);
    }
}
