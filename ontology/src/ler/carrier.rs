//! What a credential was carried in.

use serde::Serialize;

/// The outermost form in which the credentials of a document arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Carrier {
    /// Plain JSON.
    Json,
    /// A compact JWS ([RFC 7515, section 7.1](https://www.rfc-editor.org/rfc/rfc7515#section-7.1)).
    Jws,
    /// A JWS in JSON ([RFC 7515, section 7.2](https://www.rfc-editor.org/rfc/rfc7515#section-7.2)), or `JAdES`, whose payload is plain text.
    JsonJws,
    /// An [SD-JWT](https://www.rfc-editor.org/rfc/rfc9901): a JWS and its disclosures.
    SdJwt,
    /// A baked PNG image.
    Png,
    /// A baked SVG image.
    Svg,
}

impl Carrier {
    /// The word for this carrier, as it is serialised.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jws => "jws",
            Self::JsonJws => "jsonJws",
            Self::SdJwt => "sdJwt",
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// How the carrier reads in a sentence.
    pub fn title(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Jws => "a signed token (JWS)",
            Self::JsonJws => "a JWS in JSON",
            Self::SdJwt => "an SD-JWT",
            Self::Png => "a baked PNG image",
            Self::Svg => "a baked SVG image",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carrier_is_serialised_as_its_word() {
        for carrier in [
            Carrier::Json,
            Carrier::Jws,
            Carrier::JsonJws,
            Carrier::SdJwt,
            Carrier::Png,
            Carrier::Svg,
        ] {
            assert_eq!(serde_json::to_value(carrier).unwrap(), carrier.as_str());
        }
    }
}
