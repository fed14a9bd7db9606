//! What holds for every operation: what surrounds all routes may refuse it, and every answer names its generation.

use utoipa::Modify;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi, RefOr};

use crate::server::openapi::response::{ANYWHERE, number, refusals};

/// Adds to every operation what holds for all.
pub(super) struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, openapi: &mut OpenApi) {
        openapi.paths.paths.values_mut().flat_map(operations).for_each(surround);
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [item.get.as_mut(), item.post.as_mut()].into_iter().flatten()
}

fn surround(operation: &mut Operation) {
    let responses = &mut operation.responses.responses;
    for (status, response) in refusals(&ANYWHERE) {
        responses.entry(status).or_insert(response);
    }
    for response in responses.values_mut() {
        if let RefOr::T(response) = response {
            let told = "The generation that answered; none before anything is published.";
            response.headers.insert("Alidade-Generation".to_owned(), number(told).into());
        }
    }
}
