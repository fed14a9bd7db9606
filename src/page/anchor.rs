//! A link to a resource, here or where its publisher shows it.

use askama::Template;
use index::context::{Brief, Crossing};
use ontology::{Ctid, Target, plain};

use crate::page::address::{is_web, page_of_kind};

/// A link to a resource; only its words where it has no address on the web.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "resource/anchor.html")]
pub(crate) struct Anchor {
    /// Where it leads.
    pub href: Option<String>,
    /// Whether that is somebody else's page.
    pub is_foreign: bool,
    /// The code of the resource.
    pub code: Option<String>,
    /// The name of the resource.
    pub text: String,
    /// The language of the name.
    pub language: Option<String>,
}

impl Anchor {
    /// Words that lead nowhere.
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self { href: None, is_foreign: false, code: None, text: text.into(), language: None }
    }

    /// Words that lead to an address, where that is one of the web.
    pub(crate) fn foreign(text: impl Into<String>, address: &str) -> Self {
        let href = is_web(address).then(|| address.to_owned());
        Self { is_foreign: href.is_some(), href, ..Self::words(text) }
    }

    /// An address by itself.
    pub(crate) fn address(address: &str) -> Self {
        let text = address.split_once("://").map_or(address, |(_, rest)| rest);
        // The rest of the address of a record says nothing.
        let ctid = text.rsplit('/').next().filter(|end| end.parse::<Ctid>().is_ok());
        Self::foreign(ctid.unwrap_or(text.trim_end_matches('/')), address)
    }

    /// A resource that is held here.
    pub(crate) fn of(held: &Brief) -> Self {
        Self {
            href: Some(page_of_kind(&held.key, held.kind)),
            code: held.code.clone(),
            ..Self::words(plain(&held.label))
        }
    }

    /// What a link names that is not held here: by its words, else by its address.
    pub(crate) fn of_target(target: &Target) -> Self {
        let title = target.title.as_deref().map(plain).filter(|title| !title.is_empty());
        let address = target.uri.clone().or_else(|| target.iri()).filter(|iri| is_web(iri));
        let mut anchor = match (title, address) {
            (Some(title), Some(address)) => Self::foreign(title, &address),
            (Some(title), None) => Self::words(title),
            (None, Some(address)) => Self::address(&address),
            (None, None) => {
                let name = target.code.clone().or_else(|| target.uri.clone());
                let key = || target.key.as_ref().map(ToString::to_string);
                return Self::words(name.or_else(key).unwrap_or_default());
            }
        };
        anchor.code.clone_from(&target.code);
        anchor
    }

    /// The end of a way.
    pub(crate) fn of_end(crossing: &Crossing) -> Self {
        match (&crossing.reached, crossing.end()) {
            (Some(held), _) => Self::of(held),
            (None, Some(target)) => Self::of_target(target),
            (None, None) => Self::words(""),
        }
    }

    /// The code and the name in one.
    pub(crate) fn full(&self) -> String {
        match &self.code {
            Some(code) if !self.text.starts_with(code.as_str()) => format!("{code} {}", self.text),
            _ => self.text.clone(),
        }
    }

    /// The code, where the name does not begin with it.
    fn leading_code(&self) -> Option<&str> {
        self.code.as_deref().filter(|code| !self.text.starts_with(code))
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use ontology::Target;

    use super::Anchor;

    #[test]
    fn only_addresses_of_the_web_are_links_and_words_are_escaped() {
        let target = |title: Option<&str>, uri: &str| Target {
            title: title.map(str::to_owned),
            uri: Some(uri.to_owned()),
            ..Target::default()
        };
        for (target, expected) in [
            (
                target(Some("Ties <i>knots</i>"), "https://a.example/k"),
                "<a href=\"https://a.example/k\" rel=\"nofollow noopener\" dir=\"auto\">Ties knots</a>",
            ),
            (target(Some("a < b"), "javascript:alert(1)"), "<span dir=\"auto\">a &#60; b</span>"),
            (
                target(None, "https://a.example/k/"),
                "<a href=\"https://a.example/k/\" rel=\"nofollow noopener\" dir=\"auto\">a.example/k</a>",
            ),
            (
                target(None, "https://a.example/resources/ce-8c001111-524e-4ded-85f2-2fe58c765981"),
                "<a href=\"https://a.example/resources/ce-8c001111-524e-4ded-85f2-2fe58c765981\" rel=\"nofollow noopener\" dir=\"auto\">ce-8c001111-524e-4ded-85f2-2fe58c765981</a>",
            ),
            (target(None, "urn:x:y"), "<span dir=\"auto\">urn:x:y</span>"),
        ] {
            assert_eq!(Anchor::of_target(&target).render().unwrap().trim(), expected);
        }
    }
}
