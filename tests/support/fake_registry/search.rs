//! `/search`: one row for each resource of each graph.

use serde_json::{Value, json};

use crate::support::fake_registry::envelope::Row;
use crate::support::fake_registry::listing::{page, shows};
use crate::support::fake_registry::quirks::RegistryQuirks;
use crate::support::fake_registry::rows::Rows;
use crate::support::fake_server::clock::read;
use crate::support::fake_server::site::{Asked, Said};

/// The parameters that mean something; any other becomes a filter that nothing passes.
const PARAMETERS: [&str; 16] = [
    "page",
    "per_page",
    "metadata_only",
    "provisional",
    "from",
    "until",
    "sort_by",
    "sort_order",
    "fts",
    "type",
    "resource_type",
    "envelope_ceterms_ctid",
    "envelope_ctdl_type",
    "owned_by",
    "published_by",
    "with_bnodes",
];

/// A page of resources.
pub(crate) fn answer(rows: &Rows, quirks: &RegistryQuirks, asked: &Asked) -> Said {
    let is_known = |name: &str| PARAMETERS.contains(&name);
    if !asked.query.iter().all(|(name, _)| is_known(name)) {
        return Said::of(200, "application/json", "[]").with("x-total", "0");
    }
    let mut found: Vec<&Row> = rows.newest_first().filter(|row| is_wanted(row, asked)).collect();
    found.sort_by_key(|row| std::cmp::Reverse(row.updated_at));
    if asked.parameter("sort_order") == Some("asc") {
        found.reverse();
    }
    let resources: Vec<(&Row, Value)> = found.into_iter().flat_map(resources).collect();
    let is_metadata_only = asked.parameter("metadata_only") == Some("true");
    let show = |(row, inner): &(&Row, Value)| {
        let mut shown = row.metadata();
        shown["inner_resource"] = inner.clone();
        if !is_metadata_only {
            shown["decoded_resource"] = row.published.read();
        }
        for absent in ["changed", "updated_at"] {
            shown.as_object_mut().unwrap().remove(absent);
        }
        shown.to_string()
    };
    page(&resources, show, quirks, asked)
}

fn is_wanted(row: &Row, asked: &Asked) -> bool {
    let time = |name: &str| asked.parameter(name).and_then(read);
    let is_one_of = |name: &str, value: Option<&str>| {
        asked.parameter(name).is_none_or(|list| list.split(',').any(|one| Some(one) == value))
    };
    let published = &row.published;
    shows(asked, "exclude", published.is_provisional)
        && time("from").is_none_or(|from| row.updated_at >= from)
        && time("until").is_none_or(|until| row.updated_at <= until)
        && is_one_of("envelope_ceterms_ctid", Some(&published.ctid))
        && is_one_of("envelope_ctdl_type", Some(&published.class))
        && is_one_of("owned_by", published.owner.as_deref())
        && is_one_of("published_by", published.owner.as_deref())
}

fn resources(row: &Row) -> Vec<(&Row, Value)> {
    let graph = row.published.read();
    let nodes = graph["@graph"].as_array().cloned().unwrap_or_else(|| vec![json!({})]);
    nodes.into_iter().map(|node| (row, node)).collect()
}
