//! `/about`: what this is, and what it does not do.

use askama::Template;

use crate::page::shell::Shell;

/// What this is, and what it does not do.
#[derive(Template)]
#[template(path = "about.html")]
pub(crate) struct AboutPage {
    pub shell: Shell,
    /// The version of the program.
    pub version: &'static str,
    /// Where whoever runs the service can be reached, where that is said.
    pub contact: Option<Contact>,
}

/// Where somebody can be reached.
pub(crate) struct Contact {
    pub address: String,
    /// The same as people read it.
    pub text: String,
}

impl Contact {
    /// The contact at an address, which is of mail or of the web.
    pub(crate) fn at(address: &str) -> Self {
        let text = address.strip_prefix("mailto:").unwrap_or(address).to_owned();
        Self { address: address.to_owned(), text }
    }
}
