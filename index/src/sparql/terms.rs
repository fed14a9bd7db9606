//! What is said beside a query.

use serde::{Deserialize, Serialize};

use crate::sparql::bounds::Bounds;

/// On which terms a query is answered. Without any it is asked of what it names itself, and is as large as it likes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The graphs that it is asked of.
    pub graphs: Graphs,
    /// How much it may be.
    pub bounds: Option<Bounds>,
}

/// The graphs that are named beside a query, by their IRIs; where there is none, the query names them itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graphs {
    /// Those of which the default graph is made.
    pub default: Vec<String>,
    /// Those that `GRAPH` sees.
    pub named: Vec<String>,
}

impl Graphs {
    /// Tells whether none is named.
    pub fn is_empty(&self) -> bool {
        self.default.is_empty() && self.named.is_empty()
    }
}
