//! One document of the Credential Registry, whatever its shape, taken apart into nodes.
//!
//! It is read twice: once for what stands beside the nodes, then node by node, so that a large graph never stands in
//! memory as a tree of JSON, and its context may stand anywhere.

mod nodes;
mod outline;

pub(crate) use crate::ctdl::document::nodes::each_node;
pub(crate) use crate::ctdl::document::outline::{Outline, Shape, is_ctdl, outline};
