//! `LinkURI` and `LinkGenURI`: how one entity names another.

use serde_json::{Map, Value};

use crate::case::fields::{Fields, shown};
use crate::case::model::entity::Form;
use crate::oddities::Oddities;
use crate::pointer::Pointer;
use crate::record::WarningKind;

/// A link to another entity; `LinkGenURI`, at the ends of an association, has a `targetType` besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LinkUri {
    pub title: Option<String>,
    pub identifier: Option<String>,
    pub uri: Option<String>,
    pub target_type: Option<String>,
}

impl LinkUri {
    /// Takes a link; a plain string stands for its `uri`, the first of an array for the whole.
    pub(crate) fn take(fields: &mut Fields<'_>, name: &str) -> Option<Self> {
        let (name, value) = fields.take(name)?;
        let place = fields.pointer().member(&name);
        let link = Self::single(fields, &place, value)?;
        link.kept(fields, &place)
    }

    /// Takes one end of an association; one that names nothing is no end, which the reader of the association reports.
    pub(crate) fn take_end(fields: &mut Fields<'_>, name: &str) -> Option<Self> {
        let (name, value) = fields.take(name)?;
        let place = fields.pointer().member(&name);
        Self::single(fields, &place, value).filter(Self::is_named)
    }

    /// Takes a list of links; a single link is a list of one.
    pub(crate) fn take_all(fields: &mut Fields<'_>, name: &str) -> Vec<Self> {
        let Some((name, value)) = fields.take(name) else { return Vec::new() };
        let place = fields.pointer().member(&name);
        if let Value::Array(values) = value {
            return Self::each(fields, &place, values);
        }
        if value.is_object() {
            fields.note(&place, WarningKind::WrongShape, "a single link for an array");
        }
        let link = Self::read(fields, &place, value);
        link.and_then(|link| link.kept(fields, &place)).into_iter().collect()
    }

    /// Takes a link that some servers send several of; none is left out.
    pub(crate) fn take_one_or_more(fields: &mut Fields<'_>, name: &str) -> Vec<Self> {
        let Some((name, value)) = fields.take(name) else { return Vec::new() };
        let place = fields.pointer().member(&name);
        if let Value::Array(values) = value {
            fields.note(&place, WarningKind::WrongShape, "an array for a single link");
            return Self::each(fields, &place, values);
        }
        let link = Self::read(fields, &place, value);
        link.and_then(|link| link.kept(fields, &place)).into_iter().collect()
    }

    /// Takes the document that an entity belongs to. In a package the field is superfluous, and any shape of it will do.
    pub(crate) fn take_document(fields: &mut Fields<'_>, form: Form) -> Option<Self> {
        if form == Form::Standalone {
            return Self::take(fields, "CFDocumentURI");
        }
        let (_, value) = fields.take("CFDocumentURI")?;
        let mut unheard = Oddities::default();
        let mut aside = Fields::new(Map::new(), Pointer::default(), &mut unheard);
        Self::single(&mut aside, &Pointer::default(), value).filter(Self::is_named)
    }

    fn each(fields: &mut Fields<'_>, place: &Pointer, values: Vec<Value>) -> Vec<Self> {
        let mut links = Vec::with_capacity(values.len());
        for (at, value) in values.into_iter().enumerate().filter(|(_, value)| !value.is_null()) {
            let place = place.element(at);
            let link = Self::read(fields, &place, value);
            links.extend(link.and_then(|link| link.kept(fields, &place)));
        }
        links
    }

    fn single(fields: &mut Fields<'_>, place: &Pointer, value: Value) -> Option<Self> {
        let Value::Array(values) = value else { return Self::read(fields, place, value) };
        fields.note(place, WarningKind::WrongShape, "an array for a single link");
        let first = values.into_iter().next()?;
        Self::read(fields, &place.element(0), first)
    }

    /// Reads a link from its value.
    fn read(fields: &mut Fields<'_>, place: &Pointer, value: Value) -> Option<Self> {
        match value {
            Value::Object(object) => {
                let mut inner = fields.nested(object, place.clone());
                let link = Self {
                    title: inner.text("title"),
                    identifier: inner.text_any(&["identifier", "sourcedId"]),
                    uri: inner.text("uri"),
                    target_type: inner.text("targetType"),
                };
                drop(inner.finish());
                Some(link)
            }
            Value::String(text) => {
                fields.note(place, WarningKind::WrongShape, &text);
                Some(Self { uri: Some(text), ..Self::default() })
            }
            other => {
                fields.note(place, WarningKind::UnreadableValue, &shown(&other));
                None
            }
        }
    }

    fn kept(self, fields: &mut Fields<'_>, place: &Pointer) -> Option<Self> {
        if self.is_named() {
            return Some(self);
        }
        fields.note(place, WarningKind::EmptyLink, self.title.as_deref().unwrap_or_default());
        None
    }

    fn is_named(&self) -> bool {
        let has_text = |text: &Option<String>| text.as_ref().is_some_and(|t| !t.trim().is_empty());
        has_text(&self.identifier) || has_text(&self.uri)
    }
}
