//! What a caller accepts ([RFC 9110, 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;
use index::sparql::{Form, Format};

use crate::server::problem::{Problem, ProblemKind};

/// The media types of answers. Where two are liked alike, the first is given; the charset is said where the type would else be read otherwise.
const TYPES: [(&str, &str, Format); 11] = [
    ("application/sparql-results+json", "application/sparql-results+json", Format::Json),
    ("application/sparql-results+xml", "application/sparql-results+xml", Format::Xml),
    ("application/json", "application/json", Format::Json),
    ("text/csv", "text/csv; charset=utf-8", Format::Csv),
    ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", Format::Tsv),
    ("text/turtle", "text/turtle; charset=utf-8", Format::Turtle),
    ("application/n-triples", "application/n-triples", Format::NTriples),
    ("application/ld+json", "application/ld+json", Format::JsonLd),
    ("application/trig", "application/trig", Format::TriG),
    ("application/n-quads", "application/n-quads", Format::NQuads),
    ("application/rdf+xml", "application/rdf+xml", Format::RdfXml),
];

/// The formats that are accepted, the dearest first, each with the media type that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    formats: Vec<(Format, &'static str)>,
}

impl Wanted {
    /// Reads what is accepted; without a word that is everything.
    ///
    /// # Errors
    /// [`ProblemKind::NotAcceptable`] where nothing of it can be given.
    pub(super) fn of(fields: &HeaderMap) -> Result<Self, Problem> {
        let accept = Accept::of(fields);
        let liked = TYPES.iter().map(|(name, told, format)| (accept.liking(name), *told, *format));
        let mut liked: Vec<_> = liked.filter(|(liking, ..)| *liking > 0).collect();
        // Stable: among those that are liked alike the order stays.
        liked.sort_by_key(|(liking, ..)| std::cmp::Reverse(*liking));
        let formats: Vec<_> = liked.into_iter().map(|(_, told, format)| (format, told)).collect();
        if formats.is_empty() { Err(not_acceptable(None)) } else { Ok(Self { formats }) }
    }

    /// The formats, the first that fits an answer first.
    pub(super) fn formats(&self) -> Vec<Format> {
        self.formats.iter().map(|(format, _)| *format).collect()
    }

    /// The media type of an answer of this form.
    pub(super) fn media_type(&self, form: Form) -> Option<&'static str> {
        let fitting = self.formats.iter().find(|(format, _)| format.fits(form));
        fitting.map(|(_, told)| *told)
    }
}

/// What is shown where nothing is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Greeting {
    Page,
    Description,
}

impl Greeting {
    /// Chooses the page only where it is liked better.
    pub(super) fn wanted(fields: &HeaderMap) -> Result<Self, Problem> {
        let accept = Accept::of(fields);
        let (page, description) = (accept.liking("text/html"), accept.liking("text/turtle"));
        match (page, description) {
            (0, 0) => {
                let detail = "there is no query here; what this endpoint is, it says as `text/turtle` or `text/html`";
                let problem = Problem::new(ProblemKind::NotAcceptable, detail);
                Err(problem.with("available", vec!["text/turtle", "text/html"]))
            }
            _ if page > description => Ok(Self::Page),
            _ => Ok(Self::Description),
        }
    }
}

/// Says what can be given, to an answer of one form where that is known.
pub(super) fn not_acceptable(form: Option<Form>) -> Problem {
    let fitting = TYPES.iter().filter(|(.., format)| form.is_none_or(|form| format.fits(form)));
    let available: Vec<&str> = fitting.map(|(name, ..)| *name).collect();
    let detail = match form {
        Some(form) => format!("the answer is {form}, and of what `Accept` names none is for that"),
        None => "nothing that `Accept` names can be given".to_owned(),
    };
    Problem::new(ProblemKind::NotAcceptable, detail).with("available", available)
}

/// The field `Accept`.
struct Accept {
    /// Media ranges and their weights, in thousandths.
    ranges: Vec<(String, u32)>,
}

impl Accept {
    fn of(fields: &HeaderMap) -> Self {
        let values = fields.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let ranges = values.flat_map(|value| value.split(',')).filter_map(range);
        Self { ranges: ranges.collect() }
    }

