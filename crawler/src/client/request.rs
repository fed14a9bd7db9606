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
    /// Whether the body has to be one JSON text.
    pub is_json: bool,
    /// Whether a person asks, and not a crawler: robots.txt is none of its business, and the answer must not be compressed, because
    /// its length would tell what is in it.
    pub is_private: bool,
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
            is_json: true,
            is_private: false,
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

    /// Takes whatever the body is, such as an archive.
    #[must_use]
    pub fn of_any_kind(self) -> Self {
        Self { is_json: false, ..self }
    }

    /// Asks as a person does who gives nothing away.
    #[must_use]
    pub fn in_private(self) -> Self {
        Self { is_private: true, ..self.anonymous() }
    }

    /// Takes so many bytes at most.
    #[must_use]
    pub fn at_most(self, max_bytes: u64) -> Self {
        Self { max_bytes, ..self }
    }
}
