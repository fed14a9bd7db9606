//! The two forms of questions and answers: one JSON text, or one a line.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, CONTENT_TYPE};

/// How many questions, or their answers, are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// [JSON](https://www.rfc-editor.org/rfc/rfc8259): all in one text.
    Json,
    /// NDJSON: one JSON text a line.
    Lines,
}

/// The media types, and what they mean here. NDJSON was never registered; both of its names are in use.
const TYPES: [(&str, Form); 3] = [
    ("application/json", Form::Json),
    ("application/x-ndjson", Form::Lines),
    ("application/ndjson", Form::Lines),
];

impl Form {
    /// The media type that answers are given under.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Lines => "application/x-ndjson",
        }
    }

    /// The form that a body says it has, with whatever parameters.
    pub(super) fn of_body(headers: &HeaderMap) -> Option<Self> {
        let media_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
        named(media_type.split(';').next()?)
    }

    /// The form of the answer: what `Accept` likes better
    /// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1)), else that of the question.
    pub(super) fn wanted(headers: &HeaderMap, question: Self) -> Self {
        let accepted: Vec<&str> =
            headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
        let other = match question {
            Self::Json => Self::Lines,
            Self::Lines => Self::Json,
        };
        if liking(&accepted, other) > liking(&accepted, question) { other } else { question }
    }
}

fn named(essence: &str) -> Option<Form> {
    let essence = essence.trim();
    let known = TYPES.iter().find(|(name, _)| essence.eq_ignore_ascii_case(name));
    known.map(|(_, form)| *form)
}

/// How much a form is liked, in thousandths; what names it counts before what covers it.
fn liking(accepted: &[&str], form: Form) -> u32 {
    let ranges = accepted.iter().flat_map(|value| value.split(','));
    let likings = ranges.filter_map(|range| {
        let (essence, parameters) = range.split_once(';').unwrap_or((range, ""));
        let nearness = match essence.trim() {
            "*/*" => 0,
            "application/*" => 1,
            essence => (named(essence)? == form).then_some(2)?,
        };
        Some((nearness, weight(parameters)))
    });
    likings.max().map_or(0, |(_, weight)| weight)
}

/// The weight among the parameters of a media range, in thousandths.
pub(super) fn weight(parameters: &str) -> u32 {
    let weight = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let mut weight = weight.filter(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    let Some((_, text)) = weight.next() else { return 1_000 };
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if whole == "1" {
        return 1_000;
    }
    // There may be three digits; what somebody writes behind them says next to nothing.
    let digits: String = part.chars().take(3).collect();
    format!("{digits:0<3}").parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use axum::http::header::{ACCEPT, CONTENT_TYPE};
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Form, weight};

    #[track_caller]
    fn check(accept: &str, question: Form, expected: Form) {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_str(accept).unwrap())]);
        assert_eq!(Form::wanted(&headers, question), expected, "{accept}");
    }

    #[test]
    fn an_answer_has_the_form_that_is_liked_better_else_that_of_the_question() {
        for question in [Form::Json, Form::Lines] {
            assert_eq!(Form::wanted(&HeaderMap::new(), question), question);
            check("*/*", question, question);
            check("application/*;q=0.5, text/html", question, question);
            check("text/html", question, question);
            check("application/json", question, Form::Json);
            check("Application/X-NDJSON", question, Form::Lines);
            check("application/ndjson;q=0.9, application/json;q=0.2", question, Form::Lines);
            check("application/x-ndjson;q=0, */*", question, Form::Json);
            check("*/*;q=0.1, application/json;q=1.0", question, Form::Json);
        }
    }

    #[test]
    fn a_weight_has_three_digits_and_more_are_let_be() {
        for (parameters, expected) in [
            ("", 1_000),
            ("q=1.000", 1_000),
            ("q=0.9", 900),
            (" level=1; Q = 0.25", 250),
            ("q=0.33333", 333),
            ("q=0.0009", 0),
            ("q=0", 0),
            ("q=nonsense", 0),
        ] {
            assert_eq!(weight(parameters), expected, "{parameters}");
        }
    }

    #[test]
    fn a_body_has_the_form_that_it_names() {
        for (media_type, expected) in [
            ("application/json", Some(Form::Json)),
            ("Application/JSON; charset=utf-8", Some(Form::Json)),
            ("application/x-ndjson", Some(Form::Lines)),
            ("application/ndjson;charset=utf-8", Some(Form::Lines)),
            ("application/jsonl", None),
            ("text/plain", None),
        ] {
            let value = HeaderValue::from_static(media_type);
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, value)]);
            assert_eq!(Form::of_body(&headers), expected, "{media_type}");
        }
        assert_eq!(Form::of_body(&HeaderMap::new()), None);
    }
}
