//! The fakes themselves: what they say is what real servers say, and what they do wrong goes wrong on the wire.

mod caller;
mod case;
mod registry;
mod tokens;
mod transcripts;
mod wire;
