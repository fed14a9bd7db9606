//! What everyone needs who works on one run at one server.

use crate::session::Session;
use crate::source::case::provider::Provider;
use crate::source::case::scope::CaseScope;

/// A run at a server whose version is known.
#[derive(Clone, Copy)]
pub(super) struct Visit<'v> {
    /// The run.
    pub session: &'v Session,
    /// The server.
    pub provider: &'v Provider,
    /// What is wanted of it.
    pub scope: &'v CaseScope,
}
