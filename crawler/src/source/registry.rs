//! A community of a Credential Registry: its envelopes.

use crate::client::FetchError;
use crate::report::Ending;
use crate::session::Session;

/// What is taken from a registry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegistryScope {
    /// The community, such as `ce-registry`.
    pub community: String,
    /// Only these records, by CTID.
    pub ctids: Vec<String>,
    /// Only what these organizations own, by CTID.
    pub organizations: Vec<String>,
    /// Only records of these classes, such as `ceterms:Certification`, or ones below them; all where there are none.
    pub types: Vec<String>,
    /// Whether the registry's own dump is taken first, which needs a token.
    pub dump: bool,
    /// How long a complete walk is good for; until then only what has changed is asked for.
    pub walk_every: std::time::Duration,
}

/// Brings the mirror of a community up to date.
pub async fn harvest(session: &Session, scope: &RegistryScope) -> Result<Ending, FetchError> {
    session.save().await?;
    tracing::debug!(?scope, "is not harvested yet");
    Ok(Ending::Failed)
}
