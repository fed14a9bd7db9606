//! What a server shows without credentials. Some answer an expired token with what everyone may see, and no word of it.

use serde::{Deserialize, Serialize};

use crate::access::Credentials;
use crate::client::FetchError;
use crate::source::case::failure::{ends_run, is_secured};
use crate::source::case::listing::Listing;
use crate::source::case::trail::LIMIT;
use crate::source::case::visit::Visit;
use crate::source::case::walk::{Answer, Walk};

/// The name under which it is remembered.
const REMEMBERED: &str = "anonymous";

/// What is remembered of the list without credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Anonymous {
    /// Whether it showed the same.
    is_same: bool,
    /// How many frameworks were shown with credentials at that time.
    shown: usize,
}

/// How the list without credentials compares with that with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Same,
    Other,
    Unknown,
}

/// Remembers, after a complete list on which nothing is missing, whether everyone is shown the same. That is asked once, and
/// again where another number of frameworks is shown.
pub(super) async fn remember(visit: Visit<'_>, listing: &Listing) -> Result<(), FetchError> {
    if !has_credentials(visit) {
        return Ok(());
    }
    let shown = listing.documents.len();
    let known: Option<Anonymous> = visit.session.get(REMEMBERED)?;
    if known.is_some_and(|known| known.shown == shown) {
        return Ok(());
    }
    match view(visit, listing).await? {
        View::Unknown => Ok(()),
        view => visit.session.put(REMEMBERED, &Anonymous { is_same: view == View::Same, shown }),
    }
}

/// Why what is missing may be no more than hidden: the credentials may have shown more than everyone sees, and now may not.
///
/// Where it is known that everyone was shown the same, that is asked again only when another number of frameworks is shown.
pub(super) async fn doubt(
    visit: Visit<'_>,
    listing: &Listing,
) -> Result<Option<&'static str>, FetchError> {
    if !has_credentials(visit) {
        return Ok(None);
    }
    let shown = listing.documents.len();
    let known: Option<Anonymous> = visit.session.get(REMEMBERED)?;
    let was_same = known.as_ref().is_some_and(|known| known.is_same);
    if was_same && known.is_some_and(|known| known.shown == shown) {
        return Ok(None);
    }
    match view(visit, listing).await? {
        View::Same if !was_same => Ok(Some(
            "the credentials show no more than everyone sees: they may have expired, and nothing counts as gone (where they are \
             not needed, take them out of the configuration)",
        )),
        View::Unknown => Ok(Some(
            "whether the credentials show more than everyone sees cannot be told, and nothing counts as gone",
        )),
        view => {
            visit.session.put(REMEMBERED, &Anonymous { is_same: view == View::Same, shown })?;
            Ok(None)
        }
    }
}

fn has_credentials(visit: Visit<'_>) -> bool {
    !matches!(visit.session.client().access().credentials, Credentials::None)
}

async fn view(visit: Visit<'_>, listing: &Listing) -> Result<View, FetchError> {
    let Visit { session, provider, .. } = visit;
    let walk = Walk { session, provider, is_anonymous: true };
    let first = match walk.ask(provider.documents(LIMIT, 0)).await {
        Ok(Answer::Page(first)) => first,
        Ok(Answer::Refused(status, _)) if is_secured(status) => return Ok(View::Other),
        Ok(Answer::Refused(..)) => return Ok(View::Unknown),
        Err(error) if ends_run(&error) => return Err(error),
        Err(error) => {
            tracing::debug!(%error, "the list cannot be seen without credentials");
            return Ok(View::Unknown);
        }
    };
    let everyones = Listing::of(walk, Some(first)).await?;
    Ok(match (everyones.is_complete(), listing.is_same_as(&everyones)) {
        (false, _) => View::Unknown,
        (true, true) => View::Same,
        (true, false) => View::Other,
    })
}
