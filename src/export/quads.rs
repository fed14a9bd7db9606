//! Every quad of the records: what was asserted and what was derived, each in its graph.

use std::io::Write;

use index::dump::{DumpError, Graphs};

use crate::export::Wanted;

/// Writes the quads, record by record.
pub(super) fn write(
    graphs: &Graphs,
    wanted: &Wanted<'_>,
    out: &mut dyn Write,
) -> Result<u64, DumpError> {
    let mut n = 0;
    for record in &wanted.selection.records {
        n += graphs.each_quad(record, |quad| writeln!(out, "{quad} ."))?;
    }
    Ok(n)
}
