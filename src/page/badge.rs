//! `/badge`: what a badge means, read in the browser.

use askama::Template;

use crate::page::shell::Shell;

/// The page; its scripts do the rest.
#[derive(Template)]
#[template(path = "badge.html")]
pub(crate) struct BadgePage {
    pub shell: Shell,
}
