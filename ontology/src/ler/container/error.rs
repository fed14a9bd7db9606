//! Why a document could not be opened.

use std::fmt;

use crate::ler::format::UnreadFormat;

/// Why a document could not be read as a badge.
///
/// No message quotes the document: an error is written to logs and shown to strangers, and the document is about a
/// learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContainerError {
    /// The document is no JSON, and no other form a badge can have.
    #[error("not JSON from line {line}, column {column} on")]
    NotJson {
        /// The line, counted from 1, where reading stopped.
        line: usize,
        /// The column where reading stopped; 0 is the line break before it.
        column: usize,
    },
    /// The document is readable, but is no badge.
    #[error("{found} is neither a badge nor a credential")]
    UnknownContainer {
        /// What the document is, in general words.
        found: &'static str,
    },
    /// The document has a known format that is not read.
    #[error("{format} is recognised, but not read")]
    Unsupported {
        /// The format that was recognised.
        format: UnreadFormat,
    },
    /// The document is compressed as a whole, as an `.svgz` picture is.
    #[error("a gzip-compressed file, such as an `.svgz` picture, is not read; unpack it first")]
    Compressed,
    /// The document passes one of the limits.
    #[error("{limit}")]
    TooLarge {
        /// The limit it passes.
        limit: Limit,
    },
    /// The document is, or has in it, only the address of a badge.
    #[error("only the address of a hosted badge is in the document, and no address is fetched")]
    HostedUrl,
    /// A picture without a credential.
    #[error(
        "the {picture} picture carries no credential; many programs strip it when they save or send a picture"
    )]
    Unbaked {
        /// Which kind of picture it is.
        picture: &'static str,
    },
    /// A PNG picture that cannot be walked through, or whose credential is damaged.
    #[error("a broken PNG picture: {reason}")]
    BrokenImage {
        /// What is wrong, in general words.
        reason: &'static str,
    },
    /// A signed token whose content cannot be taken out.
    #[error("a broken token: {reason}")]
    BrokenToken {
        /// What is wrong, in general words.
        reason: &'static str,
    },
    /// An encrypted token (JWE): only its recipient can read it.
    #[error("an encrypted token (JWE) can be read only by who has its key")]
    Encrypted,
    /// A presentation as the text of a QR code, `VP1-…`.
    #[error("a VPQR text is recognised, but not read")]
    Vpqr,
    /// Markup that is not well-formed, or that uses what is not processed here.
    #[error("an SVG picture that cannot be read: {reason}")]
    Markup {
        /// What is wrong, in general words.
        reason: &'static str,
    },
}

impl ContainerError {
    /// The stable word for this error, the same in every language that reads badges for Alidade.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "notJson",
            Self::UnknownContainer { .. } => "unknownContainer",
            Self::Unsupported { .. } => "unsupported",
            Self::Compressed => "compressed",
            Self::TooLarge { .. } => "tooLarge",
            Self::HostedUrl => "hostedUrl",
            Self::Unbaked { .. } => "unbaked",
            Self::BrokenImage { .. } => "brokenImage",
            Self::BrokenToken { .. } => "brokenToken",
            Self::Encrypted => "encrypted",
            Self::Vpqr => "vpqr",
            Self::Markup { .. } => "markup",
        }
    }
}

/// How large a document, and what is in it, may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The whole document, if it is text: 2 MB.
    Document,
    /// The whole document, if it is a picture: 16 MB.
    Picture,
    /// The credential in a picture, unpacked: 2 MB.
    Baked,
    /// Nesting of lists and objects, counted through everything that was opened: 32. Elements of a picture: 100.
    Nesting,
    /// Values in the document, in everything that was opened: 100,000.
    Values,
    /// Credentials signed inside each other: 8.
    Layers,
    /// Alignments in one document: 500.
    Alignments,
    /// Mentions of all kinds in one document: 5000.
    Mentions,
    /// A string that would be taken out of the document: 4 kB.
    Text,
    /// Values about the learner in one credential, each of which must be kept out of what is taken: 1000. In one document, of
    /// those that give the learner away wherever they stand: 1000.
    LearnerValues,
}

impl Limit {
    /// The stable word for this limit.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Picture => "picture",
            Self::Baked => "baked",
            Self::Nesting => "nesting",
            Self::Values => "values",
            Self::Layers => "layers",
            Self::Alignments => "alignments",
            Self::Mentions => "mentions",
            Self::Text => "text",
            Self::LearnerValues => "learnerValues",
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Document => "the document is longer than 2 MB (2097152 bytes)",
            Self::Picture => "the picture is larger than 16 MB (16777216 bytes)",
            Self::Baked => "the credential in the picture is longer than 2 MB (2097152 bytes)",
            Self::Nesting => {
                "the document is nested deeper than 32 levels, or 100 elements of a picture"
            }
            Self::Values => "the document has more than 100000 values",
            Self::Layers => "more than 8 credentials are signed inside each other",
            Self::Alignments => "the document has more than 500 alignments",
            Self::Mentions => "the document names definitions in more than 5000 places",
            Self::Text => {
                "an identifier or a text in the document is longer than 4 kB (4096 bytes)"
            }
            Self::LearnerValues => "the document has more than 1000 values about its learner",
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_message_is_a_fragment() {
        let message = |error: ContainerError| error.to_string();
        assert_eq!(
            message(ContainerError::NotJson { line: 2, column: 4 }),
            "not JSON from line 2, column 4 on"
        );
        assert_eq!(
            message(ContainerError::UnknownContainer { found: "an empty list" }),
            "an empty list is neither a badge nor a credential",
        );
        assert_eq!(
            message(ContainerError::Unsupported { format: UnreadFormat::CompactJws }),
            "a compact JWS is recognised, but not read",
        );
        assert_eq!(
            message(ContainerError::TooLarge { limit: Limit::Alignments }),
            "the document has more than 500 alignments",
        );
        assert_eq!(
            message(ContainerError::BrokenToken { reason: "its payload is no base64url" }),
            "a broken token: its payload is no base64url",
        );
    }

    #[test]
    fn every_error_and_every_limit_has_its_own_word() {
        let reason = "";
        let errors = [
            ContainerError::NotJson { line: 1, column: 1 },
            ContainerError::UnknownContainer { found: "" },
            ContainerError::Unsupported { format: UnreadFormat::Address },
            ContainerError::Compressed,
            ContainerError::TooLarge { limit: Limit::Document },
            ContainerError::HostedUrl,
            ContainerError::Unbaked { picture: "PNG" },
            ContainerError::BrokenImage { reason },
            ContainerError::BrokenToken { reason },
            ContainerError::Encrypted,
            ContainerError::Vpqr,
            ContainerError::Markup { reason },
        ];
        let codes: BTreeSet<_> = errors.iter().map(ContainerError::code).collect();
        assert_eq!(codes.len(), errors.len());
        let limits = [
            Limit::Document,
            Limit::Picture,
            Limit::Baked,
            Limit::Nesting,
            Limit::Values,
            Limit::Layers,
            Limit::Alignments,
            Limit::Mentions,
            Limit::Text,
            Limit::LearnerValues,
        ];
        let words: BTreeSet<_> = limits.iter().map(|limit| limit.as_str()).collect();
        assert_eq!(words.len(), limits.len());
    }
}
