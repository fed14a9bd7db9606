//! The quads of records, as the graph of a generation has them.

use std::io;

use ontology::Provenance;
use oxigraph::store::Store;
use oxrdf::{GraphNameRef, NamedNode, Quad};

use crate::dump::error::DumpError;
use crate::error::IndexError;
use crate::graph;
use crate::reader::Reader;
use crate::sources::RecordName;

/// The graph of a generation, open for reading.
pub struct Graphs(Store);

impl std::fmt::Debug for Graphs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("Graphs").finish_non_exhaustive()
    }
}

impl Graphs {
    /// Opens the graph of a generation. The reader has to be held as long, so that the writer leaves it in place.
    pub fn open(reader: &Reader) -> Result<Self, IndexError> {
        graph::open_generation(&reader.folder().join("graph")).map(Self)
    }

    /// Hands over every quad of a record, what was asserted before what was derived; gives their number.
    ///
    /// The order is that of the store's own keys, which are hashes of what they stand for: the same record has the same order
    /// wherever it is held.
    pub fn each_quad(
        &self,
        record: &RecordName,
        mut visit: impl FnMut(&Quad) -> io::Result<()>,
    ) -> Result<u64, DumpError> {
        let provenance = Provenance {
            source: record.source.clone(),
            record: record.record.clone(),
            ..Provenance::default()
        };
        let mut n = 0;
        for graph in [provenance.asserted_graph(), provenance.derived_graph()] {
            let graph = NamedNode::new_unchecked(graph);
            let name = GraphNameRef::NamedNode(graph.as_ref());
            for quad in self.0.quads_for_pattern(None, None, None, Some(name)) {
                visit(&quad.map_err(IndexError::from)?)?;
                n += 1;
            }
        }
        Ok(n)
    }
}
