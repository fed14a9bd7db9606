//! Licences by the names that people know them by.

use index::card::{Card, LicenseCard};

use crate::page::address::is_web;
use crate::page::marked::cut;

/// The most characters of a licence that are shown in a line.
const MAX_NAME: usize = 60;

/// Under what a resource may be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Licence {
    /// What it is called.
    pub words: String,
    /// Where it stands on the web.
    pub href: Option<String>,
    /// Whether it is that of the source, where the resource has none of its own.
    pub is_of_source: bool,
}

impl Licence {
    /// The licence of a resource, else that of its source.
    pub(crate) fn of(card: &Card) -> Option<Self> {
        let href = |address: Option<&String>| address.filter(|address| is_web(address)).cloned();
        let own = card.license.as_ref().and_then(|own| {
            let (words, href) = (licence_name(own)?, href(own.uri.as_ref()));
            Some(Self { words, href, is_of_source: false })
        });
        own.or_else(|| {
            let given = card.origin.terms.as_ref()?.licence.as_ref()?;
            Some(Self { words: name_of(given), href: href(Some(given)), is_of_source: true })
        })
    }
}

/// What a licence is called: its title, else the name that its address is known by, else how its text begins.
pub(crate) fn licence_name(license: &LicenseCard) -> Option<String> {
    let address = license.uri.as_deref();
    let name = license
        .title
        .clone()
        .or_else(|| address.map(name_of))
        .or_else(|| license.text.clone())
        .filter(|name| !name.trim().is_empty())?;
    Some(cut(&ontology::plain(&name), MAX_NAME))
}

/// What a licence is called that is given as an address or in words. The licences of
/// [Creative Commons](https://creativecommons.org/share-your-work/cclicenses/) say it in their addresses; of another address its host is told.
pub(crate) fn name_of(licence: &str) -> String {
    let Some((_, address)) = licence.split_once("://") else { return licence.to_owned() };
    let mut steps = address.trim_end_matches('/').split('/');
    let host = steps.next().unwrap_or_default();
    if host.trim_start_matches("www.") != "creativecommons.org" {
        return host.to_owned();
    }
    let steps: Vec<&str> = steps.take(3).collect();
    match steps.as_slice() {
        ["licenses", name, version, ..] => format!("CC {} {version}", name.to_uppercase()),
        ["publicdomain", "zero", version, ..] => format!("CC0 {version}"),
        ["publicdomain", "mark", version, ..] => format!("Public Domain Mark {version}"),
        _ => host.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use index::card::LicenseCard;

    use super::{licence_name, name_of};

    #[test]
    fn creative_commons_is_known_by_its_addresses() {
        for (address, name) in [
            ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
            (
                "http://www.creativecommons.org/licenses/by-nc-sa/3.0/us/legalcode",
                "CC BY-NC-SA 3.0",
            ),
            ("https://creativecommons.org/publicdomain/zero/1.0", "CC0 1.0"),
            ("https://creativecommons.org/publicdomain/mark/1.0/", "Public Domain Mark 1.0"),
            ("https://creativecommons.org/", "creativecommons.org"),
            ("https://example.org/terms?a=b", "example.org"),
            ("All rights reserved", "All rights reserved"),
        ] {
            assert_eq!(name_of(address), name);
        }
    }

    #[test]
    fn a_title_comes_before_an_address_and_that_before_a_text() {
        let licence = |title: &str, uri: &str, text: &str| {
            let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            licence_name(&LicenseCard { title: given(title), uri: given(uri), text: given(text) })
        };
        let address = "https://creativecommons.org/licenses/by/4.0/";
        assert_eq!(licence("Free", address, "Do").as_deref(), Some("Free"));
        assert_eq!(licence("", address, "Do").as_deref(), Some("CC BY 4.0"));
        assert_eq!(licence("", "", "<p>Do</p>").as_deref(), Some("Do"));
        assert_eq!(licence("", "", ""), None);
    }
}
