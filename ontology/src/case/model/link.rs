//! `LinkURI` and `LinkGenURI`: how one entity names another.

use serde_json::Value;

use crate::case::fields::Fields;
use crate::record::WarningKind;

/// A link to another entity; `LinkGenURI`, at the ends of an association, has a `targetType` besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LinkUri {
    pub(crate) title: Option<String>,
    pub(crate) identifier: Option<String>,
    pub(crate) uri: Option<String>,
    pub(crate) target_type: Option<String>,
}

impl LinkUri {
    /// Takes a link; a plain string stands for its `uri`, the first of an array for the whole.
    pub(crate) fn take(fields: &mut Fields<'_>, name: &str) -> Option<Self> {
        let value = fields.take(name)?;
        let single = match value {
            Value::Array(values) => {
                fields.warn(name, WarningKind::WrongShape, "an array for a single link");
                values.into_iter().next()?
            }
            other => other,
        };
        Self::read(fields, name, single)
    }

    /// Takes a list of links; a single link is a list of one.
    pub(crate) fn take_all(fields: &mut Fields<'_>, name: &str) -> Vec<Self> {
        match fields.take(name) {
            None => Vec::new(),
            Some(Value::Array(values)) => {
                values.into_iter().filter_map(|value| Self::read(fields, name, value)).collect()
            }
            Some(single) => {
                fields.warn(name, WarningKind::WrongShape, "a single link for an array");
                Self::read(fields, name, single).into_iter().collect()
            }
        }
    }

    /// Reads a link from its value.
    pub(crate) fn read(fields: &mut Fields<'_>, name: &str, value: Value) -> Option<Self> {
        match value {
            Value::Object(object) => {
                let text = |key: &str| {
                    let found = object
                        .iter()
                        .find(|(name, _)| name.eq_ignore_ascii_case(key))
                        .map(|(_, value)| value);
                    match found {
                        Some(Value::String(text)) if !text.trim().is_empty() => Some(text.clone()),
                        Some(Value::Number(number)) => Some(number.to_string()),
                        _ => None,
                    }
                };
                let link = Self {
                    title: text("title"),
                    identifier: text("identifier").or_else(|| text("sourcedId")),
                    uri: text("uri"),
                    target_type: text("targetType"),
                };
                if link.identifier.is_none() && link.uri.is_none() {
                    fields.warn(
                        name,
                        WarningKind::UnresolvableEnd,
                        &Value::Object(object).to_string(),
                    );
                }
                Some(link)
            }
            Value::String(text) => {
                fields.warn(name, WarningKind::WrongShape, &text);
                (!text.trim().is_empty()).then(|| Self { uri: Some(text), ..Self::default() })
            }
            other => {
                fields.warn(name, WarningKind::UnreadableValue, &other.to_string());
                None
            }
        }
    }
}
