//! Frameworks that a complete list shows no more: each is asked for itself before it counts as missing.

use url::Url;

use crate::client::FetchError;
use crate::source::case::anonymous;
use crate::source::case::failure::is_absent;
use crate::source::case::held::Held;
use crate::source::case::listed::Listed;
use crate::source::case::listing::Listing;
use crate::source::case::package::{Attempt, attempt, record};
use crate::source::case::provider::Provider;
use crate::source::case::visit::Visit;

/// A framework of ours that is not listed.
struct Unlisted {
    listed: Listed,
    url: Url,
    /// Whether the server said in this run already that there is none.
    is_absent: bool,
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
        let held = Held::of(visit.session, &listed.key())?;
        unlisted.push(Unlisted {
            url: address(visit.provider, held.as_ref(), &listed),
            listed,
            is_absent: true,
        });
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
            let listed = Listed::named(key);
            let url = address(visit.provider, held.as_ref(), &listed);
            unlisted.push(Unlisted { url, listed, is_absent: false });
        }
    }
    Ok(unlisted)
}

/// Where the package was taken last; where that is not remembered, or lies elsewhere, where it should be.
fn address(provider: &Provider, held: Option<&Held>, listed: &Listed) -> Url {
    let url = held.and_then(Held::url).filter(|url| provider.is_ours(url));
    url.unwrap_or_else(|| provider.package(&listed.identifier))
}

/// Asks for one framework. True where it is clear what has become of it.
async fn one(visit: Visit<'_>, unlisted: &Unlisted) -> Result<bool, FetchError> {
    let Unlisted { listed, url, .. } = unlisted;
    if unlisted.is_absent {
        return miss(visit, listed, url);
    }
    let name = &listed.identifier;
    let reason = match attempt(visit.session, url, listed, false).await? {
        Attempt::NotGiven(status, _) if is_absent(status) => return miss(visit, listed, url),
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
