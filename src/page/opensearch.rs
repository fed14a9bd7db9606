//! `/opensearch.xml`: how a browser, or any other program, searches here ([OpenSearch](https://github.com/dewitt/opensearch)).

use askama::Template;

use crate::page::shell::Shell;

/// The description of the search.
#[derive(Template)]
#[template(path = "opensearch.xml")]
pub(crate) struct OpenSearch {
    pub shell: Shell,
    /// The address by which others know the service, without a slash at the end; else addresses are relative.
    pub base: String,
}
