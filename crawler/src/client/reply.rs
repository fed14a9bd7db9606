//! What a server answers.

use url::Url;

use crate::validators::Validators;

/// The beginning of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The HTTP status.
    pub status: u16,
    /// The address that answered, after redirects.
    pub url: Url,
    /// The header fields, names in lower case, in the order they came in; bytes that are no text are left out.
    pub headers: Vec<(String, String)>,
}

impl Head {
    /// The first header field of this name, in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut fields = self.headers.iter();
        fields.find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// All header fields of this name, in lower case.
    pub fn all<'h>(&'h self, name: &str) -> impl Iterator<Item = &'h str> {
        self.headers.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// What the answer may be recognised by.
    pub fn validators(&self) -> Validators {
        let field = |name| self.header(name).map(str::to_owned);
        Validators { etag: field("etag"), last_modified: field("last-modified") }
    }
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// 2xx: the body was handed over, whole or as far as it was wanted, and it is one JSON text where that was asked for.
    Whole(Head),
    /// 304: nothing has changed since the validators that were sent.
    NotModified(Head),
    /// Any other status that trying again does not change, with the first words of the body.
    Refusal(Head, String),
}

impl Reply {
    /// The beginning of the answer.
    pub fn head(&self) -> &Head {
        match self {
            Self::Whole(head) | Self::NotModified(head) | Self::Refusal(head, _) => head,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.head().status
    }
}
