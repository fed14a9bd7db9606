//! `/picker`: the search box for the badge forms of others, shown in a plain form.

use askama::Template;

use crate::page::shell::Shell;

/// The page; its scripts do the rest.
#[derive(Template)]
#[template(path = "picker.html")]
pub(crate) struct PickerPage {
    pub shell: Shell,
}
