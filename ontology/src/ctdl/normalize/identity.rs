//! Who a node is: its CTID, its address, and what the two say together.

use std::collections::BTreeSet;

use crate::date::date_time;
use crate::id::{CanonicalKey, Ctid, KeyScheme, Strength, identify};
use crate::node::{Node, Object};
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::WarningKind;
use crate::resource::{Alias, Identity};

/// What of a record says who its nodes are.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    graph: Option<String>,
    /// The CTIDs in the addresses of its nodes.
    addressed: BTreeSet<CanonicalKey>,
}

impl Surroundings {
    /// Looks at the IRI of a graph and at the addresses of its nodes.
    pub(super) fn of<'a>(graph: Option<String>, nodes: impl Iterator<Item = &'a Node>) -> Self {
        let keys = nodes.filter_map(|node| identify(node.id.as_deref()?).key);
        Self { graph, addressed: keys.filter(|key| key.scheme() == KeyScheme::Ctid).collect() }
    }
}

/// Gives the identity of a node at the top of a record; one without any name is named by what it says.
pub(super) fn identity_of(
    node: &Node,
    surroundings: &Surroundings,
    place: &Pointer,
    oddities: &mut Oddities,
) -> Identity {
    let graph = surroundings.graph.as_deref();
    let address = node.id.as_deref();
    let own = address.map(identify);
    let environment = match own.as_ref().and_then(|read| read.key.as_ref()?.as_ctid()) {
        Some((_, environment)) => environment,
        None => graph.map(identify).map(|read| read.environment).unwrap_or_default(),
    };
    let in_address = own.and_then(|read| read.key);
    let stated = stated_ctid(node).map(|ctid| CanonicalKey::ctid(&ctid, &environment));
    let mut aliases = Vec::new();
    let key = match (stated, in_address) {
        (Some(stated), Some(other)) if other.scheme() == KeyScheme::Ctid && other != stated => {
            oddities.note(
                &place.member("ceterms:ctid"),
                WarningKind::CtidDiffersFromId,
                other.as_str(),
            );
            if surroundings.addressed.contains(&stated) {
                // It is a copy of another node's, which has it in its address as well.
                other
            } else {
                aliases.push(Alias { key: other, strength: Strength::Declared });
                stated
            }
        }
        (Some(stated), _) => stated,
        (None, Some(other)) if other.scheme() != KeyScheme::Code => other,
        (None, _) => nameless(node, graph),
    };
    let subject = key.subject_iri().unwrap_or_else(|| node.subject("", ""));
    let uri = address.filter(|address| *address != subject).map(str::to_owned);
    let spelled =
        uri.as_deref().filter(|uri| !uri.starts_with("urn:alidade:")).and_then(CanonicalKey::iri);
    aliases.extend(
        spelled.filter(|alias| *alias != key).map(|key| Alias { key, strength: Strength::Exact }),
    );
    declared(node, &key, &mut aliases);
    Identity {
        subject,
        key,
        aliases,
        uri,
        last_change: last_change(node),
        extensions: None,
        node: None,
    }
}

fn stated_ctid(node: &Node) -> Option<Ctid> {
    let stated = node.objects("ceterms:ctid").find_map(Object::literal)?;
    let read = identify(stated).key?;
    read.as_ctid().map(|(ctid, _)| ctid)
}

fn nameless(node: &Node, graph: Option<&str>) -> CanonicalKey {
    let name = node.subject(graph.unwrap_or_default(), "");
    CanonicalKey::iri(&name).unwrap_or_else(|| CanonicalKey::local("nameless", &name))
}

/// Names that the publisher declares: sameness, the credential's own address elsewhere, and its page. Only an address of no known form
/// is taken: one that holds another standard's identifier names that standard's entity.
fn declared(node: &Node, key: &CanonicalKey, aliases: &mut Vec<Alias>) {
    for property in
        ["owl:sameAs", "schema:sameAs", "ceterms:credentialId", "ceterms:subjectWebpage"]
    {
        let stated =
            node.objects(property).filter_map(|object| object.iri().or_else(|| object.literal()));
        for text in stated.filter(|text| text.contains("://")) {
            let Some(named) = identify(text).key else { continue };
            let is_new = named != *key && aliases.iter().all(|alias| alias.key != named);
            let is_other = named.scheme() == KeyScheme::Iri || property.ends_with("sameAs");
            if is_new && is_other {
                aliases.push(Alias { key: named, strength: Strength::Declared });
            }
        }
    }
}

