//! `CFAssociation`: how one node stands to another.

use serde_json::{Map, Value};

use crate::case::fields::Fields;
use crate::case::model::item::document_link;
use crate::case::model::link::LinkUri;

/// [`CFAssociation`](https://www.imsglobal.org/spec/CASE/v1p1), and `CFPckgAssociation` inside a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFAssociation {
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) last_change_date_time: Option<String>,
    pub(crate) association_type: Option<String>,
    pub(crate) origin_node_uri: Option<LinkUri>,
    pub(crate) destination_node_uri: Option<LinkUri>,
    pub(crate) sequence_number: Option<i64>,
    pub(crate) cf_association_grouping_uri: Option<LinkUri>,
    pub(crate) cf_document_uri: Option<LinkUri>,
    pub(crate) notes: Option<String>,
    pub(crate) extensions: Option<String>,
    pub(crate) pointer: String,
    pub(crate) unknown: Map<String, Value>,
}

impl CFAssociation {
    /// Reads the object.
    pub(crate) fn read(mut fields: Fields<'_>) -> Self {
        let fields_ref = &mut fields;
        let mut association = Self {
            identifier: fields_ref.text_any(&["identifier", "sourcedId"]),
            uri: fields_ref.text("uri"),
            last_change_date_time: fields_ref.date_time("lastChangeDateTime"),
            association_type: fields_ref.text("associationType"),
            origin_node_uri: LinkUri::take(fields_ref, "originNodeURI"),
            destination_node_uri: LinkUri::take(fields_ref, "destinationNodeURI"),
            sequence_number: fields_ref.integer("sequenceNumber"),
            cf_association_grouping_uri: LinkUri::take(fields_ref, "CFAssociationGroupingURI"),
            cf_document_uri: document_link(fields_ref),
            notes: fields_ref.text("notes"),
            extensions: fields_ref.json("extensions"),
            pointer: fields_ref.pointer().to_owned(),
            unknown: Map::new(),
        };
        association.unknown = fields.finish();
        association
    }
}
