//! A token that is the whole text.

/// How far the text reads like a [compact JWS](https://www.rfc-editor.org/rfc/rfc7515#section-7.1).
///
/// Two full stops after `eyJ` (`{"` in base64url) are enough, so that an SD-JWT and an encrypted JWE count too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Jws {
    #[default]
    Start,
    E,
    Ey,
    Header,
    Payload,
    Signature,
    Other,
}

impl Jws {
    pub(super) fn next(self, byte: u8) -> Self {
        let is_base64url = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        match (self, byte) {
            // A long token may be wrapped.
            (Self::Header | Self::Payload, _) if byte.is_ascii_whitespace() || is_base64url => self,
            (Self::Header, b'.') => Self::Payload,
            (Self::Payload, b'.') => Self::Signature,
            (_, _) if is_blank(byte) => Self::Start,
            (Self::Start, b'e') => Self::E,
            (Self::E, b'y') => Self::Ey,
            (Self::Ey, b'J') => Self::Header,
            _ => Self::Other,
        }
    }
}

/// Whether a byte says nothing outside a string: white space, or a part of a byte order mark.
pub(super) fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF | 0xFE | 0xFF)
}
