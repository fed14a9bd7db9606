//! Where the package of a framework may be.

use url::Url;

use crate::source::case::listed::Listed;
use crate::source::case::provider::Provider;
use crate::source::case::trail::LIMIT;

/// The addresses of a package: by the package's own identifier, by the framework's, and last where the server says, if that is
/// on the server itself. What it says often names another host, or this one as it calls itself.
pub(super) fn candidates(provider: &Provider, listed: &Listed) -> Vec<Url> {
    let mut urls = built(provider, listed);
    let from = provider.documents(LIMIT, 0);
    let given = listed.package_uri.as_deref().and_then(|uri| provider.reach(&from, uri));
    urls.extend(given);
    urls
}

/// The addresses of a package in the other versions of the binding.
pub(super) fn elsewhere(provider: &Provider, listed: &Listed) -> Vec<Url> {
    let others = provider.version().others();
    others.flat_map(|version| built(&provider.in_version(version), listed)).collect()
}

fn built(provider: &Provider, listed: &Listed) -> Vec<Url> {
    let identifiers = listed.package.iter().chain([&listed.identifier]);
    identifiers.map(|identifier| provider.package(identifier)).collect()
}
