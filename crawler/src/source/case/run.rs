//! The harvest of one CASE server: the list, the packages, and what is gone.

use crate::client::FetchError;
use crate::report::Ending;
use crate::session::Session;
use crate::source::case::gone;
use crate::source::case::listing::Listing;
use crate::source::case::packages::{take_all, wanted};
use crate::source::case::probe::{Door, knock};
use crate::source::case::record::record;
use crate::source::case::scope::CaseScope;
use crate::source::case::visit::Visit;
use crate::source::case::walk::{Turned, Walk};

/// Brings the mirror of a CASE server up to date.
///
/// Frameworks count as gone only where the list is complete, the server says of each that there is none, and it says so again in a
/// later run under the same credentials.
///
/// # Errors
/// Where the list does not begin, in no version; where the run is stopped, has used what it may use, or is sent away by the host;
/// where a store fails. What came before is kept.
pub async fn harvest(session: &Session, scope: &CaseScope) -> Result<Ending, FetchError> {
    match Box::pin(knock(session)).await? {
        Door::Secured(words) => {
            session.tell(|report| report.error = Some(words));
            Ok(Ending::Secured)
        }
        Door::Open(provider, first) => {
            visit(Visit { session, provider: &provider, scope }, *first).await
        }
    }
}

async fn visit(visit: Visit<'_>, first: Turned) -> Result<Ending, FetchError> {
    let listing = Box::pin(list(visit, first)).await?;
    let wanted = wanted(visit, &listing);
    visit.session.expect(u64::try_from(wanted.len()).unwrap_or(u64::MAX));
    let harvested = take_all(visit, wanted).await?;
    if !listing.is_complete() {
        return Ok(Ending::Partial);
    }
    let is_sure = Box::pin(gone::look(visit, &listing, harvested.absent)).await?;
    let is_complete = is_sure && harvested.n_missed == 0;
    Ok(if is_complete { Ending::Complete } else { Ending::Partial })
}

async fn list(visit: Visit<'_>, first: Turned) -> Result<Listing, FetchError> {
    let Visit { session, provider, .. } = visit;
    let walk = Walk { session, provider, is_anonymous: false };
    let listing = Listing::of(walk, Some(first)).await?;
    for key in listing.documents.keys() {
        session.present(&record(key));
    }
    session.tell(|report| {
        listing.remarks.iter().for_each(|remark| report.remark(remark));
        report.error.clone_from(&listing.flaw);
    });
    Ok(listing)
}
