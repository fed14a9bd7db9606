//! `CFAssociation`: how one node stands to another.

use crate::case::fields::Fields;
use crate::case::model::entity::{Entity, Form};
use crate::case::model::link::LinkUri;

/// [`CFAssociation`](https://www.imsglobal.org/spec/CASE/v1p1), and `CFPckgAssociation` inside a package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CFAssociation {
    pub entity: Entity,
    pub association_type: Option<String>,
    pub origin_node_uri: Option<LinkUri>,
    pub destination_node_uri: Option<LinkUri>,
    pub sequence_number: Option<i64>,
    pub cf_association_grouping_uri: Option<LinkUri>,
    pub cf_document_uri: Option<LinkUri>,
    pub notes: Option<String>,
}

impl CFAssociation {
    /// Reads the object.
    pub(crate) fn read(mut fields: Fields<'_>, form: Form) -> Self {
        let mut association = Self {
            entity: Entity::take(&mut fields, &["associationType"]),
            association_type: fields.text("associationType"),
            origin_node_uri: LinkUri::take_end(&mut fields, "originNodeURI"),
            destination_node_uri: LinkUri::take_end(&mut fields, "destinationNodeURI"),
            sequence_number: fields.integer("sequenceNumber"),
            cf_association_grouping_uri: LinkUri::take(&mut fields, "CFAssociationGroupingURI"),
            cf_document_uri: LinkUri::take_document(&mut fields, form),
            notes: fields.text("notes"),
        };
        association.entity.close(fields);
        association
    }
}
