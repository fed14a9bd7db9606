//! Which version of the binding a server knows: the list itself is the question.

use url::Url;

use crate::client::FetchError;
use crate::session::Session;
use crate::source::case::failure::{ends_run, is_secured};
use crate::source::case::provider::{Provider, root};
use crate::source::case::trail::LIMIT;
use crate::source::case::version::Version;
use crate::source::case::walk::{Answer, Turned, Walk};

/// The name under which the version is remembered that worked.
const REMEMBERED: &str = "version";

/// What a server shows at its door.
pub(super) enum Door {
    /// The first page of its list, in a version that it knows.
    Open(Provider, Box<Turned>),
    /// Nothing without other credentials, in these words.
    Secured(String),
}

/// Asks for the first page of the list: in the version that the address names; else in the one that worked last, in 1.1, in 1.0.
pub(super) async fn knock(session: &Session) -> Result<Door, FetchError> {
    let (root, named) = root(&session.client().access().base);
    let mut reasons = Vec::new();
    let mut is_sure = true;
    for version in versions(session, named)? {
        let provider = Provider::new(root.clone(), version);
        let walk = Walk { session, provider: &provider, is_anonymous: false };
        match walk.ask(provider.documents(LIMIT, 0)).await {
            Ok(Answer::Page(first)) => {
                if is_sure && named.is_none() {
                    session.put(REMEMBERED, &version)?;
                }
                return Ok(Door::Open(provider, Box::new(first)));
            }
            Ok(Answer::Refused(status, words)) if is_secured(status) => {
                return Ok(Door::Secured(format!("the list answers {status}: {words}")));
            }
            Ok(Answer::Refused(status, words)) => {
                reasons.push(format!("{} answers {status}: {words}", version.as_str()));
            }
            Err(error) if ends_run(&error) || is_silence(&error) => return Err(error),
            Err(error) => {
                // What fails today may be the better version tomorrow.
                is_sure &= !matches!(error, FetchError::Unavailable { .. });
                reasons.push(format!("{}: {error}", version.as_str()));
            }
        }
    }
    Err(no_list(&root, &reasons))
}

fn versions(session: &Session, named: Option<Version>) -> Result<Vec<Version>, FetchError> {
    if let Some(named) = named {
        return Ok(vec![named]);
    }
    let first: Option<Version> = session.get(REMEMBERED)?;
    let first = first.unwrap_or(Version::V1p1);
    Ok(std::iter::once(first).chain(first.others()).collect())
}

/// A host that does not answer at all, or may not be asked at all, answers in no version.
fn is_silence(error: &FetchError) -> bool {
    matches!(error, FetchError::Network { .. } | FetchError::Robots { is_read: false, .. })
}

fn no_list(root: &Url, reasons: &[String]) -> FetchError {
    let reason = format!("there is no list of frameworks: {}", reasons.join("; "));
    FetchError::Unusable { url: root.to_string(), reason }
}
