//! The forms of a document, with their media types and the endings of their addresses.

use index::rdf;

use crate::server::negotiation::Offer;

/// The form of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// For programs.
    Rdf(rdf::Form),
    /// For people.
    Page,
}

impl Form {
    /// Every form; the first is for those who do not say what they like.
    pub(super) const OFFERS: [Offer<Self>; 5] = [
        (Self::Rdf(rdf::Form::JsonLd), &["application/ld+json", "application/json"]),
        (Self::Rdf(rdf::Form::Turtle), &["text/turtle; charset=utf-8"]),
        // The second name is older than the form was registered, and some libraries know no other.
        (Self::Rdf(rdf::Form::NTriples), &["application/n-triples", "text/plain; charset=utf-8"]),
        (Self::Rdf(rdf::Form::NQuads), &["application/n-quads"]),
        (Self::Page, &["text/html; charset=utf-8"]),
    ];

    /// The ending of the address of this form.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Rdf(rdf::Form::JsonLd) => ".jsonld",
            Self::Rdf(rdf::Form::Turtle) => ".ttl",
            Self::Rdf(rdf::Form::NTriples) => ".nt",
            Self::Rdf(rdf::Form::NQuads) => ".nq",
            Self::Page => ".html",
        }
    }

    /// The form as people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Rdf(rdf::Form::JsonLd) => "JSON-LD",
            Self::Rdf(rdf::Form::Turtle) => "Turtle",
            Self::Rdf(rdf::Form::NTriples) => "N-Triples",
            Self::Rdf(rdf::Form::NQuads) => "N-Quads",
            Self::Page => "HTML",
        }
    }

    /// Reads the ending of a name.
    pub(super) fn ending(name: &str) -> Option<(&str, Self, &'static str)> {
        Self::OFFERS.into_iter().find_map(|(form, media_types)| {
            let bare = name.strip_suffix(form.suffix()).filter(|bare| !bare.is_empty())?;
            Some((bare, form, *media_types.first()?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    #[test]
    fn an_ending_names_a_form_and_leaves_a_name() {
        let read = |name| Form::ending(name).map(|(bare, form, _)| (bare, form.suffix()));
        assert_eq!(read("ce-1.ttl"), Some(("ce-1", ".ttl")));
        assert_eq!(read("https://a.example/b.html.nt"), Some(("https://a.example/b.html", ".nt")));
        assert_eq!(read("ce-1"), None);
        assert_eq!(read(".ttl"), None);
        for (form, _) in Form::OFFERS {
            let name = format!("x{}", form.suffix());
            assert_eq!(Form::ending(&name).map(|(bare, form, _)| (bare, form)), Some(("x", form)));
        }
    }
}
