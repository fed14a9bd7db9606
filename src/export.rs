//! What the program knows, written down to be taken away: as quads, as documents, as rows.
//!
//! Nothing is decided here about what may be given away ([`index::dump`] does that), and nothing is held in memory but one piece of what is
//! written. The same generation gives the same bytes.

mod counted;
mod documents;
mod form;
mod line;
mod packed;
mod quads;
mod rows;
mod text;

use std::io::{BufWriter, Write};
use std::path::Path;

use index::Reader;
use index::dump::{Documents, DumpError, Graphs, Selection};

pub(crate) use crate::export::counted::Counted;
pub(crate) use crate::export::form::Form;
pub(crate) use crate::export::line::{End, Header, Line, MARK, VERSION};
pub(crate) use crate::export::packed::Packed;

/// How much is written at once.
const PIECE: usize = 64 << 10;

/// What is to be written.
pub(crate) struct Wanted<'a> {
    /// The generation.
    pub reader: &'a Reader,
    /// The data directory, where documents lie.
    pub data: &'a Path,
    /// The records.
    pub selection: &'a Selection,
    /// Whether rows of what is withdrawn are written too.
    pub withdrawn: bool,
}

/// Something that is about to be written: whatever it is made of is there.
pub(crate) enum Export<'a> {
    /// N-Quads.
    Quads(Graphs, Wanted<'a>),
    /// NDJSON.
    Documents(Documents, Wanted<'a>),
    /// CSV.
    Rows(Wanted<'a>),
}

impl<'a> Export<'a> {
    /// Opens whatever it is made of; `None` where documents are wanted and only generations are here.
    pub(crate) fn begin(form: Form, wanted: Wanted<'a>) -> Result<Option<Self>, DumpError> {
        Ok(match form {
            Form::Quads => Some(Self::Quads(Graphs::open(wanted.reader)?, wanted)),
            Form::Rows => Some(Self::Rows(wanted)),
            Form::Documents => {
                let records = &wanted.selection.records;
                let found = Documents::find(wanted.data, wanted.reader.manifest(), records)?;
                found.map(|documents| Self::Documents(documents, wanted))
            }
        })
    }

    /// Writes it; gives how many quads, documents or resources there are.
    pub(crate) fn write(&self, out: &mut dyn Write) -> Result<u64, DumpError> {
        let mut out = BufWriter::with_capacity(PIECE, out);
        let n = match self {
            Self::Quads(graphs, wanted) => quads::write(graphs, wanted, &mut out),
            Self::Documents(documents, wanted) => documents::write(documents, wanted, &mut out),
            Self::Rows(wanted) => rows::write(wanted, &mut out),
        }?;
        out.flush()?;
        Ok(n)
    }
}
