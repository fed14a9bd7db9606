//! Conformance: every document with what it must yield.
//!
//! The fixtures say what they expect in `fixtures/MANIFEST.toml`. Real frameworks are looked at where they lie beside the
//! repository; they have owners, and no text of theirs stands here.

mod count;
mod ctdl_count;
mod ctdl_fixture;
mod ctdl_json;
mod ctdl_rdf;
mod ctdl_real;
mod ctdl_strings;
mod fixture;
mod isomorphism;
mod json_ld;
mod manifest;
mod mutation;
mod rdf;
mod real;
