//! What is answered to whoever asks what refers to a resource: counts, or a page.

use std::borrow::Cow;
use std::collections::BTreeMap;

use index::context::Crossing;
use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::openapi::schema::OneOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::server::paged::Listed;

/// How much refers to a resource.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ReferrersAnswer {
    /// The generation that says so.
    pub generation: u64,
    /// The resource.
    pub key: CanonicalKey,
    /// How many references there are by any relation.
    pub n: usize,
    /// How many there are by each relation, as read from the resource: `requiredBy`, `taughtBy`, `alignFrom`.
    pub relations: BTreeMap<String, usize>,
}

/// How much refers to a resource; with a relation, what refers to it by that.
pub(super) struct CountedOrListed;

impl PartialSchema for CountedOrListed {
    fn schema() -> RefOr<Schema> {
        let names = [ReferrersAnswer::name(), listed()];
        let either = names.map(Ref::from_schema_name).into_iter();
        let either = either.fold(OneOfBuilder::new(), OneOfBuilder::item);
        either.description(Some("Counts by relation, or a page of what refers to it.")).into()
    }
}

impl ToSchema for CountedOrListed {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ReferrersAnswer::name().into_owned(), ReferrersAnswer::schema()));
        schemas.push((listed().into_owned(), Listed::<Crossing>::schema()));
        ReferrersAnswer::schemas(schemas);
        Listed::<Crossing>::schemas(schemas);
    }
}

/// A page of a list goes by the name of its items, too.
fn listed() -> Cow<'static, str> {
    Cow::Owned(format!("{}_{}", Listed::<Crossing>::name(), Crossing::name()))
}
