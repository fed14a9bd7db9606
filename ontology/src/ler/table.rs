//! How the members of an object are read, written down as tables.
//!
//! A table names the members that are read; a member that stands in no table is never looked at. That is how evidence,
//! endorsements, proofs, recipients and results stay out: by not being named.

use crate::ler::mention::Site;

/// The members of one kind of object that are read, and how.
#[derive(Debug)]
pub(super) struct Table(pub &'static [(&'static str, Part)]);

impl Table {
    /// The row of a member: its name, as the program knows it, and how it is read.
    pub(super) fn row(&self, name: &str) -> Option<(&'static str, &'static Part)> {
        self.0.iter().find(|(known, _)| *known == name).map(|(known, part)| (*known, part))
    }
}

/// A table of what has no members that are read.
pub(super) static NOTHING: Table = Table(&[]);

/// How one member is read.
#[derive(Debug)]
pub(super) enum Part {
    /// The identifier of the object that has it.
    Identifier(Site),
    /// The CTID of the object that has it, where the identifier of that does not hold it.
    Ctid(Site),
    /// Alignment objects; a string stands for the address of one.
    Alignments(Site),
    /// The `IdentifierEntry` objects of a definition.
    OtherIdentifiers,
    /// Other editions of the definition.
    Related,
    /// The criteria, of which only the address is read.
    Criteria,
    /// Words that stand alone.
    Words(Site),
    /// An organization, of which only the identifier is read.
    Organization(Site),
    /// Definitions that are linked, by an identifier or as objects that have members of their own.
    Things(Site, &'static Table),
    /// Objects of which only the members are read. A string stands for what it names at the site, where there is one.
    Objects(&'static Table, Option<Site>),
    /// `IdentifierType` objects of HR Open, which identify the object that has them.
    SchemedIds(Site),
    /// `RefSchemeType` objects of HR Open: an address, and the scheme it belongs to.
    SchemedReference(Site),
    /// A code of the scheme that is named here.
    CodeOf(Site, &'static str),
    /// An object of no known kind, searched for what looks like a definition wherever it is.
    Search,
}
