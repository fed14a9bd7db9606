//! A CASE server: its frameworks, each as one package ([CASE 1.1 REST binding](https://www.imsglobal.org/spec/CASE/v1p1)).

use crate::client::FetchError;
use crate::report::Ending;
use crate::session::Session;

/// What is taken from a CASE server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseScope {
    /// Only the frameworks with these identifiers; all where there are none.
    pub frameworks: Vec<String>,
    /// Only the frameworks of these subjects, whatever their case; all where there are none.
    pub subjects: Vec<String>,
}

/// Brings the mirror of a CASE server up to date.
pub async fn harvest(session: &Session, scope: &CaseScope) -> Result<Ending, FetchError> {
    session.save().await?;
    tracing::debug!(?scope, "is not harvested yet");
    Ok(Ending::Failed)
}
