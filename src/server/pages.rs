//! The pages for people, each in a file of its own. They look up what the interface for programs looks up, and show it.

mod about;
mod badge;
mod compare;
mod framework;
mod frameworks;
mod home;
mod opensearch;
mod picker;
mod referrer_list;
mod resource;
mod results;
mod sources;
mod tree;

use crate::server::routes::Routes;
use crate::server::terms::Caching;

/// Adds the pages.
pub(super) fn pages(routes: Routes) -> Routes {
    routes
        .costing(1)
        .cached_by(Caching::Everybody)
        .page("/", home::home)
        .unlisted("/opensearch.xml", opensearch::opensearch)
        .page("/about", about::about)
        .page("/badge", badge::badge)
        .page("/frameworks", frameworks::frameworks)
        .page("/frameworks/{id}", framework::framework)
        .page("/picker", picker::picker)
        .page("/r/{id}", resource::resource)
        .page("/r/{id}/referenced-by", referrer_list::referrer_list)
        .cached_by(Caching::Nobody)
        .page("/sources", sources::sources)
        // The words of ten items are searched for, and what was not compared in time is when it is asked for again.
        .costing(10)
        .page("/frameworks/compare", compare::compare)
}
