//! What a user has configured: `alidade.toml`, the environment and the flags, read into types at the door.
//!
//! Four layers lie upon each other, and the last that says something wins: what is built in, the file, the environment
//! (`ALIDADE_SOURCES__GEORGIA__PACE`), the flags (`--set sources.georgia.pace=5s`). Every value remembers where it was said, so that a
//! mistake can be found and `alidade check-config` can tell. A key that means nothing is refused. Secrets stand in the
//! environment or in files of their own, and never in the file that describes the sources.

mod access;
mod configuration;
mod error;
mod file;
mod inputs;
mod key;
mod nearest;
mod network;
mod origin;
mod publishing;
mod raw;
mod schema;
mod scope;
mod secret;
mod server;
mod serving;
mod sheet;
mod source;
mod sparql;
#[cfg(test)]
mod tests;

pub(crate) use crate::config::configuration::{Configuration, Secrets, usual_data};
pub(crate) use crate::config::error::{ConfigError, Fault};
pub(crate) use crate::config::inputs::Inputs;
pub(crate) use crate::config::publishing::kept;
pub(crate) use crate::config::serving::{LISTEN, Limits, Serving, TIME_LIMIT};
pub(crate) use crate::config::sheet::Effective;
pub(crate) use crate::config::source::{Server, Source, What};
