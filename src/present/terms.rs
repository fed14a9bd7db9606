//! The terms under which what a source says may be used.

use std::io::{self, Write};

use index::card::Origin;

use crate::present::block::{optional_line, styled_line};
use crate::present::style::WARNING;

/// Writes the terms of the source that something came from, where any were said.
pub(crate) fn write_terms(out: &mut dyn Write, origin: &Origin) -> io::Result<()> {
    let Some(terms) = &origin.terms else { return Ok(()) };
    optional_line(out, "used under", terms.licence.as_deref())?;
    optional_line(out, "terms", terms.terms.as_deref())?;
    if !terms.redistribute {
        styled_line(out, "", "not to be handed on in bulk", WARNING)?;
    }
    Ok(())
}
