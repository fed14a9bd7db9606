//! An answer in a standard format, passed on as it is.

use std::io::{self, Write};

use index::sparql::Form;

use crate::sparql::Sink;

/// Passes an answer on to the standard output.
#[derive(Debug)]
pub(crate) struct Verbatim;

impl Sink for Verbatim {
    fn begin(&mut self, _form: Form) -> io::Result<()> {
        Ok(())
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        out.flush()
    }
}
