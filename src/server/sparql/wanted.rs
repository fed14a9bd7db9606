//! What a caller accepts ([RFC 9110, 12.5.1](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)).

use axum::http::HeaderMap;
use index::rdf;
use index::sparql::{Form, Format};

use crate::server::negotiation::{Accepted, Offer, negotiate};
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
        let accepted = Accepted::of(fields);
        let liked =
            TYPES.iter().map(|(name, told, format)| (accepted.liking(name).weight, *told, *format));
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
    /// A description, and the media type that it is given under.
    Description(rdf::Form, &'static str),
}

/// What is shown to those who like it; the other forms are for those who like neither.
const GREETINGS: [Offer<Option<rdf::Form>>; 2] = [
    (Some(rdf::Form::Turtle), &["text/turtle; charset=utf-8"]),
    (None, &["text/html; charset=utf-8"]),
];

/// The other forms of the description. In the last one addresses are absolute.
const OTHERS: [Offer<Option<rdf::Form>>; 2] = [
    (Some(rdf::Form::JsonLd), &["application/ld+json"]),
    (Some(rdf::Form::NTriples), &["application/n-triples"]),
];

impl Greeting {
    /// Chooses the page only where it is liked better, and a form that few can read only where no other is liked.
    pub(super) fn wanted(fields: &HeaderMap, has_addresses: bool) -> Result<Self, Problem> {
        let others = OTHERS.get(..if has_addresses { 2 } else { 1 }).unwrap_or_default();
        let chosen = negotiate(fields, &GREETINGS).or_else(|| negotiate(fields, others));
        match chosen {
            Some((Some(form), media_type)) => Ok(Self::Description(form, media_type)),
            Some((None, _)) => Ok(Self::Page),
            None => {
                let detail = "there is no query here; what this endpoint is, it says as `text/turtle` or `text/html`";
                let offered = GREETINGS.iter().chain(others);
                let names = offered.filter_map(|(_, names)| names.first()?.split(';').next());
                let problem = Problem::new(ProblemKind::NotAcceptable, detail);
                Err(problem.with("available", names.collect::<Vec<_>>()))
            }
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

#[cfg(test)]
mod tests {
    use axum::http::header::ACCEPT;
    use axum::http::{HeaderMap, HeaderValue};
    use index::rdf;
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
        let of = |accept: &str| Greeting::wanted(&fields(accept), true).ok();
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert_eq!(of(browser), Some(Greeting::Page));
        let turtle = Greeting::Description(rdf::Form::Turtle, "text/turtle; charset=utf-8");
        for accept in [
            "*/*",
            "text/turtle",
            "text/turtle, text/html",
            "application/ld+json,text/turtle;q=0.6",
        ] {
            assert_eq!(of(accept), Some(turtle), "{accept}");
        }
        for (form, media_type) in [
            (rdf::Form::JsonLd, "application/ld+json"),
            (rdf::Form::NTriples, "application/n-triples"),
        ] {
            assert_eq!(of(media_type), Some(Greeting::Description(form, media_type)));
        }
        let nameless = Greeting::wanted(&fields("application/n-triples"), false);
        assert_eq!(nameless.ok(), None, "its addresses would be none");
        assert_eq!(of("application/sparql-results+json"), None);
    }
}
