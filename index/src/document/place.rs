//! The places where a resource of CTDL holds: its [jurisdictions](https://credreg.net/ctdl/terms/jurisdiction), and the regions and
//! countries of its addresses.

use ontology::{Node, Object};

/// The word for a jurisdiction without borders.
const GLOBAL: &str = "Global";

/// What an address says of the place: no street and no town, which are too many to choose from.
const PARTS: [&str; 2] = ["ceterms:addressRegion", "ceterms:addressCountry"];

/// The names of the places.
pub(super) fn places(node: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for profile in nodes(node, &["ceterms:jurisdiction", "ceasn:jurisdiction"]) {
        if profile.literal("ceterms:globalJurisdiction") == Some("true") {
            found.push(GLOBAL.to_owned());
        }
        for place in nodes(profile, &["ceterms:mainJurisdiction"]) {
            found.extend(texts(place, &["ceterms:name"]));
            found.extend(texts(place, &PARTS));
        }
    }
    found.extend(texts(node, &["ceasn:jurisdiction"]));
    for address in nodes(node, &["ceterms:address", "ceterms:availableAt"]) {
        found.extend(texts(address, &PARTS));
        // Older records have the address inside the place.
        for inner in nodes(address, &["ceterms:address"]) {
            found.extend(texts(inner, &PARTS));
        }
    }
    found
}

fn nodes<'a>(node: &'a Node, properties: &'a [&str]) -> impl Iterator<Item = &'a Node> {
    properties.iter().flat_map(|property| node.objects(property)).filter_map(Object::node)
}

fn texts(node: &Node, properties: &[&str]) -> Vec<String> {
    let maps = properties.iter().map(|property| node.texts(property));
    maps.flat_map(|map| map.iter().map(|(_, text)| text.to_owned()).collect::<Vec<_>>()).collect()
}
