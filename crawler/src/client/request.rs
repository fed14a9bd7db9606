//! What is asked of a server.

use url::Url;

use crate::validators::Validators;

/// The most bytes of an answer that is read for what it says, such as a page of a list: 64 MiB.
const LIST_BYTES: u64 = 64 << 20;

/// One request. Where it leads to another place, that is followed as far as it is allowed.
#[derive(Debug, Clone)]
pub struct Request {
    /// The address.
    pub url: Url,
    /// The JSON of a POST; a request without is a GET.
    pub json: Option<Vec<u8>>,
    /// What an earlier answer was recognised by: the server may say that nothing has changed.
    pub validators: Validators,
    /// The most bytes that the body may have after decompression.
    pub max_bytes: u64,
    /// Whether the credentials of the source go along, to its own host.
    pub with_credentials: bool,
    /// Whether a body is good only where it is one JSON text.
    pub expects_json: bool,
}

impl Request {
    /// Asks for what is at an address.
    pub fn get(url: Url) -> Self {
        let validators = Validators::default();
        Self {
            url,
            json: None,
            validators,
            max_bytes: LIST_BYTES,
            with_credentials: true,
            expects_json: true,
        }
    }

    /// Posts JSON to an address that answers a question with it and changes nothing.
    pub fn post(url: Url, json: Vec<u8>) -> Self {
        Self { json: Some(json), ..Self::get(url) }
    }

    /// Takes no for an answer where nothing has changed.
    #[must_use]
    pub fn validated_by(self, validators: Validators) -> Self {
        Self { validators, ..self }
    }

    /// Leaves the credentials at home.
    #[must_use]
    pub fn anonymous(self) -> Self {
        Self { with_credentials: false, ..self }
    }

    /// Takes whatever comes, JSON or not.
    #[must_use]
    pub fn raw(self) -> Self {
        Self { expects_json: false, ..self }
    }

    /// Takes so many bytes at most.
    #[must_use]
    pub fn at_most(self, max_bytes: u64) -> Self {
        Self { max_bytes, ..self }
    }
}
