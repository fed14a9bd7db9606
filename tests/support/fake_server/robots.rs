//! What a site says to robots ([RFC 9309](https://www.rfc-editor.org/rfc/rfc9309)).

use crate::support::fake_server::site::{Asked, Said};

/// What is at `/robots.txt`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Robots {
    /// 404 in plain text.
    NotFound,
    /// A redirect to a path with a slash, and there an HTML page with 404.
    NotFoundElsewhere,
    /// A file.
    Text(&'static str),
    /// 500.
    Broken,
}

impl Robots {
    /// The answer, where robots.txt is what is asked for.
    pub(crate) fn answer(&self, asked: &Asked) -> Option<Said> {
        let path = asked.path.as_str();
        if !path.starts_with("/robots.txt") {
            return None;
        }
        Some(match self {
            Self::NotFoundElsewhere if path == "/robots.txt" => {
                Said::redirect(307, format!("{}/robots.txt/", asked.base()))
            }
            Self::NotFoundElsewhere => Said::html(404, "404 - a page for people"),
            Self::Text(text) => Said::of(200, "text/plain", *text),
            Self::Broken => Said::of(500, "text/plain", "Internal Server Error"),
            Self::NotFound => Said::of(404, "text/plain", "Not Found"),
        })
    }
}
