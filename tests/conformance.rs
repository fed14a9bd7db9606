//! Conformance: every document with what it must yield.
