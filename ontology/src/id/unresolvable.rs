//! Why a string cannot be resolved from what it says alone.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The reason why no look-up can resolve a string; its `Display` is one sentence for people.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Unresolvable {
    /// An OpenSALT page such as `/cftree/item/123`, whose number is a row of that server's database.
    #[serde(rename = "opensalt-database-id")]
    OpenSaltDatabaseId,
    /// A Credential Finder page such as `/credential/123/Name`, whose number is a row of the Finder's database.
    FinderNumericId,
    /// A blank node label that means something only inside its document.
    LocalBlankNode,
    /// A text that holds several identifiers of different things.
    SeveralIdentifiers,
    /// A `data:` reference whose content cannot be decoded.
    UndecodableReference,
    /// A text of more than [`MAX_CHARS`](crate::id::identify::MAX_CHARS) characters.
    TooLong,
    /// A [relative reference](https://www.rfc-editor.org/rfc/rfc3986#section-4.2), whose base is not known here.
    RelativeReference,
    /// An address of a mailbox, a telephone, a file or a program, which no definition has.
    UnsupportedScheme,
}

impl Unresolvable {
    /// The word that answers and vectors use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OpenSaltDatabaseId => "opensalt-database-id",
            Self::FinderNumericId => "finder-numeric-id",
            Self::LocalBlankNode => "local-blank-node",
            Self::SeveralIdentifiers => "several-identifiers",
            Self::UndecodableReference => "undecodable-reference",
            Self::TooLong => "too-long",
            Self::RelativeReference => "relative-reference",
            Self::UnsupportedScheme => "unsupported-scheme",
        }
    }
}

impl fmt::Display for Unresolvable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::OpenSaltDatabaseId => {
                "The address names a row of an OpenSALT database and not a CASE identifier, so only that server knows what it is."
            }
            Self::FinderNumericId => {
                "The address names a row of the Credential Finder's database and not a CTID, so only the Finder knows what it is."
            }
            Self::LocalBlankNode => {
                "The text is a blank node label, which means something only inside the document it comes from."
            }
            Self::SeveralIdentifiers => "The text holds identifiers of several things.",
            Self::UndecodableReference => "The content of the data reference cannot be decoded.",
            Self::TooLong => "The text is too long for an identifier.",
            Self::RelativeReference => {
                "The address is relative, and what it is relative to is not known here."
            }
            Self::UnsupportedScheme => {
                "The address is that of a mailbox, a telephone, a file or a program, and of no definition."
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_one_sentence_and_one_word() {
        for reason in [
            Unresolvable::OpenSaltDatabaseId,
            Unresolvable::FinderNumericId,
            Unresolvable::LocalBlankNode,
            Unresolvable::SeveralIdentifiers,
            Unresolvable::UndecodableReference,
            Unresolvable::TooLong,
            Unresolvable::RelativeReference,
            Unresolvable::UnsupportedScheme,
        ] {
            assert!(reason.to_string().ends_with('.'));
            assert_eq!(serde_json::to_value(reason).unwrap(), reason.as_str());
        }
    }
}
