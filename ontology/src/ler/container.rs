//! The bytes of a document, and the one JSON tree in them.
//!
//! Credentials are signed, baked into pictures and enveloped in each other. Here every such layer is taken off, so that
//! whoever reads on sees plain JSON, and a JSON pointer goes through from the outermost document to the innermost
//! credential. Each file is one layer:
//!
//! | File          | Layer                                                                                 |
//! |---------------|---------------------------------------------------------------------------------------|
//! | `open`        | which of them a document is                                                           |
//! | `png`, `svg`  | baked pictures                                                                        |
//! | `compact_jws` | [RFC 7515, section 7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)           |
//! | `json_jws`    | [RFC 7515, section 7.2](https://www.rfc-editor.org/rfc/rfc7515#section-7.2), `JAdES`  |
//! | `sd_jwt`      | [RFC 9901](https://www.rfc-editor.org/rfc/rfc9901)                                    |
//! | `data_url`    | [enveloped credentials](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials) |
//! | `unfold`      | the credentials inside others                                                         |
//!
//! No signature is checked, no address fetched and no picture drawn. No error quotes the document.

mod base64url;
mod compact_jws;
mod data_url;
mod error;
mod json;
mod json_jws;
#[cfg(test)]
mod mint;
mod open;
mod png;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples;
mod sd_jwt;
mod svg;
mod token;
mod unfold;

pub use crate::ler::container::error::{ContainerError, Limit};
pub(super) use crate::ler::container::open::{Opened, open};
pub(super) use crate::ler::container::token::text_format;
