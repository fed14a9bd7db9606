//! The formats a badge can have: those that are read, and those that are only recognised.

use std::fmt;

use serde::Serialize;

/// The standard a badge was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Format {
    /// [Open Badges 3.0](https://www.imsglobal.org/spec/ob/v3p0/): a verifiable credential, or a part of one.
    OpenBadge3,
    /// [Open Badges 2.0 and 2.1](https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html).
    OpenBadge2,
    /// Open Badges 1.1, 1.0 and 0.5.
    OpenBadge1,
    /// A verifiable credential of another type, such as one with terms of CTDL or schema.org.
    VerifiableCredential,
    /// [Comprehensive Learner Record 2.0](https://www.imsglobal.org/spec/clr/v2p0).
    Clr2,
    /// Comprehensive Learner Record 1.0.
    Clr1,
    /// HR Open LER-RS, or what its common library describes.
    LerRs,
    /// A T3 learner record wrapper, as far as it speaks for itself.
    LearnerRecordWrapper,
    /// A European Digital Credential of the [European Learning Model](https://europa.eu/europass/elm-browser/) 3.
    Elm,
}

impl Format {
    /// The name of the format as its standard writes it.
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenBadge3 => "Open Badges 3.0",
            Self::OpenBadge2 => "Open Badges 2.0",
            Self::OpenBadge1 => "Open Badges 1.1",
            Self::VerifiableCredential => "Verifiable Credential",
            Self::Clr2 => "CLR 2.0",
            Self::Clr1 => "CLR 1.0",
            Self::LerRs => "LER-RS",
            Self::LearnerRecordWrapper => "LER wrapper",
            Self::Elm => "European Learning Model 3",
        }
    }

    /// The word for this format, as it is serialised.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenBadge3 => "openBadge3",
            Self::OpenBadge2 => "openBadge2",
            Self::OpenBadge1 => "openBadge1",
            Self::VerifiableCredential => "verifiableCredential",
            Self::Clr2 => "clr2",
            Self::Clr1 => "clr1",
            Self::LerRs => "lerRs",
            Self::LearnerRecordWrapper => "learnerRecordWrapper",
            Self::Elm => "elm",
        }
    }
}

/// A format that is recognised but not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum UnreadFormat {
    /// A compact JWS: three base64url segments ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515#section-3.1)).
    CompactJws,
    /// A JWS as JSON, with `payload` and `signatures` ([RFC 7515](https://www.rfc-editor.org/rfc/rfc7515#section-3.2)).
    JsonJws,
    /// An encrypted JWE: five base64url segments.
    Jwe,
    /// An SD-JWT: a JWS and its disclosures, separated by `~`.
    SdJwt,
    /// An `EnvelopedVerifiableCredential` or an `EnvelopedVerifiablePresentation`, whose content is a `data:` URL.
    Enveloped,
    /// A PNG image, baked or not.
    Png,
    /// An SVG image, baked or not.
    Svg,
    /// A presentation as the text of a QR code, `VP1-…`.
    Vpqr,
    /// Only the address of a badge; nothing is fetched.
    Address,
    /// A file that a learner record wraps, such as a PDF in base64.
    Attachment,
}

impl UnreadFormat {
    /// The word for this format, as it is serialised.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CompactJws => "compactJws",
            Self::JsonJws => "jsonJws",
            Self::Jwe => "jwe",
            Self::SdJwt => "sdJwt",
            Self::Enveloped => "enveloped",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Vpqr => "vpqr",
            Self::Address => "address",
            Self::Attachment => "attachment",
        }
    }
}

impl fmt::Display for UnreadFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::CompactJws => "a compact JWS",
            Self::JsonJws => "a JWS in JSON",
            Self::Jwe => "an encrypted JWE",
            Self::SdJwt => "an SD-JWT",
            Self::Enveloped => "an enveloped credential",
            Self::Png => "a PNG image",
            Self::Svg => "an SVG image",
            Self::Vpqr => "a VPQR text",
            Self::Address => "the address of a badge",
            Self::Attachment => "a file that is no credential",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_serialised_as_its_word() {
        for format in [
            Format::OpenBadge3,
            Format::OpenBadge2,
            Format::OpenBadge1,
            Format::VerifiableCredential,
            Format::Clr2,
            Format::Clr1,
            Format::LerRs,
            Format::LearnerRecordWrapper,
            Format::Elm,
        ] {
            assert_eq!(serde_json::to_value(format).unwrap(), format.as_str());
        }
        for format in [
            UnreadFormat::CompactJws,
            UnreadFormat::JsonJws,
            UnreadFormat::Jwe,
            UnreadFormat::SdJwt,
            UnreadFormat::Enveloped,
            UnreadFormat::Png,
            UnreadFormat::Svg,
            UnreadFormat::Vpqr,
            UnreadFormat::Address,
            UnreadFormat::Attachment,
        ] {
            assert_eq!(serde_json::to_value(format).unwrap(), format.as_str());
        }
    }
}