    /// How much a media type is liked, in thousandths; what names it counts before what covers it.
    fn liking(&self, media_type: &str) -> u32 {
        if self.ranges.is_empty() {
            return 1_000;
        }
        let kind = media_type.split('/').next().unwrap_or_default();
        let likings = self.ranges.iter().filter_map(|(range, weight)| {
            let nearness = match range.as_str() {
                "*/*" => 0,
                range if range.strip_suffix("/*") == Some(kind) => 1,
                range => (range == media_type).then_some(2)?,
            };
            Some((nearness, *weight))
        });
        likings.max().map_or(0, |(_, weight)| weight)
    }
}

fn range(text: &str) -> Option<(String, u32)> {
    let mut parts = text.split(';');
    let name = parts.next()?.trim().to_ascii_lowercase();
    let mut parameters = parts.filter_map(|parameter| parameter.split_once('='));
    let weight = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    // `*` alone is what some programs send for everything.
    let name = if name == "*" { "*/*".to_owned() } else { name };
    (!name.is_empty()).then(|| (name, weight.map_or(1_000, |(_, text)| thousandths(text.trim()))))
}

/// A [weight](https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2), in thousandths.
fn thousandths(text: &str) -> u32 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: u32 = format!("{part:0<3}").parse().unwrap_or(0);
    if whole == "1" { 1_000 } else { part.min(1_000) }
}

#[cfg(test)]
mod tests {
    use axum::http::header::ACCEPT;
    use axum::http::{HeaderMap, HeaderValue};
    use index::sparql::Form;

    use super::{Greeting, Wanted};

    fn fields(accept: &str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT, HeaderValue::from_str(accept).unwrap())])
    }

    #[track_caller]
    fn check(accept: &str, rows: Option<&str>, triples: Option<&str>) {
        let wanted = Wanted::of(&fields(accept)).unwrap();
        let (told, told_too) =
            (wanted.media_type(Form::Solutions), wanted.media_type(Form::Boolean));
        assert_eq!((told, told_too), (rows, rows), "{accept}");
        assert_eq!(wanted.media_type(Form::Graph), triples, "{accept}");
    }

    #[test]
    fn an_answer_is_given_as_it_is_liked_best() {
        let (json, turtle) = ("application/sparql-results+json", "text/turtle; charset=utf-8");
        for accept in ["*/*", "*", "text/html, */*;q=0.1", "application/*;q=0.5, text/turtle;q=0.6"]
        {
            check(accept, Some(json), Some(turtle));
        }
        assert_eq!(Wanted::of(&HeaderMap::new()), Wanted::of(&fields("*/*")));
        check("application/json", Some("application/json"), None);
        check("text/csv", Some("text/csv; charset=utf-8"), None);
        check("application/ld+json, text/turtle;q=0.9", None, Some("application/ld+json"));
        check("text/*", Some("text/csv; charset=utf-8"), Some(turtle));
        check(
            "application/sparql-results+json;q=0.1, Text/CSV",
            Some("text/csv; charset=utf-8"),
            None,
        );
        check(
            "application/sparql-results+json;q=0, */*;q=0.3",
            Some("application/sparql-results+xml"),
            Some(turtle),
        );
    }

    #[test]
    fn what_nobody_can_give_is_refused() {
        for accept in ["image/png", "text/html", "text/turtle;q=0", "text/csv;q=0.000"] {
            let problem = Wanted::of(&fields(accept)).unwrap_err().into_json(None);
            assert_eq!(problem["type"], "/problems/not-acceptable", "{accept}");
            assert_eq!(problem["available"].as_array().unwrap().len(), 11, "{accept}");
        }
    }

    #[test]
    fn a_browser_sees_the_page_and_a_program_the_description() {
        let of = |accept: &str| Greeting::wanted(&fields(accept)).ok();
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert_eq!(of(browser), Some(Greeting::Page));
        for accept in [
            "*/*",
            "text/turtle",
            "text/turtle, text/html",
            "application/n-quads,text/turtle;q=0.6",
        ] {
            assert_eq!(of(accept), Some(Greeting::Description), "{accept}");
        }
        assert_eq!(of("application/sparql-results+json"), None);
    }
}
