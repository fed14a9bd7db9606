//! Frameworks that a complete list shows no more: each is asked for itself before it counts as missing.

use url::Url;

use crate::client::FetchError;
use crate::source::case::anonymous;
use crate::source::case::failure::is_absent;
use crate::source::case::held::Held;
use crate::source::case::listed::Listed;
use crate::source::case::listing::Listing;
use crate::source::case::package::{Attempt, attempt};
use crate::source::case::record::record;
use crate::source::case::visit::Visit;

/// A framework of ours that is not listed.
struct Unlisted {
    listed: Listed,
    /// Where it came from last, or should be.
    url: Url,
    /// Whether it came from there. Of what never gave it, no word that there is none counts.
    is_origin: bool,
    /// Whether the server said in this run already that there is none.
    is_absent: bool,
}

impl Unlisted {
    fn of(visit: Visit<'_>, listed: Listed, is_absent: bool) -> Result<Self, FetchError> {
        let origin = Held::origin(visit.session, visit.provider, &listed.key())?;
        let is_origin = origin.is_some();
        let url = origin.unwrap_or_else(|| visit.provider.package(&listed.identifier));
        Ok(Self { listed, url, is_origin, is_absent })
    }
}

/// Looks for what a complete list shows no more; `absent` are those of which the server said so already. True where nothing
/// is left in doubt.
pub(super) async fn look(
    visit: Visit<'_>,
    listing: &Listing,
    absent: Vec<Listed>,
) -> Result<bool, FetchError> {
    let mut unlisted = unlisted(visit, listing)?;
    for listed in absent {
        unlisted.push(Unlisted::of(visit, listed, true)?);
    }
    if unlisted.is_empty() {
        anonymous::remember(visit, listing).await?;
        return Ok(true);
    }
    if listing.documents.is_empty() {
        let n = unlisted.len();
        let text = format!("the list is empty, and {n} frameworks are held: that proves nothing");
        visit.session.tell(|report| report.remark(text));
        return Ok(false);
    }
    if let Some(doubt) = anonymous::doubt(visit, listing).await? {
        visit.session.tell(|report| report.remark(doubt));
        return Ok(false);
    }
    let mut is_sure = true;
    for framework in &unlisted {
        is_sure &= one(visit, framework).await?;
    }
    Ok(is_sure)
}

/// The frameworks of ours that the list does not show and the scope takes. Those that are named were asked for with the others.
fn unlisted(visit: Visit<'_>, listing: &Listing) -> Result<Vec<Unlisted>, FetchError> {
    let mut unlisted = Vec::new();
    for record in visit.session.records()? {
        let Some(key) = record.strip_prefix("CFPackages/") else { continue };
        if listing.documents.contains_key(key) || visit.scope.names(key) {
            continue;
        }
        let held = Held::of(visit.session, key)?;
        if visit.scope.takes(key, held.as_ref().map(Held::subjects).unwrap_or_default()) {
            unlisted.push(Unlisted::of(visit, Listed::named(key), false)?);
        }
    }
    Ok(unlisted)
}

/// Asks for one framework. True where it is clear what has become of it.
async fn one(visit: Visit<'_>, unlisted: &Unlisted) -> Result<bool, FetchError> {
    let Unlisted { listed, url, is_origin, .. } = unlisted;
    if unlisted.is_absent {
        return miss(visit, listed, url);
    }
    let name = &listed.identifier;
    let reason = match attempt(visit.session, url, listed, true).await? {
        Attempt::NotGiven(status, _) if is_absent(status) && *is_origin => {
            return miss(visit, listed, url);
        }
        Attempt::Taken => {
            visit.session.present(&record(&listed.key()));
            let text = format!("`{name}` is not listed any more, and still given");
            visit.session.tell(|report| report.remark(text));
            return Ok(true);
        }
        Attempt::NotGiven(status, words) => format!("`{url}` answers {status}: {words}"),
        Attempt::AboutPerson => "what comes is about a person".to_owned(),
        Attempt::Refused(reason) | Attempt::Unusable(reason) | Attempt::Broken(reason) => reason,
    };
    let text =
        format!("`{name}` is not listed any more, and nobody says that it is gone: {reason}");
    visit.session.tell(|report| report.remark(text));
    Ok(false)
}

fn miss(visit: Visit<'_>, listed: &Listed, url: &Url) -> Result<bool, FetchError> {
    let record = record(&listed.key());
    if visit.session.miss(&record, &visit.session.client().authority())? {
        visit.session.withdraw(&record, url.as_str())?;
        Held::forget(visit.session, &listed.key());
    }
    Ok(true)
}