fn last_change(node: &Node) -> Option<String> {
    ["ceasn:dateModified", "ceterms:dateModified", "dct:modified", "schema:dateModified"]
        .iter()
        .find_map(|property| node.literal(property))
        .and_then(date_time)
        .map(|read| read.value)
}

#[cfg(test)]
mod tests {
    use super::{Surroundings, identity_of};
    use crate::id::Strength;
    use crate::node::{Node, Object, Statement};
    use crate::oddities::Oddities;
    use crate::pointer::Pointer;

    const CTID: &str = "ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";
    const OTHER: &str = "ce-11111111-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    fn node(id: Option<&str>, ctid: Option<&str>) -> Node {
        let statement = |ctid: &str| Statement {
            property: "ceterms:ctid".into(),
            objects: vec![Object::Text(ctid.into())],
        };
        Node {
            id: id.map(str::to_owned),
            types: Vec::new(),
            statements: ctid.map(statement).into_iter().collect(),
        }
    }

    #[track_caller]
    fn check(id: Option<&str>, ctid: Option<&str>, graph: Option<&str>, key: &str, n_odd: usize) {
        let mut oddities = Oddities::default();
        let node = node(id, ctid);
        let around = Surroundings::of(graph.map(str::to_owned), std::iter::once(&node));
        let identity = identity_of(&node, &around, &Pointer::default(), &mut oddities);
        assert_eq!(identity.key.as_str(), key);
        assert_eq!(oddities.finish().0.len(), n_odd);
    }

    #[test]
    fn a_node_is_its_ctid_in_its_environment() {
        let production = format!("ctid:{CTID}");
        let resource = format!("https://credentialengineregistry.org/resources/{CTID}");
        check(Some(&resource), Some(CTID), None, &production, 0);
        check(Some(&resource), Some(&CTID.to_uppercase()), None, &production, 0);
        check(Some(&resource), None, None, &production, 0);
        check(None, Some(CTID), None, &production, 0);
        check(Some("https://example.org/x"), Some(CTID), None, &production, 0);
        let sandbox = format!("https://sandbox.credentialengineregistry.org/resources/{CTID}");
        check(Some(&sandbox), Some(CTID), None, &format!("ctid:sandbox:{CTID}"), 0);
        let graph = format!("https://sandbox.credentialengineregistry.org/graph/{CTID}");
        check(None, Some(CTID), Some(&graph), &format!("ctid:sandbox:{CTID}"), 0);
        check(Some(&resource), Some(OTHER), None, &format!("ctid:{OTHER}"), 1);
        check(Some("https://example.org/x"), None, None, "iri:https://example.org/x", 0);
    }

    #[test]
    fn both_names_are_found_where_they_differ() {
        let resource = format!("https://credentialengineregistry.org/resources/{CTID}");
        let node = node(Some(&resource), Some(OTHER));
        let around = Surroundings::of(None, std::iter::once(&node));
        let identity = identity_of(&node, &around, &Pointer::default(), &mut Oddities::default());
        let strengths: Vec<Strength> =
            identity.aliases.iter().map(|alias| alias.strength).collect();
        assert_eq!(strengths, [Strength::Declared, Strength::Exact]);
    }

    #[test]
    fn a_ctid_that_is_another_nodes_does_not_make_the_two_one() {
        let resource =
            |ctid: &str| format!("https://credentialengineregistry.org/resources/{ctid}");
        let nodes =
            [node(Some(&resource(OTHER)), Some(OTHER)), node(Some(&resource(CTID)), Some(OTHER))];
        let around = Surroundings::of(None, nodes.iter());
        let mut oddities = Oddities::default();
        let keys = nodes.each_ref().map(|node| {
            let identity = identity_of(node, &around, &Pointer::default(), &mut oddities);
            assert_eq!(identity.aliases, []);
            identity.key.as_str().to_owned()
        });
        assert_eq!(keys, [format!("ctid:{OTHER}"), format!("ctid:{CTID}")]);
        assert_eq!(oddities.finish().0.len(), 1);
    }
}
