//! What a record of CTDL states of one resource, whole: every property its publisher wrote, repaired and in order.
//!
//! The terms are compact (`ceterms:name`) where their namespace is a known one and absolute IRIs elsewhere. Contact values of
//! people are not in it.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::term::interned;
use crate::text::LanguageMap;

/// One node of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Node {
    /// Its IRI; an embedded node mostly has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its classes, in the publisher's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
    /// What is said of it, in the publisher's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Statement>,
}

/// One property with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Statement {
    /// The property; one that the published tables know costs no memory of its own.
    #[serde(rename = "p", deserialize_with = "property")]
    pub property: Cow<'static, str>,
    /// Its values, in the publisher's order.
    #[serde(rename = "o")]
    #[schema(value_type = Vec<Valued>)]
    pub objects: Vec<Object>,
}

/// [`Object`], under a name that a schema does not take for an object of any kind.
type Valued = Object;

/// One value of a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = NodeValue, no_recursion)]
pub enum Object {
    /// A resource or a term of a vocabulary, by its absolute IRI.
    Iri(Box<str>),
    /// A text in no stated language.
    Text(Box<str>),
    /// A text and the tag of its language.
    Tagged(Box<str>, Box<str>),
    /// A literal and its datatype.
    Typed(Box<str>, Box<str>),
    /// A node that stands inside this one.
    Node(Box<Node>),
}

fn property<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'static, str>, D::Error> {
    String::deserialize(deserializer).map(interned)
}

impl Object {
    /// The IRI, where it is one or a node that has one.
    pub fn iri(&self) -> Option<&str> {
        match self {
            Self::Iri(iri) => Some(iri),
            Self::Node(node) => node.id.as_deref(),
            _ => None,
        }
    }

    /// The words of a literal.
    pub fn literal(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Tagged(text, _) | Self::Typed(text, _) => Some(text),
            Self::Iri(_) | Self::Node(_) => None,
        }
    }

    /// The node, where it is one.
    pub fn node(&self) -> Option<&Node> {
        match self {
            Self::Node(node) => Some(node),
            _ => None,
        }
    }
}

impl Node {
    /// The values of a property; none where it is not stated.
    pub fn objects<'a>(&'a self, property: &str) -> impl Iterator<Item = &'a Object> {
        let stated =
            self.statements.iter().filter(move |statement| *statement.property == *property);
        stated.flat_map(|statement| &statement.objects)
    }

    /// Tells whether a property is stated.
    pub fn has(&self, property: &str) -> bool {
        self.statements.iter().any(|statement| *statement.property == *property)
    }

    /// Tells whether it is of a class by name; superclasses are not asked.
    pub fn is_a(&self, class: &str) -> bool {
        self.types.iter().any(|held| held == class)
    }

    /// The IRIs among the values of a property.
    pub fn iris<'a>(&'a self, property: &str) -> impl Iterator<Item = &'a str> {
        self.objects(property).filter_map(Object::iri)
    }

    /// The first literal of a property.
    pub fn literal(&self, property: &str) -> Option<&str> {
        self.objects(property).find_map(Object::literal)
    }

    /// The texts of a property by language.
    pub fn texts(&self, property: &str) -> LanguageMap {
        let mut map = LanguageMap::default();
        for object in self.objects(property) {
            match object {
                Object::Tagged(text, tag) => map.add(Some(tag), text.to_string()),
                Object::Text(text) | Object::Typed(text, _) => map.add(None, text.to_string()),
                Object::Iri(_) | Object::Node(_) => {}
            }
        }
        map
    }

    /// The texts of the first of several properties that is stated.
    pub fn first_texts(&self, properties: &[&str]) -> LanguageMap {
        properties
            .iter()
            .map(|property| self.texts(property))
            .find(|texts| !texts.is_empty())
            .unwrap_or_default()
    }

    /// The node as an RDF subject: its IRI, else a name made from what it says and where it stands.
    ///
    /// Two nodes that say the same in the same place are one; RDF cannot tell them apart either way, and neither can a reader.
    pub fn subject(&self, parent: &str, property: &str) -> String {
        if let Some(id) = &self.id {
            return id.clone();
        }
        let mut hash = Sha256::new();
        for part in [parent, property] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        self.feed(&mut hash);
        let digest = hash.finalize();
        let name =
            digest.iter().take(16).fold(0_u128, |name, byte| (name << 8) | u128::from(*byte));
        format!("urn:alidade:node:{name:032x}")
    }

    fn feed(&self, hash: &mut Sha256) {
        let mut part = |kind: u8, text: &str| {
            hash.update([kind]);
            hash.update(text.as_bytes());
            hash.update([0]);
        };
        if let Some(id) = &self.id {
            part(1, id);
        }
        for class in &self.types {
            part(2, class);
        }
        for statement in &self.statements {
            part(3, &statement.property);
            for object in &statement.objects {
                match object {
                    Object::Iri(iri) => part(4, iri),
                    Object::Text(text) => part(5, text),
                    Object::Tagged(text, tag) => {
                        part(6, text);
                        part(6, tag);
                    }
                    Object::Typed(text, datatype) => {
                        part(7, text);
                        part(7, datatype);
                    }
                    Object::Node(node) => part(8, &node.subject("", "")),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Object, Statement};

    fn node(value: &str) -> Node {
        let objects =
            vec![Object::Tagged(value.into(), "en".into()), Object::Iri("urn:x:1".into())];
        let statements = vec![Statement { property: "ceterms:name".into(), objects }];
        Node { id: None, types: vec!["ceterms:ConditionProfile".to_owned()], statements }
    }

    #[test]
    fn a_nameless_node_is_named_by_what_it_says_and_where() {
        let name = node("a").subject("urn:p", "ceterms:requires");
        assert!(name.starts_with("urn:alidade:node:"));
        assert_eq!(node("a").subject("urn:p", "ceterms:requires"), name);
        assert_ne!(node("b").subject("urn:p", "ceterms:requires"), name);
        assert_ne!(node("a").subject("urn:q", "ceterms:requires"), name);
        assert_ne!(node("a").subject("urn:p", "ceterms:recommends"), name);
        let named = Node { id: Some("urn:own".to_owned()), ..node("a") };
        assert_eq!(named.subject("urn:p", "ceterms:requires"), "urn:own");
    }

    #[test]
    fn a_node_survives_its_json() {
        let outer =
            Statement { property: "p".into(), objects: vec![Object::Node(Box::new(node("a")))] };
        let outer = Node { statements: vec![outer], ..Node::default() };
        let json = serde_json::to_string(&outer).unwrap();
        assert_eq!(serde_json::from_str::<Node>(&json).unwrap(), outer);
        assert_eq!(node("a").texts("ceterms:name").first(), Some("a"));
    }
}
